//! The rows of 扣分明细. Which rows exist is decided here; what each costs refers to the scoring table by its key.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::basis::{Basis, Sheet};
use super::ledger;
use super::price::price_of;
use super::receipt;
use super::{Deduction, Item, Problem, ProblemStatus, ReceiptState, UnitMonth};
use crate::calendar::{Month, chinese_day};
use crate::config::{Level, Scoring};
use crate::form::{Field, Record};
use crate::naming;
use crate::place::Pos;
use crate::points::Points;
use crate::register::{self, CaseLevel};
use crate::rules::Finding;
use crate::rules::head::MONTH_MISMATCH;
use crate::rules::layout::NIL_INCOMPLETE;

/// Every row of a unit, in the order of the items. Nothing is deducted where there is no total (待重报, not owed).
pub(super) fn rows(basis: &Basis<'_>, index: usize, unit: &UnitMonth, ledger: &[Problem]) -> Vec<Deduction> {
    match unit.receipt {
        ReceiptState::NotOwed | ReceiptState::Pending => return Vec::new(),
        ReceiptState::Missing => return whole_month(basis, index, unit),
        ReceiptState::OnTime | ReceiptState::Late(_) | ReceiptState::Unregistered => {}
    }
    let mut rows = Vec::new();
    rows.extend(lateness(basis, index, unit));
    let sheets: Vec<Sheet<'_>> =
        basis.sheets_of(basis.month, index).into_iter().filter(|s| s.judged.replaced_by.is_none()).collect();
    let standing = basis.standing(basis.month, index);
    let stands = |sheet: &Sheet<'_>| standing.iter().any(|other| other.place == sheet.place);
    for sheet in &sheets {
        rows.extend(form_faults(basis, sheet, stands(sheet)));
    }
    for sheet in &standing {
        rows.extend(vague_records(basis, sheet));
    }
    rows.extend(returns(basis, index));
    rows.extend(tasks(basis, unit));
    rows.extend(overdue(basis, index, ledger));
    rows.extend(cases(basis, unit));
    rows.extend(by_hand(basis, unit));
    rows.retain(|row| row.points != Points::ZERO);
    rows.sort_by_key(|row| row.item);
    rows
}

impl Deduction {
    fn priced(scoring: &Scoring, item: Item, key: &'static str, times: u32, reason: String) -> Deduction {
        Deduction {
            item,
            points: price_of(scoring, key).times(i32::try_from(times).unwrap_or(i32::MAX)),
            price: Some((key, times)),
            reason,
            rule: None,
            file: String::new(),
            sheet: String::new(),
            cell: String::new(),
            row: None,
            task: None,
        }
    }

    fn of_rule(self, rule: &'static str) -> Deduction {
        Deduction { rule: Some(rule), ..self }
    }

    fn at(self, sheet: &Sheet<'_>, cell: String, row: Option<u32>) -> Deduction {
        Deduction { file: sheet.file.in_project.clone(), sheet: sheet.judged.form.sheet.clone(), cell, row, ..self }
    }

    /// By a line of a register.
    fn by_line(self, register: &str, line: usize) -> Deduction {
        Deduction { file: register.to_owned(), cell: format!("第 {line} 行"), ..self }
    }
}

/// Nothing received: the month is 0, each item taken whole.
fn whole_month(basis: &Basis<'_>, index: usize, unit: &UnitMonth) -> Vec<Deduction> {
    let first = receipt::first_readable(basis, &receipt::lines_of(basis, index));
    let late = first.filter(|_| unit.received.is_some());
    let reason = match late {
        Some(line) => {
            format!(
                "{}才收到{}，已过月末后的宽限，按未报计，当月计 0 分",
                chinese_day(line.day),
                naming::last(&line.file)
            )
        }
        None => "未报，当月计 0 分".to_owned(),
    };
    let row = |item: Item| {
        let row = Deduction::priced(&basis.settings.scoring, item, item.full_marks(), 1, reason.clone());
        match late {
            Some(line) => row.by_line(register::RECEIPTS, line.line),
            None => row,
        }
    };
    Item::ALL.into_iter().map(row).collect()
}

