//! Header rows → columns. A header is found by its titles, in any order, over one or two lines; printed pages
//! may repeat it.

use super::grid::Grid;
use super::title::Titles;
use super::{Column, Field, Layout, Role};
use crate::place::Pos;

/// One header of a table.
#[derive(Debug, Clone)]
pub(super) struct Header {
    pub(super) first: u32,
    pub(super) last: u32,
    /// In sheet order.
    pub(super) columns: Vec<Column>,
}

impl Header {
    /// Of six columns where 发现问题 or 处理情况 is among them.
    pub(super) fn layout(&self) -> Layout {
        let six = |column: &Column| matches!(column.role, Role::Field(Field::Problem | Field::Handling));
        if self.columns.iter().any(six) { Layout::Six } else { Layout::Four }
    }

    /// The columns of a role: one, or the parts of a field.
    pub(super) fn all(&self, role: Role) -> impl Iterator<Item = u32> {
        self.columns.iter().filter(move |column| column.role == role).map(|column| column.col)
    }

    /// The first column of a role.
    pub(super) fn column(&self, role: Role) -> Option<u32> {
        self.columns.iter().find(|column| column.role == role).map(|column| column.col)
    }
}

/// So many unknown titles of a header are compared with the known ones.
const STRANGERS: usize = 32;
/// A title in the detail has at most so many characters.
const TITLE: usize = 120;

/// A header has at most so many lines.
const LINES: u32 = 4;
/// Fewer characters in a line of the header are a title rather than a sentence.
const SENTENCE: usize = 10;
/// What a line of the header says of how to fill in a column.
const HINTS: &[&str] = &["选填", "必填", "下拉", "具体到", "填写说明"];
/// So many titles that are only nearly known make a header too, if they stand in one of the first rows.
const NEAR: usize = 4;
const FIRST_ROWS: usize = 200;

/// Every header of a sheet, from the top.
pub(super) fn headers(grid: &Grid<'_>, titles: &Titles<'_>) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for (number, row) in grid.rows(0, u32::MAX).enumerate() {
        if headers.last().is_none_or(|header| header.last < row) {
            headers.extend(header_at(grid, titles, row, headers.is_empty() && number < FIRST_ROWS));
        }
    }
    headers
}

/// A title under way: its column, where it stands, what stands over it.
struct Place {
    column: Column,
    over: Option<String>,
}

/// The header that begins at a row; `nearly` says whether titles that are all only nearly known count.
fn header_at(grid: &Grid<'_>, titles: &Titles<'_>, row: u32, nearly: bool) -> Option<Header> {
    let named: Vec<(Pos, Role)> =
        grid.row(row).filter_map(|(pos, value)| Some((pos, titles.exact(&value.shown())?))).collect();
    let near = || grid.row(row).take(STRANGERS).filter(|(_, value)| titles.near(&value.shown(), &[]).is_some()).count();
    let titled = named.iter().any(|(_, role)| matches!(role, Role::Field(_)));
    if !titled && (!nearly || near() < NEAR) {
        return None;
    }
    let last = last_line(grid, titles, row, &named);
    let mut places = places(grid, row, last);
    name(&mut places, titles);
    let mut columns: Vec<Column> = places.into_iter().map(|place| place.column).collect();
    keep_together(grid, &mut columns);
    let fields = columns.iter().filter(|column| matches!(column.role, Role::Field(_)));
    let exact = fields.clone().filter(|column| column.near.is_none()).count();
    let tells = columns.iter().any(|column| matches!(column.role, Role::Field(Field::Progress | Field::Problem)));
    // A list of contents and methods for the dropdowns has titles too, but nothing to tell in.
    (tells && (exact >= 2 || nearly && fields.count() >= NEAR)).then_some(Header { first: row, last, columns })
}

/// Drops what stands in the header's rows apart from the table: lists for dropdowns, notes at the side.
fn keep_together(grid: &Grid<'_>, columns: &mut Vec<Column>) {
    let known = |column: &&Column| column.role != Role::Extra;
    let (first, last) = (columns.iter().position(|c| known(&c)), columns.iter().rposition(|c| known(&c)));
    let (Some(first), Some(last)) = (first, last) else { return };
    let gap = |pair: &[Column]| match pair {
        [left, right] => grid.right(left.pos) + 1 < right.col,
        _ => false,
    };
    let end = columns.windows(2).skip(last).position(gap).map_or(columns.len(), |at| last + at + 1);
    let begin = columns.windows(2).take(first).rposition(gap).map_or(0, |at| at + 1);
    columns.truncate(end);
    columns.drain(..begin);
}

