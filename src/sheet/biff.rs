//! The records of the old format (.xls), walked before its reader believes them: every record inside the
//! stream, every cell inside the grid. Gives what the reader leaves out: hidden rows and columns, percents, and
//! a count of the filled cells of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::kind::damaged;
use super::strings::Strings;
use super::{ReadError, limit, value};
use crate::place::Pos;

/// A kind of record that means nothing to any reader.
pub(super) const IGNORED: u16 = 0xffff;

/// What the walk saw of a workbook.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// In the workbook's order.
    pub sheets: Vec<SheetOutline>,
    /// Where in the stream a sheet states its size: the reader sets aside room for all of it, filled or not.
    pub dimensions: Vec<usize>,
}

/// What the walk saw of a sheet.
#[derive(Debug, Default)]
pub(super) struct SheetOutline {
    /// Cells that hold a value; of a formula whose result is a text also where that is empty.
    pub cells: BTreeMap<Pos, CellOutline>,
    /// Formulas whose result is a text that is not there.
    pub lost_texts: BTreeSet<Pos>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_cols: BTreeSet<u32>,
}

/// What the walk saw of a cell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CellOutline {
    /// A formula whose result may be an empty text, which the reader leaves out.
    pub may_be_empty: bool,
    /// Decimals of its percent format.
    pub percent: Option<usize>,
}

struct Records<'a> {
    rest: &'a [u8],
}

pub(super) fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
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

    /// The lengths of the shared texts that begin in `data` and go on in the records behind it.
    fn strings(&self, data: &'a [u8]) -> Result<Strings, ReadError> {
        let mut rest = Records { rest: self.rest };
        let mut pieces = vec![data];
        while half(rest.rest, 0) == Some(0x003c) && pieces.len() <= limit::CONTINUED {
            pieces.extend(rest.next()?.map(|(_, data)| data));
        }
        Strings::measure(&pieces)
    }
}

/// The workbook's own records: where the sheets begin, what the formats and the shared texts are.
#[derive(Default)]
struct Globals {
    offsets: Vec<usize>,
    strings: Strings,
    /// Format number → decimals of a percent.
    percents: BTreeMap<u16, usize>,
    /// Style → format number.
    styles: Vec<u16>,
}

/// Walks the stream of a workbook. What its list of texts says of how often cells name them is no check: programs that
/// fill in templates leave texts that no cell names any more.
///
/// # Errors
/// Damaged, protected by a password, over a limit.
pub(super) fn walk(stream: &[u8]) -> Result<Outline, ReadError> {
    let globals = globals(stream)?;
    let mut outline = Outline::default();
    let mut spent = Spent::default();
    for offset in &globals.offsets {
        let rest = stream.get(*offset..).filter(|rest| !rest.is_empty()).ok_or_else(damaged)?;
        let mut records = Records { rest };
        let sheet = sheet(&mut records, &globals, &mut spent, |rest| outline.dimensions.push(stream.len() - rest))?;
        // Sheets that share their records would be walked, and read, as often as they are named.
        spent.bytes += rest.len() - records.rest.len();
        if spent.bytes > stream.len() {
            return Err(damaged());
        }
        let rows = sheet.cells.keys().next().zip(sheet.cells.keys().next_back());
        let cols = sheet.cells.keys().map(|p| p.col).min().zip(sheet.cells.keys().map(|p| p.col).max());
        if let (Some((top, bottom)), Some((left, right))) = (rows, cols) {
            spent.boxes += u64::from(bottom.row - top.row + 1) * u64::from(right - left + 1);
        }
        if spent.boxes > limit::OLD_BOX {
            return Err(limit::over("表格范围（很远的地方也有内容）", spent.boxes, limit::OLD_BOX));
        }
        outline.sheets.push(sheet);
    }
    Ok(outline)
}

/// What the sheets have taken so far.
#[derive(Default)]
struct Spent {
    bytes: usize,
    /// Cells as often as they are written, also where one overwrites another.
    cells: u64,
    /// Bytes of shared text: the reader copies it into every cell.
    text: u64,
    boxes: u64,
}

impl Spent {
    fn cell(&mut self) -> Result<(), ReadError> {
        self.cells += 1;
        if self.cells > limit::FILLED_CELLS {
            return Err(limit::over("有内容的单元格", self.cells, limit::FILLED_CELLS));
        }
        Ok(())
    }

