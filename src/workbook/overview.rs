//! 月度概览: the key figures beside last month's, who is late, missing or returned, the charts, and the trend.

use super::chart::{Chart, ROW_POINTS};
use super::frame::Frame;
use super::live::{Content, Expr, Key, Value, count_where, said, sum_where, text, when, word};
use super::paper::{Paper, page_link};
use super::style::Look;
use super::{basis, content, detail, ledger, ranking, receipt, returned, task, trend};
use crate::config::UnitKind;
use crate::place::Pos;
use crate::register::Amount;
use crate::tally::{ProblemStatus, ReceiptState, UnitMonth, figures as figures_of, is_sent};

pub(super) const TITLE: &str = "月度概览";
const WIDTHS: [f64; 8] = [28.0, 12.0, 12.0, 12.0, 28.0, 12.0, 12.0, 12.0];
pub(super) const LAST: u32 = 7;
/// The width of half a page in pixels.
pub(super) const HALF: u32 = 520;
/// The height of a printed page in pixels, as far as charts may fill it.
const TALLEST: u32 = 620;

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let mut paper = Paper::new(TITLE, WIDTHS);
    let (first, last) = frame.project.settings.period_of(frame.tally.month);
    let day = crate::calendar::chinese_day;
    let line = format!(
        "监督期间：{}至{}；报送截止：{}（当日算按时）；统计截至：{}",
        day(first),
        day(last),
        day(frame.tally.deadline),
        day(frame.tally.as_of)
    );
    paper.heading(&frame.heading("概览"), &line);
    let row = figures(frame, &mut paper, 2);
    let row = names(frame, &mut paper, row);
    let row = charts(frame, &mut paper, row);
    trend::draw(frame, &mut paper, row);
    paper
}

/// Two blocks side by side: figure, this month, last month, change.
fn figures(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    paper.section(row, "一、主要数字");
    let titles = ["指标", "本月", "上月", "增减"];
    paper.titles(row + 1, titles.into_iter().chain(titles));
    let figures = figures_of(frame.tally);
    let half = figures.len().div_ceil(2);
    let first = row + 2;
    for (n, figure) in figures.iter().enumerate() {
        let (line, start) = if n < half { (n, 0) } else { (n - half, 4) };
        let at = first + u32::try_from(line).unwrap_or(0);
        paper.put(at, start, Look::Link, figure.title);
        let now = live(frame, figure.key).unwrap_or_else(|| text("—"));
        let look = look_of(figure.value);
        let linked = if look == Look::Marks { Look::LinkMarks } else { Look::LinkCount };
        let now = paper.put(at, start + 1, linked, now);
        if let Some((link, tip)) = home(frame, figure.key) {
            for col in [start, start + 1] {
                paper.link(at, col, link.clone());
                paper.tip(at, col, tip);
            }
        }
        let before = frame.cell(basis::TITLE, &format!("last-{}", figure.key)).unwrap_or_else(|| text("—"));
        let before = paper.put(at, start + 2, look, when(before.is_number(), before.clone(), text("—")));
        let both = now.is_number().and(&before.is_number());
        let marks = look == Look::Marks;
        let change = now.minus(&before);
        let change = if marks { change.rounded() } else { change };
        let look = if marks { Look::MarksChange } else { Look::CountChange };
        paper.put(at, start + 3, look, when(both, change, text("—")));
        paper.mark(figure.key, at, start + 1);
    }
    let end = first + u32::try_from(half).unwrap_or(0);
    if figures.len() < 2 * half {
        for col in 4..=LAST {
            paper.put(end - 1, col, Look::Centre, "");
        }
    }
    end
}

/// How a key figure is shown.
pub(super) fn look_of(amount: Amount) -> Look {
    match amount {
        Amount::Count(_) => Look::Count,
        Amount::Marks(_) => Look::Marks,
    }
}

/// The formula of a key figure.
pub(super) fn live(frame: &Frame<'_>, key: &str) -> Option<Expr> {
    let month = frame.tally.month.to_string();
    let of = |title: &str| frame.column(ledger::TITLE, title);
    let (reported, status) = (of("报告月份"), of("状态"));
    let with = |words: &[ProblemStatus]| {
        words.iter().map(|s| count_where(&[(&status, word(s.chinese()))])).reduce(|sum, next| sum.plus(&next))
    };
    match key {
        "problems" => Some(count_where(&[(&reported, Key::Is(text(&month)))])),
        "settled" => {
            let day = frame.tally.as_of;
            with(&[ProblemStatus::Settled, ProblemStatus::Closed(day)])
        }
        "overdue" => with(&[ProblemStatus::Overdue(0)]),
        "due" | "done" | "kindred" | "open" => frame.cell(task::TITLE, key),
        "mean-township" => mean(frame, UnitKind::Township),
        "mean-dispatched" => mean(frame, UnitKind::Dispatched),
        _ => frame.cell(receipt::TITLE, key),
    }
}