/// The last line of the header that begins at `row`.
fn last_line(grid: &Grid<'_>, titles: &Titles<'_>, row: u32, named: &[(Pos, Role)]) -> u32 {
    let down = named.iter().filter_map(|(pos, _)| grid.cover(*pos)).map(|merge| merge.last.row).max();
    if let Some(down) = down.filter(|down| *down > row) {
        let down = down.min(row + LINES - 1);
        // Merged one row too far, a title reaches into the first record.
        return (row + 1..=down).find(|line| is_told(grid, titles, *line, named)).map_or(down, |line| line - 1);
    }
    // A second line shows by titles of its own, and by nothing chosen under 监督内容.
    let below: Vec<(Pos, Option<Role>)> =
        grid.row(row + 1).map(|(pos, value)| (pos, titles.exact(&value.shown()))).collect();
    let content = named.iter().find(|(_, role)| *role == Role::Field(Field::Content)).map(|(pos, _)| pos.col);
    let titled = below.iter().any(|(_, role)| matches!(role, Some(Role::Field(_))));
    let chosen = below.iter().any(|(pos, role)| Some(pos.col) == content && role.is_none());
    // The next line may also be the same header once more, on a page of its own.
    let again = below.iter().filter(|(pos, role)| named.iter().any(|(p, r)| p.col == pos.col && Some(*r) == *role));
    if titled && !chosen && again.count() < 2 { row + 1 } else { row }
}

/// Whether a row that merged titles reach down to tells as a record does: what stands under a title of a column is
/// neither a title nor a hint, and is a sentence, or goes with a number, or with a choice and a further text.
fn is_told(grid: &Grid<'_>, titles: &Titles<'_>, row: u32, named: &[(Pos, Role)]) -> bool {
    let under = |(pos, role): &(Pos, Role)| {
        let place = Pos::new(row, pos.col);
        let own = grid.right(*pos) == pos.col && grid.cover(place).is_none_or(|merge| merge.first == place);
        own.then(|| (*role, grid.text(place)))
    };
    let is_text = |text: &str| {
        let hint = text.starts_with(['（', '(']) || HINTS.iter().any(|hint| text.contains(hint));
        text.chars().any(char::is_alphabetic)
            && !hint
            && titles.exact(text).is_none()
            && titles.near(text, &[]).is_none()
    };
    let cells: Vec<(Role, String)> = named.iter().filter_map(under).filter(|(_, text)| !text.is_empty()).collect();
    let numbered = cells.iter().any(|(role, text)| *role == Role::Number && text.chars().all(|c| c.is_ascii_digit()));
    let told: Vec<&(Role, String)> =
        cells.iter().filter(|(role, text)| matches!(role, Role::Field(_)) && is_text(text)).collect();
    let chosen = told.iter().any(|(role, _)| *role == Role::Field(Field::Content));
    let sentence = told.iter().any(|(role, text)| {
        !matches!(role, Role::Field(Field::Content | Field::Method))
            && text.chars().filter(|c| c.is_alphanumeric()).count() >= SENTENCE
    });
    sentence || numbered && told.len() >= 2 || chosen && told.len() >= 3
}

/// The titles of a header by column: the lowest text counts, the one over it explains.
fn places(grid: &Grid<'_>, first: u32, last: u32) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for row in first..=last {
        for (pos, value) in grid.row(row) {
            let text = value.shown();
            let over = places.binary_search_by_key(&pos.col, |place| place.column.col);
            let spread = || {
                let above = (first..row).rev().find_map(|above| grid.cover(Pos::new(above, pos.col)))?;
                (above.first.row >= first && above.first.col < pos.col).then(|| grid.text(above.first))
            };
            let known = over.ok().and_then(|at| places.get_mut(at));
            match known {
                Some(place) => {
                    place.over = Some(std::mem::replace(&mut place.column.title, text));
                    place.column.pos = pos;
                }
                None => {
                    let column = Column { col: pos.col, pos, title: text, role: Role::Extra, near: None };
                    let place = Place { column, over: spread() };
                    places.insert(over.unwrap_or_else(|at| at).min(places.len()), place);
                }
            }
        }
    }
    for place in &mut places {
        let title: String = place.column.title.split('\n').map(str::trim).collect();
        place.column.title = title.chars().take(TITLE).collect();
    }
    places
}

/// Gives every column its role: by its own title, by the one over it, by a nearly known one.
fn name(places: &mut [Place], titles: &Titles<'_>) {
    let mut taken: Vec<Role> = Vec::new();
    for place in places.iter_mut() {
        if let Some(role) = titles.exact(&place.column.title).filter(|role| !taken.contains(role)) {
            place.column.role = role;
            taken.push(role);
        }
    }
    // 监督开展情况 over 时间 and 具体情况: its parts are all of it.
    let mut parted: Vec<Role> = Vec::new();
    for place in places.iter_mut().filter(|place| place.column.role == Role::Extra) {
        let over = place.over.as_deref().and_then(|over| titles.exact(over));
        let part = |role: &Role| !taken.contains(role) || parted.contains(role);
        if let Some(role) = over.filter(part) {
            place.column.role = role;
            taken.push(role);
            if matches!(role, Role::Field(_)) {
                parted.push(role);
            }
        }
    }
    for place in places.iter_mut().filter(|place| place.column.role == Role::Extra).take(STRANGERS) {
        // The same column twice is no near miss.
        if titles.exact(&place.column.title).is_some() {
            continue;
        }
        if let Some((role, meant)) = titles.near(&place.column.title, &taken) {
            place.column.role = role;
            place.column.near = Some(meant.to_owned());
            taken.push(role);
        }
    }
}
