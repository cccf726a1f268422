//! Plain tables for eyes: no borders, columns aligned for wide characters. What comes from a sheet never steers the
//! terminal.

use comfy_table::{ContentArrangement, Table, presets};

use crate::report::plain_line;

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
        table.add_row(columns.iter().map(|col| line.get(*col).map(|cell| plain_line(cell)).unwrap_or_default()));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| format!("  {}\n", line.trim_end())).collect()
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
    fn a_cell_does_not_steer_the_terminal() {
        let lines = [line(&["\u{1b}[31m红\u{202e}\n下"])];
        assert_eq!(table(&["单位"], &lines), "  单位\n  [31m红 下\n");
    }
}
