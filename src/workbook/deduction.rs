//! 扣分明细: every row that costs or brings points. Which rows there are is the program's decision; what each
//! costs refers to the scoring table of 口径说明. Each row leads to its ground: within the workbook, and in the file.

use super::frame::{Frame, Shown, short, unit_number};
use super::live::{Content, Value};
use super::paper::{Column, Paper, column};
use super::style::Look;
use super::{basis, detail, ledger, receipt, task};
use crate::place::Pos;
use crate::register;
use crate::rules;
use crate::tally::{Bonus, Deduction, Item, UnitMonth};

pub(super) const TITLE: &str = "扣分明细";
const HEAD: u32 = 2;
/// The last column that is printed.
const PRINTED: u32 = 11;
/// Columns.
const PRICE: u32 = 4;
const INSIDE: u32 = 9;

fn columns() -> Vec<Column> {
    vec![
        column("序号", 6.0, Look::Count),
        column("填报单位", 22.0, Look::Centre),
        column("项目", 10.0, Look::Centre),
        column("事由", 48.0, Look::Line),
        column("标准", 7.0, Look::Marks),
        column("次数", 6.0, Look::Count),
        column("扣分", 7.0, Look::Total),
        column("加分", 7.0, Look::Total),
        column("规则", 14.5, Look::Centre),
        column("本簿所在", 15.5, Look::LinkCentre),
        column("来源文件", 24.0, Look::Line),
        column("位置", 9.0, Look::LinkCentre),
        column("工作表", 10.0, Look::Centre),
        column("单位号", 8.0, Look::Count),
    ]
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let columns = columns();
    let mut paper = Paper::new(TITLE, columns.iter().map(|column| column.width));
    paper.printed = Some(PRINTED);
    let line = "“标准”取自口径说明的计分标准，扣分＝标准×次数；每项扣完为止；标准为空的由加减分登记簿写定分值；点开“本簿所在”到那一条记录，点开“位置”到原文件";
    paper.heading(&frame.heading(TITLE), line);
    let units = &frame.tally.units;
    let count = units.iter().map(|unit| unit.deductions.len() + unit.bonuses.len()).sum();
    let mut at = paper.listing(HEAD, &columns, count, "本月没有扣分，也没有加分");
    paper.freeze = Some(Pos::new(HEAD + 1, 2));
    for (n, unit) in units.iter().enumerate() {
        let start = at;
        for deduction in &unit.deductions {
            cost(frame, &mut paper, at, (n, unit), deduction);
            at += 1;
        }
        for bonus in &unit.bonuses {
            gain(frame, &mut paper, at, (n, unit), bonus);
            at += 1;
        }
        mark(&mut paper, start, n, unit);
    }
    paper
}

/// Names the rows of a unit, and those of each of its items, which stand together in the items' order.
fn mark(paper: &mut Paper, start: u32, n: usize, unit: &UnitMonth) {
    let mut from = start;
    let of = |item: Item| unit.deductions.iter().filter(|row| row.item == item).count();
    let counts = Item::ALL.into_iter().map(|item| (item.chinese(), of(item)));
    for (item, count) in counts.chain([(register::BONUS, unit.bonuses.len())]) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        if count > 0 {
            paper.mark_rows(item_rows(n, item), from, count);
        }
        from += count;
    }
    if from > start {
        paper.mark_rows(unit_rows(n), start, from - start);
    }
}

/// The name of a unit's rows.
pub(super) fn unit_rows(unit: usize) -> String {
    format!("unit-{unit}")
}

/// The name of a unit's rows of one item, or of the bonus.
pub(super) fn item_rows(unit: usize, item: &str) -> String {
    format!("unit-{unit}-{item}")
}

fn row(paper: &mut Paper, at: u32, (n, unit): (usize, &UnitMonth), rest: [Content; 11]) {
    let start = [Content::from(at - HEAD), unit.name.as_str().into()];
    let end = [Content::from(unit_number(n))];
    paper.fill(at, &columns(), start.into_iter().chain(rest).chain(end).collect());
}

fn cost(frame: &Frame<'_>, paper: &mut Paper, at: u32, unit: (usize, &UnitMonth), deduction: &Deduction) {
    let whole = deduction.cell.is_empty() && !deduction.file.is_empty();
    let place = if whole { "整份" } else { deduction.cell.as_str() };
    let rule = deduction.rule.and_then(rules::named).map(|rule| rule.title);
    let inside = inside(frame, unit.0, deduction);
    let rest = [
        deduction.item.chinese().into(),
        deduction.reason.as_str().into(),
        Content::default(),
        Content::default(),
        deduction.points.into(),
        Content::default(),
        rule.into(),
        inside.as_ref().map(|(words, _)| words.clone()).into(),
        short(&deduction.file).into(),
        place.into(),
        deduction.sheet.as_str().into(),
    ];
    row(paper, at, unit, rest);
    let priced = deduction.price.and_then(|(key, times)| Some((basis::price(frame, key)?, times)));
    if let Some((price, times)) = priced {
        let price = paper.put(at, PRICE, Look::Marks, price);
        let times = paper.put(at, PRICE + 1, Look::Count, times);
        paper.put(at, PRICE + 2, Look::Total, price.times(&times));
    }
    paper.link(at, INSIDE, inside.map(|(_, link)| link));
    paper.link(at, PRINTED, frame.file_link(&deduction.file, &deduction.sheet, deduction.row));
}

/// Where in this workbook the ground of a row stands, in words and as a link: the problem in 问题台账, the record in
/// 监督明细, the task that nobody did in 任务完成, the day of receipt in 报送情况.
fn inside(frame: &Frame<'_>, unit: usize, deduction: &Deduction) -> Option<(String, String)> {
    let words = |page: &str, shown: Shown| (format!("{page}第{}行", shown.row), shown.link);
    let cell = |page: &str, mark: &str| Some(words(page, frame.shown(page, mark)?));
    let record = |page: &str| {
        let shown = frame.record(page, &deduction.file, &deduction.sheet, deduction.row?)?;
        Some(words(page, shown))
    };
    // Where nothing came, each item is taken whole.
    let missing = deduction.price.is_some_and(|(key, _)| key == deduction.item.full_marks());
    match deduction.item {
        _ if missing => cell(receipt::TITLE, &format!("state-{unit}")),
        Item::Timely => cell(receipt::TITLE, &format!("state-{unit}")),
        Item::Closure => record(ledger::TITLE),
        Item::Task => record(detail::TITLE).or_else(|| cell(task::TITLE, &task::mark(unit, deduction.task?))),
        Item::Form | Item::Concrete => record(detail::TITLE),
    }
}

fn gain(frame: &Frame<'_>, paper: &mut Paper, at: u32, unit: (usize, &UnitMonth), bonus: &Bonus) {
    let line = format!("第 {} 行", bonus.line);
    let reason = format!("{}（{}）", bonus.reason, bonus.document);
    let rest = [
        register::BONUS.into(),
        reason.into(),
        Content::default(),
        Content::default(),
        Content::default(),
        bonus.points.into(),
        Content::default(),
        Content::default(),
        register::ADJUSTMENTS.into(),
        line.into(),
        Value::Blank.into(),
    ];
    row(paper, at, unit, rest);
    paper.link(at, PRINTED, frame.file_link(register::ADJUSTMENTS, "", None));
}
