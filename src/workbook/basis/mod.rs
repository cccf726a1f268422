//! 口径说明: how every figure was made. Its tables hold what the other pages' formulas refer to: scoring, days,
//! last month's figures; and the proof that nothing was lost.

use super::frame::Frame;
use super::live::{Content, Expr, number};
use super::paper::{Column, Paper};
use super::style::Look;
use super::turn::OPENING;

mod before;
mod proof;
mod scale;
mod source;

pub(super) use before::pointer;

pub(super) const TITLE: &str = "口径说明";
const WIDTHS: [f64; 14] = [6.0, 36.0, 14.0, 22.0, 11.0, 17.0, 9.0, 9.0, 9.0, 9.0, 9.0, 10.0, 10.0, 9.0];
/// The last column that is printed; the one to its right counts each file once.
const LAST: u32 = 12;

/// Draws one table from a row on; gives the next free row.
type Table = fn(&Frame<'_>, &mut Paper, u32) -> u32;

/// The tables in their order.
const TABLES: [Table; 9] = [
    scale::days,
    scale::prices,
    scale::levels,
    source::files,
    source::receipts,
    source::waivers,
    before::last_month,
    proof::sums,
    proof::notes,
];

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let mut paper = Paper::new(TITLE, WIDTHS);
    let line = "除监督明细、退回清单、问题台账为逐条登记外，各页数字都是公式，取自监督明细、扣分明细、统计指标下方的明细和本页各表，改动后自动重算";
    paper.heading(&frame.heading(TITLE), line);
    paper.printed = Some(LAST);
    let mut row = 2;
    for table in TABLES {
        paper.begin(row, OPENING);
        row = table(frame, &mut paper, row) + 1;
    }
    paper
}

/// A row: number, name, value, and words across the rest.
fn line(paper: &mut Paper, row: u32, n: u32, name: &str, value: (Look, Content), words: &str) {
    paper.put(row, 0, Look::Count, n);
    paper.put(row, 1, Look::Line, name);
    paper.put(row, 2, value.0, value.1);
    paper.across(row, (3, LAST), Look::Line, words);
}

fn head(paper: &mut Paper, row: u32, section: &str, titles: [&str; 4]) {
    paper.section(row, section);
    paper.titles(row + 1, titles[..3].iter().copied());
    paper.across(row + 1, (3, LAST), Look::Head, titles[3]);
}

fn table(paper: &mut Paper, row: u32, section: &str, columns: &[Column]) -> u32 {
    paper.section(row, section);
    paper.titles(row + 1, columns.iter().map(|column| column.title.as_str()));
    row + 2
}

fn none(paper: &mut Paper, row: u32, words: &str) -> u32 {
    paper.across(row, (0, LAST), Look::Centre, words);
    row + 1
}

/// The price of a row of 扣分明细: the cell of the scoring table, or nothing where the key is none of its own.
pub(super) fn price(frame: &Frame<'_>, key: &str) -> Option<Expr> {
    frame.cell(TITLE, key)
}

/// The same, as a number that is sure to be there.
pub(super) fn price_or_zero(frame: &Frame<'_>, key: &str) -> Expr {
    price(frame, key).unwrap_or_else(|| number(0.0))
}
