//! 扣分明细: every row that costs or brings points. Which rows there are is the program's decision; what each
//! costs refers to the scoring table of 口径说明.

use super::basis;
use super::frame::{Frame, short, unit_number};
use super::live::{Content, Value};
use super::paper::{Column, Paper, column};
use super::style::Look;
use crate::place::Pos;
use crate::register;
use crate::rules;
use crate::tally::{Bonus, Deduction, UnitMonth};

pub(super) const TITLE: &str = "扣分明细";
const HEAD: u32 = 2;
/// The last column that is printed.
const PRINTED: u32 = 10;
/// Columns.
const PRICE: u32 = 4;

fn columns() -> Vec<Column> {
    vec![
        column("序号", 6.0, Look::Count),
        column("填报单位", 20.0, Look::Centre),
        column("项目", 10.0, Look::Centre),
        column("事由", 50.0, Look::Line),
        column("标准", 7.0, Look::Marks),
        column("次数", 6.0, Look::Count),
        column("扣分", 7.0, Look::Total),
        column("加分", 7.0, Look::Total),
        column("规则", 16.0, Look::Centre),
        column("来源文件", 26.0, Look::Line),
        column("位置", 9.0, Look::LinkCentre),
        column("工作表", 10.0, Look::Centre),
        column("单位号", 8.0, Look::Count),
    ]
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let columns = columns();
    let mut paper = Paper::new(TITLE, columns.iter().map(|column| column.width));
    paper.printed = Some(PRINTED);
    let line = "“标准”取自口径说明的计分标准，扣分＝标准×次数；每项扣完为止；标准为空的由加减分登记簿写定分值";
    paper.heading(&frame.heading(TITLE), line);
    let units = &frame.tally.units;
    let count = units.iter().map(|unit| unit.deductions.len() + unit.bonuses.len()).sum();
    let mut at = paper.listing(HEAD, &columns, count, "本月没有扣分，也没有加分");
    paper.freeze = Some(Pos::new(HEAD + 1, 2));
    for (n, unit) in units.iter().enumerate() {
        if !unit.deductions.is_empty() || !unit.bonuses.is_empty() {
            paper.mark(format!("unit-{n}"), at, 1);
        }
        for deduction in &unit.deductions {
            cost(frame, &mut paper, at, (n, unit), deduction);
            at += 1;
        }
        for bonus in &unit.bonuses {
            gain(frame, &mut paper, at, (n, unit), bonus);
            at += 1;
        }
    }
    paper
}

fn row(paper: &mut Paper, at: u32, (n, unit): (usize, &UnitMonth), rest: [Content; 10]) {
    let start = [Content::from(at - HEAD), unit.name.as_str().into()];
    let end = [Content::from(unit_number(n))];
    paper.fill(at, &columns(), start.into_iter().chain(rest).chain(end).collect());
}

fn cost(frame: &Frame<'_>, paper: &mut Paper, at: u32, unit: (usize, &UnitMonth), deduction: &Deduction) {
    let (file, place) = match by_hand(&deduction.file) {
        Some(line) => (REGISTER, line),
        None if deduction.cell.is_empty() && !deduction.file.is_empty() => (deduction.file.as_str(), "整份"),
        None => (deduction.file.as_str(), deduction.cell.as_str()),
    };
    let rule = deduction.rule.and_then(rules::named).map(|rule| rule.title);
    let rest = [
        deduction.item.chinese().into(),
        deduction.reason.as_str().into(),
        Content::default(),
        Content::default(),
        deduction.points.into(),
        Content::default(),
        rule.into(),
        short(file).into(),
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
    let row = deduction.cell.trim_start_matches(|c: char| !c.is_ascii_digit());
    let row = row.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    paper.link(at, PRINTED, frame.file_link(file, &deduction.sheet, row));
}

/// The register of points by hand.
const REGISTER: &str = "加减分.csv";

/// The line of the register that a row comes from, as the tally writes it.
fn by_hand(file: &str) -> Option<&str> {
    file.strip_prefix(REGISTER).map(str::trim).filter(|line| line.starts_with("第 "))
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
        REGISTER.into(),
        line.into(),
        Value::Blank.into(),
    ];
    row(paper, at, unit, rest);
    paper.link(at, PRINTED, frame.file_link(REGISTER, "", None));
}
