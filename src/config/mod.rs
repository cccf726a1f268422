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
mod focus;
mod form;
mod level;
mod profile;
mod project;
mod reader;
mod roster;
mod scoring;
mod source;
mod syntax;
#[cfg(test)]
mod tests;

pub(crate) use catalogue::{Catalogue, Choice, Topic};
pub(crate) use focus::no_unit;
pub(crate) use project::no_profile;
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

/// The points of `product.md` section 7; every value is a key of `[scoring]`, spelled as the field with `-`.
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

/// One fault of a configuration file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// The file as the clerk knows it, relative to the project.
    pub file: String,
    /// 1-based; 0 where the fault is of the file as a whole.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// In Chinese: what is wrong and what to write.
    pub message: String,
}

/// Why a project cannot be used: all faults, in order of file and line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigError(pub Vec<Fault>);

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (n, fault) in self.0.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            match fault.line {
                0 => write!(f, "{}：{}", fault.file, fault.message)?,
                line => write!(f, "{} 第 {line} 行第 {} 列：{}", fault.file, fault.column, fault.message)?,
            }
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

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

impl Settings {
    /// A built-in profile as it stands.
    pub(crate) fn builtin(profile: &str) -> Option<Settings> {
        let builtin = builtin::named(profile)?;
        let (mut settings, lists, mut faults) = profile::base(builtin);
        settings.lists = checklist::settle(&lists, &settings.contents, None, &mut faults);
        faults.is_empty().then_some(settings)
    }

    /// The names of the built-in profiles; the first is the default.
    pub(crate) fn profiles() -> impl Iterator<Item = &'static str> {
        builtin::BUILTIN.iter().map(|builtin| builtin.name)
    }

    /// The last day in time for a month's sheet.
    pub(crate) fn deadline_of(&self, month: Month) -> NaiveDate {
        self.deadline.months.get(&month).copied().unwrap_or_else(|| month.day(self.deadline.day))
    }

    /// First and last day of a month's period: from the day after the month before's deadline to the month's end.
    pub(crate) fn period_of(&self, month: Month) -> (NaiveDate, NaiveDate) {
        let before = self.deadline_of(month.previous());
        (before.succ_opt().unwrap_or(before), month.last_day())
    }

    /// The roster's unit of that name or alias, blanks and width set aside.
    pub(crate) fn unit_named(&self, written: &str) -> Option<usize> {
        let key = crate::near::key(written);
        self.units.iter().position(|unit| {
            crate::near::key(&unit.name) == key || unit.aliases.iter().any(|alias| crate::near::key(alias) == key)
        })
    }

    /// The name of a unit of the roster; empty where there is none.
    pub(crate) fn unit_name(&self, unit: usize) -> &str {
        self.units.get(unit).map_or("", |unit| unit.name.as_str())
    }

    /// The unit whose name or alias a mistyped one most likely means.
    pub(crate) fn nearest_unit(&self, written: &str) -> Option<&Unit> {
        let mut names: Vec<(&str, &Unit)> = self.units.iter().map(|unit| (unit.name.as_str(), unit)).collect();
        let full = crate::near::nearest(written, names.iter().map(|(name, _)| *name));
        // A name and an alias of one unit may be equally near, so full names are asked first.
        names.extend(self.units.iter().flat_map(|unit| unit.aliases.iter().map(move |alias| (alias.as_str(), unit))));
        let found = full.or_else(|| crate::near::nearest(written, names.iter().map(|(name, _)| *name)))?;
        names.iter().find(|(name, _)| *name == found).map(|(_, unit)| *unit)
    }

    /// The level of a rule; an unknown rule is off.
    pub(crate) fn level(&self, rule: &str) -> Level {
        self.levels.get(rule).copied().unwrap_or(Level::Off)
    }

    /// The level of a rule in 监督开展情况 of a six-column form: its own where one is set, never graver than elsewhere.
    pub(crate) fn level_in_progress(&self, rule: &str) -> Level {
        let level = self.level(rule);
        self.progress_levels.get(rule).map_or(level, |own| level.min(*own))
    }

    /// The focus items of a month that concern a unit. `unit` is an index into the roster; without one, `kind` decides.
    pub(crate) fn focus_for(&self, month: Month, unit: Option<usize>, kind: Option<UnitKind>) -> Vec<&Focus> {
        let items = self.focus.get(&month).map_or(&[][..], Vec::as_slice);
        items.iter().filter(|item| item.concerns(unit, kind)).collect()
    }

    /// What a unit may choose as 监督内容 in a month: contents, all tasks of its kind, its focus items.
    pub(crate) fn catalogue(&self, month: Option<Month>, unit: Option<usize>, kind: Option<UnitKind>) -> Catalogue {
        Catalogue::new(self, month, unit, kind)
    }
}

