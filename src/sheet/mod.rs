//! The mail room. Takes the bytes of a file; gives a `Book` of sparse sheets, or says in one Chinese line why
//! not. Knows nothing of forms. The kind is decided by content, never by the file's name.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;

use crate::place::Pos;

mod biff;
mod compound;
mod guard;
mod kind;
mod limit;
mod mend;
mod ods;
mod package;
mod scan;
mod shared;
mod strings;
mod value;
pub(crate) mod wire;
mod xls;
mod xlsx;

pub(crate) use limit::file as within_size;

#[cfg(test)]
mod odd;
#[cfg(test)]
mod tests;

pub(crate) use guard::quietly;
pub(crate) use limit::{APART_BYTES, FILE_TIME};

/// A workbook as read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Book {
    pub sheets: Vec<Sheet>,
}

/// One sheet: only its filled cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    pub name: String,
    /// Hidden or very hidden.
    pub hidden: bool,
    pub cells: BTreeMap<Pos, Value>,
    /// Row → its filled cells, counted apart from the reading where the format allows it.
    pub counted: BTreeMap<u32, u32>,
    pub merges: Vec<Merge>,
    pub hidden_rows: BTreeSet<u32>,
    pub hidden_cols: BTreeSet<u32>,
}

/// A merged range, both corners included; the value stands at `first`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merge {
    pub first: Pos,
    pub last: Pos,
}

/// What a cell holds. A cell whose text is blank after trimming is not kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Text as stored, not yet cleaned.
    Text(String),
    /// A number with the text that the sheet shows for it (no needless .0; a percent as shown).
    Number(f64, String),
    /// A date cell; shown as 2026年3月5日.
    Date(NaiveDateTime),
    Bool(bool),
    /// `#REF!`, `#N/A` …
    Error(String),
    /// A formula that was never calculated.
    Uncalculated,
}

/// Why a file gives no `Book`. Each has one Chinese line: what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ReadError {
    /// Needs a password (`file-encrypted`).
    Encrypted,
    /// Another kind of file (`file-unsupported`): what it is, and what to do.
    Unsupported(String),
    /// Damaged, truncated, empty, over a limit, not to be opened (`file-unreadable`): what and what to do.
    Unreadable(String),
}

impl Sheet {
    /// The cleaned text of a cell: zero-width characters dropped, outer blanks trimmed, line breaks `\n`;
    /// empty for an empty cell. A date reads 2026年3月5日. Errors read as they stand (`#REF!`).
    pub(crate) fn text(&self, pos: Pos) -> String {
        self.cells.get(&pos).map(Value::shown).unwrap_or_default()
    }
}

/// Reads a workbook (xlsx, xlsm, xls, et, ods) from its bytes.
///
/// # Errors
/// Says why the bytes give no workbook; never panics.
pub(crate) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let book = match kind::of(bytes)? {
        kind::Kind::Xlsx => xlsx::read(bytes)?,
        kind::Kind::Xls => xls::read(bytes)?,
        kind::Kind::Ods => ods::read(bytes)?,
    };
    limit::within_rows(book)
}

/// The ending that the name of a file which was read should have, where the one it bears does not fit what it holds: such a
/// file does not open by a double click.
pub(crate) fn better_ending(bytes: &[u8], borne: &str) -> Option<&'static str> {
    kind::ending(bytes, borne)
}

/// The same for the bytes that may be read where they are; none for those whose reader may abort or never end
/// (xls, et, ods, and whatever lies in their container): they are read in a process of their own.
pub(crate) fn read_if_safe(bytes: &[u8]) -> Option<Result<Book, ReadError>> {
    if kind::is_container(bytes) {
        return None;
    }
    match kind::of(bytes) {
        Ok(kind::Kind::Xlsx) => Some(xlsx::read(bytes).and_then(limit::within_rows)),
        Ok(kind::Kind::Xls | kind::Kind::Ods) => None,
        Err(error) => Some(Err(error)),
    }
}
