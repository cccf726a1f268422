//! Persons: every individual who acts or answers in a text, with what is written of unit, post and name.
//! A learned model says which characters are a unit, a post, a name or a role; what belongs together is worked out from
//! there. Which of these are mentions at all, and which unit named earlier serves a post, are learned choices too.

mod bare;
mod behind;
mod body;
mod border;
mod choice;
mod dealt;
mod keys;
mod lead;
#[cfg(any(test, feature = "doors"))]
pub(crate) mod learn;
mod level;
mod link;
mod model;
mod offer;
mod path;
mod rows;
mod screen;
mod serve;
mod settle;
mod sight;
mod signs;
mod unit;

use super::Person;
use super::date;
use super::fold::{Folded, SEAL, ends_clause, is_mark};
use super::lexicon::Hits;
pub(crate) use model::{Model, built_in};

/// A stretch of a text by characters.
type Stretch = (usize, usize);

/// A name by characters, full or what stands for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Name {
    start: usize,
    end: usize,
    full: bool,
}

/// A mention by characters, before it is judged.
#[derive(Debug, Clone, Copy)]
struct Mention {
    start: usize,
    end: usize,
    unit: Option<Stretch>,
    post: Option<Stretch>,
    name: Option<Name>,
    /// By how much the next best reading falls short; of a role and a bare name, what speaks for its being a mention.
    margin: i16,
    /// Whether the words themselves say that somebody without a full name is meant: 唐某某, 相关责任人, 个别干部.
    plain: bool,
}

/// A name beside which neither post nor unit stands is taken for one from here on: below, it is too often a word.
const BARE: i16 = 50;
/// What speaks for a role or a bare name must come to more than this: a little is asked of what is read, as a mention is
/// overlooked more easily than invented. And what comes to less than the second is none for certain.
const LEAST: i32 = -6;
const SURELY_NONE: i16 = -48;
/// Nobody is read for certain where the nearest reading with somebody falls short by so much.
const NOBODY: i16 = 30;

/// Of so many mentions of a text it is asked whether they are any, and which unit serves them.
const MOST: usize = 150;
/// Characters of the longest piece.
const LONGEST: usize = 48;

/// A text with its pieces and who may be mentioned in it, before what is none goes and what is missing is settled.
struct Draft {
    text: Folded,
    pieces: Vec<model::Piece>,
    mentions: Vec<Mention>,
    nearest: i16,
}

impl Draft {
    fn read(text: &Folded, hits: &Hits, times: &[date::Found], model: &Model) -> Draft {
        let mut text = text.clone();
        for time in times {
            text.seal(time.start, time.end);
        }
        let (mut signs, mut closed) = (signs::Signs::see(&text, hits), closed(&text));
        model.close(&signs, &mut closed);
        signs.look_up(&closed, |key| model.block(key));
        let model::Reading { pieces, nearest } = model.read(&signs, &closed);
        // No unit and no post is so long; what names of a list share is looked at for each of them.
        let mut pieces: Vec<_> = pieces.into_iter().filter(|piece| piece.end - piece.start <= LONGEST).collect();
        pieces.retain(|piece| !border::is_sum(&text, piece));
        border::mend(&text, hits, &mut pieces);
        let mut mentions = link::join(&text, &pieces);
        border::leave_posts(&text, hits, &mut mentions);
        mentions.sort_by_key(|mention| (mention.start, mention.end));
        behind::take_said(&text, hits, &mut mentions);
        border::take_titles(&text, hits, &mut mentions);
        border::take_standings(&text, hits, &mut mentions);
        border::drop_places(&text, &mut mentions);
        Draft { text, pieces, mentions, nearest }
    }

    /// Leaves out the roles and bare names that are none; gives how near the nearest of them was to being one, and the
    /// nearest of the names.
    fn leave_out(&mut self, hits: &Hits, model: &Model) -> (i16, i16) {
        let nothing = choice::Sum::new(model.bare());
        let choice = |index: usize| bare::choice(&self.text, hits, &self.mentions, index, nothing);
        // No cell of a form mentions more people; what goes on and on is left as it is read.
        let some = 0..self.mentions.len().min(MOST);
        let mut sums: Vec<Option<i32>> = some.map(|index| choice(index).map(|choice| choice.sum)).collect();
        self.judge_lists_as_one(&mut sums);
        let kept = |(mention, sum): (&Mention, &Option<i32>)| {
            sum.is_none_or(|sum| sum > LEAST && !(is_bare(mention) && mention.margin < BARE))
        };
        let kept: Vec<bool> = self.mentions.iter().zip(&sums).map(kept).collect();
        let (mut sums, mut kept) = (sums.into_iter(), kept.into_iter());
        let (mut nearest, mut name) = (i16::MIN, i16::MIN);
        let text = &self.text;
        self.mentions.retain_mut(|mention| {
            let Some((sum, kept)) = sums.next().flatten().zip(kept.next()) else { return true };
            if bare::untrue(text, mention) {
                // That somebody was meant is no certain thing then, nor that nobody was.
                nearest = nearest.max(0);
                return false;
            }
            mention.margin = i16::try_from(sum).unwrap_or(if sum < 0 { i16::MIN } else { i16::MAX });
            if !kept {
                nearest = nearest.max(mention.margin);
                name = if mention.name.is_some() { name.max(mention.margin) } else { name };
            }
            kept
        });
        (nearest, name)
    }

