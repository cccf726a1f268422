//! A problem told again: which records go on with an earlier problem of their unit, with new handling. Takes the texts that
//! are compared; gives what each such record follows.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Follows;
use super::copy::Told;
use crate::calendar::Month;
use crate::form::Layout;
use crate::near;
use crate::register::Registers;
use crate::text::likeness::{self, Phrases, Text};
use crate::text::{self, Lexicon};

/// Record by its place (file, form, record) → the problem that it tells again.
pub(super) type Progress = BTreeMap<(usize, usize, usize), Retold>;

/// An earlier problem that a record tells again, and whether it goes on with it.
pub(super) struct Retold {
    pub origin: Follows,
    pub goes_on: bool,
}

/// Texts that tell a problem of their unit again: near copies of an earlier one, and the very same words however few they
/// are. A unit is compared with itself alone, so that what others write changes nothing.
pub(super) fn retold(told: &[Told<'_>], texts: &[Text<'_>], words: &Lexicon, phrases: &Phrases) -> Vec<(usize, usize)> {
    let mut units: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in told.iter().enumerate().filter(|(_, one)| one.reports()) {
        units.entry(one.unit).or_default().push(at);
    }
    let answers = |mine: usize, theirs: usize| {
        told.get(mine).zip(told.get(theirs)).is_some_and(|(mine, theirs)| mine.answers_to(theirs))
    };
    let mut retold = BTreeSet::new();
    for own in units.values().filter(|own| own.iter().any(|at| told.get(*at).is_some_and(|one| one.place.is_some()))) {
        let at = |n: usize| own.get(n).copied().unwrap_or(usize::MAX);
        let mine: Vec<Text<'_>> = own.iter().filter_map(|at| texts.get(*at).copied()).collect();
        let wanted = |first: usize, second: usize| answers(at(first), at(second)) || answers(at(second), at(first));
        for pair in likeness::pairs(&mine, words, phrases, wanted) {
            retold.extend([(at(pair.first), at(pair.second)), (at(pair.second), at(pair.first))]);
        }
        // Of the same words only the last telling in each month counts, so that the time stays linear.
        let mut same: BTreeMap<String, BTreeMap<Month, usize>> = BTreeMap::new();
        for &at in own {
            let Some(one) = told.get(at) else { continue };
            let earlier = same.entry(near::key(&one.cell.text)).or_default();
            retold.extend(earlier.values().flat_map(|other| [(at, *other), (*other, at)]));
            earlier.insert(one.month, at);
        }
    }
    retold.into_iter().filter(|(mine, theirs)| answers(*mine, *theirs)).collect()
}

