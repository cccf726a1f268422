//! The learning of the model from labelled cells, and its course: `cargo run --release --example learn --features doors`.
//! The same records give the same bytes on every machine: plain sums and products in a fixed order, no clock, no chance.

mod choose;
mod lesson;
mod sieve;
mod vary;
mod weights;

use std::thread;

use super::keys::{Keys, MOST};
use super::model::{HEAD, LANES, Model};
use super::signs::{BLOCK, PLAIN};
use crate::text::lexicon::Lexicon;

use lesson::Seen;
pub(crate) use lesson::{Labelled, Lesson};
use sieve::Sieve;
use vary::{Draw, Stock};
use weights::Weights;

/// Times through all lessons.
const ROUNDS: usize = 30;
/// Courses through the lessons whose mean is the chain: what one of them leans on by chance is no weight of the mean.
const COURSES: u64 = 4;
/// The last rounds go in smaller steps.
const SLOW: usize = 3;
/// Of a hundred signs so many are left out at random, lest the model lean on any one.
const LEFT_OUT: usize = 20;
/// Into so many parts the lessons are cut for the choices: each is read by a chain learnt from the others.
const FOLDS: usize = 2;
/// In so many lessons at least a sign is met that the model knows.
const LEAST: usize = 2;
/// In so many rounds the screen is learnt.
const SIEVED: usize = 6;
/// After so many rounds only the blocks that say most go on, `KEPT` at the most: what says little in one county says
/// nothing in the next, and a small model is read faster.
const SIFTED: usize = 10;
/// Blocks of the chain, the greatest weight of each deciding.
const KEPT: usize = 12_000;
/// A block without a weight of so much in whole numbers is left out.
const FAINT: u8 = 4;
/// What a weight of one becomes in the model's whole numbers.
const SCALE: f32 = 16.0;

/// Learns a model: its bytes, as `checklists/lexicon/persons.model` holds them.
pub(crate) fn learn(lessons: &[Lesson]) -> Vec<u8> {
    // What the choices are learnt from is read by chains that have not learnt from it, as new texts will be.
    let (inside, outside) = (|lesson: &usize| lesson % FOLDS, lessons.iter().enumerate());
    let fold = |number: usize| -> choose::Cases {
        let (read, learnt): (Vec<_>, Vec<_>) = outside.clone().partition(|(index, _)| inside(index) == number);
        let lessons =
            |part: Vec<(usize, &Lesson)>| part.into_iter().map(|(_, lesson)| lesson.clone()).collect::<Vec<_>>();
        choose::Cases::of(&lessons(read), &Model::from_bytes(&chain(&lessons(learnt), 1)))
    };
    let mut cases = choose::Cases::default();
    let mut bytes = thread::scope(|scope| {
        let whole = scope.spawn(|| chain(lessons, COURSES));
        (0..FOLDS).for_each(|number| cases.join(fold(number)));
        whole.join().expect("no lesson stops the learning")
    });
    bytes.extend(cases.learn());
    bytes
}

/// The keys of the signs that are met in several lessons as they are written; those that are met most often come first
/// and so lie together in memory, and of too many they are kept.
fn keys(lessons: &[Lesson], words: &Lexicon) -> Vec<u32> {
    let mut met: Vec<u32> = Vec::new();
    for lesson in lessons {
        let mut here: Vec<u32> = Vec::new();
        let note = |key| {
            here.push(key);
            0
        };
        Seen::new(lesson, words, note);
        here.sort_unstable();
        here.dedup();
        met.extend(here);
    }
    met.sort_unstable();
    let often: Vec<(usize, u32)> = met.chunk_by(|a, b| a == b).map(|same| (same.len(), same[0])).collect();
    let mut least = LEAST;
    while often.iter().filter(|(times, _)| *times >= least).count() > MOST {
        least += 1;
    }
    let mut kept: Vec<(usize, u32)> = often.into_iter().filter(|(times, _)| *times >= least).collect();
    kept.sort_by_key(|&(times, key)| (std::cmp::Reverse(times), key));
    kept.into_iter().map(|(_, key)| key).collect()
}

