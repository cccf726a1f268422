//! The month as a form writes it: `2026年3月份`, `2026年03月`, `三月份`; a blank one is none.

use crate::near;

/// A month found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) year: Option<i32>,
    /// 1 to 12.
    pub(super) month: u32,
    /// The words.
    pub(super) text: String,
}

/// A character as compared, with its place in the text.
type Folded = (char, usize, usize);

/// Longer texts tell no month.
const LONGEST: usize = 400;

fn folded(text: &str) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::new();
    let mut gap = false;
    for (at, c) in text.char_indices().take(LONGEST) {
        let end = at + c.len_utf8();
        let key = near::key(c.encode_utf8(&mut [0; 4]));
        let Some(c) = key.chars().next() else {
            gap = true;
            continue;
        };
        // A blank between two numbers parts them; elsewhere it is a stray one.
        if gap && c.is_ascii_digit() && folded.last().is_some_and(|(before, _, _)| before.is_ascii_digit()) {
            folded.push((' ', at, at));
        }
        gap = false;
        folded.push((c, at, end));
    }
    folded
}

/// The month that a text states; none for a blank one, for a date and for a span of months.
pub(super) fn stated(text: &str) -> Option<Written> {
    let folded = folded(text);
    let by_word = (0..folded.len()).find_map(|at| named(text, &folded, at));
    by_word.or_else(|| dashed(text, &folded))
}

/// 3月 with its year, if `at` is its 月.
fn named(text: &str, folded: &[Folded], at: usize) -> Option<Written> {
    let char_at = |at: usize| folded.get(at).map(|(c, _, _)| *c);
    if char_at(at)? != '月' {
        return None;
    }
    let start = run_start(folded, at, |c| c.is_ascii_digit() || chinese_digit(c).is_some() || c == '十');
    let month = month_number(folded.get(start..at)?)?;
    let mut end = at + 1;
    if matches!(char_at(end), Some('份')) {
        end += 1;
    } else {
        // 3月5日 is a day, 3月至5月 and 3月-5月 are spans.
        let next = char_at(end);
        if next.is_some_and(|c| c.is_ascii_digit() || chinese_digit(c).is_some() || c == '十') {
            return None;
        }
    }
    if matches!(char_at(end), Some('至' | '到' | '-' | '~' | '—' | '–')) {
        return None;
    }
    let before = start.checked_sub(1).and_then(char_at);
    if matches!(before, Some('至' | '到' | '-' | '~' | '—' | '–' | '、' | '/' | '.')) {
        return None;
    }
    let (from, year) = year_before(folded, start).map_or((start, None), |(from, year)| (from, Some(year)));
    Some(Written { year, month, text: slice(text, folded, from, end) })
}

/// 2026-03, 2026.3, 2026/3 or 202603, standing alone.
fn dashed(text: &str, folded: &[Folded]) -> Option<Written> {
    let digits = |from: usize| folded.iter().skip(from).take_while(|(c, _, _)| c.is_ascii_digit()).count();
    let mut at = 0;
    while at < folded.len() {
        let run = digits(at);
        if run == 0 {
            at += 1;
            continue;
        }
        let number = |from: usize, to: usize| -> Option<u32> {
            folded.get(from..to)?.iter().map(|(c, _, _)| *c).collect::<String>().parse().ok()
        };
        let mark = folded.get(at + run).map(|(c, _, _)| *c);
        let parted = run == 4 && matches!(mark, Some('-' | '.' | '/'));
        let (month, end) = if parted {
            let more = digits(at + 5);
            (if (1..=2).contains(&more) { number(at + 5, at + 5 + more) } else { None }, at + 5 + more)
        } else {
            (if run == 6 { number(at + 4, at + 6) } else { None }, at + run)
        };
        let year = number(at, at + 4).and_then(|year| i32::try_from(year).ok());
        let goes_on = matches!(folded.get(end).map(|(c, _, _)| *c), Some('-' | '.' | '/'))
            && folded.get(end + 1).is_some_and(|(c, _, _)| c.is_ascii_digit());
        let alone = at == 0 || !matches!(folded.get(at - 1).map(|(c, _, _)| *c), Some('-' | '.' | '/'));
        if let (Some(month), Some(year)) = (month, year)
            && (1..=12).contains(&month)
            && (1990..=2099).contains(&year)
            && !goes_on
            && alone
        {
            return Some(Written { year: Some(year), month, text: slice(text, folded, at, end) });
        }
        at = end.max(at + run);
    }
    None
}

/// The years that a text names (2026年), with the month of the day they stand in, where they stand in one.
pub(super) fn years(text: &str) -> Vec<(i32, Option<u32>)> {
    let folded = folded(text);
    let year_marks = (0..folded.len()).filter(|at| folded.get(*at).is_some_and(|(c, _, _)| *c == '年'));
    year_marks
        .filter_map(|at| {
            let (_, year) = year_before(&folded, at + 1)?;
            let end = (at + 1..folded.len())
                .find(|end| {
                    folded
                        .get(*end)
                        .is_none_or(|(c, _, _)| !c.is_ascii_digit() && chinese_digit(*c).is_none() && *c != '十')
                })
                .unwrap_or(folded.len());
            let month =
                folded.get(end).filter(|(c, _, _)| *c == '月').and_then(|_| month_number(folded.get(at + 1..end)?));
            Some((year, month))
        })
        .collect()
}

