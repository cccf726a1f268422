//! What a count rests on: settings, registers, the units counted, and every form of each month with its unit.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::roster::{Member, Roster};
use crate::calendar::Month;
use crate::config::Settings;
use crate::register::{Closing, Registers};
use crate::rules::head::MONTH_MISMATCH;
use crate::verdict::{FileNames, Inbox, JudgedFile, JudgedForm};

/// One month under way, with the months before it.
pub(super) struct Basis<'a> {
    pub settings: &'a Settings,
    pub registers: &'a Registers,
    pub inboxes: &'a BTreeMap<Month, Inbox>,
    pub month: Month,
    pub as_of: NaiveDate,
    pub roster: Roster,
    /// The month's files as the registers name them.
    pub names: FileNames,
    /// Every form of each month, in order of path.
    sheets: BTreeMap<Month, Vec<Sheet<'a>>>,
    /// The forms of a unit in a month, by place in `sheets`.
    places: BTreeMap<(Month, usize), Vec<usize>>,
    /// The closings of a unit of the county's roster, by the month of their problems.
    closings: BTreeMap<(Month, usize), Vec<&'a Closing>>,
    /// The months without a problem of a unit (by place in the roster), as earlier months were made final.
    zeros: BTreeSet<(Month, usize)>,
}

/// One form of a month and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    /// Index into `Inbox::files`, and into the file's forms.
    pub place: (usize, usize),
    pub file: &'a JudgedFile,
    pub judged: &'a JudgedForm,
    /// Index into `Roster::members`.
    pub unit: Option<usize>,
}

impl<'a> Basis<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        registers: &'a Registers,
        inboxes: &'a BTreeMap<Month, Inbox>,
        month: Month,
        as_of: NaiveDate,
    ) -> Basis<'a> {
        let roster = Roster::new(settings, inboxes, month);
        let mut sheets: BTreeMap<Month, Vec<Sheet<'a>>> = BTreeMap::new();
        let mut places: BTreeMap<(Month, usize), Vec<usize>> = BTreeMap::new();
        for (month, inbox) in inboxes {
            let of_month = sheets.entry(*month).or_default();
            for (f, file) in inbox.files.iter().enumerate() {
                for (n, judged) in file.forms.iter().enumerate() {
                    let unit = roster.unit_of(file, judged);
                    if let Some(unit) = unit {
                        places.entry((*month, unit)).or_default().push(of_month.len());
                    }
                    of_month.push(Sheet { place: (f, n), file, judged, unit });
                }
            }
        }
        let mut closings: BTreeMap<(Month, usize), Vec<&'a Closing>> = BTreeMap::new();
        for closing in &registers.closings {
            closings.entry((closing.month, closing.unit)).or_default().push(closing);
        }
        let files = inboxes.get(&month).map_or(&[][..], |inbox| &inbox.files);
        let names = FileNames::of(files.iter().map(|file| file.in_project.as_str()));
        let mut zeros = BTreeSet::new();
        for (of, kept) in registers.finals.range(..month) {
            let units = kept.units.iter().filter(|unit| unit.zero);
            zeros.extend(units.filter_map(|unit| Some((*of, roster.named(&unit.name)?))));
        }
        Basis { settings, registers, inboxes, month, as_of, roster, names, sheets, places, closings, zeros }
    }

    /// Every form of a month, in order of path.
    pub(super) fn sheets(&self, month: Month) -> impl Iterator<Item = Sheet<'a>> {
        self.sheets.get(&month).into_iter().flatten().copied()
    }

    /// The forms of one unit in a month, replaced ones included.
    pub(super) fn sheets_of(&self, month: Month, unit: usize) -> Vec<Sheet<'a>> {
        let of_month = self.sheets.get(&month).map_or(&[][..], Vec::as_slice);
        let places = self.places.get(&(month, unit)).into_iter().flatten();
        places.filter_map(|place| of_month.get(*place).copied()).collect()
    }

    /// The forms of one unit that stand: none that a later one replaced, and none that strayed in from another
    /// month beside a sheet of the right one.
    pub(super) fn standing(&self, month: Month, unit: usize) -> Vec<Sheet<'a>> {
        let mut sheets = self.sheets_of(month, unit);
        sheets.retain(|sheet| sheet.judged.replaced_by.is_none());
        if sheets.iter().any(|sheet| !sheet.strayed()) {
            sheets.retain(|sheet| !sheet.strayed());
        }
        sheets
    }

    /// Whether an earlier month, as it was made final, was one without a problem for a unit; none where it was not made final.
    pub(super) fn sealed_zero(&self, month: Month, unit: usize) -> Option<bool> {
        let is_final = month < self.month && self.registers.finals.contains_key(&month);
        is_final.then(|| self.zeros.contains(&(month, unit)))
    }

    /// The closings of a unit's problems of a month.
    pub(super) fn closings(&self, month: Month, unit: usize) -> &[&'a Closing] {
        let roster = self.member(unit).and_then(|member| member.roster);
        roster.and_then(|roster| self.closings.get(&(month, roster))).map_or(&[], Vec::as_slice)
    }

    /// The unit of the county's roster behind a member.
    pub(super) fn member(&self, unit: usize) -> Option<&Member> {
        self.roster.members.get(unit)
    }
}

impl Sheet<'_> {
    /// Whether the sheet is another month's by its own words, and the clerk has not accepted it.
    pub(super) fn strayed(&self) -> bool {
        self.judged.findings.iter().any(|found| found.rule.name == MONTH_MISMATCH.name && found.waived.is_none())
    }
}
