//! Last month's figures, for the comparison.

use super::{LAST, line, none};
use crate::workbook::figure;
use crate::workbook::frame::{Frame, unit_number};
use crate::workbook::paper::Paper;
use crate::workbook::style::Look;
use crate::workbook::turn::OPENING;

pub(super) fn last_month(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    let before = frame.tally.month.previous();
    paper.section(row, format!("七、上月数（{}，按该月的表重新统计）", before.chinese()));
    let Some(previous) = &frame.tally.previous else {
        return none(paper, row + 1, "项目里没有上月的表，不作比较");
    };
    paper.titles(row + 1, ["序号", "项目", "上月数"]);
    paper.across(row + 1, (3, LAST), Look::Head, "说明");
    let mut at = row + 2;
    for (n, figure) in (1..).zip(figure::of(previous)) {
        at = paper.go_on(at, (row + 1, row + 1));
        line(paper, at, n, figure.title, (figure.look, figure.value.into()), "");
        paper.mark(format!("last-{}", figure.key), at, 2);
        at += 1;
    }
    at += 1;
    paper.begin(at, OPENING);
    let head = (at, at);
    paper.titles(at, ["单位号", "填报单位", "上月得分", "上月名次"]);
    at += 1;
    for (n, unit) in previous.units.iter().enumerate() {
        at = paper.go_on(at, head);
        paper.put(at, 0, Look::Count, unit_number(n));
        paper.put(at, 1, Look::Line, unit.name.as_str());
        paper.put(at, 2, Look::Marks, unit.total);
        paper.put(at, 3, Look::Count, unit.rank);
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
        let records = previous.entries.iter().filter(|entry| frame.content_name(entry.content) == content).count();
        paper.put(at, 0, Look::Count, unit_number(n));
        paper.put(at, 1, Look::Line, content.as_str());
        paper.put(at, 2, Look::Count, u32::try_from(records).unwrap_or(u32::MAX));
        paper.mark(format!("last-content-{n}"), at, 2);
        at += 1;
    }
    at
}
