//! What a profile and a project file have in common: contents, methods, deadline, form, rules, scoring. A profile is
//! read over nothing, a project file over its profile.

use std::collections::{BTreeMap, BTreeSet};

use super::builtin::Builtin;
use super::checklist::{self, Written};
use super::reader::{At, Reader};
use super::table::Table;
use super::{DeadlineRule, Fault, FormSpec, Scoring, Settings, deadline, form, level, scoring};
use crate::near;

/// The keys that both may hold.
pub(super) const KEYS: [&str; 7] = ["contents", "methods", "deadline", "form", "rules", "rules-progress", "scoring"];

/// A profile: its settings without lists, its lists as written, its faults (none of a built-in one).
pub(super) fn base(builtin: &Builtin) -> (Settings, Vec<Written>, Vec<Fault>) {
    let mut settings = Settings {
        profile: builtin.name.to_owned(),
        county: None,
        units: Vec::new(),
        contents: Vec::new(),
        methods: Vec::new(),
        lists: Vec::new(),
        deadline: DeadlineRule { day: 31, months: BTreeMap::new() },
        levels: BTreeMap::new(),
        progress_levels: BTreeMap::new(),
        scoring: Scoring::blank(),
        form: FormSpec::blank(),
        focus: BTreeMap::new(),
    };
    let (reader, entries) = Reader::new(builtin.profile.file, builtin.profile.text);
    let top = Table::top(&reader, &entries);
    top.only(&KEYS);
    for key in KEYS {
        top.need(key, key);
    }
    overlay(top, &mut settings);
    let mut faults = reader.into_faults();
    let lists =
        builtin.lists.iter().filter_map(|page| checklist::read(page.file, page.text, false, &mut faults)).collect();
    (settings, lists, faults)
}

/// Reads the common keys over what stands.
pub(super) fn overlay(top: Table<'_>, settings: &mut Settings) {
    if let Some(contents) = top.texts("contents") {
        settings.contents = distinct(top, "contents", contents);
    }
    if let Some(methods) = top.texts("methods") {
        settings.methods = distinct(top, "methods", methods);
    }
    if let Some(table) = top.table("deadline", "[deadline]") {
        deadline::read(table, &mut settings.deadline);
    }
    if let Some(table) = top.table("form", "[form]") {
        form::read(table, &mut settings.form);
    }
    // A profile names every rule; a project file changes some of them.
    let known: Vec<String> = settings.levels.keys().cloned().collect();
    if let Some(table) = top.table("rules", "[rules]") {
        level::read(table, (!known.is_empty()).then_some(&known), &mut settings.levels);
    }
    let known: Vec<String> = settings.levels.keys().cloned().collect();
    if let Some(table) = top.table("rules-progress", "[rules-progress]") {
        level::read(table, Some(&known), &mut settings.progress_levels);
    }
    if let Some(table) = top.table("scoring", "[scoring]") {
        scoring::read(table, &settings.levels, &mut settings.scoring);
    }
}

/// A list that is not empty and names nothing twice.
fn distinct(top: Table<'_>, key: &str, written: Vec<At<String>>) -> Vec<String> {
    if written.is_empty() {
        top.blame(top.spot_of(key), format!("{key} 里一项也没有；请至少写一项，或删去这个键（用内置的）"));
    }
    let mut seen = BTreeSet::new();
    for item in &written {
        if !seen.insert(near::key(&item.value)) {
            top.blame(item.spot, format!("{key} 里“{}”写了两次，请删去一个", item.value));
        }
    }
    written.into_iter().map(|item| item.value).collect()
}

#[cfg(test)]
mod tests {
    use super::super::builtin::BUILTIN;
    use super::*;
    use crate::points::Points;

    #[test]
    fn every_built_in_profile_is_whole_and_without_a_fault() {
        for builtin in BUILTIN {
            let (_, _, faults) = base(builtin);
            assert!(faults.is_empty(), "{}: {faults:?}", builtin.name);
            let settings = Settings::builtin(builtin.name).unwrap();
            let form = &settings.form;
            for titles in [&form.unit, &form.reporter, &form.contact, &form.leader, &form.number, &form.content] {
                assert!(!titles.is_empty());
            }
            for titles in [&form.method, &form.progress, &form.problem, &form.handling] {
                assert!(!titles.is_empty());
            }
            assert!(form.title.contains("{county}") && form.note.starts_with("填表说明"));
            assert!(Scoring::PRICES.iter().all(|key| settings.scoring.price(key) > Some(Points::ZERO)));
            assert_eq!(
                settings.lists.iter().map(|list| list.tasks.len()).sum::<usize>() > 0,
                !builtin.lists.is_empty()
            );
        }
        assert!(Settings::builtin("nowhere").is_none());
    }

    #[test]
    fn the_items_of_the_default_profile_make_a_hundred() {
        let scoring = Settings::builtin("dongan").unwrap().scoring;
        let keys = ["timely-full", "form-full", "concrete-full", "task-full", "closure-full"];
        assert_eq!(keys.iter().filter_map(|key| scoring.price(key)).sum::<Points>(), Points::whole(100));
        assert_eq!(scoring.form_fault.to_string(), "0.5");
    }
}
