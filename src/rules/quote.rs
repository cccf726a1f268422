//! Quoting a cell's own words: all of them in a finding's text, the first few in its message.

/// How many characters of one quotation a message shows.
const LONGEST: usize = 40;
/// How many quotations a message shows.
const MOST: usize = 5;

/// Every word once, in the order of the cell, joined by 、.
pub(super) fn joined(words: &[&str]) -> String {
    distinct(words).join("、")
}

/// The words in quotation marks; long ones cut, many cut short: “3月5日”“4月”等 7 处.
pub(super) fn quoted(words: &[&str]) -> String {
    listed(words, quote)
}

/// The same with each word dressed by `dress`, joined by 、.
pub(super) fn listed(words: &[&str], dress: impl Fn(&str) -> String) -> String {
    let words = distinct(words);
    let shown: Vec<String> = words.iter().take(MOST).map(|word| dress(word)).collect();
    let rest = if words.len() > MOST { format!("等 {} 处", words.len()) } else { String::new() };
    format!("{}{rest}", shown.join("、"))
}

/// One quotation on one line, cut where it is long.
pub(super) fn quote(words: &str) -> String {
    format!("“{}”", brief(words))
}

/// Words on one line, cut where they are long.
pub(super) fn brief(words: &str) -> String {
    let mut line: String = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(at);
        line.push('…');
    }
    line
}

fn distinct<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut seen = std::collections::BTreeSet::new();
    words.iter().copied().filter(|word| seen.insert(*word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_once_and_a_crowd_is_counted() {
        assert_eq!(joined(&["近日", "日前", "近日"]), "近日、日前");
        assert_eq!(quoted(&["近日", "近日"]), "“近日”");
        assert_eq!(quoted(&["1", "2", "3", "4", "5", "6"]), "“1”、“2”、“3”、“4”、“5”等 6 处");
        assert_eq!(quote(&"长".repeat(50)).chars().count(), LONGEST + 3);
        assert_eq!(quote("两\n行"), "“两 行”");
    }
}
