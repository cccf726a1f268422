//! Months of the year as the county counts them. Days are `chrono::NaiveDate`; nothing here asks a clock.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

/// A calendar month; shown `2026-03`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Month {
    year: i32,
    month: u32,
}

impl Month {
    /// A month of the years 1990 to 2099; anything else is a slip of the pen.
    pub(crate) fn new(year: i32, month: u32) -> Option<Month> {
        ((1990..=2099).contains(&year) && (1..=12).contains(&month)).then_some(Month { year, month })
    }

    /// The month that a day falls in.
    pub(crate) fn of(day: NaiveDate) -> Option<Month> {
        Month::new(day.year(), day.month())
    }

    /// Reads what a person types: `2026-03`, `2026-3`, `202603`, `2026年3月`, `2026.3`, `2026/3`.
    pub(crate) fn parse(text: &str) -> Option<Month> {
        let text = text.trim();
        let text = text.strip_suffix('月').or_else(|| text.strip_suffix("月份")).unwrap_or(text);
        let (year, month) = match text.find(['-', '年', '.', '/']) {
            Some(at) => {
                let rest = text.get(at..)?;
                let mark = rest.chars().next()?;
                (text.get(..at)?, rest.get(mark.len_utf8()..)?)
            }
            None if text.len() == 6 => (text.get(..4)?, text.get(4..)?),
            None => return None,
        };
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if year.len() != 4 || !digits(year) || month.len() > 2 || !digits(month) {
            return None;
        }
        Month::new(year.parse().ok()?, month.parse().ok()?)
    }

    pub(crate) fn year(self) -> i32 {
        self.year
    }

    /// 1 to 12.
    pub(crate) fn number(self) -> u32 {
        self.month
    }

    pub(crate) fn previous(self) -> Month {
        match self.month {
            1 => Month { year: self.year - 1, month: 12 },
            m => Month { year: self.year, month: m - 1 },
        }
    }

    pub(crate) fn next(self) -> Month {
        match self.month {
            12 => Month { year: self.year + 1, month: 1 },
            m => Month { year: self.year, month: m + 1 },
        }
    }

    /// The day of this month with that number; past the end, the last day.
    pub(crate) fn day(self, number: u32) -> NaiveDate {
        let last = self.last_day();
        NaiveDate::from_ymd_opt(self.year, self.month, number).unwrap_or(last)
    }

    pub(crate) fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).expect("every month has a first day")
    }

    pub(crate) fn last_day(self) -> NaiveDate {
        self.next().first_day().checked_sub_days(Days::new(1)).expect("a first day has a day before it")
    }

    /// The `count` months that end with this one, earliest first, cut at the start of a span of `count`
    /// months within the year: the quarter (3), half-year (6) or year (12) so far.
    pub(crate) fn span_so_far(self, count: u32) -> Vec<Month> {
        let first = (self.month - 1) / count * count + 1;
        (first..=self.month).map(|month| Month { year: self.year, month }).collect()
    }

    /// Whether this is the last month of its quarter (3), half-year (6) or year (12).
    pub(crate) fn ends_span(self, count: u32) -> bool {
        self.month.is_multiple_of(count)
    }

    /// `2026年3月`.
    pub(crate) fn chinese(self) -> String {
        format!("{}年{}月", self.year, self.month)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Reads a day as registers and options write it: `2026-03-24`, `2026/3/24`, `2026.3.24`, `2026年3月24日`; a time of
/// day that a spreadsheet left behind it (` 0:00`) is set aside.
pub(crate) fn parse_day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let (day, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    if !time.chars().all(|c| c.is_ascii_digit() || c == ':') {
        return None;
    }
    let (rest, mark) = match day.strip_suffix('日').or_else(|| day.strip_suffix('号')) {
        Some(rest) => (rest, ['年', '月']),
        None => (day, [day.chars().find(|c| "-/.".contains(*c))?; 2]),
    };
    let (year, rest) = rest.split_once(mark[0])?;
    let (month, number) = rest.split_once(mark[1])?;
    let digits = |s: &str, most: usize| !s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(number, 2) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, number.parse().ok()?)?;
    Month::of(day).map(|_| day)
}

/// A day as official Chinese writes it, without leading zeros (GB/T 9704): `2026年3月5日`.
pub(crate) fn chinese_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_in_every_spelling() {
        let march = Month::new(2026, 3);
        for text in
            ["2026-03", "2026-3", "202603", "2026年3月", "2026年03月", "2026.3", "2026/3", " 2026-03 ", "2026年3月份"]
        {
            assert_eq!(Month::parse(text), march, "{text}");
        }
        for text in ["", "2026", "2026-13", "2026-0", "26-3", "2026-003", "三月", "2026-3-5"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_read_in_every_spelling() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5);
        for text in ["2026-03-05", "2026/3/5", "2026.3.5", "2026年3月5日", " 2026年03月05日 ", "2026/3/5 0:00"] {
            assert_eq!(parse_day(text), day, "{text}");
        }
        for text in
            ["", "2026-02-30", "26-3-5", "2026-3", "3月5日", "2026/3.5", "2026-3-5 上午", "2026-3-5-1", "0026-3-5"]
        {
            assert_eq!(parse_day(text), None, "{text}");
        }
    }

    #[test]
    fn spans_of_the_year_are_cut_at_their_start() {
        let may = Month::new(2026, 5).unwrap();
        let show = |count| may.span_so_far(count).iter().map(Month::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(show(3), "2026-04 2026-05");
        assert_eq!(show(6), "2026-01 2026-02 2026-03 2026-04 2026-05");
        assert!(!may.ends_span(3));
        assert!(may.next().ends_span(6));
    }
}
