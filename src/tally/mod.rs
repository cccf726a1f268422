//! The counting room. Takes judged months and registers; gives who reported when, what was done, the ledger
//! of problems, deductions, scores and ranks of one month. The marks are those of `[scoring]`.

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::config::UnitKind;
use crate::points::Points;
use crate::rules::{self, Rule};
use crate::verdict::Sums;

mod basis;
mod bearing;
mod before;
mod closing;
mod count;
mod deduct;
mod differences;
mod figure;
mod finale;
mod ledger;
mod past;
mod price;
mod progress;
mod receipt;
mod roster;
mod score;
mod slip;
pub(crate) mod statistic;
mod task;
#[cfg(test)]
mod tests;

pub(crate) use before::Before;
pub(crate) use count::count;
pub(crate) use figure::{figures, is_sent};
pub(crate) use finale::{Sealed, finale};
pub(crate) use past::Past;
pub(crate) use price::prices;
pub(crate) use progress::Progress;
use roster::Roster;

/// One month, counted.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    pub month: Month,
    /// The only «today».
    pub as_of: NaiveDate,
    pub deadline: NaiveDate,
    /// Whose a form or a file is: the one answer for the count and for the pages drawn from it.
    pub roster: Roster,
    /// One a unit of the roster (without a roster: a unit found), in roster order.
    pub units: Vec<UnitMonth>,
    /// Every valid record that enters the month.
    pub entries: Vec<Entry>,
    /// This month's problems, then those of earlier months that were open when the month began.
    pub ledger: Vec<Problem>,
    pub sums: Sums,
    /// Records of sheets that a later one replaced, and records that no unit of the list can be given:
    /// records seen = those of the units + `replaced` + `unplaced`.
    pub replaced: u32,
    pub unplaced: u32,
    /// Lines of the registers that fit nothing, in Chinese, for the clerk to look at.
    pub notes: Vec<String>,
    /// Lines of 认定.csv of the month that changed nothing (indexes into `Registers::waivers`).
    pub idle_waivers: Vec<usize>,
    /// The month before, where the project has its sheets or it was made final.
    pub before: Option<Before>,
    /// The months of the year before this one that the project has, earliest first.
    pub past: Vec<Past>,
    /// Where this month was made final: from when on, and how this count of its sheets differs.
    pub sealed: Option<Sealed>,
}

/// A record, valid or not, by its place in the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct RecordRef {
    pub file: usize,
    pub form: usize,
    pub record: usize,
}

/// A record of the month.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub at: RecordRef,
    /// Index into `Tally::units`.
    pub unit: usize,
    /// `None` is 其他: an unlisted content that the clerk accepts.
    pub content: Option<usize>,
    /// Indexes into the methods; `None` is 其他.
    pub methods: Vec<Option<usize>>,
}

/// What one unit did in the month.
#[derive(Debug, Clone)]
pub(crate) struct UnitMonth {
    /// Roster index; none for a unit without a roster.
    pub roster: Option<usize>,
    pub name: String,
    pub kind: Option<UnitKind>,
    /// Whether it owes a report for this month (from, to, exempt).
    pub owes: bool,
    pub receipt: ReceiptState,
    /// First registered receipt of a readable file.
    pub received: Option<NaiveDate>,
    pub nil: bool,
    /// How often the register has it returned for this month.
    pub returns: u32,
    /// What the check finds wrong with its sheets in force, whatever the register says of them.
    pub errors: u32,
    /// Its sheet in force was returned and nothing came after: 退回未重报.
    pub awaiting: bool,
    /// Its files, by index into the inbox.
    pub files: Vec<usize>,
    pub records: u32,
    pub valid: u32,
    /// Problems reported this month, valid or not.
    pub problems: u32,
    /// The months so far, this one included, in which it sent a sheet and reported no problem (零问题).
    pub zero_problem: Vec<Month>,
    /// Every focus item, then every task due this month.
    pub tasks: Vec<TaskLine>,
    /// Every row of 扣分明细, in the order of the items. For 未报 one row an item, which takes it whole, so that an
    /// item is full − rows there too; none where there is no total.
    pub deductions: Vec<Deduction>,
    /// Points left of each item, in the order of `Item::ALL`; zero where the month is 0.
    pub items: [Points; 5],
    /// Bonus lines (加减分.csv), and their sum under the cap; none where the month is 0 or has no total.
    pub bonuses: Vec<Bonus>,
    pub bonus: Points,
    /// None while 待重报 or where nothing is owed.
    pub total: Option<Points>,
    pub rank: Option<u32>,
    pub band: Option<Band>,
}

