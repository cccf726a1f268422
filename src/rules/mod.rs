//! The court. Takes a form and what may be chosen in it; gives findings. Rules look at facts only; levels
//! come from the settings and are set in one place, the `Sink`.

mod blank;
pub(crate) mod choice;
/// The rule that the verdict raises when it compares records of all units and months.
pub(crate) mod copy;
mod date;
mod event;
/// Rules that the verdict raises: they are about files, not about what stands in a form.
pub(crate) mod file;
mod finding;
pub(crate) mod head;
pub(crate) mod layout;
mod period;
mod person;
mod phone;
mod quote;
mod repeat;
mod rule;
/// Rules that the tally raises: they are about what a unit owes in the month.
pub(crate) mod task;
mod whole;

pub(crate) use finding::{At, Finding, Sink};
pub(crate) use repeat::Told;
pub(crate) use rule::{Check, Context, Family, Hearing, Rule};

/// Every family, in the order of the form. A family that nobody put here is dead code, which the compiler reports.
pub(crate) static FAMILIES: &[&Family] = &[
    &layout::FAMILY,
    &head::FAMILY,
    &choice::FAMILY,
    &blank::FAMILY,
    &repeat::FAMILY,
    &date::FAMILY,
    &period::FAMILY,
    &person::FAMILY,
    &event::FAMILY,
];

/// Rules that are not raised by looking at one form but by the verdict and the tally; they have pages and
/// levels like the rest.
pub(crate) static ELSEWHERE: &[&Rule] = &[
    &file::UNREADABLE,
    &file::ENCRYPTED,
    &file::UNSUPPORTED,
    &file::FORM_MISSING,
    &file::FORM_DUPLICATE,
    &copy::COPIED_TEXT,
    &task::TASK_NOT_DONE,
    &task::FOCUS_NOT_DONE,
];

/// The order in which the rules are listed: files, head, choices, texts, what is owed.
const ORDER: &[&str] = &[
    "file-unreadable",
    "file-encrypted",
    "file-unsupported",
    "form-missing",
    "form-empty",
    "nil-incomplete",
    "file-hidden-data",
    "cell-error",
    "form-duplicate",
    "column-unknown",
    "unit-missing",
    "unit-unknown",
    "reporter-missing",
    "contact-missing",
    "contact-malformed",
    "leader-missing",
    "month-missing",
    "month-mismatch",
    "content-missing",
    "content-unlisted",
    "method-missing",
    "method-unlisted",
    "progress-missing",
    "problem-blank",
    "handling-missing",
    "record-duplicate",
    "date-missing",
    "date-partial",
    "date-vague",
    "date-impossible",
    "date-out-of-period",
    "date-future",
    "date-order",
    "person-missing",
    "person-no-name",
    "person-no-post",
    "person-no-unit",
    "event-vague",
    "copied-text",
    "task-not-done",
    "focus-not-done",
];

/// Every rule, in the order of `ORDER`.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    ORDER.iter().filter_map(|name| named(name))
}

/// The rule of that name.
pub(crate) fn named(name: &str) -> Option<&'static Rule> {
    let raised_here = FAMILIES.iter().flat_map(|family| family.rules.iter().copied());
    raised_here.chain(ELSEWHERE.iter().copied()).find(|rule| rule.name == name)
}

/// Runs every family over one form.
pub(crate) fn check_form(context: &Context<'_>, sink: &mut Sink<'_>) {
    let hearing = Hearing::open(context);
    for family in FAMILIES {
        match family.check {
            Check::Cell(check) => {
                for record in &context.form.records {
                    for cell in record.cells() {
                        if !hearing.is_broken(cell.pos) {
                            check(&hearing, record, cell, sink);
                        }
                    }
                }
            }
            Check::Record(check) => {
                for record in &context.form.records {
                    check(&hearing, record, sink);
                }
            }
            Check::Form(check) => check(&hearing, sink),
        }
    }
}

#[cfg(test)]
mod trial;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::config::Settings;

    use super::*;

    #[test]
    fn the_list_holds_every_rule_once() {
        let declared: Vec<&str> =
            FAMILIES.iter().flat_map(|family| family.rules.iter()).chain(ELSEWHERE).map(|rule| rule.name).collect();
        let listed: BTreeSet<&str> = ORDER.iter().copied().collect();
        assert_eq!(declared.len(), ORDER.len());
        assert_eq!(declared.into_iter().collect::<BTreeSet<_>>(), listed);
        assert_eq!(all().count(), ORDER.len());
    }

    #[test]
    fn every_built_in_profile_gives_every_rule_a_level() {
        for profile in Settings::profiles() {
            let levels = Settings::builtin(profile).unwrap().levels;
            for name in ORDER {
                assert!(levels.contains_key(*name), "{profile} has no level for {name}");
            }
        }
    }

    #[test]
    fn a_title_belongs_to_one_rule() {
        let titles: BTreeSet<&str> = all().map(|rule| rule.title).collect();
        assert_eq!(titles.len(), ORDER.len());
    }

    #[test]
    fn a_page_has_its_heading_and_its_four_parts() {
        for rule in all() {
            let page = rule.page;
            assert!(page.starts_with(&format!("# {} · {}\n\n", rule.name, rule.title)), "{}", rule.name);
            let parts: Vec<&str> = page.split("\n## ").collect();
            let heads: Vec<&str> = parts.iter().skip(1).map(|part| part.lines().next().unwrap()).collect();
            assert_eq!(heads, ["不合格", "合格", "怎么改"], "{}", rule.name);
            for part in &parts[1..3] {
                assert!(part.contains("\n> "), "{} quotes nothing", rule.name);
            }
            assert!(parts[0].lines().count() >= 3 && parts[3].lines().count() >= 2, "{} is too short", rule.name);
        }
    }
}
