//! A table of a TOML file: its keys are asked for one by one, and what does not fit is blamed in its place.

use toml::de::{DeTable, DeValue};

use super::reader::{At, Reader, Spot};
use crate::near;

/// A table of the file, and how it is called in messages: `[scoring]`, `[[unit]]`.
#[derive(Clone, Copy)]
pub(super) struct Table<'r> {
    reader: &'r Reader<'r>,
    entries: &'r DeTable<'r>,
    spot: Spot,
    name: &'r str,
}

impl<'r> Table<'r> {
    /// The whole file.
    pub(super) fn top(reader: &'r Reader<'r>, entries: &'r DeTable<'r>) -> Table<'r> {
        Table { reader, entries, spot: Spot { line: 1, column: 1 }, name: "" }
    }

    pub(super) fn spot(&self) -> Spot {
        self.spot
    }

    pub(super) fn blame(&self, spot: Spot, message: impl Into<String>) {
        self.reader.blame(spot, message);
    }

    /// Blames every key that is none of `known`.
    pub(super) fn only(&self, known: &[&str]) {
        if self.name.is_empty() {
            self.reader.know_top_keys(known);
        }
        for (key, _) in self.entries {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                self.blame(self.reader.spot(&key.span()), self.unknown(name, known));
            }
        }
    }

    /// What to say of a key of the file's beginning that fell into a section, as one appended at the end does.
    pub(super) fn misplaced(&self, name: &str) -> Option<String> {
        let strayed = !self.name.is_empty() && self.reader.is_top_key(name);
        strayed.then(|| format!("{name} 不属于 {} 这一段；请移到文件开头、第一个方括号之前", self.name))
    }

    /// What to say of a key that is not known.
    fn unknown(&self, name: &str, known: &[&str]) -> String {
        let place = if self.name.is_empty() { String::new() } else { format!("{} 里", self.name) };
        if let Some(message) = self.misplaced(name) {
            return message;
        }
        match near::nearest(name, known.iter().copied()) {
            Some(meant) => format!("{place}没有“{name}”这个键，是 {meant} 吗？"),
            None => format!("{place}没有“{name}”这个键；可用的有：{}", known.join("、")),
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
        if !self.has(key) && !self.reader.broken() {
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
