//! The learned model: what every sign says for and against every tag, and which tag follows which; and the best
//! tags of a text under it, with how sure they are. Whole numbers throughout, so that every machine reads alike.

use std::sync::LazyLock;

use super::signs::{CLASSES, KINDS, PLAIN, ROWS, Signs, WAYS};

/// Numbers in a row of the model, one for each tag; three of the sixteen are spare.
pub(crate) const LANES: usize = 16;
/// Tags that a character can bear: none, and two for every part.
pub(crate) const TAGS: usize = 13;

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
    1 + 2 * part as u8 + u8::from(!first)
}

/// Whether a tag may follow another: before an inner tag stands only its part's first or itself.
pub(crate) fn follows(before: usize, after: usize) -> bool {
    after == 0 || after % 2 == 1 || before == after || before + 1 == after
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

/// The weights, laid out for reading.
pub(crate) struct Model {
    rows: Vec<[i8; LANES]>,
    /// For every way of lying in words and every eight classes, the sums of all their combinations.
    words: Vec<Lanes>,
    /// By tag, what every tag after it adds; and by tag, what every tag before it adds.
    after: [Lanes; LANES],
    before: [Lanes; LANES],
    /// What the first character of a text and the last one add.
    first: Lanes,
    last: Lanes,
}

/// Nothing that is forbidden is ever read.
const NEVER: i16 = -20_000;
/// Somebody without a full name is overlooked more easily than invented: the first tags of these parts get so much
/// more. Chosen on records left out of the learning.
const FAVOUR: [(Part, i16); 2] = [(Part::Role, 12), (Part::Nobody, 12)];

impl Model {
    /// The model that these bytes hold: a row for the steps from each tag, then the rows of the signs.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Model {
        let mut lanes = bytes.as_chunks::<LANES>().0.iter().map(|row| row.map(|byte| i8::from_ne_bytes([byte])));
        let steps: Vec<[i8; LANES]> = lanes.by_ref().take(LANES).collect();
        let mut rows: Vec<[i8; LANES]> = lanes.collect();
        rows.resize(ROWS, [0; LANES]);
        let (mut after, mut before, mut first) = ([[NEVER; LANES]; LANES], [[NEVER; LANES]; LANES], [NEVER; LANES]);
        for (from, row) in steps.iter().enumerate().take(TAGS) {
            for (to, &step) in row.iter().enumerate().take(TAGS) {
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
            for from in 0..TAGS {
                after[from][to] = after[from][to].saturating_add(more);
                before[to][from] = before[to][from].saturating_add(more);
            }
            first[to] = first[to].saturating_add(more);
        }
        let words = combinations(&rows);
        let mut last = before[0];
        level(&mut last);
        Model { rows, words, after, before, first, last }
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
        signs.kinds(at).for_each(|row| self.add_row(&mut node, row));
        signs.shared(at, |row| self.add_row(&mut node, row));
        node
    }

    fn add_row(&self, node: &mut Lanes, row: usize) {
        if let Some(row) = self.rows.get(row) {
            for (sum, &weight) in node.iter_mut().zip(row) {
                *sum = sum.saturating_add(i16::from(weight));
            }
        }
    }

    /// The likeliest parts of a text; where it is closed, there are none.
    pub(super) fn read(&self, signs: &Signs, closed: &[bool]) -> Reading {
        let length = signs.len();
        let is_closed = |at: usize| closed.get(at).copied().unwrap_or(false);
        let nothing: Lanes = std::array::from_fn(|tag| if tag == 0 { 0 } else { NEVER });
        // Forwards: by the tag of each character, the best of any reading up to it, less the best of all.
        let mut nodes: Vec<Lanes> = Vec::with_capacity(length);
        let mut forward: Vec<Lanes> = Vec::with_capacity(length);
        for at in 0..length {
            let node = if is_closed(at) { nothing } else { self.node(signs, at) };
            let mut state = match at.checked_sub(1) {
                // Behind a closed character every reading begins anew.
                Some(before) if is_closed(before) => self.after[0],
                Some(before) => forward.get(before).map_or(self.first, |state| best_of(state, &self.after)),
                None => self.first,
            };
            add(&mut state, &node);
            level(&mut state);
            nodes.push(node);
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
            let margin = best.saturating_sub(top(&without(whole, tag, tag)));
            // The tags beyond a unit's are those of somebody.
            reading.nearest = reading.nearest.min(best.saturating_sub(top(&without(whole, 0, 2))));
            // Which of the parts that stand for no full name it is, and where it ends, is all one.
            let kind = if tag > 6 { (7, TAGS - 1) } else { (tag, tag) };
            let presence = best.saturating_sub(top(&without(whole, kind.0, kind.1)));
            put(&mut reading.pieces, open, at, tag, (margin, presence));
            open = tag > 0 && tag.is_multiple_of(2);
            add(&mut behind, node);
            behind = best_of(&behind, &self.before);
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

/// By tag, the best of all tags on the one side of it with the step between.
fn best_of(state: &Lanes, steps: &[Lanes; LANES]) -> Lanes {
    let mut best = [i16::MIN; LANES];
    for (&from, steps) in state.iter().zip(steps).take(TAGS) {
        for (best, &step) in best.iter_mut().zip(steps) {
            *best = (*best).max(from.saturating_add(step));
        }
    }
    best
}

fn top(lanes: &Lanes) -> i16 {
    lanes.iter().take(TAGS).copied().fold(i16::MIN, i16::max)
}

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

/// The numbers with those of some tags put out.
fn without(mut lanes: Lanes, from: usize, to: usize) -> Lanes {
    for (tag, lane) in lanes.iter_mut().enumerate() {
        if (from..=to).contains(&tag) {
            *lane = i16::MIN;
        }
    }
    lanes
}

/// Puts the tag of a character before the pieces that were found behind it: an open one begins further left.
fn put(pieces: &mut Vec<Piece>, open: bool, at: usize, tag: usize, (margin, presence): (i16, i16)) {
    let Some(&part) = tag.checked_sub(1).and_then(|tag| PARTS.get(tag / 2)) else { return };
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

/// The bytes of the built-in model. Those of other signs would be read without a word, and wrongly: so the program
/// does not build with them, though the learning, which makes the right ones, does.
const BYTES: &[u8] = include_bytes!("../../../checklists/lexicon/persons.model");
#[cfg(not(feature = "doors"))]
const _: () = assert!(BYTES.len() == (LANES + ROWS) * LANES, "the model is not of these signs: learn it anew");

static BUILT_IN: LazyLock<Model> = LazyLock::new(|| Model::from_bytes(BYTES));

/// The model that the program is built with.
pub(crate) fn built_in() -> &'static Model {
    &BUILT_IN
}
