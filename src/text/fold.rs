//! Text as written → characters as meant, with the way back. Full-width forms become half-width, look-alike
//! digits and marks one of a kind, blanks inside a sentence go; every character keeps its bytes in the original.

use super::kind::Kind;
use crate::place::Span;

/// A folded text: one entry a character.
#[derive(Debug, Clone, Default)]
pub(super) struct Folded {
    pub chars: Vec<char>,
    /// What each character may begin or end.
    kinds: Vec<Kind>,
    /// The kinds of all characters together: what is not among them stands nowhere.
    held: Kind,
    origins: Vec<Origin>,
}

/// Where a character stands in the original, in bytes.
#[derive(Debug, Clone, Copy)]
struct Origin {
    start: u32,
    end: u32,
    /// Whether a blank was dropped right before the character.
    gap: bool,
}

impl Folded {
    pub(super) fn new(text: &str) -> Folded {
        let mut folded = Folded::default();
        // Most characters are three bytes long.
        folded.chars.reserve(text.len() / 3 + 16);
        folded.origins.reserve(text.len() / 3 + 16);
        // The blanks since the last character: where they stand, and whether a line breaks among them.
        let mut blanks: Option<(usize, usize, bool)> = None;
        for (at, written) in text.char_indices() {
            let until = at + written.len_utf8();
            let plain = is_plain(written);
            if !plain && is_invisible(written) {
                continue;
            }
            let meant = if plain { written } else { fold(written) };
            if !plain && meant.is_whitespace() {
                let (from, broken) = blanks.map_or((at, false), |(from, _, broken)| (from, broken));
                blanks = Some((from, until, broken || meant == '\n'));
                continue;
            }
            let gap = blanks.is_some();
            if let Some((from, to, broken)) = blanks.take() {
                // A line break ends a clause, unless it cuts a date in two; a blank stays between two digits,
                // which would otherwise run together (2026.3.5 8:30). Any other blank only leaves a gap.
                let before = folded.chars.last().copied().unwrap_or('\n');
                let dated = in_date(before) && in_date(meant);
                let digits = before.is_ascii_digit() && meant.is_ascii_digit();
                if broken && !dated {
                    folded.push('\n', from, to, false);
                } else if digits && !broken {
                    folded.push(' ', from, to, false);
                }
            }
            folded.push(meant, at, until, gap);
        }
        folded.kinds = Kind::of_each(&folded.chars);
        folded.held = folded.kinds.iter().fold(Kind::default(), |held, kind| held.or(*kind));
        folded
    }

    #[inline]
    fn push(&mut self, meant: char, start: usize, end: usize, gap: bool) {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.chars.push(meant);
        self.origins.push(Origin { start: place(start), end: place(end), gap });
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at a place; a line break past either end, so that every text ends in a clause's end.
    pub(super) fn at(&self, index: usize) -> char {
        self.chars.get(index).copied().unwrap_or('\n')
    }

    /// The character before a place.
    pub(super) fn before(&self, index: usize) -> char {
        index.checked_sub(1).map_or('\n', |index| self.at(index))
    }

    /// Whether a blank stood right before a place.
    pub(super) fn gap(&self, index: usize) -> bool {
        self.origins.get(index).is_some_and(|origin| origin.gap)
    }

    /// What the character at a place may begin or end; past either end, nothing.
    pub(super) fn kind(&self, index: usize) -> Kind {
        self.kinds.get(index).copied().unwrap_or_default()
    }

    /// Whether a character of this kind stands anywhere.
    pub(super) fn holds(&self, kind: Kind) -> bool {
        self.held.meets(kind)
    }

    /// Every place of this kind, in the order of the text.
    pub(super) fn places(&self, kind: Kind) -> impl DoubleEndedIterator<Item = usize> {
        let kinds = if self.holds(kind) { self.kinds.as_slice() } else { &[] };
        kinds.iter().enumerate().filter(move |(_, found)| found.meets(kind)).map(|(at, _)| at)
    }

    /// The first place of this kind that is not before a place.
    pub(super) fn next(&self, kind: Kind, from: usize) -> Option<usize> {
        let kinds = self.kinds.get(from..).filter(|_| self.holds(kind))?;
        kinds.iter().position(|found| found.meets(kind)).map(|ahead| from + ahead)
    }

    /// Whether the words stand at a place.
    pub(super) fn starts(&self, index: usize, words: &str) -> bool {
        let mut here = self.chars.get(index..).unwrap_or(&[]).iter();
        words.chars().all(|c| here.next() == Some(&c))
    }

    /// Whether the words end right before a place.
    pub(super) fn ends(&self, index: usize, words: &str) -> bool {
        let mut here = self.chars.get(..index).unwrap_or(&[]).iter().rev();
        words.chars().rev().all(|c| here.next() == Some(&c))
    }

    /// The characters from one place to another.
    pub(super) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end.min(self.chars.len())).unwrap_or(&[])
    }

    /// Makes a stretch one that no word runs into, without moving anything.
    pub(super) fn seal(&mut self, start: usize, end: usize) {
        if let Some(part) = self.chars.get_mut(start..end) {
            part.fill(SEAL);
        }
    }

    /// The stretch of the original that these characters come from.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let last = |origin: &Origin| origin.end as usize;
        let from = self.origins.get(start).map(|origin| origin.start as usize);
        let from = from.or(self.origins.last().map(last)).unwrap_or(0);
        let to = end.checked_sub(1).and_then(|at| self.origins.get(at)).map_or(from, last);
        Span::new(from, to.max(from))
    }

    /// The first place that comes from a byte of the original or from one behind it.
    pub(super) fn place_of(&self, byte: usize) -> usize {
        self.origins.partition_point(|origin| (origin.start as usize) < byte)
    }
}

