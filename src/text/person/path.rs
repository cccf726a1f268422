//! The best tags of a text under the model, with how sure they are.

use super::Stretch;
use super::model::{INNER, LANES, NEVER, PARTS, Part, Piece, Reading, TAGS};
use super::rows::{Among, Lanes, Rows, sum};
use super::signs::Signs;

/// What the steps from tag to tag add. None and the first tags follow any tag; an inner one follows its own first or
/// itself.
pub(super) struct Steps {
    /// By tag, what each none and first tag after it adds.
    after: [[i16; INNER]; LANES],
    /// By tag, what every tag before it adds.
    before: [Lanes; LANES],
    /// By part, what the step from its first tag to its inner one adds, and from the inner one to itself.
    enter: [i16; INNER],
    stay: [i16; INNER],
    /// What the first character of a text adds, and what follows one before a closed one.
    first: Lanes,
    last: Lanes,
    /// Where no tag is over this, the best before whatever is not inner is none.
    quiet: Lanes,
    /// Where no first tag is so far over none, the best behind whatever its own inner tag does not follow is none.
    calm: [i16; INNER],
}

impl Steps {
    /// By tag, what each step to another adds; and what the first character of a text does.
    pub(super) fn new(steps: &[[i16; LANES]; LANES], first: &[i16; LANES]) -> Steps {
        let before = std::array::from_fn(|to| Lanes::of(&std::array::from_fn(|from| steps[from][to])));
        let mut last: Lanes = before[0];
        last.level();
        let least = |from: usize| (0..INNER).map(|to| steps[0][to].saturating_sub(steps[from][to])).min().unwrap_or(0);
        let used = || (0..LANES).filter(|from| TAGS & 1 << from != 0);
        let least_over =
            |to: usize| used().map(|from| steps[from][0].saturating_sub(steps[from][to])).min().unwrap_or(0);
        Steps {
            after: std::array::from_fn(|from| std::array::from_fn(|to| steps[from][to])),
            before,
            enter: std::array::from_fn(|part| steps[part][part + INNER]),
            stay: std::array::from_fn(|part| steps[part + INNER][part + INNER]),
            first: Lanes::of(first),
            last,
            quiet: Lanes::of(&std::array::from_fn(|from| if from == 0 { i16::MAX } else { least(from) })),
            calm: std::array::from_fn(|to| if to == 0 { i16::MAX } else { least_over(to) }),
        }
    }

    /// What the character behind a closed one adds.
    fn anew(&self) -> Lanes {
        Lanes { outer: self.after[0], inner: [NEVER; INNER] }
    }

    /// By tag, the best of all tags before it with the step between.
    #[inline(always)]
    fn best_before(&self, state: &Lanes) -> Lanes {
        let inner = larger(&sum(&state.outer, &self.enter), &sum(&state.inner, &self.stay));
        // Levelled as it is, nothing is over nothing: where that is none, and all else far behind, none it is.
        if state.outer[0] == 0 && !over(state, &self.quiet) {
            return Lanes { outer: self.after[0], inner };
        }
        let mut outer = [i16::MIN; INNER];
        for (from, steps) in state.outer.iter().chain(&state.inner).zip(&self.after) {
            outer = larger(&outer, &sum(&[*from; INNER], steps));
        }
        Lanes { outer, inner }
    }

    /// By tag, the best of all tags behind it with the step between.
    #[inline(always)]
    fn best_behind(&self, state: &Lanes) -> Lanes {
        let mut best = Lanes { outer: sum(&state.inner, &self.enter), inner: sum(&state.inner, &self.stay) };
        let none = state.outer[0];
        let over = state.outer.iter().zip(&self.calm).fold(false, |over, (a, b)| over | (a.saturating_sub(none) > *b));
        let behind = if over { &self.before[..INNER] } else { &self.before[..1] };
        for (to, steps) in state.outer.iter().zip(behind) {
            best.outer = larger(&best.outer, &sum(&[*to; INNER], &steps.outer));
            best.inner = larger(&best.inner, &sum(&[*to; INNER], &steps.inner));
        }
        best
    }
}

