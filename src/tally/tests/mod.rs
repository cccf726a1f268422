//! The tally's tests: forms judged by hand go in, a month comes out.

mod any;
mod arrival;
mod closure;
mod duty;
mod fixture;
mod progress;
mod slip;
mod worked;

use super::{Deduction, Item, UnitMonth};
use crate::config::{Level, Topic};
use crate::verdict::JudgedForm;
use fixture::{County, form};

const ERROR: Level = Level::Error;
const WARNING: Level = Level::Warning;
/// The township's monthly tasks of the made-up county: number and content.
const DUE: [(usize, usize); 3] = [(0, 1), (1, 2), (2, 3)];

fn does(task: usize, content: usize) -> Topic {
    Topic::Task { list: 0, task, content }
}

/// Everything that falls due in a month without a longer cadence, done.
fn all_done() -> JudgedForm {
    DUE.into_iter().fold(form(), |form, (task, content)| form.done(does(task, content)))
}

fn county() -> County {
    County::new(&["青石镇纪委"])
}

fn points(unit: &UnitMonth, item: Item) -> String {
    unit.items[Item::ALL.iter().position(|other| *other == item).unwrap()].to_string()
}

fn rows(unit: &UnitMonth, item: Item) -> Vec<&Deduction> {
    unit.deductions.iter().filter(|row| row.item == item).collect()
}

fn total(unit: &UnitMonth) -> String {
    unit.total.map_or("—".to_owned(), |total| total.to_string())
}
