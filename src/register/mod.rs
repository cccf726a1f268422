//! The county's registers, and the months made final. Takes the CSV files beside `yuedu.toml` and 汇总/2026-03 定稿.csv;
//! gives typed lines, or every bad line with its number. UTF-8 or GB18030, `2026/3/24` or `2026-03-24`, columns found by title; none at all is fine.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::config::{Project, Settings, read_bytes};
use crate::points::Points;

mod append;
mod case;
mod cell;
mod closing;
mod finale;
mod points;
mod receipt;
mod table;
#[cfg(test)]
mod tests;
mod waiver;

pub(crate) use append::with_receipts;
pub(crate) use case::FILE as CASES;
pub(crate) use closing::FILE as CLOSINGS;
pub(crate) use finale::{Amount, FINALE, FinalFile, FinalLines, FinalProblem, FinalUnit, Finale};
#[cfg(test)]
pub(crate) use points::ITEMS;
pub(crate) use points::{BONUS, FILE as ADJUSTMENTS};
pub(crate) use receipt::FILE as RECEIPTS;
pub(crate) use waiver::FILE as WAIVERS;

use table::{Columns, Line, Register};

/// All registers of a project.
#[derive(Debug, Clone, Default)]
pub(crate) struct Registers {
    pub receipts: Vec<Receipt>,
    pub waivers: Vec<Waiver>,
    pub adjustments: Vec<Adjustment>,
    pub closings: Vec<Closing>,
    pub cases: Vec<Case>,
    /// The months that were made final.
    pub finals: BTreeMap<Month, Finale>,
}

/// A line of 收件登记.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Receipt {
    /// The line of the CSV file, 1-based.
    pub line: usize,
    pub day: NaiveDate,
    /// Index into the roster.
    pub unit: usize,
    pub month: Month,
    /// Path in the project, or a bare name; `/` between folders.
    pub file: String,
    pub digest: String,
    /// 结论: `Some(true)` 合格, `Some(false)` 退回, `None` empty.
    pub accepted: Option<bool>,
}

/// A line of 认定.csv: the clerk accepts what a rule objects to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waiver {
    pub line: usize,
    pub month: Month,
    pub unit: usize,
    pub file: String,
    /// May be empty: any sheet of the file.
    pub sheet: String,
    /// The sheet's own row, also for the head; none for findings of the file as a whole.
    pub row: Option<u32>,
    pub rule: String,
    pub by: String,
    pub reason: String,
    pub day: NaiveDate,
}

/// A line of 加减分.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Adjustment {
    pub line: usize,
    pub month: Month,
    pub unit: usize,
    /// 加分, or an item's title.
    pub item: String,
    pub points: Points,
    pub reason: String,
    pub document: String,
    pub by: String,
    pub day: NaiveDate,
}

/// A line of 销号.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Closing {
    pub line: usize,
    /// 问题编号: `2026-03-07-02`.
    pub problem: String,
    /// The problem's own month.
    pub month: Month,
    pub unit: usize,
    pub day: NaiveDate,
    pub ground: String,
    pub by: String,
}

/// Who handed a case down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CaseLevel {
    County,
    City,
    Province,
}

/// A line of 交办件.csv.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Case {
    pub line: usize,
    pub number: String,
    pub level: CaseLevel,
    pub unit: usize,
    pub matter: String,
    pub given: NaiveDate,
    pub due: NaiveDate,
    pub done: Option<NaiveDate>,
}

/// Why the registers cannot be used: one Chinese line a fault, `收件登记.csv 第 3 行：…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RegisterError(pub Vec<String>);

impl std::fmt::Display for RegisterError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for RegisterError {}

impl Registers {
    /// Every register with its columns, in the order in which they are read: what `init` writes.
    pub(crate) fn heads() -> [(&'static str, &'static [&'static str]); 5] {
        [
            (receipt::FILE, receipt::COLUMNS.titles),
            (waiver::FILE, waiver::COLUMNS.titles),
            (points::FILE, points::COLUMNS.titles),
            (closing::FILE, closing::COLUMNS.titles),
            (case::FILE, case::COLUMNS.titles),
        ]
    }

    /// Reads whatever registers lie in the project's folder.
    ///
    /// # Errors
    /// Every bad line of every register, together.
    pub(crate) fn load(project: &Project) -> Result<Registers, RegisterError> {
        let mut faults = Vec::new();
        let receipts = load(project, receipt::FILE, &receipt::COLUMNS, receipt::read, &mut faults);
        let waivers = load(project, waiver::FILE, &waiver::COLUMNS, waiver::read, &mut faults);
        let adjustments = load(project, points::FILE, &points::COLUMNS, points::read, &mut faults);
        let closings = load(project, closing::FILE, &closing::COLUMNS, closing::read, &mut faults);
        let closed = closings.iter().map(|closing| (closing.line, format!("问题 {} ", closing.problem)));
        faults.extend(twins(closing::FILE, closed));
        let cases = load(project, case::FILE, &case::COLUMNS, case::read, &mut faults);
        let called = |case: &Case| format!("{}的交办件“{}”", project.settings.unit_name(case.unit), case.number);
        faults.extend(twins(case::FILE, cases.iter().map(|case| (case.line, called(case)))));
        let finals = finale::load(project, &mut faults);
        if faults.is_empty() {
            return Ok(Registers { receipts, waivers, adjustments, closings, cases, finals });
        }
        Err(RegisterError(faults))
    }
}

/// Reads one register; none at all is fine.
fn load<T>(
    project: &Project,
    file: &'static str,
    columns: &Columns,
    read: fn(Line<'_>, &Settings) -> Option<T>,
    faults: &mut Vec<String>,
) -> Vec<T> {
    let bytes = match read_bytes(&project.root.join(file)) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Vec::new(),
        Err(message) => {
            faults.push(format!("{file}：{message}"));
            return Vec::new();
        }
    };
    let register = Register::new(file, &bytes, columns, project.settings.unit_keys());
    let count = register.lines().count();
    if count > 0 && project.settings.units.is_empty() {
        let message = "名册还是空的，认不出单位；请先在 yuedu.toml 里用 [[unit]] 写明各单位";
        register.blame(None, format!("有 {count} 行登记，但{message}"));
    }
    let lines = register.lines().filter_map(|line| read(line, &project.settings)).collect();
    faults.extend(register.into_faults());
    lines
}

/// Blames lines that say the same thing a second time: which of the two holds, only the clerk knows.
fn twins(file: &str, lines: impl Iterator<Item = (usize, String)>) -> Vec<String> {
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    let mut faults = Vec::new();
    for (line, what) in lines {
        match first.get(&what) {
            Some(earlier) => faults.push(format!("{file} 第 {line} 行：{what}在第 {earlier} 行已经登记，请删去一行")),
            None => {
                first.insert(what, line);
            }
        }
    }
    faults
}
