//! 报送情况: every unit of the roster: the day, in time, late by how many days, 未报, 零报告, returned how often.

use super::frame::{Frame, unit_number};
use super::live::{Expr, Key, Range, count_where, number, sum_where, text, when, word};
use super::paper::{Column, Paper, column};
use super::style::Look;
use super::{basis, detail};
use crate::config::UnitKind;
use crate::place::Pos;
use crate::tally::{ReceiptState, UnitMonth};

pub(super) const TITLE: &str = "报送情况";
const HEAD: u32 = 2;
const ON_TIME: &str = "按时";
const LATE: &str = "迟报";
const UNREGISTERED: &str = "未登记";
pub(super) const MISSING: &str = "未报";
pub(super) const PENDING: &str = "待重报";
/// Where the titles stand by which a figure is filtered.
pub(super) const STATE: Pos = Pos::new(HEAD, 6);
pub(super) const NIL: Pos = Pos::new(HEAD, 7);
pub(super) const AWAITING: Pos = Pos::new(HEAD, 9);
pub(super) const NOT_OWED: &str = "不需报送";

fn columns() -> Vec<Column> {
    vec![
        column("单位号", 7.0, Look::Count),
        column("填报单位", 26.0, Look::Name),
        column("类别", 17.0, Look::Centre),
        column("联系电话", 16.0, Look::Centre),
        column("收到日期", 17.0, Look::Day),
        column("迟报天数", 8.0, Look::Count),
        column("报送状态", 10.0, Look::Centre),
        column("零报告", 8.0, Look::Centre),
        column("退回次数", 8.0, Look::Count),
        column("退回未重报", 9.0, Look::Centre),
        column("收到记录", 8.0, Look::Count),
        column("有效记录", 8.0, Look::Count),
        column("有效率", 9.0, Look::Share),
        column("发现问题", 8.0, Look::Count),
        column("逐条", 22.0, Look::Link),
    ]
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let columns = columns();
    let mut paper = Paper::new(TITLE, columns.iter().map(|column| column.width));
    let line = "收到日期为第一份能打开的表的登记日期；“未登记”的表没有收件登记，按按时计；“待重报”指收到的文件里没有一份能读出明细表";
    paper.heading(&frame.heading(TITLE), line);
    let units = &frame.tally.units;
    let first = paper.listing(HEAD, &columns, units.len(), "项目文件没有单位名册，也没有收到表");
    paper.freeze = Some(Pos::new(HEAD + 1, 2));
    let counted = Counted::of(frame);
    for ((n, row), unit) in (0..).zip(first..).zip(units) {
        fill(frame, &mut paper, &counted, row, (n, unit));
    }
    let end = first + u32::try_from(units.len()).unwrap_or(0).max(1);
    sums(frame, &mut paper, first, end + 1);
    paper
}

/// The columns of other pages that are counted.
struct Counted {
    units: Range,
    records: Range,
    valid: Range,
    problems: Range,
    returned: Range,
    verdicts: Range,
}

impl Counted {
    fn of(frame: &Frame<'_>) -> Counted {
        let detail = |title: &str| frame.column(detail::TITLE, title);
        Counted {
            units: detail("单位号"),
            records: detail("计数：记录"),
            valid: detail("计数：计入"),
            problems: detail("计数：问题"),
            returned: frame.column(basis::TITLE, "登记单位号"),
            verdicts: frame.column(basis::TITLE, "登记结论"),
        }
    }
}

fn fill(frame: &Frame<'_>, paper: &mut Paper, counted: &Counted, row: u32, (n, unit): (usize, &UnitMonth)) {
    let key = paper.put(row, 0, Look::Count, unit_number(n));
    let phone = unit.roster.and_then(|n| frame.project.settings.units.get(n)).and_then(|unit| unit.phone.clone());
    paper.put(row, 1, Look::Name, unit.name.as_str());
    paper.put(row, 2, Look::Centre, UnitKind::group_chinese(unit.kind));
    paper.put(row, 3, Look::Centre, phone);
    let day = paper.put(row, 4, if unit.received.is_some() { Look::LinkDay } else { Look::Day }, unit.received);
    if unit.received.is_some() {
        paper.link(row, 4, frame.link(basis::TITLE, &format!("receipts-{n}")));
        paper.tip(row, 4, "口径说明第五部分：本单位的收件登记");
    }
    arrival(frame, paper, row, unit, &day);
    paper.mark(format!("late-{n}"), row, 5);
    paper.mark(format!("state-{n}"), row, 6);
    paper.put(row, 7, Look::Centre, unit.nil.then_some("是"));
    let key = || Key::Is(key.clone());
    let returned = count_where(&[(&counted.returned, key()), (&counted.verdicts, word("退回"))]);
    paper.put(row, 8, if unit.returns > 0 { Look::LinkCount } else { Look::Count }, returned);
    if unit.returns > 0 {
        paper.link(row, 8, frame.link(basis::TITLE, &format!("receipts-{n}")));
        paper.tip(row, 8, "口径说明第五部分：本单位的收件登记，结论为退回的各行");
    }
    paper.put(row, 9, if unit.awaiting { Look::Alert } else { Look::Centre }, unit.awaiting.then_some("是"));
    let sum = |of: &Range| sum_where(of, &[(&counted.units, key())]);
    let records = paper.put(row, 10, Look::Count, sum(&counted.records));
    let valid = paper.put(row, 11, Look::Count, sum(&counted.valid));
    paper.put(row, 12, Look::Share, valid.share_of(&records));
    let problems = sum(&counted.problems);
    paper.put(row, 13, Look::Count, problems);
    let link = frame.rows_link(detail::TITLE, &format!("unit-{n}"));
    paper.put(row, 14, Look::Link, link.as_ref().map(|_| "监督明细中的各行"));
    paper.link(row, 14, link);
}

