//! Copied text: the problem, the handling or the long progress text of a record that stands in another one too, of the
//! same unit in an earlier month or of another unit. And its honest cousin: a record that goes on with an earlier
//! problem of its unit, with new handling.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::judge::{identity, misplaced, sort};
use super::{Earlier, Follows, JudgedFile, JudgedForm};
use crate::calendar::Month;
use crate::config::Project;
use crate::form::{Cell, Layout, Record};
use crate::near;
use crate::register::Registers;
use crate::rules::Sink;
use crate::rules::copy::{self, Twin};
use crate::text::likeness::{self, Part, Phrases, Text};
use crate::text::{self, Lexicon};

/// A text of a record, and where it stands.
struct Told<'a> {
    /// The unit by its folded name.
    unit: &'a str,
    month: Month,
    /// File, form and record among those that are judged now; none of an earlier month.
    place: Option<(usize, usize, usize)>,
    file: &'a JudgedFile,
    judged: &'a JudgedForm,
    record: &'a Record,
    cell: &'a Cell,
    part: Part,
}

/// Bytes of text of one file that are compared, about a hundred times what a month's report holds: more is no report, and
/// must not take the memory of the others.
const MOST: usize = 3_000_000;

/// Puts a finding on every cell that is a near copy, and notes which records go on with an earlier problem.
pub(super) fn find(project: &Project, registers: &Registers, earlier: &Earlier<'_>, files: &mut [JudgedFile]) {
    let (findings, retold) = compare(project, registers, earlier, files);
    for ((file, form, record), Retold { origin, goes_on }) in retold {
        let form = files.get_mut(file).and_then(|file| file.forms.get_mut(form));
        if let Some(verdict) = form.and_then(|form| form.verdicts.get_mut(record)) {
            *(if goes_on { &mut verdict.follows } else { &mut verdict.repeats }) = Some(origin);
        }
    }
    for ((file, form), found) in findings {
        if let Some(form) = files.get_mut(file).and_then(|file| file.forms.get_mut(form)) {
            form.findings.extend(found);
            sort(&mut form.findings);
        }
    }
}

type Findings = BTreeMap<(usize, usize), Vec<crate::rules::Finding>>;
type Progress = BTreeMap<(usize, usize, usize), Retold>;

/// An earlier problem that a record tells again, and whether it goes on with it.
struct Retold {
    origin: Follows,
    goes_on: bool,
}

fn compare(
    project: &Project,
    registers: &Registers,
    earlier: &Earlier<'_>,
    files: &[JudgedFile],
) -> (Findings, Progress) {
    let before = earlier.inboxes.iter().flat_map(|inbox| &inbox.files);
    let sources: Vec<(Option<usize>, &JudgedFile)> =
        before.map(|file| (None, file)).chain(files.iter().enumerate().map(|(at, file)| (Some(at), file))).collect();
    let reports: Vec<Vec<Option<(String, Month)>>> =
        sources.iter().map(|(_, file)| file.forms.iter().map(|form| report(project, form)).collect()).collect();
    let mut told = Vec::new();
    for ((at, file), reports) in sources.iter().zip(&reports) {
        let mut left = MOST;
        for (n, (judged, report)) in file.forms.iter().zip(reports).enumerate() {
            let Some((unit, month)) = report else { continue };
            for (r, record) in judged.form.records.iter().enumerate() {
                let place = at.map(|at| (at, n, r));
                let parts = parts(judged.form.layout, record);
                let size: usize = parts.iter().map(|(_, cell)| cell.text.len()).sum();
                let Some(rest) = left.checked_sub(size) else { break };
                left = rest;
                told.extend(parts.into_iter().map(|(part, cell)| Told {
                    unit,
                    month: *month,
                    place,
                    file,
                    judged,
                    record,
                    cell,
                    part,
                }));
            }
        }
    }
    let mut groups: BTreeMap<(&str, Month), usize> = BTreeMap::new();
    let texts: Vec<Text<'_>> = told
        .iter()
        .map(|told| {
            let next = groups.len();
            let group = *groups.entry((told.unit, told.month)).or_insert(next);
            Text { group, part: told.part, text: &told.cell.text }
        })
        .collect();
    let wanted = |first: usize, second: usize| match (told.get(first), told.get(second)) {
        (Some(one), Some(other)) => one.answers_to(other) || other.answers_to(one),
        _ => false,
    };
    let phrases = phrases(project);
    let pairs = likeness::pairs(&texts, earlier.words, &phrases, wanted);
    // Each pair from the side of the one that is judged: its place, the other's, how like they are.
    let mut alike: Vec<(usize, usize, u32)> = Vec::new();
    for pair in pairs {
        for (mine, theirs) in [(pair.first, pair.second), (pair.second, pair.first)] {
            if told.get(mine).zip(told.get(theirs)).is_some_and(|(mine, theirs)| mine.answers_to(theirs)) {
                alike.push((mine, theirs, pair.likeness));
            }
        }
    }
    // The nearest first, of equal ones the first that was read.
    alike.sort_by_key(|(mine, theirs, likeness)| (*mine, std::cmp::Reverse(*likeness), *theirs));
    let progress = progress(&told, registers, &alike, earlier.words);
    (findings(project, &told, &alike, &progress), progress)
}

