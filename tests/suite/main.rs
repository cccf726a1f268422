//! One test binary, a module a subject. Everything goes through the program as a person would use it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod apart;
mod cells;
mod checklist;
mod checklists;
mod cli;
mod common;
mod config;
mod copied;
mod corpus;
mod crafted;
mod example;
mod forms;
mod hostile;
mod house;
mod init;
mod json;
mod notes;
mod package;
mod pages;
mod paths;
mod readme;
mod recalc;
mod records;
mod recount;
mod register;
mod score;
mod statistic;
mod status;
mod summary;
mod template;
mod validate;
mod verdict;
mod workbook;
