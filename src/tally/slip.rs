//! Lines of the registers that are in order by themselves and yet most likely not what was meant: a slip in the year, a
//! line written twice, a day that makes the line count for nothing, or for another than the clerk thinks. Each is named
//! with what it does now; nothing is counted otherwise for it.

use chrono::NaiveDate;

use super::basis::Basis;
use super::receipt::{first_readable, lines_of};
use super::{ReceiptState, UnitMonth};
use crate::calendar::chinese_day;
use crate::digest;
use crate::points::Points;
use crate::register::{ADJUSTMENTS, Adjustment, BONUS, CLOSINGS, RECEIPTS, Receipt, WAIVERS};

/// Days after which a date is no delay but a slip in its year.
const FAR: i64 = 180;

/// What is to be said of the month's lines, register by register.
pub(super) fn find(basis: &Basis<'_>, units: &[UnitMonth]) -> Vec<String> {
    let mut notes = receipts(basis, units);
    notes.extend(waivers(basis));
    notes.extend(adjustments(basis, units));
    notes.extend(closings(basis));
    notes
}

/// Whether a day lies so far ahead of another that its year must be wrong.
fn far(day: NaiveDate, from: NaiveDate) -> bool {
    day.signed_duration_since(from).num_days() > FAR
}

fn receipts(basis: &Basis<'_>, units: &[UnitMonth]) -> Vec<String> {
    let (month, grace) = (basis.month, basis.settings.scoring.grace_days);
    let closed = basis.as_of.max(month.last_day());
    let slip = |line: &Receipt| {
        let day = chinese_day(line.day);
        far(line.day, closed).then(|| format!("收到日期{day}离{}太远，请核对年份", month.chinese()))
    };
    let mut notes = Vec::new();
    for (n, unit) in units.iter().enumerate().filter(|(_, unit)| unit.too_late()) {
        let Some(line) = first_readable(basis, &lines_of(basis, n)) else { continue };
        let (number, name, day) = (line.line, &unit.name, chinese_day(line.day));
        let slip = slip(line).map_or_else(String::new, |slip| format!("；{slip}"));
        notes.push(format!(
            "{RECEIPTS} 第 {number} 行：{name}的表{day}才收到，受理已过月末后{grace}天，按未报计，当月计 0 分{slip}"
        ));
    }
    let of_month: Vec<&Receipt> = basis.registers.receipts.iter().filter(|line| line.month == month).collect();
    let told = |line: &Receipt| {
        let late = units.iter().position(|unit| unit.roster == Some(line.unit) && unit.too_late());
        late.and_then(|n| first_readable(basis, &lines_of(basis, n))).is_some_and(|first| first.line == line.line)
    };
    for line in of_month.iter().filter(|line| !told(line)) {
        notes.extend(slip(line).map(|slip| format!("{RECEIPTS} 第 {} 行：{slip}", line.line)));
    }
    for (at, line) in of_month.iter().enumerate() {
        // Of more than two lines each is set beside the one before it.
        if let Some(other) = of_month.iter().take(at).rev().find(|other| same_sheet(basis, other, line)) {
            let (first, second) = (other.line, line.line);
            let (one, two) = (chinese_day(other.day), chinese_day(line.day));
            notes.push(format!(
                "{RECEIPTS} 第 {first} 行和第 {second} 行登记的是同一个文件“{}”，收到日期一个是{one}，一个是{two}，\
                 按早的一天算；只收过一次的，请删去一行",
                line.file
            ));
        }
    }
    notes
}

/// Whether two lines register one sheet on two days. A sheet that was returned, or is another by its 摘要, may well have
/// come again under the old name.
fn same_sheet(basis: &Basis<'_>, one: &Receipt, other: &Receipt) -> bool {
    let same_file = match (basis.names.find(&one.file), basis.names.find(&other.file)) {
        (Some(one), Some(other)) => one == other,
        _ => one.file == other.file,
    };
    let known = digest::is_one(&one.digest) && digest::is_one(&other.digest);
    let again = if known { one.digest != other.digest } else { one.accepted == Some(false) };
    one.unit == other.unit && one.day != other.day && same_file && !again
}

