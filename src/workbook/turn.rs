//! Printed pages: how high a row is, and where a table that is longer than a page goes on, with its titles said once
//! more. A sheet can repeat the titles of one table by itself; this is for pages that hold several.

use super::ink::clean;
use super::live::{Content, Value};
use super::measure;
use super::paper::Paper;
use crate::place::Pos;

/// A4 lying down, without its margins, in points.
const PAGE: (f64, f64) = (769.0, 501.0);
/// How much of a page is filled: a program may draw a row a little higher than it was reckoned.
const FILLED: f64 = 0.95;
/// The least room that the next row is given.
const NEXT: f64 = 40.0;
/// The room that the beginning of a table takes: its heading, its titles and the first rows.
pub(super) const OPENING: f64 = 110.0;

/// What stands on the printed page under way.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Turn {
    /// The page's first row, and the row up to which it was reckoned.
    first: u32,
    until: u32,
    used: f64,
    /// The highest of its rows.
    highest: f64,
}

impl Paper {
    /// The height of a row, in points: fixed, or by its fullest cell; none where it holds nothing.
    pub(super) fn height_of(&self, row: u32) -> Option<f64> {
        if let Some(height) = self.heights.get(&row) {
            return Some(*height);
        }
        let cells = self.cells.range(Pos::new(row, 0)..Pos::new(row + 1, 0));
        let heights = cells.map(|(pos, cell)| {
            let end = self.merges.get(pos).map_or(pos.col, |last| last.col);
            let width: f64 = (pos.col..=end).filter_map(|col| self.widths.get(usize::try_from(col).ok()?)).sum();
            let lines = match shown(&cell.content) {
                Some(text) => measure::lines(&text, width / cell.look.scale()),
                None => 1,
            };
            (measure::height(lines) * cell.look.stretch()).min(measure::MOST)
        });
        heights.reduce(f64::max)
    }

    /// How many points of rows a printed page holds, the sheet being scaled to its width.
    fn room(&self) -> f64 {
        let columns = self.printed.map_or(self.widths.len(), |last| usize::try_from(last).unwrap_or(0) + 1);
        // A unit of width is a digit of eight pixels, and a column has five more.
        let width: f64 = self.widths.iter().take(columns).map(|width| (width * 8.0 + 5.0) * 0.75).sum();
        PAGE.1 * FILLED * (width / PAGE.0).max(1.0)
    }

    /// What is left of the page that `row` would stand on.
    fn left(&mut self, row: u32) -> f64 {
        let first = self.breaks.last().copied().unwrap_or(0);
        if self.turn.first != first || self.turn.until > row {
            self.turn = Turn { first, until: first, ..Turn::default() };
        }
        let room = self.room();
        for row in self.turn.until..row {
            let height = self.height_of(row).unwrap_or(measure::LINE);
            self.turn.used += height;
            if self.turn.used > room {
                self.turn.used = height;
            }
            self.turn.highest = self.turn.highest.max(height);
        }
        self.turn.until = row;
        room - self.turn.used
    }

    /// Begins something in a row that takes so much room, in points: on a new page where this one has less.
    pub(super) fn begin(&mut self, row: u32, takes: f64) {
        if row > 0 && self.breaks.last() != Some(&row) && self.left(row) < takes {
            self.breaks.push(row);
        }
    }

    /// Goes on with a table in a row: where the page is full, on a new one, with the titles of the rows `head` once
    /// more. Gives the row to go on in.
    pub(super) fn go_on(&mut self, row: u32, head: (u32, u32)) -> u32 {
        self.go_on_with(row, head, NEXT)
    }

    /// The same where what follows must not be parted and takes so much room, in points.
    pub(super) fn go_on_with(&mut self, row: u32, head: (u32, u32), takes: f64) -> u32 {
        if self.left(row) >= self.turn.highest.max(takes) {
            return row;
        }
        self.breaks.push(row);
        for (n, title) in (row..).zip(head.0..=head.1) {
            let here = Pos::new(title, 0)..Pos::new(title + 1, 0);
            let cells: Vec<_> = self.cells.range(here.clone()).map(|(pos, cell)| (pos.col, cell.clone())).collect();
            self.cells.extend(cells.into_iter().map(|(col, cell)| (Pos::new(n, col), cell)));
            let merges: Vec<_> = self.merges.range(here).map(|(from, to)| (from.col, to.col)).collect();
            self.merges.extend(merges.into_iter().map(|(from, to)| (Pos::new(n, from), Pos::new(n, to))));
        }
        row + 1 + head.1 - head.0
    }
}

/// The text that may need several lines; numbers never do.
fn shown(content: &Content) -> Option<String> {
    match &content.value {
        Value::Text(text) => Some(clean(text)),
        _ => None,
    }
}
