//! A sheet as the desk looks at it: texts by place, cells by row, and which merged range covers a place.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::place::Pos;
use crate::sheet::{Merge, Sheet, Value};

/// A view of one sheet.
pub(super) struct Grid<'a> {
    pub(super) sheet: &'a Sheet,
    /// Column → the merged ranges that touch it, by their first row; made when first asked for.
    columns: RefCell<BTreeMap<u32, Vec<Merge>>>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Grid<'a> {
        Grid { sheet, columns: RefCell::default() }
    }

    /// The cleaned text of a cell.
    pub(super) fn text(&self, pos: Pos) -> String {
        self.sheet.text(pos)
    }

    pub(super) fn value(&self, pos: Pos) -> Option<&'a Value> {
        self.sheet.cells.get(&pos)
    }

    pub(super) fn filled(&self, pos: Pos) -> bool {
        self.sheet.cells.contains_key(&pos)
    }

    /// The filled cells of a row, left to right.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (Pos, &'a Value)> + use<'a> {
        self.sheet.cells.range(Pos::new(row, 0)..=Pos::new(row, u32::MAX)).map(|(pos, value)| (*pos, value))
    }

    /// The rows from `from` up to, not including, `to` that have a filled cell.
    pub(super) fn rows(&self, from: u32, to: u32) -> impl Iterator<Item = u32> + use<'a> {
        let mut last = None;
        self.sheet
            .cells
            .range(Pos::new(from, 0)..Pos::new(to.max(from), 0))
            .map(|(pos, _)| pos.row)
            .filter(move |row| last.replace(*row) != Some(*row))
    }

    /// The row after the last filled one.
    pub(super) fn end(&self) -> u32 {
        self.sheet.cells.keys().next_back().map_or(0, |pos| pos.row + 1)
    }

    /// The merged range of more than one cell that covers a place.
    pub(super) fn cover(&self, pos: Pos) -> Option<Merge> {
        let mut columns = self.columns.borrow_mut();
        let column = columns.entry(pos.col).or_insert_with(|| {
            let touches = |m: &&Merge| (m.first.col..=m.last.col).contains(&pos.col) && m.first != m.last;
            let mut column: Vec<Merge> = self.sheet.merges.iter().filter(touches).copied().collect();
            column.sort_by_key(|merge| merge.first.row);
            column
        });
        let after = column.partition_point(|merge| merge.first.row <= pos.row);
        column.get(after.checked_sub(1)?).copied().filter(|merge| merge.last.row >= pos.row)
    }

    /// The last column that a cell's own merged range reaches.
    pub(super) fn right(&self, pos: Pos) -> u32 {
        self.cover(pos).filter(|merge| merge.first == pos).map_or(pos.col, |merge| merge.last.col)
    }

    /// The first cell of a merged range that reaches down to a place in the same column; the cell must be filled, and
    /// stand under the header, whose last row is `header`: a title that reaches down is no text of a record.
    pub(super) fn above(&self, pos: Pos, header: u32) -> Option<Pos> {
        let merge = self.cover(pos)?;
        let lead = merge.first;
        (lead.col == pos.col && lead.row < pos.row && lead.row > header && self.filled(lead)).then_some(lead)
    }
}
