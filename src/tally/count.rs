//! One month, counted: the rooms of the tally called in turn.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::basis::{Basis, Sheet};
use super::before::Before;
use super::finale::{self, Sealed};
use super::{
    Entry, Past, Problem, ReceiptState, RecordRef, Tally, UnitMonth, closing, deduct, differences, ledger, past,
    receipt, score, slip, task,
};
use crate::calendar::Month;
use crate::config::Project;
use crate::form::Form;
use crate::points::Points;
use crate::register::{Finale, Registers};
use crate::verdict::{self, Inbox, Sums};

/// Counts a month. `inboxes` holds every month of the project up to and including it, by month; those of the year
/// before it are taken as they were made final, else each counted once, as of its own last day. A final month is also
/// counted anew as of the day on which it was made final, and every difference is named.
pub(crate) fn count(
    project: &Project,
    registers: &Registers,
    inboxes: &BTreeMap<Month, Inbox>,
    month: Month,
    as_of: NaiveDate,
) -> Tally {
    let settings = &project.settings;
    let basis = Basis::new(settings, registers, inboxes, month, as_of);
    let book = ledger::Book::of(&basis);
    let older = older_finals(&basis, &book);
    let tally = tally(basis, &book);
    let (mut before, mut past) = (None, Vec::new());
    let mut earlier = month;
    for _ in 0..past::MONTHS {
        earlier = earlier.previous();
        let is_last = past.is_empty() && earlier == month.previous();
        if let Some(kept) = registers.finals.get(&earlier) {
            past.push(Past::sealed(kept, &tally));
            before = before
                .or_else(|| is_last.then(|| Before::sealed(kept, sealed(project, registers, inboxes, kept), &tally)));
        } else if inboxes.contains_key(&earlier) {
            let fresh = one(project, registers, inboxes, earlier, earlier.last_day());
            past.push(Past::of(&fresh));
            before = before.or_else(|| is_last.then(|| Before::fresh(settings, &fresh)));
        }
    }
    past.reverse();
    let mut notes = tally.notes;
    notes.extend(older);
    let sealed = registers.finals.get(&month).map(|kept| sealed(project, registers, inboxes, kept));
    Tally { before, past, sealed, notes, ..tally }
}

/// A final month beside a fresh count of it.
fn sealed(project: &Project, registers: &Registers, inboxes: &BTreeMap<Month, Inbox>, kept: &Finale) -> Sealed {
    let (month, as_of) = (kept.month, kept.as_of);
    if !inboxes.get(&month).is_some_and(|inbox| inbox.whole) {
        return Sealed { month, as_of, differences: None, notes: Vec::new() };
    }
    let tally = one(project, registers, inboxes, month, as_of);
    let fresh = finale::finale(&project.settings, registers, inboxes, &tally);
    let differences = Some(differences::differences(&tally.roster, kept, &fresh));
    let notes = differences::notes(&tally.roster, kept, &fresh);
    Sealed { month, as_of, differences, notes }
}

fn one(
    project: &Project,
    registers: &Registers,
    inboxes: &BTreeMap<Month, Inbox>,
    month: Month,
    as_of: NaiveDate,
) -> Tally {
    let basis = Basis::new(&project.settings, registers, inboxes, month, as_of);
    let book = ledger::Book::of(&basis);
    tally(basis, &book)
}

/// What is to be said of final months before the last one: of those, later months take only which are without a problem.
fn older_finals(basis: &Basis<'_>, book: &ledger::Book) -> Vec<String> {
    let mut told = Vec::new();
    for (month, kept) in basis.registers.finals.range(..basis.month.previous()) {
        if !basis.inboxes.get(month).is_some_and(|inbox| inbox.whole) {
            continue;
        }
        for old in &kept.units {
            let Some(unit) =
                basis.roster.named(&old.name).filter(|unit| is_zero(basis, book, *month, *unit) != old.zero)
            else {
                continue;
            };
            let name = basis.member(unit).map_or("", |member| member.name.as_str());
            let (then, now) = if old.zero { ("是", "不是") } else { ("不是", "是") };
            let month = month.chinese();
            told.push(format!("{month}定稿里{name}{then}零问题，按表重新统计{now}；零问题月份以定稿为准"));
        }
    }
    told.extend(closing::displaced(basis, book));
    told
}

fn tally(basis: Basis<'_>, book: &ledger::Book) -> Tally {
    let Basis { settings, registers, inboxes, month, as_of, .. } = basis;
    let problems = book.draw_up(&basis);
    let entries = entries(&basis);
    let mut valid = vec![0; basis.roster.members.len()];
    for entry in &entries {
        if let Some(count) = valid.get_mut(entry.unit) {
            *count += 1;
        }
    }
    let counted = valid.into_iter().enumerate();
    let mut units: Vec<UnitMonth> = counted.map(|(n, valid)| unit(&basis, n, valid, book, &problems)).collect();
    score::rank(&mut units);
    let outside = |replaced: bool| {
        let sheets = basis.sheets(month).filter(|s| s.judged.replaced_by.is_some() == replaced);
        sheets.filter(|s| replaced || s.unit.is_none()).map(|s| size(s.judged.form.records.len())).sum()
    };
    let mut notes = closing::loose(&basis, book);
    notes.extend(closing::renumbered(&basis));
    let mut idle = task::idle_waivers(&basis, &units);
    idle.extend(inboxes.get(&month).map(|inbox| verdict::without_effect(registers, inbox)).unwrap_or_default());
    idle.sort();
    notes.extend(idle.iter().map(|(_, note)| note.clone()));
    notes.extend(idle_bonuses(&basis, &units));
    notes.extend(receipt::doubtful_lines(&basis));
    notes.extend(slip::find(&basis, &units));
    notes.extend(inboxes.get(&month).map(|inbox| verdict::changed_since(registers, inbox, month)).unwrap_or_default());
    let (replaced, unplaced) = (outside(true), outside(false));
    Tally {
        month,
        as_of,
        roster: basis.roster,
        deadline: settings.deadline_of(month),
        units,
        entries,
        ledger: problems,
        sums: inboxes.get(&month).map(Sums::of).unwrap_or_default(),
        replaced,
        unplaced,
        notes,
        idle_waivers: idle.into_iter().map(|(at, _)| at).collect(),
        before: None,
        past: Vec::new(),
        sealed: None,
    }
}

