//! 填报单位, 填报人, 联系方式, 单位负责人, wherever they stand above the header row: several labels in one
//! cell, label and value in one cell or side by side, full or half-width colons, stray blanks.

use super::grid::Grid;
use super::{Head, HeadField, month};
use crate::config::FormSpec;
use crate::near;
use crate::place::Pos;
use crate::sheet::Value;

/// The four fields, in the form's order.
const FIELDS: usize = 4;

/// Further labels that end a value.
const OTHERS: &[&str] = &[
    "填报日期",
    "填报时间",
    "填表日期",
    "填表时间",
    "报送日期",
    "报送时间",
    "上报日期",
    "上报时间",
    "填报月份",
    "所属月份",
    "报送月份",
    "月份",
    "日期",
    "时间",
    "年度",
    "审核人",
    "审批人",
    "制表人",
    "分管领导",
    "备注",
];

/// Words around a value that are none of it.
const STAMPS: &[&str] = &["盖章", "公章", "签章", "签字", "签名", "印章", "章"];

/// What people take for a colon.
const COLONS: [char; 6] = [':', '：', '∶', '︰', '﹕', '︓'];

/// Longer cells hold no labels.
const LONGEST: usize = 600;

/// A value under its label has at most so many characters.
const VALUE: usize = 40;

/// The known labels.
pub(super) struct Labels {
    /// (field, or none for another label; its place among the aliases; its folded characters)
    known: Vec<(Option<usize>, usize, Vec<char>)>,
}

/// A label found in a cell.
#[derive(Debug)]
struct Found {
    field: Option<usize>,
    alias: usize,
    /// Where the label begins and its value begins, in bytes of the text.
    start: usize,
    value: usize,
    /// A colon follows, or nothing at all.
    firm: bool,
}

/// A value found for a field.
struct Candidate {
    alias: usize,
    field: HeadField,
}

impl Labels {
    pub(super) fn new(spec: &FormSpec) -> Labels {
        let lists = [&spec.unit, &spec.reporter, &spec.contact, &spec.leader];
        let own = lists.into_iter().enumerate().flat_map(|(field, list)| {
            list.iter().enumerate().map(move |(alias, label)| (Some(field), alias, near::key(label).chars().collect()))
        });
        let others = OTHERS.iter().map(|label| (None, 0, label.chars().collect()));
        let mut known: Vec<(Option<usize>, usize, Vec<char>)> = own.chain(others).collect();
        known.retain(|(_, _, label)| !label.is_empty());
        // The longest label at a place is the one meant: 单位负责人 before 单位.
        known.sort_by_key(|(_, _, label)| std::cmp::Reverse(label.len()));
        Labels { known }
    }

    /// Whether a text begins with the label of a head field, and a colon or nothing behind it.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.found(text).first().is_some_and(|found| found.field.is_some() && found.start == 0 && found.firm)
    }

    /// Whether a text holds the labels of head fields, two at least.
    pub(super) fn several(&self, text: &str) -> bool {
        self.found(text).iter().filter(|found| found.field.is_some() && found.firm).count() > 1
    }

    fn found(&self, text: &str) -> Vec<Found> {
        let folded: Vec<(char, usize)> = text
            .char_indices()
            .take(LONGEST)
            .filter_map(|(at, c)| {
                let c = if COLONS.contains(&c) { ':' } else { near::key(c.encode_utf8(&mut [0; 4])).chars().next()? };
                Some((c, at))
            })
            .collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            match self.label_at(text, &folded, at) {
                Some((label, next)) => {
                    found.push(label);
                    at = next;
                }
                None => at += 1,
            }
        }
        found
    }

    fn matching(&self, folded: &[(char, usize)], at: usize) -> Option<&(Option<usize>, usize, Vec<char>)> {
        let rest = folded.get(at..)?;
        self.known.iter().find(|(_, _, label)| {
            label.len() <= rest.len() && label.iter().zip(rest).all(|(wanted, (c, _))| wanted == c)
        })
    }

    /// The label that begins at a place, with the place after it.
    fn label_at(&self, text: &str, folded: &[(char, usize)], at: usize) -> Option<(Found, usize)> {
        let (field, alias, label) = self.matching(folded, at)?;
        let char_at = |at: usize| folded.get(at).map(|(c, _)| *c);
        let byte_at = |at: usize| folded.get(at).map_or(text.len(), |(_, byte)| *byte);
        let mut end = at + label.len();
        // 填报单位（盖章）：
        if char_at(end) == Some('(') {
            let close = (end..(end + 12).min(folded.len())).find(|at| char_at(*at) == Some(')'));
            end = close.map_or(end, |close| close + 1);
        }
        let start = byte_at(at);
        let made = |value, firm| Found { field: *field, alias: *alias, start, value, firm };
        if char_at(end) == Some(':') {
            let colon = text.get(byte_at(end)..)?.chars().next()?;
            return Some((made(byte_at(end) + colon.len_utf8(), true), end + 1));
        }
        let last = end.checked_sub(1)?;
        let last_end = byte_at(last) + text.get(byte_at(last)..)?.chars().next()?.len_utf8();
        let blank_before = at == 0 || text.get(..start)?.ends_with(char::is_whitespace);
        let blank_after = last_end == text.len() || text.get(last_end..)?.starts_with(char::is_whitespace);
        // 填报单位青石镇纪委: only where nothing else can be meant.
        let bare = at == 0
            && field.is_some()
            && label.len() >= 3
            && self.matching(folded, end).is_none()
            && char_at(end) != Some('员');
        if blank_before && (blank_after || (bare && folded.len() - end <= 30)) {
            return Some((made(last_end, end == folded.len()), end));
        }
        None
    }
}

