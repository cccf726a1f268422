//! The learning of the screen: which characters can be no part of a mention, by a sum that lets hardly any that is one
//! go by.

use super::lesson::Seen;
use super::weights::exp;
use crate::text::person::screen::WEIGHTS;

const RATE: f32 = 0.1;
const DECAY: f32 = 0.0005;
/// What a weight of one becomes in the screen's whole numbers.
const SCALE: f32 = 16.0;
/// Of so many characters of mentions one may go by, judged by the sums met in the last round of its learning; those right
/// beside one that is let through are let through too.
const LOST: usize = 400;
/// Of so many mentions, as far as the labels tell where one ends, one may go by because nothing of it is firm.
const UNFIRM: usize = 200;

/// The weights that grow.
pub(super) struct Sieve {
    weights: Vec<f32>,
    moved: Vec<f32>,
    /// The last sums of characters that are part of mentions, as they were met.
    sums: Vec<i16>,
    /// By mention, the greatest of those sums.
    tops: Vec<i16>,
}

impl Sieve {
    pub(super) fn new() -> Sieve {
        Sieve { weights: vec![0.0; WEIGHTS], moved: vec![0.0; WEIGHTS], sums: Vec::new(), tops: Vec::new() }
    }

    /// Forgets the sums that were met.
    pub(super) fn begin(&mut self) {
        self.sums.clear();
        self.tops.clear();
    }

    /// One step towards what the labels of a lesson say.
    pub(super) fn step(&mut self, seen: &Seen) {
        // The greatest sum of the mention that a place is in.
        let mut top: Option<i16> = None;
        for ((signs, allowed), closed) in seen.screened.iter().zip(&seen.allowed).zip(&seen.closed) {
            let part = allowed & 1 == 0;
            if *closed || *allowed == 1 {
                self.tops.extend(top.take());
            }
            if *closed || *allowed != 1 && !part {
                continue;
            }
            let sum: f32 = signs.iter().map(|&sign| self.weights[sign]).sum();
            if part {
                let sum = whole(sum);
                self.sums.push(sum);
                top = top.max(Some(sum));
            }
            let change = f32::from(u8::from(part)) - 1.0 / (1.0 + exp(-sum));
            if change.abs() < 0.001 {
                continue;
            }
            for &sign in signs {
                let gradient = change - DECAY * self.weights[sign];
                self.moved[sign] += gradient * gradient;
                self.weights[sign] += RATE * gradient / (self.moved[sign].sqrt() + 0.1);
            }
        }
        self.tops.extend(top);
    }

    /// The screen as the model holds it.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        let weights = self.weights.iter().map(|weight| super::whole(weight * SCALE).to_ne_bytes()[0]);
        let mut bytes: Vec<u8> = weights.collect();
        for (sums, lost) in [(&mut self.sums, LOST), (&mut self.tops, UNFIRM)] {
            sums.sort_unstable();
            bytes.extend(sums.get(sums.len() / lost).copied().unwrap_or(i16::MIN).to_le_bytes());
        }
        bytes
    }
}

fn whole(sum: f32) -> i16 {
    #[expect(clippy::cast_possible_truncation, reason = "a whole number that is clamped to the type's range")]
    let whole = (sum * SCALE).round().clamp(-30_000.0, 30_000.0) as i16;
    whole
}
