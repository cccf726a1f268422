//! The learning of the choices: which unit serves a post, and which roles and bare names are mentions.

use super::lesson::{Labelled, Lesson};
use super::vary::Draw;
use super::weights::exp;
use super::whole;
use crate::text::date;
use crate::text::fold::Folded;
use crate::text::lexicon::{Hits, Lexicon};
use crate::text::person::choice::WEIGHTS;
use crate::text::person::model::Model;
use crate::text::person::settle::Settler;
use crate::text::person::{Draft, Mention, Stretch, bare};

/// Times through all cases.
const ROUNDS: usize = 24;
/// Courses through the cases whose mean is taken.
const COURSES: u64 = 4;
const RATE: f32 = 0.05;
const DECAY: f32 = 0.0005;
/// What a weight of one becomes in the model's whole numbers.
const SCALE: f32 = 16.0;

/// One choice as it was met: for every option its signs and whether it is right.
type Case = Vec<(Vec<usize>, bool)>;

/// Choices met in lessons.
#[derive(Default)]
pub(super) struct Cases {
    serve: Vec<Case>,
    bare: Vec<Case>,
}

impl Cases {
    /// The choices that lessons hold, as a model reads them that has not learnt from them.
    pub(super) fn of(lessons: &[Lesson], model: &Model) -> Cases {
        let words = Lexicon::default();
        let mut cases = Cases::default();
        lessons.iter().for_each(|lesson| cases.add(lesson, &words, model));
        cases
    }

    pub(super) fn join(&mut self, more: Cases) {
        self.serve.extend(more.serve);
        self.bare.extend(more.bare);
    }

    fn add(&mut self, lesson: &Lesson, words: &Lexicon, model: &Model) {
        let text = Folded::new(&lesson.text);
        let hits = Hits::find(&text, words);
        let mut draft = Draft::read(&text, &hits, &date::find(&text, &hits), model);
        let written = |(start, end): Stretch| text.span(start, end).of(&lesson.text);
        let labelled = |mention: &Mention| lesson.persons.iter().find(|person| is(mention, person, written));
        let right: Vec<bool> = draft.mentions.iter().map(|mention| labelled(mention).is_some()).collect();
        for (index, &right) in right.iter().enumerate() {
            if let Some(choice) = bare::choice(&draft.text, &hits, &draft.mentions, index, Vec::new()) {
                self.bare.push(vec![(Vec::new(), !right), (choice, right)]);
            }
        }
        let mut kept = right.iter();
        draft.mentions.retain(|_| kept.next() == Some(&true));
        let settler = Settler::new(&draft.text, &hits, &draft.pieces);
        let asking = settler.own_units(&mut draft.mentions);
        for (index, options) in settler.choices(&draft.mentions, &asking, &Vec::new()) {
            let Some(person) = draft.mentions.get(index).and_then(labelled) else { continue };
            let serves = |unit: Option<Stretch>| unit.map_or("", written) == person.unit;
            let case: Case = options.into_iter().map(|(unit, option)| (option, serves(unit))).collect();
            if case.len() > 1 && case.iter().any(|(_, right)| *right) {
                self.serve.push(case);
            }
        }
    }

    /// The weights of both kinds of choice, as the model holds them.
    pub(super) fn learn(&self) -> Vec<u8> {
        [&self.serve, &self.bare].into_iter().flat_map(|cases| weights(cases)).collect()
    }
}

/// Whether a mention is the person of a label.
fn is<'a>(mention: &Mention, person: &Labelled, written: impl Fn(Stretch) -> &'a str) -> bool {
    match mention.name {
        Some(name) => written((name.start, name.end)) == person.name,
        None if !person.name.is_empty() => false,
        None => match mention.post {
            Some(post) => {
                let post = written(post);
                !person.post.is_empty() && (post.ends_with(&person.post) || person.post.ends_with(post))
                    || person.post.is_empty() && person.text.contains(post)
            }
            None => {
                person.text.contains(written((mention.start, mention.end))) || {
                    written((mention.start, mention.end)).contains(&person.text)
                }
            }
        },
    }
}

/// The mean of several courses through the cases, each in another order.
fn weights(cases: &[Case]) -> Vec<u8> {
    let mut mean = vec![0.0f32; WEIGHTS];
    for number in 0..COURSES {
        course(cases, Draw::new(number), &mut mean);
    }
    let most = 1.0 / ((ROUNDS - ROUNDS.div_ceil(2)) as u64 * COURSES) as f32;
    mean.iter().map(|weight| whole(weight * most * SCALE).to_ne_bytes()[0]).collect()
}

/// One course; adds its weights after each of the later rounds to a sum.
fn course(cases: &[Case], mut draw: Draw, sum: &mut [f32]) {
    let (mut weights, mut moved) = (vec![0.0f32; WEIGHTS], vec![0.0f32; WEIGHTS]);
    let mut order: Vec<usize> = (0..cases.len()).collect();
    for round in 0..ROUNDS {
        draw.shuffle(&mut order);
        for case in order.iter().filter_map(|&index| cases.get(index)) {
            // A fifth of the signs is left out, lest the choice lean on any one.
            let options: Vec<(Vec<usize>, bool)> = case
                .iter()
                .map(|(signs, right)| (signs.iter().copied().filter(|_| draw.below(10) > 1).collect(), *right))
                .collect();
            let sums: Vec<f32> =
                options.iter().map(|(signs, _)| signs.iter().map(|&sign| weights[sign]).sum()).collect();
            let top = sums.iter().copied().fold(f32::MIN, f32::max);
            let parts: Vec<f32> = sums.iter().map(|sum| exp(sum - top)).collect();
            let all: f32 = parts.iter().sum();
            let right: f32 = parts.iter().zip(&options).filter(|(_, (_, right))| *right).map(|(part, _)| part).sum();
            for (part, (signs, is_right)) in parts.iter().zip(&options) {
                let change = if *is_right { part / right } else { 0.0 } - part / all;
                if change.abs() < 0.001 {
                    continue;
                }
                for &sign in signs {
                    let gradient = change - DECAY * weights[sign];
                    moved[sign] += gradient * gradient;
                    weights[sign] += RATE * gradient / (moved[sign].sqrt() + 0.1);
                }
            }
        }
        if round * 2 >= ROUNDS {
            sum.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
}
