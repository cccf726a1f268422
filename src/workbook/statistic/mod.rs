//! 统计指标: what the records of the month say was done, by unit, kind of unit and in total; below, every line that the
//! figures are added up from. The figures are those of the monthly sheets and no official statistics.

use super::frame::Frame;
use super::paper::Paper;
use crate::tally::statistic;

mod layout;
mod source;
mod table;

use table::Table;

pub(super) const TITLE: &str = "统计指标";
/// The last column that is printed.
const PRINTED: u32 = 18;
/// The first column of a figure.
const FIRST: u32 = 2;
/// The first of the wider columns: sums of money above, in the lines below where they were read.
const MONEY: u32 = 16;
/// The width of the units' names.
const NAME: f64 = 32.0;
/// Lines listed, at most; more are none of a month's reports.
const MOST: usize = 40_000;

const NOTES: &str = "1. 只取有效且计入的记录；同一条记录里，处理情况写了的以处理情况为准，没有写的取监督开展情况；文字写明数目的按写明的数，没有写明的按点名的人数、记录数；检查单位、村居只计文字里点到名的，每月只计一次。\n\
2. “人”与“人次”、“件”与“件次”分别计，不相加；第一种形态只在文字写明时计，各类谈话不并入。\n\
3. 约数（40余件）、累计数、单价和预算、责令退缴而没有写已退的，列在明细里，标“未计入”，不加进合计。\n\
4. 涉及金额取发现问题里写的金额，同一笔只计一次，有合计的取合计，写明每人同数的按人数相乘；追缴退缴取处理情况里写明已退、已缴的。两项都须人工核对。\n\
5. 点开一个单位的数字到明细里它的第一行，同一单位同一指标的各行连在一起；点开小计、合计到明细的表头，按“指标”筛选即是各行；点开“行”即到原表。";

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
    let rows = layout::rows(frame);
    let tables = layout::tables(&lines);
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
