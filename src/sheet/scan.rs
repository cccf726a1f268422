//! Our own light look at a sheet of an .xlsx, apart from the reading: how many cells are filled in which row,
//! what is merged and hidden, which formulas have no value. A difference from the reading refuses the file.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::{BytesStart, Event};

use super::kind::damaged;
use super::limit::Meter;
use super::package::{Package, attribute, piece};
use super::shared::{Lengths, blank};
use super::{Merge, ReadError, Value, limit};
use crate::place::Pos;

/// What the look at one sheet saw.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Row → filled cells.
    pub counted: BTreeMap<u32, u32>,
    pub merges: Vec<Merge>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_cols: BTreeSet<u32>,
    /// Hidden columns as often as they are told.
    told_cols: u32,
    /// Values that the reader does not know or lays at another type: newer errors, misplaced texts, formulas
    /// without a value.
    pub own: BTreeMap<Pos, Value>,
    root: String,
    /// How many looks a cell can name.
    looks: u32,
    row: u32,
    /// Whether the row says its number: its cells must then lie in it.
    numbered: bool,
    col: u32,
    cell: Option<Open>,
}

/// The cell under way.
#[derive(Debug)]
struct Open {
    pos: Pos,
    kind: String,
    /// It names a look that is not there: a day would read as a number.
    lookless: bool,
    formula: bool,
    /// Whether a value element is there at all.
    valued: bool,
    value: String,
    /// A number in pieces (CDATA, references, comments) that the reader would cut short.
    pieces: bool,
    /// A value or a text in parts of which the reader would keep one.
    parted: bool,
    /// Texts of its own that are over.
    texts: u32,
    text: String,
    inside: Inside,
    /// Inside a phonetic guide, which is no text of the cell.
    guide: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Value,
    Text,
}

impl Open {
    fn new(pos: Pos, kind: String, lookless: bool) -> Open {
        Open {
            pos,
            kind,
            lookless,
            formula: false,
            valued: false,
            value: String::new(),
            pieces: false,
            parted: false,
            texts: 0,
            text: String::new(),
            inside: Inside::Nothing,
            guide: false,
        }
    }
}

/// Errors that the reader knows.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];

/// Looks through a sheet.
///
/// # Errors
/// Damaged, over a limit, a cell outside the grid, a value that would be misread.
pub(super) fn sheet(
    package: &mut Package<'_>,
    part: &str,
    texts: &Lengths,
    looks: u32,
    meter: &mut Meter,
) -> Result<Scan, ReadError> {
    let mut scan = Scan { looks, ..Scan::default() };
    package.walk(part, |event| match event {
        Event::Start(e) => scan.start(e, meter),
        Event::End(e) => scan.end(e.local_name().as_ref(), texts, meter),
        other => scan.inside(other),
    })?;
    if scan.root != "worksheet" {
        return Err(damaged());
    }
    let counted = &scan.counted;
    scan.hidden_rows.retain(|row| counted.contains_key(row));
    Ok(scan)
}

