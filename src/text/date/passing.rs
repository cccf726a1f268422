//! The times of a text as a reader meets them from left to right: their digits count nothing and are no sum.

use std::iter::Peekable;
use std::slice::Iter;

use super::Found;

/// The times that are not yet behind the reader.
pub(in crate::text) struct Passing<'a> {
    ahead: Peekable<Iter<'a, Found>>,
}

impl<'a> Passing<'a> {
    /// `times` in the order of the text.
    pub(in crate::text) fn new(times: &'a [Found]) -> Passing<'a> {
        Passing { ahead: times.iter().peekable() }
    }

    /// Where to look on, if a time covers the place; places are asked for in rising order.
    pub(in crate::text) fn over(&mut self, at: usize) -> Option<usize> {
        while self.ahead.next_if(|time| time.end <= at).is_some() {}
        self.starting_before(at + 1).map(|time| time.end.max(at + 1))
    }

    /// The next time, if it starts before a place.
    pub(in crate::text) fn starting_before(&mut self, end: usize) -> Option<&'a Found> {
        self.ahead.peek().copied().filter(|time| time.start < end)
    }
}
