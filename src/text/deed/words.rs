//! The words by which deeds are told (`checklists/lexicon/deeds.txt`), and where they stand in a text.

use std::sync::LazyLock;

use crate::text::fold::{self, Folded};
use crate::text::trie::Trie;

/// What a word tells; the name of its section in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// A longer word that contains another one and tells nothing: 约谈记录, 检查组.
    Nothing,
    Reminder,
    Talk,
    Criticism,
    SelfCriticism,
    Warning,
    Admonition,
    Notice,
    Inquiry,
    FirstForm,
    Filing,
    Sanction,
    /// 处分 with a number of persons.
    SanctionCount,
    Reassignment,
    Transfer,
    Clue,
    Suggestion,
    System,
    Making,
    Petition,
    Request,
    Solving,
    Check,
    Round,
    Problem,
    Finding,
    Rectified,
    AllRectified,
    Negation,
    Recovery,
    Order,
    /// Before a sum of others: 共计.
    Whole,
    /// Behind it stand parts of what was told: 其中.
    Among,
    /// Before a price, a standard or a budget.
    Price,
    /// Before what is taken as a punishment.
    Fine,
    /// More time than the month: 今年以来.
    Longer,
    /// What has been reached by a day: 截至.
    Until,
    /// A sum of a time: 累计.
    Cumulative,
    /// What follows is told of this once: 本次.
    Now,
    /// The whole month is summed up: 本月共.
    Month,
    /// Others' papers are looked at: 查阅.
    Looking,
    /// Right behind an act it makes a thing of it: 约谈情况, 处分意见.
    Behind,
    /// A letter or a visit is taken up.
    Taking,
    /// Such clues are marks in data: 疑点线索.
    Doubt,
    /// Handed on to others.
    Handing,
    /// A paper is sent.
    Sending,
    Overdue,
    /// No village's and no community's name: 该村, 农村, 9个村.
    Nowhere,
    /// Problems that an inspection or an audit found are not the unit's own.
    Inspection,
}

/// The sections of the list.
const SECTIONS: &[(&str, Word)] = &[
    ("并非", Word::Nothing),
    ("谈话提醒", Word::Reminder),
    ("约谈", Word::Talk),
    ("批评教育", Word::Criticism),
    ("检查检讨", Word::SelfCriticism),
    ("警示谈话", Word::Warning),
    ("诫勉", Word::Admonition),
    ("通报批评", Word::Notice),
    ("谈话函询", Word::Inquiry),
    ("第一种形态", Word::FirstForm),
    ("立案", Word::Filing),
    ("处分", Word::Sanction),
    ("处分人数", Word::SanctionCount),
    ("组织处理", Word::Reassignment),
    ("移送司法", Word::Transfer),
    ("线索", Word::Clue),
    ("建议书", Word::Suggestion),
    ("制度", Word::System),
    ("建立", Word::Making),
    ("信访", Word::Petition),
    ("诉求", Word::Request),
    ("解决", Word::Solving),
    ("检查", Word::Check),
    ("轮", Word::Round),
    ("问题", Word::Problem),
    ("发现", Word::Finding),
    ("整改", Word::Rectified),
    ("全部整改", Word::AllRectified),
    ("否定", Word::Negation),
    ("追缴", Word::Recovery),
    ("责令", Word::Order),
    ("总计", Word::Whole),
    ("其中", Word::Among),
    ("单价", Word::Price),
    ("扣罚", Word::Fine),
    ("期间", Word::Longer),
    ("截至", Word::Until),
    ("累计", Word::Cumulative),
    ("本次", Word::Now),
    ("全月", Word::Month),
    ("查阅", Word::Looking),
    ("其后", Word::Behind),
    ("受理", Word::Taking),
    ("疑点", Word::Doubt),
    ("移送", Word::Handing),
    ("发出", Word::Sending),
    ("超期", Word::Overdue),
    ("上级反馈", Word::Inspection),
    ("泛称村居", Word::Nowhere),
];

static LIST: &str = include_str!("../../../checklists/lexicon/deeds.txt");

/// Each word with the place of its section in the table, counted from 1: no word is in two sections.
static TRIE: LazyLock<Trie> = LazyLock::new(|| {
    let words = words().filter_map(|(section, word)| {
        let place = SECTIONS.iter().position(|(name, _)| *name == section)?;
        Some((fold::word(word), u32::try_from(place + 1).ok()?))
    });
    Trie::new(words.collect())
});

/// Every word with its section.
fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    LIST.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}

/// A word in a text, by characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    pub start: usize,
    pub end: usize,
    pub word: Word,
}

/// The words of a text from left to right, at each place the longest, none running into another.
pub(super) fn find(text: &Folded) -> Vec<Said> {
    let mut said = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut longest = None;
        TRIE.each_from(&text.chars, at, |end, section| longest = Some((end, section)));
        let found = longest.and_then(|(end, section)| {
            let (_, word) = SECTIONS.get(usize::try_from(section).ok()?.checked_sub(1)?)?;
            Some(Said { start: at, end, word: *word })
        });
        at = found.map_or(at + 1, |found| found.end);
        said.extend(found);
    }
    said
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_word_stands_once_and_in_a_known_section() {
        let mut seen = BTreeSet::new();
        for (section, word) in words() {
            assert!(SECTIONS.iter().any(|(name, _)| *name == section), "{section}");
            assert!(seen.insert(word), "{word} is listed twice");
        }
        for (name, _) in SECTIONS {
            assert!(words().any(|(section, _)| section == *name), "{name} is empty");
        }
    }
}
