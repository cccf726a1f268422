//! Labelled records (`tests/corpus`), as lessons and as a measure: a model learns from them, and what it reads in
//! others is scored against their labels: codes, verdicts, dates, names, unit-post-name triples. The duties of a cell
//! are applied here as the form applies them; `tests/suite/corpus.rs` measures the whole program.

use std::collections::BTreeMap;

use serde_json::Value;

use super::learn::{Labelled, Lesson};
use super::{Facts, Lexicon, PersonClass, TimeClass, agree, read};

/// Right, missed and wrongly given, of one kind.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    right: usize,
    missed: usize,
    wrong: usize,
}

impl Score {
    fn add(&mut self, gold: &[String], given: &[String]) {
        let mut rest: Vec<&String> = given.iter().collect();
        for label in gold {
            match rest.iter().position(|other| *other == label) {
                Some(at) => {
                    rest.remove(at);
                    self.right += 1;
                }
                None => self.missed += 1,
            }
        }
        self.wrong += rest.len();
    }

    fn f1(self) -> f64 {
        let (right, all) = (self.right as f64, (2 * self.right + self.missed + self.wrong) as f64);
        if all == 0.0 { 1.0 } else { 2.0 * right / all }
    }

    fn show(self) -> String {
        let of = |n: usize, m: usize| if n + m == 0 { 1.0 } else { n as f64 / (n + m) as f64 };
        format!(
            "P {:.3}  R {:.3}  F1 {:.4}  ({} right, {} missed, {} wrong)",
            of(self.right, self.wrong),
            of(self.right, self.missed),
            self.f1(),
            self.right,
            self.missed,
            self.wrong
        )
    }
}

/// All figures of a set of records.
#[derive(Debug, Default)]
struct Figures {
    codes: BTreeMap<String, Score>,
    labels: Score,
    errors: Score,
    dates: Score,
    names: Score,
    triples: Score,
    verdicts: (usize, usize),
    misread: Vec<String>,
}

/// What the reading says of one record: by field the codes, the dates and the persons.
#[derive(Debug, Default)]
struct Said {
    codes: BTreeMap<&'static str, Vec<(String, bool)>>,
    dates: Vec<String>,
    names: Vec<String>,
    triples: Vec<String>,
}

impl Said {
    fn code(&mut self, field: &'static str, code: &str, sure: bool) {
        let codes = self.codes.entry(field).or_default();
        match codes.iter_mut().find(|(known, _)| known == code) {
            Some(known) => known.1 |= sure,
            None => codes.push((code.to_owned(), sure)),
        }
    }
}

/// What a cell on duty owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Duty {
    Date,
    Problem,
    Handling,
    Progress,
}

fn say(record: &Value, words: &Lexicon) -> Said {
    let mut said = Said::default();
    let text = |field: &str| record[field].as_str().unwrap_or("").trim();
    let [progress, mut problem, mut handling] =
        ["progress", "problem", "handling"].map(|field| read(text(field), words));
    agree(&mut [(text("problem"), &mut problem), (text("handling"), &mut handling)]);
    if record["layout"] == "four" {
        let duty = if progress.fault && !progress.none { Duty::Progress } else { Duty::Date };
        cell(&mut said, "progress", text("progress"), &progress, duty);
        return said;
    }
    cell(&mut said, "progress", text("progress"), &progress, Duty::Date);
    let blank = text("problem").is_empty();
    if blank {
        said.code("problem", "problem-blank", true);
    }
    if !blank && !problem.none {
        cell(&mut said, "problem", text("problem"), &problem, Duty::Problem);
    }
    let unhandled = text("handling").is_empty() || handling.none;
    if unhandled && !blank && !problem.none {
        said.code("handling", "handling-missing", true);
    }
    if !unhandled && !problem.none {
        cell(&mut said, "handling", text("handling"), &handling, Duty::Handling);
    }
    said
}

fn cell(said: &mut Said, field: &'static str, text: &str, facts: &Facts, duty: Duty) {
    let has = |class| facts.times.iter().any(|time| time.class == class);
    let date = if has(TimeClass::Impossible) {
        Some("date-impossible")
    } else if has(TimeClass::Full) {
        None
    } else if has(TimeClass::Partial) {
        Some("date-partial")
    } else if has(TimeClass::Vague) {
        Some("date-vague")
    } else {
        Some("date-missing")
    };
    if let Some(code) = date {
        said.code(field, code, true);
    }
    for time in &facts.times {
        let class = match time.class {
            TimeClass::Full => "full",
            TimeClass::Partial => "partial",
            TimeClass::Vague => "vague",
            TimeClass::Impossible => "impossible",
        };
        let iso = time.day.map(|day| day.to_string()).unwrap_or_default();
        said.dates.push(format!("{field}|{}|{class}|{iso}", time.span.of(text)));
    }
    if duty == Duty::Date {
        return;
    }
    if facts.persons.is_empty() {
        said.code(field, "person-missing", !facts.persons_unsure);
    }
    for person in &facts.persons {
        let code = match person.class {
            PersonClass::Full => None,
            PersonClass::NoName => Some("person-no-name"),
            PersonClass::NoPost => Some("person-no-post"),
            PersonClass::NoUnit => Some("person-no-unit"),
        };
        if let Some(code) = code {
            said.code(field, code, person.sure);
        }
        let part = |span: Option<crate::place::Span>| span.map_or("", |span| span.of(text));
        if person.class != PersonClass::NoName {
            said.names.push(format!("{field}|{}", part(person.name)));
        }
        said.triples.push(format!("{field}|{}|{}|{}", part(person.unit), part(person.post), part(person.name)));
    }
    let fact = match duty {
        Duty::Problem => facts.event.is_some(),
        Duty::Handling => facts.measure.is_some(),
        _ => facts.event.is_some() || facts.measure.is_some(),
    };
    if !fact {
        said.code(field, "event-vague", !facts.event_unsure);
    }
}