impl Scan {
    fn start(&mut self, e: &BytesStart<'_>, meter: &mut Meter) -> Result<(), ReadError> {
        if self.root.is_empty() {
            e.local_name().as_ref().clone_into(&mut self.root);
        }
        if let Some(cell) = &mut self.cell {
            match e.local_name().as_ref() {
                "f" => cell.formula = true,
                "v" => {
                    cell.parted |= cell.valued;
                    (cell.inside, cell.valued) = (Inside::Value, true);
                }
                "is" => {
                    cell.parted |= cell.texts > 0;
                    cell.texts += 1;
                }
                "t" if !cell.guide => {
                    cell.parted |= cell.inside == Inside::Text;
                    cell.inside = Inside::Text;
                }
                "rPh" => cell.guide = true,
                _ => {}
            }
            return Ok(());
        }
        match e.local_name().as_ref() {
            "row" => {
                let number = attribute(e, "r")?;
                self.numbered = number.is_some();
                if let Some(number) = number {
                    let number: u64 = number.parse().map_err(|_| damaged())?;
                    self.row = number.checked_sub(1).and_then(|row| u32::try_from(row).ok()).ok_or_else(damaged)?;
                }
                self.col = 0;
                if self.row >= limit::ROWS {
                    return Err(outside(&format!("第 {} 行", u64::from(self.row) + 1)));
                }
                let height = attribute(e, "ht")?.and_then(|ht| ht.parse::<f64>().ok());
                if truth(e, "hidden")? || height == Some(0.0) {
                    self.hidden_rows.insert(self.row);
                }
            }
            "c" => {
                let Named { place, kind, look } = Named::of(e)?;
                let pos = match place {
                    Some(name) => position(&name).ok_or_else(|| outside(&format!("“{}”", limit::quoted(&name))))?,
                    None => Pos::new(self.row, self.col),
                };
                if pos.row >= limit::ROWS || pos.col >= limit::COLUMNS {
                    return Err(outside(&pos.to_string()));
                }
                if self.numbered && pos.row != self.row {
                    return Err(astray(pos, self.row));
                }
                self.col = pos.col + 1;
                meter.seen()?;
                // Without a list of looks there is the plain one alone.
                let lookless = look
                    .filter(|look| !look.is_empty())
                    .is_some_and(|look| look.parse().map_or(true, |look: u32| look >= self.looks.max(1)));
                self.cell = Some(Open::new(pos, kind.unwrap_or_default(), lookless));
            }
            "col" => self.column(e)?,
            "mergeCell" => {
                let range = attribute(e, "ref")?.ok_or_else(damaged)?;
                let (first, last) = range.split_once(':').unwrap_or((&range, &range));
                let (first, last) = position(first).zip(position(last)).ok_or_else(damaged)?;
                if first.row > last.row || first.col > last.col {
                    return Err(damaged());
                }
                meter.merge()?;
                self.merges.push(Merge { first, last });
            }
            _ => {}
        }
        Ok(())
    }

    fn column(&mut self, e: &BytesStart<'_>) -> Result<(), ReadError> {
        let width = attribute(e, "width")?.and_then(|width| width.parse::<f64>().ok());
        if !truth(e, "hidden")? && width != Some(0.0) {
            return Ok(());
        }
        let number = |name| -> Result<u32, ReadError> {
            attribute(e, name)?.and_then(|n| n.parse().ok()).filter(|n| *n >= 1).ok_or_else(damaged)
        };
        let (first, last) = (number("min")?, number("max")?.min(limit::COLUMNS));
        // Every column is told once; a part that tells them all again and again would never come to an end.
        self.told_cols += (last + 1).saturating_sub(first);
        if self.told_cols > 16 * limit::COLUMNS {
            return Err(damaged());
        }
        self.hidden_cols.extend(first - 1..last);
        Ok(())
    }

