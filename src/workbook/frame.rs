//! What every page is drawn from, and the pages already drawn.

use std::collections::BTreeMap;

use super::live::{Expr, Range};
use super::paper::{Paper, page_link, stretch_link};
pub(super) use crate::config::OTHER;
use crate::config::{Project, UnitKind};
use crate::form::Record;
use crate::register::Registers;
use crate::rules::Finding;
use crate::tally::{Entry, RecordRef, Tally};
use crate::verdict::{Inbox, JudgedFile, JudgedForm, RecordVerdict};

/// What a page is drawn from.
pub(super) struct Frame<'a> {
    pub project: &'a Project,
    pub registers: &'a Registers,
    pub inbox: &'a Inbox,
    pub tally: &'a Tally,
    route: &'a dyn Fn(&str) -> Option<String>,
    /// The pages that come after the one being drawn, in order.
    pub drawn: Vec<Paper>,
}

/// A cell of another page: the number of its row, the way to it, and what it holds.
pub(super) struct Shown {
    pub row: u32,
    pub link: String,
    pub cell: Expr,
}

/// A form with its file and its unit.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub place: (usize, usize),
    pub file: &'a JudgedFile,
    pub judged: &'a JudgedForm,
    /// Index into `Tally::units`.
    pub unit: Option<usize>,
}

/// A record with where it comes from.
pub(super) struct Row<'a> {
    pub sheet: Sheet<'a>,
    pub record: &'a Record,
    pub verdict: Option<&'a RecordVerdict>,
    /// Whether it enters the month's counts.
    pub entry: Option<&'a Entry>,
}