/// Days late and the state: live where a day of receipt decides them.
fn arrival(frame: &Frame<'_>, paper: &mut Paper, row: u32, unit: &UnitMonth, day: &Expr) {
    let fixed = match unit.receipt {
        ReceiptState::OnTime | ReceiptState::Late(_) => {
            let Some(deadline) = frame.cell(basis::TITLE, "deadline") else { return };
            let late = paper.put(row, 5, Look::Count, day.minus(&deadline).at_least_zero());
            let look = if matches!(unit.receipt, ReceiptState::Late(_)) { Look::Alert } else { Look::Centre };
            paper.put(row, 6, look, when(late.above(&number(0.0)), text(LATE), text(ON_TIME)));
            return;
        }
        ReceiptState::Unregistered => (Look::Centre, UNREGISTERED),
        ReceiptState::Pending => (Look::Alert, PENDING),
        ReceiptState::Missing => (Look::Alert, MISSING),
        ReceiptState::NotOwed => (Look::Centre, NOT_OWED),
    };
    paper.put(row, 5, Look::Count, "");
    paper.put(row, 6, fixed.0, fixed.1);
}

/// The sums by kind of unit and over all.
fn sums(frame: &Frame<'_>, paper: &mut Paper, first: u32, row: u32) {
    let last = row.saturating_sub(2).max(first);
    paper.section(row, "分类合计");
    let head = row + 1;
    paper.across(head, (0, 1), Look::Head, "类别");
    let titles = [
        "应报",
        "已报",
        "报送率",
        "按时",
        "迟报",
        "未登记",
        "未报",
        "待重报",
        "零报告",
        "退回未重报",
        "退回次数",
        "收到记录",
        "有效记录",
    ];
    for (col, title) in (2..).zip(titles) {
        paper.put(head, col, Look::Head, title);
    }
    let kinds: Vec<_> = frame.kinds().into_iter().map(|(_, word)| Some(word)).chain([None]).collect();
    for (at, kind) in (head + 1..).zip(kinds) {
        let look = if kind.is_some() { (Look::Name, Look::Count) } else { (Look::SumName, Look::SumCount) };
        paper.across(at, (0, 1), look.0, kind.unwrap_or("合计"));
        let columns: Vec<Range> = (0..14).map(|col| paper.range(col, first, last)).collect();
        let of = |col: usize, key: Key| -> Vec<(&Range, Key)> {
            let kind = kind.zip(columns.get(2)).map(|(kind, kinds)| (kinds, word(kind)));
            columns.get(col).map(|range| (range, key)).into_iter().chain(kind).collect()
        };
        let count = |col: usize, key: Key| count_where(&of(col, key));
        let all = |col: usize| match (columns.get(col), of(2, Key::Not("")).split_off(1)) {
            (Some(range), kind) if kind.is_empty() => range.sum(),
            (Some(range), kind) => sum_where(range, &kind),
            (None, _) => number(0.0),
        };
        // An unused row of the listing has no number: units are counted by theirs.
        let units = count(0, Key::Above(0));
        let owed = paper.put(at, 2, look.1, units.minus(&count(6, word(NOT_OWED))));
        let sent = count(6, word(ON_TIME)).plus(&count(6, word(LATE))).plus(&count(6, word(UNREGISTERED)));
        let sent = paper.put(at, 3, look.1, sent);
        paper.put(at, 4, if kind.is_some() { Look::Share } else { Look::SumShare }, sent.share_of(&owed));
        let figures = [
            count(6, word(ON_TIME)),
            count(6, word(LATE)),
            count(6, word(UNREGISTERED)),
            count(6, word(MISSING)),
            count(6, word(PENDING)),
            count(7, word("是")),
            count(9, word("是")),
            all(8),
            all(10),
            all(11),
        ];
        for (col, figure) in (5..).zip(figures) {
            paper.put(at, col, look.1, figure);
        }
        if kind.is_none() {
            for (col, mark) in (2..).zip(SUMS) {
                paper.mark(mark, at, col);
            }
        }
    }
}

/// The marks of the row over all, column by column.
const SUMS: [&str; 13] = [
    "owed",
    "sent",
    "share",
    "on-time",
    "late",
    "unregistered",
    "missing",
    "pending",
    "nil",
    "awaiting",
    "returns",
    "records",
    "valid",
];