fn lateness(basis: &Basis<'_>, index: usize, unit: &UnitMonth) -> Option<Deduction> {
    let ReceiptState::Late(days) = unit.receipt else { return None };
    let line = receipt::first_readable(basis, &receipt::lines_of(basis, index))?;
    let scoring = &basis.settings.scoring;
    let deadline = basis.settings.deadline_of(basis.month);
    let (deadline, day) = (chinese_day(deadline), chinese_day(line.day));
    let reason = format!("迟报 {days} 天：截止{deadline}，{day}收到{}", naming::last(&line.file));
    let by_day = Deduction::priced(scoring, Item::Timely, "late-per-day", days, reason.clone());
    let row = if by_day.points <= scoring.late_cap {
        by_day
    } else {
        Deduction::priced(scoring, Item::Timely, "late-cap", 1, reason + "，扣到上限")
    };
    Some(row.by_line(register::RECEIPTS, line.line))
}

/// −0.5 for each finding of the listed rules, once a rule and cell; a sheet that strayed in from another month,
/// beside one of the right month, is blamed for that alone.
fn form_faults(basis: &Basis<'_>, sheet: &Sheet<'_>, stands: bool) -> Vec<Deduction> {
    let scoring = &basis.settings.scoring;
    // What is said of the file as a whole is said once, with its first form.
    let of_file = if sheet.place.1 == 0 { &sheet.file.findings[..] } else { &[] };
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for finding in of_file.iter().chain(&sheet.judged.findings) {
        let listed = matches(&scoring.form_rules, finding.rule.name) && finding.rule.name != NIL_INCOMPLETE.name;
        let blamed = stands || finding.rule.name == MONTH_MISMATCH.name;
        if !listed || !blamed || finding.waived.is_some() || finding.level == Level::Off {
            continue;
        }
        if !seen.insert((finding.rule.name, finding.pos, finding.field)) {
            continue;
        }
        let cell = finding.pos.map(|pos| pos.to_string()).unwrap_or_default();
        let row = Deduction::priced(scoring, Item::Form, "form-fault", 1, finding.message.clone());
        let at = finding.row.or(finding.pos.map(Pos::row_number));
        rows.push(row.of_rule(finding.rule.name).at(sheet, cell, at));
    }
    rows
}

/// −2 once a record for any error of the listed rules, and for a nil return that lacks its reason or its person.
fn vague_records(basis: &Basis<'_>, sheet: &Sheet<'_>) -> Vec<Deduction> {
    let scoring = &basis.settings.scoring;
    // A record may take several rows; it is known by its first.
    let own = |record: &Record| record.rows.iter().map(|row| (*row, record.row)).collect::<Vec<_>>();
    let first_rows: BTreeMap<u32, u32> = sheet.judged.form.records.iter().flat_map(own).collect();
    let mut records: BTreeMap<Option<u32>, Vec<&Finding>> = BTreeMap::new();
    for finding in &sheet.judged.findings {
        let in_record = matches!(
            finding.field,
            Some(Field::Content | Field::Method | Field::Progress | Field::Problem | Field::Handling)
        );
        let nil = finding.rule.name == NIL_INCOMPLETE.name;
        if finding.counts_as_error() && (nil || in_record && matches(&scoring.concrete_rules, finding.rule.name)) {
            // A nil return is one declaration, however many findings it has.
            let row = finding.row.filter(|_| !nil).map(|row| first_rows.get(&row).copied().unwrap_or(row));
            records.entry(row).or_default().push(finding);
        }
    }
    let draw = |(row, findings): (Option<u32>, Vec<&Finding>)| {
        let mut titles: Vec<&str> = findings.iter().map(|finding| finding.rule.title).collect();
        titles.dedup();
        let what = titles.join("、");
        let row = row.or_else(|| findings.iter().find_map(|finding| finding.row));
        let reason = row.map_or(what.clone(), |row| format!("第 {row} 行：{what}"));
        let first = findings.first().copied();
        let cell = first.and_then(|finding| finding.pos).map(|pos| pos.to_string()).unwrap_or_default();
        let drawn = Deduction::priced(scoring, Item::Concrete, "concrete-record", 1, reason).at(sheet, cell, row);
        Deduction { rule: first.map(|finding| finding.rule.name), ..drawn }
    };
    records.into_iter().map(draw).collect()
}

/// Each return after the first, by the register.
fn returns(basis: &Basis<'_>, unit: usize) -> Vec<Deduction> {
    let lines = receipt::lines_of(basis, unit);
    let returned = lines.into_iter().filter(|line| line.accepted == Some(false)).enumerate().skip(1);
    let draw = |(n, line): (usize, &register::Receipt)| {
        let (times, day) = (n + 1, chinese_day(line.day));
        let reason = format!("第 {times} 次退回（{day}收到的{}）", naming::last(&line.file));
        Deduction::priced(&basis.settings.scoring, Item::Concrete, "concrete-return", 1, reason)
            .by_line(register::RECEIPTS, line.line)
    };
    returned.map(draw).collect()
}

