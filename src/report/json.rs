//! JSON Lines: one object a form, every key always there. The wire types are frozen; a new key is added at the end.

use std::io;

use serde::Serialize;

use super::{level_of, message_of, unit_of};
use crate::config::Settings;
use crate::form::{Cell, HeadField, Record};
use crate::place::Span;
use crate::rules::Finding;
use crate::text::{PersonClass, TimeClass};
use crate::unseen::is_unseen;
use crate::verdict::{FileState, Inbox, JudgedFile, JudgedForm};

#[derive(Serialize)]
struct FormLine<'a> {
    file: &'a str,
    sheet: Option<&'a str>,
    unit: Option<&'a str>,
    unit_kind: Option<&'static str>,
    reporter: Option<&'a str>,
    contact: Option<&'a str>,
    leader: Option<&'a str>,
    month: Option<String>,
    layout: Option<&'static str>,
    status: &'static str,
    counts: bool,
    rows_seen: u32,
    rows_blank: u32,
    rows_nil: u32,
    rows_continued: u32,
    cells_seen: u32,
    cells_read: u32,
    records: Vec<RecordLine<'a>>,
    findings: Vec<FindingLine<'a>>,
}

#[derive(Serialize)]
struct RecordLine<'a> {
    row: u32,
    content: &'a str,
    method: &'a str,
    progress: &'a str,
    problem: &'a str,
    handling: &'a str,
    valid: bool,
    facts: FactsLine<'a>,
}

#[derive(Serialize, Default)]
struct FactsLine<'a> {
    dates: Vec<DateLine<'a>>,
    persons: Vec<PersonLine<'a>>,
    amounts: Vec<AmountLine<'a>>,
}

#[derive(Serialize)]
struct DateLine<'a> {
    field: &'static str,
    text: &'a str,
    class: &'static str,
    iso: Option<String>,
}

#[derive(Serialize)]
struct PersonLine<'a> {
    field: &'static str,
    text: &'a str,
    unit: &'a str,
    post: &'a str,
    name: &'a str,
    class: &'static str,
}

#[derive(Serialize)]
struct AmountLine<'a> {
    field: &'static str,
    text: &'a str,
    yuan: f64,
    approximate: bool,
}

#[derive(Serialize)]
struct FindingLine<'a> {
    rule: &'static str,
    level: &'static str,
    cell: Option<String>,
    row: Option<u32>,
    field: Option<&'static str>,
    text: &'a str,
    message: String,
    suggestion: &'a str,
}

/// Writes one line a form, and one for every file without a form.
pub(super) fn write(settings: &Settings, inbox: &Inbox) -> anyhow::Result<String> {
    let mut out = String::new();
    for file in &inbox.files {
        if file.forms.is_empty() {
            push(&mut out, &formless(settings, inbox, file))?;
        }
        for (number, form) in file.forms.iter().enumerate() {
            // What is said of the file as a whole is said once, with its first form.
            let whole = if number == 0 { file.findings.as_slice() } else { &[] };
            push(&mut out, &form_line(file, form, whole))?;
        }
    }
    Ok(out)
}

fn push(out: &mut String, line: &FormLine<'_>) -> anyhow::Result<()> {
    // A line may be long: it is written where it stays, not built apart and copied.
    serde_json::to_writer(Escaped(out), line)?;
    out.push('\n');
    Ok(())
}

/// JSON itself escapes only the lowest control characters; the others, and the marks that turn a line around, stand
/// only inside its strings, so that the escape of each means the same text.
struct Escaped<'a>(&'a mut String);

