//! Sheets: whatever a writer writes is read back cell for cell, and no XML of a sheet leads to a panic or to a
//! reading that cannot be.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use rust_xlsxwriter::{Format, Formula, Workbook};

use super::cases;
use crate::doors::{Cell, assert_sound, package_of, read_book};

/// What is put into a cell.
#[derive(Debug, Clone)]
pub(super) enum Put {
    Text(String),
    Number(f64),
    Date(NaiveDateTime),
    Bool(bool),
    Error(&'static str),
    /// A formula with its stored text.
    Formula(String),
}

pub(super) type Grid = BTreeMap<(u32, u16), Put>;

/// Signs that writers and readers trip over.
const SIGNS: [&str; 34] = [
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{202e}",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "]]>",
    "&amp;",
    "&#10;",
    "_x000D_",
    "_x005F_",
    "_x",
    "_xD83D__xDE00_",
    "\u{1}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{fffd}",
    "🙂",
    "e\u{301}",
    "𠮷",
    "=1+1",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(&SIGNS[..]).prop_map(str::to_owned),
        "[2026年3月检查发现。，]{1,6}",
        any::<String>().prop_map(|text| text.chars().take(6).collect()),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

fn moment() -> impl Strategy<Value = NaiveDateTime> {
    // From 1900-03-01, before which the programs' calendars differ, to 9999-12-31.
    (0_u64..2_958_405, 0_u32..86_400).prop_map(|(day, second)| {
        let first = NaiveDate::from_ymd_opt(1900, 3, 1).unwrap();
        let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
        first.checked_add_days(Days::new(day)).unwrap().and_time(time)
    })
}

fn put() -> impl Strategy<Value = Put> {
    let errors = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    prop_oneof![
        6 => text().prop_map(Put::Text),
        2 => any::<f64>().prop_filter("a number", |n| n.is_finite()).prop_map(Put::Number),
        1 => (-1_000_000_i32..1_000_000).prop_map(|n| Put::Number(f64::from(n) / 100.0)),
        2 => moment().prop_map(Put::Date),
        1 => any::<bool>().prop_map(Put::Bool),
        1 => select(errors.to_vec()).prop_map(Put::Error),
        1 => "[检查发现无 &<>\"]{0,6}".prop_map(Put::Formula),
    ]
}

/// Cells close together, and a few far away.
fn grid() -> impl Strategy<Value = Grid> {
    let far = (prop_oneof![Just(0_u32), Just(999)], prop_oneof![Just(0_u16), Just(16_383)]);
    let place = prop_oneof![12 => (0_u32..12, 0_u16..10), 1 => far];
    prop::collection::btree_map(place, put(), 0..60)
}

pub(super) fn written(grid: &Grid) -> Vec<u8> {
    let mut book = Workbook::new();
    let day = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    let sheet = book.add_worksheet();
    for ((row, column), put) in grid {
        let (row, column) = (*row, *column);
        match put {
            Put::Text(text) => sheet.write_string(row, column, text),
            Put::Number(number) => sheet.write_number(row, column, *number),
            Put::Date(when) => sheet.write_datetime_with_format(row, column, when, &day),
            Put::Bool(yes) => sheet.write_boolean(row, column, *yes),
            Put::Error(code) => sheet.write_formula(row, column, Formula::new("=1/0").set_result(*code)),
            Put::Formula(text) => sheet.write_formula(row, column, Formula::new("=A1&B1").set_result(text)),
        }
        .unwrap();
    }
    book.save_to_buffer().unwrap()
}

