//! How alike two texts are once dates, numbers, names, sums, marks and set phrases are set aside (照搬照抄). Takes
//! texts; gives first the few pairs that are worth a closer look, found in time linear in the number of texts, then
//! the likeness of a pair in hundredths. Whose texts may be compared, and what follows from it, is for others to say.
//!
//! `text-rules.md`, “Copying between records”: the same text after dates, numbers and punctuation are set aside.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::fold::is_word;
use super::trie::Trie;
use super::{Facts, Lexicon, read};
use crate::place::Span;

#[cfg(test)]
mod tests;

/// From so many hundredths on, one text is a near copy of the other.
const ALIKE: u32 = 60;

/// Characters in a row that two texts must share to count as shared: fewer meet by chance.
const STRETCH: usize = 3;
/// Characters in a row that a print is taken of, and how many such stretches lie side by side of which one is kept:
/// any stretch of `PRINT + WINDOW - 1` characters that two texts share gives them a print in common (winnowing:
/// Schleimer, Wilkerson, Aiken 2003).
const PRINT: usize = 4;
const WINDOW: usize = 4;
/// Texts that are looked at for one print, and for one text: where everybody writes the same, all are compared with
/// the first few, so that the time stays linear.
const BUCKET: usize = 8;
const CLOSEST: usize = 8;
/// Hundredths that texts with all their names must share before their facts are read for a closer look.
const LIKELY: u32 = 30;

/// A text to be compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    /// The report it is of: texts of one report are not compared.
    pub group: usize,
    pub part: Part,
    pub text: &'a str,
}

/// What a text tells, and so how much of it must be left to be worth comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Problem,
    Handling,
    /// 监督开展情况, in a four-column form with the problem in it: what was looked at is the same every month, so only a
    /// long text tells.
    Progress,
}

/// Two texts that are near copies, by their places in what was given, the earlier first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub first: usize,
    pub second: usize,
    /// In hundredths of the shorter one.
    pub likeness: u32,
}

