//! How a date that lacks its year or its day would read if it were whole: for the suggestion alone. Whether a
//! date lacks something was settled when the text was read.

use crate::calendar::{self, Month};

/// What an unfinished date lacks, and how it most likely goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Guess {
    /// `缺年份`.
    pub lack: &'static str,
    /// The date with what is known from the form's month put in; none where the day itself is not known.
    pub whole: Option<String>,
}

/// A day to show the shape by.
pub(super) fn example(month: Option<Month>) -> String {
    let month = month.or_else(|| Month::new(2026, 3));
    month.map_or_else(String::new, |month| calendar::chinese_day(month.day(5)))
}

/// A day to show the shape by, within what is written of year, month and third of the month.
pub(super) fn example_in(words: &str, month: Option<Month>) -> String {
    let plain = plain(words);
    let written = plain.split_once('年').and_then(|(year, _)| year.parse().ok()).filter(|year| *year > 1900);
    let number = plain
        .split_once('月')
        .and_then(|(before, _)| before.rsplit(|c| !is_digit(c)).next())
        .filter(|number| !number.is_empty())
        .and_then(leading);
    // A bare 2月份 is most often what was looked into (2月份账目), not when.
    let year = written.or(month.filter(|_| plain.contains(['旬', '初', '底'])).map(Month::year));
    let known = match (year, number) {
        (Some(year), Some(number)) => Month::new(year, number),
        _ => None,
    };
    let day = if plain.contains("中旬") {
        15
    } else if plain.contains("下旬") || plain.contains("底") {
        25
    } else {
        5
    };
    known.or(month).map_or_else(|| example(None), |month| calendar::chinese_day(month.day(day)))
}

/// Reads an unfinished date as written.
pub(super) fn read(words: &str, month: Option<Month>, deadline: bool) -> Guess {
    let plain = plain(words);
    let strip = |prefixes: &[&str]| {
        prefixes
            .iter()
            .find_map(|prefix| plain.strip_prefix(prefix))
            .map(|rest| rest.trim_start_matches('的').to_owned())
    };
    if let Some(rest) = strip(&["今年", "本年"]) {
        let whole = month.filter(|_| names_a_day(&rest)).map(|month| format!("{}年{rest}", month.year()));
        return Guess { lack: "没有写明哪一年", whole };
    }
    if let Some(rest) = strip(&["本月", "当月", "这个月", "上月", "上个月"]) {
        let month = month.map(|month| if plain.starts_with('上') { month.previous() } else { month });
        let whole = month.filter(|_| starts_with_day(&rest)).map(|month| format!("{}{rest}", month.chinese()));
        return Guess { lack: "没有写明哪年哪月", whole };
    }
    if let Some((year, rest)) = plain.split_once('年').filter(|(year, _)| is_number(year)) {
        let lack = if rest.contains('月') { "缺日子" } else { "没有具体到哪一天" };
        return if year.is_empty() { Guess { lack: "缺年份", whole: None } } else { Guess { lack, whole: None } };
    }
    if names_a_day(&plain) {
        let whole = month.zip(leading(&plain)).map(|(month, number)| {
            let year = year_of(number, month, deadline);
            match plain.split_once(['.', '/', '-']).filter(|(_, day)| is_number(day)) {
                Some((month, day)) => format!("{year}年{}月{}日", bare(month), bare(day)),
                None => format!("{year}年{plain}"),
            }
        });
        return Guess { lack: "缺年份", whole };
    }
    if starts_with_day(&plain) {
        return Guess { lack: "缺年份和月份", whole: month.map(|month| format!("{}{plain}", month.chinese())) };
    }
    match plain.split_once('月') {
        Some((number, "" | "份")) if is_number(number) => Guess { lack: "缺年份和日子", whole: None },
        _ => Guess { lack: "没有具体到年月日", whole: None },
    }
}

/// Why a day is no day, where that can be said in a few words.
pub(super) fn why_not(words: &str) -> String {
    let plain = plain(words);
    let numbers: Vec<u32> = plain
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty() && part.len() <= 4)
        .filter_map(|part| part.parse().ok())
        .collect();
    match numbers.as_slice() {
        [year, month, ..] if *year > 1900 && *month > 12 => "（一年只有 12 个月）".to_owned(),
        [year, month, day, ..] if *year > 1900 => {
            let month = i32::try_from(*year).ok().and_then(|year| Month::new(year, *month));
            month
                .map(|month| (month, chrono::Datelike::day(&month.last_day())))
                .filter(|(_, last)| last < day)
                .map_or_else(String::new, |(month, last)| format!("（{}只有 {last} 天）", month.chinese()))
        }
        _ => String::new(),
    }
}

