//! Plain tables for eyes: no borders, columns aligned for wide characters; and the same lines as CSV for a
//! spreadsheet. What comes from a sheet steers neither a terminal nor a spreadsheet.

use anyhow::Context;
use comfy_table::{ContentArrangement, Table, presets};

/// Lines under their titles. Columns that are empty throughout are left out; an empty table is no text.
pub(super) fn table(titles: &[&str], lines: &[Vec<String>]) -> String {
    let filled = |col: &usize| lines.iter().any(|line| line.get(*col).is_some_and(|cell| !cell.is_empty()));
    let columns: Vec<usize> = (0..titles.len()).filter(filled).collect();
    if columns.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(columns.iter().map(|col| titles.get(*col).copied().unwrap_or_default()));
    for line in lines {
        table.add_row(columns.iter().map(|col| line.get(*col).map(|cell| harmless(cell)).unwrap_or_default()));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| format!("  {}\n", line.trim_end())).collect()
}

/// The lines as CSV, UTF-8 with a byte order mark, as Excel expects it.
///
/// # Errors
/// Where the writer refuses a line.
pub(super) fn csv(titles: &[&str], lines: &[Vec<String>]) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(titles)?;
    for line in lines {
        writer.write_record(line.iter().map(|cell| inert(cell)))?;
    }
    let bytes = writer.into_inner().ok().context("表格没有写完")?;
    Ok(format!("\u{feff}{}", String::from_utf8(bytes)?))
}

/// A text on one line, without anything that could steer a terminal or turn the direction of writing.
pub(super) fn harmless(text: &str) -> String {
    let steers = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            _ if steers(c) => '\u{fffd}',
            _ => c,
        })
        .collect()
}

/// A cell that a spreadsheet takes for text, never for a formula.
fn inert(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        return format!("'{cell}");
    }
    cell.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[&str]) -> Vec<String> {
        cells.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn columns_align_by_the_width_of_their_characters() {
        let lines = [line(&["青石镇纪委", "", "24"]), line(&["a", "", "3"])];
        assert_eq!(table(&["单位", "空", "日"], &lines), "  单位        日\n  青石镇纪委  24\n  a           3\n");
        assert_eq!(table(&["单位"], &[]), "");
    }

    #[test]
    fn a_cell_steers_neither_terminal_nor_spreadsheet() {
        let lines = [line(&["\u{1b}[31m红\u{202e}\n下"])];
        assert_eq!(table(&["单位"], &lines), "  单位\n  \u{fffd}[31m红\u{fffd} 下\n");
        assert_eq!(csv(&["甲", "乙"], &[line(&["=1+1", "a,\"b"])]).unwrap(), "\u{feff}甲,乙\n'=1+1,\"a,\"\"b\"\n");
    }
}
