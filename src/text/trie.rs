//! Words as a tree of characters, kept in one flat table: made in a few milliseconds, walked from every place
//! of a text in time bounded by the longest word.

/// An entry of the table: the way from a node by a character, or free.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    /// The node and the character that lead here, together never 0.
    key: u64,
    node: u32,
}

/// A set of words, each with the bits said of it.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// Open addressing; its length is a power of two, never more than half full.
    ways: Vec<Way>,
    /// By node, the bits of the word that ends there; 0 where none does.
    said: Vec<u32>,
}

impl Trie {
    pub(super) fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Adds a word, or more bits to a known one.
    pub(super) fn insert(&mut self, word: &[char], bits: u32) {
        let mut node = 0;
        for &c in word {
            node = self.step(node, c).unwrap_or_else(|| self.grow(node, c));
        }
        if node > 0
            && let Some(said) = self.said.get_mut(node as usize)
        {
            *said |= bits;
        }
    }

    /// Calls `found` with the end and the bits of every word that starts at a place.
    pub(super) fn each_from(&self, text: &[char], start: usize, mut found: impl FnMut(usize, u32)) {
        let mut node = 0;
        for (offset, &c) in text.get(start..).unwrap_or(&[]).iter().enumerate() {
            match self.step(node, c) {
                Some(next) => node = next,
                None => return,
            }
            match self.said.get(node as usize) {
                Some(&bits) if bits != 0 => found(start + offset + 1, bits),
                _ => {}
            }
        }
    }

    fn step(&self, node: u32, c: char) -> Option<u32> {
        let key = key(node, c);
        let mask = self.ways.len().checked_sub(1)?;
        let mut at = place(key, mask);
        loop {
            let way = self.ways.get(at)?;
            if way.key == key {
                return Some(way.node);
            }
            if way.key == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self, node: u32, c: char) -> u32 {
        if self.said.is_empty() {
            self.said.push(0);
        }
        if self.said.len() * 2 >= self.ways.len() {
            let larger = (self.ways.len() * 2).max(1024);
            for way in std::mem::replace(&mut self.ways, vec![Way::default(); larger]) {
                if way.key != 0 {
                    self.lay(way);
                }
            }
        }
        let next = u32::try_from(self.said.len()).unwrap_or(u32::MAX);
        self.said.push(0);
        self.lay(Way { key: key(node, c), node: next });
        next
    }

    fn lay(&mut self, way: Way) {
        let mask = self.ways.len().saturating_sub(1);
        let mut at = place(way.key, mask);
        while self.ways.get(at).is_some_and(|taken| taken.key != 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.ways.get_mut(at) {
            *free = way;
        }
    }
}

/// A node and a character in one number; a character has at most 21 bits and a listed one is never NUL.
fn key(node: u32, c: char) -> u64 {
    u64::from(node) << 21 | u64::from(u32::from(c).max(1))
}

/// Where a key is looked for first: its bits spread by a multiplication, the upper ones taken.
fn place(key: u64, mask: usize) -> usize {
    usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32).unwrap_or(0) & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_where_it_starts() {
        let mut trie = Trie::default();
        for (word, bits) in [("书记", 1), ("副书记", 2), ("书", 4), ("书记", 8)] {
            trie.insert(&word.chars().collect::<Vec<_>>(), bits);
        }
        let text: Vec<char> = "副书记员".chars().collect();
        let mut found = Vec::new();
        for start in 0..text.len() {
            trie.each_from(&text, start, |end, bits| found.push((start, end, bits)));
        }
        assert_eq!(found, [(0, 3, 2), (1, 2, 4), (1, 3, 9)]);
        assert!(Trie::default().is_empty());
    }
}
