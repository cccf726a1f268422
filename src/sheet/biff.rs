//! The records of the old format (.xls), walked before its reader believes them: every record inside the
//! stream, every cell inside the grid. Gives what the reader leaves out: hidden rows and columns, percents, and
//! a count of the filled cells of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::damaged;
use super::{ReadError, limit, value};
use crate::place::Pos;

/// What the walk saw of a workbook.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// In the workbook's order.
    pub sheets: Vec<SheetOutline>,
}

/// What the walk saw of a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetOutline {
    /// Cells that hold a value; of a formula's cell also where its result is empty.
    pub cells: BTreeMap<Pos, CellOutline>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_cols: BTreeSet<u32>,
}

/// What the walk saw of a cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellOutline {
    pub formula: bool,
    /// Decimals of its percent format.
    pub percent: Option<usize>,
}

struct Records<'a> {
    rest: &'a [u8],
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

impl<'a> Records<'a> {
    /// The next record, or none at the end.
    fn next(&mut self) -> Result<Option<(u16, &'a [u8])>, ReadError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let kind = half(self.rest, 0).ok_or_else(damaged)?;
        let length = usize::from(half(self.rest, 2).ok_or_else(damaged)?);
        let data = self.rest.get(4..4 + length).ok_or_else(damaged)?;
        self.rest = self.rest.get(4 + length..).unwrap_or(&[]);
        Ok(Some((kind, data)))
    }
}

/// The workbook's own records: where the sheets begin, what the formats are.
#[derive(Default)]
struct Globals {
    offsets: Vec<usize>,
    /// Format number → decimals of a percent.
    percents: BTreeMap<u16, usize>,
    /// Style → format number.
    styles: Vec<u16>,
}

/// Walks the stream of a workbook.
///
/// # Errors
/// Damaged, protected by a password, over a limit.
pub(super) fn walk(stream: &[u8]) -> Result<Outline, ReadError> {
    let globals = globals(stream)?;
    if globals.offsets.len() > limit::SHEETS {
        return Err(limit::over("工作表数", globals.offsets.len(), limit::SHEETS));
    }
    let mut outline = Outline::default();
    let mut filled = 0;
    let mut boxes = 0;
    for offset in &globals.offsets {
        let sheet = sheet(stream.get(*offset..).filter(|rest| !rest.is_empty()).ok_or_else(damaged)?, &globals)?;
        filled += sheet.cells.len();
        let rows = sheet.cells.keys().next().zip(sheet.cells.keys().next_back());
        let cols = sheet.cells.keys().map(|p| p.col).min().zip(sheet.cells.keys().map(|p| p.col).max());
        if let (Some((top, bottom)), Some((left, right))) = (rows, cols) {
            boxes += u64::from(bottom.row - top.row + 1) * u64::from(right - left + 1);
        }
        outline.sheets.push(sheet);
    }
    if u64::try_from(filled).unwrap_or(u64::MAX) > limit::FILLED_CELLS {
        return Err(limit::over("有内容的单元格", filled, limit::FILLED_CELLS));
    }
    if boxes > limit::OLD_BOX {
        return Err(limit::over("表格范围（很远的地方也有内容）", boxes, limit::OLD_BOX));
    }
    Ok(outline)
}

fn globals(stream: &[u8]) -> Result<Globals, ReadError> {
    let mut globals = Globals::default();
    globals.percents.extend([(9, 0), (10, 2)]);
    let mut records = Records { rest: stream };
    while let Some((kind, data)) = records.next()? {
        match kind {
            // FilePass
            0x002f => return Err(ReadError::Encrypted),
            // BoundSheet
            0x0085 => {
                let offset = word(data, 0).and_then(|offset| usize::try_from(offset).ok()).ok_or_else(damaged)?;
                globals.offsets.push(offset);
            }
            // Format; only its Latin characters matter here.
            0x041e | 0x001e => {
                if let (Some(number), Some(rest)) = (half(data, 0), format_code(data)) {
                    let code: String = rest.iter().filter(|b| b.is_ascii_graphic()).map(|b| char::from(*b)).collect();
                    match value::percent_decimals(&code) {
                        Some(decimals) => globals.percents.insert(number, decimals),
                        None => globals.percents.remove(&number),
                    };
                }
            }
            // XF
            0x00e0 => globals.styles.push(half(data, 2).ok_or_else(damaged)?),
            // EOF
            0x000a => return Ok(globals),
            _ => {}
        }
    }
    Err(damaged())
}

