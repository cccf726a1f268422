//! 监督明细: every record, valid or not, with where it stands; to the right the columns that other pages count.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::{Frame, Row, faults, record_mark, short, unit_number};
use super::live::Content;
use super::paper::{Column, Paper, column};
use super::returned;
use super::style::Look;
use crate::form::{Cell, Record};
use crate::place::Pos;
use crate::text::TimeClass;

pub(super) const TITLE: &str = "监督明细";
/// The row of the titles.
const HEAD: u32 = 2;
/// Where the title of the column stands by which the contents are filtered.
pub(super) const CONTENT: Pos = Pos::new(HEAD, 14);
/// The same of the column that says which records are counted.
pub(super) const COUNTED: Pos = Pos::new(HEAD, 8);
/// The last column that is printed, which leads to the source; the columns to its right are there to be counted.
const PRINTED: u32 = 11;
/// Further columns of the sheets that are carried along, at most.
const EXTRAS: usize = 60;

/// The columns that every month has.
fn fixed() -> Vec<Column> {
    vec![
        column("序号", 6.0, Look::Count),
        column("填报单位", 14.0, Look::Centre),
        column("监督内容", 15.0, Look::Text),
        column("监督方式", 10.0, Look::Text),
        column("监督开展情况", 35.0, Look::Text),
        column("发现问题", 34.0, Look::Text),
        column("处理情况", 34.0, Look::Text),
        column("有效", 5.0, Look::Centre),
        column("计入", 5.0, Look::Centre),
        column("不计入的原因", 14.0, Look::Line),
        column("来源文件", 16.0, Look::Line),
        column("行", 5.0, Look::LinkCount),
        column("工作表", 10.0, Look::Centre),
        column("单位号", 7.0, Look::Count),
        column("归入内容", 18.0, Look::Centre),
        column("问题编号", 16.0, Look::Centre),
        column("日期", 22.0, Look::Text),
        column("人员", 36.0, Look::Text),
        column("金额", 18.0, Look::Text),
        column("计数：记录", 8.0, Look::Count),
        column("计数：计入", 8.0, Look::Count),
        column("计数：问题", 8.0, Look::Count),
        column("计数：待核", 8.0, Look::Count),
        column("计数：归不到单位", 8.0, Look::Count),
    ]
}

/// The column in which a method is counted.
pub(super) fn method_title(method: &str) -> String {
    format!("方式：{method}")
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let rows = frame.rows();
    let methods = frame.methods();
    let extras = extras(&rows);
    let mut columns = fixed();
    columns.extend(methods.iter().map(|method| column(method_title(method), 9.0, Look::Count)));
    columns.extend(extras.iter().map(|title| column(title.clone(), 24.0, Look::Text)));
    let mut paper = Paper::new(TITLE, columns.iter().map(|column| column.width));
    paper.printed = Some(PRINTED);
    let line = "每条记录一行，无论是否有效；点开“行”即到原表。打印到“行”为止，其右为各页计数所用的列，1表示计一次";
    paper.heading(&frame.heading(TITLE), line);
    let first = paper.listing(HEAD, &columns, rows.len(), "本月没有记录");
    paper.freeze = Some(Pos::new(HEAD + 1, 2));
    let lists = Lists { numbers: problem_numbers(frame), open: open(&rows) };
    for (at, row) in (first..).zip(&rows) {
        let mut cells = cells(frame, row, &lists, at - HEAD);
        cells.extend((0..methods.len()).map(|method| Content::from(uses(frame, row, method).then_some(1_u32))));
        cells.extend(extras.iter().map(|title| extra(row.record, title).into()));
        paper.fill(at, &columns, cells);
        let sheet = &row.sheet;
        paper.link(
            at,
            PRINTED,
            frame.file_link(&sheet.file.in_project, &sheet.judged.form.sheet, Some(row.record.row)),
        );
        for own in &row.record.rows {
            paper.mark(record_mark(&sheet.file.in_project, &sheet.judged.form.sheet, *own), at, PRINTED);
        }
    }
    for (n, _) in frame.tally.units.iter().enumerate() {
        let mine = |row: &&Row<'_>| row.sheet.unit == Some(n);
        // The rows of a unit stand together.
        if let Some(start) = rows.iter().position(|row| mine(&row)) {
            let count = rows.iter().filter(mine).count();
            let at = first + u32::try_from(start).unwrap_or(0);
            paper.mark_rows(format!("unit-{n}"), at, u32::try_from(count).unwrap_or(1));
        }
    }
    paper
}

/// Titles of further columns, in order of appearance.
fn extras(rows: &[Row<'_>]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for (title, _) in rows.iter().flat_map(|row| &row.record.extra) {
        if titles.len() < EXTRAS && !titles.contains(title) {
            titles.push(title.clone());
        }
    }
    titles
}

fn extra(record: &Record, title: &str) -> String {
    let texts = record.extra.iter().filter(|(other, _)| other == title).map(|(_, text)| text.as_str());
    texts.collect::<Vec<_>>().join("\n")
}

/// What is looked up for every record.
struct Lists<'a> {
    numbers: BTreeMap<(&'a str, &'a str, u32), &'a str>,
    /// The rows with a text that somebody has yet to look into, by the place of their sheet.
    open: BTreeSet<((usize, usize), u32)>,
}

