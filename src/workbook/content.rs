//! 内容方式: valid records by content and method. A record with two methods counts in two cells and once in the
//! total; below, the same records by unit and content.

use super::basis;
use super::detail;
use super::frame::{Frame, unit_number};
use super::live::{Expr, Key, Range, count_where, sum_where, text, when};
use super::paper::{Paper, page_link};
use super::style::Look;
use crate::place::Pos;

pub(super) const TITLE: &str = "内容方式";
const HEAD: u32 = 3;

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let (contents, methods) = (frame.contents(), frame.methods());
    let wide = (methods.len() + 5).max(contents.len() + 2);
    let widths = [7.0, 34.0].into_iter().chain(std::iter::repeat_n(11.0, wide));
    let mut paper = Paper::new(TITLE, widths);
    let line = "只计有效且计入的记录；一条记录写了两种方式的在两格各计一次，“合计”只计一次；“发现问题”含待补的，监督内容写错、归不到哪一项的不在内；逐条见监督明细：点开数字，按“归入内容”和“方式：……”筛选";
    paper.heading(&frame.heading(TITLE), line);
    paper.freeze = Some(Pos::new(HEAD + 1, 2));
    paper.section(2, "一、监督内容与监督方式");
    let row = by_method(frame, &mut paper, &contents, &methods);
    paper.section(row + 1, "二、各单位监督内容");
    paper.breaks.push(row + 1);
    by_unit(frame, &mut paper, &contents, row + 2);
    paper
}

/// The columns of 监督明细 that are counted.
struct Columns {
    content: Range,
    unit: Range,
    counted: Range,
    problem: Range,
}

fn columns(frame: &Frame<'_>) -> Columns {
    let of = |title: &str| frame.column(detail::TITLE, title);
    Columns {
        content: of("归入内容"), unit: of("单位号"), counted: of("计数：计入"), problem: of("计数：问题")
    }
}

fn by_method(frame: &Frame<'_>, paper: &mut Paper, contents: &[String], methods: &[String]) -> u32 {
    let of = columns(frame);
    let total = 2 + u32::try_from(methods.len()).unwrap_or(0);
    let titles = ["序号", "监督内容"].into_iter().chain(methods.iter().map(String::as_str));
    paper.titles(HEAD, titles.chain(["合计", "占比", "上月", "增减", "发现问题（含待补）"]));
    let first = HEAD + 1;
    let sum_row = first + u32::try_from(contents.len()).unwrap_or(0);
    let used: Vec<Range> =
        methods.iter().map(|method| frame.column(detail::TITLE, &detail::method_title(method))).collect();
    for ((n, row), content) in (0..).zip(first..).zip(contents) {
        paper.put(row, 0, Look::Count, unit_number(n));
        let name = paper.put(row, 1, Look::Name, content.as_str());
        let key = || Key::Is(name.clone());
        for ((col, counts), method) in (2..).zip(&used).zip(methods) {
            let records = sum_where(counts, &[(&of.content, key())]);
            let column = detail::method_title(method);
            let tip = format!("监督明细：按“归入内容”筛选“{content}”，按“{column}”筛选1");
            leading(paper, (row, col), records, Some(page_link(detail::TITLE, detail::CONTENT)), tip);
        }
        let records = paper.put(row, total, Look::SumLink, sum_where(&of.counted, &[(&of.content, key())]));
        paper.link(row, total, page_link(detail::TITLE, detail::CONTENT));
        paper.tip(row, total, format!("监督明细：按“归入内容”筛选“{content}”，按“计入”筛选“是”"));
        if let Some(last) = frame.cell(basis::TITLE, &format!("last-content-{n}")) {
            let last = paper.put(row, total + 2, Look::Count, when(last.is_number(), last.clone(), text("—")));
            paper.put(row, total + 3, Look::CountChange, records.minus(&last));
        } else {
            paper.put(row, total + 2, Look::Centre, "—");
            paper.put(row, total + 3, Look::Centre, "—");
        }
        let problems = sum_where(&of.problem, &[(&of.content, key())]);
        let tip = format!("监督明细：按“归入内容”筛选“{content}”，按“计数：问题”筛选1");
        leading(paper, (row, total + 4), problems, Some(page_link(detail::TITLE, detail::CONTENT)), tip);
    }
    sums(paper, first, sum_row, total);
    for row in first..=sum_row {
        let (of_row, whole) = (paper.cell(row, total), paper.cell(sum_row, total));
        paper.put(row, total + 1, if row == sum_row { Look::SumShare } else { Look::Share }, of_row.share_of(&whole));
    }
    paper.mark_column("监督内容", 1, first, sum_row - first);
    paper.mark_column("合计", total, first, sum_row - first);
    sum_row + 1
}

