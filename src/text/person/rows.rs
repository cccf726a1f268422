//! What the signs of a place say for every tag: the rows of the model, laid out so that their sum costs little.

use super::model::{INNER, LANES};
use super::signs::{BLOCK, CLASSES, KINDS, SHARED, Signs, WAYS};

/// A number for the first half of the tags, and one for the second: none and the first characters of the parts, and
/// the others.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lanes {
    pub outer: [i16; INNER],
    pub inner: [i16; INNER],
}

impl Lanes {
    pub(super) fn of(lanes: &[i16; LANES]) -> Lanes {
        let half = |from: usize| std::array::from_fn(|lane| lanes[from + lane]);
        Lanes { outer: half(0), inner: half(INNER) }
    }

    /// The number of a tag.
    pub(super) fn at(&self, tag: usize) -> i16 {
        if tag < INNER { self.outer[tag] } else { self.inner[tag - INNER] }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, more: &Lanes) {
        self.outer = sum(&self.outer, &more.outer);
        self.inner = sum(&self.inner, &more.inner);
    }

    /// The greatest number.
    #[inline(always)]
    pub(super) fn top(&self) -> i16 {
        self.outer.iter().zip(&self.inner).map(|(&outer, &inner)| outer.max(inner)).fold(i16::MIN, i16::max)
    }

    /// The greatest number of some tags.
    #[inline(always)]
    pub(super) fn top_of(&self, tags: &Among) -> i16 {
        let mut all = *self;
        all.add(&tags.0);
        all.top()
    }

    /// The first tag with the greatest number.
    pub(super) fn greatest(&self) -> usize {
        let top = self.top();
        (0..LANES).find(|&tag| self.at(tag) == top).unwrap_or(0)
    }

    /// Takes the greatest number from all, so that the numbers of a long text stay small.
    #[inline(always)]
    pub(super) fn level(&mut self) {
        let top = self.top();
        self.outer = self.outer.map(|lane| lane.saturating_sub(top));
        self.inner = self.inner.map(|lane| lane.saturating_sub(top));
    }
}

/// Some of the tags: what takes all others out of the running.
#[derive(Debug, Clone, Copy)]
pub(super) struct Among(Lanes);

impl Among {
    /// The tags that have a bit.
    pub(super) const fn of(tags: u16) -> Among {
        let mut lanes = Lanes { outer: [0; INNER], inner: [0; INNER] };
        let mut tag = 0;
        while tag < LANES {
            if tags >> tag & 1 == 0 {
                if tag < INNER { lanes.outer[tag] = i16::MIN } else { lanes.inner[tag - INNER] = i16::MIN }
            }
            tag += 1;
        }
        Among(lanes)
    }
}

/// Lane by lane, without running over.
#[inline(always)]
pub(super) fn sum(a: &[i16; INNER], b: &[i16; INNER]) -> [i16; INNER] {
    std::array::from_fn(|lane| a[lane].saturating_add(b[lane]))
}

/// The two numbers of a lane in one: the outer one in the lower half, the inner one in the upper half, both raised by
/// `RAISED` so that neither is below nothing.
type Row = [u16; INNER];
const RAISED: u16 = 128;

/// Rows that are read together, so that they come from memory together.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
struct Block([Row; BLOCK]);

/// Sums that grow: of both halves of rows together, and of the upper halves alone; the lower ones are what is left.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    both: [u16; INNER],
    upper: [u16; INNER],
}

impl Sums {
    #[inline(always)]
    fn add(&mut self, more: &Sums) {
        self.both = std::array::from_fn(|lane| self.both[lane].wrapping_add(more.both[lane]));
        self.upper = std::array::from_fn(|lane| self.upper[lane].wrapping_add(more.upper[lane]));
    }

    #[inline(always)]
    fn add_row(&mut self, row: &Row) {
        self.both = std::array::from_fn(|lane| self.both[lane].wrapping_add(row[lane]));
        self.upper = std::array::from_fn(|lane| self.upper[lane].wrapping_add(row[lane] >> 8));
    }

    /// The sums as they are, when so many rows were raised.
    #[inline(always)]
    fn lowered(&self, rows: u16) -> Lanes {
        let raised = RAISED.wrapping_mul(rows);
        let outer = |lane: usize| self.both[lane].wrapping_sub(self.upper[lane] << 8).wrapping_sub(raised);
        let inner = |lane: usize| self.upper[lane].wrapping_sub(raised);
        Lanes {
            outer: std::array::from_fn(|lane| outer(lane).cast_signed()),
            inner: std::array::from_fn(|lane| inner(lane).cast_signed()),
        }
    }

