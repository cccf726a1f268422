//! The formulas of a table of 统计指标: a unit's figures are added up from the lines, its kind's from the units' rows,
//! the total from the kinds'.

use super::FIRST;
use super::layout::{Column, Row};
use super::source::{LEFT_OUT, Source};
use crate::tally::statistic::{self, INDICATORS};
use crate::workbook::detail;
use crate::workbook::frame::{Frame, unit_number};
use crate::workbook::live::{Expr, Key, count_where, number, sum_where, text, word};
use crate::workbook::paper::{Paper, page_link};
use crate::workbook::style::Look;

/// A table under way.
pub(super) struct Table<'a> {
    pub frame: &'a Frame<'a>,
    pub source: &'a Source,
    pub columns: &'a [Column],
    pub rows: &'a [Row],
}

impl Table<'_> {
    /// Draws it from a row down; what it sums must be drawn before.
    pub(super) fn draw(&self, paper: &mut Paper, first: u32) {
        let mut kinds: Vec<u32> = Vec::new();
        for (at, row) in (first..).zip(self.rows) {
            match row {
                Row::Titles => {
                    if at > first {
                        paper.breaks.push(at);
                    }
                    let titles = self.columns.iter().map(Column::title);
                    let titles: Vec<String> =
                        ["单位号".to_owned(), "填报单位".to_owned()].into_iter().chain(titles).collect();
                    paper.titles(at, titles.iter().map(String::as_str));
                }
                Row::Unit(unit) => self.unit(paper, at, *unit),
                Row::Kind(name, many) => {
                    self.sums(paper, at, &format!("{name}小计"), |paper, col| {
                        let least = at.saturating_sub(*many);
                        paper.range(col, least, at - 1).sum()
                    });
                    kinds.push(at);
                }
                Row::Total => self.sums(paper, at, "合计", |paper, col| {
                    let sums = kinds.iter().map(|row| paper.cell(*row, col));
                    sums.reduce(|sum, next| sum.plus(&next)).unwrap_or_else(|| number(0.0))
                }),
            }
        }
    }

    fn unit(&self, paper: &mut Paper, at: u32, unit: usize) {
        let key = paper.put(at, 0, Look::Count, unit_number(unit));
        let name = self.frame.tally.units.get(unit).map(|unit| unit.name.clone());
        paper.put(at, 1, Look::Name, name);
        for (col, column) in (FIRST..).zip(self.columns) {
            let (figure, home) = match column {
                Column::Indicator(n) => (self.figure(&key, *n), self.source.first(unit, *n)),
                Column::CheckRecords => (self.check_records(&key), None),
                Column::Left => {
                    let tests = [(&self.source.units, Key::Is(key.clone())), (&self.source.left, word(LEFT_OUT))];
                    (count_where(&tests), self.source.first_left(unit))
                }
                Column::Rate => {
                    let (found, settled) = (paper.cell(at, col - 2), paper.cell(at, col - 1));
                    paper.put(at, col, Look::Share, settled.share_of(&found));
                    continue;
                }
            };
            let link = match column {
                Column::CheckRecords => self.frame.link(detail::TITLE, &format!("unit-{unit}")),
                _ => home.map(|pos| page_link(super::TITLE, pos)),
            };
            paper.put(at, col, look(column, link.is_some()), figure);
            paper.link(at, col, link);
        }
    }

    /// The sum of an indicator over the lines of a unit.
    fn figure(&self, unit: &Expr, indicator: usize) -> Expr {
        let name = INDICATORS.get(indicator).map(|indicator| indicator.name()).unwrap_or_default();
        let Source { numbers, indicators, units, .. } = self.source;
        sum_where(numbers, &[(units, Key::Is(unit.clone())), (indicators, Key::Is(text(&name)))])
    }

    /// The records of 监督明细 with a method of checking.
    fn check_records(&self, unit: &Expr) -> Expr {
        let units = self.frame.column(detail::TITLE, "单位号");
        let methods = self.frame.methods().into_iter().filter(|method| method.contains(statistic::CHECKING));
        let counts = methods.map(|method| {
            let used = self.frame.column(detail::TITLE, &detail::method_title(&method));
            sum_where(&used, &[(&units, Key::Is(unit.clone()))])
        });
        counts.reduce(|sum, next| sum.plus(&next)).unwrap_or_else(|| number(0.0))
    }

    fn sums(&self, paper: &mut Paper, at: u32, name: &str, of: impl Fn(&Paper, u32) -> Expr) {
        paper.put(at, 0, Look::SumName, "");
        paper.put(at, 1, Look::SumName, name);
        for (col, column) in (FIRST..).zip(self.columns) {
            if matches!(column, Column::Rate) {
                let (found, settled) = (paper.cell(at, col - 2), paper.cell(at, col - 1));
                paper.put(at, col, Look::SumShare, settled.share_of(&found));
                continue;
            }
            let sum = of(paper, col);
            paper.put(at, col, if column.is_money() { Look::SumMoney } else { Look::SumLink }, sum);
            let home = match column {
                Column::CheckRecords => page_link(detail::TITLE, detail::CONTENT),
                _ => page_link(super::TITLE, self.source.head),
            };
            paper.link(at, col, home);
        }
    }
}

fn look(column: &Column, linked: bool) -> Look {
    match (column.is_money(), linked) {
        (true, true) => Look::LinkMoney,
        (true, false) => Look::Money,
        (false, true) => Look::LinkCount,
        (false, false) => Look::Count,
    }
}
