//! Sizes that a file may not pass, each with the line that a clerk reads when it does.

use std::time::Duration;

use super::{Book, ReadError};

/// How long a process of its own may read one file: with what comes before and after it, a file stays under 10 s.
pub(crate) const FILE_TIME: Duration = Duration::from_secs(9);
/// The memory of that process; with what the program itself holds, the whole stays under 512 MB.
pub(crate) const APART_BYTES: usize = 256 << 20;

/// A workbook file, in bytes.
pub(super) const FILE_BYTES: u64 = 100 << 20;
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
/// Bytes of the number formats, one for each cell style that names it: its reader copies the format into every style.
pub(super) const FORMAT_BYTES: usize = 32 << 20;
/// Relations of a part, and names that a workbook defines.
pub(super) const RELATIONS: usize = 20_000;
/// Different texts of a workbook.
pub(super) const TEXTS: usize = 500_000;
pub(super) const SHEETS: usize = 256;
/// Rows of a workbook with a filled cell: a form of 20,000 records and half as much again.
pub(super) const FILLED_ROWS: usize = 30_000;
/// Filled cells of a workbook.
pub(super) const FILLED_CELLS: u64 = 500_000;
/// Cells of a workbook, empty ones included.
pub(super) const SEEN_CELLS: u64 = 20_000_000;
/// Characters of one cell, Excel's own limit.
pub(super) const CELL_CHARS: usize = 32_767;
/// Bytes of one cell as stored, where a character may be written in fourteen letters (`_xD83D__xDE00_`).
pub(super) const CELL_BYTES: usize = 14 * CELL_CHARS;
/// Bytes of text held. What is read in it and said about it takes up to twenty times as much.
pub(super) const TEXT_BYTES: usize = 24 << 20;
/// Merged ranges of a workbook.
pub(super) const MERGES: usize = 100_000;
/// Pieces in which the records of an old workbook go on: a full one holds 8,224 bytes, so this is 250 MB of them.
pub(super) const CONTINUED: usize = 32_000;
/// Bytes of all parts that are written in UTF-16.
pub(super) const WIDE_BYTES: u64 = 32 << 20;
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

/// A file that is too large to be opened.
///
/// # Errors
/// Over the limit.
pub(crate) fn file(bytes: u64) -> Result<(), ReadError> {
    within("文件大小", bytes, FILE_BYTES)
}

/// So many bytes of text held.
///
/// # Errors
/// Over the limit.
pub(super) fn text(bytes: usize) -> Result<(), ReadError> {
    let long = |bytes: usize| u64::try_from(bytes).unwrap_or(u64::MAX);
    within("文字总量", long(bytes), long(TEXT_BYTES))
}

/// So many bytes of one text as stored, told while it is still coming in.
///
/// # Errors
/// It cannot be a cell's.
pub(super) fn stored(bytes: usize, place: impl FnOnce() -> String) -> Result<(), ReadError> {
    if bytes <= CELL_BYTES {
        return Ok(());
    }
    Err(over(&format!("{}的字数", place()), format!("{CELL_CHARS} 以上"), CELL_CHARS))
}

fn within(what: &str, bytes: u64, allowed: u64) -> Result<(), ReadError> {
    let megabytes = |bytes: u64| format!("{} MB", bytes.div_ceil(1 << 20));
    if bytes <= allowed { Ok(()) } else { Err(over(what, megabytes(bytes), megabytes(allowed))) }
}

/// Counts what a workbook's reading has taken, and stops it where it takes too much.
#[derive(Debug, Default)]
pub(super) struct Meter {
    seen: u64,
    filled: u64,
    text: usize,
    merges: usize,
}

impl Meter {
    /// One more cell, filled or not.
    ///
    /// # Errors
    /// Over a limit.
    pub(super) fn seen(&mut self) -> Result<(), ReadError> {
        self.seen += 1;
        if self.seen > SEEN_CELLS { Err(over("单元格", self.seen, SEEN_CELLS)) } else { Ok(()) }
    }

    /// One more merged range.
    ///
    /// # Errors
    /// Over a limit.
    pub(super) fn merge(&mut self) -> Result<(), ReadError> {
        self.merges += 1;
        if self.merges > MERGES { Err(over("合并单元格", self.merges, MERGES)) } else { Ok(()) }
    }

