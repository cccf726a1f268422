//! Persons that are told in a row: A、B和C等5人. Takes the mentions behind a place; gives how many they are, by their
//! names or by the number that says more.

use super::count;
use super::ground::{Ground, Mention};
use super::mark::turns;
use super::number::{self, Number, PERSONS};
use super::whom::Whom;

/// How far the first person may stand behind an act, units and posts between them.
pub(super) const FAR: usize = 40;
/// How far from one person of a list to the next.
const NEXT: usize = 36;
/// These join the persons of a list.
const JOINING: &[&str] = &["、", "和", "及", "与", "以及", "，", ")", "等"];

/// The persons of a list that begins behind a place, until something else is done.
pub(super) fn list<'g>(ground: &'g Ground<'_>, from: usize, to: usize) -> Option<&'g [Mention]> {
    let mentions = ground.mentions(from, to);
    let first = mentions.first().filter(|first| first.start <= from + FAR && !turns(ground, from, first.start))?;
    let mut end = first.end;
    let many = mentions.iter().skip(1).take_while(|mention| {
        let near = mention.start <= end + NEXT;
        let goes_on =
            near && (mention.start <= end || joins(ground, end, mention.start) && !turns(ground, end, mention.start));
        end = end.max(mention.end);
        goes_on
    });
    let many = 1 + many.count();
    mentions.get(..many)
}

/// Whether a list goes on between two persons.
fn joins(ground: &Ground<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| JOINING.iter().any(|word| ground.text.starts(at, word)))
}

/// The number that counts the persons of a list, or their names: A、B等3人.
pub(super) fn counted(ground: &Ground<'_>, number: Option<Number>, listed: &[Mention], end: usize) -> Whom {
    let last = listed.last().map_or(end, |mention| mention.end);
    let names = names(listed);
    let close = number::first(ground, last, end.min(last + 6), PERSONS);
    let number = close.or(number.filter(|number| listed.first().is_some_and(|first| number.start < first.end)));
    match number {
        Some(number) if number.value.is_none_or(|value| value > count(&names)) => Whom::Number(number),
        _ if names.is_empty() => Whom::Unsaid,
        _ => Whom::Names(names),
    }
}

/// Each name once.
pub(super) fn names(mentions: &[Mention]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in mentions.iter().filter_map(|mention| mention.name.as_ref()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}
