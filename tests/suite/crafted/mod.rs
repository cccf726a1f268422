//! The crafted set: files built by code that are damaged, swollen, lying or odd, each with the line that it must get.
//! Every one is read by the program itself beside a good file: in time, within its memory, without a word of panic;
//! the good file comes through; the line names what is wrong; the exit status is the right one.
//!
//! A row is `heavy` where the work alone takes a program without optimisation too long:
//! `cargo test --release --test suite crafted` runs those as well.
#![expect(clippy::print_stdout, reason = "a file that is passed over is named, and what each takes is told")]

use std::collections::BTreeSet;

use serde_json::Value;

use crate::common::{Yuedu, findings};
use crate::workbook::FormBook;
use watch::watch;

mod bombs;
mod cuts;
mod geometry;
mod kinds;
mod ods;
mod ole;
mod pack;
mod parts;
mod values;
mod watch;
mod xls;
mod xml;

/// One file of the set.
struct Row {
    name: &'static str,
    make: Box<dyn Fn() -> Vec<u8>>,
    want: Want,
    heavy: bool,
}

/// What a file of the set must get.
#[derive(Debug)]
enum Want {
    /// Not read: this rule alone, its line with one of the words.
    Refused(&'static str, &'static [&'static str]),
    /// Read like the undamaged one, with these findings and no others.
    Read(&'static [&'static str]),
    /// Read, with a finding of this rule in this cell, its line with one of the words.
    Told(&'static str, &'static str, &'static [&'static str]),
    /// Read, with so many records.
    Records(usize),
    /// Refused, or read like the undamaged one: a damage that need not be felt.
    Either,
}

fn row(name: &'static str, want: Want, make: impl Fn() -> Vec<u8> + 'static) -> Row {
    Row { name, make: Box::new(make), want, heavy: false }
}

/// A damaged file, or one over a limit.
fn refused(name: &'static str, words: &'static [&'static str], make: impl Fn() -> Vec<u8> + 'static) -> Row {
    row(name, Want::Refused("file-unreadable", words), make)
}

fn unsupported(name: &'static str, words: &'static [&'static str], make: impl Fn() -> Vec<u8> + 'static) -> Row {
    row(name, Want::Refused("file-unsupported", words), make)
}

fn read(name: &'static str, make: impl Fn() -> Vec<u8> + 'static) -> Row {
    row(name, Want::Read(&[]), make)
}

impl Row {
    /// Too much work for a program without optimisation.
    fn heavy(self) -> Row {
        Row { heavy: true, ..self }
    }
}

/// The words for a file that is damaged somewhere.
const DAMAGED: &[&str] = &["不完整", "损坏"];
const FOLDER: &str = "报送/2026-03";
/// The name of the good file beside.
const GOOD: &str = "甲 好的.xlsx";
const VALIDATE: [&str; 5] = ["validate", "--month", "2026-03", "--format", "json"];

/// The good file that lies beside each of the set.
fn beside() -> Vec<u8> {
    // In words of its own, so that it is no copy of the others.
    let progress = "2026年3月12日，白沙镇纪委走访养老院，清点食堂库存和采购单据。";
    FormBook::six("白沙镇纪委", "2026-03").record(["作风建设方面", "专项检查监督", progress, "无", "无"]).bytes()
}

/// What a form says, without the file's own name: what must be alike in a file that is read.
fn told(form: &Value) -> Value {
    let mut form = form.clone();
    let fields = form.as_object_mut().expect("a form is an object");
    // The cells that a damage empties or fills may lie outside the form; its own texts may not change.
    for field in ["file", "findings", "status", "counts", "cells_seen", "cells_read"] {
        fields.remove(field);
    }
    form
}

/// Runs every row of a kind; `whole` is the undamaged file. An optimised program reads each file alone. One that is
/// not takes longer to start than to read, and so reads all of them in one run, in the time and memory that a single
/// one may take; where that does not come to a good end, each alone tells which file it was.
fn check(whole: Vec<u8>, rows: Vec<Row>) {
    run(whole, rows, !cfg!(debug_assertions));
}

/// The same, each file alone in any case: work enough for a run of its own.
fn check_alone(whole: Vec<u8>, rows: Vec<Row>) {
    run(whole, rows, true);
}

fn run(whole: Vec<u8>, rows: Vec<Row>, alone: bool) {
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len(), "two rows of one name");
    let yuedu = Yuedu::new().file(&format!("{FOLDER}/甲.xlsx"), whole);
    let run = yuedu.run_with(&VALIDATE);
    assert!(run.json().len() == 1 && run.json()[0]["records"][0].is_object(), "the undamaged form is read: {run:#?}");
    let whole = told(&run.json()[0]);
    let mut chosen = Vec::new();
    for row in &rows {
        if row.heavy && cfg!(debug_assertions) {
            println!("only with --release: {}", row.name);
        } else {
            // Made once: what is small on the disk is kept.
            chosen.push((row, (row.make)()));
        }
    }
    let together = if alone { None } else { together(&chosen, &whole) };
    let answers = together.unwrap_or_else(|| chosen.iter().map(|made| by_itself(made, &whole)).collect());
    let (mut faults, mut lines) = (Vec::new(), Vec::new());
    for (made, answer) in chosen.iter().zip(answers) {
        let row = made.0;
        match answer {
            Ok(line) => lines.extend(line.map(|line| (made, line))),
            Err(fault) => faults.push(format!("{}: {fault}", row.name)),
        }
    }
    faults.extend(on_the_terminal(&lines));
    println!("{} of {} files", chosen.len(), rows.len());
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), chosen.len(), faults.join("\n"));
}

