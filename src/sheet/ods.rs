//! The OpenDocument format (.ods), read by ourselves in one pass: repeated cells are never spread out, and
//! merges, hidden rows, columns and sheets come along.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::kind::damaged;
use super::limit::Meter;
use super::package::{Package, attribute, piece};
use super::{Book, Merge, ReadError, Sheet, Value, limit, mend, value};
use crate::place::Pos;

/// Reads an .ods.
///
/// # Errors
/// Says why not.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let bytes = mend::narrow(bytes)?;
    let mut package = Package::open(&bytes)?;
    if package.has("META-INF/manifest.xml") {
        let mut locked = false;
        package.walk("META-INF/manifest.xml", |event| {
            locked |= matches!(event, Event::Start(e) if e.local_name().as_ref() == "encryption-data");
            Ok(())
        })?;
        if locked {
            return Err(ReadError::Encrypted);
        }
    }
    let mut reading = Reading::default();
    package.walk("content.xml", |event| match event {
        Event::Start(e) => reading.start(e),
        Event::End(e) => reading.end(e.local_name().as_ref()),
        other => reading.text(other),
    })?;
    if !reading.complete || !reading.spreadsheet || reading.sheets.is_empty() {
        return Err(damaged());
    }
    Ok(Book { sheets: reading.sheets })
}

/// The reading under way.
#[derive(Default)]
struct Reading {
    sheets: Vec<Sheet>,
    /// The end of the document was seen.
    complete: bool,
    /// It is a spreadsheet, no text with tables.
    spreadsheet: bool,
    meter: Meter,
    /// The style under way, and the styles that hide a sheet.
    style: String,
    hiding: BTreeSet<String>,
    sheet: Option<Sheet>,
    /// Tables inside cells and drawings: no sheets of their own.
    nested: u32,
    row: u32,
    row_repeat: u32,
    row_hidden: bool,
    /// Hidden groups of rows or columns around the place.
    groups: Vec<bool>,
    col: u32,
    column: u32,
    cell: Option<Open>,
    /// Inside a note, a drawing or another thing that is no text of the cell.
    aside: u32,
    /// The cells of the row under way, to be repeated with it.
    row_cells: Vec<(u32, Value)>,
}

/// The cell under way.
#[derive(Default)]
struct Open {
    repeat: u32,
    rows: u32,
    cols: u32,
    kind: String,
    amount: String,
    formula: bool,
    error: bool,
    text: String,
    paragraphs: u32,
    inside: bool,
}

impl Reading {
    fn start(&mut self, e: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = e.local_name();
        let name = name.as_ref();
        if self.aside > 0 || is_aside(name) {
            self.aside += 1;
            return Ok(());
        }
        match name {
            "spreadsheet" => self.spreadsheet = true,
            "style" => self.style = attribute(e, "name")?.unwrap_or_default(),
            "table-properties" if attribute(e, "display")?.as_deref() == Some("false") => {
                self.hiding.insert(self.style.clone());
            }
            "table" if self.sheet.is_some() => self.nested += 1,
            "table" => self.open_sheet(e)?,
            _ if self.sheet.is_none() || self.nested > 0 => {}
            "table-row-group" | "table-column-group" => {
                self.groups.push(attribute(e, "display")?.as_deref() == Some("false"));
            }
            "table-column" => {
                let repeat = count(e, "number-columns-repeated")?;
                let hidden = concealed(e)? || self.groups.contains(&true);
                let end = self.column.saturating_add(repeat).min(limit::COLUMNS);
                if let Some(sheet) = self.sheet.as_mut().filter(|_| hidden) {
                    sheet.hidden_cols.extend(self.column..end);
                }
                self.column = end;
            }
            "table-row" => {
                self.row_repeat = count(e, "number-rows-repeated")?;
                self.row_hidden = concealed(e)? || self.groups.contains(&true);
                self.col = 0;
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = Some(Open {
                    repeat: count(e, "number-columns-repeated")?,
                    rows: count(e, "number-rows-spanned")?,
                    cols: count(e, "number-columns-spanned")?,
                    kind: first(e)?,
                    error: types(e)?.iter().any(|kind| kind == "error"),
                    amount: amount(e)?,
                    formula: attribute(e, "formula")?.is_some(),
                    ..Open::default()
                });
            }
            _ => self.inline(e)?,
        }
        Ok(())
    }

    /// What stands inside a cell.
    fn inline(&mut self, e: &BytesStart<'_>) -> Result<(), ReadError> {
        let Some(cell) = &mut self.cell else { return Ok(()) };
        match e.local_name().as_ref() {
            "p" | "h" => {
                if cell.paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
                cell.inside = true;
            }
            "s" => {
                let blanks = count(e, "c")?.min(1000);
                cell.text.extend((0..blanks).map(|_| ' '));
            }
            "tab" => cell.text.push(' '),
            "line-break" => cell.text.push('\n'),
            _ => {}
        }
        Self::bounded(cell, self.row, self.col)
    }

    /// What a cell may hold, told while its text is still coming in.
    fn bounded(cell: &Open, row: u32, col: u32) -> Result<(), ReadError> {
        limit::stored(cell.text.len(), || format!("单元格 {} ", Pos::new(row, col)))
    }