fn waivers(basis: &Basis<'_>) -> Vec<String> {
    let lines = basis.registers.waivers.iter().filter(|line| line.month == basis.month && far(line.day, basis.as_of));
    lines.map(|line| ahead(basis, WAIVERS, line.line, line.day)).collect()
}

/// 认定.csv 第 2 行：日期2027年3月26日比统计截至日2026年3月31日晚太多，请核对年份.
fn ahead(basis: &Basis<'_>, register: &str, line: usize, day: NaiveDate) -> String {
    let (day, end) = (chinese_day(day), chinese_day(basis.as_of));
    format!("{register} 第 {line} 行：日期{day}比统计截至日{end}晚太多，请核对年份")
}

fn adjustments(basis: &Basis<'_>, units: &[UnitMonth]) -> Vec<String> {
    let lines: Vec<&Adjustment> = basis.registers.adjustments.iter().filter(|line| line.month == basis.month).collect();
    let mut notes: Vec<String> = lines
        .iter()
        .filter(|line| far(line.day, basis.as_of))
        .map(|line| ahead(basis, ADJUSTMENTS, line.line, line.day))
        .collect();
    for (at, line) in lines.iter().enumerate() {
        let what = |line: &Adjustment| (line.unit, line.item.clone(), line.points, line.document.clone(), line.day);
        if let Some(other) = lines.iter().take(at).rev().find(|other| what(other) == what(line)) {
            let (first, second, name) = (other.line, line.line, basis.settings.unit_name(line.unit));
            notes.push(format!(
                "{ADJUSTMENTS} 第 {first} 行和第 {second} 行一样（{name}，{} {} 分），现在两行都算；登记重了的，请删去一行",
                line.item, line.points
            ));
        }
    }
    let cap = basis.settings.scoring.bonus_cap;
    for unit in units.iter().filter(|unit| unit.receipt != ReceiptState::Missing) {
        let sum: Points = unit.bonuses.iter().map(|bonus| bonus.points).sum();
        if sum > cap {
            let numbers = numbers(unit.bonuses.iter().map(|bonus| bonus.line));
            let name = &unit.name;
            notes.push(format!("{ADJUSTMENTS} 第 {numbers} 行：{name}{BONUS}合计 {sum} 分，超过上限，按 {cap} 分计"));
        }
    }
    notes
}

fn closings(basis: &Basis<'_>) -> Vec<String> {
    let counted = |month| month <= basis.month && basis.inboxes.contains_key(&month);
    let lines = || basis.registers.closings.iter().filter(|line| counted(line.month));
    let early = lines().filter_map(|line| {
        let (began, _) = basis.settings.period_of(line.month);
        let (number, day, first) = (line.line, chinese_day(line.day), chinese_day(began));
        let month = line.month.chinese();
        (line.day < began).then(|| {
            format!("{CLOSINGS} 第 {number} 行：销号日期{day}早于{month}的统计期（{first}起），请核对日期和月份")
        })
    });
    let mut notes: Vec<String> = early.collect();
    let end = chinese_day(basis.as_of);
    let slips = lines().filter(|line| far(line.day, basis.as_of));
    notes.extend(slips.map(|line| {
        let (number, day) = (line.line, chinese_day(line.day));
        format!("{CLOSINGS} 第 {number} 行：销号日期{day}比统计截至日{end}晚太多，请核对年份；这次还不算已销号")
    }));
    let late: Vec<usize> =
        lines().filter(|line| line.day > basis.as_of && !far(line.day, basis.as_of)).map(|line| line.line).collect();
    if !late.is_empty() {
        let numbers = numbers(late.into_iter());
        notes.push(format!("{CLOSINGS} 第 {numbers} 行：销号日期在统计截至日{end}之后，这次还不算已销号"));
    }
    notes
}

/// 3、5、8.
fn numbers(lines: impl Iterator<Item = usize>) -> String {
    lines.map(|line| line.to_string()).collect::<Vec<_>>().join("、")
}
