//! So much each: 两人各退回1200元, 童心、童谣各已退回500元. The sum is told of every one of them, where it is sure how many
//! they are.

use super::ground::Ground;
use super::list::names;
use super::number::{self, Number, PERSONS};
use super::sum::Place;
use super::whom::{Whom, before};
use super::{Deed, Figure, count, person};

/// How often a sum is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    One,
    /// Of so many persons, each as much.
    Of(u32),
    /// Of several, and how many is not sure.
    Unsure,
}

/// Behind 各 these make it 各村, 各项, 各户: no person each.
const KINDS: &str = "村类单项级种组站镇乡位户科部方界地处个支社区县市校家所股局办条环学班党州旗街队村企";

/// To whom acts were done in a cell, read where it says so much each.
pub(super) struct Everybody(Vec<(usize, Deed)>);

impl Everybody {
    pub(super) fn new(ground: &Ground<'_>) -> Everybody {
        let told = (0..ground.text.len()).any(|at| is_each(ground, at));
        Everybody(if told { person::find(ground) } else { Vec::new() })
    }

    /// Of how many a sum is told.
    pub(super) fn each(&self, ground: &Ground<'_>, place: &Place<'_>) -> Each {
        let (start, _) = ground.clause(place.start, place.end);
        let Some(at) = (start..place.start).rev().find(|&at| is_each(ground, at)) else { return Each::One };
        let close = number::last(ground, start, at, PERSONS).filter(|number| number.end == at);
        match close.map(Whom::Number).unwrap_or_else(|| before(ground, start, at).0) {
            Whom::Number(number) => of_number(&number),
            Whom::Names(names) => of_names(&names),
            Whom::Unsaid => Each::Unsure,
            Whom::Pointed | Whom::Same => self.of_sentence(ground, start),
        }
    }

    /// Those of the sentence before a clause: whom its acts were done to, all of them the same; else who stands in the
    /// clause right before, if the sentence names nobody else.
    fn of_sentence(&self, ground: &Ground<'_>, clause: usize) -> Each {
        let (sentence, _) = ground.sentence(clause, clause);
        let from = self.0.partition_point(|(at, _)| *at < sentence);
        let to = self.0.partition_point(|(at, _)| *at < clause);
        let acts = self.0.get(from..to).unwrap_or(&[]);
        if let Some((_, last)) = acts.last() {
            let same = acts.iter().all(|(_, deed)| deed.names == last.names);
            return match last.figure {
                _ if !same => Each::Unsure,
                Figure::Exact(many) if !last.times && many > 1 => Each::Of(many),
                _ => Each::Unsure,
            };
        }
        let (previous, _) = ground.clause(clause.saturating_sub(1), clause.saturating_sub(1));
        let others = names(ground.mentions(sentence, previous.max(sentence)));
        match before(ground, previous.max(sentence), clause.saturating_sub(1)).0 {
            Whom::Names(named) if others.iter().all(|name| named.contains(name)) => of_names(&named),
            Whom::Number(number) if others.is_empty() => of_number(&number),
            _ => Each::Unsure,
        }
    }
}

fn of_number(number: &Number) -> Each {
    match number.figure() {
        Figure::Exact(many) if many > 0 && !number.times => Each::Of(many),
        _ => Each::Unsure,
    }
}

fn of_names(names: &[String]) -> Each {
    if names.len() > 1 { Each::Of(count(names)) } else { Each::Unsure }
}

/// Whether 各 stands at a place and tells of persons.
fn is_each(ground: &Ground<'_>, at: usize) -> bool {
    ground.text.at(at) == '各' && !KINDS.contains(ground.text.at(at + 1)) && !ground.in_time(at)
}
