//! A labelled cell as a lesson: where its units, posts and names stand, and of which words the labels say nothing.

use crate::text::date;
use crate::text::fold::Folded;
use crate::text::lexicon::{Hits, Lexicon};
use crate::text::person::closed;
use crate::text::person::model::{INNER, Part, follows, tag, tags};
use crate::text::person::screen;
use crate::text::person::signs::Signs;

/// One person as a record is labelled (`text-rules`, label format): the exact words, empty where absent.
#[derive(Debug, Clone)]
pub(crate) struct Labelled {
    /// The whole mention.
    pub text: String,
    pub unit: String,
    pub post: String,
    pub name: String,
    /// Whether the name is a full one.
    pub full: bool,
}

/// A stretch in bytes.
type Stretch = (usize, usize);

/// A cell with where its parts stand, in bytes and in their order.
#[derive(Debug, Clone)]
pub(crate) struct Lesson {
    pub(super) text: String,
    pub(super) parts: Vec<(usize, usize, Part)>,
    /// Stretches that may be part of a unit or a post, or nothing: the labels do not say.
    pub(super) open: Vec<Stretch>,
    /// The persons as they are labelled.
    pub(super) persons: Vec<Labelled>,
}

/// Where some words stand in a text; at least once, as nowhere.
fn places(text: &str, words: &str) -> Vec<Option<Stretch>> {
    let found: Vec<_> = text.match_indices(words).map(|(at, _)| Some((at, at + words.len()))).collect();
    if words.is_empty() || found.is_empty() { vec![None] } else { found }
}

fn meet(a: Stretch, b: Stretch) -> bool {
    a.0 < b.1 && b.0 < a.1
}

/// The bytes between two stretches; many where they overlap.
fn gap(a: Stretch, b: Stretch) -> usize {
    if a.1 <= b.0 {
        b.0 - a.1
    } else if b.1 <= a.0 {
        a.0 - b.1 + 2
    } else {
        1000
    }
}

impl Lesson {
    pub(crate) fn new(text: &str, persons: &[Labelled]) -> Lesson {
        let mut lesson =
            Lesson { text: text.to_owned(), parts: Vec::new(), open: Vec::new(), persons: persons.to_vec() };
        persons.iter().for_each(|person| lesson.place(person));
        persons.iter().filter(|person| person.full).for_each(|person| lesson.place_again(&person.name));
        lesson.parts.sort_by_key(|part| part.0);
        lesson
    }

    fn taken(&self, stretch: Stretch) -> bool {
        self.parts.iter().any(|&(start, end, _)| meet((start, end), stretch))
    }

    fn put(&mut self, stretch: Stretch, part: Part) {
        if !self.taken(stretch) {
            self.parts.push((stretch.0, stretch.1, part));
        }
    }

    /// Of all places where the words of a person stand, those that lie together best.
    fn place(&mut self, person: &Labelled) {
        let wholes = places(&self.text, &person.text);
        let [units, posts, names] = [&person.unit, &person.post, &person.name].map(|words| places(&self.text, words));
        let mut best = (usize::MAX, [None; 3]);
        for &unit in &units {
            for &post in &posts {
                for &name in &names {
                    let cost = self.cost(person, &wholes, [unit, post, name]);
                    if cost < best.0 {
                        best = (cost, [unit, post, name]);
                    }
                }
            }
        }
        let [unit, post, name] = best.1;
        match (name, post) {
            (Some(name), _) => {
                self.put(name, if person.full { Part::Name } else { Part::Mask });
                post.into_iter().for_each(|post| self.put(post, Part::Post));
            }
            (None, Some(post)) => self.put(post, Part::Role),
            // 等3人 is worked out from the number of names.
            (None, None) if person.text.starts_with('等') => {}
            (None, None) => {
                if let Some(whole) = wholes.first().copied().flatten() {
                    let start = unit.filter(|unit| unit.0 == whole.0).map_or(whole.0, |unit| unit.1);
                    self.put((start, whole.1), Part::Nobody);
                }
            }
        }
        if let Some(unit) = unit {
            self.put(unit, Part::Unit);
        }
    }

    /// How badly some places of a person's words lie together.
    fn cost(&self, person: &Labelled, wholes: &[Option<Stretch>], [unit, post, name]: [Option<Stretch>; 3]) -> usize {
        let mut cost = 0;
        if let (Some(post), Some(name)) = (post, name) {
            cost += gap(post, name) * 4;
        }
        if let (Some(unit), Some(main)) = (unit, post.or(name)) {
            cost += gap(unit, main) + if unit.0 > main.0 { 30 } else { 0 };
        }
        let within = |whole: &Stretch| {
            [post, name].into_iter().flatten().all(|part| part.0 >= whole.0 && part.1 <= whole.0 + person.text.len())
        };
        cost += if wholes.iter().flatten().any(within) { 0 } else { 50 };
        // Words that stand for another mention already are not this one's.
        cost += if name.or(post).is_some_and(|words| self.taken(words)) { 60 } else { 0 };
        let start = name.or(post).map_or(0, |words| words.0);
        cost * 10_000 + start.min(9_999)
    }

