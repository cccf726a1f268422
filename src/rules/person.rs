//! Persons: every one who acts or answers with unit, post and full name (填表说明2: 人要点明单位职务和姓名).

use super::quote::{brief, joined, quoted};
use super::rule::rule;
use super::{At, Check, Family, Hearing, Rule, Sink};
use crate::config::{Level, UnitKind};
use crate::form::{Cell, Record};
use crate::place::Span;
use crate::text::{Person, PersonClass};

rule!(MISSING, "person-missing", "没有写人");
rule!(NO_NAME, "person-no-name", "没有姓名");
rule!(NO_POST, "person-no-post", "没有职务");
rule!(NO_UNIT, "person-no-unit", "没有单位");

pub(crate) static FAMILY: Family =
    Family { rules: &[&MISSING, &NO_NAME, &NO_POST, &NO_UNIT], check: Check::Cell(check) };

/// What a label says of the mentions that bear it.
static LABELS: &[(PersonClass, &Rule, &str)] = &[
    (PersonClass::NoName, &NO_NAME, "没有姓名"),
    (PersonClass::NoPost, &NO_POST, "没有写职务"),
    (PersonClass::NoUnit, &NO_UNIT, "没有写单位"),
];

fn check(hearing: &Hearing<'_>, record: &Record, cell: &Cell, sink: &mut Sink<'_>) {
    if !cell.owes.person {
        return;
    }
    let at = At::cell(record, cell);
    let model = model(hearing.context.kind);
    let persons = &cell.facts.persons;
    if persons.is_empty() {
        let message = format!("“{}”里没有写到一个人", cell.field.chinese());
        let suggestion = format!("写明单位、职务和姓名，如“{}{}{}”", model.unit, model.post, model.name);
        sink.push(&MISSING, at, Level::Error, "", message, suggestion);
        return;
    }
    for (class, rule, lack) in LABELS {
        let at_fault = || persons.iter().filter(|person| person.class == *class);
        // What is certain makes the finding; what is doubtful makes one only by itself, and then a warning.
        let sure = at_fault().any(|person| person.sure);
        let blamed: Vec<&Person> = at_fault().filter(|person| person.sure == sure).collect();
        let Some(first) = blamed.first() else { continue };
        let words: Vec<&str> = blamed.iter().map(|person| person.span.of(&cell.text)).collect();
        let (cap, doubt) = if sure { (Level::Error, "") } else { (Level::Warning, "（请核）") };
        let message = format!("{}{lack}{doubt}", quoted(&words));
        sink.push(rule, at, cap, joined(&words), message, advise(first, &cell.text, model));
    }
}

/// An invented person to show the shape by, from the surroundings that a unit of the kind knows.
#[derive(Debug, Clone, Copy)]
struct Model {
    unit: &'static str,
    post: &'static str,
    name: &'static str,
    /// What an ordinary person is called there.
    ordinary: &'static str,
}

fn model(kind: Option<UnitKind>) -> Model {
    match kind {
        Some(UnitKind::Dispatched) => {
            Model { unit: "县教育局", post: "办公室主任", name: "李文", ordinary: "办公室工作人员" }
        }
        Some(UnitKind::Township) | None => {
            Model { unit: "青石镇大坪村", post: "会计", name: "李文", ordinary: "村民" }
        }
    }
}

/// What to write instead, from the mention's own unit, post and name as far as they stand there.
fn advise(person: &Person, text: &str, model: Model) -> String {
    let part = |span: Option<Span>| span.map(|span| brief(span.of(text))).filter(|words| !words.is_empty());
    let Model { unit: some_unit, post: some_post, name: some_name, ordinary } = model;
    match (person.class, part(person.unit), part(person.post), part(person.name)) {
        (PersonClass::NoName, Some(unit), Some(post), _) => format!("写出全名，如“{unit}{post}{some_name}”"),
        (PersonClass::NoName, None, Some(post), _) => format!("写明单位和全名，如“{some_unit}{post}{some_name}”"),
        (PersonClass::NoName, _, _, Some(name)) => format!("把“{name}”写成全名，并写明单位和职务"),
        (PersonClass::NoPost, Some(unit), _, Some(name)) => {
            format!("在姓名前写明职务或身份，如“{unit}{some_post}{name}”；没有职务的写“{ordinary}”之类")
        }
        (PersonClass::NoPost, None, _, Some(name)) => {
            format!("写明单位和职务，如“{some_unit}{some_post}{name}”；没有职务的写“{ordinary}”之类")
        }
        (PersonClass::NoUnit, _, Some(post), Some(name)) => format!("在前面写明单位，如“{some_unit}{post}{name}”"),
        _ => format!("写明单位、职务和姓名，如“{some_unit}{some_post}{some_name}”"),
    }
}