fn open(rows: &[Row<'_>]) -> BTreeSet<((usize, usize), u32)> {
    let mut open = BTreeSet::new();
    let mut last = None;
    for sheet in rows.iter().map(|row| &row.sheet) {
        // The records of a sheet stand together.
        if last.replace(sheet.place) != Some(sheet.place) {
            let found = sheet.judged.findings.iter().filter(|found| returned::is_open(found));
            open.extend(found.filter_map(|found| Some((sheet.place, found.row?))));
        }
    }
    open
}

/// The number of the problem that a record reports, by its file, sheet and row.
fn problem_numbers<'a>(frame: &Frame<'a>) -> BTreeMap<(&'a str, &'a str, u32), &'a str> {
    let this_month = frame.tally.ledger.iter().filter(|problem| problem.month == frame.tally.month);
    this_month.map(|p| ((p.file.as_str(), p.sheet.as_str(), p.row), p.number.as_str())).collect()
}

fn cells(frame: &Frame<'_>, row: &Row<'_>, lists: &Lists<'_>, serial: u32) -> Vec<Content> {
    let (sheet, record) = (&row.sheet, row.record);
    let valid = row.verdict.is_some_and(|verdict| verdict.valid);
    let content = match row.entry {
        Some(entry) => Some(frame.content_name(entry.content)),
        None => row.verdict.and_then(|v| v.topic).map(|topic| frame.content_name(Some(topic.content()))),
    };
    let place = (sheet.file.in_project.as_str(), sheet.judged.form.sheet.as_str(), record.row);
    let number = lists.numbers.get(&place).copied();
    let standing = sheet.unit.is_some() && sheet.judged.replaced_by.is_none();
    let one = |counts: bool| Content::from(counts.then_some(1_u32));
    vec![
        serial.into(),
        frame.unit_name(sheet).into(),
        record.content.text.as_str().into(),
        record.method.text.as_str().into(),
        record.progress.text.as_str().into(),
        record.problem.text.as_str().into(),
        record.handling.text.as_str().into(),
        yes(valid).into(),
        yes(row.entry.is_some()).into(),
        reason(row, valid).into(),
        short(&sheet.file.in_project).into(),
        record.row.into(),
        sheet.judged.form.sheet.as_str().into(),
        sheet.unit.map(unit_number).into(),
        content.into(),
        number.into(),
        days(record).into(),
        persons(record).into(),
        amounts(record).into(),
        one(standing),
        one(row.entry.is_some()),
        one(number.is_some()),
        one(record.rows.iter().any(|own| lists.open.contains(&(sheet.place, *own)))),
        one(sheet.unit.is_none() && sheet.judged.replaced_by.is_none()),
    ]
}

fn yes(holds: bool) -> &'static str {
    if holds { "是" } else { "否" }
}

/// Why a record does not enter the month; empty where it does.
fn reason(row: &Row<'_>, valid: bool) -> String {
    let judged = row.sheet.judged;
    if row.entry.is_some() {
        String::new()
    } else if let Some(other) = &judged.replaced_by {
        format!("本表已由后来的表代替：{}", short(other))
    } else if !valid {
        faults(&judged.findings, row.record.row)
    } else if row.sheet.unit.is_none() {
        "填报单位不明".to_owned()
    } else {
        "所在的表不计入本月（单位或月份不符）".to_owned()
    }
}

/// Whether a record counts under a method of `Frame::methods`.
fn uses(frame: &Frame<'_>, row: &Row<'_>, method: usize) -> bool {
    let listed = &frame.project.settings.methods;
    let other = listed.iter().position(|name| name == super::frame::OTHER).unwrap_or(listed.len());
    row.entry.is_some_and(|entry| entry.methods.iter().any(|used| used.unwrap_or(other) == method))
}

fn text_cells(record: &Record) -> [&Cell; 3] {
    [&record.progress, &record.problem, &record.handling]
}

fn joined(items: impl Iterator<Item = String>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for item in items {
        if !seen.contains(&item) {
            seen.push(item);
        }
    }
    seen.join("；")
}

/// Full dates as days; others as written.
fn days(record: &Record) -> String {
    let times = text_cells(record).into_iter().flat_map(|cell| cell.facts.times.iter().map(move |time| (cell, time)));
    joined(times.map(|(cell, time)| {
        let written = time.span.of(&cell.text);
        match (time.class, time.day, time.end) {
            (TimeClass::Full, Some(day), Some(end)) if end != day => format!("{day}至{end}"),
            (TimeClass::Full, Some(day), _) => day.to_string(),
            (TimeClass::Partial, ..) => format!("{written}（不完整）"),
            (TimeClass::Vague, ..) => format!("{written}（笼统）"),
            (TimeClass::Impossible, ..) => format!("{written}（不存在）"),
            (TimeClass::Full, None, _) => written.to_owned(),
        }
    }))
}

fn persons(record: &Record) -> String {
    let persons = text_cells(record).into_iter().flat_map(|cell| cell.facts.persons.iter().map(move |p| (cell, p)));
    joined(persons.map(|(cell, person)| person.span.of(&cell.text).to_owned()))
}

/// Every sum as written; approximate ones say so.
fn amounts(record: &Record) -> String {
    let amounts = text_cells(record).into_iter().flat_map(|cell| cell.facts.amounts.iter().map(move |a| (cell, a)));
    joined(amounts.map(|(cell, amount)| {
        let mark = if amount.approximate { "（约数）" } else { "" };
        format!("{}{mark}", amount.span.of(&cell.text))
    }))
}
