//! Words as a tree of characters, kept in flat tables: made in a few milliseconds, walked from every place
//! of a text in time bounded by the longest word.

/// An entry of the table of ways: the way from a node by a character, or free.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    /// The node and the character that lead here, together never 0.
    key: u64,
    node: u32,
}

/// Where a way leads.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The bits of the word that ends here; 0 where none does.
    said: u32,
    /// The characters that lead on, each as one bit (see `trace`): most texts part from the tree by this alone.
    onward: u64,
}

/// A set of words, each with the bits said of it.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// The ways from the root, by the character's number; 0 where none leads on.
    first: Vec<u32>,
    /// The ways from all other nodes. Open addressing; its length is a power of two, never more than half full.
    ways: Vec<Way>,
    /// The root is the first one.
    nodes: Vec<Node>,
}

impl Trie {
    pub(super) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Adds a word, or more bits to a known one.
    pub(super) fn insert(&mut self, word: &[char], bits: u32) {
        let mut at = 0;
        for &c in word {
            at = self.step(at, c).unwrap_or_else(|| self.grow(at, c));
        }
        if at > 0
            && let Some(node) = self.nodes.get_mut(at as usize)
        {
            node.said |= bits;
        }
    }

    /// Calls `found` with the end and the bits of every word that starts at a place.
    pub(super) fn each_from(&self, text: &[char], start: usize, mut found: impl FnMut(usize, u32)) {
        let mut at = 0;
        for (end, &c) in (start + 1..).zip(text.get(start..).unwrap_or(&[])) {
            match self.step(at, c) {
                Some(next) => at = next,
                None => return,
            }
            match self.nodes.get(at as usize) {
                Some(node) if node.said != 0 => found(end, node.said),
                _ => {}
            }
        }
    }

    fn step(&self, from: u32, c: char) -> Option<u32> {
        if from == 0 {
            return self.first.get(c as usize).copied().filter(|&next| next != 0);
        }
        if self.nodes.get(from as usize)?.onward & trace(c) == 0 {
            return None;
        }
        let key = key(from, c);
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

    fn grow(&mut self, from: u32, c: char) -> u32 {
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(Node::default());
        if from == 0 {
            if self.first.len() <= c as usize {
                self.first.resize(c as usize + 1, 0);
            }
            if let Some(way) = self.first.get_mut(c as usize) {
                *way = next;
            }
            return next;
        }
        if self.nodes.len() * 2 >= self.ways.len() {
            let larger = (self.ways.len() * 2).max(1024);
            for way in std::mem::replace(&mut self.ways, vec![Way::default(); larger]) {
                if way.key != 0 {
                    self.lay(way);
                }
            }
        }
        if let Some(node) = self.nodes.get_mut(from as usize) {
            node.onward |= trace(c);
        }
        self.lay(Way { key: key(from, c), node: next });
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

/// One of 64 bits for a character. Several characters share a bit: where it is set, the ways decide.
fn trace(c: char) -> u64 {
    1 << (u32::from(c) & 63)
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
