//! Rows that start tall and grow with their text. The writer marks every height as fixed, and a fixed row hides
//! what does not fit; here the mark is taken off the prepared rows, everything else is copied as it is.

use std::io::{Cursor, Read, Write};

use anyhow::Context;
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

const PART: &str = "xl/worksheets/sheet1.xml";
const FIXED: &str = " customHeight=\"1\"";

/// Takes the mark off the rows `first` to `last` (as the sheet numbers them) of the first sheet.
///
/// # Errors
/// Where the package is not as the writer makes it.
pub(super) fn let_rows_grow(bytes: &[u8], first: u32, last: u32) -> anyhow::Result<Vec<u8>> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).context("空白表没有写成")?;
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).context("空白表没有写成")?;
        if !part.name().is_ok_and(|name| name == PART) {
            copy.raw_copy_file(part).context("空白表没有写成")?;
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml).context("空白表没有写成")?;
        let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
        copy.start_file(PART, options).context("空白表没有写成")?;
        copy.write_all(loosen(&xml, first, last).as_bytes()).context("空白表没有写成")?;
    }
    Ok(copy.finish().context("空白表没有写成")?.into_inner())
}

fn loosen(xml: &str, first: u32, last: u32) -> String {
    let mut out = String::with_capacity(xml.len());
    for (n, piece) in xml.split("<row r=\"").enumerate() {
        if n == 0 {
            out.push_str(piece);
            continue;
        }
        out.push_str("<row r=\"");
        let row: u32 = piece.split('"').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        match piece.split_once('>') {
            Some((tag, rest)) if (first..=last).contains(&row) => {
                out.push_str(&tag.replace(FIXED, ""));
                out.push('>');
                out.push_str(rest);
            }
            _ => out.push_str(piece),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_prepared_rows_grow() {
        let xml = "<sheetData><row r=\"3\" ht=\"28\" customHeight=\"1\"><c/></row>\
                   <row r=\"4\" ht=\"39\" customHeight=\"1\"><c/></row>\
                   <row r=\"5\" ht=\"39\" customHeight=\"1\"/></sheetData>";
        assert_eq!(
            loosen(xml, 4, 4),
            "<sheetData><row r=\"3\" ht=\"28\" customHeight=\"1\"><c/></row>\
             <row r=\"4\" ht=\"39\"><c/></row>\
             <row r=\"5\" ht=\"39\" customHeight=\"1\"/></sheetData>"
        );
    }
}
