//! A page as it is laid out, before it becomes a sheet: cells, their looks, links and print set-up, and the
//! marks by which other pages refer to its cells.

use std::collections::BTreeMap;

use super::chart::Chart;
use super::live::{Content, Expr, Range, Value};
use super::style::Look;
use super::turn::Turn;
use crate::place::{Pos, column_letters};

/// One page.
#[derive(Debug, Clone, Default)]
pub(super) struct Paper {
    pub title: &'static str,
    /// The width of each column, in units of the sheet.
    pub widths: Vec<f64>,
    pub cells: BTreeMap<Pos, Cell>,
    /// First cell → last cell of what is merged.
    pub merges: BTreeMap<Pos, Pos>,
    /// Rows whose height is fixed (the others follow their text).
    pub heights: BTreeMap<u32, f64>,
    /// First and last row of the head that is repeated on every printed page.
    pub head: Option<(u32, u32)>,
    /// The range with filter buttons.
    pub filter: Option<(Pos, Pos)>,
    /// The first cell that scrolls.
    pub freeze: Option<Pos>,
    /// The last column that is printed; all where none is given.
    pub printed: Option<u32>,
    /// Rows before which a new printed page begins.
    pub breaks: Vec<u32>,
    pub charts: Vec<Chart>,
    /// The printed page under way.
    pub turn: Turn,
    marks: BTreeMap<String, Pos>,
    rows: BTreeMap<String, (u32, u32)>,
    columns: BTreeMap<String, (u32, u32, u32)>,
}

/// One cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub content: Content,
    pub look: Look,
    pub link: Option<Box<Link>>,
}

/// Where a cell leads.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub to: String,
    /// What is said where the pointer rests on it: which rows, by which filter.
    pub tip: String,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub title: String,
    pub width: f64,
    pub look: Look,
}

/// A column of a table whose title is fixed.
pub(super) fn column(title: impl Into<String>, width: f64, look: Look) -> Column {
    Column { title: title.into(), width, look }
}

impl Paper {
    /// A page of columns of these widths.
    pub(super) fn new(title: &'static str, widths: impl IntoIterator<Item = f64>) -> Paper {
        Paper { title, widths: widths.into_iter().collect(), ..Paper::default() }
    }

    fn last_col(&self) -> u32 {
        self.printed.unwrap_or_else(|| u32::try_from(self.widths.len().saturating_sub(1)).unwrap_or(0))
    }

    /// Puts something into a cell and gives the expression by which this page refers to it.
    pub(super) fn put(&mut self, row: u32, col: u32, look: Look, content: impl Into<Content>) -> Expr {
        let pos = Pos::new(row, col);
        let content = content.into();
        let value = content.value.clone();
        self.cells.insert(pos, Cell { content, look, link: None });
        Expr { value, formula: pos.to_string() }
    }

    /// Makes a filled cell a link.
    pub(super) fn link(&mut self, row: u32, col: u32, target: impl Into<Option<String>>) {
        if let Some(cell) = self.cells.get_mut(&Pos::new(row, col)) {
            cell.link = target.into().map(|to| Box::new(Link { to, tip: String::new() }));
        }
    }

    /// Says on a link which rows stand behind it.
    pub(super) fn tip(&mut self, row: u32, col: u32, words: impl Into<String>) {
        if let Some(link) = self.cells.get_mut(&Pos::new(row, col)).and_then(|cell| cell.link.as_mut()) {
            link.tip = words.into();
        }
    }

    /// Writes a text across columns, both included.
    pub(super) fn across(&mut self, row: u32, cols: (u32, u32), look: Look, content: impl Into<Content>) {
        self.put(row, cols.0, look, content);
        if cols.0 < cols.1 {
            for col in cols.0 + 1..=cols.1 {
                self.put(row, col, look, Value::Blank);
            }
            self.merges.insert(Pos::new(row, cols.0), Pos::new(row, cols.1));
        }
    }

    /// Writes the title and a line under it across the page.
    pub(super) fn heading(&mut self, title: &str, line: &str) {
        let last = self.last_col();
        self.across(0, (0, last), Look::Title, title);
        self.across(1, (0, last), Look::Caption, line);
    }

    /// Writes a heading within the page.
    pub(super) fn section(&mut self, row: u32, title: impl Into<Content>) {
        self.across(row, (0, self.last_col()), Look::Section, title);
    }

    /// Writes a note across the page.
    pub(super) fn note(&mut self, row: u32, text: &str) {
        self.across(row, (0, self.last_col()), Look::Note, text);
    }

