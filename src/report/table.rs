//! The table of units at the foot of the terminal report. No lines but one of dashes: it must stand on the oldest
//! console and in the plainest chat window.

use std::collections::BTreeMap;

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

use super::{level_of, plain};
use crate::config::{Level, Settings};
use crate::rules::Finding;
use crate::verdict::{FileState, Inbox, JudgedFile};

/// Columns of a unit's name; the longest of real ones are near 50.
const LONGEST: usize = 60;

/// What came of one unit's files.
#[derive(Debug, Clone, Default)]
struct Line {
    files: usize,
    records: usize,
    valid: usize,
    errors: usize,
    warnings: usize,
    /// A file that cannot be read, and no later sheet in its place.
    unread: bool,
    verdict: Verdict,
}

/// The unit's standing, the better first: one good form does not make up for a bad one, but a bad form makes up
/// for a file that could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Verdict {
    #[default]
    Unread,
    Accepted,
    Returned,
}

impl Verdict {
    fn chinese(self) -> &'static str {
        match self {
            Verdict::Unread => "读不出",
            Verdict::Accepted => "合格",
            Verdict::Returned => "退回",
        }
    }
}

/// Whose a file is: units of the roster in its order, then others by name, then those that nobody signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Roster(usize),
    Other(String),
    Nobody,
}

/// Draws the table; empty where nothing came in that has an owner.
pub(super) fn draw(settings: &Settings, inbox: &Inbox) -> String {
    let mut lines: BTreeMap<Owner, Line> = BTreeMap::new();
    for file in &inbox.files {
        count(inbox, file, &mut lines);
    }
    if lines.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["单位", "文件", "记录", "有效", "不合格", "提醒", "结论"]);
    for (owner, line) in &lines {
        let name = match owner {
            Owner::Roster(unit) => settings.units.get(*unit).map_or("", |unit| unit.name.as_str()),
            Owner::Other(name) => name,
            Owner::Nobody => "（单位不明）",
        };
        let number = |number: usize| Cell::new(number).set_alignment(CellAlignment::Right);
        table.add_row([
            Cell::new(plain::short(name, LONGEST)),
            number(line.files),
            number(line.records),
            number(line.valid),
            number(line.errors),
            number(line.warnings),
            Cell::new(line.verdict()),
        ]);
    }
    if let Some(names) = table.column_mut(0) {
        names.set_padding((0, 1));
    }
    table.trim_fmt()
}

fn count(inbox: &Inbox, file: &JudgedFile, lines: &mut BTreeMap<Owner, Line>) {
    // Which owners the file speaks for: one a form, else whomever its name or the register points to.
    let mut owners: Vec<Owner> = file.forms.iter().map(|form| owner(form.unit, form.unit_name.as_deref())).collect();
    if owners.is_empty() {
        // A stray document of nobody is named in the report; it is no unit.
        if file.unit.is_none() && file.state == FileState::Unsupported {
            return;
        }
        let line = lines.entry(owner(file.unit, None)).or_default();
        line.files += 1;
        // What a later sheet stands in place of is shown in the findings; the table speaks of what is in force.
        if inbox.in_stead_of(file).is_some() {
            return;
        }
        line.add(&file.findings);
        line.unread |= file.state == FileState::Unreadable;
        if file.state == FileState::NoForm {
            line.verdict = line.verdict.max(Verdict::Returned);
        }
        return;
    }
    for (number, (judged, owner)) in file.forms.iter().zip(&owners).enumerate() {
        let line = lines.entry(owner.clone()).or_default();
        if number == 0 {
            line.add(&file.findings);
        }
        // So is a sheet that a later one has replaced.
        if judged.replaced_by.is_some() {
            continue;
        }
        line.records += judged.form.records.len();
        line.valid += judged.verdicts.iter().filter(|verdict| verdict.valid).count();
        line.add(&judged.findings);
        let verdict = if judged.accepted { Verdict::Accepted } else { Verdict::Returned };
        line.verdict = line.verdict.max(verdict);
    }
    owners.sort();
    owners.dedup();
    for owner in owners {
        lines.entry(owner).or_default().files += 1;
    }
}

fn owner(unit: Option<usize>, name: Option<&str>) -> Owner {
    match (unit, name) {
        (Some(unit), _) => Owner::Roster(unit),
        (None, Some(name)) => Owner::Other(name.to_owned()),
        (None, None) => Owner::Nobody,
    }
}

impl Line {
    fn verdict(&self) -> String {
        let more = if self.unread && self.verdict != Verdict::Unread { "，另有读不出的" } else { "" };
        format!("{}{more}", self.verdict.chinese())
    }

    fn add(&mut self, findings: &[Finding]) {
        self.errors += findings.iter().filter(|finding| level_of(finding) == Level::Error).count();
        self.warnings += findings.iter().filter(|finding| level_of(finding) == Level::Warning).count();
    }
}