fn mean(frame: &Frame<'_>, kind: UnitKind) -> Option<Expr> {
    let column = format!("total-{}", kind.name());
    frame.column_at(ranking::TITLE, &column)?;
    Some(frame.column(ranking::TITLE, &column).mean())
}

/// Where the rows behind a key figure stand, and by which filter they are told from the others.
fn home(frame: &Frame<'_>, key: &str) -> Option<(String, &'static str)> {
    let (page, pos, tip) = match key {
        "problems" => (ledger::TITLE, ledger::MONTH, "问题台账：按“报告月份”筛选本月"),
        "settled" => (ledger::TITLE, ledger::STATUS, "问题台账：按“状态”筛选“已整改”“已销号”"),
        "overdue" => (ledger::TITLE, ledger::STATUS, "问题台账：按“状态”筛选“逾期”"),
        "due" | "done" | "kindred" | "open" => (task::TITLE, Pos::new(2, 0), "任务完成：各单位各项的状态"),
        "mean-township" | "mean-dispatched" => (ranking::TITLE, Pos::new(2, 0), "得分排名：“总分”一栏，未报的计0分"),
        "records" => (detail::TITLE, Pos::new(2, 0), "监督明细：按“计数：记录”筛选1"),
        "valid" => (detail::TITLE, detail::COUNTED, "监督明细：按“计入”筛选“是”"),
        "owed" => (receipt::TITLE, receipt::STATE, "报送情况：“报送状态”不是“不需报送”的"),
        "sent" => (receipt::TITLE, receipt::STATE, "报送情况：按“报送状态”筛选“按时”“迟报”“未登记”"),
        "nil" => (receipt::TITLE, receipt::NIL, "报送情况：按“零报告”筛选“是”"),
        "awaiting" => (receipt::TITLE, receipt::AWAITING, "报送情况：按“退回未重报”筛选“是”"),
        _ => (receipt::TITLE, receipt::STATE, "报送情况：按“报送状态”筛选"),
    };
    frame.drawn.iter().any(|paper| paper.title == page).then(|| (page_link(page, pos), tip))
}

/// Who is late, missing, returned; each a line of names.
fn names(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    paper.section(row, "二、有关单位");
    let units = &frame.tally.units;
    let who = |fits: &dyn Fn(&UnitMonth) -> bool| -> Content {
        let names: Vec<&str> = units.iter().filter(|unit| fits(unit)).map(|unit| unit.name.as_str()).collect();
        names.join("、").into()
    };
    let late = units.iter().enumerate().filter(|(_, unit)| matches!(unit.receipt, ReceiptState::Late(_)));
    let late = late.filter_map(|(n, unit)| {
        let days = frame.cell(receipt::TITLE, &format!("late-{n}"))?;
        Some(vec![text(&format!("{}（迟", unit.name)), days, text("天）")])
    });
    let mut lines = vec![
        ("迟报", listed(late)),
        ("未报", who(&|unit| unit.receipt == ReceiptState::Missing)),
        ("待重报（文件打不开）", who(&|unit| unit.receipt == ReceiptState::Pending)),
        ("退回未重报", who(&|unit| unit.awaiting)),
        ("未登记收件", who(&|unit| unit.receipt == ReceiptState::Unregistered)),
        ("零报告", who(&|unit| unit.nil)),
        ("本月未发现问题", who(&|unit| is_sent(unit.receipt) && unit.zero_problem.contains(&frame.tally.month))),
    ];
    if let Some(copied) = copied(frame) {
        lines.push(("疑似照搬（待核，不扣分）", copied.into()));
    }
    if let Some(sealed) = &frame.tally.sealed {
        lines.push(("定稿", format!("{}{}", sealed.headline(), basis::pointer(sealed)).into()));
    }
    if let Some(sealed) = frame.tally.before.as_ref().and_then(|before| before.sealed.as_ref()) {
        lines.push(("上月定稿", format!("上月数取自定稿，{}{}", sealed.compared(), basis::pointer(sealed)).into()));
    }
    if frame.tally.unplaced > 0 {
        let many = frame.column(detail::TITLE, "计数：归不到单位").sum();
        lines.push(("归不到单位的记录", said(&[many, text("条，见监督明细末尾")]).into()));
    }
    if !frame.tally.notes.is_empty() {
        lines.push(("登记簿需核对", frame.tally.notes.join("\n").into()));
    }
    let mut at = row + 1;
    for (name, words) in lines {
        paper.put(at, 0, Look::Name, name);
        let nothing = words.value == Value::Blank;
        paper.across(at, (1, LAST), Look::Line, if nothing { "无".into() } else { words });
        at += 1;
    }
    at
}