/// Blanks out, full-width digits and points made half-width.
fn plain(words: &str) -> String {
    words
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '０'..='９' | '．' | '／' | '－' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十廿".contains(c)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_digit)
}

fn bare(number: &str) -> &str {
    let stripped = number.trim_start_matches('0');
    if stripped.is_empty() { number } else { stripped }
}

/// `3月5日…`, `3.5`, `3-5`.
fn names_a_day(text: &str) -> bool {
    let Some((month, rest)) = text.split_once(['月', '.', '/', '-']) else { return false };
    if !is_number(month) || month.chars().count() > 3 {
        return false;
    }
    if text.contains('月') { starts_with_day(rest) } else { is_number(rest) && rest.chars().count() <= 2 }
}

/// `5日…`, `十二号`.
fn starts_with_day(text: &str) -> bool {
    let rest = text.trim_start_matches(is_digit);
    rest.len() < text.len() && rest.starts_with(['日', '号'])
}

/// The number that the text begins with, 1 to 12.
fn leading(text: &str) -> Option<u32> {
    let digits: String = text.chars().take_while(|c| is_digit(*c)).collect();
    let number = match digits.as_str() {
        "十" => 10,
        "十一" => 11,
        "十二" => 12,
        one if one.chars().count() == 1 && !one.is_ascii() => {
            u32::try_from("〇一二三四五六七八九".chars().position(|c| one.starts_with(c))?).ok()?
        }
        digits => digits.parse().ok()?,
    };
    (1..=12).contains(&number).then_some(number)
}

/// A January form that speaks of December means the year before; a December deadline in January the year after.
fn year_of(number: u32, month: Month, deadline: bool) -> i32 {
    if number >= month.number() + 6 && !deadline {
        month.year() - 1
    } else if number + 6 <= month.number() && deadline {
        month.year() + 1
    } else {
        month.year()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unfinished_date_is_completed_from_the_form_s_month() {
        let march = Month::new(2026, 3);
        for (words, lack, whole) in [
            ("3月5日", "缺年份", Some("2026年3月5日")),
            ("３月５日", "缺年份", Some("2026年3月5日")),
            ("3 月 5 日", "缺年份", Some("2026年3月5日")),
            ("三月五日", "缺年份", Some("2026年三月五日")),
            ("3月5日至7日", "缺年份", Some("2026年3月5日至7日")),
            ("12月28日", "缺年份", Some("2025年12月28日")),
            ("3.5", "缺年份", Some("2026年3月5日")),
            ("3-05", "缺年份", Some("2026年3月5日")),
            ("今年3月5日", "没有写明哪一年", Some("2026年3月5日")),
            ("今年3月", "没有写明哪一年", None),
            ("本月5日", "没有写明哪年哪月", Some("2026年3月5日")),
            ("上月28日", "没有写明哪年哪月", Some("2026年2月28日")),
            ("5日", "缺年份和月份", Some("2026年3月5日")),
            ("2026年3月", "缺日子", None),
            ("2026年3月份", "缺日子", None),
            ("2026年第一季度", "没有具体到哪一天", None),
            ("3月份", "缺年份和日子", None),
            ("8月中旬", "没有具体到年月日", None),
            ("", "没有具体到年月日", None),
        ] {
            let guess = read(words, march, false);
            assert_eq!((guess.lack, guess.whole.as_deref()), (lack, whole), "{words}");
        }
        assert_eq!(read("3月5日", None, false).whole, None);
        let december = Month::new(2026, 12);
        assert_eq!(read("1月5日", december, true).whole.as_deref(), Some("2027年1月5日"));
        assert_eq!(read("1月5日", december, false).whole.as_deref(), Some("2026年1月5日"));
    }

    #[test]
    fn an_example_keeps_to_what_is_written() {
        let march = Month::new(2026, 3);
        for (words, wanted) in [
            ("2026年2月", "2026年2月5日"),
            ("4月份", "2026年3月5日"),
            ("4月初", "2026年4月5日"),
            ("3月中旬", "2026年3月15日"),
            ("十二月底", "2026年12月25日"),
            ("2025年第一季度", "2026年3月5日"),
            ("2026年20月", "2026年3月5日"),
            ("", "2026年3月5日"),
        ] {
            assert_eq!(example_in(words, march), wanted, "{words}");
        }
        assert_eq!(example_in("4月", None), "2026年3月5日");
    }

    #[test]
    fn an_impossible_day_is_told_why() {
        assert_eq!(why_not("2026年2月30日"), "（2026年2月只有 28 天）");
        assert_eq!(why_not("2026年13月1日"), "（一年只有 12 个月）");
        assert_eq!(why_not("8月32日"), "");
        assert_eq!(why_not("99999999999999999999"), "");
    }
}
