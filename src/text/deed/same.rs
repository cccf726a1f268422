//! The same money told twice. Equal sums of different persons, or of different matters, are both added; one that only
//! takes up what was told before is not.

use super::ground::Ground;
use super::sum::{Money, Place, State};
use super::words::Word;

/// These take up a sum that was told before.
const POINTING: &[&str] = &["上述", "前述", "以上", "该", "此", "这", "涉及", "涉案"];
/// May stand before a sum that opens its clause: 至今3600元仍未缴.
const OPENING: &[&str] = &["至今", "目前", "现", "仍", "已", "尚", "有", "于", "将", "其", "的", "款", " "];

/// Every sum with its place, in the order of the text; of the same money told again only one is added, the one that is
/// not left out for another reason.
pub(super) fn once(ground: &Ground<'_>, places: &[Place<'_>], found: Vec<(usize, Money)>) -> Vec<Money> {
    let mut once: Vec<(usize, Money)> = Vec::new();
    for (n, mut money) in found {
        let Some(place) = places.get(n) else { continue };
        let told = |(m, other): &(usize, Money)| {
            let earlier = places.get(*m).filter(|earlier| earlier.amount.fen == place.amount.fen);
            earlier.is_some_and(|earlier| again(ground, (earlier, other), (place, &money)))
        };
        let adds = money.state == State::Counted;
        match once.iter_mut().rev().take(MOST).find(|other| adds && told(other)) {
            // Ordered first and paid then: the one that is added stands for both.
            Some(other) if other.1.state != State::Counted => *other = (n, money),
            Some(_) => {
                money.state = State::Again;
                once.push((n, money));
            }
            None => once.push((n, money)),
        }
    }
    once.into_iter().map(|(_, money)| money).collect()
}

/// How many sums back the same money is looked for, at most.
const MOST: usize = 60;

/// Whether a sum takes up an equal one before it.
fn again(ground: &Ground<'_>, (earlier, first): (&Place<'_>, &Money), (later, second): (&Place<'_>, &Money)) -> bool {
    let text = ground.text;
    let (start, _) = ground.clause(later.start, later.end);
    let before = text.slice(start, later.start);
    if (start..later.start).any(|at| POINTING.iter().any(|word| text.starts(at, word))) || opens(ground, start, later) {
        return true;
    }
    let near = start.max(later.start.saturating_sub(3));
    if ground.holds(near, later.start, Word::Whole) && !before.is_empty() {
        return true;
    }
    let whose = [earlier, later].map(|place| whose(ground, place));
    match whose {
        [Some(one), Some(other)] if one != other => false,
        [Some(_), Some(_)] => true,
        _ if first.state == State::Ordered || second.state == State::Ordered => true,
        // 500元、500元 are two; 收取500元未上缴500元 is one.
        _ => {
            earlier.end >= start
                && text.slice(earlier.end, later.start).iter().any(|c| !matches!(c, '、' | '和' | '及' | '与' | ' '))
        }
    }
}

/// Whether a clause opens with a sum, a day or a word of time before it: 3600元至今未缴.
fn opens(ground: &Ground<'_>, start: usize, place: &Place<'_>) -> bool {
    let mut at = start;
    while at < place.start {
        let word = OPENING.iter().find(|word| ground.text.starts(at, word));
        at = match word {
            _ if ground.in_time(at) => at + 1,
            Some(word) => at + word.chars().count(),
            None => return false,
        };
    }
    true
}

/// The person named last before a sum in its sentence.
fn whose<'g>(ground: &'g Ground<'_>, place: &Place<'_>) -> Option<&'g str> {
    let (sentence, _) = ground.sentence(place.start, place.end);
    ground.mentions(sentence, place.start).iter().rev().find_map(|mention| mention.name.as_deref())
}