    /// One more filled cell, with so many bytes of text.
    ///
    /// # Errors
    /// Over a limit.
    pub(super) fn held(&mut self, bytes: usize) -> Result<(), ReadError> {
        self.filled += 1;
        self.text = self.text.saturating_add(bytes);
        if self.filled > FILLED_CELLS {
            return Err(over("有内容的单元格", self.filled, FILLED_CELLS));
        }
        text(self.text)
    }

    /// One more filled cell, with its text as read.
    ///
    /// # Errors
    /// Over a limit.
    pub(super) fn cell(&mut self, text: &str, place: impl FnOnce() -> String) -> Result<(), ReadError> {
        if text.len() > CELL_CHARS && text.chars().count() > CELL_CHARS {
            return Err(over(&format!("{}的字数", place()), text.chars().count(), CELL_CHARS));
        }
        self.held(text.len())
    }
}

/// Words of a damaged file as a line may hold them: short, and without line breaks.
pub(super) fn quoted(words: &str) -> String {
    words.chars().filter(|c| !crate::unseen::is_unseen(*c)).take(20).collect()
}

/// A workbook as read, if it has no more filled rows than forms can have.
///
/// # Errors
/// It has more.
pub(super) fn within_rows(book: Book) -> Result<Book, ReadError> {
    let rows: usize = book.sheets.iter().map(|sheet| sheet.counted.len()).sum();
    if rows > FILLED_ROWS { Err(over("有内容的行", rows, FILLED_ROWS)) } else { Ok(book) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `500000` → `500,000`.
    fn grouped(number: u64) -> String {
        let digits = number.to_string();
        let heads = digits.len() % 3;
        let mut groups: Vec<&str> = Vec::from_iter(digits.get(..heads).filter(|head| !head.is_empty()));
        groups.extend(digits.as_bytes()[heads..].chunks(3).filter_map(|group| std::str::from_utf8(group).ok()));
        groups.join(",")
    }

    #[test]
    fn the_readme_states_every_limit() {
        let of = |number: usize| u64::try_from(number).unwrap();
        let megabytes = |bytes: u64| format!("{} MB", bytes >> 20);
        let count = |number: u64, unit: &str| format!("{} {unit}", grouped(number));
        let lines = [
            ("文件大小", megabytes(FILE_BYTES)),
            ("文件内的部件数", count(of(ENTRIES), "个")),
            ("一个部件解开后的大小", megabytes(PART_BYTES)),
            ("各部件解开后的总大小", megabytes(TOTAL_BYTES)),
            (&format!("解压后的膨胀倍数（{}以上的部件）", megabytes(RATIO_FROM) + " "), count(RATIO, "倍")),
            ("一处文字或标记的长度", megabytes(RUN_BYTES)),
            ("UTF-16 编码的部件", megabytes(WIDE_BYTES)),
            ("单元格样式", count(STYLES, "种")),
            ("样式部件里的元素", count(STYLE_ELEMENTS, "个")),
            ("各样式的数字格式总长", megabytes(of(FORMAT_BYTES))),
            ("部件之间的关系、定义的名称（各）", count(of(RELATIONS), "个")),
            ("工作表", count(of(SHEETS), "张")),
            ("有内容的行", count(of(FILLED_ROWS), "行")),
            ("有内容的单元格", count(FILLED_CELLS, "个")),
            ("单元格（连空的）", count(SEEN_CELLS, "个")),
            ("老格式（.xls、.et）各表占的格子", count(OLD_BOX, "个")),
            ("一格的字数", count(of(CELL_CHARS), "字")),
            ("一格的存储长度", count(of(CELL_BYTES), "字节")),
            ("文字总量", megabytes(of(TEXT_BYTES))),
            ("不同的文字", count(of(TEXTS), "条")),
            ("合并单元格", count(of(MERGES), "处")),
            ("单元格位置", format!("{}、{}", count(ROWS.into(), "行"), count(COLUMNS.into(), "列"))),
        ];
        let readme = include_str!("../../README.md");
        for (what, most) in lines {
            let line = format!("\n| {what} | {most} |\n");
            assert!(readme.contains(&line), "README.md has no line{line}");
        }
    }
}
