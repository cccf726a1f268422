//! What of the settings bears on a month's scores, part by part, each as a digest: a final month tells by them which part
//! was changed since. Phones, comments and what begins in a later month bear on nothing.

use std::fmt::Write;

use super::{Audience, Scoring, Settings};
use crate::calendar::Month;
use crate::digest;

impl Settings {
    /// The parts in the clerk's words, each with its digest.
    pub(crate) fn fingerprint(&self, month: Month) -> Vec<(&'static str, String)> {
        let parts = [
            ("评分", self.scoring.words()),
            ("规则级别", self.words_of_levels()),
            ("监督内容、方式和任务清单", self.words_of_lists()),
            ("重点工作", self.words_of_focus(month)),
            ("报送期限", format!("{:?}", (self.period_of(month), self.deadline_of(month)))),
            ("名册", self.words_of_roster(month)),
            ("表头和栏目名", self.words_of_form()),
        ];
        parts.into_iter().map(|(part, words)| (part, digest::of(words.as_bytes()))).collect()
    }

    fn words_of_levels(&self) -> String {
        let levels = self.levels.iter().chain(&self.progress_levels);
        levels.map(|(rule, level)| format!("{rule}={}\n", level.name())).collect()
    }

    fn words_of_lists(&self) -> String {
        let mut words = [self.contents.join("\n"), self.methods.join("\n")].join("\n\n");
        for list in &self.lists {
            let _ = write!(words, "\n\n{}\t{}\t{}", list.title, list.kind.name(), list.prefix);
            for task in &list.tasks {
                let (number, frequency, content) = (task.number, task.frequency, task.content);
                let receipt = task.by_receipt;
                let _ = write!(words, "\n{number}\t{}\t{}\t{frequency:?}\t{content}\t{receipt}", task.title, task.text);
            }
        }
        words
    }

    fn words_of_focus(&self, month: Month) -> String {
        let items = self.focus.get(&month).into_iter().flatten();
        let line = |item: &super::Focus| {
            let audience = match &item.audience {
                Audience::All => "all".to_owned(),
                Audience::Kind(kind) => kind.name().to_owned(),
                Audience::Units(units) => units.iter().map(|unit| self.unit_name(*unit)).collect::<Vec<_>>().join("、"),
            };
            format!("{}\t{}\t{}\t{audience}\n", item.number, item.title, item.content)
        };
        items.map(line).collect()
    }

    /// The units that owe the month, with every name that a sheet may have them or those they supervise under.
    fn words_of_roster(&self, month: Month) -> String {
        let units = self.units.iter().filter(|unit| unit.owes(month));
        let line = |unit: &super::Unit| {
            let (aliases, supervises) = (unit.aliases.join("、"), unit.supervises.join("、"));
            format!("{}\t{}\t{aliases}\t{supervises}\n", unit.name, unit.kind.name())
        };
        units.map(line).collect()
    }

    fn words_of_form(&self) -> String {
        let form = &self.form;
        let titles = [
            &form.unit,
            &form.reporter,
            &form.contact,
            &form.leader,
            &form.number,
            &form.content,
            &form.method,
            &form.progress,
            &form.problem,
            &form.handling,
        ];
        titles.map(|titles| titles.join("\t")).join("\n")
    }
}

impl Scoring {
    fn words(&self) -> String {
        let prices = Scoring::PRICES.iter().filter_map(|key| Some(format!("{key}={}\n", self.price(key)?)));
        let mut words: String = prices.collect();
        let rules = (self.form_rules.join("\t"), self.concrete_rules.join("\t"));
        let _ = write!(words, "grace-days={}\n{}\n{}", self.grace_days, rules.0, rules.1);
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Level, Unit, UnitKind};

    #[test]
    fn only_the_part_that_was_changed_has_another_digest() {
        let march = Month::parse("2026-03").unwrap();
        let plain = Settings::builtin("dongan").unwrap();
        let changed = |change: &dyn Fn(&mut Settings)| {
            let mut other = plain.clone();
            change(&mut other);
            let both = plain.fingerprint(march).into_iter().zip(other.fingerprint(march));
            both.filter(|(one, two)| one != two).map(|(one, _)| one.0).collect::<Vec<_>>()
        };
        assert!(changed(&|settings| settings.county = Some("清河县".to_owned())).is_empty());
        assert_eq!(changed(&|settings| settings.scoring.grace_days += 1), ["评分"]);
        assert_eq!(
            changed(&|settings| _ = settings.levels.insert("date-missing".to_owned(), Level::Off)),
            ["规则级别"]
        );
        assert_eq!(changed(&|settings| settings.deadline.day = 20), ["报送期限"]);
        let mut county = plain.clone();
        county.units = vec![Unit {
            name: "青石镇纪委".to_owned(),
            kind: UnitKind::Township,
            aliases: vec!["青石镇".to_owned()],
            phone: None,
            supervises: Vec::new(),
            from: None,
            to: None,
            exempt: Vec::new(),
        }];
        let of_unit = |change: &dyn Fn(&mut Unit)| {
            let mut other = county.clone();
            other.units.iter_mut().for_each(change);
            let both = county.fingerprint(march).into_iter().zip(other.fingerprint(march));
            both.filter(|(one, two)| one != two).map(|(one, _)| one.0).collect::<Vec<_>>()
        };
        assert!(of_unit(&|unit| unit.phone = Some("0746-4210001".to_owned())).is_empty());
        assert_eq!(of_unit(&|unit| unit.aliases.clear()), ["名册"]);
        assert_eq!(of_unit(&|unit| unit.supervises.push("大坪村".to_owned())), ["名册"]);
        let april = "2026-04-20".parse().unwrap();
        assert!(changed(&|settings| _ = settings.deadline.months.insert(march.next(), april)).is_empty());
    }
}
