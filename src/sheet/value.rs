//! What a cell shows: numbers, percents, days and times as a clerk sees them, texts cleaned.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::Value;
use crate::calendar::chinese_day;
use crate::unseen::is_unseen;

/// A number as shown: no needless .0, at most 15 significant digits, as a sheet computes.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let scientific = format!("{value:.14e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    let count = i32::try_from(digits.len()).unwrap_or(15);
    match exponent {
        -7..0 => {
            let zeros = "0".repeat(usize::try_from(-exponent - 1).unwrap_or(0));
            format!("{sign}0.{zeros}{digits}")
        }
        0..=20 if count <= exponent + 1 => {
            let zeros = "0".repeat(usize::try_from(exponent + 1 - count).unwrap_or(0));
            format!("{sign}{digits}{zeros}")
        }
        0..=20 => {
            let (whole, part) = digits.split_at(usize::try_from(exponent + 1).unwrap_or(0));
            format!("{sign}{whole}.{part}")
        }
        _ => {
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{point}{rest}E{exponent:+}")
        }
    }
}

/// A percent with so many decimals: 0.125 → 12.5%.
pub(super) fn percent(value: f64, decimals: usize) -> String {
    // Rounded from the 15 digits that a sheet has, half away from zero as it does.
    let power = 10_f64.powi(i32::try_from(decimals.min(12)).unwrap_or(0));
    let scaled = number(value * 100.0 * power).parse().unwrap_or(value * 100.0 * power).round();
    format!("{:.*}%", decimals.min(12), scaled / power)
}

/// The decimals of a percent format (`0.00%` → 2); none for any other format.
pub(super) fn percent_decimals(format: &str) -> Option<usize> {
    let mut quoted = false;
    let mut decimals = None;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => {
                chars.next();
            }
            // Only the first section: positive numbers.
            ';' => return None,
            '%' => return Some(decimals.unwrap_or(0)),
            '.' => decimals = Some(0),
            '0' | '#' | '?' => decimals = decimals.map(|n| n + 1),
            _ => {}
        }
    }
    None
}

/// The day and time of a serial, from 1900-03-01 (or 1904-01-01) to 9999-12-31. Serial 60 is a day that never was,
/// and below it the calendars of the programs differ.
pub(super) fn date(serial: f64, from_1904: bool) -> Option<NaiveDateTime> {
    let serial = if from_1904 && serial >= 0.0 { serial + 1462.0 } else { serial };
    if !(61.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let mut day = whole(serial.floor())?;
    let mut second = whole(((serial - serial.floor()) * 86_400.0).round())?;
    if second >= 86_400 {
        day += 1;
        second = 0;
    }
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(day))?;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(u32::try_from(second).ok()?, 0)?;
    (date <= NaiveDate::from_ymd_opt(9999, 12, 31)?).then_some(date.and_time(time))
}

/// A time of day or a span of hours: 0.375 → 9:00.
pub(super) fn time(serial: f64) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let seconds = whole((serial * 86_400.0).round())?;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(if second == 0 { format!("{hour}:{minute:02}") } else { format!("{hour}:{minute:02}:{second:02}") })
}

/// A whole number that is known to be small and not negative.
fn whole(value: f64) -> Option<u64> {
    format!("{value:.0}").parse().ok()
}

/// A date cell's value: a day, or for a time of day alone its hours. A number that is no day is an error, with
/// what the sheet shows for it.
pub(super) fn dated(serial: f64, from_1904: bool, span: bool) -> Value {
    if !serial.is_finite() {
        return finite(serial, None);
    }
    if !span && let Some(day) = date(serial, from_1904).filter(|_| !(from_1904 && serial < 1.0)) {
        return Value::Date(day);
    }
    match time(serial).filter(|_| span || serial < 1.0) {
        Some(shown) => Value::Number(serial, shown),
        None => Value::Error(no_day(serial, from_1904)),
    }
}

