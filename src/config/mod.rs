//! The rule book. Takes the built-in profile, the project's `yuedu.toml`, `checklists/*.toml` and
//! `重点/*.toml`; gives `Settings`, or every fault of them at once, with file, line and column.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::points::Points;

mod builtin;
mod catalogue;
mod checklist;
mod deadline;
mod fault;
mod fingerprint;
mod focus;
mod form;
mod kind;
mod level;
mod lists;
mod profile;
mod project;
mod reader;
mod roster;
mod scoring;
mod settings;
mod source;
mod syntax;
mod table;
#[cfg(test)]
mod tests;

pub(crate) use catalogue::{Catalogue, Topic};
pub(crate) use fault::{ConfigError, Fault};
pub(crate) use focus::no_unit;
pub(crate) use project::no_profile;
pub(crate) use settings::OTHER;
pub(crate) use source::read_bytes;

/// A project: its folder and what its files say. Without a `yuedu.toml` the built-in profile alone.
#[derive(Debug, Clone)]
pub(crate) struct Project {
    /// The folder that holds 报送/, 汇总/ …
    pub root: PathBuf,
    /// Whether a `yuedu.toml` stands there.
    pub written: bool,
    pub settings: Settings,
}

/// What the county decides for itself, as meant.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// The profile's name: `dongan`.
    pub profile: String,
    /// 县名, such as 清河县; absent where no project file gives it.
    pub county: Option<String>,
    /// The roster, in its own order.
    pub units: Vec<Unit>,
    /// 监督内容, in order.
    pub contents: Vec<String>,
    /// 监督方式, in order.
    pub methods: Vec<String>,
    /// 附件1: the task lists, in order; a unit owes the lists of its kind.
    pub lists: Vec<TaskList>,
    pub deadline: DeadlineRule,
    /// The level of each rule, by name.
    pub levels: BTreeMap<String, Level>,
    /// Levels of their own for 监督开展情况 of a six-column form (`[rules-progress]`).
    pub progress_levels: BTreeMap<String, Level>,
    pub scoring: Scoring,
    pub form: FormSpec,
    /// 重点工作 by month.
    pub focus: BTreeMap<Month, Vec<Focus>>,
}

/// 乡镇纪委 or 派驻纪检监察组; ranked apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UnitKind {
    Township,
    Dispatched,
}

/// A reporting unit of the roster.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub name: String,
    pub kind: UnitKind,
    pub aliases: Vec<String>,
    pub phone: Option<String>,
    /// Supervised units and villages.
    pub supervises: Vec<String>,
    /// First and last month that the unit owes a report.
    pub from: Option<Month>,
    pub to: Option<Month>,
    /// Months in between that it does not owe.
    pub exempt: Vec<Month>,
}

/// How often a task falls due (执行时间).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Frequency {
    Weekly,
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
    YearRound,
}

/// One list of 附件1.
#[derive(Debug, Clone)]
pub(crate) struct TaskList {
    pub title: String,
    pub kind: UnitKind,
    /// What the dropdown writes before the number: 任务 for a kind's main list, 基础 for 乡镇纪委基础工作.
    pub prefix: String,
    pub tasks: Vec<Task>,
}

/// One task of 附件1.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub number: u32,
    /// The short title.
    pub title: String,
    /// The whole text, verbatim.
    pub text: String,
    pub frequency: Frequency,
    /// Index into `Settings::contents`.
    pub content: usize,
    /// Done by the sheet's own receipt (基础工作 2).
    pub by_receipt: bool,
}

/// An item ordered for one month (重点工作).
#[derive(Debug, Clone)]
pub(crate) struct Focus {
    pub number: u32,
    pub title: String,
    /// Index into `Settings::contents`.
    pub content: usize,
    pub audience: Audience,
}

/// Whom a focus item concerns.
#[derive(Debug, Clone)]
pub(crate) enum Audience {
    All,
    Kind(UnitKind),
    /// Indexes into the roster.
    Units(Vec<usize>),
}

/// Until which day a month's sheet is in time; the day itself included.
#[derive(Debug, Clone)]
pub(crate) struct DeadlineRule {
    /// The usual day of the month (25).
    pub day: u32,
    /// Months with a day of their own.
    pub months: BTreeMap<Month, NaiveDate>,
}

/// How grave a finding is. `Off` rules are not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    Off,
    Info,
    Warning,
    Error,
}

/// The scoring table; every value is a key of `[scoring]`, spelled as the field with `-`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scoring {
    pub timely_full: Points,
    pub late_per_day: Points,
    pub late_cap: Points,
    /// Days after the month's end in which a receipt is still late and not 未报.
    pub grace_days: u32,
    pub form_full: Points,
    /// Each finding of `form_rules`, once a rule and cell.
    pub form_fault: Points,
    /// Rule names, `*` at the end for a family: `content-*`.
    pub form_rules: Vec<String>,
    pub concrete_full: Points,
    /// Once a record for any error of `concrete_rules`.
    pub concrete_record: Points,
    pub concrete_rules: Vec<String>,
    /// Each return after the first.
    pub concrete_return: Points,
    pub task_full: Points,
    pub task_focus: Points,
    pub task_due: Points,
    pub closure_full: Points,
    pub closure_overdue: Points,
    pub case_county: Points,
    pub case_city: Points,
    pub case_province: Points,
    pub bonus_cap: Points,
    pub bonus_county: Points,
    pub bonus_city: Points,
    pub bonus_province: Points,
    pub bonus_centre: Points,
    pub band_excellent: Points,
    pub band_good: Points,
    pub band_pass: Points,
}

/// 附件2 as data: title, head fields, columns with their aliases, 填表说明.
#[derive(Debug, Clone)]
pub(crate) struct FormSpec {
    /// `{county}纪委监委 {month}月份日常监督工作明细表`.
    pub title: String,
    /// Labels of the head: unit, reporter, contact, leader, each with aliases, the printed one first.
    pub unit: Vec<String>,
    pub reporter: Vec<String>,
    pub contact: Vec<String>,
    pub leader: Vec<String>,
    /// Titles of the columns, each with aliases, the printed one first.
    pub number: Vec<String>,
    pub content: Vec<String>,
    pub method: Vec<String>,
    pub progress: Vec<String>,
    pub problem: Vec<String>,
    pub handling: Vec<String>,
    /// 填表说明, the whole line at the foot.
    pub note: String,
}

impl Project {
    /// Loads a project from a folder, or from a project file in it; the built-in profile where the folder
    /// has no `yuedu.toml`.
    ///
    /// # Errors
    /// Every fault of the project's files, together.
    pub(crate) fn load(at: &Path) -> Result<Project, ConfigError> {
        project::load(at)
    }
}