/// The folded characters alone, of a word that is listed.
pub(super) fn word(written: &str) -> Vec<char> {
    if written.chars().all(is_plain) { written.chars().collect() } else { Folded::new(written).chars }
}

/// The next place of a kind, for a reader that goes from left to right: the way to it is looked over once.
pub(super) struct Ahead<'a> {
    text: &'a Folded,
    kind: Kind,
    /// No place of the kind from here on …
    from: usize,
    /// … until here.
    next: usize,
}

impl<'a> Ahead<'a> {
    pub(super) fn new(text: &'a Folded, kind: Kind) -> Ahead<'a> {
        Ahead { text, kind, from: 0, next: 0 }
    }

    /// The first place of the kind that is not before a place; where none is left, the end of the text.
    pub(super) fn from(&mut self, place: usize) -> usize {
        if !(self.from..self.next).contains(&place) {
            self.from = place;
            self.next = self.text.next(self.kind, place).unwrap_or(self.text.len());
        }
        self.next
    }
}

/// Most characters: neither blank nor invisible, they stand for themselves.
fn is_plain(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '0'..='9' | '，' | '。' | '、' | '；' | '“' | '”' | '《' | '》')
}

/// What a character stands for.
fn fold(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' | '\t' | '\r' | '\u{2002}'..='\u{200a}' | '\u{202f}' => ' ',
        '\u{2028}' | '\u{2029}' | '\u{b}' | '\u{c}' | '\u{85}' => '\n',
        '\u{ff01}'..='\u{ff5e}' => half(char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)),
        '○' | '〇' | '◯' => '〇',
        '﹑' | '､' => '、',
        '。' | '｡' => '。',
        '•' | '・' | '‧' | '∙' | '⋅' | '･' | '˙' => '·',
        '✕' | '╳' | '✖' | '☓' | '⨯' => '×',
        '﹣' | '−' | '‐' | '‑' | '‒' => '-',
        '〜' | '∼' => '~',
        '「' | '『' | '〝' | '„' => '“',
        '」' | '』' | '〞' => '”',
        '﹝' => '〔',
        '﹞' => '〕',
        '﹙' => '(',
        '﹚' => ')',
        '⽇' => '日',
        '⽉' => '月',
        '⽂' => '文',
        '己' => '己',
        other => half(other),
    }
}

/// Marks of one kind under one sign: those that end a clause are the Chinese ones.
fn half(c: char) -> char {
    match c {
        ',' => '，',
        ';' => '；',
        '!' => '！',
        '?' => '？',
        '【' | '[' => '(',
        '】' | ']' => ')',
        '—' | '–' | '―' | '─' => '—',
        other => other,
    }
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

fn in_date(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '年' | '月')
}

/// Stands for what is read already.
pub(super) const SEAL: char = '\u{1}';

/// Whether a character ends a clause.
pub(super) fn ends_clause(c: char) -> bool {
    matches!(c, '\n' | '，' | '。' | '；' | '！' | '？' | ':' | '：')
}

/// Whether a character ends a sentence, or a part of a list that stands like one.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | '\n')
}

/// Whether a character is a mark at all.
pub(super) fn is_mark(c: char) -> bool {
    ends_clause(c)
        || matches!(c, ' ' | SEAL | '、' | '(' | ')' | '（' | '）' | '“' | '”' | '‘' | '’' | '"' | '\'' | '《' | '》')
        || matches!(c, '〈' | '〉' | '〔' | '〕' | '·' | '-' | '—' | '~' | '…' | '/' | '\\' | '|' | '.' | '+' | '=')
        || matches!(c, '<' | '>' | '*' | '#' | '@' | '&' | '^' | '%' | '$' | '`')
}

/// Whether a character is written with strokes: neither digit, letter nor mark.
pub(super) fn is_word(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_way_back() {
        for (written, meant) in [
            ("２０２６年３月５日", "2026年3月5日"),
            ("2026 年 3 月 5 日", "2026年3月5日"),
            ("2026\n年3月5日", "2026年3月5日"),
            ("一，\n二", "一，\n二"),
            ("2026.3.5 8:30", "2026.3.5 8:30"),
            ("罗 军", "罗军"),
            ("\u{200b}无\u{feff}", "无"),
        ] {
            let folded = Folded::new(written);
            assert_eq!(folded.chars.iter().collect::<String>(), meant, "{written:?}");
            assert!(!folded.span(0, folded.len()).of(written).is_empty());
        }
        let text = "于２０２６年 3月";
        assert_eq!(Folded::new(text).span(1, 6).of(text), "２０２６年");
    }
}
