//! The learned model: what every sign says for and against every tag, and which tag follows which; and the best
//! tags of a text under it, with how sure they are. Whole numbers throughout, so that every machine reads alike.

use std::sync::LazyLock;

use super::choice::WEIGHTS;
use super::keys::Keys;
use super::signs::{BLOCK, CLASSES, KINDS, PLAIN, Signs, VERSION, WAYS};

/// Numbers in a row of the model, one for each tag; three of the sixteen are spare.
pub(crate) const LANES: usize = 16;
/// The tags in the lower half are those of none and of the first characters of the parts, those in the upper half of
/// the others: a part's other tag lies this much further on.
pub(crate) const INNER: usize = 8;
/// Tags that a character can bear, a bit for each: none, and two for every part.
pub(crate) const TAGS: u16 = 0b0111_1110_0111_1111;

/// Every tag.
pub(crate) fn tags() -> impl Iterator<Item = usize> {
    (0..LANES).filter(|tag| TAGS & 1 << tag != 0)
}

/// One number for each tag.
type Lanes = [i16; LANES];

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

/// Rows that are read together, so that they come from memory together.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Block([[i8; LANES]; BLOCK]);

/// The weights, laid out for reading.
pub(crate) struct Model {
    keys: Keys,
    rows: Vec<Block>,
    /// For every way of lying in words and every eight classes, the sums of all their combinations.
    words: Vec<Lanes>,
    /// By tag, what every tag after it adds; and by tag, what every tag before it adds.
    after: [Lanes; LANES],
    before: [Lanes; LANES],
    /// What the first character of a text and the last one add.
    first: Lanes,
    last: Lanes,
    /// The weights of the choices: which unit serves, and who is mentioned at all.
    serve: Vec<i8>,
    bare: Vec<i8>,
}

/// Nothing that is forbidden is ever read.
const NEVER: i16 = -20_000;
/// Somebody without a full name is overlooked more easily than invented: the first tags of these parts get so much
/// more. Chosen on records left out of the learning.
const FAVOUR: [(Part, i16); 2] = [(Part::Role, 40), (Part::Nobody, 40)];

