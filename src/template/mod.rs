//! Blank forms (附件2). Takes the settings, a unit and a month; gives the bytes of an .xlsx that reads back as
//! an empty form: title, head, columns, prepared rows with dropdowns, 填表说明, deadline. The same bytes each time.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use crate::calendar::{Month, chinese_day};
use crate::config::{Settings, UnitKind};
use crate::form::Layout;

mod choice;
mod grow;
mod look;
mod name;

pub(crate) use name::file_names;

use look::{Column, Look};

/// Prepared rows; a unit that needs more inserts them above the note, and the dropdowns come along.
const ROWS: u32 = 24;

const TITLE_ROW: u32 = 0;
const DEADLINE_ROW: u32 = 1;
const HEAD_ROW: u32 = 2;
const HEADER_ROW: u32 = 3;
const FIRST_ROW: u32 = 4;

/// Draws a blank form; `unit` is an index into the roster, without one the head stays open.
///
/// # Errors
/// Where the writer refuses; in Chinese.
pub(crate) fn draw(
    settings: &Settings,
    unit: Option<usize>,
    kind: UnitKind,
    month: Option<Month>,
    layout: Layout,
) -> anyhow::Result<Vec<u8>> {
    let bytes = book(settings, unit, kind, month, layout)
        .map_err(|error| anyhow::anyhow!("空白表没有写成，请检查名册和清单中的文字：{error}"))?;
    grow::let_rows_grow(&bytes, FIRST_ROW + 1, FIRST_ROW + ROWS)
}

fn book(
    settings: &Settings,
    unit: Option<usize>,
    kind: UnitKind,
    month: Option<Month>,
    layout: Layout,
) -> Result<Vec<u8>, XlsxError> {
    let look = Look::new();
    let columns = look::columns(&settings.form, layout);
    let mut workbook = Workbook::new();
    let title = title(settings, month);
    // A fixed day of making: the same settings give the same bytes.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&made));

    let sheet = workbook.add_worksheet();
    sheet.set_name(month.map_or_else(|| "明细表".to_string(), Month::chinese))?;
    let last = last_col(&columns);
    sheet.merge_range(TITLE_ROW, 0, TITLE_ROW, last, &title, &look.title)?;
    sheet.set_row_height(TITLE_ROW, 40)?;
    // The title names no year, as on the county's own form; this line gives it to whoever reads the sheet alone.
    sheet.merge_range(DEADLINE_ROW, 0, DEADLINE_ROW, last, &deadline(settings, month), &look.deadline)?;
    sheet.set_row_height(DEADLINE_ROW, 18)?;
    head(sheet, settings, unit, &columns, &look)?;
    table(sheet, &columns, &look)?;
    foot(sheet, settings, &columns, &look)?;
    page(sheet, last)?;
    choice::messages(sheet, &columns, layout, FIRST_ROW, FIRST_ROW + ROWS - 1)?;

    choice::lists(&mut workbook, settings, unit, kind, month)?;
    workbook.save_to_buffer()
}

/// The title as the form has it; what is not known stays open, as on paper.
fn title(settings: &Settings, month: Option<Month>) -> String {
    let open = || "　　".to_string();
    settings
        .form
        .title
        .replace("{county}", settings.county.as_deref().unwrap_or("　　县"))
        .replace("{year}", &month.map_or_else(open, |month| month.year().to_string()))
        .replace("{month}", &month.map_or_else(open, |month| month.number().to_string()))
}

/// Until when the sheet is in time, its own day included.
fn deadline(settings: &Settings, month: Option<Month>) -> String {
    let until = match month {
        Some(month) => chinese_day(settings.deadline_of(month)),
        None => format!("每月{}日", settings.deadline.day),
    };
    format!("报送时限：{until}前（含当日）")
}

/// The head line. Label and value share a cell, as on the county's own form; a long name takes a second line.
fn head(
    sheet: &mut Worksheet,
    settings: &Settings,
    unit: Option<usize>,
    columns: &[Column],
    look: &Look,
) -> Result<(), XlsxError> {
    let label = |names: &[String]| format!("{}：", names.first().map_or("", String::as_str));
    let form = &settings.form;
    let name = unit.and_then(|unit| settings.units.get(unit)).map_or("", |unit| unit.name.as_str());
    let unit = format!("{}{name}", label(&form.unit));
    let (reporter, contact, leader) = (label(&form.reporter), label(&form.contact), label(&form.leader));
    // Four columns leave no cell of its own to the leader: two labels share the widest.
    let rest = match columns.len() {
        0..=4 => vec![reporter, format!("{contact}　　　　　　　　　　{leader}")],
        _ => vec![reporter, contact, leader],
    };
    let first = columns.len().saturating_sub(rest.len());
    let width: f64 = columns.iter().take(first).map(|column| column.width).sum();
    let col = |n: usize| u16::try_from(n).unwrap_or(0);
    sheet.merge_range(HEAD_ROW, 0, HEAD_ROW, col(first.saturating_sub(1)), &unit, &look.head)?;
    for (n, text) in (first..).zip(&rest) {
        sheet.write_string_with_format(HEAD_ROW, col(n), text, &look.head)?;
    }
    sheet.set_row_height(HEAD_ROW, look::height(&unit, width).max(26.0))?;
    Ok(())
}

fn table(sheet: &mut Worksheet, columns: &[Column], look: &Look) -> Result<(), XlsxError> {
    sheet.set_row_height(HEADER_ROW, 28)?;
    for (col, column) in (0..).zip(columns) {
        sheet.set_column_width(col, column.width)?;
        sheet.write_string_with_format(HEADER_ROW, col, &column.title, &look.header)?;
    }
    for row in FIRST_ROW..FIRST_ROW + ROWS {
        sheet.set_row_height(row, 39)?;
        sheet.write_number_with_format(row, 0, f64::from(row - FIRST_ROW + 1), &look.number)?;
        for (col, column) in (0..).zip(columns).skip(1) {
            sheet.write_blank(row, col, if column.long { &look.text } else { &look.pick })?;
        }
    }
    Ok(())
}

/// 填表说明 as the form has it.
fn foot(sheet: &mut Worksheet, settings: &Settings, columns: &[Column], look: &Look) -> Result<(), XlsxError> {
    let row = FIRST_ROW + ROWS;
    let width: f64 = columns.iter().map(|column| column.width).sum();
    sheet.merge_range(row, 0, row, last_col(columns), &settings.form.note, &look.note)?;
    sheet.set_row_height(row, look::height(&settings.form.note, width))?;
    Ok(())
}

/// A4 landscape, one page wide, the column titles on each page.
fn page(sheet: &mut Worksheet, last: u16) -> Result<(), XlsxError> {
    sheet.set_paper_size(9);
    sheet.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    // Inches: 1.8 cm at the sides, 2 cm above, 1.8 cm below.
    sheet.set_margins(0.71, 0.71, 0.79, 0.71, 0.31, 0.35);
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_print_area(0, 0, FIRST_ROW + ROWS, last)?;
    sheet.set_footer("&C&\"宋体,常规\"&10第 &P 页　共 &N 页");
    sheet.set_freeze_panes(FIRST_ROW, 0)?;
    sheet.set_selection(FIRST_ROW, 1, FIRST_ROW, 1)?;
    Ok(())
}

fn last_col(columns: &[Column]) -> u16 {
    u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0)
}
