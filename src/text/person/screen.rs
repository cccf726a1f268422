//! Which characters can be part of a mention at all: a small learned sum over what is seen at first sight. Most
//! characters of a text cannot, and are not looked at further.

use super::Stretch;
use super::signs::{CLASSES, KINDS, PLAIN, Signs, WAYS};

/// Pairs of characters share so many weights by their hash.
const BITS: u32 = 15;
const PAIRS: usize = 1 << BITS;
/// A pair speaks for the character before it, its own two and the one behind.
const REACH: usize = 4;
/// Weights of the screen: those of the pairs, then those of the signs that tell for themselves.
pub(super) const WEIGHTS: usize = PAIRS * REACH + PLAIN;
/// Bytes of the screen in a model: its weights, the least sum of what may be part of a mention, and the least that some
/// part of nearly every mention has.
pub(super) const BYTES: usize = WEIGHTS + 4;

/// The weights, laid out for reading.
pub(super) struct Screen {
    pairs: Vec<[i8; REACH]>,
    /// What every set of kinds says.
    kinds: Vec<i16>,
    /// For every way of lying in words and every eight classes, what every set of them says.
    words: Vec<i16>,
    /// The least sum of what passes, and of what a run that stays open holds somewhere.
    least: i16,
    firm: i16,
}

impl Screen {
    /// The screen that some bytes of a model hold; too few of them let everything through.
    pub(super) fn from_bytes(bytes: &[u8]) -> Screen {
        let signed = |byte: &u8| i8::from_ne_bytes([*byte]);
        let (weights, sums) = bytes.split_at(bytes.len().min(WEIGHTS));
        let sum = |part: usize| sums.as_chunks().0.get(part).map_or(i16::MIN, |bytes| i16::from_le_bytes(*bytes));
        let (pairs, plain) = weights.split_at(weights.len().min(PAIRS * REACH));
        let mut pairs: Vec<[i8; REACH]> =
            pairs.as_chunks::<REACH>().0.iter().map(|chunk| chunk.each_ref().map(signed)).collect();
        pairs.resize(PAIRS, [0; REACH]);
        let mut plain: Vec<i16> = plain.iter().map(|byte| i16::from(signed(byte))).collect();
        plain.resize(PLAIN, 0);
        let (kinds, words) = plain.split_at(KINDS);
        Screen {
            pairs,
            kinds: sets(kinds).collect(),
            words: words.chunks(8).flat_map(sets).collect(),
            least: sum(0),
            firm: sum(1),
        }
    }

    /// Closes every character that can be no part of a mention: what passes with the characters right beside it stays open,
    /// where something of it is firm.
    pub(super) fn close(&self, signs: &Signs, closed: &mut [bool]) {
        let sum = |at: usize| if at < signs.len() { self.sum(signs, at) } else { i16::MIN };
        let (mut before, mut here) = (i16::MIN, sum(0));
        // Where the open run begins that a place is in, and whether anything of it is firm.
        let (mut from, mut firm) = (0, false);
        for at in 0..closed.len() {
            let behind = sum(at + 1);
            closed[at] |= before.max(here).max(behind) < self.least;
            if closed[at] {
                close_run(firm, closed, (from, at));
                (from, firm) = (at + 1, false);
            } else {
                firm |= here >= self.firm;
            }
            (before, here) = (here, behind);
        }
        close_run(firm, closed, (from, closed.len()));
    }

    /// What speaks for a character to be part of a mention.
    fn sum(&self, signs: &Signs, at: usize) -> i16 {
        let mut sum = self.kinds.get(signs.kinds(at)).copied().unwrap_or_default();
        for (way, classes) in signs.words(at).into_iter().enumerate().filter(|(_, classes)| *classes != 0) {
            for (part, byte) in classes.to_le_bytes().into_iter().enumerate() {
                sum += self.words.get((way * PARTS + part) * 256 + usize::from(byte)).copied().unwrap_or_default();
            }
        }
        for (reach, pair) in pairs(signs, at).into_iter().enumerate() {
            sum += i16::from(self.pairs[pair][reach]);
        }
        sum
    }
}

/// Closes a run unless some of it is firm.
fn close_run(firm: bool, closed: &mut [bool], (from, to): Stretch) {
    if !firm {
        closed.get_mut(from..to).into_iter().for_each(|run| run.fill(true));
    }
}

/// Sets of classes are summed eight classes at a time.
const PARTS: usize = CLASSES / 8;
// The greatest sum of all weights of a place fits its type.
const _: () = assert!(PLAIN == KINDS + WAYS * CLASSES && (PLAIN + REACH) * 128 <= i16::MAX as usize);

/// The pairs around a place, as numbers under `PAIRS`: the one before, those that it ends and begins, the one behind.
fn pairs(signs: &Signs, at: usize) -> [usize; REACH] {
    let c = |offset: isize| signs.character(at, offset);
    [-2, -1, 0, 1].map(|offset| {
        let key = c(offset).wrapping_mul(0x9e37_79b9) ^ c(offset + 1).wrapping_mul(0x85eb_ca6b);
        (key.wrapping_mul(0xc2b2_ae35) >> (32 - BITS)) as usize
    })
}

/// Calls `weight` with the number of every weight of a place.
#[cfg(any(test, feature = "doors"))]
pub(super) fn weights(signs: &Signs, at: usize, mut weight: impl FnMut(usize)) {
    for (reach, pair) in pairs(signs, at).into_iter().enumerate() {
        weight(pair * REACH + reach);
    }
    signs.plain_rows(at, |row| weight(PAIRS * REACH + row));
}

/// What every set of some weights says, by the number whose bits are its members.
fn sets(weights: &[i16]) -> impl Iterator<Item = i16> {
    (0..1usize << weights.len())
        .map(|set| weights.iter().enumerate().filter(|(at, _)| set >> at & 1 != 0).map(|(_, weight)| weight).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::Folded;
    use crate::text::lexicon::{Hits, Lexicon};

    #[test]
    fn what_stands_beside_what_passes_stays_open_where_some_of_it_is_firm_and_all_else_is_closed() {
        let text = Folded::new("二二二会二二");
        let signs = Signs::see(&text, &Hits::find(&text, &Lexicon::default()));
        // Only the pair that 会 begins speaks for it.
        let mut bytes = vec![0; BYTES];
        bytes[pairs(&signs, 3)[2] * REACH + 2] = 9;
        bytes[WEIGHTS] = 9;
        let closed_by = |bytes: &[u8]| {
            let mut closed = vec![false; text.len()];
            Screen::from_bytes(bytes).close(&signs, &mut closed);
            closed
        };
        for (firm, open) in [(9, true), (10, false)] {
            bytes[WEIGHTS + 2] = firm;
            assert_eq!(closed_by(&bytes), [true, true, !open, !open, !open, true], "{firm}");
        }
        // Of a screen that is cut off nothing is closed.
        assert_eq!(closed_by(&bytes[..WEIGHTS]), [false; 6]);
    }

    #[test]
    fn a_sum_is_that_of_the_weights_of_its_place() {
        let text = Folded::new("2026年3月5日，大坪村会计唐国强未公示(账目)。");
        let signs = Signs::see(&text, &Hits::find(&text, &Lexicon::default()));
        let bytes: Vec<u8> = (0..BYTES).map(|at| (at * 37 % 251) as u8).collect();
        let screen = Screen::from_bytes(&bytes);
        for at in 0..text.len() {
            let mut sum = 0;
            weights(&signs, at, |weight| sum += i16::from(i8::from_ne_bytes([bytes[weight]])));
            assert_eq!(screen.sum(&signs, at), sum, "{at}");
        }
    }
}
