//! Sums of money: 3200元, 3.5万元, 12,600元, 40余万元. Numbers without 元 are none, whatever they count.

use super::Amount;
use super::date::{Found, Passing, chinese_digit};
use super::fold::Folded;
use super::kind::Kind;

/// A sum with its place among the folded characters.
#[derive(Debug, Clone)]
pub(super) struct Sum {
    pub start: usize,
    pub end: usize,
    pub amount: Amount,
}

const LARGEST: i64 = 1_000_000_000_000_000;

/// Finds every sum, in the order of the text; the digits of times are no part of one.
pub(super) fn find(text: &Folded, times: &[Found]) -> Vec<Sum> {
    let mut found = Vec::new();
    if !text.holds(Kind::YUAN) {
        return found;
    }
    let mut times = Passing::new(times);
    let mut behind = 0;
    for at in text.places(Kind::DIGIT.or(Kind::CHINESE_DIGIT).or(Kind::TENS)) {
        if at < behind {
            continue;
        }
        behind = match times.over(at) {
            Some(end) => end,
            None => match sum(text, at) {
                Some(one) => {
                    let end = one.end;
                    found.push(one);
                    end
                }
                None => past_number(text, at),
            },
        };
    }
    found
}

/// Where to look on: past a whole run of digits, so that no sum starts inside a longer number.
fn past_number(text: &Folded, at: usize) -> usize {
    let mut end = at;
    while text.kind(end).meets(Kind::DIGIT) {
        end += 1;
    }
    end.max(at + 1)
}

fn sum(text: &Folded, start: usize) -> Option<Sum> {
    let before = text.before(start);
    if before.is_ascii_alphanumeric() || matches!(before, '.' | '第' | '-') {
        return None;
    }
    let (whole, fraction, mut at) = arabic(text, start).or_else(|| spoken(text, start))?;
    let mut approximate = ["约", "近", "逾", "超过", "超", "将近", "约为", "大约", "不足", "至少", "上"]
        .iter()
        .any(|word| text.ends(start, word));
    let mut scale = 1i64;
    loop {
        match text.at(at) {
            '余' | '多' => approximate = true,
            '亿' => scale = scale.checked_mul(100_000_000)?,
            '万' => scale = scale.checked_mul(10_000)?,
            '千' => scale = scale.checked_mul(1_000)?,
            '百' => scale = scale.checked_mul(100)?,
            ' ' => {}
            _ => break,
        }
        if scale > LARGEST {
            return None;
        }
        at += 1;
    }
    let yuan = text.at(at) == '元' && text.at(at + 1) != '旦' && text.at(at + 1) != '宵';
    if !yuan {
        return None;
    }
    let mut end = at + 1;
    if text.starts(end, "左右") || text.starts(end, "上下") {
        approximate = true;
    }
    if text.at(end) == '整' {
        end += 1;
    }
    let fen = whole
        .checked_mul(100)?
        .checked_mul(scale)?
        .checked_add(fraction.checked_mul(scale)?.checked_div(10_000)?)
        .filter(|&fen| fen <= LARGEST)?;
    Some(Sum { start, end, amount: Amount { span: text.span(start, end), fen, approximate } })
}

/// 12,600.50: the whole part, and the fraction in millionths.
pub(super) fn arabic(text: &Folded, start: usize) -> Option<(i64, i64, usize)> {
    let mut whole = 0i64;
    let mut at = start;
    let mut digits = 0;
    loop {
        match text.at(at) {
            c @ '0'..='9' => whole = whole * 10 + i64::from(c.to_digit(10)?),
            // A thousands mark stands before exactly three digits: 3,200 but not 3,5.
            '，' | ' ' if digits > 0 && thousand(text, at + 1) => {
                at += 1;
                continue;
            }
            _ => break,
        }
        digits += 1;
        at += 1;
        if digits > 13 {
            return None;
        }
    }
    if digits == 0 {
        return None;
    }
    let mut fraction = 0i64;
    if text.at(at) == '.' && text.at(at + 1).is_ascii_digit() {
        at += 1;
        let mut place = 100_000i64;
        while let Some(digit) = text.at(at).to_digit(10) {
            fraction += i64::from(digit) * place;
            place /= 10;
            at += 1;
        }
    }
    Some((whole, fraction, at))
}

fn thousand(text: &Folded, at: usize) -> bool {
    (at..at + 3).all(|at| text.at(at).is_ascii_digit()) && !text.at(at + 3).is_ascii_digit()
}

/// 三千二百元, 十二万元: Chinese numerals up to the thousands; larger units are read as scale.
pub(super) fn spoken(text: &Folded, start: usize) -> Option<(i64, i64, usize)> {
    let (mut whole, mut digit, mut at) = (0i64, 0i64, start);
    while at < start + 8 {
        let c = text.at(at);
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            _ => {
                let value = if c == '两' { Some(2) } else { chinese_digit(c).filter(|_| c != '元') };
                match value {
                    Some(value) => digit = i64::from(value),
                    None => break,
                }
                at += 1;
                continue;
            }
        };
        if digit == 0 && unit > 10 {
            break;
        }
        whole += digit.max(1) * unit;
        digit = 0;
        at += 1;
    }
    (at > start && whole + digit > 0).then_some((whole + digit, 0, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lexicon, date, lexicon::Hits};

    #[test]
    fn every_way_of_writing_a_sum() {
        for (written, sums) in [
            ("退还3200元", "3200元=320000"),
            ("金额3.5万元", "3.5万元=3500000"),
            ("共12,600元", "12,600元=1260000"),
            ("共 12 600 元", "12 600 元=1260000"),
            ("多领312.5元", "312.5元=31250"),
            ("40余万元", "40余万元~40000000"),
            ("约3000元", "3000元~300000"),
            ("1.2亿元", "1.2亿元=12000000000"),
            ("3000余元", "3000余元~300000"),
            ("三千二百元", "三千二百元=320000"),
            ("３２００元整", "３２００元整=320000"),
            ("2026年3月5日交1344元、256元", "1344元=134400 256元=25600"),
            ("电话0746-4218866", ""),
            ("2026元旦", ""),
            ("数千元", ""),
            ("12345678901234567890元", ""),
        ] {
            let text = Folded::new(written);
            let times = date::find(&text, &Hits::find(&text, &Lexicon::default()));
            let shown: Vec<String> = find(&text, &times)
                .iter()
                .map(|sum| {
                    let mark = if sum.amount.approximate { '~' } else { '=' };
                    format!("{}{mark}{}", sum.amount.span.of(written), sum.amount.fen)
                })
                .collect();
            assert_eq!(shown.join(" "), sums, "{written}");
        }
    }
}
