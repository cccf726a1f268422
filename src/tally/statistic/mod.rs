//! 统计指标: what the month's records say was done (`domain.md` section 3). Takes the valid records that count and the
//! ledger; gives a line for every figure, with the words it was read from. The page adds them up by unit and indicator.
//!
//! A figure that is only rough, that sums up more than the month, or that no number stands for is a line without a
//! value. Of one record each act is told once: 处理情况 speaks for it, 监督开展情况 where that is silent.

use std::collections::{BTreeMap, BTreeSet};

use super::{Problem, RecordRef, Tally};
use crate::config::Settings;
use crate::form::{Field, Form, Record};
use crate::verdict::{Inbox, JudgedFile};

mod indicator;
mod told;
mod visit;

pub(crate) use indicator::{Block, Counts, INDICATORS, Indicator};
use told::Told;

/// One figure as a record tells it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Index into `INDICATORS`.
    pub indicator: usize,
    /// Index into `Tally::units`.
    pub unit: usize,
    pub at: RecordRef,
    pub field: Field,
    /// What is added up, money in 分; none where nothing is.
    pub value: Option<i64>,
    /// Why nothing is added, or what the figure is taken from; empty where the words say it.
    pub note: &'static str,
    /// The number as written; empty where persons or things are counted.
    pub written: String,
    /// The words it was read from.
    pub words: String,
}

/// A method whose name says so is one of checking.
pub(crate) const CHECKING: &str = "检查";
/// Lines of one record, at most: no report tells more, and a cell full of rubbish must not fill the memory.
const MOST: usize = 200;

/// Every figure of the month, by unit, then by indicator, then in the order of the records.
pub(crate) fn lines(settings: &Settings, inbox: &Inbox, tally: &Tally) -> Vec<Line> {
    let words = settings.lexicon();
    let new = tally.ledger.iter().filter(|problem| problem.month == tally.month);
    let problems: BTreeMap<(&str, &str, u32), &Problem> =
        new.map(|problem| ((problem.file.as_str(), problem.sheet.as_str(), problem.row), problem)).collect();
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in &tally.entries {
        let Some((file, form, record)) = record(inbox, entry.at) else { continue };
        let problem = problems.get(&(file.in_project.as_str(), form.sheet.as_str(), record.row)).copied();
        let told = Told::new(settings, &words, entry, (form.layout, record), problem);
        let mut of_record = told.checks();
        of_record.extend(told.visits(tally, &mut seen));
        of_record.extend(told.problem());
        of_record.extend(told.deeds());
        of_record.extend(told.sums());
        cut(&mut of_record);
        lines.append(&mut of_record);
    }
    lines.sort_by_key(|line| (line.unit, line.indicator));
    lines
}

/// Leaves what a record may tell; where more is left out, its last line says so.
fn cut(lines: &mut Vec<Line>) {
    if lines.len() > MOST {
        lines.truncate(MOST);
        if let Some(last) = lines.last_mut() {
            last.value = None;
            last.note = "这条记录读出的数太多，从这里起未计入";
        }
    }
}

fn record(inbox: &Inbox, at: RecordRef) -> Option<(&JudgedFile, &Form, &Record)> {
    let file = inbox.files.get(at.file)?;
    let form = &file.forms.get(at.form)?.form;
    Some((file, form, form.records.get(at.record)?))
}
