//! Sheets without a header beside a form: a page that goes on where the form ends. Its rows are not read, for nothing
//! says what its columns are; that they are there is told.

use std::collections::BTreeSet;

use super::grid::Grid;
use super::{Aside, Form};
use crate::near;
use crate::place::Pos;
use crate::sheet::{Sheet, Value};

/// A row that looks like a record has so many texts at least.
const FILLED: usize = 3;
/// So many rows of a sheet are looked at.
const ROWS: usize = 500;
/// Shorter texts tell nothing that was done.
const SENTENCE: usize = 10;

/// Of a sheet without a header, the first row that looks like a record: several texts, one with a day beside another; or
/// with a content or method that is chosen in the workbook's records, and a sentence.
pub(super) fn apart(sheet: &Sheet, chosen: &BTreeSet<String>) -> Option<Aside> {
    let grid = Grid::new(sheet);
    let rows = grid.rows(0, u32::MAX).take(ROWS);
    let row = rows.map(|row| grid.row(row).collect::<Vec<_>>()).find(|row| is_like_record(row, chosen))?;
    let (pos, value) = row.into_iter().find(|(_, value)| !matches!(value, Value::Number(..)))?;
    Some(Aside { sheet: Some(sheet.name.clone()), row: pos.row + 1, text: value.shown() })
}

/// The contents and methods of the records, by their keys.
pub(super) fn chosen(forms: &[Form]) -> BTreeSet<String> {
    let records = forms.iter().flat_map(|form| &form.records);
    let keys = records.flat_map(|record| [&record.content, &record.method]).map(|cell| near::key(&cell.text));
    keys.filter(|key| !key.is_empty()).collect()
}

fn is_like_record(row: &[(Pos, &Value)], chosen: &BTreeSet<String>) -> bool {
    let texts: Vec<String> = row
        .iter()
        .filter(|(_, value)| matches!(value, Value::Text(_) | Value::Date(_)))
        .map(|(_, value)| near::key(&value.shown()))
        .collect();
    let sentence = |text: &String| {
        !chosen.contains(text)
            && text.chars().filter(|c| c.is_alphanumeric()).count() >= SENTENCE
            && text.contains([',', '，', '。', ';', '；'])
    };
    texts.len() >= FILLED
        && (texts.iter().any(|text| is_dated(text))
            || texts.iter().any(|text| chosen.contains(text)) && texts.iter().any(sentence))
}

/// Whether a text begins with a day: 2026年3月5日, 3月5日, 2026.3.5.
fn is_dated(text: &str) -> bool {
    let head: String = text.chars().take_while(|c| c.is_ascii_digit() || "年月日.-/".contains(*c)).collect();
    let parts = head.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).count();
    head.ends_with('日') && parts >= 2 || parts == 3 && head.len() >= 8
}
