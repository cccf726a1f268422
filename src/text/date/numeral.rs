//! Numerals, Arabic and Chinese, as dates use them.

use crate::text::fold::Folded;

/// A numeral that starts at a place: its value and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) struct Numeral {
    pub value: u32,
    pub end: usize,
    /// Written in Arabic digits.
    pub arabic: bool,
    pub digits: usize,
}

/// A run of up to `most` Arabic digits, no longer run around it.
pub(in crate::text) fn arabic(text: &Folded, from: usize, most: usize) -> Option<Numeral> {
    let mut value = 0u32;
    let mut end = from;
    while let Some(digit) = text.at(end).to_digit(10) {
        if end - from == most {
            return None;
        }
        value = value * 10 + digit;
        end += 1;
    }
    (end > from).then_some(Numeral { value, end, arabic: true, digits: end - from })
}

/// 0 to 9 in Chinese.
pub(in crate::text) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' | 'O' | 'o' => 0,
        '一' | '壹' | '元' => 1,
        '二' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// A Chinese numeral of a month or a day: 三, 十二, 二十, 廿五, 卅一.
pub(in crate::text) fn chinese(text: &Folded, from: usize) -> Option<Numeral> {
    let unit = |at: usize| match text.at(at) {
        '元' => None,
        c => chinese_digit(c).filter(|&digit| digit > 0),
    };
    let (tens, mut end) = match text.at(from) {
        '十' => (10, from + 1),
        '廿' => (20, from + 1),
        '卅' => (30, from + 1),
        _ => {
            let first = unit(from)?;
            if text.at(from + 1) != '十' {
                return Some(Numeral { value: first, end: from + 1, arabic: false, digits: 1 });
            }
            (first * 10, from + 2)
        }
    };
    let mut value = tens;
    if let Some(ones) = unit(end) {
        value += ones;
        end += 1;
    }
    Some(Numeral { value, end, arabic: false, digits: end - from })
}

/// A numeral of a month or a day in either script.
pub(in crate::text) fn small(text: &Folded, from: usize) -> Option<Numeral> {
    arabic(text, from, 2).or_else(|| chinese(text, from))
}

/// A written year with its 年: 2026年, 二〇二六年, 26年 (the last only where the caller asks).
pub(super) fn year(text: &Folded, from: usize, short: bool) -> Option<(i32, usize)> {
    if let Some(found) = arabic(text, from, 4).filter(|found| text.at(found.end) == '年') {
        let value = i32::try_from(found.value).ok()?;
        return match found.digits {
            4 if (1900..2100).contains(&value) => Some((value, found.end + 1)),
            2 if short => Some((2000 + value, found.end + 1)),
            _ => None,
        };
    }
    let mut value = 0;
    for offset in 0..4 {
        let c = text.at(from + offset);
        value = value * 10 + chinese_digit(c).filter(|_| c != '元')?;
    }
    let value = i32::try_from(value).ok()?;
    (text.at(from + 4) == '年' && (1900..2100).contains(&value)).then_some((value, from + 5))
}
