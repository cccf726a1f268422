//! The same row twice in one report.

use std::collections::BTreeMap;

use super::quote::quote;
use super::rule::rule;
use super::{At, Check, Family, Hearing, Sink};
use crate::config::Level;
use crate::near;

rule!(RECORD_DUPLICATE, "record-duplicate", "同表重复");

pub(crate) static FAMILY: Family = Family { rules: &[&RECORD_DUPLICATE], check: Check::Form(check) };

fn check(hearing: &Hearing<'_>, sink: &mut Sink<'_>) {
    let mut seen: BTreeMap<[String; 5], u32> = BTreeMap::new();
    for record in &hearing.context.form.records {
        // Rows without a text are at fault already, and alike only in what they lack.
        if record.progress.text.is_empty() || record.cells().iter().any(|cell| hearing.is_broken(cell.pos)) {
            continue;
        }
        let texts = record.cells().map(|cell| near::key(&cell.text));
        if let Some(first) = seen.get(&texts) {
            let message = format!("与第 {first} 行完全相同：{}", quote(&record.progress.text));
            let suggestion = "多粘贴的删掉；确是两次监督的，分别写明时间、地点";
            let at = At::cell(record, &record.progress);
            sink.push(&RECORD_DUPLICATE, at, Level::Error, record.progress.text.as_str(), message, suggestion);
        } else {
            seen.insert(texts, record.row);
        }
    }
}
