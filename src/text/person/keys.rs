//! Which signs the model knows: each by its key, with the number of its block of rows. A sign that it has not learnt
//! says nothing; one in ten thousand at the most is taken for a known one.

/// Bits of a place that hold a key's number; the others hold the lower bits of the key.
const NUMBER: u32 = 18;
/// The most signs that can be known.
pub(crate) const MOST: usize = (1 << NUMBER) - 2;

/// Keys that share a place lie side by side; so many of them, and of more the first ones are known.
const WIDTH: usize = 4;

/// The known keys in a table of buckets.
pub(crate) struct Keys {
    buckets: Vec<[u32; WIDTH]>,
    shift: u32,
}

impl Keys {
    /// The keys are numbered from 1 in their order; beyond `MOST`, none is known.
    pub(crate) fn new(keys: &[u32]) -> Keys {
        // As many buckets as keys and more, a power of two: the upper bits of a key are its bucket, the lower ones tell
        // it from others there.
        let bits = keys.len().max(2).ilog2().min(NUMBER - 1) + 1;
        let mut known = Keys { buckets: vec![[0; WIDTH]; 1 << bits], shift: 32 - bits };
        for (&key, number) in keys.iter().take(MOST).zip(1u32..) {
            let Some(bucket) = known.buckets.get_mut((key >> known.shift) as usize) else { continue };
            // Of two keys that are not told apart, the first one is known.
            let twin = bucket.iter().any(|slot| *slot != 0 && slot >> NUMBER == key & u32::MAX >> NUMBER);
            if let Some(free) = bucket.iter_mut().find(|slot| **slot == 0).filter(|_| !twin) {
                *free = key << NUMBER | number;
            }
        }
        known
    }

    /// The number of a key, 0 where it is not known. All slots are looked at, whichever holds the key: what a text asks
    /// for is known as often as not, and nothing to be guessed from.
    #[inline(always)]
    pub(super) fn find(&self, key: u32) -> u32 {
        let bucket = self.buckets.get((key >> self.shift) as usize).copied().unwrap_or_default();
        let mine = key & u32::MAX >> NUMBER;
        let slots = bucket.map(|slot| if slot >> NUMBER == mine { slot & !(u32::MAX << NUMBER) } else { 0 });
        slots.iter().fold(0, |number, slot| number | slot)
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
