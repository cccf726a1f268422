//! Rows → records. Takes the rows under a header; gives a draft a record, and says of every other row what it
//! is: a continuation, a nil return, a blank, or a remark outside the table. What a cell owes is decided in `duty`.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use super::head::Labels;
use super::locate::Header;
use super::passed::Passed;
use super::remark::Remarks;
use super::title::is_title;
use super::{Account, Aside, CellError, Column, Field, Head, Role};
use crate::config::FormSpec;
use crate::near;
use crate::place::{Pos, column_letters};
use crate::sheet::Value;

/// A text cell under way.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub(super) pos: Pos,
    pub(super) text: String,
}

impl Written {
    /// Adds a further text on a line of its own; the first decides where the whole stands.
    fn add(&mut self, pos: Pos, text: &str) {
        if text.is_empty() {
            return;
        }
        if self.text.is_empty() {
            self.pos = pos;
        } else {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }
}

/// A record under way.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its first row, 0-based.
    pub(super) row: u32,
    /// All its rows, 0-based.
    pub(super) rows: Vec<u32>,
    /// Content, method, progress, problem, handling.
    pub(super) cells: [Written; 5],
    /// Column → title and text.
    pub(super) extra: Extras,
    pub(super) nil: bool,
}

impl Draft {
    /// The keys of what is chosen under 监督内容 and 监督方式.
    pub(super) fn chosen(&self) -> impl Iterator<Item = String> + use<'_> {
        self.cells.iter().take(2).map(|cell| near::key(&cell.text)).filter(|key| !key.is_empty())
    }
}

/// Further columns of a row: column → title and text.
pub(super) type Extras = BTreeMap<u32, (String, String)>;

/// What the rows under a header gave.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) drafts: Vec<Draft>,
    pub(super) account: Account,
    pub(super) errors: Vec<CellError>,
    /// Columns without a title that hold something.
    pub(super) untitled: BTreeSet<u32>,
    /// Rows that hold data of the table.
    pub(super) data: BTreeSet<u32>,
    /// Rows taken for remarks only because they are not written as rows of the table.
    pub(super) aside: Vec<Aside>,
    /// Further rows that are no records, named where a record follows.
    pub(super) passed: Vec<Passed>,
}

/// The text fields in the form's order.
pub(super) const FIELDS: [Field; 5] = [Field::Content, Field::Method, Field::Progress, Field::Problem, Field::Handling];

/// Fewer characters tell nothing that could be a record.
const SENTENCE: usize = 10;

/// The title of a part of a column has at most so many.
const PART: usize = 6;

/// A merged cell is followed down at most so many rows.
const REACH: u32 = 500;

/// The 监督内容 of a row that makes the sheet a nil return.
const NIL: &str = "零报告";

/// Whether a 监督内容 says 零报告, marks around it set aside.
pub(super) fn is_nil(text: &str) -> bool {
    near::key(text).trim_matches(|c: char| !c.is_alphanumeric()) == NIL
}

/// Whether a text says that it goes on from the page before.
fn is_carried(key: &str) -> bool {
    ["续:", "(续)", "续上", "接上页", "(接上页)", "(接上"].iter().any(|mark| key.starts_with(mark))
}