/// How the unit's report came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ReceiptState {
    OnTime,
    /// So many calendar days late.
    Late(u32),
    /// A sheet without a receipt line: counts as on time (未登记).
    Unregistered,
    /// Only an unreadable file came (待重报).
    Pending,
    /// Nothing came (未报).
    Missing,
    /// Owes no report this month.
    NotOwed,
}

/// The five items of the score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Item {
    Timely,
    Form,
    Concrete,
    Task,
    Closure,
}

/// One row of 扣分明细.
#[derive(Debug, Clone)]
pub(crate) struct Deduction {
    pub item: Item,
    /// How much it costs, positive.
    pub points: Points,
    /// Which key of the scoring table prices it, and how many times: `late-per-day` × 2; none for points by hand.
    pub price: Option<(&'static str, u32)>,
    pub reason: String,
    /// The rule behind it, if one is.
    pub rule: Option<&'static str>,
    /// Where: path in the project (or the register's name), sheet, cell or line; empty where there is none.
    pub file: String,
    pub sheet: String,
    pub cell: String,
    /// The row of the sheet, where it is one row that costs.
    pub row: Option<u32>,
    /// The task that was not done: index into `UnitMonth::tasks`.
    pub task: Option<usize>,
}

/// One line of 加减分.csv as it enters the bonus.
#[derive(Debug, Clone)]
pub(crate) struct Bonus {
    pub points: Points,
    pub reason: String,
    pub document: String,
    /// The line in 加减分.csv.
    pub line: usize,
}

/// A task or focus item of a unit in the month.
#[derive(Debug, Clone)]
pub(crate) struct TaskLine {
    /// 【任务3】村干部等到岗到位履职, 【重点1】….
    pub label: String,
    /// 执行时间, or 重点工作.
    pub frequency: String,
    pub focus: bool,
    pub state: TaskState,
    /// While it is open: the record that was sent for it and is not valid.
    pub failed: Option<Failed>,
    /// Source of the record behind `Done`, `Kindred` and `failed`: path in the project and sheet; else empty.
    pub file: String,
    pub sheet: String,
    /// The clerk accepts that it was not done: index into `Registers::waivers`.
    pub waived: Option<usize>,
}

/// A record that would have done a task, or (`kindred`) spared it, had it been valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failed {
    pub month: Month,
    pub row: u32,
    pub kindred: bool,
}

/// Whether it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TaskState {
    /// By a valid record, in this month or an earlier one of the period: where it stands.
    Done {
        month: Month,
        row: u32,
    },
    /// By the sheet's own receipt.
    ByReceipt,
    /// A record with its bare content in the period: 同类已开展.
    Kindred {
        month: Month,
        row: u32,
    },
    Open,
}

/// A problem of the ledger.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// 问题编号: month-roster number-serial: `2026-03-07-02`; serial within the unit's month.
    pub number: String,
    /// The month it was reported in.
    pub month: Month,
    /// Index into `Tally::units`.
    pub unit: usize,
    pub content: Option<usize>,
    pub problem: String,
    pub handling: String,
    /// Until when it must be put right; none where no deadline is written.
    pub deadline: Option<NaiveDate>,
    pub status: ProblemStatus,
    /// The month whose record, its own or one of its progress, says that it was put right; no register makes that worse.
    pub settled: Option<Month>,
    /// Later records that go on with it, in order of the months.
    pub progress: Vec<Progress>,
    /// Its deadline passed in an earlier month, before a record with a new one came: it has cost its point. Or it is a copy
    /// of an earlier problem, which answers for the deadline.
    pub charged: bool,
    /// Whether the record that reports it is valid; else it stands as 待补, unscored.
    pub valid: bool,
    /// Source: path in the project, sheet, row.
    pub file: String,
    pub sheet: String,
    pub row: u32,
}

