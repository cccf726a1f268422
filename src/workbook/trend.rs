//! The trend at the foot of 月度概览: up to twelve months, as far as the project has them. This month's figures are
//! formulas; those of the months before are what each month's own workbook or 定稿 says.

use super::chart::Chart;
use super::frame::Frame;
use super::live::{Content, Expr, text};
use super::overview::{HALF, LAST, TITLE, fix, live};
use super::paper::Paper;
use super::style::Look;
use crate::config::UnitKind;
use crate::place::Pos;
use crate::tally::Past;

/// The height of each chart in pixels.
const HEIGHT: u32 = 230;
/// More months before this one leave no room for both charts on the page of their table.
const FEW: usize = 6;
/// Columns.
const MONTH: u32 = 0;
const VALID: u32 = 4;
const PROBLEMS: u32 = 5;
const MEANS: u32 = 6;

/// The table of the months and its charts, from a row on.
pub(super) fn draw(frame: &Frame<'_>, paper: &mut Paper, row: u32) {
    let past = &frame.tally.past;
    paper.section(row, "四、各月走势（至多十二个月）");
    if !past.is_empty() {
        paper.breaks.push(row);
    }
    let titles = ["月份", "应报单位", "按时报送", "报送及时率", "有效记录（条）", "发现问题"];
    let means = UnitKind::ALL.map(|kind| format!("{}平均分", kind.chinese()));
    paper.titles(row + 1, titles.into_iter().chain(means.iter().map(String::as_str)));
    let first = row + 2;
    let mut at = first;
    for month in past {
        before(paper, at, month);
        at += 1;
    }
    now(frame, paper, at);
    let note = match past.first() {
        None => "项目里没有以前月份的表".to_owned(),
        Some(_) => "以前各月的数存为数值：定稿的月份取自定稿，其余按该月的表、以该月最后一日为统计截至日统计，与该月的月度汇总工作簿相同；本月的数是公式。按时报送含未登记收件的".to_owned(),
    };
    paper.note(at + 1, &note);
    if past.is_empty() {
        return;
    }
    let start = at + 2;
    let chart = |title: &str, at: u32, values: Vec<(String, u32)>, numbers| Chart {
        title: title.to_owned(),
        lying: false,
        page: TITLE,
        rows: (first, first + u32::try_from(past.len()).unwrap_or(0)),
        names: MONTH,
        values,
        at: Pos::new(at, 0),
        size: (2 * HALF, HEIGHT),
        numbers,
    };
    let named = |name: &str, col: u32| (name.to_owned(), col);
    let records = vec![named("有效记录", VALID), named("发现问题", PROBLEMS)];
    let counts = chart("各月有效记录和发现问题", start, records, "0");
    let kinds = UnitKind::ALL.into_iter().enumerate();
    let held = kinds.filter(|(_, kind)| frame.tally.units.iter().any(|unit| unit.kind == Some(*kind)));
    let scores: Vec<_> = held.map(|(n, kind)| named(kind.chinese(), MEANS + u32::try_from(n).unwrap_or(0))).collect();
    let next = counts.last_row() + 1;
    paper.charts.push(counts);
    let mut below = next;
    if !scores.is_empty() {
        let means = chart("各月平均得分", next, scores, "0.0");
        if past.len() > FEW {
            paper.breaks.push(next);
        }
        below = means.last_row() + 1;
        paper.charts.push(means);
    }
    fix(paper, start, below);
}

/// A month before this one.
fn before(paper: &mut Paper, at: u32, past: &Past) {
    paper.put(at, MONTH, Look::Name, past.month.chinese());
    let mut put = |col: u32, count: Option<u32>| {
        paper.put(at, col, Look::Count, count.map_or_else(|| Content::from("—"), Content::from))
    };
    let (owed, in_time) = (put(1, past.owed), put(2, past.in_time));
    put(VALID, past.valid);
    put(PROBLEMS, past.problems);
    let known = past.owed.is_some() && past.in_time.is_some();
    paper.put(at, 3, Look::Share, if known { in_time.share_of(&owed) } else { text("—") });
    for (col, mean) in (MEANS..=LAST).zip(past.means) {
        paper.put(at, col, Look::Marks, mean.map_or_else(|| Content::from("—"), Content::from));
    }
}

/// This month.
fn now(frame: &Frame<'_>, paper: &mut Paper, at: u32) {
    let of = |key: &str| live(frame, key).unwrap_or_else(|| text("—"));
    paper.put(at, MONTH, Look::Name, frame.tally.month.chinese());
    let owed = paper.put(at, 1, Look::Count, of("owed"));
    let in_time = paper.put(at, 2, Look::Count, of("on-time").plus(&of("unregistered")));
    paper.put(at, 3, Look::Share, in_time.share_of(&owed));
    let mut put = |col: u32, look: Look, figure: Expr| paper.put(at, col, look, Content::from(figure));
    put(VALID, Look::Count, of("valid"));
    put(PROBLEMS, Look::Count, of("problems"));
    for (col, key) in (MEANS..=LAST).zip(["mean-township", "mean-dispatched"]) {
        put(col, Look::Marks, of(key));
    }
}