fn score<'a>(records: impl IntoIterator<Item = &'a Value>, words: &Lexicon) -> Figures {
    let mut figures = Figures::default();
    for record in records {
        let said = say(record, words);
        let mut wrong = Vec::new();
        let mut at_fault = [false, false];
        for field in ["progress", "problem", "handling"] {
            let gold: Vec<String> = record["labels"][field]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|l| l.as_str().map(str::to_owned))
                .collect();
            let given = said.codes.get(field).cloned().unwrap_or_default();
            let codes: Vec<String> = given.iter().map(|(code, _)| code.clone()).collect();
            figures.labels.add(&gold, &codes);
            for (code, sure) in &given {
                if *sure && code != "problem-blank" {
                    match gold.contains(code) {
                        true => figures.errors.right += 1,
                        false => figures.errors.wrong += 1,
                    }
                }
            }
            for code in gold.iter().chain(&codes) {
                figures.codes.entry(code.clone()).or_default();
            }
            for (code, score) in &mut figures.codes {
                let only = |list: &[String]| list.iter().filter(|other| *other == code).cloned().collect::<Vec<_>>();
                score.add(&only(&gold), &only(&codes));
            }
            at_fault[0] |= !gold.is_empty();
            at_fault[1] |= !codes.is_empty();
            let sorted = |mut list: Vec<String>| {
                list.sort();
                list.join(" ")
            };
            let sure = given.iter().filter(|(code, sure)| *sure && !gold.contains(code)).count();
            let (gold, codes) = (sorted(gold), sorted(codes));
            if gold != codes {
                wrong.push(format!("  {field} [{gold}] given [{codes}], {sure} of them surely and wrongly"));
            }
        }
        figures.verdicts.1 += 1;
        figures.verdicts.0 += usize::from(at_fault[0] == at_fault[1]);
        let part = |value: &Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
        let list = |key: &str| record[key].as_array().cloned().unwrap_or_default();
        let dates: Vec<String> = list("dates")
            .iter()
            .map(|d| format!("{}|{}|{}|{}", part(d, "field"), part(d, "text"), part(d, "class"), part(d, "iso")))
            .collect();
        let names: Vec<String> = list("persons")
            .iter()
            .filter(|p| part(p, "class") != "no-name")
            .map(|p| format!("{}|{}", part(p, "field"), part(p, "name")))
            .collect();
        let triples: Vec<String> = list("persons")
            .iter()
            .map(|p| format!("{}|{}|{}|{}", part(p, "field"), part(p, "unit"), part(p, "post"), part(p, "name")))
            .collect();
        for (what, score, gold, given) in [
            ("date", &mut figures.dates, &dates, &said.dates),
            ("name", &mut figures.names, &names, &said.names),
            ("triple", &mut figures.triples, &triples, &said.triples),
        ] {
            score.add(gold, given);
            let lost: Vec<&String> = gold.iter().filter(|one| !given.contains(one)).collect();
            let extra: Vec<&String> = given.iter().filter(|one| !gold.contains(one)).collect();
            if !lost.is_empty() || !extra.is_empty() {
                wrong.push(format!("  {what}: lost {lost:?} extra {extra:?}"));
            }
        }
        if !wrong.is_empty() {
            figures.misread.push(format!("{}\n{}", part(record, "id"), wrong.join("\n")));
        }
    }
    figures
}

/// The cells of a record in which persons are labelled, as lessons: those on duty that mention somebody, or that are
/// labelled as mentioning nobody.
pub(crate) fn lessons(record: &Value) -> Vec<Lesson> {
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or("").to_owned();
    let six = record["layout"] == "six";
    let fields = ["progress", "problem", "handling"].into_iter().filter(|field| !(six && *field == "progress"));
    let lesson = |field: &str| {
        let persons = record["persons"].as_array().into_iter().flatten().filter(|person| person["field"] == field);
        let persons: Vec<Labelled> = persons
            .map(|person| Labelled {
                text: word(person, "text"),
                unit: word(person, "unit"),
                post: word(person, "post"),
                name: word(person, "name"),
                full: person["class"] != "no-name",
            })
            .collect();
        let missing = record["labels"][field].as_array().into_iter().flatten().any(|label| label == "person-missing");
        (missing || !persons.is_empty()).then(|| Lesson::new(&word(record, field), &persons))
    };
    fields.filter_map(lesson).collect()
}

/// What a reading of some records is worth, a line for every label and kind; and what was read otherwise than labelled.
pub(crate) fn figures<'a>(
    title: &str,
    records: impl IntoIterator<Item = &'a Value>,
    words: &Lexicon,
    misread: bool,
) -> String {
    let figures = score(records, words);
    let mut out = format!("{title}: {} records\n", figures.verdicts.1);
    let codes = figures.codes.iter().map(|(code, score)| (code.as_str(), *score));
    let kinds = [
        ("labels", figures.labels),
        ("findings sure", figures.errors),
        ("dates", figures.dates),
        ("names", figures.names),
        ("triples", figures.triples),
    ];
    for (what, score) in codes.chain(kinds) {
        out += &format!("  {what:17} {}\n", score.show());
    }
    out += &format!("  verdicts          {} of {}\n", figures.verdicts.0, figures.verdicts.1);
    if misread {
        out += &figures.misread.join("\n");
    }
    out
}
