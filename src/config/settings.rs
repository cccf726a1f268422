//! What the rooms ask of the settings: units by name, deadlines and periods, levels, focus items, choices.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{Audience, Catalogue, Focus, Level, Settings, Unit, UnitKind, builtin};
use crate::calendar::Month;
use crate::near;
use crate::text::Lexicon;

/// What stands under a content or method that no list has.
pub(crate) const OTHER: &str = "其他";

impl Settings {
    /// A built-in profile as it stands; the program itself always loads a project, if only from an empty folder.
    #[cfg(test)]
    pub(crate) fn builtin(profile: &str) -> Option<Settings> {
        let builtin = builtin::named(profile)?;
        let (mut settings, written, mut faults) = super::profile::base(builtin);
        settings.lists = super::lists::settle(&written, &settings.contents, None, &mut faults);
        faults.is_empty().then_some(settings)
    }

    /// The names of the built-in profiles; the first is the default.
    pub(crate) fn profiles() -> impl Iterator<Item = &'static str> {
        builtin::BUILTIN.iter().map(|builtin| builtin.name)
    }

    /// The last day in time for a month's sheet.
    pub(crate) fn deadline_of(&self, month: Month) -> NaiveDate {
        self.deadline.months.get(&month).copied().unwrap_or_else(|| month.day(self.deadline.day))
    }

    /// The last day on which a month's sheet is late; one that comes first after it counts as 未报.
    pub(crate) fn close_of(&self, month: Month) -> NaiveDate {
        let grace = Days::new(u64::from(self.scoring.grace_days));
        month.last_day().checked_add_days(grace).unwrap_or(month.last_day())
    }

    /// First and last day of a month's period: from the day after the month before's deadline to the month's end.
    pub(crate) fn period_of(&self, month: Month) -> (NaiveDate, NaiveDate) {
        let before = self.deadline_of(month.previous());
        (before.succ_opt().unwrap_or(before), month.last_day())
    }

    /// The name of a content by its index; none is 其他.
    pub(crate) fn content_name(&self, content: Option<usize>) -> &str {
        content.and_then(|n| self.contents.get(n)).map_or(OTHER, String::as_str)
    }

    /// The roster's unit of that name or alias, blanks and width set aside.
    pub(crate) fn unit_named(&self, written: &str) -> Option<usize> {
        let key = near::key(written);
        self.units
            .iter()
            .position(|unit| near::key(&unit.name) == key || unit.aliases.iter().any(|alias| near::key(alias) == key))
    }

    /// Every name and alias, folded as `near::key` does, with its unit: for lists that name units thousands of times.
    pub(crate) fn unit_keys(&self) -> BTreeMap<String, usize> {
        let mut keys = BTreeMap::new();
        for (at, unit) in self.units.iter().enumerate() {
            for name in std::iter::once(&unit.name).chain(&unit.aliases) {
                keys.entry(near::key(name)).or_insert(at);
            }
        }
        keys
    }

    /// The words by which texts are read: the built-in ones with every unit of the roster and those it supervises.
    pub(crate) fn lexicon(&self) -> Lexicon {
        Lexicon::new(self.units.iter().flat_map(|unit| {
            let others = unit.aliases.iter().chain(&unit.supervises);
            std::iter::once(&unit.name).chain(others).map(String::as_str)
        }))
    }

    /// The name of a unit of the roster; empty where there is none.
    pub(crate) fn unit_name(&self, unit: usize) -> &str {
        self.units.get(unit).map_or("", |unit| unit.name.as_str())
    }

    /// The unit whose name or alias a mistyped one most likely means.
    pub(crate) fn nearest_unit(&self, written: &str) -> Option<&Unit> {
        let mut names: Vec<(&str, &Unit)> = self.units.iter().map(|unit| (unit.name.as_str(), unit)).collect();
        let full = near::nearest(written, names.iter().map(|(name, _)| *name));
        // A name and an alias of one unit may be equally near, so full names are asked first.
        names.extend(self.units.iter().flat_map(|unit| unit.aliases.iter().map(move |alias| (alias.as_str(), unit))));
        let found = full.or_else(|| near::nearest(written, names.iter().map(|(name, _)| *name)))?;
        names.iter().find(|(name, _)| *name == found).map(|(_, unit)| *unit)
    }

    /// The level of a rule; an unknown rule is off.
    pub(crate) fn level(&self, rule: &str) -> Level {
        self.levels.get(rule).copied().unwrap_or(Level::Off)
    }

    /// The level of a rule in 监督开展情况 of a six-column form: its own where one is set, never graver than elsewhere.
    pub(crate) fn level_in_progress(&self, rule: &str) -> Level {
        let level = self.level(rule);
        self.progress_levels.get(rule).map_or(level, |own| level.min(*own))
    }

    /// The focus items of a month that concern a unit. `unit` is an index into the roster; without one, `kind` decides.
    pub(crate) fn focus_for(&self, month: Month, unit: Option<usize>, kind: Option<UnitKind>) -> Vec<&Focus> {
        let items = self.focus.get(&month).map_or(&[][..], Vec::as_slice);
        items.iter().filter(|item| item.concerns(unit, kind)).collect()
    }

    /// What a unit may choose as 监督内容 in a month: contents, all tasks of its kind, its focus items.
    pub(crate) fn catalogue(&self, month: Option<Month>, unit: Option<usize>, kind: Option<UnitKind>) -> Catalogue {
        Catalogue::new(self, month, unit, kind)
    }
}

impl Focus {
    fn concerns(&self, unit: Option<usize>, kind: Option<UnitKind>) -> bool {
        match &self.audience {
            Audience::All => true,
            Audience::Kind(wanted) => kind.is_none_or(|kind| kind == *wanted),
            Audience::Units(units) => unit.is_some_and(|unit| units.contains(&unit)),
        }
    }
}

impl Unit {
    /// Whether the unit owes a report for a month.
    pub(crate) fn owes(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month)
            && self.to.is_none_or(|to| month <= to)
            && !self.exempt.contains(&month)
    }
}
