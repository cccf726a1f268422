//! What deeds are read from: the folded text with its words, its times, the persons named in it, its clauses.

use super::words::{self, Said, Word};
use crate::text::fold::{Folded, ends_clause, word};
use crate::text::trie::Trie;
use crate::text::{Facts, TimeClass, date};

/// How far a word looks around itself, in characters: further than any clause of a report reaches.
const REACH: usize = 200;

/// A cell as deeds are read from it.
pub(super) struct Ground<'a> {
    pub text: &'a Folded,
    /// The words that tell deeds, from left to right.
    pub said: Vec<Said>,
    /// Every mention of a person by a name that the record knows, and of one by a bare role.
    pub persons: Vec<Mention>,
    /// Every time that names a day.
    days: Vec<Stretch>,
    /// Which characters belong to a time, a title or a document number.
    masked: Vec<bool>,
}

/// A stretch of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub start: usize,
    pub end: usize,
}

/// A person where the text mentions one; by no name where only a role stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub start: usize,
    pub end: usize,
    pub name: Option<String>,
}

/// The names of a record's persons, to be found wherever the record repeats them.
#[derive(Debug, Default)]
pub(crate) struct Names(Trie);

impl Names {
    /// Of every cell of a record: its text and its facts.
    pub(crate) fn of<'a>(cells: impl IntoIterator<Item = (&'a str, &'a Facts)>) -> Names {
        let mut names = Vec::new();
        for (text, facts) in cells {
            names.extend(facts.persons.iter().filter_map(|person| {
                let name = word(person.name?.of(text));
                (name.len() >= 2).then_some((name, 1))
            }));
        }
        Names(Trie::new(names))
    }
}

impl<'a> Ground<'a> {
    pub(super) fn new(text: &'a Folded, facts: &Facts, names: &Names) -> Ground<'a> {
        let place = |byte: usize| text.place_of(byte);
        let mut masked = date::masked(text);
        masked.resize(text.len(), false);
        let mut days = Vec::new();
        for time in &facts.times {
            let (start, end) = (place(time.span.start), place(time.span.end));
            if let Some(part) = masked.get_mut(start..end) {
                part.fill(true);
            }
            if time.class == TimeClass::Full || matches!(text.before(end), '日' | '号') {
                days.push(Stretch { start, end });
            }
        }
        let mut persons = named(text, names);
        let bare = facts.persons.iter().filter(|person| person.name.is_none());
        persons.extend(bare.map(|person| Mention {
            start: place(person.span.start),
            end: place(person.span.end),
            name: None,
        }));
        persons.sort_by_key(|mention| (mention.start, mention.end));
        Ground { text, said: words::find(text), persons, days, masked }
    }

    /// Whether a place belongs to a time, a title or a document number.
    pub(super) fn in_time(&self, at: usize) -> bool {
        self.masked.get(at).copied().unwrap_or(false)
    }

    /// The clause around a stretch: from behind the mark before it to the mark behind it.
    pub(super) fn clause(&self, start: usize, end: usize) -> (usize, usize) {
        (self.back(start, ends_clause), self.onward(end, ends_clause))
    }

    /// The sentence around a stretch.
    pub(super) fn sentence(&self, start: usize, end: usize) -> (usize, usize) {
        let ends = |c: char| matches!(c, '。' | '；' | '\n' | '！' | '？');
        (self.back(start, ends), self.onward(end, ends))
    }

    fn back(&self, start: usize, ends: impl Fn(char) -> bool) -> usize {
        let least = start.saturating_sub(REACH);
        (least..start).rev().find(|&at| ends(self.text.at(at))).map_or(least, |at| at + 1)
    }

    fn onward(&self, end: usize, ends: impl Fn(char) -> bool) -> usize {
        let most = (end + REACH).min(self.text.len());
        (end..most).find(|&at| ends(self.text.at(at))).unwrap_or(most)
    }

    /// The words that lie in a stretch.
    pub(super) fn words(&self, from: usize, to: usize) -> &[Said] {
        let first = self.said.partition_point(|said| said.start < from);
        let rest = self.said.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|said| said.end <= to)).unwrap_or(&[])
    }

    /// Whether a word of a kind lies in a stretch.
    pub(super) fn holds(&self, from: usize, to: usize, kind: Word) -> bool {
        self.words(from, to).iter().any(|said| said.word == kind)
    }

    /// The times that begin in a stretch and name a day.
    pub(super) fn days(&self, from: usize, to: usize) -> &[Stretch] {
        let first = self.days.partition_point(|day| day.start < from);
        let rest = self.days.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|day| day.start < to)).unwrap_or(&[])
    }

    /// The persons mentioned in a stretch.
    pub(super) fn mentions(&self, from: usize, to: usize) -> &[Mention] {
        let first = self.persons.partition_point(|mention| mention.start < from);
        let rest = self.persons.get(first..).unwrap_or(&[]);
        rest.get(..rest.partition_point(|mention| mention.start < to)).unwrap_or(&[])
    }
}

/// Every place where a name stands, the longest where one begins another.
fn named(text: &Folded, names: &Names) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut end = 0;
        names.0.each_from(&text.chars, at, |to, _| end = to);
        if end > at {
            let name = text.slice(at, end).iter().collect();
            found.push(Mention { start: at, end, name: Some(name) });
        }
        at = end.max(at + 1);
    }
    found
}
