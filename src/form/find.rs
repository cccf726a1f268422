//! A book → its forms: finds the headers of every sheet, lays out which rows belong to which form, reads head,
//! month and rows, and keeps the accounts.

use super::grid::Grid;
use super::head::{Labels, find_head};
use super::locate::{Header, headers};
use super::passed;
use super::rows::{Draft, FIELDS, Reader, Rows, Written, untitled};
use super::title::{Titles, is_title};
use super::{Cell, CellError, Column, Duty, Field, Form, Head, HeadField, Layout, Nil, Record, Role, StatedMonth};
use super::{apart, duty, hidden, month};
use crate::config::FormSpec;
use crate::near;
use crate::place::Pos;
use crate::sheet::{Book, Value};
use crate::text::{self, Facts, Lexicon};

/// One form's part of a sheet.
struct Part {
    /// The head's rows begin here.
    top: u32,
    /// The row after the form's last.
    end: u32,
    head: Head,
    /// The month as the head states it.
    month: Option<StatedMonth>,
    /// The first header, and those that printed pages repeat, each with the row after its last.
    headers: Vec<(Header, u32)>,
}

/// Finds every form.
pub(super) fn forms(book: &Book, spec: &FormSpec, words: &Lexicon) -> Vec<Form> {
    let titles = Titles::new(spec);
    let labels = Labels::new(spec);
    let mut forms = Vec::new();
    let mut headless = Vec::new();
    for sheet in &book.sheets {
        let grid = Grid::new(sheet);
        let headers = headers(&grid, &titles);
        if headers.is_empty() {
            headless.push(sheet);
        }
        let parts = parts(&grid, &labels, spec, headers);
        forms.extend(parts.iter().filter_map(|part| form(&grid, &labels, spec, words, part)));
    }
    let chosen = apart::chosen(&forms);
    if let Some(form) = forms.first_mut() {
        // A whole sheet before single rows.
        form.aside.splice(0..0, headless.into_iter().filter_map(|sheet| apart::apart(sheet, &chosen)));
    }
    forms
}

/// Which rows belong to which form.
fn parts(grid: &Grid<'_>, labels: &Labels, spec: &FormSpec, headers: Vec<Header>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut last = 0;
    for header in headers {
        let top = if parts.is_empty() { 0 } else { top_of(grid, labels, spec, header.first, last) };
        last = header.last;
        let head = find_head(grid, labels, top, header.first);
        let month = month_of(grid, spec, top, header.first);
        let known = parts.last_mut();
        match known {
            Some(part) if top == header.first || repeats(part, &head, month.as_ref()) => {
                if let Some((_, end)) = part.headers.last_mut() {
                    *end = top;
                }
                if layout(&part.headers) == Some(header.layout()) {
                    part.headers.push((header, grid.end()));
                } else {
                    // What a row of six columns owes, one of four does not: a form of its own under the same head.
                    part.end = top;
                    let (head, month) = (part.head.clone(), part.month.clone());
                    parts.push(Part { top, end: grid.end(), head, month, headers: vec![(header, grid.end())] });
                }
            }
            known => {
                if let Some(part) = known {
                    part.end = top;
                    if let Some((_, end)) = part.headers.last_mut() {
                        *end = top;
                    }
                }
                parts.push(Part { top, end: grid.end(), head, month, headers: vec![(header, grid.end())] });
            }
        }
    }
    parts
}

/// The layout of a part, by its first header.
fn layout(headers: &[(Header, u32)]) -> Option<Layout> {
    headers.first().map(|(header, _)| header.layout())
}

/// The first row of the head above a header: titles and labels, up to the table before it.
fn top_of(grid: &Grid<'_>, labels: &Labels, spec: &FormSpec, header: u32, last: u32) -> u32 {
    let rows: Vec<u32> = grid.rows(last + 1, header).collect();
    let mut top = header;
    for row in rows.into_iter().rev() {
        // A record may tell of tables and persons in charge too; a head begins with them.
        let cells = grid.row(row).count();
        let text = grid.row(row).next().map(|(_, value)| value.shown()).unwrap_or_default();
        let headed = labels.begin(&text) || (cells <= 2 && (is_title(&text, spec) || labels.several(&text)));
        if !headed {
            break;
        }
        top = row;
    }
    top
}

