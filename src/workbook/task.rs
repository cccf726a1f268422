//! 任务完成: due tasks and focus items by unit, a table a kind of unit and page; under each unit what it did, beside
//! each task how many units did it. The words of a cell are a formula, also where nothing in them can change: the one kind
//! of cell whose line breaks a link leaves as they are in every program.

use super::detail;
use super::frame::{Frame, Shown};
use super::live::{Expr, Key, Range, count_where, number, said, text};
use super::paper::Paper;
use super::style::Look;
use crate::calendar::Month;
use crate::config::UnitKind;
use crate::tally::{TaskLine, TaskState, UnitMonth};

pub(super) const TITLE: &str = "任务完成";
/// The first column of a unit.
const FIRST: u32 = 3;
/// How the words of a cell begin.
const DONE: &str = "完成";
const KINDRED: &str = "同类已开展";
const OPEN: &str = "未开展";
/// Units on a printed page, at most.
const ON_A_PAGE: usize = 16;

/// The room that the figures under the units take on paper, in points.
const FOOT: f64 = 130.0;

/// The figures under each unit: their words, their marks, and how the words of the cells begin that they count.
const FIGURES: [(&str, &str, Option<&str>); 4] = [
    ("应完成", "due", None),
    ("完成", "done", Some(DONE)),
    ("同类已开展", "kindred", Some(KINDRED)),
    ("未开展", "open", Some(OPEN)),
];

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let tables: Vec<Table<'_>> = frame.kinds().into_iter().flat_map(|(kind, word)| tables(frame, kind, word)).collect();
    let most = tables.iter().map(|table| table.units.len()).max().unwrap_or(0);
    let widths = [6.0, 40.0, 9.0].into_iter().chain(std::iter::repeat_n(10.8, most + 2));
    let mut paper = Paper::new(TITLE, widths);
    let line = "每周、每月的任务每月到期，每季、半年、年度任务在期末月到期；“同类已开展”指有一条有效记录，只写了该任务的监督内容、没有写是哪项任务，不扣分；“有记录但不合格”指报了记录但不合格，照未开展扣分；“—”指不属该单位；行号是来源表的行，点开即到监督明细的那一条";
    paper.heading(&frame.heading(TITLE), line);
    let mut row = 2;
    let mut totals: Vec<Vec<Range>> = vec![Vec::new(); FIGURES.len()];
    for (n, table) in tables.iter().enumerate() {
        if n > 0 {
            paper.breaks.push(row);
        }
        row = table.draw(frame, &mut paper, row, &mut totals) + 1;
    }
    if tables.is_empty() {
        paper.across(row, (0, FIRST), Look::Centre, "没有应报送的单位");
        row += 1;
    }
    all(&mut paper, row, &totals);
    paper
}

/// Every figure over all tables, for 月度概览.
fn all(paper: &mut Paper, row: u32, totals: &[Vec<Range>]) {
    paper.begin(row, 1.3 * FOOT);
    paper.section(row, "各类合计");
    for ((at, (name, mark, _)), ranges) in (row + 1..).zip(FIGURES).zip(totals) {
        let sum = ranges.iter().map(Range::sum).reduce(|sum, next| sum.plus(&next));
        paper.across(at, (0, 1), Look::SumName, name);
        paper.put(at, 2, Look::SumCount, sum.unwrap_or_else(|| number(0.0)));
        paper.mark(mark, at, 2);
    }
    let (due, done) = (paper.cell(row + 1, 2), paper.cell(row + 2, 2));
    paper.across(row + 5, (0, 1), Look::SumName, "完成率");
    paper.put(row + 5, 2, Look::SumShare, done.share_of(&due));
}

/// The units of one kind that stand on one page, and the tasks that units of the kind owe.
struct Table<'a> {
    /// The words of its heading before the figures.
    title: String,
    /// With their index in `Tally::units`.
    units: Vec<(usize, &'a UnitMonth)>,
    /// Label and frequency, in their order.
    tasks: Vec<(&'a str, &'a str)>,
}

fn tables<'a>(frame: &Frame<'a>, kind: Option<UnitKind>, word: &str) -> Vec<Table<'a>> {
    let units = frame.tally.units.iter().enumerate().filter(|(_, unit)| unit.kind == kind && unit.owes);
    let units: Vec<(usize, &UnitMonth)> = units.collect();
    let mut tasks: Vec<(&str, &str)> = Vec::new();
    // Focus items come first with every unit; a unit may lack some that another has.
    for focus in [true, false] {
        for line in units.iter().flat_map(|(_, unit)| &unit.tasks).filter(|line| line.focus == focus) {
            if !tasks.iter().any(|(label, _)| *label == line.label) {
                tasks.push((&line.label, &line.frequency));
            }
        }
    }
    let pages = units.len().div_ceil(ON_A_PAGE).max(1);
    let chunks = units.chunks(units.len().div_ceil(pages).max(1));
    let title = |n: usize| match pages {
        1 => word.to_owned(),
        _ => format!("{word}第{}部分", n + 1),
    };
    chunks
        .enumerate()
        .map(|(n, units)| Table { title: title(n), units: units.to_vec(), tasks: tasks.clone() })
        .collect()
}

