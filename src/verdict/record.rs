//! What is settled of one record: its topic, its methods, whether it is valid.

use std::collections::BTreeMap;

use super::{JudgedForm, RecordVerdict};
use crate::config::{Catalogue, Settings};
use crate::form::{Form, Record};
use crate::rules::choice;

/// Topic and methods of every record; validity is settled later, when it is known what the clerk accepts.
pub(crate) fn judge(settings: &Settings, form: &Form, catalogue: &Catalogue) -> Vec<RecordVerdict> {
    form.records
        .iter()
        .map(|record| RecordVerdict {
            valid: false,
            topic: catalogue.find(&record.content.text),
            methods: methods(settings, record),
            follows: None,
            repeats: None,
        })
        .collect()
}

fn methods(settings: &Settings, record: &Record) -> Vec<Option<usize>> {
    let mut methods: Vec<Option<usize>> =
        choice::methods(settings, &record.method.text).into_iter().map(|(_, method)| method).collect();
    methods.sort();
    methods.dedup();
    methods
}

/// A record is valid when its row has no error left.
pub(crate) fn validate(form: &mut JudgedForm) {
    for verdict in &mut form.verdicts {
        verdict.valid = true;
    }
    let rows: BTreeMap<u32, usize> = form
        .form
        .records
        .iter()
        .enumerate()
        .flat_map(|(at, record)| record.rows.iter().map(move |row| (*row, at)))
        .collect();
    let nil = form.form.nil.as_ref().map(|nil| nil.row);
    for finding in form.findings.iter().filter(|finding| finding.counts_as_error()) {
        let at = finding.row.filter(|row| nil != Some(*row)).and_then(|row| rows.get(&row));
        if let Some(verdict) = at.and_then(|at| form.verdicts.get_mut(*at)) {
            verdict.valid = false;
        }
    }
}