impl Model {
    /// The model that these bytes hold: what it is of, the keys of its signs, a row for the steps from each tag, the rows
    /// of the signs, and the weights of both kinds of choice.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Model {
        let number = |bytes: &[u8]| bytes.first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes));
        let (_, rest) = bytes.split_at(bytes.len().min(HEAD.len()));
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
        let mut rows: Vec<[i8; LANES]> = lanes.by_ref().take(PLAIN).collect();
        rows.resize(PLAIN, [0; LANES]);
        // What is not known stands for nothing.
        rows.extend([[0; LANES]; BLOCK]);
        rows.extend(lanes);
        let (mut after, mut before, mut first) = ([[NEVER; LANES]; LANES], [[NEVER; LANES]; LANES], [NEVER; LANES]);
        for (from, row) in steps.iter().enumerate().filter(|(from, _)| TAGS & 1 << from != 0) {
            for (to, &step) in row.iter().enumerate().filter(|(to, _)| TAGS & 1 << to != 0) {
                if follows(from, to) {
                    after[from][to] = i16::from(step);
                    before[to][from] = i16::from(step);
                    if from == 0 {
                        first[to] = 0;
                    }
                }
            }
        }
        for (part, more) in FAVOUR {
            let to = usize::from(tag(part, true));
            for from in tags() {
                after[from][to] = after[from][to].saturating_add(more);
                before[to][from] = before[to][from].saturating_add(more);
            }
            first[to] = first[to].saturating_add(more);
        }
        let words = combinations(&rows);
        let rows = rows
            .chunks(BLOCK)
            .map(|rows| Block(std::array::from_fn(|at| rows.get(at).copied().unwrap_or_default())))
            .collect();
        let mut last = before[0];
        level(&mut last);
        Model {
            keys: Keys::new(&keys),
            rows,
            words,
            after,
            before,
            first,
            last,
            serve: signed(serve),
            bare: signed(bare),
        }
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

    /// What the signs of a place say for every tag.
    fn node(&self, signs: &Signs, at: usize) -> Lanes {
        let mut node = [0; LANES];
        for (way, classes) in signs.words(at).into_iter().enumerate() {
            for (part, byte) in classes.to_le_bytes().into_iter().enumerate() {
                if byte != 0
                    && let Some(sum) = self.words.get((way * 4 + part) * 256 + usize::from(byte))
                {
                    add(&mut node, sum);
                }
            }
        }
        let (shared, count) = signs.shared(at);
        for row in signs.kinds(at).chain(shared.iter().take(count).map(|&row| row as usize)) {
            if let Some(Block(rows)) = self.rows.get(row / BLOCK) {
                add(&mut node, &rows[row % BLOCK].map(i16::from));
            }
        }
        node
    }

    /// The likeliest parts of a text; where it is closed, there are none.
    pub(super) fn read(&self, signs: &Signs, closed: &[bool]) -> Reading {
        let length = signs.len();
        let is_closed = |at: usize| closed.get(at).copied().unwrap_or(false);
        let nothing: Lanes = std::array::from_fn(|tag| if tag == 0 { 0 } else { NEVER });
        // Forwards: by the tag of each character, the best of any reading up to it, less the best of all.
        let nodes: Vec<Lanes> =
            (0..length).map(|at| if is_closed(at) { nothing } else { self.node(signs, at) }).collect();
        let mut forward: Vec<Lanes> = Vec::with_capacity(length);
        for (at, node) in nodes.iter().enumerate() {
            let mut state = match at.checked_sub(1) {
                // Behind a closed character every reading begins anew.
                Some(before) if is_closed(before) => self.after[0],
                Some(before) => forward.get(before).map_or(self.first, |state| best_before(state, &self.after)),
                None => self.first,
            };
            add(&mut state, node);
            level(&mut state);
            forward.push(state);
        }
        // Backwards: the best of what follows each character, by its tag; and the choice.
        let mut behind = [0; LANES];
        let (mut chosen, mut open) = (0, false);
        let mut reading = Reading { nearest: i16::MAX, ..Reading::default() };
        for (at, (here, node)) in forward.iter().zip(&nodes).enumerate().rev() {
            if is_closed(at) {
                // Before a closed character only the step to none is left.
                (behind, chosen, open) = (self.last, 0, false);
                continue;
            }
            let mut whole = *here;
            add(&mut whole, &behind);
            let mut ways = *here;
            if at + 1 < length {
                add(&mut ways, self.before.get(chosen).unwrap_or(&nothing));
            }
            let tag = greatest(&ways);
            chosen = tag;
            let best = whole.get(tag).copied().unwrap_or(0);
            // The tags beyond a unit's are those of somebody.
            reading.nearest = reading.nearest.min(best.saturating_sub(top_of(&whole, SOMEBODY)));
            let inner = tag >= INNER;
            if tag > 0 {
                let margin = best.saturating_sub(top_of(&whole, !(1 << tag)));
                // Which of the parts that stand for no full name it is, and where it ends, is all one.
                let kind = if UNNAMED & 1 << tag != 0 { UNNAMED } else { 1 << tag };
                let presence = best.saturating_sub(top_of(&whole, !kind));
                put(&mut reading.pieces, open, at, tag, (margin, presence));
            }
            open = inner;
            add(&mut behind, node);
            behind = best_behind(&behind, &self.before);
            level(&mut behind);
        }
        reading.pieces.reverse();
        reading
    }
}

/// For every way and every byte of classes, the sums of all combinations of their rows.
fn combinations(rows: &[[i8; LANES]]) -> Vec<Lanes> {
    let mut sums = Vec::with_capacity(WAYS * 4 * 256);
    for first in (0..WAYS * CLASSES).step_by(8) {
        for byte in 0..256usize {
            let mut sum = [0; LANES];
            for bit in (0..8).filter(|bit| byte & 1 << bit != 0) {
                if let Some(row) = rows.get(KINDS + first + bit) {
                    add(&mut sum, &row.map(i16::from));
                }
            }
            sums.push(sum);
        }
    }
    debug_assert_eq!(KINDS + WAYS * CLASSES, PLAIN);
    sums
}

