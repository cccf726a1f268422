//! Learned choices among few options: each option has signs that speak for it, every sign a weight, and the option with
//! the greatest sum is taken. Whole numbers throughout, so that every machine chooses alike.

/// Signs share so many weights by their hash.
const BITS: u32 = 18;
/// Weights of one kind of choice.
pub(crate) const WEIGHTS: usize = 1 << BITS;

/// What speaks for one option, sign by sign.
pub(super) trait Grounds {
    /// Takes the place of a sign's weight.
    fn put(&mut self, place: usize);

    /// Adds a sign: its kind and up to three numbers.
    #[inline(always)]
    fn sign(&mut self, kind: u8, a: u32, b: u32, c: u32) {
        let key = u64::from(a) ^ u64::from(b) << 21 ^ u64::from(c) << 42;
        let key = key.wrapping_add(u64::from(kind).wrapping_mul(0xd6e8_feb8_6659_fd93));
        let key = (key ^ key >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.put(usize::try_from(key >> (64 - BITS)).unwrap_or(0));
    }
}

/// The sum of what speaks for an option.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sum<'a> {
    weights: &'a [i8],
    pub sum: i32,
}

impl<'a> Sum<'a> {
    pub(super) fn new(weights: &'a [i8]) -> Sum<'a> {
        Sum { weights, sum: 0 }
    }
}

impl Grounds for Sum<'_> {
    #[inline(always)]
    fn put(&mut self, place: usize) {
        self.sum += self.weights.get(place).map_or(0, |&weight| i32::from(weight));
    }
}

/// The signs themselves, to learn from.
#[cfg(any(test, feature = "doors"))]
impl Grounds for Vec<usize> {
    fn put(&mut self, place: usize) {
        self.push(place);
    }
}

/// A few characters as one number.
pub(super) fn number(chars: &[char]) -> u32 {
    chars.iter().fold(7u32, |number, &c| (number ^ u32::from(c)).wrapping_mul(0x0100_0193)) & 0x1f_ffff
}
