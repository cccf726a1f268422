//! Places: cells, rows and merges beyond the grid, twice, backwards, far away.

use super::pack::{SHEET, appended, form, replaced, stretch, swap, with_text};
use super::{DAMAGED, Row, Want, check, read, refused, row};

const OUTSIDE: &[&str] = &["超出"];
const TWICE: &[&str] = &["出现两次"];

/// The form with the place of its first number put otherwise.
fn placed(name: &str) -> Vec<u8> {
    replaced(SHEET, "r=\"A4\"", &format!("r=\"{name}\""))
}

/// The form with the number of its first record's row put otherwise.
fn numbered(number: &str) -> Vec<u8> {
    replaced(SHEET, "<row r=\"4\"", &format!("<row r=\"{number}\""))
}

/// The sheet without the attribute that gives the place of every such element.
fn unplaced(text: &str, element: &str) -> String {
    let begin = format!("<{element} r=\"");
    let mut pieces = text.split(&begin);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| {
        let (_, rest) = piece.split_once('"').expect("an attribute ends");
        format!("{text}<{element}{rest}")
    })
}

fn merged(range: &str) -> Vec<u8> {
    replaced(SHEET, "ref=\"A1:F1\"", &format!("ref=\"{range}\""))
}

/// Rows behind the form.
fn behind(rows: impl Fn() -> String) -> Vec<u8> {
    replaced(SHEET, "</sheetData>", &format!("{}</sheetData>", rows()))
}

/// Wide columns before the cells.
fn columns(columns: &str) -> Vec<u8> {
    replaced(SHEET, "<sheetData>", &format!("<cols>{columns}</cols><sheetData>"))
}

