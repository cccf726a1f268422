//! What can be seen at a character of a text, as numbers of rows of the model: the characters around it, the listed
//! words that begin, run and end there, how far the next body and the next post are, and the shape of what would be
//! a name that began here.

use super::sight::{Ahead, Kind, OUTSIDE, Sight};
use crate::text::fold::{Folded, SEAL, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};

/// Signs of a character that tell for themselves: what kind of character it is, and which classes of words it is in.
pub(super) const KINDS: usize = 12;
/// Classes of words there can be.
pub(super) const CLASSES: usize = 32;
/// In what ways a character can lie in a word of a class; the next word's beginning and the last one's end as well.
pub(super) const WAYS: usize = 6;
/// Rows that stand for signs of their own kind; the others lie in blocks.
pub(super) const PLAIN: usize = KINDS + WAYS * CLASSES;
/// Rows that lie side by side in memory: what is seen of one character, pair or word from several places.
pub(super) const BLOCK: usize = 4;
/// Changes whenever a sign does, or how the model's bytes are laid out: a model of other signs would be read without a word, and wrongly.
pub(super) const VERSION: u8 = 4;
/// Signs of a place that lie in blocks, at the most.
pub(super) const SHARED: usize = 24;

/// What of a place was looked up.
const WORDS: u8 = 1;
const SHAPE: u8 = 2;
const BESIDE: u8 = 4;

/// Words that may follow a name.
const FOLLOWING: Class = Class::AFTER
    .or(Class::VERB)
    .or(Class::BEFORE)
    .or(Class::FAULT)
    .or(Class::MEASURE)
    .or(Class::SANCTION)
    .or(Class::MISCONDUCT);
const ORDINARY: Class = Class::WORD.or(Class::NOUN).or(Class::VERB).or(Class::GENERIC).or(Class::AFTER).or(Class::SLOT);
const BODY: Class = Class::UNIT_BODY.or(Class::OWN_UNIT);

/// The signs of a text, gathered once in linear time.
pub(super) struct Signs {
    sights: Vec<Sight>,
}

impl Signs {
    /// What is seen at first sight: characters and the words that they are in.
    pub(super) fn see(text: &Folded, hits: &Hits) -> Signs {
        let mut signs = Signs { sights: vec![Sight::default(); text.len()] };
        signs.see_characters(text);
        signs.see_words(hits);
        signs
    }

    /// Looks up the signs of every place that is not closed; `known` gives the number of a key's block, 0 where none is
    /// known.
    pub(super) fn look_up(&mut self, closed: &[bool], mut known: impl FnMut(u32) -> u32) {
        self.look_ahead();
        let open: Vec<usize> = (0..self.len()).filter(|&at| closed.get(at) == Some(&false)).collect();
        for &at in &open {
            // What stands two places before, and behind the next post, is seen from here too.
            let far = usize::from(self.at(at, 0).post.far);
            let next = Some(at + far).filter(|_| far > 0);
            let near = (at.saturating_sub(2)..at + 2).chain(next);
            near.for_each(|near| self.look_up_words(near, &mut known));
            (at.saturating_sub(2)..=at).for_each(|near| self.look_up_shape(near, &mut known));
            next.into_iter().for_each(|next| self.look_up_shape(next, &mut known));
        }
        for &at in &open {
            let own = self.own(at).map(|(key, from)| match key.map_or(0, &mut known) {
                0 => 0,
                number => number * BLOCK as u32 + from % BLOCK as u32,
            });
            self.at_mut(at).own = own;
        }
    }

    /// Looks up a character, the pair that it begins, and the longest words that begin and end at it; once.
    fn look_up_words(&mut self, at: usize, known: &mut impl FnMut(u32) -> u32) {
        if at >= self.len() || self.at(at, 0).seen & WORDS != 0 {
            return;
        }
        let (here, next) = (self.at(at, 0), self.at(at, 1));
        let keys = [key(1, here.c, 0, 0), key(2, here.c, next.c, 0), key(3, here.first, 0, 0), key(3, here.last, 0, 0)];
        let [alone, pair, first, last] = keys.map(|key| known(key) * BLOCK as u32);
        let sight = self.at_mut(at);
        (sight.alone, sight.pair, sight.first_row, sight.last_row) = (alone, pair, first, last);
        sight.seen |= WORDS;
    }

