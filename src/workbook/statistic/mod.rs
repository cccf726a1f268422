//! 统计指标: what the records of the month say was done, by unit, kind of unit and in total; below, every line that the
//! figures are added up from. The figures are those of the monthly sheets and no official statistics.

use super::detail;
use super::frame::{Frame, unit_number};
use super::live::{Expr, Key, count_where, number, sum_where, text, word};
use super::measure;
use super::paper::{Paper, page_link};
use super::style::Look;
use crate::tally::statistic::{self, Block, Counts, INDICATORS, Line};
use crate::text::deed::Act;

mod source;

use source::{LEFT_OUT, Source};

pub(super) const TITLE: &str = "统计指标";
/// The last column that is printed.
const PRINTED: u32 = 18;
/// The first column of a figure.
const FIRST: u32 = 2;
/// The first of the wider columns: sums of money above, in the lines below where they were read.
const MONEY: u32 = 16;
/// The width of the units' names.
const NAME: f64 = 32.0;
/// The height of a table on a printed page, at most, in points before the page is fitted to its width.
const TALLEST: f64 = 770.0;
/// Lines listed, at most; more are none of a month's reports.
const MOST: usize = 40_000;

const NOTES: &str = "1. 只取有效且计入的记录；同一条记录里，处理情况写了的以处理情况为准，没有写的取监督开展情况；文字写明数目的按写明的数，没有写明的按点名的人数、记录数。\n\
2. “人”与“人次”、“件”与“件次”分别计，不相加；第一种形态只在文字写明时计，各类谈话不并入。\n\
3. 约数（40余件）、累计数、单价和预算、责令退缴而没有写已退的，列在明细里，标“未计入”，不加进合计。\n\
4. 涉及金额取发现问题里写的金额，同一笔只计一次，有合计的取合计；追缴退缴取处理情况里写明已退、已缴的。两项都须人工核对。\n\
5. 点开一个单位的数字到明细里它的第一行，同一单位同一指标的各行连在一起；点开小计、合计到明细的表头，按“指标”筛选即是各行；点开“行”即到原表。";

/// A column of a table.
enum Column {
    Indicator(usize),
    /// Records with a method of checking, whatever number they state.
    CheckRecords,
    /// 已整改 of 发现问题.
    Rate,
    /// How many lines are shown and not added.
    Left,
}

/// A row of every table.
enum Row {
    Titles,
    Unit(usize),
    /// The sum of a kind of unit: its name, how many rows above belong to it.
    Kind(&'static str, u32),
    Total,
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let width = |col: u32| if col >= MONEY { 12.8 } else { 9.2 };
    let widths = [6.0, NAME].into_iter().chain((FIRST..=PRINTED).map(width)).chain([8.0, 12.0, 8.0]);
    let mut paper = Paper::new(TITLE, widths);
    paper.printed = Some(PRINTED);
    let line = "按月报填报口径：从各单位报来的文字中读出，供核对用，不是官方统计；与案件监督管理部门的统计不同的，以案管部门为准";
    paper.heading(&frame.heading("统计指标（按月报填报口径）"), line);
    paper.note(2, NOTES);
    let mut lines = statistic::lines(&frame.project.settings, frame.inbox, frame.tally);
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let rows = rows(frame);
    let tables = tables(&lines);
    let height = 2 + u32::try_from(rows.len()).unwrap_or(0);
    let listing = 3 + height * u32::try_from(tables.len()).unwrap_or(0);
    paper.section(listing, "明细（统计的每一处）");
    paper.breaks.push(listing);
    let source = source::draw(frame, &mut paper, listing + 1, &lines);
    if more > 0 {
        let words = format!("以上为前{MOST}处，还有{more}处没有列出，也没有计入");
        paper.note(listing + 2 + u32::try_from(lines.len()).unwrap_or(0), &words);
    }
    let mut at = 3;
    for (n, (title, columns)) in tables.iter().enumerate() {
        if n > 0 {
            paper.breaks.push(at);
        }
        paper.section(at, *title);
        Table { frame, source: &source, columns, rows: &rows }.draw(&mut paper, at + 1);
        at += height;
    }
    paper
}

/// The rows of every table: units by kind, the titles again on every printed page.
fn rows(frame: &Frame<'_>) -> Vec<Row> {
    let titles = measure::height(2);
    let mut rows = vec![Row::Titles];
    let mut height = titles;
    for (kind, word) in frame.kinds() {
        let told = |n: usize| frame.tally.entries.iter().any(|entry| entry.unit == n);
        let units =
            frame.tally.units.iter().enumerate().filter(|(n, unit)| unit.kind == kind && (unit.owes || told(*n)));
        let mut many = 0;
        for (n, unit) in units {
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
        rows.push(Row::Kind(word, many));
        height += measure::height(1);
    }
    rows.push(Row::Total);
    rows
}

/// The tables with their columns. What is counted by times of persons stands apart, where anything is.
fn tables(lines: &[Line]) -> Vec<(&'static str, Vec<Column>)> {
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

/// A table under way.
struct Table<'a> {
    frame: &'a Frame<'a>,
    source: &'a Source,
    columns: &'a [Column],
    rows: &'a [Row],
}

impl Table<'_> {
    fn draw(&self, paper: &mut Paper, first: u32) {
        let mut kinds: Vec<u32> = Vec::new();
        for (at, row) in (first..).zip(self.rows) {
            match row {
                Row::Titles => {
                    if at > first {
                        paper.breaks.push(at);
                    }
                    let titles = self.columns.iter().map(title);
                    let titles: Vec<String> =
                        ["单位号".to_owned(), "填报单位".to_owned()].into_iter().chain(titles).collect();
                    paper.titles(at, titles.iter().map(String::as_str));
                }
                Row::Unit(unit) => self.unit(paper, at, *unit),
                Row::Kind(name, many) => {
                    self.sums(paper, at, &format!("{name}小计"), |paper, col| {
                        let least = at.saturating_sub((*many).max(1));
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
                _ => home.map(|pos| page_link(TITLE, pos)),
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
            paper.put(at, col, if is_money(column) { Look::SumMoney } else { Look::SumLink }, sum);
            let home = match column {
                Column::CheckRecords => page_link(detail::TITLE, detail::CONTENT),
                _ => page_link(TITLE, self.source.head),
            };
            paper.link(at, col, home);
        }
    }
}

fn title(column: &Column) -> String {
    match column {
        Column::Indicator(n) => INDICATORS
            .get(*n)
            .map_or_else(String::new, |indicator| format!("{}\n（{}）", indicator.title, indicator.measure)),
        Column::CheckRecords => "检查记录\n（条）".to_owned(),
        Column::Rate => "整改率".to_owned(),
        Column::Left => "未计入\n（处）".to_owned(),
    }
}

fn is_money(column: &Column) -> bool {
    matches!(column, Column::Indicator(n) if INDICATORS.get(*n).is_some_and(|indicator| indicator.is_money()))
}

fn look(column: &Column, linked: bool) -> Look {
    match (is_money(column), linked) {
        (true, true) => Look::LinkMoney,
        (true, false) => Look::Money,
        (false, true) => Look::LinkCount,
        (false, false) => Look::Count,
    }
}