fn report(project: &Project, form: &JudgedForm) -> Option<(String, Month)> {
    // What a later sheet replaces is the same report once more; and whose a sheet is that names an unknown unit, or for
    // which month one that names another, nobody knows: most likely it is the report that is meant, under a slip.
    let placed = form.replaced_by.is_none() && !misplaced(form);
    identity(project, form.unit, form.unit_name.as_deref(), form.month).filter(|_| placed)
}

/// The texts of a record that are compared.
fn parts(layout: Layout, record: &Record) -> Vec<(Part, &Cell)> {
    let cells = match layout {
        Layout::Six => vec![
            (Part::Progress, &record.progress),
            (Part::Problem, &record.problem),
            (Part::Handling, &record.handling),
        ],
        Layout::Four => vec![(Part::Progress, &record.progress)],
    };
    cells.into_iter().filter(|(_, cell)| !cell.text.is_empty()).collect()
}

/// What all units of the county write alike: its tasks, contents, methods and names.
fn phrases(project: &Project) -> Phrases {
    let settings = &project.settings;
    let tasks = settings.lists.iter().flat_map(|list| &list.tasks).flat_map(|task| [&task.title, &task.text]);
    let focus = settings.focus.values().flatten().map(|focus| &focus.title);
    let units =
        settings.units.iter().flat_map(|unit| std::iter::once(&unit.name).chain(&unit.aliases).chain(&unit.supervises));
    let lists = settings.contents.iter().chain(&settings.methods);
    Phrases::new(lists.chain(tasks).chain(focus).chain(units).map(String::as_str))
}

impl Told<'_> {
    /// Whether it is judged now and has to answer for what it shares with the other: an earlier text of its own unit,
    /// or another unit's of the same month or before.
    fn answers_to(&self, other: &Told<'_>) -> bool {
        self.place.is_some()
            && self.tells()
            && if self.unit == other.unit { other.month < self.month } else { other.month <= self.month }
    }

    /// Whether the text tells something: that nothing was found is said in the same words everywhere.
    fn tells(&self) -> bool {
        let found = !self.record.problem.facts.none;
        match self.part {
            Part::Problem | Part::Handling => found && !self.cell.facts.none,
            Part::Progress => true,
        }
    }

    /// Whether the text is the one that reports the record's problem.
    fn reports(&self) -> bool {
        match self.judged.form.layout {
            Layout::Six => self.part == Part::Problem,
            Layout::Four => true,
        }
    }
}

/// The records that tell an earlier problem of their unit again: it is the same one by its words and by the persons it
/// names. One goes on with it where its handling did not settle it, and there is new handling. `product.md` section 7: “A later record of the same
/// unit on an open problem with new handling is its progress, neither a new problem nor a copy.”
///
/// Where several were told, the last of them says whether it was still open: what an older one left open may have been put
/// right since, by a record's own words or by a line of 销号.csv before the month began.
fn progress(told: &[Told<'_>], registers: &Registers, alike: &[(usize, usize, u32)], words: &Lexicon) -> Progress {
    let mut last: BTreeMap<(usize, usize, usize), Last> = BTreeMap::new();
    for (mine, at, _) in alike {
        let (Some(mine), Some(theirs)) = (told.get(*mine), told.get(*at)) else { continue };
        let (Some(place), true) = (mine.place, mine.unit == theirs.unit) else { continue };
        if !(mine.reports() && theirs.reports() && same_problem(mine, theirs, words)) {
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

/// Whether two like texts name somebody in common; where nobody is named, only the very same words are the same problem.
fn same_problem(mine: &Told<'_>, theirs: &Told<'_>, words: &Lexicon) -> bool {
    let names = |told: &Told<'_>| -> BTreeSet<String> {
        let text = &told.cell.text;
        let facts = text::read(text, words);
        facts.persons.iter().filter_map(|person| Some(near::key(person.name?.of(text)))).collect()
    };
    let (my_names, their_names) = (names(mine), names(theirs));
    if my_names.is_empty() && their_names.is_empty() {
        return near::key(&mine.cell.text) == near::key(&theirs.cell.text);
    }
    // Who checks is named too: that he found both is no sign that it is one problem.
    let within = |a: &BTreeSet<String>, b: &BTreeSet<String>| !a.is_empty() && a.is_subset(b);
    within(&my_names, &their_names) || within(&their_names, &my_names)
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

/// A finding for each cell that has a twin, the nearest one named.
fn findings(project: &Project, told: &[Told<'_>], alike: &[(usize, usize, u32)], progress: &Progress) -> Findings {
    let mut findings = Findings::new();
    let mut done = BTreeSet::new();
    for (at, theirs, likeness) in alike {
        let (Some(mine), Some(theirs)) = (told.get(*at), told.get(*theirs)) else { continue };
        let Some(place) = mine.place else { continue };
        let own = mine.unit == theirs.unit;
        // What goes on with an earlier problem tells it again, and is no copy but for a handling that is not new.
        let told_again =
            own && mine.part != Part::Handling && progress.get(&place).is_some_and(|retold| retold.goes_on);
        if told_again || !done.insert(*at) {
            continue;
        }
        let mut sink = Sink::new(&project.settings);
        let several = theirs.file.forms.len() > 1;
        let twin = Twin {
            file: &theirs.file.path,
            sheet: if several { &theirs.judged.form.sheet } else { "" },
            row: theirs.record.row,
            field: theirs.cell.field,
            likeness: *likeness,
            own,
        };
        copy::report(&mut sink, mine.record, mine.cell, &twin);
        findings.entry((place.0, place.1)).or_default().extend(sink.findings);
    }
    findings
}