/// What a sheet shows for a number that is no day: the first weeks of 1900 by its own calendar, or only hashes.
fn no_day(serial: f64, from_1904: bool) -> String {
    let day = whole(serial.floor().max(0.0)).filter(|day| !from_1904 && (1..=60).contains(day));
    match day {
        Some(60) => "1900年2月29日".to_owned(),
        Some(day) => NaiveDate::from_ymd_opt(1899, 12, 31)
            .and_then(|before| before.checked_add_days(Days::new(day)))
            .map_or_else(String::new, chinese_day),
        None => "########".to_owned(),
    }
}

/// Whether a sheet shows these words for an error: `#REF!`, `#N/A`, `Err:502`.
pub(super) fn is_error(shown: &str) -> bool {
    let code = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let hash = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase()) && word.ends_with(['!', '?', 'A']);
    shown.strip_prefix("Err:").or(shown.strip_prefix("错误:")).is_some_and(code)
        || shown.strip_prefix('#').is_some_and(hash)
}

/// Signs that stand in the text of a damaged file alone: halves of pairs, and what is no character.
pub(super) fn is_garbled(text: &str) -> bool {
    text.contains(|c: char| ('\u{fffd}'..='\u{ffff}').contains(&c))
}

/// From here on a number has sixteen digits, of which a sheet keeps fifteen.
const LONG: f64 = 1e15;

/// A number, or an error for one that is none, and for one so long that its last digits are gone.
pub(super) fn finite(value: f64, shown: Option<String>) -> Value {
    if !value.is_finite() {
        Value::Error("#NUM!".to_owned())
    } else if value.abs() >= LONG {
        Value::Error(number(value))
    } else {
        Value::Number(value, shown.unwrap_or_else(|| number(value)))
    }
}

/// A day as ISO 8601 writes it; one that is none, or lies before the calendar of sheets, is an error that shows as
/// the sheet does. Nothing where nothing stands.
pub(super) fn iso_day(text: &str, shown: String) -> Option<Value> {
    let first = NaiveDate::from_ymd_opt(1900, 3, 1)?;
    if let Some(day) = iso(text).filter(|day| day.date() >= first) {
        return Some(Value::Date(day));
    }
    let shown = if shown.is_empty() { clean(text) } else { shown };
    (!shown.is_empty()).then_some(Value::Error(shown))
}

/// A date as ISO 8601 writes it, with or without a time.
pub(super) fn iso(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim().trim_end_matches('Z');
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let time = if time.is_empty() {
        NaiveTime::MIN
    } else {
        NaiveTime::parse_from_str(time.split('.').next()?, "%H:%M:%S").ok()?
    };
    Some(day.and_time(time))
}

/// The cleaned text: invisible and control characters dropped, line breaks `\n`, outer blanks trimmed.
pub(super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    cleaned.push('\n');
                }
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push(' '),
            c if is_unseen(c) => {}
            c => cleaned.push(c),
        }
    }
    let trimmed = cleaned.trim();
    if trimmed.len() == cleaned.len() { cleaned } else { trimmed.to_owned() }
}

/// Whether a text is blank once cleaned.
pub(super) fn blank(text: &str) -> bool {
    text.is_empty() || clean(text).is_empty()
}

