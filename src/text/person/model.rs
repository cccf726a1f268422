//! The learned model: what every sign says for and against every tag, and which tag follows which. Whole numbers
//! throughout, so that every machine reads alike.

use std::sync::LazyLock;

use super::choice::WEIGHTS;
use super::keys::Keys;
use super::path::{self, Steps};
use super::rows::Rows;
use super::screen::{self, Screen};
use super::signs::{BLOCK, CLASSES, KINDS, PLAIN, Signs, VERSION, WAYS};

/// Numbers in a row of the model, one for each tag; three of the sixteen are spare.
pub(crate) const LANES: usize = 16;
/// The tags in the lower half are those of none and of the first characters of the parts, those in the upper half of
/// the others: a part's other tag lies this much further on.
pub(crate) const INNER: usize = 8;
/// Tags that a character can bear, a bit for each: none, and two for every part.
pub(crate) const TAGS: u16 = 0b0111_1110_0111_1111;

/// Every tag.
#[cfg(any(test, feature = "doors"))]
pub(crate) fn tags() -> impl Iterator<Item = usize> {
    (0..LANES).filter(|tag| TAGS & 1 << tag != 0)
}

/// What a stretch of a text is to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Unit,
    Post,
    Name,
    /// What stands for a name: 唐某某, 李×, 老张, 王(书记).
    Mask,
    /// The post of a mention without a name.
    Role,
    /// A mention that says neither name nor post: 相关责任人.
    Nobody,
}

pub(crate) const PARTS: [Part; 6] = [Part::Unit, Part::Post, Part::Name, Part::Mask, Part::Role, Part::Nobody];

/// The tag of a part's first character, or of its others; 0 is the tag of what is no part.
pub(crate) fn tag(part: Part, first: bool) -> u8 {
    1 + part as u8 + if first { 0 } else { INNER as u8 }
}

/// Whether a tag may follow another: before an inner tag stands only its part's first or itself.
pub(crate) fn follows(before: usize, after: usize) -> bool {
    after < INNER || before == after || before + INNER == after
}

/// A stretch with its part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub part: Part,
    pub start: usize,
    pub end: usize,
    /// By how much the next best reading of these characters is worse.
    pub margin: i16,
    /// By how much the best reading without somebody of this kind here is worse.
    pub presence: i16,
}

/// The parts of a text.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub pieces: Vec<Piece>,
    /// By how much the best reading in which somebody is mentioned falls short of this one.
    pub nearest: i16,
}

/// Nothing that is forbidden is ever read.
pub(super) const NEVER: i16 = -20_000;
/// Somebody without a full name is overlooked more easily than invented: the first tags of these parts get so much
/// more. Chosen on records left out of the learning.
const FAVOUR: [(Part, i16); 2] = [(Part::Role, 40), (Part::Nobody, 40)];

/// The weights, laid out for reading.
pub(crate) struct Model {
    screen: Screen,
    keys: Keys,
    rows: Rows,
    steps: Steps,
    /// The weights of the choices: which unit serves, and who is mentioned at all.
    serve: Vec<i8>,
    bare: Vec<i8>,
}

