//! The mail room's door: bytes → the cells of every sheet.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use chrono::NaiveDateTime;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::sheet::{self, ReadError, Value};

/// What a cell holds, as read.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text as stored.
    Text(String),
    /// A number.
    Number(f64),
    /// A day and a time.
    Date(NaiveDateTime),
    /// Yes or no.
    Bool(bool),
    /// An error by its code; empty for a formula that was never calculated.
    Error(String),
}

/// The filled cells of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Row and column from 0 → what stands there and the text that is shown for it.
    pub cells: BTreeMap<(u32, u32), (Cell, String)>,
    /// How many cells were counted apart from the reading.
    pub counted: usize,
    /// Merged ranges: first row, first column, last row, last column.
    pub merges: Vec<[u32; 4]>,
}

/// Reads a workbook of any kind.
///
/// # Errors
/// The line that a clerk gets where the bytes give none.
pub fn read_book(bytes: &[u8]) -> Result<Vec<Sheet>, String> {
    let book = sheet::read(bytes).map_err(|error| match error {
        ReadError::Encrypted => "encrypted".to_owned(),
        ReadError::Unsupported(line) | ReadError::Unreadable(line) => line,
    })?;
    let cell = |value: &Value| match value {
        Value::Text(text) => Cell::Text(text.clone()),
        Value::Number(number, _) => Cell::Number(*number),
        Value::Date(day) => Cell::Date(*day),
        Value::Bool(yes) => Cell::Bool(*yes),
        Value::Error(code) => Cell::Error(code.clone()),
        Value::Uncalculated => Cell::Error(String::new()),
    };
    let sheet = |sheet: &sheet::Sheet| Sheet {
        name: sheet.name.clone(),
        cells: sheet.cells.iter().map(|(pos, value)| ((pos.row, pos.col), (cell(value), value.shown()))).collect(),
        counted: sheet.counted.values().map(|count| usize::try_from(*count).unwrap_or(usize::MAX)).sum(),
        merges: sheet.merges.iter().map(|m| [m.first.row, m.first.col, m.last.row, m.last.col]).collect(),
    };
    Ok(book.sheets.iter().map(sheet).collect())
}

/// Stops where a reading says what cannot be: a cell outside the grid, a number that is none, a cell that was not
/// counted, a refusal without a line.
///
/// # Panics
/// On such a reading: it is what a fuzz target looks for.
pub fn assert_sound(read: &Result<Vec<Sheet>, String>) {
    let sheets = match read {
        Ok(sheets) => sheets,
        Err(line) => {
            assert!(!line.is_empty() && line.lines().count() == 1, "{line:?} is no line");
            return;
        }
    };
    for sheet in sheets {
        assert_eq!(sheet.cells.len(), sheet.counted, "cells read and counted in {:?}", sheet.name);
        for ((row, column), (cell, shown)) in &sheet.cells {
            assert!(*row < 1_048_576 && *column < 16_384, "{row}, {column} is outside the grid");
            assert!(!matches!(cell, Cell::Number(number) if !number.is_finite()), "{cell:?}");
            let bad = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!shown.contains(bad), "{shown:?} holds a sign that is no text");
        }
        for [top, left, bottom, right] in &sheet.merges {
            assert!(top <= bottom && left <= right && *bottom < 1_048_576 && *right < 16_384, "{:?}", sheet.merges);
        }
    }
}

/// A right package around the XML of a sheet: two shared texts and three styles, the second a percent, the third a
/// day. Stored, so that its making costs nothing.
#[must_use]
pub fn package_of(sheet: &[u8]) -> Vec<u8> {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |list: &[(&str, &str)]| {
        let one = |(at, (kind, target)): (usize, &(&str, &str))| {
            format!("<Relationship Id=\"r{at}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
        };
        let list: String = list.iter().enumerate().map(one).collect();
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{list}</Relationships>"
        )
    };
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let formats: String = ["0", "9", "14"].map(|number| format!("<xf numFmtId=\"{number}\"/>")).concat();
    let parts: [(&str, Vec<u8>); 6] = [
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")]).into()),
        (
            "xl/workbook.xml",
            format!(
                "<workbook {main} xmlns:r=\"{office}\"><sheets><sheet name=\"一\" sheetId=\"1\" r:id=\"r0\"/></sheets></workbook>"
            )
            .into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ])
            .into(),
        ),
        (
            "xl/sharedStrings.xml",
            format!("<sst {main} count=\"2\" uniqueCount=\"2\"><si><t>监督内容</t></si><si><t>无</t></si></sst>").into(),
        ),
        ("xl/styles.xml", format!("<styleSheet {main}><cellXfs count=\"3\">{formats}</cellXfs></styleSheet>").into()),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in &parts {
        let written = zip.start_file(*name, options).is_ok() && zip.write_all(bytes).is_ok();
        assert!(written, "memory takes a small package");
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}
