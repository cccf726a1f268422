//! 销号.csv: problems closed.

use super::Closing;
use super::cell::quoted;
use super::table::{Columns, Line};
use crate::calendar::Month;
use crate::config::Settings;

pub(crate) const FILE: &str = "销号.csv";
pub(super) const COLUMNS: Columns =
    Columns { titles: &["问题编号", "月份", "单位", "销号日期", "依据", "登记人"], optional: &[] };

/// A problem's number: month, roster number, serial.
struct Number {
    month: Month,
    unit: usize,
    serial: u32,
}

pub(super) fn read(line: Line<'_>, settings: &Settings) -> Option<Closing> {
    let number = read_number(line);
    let month = line.month();
    let unit = line.unit(settings);
    let day = line.day("销号日期");
    let ground = line.need("依据");
    let by = line.need("登记人");
    let (number, month, unit, day) = (number?, month?, unit?, day?);
    let problem = number.to_string();
    if number.month != month {
        line.blame(format!("月份写的是 {month}，问题编号 {problem} 却是 {} 的；月份写发现问题的月份", number.month));
        return None;
    }
    if number.unit != unit + 1 {
        let named = settings.unit_name(unit);
        line.blame(format!("问题编号 {problem} 不是“{named}”的：它在名册里是第 {} 个单位", unit + 1));
        return None;
    }
    // What the period's first days brought to light lies in the calendar month before, and may be closed there.
    line.check_order(("问题月份的上一个月", month.previous().first_day()), ("销号日期", day))?;
    Some(Closing { line: line.number(), problem, month, unit, day, ground: ground?.to_owned(), by: by?.to_owned() })
}

fn read_number(line: Line<'_>) -> Option<Number> {
    let written = line.need("问题编号")?;
    let found = parse(written);
    if found.is_none() {
        line.blame(format!("问题编号{}认不出；请照问题台账抄写，如 2026-03-07-02", quoted(written)));
    }
    found
}

/// `2026-03-07-02`, also where a spreadsheet dropped zeros.
fn parse(written: &str) -> Option<Number> {
    let mut parts = written.split(['-', '－', '—']).map(str::trim);
    let mut next = |most: usize| {
        let part = parts.next()?;
        let fits = !part.is_empty() && part.len() <= most && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse::<u32>().ok())?
    };
    let (year, month, unit, serial) = (next(4)?, next(2)?, next(4)?, next(4)?);
    if parts.next().is_some() || unit == 0 || serial == 0 {
        return None;
    }
    let month = Month::new(i32::try_from(year).ok()?, month)?;
    Some(Number { month, unit: usize::try_from(unit).ok()?, serial })
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}-{:02}", self.month, self.unit, self.serial)
    }
}
