//! Events: at least one fact that can be checked (填表说明2: 事件要写具体情节，不能模糊笼统概之).

use super::quote::{joined, quote, quoted};
use super::rule::rule;
use super::{At, Check, Family, Hearing, Sink};
use crate::config::Level;
use crate::form::{Cell, Field, Record};

rule!(VAGUE, "event-vague", "情节笼统");

pub(crate) static FAMILY: Family = Family { rules: &[&VAGUE], check: Check::Cell(check) };

fn check(_: &Hearing<'_>, record: &Record, cell: &Cell, sink: &mut Sink<'_>) {
    let facts = &cell.facts;
    let concrete = match cell.field {
        Field::Problem => facts.event.is_some(),
        Field::Handling => facts.measure.is_some(),
        // A four-column 监督开展情况 tells everything; one checkable fact of either kind is enough.
        _ => facts.event.is_some() || facts.measure.is_some(),
    };
    if !cell.owes.event || concrete {
        return;
    }
    let vague: Vec<&str> = facts.vague.iter().map(|span| span.of(&cell.text)).collect();
    let (cap, doubt) = if facts.event_unsure { (Level::Warning, "（请核）") } else { (Level::Error, "") };
    let (text, only) = if vague.is_empty() {
        (cell.text.clone(), quote(&cell.text))
    } else {
        (joined(&vague), format!("只有{}这样的说法，", quoted(&vague)))
    };
    let (message, suggestion) = if cell.field == Field::Handling {
        (
            format!("处理笼统：{only}没有写采取了什么措施{doubt}"),
            "写明措施和结果，如“约谈”“批评教育”“责令退还3200元”“限2026年3月20日前公示”",
        )
    } else {
        (
            format!("情节笼统：{only}没有写可以核对的事实{doubt}"),
            "写明对什么事做了什么、没做什么，如“2月份财务收支未公示”“会议记录缺1至2月两次”",
        )
    };
    sink.push(&VAGUE, At::cell(record, cell), cap, text, message, suggestion);
}