    fn text(&mut self, bytes: u32) -> Result<(), ReadError> {
        self.text += u64::from(bytes);
        if usize::try_from(self.text).map_or(true, |text| text > limit::TEXT_BYTES) {
            let megabytes = |bytes| format!("{} MB", bytes >> 20);
            return Err(limit::over("文字总量", megabytes(self.text), format!("{} MB", limit::TEXT_BYTES >> 20)));
        }
        Ok(())
    }
}

fn globals(stream: &[u8]) -> Result<Globals, ReadError> {
    let mut globals = Globals::default();
    globals.percents.extend([(9, 0), (10, 2)]);
    let mut records = Records { rest: stream };
    let mut continued = 0;
    while let Some((kind, data)) = records.next()? {
        match kind {
            // Continue: the reader moves all that follow at every one.
            0x003c => {
                continued += 1;
                if continued > limit::CONTINUED {
                    return Err(limit::over("文件内的续接段数", continued, limit::CONTINUED));
                }
            }
            // SST
            0x00fc => globals.strings = records.strings(data)?,
            // FilePass
            0x002f => return Err(ReadError::Encrypted),
            // BoundSheet
            0x0085 => {
                let offset = word(data, 0).and_then(|offset| usize::try_from(offset).ok()).ok_or_else(damaged)?;
                globals.offsets.push(offset);
                if globals.offsets.len() > limit::SHEETS {
                    return Err(limit::over("工作表数", globals.offsets.len(), limit::SHEETS));
                }
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

fn sheet(
    records: &mut Records<'_>,
    globals: &Globals,
    spent: &mut Spent,
    mut sized: impl FnMut(usize),
) -> Result<SheetOutline, ReadError> {
    let mut sheet = SheetOutline::default();
    // Charts inside a sheet are sheets of their own; their cells are none of the sheet's. The sheet's own
    // beginning comes first; a few programs point behind it.
    let mut begun = false;
    // A sheet that is a chart holds the numbers of its series, one below the other in the same places.
    let mut chart = false;
    let mut inside = 0_u32;
    // The formula that waits for its text.
    let mut waiting = None;
    loop {
        let at = records.rest.len();
        let Some((kind, data)) = records.next()? else { return Err(damaged()) };
        match kind {
            0x0809 if begun => inside += 1,
            0x0809 => (begun, chart) = (true, half(data, 2) == Some(0x0020)),
            _ if chart && !matches!(kind, 0x000a | 0x0200) => {}
            0x000a if inside == 0 => {
                sheet.lost_texts.extend(waiting);
                return Ok(sheet);
            }
            0x000a => inside -= 1,
            _ if inside > 0 => {}
            // Number, Label, RString, BoolErr, RK, LabelSst, Formula, and the formulas of older programs
            0x0203 | 0x0204 | 0x00d6 | 0x0205 | 0x027e | 0x00fd | 0x0006 | 0x0206 | 0x0406 => {
                let (row, col) = half(data, 0).zip(half(data, 2)).ok_or_else(damaged)?;
                let style = half(data, 4).ok_or_else(damaged)?;
                if kind == 0x00fd {
                    spent.text(globals.strings.bytes(word(data, 6).ok_or_else(damaged)?))?;
                }
                spent.cell()?;
                let may_be_empty =
                    kind == 0x0006 && data.get(12..14) == Some(&[0xff; 2]) && matches!(data.get(6), Some(0 | 3));
                put(&mut sheet, row, col, style, may_be_empty, globals)?;
                sheet.lost_texts.extend(waiting.take());
                let told = kind == 0x0006 && may_be_empty && data.get(6) == Some(&0);
                waiting = told.then(|| Pos::new(u32::from(row), u32::from(col)));
            }
            // String: the text of the formula before
            0x0207 => waiting = None,
            // MulRk: several numbers side by side
            0x00bd => {
                let (row, first) = half(data, 0).zip(half(data, 2)).ok_or_else(damaged)?;
                let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or(&[]);
                for (at, six) in numbers.chunks_exact(6).enumerate() {
                    let col = u16::try_from(at).ok().and_then(|at| first.checked_add(at)).ok_or_else(damaged)?;
                    spent.cell()?;
                    put(&mut sheet, row, col, half(six, 0).ok_or_else(damaged)?, false, globals)?;
                }
            }
            // Dimensions
            0x0200 => {
                dimensions(data)?;
                sized(at);
            }
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
}

fn put(
    sheet: &mut SheetOutline,
    row: u16,
    col: u16,
    style: u16,
    may_be_empty: bool,
    globals: &Globals,
) -> Result<(), ReadError> {
    if col > 255 {
        return Err(damaged());
    }
    let format = globals.styles.get(usize::from(style));
    // Without its style a day would read as a number; and of two values of one cell nobody knows the right one.
    if format.is_none() && !globals.styles.is_empty() {
        return Err(damaged());
    }
    let percent = format.and_then(|format| globals.percents.get(format)).copied();
    let pos = Pos::new(u32::from(row), u32::from(col));
    if sheet.cells.insert(pos, CellOutline { may_be_empty, percent }).is_some() {
        return Err(ReadError::Unreadable(format!(
            "单元格 {pos} 出现两次，不知道该信哪一个；请用 WPS 或 Excel 打开核对，另存为 .xlsx 再报。"
        )));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    const BEGIN: [u8; 8] = [0x09, 0x08, 4, 0, 0, 6, 5, 0];
    const END: [u8; 4] = [0x0a, 0, 0, 0];

    /// A workbook with further records of its own, and sheets, all of the same records; with `shared`, the same
    /// records for all.
    fn workbook(own: &[u8], sheets: u32, records: &[u8], shared: bool) -> Vec<u8> {
        let sheet = [&BEGIN[..], records, &END].concat();
        let start = u32::try_from(BEGIN.len() + own.len() + 12 * sheets as usize + END.len()).unwrap();
        let mut stream = [&BEGIN[..], own].concat();
        for at in 0..sheets {
            let offset = start + if shared { 0 } else { at * u32::try_from(sheet.len()).unwrap() };
            stream.extend(record(0x0085, &[&offset.to_le_bytes()[..], &[0; 4]].concat()));
        }
        stream.extend(END);
        (0..if shared { 1 } else { sheets }).for_each(|_| stream.extend(&sheet));
        stream
    }

    fn number(row: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &[0; 12]].concat())
    }

    fn refusal(stream: &[u8]) -> String {
        match walk(stream) {
            Err(ReadError::Unreadable(line)) => line,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_sheet_that_is_named_often_is_not_walked_often() {
        let cells = (0..100).map(number).collect::<Vec<_>>().concat();
        assert_eq!(walk(&workbook(&[], 20, &cells, false)).unwrap().sheets.len(), 20);
        assert!(refusal(&workbook(&[], 20, &cells, true)).contains("已损坏"));
    }

    #[test]
    fn a_text_counts_as_often_as_it_is_copied() {
        let text = [&32_000_u16.to_le_bytes()[..], &[0], &[b'x'; 32_000]].concat();
        let shared = record(0x00fc, &[&[0; 8], &text[..]].concat());
        let cell = |row: u16| record(0x00fd, &[&row.to_le_bytes()[..], &[0; 8]].concat());
        let named = |count| workbook(&shared, 1, &(0..count).map(cell).collect::<Vec<_>>().concat(), false);
        assert_eq!(walk(&named(700)).unwrap().sheets[0].cells.len(), 700);
        assert!(refusal(&named(800)).contains("文字总量"));
    }

    #[test]
    fn records_do_not_go_on_for_ever() {
        let own = |count| [record(0x00fc, &[0; 8]), record(0x003c, &[0; 3]).repeat(count)].concat();
        assert!(walk(&workbook(&own(30_000), 1, &[], false)).is_ok());
        assert!(refusal(&workbook(&own(32_001), 1, &[], false)).contains("续接"));
    }

    #[test]
    fn a_cell_written_again_and_again_counts_each_time() {
        let numbers = record(0x00bd, &[&[0; 4][..], &[0; 6 * 200], &[0; 2]].concat());
        assert!(refusal(&workbook(&[], 1, &numbers.repeat(10_001), false)).contains("单元格"));
    }

    #[test]
    fn the_size_that_a_sheet_states_is_found() {
        let size = record(0x0200, &[0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
        let stream = workbook(&[], 2, &[number(0), size].concat(), false);
        let found = walk(&stream).unwrap().dimensions;
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|at| half(&stream, *at) == Some(0x0200)));
    }
}
