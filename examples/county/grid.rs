//! A sheet before it becomes a file: cells with their looks, merges, widths. Rows and columns count from 0.

/// What a cell holds.
#[derive(Clone)]
pub(crate) enum Value {
    Text(String),
    Number(f64),
    /// A day as a spreadsheet counts it, shown as a date.
    Day(u32),
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    Title,
    Head,
    Column,
    Body,
    Foot,
}

/// A filled cell.
pub(crate) struct Cell {
    pub(crate) row: u32,
    pub(crate) column: u16,
    pub(crate) value: Value,
    pub(crate) look: Look,
}

/// Top, left, bottom, right; all included.
pub(crate) type Area = (u32, u16, u32, u16);

/// A sheet.
#[derive(Default)]
pub(crate) struct Grid {
    pub(crate) name: String,
    pub(crate) cells: Vec<Cell>,
    pub(crate) merges: Vec<Area>,
    pub(crate) widths: Vec<f64>,
    /// First and last row of the records, where the cells have dropdown lists.
    pub(crate) dropdown: Option<(u32, u32)>,
    pub(crate) hidden_rows: Vec<u32>,
    /// A second sheet with one text: its name, the text.
    pub(crate) further: Option<(String, String)>,
}

impl Grid {
    /// Puts a text into a cell; an empty one leaves the cell empty.
    pub(crate) fn text(&mut self, row: u32, column: u16, text: &str, look: Look) {
        if !text.is_empty() {
            self.cells.push(Cell { row, column, value: Value::Text(text.to_owned()), look });
        }
    }

    /// Puts a number into a cell.
    pub(crate) fn number(&mut self, row: u32, column: u16, number: u32, look: Look) {
        self.cells.push(Cell { row, column, value: Value::Number(f64::from(number)), look });
    }

    /// Puts a text over several cells.
    pub(crate) fn wide(&mut self, area: Area, text: &str, look: Look) {
        self.text(area.0, area.1, text, look);
        if (area.0, area.1) != (area.2, area.3) {
            self.merges.push(area);
        }
    }

    /// The number after the last used row.
    pub(crate) fn rows(&self) -> u32 {
        self.cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0)
    }

    /// The height that the texts of a row take, in points, as a person would draw it.
    pub(crate) fn height(&self, row: u32) -> f64 {
        let lines = |cell: &Cell| {
            let Value::Text(text) = &cell.value else { return 1 };
            let merge = self.merges.iter().find(|area| (area.0, area.1) == (cell.row, cell.column));
            let columns = cell.column..=merge.map_or(cell.column, |area| area.3);
            let room: f64 = columns.filter_map(|column| self.widths.get(usize::from(column))).sum();
            let letters: f64 = text.chars().map(|c| if c.is_ascii() { 1.0 } else { 2.0 }).sum();
            (1u16..40).find(|lines| f64::from(*lines) * (room - 2.0) >= letters).unwrap_or(40)
        };
        let cells = self.cells.iter().filter(|cell| cell.row == row);
        let size = |cell: &Cell| if cell.look == Look::Title { 30.0 } else { f64::from(lines(cell)) * 15.0 + 3.0 };
        cells.map(size).fold(18.0, f64::max)
    }

    /// The number after the last used column.
    pub(crate) fn columns(&self) -> u16 {
        let merged = self.merges.iter().map(|area| area.3 + 1);
        self.cells.iter().map(|cell| cell.column + 1).chain(merged).max().unwrap_or(0)
    }
}

/// `2026-03-05` as a spreadsheet counts days: 1 is the first of January 1900, and 1900 counts as a leap year.
pub(crate) fn serial(day: &str) -> Option<u32> {
    let mut parts = day.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, date) = (parts.next()??, parts.next()??, parts.next()??);
    let leap = |year: u32| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let months = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let years: u32 = (1900..year).map(|year| if leap(year) { 366 } else { 365 }).sum();
    let before: u32 = months.iter().take(usize::try_from(month).ok()?.checked_sub(1)?).sum();
    Some(years + before + date + 1)
}
