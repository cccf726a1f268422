//! What is missing beside what is there.

use super::quote::quote;
use super::rule::rule;
use super::{At, Check, Family, Hearing, Sink};
use crate::config::Level;
use crate::form::{Layout, Record};

rule!(PROGRESS_MISSING, "progress-missing", "没有监督开展情况");
rule!(PROBLEM_BLANK, "problem-blank", "发现问题空白");
rule!(HANDLING_MISSING, "handling-missing", "没有处理情况");

pub(crate) static FAMILY: Family =
    Family { rules: &[&PROGRESS_MISSING, &PROBLEM_BLANK, &HANDLING_MISSING], check: Check::Record(check) };

fn check(hearing: &Hearing<'_>, record: &Record, sink: &mut Sink<'_>) {
    let Record { progress, problem, handling, .. } = record;
    if progress.text.is_empty() && !hearing.is_broken(progress.pos) {
        let suggestion = "写明哪天、到哪里、查了什么、怎么查的";
        sink.push(&PROGRESS_MISSING, At::cell(record, progress), Level::Error, "", "没有写监督开展情况", suggestion);
    }
    let layout = hearing.context.form.layout;
    // Where the problem's cell is in error, nobody knows whether it calls for a handling.
    if layout == Layout::Four || hearing.is_broken(problem.pos) {
        return;
    }
    if problem.text.is_empty() {
        let suggestion = "没有发现问题的写“无”；有问题的写明时间、人和具体情节";
        sink.push(&PROBLEM_BLANK, At::cell(record, problem), Level::Error, "", "“发现问题”空着", suggestion);
    }
    let unanswered = handling.text.is_empty() || handling.facts.none;
    if record.reports_problem(layout) && unanswered && !hearing.is_broken(handling.pos) {
        let message = if handling.text.is_empty() {
            "写了问题，没有写怎么处理".to_owned()
        } else {
            format!("写了问题，处理情况却是{}", quote(&handling.text))
        };
        let suggestion = "写明哪天、谁、采取了什么措施；没处理完的写明限哪天前改好";
        sink.push(
            &HANDLING_MISSING,
            At::cell(record, handling),
            Level::Error,
            handling.text.as_str(),
            message,
            suggestion,
        );
    }
}