fn add(sum: &mut Lanes, more: &Lanes) {
    for (sum, &more) in sum.iter_mut().zip(more) {
        *sum = sum.saturating_add(more);
    }
}

/// By tag, the best of all tags before it with the step between. Only none and first tags follow any tag; an inner one
/// follows its own first or itself.
fn best_before(state: &Lanes, after: &[Lanes; LANES]) -> Lanes {
    let mut best = [i16::MIN; LANES];
    let (outer, inner) = best.split_at_mut(INNER);
    for (&from, steps) in state.iter().zip(after) {
        for (best, &step) in outer.iter_mut().zip(steps) {
            *best = (*best).max(from.saturating_add(step));
        }
    }
    for (tag, best) in inner.iter_mut().enumerate() {
        let (first, itself) = (state[tag], state[tag + INNER]);
        *best =
            first.saturating_add(after[tag][tag + INNER]).max(itself.saturating_add(after[tag + INNER][tag + INNER]));
    }
    best
}

/// By tag, the best of all tags behind it with the step between.
fn best_behind(state: &Lanes, before: &[Lanes; LANES]) -> Lanes {
    let mut best = [i16::MIN; LANES];
    for (&to, steps) in state.iter().zip(before).take(INNER) {
        for (best, &step) in best.iter_mut().zip(steps) {
            *best = (*best).max(to.saturating_add(step));
        }
    }
    for tag in 0..INNER {
        let (to, steps) = (state[tag + INNER], &before[tag + INNER]);
        best[tag] = best[tag].max(to.saturating_add(steps[tag]));
        best[tag + INNER] = best[tag + INNER].max(to.saturating_add(steps[tag + INNER]));
    }
    best
}

fn top(lanes: &Lanes) -> i16 {
    lanes.iter().copied().fold(i16::MIN, i16::max)
}

/// The greatest number of some tags.
fn top_of(lanes: &Lanes, tags: u16) -> i16 {
    let of = |(tag, &lane): (usize, &i16)| if tags >> tag & 1 != 0 { lane } else { i16::MIN };
    lanes.iter().enumerate().map(of).fold(i16::MIN, i16::max)
}

/// The tags of somebody: of every part but a unit.
const SOMEBODY: u16 = TAGS & !0b0000_0010_0000_0011;
/// The tags of the parts that stand for no full name.
const UNNAMED: u16 = 0b0111_0000_0111_0000;

/// Takes the best from all, so that the numbers of a long text stay small.
fn level(lanes: &mut Lanes) {
    let top = top(lanes);
    for lane in lanes {
        *lane = lane.saturating_sub(top);
    }
}

/// The first tag with the greatest number.
fn greatest(lanes: &Lanes) -> usize {
    let top = top(lanes);
    lanes.iter().position(|&lane| lane == top).unwrap_or(0)
}

/// Puts the tag of a character before the pieces that were found behind it: an open one begins further left.
fn put(pieces: &mut Vec<Piece>, open: bool, at: usize, tag: usize, (margin, presence): (i16, i16)) {
    let Some(&part) = (tag % INNER).checked_sub(1).and_then(|part| PARTS.get(part)) else { return };
    match pieces.last_mut() {
        Some(last) if open && last.part == part => {
            last.start = at;
            last.margin = last.margin.min(margin);
            // A reading without it is without every one of its characters.
            last.presence = last.presence.max(presence);
        }
        _ => pieces.push(Piece { part, start: at, end: at + 1, margin, presence }),
    }
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
        let known = u32::from_le_bytes([BYTES[4], BYTES[5], BYTES[6], BYTES[7]]) as usize;
        assert_eq!(BYTES.len(), 8 + 4 * known + (LANES + PLAIN + known * BLOCK) * LANES + 2 * WEIGHTS);
    }
}
