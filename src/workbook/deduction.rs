//! 扣分明细: every row that costs or brings points. Which rows there are is the program's decision; what each
//! costs refers to the scoring table of 口径说明.

use super::basis;
use super::frame::{Frame, unit_number};
use super::live::{Content, Value};
use super::paper::{Column, Paper, column};
use super::style::Look;
use crate::place::Pos;
use crate::rules;
use crate::tally::{Bonus, Deduction, UnitMonth};

pub(super) const TITLE: &str = "扣分明细";
/// The word for the bonus.
pub(super) const BONUS: &str = "加分";
const HEAD: u32 = 2;

fn columns() -> Vec<Column> {
    vec![
        column("序号", 6.0, Look::Count),
        column("单位号", 7.0, Look::Count),
        column("填报单位", 22.0, Look::Centre),
        column("项目", 10.0, Look::Centre),
        column("事由", 64.0, Look::Text),
        column("标准", 8.0, Look::Marks),
        column("次数", 6.0, Look::Count),
        column("扣分", 8.0, Look::Total),
        column("加分", 8.0, Look::Total),
        column("规则", 16.0, Look::Centre),
        column("来源文件", 30.0, Look::Link),
        column("工作表", 10.0, Look::Centre),
        column("位置", 9.0, Look::Centre),
    ]
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let columns = columns();
    let mut paper = Paper::new(TITLE, columns.iter().map(|column| column.width));
    let line = "“标准”取自口径说明的计分标准，扣分＝标准×次数；每项扣完为止；标准为空的由加减分登记簿写定分值";
    paper.heading(&frame.heading(TITLE), line);
    let units = &frame.tally.units;
    let count = units.iter().map(|unit| unit.deductions.len() + unit.bonuses.len()).sum();
    let mut at = paper.listing(HEAD, &columns, count, "本月没有扣分，也没有加分");
    paper.freeze = Some(Pos::new(HEAD + 1, 3));
    for (n, unit) in units.iter().enumerate() {
        if !unit.deductions.is_empty() || !unit.bonuses.is_empty() {
            paper.mark(format!("unit-{n}"), at, 2);
        }
        for deduction in &unit.deductions {
            cost(frame, &mut paper, at, (n, unit), deduction);
            at += 1;
        }
        for bonus in &unit.bonuses {
            gain(&mut paper, at, (n, unit), bonus);
            at += 1;
        }
    }
    paper
}

fn row(paper: &mut Paper, at: u32, (n, unit): (usize, &UnitMonth), rest: [Content; 10]) {
    let start = [Content::from(at - HEAD), unit_number(n).into(), unit.name.as_str().into()];
    paper.fill(at, &columns(), start.into_iter().chain(rest).collect());
}

fn cost(frame: &Frame<'_>, paper: &mut Paper, at: u32, unit: (usize, &UnitMonth), deduction: &Deduction) {
    let rule = deduction.rule.and_then(rules::named).map(|rule| rule.title);
    let rest = [
        deduction.item.chinese().into(),
        deduction.reason.as_str().into(),
        Content::default(),
        Content::default(),
        deduction.points.into(),
        Content::default(),
        rule.into(),
        deduction.file.as_str().into(),
        deduction.sheet.as_str().into(),
        deduction.cell.as_str().into(),
    ];
    row(paper, at, unit, rest);
    let priced = deduction.price.and_then(|(key, times)| Some((basis::price(frame, key)?, times)));
    if let Some((price, times)) = priced {
        let price = paper.put(at, 5, Look::Marks, price);
        let times = paper.put(at, 6, Look::Count, times);
        paper.put(at, 7, Look::Total, price.times(&times));
    }
    let row = deduction.cell.trim_start_matches(|c: char| !c.is_ascii_digit());
    let row = row.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    paper.link(at, 10, frame.file_link(&deduction.file, &deduction.sheet, row));
}

fn gain(paper: &mut Paper, at: u32, unit: (usize, &UnitMonth), bonus: &Bonus) {
    let line = format!("加减分.csv 第 {} 行", bonus.line);
    let reason = format!("{}（{}）", bonus.reason, bonus.document);
    let rest = [
        BONUS.into(),
        reason.into(),
        Content::default(),
        Content::default(),
        Content::default(),
        bonus.points.into(),
        Content::default(),
        line.into(),
        Value::Blank.into(),
        Value::Blank.into(),
    ];
    row(paper, at, unit, rest);
}