/// Whether a head only repeats the form's, as printed pages do: it names no other unit, person or month.
fn repeats(part: &Part, head: &Head, month: Option<&StatedMonth>) -> bool {
    let same = |then: &HeadField, now: &HeadField| {
        now.pos.is_none() || (!now.value.is_empty() && near::key(&then.value) == near::key(&now.value))
    };
    let told = |month: &StatedMonth| (month.year, month.month);
    same(&part.head.unit, &head.unit)
        && same(&part.head.reporter, &head.reporter)
        && same(&part.head.leader, &head.leader)
        && month.is_none_or(|now| part.month.as_ref().map(told) == Some(told(now)))
}

/// The month in the head's rows: of the title, else of another cell.
fn month_of(grid: &Grid<'_>, spec: &FormSpec, from: u32, to: u32) -> Option<StatedMonth> {
    let cells: Vec<(Pos, &Value, String)> =
        grid.rows(from, to).flat_map(|row| grid.row(row)).map(|(pos, value)| (pos, value, value.shown())).collect();
    let stated = |(pos, _, text): &(Pos, &Value, String)| {
        let written = month::stated(text)?;
        Some(StatedMonth { year: written.year, month: written.month, pos: Some(*pos), text: written.text })
    };
    let title = cells.iter().filter(|(_, _, text)| is_title(text, spec)).find_map(stated);
    // A bare number or a day may be anything; words for a month are meant.
    let told = |cell: &&(Pos, &Value, String)| matches!(cell.1, Value::Text(_));
    let mut found = title.or_else(|| cells.iter().filter(told).find_map(stated)).or_else(|| {
        // 月份 | 2026-03-01 as a date cell
        cells.windows(2).find_map(|pair| match pair {
            [(_, _, label), (pos, Value::Date(day), text)] if near::key(label).contains("月份") => {
                let written = month::stated(&format!("{}", day.format("%Y-%m")))?;
                Some(StatedMonth { year: written.year, month: written.month, pos: Some(*pos), text: text.clone() })
            }
            // 月份 | 3
            [(_, _, label), (pos, Value::Number(..), text)] if near::key(label).contains("月份") => {
                let written = month::stated(&format!("{text}月"))?;
                Some(StatedMonth { year: written.year, month: written.month, pos: Some(*pos), text: text.clone() })
            }
            _ => None,
        })
    })?;
    if found.year.is_none() {
        found.year = cells.iter().find_map(|(_, _, text)| {
            let (year, day) = month::years(text).into_iter().next()?;
            // Sent in January for December: the day's year is the next one.
            Some(if day.is_some_and(|day| day < found.month) { year - 1 } else { year })
        });
    }
    Some(found)
}

fn form(grid: &Grid<'_>, labels: &Labels, spec: &FormSpec, words: &Lexicon, part: &Part) -> Option<Form> {
    let (first, _) = part.headers.first()?;
    let head = part.head.clone();
    let sheet_month = || {
        let written = month::stated(&grid.sheet.name)?;
        Some(StatedMonth { year: written.year, month: written.month, pos: None, text: written.text })
    };
    let month = part.month.clone().or_else(sheet_month);
    let layout = first.layout();

    let mut rows = Rows::default();
    let cells = |from, to| u32::try_from(grid.rows(from, to).flat_map(|row| grid.row(row)).count()).unwrap_or(u32::MAX);
    let mut above = part.top;
    for (header, end) in &part.headers {
        rows.account.cells_read += cells(above, header.last + 1);
        Reader::new(grid, header, &head, labels, spec).read(*end, &mut rows);
        above = *end;
    }
    passed::settle(&mut rows, part.headers.len());
    rows.account.cells_seen = grid.sheet.counted.range(part.top..part.end.max(part.top)).map(|(_, count)| *count).sum();

    for (pos, value) in hidden::unseen(grid, first, &rows, part.top..part.end) {
        rows.add(pos, untitled(grid, first, pos.col), value.shown());
    }
    let columns = columns(grid, first, &rows, part.end);
    let hidden = hidden::find_hidden(grid, part.top..first.first, &rows, &columns, &head);
    let mut errors = head_errors(grid, &head);
    errors.append(&mut rows.errors);
    let (records, nil) = records(rows.drafts, layout, words);
    Some(Form {
        sheet: grid.sheet.name.clone(),
        layout,
        head,
        month,
        header_row: first.first,
        columns,
        records,
        nil,
        account: rows.account,
        aside: rows.aside,
        hidden,
        errors,
    })
}

