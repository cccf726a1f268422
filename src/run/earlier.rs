//! The months before the one at hand, for what is compared with them. Their sheets are read without the facts of their
//! texts, which is where most of the time goes: only the few texts that come near one of the month are read closely.

use std::collections::BTreeMap;

use super::apart::Apart;
use super::{collect, month_folders, months, read_all};
use crate::calendar::Month;
use crate::config::{Level, Project};
use crate::register::Registers;
use crate::rules::copy::COPIED_TEXT;
use crate::text::Lexicon;
use crate::verdict::{self, Contents, Earlier, Inbox, Incoming};

/// Months before `month` that are not among `known`. None where nothing at `least` would be said of what they hold.
///
/// # Errors
/// In Chinese: a folder that cannot be read.
pub(super) fn before(
    project: &Project,
    registers: &Registers,
    month: Option<Month>,
    known: &BTreeMap<Month, Inbox>,
    least: Level,
    apart: &Apart,
) -> anyhow::Result<BTreeMap<Month, Inbox>> {
    let mut before = BTreeMap::new();
    if project.settings.level(COPIED_TEXT.name) < least {
        return Ok(before);
    }
    let blind = Lexicon::blind();
    for earlier in months(project).into_iter().filter(|other| Some(*other) < month && !known.contains_key(other)) {
        let collected = collect::collect(&month_folders(project, earlier), Some(&project.root))?;
        let incoming = read_all(project, &collected.files, Some(earlier), &blind, apart);
        let inbox = verdict::judge(project, registers, incoming, None, Some(earlier), true, collected.skipped);
        before.insert(earlier, inbox);
    }
    Ok(before)
}

/// Both together, in order of the months.
pub(super) fn all<'a>(
    before: &'a BTreeMap<Month, Inbox>,
    known: &'a BTreeMap<Month, Inbox>,
    words: &'a Lexicon,
) -> Earlier<'a> {
    let mut inboxes: Vec<(&Month, &Inbox)> = before.iter().chain(known).collect();
    inboxes.sort_by_key(|(month, _)| **month);
    Earlier { inboxes: inboxes.into_iter().map(|(_, inbox)| inbox).collect(), words }
}

/// The last month that files are of: the one asked for, else what their forms say.
pub(super) fn last_month(incoming: &[Incoming]) -> Option<Month> {
    let said = |file: &Incoming| match &file.contents {
        Contents::Forms(forms) => {
            let year = file.asked.map(Month::year);
            forms.iter().filter_map(|form| form.month.as_ref()?.resolve(year)).max()
        }
        Contents::Unread(_) => None,
    };
    incoming.iter().filter_map(|file| file.asked.max(said(file))).max()
}
