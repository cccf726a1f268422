//! What a register's cell means: a day, a month, a unit, a number. A cell that cannot be read is a fault of its line.

use chrono::{Datelike, NaiveDate};

use super::table::Line;
use crate::calendar::{Month, parse_day};
use crate::config::{Settings, no_unit};

/// How much of a cell a message quotes.
const QUOTE: usize = 40;

/// The words of a cell as a message quotes them: cut, and with nothing that a terminal would obey.
pub(super) fn quoted(words: &str) -> String {
    let mut shown: String = words.chars().take(QUOTE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if words.chars().nth(QUOTE).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

impl<'r> Line<'r> {
    /// A cell that must be filled.
    pub(super) fn need(self, title: &str) -> Option<&'r str> {
        let text = self.text(title);
        if text.is_empty() {
            self.blame(format!("{title}是空的，请填写"));
        }
        (!text.is_empty()).then_some(text)
    }

    /// A day that must be filled.
    pub(super) fn day(self, title: &str) -> Option<NaiveDate> {
        let text = self.need(title)?;
        self.read_day(title, text)
    }

    /// A day that may be empty: the outer is none where the cell is at fault.
    pub(super) fn day_or_empty(self, title: &str) -> Option<Option<NaiveDate>> {
        match self.text(title) {
            "" => Some(None),
            text => self.read_day(title, text).map(Some),
        }
    }

    fn read_day(self, title: &str, text: &str) -> Option<NaiveDate> {
        let day = parse_day(text);
        if day.is_none() {
            self.blame(format!("{title}{}不是日期；请写成 2026/3/24 或 2026-03-24", quoted(text)));
        }
        day
    }

    /// The month that must be filled, under 月份.
    pub(super) fn month(self) -> Option<Month> {
        self.month_under("月份")
    }

    /// The same under another title.
    pub(super) fn month_under(self, title: &str) -> Option<Month> {
        let text = self.need(title)?;
        let month = read_month(text);
        if month.is_none() {
            self.blame(format!("{title}{}认不出；请写成 2026-03 或 2026年3月", quoted(text)));
        }
        month
    }

    /// The roster's unit that must be filled, under 单位. An empty roster is told once a register, not here.
    pub(super) fn unit(self, settings: &Settings) -> Option<usize> {
        let text = self.need("单位")?;
        let unit = self.unit_named(text);
        if unit.is_none() && !settings.units.is_empty() {
            let shown = quoted(text);
            self.blame(no_unit(settings, shown.trim_start_matches('“').trim_end_matches('”')));
        }
        unit
    }

    /// A path in the project, or a bare name: `/` between folders.
    pub(super) fn file(self) -> String {
        let path = self.text("文件").replace('\\', "/");
        // Pasted from the file manager it begins at the drive: within the project it begins at 报送.
        let whole = path.starts_with('/') || path.get(1..3) == Some(":/");
        match path.find("/报送/") {
            Some(at) if whole => path.get(at + 1..).unwrap_or(&path).to_owned(),
            _ => path.strip_prefix("./").unwrap_or(&path).to_owned(),
        }
    }

    /// A later day may not precede an earlier one.
    pub(super) fn check_order(self, earlier: (&str, NaiveDate), later: (&str, NaiveDate)) -> Option<()> {
        if later.1 < earlier.1 {
            self.blame(format!("{}（{}）早于{}（{}），请核对", later.0, later.1, earlier.0, earlier.1));
            return None;
        }
        Some(())
    }
}

/// A month in every spelling; `2026/3/1` and `Mar-26` are what Excel makes of a typed 2026-03.
fn read_month(text: &str) -> Option<Month> {
    if let Some(month) = Month::parse(text) {
        return Some(month);
    }
    if let Some(day) = parse_day(text) {
        return Month::of(day).filter(|_| day.day() == 1);
    }
    const NAMES: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let (name, year) = text.split_once('-')?;
    let number = NAMES.iter().position(|known| name.eq_ignore_ascii_case(known))?;
    if year.len() != 2 || !year.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Month::new(2000 + year.parse::<i32>().ok()?, u32::try_from(number).ok()? + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_excel_leaves_it() {
        let march = Month::new(2026, 3);
        for text in ["2026-03", "2026年3月", "202603", "2026/3", "2026/3/1", "2026-03-01", "Mar-26", "mar-26"] {
            assert_eq!(read_month(text), march, "{text}");
        }
        for text in ["", "三月", "3月", "2026/3/5", "Mar-2026", "26-Mar", "Mrz-26"] {
            assert_eq!(read_month(text), None, "{text}");
        }
    }
}
