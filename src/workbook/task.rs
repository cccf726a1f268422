//! 任务完成: unit by due task, one table a kind of unit; under each the count of units that did it.

use super::frame::{Frame, unit_number};
use super::live::{Key, Range, count_where, number};
use super::paper::Paper;
use super::style::Look;
use crate::config::UnitKind;
use crate::place::Pos;
use crate::tally::{TaskLine, TaskState, UnitMonth};

pub(super) const TITLE: &str = "任务完成";
/// The first column of a task.
const FIRST: u32 = 7;
/// How the words of a cell begin.
const DONE: &str = "完成";
const KINDRED: &str = "同类已开展";
const OPEN: &str = "未开展";
/// Units on a printed page.
const ON_A_PAGE: usize = 18;

/// The columns of figures before the tasks.
const FIGURES: [(&str, &str); 5] =
    [("应完成", ""), ("完成", DONE), ("同类已开展", KINDRED), ("未开展", OPEN), ("完成率", "")];

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let tables: Vec<Table<'_>> = frame.kinds().into_iter().map(|(kind, word)| Table::of(frame, kind, word)).collect();
    let most = tables.iter().map(|table| table.tasks.len()).max().unwrap_or(0);
    let fixed = [7.0, 22.0, 8.0, 8.0, 9.0, 8.0, 9.0];
    let mut paper = Paper::new(TITLE, fixed.into_iter().chain(std::iter::repeat_n(12.0, most)));
    let line = "每周、每月的任务每月到期，每季、半年、年度任务在期末月到期；“同类已开展”指有同一监督内容的记录，不扣分；“—”为不属该单位";
    paper.heading(&frame.heading(TITLE), line);
    paper.freeze = Some(Pos::new(2, 2));
    let mut row = 2;
    let mut totals: Vec<Vec<Range>> = vec![Vec::new(); 4];
    for (n, table) in tables.iter().enumerate() {
        if n > 0 {
            paper.breaks.push(row);
        }
        row = table.draw(frame, &mut paper, row, &mut totals) + 1;
    }
    all(&mut paper, row, &totals);
    paper
}

/// Every figure over both tables, for 月度概览.
fn all(paper: &mut Paper, row: u32, totals: &[Vec<Range>]) {
    paper.put(row, 1, Look::SumName, "各类合计");
    let marks = ["due", "done", "kindred", "open"];
    for ((col, mark), ranges) in (2..).zip(marks).zip(totals) {
        let sums = ranges.iter().map(Range::sum).reduce(|sum, next| sum.plus(&next));
        paper.put(row, col, Look::SumCount, sums.unwrap_or_else(|| number(0.0)));
        paper.mark(mark, row, col);
    }
    let (due, done) = (paper.range(2, row, row).sum(), paper.range(3, row, row).sum());
    paper.put(row, 6, Look::SumShare, done.share_of(&due));
}

/// The table of one kind.
struct Table<'a> {
    word: &'static str,
    units: Vec<(usize, &'a UnitMonth)>,
    /// Label and frequency of every task that one of the units owes, in their order.
    tasks: Vec<(&'a str, &'a str)>,
}

