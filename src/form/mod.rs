//! The desk. Takes a `Book` and the form's specification; gives every form in it: head, columns, records,
//! each cell with its facts and what it owes, and the accounts that show that nothing was lost.

use crate::calendar::Month;
use crate::config::FormSpec;
use crate::near;
use crate::place::Pos;
use crate::sheet::Book;
use crate::text::{Facts, Lexicon};

mod apart;
mod duty;
mod find;
mod grid;
mod head;
mod hidden;
mod locate;
mod month;
mod passed;
mod remark;
mod rows;
mod title;

#[cfg(test)]
mod tests;

/// A filled 附件2: one sheet, or one of several forms on a sheet.
#[derive(Debug, Clone)]
pub(crate) struct Form {
    pub sheet: String,
    pub layout: Layout,
    pub head: Head,
    /// What the form says of its month: title, else head, else the sheet's name.
    pub month: Option<StatedMonth>,
    /// The first header row, 0-based.
    pub header_row: u32,
    /// The columns in sheet order.
    pub columns: Vec<Column>,
    pub records: Vec<Record>,
    /// 零报告, where a row says so.
    pub nil: Option<Nil>,
    pub account: Account,
    /// Rows under the header that were not taken for records: those of which no word says that they are remarks, and
    /// all above the last record but for totals, captions and page numbers.
    pub aside: Vec<Aside>,
    /// Hidden parts that hold data of the form: `第 7 行`, `E 列`, `工作表`.
    pub hidden: Vec<Hidden>,
    /// Cells of the form that hold an error or an uncalculated formula, records' text cells included.
    pub errors: Vec<CellError>,
}

/// 附件2 with six columns, or with four (up to 监督开展情况).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Six,
    Four,
}

/// The head fields; each absent where neither label nor value was found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Head {
    pub unit: HeadField,
    pub reporter: HeadField,
    pub contact: HeadField,
    pub leader: HeadField,
}

/// One head field as found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct HeadField {
    /// Where the value stands, or would stand: the cell that a finding names. None where even the label is missing.
    pub pos: Option<Pos>,
    /// The value, cleaned; empty where nothing is filled in.
    pub value: String,
}

/// The month as the form writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StatedMonth {
    pub year: Option<i32>,
    /// 1 to 12.
    pub month: u32,
    /// Where it is written; none for the sheet's name.
    pub pos: Option<Pos>,
    /// The words: `2026年3月份`.
    pub text: String,
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    pub col: u32,
    /// Where its title stands.
    pub pos: Pos,
    pub title: String,
    pub role: Role,
    /// The known title that a nearly known one was read as (`column-unknown`), where the column is filled.
    pub near: Option<String>,
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Number,
    Field(Field),
    /// 备注, 佐证材料 …: kept and carried into the detail.
    Extra,
}

/// A field that a finding may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Unit,
    Reporter,
    Contact,
    Leader,
    Month,
    Content,
    Method,
    Progress,
    Problem,
    Handling,
}

/// One record: a row, or several rows that a merged 序号 makes one.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// The sheet's own row (1-based) of its first line.
    pub row: u32,
    /// Every row of it (1-based), the first included.
    pub rows: Vec<u32>,
    pub content: Cell,
    pub method: Cell,
    pub progress: Cell,
    pub problem: Cell,
    pub handling: Cell,
    /// Further columns: (title, text), in sheet order, the empty ones left out.
    pub extra: Vec<(String, String)>,
}

/// A cell of a record.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub field: Field,
    /// Where it stands (of a merged cell, the first).
    pub pos: Pos,
    /// Cleaned text; empty where the column is absent or the cell blank.
    pub text: String,
    pub facts: Facts,
    pub owes: Duty,
}

/// What a text cell owes; laid on it in `duty`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Duty {
    pub date: bool,
    /// A full person and a concrete event; the cell is then «on duty».
    pub person: bool,
    pub event: bool,
}

/// A row whose 监督内容 is 零报告.
#[derive(Debug, Clone)]
pub(crate) struct Nil {
    pub row: u32,
    /// The 监督开展情况 of that row, which must give the reason and a named person.
    pub progress: Cell,
}

/// The two sums that each form must keep: rows_seen = records + continuations + nil + blank; cells_seen = cells_read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Account {
    /// Rows of the table that are not wholly empty.
    pub rows_seen: u32,
    pub rows_blank: u32,
    pub rows_nil: u32,
    pub rows_continued: u32,
    /// Non-empty cells of the sheet, counted apart from the reading.
    pub cells_seen: u32,
    pub cells_read: u32,
}

/// A row that is no record: a sentence across the table, more than a point under 填表说明, a remark between two records;
/// or the first row of another sheet that looks like a record, but stands under no header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aside {
    /// The other sheet; none for a row of the form's own.
    pub sheet: Option<String>,
    /// 1-based.
    pub row: u32,
    /// What stands first in it.
    pub text: String,
}

/// A hidden part that holds data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hidden {
    /// The first filled cell in it.
    pub pos: Option<Pos>,
    /// `第 7 行`, `E 列`, `工作表“3月”`.
    pub what: String,
}

/// A cell with `#REF!` … or a formula without a stored value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellError {
    pub pos: Pos,
    /// The error's text; empty for an uncalculated formula.
    pub text: String,
    /// The field it stands in; none for 序号 and extra columns (a warning there).
    pub field: Option<Field>,
}

impl Field {
    /// The identity in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Field::Unit => "unit",
            Field::Reporter => "reporter",
            Field::Contact => "contact",
            Field::Leader => "leader",
            Field::Month => "month",
            Field::Content => "content",
            Field::Method => "method",
            Field::Progress => "progress",
            Field::Problem => "problem",
            Field::Handling => "handling",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Field::Unit => "填报单位",
            Field::Reporter => "填报人",
            Field::Contact => "联系方式",
            Field::Leader => "单位负责人",
            Field::Month => "月份",
            Field::Content => "监督内容",
            Field::Method => "监督方式",
            Field::Progress => "监督开展情况",
            Field::Problem => "发现问题",
            Field::Handling => "处理情况",
        }
    }
}

impl HeadField {
    /// Whether something is filled in; a line to write on, a stroke or 无 is nothing.
    pub(crate) fn tells(&self) -> bool {
        self.value.chars().any(char::is_alphanumeric) && !matches!(near::key(&self.value).as_str(), "无" | "暂无")
    }
}

impl Layout {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Layout::Six => "six",
            Layout::Four => "four",
        }
    }
}

impl Record {
    /// The five cells in the form's order.
    pub(crate) fn cells(&self) -> [&Cell; 5] {
        [&self.content, &self.method, &self.progress, &self.problem, &self.handling]
    }

    /// Whether the record reports a problem: a 发现问题 that is neither empty nor none, or a four-column
    /// 监督开展情况 that states one.
    pub(crate) fn reports_problem(&self, layout: Layout) -> bool {
        match layout {
            Layout::Six => !self.problem.text.is_empty() && !self.problem.facts.none,
            Layout::Four => self.progress.facts.fault && !self.progress.facts.none,
        }
    }
}

impl StatedMonth {
    /// The month, its year taken from elsewhere where the form does not write it.
    pub(crate) fn resolve(&self, year: Option<i32>) -> Option<Month> {
        Month::new(self.year.or(year)?, self.month)
    }
}

/// Finds every form in a workbook, in sheet order. Empty where no sheet holds the header row (`form-missing`).
pub(crate) fn find(book: &Book, spec: &FormSpec, words: &Lexicon) -> Vec<Form> {
    find::forms(book, spec, words)
}