    /// What some rows of the model say together.
    fn of<'a>(rows: impl Iterator<Item = &'a [i8; LANES]>) -> Sums {
        rows.fold(Sums::default(), |mut sums, row| {
            let number = |lane: usize| i16::from(row[lane]).cast_unsigned();
            sums.add(&Sums {
                both: std::array::from_fn(|lane| number(lane).wrapping_add(number(lane + INNER) << 8)),
                upper: std::array::from_fn(|lane| number(lane + INNER)),
            });
            sums
        })
    }
}

/// The rows of a model.
pub(super) struct Rows {
    /// What the kinds of a character say, for every set of them.
    kinds: Vec<Sums>,
    /// For every way of lying in words and every eight classes, what every set of them says.
    words: Vec<Sums>,
    /// The rows of all other signs; the first block is that of a sign that is not known, and says nothing.
    blocks: Vec<Block>,
}

impl Rows {
    /// The rows of the signs of their own kind, and the others, block by block.
    pub(super) fn new(plain: &[[i8; LANES]], blocks: &[[i8; LANES]]) -> Rows {
        let (kinds, words) = plain.split_at(plain.len().min(KINDS));
        let row = |row: Option<&[i8; LANES]>| -> Row {
            std::array::from_fn(|lane| {
                let raised = |lane: usize| row.map_or(0, |row| row[lane]).cast_unsigned() ^ 0x80;
                u16::from_le_bytes([raised(lane), raised(lane + INNER)])
            })
        };
        let unknown = Block([row(None); BLOCK]);
        let known = blocks.chunks(BLOCK).map(|rows| Block(std::array::from_fn(|at| row(rows.get(at)))));
        let words = words.chunks(8).flat_map(sets).collect::<Vec<_>>();
        debug_assert_eq!(words.len(), WAYS * CLASSES / 8 * 256);
        Rows { kinds: sets(kinds).collect(), words, blocks: std::iter::once(unknown).chain(known).collect() }
    }

    /// What the signs of a place say for every tag.
    #[inline(always)]
    pub(super) fn node(&self, signs: &Signs, at: usize) -> Lanes {
        let mut sums = self.kinds.get(signs.kinds(at)).copied().unwrap_or_default();
        for (way, classes) in signs.words(at).into_iter().enumerate() {
            for (part, byte) in classes.to_le_bytes().into_iter().enumerate() {
                if let Some(more) = self.words.get((way * 4 + part) * 256 + usize::from(byte)) {
                    sums.add(more);
                }
            }
        }
        for row in signs.shared(at) {
            let row = row as usize;
            if let Some(Block(rows)) = self.blocks.get(row / BLOCK) {
                sums.add_row(&rows[row % BLOCK]);
            }
        }
        sums.lowered(SHARED as u16)
    }
}

/// What every set of some rows says, by the number whose bits are its members.
fn sets(rows: &[[i8; LANES]]) -> impl Iterator<Item = Sums> {
    let set =
        |set: usize| Sums::of(rows.iter().enumerate().filter(move |(row, _)| set >> row & 1 != 0).map(|(_, row)| row));
    (0..1usize << rows.len()).map(set)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::person::signs::PLAIN;

    #[test]
    fn sums_of_rows_are_those_of_their_numbers() {
        let mut numbers = (0..).map(|step: i32| i8::try_from((step * 37 + 11) % 255 - 127).unwrap_or(0));
        let rows: Vec<[i8; LANES]> =
            (0..BLOCK * 6).map(|_| std::array::from_fn(|_| numbers.next().unwrap_or(0))).collect();
        let laid = Rows::new(&[[0; LANES]; PLAIN], &rows);
        let mut sums = Sums::of(rows[..3].iter());
        laid.blocks.iter().flat_map(|block| &block.0).for_each(|row| sums.add_row(row));
        let lowered = sums.lowered(u16::try_from(laid.blocks.len() * BLOCK).unwrap_or(0));
        for tag in 0..LANES {
            let all = rows.iter().chain(&rows[..3]).map(|row| i16::from(row[tag])).sum::<i16>();
            assert_eq!(lowered.at(tag), all, "{tag}");
        }
    }
}