fn rows() -> Vec<Row> {
    vec![
        refused("row-overflow.xlsx", OUTSIDE, || placed("A4294967299")),
        refused("column-overflow.xlsx", OUTSIDE, || placed("ABCDEFGH4")),
        refused("column-beyond.xlsx", OUTSIDE, || placed("XFE4")),
        refused("row-beyond.xlsx", OUTSIDE, || placed("A1048577")),
        refused("reference-turned.xlsx", OUTSIDE, || placed("4A")),
        refused("reference-row-0.xlsx", OUTSIDE, || placed("A0")),
        refused("reference-empty.xlsx", OUTSIDE, || placed("")),
        refused("reference-negative.xlsx", OUTSIDE, || placed("A-4")),
        refused("reference-of-many-digits.xlsx", OUTSIDE, || placed(&format!("A{}", "9".repeat(100_000)))),
        refused("reference-wide-digits.xlsx", OUTSIDE, || placed("A４")),
        refused("row-number-max.xlsx", &["超出", "损坏"], || numbered("4294967295")),
        refused("row-number-wraps.xlsx", &["超出", "损坏"], || numbered("4294967300")),
        refused("row-number-0.xlsx", &["超出", "损坏"], || numbered("0")),
        refused("row-number-negative.xlsx", &["超出", "损坏"], || numbered("-4")),
        refused("row-number-word.xlsx", &["超出", "损坏"], || numbered("四")),
        refused("row-past-the-grid.xlsx", OUTSIDE, || behind(|| "<row r=\"1048577\"/>".to_owned())),
        read("no-references.xlsx", || with_text(SHEET, |text| unplaced(text, "c"))),
        read("no-row-numbers.xlsx", || with_text(SHEET, |text| unplaced(&unplaced(text, "c"), "row"))),
        refused("cell-of-another-row.xlsx", &["前后不一"], || placed("A99")),
        row("absolute-reference.xlsx", Want::Either, || placed("$A$4")),
        read("rows-backwards.xlsx", || {
            with_text(SHEET, |text| {
                let two = [stretch(text, "<row r=\"5\"", "</row>"), stretch(text, "<row r=\"6\"", "</row>")];
                text.replacen(&two.concat(), &[two[1], two[0]].concat(), 1)
            })
        }),
        refused("cell-twice.xlsx", TWICE, || replaced(SHEET, "r=\"B5\"", "r=\"A5\"")),
        refused("row-twice.xlsx", TWICE, || {
            with_text(SHEET, |text| {
                let row = stretch(text, "<row r=\"5\"", "</row>");
                text.replacen(row, &row.repeat(2), 1)
            })
        }),
        refused("second-block.xlsx", &["对不上", "出现两次", "第二"], || {
            let block = "</sheetData><sheetData><row r=\"40\"><c r=\"A40\"><v>4</v></c></row></sheetData>";
            replaced(SHEET, "</sheetData>", block)
        }),
        refused("choice-and-fallback.xlsx", TWICE, || {
            with_text(SHEET, |text| {
                let row = stretch(text, "<row r=\"6\"", "</row>");
                let mc = "http://schemas.openxmlformats.org/markup-compatibility/2006";
                let both = format!(
                    "<mc:AlternateContent xmlns:mc=\"{mc}\"><mc:Choice>{row}</mc:Choice><mc:Fallback>{row}</mc:Fallback></mc:AlternateContent>"
                );
                text.replacen(row, &both, 1)
            })
        }),
        refused("merge-reversed.xlsx", DAMAGED, || merged("F1:A1")),
        refused("merge-outside.xlsx", DAMAGED, || merged("A1:XFE1")),
        refused("merge-without-range.xlsx", DAMAGED, || merged("")),
        refused("merges-too-many.xlsx", &["合并单元格超过上限"], || {
            with_text(SHEET, |text| {
                let many: String = (1..=100_001).map(|n| format!("<mergeCell ref=\"H{n}:I{n}\"/>")).collect();
                swap(text, "<mergeCell ", "/>", &many)
            })
        }),
        read("merges-overlap.xlsx", || replaced(SHEET, "<mergeCell ", "<mergeCell ref=\"A1:F1\"/><mergeCell ")),
        read("merge-over-the-world.xlsx", || {
            replaced(SHEET, "<mergeCell ", "<mergeCell ref=\"A900:XFD1048576\"/><mergeCell ")
        }),
        read("merge-over-values.xlsx", || appended(SHEET, "mergeCells", "<mergeCell ref=\"H4:I4\"/>")),
        row("far-corner.xlsx", Want::Records(3), || {
            behind(|| "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>".to_owned())
        }),
        row("far-corners-by-the-thousand.xlsx", Want::Records(3), || {
            behind(|| {
                let cell = |n| format!("<row r=\"{n}\"><c r=\"XFD{n}\" t=\"str\"><v>角</v></c></row>");
                (1_040_000..1_048_000).step_by(8).map(cell).collect()
            })
        }),
        read("dimension-lies.xlsx", || {
            with_text(SHEET, |text| swap(text, "<dimension ", "/>", "<dimension ref=\"A1:XFD1048576\"/>"))
        }),
        row("dimension-nonsense.xlsx", Want::Either, || {
            with_text(SHEET, |text| swap(text, "<dimension ", "/>", "<dimension ref=\"B9:A1\"/>"))
        }),
        read("empty-rows.xlsx", || behind(|| (100..60_100).map(|n| format!("<row r=\"{n}\" ht=\"15\"/>")).collect())),
        read("hidden-columns-far-away.xlsx", || columns("<col min=\"40\" max=\"16384\" width=\"9\" hidden=\"1\"/>")),
        refused("hidden-columns-again-and-again.xlsx", super::DAMAGED, || {
            columns(&"<col min=\"40\" max=\"16384\" width=\"9\" hidden=\"1\"/>".repeat(40_000))
        }),
        row("columns-from-0.xlsx", Want::Either, || columns("<col min=\"0\" max=\"3\" hidden=\"1\"/>")),
        row("columns-past-the-grid.xlsx", Want::Either, || {
            columns("<col min=\"40\" max=\"4294967295\" width=\"9\" hidden=\"1\"/>")
        }),
        row("row-without-height.xlsx", Want::Read(&["file-hidden-data"]), || {
            replaced(SHEET, "<row r=\"5\"", "<row ht=\"0\" customHeight=\"1\" r=\"5\"")
        }),
        row("row-hidden.xlsx", Want::Read(&["file-hidden-data"]), || {
            replaced(SHEET, "<row r=\"5\"", "<row hidden=\"true\" r=\"5\"")
        }),
    ]
}

#[test]
fn places_beyond_the_grid_are_refused_and_far_ones_cost_nothing() {
    check(form(), rows());
}
