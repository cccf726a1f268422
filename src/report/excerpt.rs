//! A long cell on one line, cut around the words at fault, the words between 【 and 】: marks that need no colour
//! and stand wherever the line is copied to.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::plain;

/// Columns that are shown before the first word at fault where the cell is cut in front of it, and that it needs for
/// itself where it is not.
const LEAD: usize = 20;

/// A piece of the excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Plain(String),
    Marked(String),
}

/// The words of a short cell that make up all of it stand in the message already.
const SHORT: usize = 40;

/// Cuts `text` to some `width` columns around `words` (each one quotation, or several joined by 、); without such
/// words in it, after its beginning. None where there is nothing to show that the message does not quote.
pub(super) fn around(text: &str, words: &[&str], width: usize) -> Option<Vec<Piece>> {
    if text.is_empty() || text.width() <= SHORT && !words.is_empty() && words.iter().all(|words| *words == text) {
        return None;
    }
    // What makes up the whole cell points nowhere in it.
    let mut marks: Vec<(usize, usize)> =
        words.iter().filter(|words| **words != text).flat_map(|words| locate(text, words)).collect();
    marks.sort_unstable();
    let first = marks.first().map_or(0, |(start, _)| *start);
    let marked = |at: usize| marks.iter().any(|(start, end)| (*start..*end).contains(&at));
    let shown: Vec<(usize, char, usize)> =
        text.char_indices().filter_map(|(at, c)| plain::seen(c).map(|c| (at, c, c.width().unwrap_or(0)))).collect();
    let total: usize = shown.iter().map(|(_, _, width)| width).sum();
    let before: usize = shown.iter().take_while(|(at, ..)| *at < first).map(|(_, _, width)| width).sum();
    // Where the words fit without cutting in front, nothing is cut in front.
    let skip = if total <= width || before + LEAD <= width { 0 } else { before.saturating_sub(LEAD) };
    let mut pieces: Vec<Piece> = Vec::new();
    if skip > 0 {
        pieces.push(Piece::Plain("…".to_owned()));
    }
    let (mut passed, mut used) = (0, 0);
    for (at, c, columns) in shown {
        if passed < skip {
            passed += columns;
            continue;
        }
        if used + columns > width {
            pieces.push(Piece::Plain("…".to_owned()));
            break;
        }
        used += columns;
        match (marked(at), pieces.last_mut()) {
            (true, Some(Piece::Marked(words))) => words.push(c),
            (false, Some(Piece::Plain(words))) => words.push(c),
            (true, _) => pieces.push(Piece::Marked(c.to_string())),
            (false, _) => pieces.push(Piece::Plain(c.to_string())),
        }
    }
    Some(pieces)
}

/// Where the words stand: as a whole, else each of them once.
fn locate(text: &str, words: &str) -> Vec<(usize, usize)> {
    if words.is_empty() {
        return Vec::new();
    }
    if let Some(start) = text.find(words) {
        return vec![(start, start + words.len())];
    }
    words
        .split('、')
        .filter(|word| !word.is_empty())
        .take(20)
        .filter_map(|word| text.find(word).map(|start| (start, start + word.len())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, words: &str, width: usize) -> Option<String> {
        let pieces = around(text, &[words], width)?;
        let draw = |piece: &Piece| match piece {
            Piece::Plain(words) => words.clone(),
            Piece::Marked(words) => format!("【{words}】"),
        };
        Some(pieces.iter().map(draw).collect())
    }

    #[test]
    fn a_long_cell_is_cut_around_the_words() {
        let text = format!("{}近日，某村{}", "前".repeat(40), "后".repeat(40));
        let line = shown(&text, "近日", 40).unwrap();
        assert_eq!(line, format!("…{}【近日】，某村{}…", "前".repeat(10), "后".repeat(5)));
        assert_eq!(shown("3月5日，未公示", "3月5日", 40).unwrap(), "【3月5日】，未公示");
        assert_eq!(shown("一\n近日\u{1b}二", "近日", 40).unwrap(), "一 【近日】二");
    }

    #[test]
    fn several_words_are_marked_each() {
        assert_eq!(shown("近日有人，日前又有人", "近日、日前", 40).unwrap(), "【近日】有人，【日前】又有人");
    }

    #[test]
    fn without_words_the_beginning_is_shown_and_what_the_message_quotes_is_not() {
        assert_eq!(shown("专项检察监督", "专项检察监督", 40), None);
        assert_eq!(shown("", "", 40), None);
        assert_eq!(shown("青石镇大坪村会计", "", 10).unwrap(), "青石镇大坪…");
        let long = "已整改".repeat(20);
        assert_eq!(shown(&long, &long, 12).unwrap(), "已整改已整改…");
    }
}