#[inline(always)]
fn larger(a: &[i16; INNER], b: &[i16; INNER]) -> [i16; INNER] {
    std::array::from_fn(|lane| a[lane].max(b[lane]))
}

/// Whether any lane is over that of the bounds.
#[inline(always)]
fn over(lanes: &Lanes, bounds: &Lanes) -> bool {
    let over = |a: &[i16; INNER], b: &[i16; INNER]| a.iter().zip(b).fold(false, |over, (a, b)| over | (a > b));
    over(&lanes.outer, &bounds.outer) | over(&lanes.inner, &bounds.inner)
}

/// The likeliest parts of a text; where it is closed, there are none.
pub(super) fn read(rows: &Rows, steps: &Steps, signs: &Signs, closed: &[bool]) -> Reading {
    // What is closed cuts the text into stretches that say nothing about each other.
    let mut from = 0;
    let stretches = closed.split(|&closed| closed).map(|stretch| {
        let start = from;
        from += stretch.len() + 1;
        (start, start + stretch.len())
    });
    let stretches: Vec<Stretch> = stretches.filter(|(from, to)| from < to).collect();
    let mut path = Path::new(rows, steps, signs, &stretches);
    let mut pieces = Vec::new();
    for &stretch in &stretches {
        // How sure it is that a stretch is nothing is asked only where nobody is read anywhere.
        if path.choose(stretch) {
            path.put(stretch, &mut pieces);
        }
    }
    let somebody = pieces.iter().any(|piece| piece.part != Part::Unit);
    let nearest = || stretches.iter().map(|&stretch| path.nearest(stretch)).min();
    let nearest = if somebody { 0 } else { nearest().unwrap_or(i16::MAX) };
    Reading { pieces, nearest }
}

/// A text on its way to a reading.
struct Path<'a> {
    steps: &'a Steps,
    /// By character, what its signs say for every tag.
    nodes: Vec<Lanes>,
    /// By tag of each character, the best of any reading of its stretch up to it, less the best of all.
    forward: Vec<Lanes>,
    /// The best tags.
    tags: Vec<u8>,
}

