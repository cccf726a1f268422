//! The lines that the figures of 统计指标 are added up from: one a figure, with the words it was read from and a link
//! to its row.

use std::collections::BTreeMap;

use crate::place::Pos;
use crate::tally::statistic::{INDICATORS, Line};
use crate::workbook::frame::{Frame, short, unit_number};
use crate::workbook::live::{Content, Range, Value};
use crate::workbook::paper::Paper;
use crate::workbook::style::Look;

/// A column of the lines: its title, the columns of the page that it takes, its look.
struct Field {
    title: &'static str,
    cols: (u32, u32),
    look: Look,
}

const fn field(title: &'static str, first: u32, last: u32, look: Look) -> Field {
    Field { title, cols: (first, last), look }
}

/// Columns of the lines.
const FIELDS: [Field; 11] = [
    field("序号", 0, 0, Look::Count),
    field("填报单位", 1, 1, Look::Centre),
    field("数", 2, 2, Look::Centre),
    field("指标", 3, 4, Look::Centre),
    field("说明", 5, 6, Look::Line),
    field("原文", 7, 14, Look::Line),
    field("来源文件", 15, 16, Look::Line),
    field("行", 17, 17, Look::LinkCount),
    field("栏目", 18, 18, Look::Centre),
    field("单位号", 19, 19, Look::Count),
    field("工作表", 20, 20, Look::Centre),
];
const NUMBER: u32 = 2;
const INDICATOR: u32 = 3;
const NOTE: u32 = 5;
const ROW: u32 = 17;
const UNIT: u32 = 19;

/// What the tables of the page ask of the lines.
pub(super) struct Source {
    pub numbers: Range,
    pub indicators: Range,
    pub units: Range,
    /// 未计入 for what is shown and not added.
    pub left: Range,
    /// The title of the column by which the lines are filtered.
    pub head: Pos,
    /// The first line of a unit and an indicator.
    first: BTreeMap<(usize, usize), u32>,
    /// The first line of a unit that is not added.
    first_left: BTreeMap<usize, u32>,
}

/// The column that says whether a line is added; to the right of what is printed.
const LEFT: u32 = 21;
/// The word in it.
pub(super) const LEFT_OUT: &str = "未计入";

impl Source {
    /// The row of the first line behind a figure.
    pub(super) fn first(&self, unit: usize, indicator: usize) -> Option<Pos> {
        self.first.get(&(unit, indicator)).map(|row| Pos::new(*row, INDICATOR))
    }

    /// The row of the first line of a unit that is not added.
    pub(super) fn first_left(&self, unit: usize) -> Option<Pos> {
        self.first_left.get(&unit).map(|row| Pos::new(*row, NOTE))
    }
}

/// Lays out the lines under their titles in the row `head`.
pub(super) fn draw(frame: &Frame<'_>, paper: &mut Paper, head: u32, lines: &[Line]) -> Source {
    for field in &FIELDS {
        paper.across(head, field.cols, Look::Head, field.title);
    }
    paper.put(head, LEFT, Look::Head, "计入");
    paper.head = Some((head, head));
    let first = head + 1;
    let last = head + u32::try_from(lines.len().max(1)).unwrap_or(1);
    paper.filter = Some((Pos::new(head, 0), Pos::new(last, LEFT)));
    if lines.is_empty() {
        paper.across(first, (0, FIELDS[8].cols.1), Look::Centre, "本月的记录里没有读出可统计的数");
    }
    let (mut starts, mut starts_left) = (BTreeMap::new(), BTreeMap::new());
    for (at, line) in (first..).zip(lines) {
        row(frame, paper, at, at - head, line);
        starts.entry((line.unit, line.indicator)).or_insert(at);
        if line.value.is_none() {
            starts_left.entry(line.unit).or_insert(at);
        }
    }
    let column = |paper: &Paper, col: u32| paper.range(col, first, last);
    Source {
        numbers: column(paper, NUMBER),
        indicators: column(paper, INDICATOR),
        units: column(paper, UNIT),
        left: column(paper, LEFT),
        head: Pos::new(head, INDICATOR),
        first: starts,
        first_left: starts_left,
    }
}

fn row(frame: &Frame<'_>, paper: &mut Paper, at: u32, serial: u32, line: &Line) {
    let file = frame.inbox.files.get(line.at.file);
    let form = file.and_then(|file| file.forms.get(line.at.form)).map(|judged| &judged.form);
    let record = form.and_then(|form| form.records.get(line.at.record));
    let path = file.map_or("", |file| file.in_project.as_str());
    let sheet = form.map_or("", |form| form.sheet.as_str());
    let indicator = INDICATORS.get(line.indicator);
    let unit = frame.tally.units.get(line.unit).map(|unit| unit.name.clone());
    let (look, number) = number(line);
    let cells: [Content; 11] = [
        serial.into(),
        unit.into(),
        number,
        indicator.map(|indicator| indicator.name()).into(),
        line.note.into(),
        line.words.as_str().into(),
        short(path).into(),
        record.map(|record| record.row).into(),
        line.field.chinese().into(),
        unit_number(line.unit).into(),
        sheet.into(),
    ];
    for (field, content) in FIELDS.iter().zip(cells) {
        let look = if field.cols.0 == NUMBER { look } else { field.look };
        paper.across(at, field.cols, look, content);
    }
    paper.put(at, LEFT, Look::Centre, if line.value.is_some() { "" } else { LEFT_OUT });
    paper.link(at, ROW, frame.file_link(path, sheet, record.map(|record| record.row)));
}

/// The number that is added, or the words for one that is not.
fn number(line: &Line) -> (Look, Content) {
    let money = INDICATORS.get(line.indicator).is_some_and(|indicator| indicator.is_money());
    match line.value {
        // Sums of a report are far below what a floating number holds exactly.
        Some(fen) if money => (Look::Money, Value::Number(fen as f64 / 100.0).into()),
        Some(number) => (Look::Count, Value::Number(number as f64).into()),
        None if line.written.is_empty() => (Look::Centre, "—".into()),
        None => (Look::Centre, line.written.as_str().into()),
    }
}