fn unit(basis: &Basis<'_>, index: usize, valid: u32, book: &ledger::Book, problems: &[Problem]) -> UnitMonth {
    let arrival = receipt::find(basis, index);
    let member = basis.member(index);
    let sheets = basis.sheets_of(basis.month, index);
    let in_force = sheets.iter().filter(|sheet| sheet.judged.replaced_by.is_none());
    let mut unit = UnitMonth {
        roster: member.and_then(|member| member.roster),
        name: member.map(|member| member.name.clone()).unwrap_or_default(),
        kind: member.and_then(|member| member.kind),
        owes: arrival.state != ReceiptState::NotOwed,
        receipt: arrival.state,
        received: arrival.received,
        nil: arrival.nil,
        returns: arrival.returns,
        errors: errors(basis, index),
        awaiting: arrival.awaiting,
        files: arrival.files,
        records: in_force.map(|sheet| size(sheet.judged.form.records.len())).sum(),
        valid,
        problems: size(problems.iter().filter(|p| p.unit == index && p.month == basis.month).count()),
        zero_problem: zero_problem(basis, book, index),
        tasks: task::lines(basis, index),
        deductions: Vec::new(),
        items: [Points::ZERO; 5],
        bonuses: Vec::new(),
        bonus: Points::ZERO,
        total: None,
        rank: None,
        band: None,
    };
    unit.deductions = deduct::rows(basis, index, &unit, problems);
    score::fill(basis, &mut unit);
    unit
}

/// The errors of a unit's standing sheets that the clerk has not accepted.
fn errors(basis: &Basis<'_>, unit: usize) -> u32 {
    let sheets = basis.standing(basis.month, unit);
    let findings = sheets.iter().flat_map(|sheet| &sheet.judged.findings);
    size(findings.filter(|finding| finding.counts_as_error()).count())
}

/// The valid records that enter the month, in order of path, form and row.
fn entries(basis: &Basis<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for sheet in basis.sheets(basis.month).filter(|sheet| sheet.judged.counts && sheet.judged.replaced_by.is_none()) {
        let Some(unit) = sheet.unit else { continue };
        for (record, verdict) in sheet.judged.verdicts.iter().enumerate().filter(|(_, verdict)| verdict.valid) {
            entries.push(Entry {
                at: RecordRef { file: sheet.place.0, form: sheet.place.1, record },
                unit,
                content: verdict.topic.map(|topic| topic.content()),
                methods: verdict.methods.clone(),
            });
        }
    }
    entries
}

/// The months so far in which a unit sent a readable sheet and reported no problem; an earlier one that was made final, as
/// it was then.
fn zero_problem(basis: &Basis<'_>, book: &ledger::Book, unit: usize) -> Vec<Month> {
    let finals = basis.registers.finals.range(..basis.month);
    let mut months: Vec<Month> = basis.inboxes.keys().copied().filter(|month| *month <= basis.month).collect();
    months.extend(finals.map(|(month, _)| *month));
    months.sort();
    months.dedup();
    months.retain(|month| basis.sealed_zero(*month, unit).unwrap_or_else(|| is_zero(basis, book, *month, unit)));
    months
}

/// Whether a unit's sheets of a month, as they lie there now, report no problem.
fn is_zero(basis: &Basis<'_>, book: &ledger::Book, month: Month, unit: usize) -> bool {
    let sheets = basis.standing(month, unit);
    !sheets.is_empty() && !sheets.iter().any(|sheet| found(book, month, sheet))
}

/// Whether a sheet reports a problem that no earlier one told.
fn found(book: &ledger::Book, month: Month, sheet: &Sheet<'_>) -> bool {
    let (file, form) = sheet.place;
    let Form { records, layout, .. } = &sheet.judged.form;
    records
        .iter()
        .enumerate()
        .any(|(record, r)| r.reports_problem(*layout) && book.is_new(month, RecordRef { file, form, record }))
}

/// A length as the tally counts it; a sheet has at most 1,048,576 rows, so nothing is cut.
pub(super) fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Points by hand that could not take effect, because the unit's month is 0 or has no total.
fn idle_bonuses(basis: &Basis<'_>, units: &[UnitMonth]) -> Vec<String> {
    let lines = basis.registers.adjustments.iter().filter(|line| line.month == basis.month);
    let idle = lines.filter_map(|line| {
        let unit = units.iter().find(|unit| unit.roster == Some(line.unit))?;
        let why = match unit.receipt {
            ReceiptState::Missing => "未报，当月计 0 分",
            ReceiptState::Pending => "待重报，暂不计分",
            ReceiptState::NotOwed => "本月不要求报送",
            _ => return None,
        };
        Some(format!("加减分.csv 第 {} 行：{}{why}，这一行没有起作用", line.line, unit.name))
    });
    idle.collect()
}