/// The records that tell an earlier problem of their unit again: it is the same one by its words and by the persons it
/// names. One goes on with it where its handling did not settle it, and there is new handling. `product.md` section 7: “A
/// later record of the same unit on an open problem with new handling is its progress, neither a new problem nor a copy.”
///
/// Where several were told, the last of them says whether it was still open: what an older one left open may have been put
/// right since, by a record's own words or by a line of 销号.csv before the month began.
pub(super) fn progress(
    told: &[Told<'_>],
    registers: &Registers,
    retold: &[(usize, usize)],
    words: &Lexicon,
) -> Progress {
    let mut last: BTreeMap<(usize, usize, usize), Last> = BTreeMap::new();
    for (mine, at) in retold {
        let (Some(mine), Some(theirs)) = (told.get(*mine), told.get(*at)) else { continue };
        let Some(place) = mine.place else { continue };
        if !same_problem(mine, theirs, words) {
            continue;
        }
        let open = goes_on(mine, theirs, words);
        let closed = closed(told, registers, *at, words).filter(|day| *day < mine.month.first_day());
        let seen = last.entry(place).or_insert_with(|| Last { month: theirs.month, origin: None, closed: None });
        seen.closed = seen.closed.max(closed);
        if seen.origin.is_none() || seen.month < theirs.month {
            seen.month = theirs.month;
            let origin = Follows {
                month: theirs.month,
                file: theirs.file.in_project.clone(),
                sheet: theirs.judged.form.sheet.clone(),
                row: theirs.record.row,
            };
            seen.origin = Some((origin, open));
        }
    }
    let retold = last.into_iter().filter_map(|(place, last)| {
        let (origin, open) = last.origin?;
        // What was told anew after the closing is a problem of its own.
        let closed = last.closed.is_some_and(|day| day >= last.month.first_day());
        Some((place, Retold { origin, goes_on: open && !closed }))
    });
    retold.collect()
}

/// The last telling of a problem before a record, whether it was left open there, and the last day on which the register
/// closed it.
struct Last {
    month: Month,
    origin: Option<(Follows, bool)>,
    closed: Option<NaiveDate>,
}

/// The day on which 销号.csv closes the problem that a text reports: its number is that of the unit in the roster and of
/// the text among those of the unit's month that report a problem.
fn closed(told: &[Told<'_>], registers: &Registers, at: usize, words: &Lexicon) -> Option<NaiveDate> {
    let one = told.get(at)?;
    let unit = one.judged.unit.or(one.file.unit)?;
    let closings = registers.closings.iter().filter(|closing| closing.unit == unit && closing.month == one.month);
    let closings: Vec<_> = closings.collect();
    if closings.is_empty() {
        return None;
    }
    let reports = |other: &&Told<'_>| {
        if (other.unit, other.month) != (one.unit, one.month) || !other.reports() {
            return false;
        }
        let facts = text::read(&other.cell.text, words);
        !facts.none && (other.judged.form.layout == Layout::Six || facts.fault)
    };
    let serial = told.iter().take(at + 1).filter(reports).count();
    let number = format!("{}-{:02}-{serial:02}", one.month, unit + 1);
    closings.into_iter().filter(|closing| closing.problem == number).map(|closing| closing.day).min()
}

/// Whether two like texts name somebody in common, and neither other sums nor other months (财务收支 of January, then of
/// February): a later fault of the same kind is a problem of its own. Where nobody is named, only the very same words are the
/// same problem.
fn same_problem(mine: &Told<'_>, theirs: &Told<'_>, words: &Lexicon) -> bool {
    if near::key(&mine.cell.text) == near::key(&theirs.cell.text) {
        return true;
    }
    let (mine, theirs) = (Marks::of(&mine.cell.text, words), Marks::of(&theirs.cell.text, words));
    // Who checks is named too: that he found both is no sign that it is one problem.
    let within = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_empty() && a.is_subset(b);
    let other = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
    (within(&mine.names, &theirs.names) || within(&theirs.names, &mine.names))
        && !other(&mine.sums, &theirs.sums)
        && !other(&mine.months, &theirs.months)
}

/// What a problem is known by.
struct Marks {
    names: BTreeSet<String>,
    sums: BTreeSet<String>,
    /// Months without a day, by number: what was checked, not when.
    months: BTreeSet<String>,
}

impl Marks {
    fn of(text: &str, words: &Lexicon) -> Marks {
        let facts = text::read(text, words);
        let month = |written: &str| {
            let key = near::key(written);
            let before = key.trim_end_matches('份').strip_suffix('月')?;
            Some(before.rsplit(|c: char| !c.is_ascii_digit()).next()?.trim_start_matches('0').to_owned())
        };
        Marks {
            names: facts.persons.iter().filter_map(|person| Some(near::key(person.name?.of(text)))).collect(),
            sums: facts.amounts.iter().map(|amount| amount.fen.to_string()).collect(),
            months: facts.times.iter().filter_map(|time| month(time.span.of(text))).collect(),
        }
    }
}

/// Whether the earlier problem was left open by its own words, and the later record has handling of its own.
fn goes_on(mine: &Told<'_>, theirs: &Told<'_>, words: &Lexicon) -> bool {
    fn answer<'a>(told: &'a Told<'_>) -> &'a str {
        match told.judged.form.layout {
            Layout::Six => &told.record.handling.text,
            Layout::Four => &told.record.progress.text,
        }
    }
    let (new, old) = (answer(mine), answer(theirs));
    !new.is_empty()
        && near::key(new) != near::key(old)
        && !text::read(new, words).none
        && !text::read(old, words).settled
}
