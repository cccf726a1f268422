//! What a rule is: one identity, a Chinese title, a page; and the families that share one reading.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Sink;
use super::repeat::Told;
use crate::calendar::Month;
use crate::config::{Catalogue, Settings, UnitKind};
use crate::form::{Cell, Form, Record};
use crate::place::Pos;

/// A rule. Its level is in the settings, never here.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// The one identity: TOML, JSON, corpus, page.
    pub name: &'static str,
    /// What a clerk reads: 时间不完整.
    pub title: &'static str,
    /// The page `explain/<name>.md`.
    pub page: &'static str,
}

/// What a check looks at; the scope is in the type.
pub(crate) enum Check {
    /// Cells that hold an error are not shown to it: what stood there is not known.
    Cell(fn(&Hearing<'_>, &Record, &Cell, &mut Sink<'_>)),
    Record(fn(&Hearing<'_>, &Record, &mut Sink<'_>)),
    Form(fn(&Hearing<'_>, &mut Sink<'_>)),
}

/// Rules that are outcomes of one look at the same thing.
pub(crate) struct Family {
    pub rules: &'static [&'static Rule],
    pub check: Check,
}

/// What is known around a form when it is checked.
pub(crate) struct Context<'a> {
    pub settings: &'a Settings,
    pub form: &'a Form,
    /// The roster's unit that the form is laid at: by its head, the register, the clerk's acceptance or the file's name.
    pub unit: Option<usize>,
    pub kind: Option<UnitKind>,
    /// The month that the form is taken for.
    pub month: Option<Month>,
    /// The month asked for: `--month`, else the month folder.
    pub asked: Option<Month>,
    /// The registered day of receipt, if any.
    pub received: Option<NaiveDate>,
    pub catalogue: &'a Catalogue,
    /// The rows of earlier sheets of the same report; the form's own are added as it is checked.
    pub told: RefCell<Told>,
}

/// A form while the rules look at it.
pub(crate) struct Hearing<'a> {
    pub context: &'a Context<'a>,
    broken: BTreeSet<Pos>,
}

impl<'a> Hearing<'a> {
    pub(super) fn open(context: &'a Context<'a>) -> Hearing<'a> {
        let broken = context.form.errors.iter().map(|error| error.pos).collect();
        Hearing { context, broken }
    }

    /// Whether the cell holds an error, so that what was meant there is not known. `cell-error` says so once;
    /// the other rules keep silent.
    pub(super) fn is_broken(&self, pos: Pos) -> bool {
        self.broken.contains(&pos)
    }
}

/// Declares a rule; its page is the file of that name.
macro_rules! rule {
    ($ident:ident, $name:literal, $title:literal) => {
        pub(crate) static $ident: $crate::rules::Rule =
            $crate::rules::Rule { name: $name, title: $title, page: include_str!(concat!("explain/", $name, ".md")) };
    };
}
pub(crate) use rule;
