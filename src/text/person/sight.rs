//! What is seen at one place of a text, before it is asked what that says.

use crate::text::lexicon::Class;

/// What kind of character stands at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Kind {
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
pub(super) struct Ahead {
    /// In characters, this one counted; 0 where none is near.
    pub far: u8,
    /// The last character of its word.
    pub sign: u32,
}

impl Ahead {
    /// The same seen from one character earlier.
    pub(super) fn earlier(self, here: bool, sign: u32, furthest: u8) -> Ahead {
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
pub(super) struct Sight {
    pub c: u32,
    /// The first rows of the blocks of the character, and of it with the next one; here and below, a row in the first
    /// block for none.
    pub alone: u32,
    pub pair: u32,
    /// The rows of what is seen from here alone.
    pub own: [u32; 6],
    /// The classes of the words of two and more characters that begin here, run through and end here.
    pub begins: u32,
    pub runs: u32,
    pub ends: u32,
    /// The classes of the character itself.
    pub single: u32,
    /// The longest word that begins and that ends here, as a number, and the first row of its block.
    pub first: u32,
    pub last: u32,
    pub first_row: u32,
    pub last_row: u32,
    /// The blocks of what would be seen of a name that began here; 0 where no family name stands.
    pub shape: [u32; 2],
    pub body: Ahead,
    pub post: Ahead,
    /// What stands left of a name that would begin here, what one that ended before would be followed by.
    pub left: u8,
    pub border: u8,
    pub family: u8,
    pub kind: Kind,
    pub gap: bool,
    pub bracket: bool,
    /// What of it was looked up.
    pub seen: u8,
}

impl Sight {
    pub(super) fn meets(bits: u32, class: Class) -> bool {
        Class::of(bits).meets(class)
    }

    pub(super) fn single(&self, class: Class) -> bool {
        Self::meets(self.single, class)
    }

    pub(super) fn begins(&self, class: Class) -> bool {
        Self::meets(self.begins, class)
    }

    pub(super) fn ends(&self, class: Class) -> bool {
        Self::meets(self.ends, class)
    }
}

/// What is seen beyond the ends of a text.
pub(super) const OUTSIDE: &Sight = &Sight {
    c: 1,
    alone: 0,
    pair: 0,
    own: [0; 6],
    begins: 0,
    runs: 0,
    ends: 0,
    single: 0,
    first: 0,
    last: 0,
    first_row: 0,
    last_row: 0,
    shape: [0; 2],
    body: Ahead { far: 0, sign: 0 },
    post: Ahead { far: 0, sign: 0 },
    left: 0,
    border: 0,
    family: 0,
    kind: Kind::Outside,
    gap: false,
    bracket: false,
    seen: u8::MAX,
};