impl<'a> Frame<'a> {
    pub(super) fn new(
        project: &'a Project,
        registers: &'a Registers,
        inbox: &'a Inbox,
        tally: &'a Tally,
        route: &'a dyn Fn(&str) -> Option<String>,
    ) -> Frame<'a> {
        Frame { project, registers, inbox, tally, route, drawn: Vec::new() }
    }

    /// The title of a page: 清河县2026年3月日常监督“月度管理”得分排名.
    pub(super) fn heading(&self, page: &str) -> String {
        let county = self.project.settings.county.as_deref().unwrap_or("");
        format!("{county}{}日常监督“月度管理”{page}", self.tally.month.chinese())
    }

    fn page(&self, title: &str) -> Option<&Paper> {
        self.drawn.iter().find(|paper| paper.title == title)
    }

    /// A marked cell of a page drawn before.
    pub(super) fn cell(&self, page: &str, mark: &str) -> Option<Expr> {
        self.page(page)?.marked(mark)
    }

    /// A column of a table of a page drawn before.
    pub(super) fn column(&self, page: &str, title: &str) -> Range {
        self.page(page).map_or_else(|| Paper::default().far_column(title), |paper| paper.far_column(title))
    }

    /// Where a column of a table of a page drawn before stands: column, first and last row.
    pub(super) fn column_at(&self, page: &str, title: &str) -> Option<(u32, u32, u32)> {
        self.page(page)?.column_at(title)
    }

    /// A link to a marked cell of a page drawn before.
    pub(super) fn link(&self, page: &str, mark: &str) -> Option<String> {
        Some(page_link(page, self.page(page)?.place_of(mark)?))
    }

    /// A link to named rows of a page drawn before.
    pub(super) fn rows_link(&self, page: &str, name: &str) -> Option<String> {
        Some(stretch_link(page, self.page(page)?.rows_of(name)?))
    }

    /// The row of a page drawn before that shows what a row of a sheet says.
    pub(super) fn record(&self, page: &str, file: &str, sheet: &str, row: u32) -> Option<Shown> {
        self.shown(page, &record_mark(file, sheet, row))
    }

    /// A marked cell of a page drawn before, with its row and the way to it.
    pub(super) fn shown(&self, page: &str, mark: &str) -> Option<Shown> {
        let paper = self.page(page)?;
        let pos = paper.place_of(mark)?;
        Some(Shown { row: pos.row_number(), link: page_link(page, pos), cell: paper.marked(mark)? })
    }

    /// A link that opens a file, at a cell of it where the file is a workbook that takes such links.
    pub(super) fn file_link(&self, in_project: &str, sheet: &str, row: Option<u32>) -> Option<String> {
        let way = (self.route)(in_project)?;
        // The writer cuts a link at `#`, and escapes a `%` of ours once more: such names get no link.
        if in_project.is_empty() || way.contains(['#', '%', '?', '\\']) || way.chars().any(char::is_control) {
            return None;
        }
        let workbook = [".xlsx", ".xlsm", ".xls"].iter().any(|end| way.to_ascii_lowercase().ends_with(end));
        let place = match row {
            Some(row) if workbook && !sheet.is_empty() && !sheet.chars().any(char::is_control) => {
                format!("#'{}'!A{row}", sheet.replace('\'', "''"))
            }
            _ => String::new(),
        };
        Some(format!("file:///{way}{place}"))
    }

    /// Every form of the month, by unit (those of no unit last), then by path.
    pub(super) fn sheets(&self) -> Vec<Sheet<'a>> {
        let mut sheets = Vec::new();
        for (f, file) in self.inbox.files.iter().enumerate() {
            for (n, judged) in file.forms.iter().enumerate() {
                sheets.push(Sheet { place: (f, n), file, judged, unit: self.tally.roster.unit_of(file, judged) });
            }
        }
        sheets.sort_by_key(|sheet| (sheet.unit.unwrap_or(usize::MAX), sheet.place));
        sheets
    }

    /// Every record of the month, in the order of `sheets`.
    pub(super) fn rows(&self) -> Vec<Row<'a>> {
        let entries: BTreeMap<RecordRef, &Entry> = self.tally.entries.iter().map(|entry| (entry.at, entry)).collect();
        let mut rows = Vec::new();
        for sheet in self.sheets() {
            for (n, record) in sheet.judged.form.records.iter().enumerate() {
                let at = RecordRef { file: sheet.place.0, form: sheet.place.1, record: n };
                let entry = entries.get(&at).copied();
                rows.push(Row { sheet, record, verdict: sheet.judged.verdicts.get(n), entry });
            }
        }
        rows
    }

    /// The unit's name, or what the form writes instead.
    pub(super) fn unit_name(&self, sheet: &Sheet<'_>) -> String {
        match sheet.unit.and_then(|unit| self.tally.units.get(unit)) {
            Some(unit) => unit.name.clone(),
            None => sheet.judged.unit_name.clone().unwrap_or_else(|| "（单位不明）".to_owned()),
        }
    }

    /// Titles and columns of the methods that are counted; 其他 only where something counts under it.
    pub(super) fn methods(&self) -> Vec<String> {
        let mut methods = self.project.settings.methods.clone();
        let other = self.tally.entries.iter().any(|entry| entry.methods.contains(&None));
        if other && !methods.iter().any(|method| method == OTHER) {
            methods.push(OTHER.to_owned());
        }
        methods
    }

    /// The contents that are counted.
    pub(super) fn contents(&self) -> Vec<String> {
        self.tally.contents(&self.project.settings)
    }

    /// The name of a content by its index; none is 其他.
    pub(super) fn content_name(&self, content: Option<usize>) -> &str {
        self.project.settings.content_name(content)
    }

    /// The kinds that units are grouped by, with their words: those that have a unit.
    pub(super) fn kinds(&self) -> Vec<(Option<UnitKind>, &'static str)> {
        let held = UnitKind::GROUPS.into_iter().filter(|kind| self.tally.units.iter().any(|unit| unit.kind == *kind));
        held.map(|kind| (kind, UnitKind::group_chinese(kind))).collect()
    }
}

/// A path without the folders that every file of a month shares (报送/2026-03/), for narrow columns.
pub(super) fn short(path: &str) -> &str {
    let inside = || path.strip_prefix("报送/")?.split_once('/');
    match inside() {
        Some((month, rest)) if crate::calendar::Month::parse(month).is_some() => rest,
        _ => path,
    }
}

/// The mark of the row that shows what a row of a sheet says.
pub(super) fn record_mark(file: &str, sheet: &str, row: u32) -> String {
    format!("{file}\n{sheet}\n{row}")
}

/// The number of a unit in the month, as 问题编号 writes it.
pub(super) fn unit_number(unit: usize) -> u32 {
    u32::try_from(unit).map_or(u32::MAX, |unit| unit + 1)
}

/// The titles of the errors of a row, each once.
pub(super) fn faults(findings: &[Finding], row: u32) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for finding in findings {
        if finding.row == Some(row) && finding.counts_as_error() {
            let title = finding.rule.title;
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    titles.join("、")
}
