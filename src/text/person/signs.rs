//! What can be seen at a character of a text, as numbers of rows of the model: the characters around it, the listed
//! words that begin, run and end there, how far the next body and the next post are, and the shape of what would be
//! a name that began here.

use crate::text::fold::{Folded, SEAL, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};

/// Signs of a character that tell for themselves: what kind of character it is, and which classes of words it is in.
pub(super) const KINDS: usize = 10;
/// Classes of words there can be.
pub(super) const CLASSES: usize = 32;
/// In what ways a character can lie in a word of a class; the next word's beginning and the last one's end as well.
pub(super) const WAYS: usize = 6;
/// Rows that are told apart one by one; the signs beyond them share the rest by their hash.
pub(super) const PLAIN: usize = KINDS + WAYS * CLASSES;
const SHARED_BITS: u32 = 16;
/// Rows of a model.
pub(super) const ROWS: usize = PLAIN + (1 << SHARED_BITS);

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

/// What kind of character stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Kind {
    Word,
    /// Part of an expression of time.
    Time,
    Digit,
    Mark,
    Letter,
    /// Before the text or behind it.
    #[default]
    Outside,
}

/// The end of the next body or post, as far as a clause goes on.
#[derive(Debug, Clone, Copy, Default)]
struct Ahead {
    /// In characters, this one counted; 0 where none is near.
    far: u8,
    /// The last character of its word.
    sign: u32,
}

impl Ahead {
    /// The same seen from one character earlier.
    fn earlier(self, here: bool, sign: u32, furthest: u8) -> Ahead {
        if here {
            Ahead { far: 1, sign }
        } else if (1..furthest).contains(&self.far) {
            Ahead { far: self.far + 1, ..self }
        } else {
            Ahead::default()
        }
    }
}

/// What is seen at one place.
#[derive(Debug, Clone, Copy, Default)]
struct Sight {
    c: u32,
    /// The classes of the words of two and more characters that begin here, run through and end here.
    begins: u32,
    runs: u32,
    ends: u32,
    /// The classes of the character itself.
    single: u32,
    /// The longest word that begins and that ends here, as a number.
    first: u32,
    last: u32,
    /// What would be seen of a name that began here; 0 where no family name stands.
    shape: [u32; 2],
    body: Ahead,
    post: Ahead,
    /// What stands left of a name that would begin here, what one that ended before would be followed by.
    left: u8,
    border: u8,
    family: u8,
    kind: Kind,
    gap: bool,
    bracket: bool,
}

impl Sight {
    fn meets(bits: u32, class: Class) -> bool {
        Class::of(bits).meets(class)
    }

    fn single(&self, class: Class) -> bool {
        Self::meets(self.single, class)
    }

    fn begins(&self, class: Class) -> bool {
        Self::meets(self.begins, class)
    }

    fn ends(&self, class: Class) -> bool {
        Self::meets(self.ends, class)
    }
}

/// The signs of a text, gathered once in linear time.
pub(super) struct Signs {
    sights: Vec<Sight>,
}

impl Signs {
    pub(super) fn find(text: &Folded, hits: &Hits) -> Signs {
        let length = text.len();
        let mut signs = Signs { sights: vec![Sight::default(); length] };
        signs.see_characters(text);
        signs.see_words(hits);
        signs.look_ahead();
        for at in 0..length {
            let (left, border) = (signs.left(at), signs.border(at));
            let sight = signs.at_mut(at);
            (sight.left, sight.border) = (left, border);
        }
        for at in 0..length {
            let (family, shape) = signs.shape(at);
            let sight = signs.at_mut(at);
            (sight.family, sight.shape) = (family, shape);
        }
        signs
    }

    pub(super) fn len(&self) -> usize {
        self.sights.len()
    }

