//! Acts that are done to persons: how many, by the number that is written or by those who are named.

use super::ground::Ground;
use super::list::names;
use super::mark;
use super::number::{self, Number};
use super::period::summed;
use super::whom::{Whom, whom};
use super::words::{Said, Word};
use super::{Act, Deed, Figure, count};

/// The act that a word tells, if it is one done to persons.
pub(super) fn act(word: Word) -> Option<Act> {
    Some(match word {
        Word::Reminder => Act::Reminder,
        Word::Talk => Act::Talk,
        Word::Criticism => Act::Criticism,
        Word::SelfCriticism => Act::SelfCriticism,
        Word::Warning => Act::Warning,
        Word::Admonition => Act::Admonition,
        Word::Notice => Act::Notice,
        Word::Inquiry => Act::Inquiry,
        Word::FirstForm => Act::FirstForm,
        Word::Filing => Act::FiledPerson,
        Word::Sanction | Word::SanctionCount => Act::Sanction,
        Word::Reassignment => Act::Reassignment,
        Word::Transfer => Act::Transfer,
        _ => return None,
    })
}

/// Every act done to persons, with its place.
pub(super) fn find(ground: &Ground<'_>) -> Vec<(usize, Deed)> {
    let mut deeds = Vec::new();
    // Whom the last act was done to, and where its sentence ends.
    let mut last: (Vec<String>, usize) = (Vec::new(), 0);
    let mut behind = 0;
    let acts: Vec<Said> = ground.said.iter().copied().filter(|said| tells(ground, said)).collect();
    for chain in acts.chunk_by(|one, next| joined(ground, one.end, next.start)) {
        let Some(first) = chain.first() else { continue };
        let (start, _) = ground.clause(first.start, first.end);
        let from = start.max(behind);
        let whom = match whom(ground, first, from, chain.last().map_or(first.end, |last| last.end)) {
            Whom::Same if last.1 > first.start && !last.0.is_empty() => Whom::Names(last.0.clone()),
            Whom::Same => Whom::Unsaid,
            Whom::Pointed if !last.0.is_empty() => Whom::Names(last.0.clone()),
            Whom::Pointed => only(ground, start),
            told => told,
        };
        for (n, said) in chain.iter().enumerate() {
            let whom = share(ground, &whom, (n, chain.len()), (from, first.start));
            deeds.extend(deeds_of(ground, said, &whom));
        }
        if let Whom::Names(names) = &whom {
            last = (names.clone(), ground.sentence(first.start, first.end).1);
        }
        behind = chain.last().map_or(behind, |said| said.end);
    }
    deeds
}

/// The one person that the sentence has named before a clause; in the clause itself it is who does it.
fn only(ground: &Ground<'_>, to: usize) -> Whom {
    let (sentence, _) = ground.sentence(to, to);
    let named = names(ground.mentions(sentence, to));
    if named.len() == 1 { Whom::Names(named) } else { Whom::Unsaid }
}

/// Whether an act was done: not negated, not the name of a paper, not in a title.
fn tells(ground: &Ground<'_>, said: &Said) -> bool {
    if act(said.word).is_none() || ground.in_time(said.start) {
        return false;
    }
    let (start, _) = ground.clause(said.start, said.end);
    // 未约谈; 拟对A立案: right before the act, or before the mark of whom it is done to.
    let near = start.max(said.start.saturating_sub(10));
    let denied = ground.words(start, said.start).iter().filter(|denied| denied.word == Word::Negation);
    let denied = denied
        .into_iter()
        .any(|denied| denied.start >= near || mark::find(ground, denied.end, denied.end + 2).next().is_some());
    let named = ground
        .words(said.end, said.end + 4)
        .first()
        .is_some_and(|next| next.start == said.end && next.word == Word::Behind);
    !named && !denied
}

/// Whether two acts are told in one breath: 党内警告、诫勉谈话.
fn joined(ground: &Ground<'_>, end: usize, start: usize) -> bool {
    matches!(ground.text.slice(end, start), [] | ['、' | '和' | '及' | '并'] | ['处', '分', '、' | '和'])
}

/// Of several acts to as many persons 分别, each gets one.
fn share(ground: &Ground<'_>, whom: &Whom, (n, of): (usize, usize), (from, to): (usize, usize)) -> Whom {
    let apart = (from..to).any(|at| ground.text.starts(at, "分别"));
    match whom {
        Whom::Names(names) if apart && of > 1 && names.len() == of => {
            Whom::Names(names.get(n).cloned().into_iter().collect())
        }
        _ => whom.clone(),
    }
}

fn deeds_of(ground: &Ground<'_>, said: &Said, whom: &Whom) -> Vec<(usize, Deed)> {
    let Some(act) = act(said.word) else { return Vec::new() };
    let (start, end) = ground.clause(said.start, said.end);
    let span = ground.text.span(start, end);
    let deed = |act: Act, figure: Figure, names: &[String], number: Option<&Number>| {
        let written = number.map(|number| ground.text.span(number.start, number.end));
        let times = number.is_some_and(|number| number.times);
        (
            said.start,
            Deed { act, times, figure: summed(ground, said.start, figure), names: names.to_vec(), span, written },
        )
    };
    let mut deeds = Vec::new();
    if act == Act::FiledPerson {
        // 立案n件n人 are two figures; one person is one case.
        let cases = number::first(ground, said.end, end.min(said.end + 6), &["件", "起", "宗"]);
        match (&cases, whom) {
            (Some(cases), _) => deeds.push(deed(Act::FiledCase, cases.figure(), &[], Some(cases))),
            (None, Whom::Names(names)) if names.len() == 1 => {
                deeds.push(deed(Act::FiledCase, Figure::Exact(1), names, None))
            }
            _ => deeds.push(deed(Act::FiledCase, Figure::Unsaid, &[], None)),
        }
        if *whom == Whom::Unsaid {
            return deeds;
        }
    }
    match whom {
        Whom::Number(number) => deeds.push(deed(act, number.figure(), &[], Some(number))),
        // 处分 alone says nothing without a number of persons.
        _ if said.word == Word::SanctionCount => {}
        Whom::Names(names) => deeds.push(deed(act, Figure::Exact(count(names)), names, None)),
        Whom::Unsaid | Whom::Same | Whom::Pointed => deeds.push(deed(act, Figure::Unsaid, &[], None)),
    }
    deeds
}
