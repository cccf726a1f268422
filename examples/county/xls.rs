//! A grid as .xls (BIFF8 in a compound file), as old Excel and WPS write it: one sheet, shared strings, merges.

use std::io::{Cursor, Write as _};

use cfb::{CompoundFile, Version};

use super::grid::{Cell, Grid, Look, Value};

/// Writes the workbook.
pub(crate) fn write(grid: &Grid) -> Vec<u8> {
    // Version 3 is what every .xls is. The crate leaves the times of root and streams at zero, so the bytes stay.
    let mut file =
        CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).expect("memory takes a file");
    let mut stream = file.create_stream("/Workbook").expect("an empty file takes a stream");
    stream.write_all(&workbook(grid)).expect("memory takes what is written");
    stream.flush().expect("memory takes what is written");
    drop(stream);
    file.flush().expect("memory takes what is written");
    file.into_inner().into_inner()
}

fn workbook(grid: &Grid) -> Vec<u8> {
    let mut strings: Vec<&str> = Vec::new();
    for cell in &grid.cells {
        if let Value::Text(text) = &cell.value
            && !strings.contains(&text.as_str())
        {
            strings.push(text);
        }
    }
    let sheet = sheet(grid, &strings);
    // The globals name where the sheet begins, which does not change their length.
    let length = globals(grid, &strings, 0).len();
    let mut bytes = globals(grid, &strings, length);
    bytes.extend(sheet);
    bytes
}

fn record(out: &mut Vec<u8>, id: u16, data: &[u8]) {
    let length = u16::try_from(data.len()).expect("a record holds at most 8224 bytes");
    assert!(length <= 8224, "a record holds at most 8224 bytes");
    out.extend(id.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(data);
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn unicode(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn units(text: &str) -> u16 {
    u16::try_from(text.encode_utf16().count()).expect("a short text")
}

fn globals(grid: &Grid, strings: &[&str], sheet_at: usize) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x0809, &words(&[0x0600, 0x0005, 0x0DBB, 0x07CC, 0x0041, 0, 0x0006, 0]));
    record(&mut out, 0x0042, &words(&[1200]));
    // One window, the first sheet in front.
    record(&mut out, 0x003D, &words(&[0, 0, 0x3A00, 0x2000, 0x0038, 0, 0, 1, 0x0258]));
    record(&mut out, 0x0022, &words(&[0]));
    for _ in 0..5 {
        let mut font = words(&[220, 0, 0x7FFF, 400, 0]);
        font.extend([0, 0, 0x86, 0, u8::try_from(units("宋体")).expect("a short name"), 1]);
        font.extend(unicode("宋体"));
        record(&mut out, 0x0031, &font);
    }
    // Fifteen formats of styles, then the plain one, the wrapped one and the one of a date.
    for n in 0..15u16 {
        extended_format(&mut out, [0, 0xFFF5, 0x0020], if n == 0 { 0 } else { 0xF400 });
    }
    extended_format(&mut out, [0, 0x0001, 0x0020], 0);
    extended_format(&mut out, [0, 0x0001, 0x0028], 0x4000);
    extended_format(&mut out, [14, 0x0001, 0x0020], 0x0400);
    record(&mut out, 0x0293, &[0x00, 0x80, 0x00, 0xFF]);
    let mut bound = u32::try_from(sheet_at).expect("a small file").to_le_bytes().to_vec();
    bound.extend([0, 0, u8::try_from(units(&grid.name)).expect("a short name"), 1]);
    bound.extend(unicode(&grid.name));
    record(&mut out, 0x0085, &bound);
    shared_strings(&mut out, grid, strings);
    record(&mut out, 0x000A, &[]);
    out
}

/// `[number format, kind and parent, alignment]` and what of it differs from the parent.
fn extended_format(out: &mut Vec<u8>, [format, kind, alignment]: [u16; 3], used: u16) {
    record(out, 0x00E0, &words(&[0, format, kind, alignment, used, 0, 0, 0, 0, 0x20C0]));
}

/// The table of strings; a string never goes over the border of two records, for each is far shorter than one.
fn shared_strings(out: &mut Vec<u8>, grid: &Grid, strings: &[&str]) {
    let texts = grid.cells.iter().filter(|cell| matches!(cell.value, Value::Text(_))).count();
    let mut data = Vec::new();
    for number in [texts, strings.len()] {
        data.extend(u32::try_from(number).expect("a small sheet").to_le_bytes());
    }
    let mut id = 0x00FC;
    for text in strings {
        let mut entry = units(text).to_le_bytes().to_vec();
        entry.push(1);
        entry.extend(unicode(text));
        if data.len() + entry.len() > 8224 {
            record(out, id, &data);
            id = 0x003C;
            data.clear();
        }
        data.extend(entry);
    }
    record(out, id, &data);
}

fn sheet(grid: &Grid, strings: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    record(&mut out, 0x0809, &words(&[0x0600, 0x0010, 0x0DBB, 0x07CC, 0x0041, 0, 0x0006, 0]));
    for (column, width) in (0u16..).zip(&grid.widths) {
        // A width counts 256ths of a character.
        let width = format!("{:.0}", width * 256.0).parse().unwrap_or(2048);
        record(&mut out, 0x007D, &words(&[column, column, width, 15, 0, 0]));
    }
    let mut dimensions = 0u32.to_le_bytes().to_vec();
    dimensions.extend(grid.rows().to_le_bytes());
    dimensions.extend(words(&[0, grid.columns(), 0]));
    record(&mut out, 0x0200, &dimensions);
    for number in 0..grid.rows() {
        // A height counts 20ths of a point; 0x0140 says that it is set by hand.
        let height = format!("{:.0}", grid.height(number) * 20.0).parse().unwrap_or(300);
        record(&mut out, 0x0208, &words(&[row(number), 0, grid.columns(), height, 0, 0, 0x0140, 15]));
    }
    let mut cells: Vec<&Cell> = grid.cells.iter().collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    for cell in cells {
        draw(&mut out, cell, strings);
    }
    record(&mut out, 0x023E, &words(&[0x06B6, 0, 0, 0x0040, 0, 0, 0, 0, 0]));
    let mut merges = words(&[u16::try_from(grid.merges.len()).expect("a small sheet")]);
    for &(top, left, bottom, right) in &grid.merges {
        merges.extend(words(&[row(top), row(bottom), left, right]));
    }
    record(&mut out, 0x00E5, &merges);
    record(&mut out, 0x000A, &[]);
    out
}

fn row(number: u32) -> u16 {
    u16::try_from(number).expect("a small sheet")
}

fn draw(out: &mut Vec<u8>, cell: &Cell, strings: &[&str]) {
    let format = match (&cell.value, cell.look) {
        (Value::Day(_), _) => 17,
        (_, Look::Body | Look::Foot) => 16,
        _ => 15,
    };
    let mut data = words(&[row(cell.row), cell.column, format]);
    match &cell.value {
        Value::Text(text) => {
            let at = strings.iter().position(|other| other == text).expect("every text is in the table");
            data.extend(u32::try_from(at).expect("a small sheet").to_le_bytes());
            record(out, 0x00FD, &data);
        }
        Value::Number(number) => {
            data.extend(number.to_le_bytes());
            record(out, 0x0203, &data);
        }
        Value::Day(day) => {
            data.extend(f64::from(*day).to_le_bytes());
            record(out, 0x0203, &data);
        }
    }
}