/// The columns, with those that hold something without a title; a nearly known title counts where its column is filled.
fn columns(grid: &Grid<'_>, header: &Header, rows: &Rows, end: u32) -> Vec<Column> {
    let mut columns = header.columns.clone();
    for column in columns.iter_mut().filter(|column| column.near.is_some()) {
        if !grid.rows(header.last + 1, end).any(|row| grid.filled(Pos::new(row, column.col))) {
            column.near = None;
        }
    }
    for col in &rows.untitled {
        if !columns.iter().any(|column| column.col == *col) {
            let pos = Pos::new(header.first, *col);
            let title = untitled(grid, header, *col);
            columns.push(Column { col: *col, pos, title, role: Role::Extra, near: None });
        }
    }
    columns.sort_by_key(|column| column.col);
    columns
}

fn head_errors(grid: &Grid<'_>, head: &Head) -> Vec<CellError> {
    let fields = [
        (Field::Unit, &head.unit),
        (Field::Reporter, &head.reporter),
        (Field::Contact, &head.contact),
        (Field::Leader, &head.leader),
    ];
    fields
        .into_iter()
        .filter_map(|(field, found)| {
            let pos = found.pos?;
            let text = match grid.value(pos)? {
                Value::Error(text) => text.clone(),
                Value::Uncalculated => String::new(),
                _ => return None,
            };
            Some(CellError { pos, text, field: Some(field) })
        })
        .collect()
}

/// Drafts → records, read and with their duties; the first 零报告 apart.
fn records(drafts: Vec<Draft>, layout: Layout, words: &Lexicon) -> (Vec<Record>, Option<Nil>) {
    let mut records = Vec::new();
    let mut nil = None;
    for draft in drafts {
        let read = |field: Field, written: Written| {
            let facts = match field {
                // It owes a date alone; only a nil return must name somebody here.
                Field::Progress if layout == Layout::Six && !draft.nil => {
                    text::read_without_persons(&written.text, words)
                }
                Field::Progress | Field::Problem | Field::Handling => text::read(&written.text, words),
                _ => Facts::default(),
            };
            Cell { field, pos: written.pos, text: written.text, facts, owes: Duty::default() }
        };
        let mut written = draft.cells.into_iter().zip(FIELDS).map(|(written, field)| read(field, written));
        let (Some(content), Some(method), Some(mut progress), Some(mut problem), Some(mut handling)) =
            (written.next(), written.next(), written.next(), written.next(), written.next())
        else {
            continue;
        };
        let row = draft.row + 1;
        if draft.nil {
            nil.get_or_insert(Nil { row, progress });
            continue;
        }
        text::agree(&mut [(&problem.text, &mut problem.facts), (&handling.text, &mut handling.facts)]);
        duty::lay(layout, &mut progress, &mut problem, &mut handling);
        let extra = draft.extra.into_values().filter(|(_, text)| !text.is_empty()).collect();
        let rows = draft.rows.iter().map(|row| row + 1).collect();
        records.push(Record { row, rows, content, method, progress, problem, handling, extra });
    }
    (records, nil)
}
