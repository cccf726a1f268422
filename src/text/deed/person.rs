//! Acts that are done to persons: how many, by the number that is written or by those who are named. 约谈A、B;
//! 对A批评教育; A被诫勉; 给予A、B党内警告处分; 由C对其谈话提醒.

use super::ground::{Ground, Mention};
use super::number::{self, Number, PERSONS};
use super::words::{Said, Word};
use super::{Act, Deed, Figure, count};
use crate::text::fold::ends_clause;

/// To whom something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whom {
    Number(Number),
    Names(Vec<String>),
    /// Nobody is named, and no number stands there.
    Unsaid,
    /// 其: whoever was named before.
    Pointed,
    /// Nothing at all: whoever the act before it was done to.
    Same,
}

/// How far the first person may stand behind an act, units and posts between them.
const FAR: usize = 40;
/// How far from one person of a list to the next.
const NEXT: usize = 36;
/// Those who follow one of these are the ones it is done to.
const TO: &[&str] = &["给予", "责令", "责成", "要求", "督促", "召集", "对", "给", "将", "让", "把"];
/// Those who follow one of these do it.
const BY: &[&str] = &["接受", "受到", "被", "由"];
/// These stand for whoever was named before.
const POINTING: &[&str] = &["其", "本人", "该同志", "上述人员", "该人", "他"];
/// These join the persons of a list.
const JOINING: &[&str] = &["、", "和", "及", "与", "以及", "，", ")", "等"];

fn act(word: Word) -> Option<Act> {
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
        .any(|denied| denied.start >= near || marks(ground, denied.end, denied.end + 2).next().is_some());
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
            (Some(cases), _) => deeds.push(deed(Act::FiledCase, figure(cases), &[], Some(cases))),
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
        Whom::Number(number) => deeds.push(deed(act, figure(number), &[], Some(number))),
        // 处分 alone says nothing without a number of persons.
        _ if said.word == Word::SanctionCount => {}
        Whom::Names(names) => deeds.push(deed(act, Figure::Exact(count(names)), names, None)),
        Whom::Unsaid | Whom::Same | Whom::Pointed => deeds.push(deed(act, Figure::Unsaid, &[], None)),
    }
    deeds
}

/// What a number is good for.
pub(super) fn figure(number: &Number) -> Figure {
    match number.value {
        Some(value) if !number.about => Figure::Exact(value),
        _ => Figure::About,
    }
}

/// The sums of a longer time, or of the whole month, are not this record's.
pub(super) fn summed(ground: &Ground<'_>, at: usize, figure: Figure) -> Figure {
    let (sentence, _) = ground.sentence(at, at);
    match figure {
        Figure::Unsaid | Figure::All => figure,
        _ if ground.holds(sentence, at, Word::Longer) => Figure::Longer,
        _ if ground.holds(sentence, at, Word::Month) => Figure::Month,
        _ => figure,
    }
}

/// To whom an act was done that stands in a clause, `from` being where the words before it may be read, `to` where
/// those behind it begin.
fn whom(ground: &Ground<'_>, said: &Said, from: usize, to: usize) -> Whom {
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

/// The persons of a list that begins behind a place, until something else is done.
fn list<'g>(ground: &'g Ground<'_>, from: usize, to: usize) -> Option<&'g [Mention]> {
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

/// Whether something else begins between two places.
fn turns(ground: &Ground<'_>, from: usize, to: usize) -> bool {
    marks(ground, from, to).next().is_some()
}

/// The number that counts the persons of a list, or their names: A、B等3人.
fn counted(ground: &Ground<'_>, number: Option<Number>, listed: &[Mention], end: usize) -> Whom {
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
fn names(mentions: &[Mention]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in mentions.iter().filter_map(|mention| mention.name.as_ref()) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// The marks that say who does what to whom, from left to right: place, end, and whether the ones behind it suffer it.
fn marks<'g>(
    ground: &'g Ground<'_>,
    from: usize,
    to: usize,
) -> impl DoubleEndedIterator<Item = (usize, usize, bool)> + 'g {
    let at = move |at: usize| {
        let text = ground.text;
        let named = || {
            ground
                .mentions(at.saturating_sub(4), at + 1)
                .iter()
                .any(|m| m.name.is_some() && m.start <= at && at < m.end)
        };
        let word = |list: &[&str]| list.iter().find(|word| text.starts(at, word)).map(|word| at + word.chars().count());
        let (end, to_them) = word(TO).map(|end| (end, true)).or_else(|| word(BY).map(|end| (end, false)))?;
        let other = match text.at(at) {
            '由' => matches!(text.before(at), '理' | '自' | '事' | '缘'),
            '将' => text.at(end) == '于',
            '把' => matches!(text.at(end), '关' | '握' | '手' | '控'),
            '对' => {
                matches!(text.before(at), '核' | '比' | '校' | '应' | '面' | '针')
                    || matches!(text.at(end), '外' | '口' | '账')
            }
            '给' => matches!(text.before(at), '交' | '供' | '退' | '配' | '发' | '补' | '还'),
            _ => false,
        };
        (!other && !named()).then_some((at, end, to_them))
    };
    (from..to).filter_map(at)
}

/// Those who stand before an act, and whether nothing marks them; where nobody does, whether next to nothing stands there.
fn before(ground: &Ground<'_>, from: usize, to: usize) -> (Whom, bool) {
    let mut end = to;
    let mut handed = false;
    let marks: Vec<_> = marks(ground, from, to).collect();
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
fn part(ground: &Ground<'_>, from: usize, to: usize) -> Option<Whom> {
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
