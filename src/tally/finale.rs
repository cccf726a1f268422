//! Final months (定稿). Takes a month counted; gives what is kept of it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::figure::figures;
use super::{Problem, Tally, UnitMonth, bearing};
use crate::calendar::{Month, chinese_day};
use crate::config::{OTHER, Settings};
use crate::digest;
use crate::register::{FinalFile, FinalProblem, FinalUnit, Finale, Registers};
use crate::unseen::is_unseen;
use crate::verdict::{Inbox, JudgedFile};

/// How much of a problem's text is kept.
const OPENING: usize = 40;

/// A final month beside a fresh count of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub month: Month,
    pub as_of: NaiveDate,
    /// Every difference, final → fresh, a line each; none where the month's sheets are not all at hand.
    pub differences: Option<Vec<String>>,
    /// What was changed since and makes no difference by itself: files of the months before.
    pub notes: Vec<String>,
}

impl Sealed {
    /// Whether a fresh count as of that day would give the same workbook.
    pub(crate) fn holds(&self, as_of: NaiveDate) -> bool {
        self.as_of == as_of && self.differences.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether a fresh count is known to differ.
    pub(crate) fn differs(&self) -> bool {
        self.differences.as_ref().is_some_and(|differences| !differences.is_empty())
    }

    /// 2026年3月已定稿（统计截至2026年3月31日），与按表重新统计的一致
    pub(crate) fn headline(&self) -> String {
        let (month, day) = (self.month.chinese(), chinese_day(self.as_of));
        format!("{month}已定稿（统计截至{day}），{}", self.compared())
    }

    /// What a fresh count says, in a few words.
    pub(crate) fn compared(&self) -> String {
        match self.differences.as_ref().map(Vec::len) {
            None => "手头没有这个月全部的表，没有重新统计".to_owned(),
            Some(0) => "与按表重新统计的一致".to_owned(),
            Some(many) => format!("与按表重新统计的有 {many} 处不同"),
        }
    }
}

/// What is kept of a month: scores, ranks, figures, and the digest of every file that they were counted from.
pub(crate) fn finale(
    settings: &Settings,
    registers: &Registers,
    inboxes: &BTreeMap<Month, Inbox>,
    tally: &Tally,
) -> Finale {
    let fingerprint = settings.fingerprint(tally.month);
    let files = inboxes.range(..=tally.month).flat_map(|(month, inbox)| inbox.files.iter().map(|file| (*month, file)));
    let file = |(month, file): (Month, &JudgedFile)| {
        let (path, digest) = (plain(&file.in_project), file.digest.clone());
        FinalFile { path, month, digest }
    };
    Finale {
        month: tally.month,
        as_of: tally.as_of,
        version: program(),
        settings: fingerprint.into_iter().map(|(part, digest)| (part.to_owned(), digest)).collect(),
        units: tally.units.iter().map(|unit| final_unit(unit, tally.month)).collect(),
        figures: figures(tally).into_iter().map(|figure| (figure.title.to_owned(), figure.value)).collect(),
        contents: contents(settings, tally),
        problems: tally.ledger.iter().filter(|told| told.month == tally.month).map(final_problem).collect(),
        lines: bearing::lines(settings, registers, tally.month, tally.as_of),
        files: files.map(file).collect(),
    }
}

/// A text as the file keeps it: without what nobody can see.
pub(super) fn plain(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    seen.trim().to_owned()
}

fn program() -> String {
    format!("yuedu {}", env!("CARGO_PKG_VERSION"))
}

/// A problem as it is kept.
pub(super) fn final_problem(problem: &Problem) -> FinalProblem {
    let text = plain(&problem.problem);
    let mut opening: String = text.chars().take(OPENING).collect();
    if text.chars().nth(OPENING).is_some() {
        opening.push('…');
    }
    FinalProblem { number: problem.number.clone(), opening, digest: digest::of(text.as_bytes()) }
}

fn final_unit(unit: &UnitMonth, month: Month) -> FinalUnit {
    let scored = |points| unit.total.map(|_| points);
    let mut items = [None; 6];
    for (slot, points) in items.iter_mut().zip(unit.items.into_iter().chain([unit.bonus])) {
        *slot = scored(points);
    }
    FinalUnit {
        name: plain(&unit.name),
        total: unit.total,
        rank: unit.rank,
        band: unit.band.map(|band| band.chinese().to_owned()).unwrap_or_default(),
        state: unit.receipt.in_full(),
        items,
        zero: unit.zero_problem.contains(&month),
    }
}

/// Valid records by content, in the order of the list.
pub(super) fn contents(settings: &Settings, tally: &Tally) -> Vec<(String, u32)> {
    let count = |name: &str| {
        let under = tally.entries.iter().filter(|entry| settings.content_name(entry.content) == name);
        super::count::size(under.count())
    };
    tally.contents(settings).into_iter().map(|name| (plain(&name), count(&name))).collect()
}

impl Tally {
    /// The contents that are counted; 其他 only where the list has it or something counts under it.
    pub(crate) fn contents(&self, settings: &Settings) -> Vec<String> {
        let mut contents = settings.contents.clone();
        let other = self.entries.iter().any(|entry| entry.content.is_none());
        if other && !contents.iter().any(|content| content == OTHER) {
            contents.push(OTHER.to_owned());
        }
        contents
    }
}