    fn inside(&mut self, event: &Event<'_>) -> Result<(), ReadError> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        match cell.inside {
            Inside::Nothing => {}
            Inside::Value => {
                cell.pieces |= !matches!(event, Event::Text(_));
                cell.parted |= !matches!(event, Event::Text(_) | Event::GeneralRef(_));
                cell.value.extend(piece(event)?);
            }
            Inside::Text => cell.text.extend(piece(event)?),
        }
        limit::stored(cell.value.len().max(cell.text.len()), || format!("单元格 {} ", cell.pos))
    }

    fn end(&mut self, name: &str, texts: &Lengths, meter: &mut Meter) -> Result<(), ReadError> {
        match (name, &mut self.cell) {
            ("row", None) => self.row = self.row.saturating_add(1),
            ("c", Some(_)) => {
                if let Some(cell) = self.cell.take() {
                    self.close(cell, texts, meter)?;
                }
            }
            ("v" | "t", Some(cell)) => cell.inside = Inside::Nothing,
            ("rPh", Some(cell)) => cell.guide = false,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, cell: Open, texts: &Lengths, meter: &mut Meter) -> Result<(), ReadError> {
        let odd = || {
            ReadError::Unreadable(format!(
                "单元格 {} 的内容存得不合规范，读出来会错，没有采用；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。",
                cell.pos
            ))
        };
        let mut held = cell.text.len().max(cell.value.len());
        let filled = match cell.kind.as_str() {
            "s" if cell.valued && !cell.value.is_empty() => {
                let digits = cell.value.bytes().all(|b| b.is_ascii_digit()) && !cell.pieces;
                let index = cell.value.parse::<usize>().ok().filter(|_| digits);
                held = *index.and_then(|index| texts.get(index)).ok_or_else(odd)?;
                held > 0
            }
            "inlineStr" | "is" => {
                if blank(&cell.text) && !blank(&cell.value) {
                    self.own.insert(cell.pos, Value::Text(cell.value.clone()));
                }
                !blank(&cell.text) || !blank(&cell.value)
            }
            "str" | "d" if cell.valued => !blank(&cell.value),
            "e" if !cell.value.is_empty() => {
                if cell.pieces || !cell.value.starts_with('#') {
                    return Err(odd());
                }
                if !ERRORS.contains(&cell.value.as_str()) {
                    self.own.insert(cell.pos, Value::Error(cell.value.clone()));
                }
                true
            }
            _ if !blank(&cell.value) => {
                if cell.pieces {
                    return Err(odd());
                }
                true
            }
            _ if cell.formula => {
                self.own.insert(cell.pos, Value::Uncalculated);
                true
            }
            _ => false,
        };
        if filled {
            let number = matches!(cell.kind.as_str(), "" | "n");
            if number && cell.lookless || cell.parted {
                return Err(odd());
            }
            meter.held(held)?;
            *self.counted.entry(cell.pos.row).or_insert(0) += 1;
        }
        Ok(())
    }
}

/// What a cell's own tag says of it, every word of it being sound.
#[derive(Default)]
struct Named {
    place: Option<String>,
    kind: Option<String>,
    look: Option<String>,
}

impl Named {
    fn of(e: &BytesStart<'_>) -> Result<Named, ReadError> {
        let mut named = Named::default();
        for attribute in e.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| damaged())?;
            let key = attribute.key.local_name();
            if !matches!(key.as_ref(), "r" | "t" | "s") {
                continue;
            }
            let value =
                attribute.normalized_value(quick_xml::XmlVersion::default()).map_err(|_| damaged())?.into_owned();
            let twice = match key.as_ref() {
                "r" => named.place.replace(value).is_some(),
                "t" => named.kind.replace(value).is_some(),
                _ => named.look.replace(value).is_some(),
            };
            if twice {
                return Err(damaged());
            }
        }
        Ok(named)
    }
}

fn astray(pos: Pos, row: u32) -> ReadError {
    ReadError::Unreadable(format!(
        "单元格 {pos} 存在第 {} 行里，位置前后不一，不知道该信哪一个；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。",
        u64::from(row) + 1
    ))
}

fn outside(place: &str) -> ReadError {
    ReadError::Unreadable(format!(
        "单元格位置{place}超出了表格范围，文件可能已损坏；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。"
    ))
}

fn truth(e: &BytesStart<'_>, name: &str) -> Result<bool, ReadError> {
    Ok(attribute(e, name)?.is_some_and(|v| v == "1" || v == "true"))
}

/// A cell's name (`E7`, `$E$7`) as a place inside the grid.
fn position(name: &str) -> Option<Pos> {
    let name = name.replace('$', "");
    let at = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(at);
    if letters.is_empty() || letters.len() > 3 || digits.len() > 7 {
        return None;
    }
    let mut col = 0_u32;
    for b in letters.bytes() {
        if !b.is_ascii_alphabetic() {
            return None;
        }
        col = col * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1;
    }
    let row: u32 = digits.parse().ok()?;
    ((1..=limit::ROWS).contains(&row) && col <= limit::COLUMNS).then(|| Pos::new(row - 1, col - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_name_outside_the_grid_is_no_place() {
        assert_eq!(position("E7"), Some(Pos::new(6, 4)));
        assert_eq!(position("$XFD$1048576"), Some(Pos::new(1_048_575, 16_383)));
        for name in ["", "7", "E", "E0", "XFE1", "A1048577", "A4294967299", "AAAAAAA1", "七7", "E7x"] {
            assert_eq!(position(name), None, "{name}");
        }
    }
}
