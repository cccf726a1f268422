//! Whether a role or a bare name is a mention at all: a learned choice between it and nothing, by its words, what
//! stands around it and who else is mentioned.

use super::choice::{Grounds, number};
use super::{Mention, Stretch};
use crate::text::fold::{Folded, ends_clause, ends_sentence};
use crate::text::lexicon::{Class, Hits};

/// So many mentions before and behind are looked at.
const NEAR: usize = 24;
/// So many characters of a clause to either side.
const CLAUSE: usize = 40;
/// Classes that tell of a clause.
const TELLING: [Class; 7] = [
    Class::FAULT,
    Class::MISCONDUCT,
    Class::MEASURE,
    Class::SANCTION,
    Class::SLOT,
    Class::SETTLED,
    Class::EMPTY_MEASURE,
];

/// What is said of an allegation that was not borne out.
const UNTRUE: [&str; 4] = ["查无实据", "不属实", "查否", "未查实"];

/// What kind of mention this is, if it is one that may be none: a bare name, a name with a unit, a role, somebody.
fn kind(mention: &Mention) -> Option<u32> {
    match (mention.name, mention.post, mention.unit) {
        (Some(name), None, None) if name.full => Some(0),
        (Some(name), None, Some(_)) if name.full => Some(1),
        (None, Some(_), _) => Some(2),
        (None, None, _) => Some(3),
        _ => None,
    }
}

/// The mark that opens the clause of a place, where it is near.
fn opening(text: &Folded, place: usize) -> Option<usize> {
    (place.saturating_sub(CLAUSE)..place).rev().find(|&at| ends_clause(text.at(at)))
}

/// 群众反映的村干部入股问题，查无实据: an allegation against somebody without a name, of which nothing was true, says nothing of
/// anybody.
pub(super) fn untrue(text: &Folded, mention: &Mention) -> bool {
    let (start, end) = (mention.start, mention.end);
    let opening = opening(text, start).unwrap_or(start.saturating_sub(CLAUSE));
    let last = (end + 60).min(text.len());
    let clause = (end..last).find(|&at| ends_clause(text.at(at))).unwrap_or(last);
    let sentence = (clause..last).find(|&at| ends_sentence(text.at(at))).unwrap_or(last);
    let said = |words: &[&str]| (clause..sentence).any(|at| words.iter().any(|word| text.starts(at, word)));
    mention.name.is_none()
        && (opening..start).any(|at| text.starts(at, "反映"))
        && text.ends(clause, "问题")
        && said(&UNTRUE)
        && !said(&["部分属实"])
}