impl io::Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // The pieces that come are whole strings, or cut beside a quote.
        let text = std::str::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        for c in text.chars() {
            if is_unseen(c) {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    self.0.push_str(&format!("\\u{unit:04x}"));
                }
            } else {
                self.0.push(c);
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn formless<'a>(settings: &'a Settings, inbox: &Inbox, file: &'a JudgedFile) -> FormLine<'a> {
    let unit = file.unit.and_then(|unit| settings.units.get(unit));
    FormLine {
        file: &file.path,
        sheet: None,
        unit: unit_of(settings, file),
        unit_kind: unit.map(|unit| unit.kind.name()),
        reporter: None,
        contact: None,
        leader: None,
        month: file.asked.or(inbox.month).map(|month| month.to_string()),
        layout: None,
        status: match file.state {
            FileState::Form | FileState::NoForm => "returned",
            FileState::Unreadable | FileState::Unsupported => "unreadable",
        },
        counts: false,
        rows_seen: 0,
        rows_blank: 0,
        rows_nil: 0,
        rows_continued: 0,
        cells_seen: 0,
        cells_read: 0,
        records: Vec::new(),
        findings: file.findings.iter().map(finding_line).collect(),
    }
}

fn form_line<'a>(file: &'a JudgedFile, judged: &'a JudgedForm, whole: &'a [Finding]) -> FormLine<'a> {
    let form = &judged.form;
    let account = &form.account;
    FormLine {
        file: &file.path,
        sheet: Some(&form.sheet),
        unit: judged.unit_name.as_deref(),
        unit_kind: judged.kind.map(|kind| kind.name()),
        reporter: head(&form.head.reporter),
        contact: head(&form.head.contact),
        leader: head(&form.head.leader),
        month: judged.month.map(|month| month.to_string()),
        layout: Some(form.layout.name()),
        status: if judged.accepted { "accepted" } else { "returned" },
        counts: judged.counts,
        rows_seen: account.rows_seen,
        rows_blank: account.rows_blank,
        rows_nil: account.rows_nil,
        rows_continued: account.rows_continued,
        cells_seen: account.cells_seen,
        cells_read: account.cells_read,
        records: form
            .records
            .iter()
            .enumerate()
            .map(|(at, record)| record_line(record, judged.verdicts.get(at).is_some_and(|verdict| verdict.valid)))
            .collect(),
        findings: whole.iter().chain(&judged.findings).map(finding_line).collect(),
    }
}

/// A head field that was not found, or is empty, is null.
fn head(field: &HeadField) -> Option<&str> {
    (!field.value.is_empty()).then_some(field.value.as_str())
}

fn record_line(record: &Record, valid: bool) -> RecordLine<'_> {
    let mut facts = FactsLine::default();
    for cell in [&record.progress, &record.problem, &record.handling] {
        read_facts(cell, &mut facts);
    }
    RecordLine {
        row: record.row,
        content: &record.content.text,
        method: &record.method.text,
        progress: &record.progress.text,
        problem: &record.problem.text,
        handling: &record.handling.text,
        valid,
        facts,
    }
}

/// Dates of 监督开展情况 and of cells on duty; persons and sums of cells on duty alone. A none cell
/// may tell when nothing was found; it is not on duty.
fn read_facts<'a>(cell: &'a Cell, facts: &mut FactsLine<'a>) {
    let field = cell.field.name();
    if cell.owes.date || cell.owes.person || cell.field == crate::form::Field::Progress {
        facts.dates.extend(cell.facts.times.iter().map(|time| DateLine {
            field,
            text: time.span.of(&cell.text),
            class: class_of_time(time.class),
            iso: time.day.filter(|_| time.class == TimeClass::Full).map(|day| day.format("%Y-%m-%d").to_string()),
        }));
    }
    if !cell.owes.person {
        return;
    }
    let part = |span: Option<Span>| span.map_or("", |span| span.of(&cell.text));
    facts.persons.extend(cell.facts.persons.iter().map(|person| PersonLine {
        field,
        text: person.span.of(&cell.text),
        unit: part(person.unit),
        post: part(person.post),
        name: part(person.name),
        class: class_of_person(person.class),
    }));
    facts.amounts.extend(cell.facts.amounts.iter().map(|amount| AmountLine {
        field,
        text: amount.span.of(&cell.text),
        yuan: yuan(amount.fen),
        approximate: amount.approximate,
    }));
}

#[expect(clippy::cast_precision_loss, reason = "sums beyond 2^53 fen are no sums of a county")]
fn yuan(fen: i64) -> f64 {
    fen as f64 / 100.0
}

fn class_of_time(class: TimeClass) -> &'static str {
    match class {
        TimeClass::Full => "full",
        TimeClass::Partial => "partial",
        TimeClass::Vague => "vague",
        TimeClass::Impossible => "impossible",
    }
}

fn class_of_person(class: PersonClass) -> &'static str {
    match class {
        PersonClass::Full => "full",
        PersonClass::NoName => "no-name",
        PersonClass::NoPost => "no-post",
        PersonClass::NoUnit => "no-unit",
    }
}

fn finding_line(finding: &Finding) -> FindingLine<'_> {
    FindingLine {
        rule: finding.rule.name,
        level: level_of(finding).name(),
        cell: finding.pos.map(|pos| pos.to_string()),
        row: finding.row,
        field: finding.field.map(crate::form::Field::name),
        text: &finding.text,
        message: message_of(finding),
        suggestion: &finding.suggestion,
    }
}
