//! To whom an act was done: those who stand behind it or before it, named, numbered or pointed at.

use super::count;
use super::ground::Ground;
use super::list::{FAR, counted, list, names};
use super::mark;
use super::number::{self, Number, PERSONS};
use super::person::act;
use super::words::{Said, Word};
use crate::text::fold::ends_clause;

/// To whom something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whom {
    Number(Number),
    Names(Vec<String>),
    /// Nobody is named, and no number stands there.
    Unsaid,
    /// 其: whoever was named before.
    Pointed,
    /// Nothing at all: whoever the act before it was done to.
    Same,
}

/// These stand for whoever was named before.
const POINTING: &[&str] = &["其", "本人", "该同志", "上述人员", "该人", "他"];

/// To whom an act was done that stands in a clause, `from` being where the words before it may be read, `to` where
/// those behind it begin.
pub(super) fn whom(ground: &Ground<'_>, said: &Said, from: usize, to: usize) -> Whom {
    let (_, end) = ground.clause(said.start, to);
    let ahead = ahead(ground, said.word, to, end);
    if said.word == Word::Talk && ahead != Whom::Same {
        return ahead;
    }
    match before(ground, from, said.start) {
        // C谈话提醒A: who stands before it unmarked is the one who does it.
        (Whom::Names(names), true) if ahead != Whom::Same && !matches!(ahead, Whom::Number(_)) && !names.is_empty() => {
            ahead
        }
        // 2件重新立案, 该宗违建由执法大队立案 tell of nobody; 并由我组立案 of whoever was named.
        (Whom::Same, alone) if said.word == Word::Filing && ahead == Whom::Same && !alone => Whom::Unsaid,
        (Whom::Same, _) => ahead,
        // A、B共同约谈: who stands unmarked before this act does it, always.
        (Whom::Names(_), true) if said.word == Word::Talk => Whom::Unsaid,
        (_, _) if matches!(ahead, Whom::Number(number) if number.start <= to + 1) => ahead,
        (told, _) => told,
    }
}

/// Those who stand behind an act.
fn ahead(ground: &Ground<'_>, word: Word, from: usize, end: usize) -> Whom {
    let text = ground.text;
    let ended = matches!(text.at(from), '、' | '并' | '，' | '；' | '。' | '\n');
    if ended || text.at(from) == '后' && ends_clause(text.at(from + 1)) {
        return Whom::Same;
    }
    let far = if word == Word::Talk || word == Word::FirstForm { FAR } else { 4 };
    let next = ground.words(from, end).iter().find(|said| act(said.word).is_some()).map_or(end, |said| said.start);
    let next = if word == Word::FirstForm { end } else { next };
    let number = number::first(ground, from, next.min(from + far), PERSONS);
    let listed = list(ground, from, next);
    match (number, listed) {
        (Some(number), None) => Whom::Number(number),
        (number, Some(listed)) => counted(ground, number, listed, next),
        (None, None) => Whom::Same,
    }
}

/// Those who stand before an act, and whether nothing marks them; where nobody does, whether next to nothing stands there.
pub(super) fn before(ground: &Ground<'_>, from: usize, to: usize) -> (Whom, bool) {
    let mut end = to;
    let mut handed = false;
    let marks: Vec<_> = mark::find(ground, from, to).collect();
    for (at, behind, to_them) in marks.into_iter().rev() {
        if behind > end {
            continue;
        }
        if to_them {
            if let Some(told) = part(ground, behind, end) {
                return (told, false);
            }
            // 对华泰木业公司立案: somebody else than a person.
            let words =
                ground.text.slice(behind, end).iter().filter(|c| {
                    !matches!(c, '予' | '以' | '进' | '行' | '作' | '出' | '了' | '分' | '别' | '依' | '法')
                });
            if ground.text.at(at) == '对' && !handed && words.count() >= 3 {
                return (Whom::Unsaid, false);
            }
        } else {
            handed = true;
        }
        end = at;
    }
    match part(ground, from, end) {
        Some(told) => (told, !handed),
        None => (Whom::Same, end <= from + 3 || ground.text.before(end) == '并'),
    }
}

/// Those who are told of between two places; none where nobody is.
pub(super) fn part(ground: &Ground<'_>, from: usize, to: usize) -> Option<Whom> {
    let mentions = ground.mentions(from, to);
    let number = number::last(ground, from, to, PERSONS);
    if !mentions.is_empty() {
        let names = names(mentions);
        // 2名村干部A、B: the names say as much; 等3人: the number says more.
        let more = number.filter(|number| number.value.is_none_or(|value| value > count(&names)));
        return Some(match more {
            Some(number) => Whom::Number(number),
            None if names.is_empty() => Whom::Unsaid,
            None => Whom::Names(names),
        });
    }
    let pointing = || {
        (from..to).any(|at| POINTING.iter().any(|word| ground.text.starts(at, word)) && !ground.text.starts(at, "其中"))
    };
    number.map(Whom::Number).or_else(|| pointing().then_some(Whom::Pointed))
}