/// Puts a count that leads to what it counts, unless that is nothing.
fn leading(paper: &mut Paper, (row, col): (u32, u32), count: Expr, link: Option<String>, tip: String) {
    let link = link.filter(|_| count.value.number().is_some_and(|count| count > 0.0));
    paper.put(row, col, if link.is_some() { Look::LinkCount } else { Look::Count }, count);
    paper.link(row, col, link);
    paper.tip(row, col, tip);
}

fn sums(paper: &mut Paper, first: u32, row: u32, total: u32) {
    paper.put(row, 0, Look::SumName, "");
    paper.put(row, 1, Look::SumName, "合计");
    let last = row.saturating_sub(1).max(first);
    for col in (2..=total + 4).filter(|col| *col != total + 1) {
        let sum = paper.range(col, first, last).sum();
        paper.put(row, col, if col == total + 3 { Look::SumChange } else { Look::SumCount }, sum);
    }
    paper.mark("records", row, total);
}

fn by_unit(frame: &Frame<'_>, paper: &mut Paper, contents: &[String], row: u32) {
    let of = columns(frame);
    let total = 2 + u32::try_from(contents.len()).unwrap_or(0);
    let titles = ["单位号", "填报单位"].into_iter().chain(contents.iter().map(String::as_str));
    paper.titles(row, titles.chain(["合计", "涉及内容数"]));
    let mut at = row + 1;
    for (n, unit) in frame.tally.units.iter().enumerate().filter(|(_, unit)| unit.owes) {
        at = paper.go_on(at, (row, row));
        let unit_key = paper.put(at, 0, Look::Count, unit_number(n));
        paper.put(at, 1, Look::Name, unit.name.as_str());
        let link = frame.rows_link(detail::TITLE, &format!("unit-{n}"));
        for (col, content) in (2..total).zip(contents) {
            let tests = [(&of.unit, Key::Is(unit_key.clone())), (&of.content, Key::Is(paper.cell(row, col)))];
            let tip = format!("监督明细中本单位的各行，再按“归入内容”筛选“{content}”，按“计入”筛选“是”");
            leading(paper, (at, col), sum_where(&of.counted, &tests), link.clone(), tip);
        }
        let all = sum_where(&of.counted, &[(&of.unit, Key::Is(unit_key.clone()))]);
        paper.put(at, total, if link.is_some() { Look::SumLink } else { Look::SumCount }, all);
        paper.link(at, total, link);
        paper.tip(at, total, "监督明细中本单位的各行，按“计入”筛选“是”");
        let cells = paper.row_range(at, 2, total - 1);
        let touched = count_where(&[(&cells, Key::Above(0))]);
        paper.put(at, total + 1, Look::Count, touched);
        at += 1;
    }
    if at == row + 1 {
        paper.across(at, (0, total + 1), Look::Centre, "没有应报送的单位");
        at += 1;
    }
    paper.put(at, 0, Look::SumName, "");
    paper.put(at, 1, Look::SumName, "合计");
    for col in 2..=total {
        let sum = paper.range(col, row + 1, at - 1).sum();
        paper.put(at, col, Look::SumCount, sum);
    }
    paper.put(at, total + 1, Look::SumName, "");
}
