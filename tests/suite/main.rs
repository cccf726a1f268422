//! One test binary, a module a subject. Everything goes through the program as a person would use it.

mod checklists;
mod cli;
mod common;
mod example;
mod house;
mod template;
mod workbook;