/// What speaks for a mention that may be none.
pub(super) fn choice<G: Grounds>(
    text: &Folded,
    hits: &Hits,
    mentions: &[Mention],
    index: usize,
    mut choice: G,
) -> Option<G> {
    let mention = mentions.get(index)?;
    let kind = kind(mention)?;
    if text.at(mention.start) == '等' {
        return None;
    }
    let mut sign = |what: u8, a: u32, b: u32| choice.sign(what, kind, a, b);
    let c = |at: usize| u32::from(text.at(at));
    let few = |number: usize, most: usize| u32::try_from(number.min(most)).unwrap_or(0);
    let core: Stretch = match (mention.name, mention.post) {
        (Some(name), _) => (name.start, name.end),
        (None, Some(post)) => post,
        (None, None) => (mention.unit.map_or(mention.start, |unit| unit.1).min(mention.end), mention.end),
    };
    let (start, end) = (mention.start, mention.end);
    let margin = u32::try_from(mention.margin.max(0) / 16).unwrap_or(0).min(15);
    sign(1, 0, 0);
    sign(2, margin, 0);
    let whole = number(text.slice(core.0, core.1));
    let tail = number(text.slice(core.1.saturating_sub(2).max(core.0), core.1));
    sign(3, whole, 0);
    sign(4, tail, 0);
    sign(5, number(text.slice(core.0, (core.0 + 2).min(core.1))), 0);
    sign(6, few(core.1 - core.0, 9), 0);
    // What stands before and behind.
    let before = u32::from(text.before(start));
    let two_before = number(text.slice(start.saturating_sub(2), start));
    let two_behind = number(text.slice(end, end + 2));
    sign(7, before, 0);
    sign(8, two_before, 0);
    sign(9, c(end), 0);
    sign(10, two_behind, 0);
    sign(11, before, c(end));
    sign(12, tail, c(end));
    sign(13, tail, before);
    let every = Class::of(u32::MAX);
    if let Some(hit) = hits.longest_to(start, every) {
        sign(14, number(text.slice(hit.from(), hit.to())), 0);
    }
    if let Some(hit) = hits.longest_from(end, every) {
        sign(15, number(text.slice(hit.from(), hit.to())), 0);
        sign(16, number(text.slice(hit.from(), hit.to())), tail);
        for bit in (0..32).filter(|bit| hit.class.bits() & 1 << bit != 0) {
            sign(17, bit, 0);
        }
    }
    for bit in (0..32).filter(|bit| hits.to(start).iter().any(|hit| hit.class.bits() & 1 << bit != 0)) {
        sign(18, bit, 0);
    }
    if mention.unit.is_some() {
        sign(19, u32::from(text.before(core.0)), 0);
    }
    // The clause: what opens and what closes it, how far off, and what it tells.
    let opening = opening(text, start);
    let from = opening.map_or(start.saturating_sub(CLAUSE), |at| at + 1);
    let closing = (end..end + CLAUSE).find(|&at| ends_clause(text.at(at))).unwrap_or(end + CLAUSE);
    sign(20, few(start - from, 12), opening.map_or(0, c));
    sign(21, few(closing - end, 12), c(closing));
    for (number, class) in TELLING.into_iter().enumerate() {
        let number = few(number, 9);
        if (from..start).any(|at| hits.longest_from(at, class).is_some()) {
            sign(22, number, 0);
        }
        if (end..closing.min(text.len())).any(|at| hits.longest_from(at, class).is_some()) {
            sign(23, number, 0);
        }
    }
    let open = (start.saturating_sub(16)..start).rev().find(|&at| matches!(text.at(at), '(' | ')' | '“' | '”' | '\n'));
    sign(24, open.map_or(0, c), 0);
    for ahead in 0..6 {
        sign(25, c(end + ahead), 0);
    }
    for back in 1..=8.min(start) {
        sign(26, c(start - back), 0);
    }
    // Who else is mentioned.
    let named = |other: &&Mention| other.name.is_some();
    let earlier = mentions.get(index.saturating_sub(NEAR)..index).unwrap_or(&[]);
    let later = mentions.get(index + 1..(index + 1 + NEAR).min(mentions.len())).unwrap_or(&[]);
    sign(27, few(earlier.iter().filter(named).count(), 4), 0);
    sign(28, few(later.iter().filter(named).count(), 4), 0);
    let beside = |other: Option<&Mention>, from: usize, to: usize| match other {
        Some(other) if to >= from && to - from <= 3 => {
            1 + u32::from(other.name.is_some()) + 2 * u32::from(other.post.is_some())
        }
        _ => 0,
    };
    let previous = index.checked_sub(1).and_then(|before| mentions.get(before));
    let next = mentions.get(index + 1);
    let last_end = previous.map_or(0, |other| other.end);
    let next_start = next.map_or(usize::MAX, |other| other.start);
    sign(29, beside(previous, last_end, start), number(text.slice(last_end.max(start.saturating_sub(3)), start)));
    sign(30, beside(next, end, next_start), number(text.slice(end, next_start.min(end + 3))));
    // 值班员王平…值班员: whose post it is was said, or is said later.
    let same = |other: &Mention| {
        other.name.is_some()
            && other.post.is_some_and(|post| {
                let (mine, theirs) = (text.slice(core.0, core.1), text.slice(post.0, post.1));
                theirs.ends_with(mine) || mine.ends_with(theirs)
            })
    };
    sign(31, u32::from(earlier.iter().any(same)), u32::from(later.iter().any(same)));
    // What was told, and found untrue further on in the sentence.
    let sentence = (end..(end + 60).min(text.len())).find(|&at| ends_sentence(text.at(at))).unwrap_or(end + 60);
    let untrue = (end..sentence.min(text.len()))
        .any(|at| UNTRUE.iter().any(|word| text.starts(at, word)) || text.starts(at, "不实"));
    let told = (from..start).any(|at| text.starts(at, "反映"));
    sign(39, u32::from(untrue), u32::from(told));
    sign(32, margin, few(core.1 - core.0, 5));
    sign(33, whole, c(end));
    if mention.name.is_some() {
        // 余量, 树根: ordinary words; and whether the same stands elsewhere too.
        let exact =
            hits.from(core.0).iter().filter(|hit| hit.to() == core.1).fold(0, |bits, hit| bits | hit.class.bits());
        sign(34, exact & 0x1f_ffff, 0);
        sign(35, exact >> 21, margin);
        let over = (core.0 + 1..core.1).any(|at| hits.from(at).iter().any(|hit| hit.to() > core.1 && hit.len() > 1));
        let into = hits.to(core.0 + 1).iter().any(|hit| hit.len() > 1);
        sign(36, u32::from(over), u32::from(into));
        let words = text.slice(core.0, core.1);
        let window = (core.0.saturating_sub(400), core.1 + 400);
        let again = text.slice(window.0, window.1).windows(words.len().max(1)).filter(|other| *other == words).count();
        sign(37, few(again, 3), 0);
        sign(38, few(again, 3), exact & 0x1f_ffff);
    }
    Some(choice)
}
