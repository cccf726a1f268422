//! What a cell says was done: checks, clues, cases, talks by kind, sanctions, papers, sums found and recovered. Takes
//! the text of a cell with its facts and the names of its record; gives every deed with its number and the words it was
//! read from. What is not sure is given without a number that could be summed (`domain.md` 3.3).
//!
//! Which cell of a record speaks for which figure, and what is counted once, is the tally's to say.

use std::collections::{BTreeMap, BTreeSet};

use super::Facts;
use super::fold::Folded;
use crate::place::Span;

#[cfg(test)]
mod cases;
mod each;
mod ground;
mod list;
mod mark;
mod number;
mod period;
mod person;
mod same;
mod sum;
mod thing;
mod visit;
mod whole;
mod whom;
mod words;

use ground::Ground;
pub(crate) use ground::Names;
pub(crate) use sum::{Money, State, involved, recovered};
pub(crate) use visit::visited;
use words::Word;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Act {
    /// 监督检查n次.
    Check,
    /// n轮次.
    Round,
    /// 发现问题n个.
    Problem,
    /// 已整改n个, 全部整改.
    Rectified,
    /// 问题线索n条.
    Clue,
    /// 信访件n件.
    Petition,
    /// 解决群众诉求n件.
    Request,
    /// 纪检监察建议书n份.
    Suggestion,
    /// 建立完善制度n项.
    System,
    /// 立案n件.
    FiledCase,
    /// 立案n人.
    FiledPerson,
    /// 谈话提醒.
    Reminder,
    /// 约谈.
    Talk,
    /// 批评教育.
    Criticism,
    /// 书面检查, 检讨.
    SelfCriticism,
    /// 警示谈话.
    Warning,
    /// 诫勉.
    Admonition,
    /// 通报批评.
    Notice,
    /// 谈话函询.
    Inquiry,
    /// 第一种形态, only where these words stand.
    FirstForm,
    /// 党纪政务处分.
    Sanction,
    /// 停职, 免职, 调离.
    Reassignment,
    /// 移送司法.
    Transfer,
}

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Figure {
    Exact(u32),
    /// 40余, 近10.
    About,
    /// More than this once: 今年以来累计12.
    Longer,
    /// The sum of the whole month, whose records are counted one by one: 本月共8.
    Month,
    /// As many as there are: 均已整改.
    All,
    /// No number is written and nobody is named.
    Unsaid,
}

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Deed {
    pub act: Act,
    /// By times: 人次, 件次. Never added to persons and pieces.
    pub times: bool,
    pub figure: Figure,
    /// The persons it was done to, where they are named: as many as `figure` says.
    pub names: Vec<String>,
    /// The clause that says so.
    pub span: Span,
    /// The number as written, where one is.
    pub written: Option<Span>,
}

/// Every deed of a cell, in the order of the text. Takes linear time.
pub(crate) fn read(text: &str, facts: &Facts, names: &Names) -> Vec<Deed> {
    let folded = Folded::new(text);
    let ground = Ground::new(&folded, facts, names);
    let mut deeds: Vec<(usize, Deed)> = person::find(&ground);
    deeds.extend(thing::find(&ground));
    deeds.sort_by_key(|(at, deed)| (*at, deed.act));
    once(&ground, deeds)
}

/// A person is counted once an act; what stands behind 其中 is a part of what was told before it in the sentence.
fn once(ground: &Ground<'_>, deeds: Vec<(usize, Deed)>) -> Vec<Deed> {
    // Of each act the place where it was told last, and to whom it was done.
    let mut told: BTreeMap<(Act, bool), (usize, BTreeSet<String>)> = BTreeMap::new();
    let mut kept = Vec::new();
    for (at, mut deed) in deeds {
        let (last, done_to) = told.entry((deed.act, deed.times)).or_insert((usize::MAX, BTreeSet::new()));
        let (sentence, _) = ground.sentence(at, at);
        if (sentence..at).contains(last) && ground.holds(*last, at, Word::Among) {
            continue;
        }
        if !deed.names.is_empty() {
            deed.names.retain(|name| done_to.insert(name.clone()));
            if deed.names.is_empty() {
                continue;
            }
            deed.figure = Figure::Exact(count(&deed.names));
        }
        *last = at;
        kept.push(deed);
    }
    kept
}

fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}
