//! A telephone number in a free text: is a whole one there?

/// How many groups the digits of one number may be written in.
const MOST_GROUPS: usize = 13;

/// Whether a mobile number or a landline (7 or 8 digits, area code or not) stands in the text, however its
/// digits are grouped.
pub(super) fn stands_in(text: &str) -> bool {
    numbers(text).iter().any(|groups| {
        let alone = groups.iter().any(|group| is_local(group));
        let joined = (0..groups.len()).any(|first| {
            let mut digits = String::new();
            groups.iter().skip(first).take(MOST_GROUPS).any(|group| {
                digits.push_str(group);
                is_mobile(&digits) || is_with_area(&digits)
            })
        });
        // 138 0000 is the beginning of a mobile number, 421 0001 is a landline.
        let whole: String = groups.iter().take(MOST_GROUPS).map(String::as_str).collect();
        alone || joined || is_local(&whole) && !whole.starts_with('1')
    })
}

/// The digits of each number in the groups they are written in. Blanks, hyphens and brackets part the groups of one
/// number; anything else parts two numbers.
fn numbers(text: &str) -> Vec<Vec<String>> {
    let mut numbers: Vec<Vec<String>> = vec![Vec::new()];
    let mut digits = String::new();
    for c in text.chars().map(half_width).chain(std::iter::once('\n')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty()
            && let Some(groups) = numbers.last_mut()
        {
            groups.push(std::mem::take(&mut digits));
        }
        if !matches!(c, ' ' | '\u{3000}' | '\u{a0}' | '-' | '(' | ')' | '+' | '—' | '–' | '―' | '‐' | '·') {
            numbers.push(Vec::new());
        }
    }
    numbers
}

fn half_width(c: char) -> char {
    match c {
        '０'..='９' | '（' | '）' | '＋' | '－' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

fn is_mobile(digits: &str) -> bool {
    let number = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(digits);
    number.len() == 11 && number.starts_with('1') && !matches!(number.as_bytes().get(1), Some(b'0' | b'1' | b'2'))
}

/// Area codes have three or four digits with the 0; the number after it seven or eight.
fn is_with_area(digits: &str) -> bool {
    digits.strip_prefix('0').is_some_and(|rest| (9..=11).contains(&rest.len()) && !rest.starts_with('0'))
}

fn is_local(digits: &str) -> bool {
    matches!(digits.len(), 7 | 8) && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_grouped() {
        for text in [
            "13800001234",
            "138 0000 1234",
            "138-0000-1234",
            "＋８６ １３８００００１２３４",
            "+86-138-0000-1234",
            "4210001",
            "1234567",
            "1 3 8 0 0 0 0 1 2 3 4",
            "82100012",
            "421 0001",
            "0746-4210001",
            "0746—4210001",
            "（0746）4210001",
            "07464210001",
            "010-82100012",
            "0746-4210001-802",
            "周敏 4210001",
            "周敏13800001234",
            "办：4210001、手机：13800001234",
            "1380000123/13800001234",
        ] {
            assert!(stands_in(text), "{text}");
        }
        for text in
            ["1380000123", "138000012345", "138 0000 123", "421000", "138 0000", "镇纪委办公室", "０", "20260305123456"]
        {
            assert!(!stands_in(text), "{text}");
        }
    }
}