    /// Who is named again is the same person: a name there too, with whatever words beside it.
    fn place_again(&mut self, name: &str) {
        let ends = |c: char| "，。；：、（）,;:()\n".contains(c);
        for (start, end) in places(&self.text, name).into_iter().flatten() {
            if self.taken((start, end)) {
                continue;
            }
            self.parts.push((start, end, Part::Name));
            let (before, behind) = (self.text.get(..start).unwrap_or(""), self.text.get(end..).unwrap_or(""));
            let from: usize = before.chars().rev().take(24).take_while(|&c| !ends(c)).map(char::len_utf8).sum();
            let to: usize = behind.chars().take(8).take_while(|&c| !ends(c)).map(char::len_utf8).sum();
            self.open.extend([(start - from, start), (end, end + to)]);
        }
    }
}

/// A lesson as the model sees it.
pub(super) struct Seen {
    /// By place, the weights of the screen that speak for it.
    pub screened: Vec<Vec<usize>>,
    /// By place, the rows of its signs.
    pub rows: Vec<Vec<usize>>,
    /// By place, a bit for every tag that the labels allow.
    pub allowed: Vec<u16>,
    pub closed: Vec<bool>,
}

impl Seen {
    pub(super) fn new(lesson: &Lesson, words: &Lexicon, known: impl FnMut(u32) -> u32) -> Seen {
        let mut text = Folded::new(&lesson.text);
        let hits = Hits::find(&text, words);
        for time in date::find(&text, &hits) {
            text.seal(time.start, time.end);
        }
        let mut signs = Signs::see(&text, &hits);
        signs.look_up(&vec![false; text.len()], known);
        let closed = closed(&text);
        let rows = (0..signs.len()).map(|at| {
            let mut rows = Vec::with_capacity(48);
            signs.rows(at, |row| rows.push(row));
            rows
        });
        let screened = (0..signs.len()).map(|at| {
            let mut weights = Vec::with_capacity(32);
            screen::weights(&signs, at, |weight| weights.push(weight));
            weights
        });
        let allowed = allowed(lesson, &text, &closed);
        Seen { screened: screened.collect(), rows: rows.collect(), allowed, closed }
    }

    /// Leaves out signs.
    pub(super) fn forget(&mut self, mut forgotten: impl FnMut() -> bool) {
        self.rows.iter_mut().for_each(|rows| rows.retain(|_| !forgotten()));
    }
}

/// By place, a bit for every tag that the labels allow.
fn allowed(lesson: &Lesson, text: &Folded, closed: &[bool]) -> Vec<u16> {
    let starts: Vec<usize> = (0..text.len()).map(|at| text.span(at, at + 1).start).collect();
    let place = |byte: usize| starts.partition_point(|&start| start < byte);
    let bit = |part: Part, first: bool| 1u16 << tag(part, first);
    let mut allowed = vec![1u16; text.len()];
    let unit_or_post = [Part::Unit, Part::Post].iter().fold(1, |bits, &part| bits | bit(part, true) | bit(part, false));
    for &(from, to) in &lesson.open {
        allowed.get_mut(place(from)..place(to)).into_iter().for_each(|part| part.fill(unit_or_post));
    }
    for &(from, to, part) in &lesson.parts {
        let from = place(from);
        for at in from..place(to) {
            allowed.get_mut(at).into_iter().for_each(|bits| *bits = bit(part, at == from));
        }
    }
    for (bits, _) in allowed.iter_mut().zip(closed).filter(|(_, closed)| **closed) {
        *bits = 1;
    }
    // Where a mark or a title cuts a part in two, the second half begins anew.
    let mut before = 1u16;
    for bits in &mut allowed {
        let has = |set: u16, tag: usize| set & 1 << tag != 0;
        let fits = |&tag: &usize| has(*bits, tag) && tags().any(|other| has(before, other) && follows(other, tag));
        let fitting = tags().filter(fits).fold(0, |set, tag| set | 1 << tag);
        let anew = tags().filter(|&tag| has(*bits, tag)).map(|tag| tag % INNER);
        *bits = if fitting != 0 { fitting } else { anew.fold(0, |set, tag| set | 1 << tag) };
        before = *bits;
    }
    allowed
}
