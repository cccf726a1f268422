//! Time: a cell that owes a date names at least one day of the calendar (填表说明2: 时间要具体到年月日).

use super::quote::{joined, listed, quote, quoted};
use super::rule::rule;
use super::whole::{self, Guess};
use super::{At, Check, Family, Hearing, Rule, Sink};
use crate::config::Level;
use crate::form::{Cell, Field, Layout, Record};
use crate::text::{Time, TimeClass};

rule!(MISSING, "date-missing", "没有时间");
rule!(PARTIAL, "date-partial", "时间不完整");
rule!(VAGUE, "date-vague", "时间笼统");
rule!(IMPOSSIBLE, "date-impossible", "时间不存在");

pub(crate) static FAMILY: Family =
    Family { rules: &[&MISSING, &PARTIAL, &VAGUE, &IMPOSSIBLE], check: Check::Cell(check) };

fn check(hearing: &Hearing<'_>, record: &Record, cell: &Cell, sink: &mut Sink<'_>) {
    if !cell.owes.date || cell.text.is_empty() {
        return;
    }
    let of = |class: TimeClass| -> Vec<&Time> { cell.facts.times.iter().filter(|time| time.class == class).collect() };
    let words = |times: &[&Time]| -> Vec<&str> { times.iter().map(|time| time.span.of(&cell.text)).collect() };
    let example = whole::example(hearing.context.month);
    let mut push = |rule: &'static Rule, text: String, message: String, suggestion: String| {
        // 填表说明 asks for the day in 发现问题 and 处理情况; in 监督开展情况 beside them it weighs less.
        let cap = if cell.field == Field::Progress && hearing.context.form.layout == Layout::Six {
            hearing.context.settings.level_in_progress(rule.name)
        } else {
            Level::Error
        };
        sink.push(rule, At::cell(record, cell), cap, text, message, suggestion);
    };

    let impossible = of(TimeClass::Impossible);
    if !impossible.is_empty() {
        let words = words(&impossible);
        let message =
            format!("日历上没有{}", listed(&words, |words| format!("{}{}", quote(words), whole::why_not(words))));
        push(&IMPOSSIBLE, joined(&words), message, "查原始记录，改成实际的日子".to_owned());
        return;
    }
    // A full date anywhere in the cell settles the cell; a deadline counts like any other.
    if !of(TimeClass::Full).is_empty() {
        return;
    }
    let partial = of(TimeClass::Partial);
    if let Some(first) = partial.first() {
        let words = words(&partial);
        let message = format!(
            "时间没有具体到年月日：{}",
            listed(&words, |words| format!(
                "{}{}",
                quote(words),
                whole::read(words, hearing.context.month, false).lack
            ))
        );
        let written = first.span.of(&cell.text);
        let guess = whole::read(written, hearing.context.month, first.deadline);
        let suggestion = match guess {
            Guess { whole: Some(day), .. } => format!("写成“{day}”"),
            Guess { whole: None, .. } => {
                format!("写明是哪一天，如“{}”", whole::example_in(written, hearing.context.month))
            }
        };
        push(&PARTIAL, joined(&words), message, suggestion);
        return;
    }
    let vague = of(TimeClass::Vague);
    if !vague.is_empty() {
        let words = words(&vague);
        let message = format!("时间笼统：{}不是哪一天", quoted(&words));
        push(&VAGUE, joined(&words), message, format!("查原始记录，写明是哪一天，如“{example}”"));
        return;
    }
    let message = format!("“{}”没有写时间", cell.field.chinese());
    push(&MISSING, String::new(), message, format!("写明是哪一天，如“{example}，……”"));
}