    fn text(&mut self, event: &Event<'_>) -> Result<(), ReadError> {
        if self.aside == 0
            && self.nested == 0
            && let Some(cell) = self.cell.as_mut().filter(|cell| cell.inside)
            && let Some(text) = piece(event)?
        {
            // A line break of the file inside a paragraph is a blank.
            cell.text.push_str(&text.replace(['\n', '\r', '\t'], " "));
            Self::bounded(cell, self.row, self.col)?;
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "document-content" => self.complete = true,
            "table" if self.nested > 0 => self.nested -= 1,
            "table" => self.sheets.extend(self.sheet.take()),
            _ if self.nested > 0 || self.sheet.is_none() => {}
            "table-row-group" | "table-column-group" => {
                self.groups.pop();
            }
            "table-row" => self.close_row()?,
            "table-cell" | "covered-table-cell" => self.close_cell()?,
            "p" | "h" => {
                if let Some(cell) = &mut self.cell {
                    cell.inside = false;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn open_sheet(&mut self, e: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = attribute(e, "name")?.unwrap_or_default();
        if self.sheets.len() >= limit::SHEETS {
            return Err(limit::over("工作表数", self.sheets.len() + 1, limit::SHEETS));
        }
        let hidden = attribute(e, "style-name")?.is_some_and(|style| self.hiding.contains(&style));
        self.sheet = Some(Sheet { name: value::clean(&name), hidden, ..Sheet::default() });
        (self.row, self.column) = (0, 0);
        self.groups.clear();
        Ok(())
    }

    fn close_cell(&mut self) -> Result<(), ReadError> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let (col, repeat) = (self.col, cell.repeat);
        self.col = self.col.saturating_add(repeat);
        if (cell.rows > 1 || cell.cols > 1)
            && let Some(sheet) = &mut self.sheet
        {
            let first = Pos::new(self.row, col);
            let last = Pos::new(
                self.row.saturating_add(cell.rows - 1).min(limit::ROWS - 1),
                col.saturating_add(cell.cols - 1).min(limit::COLUMNS - 1),
            );
            self.meter.merge()?;
            sheet.merges.push(Merge { first, last });
        }
        let Some(found) = content(cell) else { return Ok(()) };
        for col in col..col.saturating_add(repeat) {
            self.meter.cell(if let Value::Text(text) = &found { text } else { "" }, || {
                format!("单元格 {} ", Pos::new(self.row, col))
            })?;
            if col >= limit::COLUMNS {
                return Err(damaged());
            }
            self.row_cells.push((col, found.clone()));
        }
        Ok(())
    }

    fn close_row(&mut self) -> Result<(), ReadError> {
        let cells = std::mem::take(&mut self.row_cells);
        let (first, repeat) = (self.row, self.row_repeat);
        self.row = self.row.saturating_add(repeat);
        let Some(sheet) = self.sheet.as_mut().filter(|_| !cells.is_empty()) else { return Ok(()) };
        if self.row > limit::ROWS {
            return Err(damaged());
        }
        for row in first..self.row {
            if self.row_hidden {
                sheet.hidden_rows.insert(row);
            }
            for (col, found) in &cells {
                if row > first {
                    self.meter.cell(if let Value::Text(text) = found { text } else { "" }, String::new)?;
                }
                *sheet.counted.entry(row).or_insert(0) += 1;
                sheet.cells.insert(Pos::new(row, *col), found.clone());
            }
        }
        Ok(())
    }
}

/// Things around and inside a cell that are no text of it.
fn is_aside(name: &str) -> bool {
    matches!(name, "annotation" | "shapes" | "frame" | "tracked-changes" | "ruby-text" | "forms")
}

fn concealed(e: &BytesStart<'_>) -> Result<bool, ReadError> {
    Ok(matches!(attribute(e, "visibility")?.as_deref(), Some("collapse" | "filter")))
}

/// A count that an element gives, 1 where it gives none.
fn count(e: &BytesStart<'_>, name: &str) -> Result<u32, ReadError> {
    match attribute(e, name)? {
        None => Ok(1),
        Some(text) => text.parse::<u32>().ok().filter(|n| *n >= 1).ok_or_else(damaged),
    }
}

/// The kinds of value that a cell names: its own, and that of the program that wrote it.
fn types(e: &BytesStart<'_>) -> Result<Vec<String>, ReadError> {
    let mut kinds = Vec::new();
    for attribute in e.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged())?;
        if attribute.key.local_name().as_ref() == "value-type" {
            kinds.push(attribute.value.to_string());
        }
    }
    Ok(kinds)
}

fn first(e: &BytesStart<'_>) -> Result<String, ReadError> {
    Ok(types(e)?.into_iter().next().unwrap_or_default())
}

fn amount(e: &BytesStart<'_>) -> Result<String, ReadError> {
    for name in ["value", "date-value", "time-value", "boolean-value", "string-value"] {
        if let Some(text) = attribute(e, name)? {
            return Ok(text);
        }
    }
    Ok(String::new())
}

fn content(cell: Open) -> Option<Value> {
    let shown = value::clean(&cell.text);
    if cell.error {
        return Some(Value::Error(if shown.is_empty() { "#VALUE!".to_owned() } else { shown }));
    }
    match cell.kind.as_str() {
        // An error is stored as the number 0, and told by what is shown.
        "float" | "currency" | "percentage" if value::is_error(&shown) => Some(Value::Error(shown)),
        "float" | "currency" | "percentage" => {
            let Ok(number) = cell.amount.trim().parse::<f64>() else {
                let shown = if shown.is_empty() { value::clean(&cell.amount) } else { shown };
                return (!shown.is_empty()).then_some(Value::Error(shown));
            };
            let shown = (cell.kind == "percentage" && shown.ends_with('%')).then_some(shown);
            Some(value::finite(number, shown.filter(|_| number.is_finite())))
        }
        "date" => value::iso_day(&cell.amount, shown),
        "boolean" => Some(Value::Bool(cell.amount == "true")),
        "time" if shown.is_empty() => None,
        "" if shown.is_empty() && cell.formula => Some(Value::Uncalculated),
        _ if !value::blank(&cell.text) => Some(Value::Text(cell.text)),
        "string" if !value::blank(&cell.amount) => Some(Value::Text(cell.amount)),
        _ => None,
    }
}