    /// What is seen so many places from a place; beyond the ends, nothing.
    fn at(&self, at: usize, offset: isize) -> &Sight {
        const OUTSIDE: &Sight = &Sight {
            c: 1,
            begins: 0,
            runs: 0,
            ends: 0,
            single: 0,
            first: 0,
            last: 0,
            shape: [0; 2],
            body: Ahead { far: 0, sign: 0 },
            post: Ahead { far: 0, sign: 0 },
            left: 0,
            border: 0,
            family: 0,
            kind: Kind::Outside,
            gap: false,
            bracket: false,
        };
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
            1 + left + 16 * (family + 5 * (borders + 18 * 18 * given)),
            1 + family + 5 * (borders + 18 * 18 * (given + 4 * words)),
        ];
        (u8::try_from(family).unwrap_or(0), shape)
    }

    /// The signs of a place that tell for themselves.
    pub(super) fn kinds(&self, at: usize) -> impl Iterator<Item = usize> {
        let here = self.at(at, 0);
        let kind = here.kind as usize;
        [Some(kind), here.gap.then_some(8), here.bracket.then_some(9)].into_iter().flatten()
    }

    /// The classes of the words around a place, by the ways in which it lies in them.
    pub(super) fn words(&self, at: usize) -> [u32; WAYS] {
        let here = self.at(at, 0);
        [here.begins, here.runs, here.ends, here.single, self.at(at, 1).begins, self.at(at, -1).ends]
    }

    /// Calls `row` with the row of every sign of a place.
    #[cfg(any(test, feature = "doors"))]
    pub(super) fn rows(&self, at: usize, mut row: impl FnMut(usize)) {
        self.kinds(at).for_each(&mut row);
        for (way, mut classes) in self.words(at).into_iter().enumerate() {
            while classes != 0 {
                row(KINDS + way * CLASSES + classes.trailing_zeros() as usize);
                classes &= classes - 1;
            }
        }
        self.shared(at, row);
    }

    /// Calls `row` with the row of every sign of a place that shares its row with others.
    #[inline(always)]
    pub(super) fn shared(&self, at: usize, mut row: impl FnMut(usize)) {
        let [before, here, after] = [-1, 0, 1].map(|offset| self.at(at, offset));
        let mut sign = |kind: u8, a: u32, b: u32, c: u32| row(PLAIN + hash(kind, a, b, c));
        sign(1, here.c, 0, 0);
        sign(2, before.c, 0, 0);
        sign(3, after.c, 0, 0);
        sign(6, before.c, here.c, 0);
        sign(7, here.c, after.c, 0);
        sign(8, after.c, self.at(at, 2).c, 0);
        sign(9, self.at(at, -2).c, before.c, 0);
        let left = u32::from(here.left);
        let (body, post) = (u32::from(here.body.far), u32::from(here.post.far));
        let (next_body, next_post) = (u32::from(after.body.far), u32::from(after.post.far));
        sign(40, left, body, here.body.sign);
        sign(41, next_body, after.body.sign, here.c);
        sign(42, left, post, here.post.sign);
        sign(43, next_post, after.post.sign, 0);
        if post > 0 {
            // What follows the next post says whether it is somebody's.
            let [next, beyond] = [0, 1].map(|more| self.at(at + usize::from(here.post.far), more));
            let (border, family) = (u32::from(next.border), u32::from(next.family));
            sign(60, border, here.post.sign, family);
            sign(61, next.first, 0, 0);
            sign(62, next.c, beyond.c, 0);
            sign(63, border * 8 + family, left, post);
        }
        sign(48, here.last, 0, 0);
        for (kind, offset) in [(16, 0), (20, -1), (24, -2)] {
            let [whole, wordy] = self.at(at, offset).shape;
            if whole != 0 {
                sign(kind, whole, 0, 0);
                sign(kind + 1, wordy, 0, 0);
            }
        }
    }
}

/// The shared row of a sign: three numbers of 21 bits and the kind, mixed by one multiplication.
fn hash(kind: u8, a: u32, b: u32, c: u32) -> usize {
    let key = u64::from(a) ^ u64::from(b) << 21 ^ u64::from(c) << 42;
    let key = key.wrapping_add(u64::from(kind).wrapping_mul(0xd6e8_feb8_6659_fd93));
    usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SHARED_BITS)).unwrap_or(0)
}