impl Value {
    /// The cleaned text that the sheet shows; empty for an uncalculated formula.
    pub(crate) fn shown(&self) -> String {
        match self {
            Value::Text(text) => clean(text),
            Value::Number(_, shown) => shown.clone(),
            Value::Date(day) => chinese_day(day.date()),
            Value::Bool(yes) => if *yes { "TRUE" } else { "FALSE" }.to_owned(),
            Value::Error(text) => clean(text),
            Value::Uncalculated => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_sheet_shows_them() {
        for (value, shown) in [
            (0.0, "0"),
            (5.0, "5"),
            (-3.5, "-3.5"),
            (0.1 + 0.2, "0.3"),
            (13_800_001_234.0, "13800001234"),
            (3200.5, "3200.5"),
            (110_101_199_003_070_011.0, "110101199003070000"),
            (0.000_12, "0.00012"),
            (1e25, "1E+25"),
            (1.5e-9, "1.5E-9"),
            (1_234.567_890_123_456_7, "1234.56789012346"),
        ] {
            assert_eq!(number(value), shown, "{value}");
        }
    }

    #[test]
    fn percents_keep_the_decimals_of_their_format() {
        for (format, decimals) in [
            ("0%", Some(0)),
            ("0.00%", Some(2)),
            ("0.0#%", Some(2)),
            ("General", None),
            ("0.0\"%\"", None),
            ("@", None),
        ] {
            assert_eq!(percent_decimals(format), decimals, "{format}");
        }
        assert_eq!(percent(0.125, 1), "12.5%");
        assert_eq!(percent(0.125, 0), "13%");
        assert_eq!(percent(1.0, 2), "100.00%");
    }

    #[test]
    fn only_days_of_the_calendar_are_days() {
        let day = |serial, from_1904| date(serial, from_1904).map(|d| d.to_string());
        assert_eq!(day(46_086.0, false).as_deref(), Some("2026-03-05 00:00:00"));
        assert_eq!(day(46_086.0 - 1462.0, true).as_deref(), Some("2026-03-05 00:00:00"));
        assert_eq!(day(46_086.361_111_1, false).as_deref(), Some("2026-03-05 08:40:00"));
        assert_eq!(day(61.0, false).as_deref(), Some("1900-03-01 00:00:00"));
        for serial in [60.0, 0.0, -1.0, 2_958_466.0, f64::NAN, f64::INFINITY] {
            assert_eq!(day(serial, false), None, "{serial}");
        }
        assert_eq!(dated(0.361_111_11, false, false).shown(), "8:40");
        assert_eq!(dated(0.361_111_11, true, false).shown(), "8:40");
        for (serial, shown) in [
            (1.0, "1900年1月1日"),
            (59.5, "1900年2月28日"),
            (60.0, "1900年2月29日"),
            (-1.0, "########"),
            (2_958_466.0, "########"),
        ] {
            assert_eq!(dated(serial, false, false), Value::Error(shown.to_owned()), "{serial}");
        }
        assert_eq!(dated(-1.0, true, false), Value::Error("########".to_owned()));
        assert_eq!(dated(-0.5, false, true), Value::Error("########".to_owned()));
        assert_eq!(dated(2_958_465.0, false, false).shown(), "9999年12月31日");
        assert_eq!(dated(1.5, false, true).shown(), "36:00");
        assert_eq!(dated(f64::NAN, false, false), Value::Error("#NUM!".to_owned()));
    }

    #[test]
    fn a_number_whose_last_digits_are_gone_is_no_number() {
        for (value, shown) in [(110_101_199_003_070_011.0, "110101199003070000"), (-1e15, "-1000000000000000")] {
            assert_eq!(finite(value, None), Value::Error(shown.to_owned()));
        }
        assert_eq!(finite(999_999_999_999_999.0, None).shown(), "999999999999999");
        assert!(matches!(finite(13_800_001_234.0, None), Value::Number(..)));
    }

    #[test]
    fn a_day_in_words_is_a_day_or_an_error() {
        let day = |text: &str, shown: &str| iso_day(text, shown.to_owned()).map(|value| value.shown());
        assert_eq!(day("2026-03-05", "3月5日").as_deref(), Some("2026年3月5日"));
        assert_eq!(iso_day("1900-02-30", "00/2/30".to_owned()), Some(Value::Error("00/2/30".to_owned())));
        assert_eq!(iso_day("1899-12-31", String::new()), Some(Value::Error("1899-12-31".to_owned())));
        assert_eq!(iso_day("", String::new()), None);
    }

    #[test]
    fn invisible_characters_go_and_line_breaks_are_one() {
        assert_eq!(
            clean("\u{3000} 无\u{200b}\r\n二\r三\u{7}\u{1b}[31m\u{61c}\u{180e}\u{e0041} \u{a0}"),
            "无\n二\n三[31m"
        );
        assert!(blank(" \u{feff}\n\u{3000}"));
    }
}
