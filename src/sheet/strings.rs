//! The shared texts of the old format (.xls), measured before its reader copies them into every cell that names
//! them. Takes the record that holds them and those that continue it; gives the length of each, in bytes of UTF-8.

use super::biff::{half, word};
use super::kind::damaged;
use super::{ReadError, limit};

/// How long each shared text is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Strings(Vec<u32>);

impl Strings {
    /// Measures the texts in the pieces of their record.
    ///
    /// # Errors
    /// Damaged, or more texts than a workbook may have.
    pub(super) fn measure(pieces: &[&[u8]]) -> Result<Strings, ReadError> {
        let mut lengths = Vec::new();
        let mut reading = Reading { data: &[], pieces };
        reading.turn();
        reading.data = reading.data.get(8..).ok_or_else(damaged)?;
        while !reading.data.is_empty() || reading.turn() {
            lengths.push(reading.string().ok_or_else(damaged)?);
            if lengths.len() > limit::TEXTS {
                return Err(limit::over("不同文字的条数", lengths.len(), limit::TEXTS));
            }
        }
        Ok(Strings(lengths))
    }

    /// The length of a text; of none there is nothing to copy.
    pub(super) fn bytes(&self, number: u32) -> u32 {
        usize::try_from(number).ok().and_then(|at| self.0.get(at)).copied().unwrap_or(0)
    }
}

struct Reading<'a> {
    data: &'a [u8],
    pieces: &'a [&'a [u8]],
}

impl Reading<'_> {
    /// Goes on in the next piece, where there is one.
    fn turn(&mut self) -> bool {
        let Some((first, rest)) = self.pieces.split_first() else { return false };
        (self.data, self.pieces) = (first, rest);
        true
    }

    /// The length of the text that begins here.
    fn string(&mut self) -> Option<u32> {
        if self.data.is_empty() {
            return Some(0);
        }
        let (count, flags) = (half(self.data, 0)?, *self.data.get(2)?);
        let mut at = 3;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += usize::from(half(self.data, at)?) * 4;
            at += 2;
        }
        if flags & 4 != 0 {
            behind = behind.checked_add(usize::try_from(word(self.data, at)?).ok()?)?;
            at += 4;
        }
        self.data = self.data.get(at..)?;
        let length = self.characters(usize::from(count), flags & 1 != 0)?;
        while behind > 0 {
            if self.data.is_empty() && !self.turn() {
                return None;
            }
            let step = behind.min(self.data.len());
            self.data = self.data.get(step..)?;
            behind -= step;
        }
        Some(length)
    }

    /// So many characters, of one or two bytes each; a piece may end between two, and the next says anew which.
    fn characters(&mut self, mut count: usize, mut wide: bool) -> Option<u32> {
        let mut length = 0;
        while count > 0 {
            let taken = count.min(if wide { self.data.len() / 2 } else { self.data.len() });
            let (here, rest) = self.data.split_at_checked(if wide { 2 * taken } else { taken })?;
            length += if wide {
                here.chunks_exact(2).map(|two| half(two, 0).map_or(3, wide_bytes)).sum::<u32>()
            } else {
                here.iter().map(|byte| if byte.is_ascii() { 1 } else { 2 }).sum()
            };
            self.data = rest;
            count -= taken;
            if count > 0 {
                wide = self.turn().then_some(self.data)?.first()? & 1 != 0;
                self.data = self.data.get(1..)?;
            }
        }
        Some(length)
    }
}

/// The bytes of a unit of UTF-16 in UTF-8; half a pair counts half.
fn wide_bytes(unit: u16) -> u32 {
    match unit {
        0..0x80 => 1,
        0x80..0x800 | 0xd800..0xe000 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> Vec<u8> {
        let units: Vec<u16> = words.encode_utf16().collect();
        let count = u16::try_from(units.len()).unwrap();
        [&count.to_le_bytes()[..], &[1], &units.iter().flat_map(|unit| unit.to_le_bytes()).collect::<Vec<_>>()].concat()
    }

    #[test]
    fn texts_are_as_long_as_they_are_in_memory() {
        let texts = ["大坪村", "", "a1", "𠀀é"];
        let record = [vec![0; 8], texts.map(text).concat()].concat();
        let expected = texts.map(|words| u32::try_from(words.len()).unwrap());
        assert_eq!(Strings::measure(&[&record]).unwrap().0, expected);
        // One byte a character, with marks of its look and an attachment behind it.
        let rich = [&[0; 8][..], &[2, 0, 0b1100, 1, 0, 3, 0, 0, 0, b'a', 0xe9], &[9; 7], &text("乙")].concat();
        assert_eq!(Strings::measure(&[&rich]).unwrap().0, [3, 3]);
    }

    #[test]
    fn a_text_goes_on_in_the_next_record_which_says_anew_how_wide_it_is() {
        let first = [&[0; 8][..], &[4, 0, 1], &"大坪".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()];
        let second = [&[0, b'a', b'b'][..], &text("村")].concat();
        assert_eq!(Strings::measure(&[&first.concat(), &second]).unwrap().0, [8, 3]);
        assert!(Strings::measure(&[&first.concat()]).is_err());
        assert!(Strings::measure(&[&first.concat(), &[]]).is_err());
    }
}
