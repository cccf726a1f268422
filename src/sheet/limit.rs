//! Sizes that a file may not pass, each with the line that a clerk reads when it does.

use std::time::Duration;

use super::ReadError;

/// How long a process of its own may read one file: with what comes before and after it, a file stays under 10 s.
pub(crate) const FILE_TIME: Duration = Duration::from_secs(9);
/// The memory of that process; with what the program itself holds, the whole stays under 512 MB.
pub(crate) const APART_BYTES: usize = 256 << 20;

/// A workbook file, in bytes.
pub(super) const FILE_BYTES: usize = 100 << 20;
/// Entries of a package; the largest real one seen has 469.
pub(super) const ENTRIES: usize = 10_000;
/// One part of a package, inflated.
pub(super) const PART_BYTES: u64 = 256 << 20;
/// All needed parts together, inflated.
pub(super) const TOTAL_BYTES: u64 = 512 << 20;
/// Expansion of a part above `RATIO_FROM`.
pub(super) const RATIO: u64 = 200;
pub(super) const RATIO_FROM: u64 = 16 << 20;
/// Bytes between two marks of XML: one text, one tag.
pub(super) const RUN_BYTES: u64 = 4 << 20;
/// Cell styles, twice what the programs allow (64,000).
pub(super) const STYLES: u64 = 130_000;
/// Elements of the part that holds the styles.
pub(super) const STYLE_ELEMENTS: u64 = 1_000_000;
/// Different texts of a workbook.
pub(super) const TEXTS: usize = 2_000_000;
pub(super) const SHEETS: usize = 256;
/// Filled cells of a workbook.
pub(super) const FILLED_CELLS: u64 = 2_000_000;
/// Cells of a workbook, empty ones included.
pub(super) const SEEN_CELLS: u64 = 20_000_000;
/// Characters of one cell, Excel's own limit.
pub(super) const CELL_CHARS: usize = 32_767;
/// Bytes of text held.
pub(super) const TEXT_BYTES: usize = 64 << 20;
pub(super) const MERGES: usize = 100_000;
/// Pieces in which the records of an old workbook go on: a full one holds 8,224 bytes, so this is 250 MB of them.
pub(super) const CONTINUED: usize = 32_000;
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;
/// The box around the filled cells of the old format: its reader makes every cell of it.
pub(super) const OLD_BOX: u64 = 2_000_000;

/// Over a limit: what, how much, and how much is allowed.
pub(super) fn over(what: &str, found: impl std::fmt::Display, allowed: impl std::fmt::Display) -> ReadError {
    ReadError::Unreadable(format!(
        "{what}超过上限（{found}，最多 {allowed}），没有读取；请把表格内容复制到新建的空白表里，另存为 .xlsx 再报。"
    ))
}

/// Counts what a workbook's reading has taken, and stops it where it takes too much.
#[derive(Debug, Default)]
pub(super) struct Meter {
    filled: u64,
    text: usize,
}

impl Meter {
    /// One more filled cell, with so much text.
    ///
    /// # Errors
    /// Over a limit.
    pub(super) fn cell(&mut self, text: &str, place: impl FnOnce() -> String) -> Result<(), ReadError> {
        self.filled += 1;
        self.text = self.text.saturating_add(text.len());
        if self.filled > FILLED_CELLS {
            return Err(over("有内容的单元格", self.filled, FILLED_CELLS));
        }
        if self.text > TEXT_BYTES {
            return Err(over("文字总量", format!("{} MB", self.text >> 20), format!("{} MB", TEXT_BYTES >> 20)));
        }
        if text.len() > CELL_CHARS && text.chars().count() > CELL_CHARS {
            return Err(over(&format!("{}的字数", place()), text.chars().count(), CELL_CHARS));
        }
        Ok(())
    }
}