/// Reads the head fields from the rows `from` up to, not including, `to`.
pub(super) fn find_head(grid: &Grid<'_>, labels: &Labels, from: u32, to: u32) -> Head {
    let mut best: [Option<Candidate>; FIELDS] = [None, None, None, None];
    // Beyond the table's last column nobody writes: the last label of a line keeps its value in its own cell.
    let edge = grid.row(to).last().map_or(u32::MAX, |(pos, _)| pos.col);
    for row in grid.rows(from, to) {
        for (pos, value) in grid.row(row) {
            let text = value.shown();
            let found = labels.found(&text);
            for (at, label) in found.iter().enumerate() {
                let Some(slot) = label.field.and_then(|field| best.get_mut(field)) else { continue };
                let next = found.get(at + 1);
                let end = next.map_or(text.len(), |next| next.start);
                let written = tidy(text.get(label.value..end).unwrap_or(""));
                let field = if written.is_empty() && next.is_none() {
                    beside(grid, labels, pos, found.len() == 1 && label.start == 0, (edge, to))
                } else {
                    HeadField { pos: Some(pos), value: written }
                };
                // A filled one before an empty one, the printed label before an alias, the first before a later one.
                let better = slot.as_ref().is_none_or(|known| {
                    let rank = |field: &HeadField, alias: usize| (field.value.is_empty(), alias);
                    rank(&field, label.alias) < rank(&known.field, known.alias)
                });
                if better {
                    *slot = Some(Candidate { alias: label.alias, field });
                }
            }
        }
    }
    let mut fields = best.into_iter().map(|slot| slot.map(|candidate| candidate.field).unwrap_or_default());
    let mut next = || fields.next().unwrap_or_default();
    Head { unit: next(), reporter: next(), contact: next(), leader: next() }
}

/// The value in the next filled cell of the row, unless that is another label; else the one under a lone label.
fn beside(grid: &Grid<'_>, labels: &Labels, pos: Pos, lone: bool, (edge, header): (u32, u32)) -> HeadField {
    let right = grid.right(pos);
    let next = grid.row(pos.row).find(|(other, _)| other.col > right);
    if let Some((other, value)) = next {
        let text = tidy(&value.shown());
        if other.col - right <= 4 && labels.found(&value.shown()).is_empty() && month::stated(&text).is_none() {
            return HeadField { pos: Some(other), value: text };
        }
    }
    // Labels side by side over a row of values.
    let under = Pos::new(pos.row + 1, pos.col);
    let labelled = grid.row(pos.row).filter(|(_, value)| !labels.found(&value.shown()).is_empty()).count();
    if lone && under.row < header && labelled > 1 {
        let text = grid.value(under).map(Value::shown).unwrap_or_default();
        if !text.is_empty()
            && text.chars().count() <= VALUE
            && labels.found(&text).is_empty()
            && month::stated(&text).is_none()
        {
            return HeadField { pos: Some(under), value: tidy(&text) };
        }
    }
    // Where the value would stand: the next cell beside a lone label, else the label's own.
    let free = lone && right < edge && right == pos.col && next.is_none_or(|(other, _)| other.col != right + 1);
    HeadField { pos: Some(if free { Pos::new(pos.row, right + 1) } else { pos }), value: String::new() }
}

/// A value without lines to write on, stamps in brackets and loose marks; cut where a further label begins.
fn tidy(text: &str) -> String {
    let mut text = text.trim();
    // “青石镇纪委    经办：…”: a short word with a colon after a blank is a label that we do not know.
    if let Some(colon) = text.find(COLONS)
        && let Some(before) = text.get(..colon)
        && let Some(blank) = before.trim_end().rfind(char::is_whitespace)
        && let (Some(value), Some(label)) = (before.get(..blank), before.get(blank..))
        && !value.trim().is_empty()
        && label.trim().chars().count() <= 8
        && label.trim().chars().all(|c| !c.is_ascii())
    {
        text = value.trim();
    }
    let mut value = text.replace(['_', '＿'], "");
    for stamp in STAMPS {
        for (open, close) in [('（', '）'), ('(', ')')] {
            value = value.replace(&format!("{open}{stamp}{close}"), "");
        }
    }
    let loose =
        |c: char| c.is_whitespace() || matches!(c, '，' | ',' | '；' | ';' | '。' | '、') || COLONS.contains(&c);
    let value = value.trim_matches(loose);
    // The bracket that the whole line stood in.
    let value = match value.strip_suffix(['）', ')']) {
        Some(rest) if !rest.contains(['（', '(']) => rest.trim_end(),
        _ => value,
    };
    value.to_owned()
}