/// A file of the set and its bytes.
type Made<'a> = (&'a Row, Vec<u8>);

/// What the program says of a file where it refuses it, or what is wrong with its answer.
type Answer = Result<Option<String>, String>;

/// Runs the program on all files at once; none where that takes more than one file may take, or breaks off.
fn together(rows: &[Made<'_>], whole: &Value) -> Option<Vec<Answer>> {
    let mut yuedu = Yuedu::new().file(&format!("{FOLDER}/{GOOD}"), beside());
    for (row, bytes) in rows {
        yuedu = yuedu.file(&format!("{FOLDER}/{}", row.name), bytes);
    }
    let watched = watch(yuedu.command(&VALIDATE));
    if watched.over().is_some() {
        return None;
    }
    watched.run.assert_calm();
    let forms = watched.run.json();
    let of = |name: &str| forms.iter().find(|form| form["file"] == format!("{FOLDER}/{name}"));
    assert!(of(GOOD).is_some_and(good_is_good), "the good file is lost: {}", watched.run.stdout);
    let answer = |(row, _): &Made<'_>| answer(&row.want, of(row.name).ok_or("no line of JSON")?, whole);
    Some(rows.iter().map(answer).collect())
}

/// The good file beside comes through as if it lay there alone.
fn good_is_good(form: &Value) -> bool {
    form["status"] == "accepted" && findings(form).is_empty() && form["records"][0].is_object()
}

/// Runs the program on one file beside a good one.
fn by_itself((row, bytes): &Made<'_>, whole: &Value) -> Answer {
    let yuedu = Yuedu::new().file(&format!("{FOLDER}/{}", row.name), bytes);
    yuedu.put(&format!("{FOLDER}/{GOOD}"), beside());
    let watched = watch(yuedu.command(&VALIDATE));
    println!("{}: {:.1?}, {} MB", row.name, watched.took, watched.peak.unwrap_or_default() >> 10);
    if let Some(over) = watched.over() {
        return Err(over);
    }
    let run = &watched.run;
    run.assert_calm();
    let forms = run.json();
    // Several forms of one file are told one after the other; the damage is in the first.
    let of = |name: &str| forms.iter().find(|form| form["file"] == format!("{FOLDER}/{name}"));
    if !of(GOOD).is_some_and(good_is_good) {
        return Err(format!("the good file is lost: {}", run.stdout));
    }
    let form = of(row.name).ok_or_else(|| format!("no line of JSON: {}", run.stdout))?;
    let list = form["findings"].as_array().expect("findings is a list");
    let failed = list.iter().any(|finding| finding["level"] == "error") || form["status"] == "unreadable";
    if run.code != i32::from(failed) {
        return Err(format!("exit status {}: {form}", run.code));
    }
    answer(&row.want, form, whole)
}

/// What is said of the file where it is refused, or what is wrong with that.
fn answer(want: &Want, form: &Value, whole: &Value) -> Answer {
    let unread = form["status"] == "unreadable";
    // What a form shares with the others of the set is no fault of its own.
    let of_others = |rule: &str| ["form-duplicate", "copied-text"].contains(&rule);
    let rules: Vec<String> = findings(form).into_iter().map(|(rule, _)| rule).filter(|rule| !of_others(rule)).collect();
    let line = |rule: &str, cell: Option<&str>| {
        let list = form["findings"].as_array().expect("findings is a list");
        let found = list.iter().find(|f| f["rule"] == rule && cell.is_none_or(|cell| f["cell"] == cell));
        let word = |field: &str| found.and_then(|found| found[field].as_str()).unwrap_or_default();
        format!("{}；{}", word("message"), word("suggestion"))
    };
    let fine = match want {
        Want::Refused(rule, words) => {
            if !unread || rules != [*rule] {
                return Err(format!("ought to be refused as {rule}: {form}"));
            }
            let line = line(rule, None);
            if !words.iter().any(|word| line.contains(word)) || line.lines().count() != 1 {
                return Err(format!("{line}, without {words:?}"));
            }
            return Ok(Some(line));
        }
        Want::Read(wanted) => told(form) == *whole && rules == *wanted,
        Want::Told(rule, cell, words) => !unread && words.iter().any(|word| line(rule, Some(cell)).contains(word)),
        Want::Records(count) => !unread && form["records"].as_array().is_some_and(|read| read.len() == *count),
        Want::Either => unread || told(form) == *whole,
    };
    if fine { Ok(None) } else { Err(format!("ought to be {want:?}: {form}")) }
}

/// The clerk's own view of all refused files at once: each with its line; what is wrong with it.
fn on_the_terminal(lines: &[(&Made<'_>, String)]) -> Vec<String> {
    if lines.is_empty() {
        return Vec::new();
    }
    let mut yuedu = Yuedu::new();
    for ((row, bytes), _) in lines {
        yuedu = yuedu.file(&format!("{FOLDER}/{}", row.name), bytes);
    }
    let run = yuedu.run_with(&["validate", "--month", "2026-03", "--color", "never"]);
    run.assert_calm();
    assert_eq!(run.code, 1, "{run:#?}");
    // Long lines are folded to the width of the terminal.
    let unfolded = |text: &str| text.split_whitespace().collect::<String>();
    let said = |((row, _), line): &(&Made<'_>, String)| {
        let (_, after) = run.stdout.split_once(row.name).unwrap_or_default();
        let words = unfolded(line.split('；').next().unwrap_or_default());
        let fine = unfolded(after.split("file-").next().unwrap_or_default()).contains(&words);
        (!fine).then(|| format!("{}: the terminal does not say “{words}”", row.name))
    };
    lines.iter().filter_map(said).collect()
}