impl<'a> Path<'a> {
    fn new(rows: &Rows, steps: &'a Steps, signs: &Signs, stretches: &[Stretch]) -> Path<'a> {
        let length = signs.len();
        let (mut nodes, mut forward) = (Vec::with_capacity(length), Vec::with_capacity(length));
        for &(from, to) in stretches {
            nodes.resize(from, Lanes::default());
            forward.resize(from, Lanes::default());
            // Behind what is closed every reading begins anew.
            let mut state = if from == 0 { steps.first } else { steps.anew() };
            for at in from..to {
                let node = rows.node(signs, at);
                if at > from {
                    state = steps.best_before(&state);
                }
                state.add(&node);
                state.level();
                nodes.push(node);
                forward.push(state);
            }
        }
        Path { steps, nodes, forward, tags: vec![0; length] }
    }

    /// Whether anything follows a place, be it closed.
    fn goes_on(&self, at: usize) -> bool {
        at + 1 < self.tags.len()
    }

    /// The best tags of a stretch; whether any is one of a part.
    fn choose(&mut self, (from, to): Stretch) -> bool {
        let (mut chosen, mut any) = (0, false);
        for at in (from..to).rev() {
            let Some(mut ways) = self.forward.get(at).copied() else { continue };
            if self.goes_on(at) {
                ways.add(&self.steps.before[chosen]);
            }
            chosen = ways.greatest();
            any |= chosen > 0;
            if let Some(tag) = self.tags.get_mut(at) {
                *tag = u8::try_from(chosen).unwrap_or(0);
            }
        }
        any
    }

    /// Calls `each`, from the last to the first, with every place of a stretch, its tag, and by tag the best reading of
    /// the stretch in which it bears that one.
    #[inline(always)]
    fn backwards(&self, (from, to): Stretch, mut each: impl FnMut(usize, usize, &Lanes)) {
        // The best of what follows each character, by its tag; before a closed one only the step to none is left.
        let mut behind = if self.goes_on(to - 1) { self.steps.last } else { Lanes::default() };
        let stretch = (self.forward.get(from..to), self.nodes.get(from..to), self.tags.get(from..to));
        let (Some(forward), Some(nodes), Some(tags)) = stretch else { return };
        for (at, ((here, node), &tag)) in (from..to).zip(forward.iter().zip(nodes).zip(tags)).rev() {
            let mut whole = *here;
            whole.add(&behind);
            each(at, usize::from(tag), &whole);
            behind.add(node);
            behind = self.steps.best_behind(&behind);
            behind.level();
        }
    }

    /// By how much the best reading in which somebody is mentioned falls short of the chosen one.
    fn nearest(&self, stretch: Stretch) -> i16 {
        let mut nearest = i16::MAX;
        self.backwards(stretch, |_, tag, whole| {
            nearest = nearest.min(whole.at(tag).saturating_sub(whole.top_of(&SOMEBODY)));
        });
        nearest
    }

    /// Puts the pieces of a stretch behind those before it.
    fn put(&self, stretch: Stretch, pieces: &mut Vec<Piece>) {
        let first = pieces.len();
        let mut open = false;
        self.backwards(stretch, |at, tag, whole| {
            if let Some(&part) = (tag % INNER).checked_sub(1).and_then(|part| PARTS.get(part)) {
                let best = whole.at(tag);
                let margin = best.saturating_sub(whole.top_of(&OTHERS[tag]));
                // Which of the parts that stand for no full name it is, and where it ends, is all one.
                let other = if UNNAMED & 1 << tag != 0 { &NAMED } else { &OTHERS[tag] };
                let presence = best.saturating_sub(whole.top_of(other));
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
            // Before an inner tag its piece goes on.
            open = tag >= INNER;
        });
        pieces[first..].reverse();
    }
}

/// The tags of somebody: of every part but a unit.
const SOMEBODY: Among = Among::of(TAGS & !0b0000_0010_0000_0011);
/// The tags of the parts that stand for no full name.
const UNNAMED: u16 = 0b0111_0000_0111_0000;
/// All others.
const NAMED: Among = Among::of(!UNNAMED);
/// By tag, all others.
static OTHERS: [Among; LANES] = others();

const fn others() -> [Among; LANES] {
    let mut others = [NAMED; LANES];
    let mut tag = 0;
    while tag < LANES {
        others[tag] = Among::of(!(1 << tag));
        tag += 1;
    }
    others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::person::model::follows;

    /// Steps and states of all sizes.
    fn numbers() -> impl Iterator<Item = i16> {
        (1u32..).map(|step| i16::try_from(step.wrapping_mul(2_654_435_761) >> 24).unwrap_or(0) - 128)
    }

    #[test]
    fn where_none_is_far_ahead_the_short_ways_give_the_same() {
        let mut numbers = numbers();
        let mut draw = || numbers.next().unwrap_or(0);
        for _ in 0..500 {
            let mut allowed = [[NEVER; LANES]; LANES];
            for (from, row) in allowed.iter_mut().enumerate() {
                for (_, step) in row.iter_mut().enumerate().filter(|&(to, _)| follows(from, to)) {
                    *step = draw();
                }
            }
            let steps = Steps::new(&allowed, &[0; LANES]);
            for nearer in [0, 60, 130, 400] {
                let mut state = Lanes::of(&std::array::from_fn(|tag| if tag == 0 { 0 } else { draw() - nearer }));
                state.level();
                let best = steps.best_before(&state);
                for (to, column) in (0..LANES).map(|to| (to, allowed.map(|row| row[to]))) {
                    let all = column.iter().enumerate().map(|(from, step)| state.at(from).saturating_add(*step));
                    assert_eq!(best.at(to).max(-5_000), all.max().unwrap_or(0).max(-5_000), "{to}");
                }
                let best = steps.best_behind(&state);
                for (from, row) in allowed.iter().enumerate().filter(|(from, _)| TAGS & 1 << from != 0) {
                    let all = row.iter().enumerate().map(|(to, step)| state.at(to).saturating_add(*step));
                    assert_eq!(best.at(from).max(-5_000), all.max().unwrap_or(0).max(-5_000), "{from}");
                }
            }
        }
    }
}
