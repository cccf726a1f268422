//! Last month's figures, for the comparison; and what was made final.

use super::{LAST, line, none};
use crate::register::{Amount, Finale};
use crate::tally::Sealed;
use crate::workbook::frame::{Frame, unit_number};
use crate::workbook::live::{Content, Value};
use crate::workbook::overview::look_of;
use crate::workbook::paper::Paper;
use crate::workbook::style::Look;
use crate::workbook::turn::OPENING;

pub(super) fn last_month(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    let sealed = frame.tally.before.as_ref().and_then(|before| before.sealed.as_ref());
    let month = frame.tally.month.previous();
    let source = match sealed {
        Some(_) => format!("取自“{}”", Finale::path(month)),
        None => "按该月的表重新统计".to_owned(),
    };
    paper.section(row, format!("七、上月数（{}，{source}）", month.chinese()));
    let Some(before) = &frame.tally.before else {
        return none(paper, row + 1, "项目里没有上月的表，不作比较");
    };
    let mut at = row + 1;
    if let Some(sealed) = sealed {
        at = differences(paper, at, sealed);
    }
    let head = (at, at);
    paper.titles(at, ["序号", "项目", "上月数"]);
    paper.across(at, (3, LAST), Look::Head, "说明");
    at += 1;
    for (n, (key, title, amount)) in (1..).zip(&before.figures) {
        at = paper.go_on(at, head);
        line(paper, at, n, title, (look_of(*amount), content(*amount)), "");
        paper.mark(format!("last-{key}"), at, 2);
        at += 1;
    }
    at += 1;
    paper.begin(at, OPENING);
    let head = (at, at);
    paper.titles(at, ["单位号", "填报单位", "上月得分", "上月名次"]);
    at += 1;
    for (n, (unit, then)) in frame.tally.units.iter().zip(&before.units).enumerate() {
        at = paper.go_on(at, head);
        paper.put(at, 0, Look::Count, unit_number(n));
        paper.put(at, 1, Look::Line, unit.name.as_str());
        paper.put(at, 2, Look::Marks, then.total);
        paper.put(at, 3, Look::Count, then.rank);
        paper.mark(format!("last-total-{n}"), at, 2);
        paper.mark(format!("last-rank-{n}"), at, 3);
        at += 1;
    }
    at += 1;
    paper.begin(at, OPENING);
    let head = (at, at);
    paper.titles(at, ["序号", "监督内容", "上月记录"]);
    at += 1;
    for (n, content) in frame.contents().iter().enumerate() {
        at = paper.go_on(at, head);
        let records = before.contents.iter().find(|(name, _)| name == content).map_or(0, |(_, records)| *records);
        paper.put(at, 0, Look::Count, unit_number(n));
        paper.put(at, 1, Look::Line, content.as_str());
        paper.put(at, 2, Look::Count, records);
        paper.mark(format!("last-content-{n}"), at, 2);
        at += 1;
    }
    at
}

fn content(amount: Amount) -> Content {
    match amount {
        Amount::Count(count) => count.into(),
        Amount::Marks(Some(marks)) => marks.into(),
        Amount::Marks(None) => Value::Text("—".to_owned()).into(),
    }
}

/// Where the differences of a final month are listed, if there are any.
pub(in crate::workbook) fn pointer(sealed: &Sealed) -> &'static str {
    if sealed.differs() { "，见口径说明" } else { "" }
}

/// What a fresh count of a final month says: every difference, a line each.
pub(super) fn differences(paper: &mut Paper, row: u32, sealed: &Sealed) -> u32 {
    let end = match (sealed.differs(), sealed.notes.is_empty()) {
        (true, _) => "（定稿 → 重新统计）：",
        (false, true) => "。",
        (false, false) => "：",
    };
    paper.note(row, &format!("{}{end}", sealed.headline()));
    let mut at = row + 1;
    for (n, difference) in (1..).zip(sealed.differences.iter().flatten().chain(&sealed.notes)) {
        paper.note(at, &format!("（{n}）{difference}"));
        at += 1;
    }
    at
}