/// The characters of a format, behind its number and length.
fn format_code(data: &[u8]) -> Option<&[u8]> {
    let count = usize::from(half(data, 2)?);
    let wide = data.get(4).is_some_and(|flags| flags & 1 == 1);
    let new = data.len() == 5 + count * if wide { 2 } else { 1 };
    data.get(if new { 5 } else { 3 }..)
}

fn sheet(stream: &[u8], globals: &Globals) -> Result<SheetOutline, ReadError> {
    let mut sheet = SheetOutline::default();
    let mut records = Records { rest: stream };
    // Charts inside a sheet are sheets of their own; their cells are none of the sheet's. The sheet's own
    // beginning comes first; a few programs point behind it.
    let mut begun = false;
    let mut inside = 0_u32;
    while let Some((kind, data)) = records.next()? {
        match kind {
            0x0809 if begun => inside += 1,
            0x0809 => begun = true,
            0x000a if inside == 0 => return Ok(sheet),
            0x000a => inside -= 1,
            _ if inside > 0 => {}
            // Number, Label, RString, BoolErr, RK, LabelSst, Formula
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 => {
                let (row, col) = half(data, 0).zip(half(data, 2)).ok_or_else(damaged)?;
                let style = half(data, 4).ok_or_else(damaged)?;
                put(&mut sheet, row, col, style, kind == 0x0006, globals)?;
            }
            // MulRk: several numbers side by side
            0x00bd => {
                let (row, first) = half(data, 0).zip(half(data, 2)).ok_or_else(damaged)?;
                let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or(&[]);
                for (at, six) in numbers.chunks_exact(6).enumerate() {
                    let col = u16::try_from(at).ok().and_then(|at| first.checked_add(at)).ok_or_else(damaged)?;
                    put(&mut sheet, row, col, half(six, 0).ok_or_else(damaged)?, false, globals)?;
                }
            }
            // Dimensions: the reader sets aside room for all of it.
            0x0200 => dimensions(data)?,
            // Row
            0x0208 => {
                if let (Some(row), Some(flags)) = (half(data, 0), half(data, 12))
                    && (flags & 0x20 != 0)
                {
                    sheet.hidden_rows.insert(u32::from(row));
                }
            }
            // ColInfo
            0x007d => {
                if let (Some(first), Some(last), Some(flags)) = (half(data, 0), half(data, 2), half(data, 8))
                    && flags & 1 != 0
                {
                    sheet.hidden_cols.extend(u32::from(first)..=u32::from(last.min(255)));
                }
            }
            _ => {}
        }
    }
    Err(damaged())
}

fn put(
    sheet: &mut SheetOutline,
    row: u16,
    col: u16,
    style: u16,
    formula: bool,
    globals: &Globals,
) -> Result<(), ReadError> {
    if col > 255 {
        return Err(damaged());
    }
    let format = globals.styles.get(usize::from(style));
    let percent = format.and_then(|format| globals.percents.get(format)).copied();
    sheet.cells.insert(Pos::new(u32::from(row), u32::from(col)), CellOutline { formula, percent });
    Ok(())
}

fn dimensions(data: &[u8]) -> Result<(), ReadError> {
    let (first, last, left, right) = match data.len() {
        10 => {
            let at = |at| half(data, at).map(u32::from).ok_or_else(damaged);
            (at(0)?, at(2)?, at(4)?, at(6)?)
        }
        14 | 16 => {
            let row = |at| word(data, at).ok_or_else(damaged);
            let col = |at| half(data, at).map(u32::from).ok_or_else(damaged);
            (row(0)?, row(4)?, col(8)?, col(10)?)
        }
        _ => return Err(damaged()),
    };
    let orderly = (last == 0 || first < last) && last <= 65_536 && right <= 256 && left <= 256;
    if orderly { Ok(()) } else { Err(damaged()) }
}