impl Model {
    /// The model that these bytes hold: what it is of, its screen, the keys of its signs, a row for the steps from each tag, the rows
    /// of the signs, and the weights of both kinds of choice.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Model {
        let number = |bytes: &[u8]| bytes.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let (_, rest) = bytes.split_at(bytes.len().min(HEAD.len()));
        let (screen, rest) = rest.split_at(rest.len().min(screen::BYTES));
        let body = rest.get(4..).unwrap_or(&[]);
        let known = (number(rest) as usize).min(body.len() / 4);
        let (keys, rest) = body.split_at(known * 4);
        let keys: Vec<u32> = keys.chunks(4).map(number).collect();
        let length = (LANES + PLAIN + known * BLOCK) * LANES;
        let (chain, choices) = rest.split_at(rest.len().min(length));
        let (serve, bare) = choices.split_at(choices.len().min(WEIGHTS));
        let signed = |bytes: &[u8]| bytes.iter().map(|&byte| i8::from_ne_bytes([byte])).collect::<Vec<i8>>();
        let mut lanes = chain.as_chunks::<LANES>().0.iter().map(|row| row.map(|byte| i8::from_ne_bytes([byte])));
        let steps: Vec<[i8; LANES]> = lanes.by_ref().take(LANES).collect();
        let mut plain: Vec<[i8; LANES]> = lanes.by_ref().take(PLAIN).collect();
        plain.resize(PLAIN, [0; LANES]);
        let blocks: Vec<[i8; LANES]> = lanes.collect();
        Model {
            screen: Screen::from_bytes(screen),
            keys: Keys::new(&keys),
            rows: Rows::new(&plain, &blocks),
            steps: Steps::new(&allowed(&steps), &first()),
            serve: signed(serve),
            bare: signed(bare),
        }
    }

    /// Closes every character that can be no part of a mention.
    pub(super) fn close(&self, signs: &Signs, closed: &mut [bool]) {
        self.screen.close(signs, closed);
    }

    /// The number of the block of a sign's rows.
    #[inline(always)]
    pub(super) fn block(&self, key: u32) -> u32 {
        self.keys.find(key)
    }

    /// What speaks for a unit to serve a post.
    pub(super) fn serve(&self) -> &[i8] {
        &self.serve
    }

    /// What speaks for a role or a bare name to be a mention.
    pub(super) fn bare(&self) -> &[i8] {
        &self.bare
    }

    /// The likeliest parts of a text; where it is closed, there are none.
    pub(super) fn read(&self, signs: &Signs, closed: &[bool]) -> Reading {
        path::read(&self.rows, &self.steps, signs, closed)
    }
}

/// What each step from tag to tag adds, the forbidden ones included.
fn allowed(steps: &[[i8; LANES]]) -> [[i16; LANES]; LANES] {
    let mut allowed = [[NEVER; LANES]; LANES];
    for (from, row) in steps.iter().enumerate().filter(|(from, _)| TAGS & 1 << from != 0) {
        for (to, &step) in row.iter().enumerate().filter(|&(to, _)| TAGS & 1 << to != 0 && follows(from, to)) {
            allowed[from][to] = i16::from(step) + favour(to);
        }
    }
    allowed
}

/// What the first character of a text adds: no step leads to it, and it begins inside nothing.
fn first() -> [i16; LANES] {
    std::array::from_fn(|to| if TAGS & 1 << to != 0 && follows(0, to) { favour(to) } else { NEVER })
}

/// How much more a tag gets.
fn favour(to: usize) -> i16 {
    FAVOUR.iter().find(|(part, _)| usize::from(tag(*part, true)) == to).map_or(0, |(_, more)| *more)
}

/// What the bytes of a model begin with: which signs it is of.
pub(super) const HEAD: [u8; 4] = [VERSION, KINDS as u8, WAYS as u8, CLASSES as u8];

/// The bytes of the built-in model. Those of other signs would be read without a word, and wrongly: so the program
/// does not build with them, though the learning, which makes the right ones, does.
const BYTES: &[u8] = include_bytes!("../../../checklists/lexicon/persons.model");
#[cfg(not(feature = "doors"))]
const _: () = assert!(
    BYTES[0] == HEAD[0] && BYTES[1] == HEAD[1] && BYTES[2] == HEAD[2] && BYTES[3] == HEAD[3],
    "the model is not of these signs: learn it anew"
);

static BUILT_IN: LazyLock<Model> = LazyLock::new(|| Model::from_bytes(BYTES));

/// The model that the program is built with.
pub(crate) fn built_in() -> &'static Model {
    &BUILT_IN
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_that_is_cut_off_or_none_at_all_says_nothing_and_stops_nothing() {
        for length in [0, 3, 4, 7, 8, 9, 40, 4_000] {
            Model::from_bytes(BYTES.get(..length).unwrap_or(&[]));
        }
        Model::from_bytes(&[HEAD, [1, 0, 0, 0]].concat());
        Model::from_bytes(&[u8::MAX; 64]);
    }

    #[test]
    fn the_built_in_model_is_whole() {
        let (_, keys) = BYTES.split_at(HEAD.len() + screen::BYTES);
        let known = u32::from_le_bytes([keys[0], keys[1], keys[2], keys[3]]) as usize;
        assert_eq!(BYTES.len(), 8 + screen::BYTES + 4 * known + (LANES + PLAIN + known * BLOCK) * LANES + 2 * WEIGHTS);
    }
}
