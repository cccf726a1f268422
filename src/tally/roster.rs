//! Who is counted. The county's roster in its own order; without one, the units that the forms name, in order of
//! their first appearance, so that a later month never renumbers an earlier one.

use std::collections::BTreeMap;

use super::finale;
use crate::calendar::Month;
use crate::config::{Settings, UnitKind};
use crate::near;
use crate::verdict::{Inbox, JudgedFile, JudgedForm};

/// The units counted.
#[derive(Debug, Clone)]
pub(crate) struct Roster {
    pub members: Vec<Member>,
    /// Without a roster: the folded names, by place in `members`.
    found: Option<BTreeMap<String, usize>>,
    /// Every name that a final month may have a unit under, folded: its own as a file keeps it, and its aliases.
    kept: BTreeMap<String, usize>,
}

/// One unit counted.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// Index into the county's roster.
    pub roster: Option<usize>,
    pub name: String,
    pub kind: Option<UnitKind>,
}

impl Roster {
    pub(super) fn new(settings: &Settings, inboxes: &BTreeMap<Month, Inbox>, until: Month) -> Roster {
        if !settings.units.is_empty() {
            let member = |(n, unit): (usize, &crate::config::Unit)| Member {
                roster: Some(n),
                name: unit.name.clone(),
                kind: Some(unit.kind),
            };
            let members = settings.units.iter().enumerate().map(member).collect();
            return Roster { members, found: None, kept: settings.unit_keys() };
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
        let mut kept = BTreeMap::new();
        for (at, member) in members.iter().enumerate() {
            kept.entry(near::key(&finale::plain(&member.name))).or_insert(at);
        }
        Roster { members, found: Some(found), kept }
    }

    /// The unit that a name in a final month means, by place in `members`.
    pub(super) fn named(&self, written: &str) -> Option<usize> {
        self.kept.get(&near::key(written)).copied()
    }

    /// The unit that a form is laid at: the one it names, else the one that the register or the file's name gives.
    pub(crate) fn unit_of(&self, file: &JudgedFile, judged: &JudgedForm) -> Option<usize> {
        match &self.found {
            None => judged.unit.or(file.unit).filter(|unit| *unit < self.members.len()),
            Some(found) => found.get(&near::key(judged.unit_name.as_deref()?)).copied(),
        }
    }

    /// The unit that a file without a form is laid at.
    pub(crate) fn unit_of_file(&self, file: &JudgedFile) -> Option<usize> {
        file.unit.filter(|unit| self.found.is_none() && *unit < self.members.len())
    }
}
