//! A made-up county as a clerk would find it on the desk. The texts are in the tables beside this file; the rooms
//! here only give them the shapes that people give them. Nobody and no place in it is real.

use std::collections::BTreeMap;

mod draw;
mod grid;
mod letter;
mod ods;
mod paper;
mod project;
mod register;
mod roster;
mod xls;
mod xlsx;

/// The months of the example, with the table of their papers.
const MONTHS: [(&str, &[&str]); 3] = [
    ("2026-01", &[include_str!("2026-01-township.txt"), include_str!("2026-01-dispatched.txt")]),
    ("2026-02", &[include_str!("2026-02-township.txt"), include_str!("2026-02-dispatched.txt")]),
    (
        "2026-03",
        &[
            include_str!("2026-03-township-a.txt"),
            include_str!("2026-03-township-b.txt"),
            include_str!("2026-03-dispatched.txt"),
        ],
    ),
];

/// Every file of the county's folder: its path with `/`, its bytes.
pub(crate) fn files() -> BTreeMap<String, Vec<u8>> {
    let units = roster::read(include_str!("roster.txt"));
    let mut files = project::files(&units);
    let mut papers = Vec::new();
    for (month, tables) in MONTHS {
        for table in tables {
            papers.extend(paper::read(table, month, &units));
        }
    }
    for paper in &papers {
        let old = files.insert(paper.path(), paper.bytes());
        assert!(old.is_none(), "two papers at {}", paper.path());
    }
    register::add(&mut files, &papers);
    files
}