/// The pairs of near copies, in the order of the later text. `wanted` says which pairs matter: the earlier text's place,
/// the later one's.
pub(crate) fn pairs(
    texts: &[Text<'_>],
    words: &Lexicon,
    phrases: &Phrases,
    wanted: impl Fn(usize, usize) -> bool,
) -> Vec<Pair> {
    let sketches: Vec<(usize, Sketch)> = texts.iter().map(|text| (text.group, Sketch::of(text))).collect();
    // Facts are dear: they are read of the few texts alone that come near another.
    let mut gists: Vec<Option<Gist>> = vec![None; texts.len()];
    let mut pairs = Vec::new();
    for (first, second) in candidates(&sketches, wanted) {
        let (Some(one), Some(other)) = (texts.get(first), texts.get(second)) else { continue };
        for (at, text) in [(first, one), (second, other)] {
            if let Some(gist @ None) = gists.get_mut(at) {
                *gist = Some(Gist::of(text.text, &read(text.text, words), phrases));
            }
        }
        let (Some(Some(mine)), Some(Some(theirs))) = (gists.get(first), gists.get(second)) else { continue };
        let likeness = mine.likeness(theirs);
        if likeness >= ALIKE && mine.0.length >= one.part.least() && theirs.0.length >= other.part.least() {
            pairs.push(Pair { first, second, likeness });
        }
    }
    pairs
}

impl Part {
    /// How many characters must be left of a text: of less, a likeness says nothing.
    const fn least(self) -> usize {
        match self {
            Part::Problem => 10,
            Part::Handling => 12,
            Part::Progress => 24,
        }
    }
}

/// What is left of a text whose facts are not read: the characters that are written with strokes, numbers set aside.
#[derive(Debug, Clone, Default)]
struct Sketch {
    left: Stretches,
    /// The prints, sorted, each once; none of a text that is too short to be compared.
    prints: Vec<u64>,
}

impl Sketch {
    fn of(text: &Text<'_>) -> Sketch {
        let chars: Vec<char> = strokes(text.text).map(|(_, c)| c).collect();
        let prints = if chars.len() < text.part.least() { Vec::new() } else { prints(&chars) };
        Sketch { left: Stretches::of(&chars), prints }
    }
}

/// What is left of a text once dates, numbers, names, sums, titles, marks and set phrases are set aside.
#[derive(Debug, Clone, Default)]
struct Gist(Stretches);

impl Gist {
    fn of(text: &str, facts: &Facts, phrases: &Phrases) -> Gist {
        let mut masked = spans(facts);
        masked.extend(titles(text));
        masked.sort_unstable();
        let mut masked = masked.into_iter().peekable();
        let mut behind = 0;
        let kept = strokes(text).filter(|(at, _)| {
            while let Some(span) = masked.next_if(|span| span.start <= *at) {
                behind = behind.max(span.end);
            }
            *at >= behind
        });
        Gist(Stretches::of(&phrases.drop_from(&kept.map(|(_, c)| c).collect::<Vec<char>>())))
    }

    /// How much of the shorter text stands in the longer one, in hundredths. A shorter one that is hardly a part of the
    /// longer (less than a quarter) is no trimmed copy of it.
    fn likeness(&self, other: &Gist) -> u32 {
        let (one, other) = (&self.0, &other.0);
        if one.length.min(other.length) * 4 < one.length.max(other.length) { 0 } else { one.likeness(other) }
    }
}

/// Phrases that are set aside: those that every report uses (`checklists/lexicon/set-phrases.txt`), and the county's own
/// words that all its units write alike: tasks, contents, methods, units, villages.
#[derive(Debug)]
pub(crate) struct Phrases {
    own: Trie,
}

static BUILT_IN: LazyLock<Trie> = LazyLock::new(|| {
    let list = include_str!("../../../checklists/lexicon/set-phrases.txt");
    trie(list.lines().filter(|line| !line.starts_with('#')))
});

impl Phrases {
    pub(crate) fn new<'a>(own: impl IntoIterator<Item = &'a str>) -> Phrases {
        Phrases { own: trie(own) }
    }

    /// The text without the longest phrase that starts at each place.
    fn drop_from(&self, text: &[char]) -> Vec<char> {
        let mut left = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(c) = text.get(at) {
            let mut end = at;
            let mut found = |to: usize, _| end = end.max(to);
            BUILT_IN.each_from(text, at, &mut found);
            self.own.each_from(text, at, &mut found);
            if end == at {
                left.push(*c);
                end = at + 1;
            }
            at = end;
        }
        left
    }
}

/// Phrases as a text is left by `strokes`; what is left of one must be more than a syllable.
fn trie<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Trie {
    let words = phrases.into_iter().map(|phrase| strokes(phrase).map(|(_, c)| c).collect::<Vec<char>>());
    Trie::new(words.filter(|word| word.len() >= 2).map(|word| (word, 1)).collect())
}

/// The pairs of texts worth a closer look, the earlier text first: at most `CLOSEST` a text, in the order of the later
/// one. Texts of one group (a report) are never compared; `wanted` says which others need not be.
fn candidates(texts: &[(usize, Sketch)], wanted: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut buckets: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, (group, sketch)) in texts.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for print in &sketch.prints {
            let bucket = buckets.entry(*print).or_default();
            let mut own = false;
            for other in bucket.iter().copied() {
                let kin = texts.get(other).is_some_and(|(kin, _)| kin == group);
                own |= kin;
                if !kin && wanted(other, at) {
                    *shared.entry(other).or_default() += 1;
                }
            }
            if !own && bucket.len() < BUCKET {
                bucket.push(at);
            }
        }
        let mut closest: Vec<(usize, usize)> = shared.into_iter().map(|(other, count)| (count, other)).collect();
        closest.sort_by_key(|(count, other)| (std::cmp::Reverse(*count), *other));
        let closest = closest.into_iter().take(CLOSEST).map(|(_, other)| other);
        let likely =
            |other: &usize| texts.get(*other).is_some_and(|(_, other)| sketch.left.likeness(&other.left) >= LIKELY);
        pairs.extend(closest.filter(likely).map(|other| (other, at)));
    }
    pairs
}