/// A text with its line breaks as one sign: files fold them.
fn folded(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The text as a clerk sees it; a cell of none is empty.
fn seen(text: &str) -> String {
    let invisible = |c: &char| {
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{feff}' | '\u{ad}')
    };
    let line = |c: char| if matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') { '\n' } else { c };
    let shown: String = folded(text).chars().filter(|c| !invisible(c)).map(line).collect();
    let shown: String = shown.replace('\t', " ").chars().filter(|c| !c.is_control() || *c == '\n').collect();
    shown.trim().to_owned()
}

/// Every cell of the grid is in the reading and no other.
fn assert_alike(grid: &Grid, bytes: &[u8]) {
    let read = read_book(bytes);
    assert_sound(&read);
    let sheets = read.unwrap();
    let sheet = sheets.first().unwrap();
    let mut rest = sheet.cells.clone();
    for ((row, column), put) in grid {
        let found = rest.remove(&(*row, u32::from(*column)));
        let fine = match (put, &found) {
            (Put::Text(text), None) => seen(text).is_empty(),
            (Put::Text(text), Some((Cell::Text(found), shown))) => {
                folded(found) == folded(text) && *shown == seen(text)
            }
            // Of sixteen digits and more a sheet has lost the last ones.
            (Put::Number(number), Some((Cell::Error(_), _))) => number.abs() >= 1e15,
            (Put::Number(number), Some((Cell::Number(found), _))) => number == found && number.abs() < 1e15,
            (Put::Date(when), Some((Cell::Date(found), _))) => when == found,
            (Put::Bool(yes), Some((Cell::Bool(found), _))) => yes == found,
            (Put::Error(code), Some((Cell::Error(found), _))) => code == found,
            (Put::Formula(text), Some((Cell::Text(found), _))) => found == text,
            // An empty result is stored as one; the cell is empty, or a formula without a value.
            (Put::Formula(text), None) => seen(text).is_empty(),
            (Put::Formula(text), Some((Cell::Error(_) | Cell::Number(_), _))) => text.is_empty(),
            _ => false,
        };
        assert!(fine, "row {row}, column {column}: {put:?} was read as {found:?}");
    }
    assert!(rest.is_empty(), "cells that nobody wrote: {rest:?}");
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn any_grid_of_cells_is_read_back_cell_for_cell(grid in grid()) {
        assert_alike(&grid, &written(&grid));
    }
}

#[test]
fn a_refusal_is_one_line_whatever_words_of_the_file_it_quotes() {
    assert_sound(&read_book(&package_of("<c r=\"A0</f<w\n\u{b}t>>\">".as_bytes())));
}

#[test]
fn the_last_cell_of_all_is_read_back() {
    let grid: Grid = [((0, 0), Put::Number(1.0)), ((1_048_575, 16_383), Put::Bool(false))].into_iter().collect();
    assert_alike(&grid, &written(&grid));
}

#[test]
fn the_signs_that_writers_trip_over_are_read_back() {
    let grid: Grid = (0..).zip(SIGNS).map(|(row, sign)| ((row, 0), Put::Text(format!("甲{sign}乙")))).collect();
    assert_alike(&grid, &written(&grid));
}

/// What the XML of a sheet is made of; the dictionary of the fuzz target holds the same.
const PIECES: [&str; 40] = [
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">",
    "</worksheet>",
    "<sheetData>",
    "</sheetData>",
    "<sheetData/>",
    "<row r=\"1\">",
    "<row r=\"1048576\">",
    "<row r=\"0\">",
    "<row hidden=\"1\">",
    "<row ht=\"0\">",
    "</row>",
    "<c r=\"A1\">",
    "<c r=\"XFD1048576\">",
    "<c r=\"XFE1\">",
    "<c>",
    "<c r=\"B2\" t=\"s\">",
    "<c t=\"inlineStr\">",
    "<c t=\"str\">",
    "<c t=\"b\">",
    "<c t=\"e\">",
    "<c t=\"d\">",
    "<c s=\"1\">",
    "<c s=\"2\">",
    "</c>",
    "<v>0</v>",
    "<v>1</v>",
    "<v>-1</v>",
    "<v>#N/A</v>",
    "<v>46084</v>",
    "<v>",
    "</v>",
    "<f>A1</f>",
    "<is><t>无</t></is>",
    "<f t=\"shared\" si=\"4294967295\" ref=\"A1:B2\"/>",
    "<mergeCells>",
    "<mergeCell ref=\"A1:B2\"/>",
    "</mergeCells>",
    "<cols><col min=\"1\" max=\"16384\" hidden=\"1\"/></cols>",
    "<![CDATA[7]]>",
    "&#49;",
];

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn pieces_of_a_sheet_in_any_order_are_read_or_refused(
        pieces in prop::collection::vec(select(&PIECES[..]), 0..40), whole in any::<bool>(),
    ) {
        let inside = pieces.concat();
        let sheet = if whole { format!("{}{}{inside}{}{}", PIECES[0], PIECES[2], PIECES[3], PIECES[1]) } else { inside };
        assert_sound(&read_book(&package_of(sheet.as_bytes())));
    }

    #[test]
    fn cells_of_any_words_are_read_or_refused(
        place in select(vec!["A1", "C3", "XFD9", "A01", "a1", "$B$2", "", "7"]),
        kind in select(vec!["", "s", "n", "str", "b", "e", "d", "inlineStr", "zz"]),
        style in 0_u8..5,
        value in prop_oneof![Just("1".to_owned()), "[0-9eE.+-]{0,12}", "[#A-Z/!?]{0,8}", any::<String>()],
        formula in any::<bool>(),
    ) {
        let value = value.replace('&', "&amp;").replace('<', "&lt;");
        let formula = if formula { "<f>A9</f>" } else { "" };
        let cell = format!("<c r=\"{place}\" t=\"{kind}\" s=\"{style}\">{formula}<v>{value}</v></c>");
        let sheet = [PIECES[0], PIECES[2], "<row r=\"1\">", &cell, "</row>", PIECES[3], PIECES[1]].concat();
        assert_sound(&read_book(&package_of(sheet.as_bytes())));
    }

    #[test]
    fn a_sheet_with_bytes_changed_is_read_or_refused(
        changes in prop::collection::vec((any::<Index>(), any::<u8>(), 0_u8..3), 1..6),
    ) {
        let row = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" s=\"2\"><v>46084</v></c></row>";
        let mut sheet = [PIECES[0], PIECES[2], row, PIECES[3], PIECES[34], PIECES[35], PIECES[36], PIECES[1]].concat().into_bytes();
        for (at, byte, what) in changes {
            let at = at.index(sheet.len());
            match what {
                0 => sheet[at] = byte,
                1 => sheet.insert(at, byte),
                _ => drop(sheet.remove(at)),
            }
        }
        assert_sound(&read_book(&package_of(&sheet)));
    }
}