/// Each focus item not done and each due task 未开展, unless the rule that says so is switched off.
fn tasks(basis: &Basis<'_>, unit: &UnitMonth) -> Vec<Deduction> {
    let owed = unit.tasks.iter().enumerate();
    let owed = owed.filter(|(_, line)| line.owed() && basis.settings.level(line.rule().name) != Level::Off);
    owed.map(|(task, line)| {
        let (key, what) = if line.focus { ("task-focus", "重点工作") } else { ("task-due", "到期任务") };
        let how = line.shortfall(basis.month).unwrap_or_else(|| line.state.chinese().to_owned());
        let reason = format!("{what}{how}：{}", line.label);
        Deduction {
            file: line.file.clone(),
            sheet: line.sheet.clone(),
            cell: line.failed.map(|failed| format!("第 {} 行", failed.row)).unwrap_or_default(),
            row: line.failed.map(|failed| failed.row),
            task: Some(task),
            ..Deduction::priced(&basis.settings.scoring, Item::Task, key, 1, reason).of_rule(line.rule().name)
        }
    })
    .collect()
}

fn overdue(basis: &Basis<'_>, unit: usize, ledger: &[Problem]) -> Vec<Deduction> {
    let falling = ledger.iter().filter(|problem| problem.unit == unit && ledger::falls_overdue(basis, problem));
    falling
        .map(|problem| {
            let reason = format!("问题 {} {}", problem.number, how_late(problem));
            let row = Deduction::priced(&basis.settings.scoring, Item::Closure, "closure-overdue", 1, reason);
            Deduction {
                file: problem.file.clone(),
                sheet: problem.sheet.clone(),
                cell: format!("第 {} 行", problem.row),
                row: Some(problem.row),
                ..row
            }
        })
        .collect()
}

/// Why a problem costs: closed too late, or not closed at all by the day of the count.
fn how_late(problem: &Problem) -> String {
    let until = problem.deadline.map(chinese_day).unwrap_or_default();
    match (problem.deadline, problem.status) {
        (Some(deadline), ProblemStatus::Closed(day)) => {
            let days = receipt::days_between(deadline, day);
            format!("期限{until}，{}销号，逾期{days}天", chinese_day(day))
        }
        _ => format!("限{until}前整改，到期未销号"),
    }
}

/// A handed-down case costs once, in the month its 限办日期 passes without its being done.
fn cases(basis: &Basis<'_>, unit: &UnitMonth) -> Vec<Deduction> {
    let passed = |due: NaiveDate, month: Month| ledger::passes_in(due, None, month, basis.as_of);
    let late = basis.registers.cases.iter().filter(|case| {
        Some(case.unit) == unit.roster && case.done.is_none_or(|done| done > case.due) && passed(case.due, basis.month)
    });
    late.map(|case| {
        let (key, level) = match case.level {
            CaseLevel::County => ("case-county", "县"),
            CaseLevel::City => ("case-city", "市"),
            CaseLevel::Province => ("case-province", "省"),
        };
        let reason = format!("{level}级交办件 {}（{}）限{}办结，逾期", case.number, case.matter, chinese_day(case.due));
        Deduction::priced(&basis.settings.scoring, Item::Closure, key, 1, reason).by_line(register::CASES, case.line)
    })
    .collect()
}

/// A line of 加减分.csv with an item's title: always a minus, one more row, priced by the clerk.
fn by_hand(basis: &Basis<'_>, unit: &UnitMonth) -> Vec<Deduction> {
    let lines = basis.registers.adjustments.iter();
    let mine = lines.filter(|line| Some(line.unit) == unit.roster && line.month == basis.month);
    mine.filter_map(|line| {
        let item = Item::ALL.into_iter().find(|item| item.chinese() == line.item)?;
        let document = if line.document.is_empty() { String::new() } else { format!("（{}）", line.document) };
        let row = Deduction {
            item,
            points: -line.points,
            price: None,
            reason: format!("{}{document}，{}登记", line.reason, line.by),
            rule: None,
            file: String::new(),
            sheet: String::new(),
            cell: String::new(),
            row: None,
            task: None,
        };
        Some(row.by_line(register::ADJUSTMENTS, line.line))
    })
    .collect()
}

/// Whether a rule is among patterns such as `content-*`.
fn matches(patterns: &[String], rule: &str) -> bool {
    patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
        Some(stem) => rule.starts_with(stem),
        None => pattern == rule,
    })
}
