//! The ledger of problems (问题台账). Takes the records that report a problem; gives each its number, its deadline
//! and where it stands on the day of the count, with those of earlier months that were still open.

use chrono::{Days, NaiveDate};

use super::basis::{Basis, Sheet};
use super::receipt::days_between;
use super::{Problem, ProblemStatus};
use crate::calendar::Month;
use crate::form::{Layout, Record};
use crate::register::Closing;
use crate::text::{Deadline, Facts, TimeClass};

/// The month's problems in order of the units, then those of earlier months that were open when the month began.
pub(super) fn draw_up(basis: &Basis<'_>) -> Vec<Problem> {
    let mut ledger = reported(basis, basis.month);
    for month in basis.inboxes.keys().copied().filter(|month| *month < basis.month) {
        let began = basis.month.first_day();
        ledger.extend(reported(basis, month).into_iter().filter(|problem| match problem.status {
            _ if problem.settled => false,
            ProblemStatus::Closed(day) => day >= began,
            _ => true,
        }));
    }
    ledger
}

/// Whether a problem costs its unit in this month: its deadline passed in it unclosed. The deadline's own day is in
/// time, so it passes on the day after; a closing after it does not give the point back. A deadline that had passed
/// before the problem was reported counts in the month of the report, once. What the unit itself reports as put right
/// costs nothing, on whatever day the clerk closes it.
pub(super) fn falls_overdue(problem: &Problem, month: Month, as_of: NaiveDate) -> bool {
    let Some(deadline) = problem.deadline.filter(|_| problem.valid) else { return false };
    let open = match problem.status {
        _ if problem.settled => false,
        ProblemStatus::Closed(day) => day > deadline,
        _ => true,
    };
    open && passes_in(deadline, Some(problem.month), month, as_of)
}

/// Whether a deadline passes in a month, not before `known`, by the day of the count.
pub(super) fn passes_in(deadline: NaiveDate, known: Option<Month>, month: Month, as_of: NaiveDate) -> bool {
    let Some(passed) = deadline.succ_opt() else { return false };
    let charged = Month::of(passed).max(known);
    charged == Some(month) && passed <= as_of
}

/// The closings that fit no problem of the months at hand, for the clerk to look at.
pub(super) fn loose_closings(basis: &Basis<'_>) -> Vec<String> {
    let known: Vec<Problem> =
        basis.inboxes.keys().filter(|month| **month <= basis.month).flat_map(|m| reported(basis, *m)).collect();
    let counted = |month: Month| month <= basis.month && basis.inboxes.contains_key(&month);
    let closings = basis.registers.closings.iter().filter(|closing| counted(closing.month));
    closings
        .filter(|closing| !known.iter().any(|problem| closes(basis, closing, problem)))
        .map(|closing| {
            format!(
                "销号.csv 第 {} 行：没有编号为“{}”的问题，这一行没有起作用，请核对问题编号、月份和单位",
                closing.line, closing.problem
            )
        })
        .collect()
}

/// Every problem reported in one month, numbered, in order of the units.
fn reported(basis: &Basis<'_>, month: Month) -> Vec<Problem> {
    let mut sheets: Vec<(usize, Sheet<'_>)> = basis
        .sheets(month)
        .filter(|sheet| sheet.judged.replaced_by.is_none() && !sheet.strayed())
        .filter_map(|sheet| Some((sheet.unit?, sheet)))
        .collect();
    sheets.sort_by_key(|(unit, _)| *unit);
    let mut problems: Vec<Problem> = Vec::new();
    let mut serial = 0;
    for (unit, sheet) in sheets {
        if problems.last().is_none_or(|last| last.unit != unit) {
            serial = 0;
        }
        let form = &sheet.judged.form;
        for (n, record) in form.records.iter().enumerate().filter(|(_, record)| record.reports_problem(form.layout)) {
            serial += 1;
            let verdict = sheet.judged.verdicts.get(n);
            let facts = answer(form.layout, record);
            let mut problem = Problem {
                number: format!("{month}-{:02}-{serial:02}", unit + 1),
                month,
                unit,
                content: verdict.and_then(|verdict| verdict.topic).map(|topic| topic.content()),
                problem: match form.layout {
                    Layout::Six => record.problem.text.clone(),
                    Layout::Four => record.progress.text.clone(),
                },
                handling: record.handling.text.clone(),
                deadline: deadline(facts),
                status: ProblemStatus::Unclear,
                settled: facts.settled,
                valid: sheet.judged.counts && verdict.is_some_and(|verdict| verdict.valid),
                file: sheet.file.in_project.clone(),
                sheet: form.sheet.clone(),
                row: record.row,
            };
            problem.status = status(basis, &problem);
            problems.push(problem);
        }
    }
    problems
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
        Deadline::Within(days) => {
            let full = facts.times.iter().rev().filter(|time| time.class == TimeClass::Full && !time.deadline);
            let from = full.filter_map(|time| time.end.or(time.day)).next()?;
            from.checked_add_days(Days::new(u64::from(days)))
        }
    }
}

fn status(basis: &Basis<'_>, problem: &Problem) -> ProblemStatus {
    let closings = basis.registers.closings.iter().filter(|closing| closes(basis, closing, problem));
    if let Some(day) = closings.map(|closing| closing.day).filter(|day| *day <= basis.as_of).min() {
        return ProblemStatus::Closed(day);
    }
    match problem.deadline {
        _ if problem.settled => ProblemStatus::Settled,
        Some(day) if day < basis.as_of => ProblemStatus::Overdue(days_between(day, basis.as_of)),
        Some(_) => ProblemStatus::Open,
        None => ProblemStatus::Unclear,
    }
}

/// Whether a line of 销号.csv means a problem. Excel may have dropped the zeros of the number.
fn closes(basis: &Basis<'_>, closing: &Closing, problem: &Problem) -> bool {
    let roster = basis.member(problem.unit).and_then(|member| member.roster);
    roster == Some(closing.unit) && closing.month == problem.month && parts(&closing.problem) == parts(&problem.number)
}

fn parts(number: &str) -> Option<Vec<u32>> {
    crate::near::key(number).split('-').map(|part| part.parse().ok()).collect()
}
