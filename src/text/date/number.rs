//! Where a number that may be a time starts: not inside a longer number, a word or an ordinal.

use super::numeral::{arabic, chinese_digit};
use crate::text::fold::{Folded, is_word};
use crate::text::kind::Kind;

/// What a number consists of, in either script.
pub(super) const NUMERAL: Kind = Kind::DIGIT.or(Kind::CHINESE_DIGIT).or(Kind::TENS);

/// Whether a number is of eight digits, or one of the marks follows without which no form is whole.
pub(super) fn goes_on(text: &Folded, from: usize) -> bool {
    let script = match text.at(from) {
        '元' | '第' | '前' => return true,
        c if c.is_ascii_digit() => Kind::DIGIT,
        _ => NUMERAL,
    };
    let digits = (from..from + 9).take_while(|&at| text.kind(at).meets(script)).count();
    let mark = text.at(from + digits);
    digits == 8
        || matches!(mark, '年' | '月' | '日' | '季' | '、' | '.' | '-' | '/' | '·' | '~' | '—' | '至' | '到' | '起')
}

/// Whether a numeral may start here: not inside a longer number, a word of letters, or an ordinal.
pub(super) fn starts_number(text: &Folded, from: usize) -> bool {
    let c = text.at(from);
    let before = text.before(from);
    if c.is_ascii_digit() {
        if before == '.' && (full_stop(text, from) || numbered(text, from)) {
            return true;
        }
        return !(before.is_ascii_alphanumeric()
            || matches!(before, '第' | '每' | '.' | '/' | '￥' | '¥' | '$' | '〔' | '+' | '#')
            || before == '-' && from >= 2 && text.at(from - 2).is_ascii_alphanumeric()
            || before == '号' && !text.ends(from, "月号") && !dated(text, from));
    }
    if c == '元' {
        return text.at(from + 1) == '月' && !before.is_ascii_digit();
    }
    if chinese_digit(c).is_none() && !matches!(c, '十' | '廿' | '卅' | '第' | '前') {
        return false;
    }
    // 统一月底, 逐一: 一 belongs to the word before it.
    !(chinese_digit(before).is_some() && before != '元'
        || matches!(before, '十' | '百' | '第' | '每' | '千' | '万')
        || c == '一' && ends_in_one(before))
}

/// Words that end in 一: 统一, 唯一, 同一.
pub(super) fn ends_in_one(before: char) -> bool {
    matches!(before, '统' | '唯' | '同' | '单' | '逐' | '专' | '之')
}

/// An ASCII full stop: a blank follows it, or a word stands before it (核查表.12月21日).
fn full_stop(text: &Folded, from: usize) -> bool {
    text.gap(from) || from.checked_sub(2).is_some_and(|at| is_word(text.at(at)))
}

/// Whether a number is that of a year or a month: 217号3月份.
fn dated(text: &Folded, from: usize) -> bool {
    arabic(text, from, 4).is_some_and(|number| match text.at(number.end) {
        '年' => number.digits == 4,
        '月' => number.digits <= 2,
        _ => false,
    })
}

/// 1.2026年3月5日, 2.3月8日: the number of an item, then a date.
fn numbered(text: &Folded, from: usize) -> bool {
    let mut start = from.saturating_sub(1);
    while from - start < 4 && text.before(start).is_ascii_digit() {
        start -= 1;
    }
    let item = (2..=3).contains(&(from - start));
    let opens = start == 0
        || !text.before(start).is_ascii_alphanumeric() && !is_word(text.before(start)) && text.before(start) != '.';
    let dated = arabic(text, from, 4).is_some_and(|number| {
        let mark = text.at(number.end);
        number.digits == 4 && matches!(mark, '年' | '.' | '-' | '/') || number.digits <= 2 && mark == '月'
    });
    item && opens && dated
}
