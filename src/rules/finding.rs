//! A finding: what a rule says of one place; and the sink that sets levels and drops what is switched off.

use super::Rule;
use crate::config::{Level, Settings};
use crate::form::{Cell, Field, Record};
use crate::place::Pos;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub rule: &'static Rule,
    pub level: Level,
    /// The cell; none for findings of the file as a whole.
    pub pos: Option<Pos>,
    /// The sheet's row (1-based) of the record; for head findings, of the cell.
    pub row: Option<u32>,
    pub field: Option<Field>,
    /// The words at fault as written; several joined by 、; empty where nothing is written.
    pub text: String,
    /// What is wrong here, in Chinese, quoting the words.
    pub message: String,
    /// What to write instead.
    pub suggestion: String,
    /// The clerk's acceptance: index into `Registers::waivers`.
    pub waived: Option<usize>,
}

impl Finding {
    /// Whether the finding makes its row invalid and its sheet returned.
    pub(crate) fn counts_as_error(&self) -> bool {
        self.level == Level::Error && self.waived.is_none()
    }
}

/// Collects findings.
pub(crate) struct Sink<'a> {
    settings: &'a Settings,
    pub findings: Vec<Finding>,
}

/// Where a finding stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct At {
    pub pos: Option<Pos>,
    pub row: Option<u32>,
    pub field: Option<Field>,
}

impl At {
    /// A cell of a record.
    pub(crate) fn cell(record: &Record, cell: &Cell) -> At {
        At { pos: Some(cell.pos), row: Some(record.row), field: Some(cell.field) }
    }

    /// A cell outside the records, or none where the form has no place for it.
    pub(crate) fn field(field: Field, pos: Option<Pos>) -> At {
        At { pos, row: pos.map(Pos::row_number), field: Some(field) }
    }
}

impl<'a> Sink<'a> {
    pub(crate) fn new(settings: &'a Settings) -> Sink<'a> {
        Sink { settings, findings: Vec::new() }
    }

    /// Whether a search for the nearest known name is worth its time: a name has a name's length, and a sheet with
    /// thousands of faults is not mended cell by cell.
    pub(crate) fn worth_a_guess(&self, written: &str) -> bool {
        self.findings.len() < 5_000 && written.len() <= 1_000
    }

    /// Adds a finding at the rule's level; nothing where the rule is off. `cap` lowers the level (an
    /// uncertain reading is at most a warning).
    pub(crate) fn push(
        &mut self,
        rule: &'static Rule,
        at: At,
        cap: Level,
        text: impl Into<String>,
        message: impl Into<String>,
        suggestion: impl Into<String>,
    ) {
        let level = self.settings.level(rule.name).min(cap);
        if level == Level::Off {
            return;
        }
        self.findings.push(Finding {
            rule,
            level,
            pos: at.pos,
            row: at.row,
            field: at.field,
            text: text.into(),
            message: message.into(),
            suggestion: suggestion.into(),
            waived: None,
        });
    }
}
