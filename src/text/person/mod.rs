//! Persons: every individual who acts or answers in a text, with what is written of unit, post and name.
//! A learned model says which characters are a unit, a post, a name or a role; what belongs together, and what is
//! missing, is worked out from there.

mod body;
#[cfg(any(test, feature = "doors"))]
pub(crate) mod learn;
mod level;
mod link;
mod model;

mod settle;
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
    /// By how much the next best reading falls short.
    margin: i16,
    /// Whether the words themselves say that somebody without a full name is meant: 唐某某, 相关责任人, 个别干部.
    plain: bool,
}

/// A name beside which neither post nor unit stands is taken for one from here on: below, it is too often a word.
/// Chosen on records left out of the learning, as the next.
const BARE: i16 = 50;
/// Nobody is read for certain where the nearest reading with somebody falls short by so much.
const NOBODY: i16 = 50;

/// Characters of the longest piece.
const LONGEST: usize = 48;

/// Finds every person, each once, in the order of the text; and whether one may have been overlooked where none is.
pub(super) fn find(text: &Folded, hits: &Hits, times: &[date::Found], model: &Model) -> (Vec<Person>, bool) {
    let mut text = text.clone();
    for time in times {
        text.seal(time.start, time.end);
    }
    let signs = signs::Signs::find(&text, hits);
    let model::Reading { pieces, nearest } = model.read(&signs, &closed(&text));
    // No unit and no post is so long; what names of a list share is looked at for each of them.
    let pieces: Vec<_> = pieces.into_iter().filter(|piece| piece.end - piece.start <= LONGEST).collect();
    let mut mentions = link::join(&text, &pieces);
    mentions.retain(|mention| {
        let bare = mention.post.is_none() && mention.unit.is_none() && mention.name.is_some_and(|name| name.full);
        !bare || mention.margin >= BARE
    });
    let overlooked = mentions.is_empty() && nearest < NOBODY;
    (settle::settle(&text, hits, &pieces, mentions), overlooked)
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
