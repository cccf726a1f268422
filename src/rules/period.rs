//! Dates against the month, the receipt and each other. All of them doubtful by nature, hence warnings.

use chrono::NaiveDate;

use super::quote::{joined, quote, quoted};
use super::rule::rule;
use super::{At, Check, Family, Hearing, Sink};
use crate::calendar::chinese_day;
use crate::config::Level;
use crate::form::{Cell, Layout, Record};
use crate::text::{Time, TimeClass};

rule!(OUT_OF_PERIOD, "date-out-of-period", "时间不在本月");
rule!(FUTURE, "date-future", "时间在收件之后");
rule!(ORDER, "date-order", "处理早于发现");

pub(crate) static FAMILY: Family = Family { rules: &[&OUT_OF_PERIOD, &FUTURE, &ORDER], check: Check::Record(check) };

fn check(hearing: &Hearing<'_>, record: &Record, sink: &mut Sink<'_>) {
    check_period(hearing, record, sink);
    check_receipt(hearing, record, sink);
    if hearing.context.form.layout == Layout::Six {
        check_order(record, sink);
    }
}

/// A full date with its first and last day.
struct Full<'a> {
    time: &'a Time,
    first: NaiveDate,
    last: NaiveDate,
}

fn full(cell: &Cell) -> impl Iterator<Item = Full<'_>> {
    cell.facts.times.iter().filter(|time| time.class == TimeClass::Full).filter_map(|time| {
        let first = time.day?;
        Some(Full { time, first, last: time.end.unwrap_or(first) })
    })
}

fn check_period(hearing: &Hearing<'_>, record: &Record, sink: &mut Sink<'_>) {
    // A month written wrongly in the title is its own finding; the dates are held against the month asked for.
    let Some(month) = hearing.context.asked.or(hearing.context.month) else { return };
    let cell = &record.progress;
    let Some(date) = full(cell).find(|date| !date.time.deadline) else { return };
    let (from, to) = hearing.context.settings.period_of(month);
    // A range that reaches into the period is in it.
    if date.first <= to && from <= date.last {
        return;
    }
    let words = date.time.span.of(&cell.text);
    let message =
        format!("{}不在{}的统计期内（{}至{}）", quote(words), month.chinese(), chinese_day(from), chinese_day(to));
    let suggestion = "写错年月的改正；确是以前开展的，放到那个月的表里";
    sink.push(&OUT_OF_PERIOD, At::cell(record, cell), Level::Error, words, message, suggestion);
}

fn check_receipt(hearing: &Hearing<'_>, record: &Record, sink: &mut Sink<'_>) {
    let Some(received) = hearing.context.received else { return };
    for cell in [&record.progress, &record.problem, &record.handling] {
        let late: Vec<&str> = full(cell)
            .filter(|date| !date.time.deadline && date.first > received)
            .map(|date| date.time.span.of(&cell.text))
            .collect();
        if !late.is_empty() {
            let message = format!("这张表{}就收到了，{}还没有到", chinese_day(received), quoted(&late));
            let suggestion = "写错的改正；还没做的写成期限，如“限……前办结”";
            sink.push(&FUTURE, At::cell(record, cell), Level::Error, joined(&late), message, suggestion);
        }
    }
}

fn check_order(record: &Record, sink: &mut Sink<'_>) {
    let found = full(&record.problem).min_by_key(|date| date.first);
    let handled = full(&record.handling).filter(|date| !date.time.deadline).max_by_key(|date| date.last);
    let (Some(found), Some(handled)) = (found, handled) else { return };
    if handled.last >= found.first {
        return;
    }
    let words = handled.time.span.of(&record.handling.text);
    let message = format!("处理在{}，发现问题却在{}", quote(words), quote(found.time.span.of(&record.problem.text)));
    let suggestion = "对照原始记录，把写错的时间改正";
    sink.push(&ORDER, At::cell(record, &record.handling), Level::Error, words, message, suggestion);
}