impl<'a> Table<'a> {
    fn of(frame: &Frame<'a>, kind: Option<UnitKind>, word: &'static str) -> Table<'a> {
        let units: Vec<_> =
            frame.tally.units.iter().enumerate().filter(|(_, unit)| unit.kind == kind && unit.owes).collect();
        let mut tasks: Vec<(&str, &str)> = Vec::new();
        // Focus items come first with every unit; a unit may lack some that another has.
        for focus in [true, false] {
            for line in units.iter().flat_map(|(_, unit)| &unit.tasks).filter(|line| line.focus == focus) {
                if !tasks.iter().any(|(label, _)| *label == line.label) {
                    tasks.push((&line.label, &line.frequency));
                }
            }
        }
        Table { word, units, tasks }
    }

    fn draw(&self, frame: &Frame<'_>, paper: &mut Paper, row: u32, totals: &mut [Vec<Range>]) -> u32 {
        let last = FIRST + u32::try_from(self.tasks.len()).unwrap_or(0);
        paper.section(row, &format!("{}（到期任务和重点工作{}项）", self.word, self.tasks.len()));
        let mut at = row + 1;
        let top = at;
        for page in self.units.chunks(ON_A_PAGE) {
            if at > top {
                paper.breaks.push(at);
            }
            self.head(paper, at);
            at += 1;
            for (n, unit) in page {
                self.unit(frame, paper, at, *n, unit, last);
                at += 1;
            }
        }
        if self.units.is_empty() {
            paper.across(at, (0, FIRST - 1), Look::Centre, "没有应报送的单位");
            return at + 1;
        }
        for (col, ranges) in (2..).zip(totals.iter_mut()) {
            ranges.push(paper.range(col, top, at - 1));
        }
        self.sums(paper, at, top, last);
        at + 1
    }

    fn head(&self, paper: &mut Paper, at: u32) {
        paper.titles(at, ["单位号", "填报单位"].into_iter().chain(FIGURES.map(|(title, _)| title)));
        for (col, (label, frequency)) in (FIRST..).zip(&self.tasks) {
            paper.put(at, col, Look::Head, format!("{label}\n（{frequency}）"));
        }
    }

    fn unit(&self, frame: &Frame<'_>, paper: &mut Paper, at: u32, n: usize, unit: &UnitMonth, last: u32) {
        paper.put(at, 0, Look::Count, unit_number(n));
        paper.put(at, 1, Look::Centre, unit.name.as_str());
        for (col, (label, _)) in (FIRST..).zip(&self.tasks) {
            let line = unit.tasks.iter().find(|line| line.label == *label);
            let (look, words) = line.map_or((Look::Centre, "—".to_owned()), |line| state(frame, line));
            paper.put(at, col, look, words);
            if let Some((line, row)) = line.and_then(|line| Some((line, source_row(line)?))) {
                paper.link(at, col, frame.file_link(&line.file, &line.sheet, Some(row)));
            }
        }
        let states = paper.row_range(at, FIRST, (last.max(FIRST + 1)) - 1);
        let mut counted = Vec::new();
        for (col, (_, begins)) in (3..).zip(&FIGURES[1..4]) {
            let count = count_where(&[(&states, Key::Begins(begins))]);
            counted.push(paper.put(at, col, Look::Count, count));
        }
        let due = counted.iter().cloned().reduce(|sum, next| sum.plus(&next)).unwrap_or_else(|| number(0.0));
        let due = paper.put(at, 2, Look::Count, due);
        if let Some(done) = counted.first() {
            paper.put(at, 6, Look::Share, done.share_of(&due));
        }
    }

    /// The last row: sums of the figures, and how many units did each task.
    fn sums(&self, paper: &mut Paper, at: u32, top: u32, last: u32) {
        paper.put(at, 0, Look::SumName, "");
        paper.put(at, 1, Look::SumName, "合计（完成单位数）");
        let mut sums = Vec::new();
        for col in 2..6 {
            let sum = paper.range(col, top, at - 1).sum();
            sums.push(paper.put(at, col, Look::SumCount, sum));
        }
        if let (Some(due), Some(done)) = (sums.first(), sums.get(1)) {
            paper.put(at, 6, Look::SumShare, done.share_of(due));
        }
        for col in FIRST..last {
            let states = paper.range(col, top, at - 1);
            paper.put(at, col, Look::SumCount, count_where(&[(&states, Key::Begins(DONE))]));
        }
    }
}

/// The words of a task's state, with where it was done.
fn state(frame: &Frame<'_>, line: &TaskLine) -> (Look, String) {
    let place = |month: crate::calendar::Month, row: u32| {
        if month == frame.tally.month { format!("第{row}行") } else { format!("{}月第{row}行", month.number()) }
    };
    match line.state {
        TaskState::Done { month, row } => (Look::LinkCentre, format!("{DONE}\n{}", place(month, row))),
        TaskState::ByReceipt => (Look::Centre, format!("{DONE}\n已报表")),
        TaskState::Kindred { month, row } => (Look::LinkCentre, format!("{KINDRED}\n{}", place(month, row))),
        TaskState::Open if line.waived.is_some() => (Look::Alert, format!("{OPEN}\n（已认定）")),
        TaskState::Open => (Look::Alert, OPEN.to_owned()),
    }
}

fn source_row(line: &TaskLine) -> Option<u32> {
    match line.state {
        TaskState::Done { row, .. } | TaskState::Kindred { row, .. } => Some(row),
        TaskState::ByReceipt | TaskState::Open => None,
    }
}
