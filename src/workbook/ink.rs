//! Pages become sheets: the only file that speaks to the writer. Text goes in as text, whatever it looks like;
//! control characters are dropped; a formula goes in with the value that it gives.

use std::collections::BTreeSet;

use chrono::Datelike as _;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Formula, Url, Workbook, Worksheet, XlsxError};

use super::live::Value;
use super::measure;
use super::paper::{Cell, Link, Paper};
use super::style::{self, Formats, Look};
use crate::calendar::Month;
use crate::place::Pos;
use crate::unseen::is_unseen;

/// Excel takes no more characters (UTF-16 units) in a cell.
const LONGEST: usize = 32_767;
const CUT: &str = "……（原文过长，未全部转录，见来源文件）";
/// Excel takes no longer formula.
const LONGEST_FORMULA: usize = 8_000;
/// Excel takes no longer word on a link.
const LONGEST_TIP: usize = 250;
/// Excel takes no more links on a sheet.
const MOST_LINKS: usize = 65_000;

/// Writes the pages into a workbook, letting go of each as it is written. The month's last day stands for the day
/// of writing, so that the same input gives the same bytes.
pub(super) fn write(pages: Vec<Paper>, title: &str, month: Month) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut book = Workbook::new();
    book.set_default_format(&style::default(), 18, 72)?;
    let day = month.last_day();
    let number = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(2000);
    let made = ExcelDateTime::from_ymd(year, number(day.month()), number(day.day()))?;
    let properties = DocProperties::new().set_title(title).set_author("yuedu 月度");
    book.set_properties(&properties.set_creation_datetime(&made));
    for page in pages {
        sheet(book.add_worksheet(), &page, &formats)?;
    }
    book.save_to_buffer()
}

fn sheet(sheet: &mut Worksheet, page: &Paper, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(page.title)?;
    // An empty text is a result of its own; the writer would otherwise store 0.
    sheet.set_formula_result_default("");
    sheet.set_screen_gridlines(false);
    for (col, width) in (0_u16..).zip(&page.widths) {
        sheet.set_column_width(col, *width)?;
    }
    let merges = &page.merges;
    for (first, last) in merges {
        let format = formats.of(look_at(page, first.row, first.col));
        sheet.merge_range(first.row, column(first.col), last.row, column(last.col), "", format)?;
    }
    let mut links = 0;
    for (pos, cell) in &page.cells {
        // The writer has filled what a merged cell covers.
        let covered =
            merges.range(..pos).next_back().is_some_and(|(_, last)| last.row == pos.row && last.col >= pos.col);
        if !covered {
            write_cell(sheet, pos.row, column(pos.col), cell, formats, &mut links)?;
        }
    }
    let rows: BTreeSet<u32> = page.cells.keys().map(|pos| pos.row).chain(page.heights.keys().copied()).collect();
    for row in rows {
        sheet.set_row_height(row, page.height_of(row).unwrap_or(measure::LINE))?;
    }
    set_up(sheet, page)?;
    for chart in &page.charts {
        sheet.insert_chart(chart.at.row, column(chart.at.col), &chart.draw())?;
    }
    Ok(())
}

fn look_at(page: &Paper, row: u32, col: u32) -> Look {
    page.cells.get(&Pos::new(row, col)).map_or(Look::Note, |cell| cell.look)
}

/// No page has more columns than a sheet.
fn column(col: u32) -> u16 {
    u16::try_from(col).unwrap_or(u16::MAX)
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    cell: &Cell,
    formats: &Formats,
    links: &mut usize,
) -> Result<(), XlsxError> {
    let format = formats.of(cell.look);
    // A link is written as it stands: one with what cannot be seen in it is none.
    let plain = |link: &&Link| *links < MOST_LINKS && !link.to.contains(is_unseen);
    if let Some(link) = cell.link.as_deref().filter(plain) {
        // The cell's own content replaces the link's words below; a link that the writer refuses is left out.
        let tip: String = link.tip.chars().take(LONGEST_TIP).collect();
        let url = Url::new(link.to.as_str()).set_text("…").set_tip(tip);
        if sheet.write_url_with_format(row, col, url, format).is_ok() {
            *links += 1;
        }
    }
    // A formula that is too long for a cell is left out, and its value stands alone.
    let formula = cell.content.formula.as_ref().filter(|formula| formula.encode_utf16().count() <= LONGEST_FORMULA);
    match (formula, &cell.content.value) {
        (Some(formula), value) => {
            let formula = Formula::new(format!("={formula}")).set_result(stored(value));
            sheet.write_formula_with_format(row, col, formula, format)?;
        }
        (None, Value::Blank) => {
            sheet.write_blank(row, col, format)?;
        }
        (None, Value::Text(text)) => {
            sheet.write_string_with_format(row, col, clean(text), format)?;
        }
        (None, Value::Number(number)) => {
            sheet.write_number_with_format(row, col, *number, format)?;
        }
        (None, Value::Day(day)) => {
            sheet.write_date_with_format(row, col, *day, format)?;
        }
    }
    Ok(())
}

/// A formula's value as the file stores it.
fn stored(value: &Value) -> String {
    match (value, value.number()) {
        (Value::Text(text), _) => clean(text),
        (_, Some(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// A text that a cell can hold: nothing unseen but line breaks, no more than a cell takes.
pub(super) fn clean(text: &str) -> String {
    let kept = |c: &char| *c == '\n' || !(is_unseen(*c) || matches!(c, '\u{fffe}' | '\u{ffff}'));
    let clean: String = text.chars().filter(kept).collect();
    if clean.encode_utf16().count() <= LONGEST {
        return clean;
    }
    let room = LONGEST - CUT.encode_utf16().count();
    let mut used = 0;
    let mut cut: String = clean
        .chars()
        .take_while(|c| {
            used += c.len_utf16();
            used <= room
        })
        .collect();
    cut.push_str(CUT);
    cut
}

fn set_up(sheet: &mut Worksheet, page: &Paper) -> Result<(), XlsxError> {
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.35);
    sheet.set_footer(format!("&L&\"宋体,常规\"&9{}&C&\"宋体,常规\"&10第 &P 页，共 &N 页", page.title));
    let last_row = page.cells.keys().map(|pos| pos.row).max().unwrap_or(0);
    let last_row = page.charts.iter().map(|chart| chart.last_row()).max().unwrap_or(0).max(last_row);
    let last_col = page.widths.len().saturating_sub(1);
    let last_col = page.printed.map_or_else(|| u16::try_from(last_col).unwrap_or(u16::MAX), column);
    sheet.set_print_area(0, 0, last_row, last_col)?;
    if let Some((first, last)) = page.head {
        sheet.set_repeat_rows(first, last)?;
    }
    if let Some((first, last)) = page.filter {
        sheet.autofilter(first.row, column(first.col), last.row, column(last.col))?;
    }
    if let Some(at) = page.freeze {
        sheet.set_freeze_panes(at.row, column(at.col))?;
    }
    if !page.breaks.is_empty() {
        sheet.set_page_breaks(&page.breaks)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_dropped_and_long_texts_cut_with_a_word() {
        assert_eq!(clean("甲\u{1b}[31m乙\r\n丙\u{0}\u{202e}\u{2066}\u{61c}"), "甲[31m乙\n丙");
        let long = clean(&"𠀀".repeat(20_000));
        assert!(long.encode_utf16().count() <= LONGEST && long.ends_with(CUT));
    }
}