    /// 对王建国、李志强立案审查: what speaks for one name of a list speaks for all of them.
    fn judge_lists_as_one(&self, sums: &mut [Option<i32>]) {
        let named = |mention: &Mention| mention.post.is_none() && mention.name.is_some_and(|name| name.full);
        let listed = |first: &Mention, second: &Mention| {
            let between = self.text.slice(first.end.min(second.start), second.start);
            named(first) && named(second) && matches!(between, ['、' | '和' | '及'])
        };
        let on: Vec<bool> = self.mentions.windows(2).map(|pair| listed(&pair[0], &pair[1])).collect();
        let last = sums.len().saturating_sub(1).min(on.len());
        for at in (0..last).filter(|&at| on[at]) {
            sums[at + 1] = sums[at + 1].max(sums[at]);
        }
        for at in (0..last).rev().filter(|&at| on[at]) {
            sums[at] = sums[at].max(sums[at + 1]);
        }
    }
}

/// Whether a name stands without post and unit.
fn is_bare(mention: &Mention) -> bool {
    mention.post.is_none() && mention.unit.is_none() && mention.name.is_some()
}

/// Finds every person, each once, in the order of the text; and whether one may have been overlooked where none is.
pub(super) fn find(text: &Folded, hits: &Hits, times: &[date::Found], model: &Model) -> (Vec<Person>, bool) {
    let mut draft = Draft::read(text, hits, times, model);
    let none_read = draft.mentions.is_empty();
    let (nearest, name) = draft.leave_out(hits, model);
    // Who was read and left out is overlooked only where it was a near thing; who was not read, where the reading was.
    let near = |left_out| if none_read { draft.nearest < NOBODY } else { left_out > SURELY_NONE };
    let (overlooked, unnamed) = (near(nearest), !near(name));
    dealt::add(&draft.text, &mut draft.mentions, unnamed);
    let overlooked = overlooked && draft.mentions.is_empty();
    let persons = settle::Settler::new(&draft.text, hits, &draft.pieces).settle(draft.mentions, model);
    (persons, overlooked)
}

/// Where nobody is mentioned, whatever stands there: in an expression of time, in a 《title》, before a document's
/// 〔year〕, and at the marks that end a clause.
fn closed(text: &Folded) -> Vec<bool> {
    let mut closed: Vec<bool> = text.chars.iter().map(|&c| c == SEAL || ends_clause(c)).collect();
    let mut close = |from: usize, to: usize| {
        closed.get_mut(from..to).into_iter().for_each(|part| part.fill(true));
    };
    let mut open = None;
    for (at, &c) in text.chars.iter().enumerate() {
        match c {
            '〔' => {
                let from = (at.saturating_sub(6)..at).rev().find(|&before| is_mark(text.at(before)));
                close(from.unwrap_or(at.saturating_sub(4)), at);
            }
            '《' => open = Some(at),
            '》' => open.take().into_iter().for_each(|from| close(from, at)),
            '\n' => open = None,
            _ => {}
        }
    }
    closed
}

#[cfg(test)]
mod tests {
    use crate::text::{Lexicon, read};

    #[test]
    fn who_is_mentioned_and_whose_they_are() {
        for (text, persons) in [
            // A unit named earlier serves the posts of its level, the nearest one not those of another.
            (
                "2026年3月5日，县水利局局长李文约谈白牙市镇大盛村会计唐国强，局办公室主任王芳记录。",
                "县水利局|局长|李文 白牙市镇大盛村|会计|唐国强 县水利局|局办公室主任|王芳",
            ),
            ("石塘村党支部书记唐国强、报账员李华未公示账目。", "石塘村|党支部书记|唐国强 石塘村|报账员|李华"),
            // A town whose name ends like a village's.
            ("段村镇纪委书记唐国强约谈段村镇农业农村办李华。", "段村镇|纪委书记|唐国强 段村镇农业农村办||李华"),
            // Roles that act are mentions, slots and things are none.
            ("经抽查，2名村干部未到岗。", "|村干部|"),
            ("石塘村会计唐国强经手的单据上，经办人栏空白。", "石塘村|会计|唐国强"),
            // A station that was read into the post is the unit's.
            ("大营镇退役军人服务站站长雷永刚脱岗。", "大营镇退役军人服务站|站长|雷永刚"),
        ] {
            let facts = read(text, &Lexicon::default());
            let part = |span: Option<crate::place::Span>| span.map_or("", |span| span.of(text));
            let shown = facts
                .persons
                .iter()
                .map(|person| format!("{}|{}|{}", part(person.unit), part(person.post), part(person.name)));
            assert_eq!(shown.collect::<Vec<_>>().join(" "), persons, "{text}");
        }
    }
}
