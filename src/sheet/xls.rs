//! The old format (.xls, .et). Its container and records are walked first; the values come from calamine, which gets
//! a container made anew: nothing in it but the stream that was walked.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls};

use super::compound::{self, Compound};
use super::kind::damaged;
use super::limit::Meter;
use super::{Book, Merge, ReadError, Sheet, Value, biff, guard, limit, value};
use crate::place::Pos;

/// Reads an .xls or .et.
///
/// # Errors
/// Says why not.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let compound = Compound::open(bytes).ok_or_else(damaged)?;
    let mut stream = compound.stream("Workbook").or_else(|| compound.stream("Book")).ok_or_else(damaged)?;
    drop(compound);
    let outline = biff::walk(&stream)?;
    for at in &outline.dimensions {
        if let Some(kind) = stream.get_mut(*at..*at + 2) {
            kind.copy_from_slice(&biff::IGNORED.to_le_bytes());
        }
    }
    let container = compound::pack("Workbook", stream).ok_or_else(damaged)?;
    let opened = guard::quietly(|| Xls::new(Cursor::new(container))).ok_or_else(damaged)?;
    let mut book = opened.map_err(|error| match error {
        calamine::XlsError::Password => ReadError::Encrypted,
        _ => damaged(),
    })?;
    let from_1904 = book.has_1904_epoch();
    let listed = book.sheets_metadata().to_vec();
    if listed.len() != outline.sheets.len() {
        return Err(damaged());
    }
    let mut sheets = Vec::new();
    let mut meter = Meter::default();
    for (at, (known, outline)) in listed.iter().zip(&outline.sheets).enumerate() {
        if known.typ != SheetType::WorkSheet {
            continue;
        }
        if listed.iter().take(at).any(|other| other.name == known.name) {
            return Err(ReadError::Unreadable(format!(
                "有两张工作表都叫“{}”，分不清该读哪一张；请改名后再报。",
                value::clean(&known.name)
            )));
        }
        let range = guard::quietly(|| book.worksheet_range(&known.name)).ok_or_else(damaged)?.map_err(|_| damaged())?;
        let (top, left) = range.start().unwrap_or((0, 0));
        let mut cells = BTreeMap::new();
        let mut counted = BTreeMap::new();
        let mut read = 0;
        for (row, col, data) in range.used_cells() {
            let (row, col) = u32::try_from(row).ok().zip(u32::try_from(col).ok()).ok_or_else(damaged)?;
            let pos = Pos::new(top + row, left + col);
            // A value where the walk saw none, or the other way round, would be a wrong reading.
            let seen = outline.cells.get(&pos).ok_or_else(|| differs(&known.name))?;
            if !seen.may_be_empty {
                read += 1;
            }
            let Some(found) = content(data, from_1904, seen.percent) else { continue };
            // The format has no checksum: this much is seen of a damaged text.
            if matches!(&found, Value::Text(text) if value::is_garbled(text)) {
                return Err(damaged());
            }
            meter.cell(if let Value::Text(text) = &found { text } else { "" }, || format!("单元格 {pos}"))?;
            *counted.entry(pos.row).or_insert(0) += 1;
            cells.insert(pos, found);
        }
        if read != outline.cells.values().filter(|cell| !cell.may_be_empty).count() {
            return Err(differs(&known.name));
        }
        // A formula whose text was never stored.
        for pos in outline.lost_texts.iter().filter(|pos| !cells.contains_key(pos)).copied().collect::<Vec<_>>() {
            *counted.entry(pos.row).or_insert(0) += 1;
            cells.insert(pos, Value::Uncalculated);
        }
        let merges = book.merge_cells_by_sheet_name(&known.name).unwrap_or_default();
        if merges.len() > limit::MERGES {
            return Err(limit::over("合并单元格", merges.len(), limit::MERGES));
        }
        let merges =
            merges.iter().map(|m| Merge { first: Pos::new(m.start.0, m.start.1), last: Pos::new(m.end.0, m.end.1) });
        sheets.push(Sheet {
            name: value::clean(&known.name),
            hidden: known.visible != SheetVisible::Visible,
            merges: merges.filter(|m| m.first.row <= m.last.row && m.first.col <= m.last.col).collect(),
            hidden_rows: outline.hidden_rows.iter().copied().filter(|row| counted.contains_key(row)).collect(),
            hidden_cols: outline.hidden_cols.clone(),
            cells,
            counted,
        });
    }
    Ok(Book { sheets })
}

fn differs(sheet: &str) -> ReadError {
    ReadError::Unreadable(format!(
        "工作表“{}”里数出的单元格和读出的对不上，没有采用；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。",
        value::clean(sheet)
    ))
}

fn content(data: &Data, from_1904: bool, percent: Option<usize>) -> Option<Value> {
    let number = |n: f64| value::finite(n, percent.filter(|_| n.is_finite()).map(|d| value::percent(n, d)));
    Some(match data {
        Data::Empty => return None,
        Data::Int(n) => number(n.to_string().parse().ok()?),
        Data::Float(n) => number(*n),
        Data::String(text) if value::blank(text) => return None,
        Data::String(text) => Value::Text(text.clone()),
        Data::Bool(yes) => Value::Bool(*yes),
        Data::DateTime(when) => value::dated(when.as_f64(), from_1904, when.is_duration()),
        Data::DateTimeIso(text) => value::iso(text).map_or_else(|| Value::Text(text.clone()), Value::Date),
        Data::DurationIso(text) => Value::Text(text.clone()),
        Data::Error(error) => Value::Error(error.to_string()),
    })
}
