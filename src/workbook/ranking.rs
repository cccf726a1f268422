//! 得分排名: a table a kind of unit, a column an item, total, rank (1, 1, 3), band, change from last month.

use super::basis::{self, price_or_zero};
use super::frame::{Frame, unit_number};
use super::live::{Expr, Key, Range, said, sum_where, text, when};
use super::paper::Paper;
use super::style::Look;
use super::{deduction, receipt};
use crate::config::UnitKind;
use crate::place::Pos;
use crate::register;
use crate::tally::{Band, Item, UnitMonth};

pub(super) const TITLE: &str = "得分排名";
const HEAD: u32 = 2;
const TITLES: [&str; 18] = [
    "名次",
    "填报单位",
    "报送状态",
    "报送及时",
    "填报规范",
    "内容具体",
    "任务完成",
    "整改闭环",
    "加分",
    "总分",
    "等次",
    "上月得分",
    "增减",
    "上月名次",
    "名次升降",
    "零问题月份",
    "依据",
    "单位号",
];
const WIDTHS: [f64; 18] = [6.0, 24.0, 9.0, 8.5, 8.5, 8.5, 8.5, 8.5, 7.0, 8.5, 8.0, 8.0, 8.0, 7.0, 7.0, 14.0, 10.0, 8.0];
/// Columns.
pub(super) const NAME: u32 = 1;
const STATE: u32 = 2;
const ITEMS: u32 = 3;
const BONUS: u32 = 8;
const TOTAL: u32 = 9;
const BAND: u32 = 10;
const BEFORE: u32 = 11;
const ZERO: u32 = 15;
const GROUND: u32 = 16;
/// The key of the formulas; not printed.
const NUMBER: u32 = 17;

/// What every unit's formulas refer to.
struct Refs {
    numbers: Range,
    items: Range,
    costs: Range,
    gains: Range,
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let mut paper = Paper::new(TITLE, WIDTHS);
    paper.printed = Some(GROUND);
    let line = "每项＝满分－扣分明细之和（不低于0）；加分有上限；名次按类别分列，同分同名次；未报当月计0分，待重报不计分不排名；点开有下划线的分数，即选中扣分明细中的各行";
    paper.heading(&frame.heading(TITLE), line);
    paper.titles(HEAD, TITLES);
    paper.head = Some((HEAD, HEAD + 1));
    paper.freeze = Some(Pos::new(HEAD + 2, STATE));
    full_marks(frame, &mut paper, HEAD + 1);
    let of = |title: &str| frame.column(deduction::TITLE, title);
    let refs = Refs { numbers: of("单位号"), items: of("项目"), costs: of("扣分"), gains: of("加分") };
    let mut row = HEAD + 2;
    for (n, (kind, word)) in frame.kinds().into_iter().enumerate() {
        if n > 0 {
            paper.breaks.push(row);
        }
        row = group(frame, &mut paper, row, kind, word, &refs);
    }
    if frame.tally.units.is_empty() {
        paper.across(row, (0, GROUND), Look::Centre, "没有可以排名的单位");
    }
    paper
}

/// The row of full marks under the titles.
fn full_marks(frame: &Frame<'_>, paper: &mut Paper, row: u32) {
    for col in 0..18 {
        paper.put(row, col, Look::SumName, "");
    }
    paper.put(row, NAME, Look::SumName, "满分");
    for (col, item) in (ITEMS..).zip(Item::ALL) {
        paper.put(row, col, Look::Total, price_or_zero(frame, item.full_marks()));
    }
    paper.put(row, BONUS, Look::Total, price_or_zero(frame, "bonus-cap"));
    let items = paper.row_range(row, ITEMS, BONUS - 1).sum();
    paper.put(row, TOTAL, Look::Total, items);
}

fn group(frame: &Frame<'_>, paper: &mut Paper, row: u32, kind: Option<UnitKind>, word: &str, refs: &Refs) -> u32 {
    let owing = |unit: &&(usize, &UnitMonth)| unit.1.owes;
    let mut units: Vec<(usize, &UnitMonth)> =
        frame.tally.units.iter().enumerate().filter(|(_, unit)| unit.kind == kind).collect();
    let away: Vec<String> = units.iter().filter(|unit| !owing(unit)).map(|(_, unit)| unit.name.clone()).collect();
    units.retain(|unit| unit.1.owes);
    // Equal ones stay in roster order; those without a rank come last.
    units.sort_by_key(|(_, unit)| unit.rank.unwrap_or(u32::MAX));
    let absent = if away.is_empty() { String::new() } else { format!("；本月不需报送：{}", away.join("、")) };
    let first = row + 1;
    for (at, (n, unit)) in (first..).zip(&units) {
        score(frame, paper, at, *n, unit, refs);
    }
    let end = first + u32::try_from(units.len()).unwrap_or(0);
    let many = paper.range(NUMBER, first, end.saturating_sub(1).max(first)).count();
    paper.section(row, said(&[text(&format!("{word}（")), many, text(&format!("个{absent}）"))]));
    let totals = paper.range(TOTAL, first, end.saturating_sub(1).max(first));
    for (at, (n, _)) in (first..).zip(&units) {
        place(frame, paper, at, *n, &totals);
    }
    let ranked = units.iter().filter(|(_, unit)| unit.rank.is_some()).count();
    let name = kind.map_or("other", UnitKind::name);
    if !units.is_empty() {
        paper.mark_column(format!("total-{name}"), TOTAL, first, end - first);
    }
    if ranked > 0 {
        paper.mark_column(format!("ranked-{name}"), TOTAL, first, u32::try_from(ranked).unwrap_or(1));
    }
    end + 1
}