/// How many records of each unit share their texts with another and have yet to be looked into.
fn copied(frame: &Frame<'_>) -> Option<Expr> {
    let mut names: Vec<String> = Vec::new();
    for sheet in frame.sheets() {
        let open = sheet.judged.findings.iter().any(returned::is_open);
        let name = frame.unit_name(&sheet);
        if open && !names.contains(&name) {
            names.push(name);
        }
    }
    let (units, open) = (frame.column(detail::TITLE, "填报单位"), frame.column(detail::TITLE, "计数：待核"));
    let told = names.iter().map(|name| {
        let many = sum_where(&open, &[(&units, Key::Is(text(name)))]);
        vec![text(name), many, text("条")]
    });
    let told: Vec<Vec<Expr>> = told.collect();
    (!told.is_empty()).then(|| said(&[joined(told.into_iter()), text("，见退回清单")]))
}

/// Words and figures of several units, parted by a mark; nothing where there is none.
fn listed(items: impl Iterator<Item = Vec<Expr>>) -> Content {
    let mut items = items.peekable();
    if items.peek().is_some() { joined(items).into() } else { Content::default() }
}

fn joined(items: impl Iterator<Item = Vec<Expr>>) -> Expr {
    let parted = items.enumerate().flat_map(|(n, item)| (n > 0).then(|| text("、")).into_iter().chain(item));
    said(&parted.collect::<Vec<_>>())
}

/// Scores by group side by side, records by content below, on rows of fixed height.
fn charts(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    paper.section(row, "三、图");
    paper.breaks.push(row);
    let mut at = row + 1;
    let mut below = at;
    let group = |kind: UnitKind| frame.column_at(ranking::TITLE, &format!("ranked-{}", kind.name()));
    let most = UnitKind::ALL.into_iter().filter_map(group).map(|(_, first, last)| last - first + 1).max();
    let height = bars(most.unwrap_or(0));
    for (n, kind) in (0..).zip(UnitKind::ALL) {
        let Some((col, first, last)) = group(kind) else { continue };
        let chart = Chart {
            title: format!("{}得分", kind.chinese()),
            lying: true,
            page: ranking::TITLE,
            rows: (first, last),
            names: ranking::NAME,
            values: vec![("得分".to_owned(), col)],
            at: Pos::new(at, n * 4),
            size: (HALF, height),
            numbers: "0.0",
        };
        below = below.max(chart.last_row() + 1);
        paper.charts.push(chart);
    }
    fix(paper, at, below);
    at = below;
    if let (Some((values, first, last)), Some((names, ..))) =
        (frame.column_at(content::TITLE, "合计"), frame.column_at(content::TITLE, "监督内容"))
    {
        let chart = Chart {
            title: "各监督内容的有效记录（条）".to_owned(),
            lying: true,
            page: content::TITLE,
            rows: (first, last),
            names,
            values: vec![("有效记录".to_owned(), values)],
            at: Pos::new(at, 0),
            size: (2 * HALF, bars(last - first + 1)),
            numbers: "0",
        };
        if height + chart.size.1 > TALLEST {
            paper.breaks.push(at);
        }
        below = chart.last_row() + 1;
        fix(paper, at, below);
        paper.charts.push(chart);
    }
    below
}

/// The height of a chart of so many bars.
fn bars(count: u32) -> u32 {
    (70 + 18 * count.max(4)).min(TALLEST)
}

/// Rows of fixed height under charts.
pub(super) fn fix(paper: &mut Paper, from: u32, to: u32) {
    paper.heights.extend((from..to).map(|row| (row, ROW_POINTS)));
}
