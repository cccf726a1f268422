//! Which signs the model knows: each by its key, with the number of its block of rows. A sign that it has not learnt
//! says nothing; one in ten thousand at the most is taken for a known one.

/// Bits of a place that hold a key's number; the others hold the lower bits of the key.
const NUMBER: u32 = 18;
/// The most signs that can be known.
pub(crate) const MOST: usize = (1 << NUMBER) - 2;

/// The known keys in a table, each at the first free place from its own on.
pub(crate) struct Keys {
    places: Vec<u32>,
    shift: u32,
}

impl Keys {
    /// The keys are numbered from 1 in their order; beyond `MOST`, none is known.
    pub(crate) fn new(keys: &[u32]) -> Keys {
        // Twice as many places as keys and more, a power of two: the upper bits of a key are its place, the lower
        // ones tell it from others there.
        let shift = 31 - (keys.len() * 2).max(2).ilog2().min(NUMBER);
        let mut known = Keys { places: vec![0; 1 << (32 - shift)], shift };
        for (&key, number) in keys.iter().take(MOST).zip(1u32..) {
            let mut place = known.place(key);
            while known.at(place) != 0 {
                place += 1;
            }
            let mask = known.places.len() - 1;
            if let Some(free) = known.places.get_mut(place & mask) {
                *free = key << NUMBER | number;
            }
        }
        known
    }

    fn place(&self, key: u32) -> usize {
        (key >> self.shift) as usize
    }

    #[inline(always)]
    fn at(&self, place: usize) -> u32 {
        // As many places as a power of two.
        self.places.get(place & (self.places.len() - 1)).copied().unwrap_or(0)
    }

    /// The number of a key, 0 where it is not known.
    #[inline(always)]
    pub(super) fn find(&self, key: u32) -> u32 {
        let mut place = self.place(key);
        loop {
            let known = self.at(place);
            if known == 0 || known >> NUMBER == key & u32::MAX >> NUMBER {
                return known & !(u32::MAX << NUMBER);
            }
            place += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_keys_have_their_numbers_and_others_none() {
        let keys: Vec<u32> = (0..5000u32).map(|number| number.wrapping_mul(0x9e37_79b9)).collect();
        let known = Keys::new(&keys);
        assert!(keys.iter().zip(1..).all(|(&key, number)| known.find(key) == number));
        let others = (5000..6000u32).map(|number| number.wrapping_mul(0x9e37_79b9));
        assert!(others.filter(|&key| known.find(key) == 0).count() > 990);
        assert_eq!(Keys::new(&[]).find(7), 0);
    }
}
