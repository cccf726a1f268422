//! Whose a form is: by its own head, else by the register, the clerk's acceptance (认定) or the file's name.

use super::{Contents, FileNames, FileState, Incoming, JudgedFile};
use crate::calendar::Month;
use crate::config::{Settings, UnitKind};
use crate::form::Form;
use crate::register::Registers;
use crate::{naming, near};

/// The owner of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    /// The roster's unit that the head names.
    pub named: Option<usize>,
    /// The roster's unit that the register, the clerk's acceptance or the file's name points to.
    hint: Option<usize>,
    /// The roster's name, else as written, else the hint's name.
    pub name: Option<String>,
    pub kind: Option<UnitKind>,
}

impl Owner {
    pub(crate) fn of(settings: &Settings, form: &Form, hint: Option<usize>) -> Owner {
        let written = if form.head.unit.tells() { form.head.unit.value.as_str() } else { "" };
        let named = if written.is_empty() { None } else { settings.unit_named(written) };
        let in_roster =
            named.or(if written.is_empty() { hint } else { None }).and_then(|unit| settings.units.get(unit));
        let name = in_roster.map(|unit| unit.name.clone()).or((!written.is_empty()).then(|| written.to_owned()));
        let kind = match in_roster.or_else(|| settings.units.get(hint?)) {
            Some(unit) => Some(unit.kind),
            None => name.as_deref().and_then(UnitKind::of_name),
        };
        Owner { named, hint, name, kind }
    }

    /// The unit that the form is laid at.
    pub(crate) fn laid(&self) -> Option<usize> {
        self.named.or(self.hint)
    }
}

/// The receipt line of a file: the last by day of those that name it in its month.
pub(crate) fn receipt_of(registers: &Registers, files: &FileNames, at: usize, file: &Incoming) -> Option<usize> {
    let months = stated_months(file);
    let lines = registers.receipts.iter().enumerate();
    let meant = lines
        .filter(|(_, line)| (months.is_empty() || months.contains(&line.month)) && files.find(&line.file) == Some(at));
    meant.max_by_key(|(nth, line)| (line.day, *nth)).map(|(nth, _)| nth)
}

/// The months that a file may have been registered for: the folder's, and what its forms say.
fn stated_months(file: &Incoming) -> Vec<Month> {
    let year = file.asked.map(Month::year);
    let mut months: Vec<_> = file.asked.into_iter().collect();
    if let Contents::Forms(forms) = &file.contents {
        months.extend(forms.iter().filter_map(|form| form.month.as_ref()?.resolve(year)));
    }
    months
}

/// The unit whose name or alias stands in the file's name; the longest one, none where two are equally long.
pub(crate) fn unit_in_name(settings: &Settings, path: &str) -> Option<usize> {
    let file = near::key(naming::last(path));
    let mut best: Option<(usize, usize)> = None;
    let mut tie = false;
    for (at, unit) in settings.units.iter().enumerate() {
        let names = std::iter::once(&unit.name).chain(&unit.aliases).map(|name| near::key(name));
        let longest = names.filter(|name| file.contains(name.as_str())).map(|name| name.chars().count()).max();
        match (longest.filter(|length| *length >= 2), best) {
            (None, _) => {}
            (Some(length), Some((_, most))) if length < most => {}
            (Some(length), Some((_, most))) if length == most => tie = true,
            (Some(length), _) => {
                best = Some((at, length));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(at, _)| at)
}

/// Why a file's forms can be laid at no unit: by what they say themselves, for neither the register nor the file's
/// name helps. None where they can.
pub(crate) fn unplaced(settings: &Settings, file: &JudgedFile) -> Option<String> {
    if file.state != FileState::Form || file.unit.is_some() {
        return None;
    }
    let mut names = file.forms.iter().map(|form| form.unit_name.as_deref());
    // Without a roster whoever is named is a unit.
    match names.clone().flatten().next().filter(|_| !settings.units.is_empty()) {
        Some(unknown) => Some(format!("填报单位“{unknown}”不在名册")),
        None => names.any(|name| name.is_none()).then(|| "没有写填报单位".to_owned()),
    }
}
