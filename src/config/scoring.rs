//! `[scoring]`: the points of the month, every one a key.

use std::collections::BTreeMap;

use super::level::no_rule;
use super::reader::Spot;
use super::table::Table;
use super::{Level, Scoring};
use crate::points::Points;

macro_rules! priced {
    ($($key:literal $field:ident)*) => {
        impl Scoring {
            /// Every priced key in the order of the table; `grace-days` and the rule lists are not points.
            pub(crate) const PRICES: &'static [&'static str] = &[$($key),*];

            /// The points under a key: `late-per-day`.
            pub(crate) fn price(&self, key: &str) -> Option<Points> {
                match key {
                    $($key => Some(self.$field),)*
                    _ => None,
                }
            }

            fn slot(&mut self, key: &str) -> Option<&mut Points> {
                match key {
                    $($key => Some(&mut self.$field),)*
                    _ => None,
                }
            }

            /// Nothing costs anything: what a profile is read over.
            pub(super) fn blank() -> Scoring {
                Scoring { $($field: Points::ZERO,)* grace_days: 0, form_rules: Vec::new(), concrete_rules: Vec::new() }
            }
        }
    };
}

priced! {
    "timely-full" timely_full
    "late-per-day" late_per_day
    "late-cap" late_cap
    "form-full" form_full
    "form-fault" form_fault
    "concrete-full" concrete_full
    "concrete-record" concrete_record
    "concrete-return" concrete_return
    "task-full" task_full
    "task-focus" task_focus
    "task-due" task_due
    "closure-full" closure_full
    "closure-overdue" closure_overdue
    "case-county" case_county
    "case-city" case_city
    "case-province" case_province
    "bonus-cap" bonus_cap
    "bonus-county" bonus_county
    "bonus-city" bonus_city
    "bonus-province" bonus_province
    "bonus-centre" bonus_centre
    "band-excellent" band_excellent
    "band-good" band_good
    "band-pass" band_pass
}

const GRACE: &str = "grace-days";
const RULE_LISTS: [&str; 2] = ["form-rules", "concrete-rules"];
/// Beyond this a mark is a slip of the pen.
const MOST: Points = Points::whole(1000);

/// Reads points over those that stand; `levels` are the rules there are.
pub(super) fn read(table: Table<'_>, levels: &BTreeMap<String, Level>, scoring: &mut Scoring) {
    let known: Vec<&str> = Scoring::PRICES.iter().copied().chain([GRACE]).chain(RULE_LISTS).collect();
    table.only(&known);
    for key in Scoring::PRICES {
        let Some(written) = table.number(key) else { continue };
        match Points::parse(&written.value).filter(|points| (Points::ZERO..=MOST).contains(points)) {
            Some(points) => {
                if let Some(slot) = scoring.slot(key) {
                    *slot = points;
                }
            }
            None => table.blame(
                written.spot,
                format!("{key} 应是 0 到 1000、至多一位小数的分值（扣分也写正数），这里是 {}", written.value),
            ),
        }
    }
    if let Some(days) = table.whole(GRACE, 0..=60) {
        scoring.grace_days = days.value;
    }
    for (key, list) in RULE_LISTS.into_iter().zip([&mut scoring.form_rules, &mut scoring.concrete_rules]) {
        let Some(written) = table.texts(key) else { continue };
        for rule in &written {
            check_rule(table, rule.spot, &rule.value, levels);
        }
        *list = written.into_iter().map(|rule| rule.value).collect();
    }
    let bands = [scoring.band_excellent, scoring.band_good, scoring.band_pass];
    if !bands.is_sorted_by(|higher, lower| higher > lower) {
        let [excellent, good, pass] = bands;
        table.blame(
            table.spot(),
            format!("等次的分数应从高到低：band-excellent（{excellent}）、band-good（{good}）、band-pass（{pass}）"),
        );
    }
}

fn check_rule(table: Table<'_>, spot: Spot, rule: &str, levels: &BTreeMap<String, Level>) {
    let found = match rule.strip_suffix('*') {
        Some(family) => levels.keys().any(|name| name.starts_with(family)),
        None => levels.contains_key(rule),
    };
    if !found {
        // Families may be meant as well: date-* for every rule that begins so.
        let families = levels.keys().filter_map(|name| Some(format!("{}-*", name.split_once('-')?.0)));
        let mut known: Vec<String> = levels.keys().cloned().chain(families).collect();
        known.sort();
        known.dedup();
        table.blame(spot, no_rule(rule, &known));
    }
}