/// Where a problem stands on the day `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProblemStatus {
    /// 已整改: the handling says so.
    Settled,
    /// 整改中: a deadline not yet passed.
    Open,
    /// 逾期, by so many days.
    Overdue(u32),
    /// 未明确: no deadline and no result.
    Unclear,
    /// 已销号, on that day.
    Closed(NaiveDate),
}

/// The bands of the total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Band {
    Excellent,
    Good,
    Pass,
    Fail,
}

impl Item {
    pub(crate) const ALL: [Item; 5] = [Item::Timely, Item::Form, Item::Concrete, Item::Task, Item::Closure];

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Item::Timely => "报送及时",
            Item::Form => "填报规范",
            Item::Concrete => "内容具体",
            Item::Task => "任务完成",
            Item::Closure => "整改闭环",
        }
    }

    /// The key of the scoring table that holds its full marks.
    pub(crate) fn full_marks(self) -> &'static str {
        match self {
            Item::Timely => "timely-full",
            Item::Form => "form-full",
            Item::Concrete => "concrete-full",
            Item::Task => "task-full",
            Item::Closure => "closure-full",
        }
    }
}

impl UnitMonth {
    /// Whether its sheet came, but after the grace of the month's end: that counts as 未报.
    pub(crate) fn too_late(&self) -> bool {
        self.receipt == ReceiptState::Missing && self.received.is_some()
    }
}

impl ReceiptState {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            ReceiptState::OnTime => "按时",
            ReceiptState::Late(_) => "迟报",
            ReceiptState::Unregistered => "未登记",
            ReceiptState::Pending => "待重报",
            ReceiptState::Missing => "未报",
            ReceiptState::NotOwed => "不用报",
        }
    }

    /// The same with the days: 迟报 2 天.
    pub(crate) fn in_full(self) -> String {
        match self {
            ReceiptState::Late(days) => format!("{} {days} 天", self.chinese()),
            _ => self.chinese().to_owned(),
        }
    }
}

impl TaskLine {
    /// Whether it stands to the unit's account: not done, not even in kind, and not accepted by the clerk.
    pub(crate) fn owed(&self) -> bool {
        self.state == TaskState::Open && self.waived.is_none()
    }

    /// The row of the record behind its state: the one that did it, or the one that would have.
    pub(crate) fn row(&self) -> Option<u32> {
        match self.state {
            TaskState::Done { row, .. } | TaskState::Kindred { row, .. } => Some(row),
            TaskState::Open => self.failed.map(|failed| failed.row),
            TaskState::ByReceipt => None,
        }
    }

    /// 有记录但不合格（第6行）, where a record was sent for it that is not valid; `month` is the month counted.
    pub(crate) fn shortfall(&self, month: Month) -> Option<String> {
        let Failed { month: at, row, kindred } = self.failed?;
        let what = if kindred { "同类记录" } else { "记录" };
        let when = if at == month { String::new() } else { format!("{}月", at.number()) };
        Some(format!("有{what}但不合格（{when}第{row}行）"))
    }

    /// The rule that speaks of it while it is open.
    pub(crate) fn rule(&self) -> &'static Rule {
        if self.focus { &rules::task::FOCUS_NOT_DONE } else { &rules::task::TASK_NOT_DONE }
    }
}

impl TaskState {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            TaskState::Done { .. } | TaskState::ByReceipt => "完成",
            TaskState::Kindred { .. } => "同类已开展",
            TaskState::Open => "未开展",
        }
    }
}

impl ProblemStatus {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            ProblemStatus::Settled => "已整改",
            ProblemStatus::Open => "整改中",
            ProblemStatus::Overdue(_) => "逾期",
            ProblemStatus::Unclear => "未明确",
            ProblemStatus::Closed(_) => "已销号",
        }
    }
}

impl Band {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Band::Excellent => "优秀",
            Band::Good => "良好",
            Band::Pass => "合格",
            Band::Fail => "不合格",
        }
    }
}
