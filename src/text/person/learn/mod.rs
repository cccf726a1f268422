//! The learning of the model from labelled cells, and its course: `cargo run --release --example learn --features doors`.
//! The same records give the same bytes on every machine: plain sums and products in a fixed order, no clock, no chance.

mod lesson;
mod vary;
mod weights;

use super::model::LANES;
use crate::text::lexicon::Lexicon;

use lesson::Seen;
pub(crate) use lesson::{Labelled, Lesson};
use vary::{Draw, Stock};
use weights::Weights;

/// Times through all lessons.
const ROUNDS: usize = 18;
/// The last rounds go in smaller steps.
const SLOW: usize = 3;
/// Of a hundred signs so many are left out at random, lest the model lean on any one.
const LEFT_OUT: usize = 10;
/// What a weight of one becomes in the model's whole numbers.
const SCALE: f32 = 16.0;

/// Learns a model: its bytes, as `checklists/lexicon/persons.model` holds them.
pub(crate) fn learn(lessons: &[Lesson]) -> Vec<u8> {
    let words = Lexicon::default();
    let stock = Stock::new(lessons);
    let mut weights = Weights::default();
    // The mean over the later half of the rounds is steadier than where the last step ended.
    let mut mean = Weights::default();
    let mut draw = Draw::default();
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    for round in 0..ROUNDS {
        draw.shuffle(&mut order);
        let rate = if round + SLOW >= ROUNDS { 0.4 } else { 1.0 };
        for lesson in order.iter().filter_map(|&index| lessons.get(index)) {
            // First as it is written, later mostly with other names, posts and places.
            let as_written = round == 0 || draw.below(4) == 0;
            let mut seen = if as_written {
                Seen::new(lesson, &words)
            } else {
                Seen::new(&vary::varied(lesson, &stock, &mut draw), &words)
            };
            seen.forget(|| draw.below(100) < LEFT_OUT);
            weights.step(&seen, rate);
        }
        if round * 2 >= ROUNDS {
            mean.join(&weights);
        }
    }
    let most = 1.0 / (ROUNDS - ROUNDS.div_ceil(2)) as f32;
    let whole = |weight: f32| {
        let weight = (weight * most * SCALE).round().clamp(-127.0, 127.0);
        #[expect(clippy::cast_possible_truncation, reason = "a whole number that is clamped to the type's range")]
        let weight = weight as i8;
        weight.to_ne_bytes()[0]
    };
    let rows = mean.steps().iter().chain(mean.rows());
    let mut bytes = Vec::with_capacity((mean.rows().len() + LANES) * LANES);
    rows.for_each(|row| bytes.extend(row.iter().map(|&weight| whole(weight))));
    bytes
}