fn run_start(folded: &[Folded], end: usize, fits: impl Fn(char) -> bool) -> usize {
    let run = folded.get(..end).unwrap_or(&[]).iter().rev().take_while(|(c, _, _)| fits(*c)).count();
    end - run
}

/// The year whose 年 (or 年度) stands right before `end`, and where it begins.
fn year_before(folded: &[Folded], end: usize) -> Option<(usize, i32)> {
    let char_at = |at: usize| folded.get(at).map(|(c, _, _)| *c);
    let mut mark = end.checked_sub(1)?;
    if char_at(mark) == Some('度') {
        mark = mark.checked_sub(1)?;
    }
    if char_at(mark) != Some('年') {
        return None;
    }
    let start = run_start(folded, mark, |c| c.is_ascii_digit() || chinese_digit(c).is_some());
    let digits = folded.get(start..mark)?;
    let mut year = 0;
    for (c, _, _) in digits {
        year = year * 10 + i32::try_from(c.to_digit(10).or_else(|| chinese_digit(*c))?).ok()?;
        if year > 9999 {
            return None;
        }
    }
    match digits.len() {
        4 if (1990..=2099).contains(&year) => Some((start, year)),
        2 if year >= 10 => Some((start, 2000 + year)),
        _ => None,
    }
}

fn month_number(digits: &[Folded]) -> Option<u32> {
    let text: String = digits.iter().map(|(c, _, _)| *c).collect();
    let month = if text.chars().all(|c| c.is_ascii_digit()) {
        if text.len() > 2 { None } else { text.parse().ok() }
    } else {
        let mut chars = text.chars();
        match (chars.next(), chars.next(), chars.next()) {
            (Some('十'), None, _) => Some(10),
            (Some('十'), Some(c), None) => chinese_digit(c).map(|digit| 10 + digit),
            (Some('一'), Some('十'), None) => Some(10),
            (Some('一'), Some('十'), Some(c)) => chinese_digit(c).map(|digit| 10 + digit),
            (Some(c), None, _) => chinese_digit(c),
            _ => None,
        }
    };
    month.filter(|month| (1..=12).contains(month))
}

fn chinese_digit(c: char) -> Option<u32> {
    let digits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    match c {
        '○' | '零' | 'Ｏ' => Some(0),
        c => digits.iter().position(|digit| *digit == c).and_then(|at| u32::try_from(at).ok()),
    }
}

fn slice(text: &str, folded: &[Folded], from: usize, end: usize) -> String {
    let start = folded.get(from).map_or(0, |(_, start, _)| *start);
    let stop = end.checked_sub(1).and_then(|last| folded.get(last)).map_or(start, |(_, _, stop)| *stop);
    text.get(start..stop).unwrap_or("").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_read_as_people_write_it() {
        let cases = [
            ("清河县纪委监委2026年3月份日常监督工作明细表", Some((Some(2026), 3))),
            ("清河县纪委监委 2026 年 03 月 份日常监督工作明细表", Some((Some(2026), 3))),
            ("清河县纪委监委３月份日常监督工作明细表", Some((None, 3))),
            ("清河县纪委监委三月份日常监督工作明细表", Some((None, 3))),
            ("二〇二六年十二月", Some((Some(2026), 12))),
            ("2026年度11月份", Some((Some(2026), 11))),
            ("26年3月", Some((Some(2026), 3))),
            ("2026-03", Some((Some(2026), 3))),
            ("2026.3", Some((Some(2026), 3))),
            ("202603", Some((Some(2026), 3))),
            ("3月", Some((None, 3))),
            ("十月", Some((None, 10))),
            ("2026 3月", Some((None, 3))),
            ("清河县纪委监委  月份日常监督工作明细表", None),
            ("清河县纪委监委   年   月份日常监督工作明细表", None),
            ("2026年  月份", None),
            ("填报日期：2026年3月25日", None),
            ("2026年三月二十五日", None),
            ("2026-03-25", None),
            ("1-3月", None),
            ("1月至3月", None),
            ("13月", None),
            ("3个月", None),
            ("Sheet1", None),
            ("13800001234", None),
            ("", None),
        ];
        for (text, month) in cases {
            assert_eq!(stated(text).map(|w| (w.year, w.month)), month, "{text}");
        }
        assert_eq!(stated("县 2026年3月份 表").unwrap().text, "2026年3月份");
    }

    #[test]
    fn years_are_found_with_the_month_of_their_day() {
        assert_eq!(years("填报日期：2026年3月25日"), [(2026, Some(3))]);
        assert_eq!(years("2026年度"), [(2026, None)]);
        assert_eq!(years("没有"), []);
    }
}
