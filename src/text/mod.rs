//! The reading of a cell. Takes a cell's text and the lexicon; gives its facts, each with its span in the
//! text as written. Text is read once, here; every rule looks at facts and never at strings.

use chrono::NaiveDate;

use crate::place::Span;

mod amount;
#[cfg(test)]
mod corpus;
mod date;
mod deadline;
mod event;
mod fold;
mod lexicon;
mod none;
mod person;

use fold::Folded;
use lexicon::Hits;
pub(crate) use lexicon::Lexicon;

/// What a cell's text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    /// The text says that there was nothing: 无, 未发现问题, `/` … Such a cell owes nothing.
    pub none: bool,
    /// The text states a fault, a loss or a measure taken: a four-column 监督开展情况 then reports a problem.
    pub fault: bool,
    /// Every expression of time, in the order of the text.
    pub times: Vec<Time>,
    /// Every person mentioned who acts or answers, each once, in the order of the text.
    pub persons: Vec<Person>,
    /// Every sum of money, in the order of the text.
    pub amounts: Vec<Amount>,
    /// The first checkable fact of a problem: an act, a document, an account, a sum, a place, a count, a named item missing.
    pub event: Option<Span>,
    /// The first checkable measure or result of a handling: 约谈, 责令退还3200元, 已于…补齐, a deadline.
    pub measure: Option<Span>,
    /// Judgements that state nothing to check (落实不到位, 已整改), for the message that asks for more.
    pub vague: Vec<Span>,
    /// Whether the reading of `event` and `measure` is doubtful: the rule then warns (请核).
    pub event_unsure: bool,
    /// Until when something must be put right: the last deadline that the text gives.
    pub deadline: Option<Deadline>,
    /// The text says that the matter is put right: 已整改, 已退还, 已公示, 已补齐 …
    pub settled: bool,
}

/// One expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    pub span: Span,
    pub class: TimeClass,
    /// The day, of a range its first; only of a full one.
    pub day: Option<NaiveDate>,
    /// The last day of a full range, else the same as `day`.
    pub end: Option<NaiveDate>,
    /// The day by which something is due (限2026年3月20日前).
    pub deadline: bool,
}

/// How far an expression of time is exact (填表说明2: 时间要具体到年月日).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeClass {
    /// Year, month and day are there, or inherited from a full one before it in the cell.
    Full,
    /// By numerals, but the year or the day is not written.
    Partial,
    /// Loose words only: 近日, 上旬, 春节期间.
    Vague,
    /// No day of the calendar: 2026年2月30日.
    Impossible,
}

/// One person mentioned, with what is written of unit, post and name; spans are absent where nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The whole mention as written.
    pub span: Span,
    /// The unit, or the pointer that stands for it (该村, 我局); for a shared unit, where it stands.
    pub unit: Option<Span>,
    pub post: Option<Span>,
    /// The full name, or what is written instead (黄某); absent for a bare role.
    pub name: Option<Span>,
    pub class: PersonClass,
    /// Whether the reading is certain; an uncertain fault is a warning marked 请核.
    pub sure: bool,
}

/// What a mention lacks (填表说明2: 人要点明单位职务和姓名); one label, the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonClass {
    Full,
    NoName,
    NoPost,
    NoUnit,
}

/// One sum of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    pub span: Span,
    /// In 分 (hundredths of a yuan).
    pub fen: i64,
    /// 约, 近, 余 …: shown, and left out of sums.
    pub approximate: bool,
}

/// Until when something must be put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deadline {
    /// A day that is written in full or inherited.
    Day(NaiveDate),
    /// So many days from the cell's last full date (10日内, 一周内).
    Within(u32),
}

/// Reads a cell. Never fails; every span lies on character borders of `text`; takes linear time.
pub(crate) fn read(text: &str, words: &Lexicon) -> Facts {
    let folded = Folded::new(text);
    let hits = Hits::find(&folded, words);
    let times = date::find(&folded, &hits);
    let sums = amount::find(&folded, &times);
    let statements = none::statements(&folded, &hits);
    let nothing = mask(&statements, folded.len());
    let events =
        event::read(&event::Ground { text: &folded, hits: &hits, times: &times, sums: &sums, nothing: &nothing });
    let none = none::is_none(&folded, &hits, &statements, events.fault || events.event.is_some());
    let persons = if none { Vec::new() } else { person::find(&folded, &hits, &times) };
    let span = |(start, end): (usize, usize)| folded.span(start, end);
    Facts {
        none,
        fault: events.fault && !none,
        deadline: deadline::last(&folded, &times),
        times: times.into_iter().map(|found| found.time).collect(),
        persons,
        amounts: sums.into_iter().map(|sum| sum.amount).collect(),
        event: events.event.map(span),
        measure: events.measure.map(span),
        vague: events.vague.into_iter().map(span).collect(),
        event_unsure: events.unsure,
        settled: events.settled,
    }
}

/// Which characters lie in one of these stretches.
fn mask(stretches: &[(usize, usize)], length: usize) -> Vec<bool> {
    let mut mask = vec![false; length];
    for &(from, to) in stretches {
        if let Some(part) = mask.get_mut(from..to.min(length)) {
            part.fill(true);
        }
    }
    mask
}
