//! The ledger of problems (问题台账). Takes the records that report a problem; gives each its number, its deadline
//! and where it stands on the day of the count, with those of earlier months that were still open. A later record that
//! goes on with an open problem is its progress.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::basis::{Basis, Sheet};
use super::closing::closes;
use super::receipt::days_between;
use super::{Problem, ProblemStatus, Progress, RecordRef};
use crate::calendar::Month;
use crate::form::{Layout, Record};
use crate::text::{Deadline, Facts, TimeClass};
use crate::verdict::Follows;

/// Every problem of the months so far, numbered, each with its progress.
#[derive(Debug, Default)]
pub(super) struct Book {
    problems: Vec<Problem>,
    /// Which problem a record reports or goes on with: by month, path, sheet and row.
    told: BTreeMap<(Month, String, String, u32), usize>,
    /// The records that only go on with an earlier problem.
    going_on: BTreeSet<(Month, RecordRef)>,
}

impl Book {
    pub(super) fn of(basis: &Basis<'_>) -> Book {
        let mut book = Book::default();
        for month in basis.inboxes.keys().copied().filter(|month| *month <= basis.month) {
            book.read(basis, month);
        }
        for problem in &mut book.problems {
            problem.status = status(basis, problem);
        }
        book
    }

    /// The month's problems in order of the units, then those of earlier months that were open when the month began.
    pub(super) fn draw_up(&self, basis: &Basis<'_>) -> Vec<Problem> {
        let (began, of_month) = (basis.month.first_day(), |problem: &&Problem| problem.month == basis.month);
        let open = |problem: &&Problem| match problem.status {
            _ if problem.settled.is_some_and(|month| month < basis.month) => false,
            ProblemStatus::Closed(day) => day >= began,
            _ => true,
        };
        let earlier = self.problems.iter().filter(|problem| problem.month < basis.month).filter(open);
        self.problems.iter().filter(of_month).chain(earlier).cloned().collect()
    }

    /// Every problem of the months so far.
    pub(super) fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether a record reports a problem of its own.
    pub(super) fn is_new(&self, month: Month, at: RecordRef) -> bool {
        !self.going_on.contains(&(month, at))
    }
}

/// Whether a problem costs its unit in this month: its deadline passed in it unclosed. The deadline's own day is in
/// time, so it passes on the day after; a closing after it does not give the point back. A deadline that had passed
/// in the days of the report's period that lie in the month before counts in the month of the report; one that had passed
/// before that period began costs nothing. What the unit itself reports as put right costs nothing, on whatever day the
/// clerk closes it; what has cost its point costs no second one, nor does its copy.
pub(super) fn falls_overdue(basis: &Basis<'_>, problem: &Problem) -> bool {
    let (month, as_of) = (basis.month, basis.as_of);
    let Some(deadline) = problem.deadline.filter(|_| problem.valid) else { return false };
    let open = match problem.status {
        _ if problem.settled.is_some() || problem.charged => false,
        ProblemStatus::Closed(day) => day > deadline,
        _ => true,
    };
    let (began, _) = basis.settings.period_of(problem.month);
    open && deadline >= began && passes_in(deadline, Some(problem.month), month, as_of)
}

/// Whether a deadline passes in a month, not before `known`, by the day of the count.
pub(super) fn passes_in(deadline: NaiveDate, known: Option<Month>, month: Month, as_of: NaiveDate) -> bool {
    let Some(passed) = deadline.succ_opt() else { return false };
    let charged = Month::of(passed).max(known);
    charged == Some(month) && passed <= as_of
}

