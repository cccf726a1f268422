//! Copied text (照搬照抄): what stands in another record too. Declared and worded here; raised by the verdict, which
//! sees the records of all units and of the months before. `text-rules.md`, “Copying between records”.

use super::quote::brief;
use super::rule::rule;
use super::{At, Sink};
use crate::config::Level;
use crate::form::{Cell, Field, Record};

rule!(COPIED_TEXT, "copied-text", "疑似照搬");

/// The same text elsewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Twin<'a> {
    pub file: &'a str,
    /// The sheet, where the file holds several forms; else empty.
    pub sheet: &'a str,
    pub row: u32,
    pub field: Field,
    /// In hundredths.
    pub likeness: u32,
    /// Whether it is the same unit's, of an earlier month.
    pub own: bool,
}

pub(crate) fn report(sink: &mut Sink<'_>, record: &Record, cell: &Cell, twin: &Twin<'_>) {
    let sheet = if twin.sheet.is_empty() { String::new() } else { format!("工作表“{}”", brief(twin.sheet)) };
    let message = format!(
        "与 {} {sheet}第 {} 行的{} {}% 相同（时间、数字、人名不比），请核对是不是照搬",
        twin.file,
        twin.row,
        twin.field.chinese(),
        twin.likeness
    );
    let suggestion = if twin.own {
        "照本次监督的实际情况重写；是以前问题的后续，写明这次新的处理和日期；确属本次情况的，由经办人认定"
    } else {
        "照本单位监督的实际情况重写；两个单位一起开展的，写明本单位做了什么；确属实情的，由经办人认定"
    };
    sink.push(&COPIED_TEXT, At::cell(record, cell), Level::Error, cell.text.as_str(), message, suggestion);
}