/// The stretches of `STRETCH` characters of what is left of a text, each as one number.
#[derive(Debug, Clone, Default)]
struct Stretches {
    /// How many characters are left.
    length: usize,
    in_order: Vec<u64>,
    sorted: Vec<u64>,
}

impl Stretches {
    fn of(chars: &[char]) -> Stretches {
        // A character has 21 bits, so that three of them are one number without a loss.
        let one = |stretch: &[char]| stretch.iter().fold(0, |number, c| number << 21 | u64::from(u32::from(*c)));
        let in_order: Vec<u64> = chars.windows(STRETCH).map(one).collect();
        let mut sorted = in_order.clone();
        sorted.sort_unstable();
        Stretches { length: chars.len(), in_order, sorted }
    }

    /// The share of the shorter text that lies in stretches which the longer one has too, in hundredths. Their order is
    /// free: clauses may have been moved.
    fn likeness(&self, other: &Stretches) -> u32 {
        let (short, long) = if self.length <= other.length { (self, other) } else { (other, self) };
        let (mut covered, mut behind) = (0, 0);
        for (at, stretch) in short.in_order.iter().enumerate() {
            if long.sorted.binary_search(stretch).is_ok() {
                covered += at + STRETCH - behind.max(at);
                behind = at + STRETCH;
            }
        }
        u32::try_from(covered * 100 / short.length.max(1)).unwrap_or(0)
    }
}

/// The prints of a text, sorted, each once: of every `WINDOW` stretches side by side the one of the least number.
fn prints(chars: &[char]) -> Vec<u64> {
    let numbers: Vec<u64> = chars.windows(PRINT).map(number).collect();
    let mut prints: Vec<u64> = if numbers.len() < WINDOW {
        numbers.iter().min().copied().into_iter().collect()
    } else {
        numbers.windows(WINDOW).filter_map(|window| window.iter().min().copied()).collect()
    };
    prints.sort_unstable();
    prints.dedup();
    prints
}

/// A number for a stretch, the same on every machine (FNV-1a, then mixed so that the least is a fair draw).
fn number(stretch: &[char]) -> u64 {
    let hash = stretch
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| (hash ^ u64::from(u32::from(*c))).wrapping_mul(0x0100_0000_01b3));
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// The characters of a text that are written with strokes and no numbers, each with its place in bytes; of 3月5日 nothing.
fn strokes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut digit = false;
    text.char_indices().filter(move |(_, c)| {
        let after = digit;
        digit = c.is_ascii_digit() || matches!(c, '０'..='９');
        let counts = after && matches!(c, '年' | '月' | '日' | '时' | '点' | '分' | '元' | '号');
        is_word(*c) && !is_numeral(*c) && !counts
    })
}

fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '〇' | '零'
            | '一'
            | '二'
            | '两'
            | '三'
            | '四'
            | '五'
            | '六'
            | '七'
            | '八'
            | '九'
            | '十'
            | '百'
            | '千'
            | '万'
    )
}

/// What the facts have of dates, persons and sums.
fn spans(facts: &Facts) -> Vec<Span> {
    let mut spans: Vec<Span> = facts.times.iter().map(|time| time.span).collect();
    for person in &facts.persons {
        spans.extend(person.unit.iter().chain(&person.post).chain(&person.name));
    }
    spans.extend(facts.amounts.iter().map(|amount| amount.span));
    spans
}

/// The titles of documents: everybody who reports on one writes it out.
fn titles(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices() {
        match (c, from) {
            ('《', None) => from = Some(at),
            ('》', Some(start)) => {
                spans.push(Span::new(start, at + c.len_utf8()));
                from = None;
            }
            _ => {}
        }
    }
    spans
}
