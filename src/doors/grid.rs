//! The desk's door: a grid of short texts → the forms found in it, with their accounts.

use std::sync::LazyLock;

use crate::config::Project;
use crate::form;
use crate::place::Pos;
use crate::register::Registers;
use crate::sheet::{self, Book, Merge, Sheet, Value};
use crate::text::Lexicon;
use crate::verdict::{self, Contents, Incoming};

/// What a form says of its rows and cells, for the three sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Rows of the table that are not wholly empty.
    pub rows_seen: usize,
    /// Records, by their rows counted from 0.
    pub records: Vec<u32>,
    /// Rows that continue a record, say that there was nothing, or hold a number alone.
    pub other_rows: usize,
    /// Cells counted.
    pub cells_seen: usize,
    /// Cells read.
    pub cells_read: usize,
}

/// Finds the forms in a sheet given as text: a line a row, a tab between cells. `|` alone is a cell merged with the
/// one above, `>` alone one merged with the one before; `!` before a line hides its row.
#[must_use]
pub fn find_forms(text: &str) -> Vec<Account> {
    let sheet = sheet(text);
    let book = Book { sheets: vec![sheet] };
    let account = |form: &form::Form| {
        let account = form.account;
        let size = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Account {
            rows_seen: size(account.rows_seen),
            records: form.records.iter().map(|record| record.row).collect(),
            other_rows: size(account.rows_continued + account.rows_nil + account.rows_blank),
            cells_seen: size(account.cells_seen),
            cells_read: size(account.cells_read),
        }
    };
    form::find(&book, &PROJECT.settings.form, &WORDS).iter().map(account).collect()
}

/// A project of an empty folder, with the built-in lists.
static PROJECT: LazyLock<Project> = LazyLock::new(|| {
    let empty = tempfile::tempdir().expect("a temporary folder can be made");
    Project::load(empty.path()).expect("an empty folder is a project")
});
static WORDS: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// Reads and checks one file as `validate` does, all but the printing; gives its records.
#[must_use]
pub fn check_form(bytes: &[u8]) -> usize {
    let contents = match sheet::read(bytes) {
        Ok(book) => Contents::Forms(form::find(&book, &PROJECT.settings.form, &WORDS)),
        Err(error) => Contents::Unread(error),
    };
    let file = "甲.xlsx".to_owned();
    let incoming = Incoming { path: file.clone(), in_project: file, asked: None, digest: String::new(), contents };
    let inbox = verdict::judge(&PROJECT, &Registers::default(), vec![incoming], None, None, false, 0);
    inbox.files.iter().flat_map(|file| &file.forms).map(|form| form.form.records.len()).sum()
}

fn sheet(text: &str) -> Sheet {
    let mut sheet = Sheet { name: "一".to_owned(), ..Sheet::default() };
    let lines: Vec<(bool, Vec<&str>)> = text
        .lines()
        .take(300)
        .map(|line| line.strip_prefix('!').map_or((false, line), |line| (true, line)))
        .map(|(hidden, line)| (hidden, line.split('\t').take(40).collect()))
        .collect();
    let at = |row: usize, col: usize| lines.get(row).and_then(|(_, line)| line.get(col)).copied().unwrap_or_default();
    let place = |row: usize, col: usize| {
        Pos::new(u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(col).unwrap_or(u32::MAX))
    };
    for (row, (hidden, line)) in lines.iter().enumerate() {
        for (col, text) in line.iter().enumerate() {
            if matches!(*text, "|" | ">") {
                continue;
            }
            let down = (row + 1..).take_while(|below| at(*below, col) == "|").count();
            let right = (col + 1..).take_while(|beside| at(row, *beside) == ">").count();
            if down + right > 0 {
                sheet.merges.push(Merge { first: place(row, col), last: place(row + down, col + right) });
            }
            let value = match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Number(number, (*text).to_owned()),
                _ if text.starts_with('#') => Value::Error((*text).to_owned()),
                _ => Value::Text((*text).to_owned()),
            };
            // As the mail room does: a cell that is blank once cleaned is none.
            if !value.shown().is_empty() {
                let pos = place(row, col);
                *sheet.counted.entry(pos.row).or_default() += 1;
                sheet.cells.insert(pos, value);
                if *hidden {
                    sheet.hidden_rows.insert(pos.row);
                }
            }
        }
    }
    sheet
}

/// Stops where an account does not come out: rows seen against rows told, cells seen against cells read, a record
/// twice or out of order.
///
/// # Panics
/// On such an account: it is what a fuzz target looks for.
pub fn assert_accounts(forms: &[Account]) {
    for form in forms {
        assert_eq!(form.rows_seen, form.records.len() + form.other_rows, "rows of {form:?}");
        assert_eq!(form.cells_seen, form.cells_read, "cells of {form:?}");
        assert!(form.records.windows(2).all(|two| two[0] < two[1]), "records of {form:?}");
    }
}
