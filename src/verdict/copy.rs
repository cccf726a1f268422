//! Copied text: the problem, the handling or the long progress text of a record that stands in another one too, of the
//! same unit in an earlier month or of another unit. Its honest cousin, a record that goes on with an earlier problem of its
//! unit, is known by `retold`.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::{identity, misplaced, sort};
use super::retold::{Progress, Retold, progress, retold};
use super::{Earlier, JudgedFile, JudgedForm};
use crate::calendar::Month;
use crate::config::Project;
use crate::form::{Cell, Layout, Record};
use crate::register::Registers;
use crate::rules::Sink;
use crate::rules::copy::{self, Twin};
use crate::text::likeness::{self, Part, Phrases, Text};

/// A text of a record, and where it stands.
pub(super) struct Told<'a> {
    /// The unit by its folded name.
    pub unit: &'a str,
    pub month: Month,
    /// File, form and record among those that are judged now; none of an earlier month.
    pub place: Option<(usize, usize, usize)>,
    pub file: &'a JudgedFile,
    pub judged: &'a JudgedForm,
    pub record: &'a Record,
    pub cell: &'a Cell,
    pub part: Part,
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
    let progress = progress(&told, registers, &retold(&told, &texts, earlier.words, &phrases), earlier.words);
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
    pub(super) fn answers_to(&self, other: &Told<'_>) -> bool {
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
    pub(super) fn reports(&self) -> bool {
        match self.judged.form.layout {
            Layout::Six => self.part == Part::Problem,
            Layout::Four => true,
        }
    }
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
