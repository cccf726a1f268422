//! 问题台账: every problem of the month, then those of earlier months that were still open.

use super::frame::{Frame, record_mark, short, unit_number};
use super::live::{Content, text, when};
use super::paper::{Column, Paper, column};
use super::style::Look;
use super::{basis, detail};
use crate::place::Pos;
use crate::tally::{Problem, ProblemStatus};

pub(super) const TITLE: &str = "问题台账";
const HEAD: u32 = 2;
/// Where the titles stand by which a figure is filtered.
pub(super) const MONTH: Pos = Pos::new(HEAD, 2);
pub(super) const STATUS: Pos = Pos::new(HEAD, 7);
/// The last column that is printed.
const PRINTED: u32 = 11;
/// Columns.
const UNTIL: u32 = 6;
const LATE: u32 = 8;
/// The word for a problem whose record is not yet valid.
pub(super) const PENDING: &str = "待补";

fn columns() -> Vec<Column> {
    vec![
        column("问题编号", 15.0, Look::LinkCentre),
        column("填报单位", 16.0, Look::Centre),
        column("报告月份", 9.0, Look::Centre),
        column("监督内容", 14.0, Look::Centre),
        column("发现问题", 40.0, Look::Text),
        column("处理情况", 40.0, Look::Text),
        column("整改期限", 15.0, Look::Day),
        column("状态", 8.0, Look::Centre),
        column("逾期天数", 6.0, Look::Count),
        column("销号日期", 15.0, Look::Day),
        column("来源文件", 16.0, Look::Line),
        column("行", 5.0, Look::LinkCount),
        column("工作表", 10.0, Look::Centre),
        column("单位号", 8.0, Look::Count),
    ]
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let columns = columns();
    let mut paper = Paper::new(TITLE, columns.iter().map(|column| column.width));
    paper.printed = Some(PRINTED);
    let line = "本月报告的问题，以及以前月份尚未销号的问题；“待补”指所在记录尚不合格，不计分；“未明确”指没有写整改期限；后来的进展写在处理情况里；点开编号即到监督明细，点开“行”即到原表";
    paper.heading(&frame.heading(TITLE), line);
    let ledger = &frame.tally.ledger;
    let first = paper.listing(HEAD, &columns, ledger.len(), "本月没有发现问题，以前的问题都已整改或销号");
    paper.freeze = Some(Pos::new(HEAD + 1, 2));
    for (at, problem) in (first..).zip(ledger) {
        paper.fill(at, &columns, cells(frame, problem));
        paper.link(at, PRINTED, frame.file_link(&problem.file, &problem.sheet, Some(problem.row)));
        if let Some(record) = frame.record(detail::TITLE, &problem.file, &problem.sheet, problem.row) {
            paper.link(at, 0, record.link);
            paper.tip(at, 0, "监督明细中报告这个问题的记录");
        } else {
            paper.put(at, 0, Look::Centre, problem.number.as_str());
        }
        paper.mark(record_mark(&problem.file, &problem.sheet, problem.row), at, 0);
        overdue(frame, &mut paper, at, problem);
    }
    paper
}

fn cells(frame: &Frame<'_>, problem: &Problem) -> Vec<Content> {
    let unit = frame.tally.units.get(problem.unit).map(|unit| unit.name.clone());
    let closed = match problem.status {
        ProblemStatus::Closed(day) => Some(day),
        _ => None,
    };
    vec![
        problem.number.as_str().into(),
        unit.into(),
        problem.month.to_string().into(),
        problem.content.map(|content| frame.content_name(Some(content))).into(),
        problem.problem.as_str().into(),
        handling(problem).into(),
        problem.deadline.into(),
        status(problem).into(),
        Content::default(),
        closed.into(),
        short(&problem.file).into(),
        problem.row.into(),
        problem.sheet.as_str().into(),
        unit_number(problem.unit).into(),
    ]
}

/// Its handling, and below it what later records tell, each with its month and source.
fn handling(problem: &Problem) -> String {
    let steps = problem.progress.iter().map(|step| {
        let idle = if step.valid { "" } else { "，该记录不合格，未采用" };
        format!("\n【{}进展】{}（{} 第{}行{idle}）", step.month.chinese(), step.handling, step.file, step.row)
    });
    std::iter::once(problem.handling.clone()).chain(steps).collect()
}

/// Where it stands: 待补 while its record is not valid, unless it is closed.
fn status(problem: &Problem) -> &'static str {
    match problem.status {
        ProblemStatus::Closed(_) => problem.status.chinese(),
        _ if !problem.valid => PENDING,
        _ => problem.status.chinese(),
    }
}

/// The days since the deadline passed, by the day of the count in 口径说明.
fn overdue(frame: &Frame<'_>, paper: &mut Paper, at: u32, problem: &Problem) {
    let (Some(deadline), ProblemStatus::Overdue(_), true) = (problem.deadline, problem.status, problem.valid) else {
        return;
    };
    let Some(as_of) = frame.cell(basis::TITLE, "as-of") else { return };
    let until = paper.put(at, UNTIL, Look::Day, deadline);
    let late = as_of.above(&until);
    paper.put(at, LATE, Look::Count, when(late, as_of.minus(&until), text("")));
}
