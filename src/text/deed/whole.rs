//! A total and its parts: the total is added, and the parts are not.

use std::collections::BTreeSet;

use super::ground::Ground;
use super::sum::{Place, is_price};
use super::words::Word;

/// Parts of a total, at most.
const MOST: usize = 60;

/// The places of sums that are parts of a total in the same sentence: those before 共计 that together make it or stay
/// below it, those behind 其中, and those right behind a sum that together make it exactly.
pub(super) fn parts(ground: &Ground<'_>, places: &[Place<'_>]) -> BTreeSet<usize> {
    let mut parts = BTreeSet::new();
    for (n, place) in places.iter().enumerate() {
        let (sentence, _) = ground.sentence(place.start, place.end);
        let among = ground.words(sentence, place.start).iter().rev().find(|said| said.word == Word::Among);
        let before = |at: usize| {
            places
                .iter()
                .enumerate()
                .take(n)
                .skip(n.saturating_sub(MOST))
                .filter(move |(_, other)| other.start >= sentence && other.end <= at)
        };
        if among.is_some_and(|among| before(among.start).next().is_some()) {
            parts.insert(n);
            continue;
        }
        let total = ground
            .words(sentence, place.start)
            .iter()
            .any(|said| said.word == Word::Whole && said.end + 3 >= place.start);
        parts.extend(pieces(ground, places, n));
        if total {
            let ahead: Vec<usize> = before(place.start)
                .filter(|(m, other)| !parts.contains(m) && !is_price(ground, other))
                .map(|(m, _)| m)
                .collect();
            parts.extend(made_of(places, &ahead, place.amount.fen));
        }
    }
    parts
}

/// The last sums that make up a total exactly; else all of them where they do not exceed it.
fn made_of(places: &[Place<'_>], ahead: &[usize], total: i64) -> Vec<usize> {
    let fen = |n: &usize| places.get(*n).map_or(0, |place| place.amount.fen);
    let mut sum = 0_i64;
    for (many, n) in (1..).zip(ahead.iter().rev()) {
        sum = sum.saturating_add(fen(n));
        if sum == total {
            return ahead.iter().rev().take(many).copied().collect();
        }
    }
    if sum < total && ahead.len() > 1 { ahead.to_vec() } else { Vec::new() }
}

/// The sums behind one that together make it exactly: 34000元已退还15家30000元，余下4000元上缴国库.
pub(super) fn pieces(ground: &Ground<'_>, places: &[Place<'_>], n: usize) -> Vec<usize> {
    let Some(whole) = places.get(n) else { return Vec::new() };
    let (_, end) = ground.sentence(whole.start, whole.end);
    let mut sum = 0_i64;
    let behind = places.iter().enumerate().skip(n + 1).take(MOST).take_while(|(_, place)| place.end <= end);
    for (m, place) in behind {
        sum = sum.saturating_add(place.amount.fen);
        if sum >= whole.amount.fen {
            return if sum == whole.amount.fen && m > n + 1 { (n + 1..=m).collect() } else { Vec::new() };
        }
    }
    Vec::new()
}
