//! Who is counted. The county's roster in its own order; without one, the units that the forms name, in order of
//! their first appearance, so that a later month never renumbers an earlier one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::config::{Settings, UnitKind};
use crate::near;
use crate::register::Registers;
use crate::rules::head::MONTH_MISMATCH;
use crate::verdict::{FileNames, Inbox, JudgedFile, JudgedForm};

/// What a count rests on.
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
}

/// The units counted.
pub(super) struct Roster {
    pub members: Vec<Member>,
    /// Without a roster: the folded names, by place in `members`.
    found: Option<BTreeMap<String, usize>>,
}

/// One unit counted.
pub(super) struct Member {
    /// Index into the county's roster.
    pub roster: Option<usize>,
    pub name: String,
    pub kind: Option<UnitKind>,
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

impl Roster {
    fn new(settings: &Settings, inboxes: &BTreeMap<Month, Inbox>, until: Month) -> Roster {
        if !settings.units.is_empty() {
            let member = |(n, unit): (usize, &crate::config::Unit)| Member {
                roster: Some(n),
                name: unit.name.clone(),
                kind: Some(unit.kind),
            };
            return Roster { members: settings.units.iter().enumerate().map(member).collect(), found: None };
        }
        let mut members = Vec::new();
        let mut found = BTreeMap::new();
        let forms = inboxes.range(..=until).flat_map(|(_, inbox)| &inbox.files).flat_map(|file| &file.forms);
        for judged in forms {
            let Some(name) = &judged.unit_name else { continue };
            found.entry(near::key(name)).or_insert_with(|| {
                members.push(Member { roster: None, name: name.clone(), kind: judged.kind });
                members.len() - 1
            });
        }
        Roster { members, found: Some(found) }
    }

    /// The unit that a form is laid at: the one it names, else the one that the register or the file's name gives.
    fn unit_of(&self, file: &JudgedFile, judged: &JudgedForm) -> Option<usize> {
        match &self.found {
            None => judged.unit.or(file.unit).filter(|unit| *unit < self.members.len()),
            Some(found) => found.get(&near::key(judged.unit_name.as_deref()?)).copied(),
        }
    }

    /// The unit that a file without a form is laid at.
    pub(super) fn unit_of_file(&self, file: &JudgedFile) -> Option<usize> {
        file.unit.filter(|unit| self.found.is_none() && *unit < self.members.len())
    }
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
        let files = inboxes.get(&month).map_or(&[][..], |inbox| &inbox.files);
        let names = FileNames::of(files.iter().map(|file| file.in_project.as_str()));
        Basis { settings, registers, inboxes, month, as_of, roster, names, sheets, places }
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