/// One unit's items, bonus and total.
fn score(frame: &Frame<'_>, paper: &mut Paper, at: u32, n: usize, unit: &UnitMonth, refs: &Refs) {
    let key = paper.put(at, NUMBER, Look::Count, unit_number(n));
    paper.put(at, NAME, Look::Name, unit.name.as_str());
    let state = frame.cell(receipt::TITLE, &format!("state-{n}")).unwrap_or_else(|| text(""));
    let state = paper.put(at, STATE, Look::Centre, state);
    let open = || state.is(receipt::PENDING);
    let rows =
        |of: &Range, item: Expr| sum_where(of, &[(&refs.numbers, Key::Is(key.clone())), (&refs.items, Key::Is(item))]);
    for (col, item) in (ITEMS..).zip(Item::ALL) {
        debug_assert_eq!(TITLES.get(usize::try_from(col).unwrap_or(0)).copied(), Some(item.chinese()));
        let lost = rows(&refs.costs, text(item.chinese()));
        let left = price_or_zero(frame, item.full_marks()).minus(&lost).at_least_zero().rounded();
        leading(frame, paper, (at, col), &deduction::item_rows(n, item.chinese()), when(open(), text(""), left));
    }
    let gained = rows(&refs.gains, text(register::BONUS)).at_most(&price_or_zero(frame, "bonus-cap")).rounded();
    leading(frame, paper, (at, BONUS), &deduction::item_rows(n, register::BONUS), when(open(), text(""), gained));
    let sum = paper.row_range(at, ITEMS, BONUS).sum().rounded();
    leading(frame, paper, (at, TOTAL), &deduction::unit_rows(n), when(open(), text(""), sum));
    let months: Vec<String> = unit.zero_problem.iter().map(|month| month.number().to_string()).collect();
    let months = if months.is_empty() { String::new() } else { format!("{}月", months.join("、")) };
    paper.put(at, ZERO, Look::Centre, months);
    let link = frame.rows_link(deduction::TITLE, &deduction::unit_rows(n));
    let (look, word) = if link.is_some() { (Look::LinkCentre, "扣分明细") } else { (Look::Centre, "无") };
    paper.put(at, GROUND, look, word);
    paper.link(at, GROUND, link);
}

/// Puts marks that lead to the rows of 扣分明细 that made them, where there are any.
fn leading(frame: &Frame<'_>, paper: &mut Paper, (at, col): (u32, u32), rows: &str, marks: Expr) {
    let link = frame.rows_link(deduction::TITLE, rows);
    let look = match (col == TOTAL, link.is_some()) {
        (true, true) => Look::LinkTotal,
        (true, false) => Look::Total,
        (false, true) => Look::LinkMarks,
        (false, false) => Look::Marks,
    };
    paper.put(at, col, look, marks);
    paper.link(at, col, link);
    paper.tip(at, col, "扣分明细中的各行");
}

/// One unit's rank, band and change, once all totals of its group stand.
fn place(frame: &Frame<'_>, paper: &mut Paper, at: u32, n: usize, totals: &Range) {
    let total = paper.cell(at, TOTAL);
    let scored = total.is_number();
    let rank = paper.put(at, 0, Look::Count, when(scored.clone(), totals.rank(&total), text("")));
    let line = |key: &str| price_or_zero(frame, key);
    let word = |band: Band| text(band.chinese());
    let pass = when(total.at_least(&line("band-pass")), word(Band::Pass), word(Band::Fail));
    let good = when(total.at_least(&line("band-good")), word(Band::Good), pass);
    let band = when(total.at_least(&line("band-excellent")), word(Band::Excellent), good);
    paper.put(at, BAND, Look::Centre, when(scored.clone(), band, text("")));
    let before = |mark: &str| frame.cell(basis::TITLE, &format!("{mark}-{n}")).unwrap_or_else(|| text("—"));
    let shown = |expr: Expr| when(expr.is_number(), expr, text("—"));
    let last_total = paper.put(at, BEFORE, Look::Marks, shown(before("last-total")));
    let both = scored.and(&last_total.is_number());
    paper.put(at, BEFORE + 1, Look::MarksChange, when(both, total.minus(&last_total).rounded(), text("—")));
    let last_rank = paper.put(at, BEFORE + 2, Look::Count, shown(before("last-rank")));
    let both = scored.and(&last_rank.is_number());
    // Up is positive: from third to first is +2.
    let risen = when(both, last_rank.minus(&rank), text("—"));
    paper.put(at, BEFORE + 3, Look::CountChange, risen);
}
