//! Doors for benches, fuzz targets and the learning of the model alone: plain calls into rooms that are closed otherwise, plain values back.
//! Opened by the feature `doors`; the program is built without them. Nothing is worked out here.
#![doc(hidden)]

use crate::text::{self, Lexicon, Model, corpus};

mod book;
mod grid;

pub use book::{Cell, Sheet, assert_sound, package_of, read_book};
pub use grid::{Account, assert_accounts, check_form, find_forms};

/// The words that a reading knows, made once and used for many cells, as a run of the program does.
#[derive(Debug)]
pub struct Words(Lexicon);

impl Words {
    /// The built-in words together with a county's own units.
    #[must_use]
    pub fn new(units: &[&str]) -> Words {
        Words(Lexicon::new(units.iter().copied()))
    }
}

/// One stretch of a text that a reading points at: what it is, and where, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What stands there: `time`, `person`, `unit`, `post`, `name`, `amount`, `event`, `measure`, `vague`.
    pub what: &'static str,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Reads a cell and gives every stretch of it that its facts point at, fact by fact.
#[must_use]
pub fn read_text(text: &str, words: &Words) -> Vec<Stretch> {
    stretches(&text::read(text, &words.0))
}

/// The same of a cell that owes a date alone, as a 监督开展情况 beside 发现问题 does: nobody need be named in it.
#[must_use]
pub fn read_date_cell(text: &str, words: &Words) -> Vec<Stretch> {
    stretches(&text::read_without_persons(text, &words.0))
}

fn stretches(facts: &text::Facts) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut put = |what, span: crate::place::Span| found.push(Stretch { what, start: span.start, end: span.end });
    for time in &facts.times {
        put("time", time.span);
    }
    for person in &facts.persons {
        put("person", person.span);
        for (what, part) in [("unit", person.unit), ("post", person.post), ("name", person.name)] {
            part.into_iter().for_each(|span| put(what, span));
        }
    }
    facts.amounts.iter().for_each(|amount| put("amount", amount.span));
    facts.event.into_iter().for_each(|span| put("event", span));
    facts.measure.into_iter().for_each(|span| put("measure", span));
    facts.vague.iter().for_each(|span| put("vague", *span));
    found
}

/// A labelled record of `tests/corpus`.
#[derive(Debug, Clone)]
pub struct Record(serde_json::Value);

impl Record {
    /// Reads a line of a file of records.
    ///
    /// # Errors
    ///
    /// When the line is no JSON.
    pub fn parse(line: &str) -> Result<Record, serde_json::Error> {
        serde_json::from_str(line).map(Record)
    }
}

/// Learns from records how persons are written: the bytes of a model.
#[must_use]
pub fn learn(records: &[&Record]) -> Vec<u8> {
    let lessons: Vec<text::learn::Lesson> = records.iter().flat_map(|record| corpus::lessons(&record.0)).collect();
    text::learn::learn(&lessons)
}

/// What the reading of some records under a model is worth, a line for every label and kind.
#[must_use]
pub fn figures(title: &str, records: &[&Record], model: &[u8], misread: bool) -> String {
    let words = Lexicon::default().with_model(Model::from_bytes(model));
    corpus::figures(title, records.iter().map(|record| &record.0), &words, misread)
}

/// Stops with the text at fault where a stretch is empty, leaves the text or cuts a character in two.
///
/// # Panics
///
/// On such a stretch: it is what a fuzz target looks for.
pub fn assert_inside(text: &str, found: &[Stretch]) {
    for stretch in found {
        let words = text.get(stretch.start..stretch.end);
        assert!(words.is_some_and(|words| !words.is_empty()), "{stretch:?} is no part of {text:?}");
    }
}

#[cfg(test)]
mod tests;
