//! How the tables of 统计指标 are laid out: their columns, and their rows with the titles again on every printed page.

use super::NAME;
use crate::tally::statistic::{self, Block, Counts, INDICATORS, Line};
use crate::text::deed::Act;
use crate::workbook::frame::Frame;
use crate::workbook::measure;

/// The height of a table on a printed page, at most, in points before the page is fitted to its width.
const TALLEST: f64 = 770.0;

/// A column of a table.
pub(super) enum Column {
    Indicator(usize),
    /// Records with a method of checking, whatever number they state.
    CheckRecords,
    /// 已整改 of 发现问题.
    Rate,
    /// How many lines are shown and not added.
    Left,
}

/// A row of every table.
pub(super) enum Row {
    Titles,
    Unit(usize),
    /// The sum of a kind of unit: its name, how many rows above belong to it.
    Kind(&'static str, u32),
    Total,
}

impl Column {
    /// The title above it, its measure on a second line.
    pub(super) fn title(&self) -> String {
        match self {
            Column::Indicator(n) => INDICATORS
                .get(*n)
                .map_or_else(String::new, |indicator| format!("{}\n（{}）", indicator.title, indicator.measure)),
            Column::CheckRecords => "检查记录\n（条）".to_owned(),
            Column::Rate => "整改率".to_owned(),
            Column::Left => "未计入\n（处）".to_owned(),
        }
    }

    /// Whether its figures are sums of money.
    pub(super) fn is_money(&self) -> bool {
        matches!(self, Column::Indicator(n) if INDICATORS.get(*n).is_some_and(|indicator| indicator.is_money()))
    }
}

/// The rows of every table: units by kind, the titles again on every printed page. A kind whose units have no row has
/// no sum either.
pub(super) fn rows(frame: &Frame<'_>) -> Vec<Row> {
    let titles = measure::height(2);
    let mut rows = vec![Row::Titles];
    let mut height = titles;
    let told = |n: usize| frame.tally.entries.iter().any(|entry| entry.unit == n);
    for (kind, word) in frame.kinds() {
        let mut many = 0;
        for (n, unit) in frame.tally.units.iter().enumerate() {
            if unit.kind != kind || !unit.owes && !told(n) {
                continue;
            }
            let higher = measure::height(measure::lines(&unit.name, NAME));
            height += higher;
            if height > TALLEST {
                rows.push(Row::Titles);
                height = titles + higher;
                many += 1;
            }
            rows.push(Row::Unit(n));
            many += 1;
        }
        if many > 0 {
            rows.push(Row::Kind(word, many));
            height += measure::height(1);
        }
    }
    rows.push(Row::Total);
    rows
}

/// The tables with their columns. What is counted by times of persons stands apart, where anything is.
pub(super) fn tables(lines: &[Line]) -> Vec<(&'static str, Vec<Column>)> {
    let of = |fits: &dyn Fn(&statistic::Indicator) -> bool| {
        let places = INDICATORS.iter().enumerate().filter(|(_, indicator)| fits(indicator));
        places.map(|(place, _)| Column::Indicator(place)).collect::<Vec<_>>()
    };
    let by_times = |indicator: &statistic::Indicator| {
        let first_form = matches!(indicator.counts, Counts::Deed(Act::FirstForm, _));
        indicator.block == Block::Persons && matches!(indicator.counts, Counts::Deed(_, true)) && !first_form
    };
    let mut matters = of(&|indicator| indicator.block == Block::Matters);
    let after = |matters: &[Column], counts: Counts| {
        let at = INDICATORS.iter().position(|indicator| indicator.counts == counts);
        1 + matters.iter().position(|column| matches!(column, Column::Indicator(n) if Some(*n) == at)).unwrap_or(0)
    };
    matters.insert(after(&matters, Counts::Check), Column::CheckRecords);
    matters.insert(after(&matters, Counts::Rectified), Column::Rate);
    matters.push(Column::Left);
    let persons = of(&|indicator| indicator.block == Block::Persons && !by_times(indicator));
    let mut tables = vec![("一、监督、问题和金额", matters), ("二、对人的处理（人）", persons)];
    if lines.iter().any(|line| INDICATORS.get(line.indicator).is_some_and(by_times)) {
        tables.push(("三、对人的处理（人次，另计，不与“人”相加）", of(&by_times)));
    }
    tables
}
