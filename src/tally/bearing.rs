//! What the registers say of a month that is made final: the lines that bear on it, by register and unit, each as a digest.
//! A line of a later month, or a problem closed after the day of the count, bears on nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{finale, ledger};
use crate::calendar::Month;
use crate::config::Settings;
use crate::digest;
use crate::register::{ADJUSTMENTS, CASES, CLOSINGS, FinalLines, RECEIPTS, Registers, WAIVERS};

/// The registers in the order in which they are told.
const ORDER: [&str; 5] = [RECEIPTS, WAIVERS, ADJUSTMENTS, CLOSINGS, CASES];

/// The lines that bear on a month counted as of a day.
pub(super) fn lines(settings: &Settings, registers: &Registers, month: Month, as_of: NaiveDate) -> Vec<FinalLines> {
    let mut told: BTreeMap<(bool, usize, usize), Vec<String>> = BTreeMap::new();
    let mut tell = |register: &str, unit: usize, of: Month, words: String| {
        let place = ORDER.iter().position(|other| *other == register).unwrap_or(ORDER.len());
        told.entry((of < month, place, unit)).or_default().push(words);
    };
    for line in registers.receipts.iter().filter(|line| line.month <= month) {
        let (day, of, file, digest, accepted) = (line.day, line.month, &line.file, &line.digest, line.accepted);
        tell(RECEIPTS, line.unit, of, format!("{day}\t{of}\t{file}\t{digest}\t{accepted:?}"));
    }
    for line in registers.waivers.iter().filter(|line| line.month <= month) {
        let (of, file, sheet, row, rule) = (line.month, &line.file, &line.sheet, line.row, &line.rule);
        let (by, reason, day) = (&line.by, &line.reason, line.day);
        tell(WAIVERS, line.unit, of, format!("{of}\t{file}\t{sheet}\t{row:?}\t{rule}\t{by}\t{reason}\t{day}"));
    }
    for line in registers.adjustments.iter().filter(|line| line.month == month) {
        let (item, points, reason, document) = (&line.item, line.points, &line.reason, &line.document);
        let (by, day) = (&line.by, line.day);
        tell(ADJUSTMENTS, line.unit, month, format!("{item}\t{points}\t{reason}\t{document}\t{by}\t{day}"));
    }
    for line in registers.closings.iter().filter(|line| line.month <= month && line.day <= as_of) {
        // The number without the unit's place in the roster, which the unit may change.
        let serial = line.problem.rsplit('-').next().unwrap_or_default();
        let (of, day, ground, by) = (line.month, line.day, &line.ground, &line.by);
        tell(CLOSINGS, line.unit, month, format!("{of}\t{serial}\t{day}\t{ground}\t{by}"));
    }
    for case in registers.cases.iter().filter(|case| ledger::passes_in(case.due, None, month, as_of)) {
        // Done after its day it has cost all the same.
        let done = case.done.filter(|done| *done <= case.due);
        let (number, level, matter, due) = (&case.number, case.level, &case.matter, case.due);
        tell(CASES, case.unit, month, format!("{number}\t{level:?}\t{matter}\t{due}\t{done:?}"));
    }
    let lines = told.into_iter().filter_map(|((earlier, place, unit), mut words)| {
        // In which order they stand is of no weight.
        words.sort();
        Some(FinalLines {
            register: (*ORDER.get(place)?).to_owned(),
            unit: finale::plain(settings.unit_name(unit)),
            earlier,
            digest: digest::of(words.join("\n").as_bytes()),
        })
    });
    lines.collect()
}
