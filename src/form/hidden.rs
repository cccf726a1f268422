//! Hidden rows, columns and sheets that hold data of a form, and cells under merged ones. A hidden list for
//! dropdowns holds none.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::grid::Grid;
use super::locate::Header;
use super::rows::Rows;
use super::{Column, Head, Hidden, Role};
use crate::near;
use crate::place::{Pos, column_letters};
use crate::sheet::Value;

/// Fewer letters tell nothing.
const SHORTEST: usize = 4;

/// Finds the hidden parts of a form: the whole sheet, runs of rows and columns, cells under a merged range.
pub(super) fn find_hidden(
    grid: &Grid<'_>,
    head_rows: Range<u32>,
    rows: &Rows,
    columns: &[Column],
    head: &Head,
) -> Vec<Hidden> {
    let sheet = grid.sheet;
    let mut hidden = Vec::new();
    if sheet.hidden {
        let pos = sheet.cells.keys().next().copied();
        hidden.push(Hidden { pos, what: format!("工作表“{}”", sheet.name) });
    }
    let told = grid.rows(head_rows.start, head_rows.end).chain(rows.data.iter().copied());
    let hidden_rows: Vec<u32> = told.filter(|row| sheet.hidden_rows.contains(row)).collect();
    for run in runs(&hidden_rows) {
        let pos = grid.row(run.start).map(|(pos, _)| pos).next();
        let last = run.end;
        let what = match run.start + 1 {
            first if first == last => format!("第 {first} 行"),
            first => format!("第 {first} 至 {last} 行"),
        };
        hidden.push(Hidden { pos, what });
    }
    let values = [&head.unit, &head.reporter, &head.contact, &head.leader];
    let headed = values.into_iter().filter(|field| !field.value.is_empty()).filter_map(|field| field.pos);
    let mut hidden_cols: Vec<(u32, Pos)> = headed.map(|pos| (pos.col, pos)).collect();
    let telling: BTreeSet<u32> = columns
        .iter()
        .filter(|column| column.role != Role::Number && sheet.hidden_cols.contains(&column.col))
        .map(|column| column.col)
        .collect();
    if !telling.is_empty() {
        let cells = rows.data.iter().flat_map(|row| grid.row(*row));
        let mut first: BTreeMap<u32, Pos> = BTreeMap::new();
        for (pos, _) in cells.filter(|(pos, _)| telling.contains(&pos.col)) {
            first.entry(pos.col).or_insert(pos);
        }
        hidden_cols.extend(first);
    }
    hidden_cols.retain(|(col, _)| sheet.hidden_cols.contains(col));
    hidden_cols.sort_unstable();
    let numbers: Vec<u32> = hidden_cols.iter().map(|(col, _)| *col).collect();
    for run in runs(&numbers) {
        let pos = hidden_cols.iter().find(|(col, _)| *col == run.start).map(|(_, pos)| *pos);
        let (first, last) = (column_letters(run.start), column_letters(run.end - 1));
        let what = if first == last { format!("{first} 列") } else { format!("{first} 至 {last} 列") };
        hidden.push(Hidden { pos, what });
    }
    hidden.extend(under_merges(grid, head_rows, rows, columns));
    hidden
}

/// Texts that stand beside records in hidden columns without a title, which nobody sees. A column that goes on above or
/// below the records, or that repeats what is chosen in them, is a list for dropdowns or made from the record.
pub(super) fn unseen<'a>(grid: &Grid<'a>, header: &Header, rows: &Rows, part: Range<u32>) -> Vec<(Pos, &'a Value)> {
    let sheet = grid.sheet;
    let titled = |col: u32| header.columns.iter().any(|column| column.col == col);
    let hidden: BTreeSet<u32> = sheet.hidden_cols.iter().copied().filter(|col| !titled(*col)).collect();
    if hidden.is_empty() {
        return Vec::new();
    }
    let mut columns: BTreeMap<u32, Vec<(Pos, &Value)>> = BTreeMap::new();
    for (pos, value) in grid.rows(part.start, part.end).flat_map(|row| grid.row(row)) {
        if hidden.contains(&pos.col) {
            columns.entry(pos.col).or_default().push((pos, value));
        }
    }
    let chosen: BTreeSet<String> = rows.drafts.iter().flat_map(|draft| draft.chosen()).collect();
    let told = |cells: &Vec<(Pos, &Value)>| {
        let texts: Vec<String> = cells.iter().map(|(_, value)| near::key(&value.shown())).collect();
        cells.iter().all(|(pos, value)| rows.data.contains(&pos.row) && matches!(value, Value::Text(_)))
            && texts.iter().any(|text| text.chars().filter(|c| c.is_alphabetic()).count() >= SHORTEST)
            && !texts.iter().any(|text| chosen.iter().any(|choice| text.contains(choice.as_str())))
    };
    columns.into_values().filter(told).flatten().collect()
}

/// Cells that a merged one lies over, all of a sheet as one: pasting over a merged range, or merging without the
/// spreadsheet's warning, leaves them in the file. One that repeats what is seen, mere marks (无 and 无。), or a number of
/// a row, hide nothing.
fn under_merges(grid: &Grid<'_>, head_rows: Range<u32>, rows: &Rows, columns: &[Column]) -> Option<Hidden> {
    let counts = |pos: &Pos| columns.iter().any(|column| column.col == pos.col && column.role == Role::Number);
    let told = grid.rows(head_rows.start, head_rows.end).chain(rows.data.iter().copied());
    let cells = told.flat_map(|row| grid.row(row)).map(|(pos, _)| pos).filter(|pos| !counts(pos));
    let under = |pos: &Pos| {
        let merge = grid.cover(*pos).filter(|merge| merge.first != *pos);
        let words = |pos: Pos| grid.text(pos).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        merge.is_some_and(|merge| !matches!(words(*pos), own if own.is_empty() || own == words(merge.first)))
    };
    let under: Vec<Pos> = cells.filter(under).collect();
    let named: Vec<String> = under.iter().take(3).map(Pos::to_string).collect();
    let more = if under.len() > named.len() { format!("等 {} 格", under.len()) } else { String::new() };
    let pos = under.first().copied();
    pos.map(|pos| Hidden { pos: Some(pos), what: format!("合并单元格盖住的 {}{more}", named.join("、")) })
}

/// Sorted numbers as runs of neighbours.
fn runs(numbers: &[u32]) -> Vec<Range<u32>> {
    let mut runs: Vec<Range<u32>> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some(run) if *number <= run.end => run.end = run.end.max(number + 1),
            _ => runs.push(*number..number + 1),
        }
    }
    runs
}
