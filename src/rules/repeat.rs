//! The same row twice in one report, be it on one sheet or on two.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::quote::quote;
use super::rule::rule;
use super::{At, Check, Family, Hearing, Sink};
use crate::config::Level;
use crate::near;

rule!(RECORD_DUPLICATE, "record-duplicate", "同表重复");

pub(crate) static FAMILY: Family = Family { rules: &[&RECORD_DUPLICATE], check: Check::Form(check) };

/// The rows of a report read so far, by their texts: the sheet and the row of the first.
pub(crate) type Told = BTreeMap<[String; 5], (Rc<str>, u32)>;

fn check(hearing: &Hearing<'_>, sink: &mut Sink<'_>) {
    let form = hearing.context.form;
    let name: Rc<str> = form.sheet.as_str().into();
    let mut told = hearing.context.told.borrow_mut();
    for record in &form.records {
        // Rows without a text are at fault already, and alike only in what they lack.
        if record.progress.text.is_empty() || record.cells().iter().any(|cell| hearing.is_broken(cell.pos)) {
            continue;
        }
        let texts = record.cells().map(|cell| near::key(&cell.text));
        if let Some((sheet, first)) = told.get(&texts) {
            // Another sheet of the file may be a part of the same report.
            let there = if *sheet == name { String::new() } else { format!("工作表{}", quote(sheet)) };
            let message = format!("与{there}第 {first} 行完全相同：{}", quote(&record.progress.text));
            let suggestion = "多粘贴的删掉；确是两次监督的，分别写明时间、地点";
            let at = At::cell(record, &record.progress);
            sink.push(&RECORD_DUPLICATE, at, Level::Error, record.progress.text.as_str(), message, suggestion);
        } else {
            told.insert(texts, (Rc::clone(&name), record.row));
        }
    }
}
