//! 汇总/2026-03 定稿.csv: a month that was made final. The kinds of its lines (类别): 口径 what it rests on, 得分 a unit's
//! score, 数字 a key figure, 内容 records of a content, 问题 a problem's number and text, 登记 and 以前登记 what the registers
//! say of a unit, 文件 a source file; the last three with digests. Read as the registers are.

use std::fmt;

use chrono::NaiveDate;

use super::table::Columns;
use crate::calendar::Month;
use crate::points::Points;

mod read;

pub(super) use read::load;

/// The folder of the products.
const FOLDER: &str = "汇总";
/// What follows the month in the file's name.
const NAME: &str = "定稿.csv";

/// The columns, in the order in which they are written.
pub(crate) const FINALE: [&str; 14] = [
    "类别",
    "名称",
    "数值",
    "名次",
    "等次",
    "报送",
    "报送及时",
    "填报规范",
    "内容具体",
    "任务完成",
    "整改闭环",
    "加分",
    "零问题",
    "摘要",
];
const COLUMNS: Columns = Columns { titles: &FINALE, optional: &[] };
/// Where the items begin.
const ITEMS: usize = 6;

const MONTH: &str = "月份";
const AS_OF: &str = "统计截至";
const VERSION: &str = "程序";
const YES: &str = "是";
/// 类别 of what the registers say of the month, and of months before.
const LINES: &str = "登记";
const EARLIER: &str = "以前登记";

/// A month that was made final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finale {
    pub month: Month,
    pub as_of: NaiveDate,
    /// The program that counted it: `yuedu 0.1.0`.
    pub version: String,
    /// Parts of the settings that bear on the scores, each with its digest.
    pub settings: Vec<(String, String)>,
    pub units: Vec<FinalUnit>,
    /// Key figures by title.
    pub figures: Vec<(String, Amount)>,
    /// Valid records by content.
    pub contents: Vec<(String, u32)>,
    /// The month's problems by number.
    pub problems: Vec<FinalProblem>,
    /// What the registers say of the month, by unit.
    pub lines: Vec<FinalLines>,
    /// Source files by path in the project: the month's own, and those of the months before it.
    pub files: Vec<FinalFile>,
}

/// A problem of a final month: closings name it by its number, which a sheet sent again may give to another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FinalProblem {
    pub number: String,
    /// How its text begins.
    pub opening: String,
    /// The digest of its text.
    pub digest: String,
}

/// The lines of a register that bear on a final month, of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FinalLines {
    pub register: String,
    pub unit: String,
    /// They are of months before: which sheet holds there, what was accepted in it.
    pub earlier: bool,
    pub digest: String,
}

/// A source file of a final month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FinalFile {
    pub path: String,
    /// The month that it was sent for.
    pub month: Month,
    pub digest: String,
}

/// One unit's score as it was made final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FinalUnit {
    pub name: String,
    /// None while 待重报 or where nothing was owed.
    pub total: Option<Points>,
    pub rank: Option<u32>,
    pub band: String,
    /// 按时, 迟报 2 天 …
    pub state: String,
    /// The five items and the bonus; none where there is no total.
    pub items: [Option<Points>; 6],
    /// It sent a sheet and reported no problem.
    pub zero: bool,
}

/// A key figure: a number of things, or marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    Count(u32),
    /// None where nobody has a total.
    Marks(Option<Points>),
}

impl Amount {
    /// The same in tenths, so that a mean of 90 is 90 whatever a spreadsheet made of it.
    pub(crate) fn tenths(self) -> Option<i64> {
        match self {
            Amount::Count(count) => Some(i64::from(count) * 10),
            Amount::Marks(marks) => marks.map(|marks| i64::from(marks.0)),
        }
    }
}

impl Amount {
    /// The figure as marks: what a file holds as 43 may be a mean of 43.0.
    pub(crate) fn marks(self) -> Option<Points> {
        match self {
            Amount::Count(count) => i32::try_from(count).ok().map(|count| Points::whole(1).times(count)),
            Amount::Marks(marks) => marks,
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Amount::Count(count) => count.fmt(f),
            Amount::Marks(Some(marks)) => marks.fmt(f),
            Amount::Marks(None) => Ok(()),
        }
    }
}

impl Finale {
    /// The path of a month's file in the project.
    pub(crate) fn path(month: Month) -> String {
        format!("{FOLDER}/{month} {NAME}")
    }

    /// Its lines, a cell a column of `FINALE`.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let line = |kind: &str, name: &str, value: String, digest: &str| {
            let mut row = vec![String::new(); FINALE.len()];
            for (at, cell) in [(0, kind.to_owned()), (1, name.to_owned()), (2, value), (13, digest.to_owned())] {
                if let Some(slot) = row.get_mut(at) {
                    *slot = cell;
                }
            }
            row
        };
        let mut rows = vec![
            line("口径", MONTH, self.month.to_string(), ""),
            line("口径", AS_OF, self.as_of.to_string(), ""),
            line("口径", VERSION, self.version.clone(), ""),
        ];
        rows.extend(self.settings.iter().map(|(part, digest)| line("口径", part, String::new(), digest)));
        rows.extend(self.units.iter().map(FinalUnit::row));
        rows.extend(self.figures.iter().map(|(title, amount)| line("数字", title, amount.to_string(), "")));
        rows.extend(self.contents.iter().map(|(name, records)| line("内容", name, records.to_string(), "")));
        rows.extend(self.problems.iter().map(|told| line("问题", &told.number, told.opening.clone(), &told.digest)));
        rows.extend(self.lines.iter().map(|lines| {
            line(if lines.earlier { EARLIER } else { LINES }, &lines.unit, lines.register.clone(), &lines.digest)
        }));
        rows.extend(self.files.iter().map(|file| line("文件", &file.path, file.month.to_string(), &file.digest)));
        rows
    }
}

impl FinalUnit {
    fn row(&self) -> Vec<String> {
        let points = |points: Option<Points>| points.map(|points| points.to_string()).unwrap_or_default();
        let mut row = vec![
            "得分".to_owned(),
            self.name.clone(),
            points(self.total),
            self.rank.map(|rank| rank.to_string()).unwrap_or_default(),
            self.band.clone(),
            self.state.clone(),
        ];
        row.extend(self.items.map(points));
        row.push(if self.zero { YES.to_owned() } else { String::new() });
        row.push(String::new());
        row
    }
}