    /// What stands beside a place; once.
    fn look_beside(&mut self, at: usize) {
        if at >= self.len() || self.at(at, 0).seen & BESIDE != 0 {
            return;
        }
        let (left, border) = (self.left(at), self.border(at));
        let sight = self.at_mut(at);
        (sight.left, sight.border) = (left, border);
        sight.seen |= BESIDE;
    }

    /// Looks up the shape of a name that would begin at a place; once.
    fn look_up_shape(&mut self, at: usize, known: &mut impl FnMut(u32) -> u32) {
        if at >= self.len() || self.at(at, 0).seen & SHAPE != 0 {
            return;
        }
        self.at_mut(at).seen |= SHAPE;
        (at..at + 4).for_each(|near| self.look_beside(near));
        let (family, shape) = self.shape(at);
        self.at_mut(at).family = family;
        if family > 0 {
            self.at_mut(at).shape = shape.map(|key| known(key) * BLOCK as u32);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.sights.len()
    }

    /// What is seen so many places from a place; beyond the ends, nothing.
    fn at(&self, at: usize, offset: isize) -> &Sight {
        self.sights.get(at.wrapping_add_signed(offset)).unwrap_or(OUTSIDE)
    }

    fn at_mut(&mut self, at: usize) -> &mut Sight {
        &mut self.sights[at]
    }

    fn see_characters(&mut self, text: &Folded) {
        let mut bracket = 0u8;
        for at in 0..self.len() {
            let c = text.at(at);
            // A bracket that is not closed within a dozen characters is taken as closed.
            bracket = match c {
                '(' => 12,
                ')' | '\n' => 0,
                _ => bracket.saturating_sub(1),
            };
            let kind = match c {
                SEAL => Kind::Time,
                _ if c.is_ascii_digit() => Kind::Digit,
                _ if is_word(c) => Kind::Word,
                _ if is_mark(c) => Kind::Mark,
                _ => Kind::Letter,
            };
            let sight = self.at_mut(at);
            (sight.c, sight.kind, sight.gap, sight.bracket) = (u32::from(c), kind, text.gap(at), bracket > 0);
        }
    }

    fn see_words(&mut self, hits: &Hits) {
        for &hit in hits.every() {
            let (from, to, class) = (hit.from(), hit.to(), hit.class.bits());
            if hit.len() == 1 {
                self.at_mut(from).single |= class;
                continue;
            }
            let c = |at: usize| self.at(at, 0).c;
            let length = u32::try_from(hit.len()).unwrap_or(0);
            let number = (c(from) << 16 ^ c(from + 1) << 5 ^ c(to - 1)) & 0x0fff_ffff | length.min(15) << 28;
            let longer = |known: u32| number >> 28 > known >> 28;
            let begin = self.at_mut(from);
            begin.begins |= class;
            begin.first = if longer(begin.first) { number } else { begin.first };
            let end = self.at_mut(to - 1);
            end.ends |= class;
            end.last = if longer(end.last) { number } else { end.last };
            for at in from + 1..to - 1 {
                self.at_mut(at).runs |= class;
            }
        }
    }

    fn look_ahead(&mut self) {
        let (mut body, mut post) = (Ahead::default(), Ahead::default());
        for at in (0..self.len()).rev() {
            let sight = self.at_mut(at);
            if !matches!(sight.kind, Kind::Word | Kind::Digit) {
                (body, post) = (Ahead::default(), Ahead::default());
                continue;
            }
            let bits = sight.ends | sight.single;
            body = body.earlier(Sight::meets(bits, BODY), sight.c, 9);
            post = post.earlier(Sight::meets(bits, Class::POST), sight.c, 12);
            (sight.body, sight.post) = (body, post);
        }
    }

    /// What stands left of a name that would begin here.
    fn left(&self, at: usize) -> u8 {
        let (here, before) = (self.at(at, 0), self.at(at, -1));
        match before.kind {
            Kind::Outside => return 0,
            _ if here.gap => return 1,
            Kind::Time => return 2,
            Kind::Digit => return 3,
            Kind::Mark if before.c == u32::from('、') => return 4,
            Kind::Mark if before.c == u32::from('(') => return 5,
            Kind::Mark | Kind::Letter => return 6,
            Kind::Word => {}
        }
        if before.ends(Class::POST) || before.single(Class::POST) {
            7
        } else if before.ends(BODY) || before.single(Class::UNIT_BODY) {
            8
        } else if before.ends(Class::POST_BODY) {
            9
        } else if before.ends(Class::BEFORE) {
            10
        } else if before.ends(Class::VERB) {
            11
        } else if before.single(Class::BEFORE) {
            12
        } else if before.ends(Class::WORD.or(Class::NOUN).or(Class::GENERIC)) {
            13
        } else {
            14
        }
    }

    /// What a name that ended before a place would be followed by, and whether a word runs over its end.
    fn border(&self, at: usize) -> u8 {
        let (here, before) = (self.at(at, 0), self.at(at, -1));
        let across = (before.begins | before.runs) & (here.runs | here.ends) != 0;
        let kind = match here.kind {
            Kind::Outside => 0,
            Kind::Mark if here.c == u32::from('、') => 1,
            Kind::Mark if here.c == u32::from('(') || here.c == u32::from(')') => 2,
            Kind::Time | Kind::Digit => 3,
            Kind::Mark | Kind::Letter => 0,
            Kind::Word if here.gap => 0,
            Kind::Word if here.begins(FOLLOWING) => 4,
            Kind::Word if here.begins(Class::POST) => 5,
            Kind::Word if here.single(Class::AFTER) => 6,
            Kind::Word if here.begins(ORDINARY) => 7,
            Kind::Word => 8,
        };
        kind * 2 + u8::from(across)
    }

    /// The kind of family name that stands here, 0 for none, and what would be seen of a name that began with it.
    fn shape(&self, at: usize) -> (u8, [u32; 2]) {
        let here = self.at(at, 0);
        let family: u32 = if here.begins(Class::COMPOUND) {
            1
        } else if here.single(Class::COMMON_SURNAME) {
            2
        } else if !here.single(Class::SURNAME) {
            return (0, [0; 2]);
        } else if here.single(Class::AFTER) {
            // 占, 应, 时 are families too, but mostly other words.
            3
        } else {
            4
        };
        let given = |offset: isize| u32::from(self.at(at, offset).single(Class::GIVEN));
        let word =
            |length: isize| u32::from(here.begins(ORDINARY)) + 2 * u32::from(self.at(at, length - 1).ends(ORDINARY));
        let border = |length: isize| u32::from(self.at(at, length).border);
        let left = u32::from(here.left);
        let given = given(1) + 2 * given(2);
        let words = word(2) + 4 * word(3);
        let borders = border(2) + 18 * border(3);
        let shape = [
            key(16, left + 16 * (family + 5 * (borders + 18 * 18 * given)), 0, 0),
            key(17, family + 5 * (borders + 18 * 18 * (given + 4 * words)), 0, 0),
        ];
        (u8::try_from(family).unwrap_or(0), shape)
    }

    /// The character so many places from a place.
    #[inline(always)]
    pub(super) fn character(&self, at: usize, offset: isize) -> u32 {
        self.at(at, offset).c
    }

    /// The signs of a place that tell for themselves, a bit for each.
    pub(super) fn kinds(&self, at: usize) -> usize {
        let here = self.at(at, 0);
        1 << here.kind as usize | usize::from(here.gap) << 8 | usize::from(here.bracket) << 9
    }

    /// The classes of the words around a place, by the ways in which it lies in them.
    pub(super) fn words(&self, at: usize) -> [u32; WAYS] {
        let here = self.at(at, 0);
        [here.begins, here.runs, here.ends, here.single, self.at(at, 1).begins, self.at(at, -1).ends]
    }

    /// Calls `row` with the row of every sign of a place that tells for itself.
    #[cfg(any(test, feature = "doors"))]
    pub(super) fn plain_rows(&self, at: usize, mut row: impl FnMut(usize)) {
        let mut each = |first: usize, mut set: usize| {
            while set != 0 {
                row(first + set.trailing_zeros() as usize);
                set &= set - 1;
            }
        };
        each(0, self.kinds(at));
        for (way, classes) in self.words(at).into_iter().enumerate() {
            each(KINDS + way * CLASSES, classes as usize);
        }
    }

    /// Calls `row` with the row of every sign of a place.
    #[cfg(any(test, feature = "doors"))]
    pub(super) fn rows(&self, at: usize, mut row: impl FnMut(usize)) {
        self.plain_rows(at, &mut row);
        let known = |row: &u32| *row as usize >= BLOCK;
        self.shared(at).iter().filter(|row| known(row)).for_each(|&shared| row(PLAIN + shared as usize));
    }

    /// The rows of the signs of a place that lie in blocks; one in the first block stands for a sign that is not known.
    #[inline(always)]
    pub(super) fn shared(&self, at: usize) -> [u32; SHARED] {
        let [before, here, after] = [-1, 0, 1].map(|offset| self.at(at, offset));
        let next = if here.post.far > 0 { self.at(at + usize::from(here.post.far), 0) } else { OUTSIDE };
        let second = self.at(at, -2);
        // A block comes back from place to place: what it says of its own place, of the one before, and so on.
        [
            here.alone,
            before.alone + 1,
            after.alone + 2,
            here.pair,
            before.pair + 1,
            after.pair + 2,
            second.pair + 3,
            here.last_row,
            before.last_row + 1,
            here.first_row + 2,
            next.first_row + 3,
            next.pair + 3,
            here.own[0],
            here.own[1],
            here.own[2],
            here.own[3],
            here.own[4],
            here.own[5],
            here.shape[0],
            here.shape[1],
            before.shape[0] + 1,
            before.shape[1] + 1,
            second.shape[0] + 2,
            second.shape[1] + 2,
        ]
    }

    /// What is seen from one place alone: keys, and which row of the block.
    fn own(&self, at: usize) -> [(Option<u32>, u32); 6] {
        let (here, after) = (self.at(at, 0), self.at(at, 1));
        let left = u32::from(here.left);
        let (body, post) = (u32::from(here.body.far), u32::from(here.post.far));
        let (next_body, next_post) = (u32::from(after.body.far), u32::from(after.post.far));
        let mut own = [
            (Some(key(40, left, body / 4, here.body.sign)), body),
            (Some(key(41, next_body / 4, after.body.sign, here.c)), next_body),
            (Some(key(42, left, post / 4, here.post.sign)), post),
            (Some(key(43, next_post / 4, after.post.sign, 0)), next_post),
            (None, 0),
            (None, 0),
        ];
        if post > 0 {
            // What follows the next post says whether it is somebody's.
            let next = self.at(at + usize::from(here.post.far), 0);
            let (border, family) = (u32::from(next.border), u32::from(next.family));
            own[4] = (Some(key(60, border / 4, here.post.sign, family)), border);
            own[5] = (Some(key(63, border * 8 + family, left / 4, post)), left);
        }
        own
    }
}

/// The key of a sign: three numbers of 21 bits and the kind, mixed by one multiplication.
#[inline(always)]
fn key(kind: u8, a: u32, b: u32, c: u32) -> u32 {
    let key = u64::from(a) ^ u64::from(b) << 21 ^ u64::from(c) << 42;
    let key = key.wrapping_add(u64::from(kind).wrapping_mul(0xd6e8_feb8_6659_fd93));
    let key = (key ^ key >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    u32::try_from(key).unwrap_or(0)
}