    /// Writes a table's titles.
    pub(super) fn titles<'a>(&mut self, row: u32, titles: impl IntoIterator<Item = &'a str>) {
        for (col, title) in (0..).zip(titles) {
            self.put(row, col, Look::Head, title);
        }
    }

    /// A cell as this page refers to it.
    pub(super) fn cell(&self, row: u32, col: u32) -> Expr {
        let pos = Pos::new(row, col);
        Expr { value: self.value(pos), formula: pos.to_string() }
    }

    /// Names a cell, so that other pages can refer to it.
    pub(super) fn mark(&mut self, name: impl Into<String>, row: u32, col: u32) {
        self.marks.insert(name.into(), Pos::new(row, col));
    }

    /// Names a column of a table: `rows` rows from `first` on, at least one.
    pub(super) fn mark_column(&mut self, name: impl Into<String>, col: u32, first: u32, rows: u32) {
        self.columns.insert(name.into(), (col, first, first + rows.max(1) - 1));
    }

    /// Names rows of a listing, so that other pages can lead to all of them: `rows` rows from `first` on.
    pub(super) fn mark_rows(&mut self, name: impl Into<String>, first: u32, rows: u32) {
        self.rows.insert(name.into(), (first, first + rows.max(1) - 1));
    }

    /// The named rows, as far as they are printed, for a link.
    pub(super) fn rows_of(&self, name: &str) -> Option<(Pos, Pos)> {
        let (first, last) = *self.rows.get(name)?;
        Some((Pos::new(first, 0), Pos::new(last, self.last_col())))
    }

    /// A marked cell as another page refers to it.
    pub(super) fn marked(&self, name: &str) -> Option<Expr> {
        let pos = *self.marks.get(name)?;
        Some(self.far(pos))
    }

    /// A cell as another page refers to it.
    fn far(&self, pos: Pos) -> Expr {
        let formula = format!("{}!${}${}", self.title, column_letters(pos.col), pos.row_number());
        Expr { value: self.value(pos), formula }
    }

    /// Where a marked cell stands, for a link.
    pub(super) fn place_of(&self, name: &str) -> Option<Pos> {
        self.marks.get(name).copied()
    }

    fn value(&self, pos: Pos) -> Value {
        self.cells.get(&pos).map(|cell| cell.content.value.clone()).unwrap_or_default()
    }

    /// A named column as another page refers to it; an unknown one is an empty range that no page draws.
    pub(super) fn far_column(&self, name: &str) -> Range {
        let (col, first, last) = self.columns.get(name).copied().unwrap_or_default();
        let range = self.range(col, first, last);
        Range { formula: format!("{}!{}", self.title, range.formula), ..range }
    }

    /// Where a named column stands: column, first and last row.
    pub(super) fn column_at(&self, name: &str) -> Option<(u32, u32, u32)> {
        self.columns.get(name).copied()
    }

    /// Cells of one column, as this page refers to them.
    pub(super) fn range(&self, col: u32, first: u32, last: u32) -> Range {
        let letters = column_letters(col);
        Range {
            values: (first..=last).map(|row| self.value(Pos::new(row, col))).collect(),
            formula: format!("${letters}${}:${letters}${}", first + 1, last + 1),
        }
    }

    /// Cells of one row, as this page refers to them.
    pub(super) fn row_range(&self, row: u32, first: u32, last: u32) -> Range {
        Range {
            values: (first..=last).map(|col| self.value(Pos::new(row, col))).collect(),
            formula: format!("{}{}:{}{}", column_letters(first), row + 1, column_letters(last), row + 1),
        }
    }

    /// Lays out a listing of `count` rows under its titles: every column named after its title, a filter,
    /// frozen titles; `empty` is said where there is no row. Gives the first row of the listing.
    pub(super) fn listing(&mut self, head: u32, columns: &[Column], count: usize, empty: &str) -> u32 {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let first = head + 1;
        self.titles(head, columns.iter().map(|column| column.title.as_str()));
        for (col, column) in (0..).zip(columns) {
            self.mark_column(&column.title, col, first, count);
        }
        if count == 0 {
            self.across(first, (0, self.last_col()), Look::Centre, empty);
        }
        let last = u32::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
        self.head = Some((head, head));
        self.filter = Some((Pos::new(head, 0), Pos::new(head + count.max(1), last)));
        first
    }

    /// Fills one row of a listing, each cell in the look of its column.
    pub(super) fn fill(&mut self, row: u32, columns: &[Column], cells: Vec<Content>) {
        for ((col, column), content) in (0..).zip(columns).zip(cells) {
            self.put(row, col, column.look, content);
        }
    }
}

/// A link to a cell of another page.
pub(super) fn page_link(page: &str, pos: Pos) -> String {
    format!("internal:'{page}'!{pos}")
}

/// A link to a stretch of cells of another page, which it selects.
pub(super) fn stretch_link(page: &str, (first, last): (Pos, Pos)) -> String {
    format!("internal:'{page}'!{first}:{last}")
}
