//! Rows that were passed over without a word: below the last record they close the sheet; above it each is named, but
//! for what a printed table has between its rows, so that nothing written between two records goes unseen.

use super::Aside;
use super::head::Labels;
use super::remark::{is_count, is_total};
use super::rows::Rows;
use super::title::is_title;
use crate::config::FormSpec;
use crate::near;
use crate::place::Pos;
use crate::sheet::Value;

/// A row passed over.
#[derive(Debug, Clone)]
pub(super) struct Passed {
    /// 0-based.
    row: u32,
    /// What stands first in it.
    text: String,
    /// All that stands in it, folded.
    words: Vec<String>,
}

/// What says where a printed page ends or begins.
const PAGES: &[&str] =
    &["转下页", "下转", "接下页", "续下页", "接上页", "上接", "续上页", "续表", "以下空白", "以下无正文", "此页无正文"];
/// A caption between two weeks or kinds of records has at most so many characters.
const CAPTION: usize = 12;

impl Passed {
    /// A row by its filled cells; none where a printed table may have such a row anywhere: totals in numbers, a page
    /// number, a title or head once more, a caption, strokes.
    pub(super) fn new(own: &[(Pos, &Value)], labels: &Labels, spec: &FormSpec) -> Option<Passed> {
        let (first, value) = own.first()?;
        let text = value.shown();
        let words: Vec<String> = own.iter().map(|(_, value)| near::key(&value.shown())).collect();
        let printed = is_sum(&words)
            || own.len() == 1 && (is_page(&near::key(&text)) || is_caption(&near::key(&text)))
            || own.len() <= 2 && (is_title(&text, spec) || labels.several(&text))
            || words.iter().all(|word| !word.chars().any(char::is_alphanumeric));
        (!printed).then_some(Passed { row: first.row, text, words })
    }
}

/// Names the rows above the last record. The foot of a printed page comes again on the next one.
pub(super) fn settle(rows: &mut Rows, pages: usize) {
    let passed = std::mem::take(&mut rows.passed);
    let last = rows.drafts.iter().flat_map(|draft| &draft.rows).max().copied().unwrap_or(0);
    let again = |row: &Passed| pages > 1 && passed.iter().filter(|other| other.words == row.words).count() > 1;
    let told = passed.iter().filter(|row| row.row < last && !again(row));
    rows.aside.extend(told.map(|passed| Aside { sheet: None, row: passed.row + 1, text: passed.text.clone() }));
    rows.aside.sort_by_key(|aside| aside.row);
}

/// 合计 and numbers, or words with their numbers: 合计 | 3条 | 0.
fn is_sum(words: &[String]) -> bool {
    let at = words.iter().take(2).position(|word| is_total(word));
    at.is_some_and(|at| words.iter().enumerate().all(|(n, word)| n == at || is_count(word)))
}

/// （转下页）, 第 2 页 共 3 页, 续表1.
pub(super) fn is_page(key: &str) -> bool {
    let bare = key.trim_matches(|c: char| !c.is_alphanumeric());
    let numbered = |rest: &str| rest.chars().all(|c| !c.is_alphabetic() || "第共页一二三四五六七八九十".contains(c));
    bare.contains('页') && numbered(bare) || PAGES.iter().any(|page| bare.strip_prefix(page).is_some_and(numbered))
}

/// 一、日常监督, （二）重点工作, 第二周.
fn is_caption(key: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let bare = key.trim_start_matches(['(', '第']);
    let rest = bare.trim_start_matches(number);
    key.chars().count() <= CAPTION
        && rest.len() < bare.len()
        && (rest.strip_prefix(['、', '.', ')']).is_some_and(|rest| rest.starts_with(char::is_alphabetic))
            || matches!(rest, "周" | "季度" | "月" | "月份" | "旬" | "部分"))
}