impl Focus {
    /// What a record is about that names this item.
    pub(crate) fn topic(&self) -> Topic {
        Topic::Focus { number: self.number, content: self.content }
    }

    fn concerns(&self, unit: Option<usize>, kind: Option<UnitKind>) -> bool {
        match &self.audience {
            Audience::All => true,
            Audience::Kind(wanted) => kind.is_none_or(|kind| kind == *wanted),
            Audience::Units(units) => unit.is_some_and(|unit| units.contains(&unit)),
        }
    }
}

impl Unit {
    /// Whether the unit owes a report for a month.
    pub(crate) fn owes(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month)
            && self.to.is_none_or(|to| month <= to)
            && !self.exempt.contains(&month)
    }
}

impl UnitKind {
    pub(crate) const ALL: [UnitKind; 2] = [UnitKind::Township, UnitKind::Dispatched];

    /// The identity in TOML and JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            UnitKind::Township => "township",
            UnitKind::Dispatched => "dispatched",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            UnitKind::Township => "乡镇纪委",
            UnitKind::Dispatched => "派驻纪检监察组",
        }
    }

    /// The kind that a unit's name shows: …纪检监察组 is dispatched, …纪委 and …纪工委 township.
    pub(crate) fn of_name(name: &str) -> Option<UnitKind> {
        let key = crate::near::key(name);
        if key.ends_with("纪检监察组") || key.ends_with("纪检组") {
            Some(UnitKind::Dispatched)
        } else if key.ends_with("纪委")
            || key.ends_with("纪工委")
            || key.ends_with("纪律检查委员会")
            || key.ends_with("纪律检查工作委员会")
        {
            Some(UnitKind::Township)
        } else {
            None
        }
    }
}

impl Frequency {
    pub(crate) const ALL: [Frequency; 6] = [
        Frequency::Weekly,
        Frequency::Monthly,
        Frequency::Quarterly,
        Frequency::HalfYearly,
        Frequency::Yearly,
        Frequency::YearRound,
    ];

    /// The identity in TOML.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Frequency::Weekly => "weekly",
            Frequency::Monthly => "monthly",
            Frequency::Quarterly => "quarterly",
            Frequency::HalfYearly => "half-yearly",
            Frequency::Yearly => "yearly",
            Frequency::YearRound => "year-round",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Frequency::Weekly => "每周",
            Frequency::Monthly => "每月",
            Frequency::Quarterly => "每季",
            Frequency::HalfYearly => "每半年",
            Frequency::Yearly => "每年",
            Frequency::YearRound => "全年",
        }
    }

    /// The months of one period: 1, 3, 6, 12; none for a task that never falls due.
    pub(crate) fn months(self) -> Option<u32> {
        match self {
            Frequency::Weekly | Frequency::Monthly => Some(1),
            Frequency::Quarterly => Some(3),
            Frequency::HalfYearly => Some(6),
            Frequency::Yearly => Some(12),
            Frequency::YearRound => None,
        }
    }

    /// Whether a task of this frequency falls due by the end of a month: weekly and monthly ones every
    /// month, the longer ones in the last month of their period, year-round ones never.
    pub(crate) fn due_in(self, month: Month) -> bool {
        self.months().is_some_and(|count| month.ends_span(count))
    }
}

impl Level {
    /// The identity in TOML and JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Level::Off => "不查",
            Level::Info => "提示",
            Level::Warning => "提醒",
            Level::Error => "不合格",
        }
    }
}