/// Learns the chain of tags: the mean of so many courses through the lessons, each in another order and with other words.
fn chain(lessons: &[Lesson], courses: u64) -> Vec<u8> {
    let words = Lexicon::default();
    let keys = keys(lessons, &words);
    let known = Keys::new(&keys);
    let go = |number: u64, sieve| course(lessons, &words, (&keys, &known), Draw::new(number), sieve);
    let mut sieve = Sieve::new();
    let mut mean = thread::scope(|scope| {
        let go = &go;
        let others: Vec<_> = (1..courses).map(|number| scope.spawn(move || go(number, None))).collect();
        // One screen is enough: it is learnt beside the first course.
        let mut mean = go(0, Some(&mut sieve));
        for other in others {
            mean.join(&other.join().expect("no lesson stops the learning"));
        }
        mean
    });
    // Each course gives the sum over its later half.
    let most = 1.0 / ((ROUNDS - ROUNDS.div_ceil(2)) as u64 * courses) as f32;
    sift(&mut mean);
    let whole = |row: &[f32; LANES]| row.map(|weight| whole(weight * most * SCALE));
    let (plain, blocks) = mean.rows().split_at(PLAIN);
    // A sign that says hardly anything is not worth its place.
    let blocks = blocks.chunks(BLOCK).skip(1).map(|block| block.iter().map(whole).collect::<Vec<_>>());
    let kept: Vec<(u32, Vec<[i8; LANES]>)> = keys
        .iter()
        .copied()
        .zip(blocks)
        .filter(|(_, block)| block.iter().flatten().any(|weight| weight.unsigned_abs() >= FAINT))
        .collect();
    let mut bytes = HEAD.to_vec();
    bytes.extend(sieve.bytes());
    bytes.extend(u32::try_from(kept.len()).unwrap_or(0).to_le_bytes());
    kept.iter().for_each(|(key, _)| bytes.extend(key.to_le_bytes()));
    let blocks = kept.into_iter().flat_map(|(_, block)| block);
    let rows = mean.steps().iter().map(whole).chain(plain.iter().map(whole)).chain(blocks);
    rows.for_each(|row| bytes.extend(row.map(|weight| weight.to_ne_bytes()[0])));
    bytes
}

/// One course through the lessons: the weights of its later rounds together, which are steadier than where the last step
/// ended; the screen is learnt beside it where one is wanted.
fn course(
    lessons: &[Lesson],
    words: &Lexicon,
    (keys, known): (&[u32], &Keys),
    mut draw: Draw,
    mut sieve: Option<&mut Sieve>,
) -> Weights {
    let stock = Stock::new(lessons);
    let rows = PLAIN + (keys.len() + 1) * BLOCK;
    let (mut weights, mut mean) = (Weights::new(rows), Weights::new(rows));
    let mut order: Vec<usize> = (0..lessons.len()).collect();
    let mut loud = vec![true; keys.len() + 1];
    for round in 0..ROUNDS {
        if round == SIFTED {
            loud = sift(&mut weights);
        }
        let block = |key| Some(known.find(key)).filter(|&block| loud[block as usize]).unwrap_or(0);
        draw.shuffle(&mut order);
        sieve.iter_mut().filter(|_| round < SIEVED).for_each(|sieve| sieve.begin());
        let rate = if round + SLOW >= ROUNDS { 0.4 } else { 1.0 };
        for lesson in order.iter().filter_map(|&index| lessons.get(index)) {
            // First as it is written, later mostly with other names, posts and places.
            let as_written = round == 0 || draw.below(4) == 0;
            let mut seen = if as_written {
                Seen::new(lesson, words, block)
            } else {
                Seen::new(&vary::varied(lesson, &stock, &mut draw), words, block)
            };
            if let Some(sieve) = sieve.as_mut().filter(|_| round < SIEVED) {
                sieve.step(&seen);
            }
            seen.forget(|| draw.below(100) < LEFT_OUT);
            weights.step(&seen, rate);
        }
        if round * 2 >= ROUNDS {
            mean.join(&weights);
        }
    }
    mean
}

/// Which blocks say most; the others are silenced.
fn sift(weights: &mut Weights) -> Vec<bool> {
    let blocks = weights.rows_mut()[PLAIN..].chunks_mut(BLOCK);
    let most = |block: &[[f32; LANES]]| block.iter().flatten().fold(0.0f32, |most, weight| most.max(weight.abs()));
    let said: Vec<f32> = blocks.map(|block| most(block)).collect();
    let mut falling = said.clone();
    falling.sort_by(|a, b| b.total_cmp(a));
    let least = falling.get(KEPT).copied().unwrap_or(0.0);
    let loud: Vec<bool> = said.iter().map(|&said| said > least).collect();
    for (block, _) in weights.rows_mut()[PLAIN..].chunks_mut(BLOCK).zip(&loud).filter(|(_, loud)| !**loud) {
        block.fill([0.0; LANES]);
    }
    loud
}

/// A weight as the model holds it.
fn whole(weight: f32) -> i8 {
    #[expect(clippy::cast_possible_truncation, reason = "a whole number that is clamped to the type's range")]
    let weight = weight.round().clamp(-127.0, 127.0) as i8;
    weight
}