impl Table<'_> {
    fn draw(&self, frame: &Frame<'_>, paper: &mut Paper, row: u32, totals: &mut [Vec<Range>]) -> u32 {
        let end = FIRST + u32::try_from(self.units.len()).unwrap_or(0);
        paper.section(row, self.title.as_str());
        let head = row + 1;
        let names = self.units.iter().map(|(_, unit)| unit.name.as_str());
        paper.titles(head, ["序号", "任务", "执行时间"].into_iter().chain(names).chain(["完成单位", "未开展单位"]));
        let first = head + 1;
        let mut at = first;
        for (n, (label, frequency)) in (1_u32..).zip(&self.tasks) {
            at = paper.go_on(at, (head, head));
            paper.put(at, 0, Look::Count, n);
            paper.put(at, 1, Look::Line, *label);
            paper.put(at, 2, Look::Centre, *frequency);
            for (col, unit) in (FIRST..).zip(&self.units) {
                fill(frame, paper, (at, col), *unit, label);
            }
            let states = paper.row_range(at, FIRST, end.max(FIRST + 1) - 1);
            paper.put(at, end, Look::Count, count_where(&[(&states, Key::Begins(DONE))]));
            paper.put(at, end + 1, Look::Count, count_where(&[(&states, Key::Begins(OPEN))]));
            at += 1;
        }
        if self.tasks.is_empty() {
            paper.across(at, (0, end + 1), Look::Centre, "没有到期任务和重点工作");
            return at + 1;
        }
        at = paper.go_on_with(at, (head, head), FOOT);
        for col in FIRST..end {
            let states = paper.range(col, first, at - 1);
            figures(paper, at, col, &states);
        }
        for ((line, (name, ..)), ranges) in (at..).zip(FIGURES).zip(totals.iter_mut()) {
            paper.across(line, (0, 2), Look::SumName, name);
            ranges.push(paper.row_range(line, FIRST, end - 1));
        }
        paper.across(at + 4, (0, 2), Look::SumName, "完成率");
        let (units, tasks) = (paper.row_range(at, FIRST, end - 1).count(), paper.range(0, first, at - 1).count());
        let title = text(&format!("{}（", self.title));
        paper.section(row, said(&[title, units, text("个单位，到期任务和重点工作"), tasks, text("项）")]));
        at + 5
    }
}

/// The cell of a unit and a task.
fn fill(frame: &Frame<'_>, paper: &mut Paper, (at, col): (u32, u32), unit: (usize, &UnitMonth), label: &str) {
    let Some((n, line)) = unit.1.tasks.iter().enumerate().find(|(_, line)| line.label == label) else {
        paper.put(at, col, Look::Centre, "—");
        return;
    };
    let record = record(frame, line);
    let link = record.as_ref().map(|record| record.link.clone()).or_else(|| source(frame, unit.1, line));
    let look = match (line.state == TaskState::Open, link.is_some()) {
        (true, true) => Look::LinkAlert,
        (true, false) => Look::Alert,
        (false, true) => Look::LinkCentre,
        (false, false) => Look::Centre,
    };
    paper.put(at, col, look, words(frame, line, record));
    paper.link(at, col, link);
    paper.mark(mark(unit.0, n), at, col);
}

/// The mark of a unit's cell of a task, by their indexes.
pub(super) fn mark(unit: usize, task: usize) -> String {
    format!("task-{unit}-{task}")
}

/// The row of 监督明细 with the record behind a cell; none where it is of an earlier month, or where there is none.
fn record(frame: &Frame<'_>, line: &TaskLine) -> Option<Shown> {
    frame.record(detail::TITLE, &line.file, &line.sheet, line.row()?)
}

/// The file behind a cell: of an earlier month, or the sheet whose receipt does the task.
fn source(frame: &Frame<'_>, unit: &UnitMonth, line: &TaskLine) -> Option<String> {
    if line.state != TaskState::ByReceipt {
        return frame.file_link(&line.file, &line.sheet, Some(line.row()?));
    }
    let mut files = unit.files.iter().filter_map(|file| frame.inbox.files.get(*file));
    let sent = files.find(|file| file.forms.iter().any(|judged| judged.replaced_by.is_none()))?;
    frame.file_link(&sent.in_project, "", None)
}

/// What one unit did, under its column.
fn figures(paper: &mut Paper, at: u32, col: u32, states: &Range) {
    let mut counted = Vec::new();
    for (line, (.., begins)) in (at..).zip(FIGURES) {
        if let Some(begins) = begins {
            counted.push(paper.put(line, col, Look::SumCount, count_where(&[(states, Key::Begins(begins))])));
        }
    }
    let due = counted.iter().cloned().reduce(|sum, next| sum.plus(&next)).unwrap_or_else(|| number(0.0));
    let due = paper.put(at, col, Look::SumCount, due);
    if let Some(done) = counted.first() {
        paper.put(at + 4, col, Look::SumShare, done.share_of(&due));
    }
}

/// The words of a task's state, with where it was done: the row of the record as 监督明细 has it, or as it is known.
fn words(frame: &Frame<'_>, line: &TaskLine, record: Option<Shown>) -> Expr {
    let at = |word: &str, month: Month, row: u32| {
        let when = if month == frame.tally.month { String::new() } else { format!("{}月", month.number()) };
        let row = record.map_or_else(|| number(f64::from(row)), |record| record.cell);
        said(&[text(&format!("{word}\n{when}第")), row, text("行")])
    };
    match line.state {
        TaskState::Done { month, row } => at(DONE, month, row),
        TaskState::Kindred { month, row } => at(KINDRED, month, row),
        TaskState::ByReceipt => text(&format!("{DONE}\n已报表")),
        TaskState::Open => {
            let words = [line.shortfall(frame.tally.month), line.waived.map(|_| "已认定".to_owned())];
            let words = std::iter::once(OPEN.to_owned()).chain(words.into_iter().flatten());
            text(&words.collect::<Vec<_>>().join("\n"))
        }
    }
}