/// Reads rows under a header.
pub(super) struct Reader<'a> {
    grid: &'a Grid<'a>,
    header: &'a Header,
    columns: BTreeMap<u32, &'a Column>,
    remarks: Remarks<'a>,
    labels: &'a Labels,
    spec: &'a FormSpec,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        grid: &'a Grid<'a>,
        header: &'a Header,
        head: &Head,
        labels: &'a Labels,
        spec: &'a FormSpec,
    ) -> Reader<'a> {
        let columns = header.columns.iter().map(|column| (column.col, column)).collect();
        let remarks = Remarks::new(grid, header, head, labels, &spec.note);
        Reader { grid, header, columns, remarks, labels, spec }
    }

    fn column(&self, field: Field) -> Option<u32> {
        self.header.column(Role::Field(field))
    }

    fn role(&self, col: u32) -> Option<Role> {
        self.columns.get(&col).map(|column| column.role)
    }

    /// Reads the rows after the header up to, not including, `to`, adding to what was read so far.
    pub(super) fn read(&self, to: u32, rows: &mut Rows) {
        let from = self.header.last + 1;
        let mut noted = false;
        for row in self.rows(from, to) {
            let own: Vec<(Pos, &Value)> = self.grid.row(row).collect();
            rows.account.cells_read += u32::try_from(own.len()).unwrap_or(u32::MAX);
            noted |= self.remarks.is_note(&own);
            // The points of 填表说明 end nothing: units add records below them.
            let point = noted && !self.remarks.is_record(&own);
            let known = self.remarks.is_remark(&own);
            if !known && (point && own.len() > 1 || !point && self.remarks.is_sentence(&own)) {
                // Nothing says that it is a remark, and nothing that it is none.
                let text = own.first().map(|(_, value)| value.shown()).unwrap_or_default();
                // 第二周, 第 1 页: a caption is no sentence. The title of a page says itself what it is.
                let long = own.len() > 1 || text.chars().filter(|c| c.is_alphanumeric()).count() >= SENTENCE;
                if long && !is_title(&text, self.spec) {
                    rows.aside.push(Aside { sheet: None, row: row + 1, text });
                } else {
                    self.pass(&own, rows);
                }
            } else if known || point {
                if !(noted && self.remarks.is_point(&own)) {
                    self.pass(&own, rows);
                }
            } else {
                self.table_row(row, from, &own, rows);
            }
        }
    }

    fn pass(&self, own: &[(Pos, &Value)], rows: &mut Rows) {
        // 时间 and 具体情况 right under the header are its second line.
        let part = |(pos, value): &(Pos, &Value)| {
            let text = value.shown();
            pos.row == self.header.last + 1 && text.chars().count() <= PART && text.chars().all(char::is_alphabetic)
        };
        if own.iter().all(part) {
            return;
        }
        rows.passed.extend(Passed::new(own, self.labels, self.spec));
    }

    /// Rows with a filled cell of their own, or covered from above by a filled one.
    fn rows(&self, from: u32, to: u32) -> BTreeSet<u32> {
        let mut rows: BTreeSet<u32> = self.grid.rows(from, to).collect();
        for col in FIELDS.into_iter().filter_map(|field| self.column(field)) {
            let filled = rows.iter().map(|row| Pos::new(*row, col)).filter(|pos| self.grid.filled(*pos));
            let covered: Vec<u32> = filled
                .filter_map(|pos| self.grid.cover(pos).filter(|merge| merge.first == pos))
                .flat_map(|merge| merge.first.row + 1..=merge.last.row.min(merge.first.row + REACH))
                .filter(|row| *row < to)
                .collect();
            rows.extend(covered);
        }
        rows
    }

    /// Reads a row that is no remark.
    fn table_row(&self, row: u32, from: u32, own: &[(Pos, &Value)], rows: &mut Rows) {
        let (mut fields, mut numbered, mut titled) = (false, false, false);
        let mut extras = Extras::new();
        let mut beside: Vec<u32> = Vec::new();
        for (pos, value) in own {
            match self.role(pos.col) {
                Some(Role::Field(_)) => fields = true,
                Some(Role::Number) => numbered = true,
                Some(Role::Extra) => titled = true,
                // A hidden column without a title is looked at once the records are known.
                None if self.grid.sheet.hidden_cols.contains(&pos.col) => continue,
                None => beside.push(pos.col),
            }
            if !matches!(self.role(pos.col), Some(Role::Field(_) | Role::Number)) {
                extras.insert(pos.col, (self.title(pos.col), value.shown()));
            }
        }
        let place = |role| self.header.column(role).map(|col| Pos::new(row, col));
        let own_cell = |field| place(Role::Field(field)).is_some_and(|pos| self.grid.filled(pos));
        let covered = |field| {
            let lead = place(Role::Field(field)).and_then(|pos| self.grid.above(pos, self.header.last));
            lead.is_some_and(|lead| rows.data.contains(&lead.row))
        };
        let last = rows.drafts.last().filter(|draft| draft.row >= from);
        // The 序号 is merged with the record's above, and neither content nor method is chosen anew.
        let shared = last.zip(place(Role::Number)).is_some_and(|(draft, pos)| {
            self.grid.cover(pos).is_some_and(|merge| merge.first.row < row && draft.rows.contains(&merge.first.row))
        });
        let joined = shared && !own_cell(Field::Content) && !own_cell(Field::Method);
        let under = !fields && !numbered && FIELDS.into_iter().any(covered);
        let aside = !fields && !numbered && titled;
        // 续：… on the next printed page.
        let carried = fields && !numbered && !own_cell(Field::Content) && !own_cell(Field::Method) && {
            let first = own.iter().find(|(pos, _)| matches!(self.role(pos.col), Some(Role::Field(_))));
            first.is_some_and(|(_, value)| is_carried(&near::key(&value.shown()))) && !rows.drafts.is_empty()
        };
        let continues = carried || last.is_some() && (joined || under || aside);
        if !continues && !fields && !numbered && !titled {
            // Only beside the table, if anything stands there at all.
            let seen = |(pos, _): &&(Pos, &Value)| !self.grid.sheet.hidden_cols.contains(&pos.col);
            let seen: Vec<(Pos, &Value)> = own.iter().filter(seen).copied().collect();
            self.pass(&seen, rows);
            return;
        }
        rows.account.rows_seen += 1;
        rows.untitled.extend(beside);
        if continues {
            rows.account.rows_continued += 1;
            self.errors(own, rows);
            rows.data.insert(row);
            if let Some(draft) = rows.drafts.last_mut() {
                draft.rows.push(row);
                self.join(row, draft, extras);
            }
            return;
        }
        if !fields {
            rows.account.rows_blank += 1;
            if titled {
                rows.data.insert(row);
                let seen = |(pos, _): &&(Pos, &Value)| self.role(pos.col) == Some(Role::Extra);
                let seen: Vec<(Pos, &Value)> = own.iter().filter(seen).copied().collect();
                self.pass(&seen, rows);
            }
            return;
        }
        let cells = FIELDS.map(|field| self.written(row, field));
        let nil = cells.first().is_some_and(|content| is_nil(&content.text));
        if nil {
            rows.account.rows_nil += 1;
        }
        self.errors(own, rows);
        rows.data.insert(row);
        rows.drafts.push(Draft { row, rows: vec![row], cells, extra: extras, nil });
    }

    fn title(&self, col: u32) -> String {
        let known = self.columns.get(&col).map(|column| column.title.clone());
        known.unwrap_or_else(|| untitled(self.grid, self.header, col))
    }

    /// A field's text in a row: its own, or that of the merged cell that covers it from above.
    fn written(&self, row: u32, field: Field) -> Written {
        let Some(col) = self.column(field) else {
            // A column that is not there is missed beside the one that should stand before it.
            let before = FIELDS.iter().rev().skip_while(|other| **other != field).skip(1);
            let col = before.copied().find_map(|other| self.column(other)).unwrap_or(0);
            return Written { pos: Pos::new(row, col), text: String::new() };
        };
        let at = |col| {
            let pos = Pos::new(row, col);
            if self.grid.filled(pos) { pos } else { self.grid.above(pos, self.header.last).unwrap_or(pos) }
        };
        // The parts of a field one below the other, at the place of the first that tells something.
        let mut written = Written { pos: at(col), text: String::new() };
        for pos in self.header.all(Role::Field(field)).map(at) {
            written.add(pos, &self.grid.text(pos));
        }
        written
    }

    /// Adds a continuation to the record above it.
    fn join(&self, row: u32, draft: &mut Draft, extras: Extras) {
        for (cell, field) in draft.cells.iter_mut().zip(FIELDS) {
            for col in self.header.all(Role::Field(field)) {
                let pos = Pos::new(row, col);
                cell.add(pos, &self.grid.text(pos));
            }
        }
        for (col, (title, text)) in extras {
            match draft.extra.get_mut(&col) {
                Some((_, known)) => {
                    known.push('\n');
                    known.push_str(&text);
                }
                None => {
                    draft.extra.insert(col, (title, text));
                }
            }
        }
    }

    fn errors(&self, own: &[(Pos, &Value)], rows: &mut Rows) {
        for (pos, value) in own {
            let text = match value {
                Value::Error(_) => value.shown(),
                Value::Uncalculated => String::new(),
                _ => continue,
            };
            let field = match self.role(pos.col) {
                Some(Role::Field(field)) => Some(field),
                _ => None,
            };
            rows.errors.push(CellError { pos: *pos, text, field });
        }
    }
}

impl Rows {
    /// Adds a text of a column without a title to the record of its row.
    pub(super) fn add(&mut self, pos: Pos, title: String, text: String) {
        if let Some(draft) = self.drafts.iter_mut().find(|draft| draft.rows.contains(&pos.row)) {
            self.untitled.insert(pos.col);
            draft
                .extra
                .entry(pos.col)
                .and_modify(|(_, known)| *known = format!("{known}\n{text}"))
                .or_insert((title, text));
        }
    }
}

/// What a column apart from the table is called: by what stands in the header's row, as a second table beside the first
/// has it, or by its letters.
pub(super) fn untitled(grid: &Grid<'_>, header: &Header, col: u32) -> String {
    let title = grid.text(Pos::new(header.first, col));
    if title.is_empty() { format!("{} 列", column_letters(col)) } else { title }
}
