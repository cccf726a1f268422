//! A grid as .xlsx, with the fixed day that makes the bytes the same each time.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet,
    XlsxError,
};

use super::grid::{Grid, Look, Value};
use super::paper;

/// Writes the workbook.
pub(crate) fn write(grid: &Grid) -> Vec<u8> {
    draw(grid).unwrap_or_else(|error| panic!("{}: {error}", grid.name))
}

fn draw(grid: &Grid) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let day = ExcelDateTime::from_ymd(2026, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&day));
    let sheet = book.add_worksheet();
    sheet.set_name(&grid.name)?;
    for (column, width) in (0u16..).zip(&grid.widths) {
        sheet.set_column_width(column, *width)?;
    }
    for &(top, left, bottom, right) in &grid.merges {
        let look = grid.cells.iter().find(|cell| (cell.row, cell.column) == (top, left)).map(|cell| cell.look);
        sheet.merge_range(top, left, bottom, right, "", &format(look.unwrap_or(Look::Body)))?;
    }
    for cell in &grid.cells {
        let format = format(cell.look);
        match &cell.value {
            Value::Text(text) => sheet.write_with_format(cell.row, cell.column, text, &format)?,
            Value::Number(number) => sheet.write_with_format(cell.row, cell.column, *number, &format)?,
            Value::Day(day) => {
                let format = format.set_num_format("yyyy/m/d");
                sheet.write_with_format(cell.row, cell.column, f64::from(*day), &format)?
            }
        };
    }
    for row in 0..grid.rows() {
        sheet.set_row_height(row, grid.height(row))?;
    }
    for row in &grid.hidden_rows {
        sheet.set_row_hidden(*row)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    if let Some((first, last)) = grid.dropdown {
        lists(sheet, first, last)?;
        let hidden = book.add_worksheet();
        fill(hidden)?;
    }
    if let Some((name, text)) = &grid.further {
        book.add_worksheet().set_name(name)?.write(0, 0, text)?;
    }
    book.save_to_buffer()
}

/// 监督内容 and 监督方式 are picked from a hidden sheet.
fn lists(sheet: &mut Worksheet, first: u32, last: u32) -> Result<(), XlsxError> {
    for (column, range) in [(1, "=选项!$A$1:$A$10"), (2, "=选项!$B$1:$B$7")] {
        let list = DataValidation::new().allow_list_formula(Formula::new(range));
        sheet.add_data_validation(first, column, last, column, &list)?;
    }
    Ok(())
}

fn fill(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("选项")?.set_hidden(true);
    let (contents, methods) = paper::choices();
    for (column, list) in [(0, contents), (1, methods)] {
        for (row, word) in (0u32..).zip(list) {
            sheet.write(row, column, word)?;
        }
    }
    Ok(())
}

fn format(look: Look) -> Format {
    let base = Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter);
    match look {
        Look::Title => base.set_font_size(18).set_bold().set_align(FormatAlign::Center),
        Look::Head => base,
        Look::Column => base.set_bold().set_align(FormatAlign::Center).set_border(FormatBorder::Thin),
        Look::Body => base.set_text_wrap().set_border(FormatBorder::Thin),
        Look::Foot => base.set_text_wrap(),
    }
}
