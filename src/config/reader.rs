//! One TOML file as written. Takes its text; gives tables whose keys are asked for one by one, and collects
//! every fault on the way with line and column. A reading that stopped at the first fault would make the clerk
//! run the program once a mistake.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::DeTable;

use super::{Fault, syntax};

/// Where something stands in its file; both 1-based, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Spot {
    pub line: usize,
    pub column: usize,
}

/// A value with the place it stands at.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub value: T,
    pub spot: Spot,
}

/// One file under way: its name, where its lines begin, its faults so far.
pub(super) struct Reader<'t> {
    pub file: String,
    text: &'t str,
    lines: Vec<usize>,
    faults: RefCell<Vec<Fault>>,
    broken: bool,
    /// From this line on the file may be misread: only the fault of syntax itself is told.
    cut: usize,
    /// The last place asked for, as byte and column: most places follow each other, and lines can be long.
    last: Cell<(usize, usize)>,
    /// The keys that stand before the first section.
    top_keys: RefCell<Vec<String>>,
}

impl<'t> Reader<'t> {
    /// Parses a file; its faults of syntax are collected like all others.
    pub(super) fn new(file: &str, text: &'t str) -> (Reader<'t>, DeTable<'t>) {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(starts).collect();
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut reader = Reader {
            file: file.to_owned(),
            text,
            lines,
            faults: RefCell::new(Vec::new()),
            broken: !errors.is_empty(),
            cut: usize::MAX,
            last: Cell::new((0, 1)),
            top_keys: RefCell::new(Vec::new()),
        };
        // One slip makes the parser stumble several times on the same line; the first says it all.
        let mut told = BTreeSet::new();
        for error in &errors {
            let spot = reader.spot(&error.span().unwrap_or(text.len()..text.len()));
            if spot.line <= reader.cut && told.insert(spot.line) {
                reader.push(spot, syntax::chinese(error.message(), reader.line(spot.line)));
            }
            if syntax::runs_on(error.message()) {
                reader.cut = reader.cut.min(spot.line);
            }
        }
        (reader, table.into_inner())
    }

    /// Keeps the keys that the file may have before its first section.
    pub(super) fn know_top_keys(&self, keys: &[&str]) {
        *self.top_keys.borrow_mut() = keys.iter().map(|key| (*key).to_owned()).collect();
    }

    pub(super) fn is_top_key(&self, key: &str) -> bool {
        self.top_keys.borrow().iter().any(|known| known == key)
    }

    /// Whether the syntax is at fault, so that what seems missing may only be unread.
    pub(super) fn broken(&self) -> bool {
        self.broken
    }

    pub(super) fn blame(&self, spot: Spot, message: impl Into<String>) {
        if spot.line < self.cut {
            self.push(spot, message);
        }
    }

    fn push(&self, spot: Spot, message: impl Into<String>) {
        let fault = Fault { file: self.file.clone(), line: spot.line, column: spot.column, message: message.into() };
        self.faults.borrow_mut().push(fault);
    }

    pub(super) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    fn line(&self, number: usize) -> &'t str {
        let start = number.checked_sub(1).and_then(|at| self.lines.get(at)).copied().unwrap_or(0);
        self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("")
    }

    pub(super) fn spot(&self, span: &Range<usize>) -> Spot {
        let line = self.lines.partition_point(|start| *start <= span.start).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let end = span.start.min(self.text.len());
        let (from, column) = match self.last.get() {
            (at, column) if (start..=end).contains(&at) => (at, column),
            _ => (start, 1),
        };
        let column = column + self.text.get(from..end).unwrap_or("").chars().count();
        self.last.set((end, column));
        Spot { line, column }
    }
}
