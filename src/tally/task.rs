//! What was due and what was done. A record does the task or focus item that its 监督内容 names; one with a bare
//! content marks the due tasks of that content 同类已开展; only a due task without either is 未开展. Where a record was
//! sent for it but is not valid, that record is named with it.

use super::basis::{Basis, Sheet};
use super::{Failed, TaskLine, TaskState, UnitMonth};
use crate::calendar::Month;
use crate::config::{Task, Topic};
use crate::rules::Rule;
use crate::rules::task::{FOCUS_NOT_DONE, TASK_NOT_DONE};

/// A record, what it names, and whether it is valid and counts.
struct Deed<'a> {
    month: Month,
    row: u32,
    sheet: Sheet<'a>,
    topic: Topic,
    valid: bool,
}

/// The focus items of a unit in the month, then its tasks that fall due by the month's end, in order of the lists.
pub(super) fn lines(basis: &Basis<'_>, unit: usize) -> Vec<TaskLine> {
    let settings = basis.settings;
    let Some(member) = basis.member(unit) else { return Vec::new() };
    let deeds = deeds(basis, unit);
    let mut lines = Vec::new();
    for focus in settings.focus_for(basis.month, member.roster, member.kind) {
        let topic = focus.topic();
        let find = |valid: bool| {
            deeds.iter().find(|deed| deed.month == basis.month && deed.topic == topic && deed.valid == valid)
        };
        lines.push(line(
            find(true).map(|deed| (deed, false)),
            find(false).map(|deed| (deed, false)),
            TaskLine {
                label: focus.label(),
                frequency: "重点工作".to_owned(),
                focus: true,
                state: TaskState::Open,
                failed: None,
                file: String::new(),
                sheet: String::new(),
                waived: waived(basis, member.roster, &FOCUS_NOT_DONE, focus.number),
            },
        ));
    }
    for (l, list) in settings.lists.iter().enumerate().filter(|(_, list)| Some(list.kind) == member.kind) {
        for (t, task) in list.tasks.iter().enumerate().filter(|(_, task)| task.frequency.due_in(basis.month)) {
            let topic = Topic::Task { list: l, task: t, content: task.content };
            let mut line = line(
                done(basis.month, task, topic, &deeds, true),
                done(basis.month, task, topic, &deeds, false),
                TaskLine {
                    label: list.label(task),
                    frequency: task.frequency.chinese().to_owned(),
                    focus: false,
                    state: TaskState::Open,
                    failed: None,
                    file: String::new(),
                    sheet: String::new(),
                    waived: waived(basis, member.roster, &TASK_NOT_DONE, task.number),
                },
            );
            // 基础工作 2 (定期报送相关报表): any readable sheet of the unit does it.
            let receipt = task.by_receipt
                && span(basis.month, task).into_iter().any(|month| !basis.sheets_of(month, unit).is_empty());
            if receipt && !matches!(line.state, TaskState::Done { .. }) {
                (line.state, line.failed) = (TaskState::ByReceipt, None);
                (line.file, line.sheet) = (String::new(), String::new());
            }
            lines.push(line);
        }
    }
    lines
}

/// The months of the task's period so far.
fn span(month: Month, task: &Task) -> Vec<Month> {
    month.span_so_far(task.frequency.months().unwrap_or(1))
}

/// The record that does a task in its period, or (true) the one that only shares its bare content; among the valid
/// records, or among those that are not.
fn done<'d, 'a>(month: Month, task: &Task, topic: Topic, deeds: &'d [Deed<'a>], valid: bool) -> Found<'d, 'a> {
    let span = span(month, task);
    let find = |wanted: Topic| deeds.iter().find(|d| d.valid == valid && d.topic == wanted && span.contains(&d.month));
    let exact = find(topic).map(|deed| (deed, false));
    exact.or_else(|| find(Topic::Content(task.content)).map(|deed| (deed, true)))
}

/// A record, and whether it only shares the task's content.
type Found<'d, 'a> = Option<(&'d Deed<'a>, bool)>;

fn line(deed: Found<'_, '_>, failed: Found<'_, '_>, mut line: TaskLine) -> TaskLine {
    if let Some((deed, kindred)) = deed {
        let (month, row) = (deed.month, deed.row);
        line.state = if kindred { TaskState::Kindred { month, row } } else { TaskState::Done { month, row } };
    } else {
        line.failed = failed.map(|(deed, kindred)| Failed { month: deed.month, row: deed.row, kindred });
    }
    if let Some((deed, _)) = deed.or(failed) {
        line.file.clone_from(&deed.sheet.file.in_project);
        line.sheet.clone_from(&deed.sheet.judged.form.sheet);
    }
    line
}

/// The records of a unit in the year so far; this month's first, then backwards, so that a line shows the nearest
/// one. Valid ones stand for what was done only where their sheet enters its month; of a sheet that does not, such
/// as one of an unknown unit, no record is valid. A replaced sheet is not looked at.
fn deeds<'a>(basis: &Basis<'a>, unit: usize) -> Vec<Deed<'a>> {
    let mut deeds = Vec::new();
    for month in basis.month.span_so_far(12).into_iter().rev() {
        for sheet in basis.standing(month, unit) {
            for (record, verdict) in sheet.judged.form.records.iter().zip(&sheet.judged.verdicts) {
                if let Some(topic) = verdict.topic {
                    let valid = verdict.valid && sheet.judged.counts;
                    deeds.push(Deed { month, row: record.row, sheet, topic, valid });
                }
            }
        }
    }
    deeds
}

/// The clerk's acceptance that something was not done: a line of 认定.csv with that rule for the unit and month; its
/// 行, where one is given, is the number of the task or focus item.
fn waived(basis: &Basis<'_>, roster: Option<usize>, rule: &Rule, number: u32) -> Option<usize> {
    basis.registers.waivers.iter().position(|waiver| {
        Some(waiver.unit) == roster
            && waiver.month == basis.month
            && waiver.rule == rule.name
            && waiver.row.is_none_or(|row| row == number)
    })
}

/// The lines of 认定.csv that accept a task or focus item, and find none that is open: most likely a slip.
pub(super) fn idle_waivers(basis: &Basis<'_>, units: &[UnitMonth]) -> Vec<(usize, String)> {
    let waivers = basis.registers.waivers.iter().enumerate().filter(|(_, waiver)| waiver.month == basis.month);
    waivers
        .filter(|(_, waiver)| waiver.rule == TASK_NOT_DONE.name || waiver.rule == FOCUS_NOT_DONE.name)
        .filter(|(at, _)| {
            let mut lines = units.iter().flat_map(|unit| &unit.tasks);
            !lines.any(|line| line.waived == Some(*at) && line.state == TaskState::Open)
        })
        .map(|(at, waiver)| (at, format!("认定.csv 第 {} 行没有用上：没有对得上的未开展任务或重点工作", waiver.line)))
        .collect()
}
