//! One TOML file as written. Takes its text; gives tables whose keys are asked for one by one, and collects
//! every fault on the way with line and column. A reading that stopped at the first fault would make the clerk
//! run the program once a mistake.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::{Fault, syntax};
use crate::near;

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
}

/// A table of the file, and how it is called in messages: `[scoring]`, `[[unit]]`.
#[derive(Clone, Copy)]
pub(super) struct Table<'r> {
    reader: &'r Reader<'r>,
    entries: &'r DeTable<'r>,
    spot: Spot,
    name: &'r str,
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

    /// The whole file as a table.
    pub(super) fn top<'r>(&'r self, entries: &'r DeTable<'r>) -> Table<'r> {
        Table { reader: self, entries, spot: Spot { line: 1, column: 1 }, name: "" }
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

    fn spot(&self, span: &Range<usize>) -> Spot {
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

impl<'r> Table<'r> {
    pub(super) fn spot(&self) -> Spot {
        self.spot
    }

    pub(super) fn blame(&self, spot: Spot, message: impl Into<String>) {
        self.reader.blame(spot, message);
    }

    /// Blames every key that is none of `known`.
    pub(super) fn only(&self, known: &[&str]) {
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let meant = near::nearest(name, known.iter().copied());
                self.blame(self.reader.spot(&key.span()), unknown(self.name, name, meant, known));
            }
        }
    }

    /// Every key with its place and its value as a table of one, in the order of the file.
    pub(super) fn keys(&self) -> Vec<At<&'r str>> {
        let mut keys: Vec<At<&'r str>> = self
            .entries
            .iter()
            .map(|(key, _)| At { value: key.get_ref().as_ref(), spot: self.reader.spot(&key.span()) })
            .collect();
        keys.sort_by_key(|key| key.spot);
        keys
    }

    /// A text of one line that is not blank.
    pub(super) fn text(&self, key: &str) -> Option<At<String>> {
        let (value, spot) = self.get(key)?;
        match value {
            DeValue::String(text) => self.plain(key, spot, text),
            _ => self.wrong(key, spot, value, "写在英文引号里的文字"),
        }
    }

    /// A list of texts, none of them blank.
    pub(super) fn texts(&self, key: &str) -> Option<Vec<At<String>>> {
        let (value, spot) = self.get(key)?;
        let DeValue::Array(items) = value else {
            return self.wrong(key, spot, value, "方括号里的一列文字，如 [\"甲\", \"乙\"]");
        };
        let mut texts = Vec::new();
        for item in items {
            let spot = self.reader.spot(&item.span());
            let read = match item.get_ref() {
                DeValue::String(text) => self.plain(key, spot, text),
                other => self.wrong(key, spot, other, "一列写在英文引号里的文字"),
            };
            texts.extend(read);
        }
        Some(texts)
    }

    /// A whole number from `range`.
    pub(super) fn whole(&self, key: &str, range: std::ops::RangeInclusive<u32>) -> Option<At<u32>> {
        let (value, spot) = self.get(key)?;
        let DeValue::Integer(number) = value else {
            return self.wrong(key, spot, value, "整数（不加引号）");
        };
        let read = i64::from_str_radix(number.as_str(), number.radix()).ok().and_then(|n| u32::try_from(n).ok());
        match read.filter(|n| range.contains(n)) {
            Some(value) => Some(At { value, spot }),
            None => {
                let (from, to) = (range.start(), range.end());
                self.refuse(spot, format!("{key} 应在 {from} 到 {to} 之间，这里是 {number}"))
            }
        }
    }

    /// A number as written, whole or with decimals.
    pub(super) fn number(&self, key: &str) -> Option<At<String>> {
        let (value, spot) = self.get(key)?;
        match value {
            DeValue::Integer(number) if number.radix() == 10 => Some(At { value: number.as_str().to_owned(), spot }),
            DeValue::Float(number) => Some(At { value: number.as_str().to_owned(), spot }),
            _ => self.wrong(key, spot, value, "数字（不加引号）"),
        }
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        let (value, spot) = self.get(key)?;
        match value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => self.wrong(key, spot, value, "true（是）或 false（否），不加引号"),
        }
    }

    /// A text, or a day that stands without quotes.
    pub(super) fn day_text(&self, key: &str) -> Option<At<String>> {
        let (value, spot) = self.get(key)?;
        match value {
            DeValue::Datetime(day) => Some(At { value: day.to_string(), spot }),
            _ => self.text(key),
        }
    }

    /// A table of its own: `[name]`.
    pub(super) fn table(&self, key: &str, name: &'r str) -> Option<Table<'r>> {
        let (value, spot) = self.get(key)?;
        match value {
            DeValue::Table(entries) => Some(Table { reader: self.reader, entries, spot, name }),
            _ => self.wrong(key, spot, value, &format!("一段，以 {name} 开头")),
        }
    }

    /// Tables that repeat: `[[name]]`.
    pub(super) fn tables(&self, key: &str, name: &'r str) -> Vec<Table<'r>> {
        let Some((value, spot)) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            let _: Option<()> = self.wrong(key, spot, value, &format!("若干段，每段以 {name} 开头"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            let spot = self.reader.spot(&item.span());
            match item.get_ref() {
                DeValue::Table(entries) => tables.push(Table { reader: self.reader, entries, spot, name }),
                other => {
                    let _: Option<()> = self.wrong(key, spot, other, &format!("若干段，每段以 {name} 开头"));
                }
            }
        }
        tables
    }

    /// Where a key stands; the table itself where it has no such key.
    pub(super) fn spot_of(&self, key: &str) -> Spot {
        self.entries.get_key_value(key).map_or(self.spot, |(key, _)| self.reader.spot(&key.span()))
    }

    /// Whether a key holds a list.
    pub(super) fn is_list(&self, key: &str) -> bool {
        self.entries.get(key).is_some_and(|value| value.get_ref().is_array())
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Blames the table for a key that it must have; `hint` says what to write.
    pub(super) fn need(&self, key: &str, hint: &str) {
        // After a fault of syntax the rest of a table may be unread: only the syntax is blamed then.
        if !self.has(key) && !self.reader.broken {
            let name = if self.name.is_empty() { String::new() } else { format!("{} 里", self.name) };
            self.blame(self.spot, format!("{name}缺少 {key}；请写 {hint}"));
        }
    }

    fn get(&self, key: &str) -> Option<(&'r DeValue<'r>, Spot)> {
        let value = self.entries.get(key)?;
        Some((value.get_ref(), self.reader.spot(&value.span())))
    }

    /// A text that is not blank and holds neither line breaks nor what a terminal would obey: names go into cells,
    /// file names and messages.
    fn plain(&self, key: &str, spot: Spot, text: &str) -> Option<At<String>> {
        let text = text.trim();
        if text.is_empty() {
            return self.refuse(spot, format!("{key} 这里是空的；请填写，或删去"));
        }
        if text.chars().any(char::is_control) {
            return self.refuse(spot, format!("{key} 里有换行或看不见的控制字符；请写成一行"));
        }
        Some(At { value: text.to_owned(), spot })
    }

    fn refuse<T>(&self, spot: Spot, message: String) -> Option<T> {
        self.blame(spot, message);
        None
    }

    fn wrong<T>(&self, key: &str, spot: Spot, value: &DeValue<'_>, wanted: &str) -> Option<T> {
        let found = match value {
            DeValue::String(_) => "文字",
            DeValue::Integer(_) | DeValue::Float(_) => "数字",
            DeValue::Boolean(_) => "true/false",
            DeValue::Datetime(_) => "日期",
            DeValue::Array(_) => "一列值",
            DeValue::Table(_) => "一段",
        };
        self.refuse(spot, format!("{key} 应是{wanted}，这里写的是{found}"))
    }
}

/// What to say of a key or name that is not known.
fn unknown(table: &str, name: &str, meant: Option<&str>, known: &[&str]) -> String {
    let place = if table.is_empty() { String::new() } else { format!("{table} 里") };
    match meant {
        Some(meant) => format!("{place}没有“{name}”这个键，是 {meant} 吗？"),
        None => format!("{place}没有“{name}”这个键；可用的有：{}", known.join("、")),
    }
}
