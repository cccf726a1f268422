//! 汇总/2026-03 定稿.csv: a month that was made final. Its lines are of five kinds (类别): 口径 what it rests on, 得分 a unit's
//! score, 数字 a key figure, 内容 records of a content, 文件 a source file with its digest. Read as the registers are.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;

use chrono::NaiveDate;

use super::cell::quoted;
use super::table::{Columns, Line, Register};
use crate::calendar::Month;
use crate::config::{Project, read_bytes};
use crate::points::Points;

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
    /// Source files by path in the project: the month's own, and those of the months before it.
    pub files: Vec<FinalFile>,
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

/// Every final month of a project.
pub(super) fn load(project: &Project, faults: &mut Vec<String>) -> BTreeMap<Month, Finale> {
    let entries = fs::read_dir(project.root.join(FOLDER)).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let name = entry.file_name();
        Month::parse(name.to_str()?.strip_suffix(NAME)?)
    });
    let mut months: Vec<Month> = named.collect();
    months.sort();
    months.dedup();
    let mut finals = BTreeMap::new();
    for month in months {
        let path = Finale::path(month);
        match read_bytes(&project.root.join(&path)) {
            Ok(Some(bytes)) => finals.extend(read(&path, month, &bytes, faults).map(|finale| (month, finale))),
            Ok(None) => {}
            Err(message) => faults.push(format!("{path}：{message}")),
        }
    }
    finals
}

fn read(path: &str, month: Month, bytes: &[u8], faults: &mut Vec<String>) -> Option<Finale> {
    let register = Register::new(path, bytes, &COLUMNS, BTreeMap::new());
    let mut made = Made::default();
    for line in register.lines() {
        made.take(line);
    }
    match made.month {
        Some(stated) if stated != month => {
            register.blame(None, format!("是 {stated} 的定稿，文件名却是 {month} 的；请核对文件名"));
        }
        _ => {}
    }
    let mut errors = register.into_faults();
    let whole = made.month.zip(made.as_of);
    if whole.is_none() && errors.is_empty() {
        errors.push(format!(
            "{path}：不是完整的定稿：缺少“{MONTH}”或“{AS_OF}”这一行；可以删去它，用 summarize --final 重新定稿"
        ));
    }
    let sound = errors.is_empty();
    faults.extend(errors);
    let (month, as_of) = whole.filter(|_| sound)?;
    let Made { version, settings, units, figures, contents, files, .. } = made;
    Some(Finale { month, as_of, version, settings, units, figures, contents, files })
}

/// A final month under way of being read.
#[derive(Default)]
struct Made {
    month: Option<Month>,
    as_of: Option<NaiveDate>,
    version: String,
    settings: Vec<(String, String)>,
    units: Vec<FinalUnit>,
    figures: Vec<(String, Amount)>,
    contents: Vec<(String, u32)>,
    files: Vec<FinalFile>,
}

impl Made {
    /// Reads one line; a cell that cannot be read is a fault of it.
    fn take(&mut self, line: Line<'_>) {
        let (Some(kind), Some(name)) = (line.need("类别"), line.need("名称")) else { return };
        let name = freed(name);
        match (kind, name) {
            ("口径", MONTH) => self.month = self.month.or(line.month_under("数值")),
            ("口径", AS_OF) => self.as_of = self.as_of.or(line.day("数值")),
            ("口径", VERSION) => line.text("数值").clone_into(&mut self.version),
            ("口径", _) => self.settings.push((name.to_owned(), line.text("摘要").to_owned())),
            ("得分", _) => self.units.extend(unit(line, name)),
            ("数字", _) => self.figures.extend(amount(line).map(|amount| (name.to_owned(), amount))),
            ("内容", _) => self.contents.extend(whole(line, "数值").flatten().map(|count| (name.to_owned(), count))),
            ("文件", _) => self.files.extend(line.month_under("数值").map(|month| FinalFile {
                path: name.to_owned(),
                month,
                digest: line.text("摘要").to_owned(),
            })),
            _ => line.blame(format!("类别{}认不出；应是 口径、得分、数字、内容 或 文件", quoted(kind))),
        }
    }
}

/// A text without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn freed(text: &str) -> &str {
    let led = |rest: &&str| rest.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    text.strip_prefix('\'').filter(led).unwrap_or(text)
}

fn unit(line: Line<'_>, name: &str) -> Option<FinalUnit> {
    let total = points(line, "数值");
    let rank = whole(line, "名次");
    let mut items = [None; 6];
    let mut sound = true;
    for (slot, title) in items.iter_mut().zip(FINALE.iter().skip(ITEMS)) {
        match points(line, title) {
            Some(points) => *slot = points,
            None => sound = false,
        }
    }
    let (total, rank) = (total?, rank?);
    sound.then(|| FinalUnit {
        name: name.to_owned(),
        total,
        rank,
        band: line.text("等次").to_owned(),
        state: line.text("报送").to_owned(),
        items,
        zero: line.text("零问题") == YES,
    })
}

/// Marks that may be empty: the outer is none where the cell is at fault.
fn points(line: Line<'_>, title: &str) -> Option<Option<Points>> {
    let written = line.text(title);
    if written.is_empty() {
        return Some(None);
    }
    let points = Points::parse(written);
    if points.is_none() {
        line.blame(format!("{title}{}不是分数；应是至多一位小数的数", quoted(written)));
    }
    points.map(Some)
}

/// A whole number that may be empty: the outer is none where the cell is at fault.
fn whole(line: Line<'_>, title: &str) -> Option<Option<u32>> {
    let written = line.text(title);
    if written.is_empty() {
        return Some(None);
    }
    let number = written.parse().ok();
    if number.is_none() {
        line.blame(format!("{title}{}不是整数", quoted(written)));
    }
    number.map(Some)
}

fn amount(line: Line<'_>) -> Option<Amount> {
    let written = line.text("数值");
    match (written.parse(), Points::parse(written)) {
        (Ok(count), _) => Some(Amount::Count(count)),
        (_, Some(marks)) => Some(Amount::Marks(Some(marks))),
        _ if written.is_empty() => Some(Amount::Marks(None)),
        _ => {
            line.blame(format!("数值{}不是数", quoted(written)));
            None
        }
    }
}
