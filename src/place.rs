//! Where something stands: a cell of a sheet, a stretch of a cell's text.

use std::fmt;

/// A cell, both numbers counted from 0; shown as the sheet shows it (`E7`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pos {
    pub row: u32,
    pub col: u32,
}

impl Pos {
    pub(crate) const fn new(row: u32, col: u32) -> Pos {
        Pos { row, col }
    }

    /// The row as the sheet numbers it (1-based).
    pub(crate) const fn row_number(self) -> u32 {
        self.row + 1
    }
}

impl fmt::Display for Pos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.col), self.row + 1)
    }
}

/// The letters of a column counted from 0: 0 → `A`, 26 → `AA`.
pub(crate) fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A stretch of a text, in bytes of that text, always on character borders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    /// The words themselves; empty where the span does not fit the text.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_the_sheet_names_them() {
        for (row, col, name) in [(0, 0, "A1"), (6, 4, "E7"), (9, 25, "Z10"), (0, 26, "AA1"), (0, 16383, "XFD1")] {
            assert_eq!(Pos::new(row, col).to_string(), name);
        }
    }
}