impl Book {
    /// Reads what one month reports, in order of the units. A record that goes on with an earlier problem bears no number;
    /// its place in the count stays free, so that the numbers of the others never depend on what became of it.
    fn read(&mut self, basis: &Basis<'_>, month: Month) {
        let mut sheets: Vec<(usize, Sheet<'_>)> = basis
            .sheets(month)
            .filter(|sheet| sheet.judged.replaced_by.is_none() && !sheet.strayed())
            .filter_map(|sheet| Some((sheet.unit?, sheet)))
            .collect();
        sheets.sort_by_key(|(unit, _)| *unit);
        let (mut serial, mut last) = (0, None);
        for (unit, sheet) in sheets {
            if last.replace(unit) != Some(unit) {
                serial = 0;
            }
            let form = &sheet.judged.form;
            let records = form.records.iter().enumerate();
            for (n, record) in records.filter(|(_, record)| record.reports_problem(form.layout)) {
                serial += 1;
                let verdict = sheet.judged.verdicts.get(n);
                let valid = sheet.judged.counts && verdict.is_some_and(|verdict| verdict.valid);
                let facts = answer(form.layout, record);
                let file = sheet.file.in_project.clone();
                let place = (month, file.clone(), form.sheet.clone(), record.row);
                let follows = verdict.and_then(|verdict| verdict.follows.as_ref());
                if let Some(at) = follows.and_then(|origin| self.open(basis, unit, month, origin)) {
                    let step = Progress {
                        month,
                        handling: match form.layout {
                            Layout::Six => record.handling.text.clone(),
                            Layout::Four => record.progress.text.clone(),
                        },
                        deadline: deadline(facts),
                        settled: facts.settled,
                        valid,
                        file,
                        row: record.row,
                    };
                    if let Some(problem) = self.problems.get_mut(at) {
                        problem.go_on(step, last_day(facts));
                    }
                    self.told.insert(place, at);
                    let (file, form) = sheet.place;
                    self.going_on.insert((month, RecordRef { file, form, record: n }));
                    continue;
                }
                let deadline = deadline(facts);
                let repeats = verdict.and_then(|verdict| verdict.repeats.as_ref());
                let answered = repeats.is_some_and(|origin| self.answers(unit, origin, deadline));
                self.told.insert(place, self.problems.len());
                self.problems.push(Problem {
                    number: format!("{month}-{:02}-{serial:02}", unit + 1),
                    month,
                    unit,
                    content: verdict.and_then(|verdict| verdict.topic).map(|topic| topic.content()),
                    problem: match form.layout {
                        Layout::Six => record.problem.text.clone(),
                        Layout::Four => record.progress.text.clone(),
                    },
                    handling: record.handling.text.clone(),
                    deadline,
                    status: ProblemStatus::Unclear,
                    settled: facts.settled.then_some(month),
                    progress: Vec::new(),
                    charged: answered,
                    valid,
                    file,
                    sheet: form.sheet.clone(),
                    row: record.row,
                });
            }
        }
    }

    /// The unit's problem that an earlier record reported or went on with, where it was still open when the month began.
    /// One that stands as 待补 is told anew by the record that makes it good.
    fn open(&self, basis: &Basis<'_>, unit: usize, month: Month, origin: &Follows) -> Option<usize> {
        let place = (origin.month, origin.file.clone(), origin.sheet.clone(), origin.row);
        let at = *self.told.get(&place)?;
        let problem = self.problems.get(at)?;
        let closings = basis.closings(problem.month, problem.unit).iter().filter(|closing| closes(closing, problem));
        let closed = closings.map(|closing| closing.day).min().is_some_and(|day| day < month.first_day());
        (problem.unit == unit && problem.month < month && problem.valid && problem.settled.is_none() && !closed)
            .then_some(at)
    }
}

impl Book {
    /// Whether the unit's earlier problem answers for the deadline of a copy of it: the copy sets no later one.
    fn answers(&self, unit: usize, origin: &Follows, deadline: Option<NaiveDate>) -> bool {
        let place = (origin.month, origin.file.clone(), origin.sheet.clone(), origin.row);
        let earlier = self.told.get(&place).and_then(|at| self.problems.get(*at));
        earlier.is_some_and(|earlier| earlier.unit == unit && earlier.valid && deadline <= earlier.deadline)
    }
}

/// The facts of the cell that answers the problem: 处理情况, in a four-column form 监督开展情况.
fn answer(layout: Layout, record: &Record) -> &Facts {
    match layout {
        Layout::Six => &record.handling.facts,
        Layout::Four => &record.progress.facts,
    }
}

/// Until when: a day that is named, or so many days from the cell's last full date that is itself no deadline.
fn deadline(facts: &Facts) -> Option<NaiveDate> {
    match facts.deadline? {
        Deadline::Day(day) => Some(day),
        Deadline::Within(days) => last_day(facts)?.checked_add_days(Days::new(u64::from(days))),
    }
}

/// The last full date that is itself no deadline.
fn last_day(facts: &Facts) -> Option<NaiveDate> {
    let full = facts.times.iter().rev().filter(|time| time.class == TimeClass::Full && !time.deadline);
    full.filter_map(|time| time.end.or(time.day)).next()
}

fn status(basis: &Basis<'_>, problem: &Problem) -> ProblemStatus {
    let closings = basis.closings(problem.month, problem.unit).iter().filter(|closing| closes(closing, problem));
    if let Some(day) = closings.map(|closing| closing.day).filter(|day| *day <= basis.as_of).min() {
        return ProblemStatus::Closed(day);
    }
    match problem.deadline {
        _ if problem.settled.is_some() => ProblemStatus::Settled,
        Some(day) if day < basis.as_of => ProblemStatus::Overdue(days_between(day, basis.as_of)),
        Some(_) => ProblemStatus::Open,
        None => ProblemStatus::Unclear,
    }
}
