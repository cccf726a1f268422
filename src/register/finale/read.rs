//! Final months as they are read. Excel may have turned columns, encoding and months about; a bad line is told with its number.

use std::collections::BTreeMap;
use std::fs;

use chrono::NaiveDate;

use super::{
    AS_OF, Amount, COLUMNS, EARLIER, FINALE, FOLDER, FinalFile, FinalLines, FinalProblem, FinalUnit, Finale, ITEMS,
    LINES, MONTH, NAME, VERSION, YES,
};
use crate::calendar::Month;
use crate::config::{Project, read_bytes};
use crate::points::Points;
use crate::register::cell::quoted;
use crate::register::table::{Line, Register};

/// Every final month of a project.
pub(in crate::register) fn load(project: &Project, faults: &mut Vec<String>) -> BTreeMap<Month, Finale> {
    let entries = fs::read_dir(project.root.join(FOLDER)).into_iter().flatten().flatten();
    let mut kept: Vec<(Month, String)> = Vec::new();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    for name in names {
        let Some(month) = month_of(&name) else { continue };
        let path = Finale::path(month);
        if format!("{FOLDER}/{name}").eq_ignore_ascii_case(&path) {
            kept.push((month, format!("{FOLDER}/{name}")));
        } else if project.root.join(&path).exists() {
            faults.push(format!("{FOLDER}/{name}：{month} 的定稿已有“{path}”；请留一个，删去另一个"));
        } else {
            faults.push(format!("{FOLDER}/{name}：定稿的文件名要写成“{month} {NAME}”；请改名"));
        }
    }
    let mut finals = BTreeMap::new();
    for (month, path) in kept {
        match read_bytes(&project.root.join(&path)) {
            Ok(Some(bytes)) => finals.extend(read(&path, month, &bytes, faults).map(|finale| (month, finale))),
            Ok(None) => {}
            Err(message) => faults.push(format!("{path}：{message}")),
        }
    }
    finals
}

/// The month whose final file a name means, however it is written.
fn month_of(name: &str) -> Option<Month> {
    let at = name.len().checked_sub(NAME.len())?;
    let (month, rest) = (name.get(..at)?, name.get(at..)?);
    if rest.eq_ignore_ascii_case(NAME) { Month::parse(month) } else { None }
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
    let Made { version, settings, units, figures, contents, problems, lines, files, .. } = made;
    Some(Finale { month, as_of, version, settings, units, figures, contents, problems, lines, files })
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
    problems: Vec<FinalProblem>,
    lines: Vec<FinalLines>,
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
            ("问题", _) => self.problems.push(FinalProblem {
                number: name.to_owned(),
                opening: freed(line.text("数值")).to_owned(),
                digest: line.text("摘要").to_owned(),
            }),
            (LINES | EARLIER, _) => self.lines.push(FinalLines {
                register: line.text("数值").to_owned(),
                unit: name.to_owned(),
                earlier: kind == EARLIER,
                digest: line.text("摘要").to_owned(),
            }),
            ("文件", _) => self.files.extend(line.month_under("数值").map(|month| FinalFile {
                path: name.to_owned(),
                month,
                digest: line.text("摘要").to_owned(),
            })),
            _ => line.blame(format!(
                "类别{}认不出；应是 口径、得分、数字、内容、问题、登记、以前登记 或 文件",
                quoted(kind)
            )),
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
