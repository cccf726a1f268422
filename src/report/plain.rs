//! Text from a sheet made harmless: never a terminal escape, never a mark that turns the line around, never a
//! formula.

use unicode_width::UnicodeWidthChar;

use crate::unseen::is_unseen;

/// On one line: breaks and tabs become blanks, what cannot be seen is left out.
pub(crate) fn line(text: &str) -> String {
    text.chars().filter_map(seen).collect()
}

/// On one line of at most so many columns; what is longer is cut.
pub(super) fn short(text: &str, columns: usize) -> String {
    let mut used = 0;
    let mut out = String::new();
    for c in text.chars().filter_map(seen) {
        used += c.width().unwrap_or(0);
        if used > columns {
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

/// What stands for a character on one line.
pub(super) fn seen(c: char) -> Option<char> {
    match c {
        '\n' | '\t' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_unseen(c) => None,
        c => Some(c),
    }
}

/// For a cell of a CSV file that Excel will open: line breaks stay, a text that Excel would take for a formula is
/// led by an apostrophe.
pub(super) fn csv_cell(text: &str) -> String {
    let text: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !is_unseen(*c)).collect();
    if text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\n'])
    {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_unseen_is_left_and_a_break_is_a_blank() {
        assert_eq!(line("a\u{1b}[31mb\u{202e}c\nd\u{9b}e\u{200b}"), "a[31mbc de");
    }

    #[test]
    fn what_is_too_long_is_cut_by_columns() {
        assert_eq!(short("青石镇纪委", 10), "青石镇纪委");
        assert_eq!(short("青石镇纪委员会", 10), "青石镇纪委…");
        assert_eq!(short("a\u{1b}b", 10), "ab");
    }

    #[test]
    fn a_formula_becomes_text() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "\u{202e}=1"] {
            assert!(csv_cell(text).starts_with('\''), "{text:?}");
        }
        assert_eq!(csv_cell("3月5日=3.5"), "3月5日=3.5");
        assert_eq!(csv_cell("两\n行"), "两\n行");
    }
}
