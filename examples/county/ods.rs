//! A grid as .ods: a package with one content part, as small as LibreOffice accepts.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::grid::{Cell, Grid, Value};

const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

/// Writes the workbook.
pub(crate) fn write(grid: &Grid) -> Vec<u8> {
    let manifest = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.2\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"{KIND}\"/>\
         <manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    package(&[("mimetype", KIND), ("content.xml", &content(grid)), ("META-INF/manifest.xml", &manifest)])
}

/// A zip of a few texts; the first is stored as it is, as the format asks of `mimetype`.
pub(crate) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // DateTime::default is the first of January 1980, never the clock.
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    for (name, text) in parts {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, options.compression_method(method)).expect("a part of a small package");
        zip.write_all(text.as_bytes()).expect("memory takes what is written");
    }
    zip.finish().expect("a small package").into_inner()
}

/// Text for XML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn content(grid: &Grid) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" office:version=\"1.2\">\
         <office:automatic-styles>",
    );
    for (n, width) in grid.widths.iter().enumerate() {
        let _ = write!(
            xml,
            "<style:style style:name=\"co{n}\" style:family=\"table-column\">\
             <style:table-column-properties style:column-width=\"{}mm\"/></style:style>",
            width * 2.0
        );
    }
    for row in 0..grid.rows() {
        let _ = write!(
            xml,
            "<style:style style:name=\"ro{row}\" style:family=\"table-row\">\
             <style:table-row-properties style:row-height=\"{}pt\" style:use-optimal-row-height=\"false\"/></style:style>",
            grid.height(row)
        );
    }
    xml.push_str(
        "<style:style style:name=\"wrap\" style:family=\"table-cell\">\
         <style:table-cell-properties fo:wrap-option=\"wrap\"/></style:style></office:automatic-styles>\
         <office:body><office:spreadsheet>",
    );
    let _ = write!(xml, "<table:table table:name=\"{}\">", escape(&grid.name));
    for n in 0..grid.widths.len() {
        let _ = write!(xml, "<table:table-column table:style-name=\"co{n}\"/>");
    }
    for row in 0..grid.rows() {
        let _ = write!(xml, "<table:table-row table:style-name=\"ro{row}\">");
        for column in 0..grid.columns() {
            cell(&mut xml, grid, row, column);
        }
        xml.push_str("</table:table-row>");
    }
    xml.push_str("</table:table></office:spreadsheet></office:body></office:document-content>");
    xml
}

fn cell(xml: &mut String, grid: &Grid, row: u32, column: u16) {
    let merge = grid
        .merges
        .iter()
        .find(|(top, left, bottom, right)| (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column));
    let spans = match merge {
        Some((top, left, ..)) if (*top, *left) != (row, column) => {
            xml.push_str("<table:covered-table-cell/>");
            return;
        }
        Some((top, left, bottom, right)) => format!(
            " table:number-rows-spanned=\"{}\" table:number-columns-spanned=\"{}\"",
            bottom - top + 1,
            right - left + 1
        ),
        None => String::new(),
    };
    let Some(Cell { value, .. }) = grid.cells.iter().find(|cell| (cell.row, cell.column) == (row, column)) else {
        let _ = write!(xml, "<table:table-cell{spans}/>");
        return;
    };
    let (kind, shown) = match value {
        Value::Text(text) => (String::from("office:value-type=\"string\""), text.clone()),
        Value::Number(number) => (format!("office:value-type=\"float\" office:value=\"{number}\""), number.to_string()),
        Value::Day(day) => (format!("office:value-type=\"float\" office:value=\"{day}\""), day.to_string()),
    };
    let _ = write!(xml, "<table:table-cell table:style-name=\"wrap\"{spans} {kind}>");
    for line in shown.split('\n') {
        let _ = write!(xml, "<text:p>{}</text:p>", escape(line));
    }
    xml.push_str("</table:table-cell>");
}
