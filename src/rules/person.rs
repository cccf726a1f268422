//! Persons: every one who acts or answers with unit, post and full name (填表说明2: 人要点明单位职务和姓名).

use super::quote::{joined, quote, quoted};
use super::rule::rule;
use super::{At, Check, Family, Hearing, Rule, Sink};
use crate::config::Level;
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

fn check(_: &Hearing<'_>, record: &Record, cell: &Cell, sink: &mut Sink<'_>) {
    if !cell.owes.person {
        return;
    }
    let at = At::cell(record, cell);
    let persons = &cell.facts.persons;
    if persons.is_empty() {
        let message = format!("“{}”里没有写到一个人", cell.field.chinese());
        let suggestion = "写明单位、职务和姓名，如“青石镇大坪村会计唐国强”";
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
        sink.push(rule, at, cap, joined(&words), message, advise(first, &cell.text));
    }
}

/// What to write instead, from the mention's own unit, post and name as far as they stand there.
fn advise(person: &Person, text: &str) -> String {
    let part = |span: Option<Span>| span.map(|span| span.of(text)).filter(|words| !words.is_empty());
    let (unit, post, name) = (part(person.unit), part(person.post), part(person.name));
    match (person.class, unit, post, name) {
        (PersonClass::NoName, Some(unit), Some(post), _) => format!("写出全名，如“{unit}{post}李文”"),
        (PersonClass::NoName, None, Some(post), _) => format!("写明单位和全名，如“青石镇{post}李文”"),
        (PersonClass::NoName, ..) => "写明单位、职务和姓名，如“青石镇民政办主任李文”".to_owned(),
        (PersonClass::NoPost, Some(unit), _, Some(name)) => {
            format!("在姓名前写明职务或身份，如“{unit}会计{name}”；一般群众写“村民”")
        }
        (PersonClass::NoPost, _, _, Some(name)) => {
            format!("写明单位和职务，如“青石镇大坪村会计{name}”；一般群众写“村民”")
        }
        (PersonClass::NoUnit, _, Some(post), Some(name)) => {
            format!("在前面写明单位，如“青石镇大坪村{post}{name}”")
        }
        (_, _, _, Some(name)) => format!("写明{}的单位和职务", quote(name)),
        _ => "写明单位、职务和姓名，如“青石镇民政办主任李文”".to_owned(),
    }
}
