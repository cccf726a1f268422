//! Words as a tree of characters, kept in flat tables: made in a few milliseconds, walked from every place
//! of a text in time bounded by the longest word.

use std::collections::VecDeque;

/// A beginning that words have in common.
#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The bits of the word that ends here; 0 where none does.
    said: u32,
    /// Where the table of the ways on begins; it ends where that of the next node begins.
    ways: u32,
    /// The characters that lead on, each as one bit (see `trace`): most texts leave the tree by this alone.
    traces: u64,
}

/// The way on by a character; free where it leads to the root.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    by: char,
    to: u32,
}

/// A set of words, each with the bits said of it.
#[derive(Debug, Default)]
pub(super) struct Trie {
    /// The ways from the root, by the character's number.
    first: Vec<u32>,
    /// The root, then level by level; the last one only ends the one before.
    nodes: Vec<Node>,
    /// The ways from all other nodes, those of each in a table of its own: open addressing by the last bits of the
    /// character's number, as long as a power of two, never more than half full.
    ways: Vec<Way>,
}

impl Trie {
    /// A word may be given several times: its bits are joined.
    pub(super) fn new(mut words: Vec<(Vec<char>, u32)>) -> Trie {
        words.retain(|(word, _)| !word.is_empty());
        words.sort_by(|(one, _), (other, _)| one.cmp(other));
        let mut trie = Trie { nodes: vec![Node::default()], ..Trie::default() };
        // The words that begin with each node, in the order of the nodes.
        let mut below = VecDeque::from([(words.as_slice(), 0)]);
        let mut at = 0;
        while let Some((words, depth)) = below.pop_front() {
            // Sorted as they are, the word that ends here comes first, and those that go on alike stand together.
            let (here, longer) = words.split_at(words.partition_point(|(word, _)| word.len() == depth));
            let groups = longer.chunk_by(|(one, _), (other, _)| one.get(depth) == other.get(depth));
            let leading = |group: &[(Vec<char>, u32)]| group.first()?.0.get(depth).copied();
            let onward: Vec<char> = groups.clone().filter_map(leading).collect();
            let node = Node {
                said: here.iter().fold(0, |said, (_, bits)| said | bits),
                ways: number(trie.ways.len()),
                traces: onward.iter().fold(0, |traces, &c| traces | trace(c)),
            };
            if let Some(laid) = trie.nodes.get_mut(at) {
                *laid = node;
            }
            if at == 0 {
                trie.lay_first(&onward)
            } else {
                trie.lay(&onward)
            }
            trie.nodes.resize(trie.nodes.len() + onward.len(), Node::default());
            below.extend(groups.map(|group| (group, depth + 1)));
            at += 1;
        }
        trie.nodes.push(Node { ways: number(trie.ways.len()), ..Node::default() });
        trie
    }

    /// The ways from the root, by characters in rising order.
    fn lay_first(&mut self, onward: &[char]) {
        for (to, &by) in (self.nodes.len()..).zip(onward) {
            self.first.resize(by as usize, 0);
            self.first.push(number(to));
        }
    }

    /// The ways from another node, in a table behind those of the nodes before it.
    fn lay(&mut self, onward: &[char]) {
        if onward.is_empty() {
            return;
        }
        let from = self.ways.len();
        self.ways.resize(from + (onward.len() * 2).next_power_of_two(), Way::default());
        let Some(ways) = self.ways.get_mut(from..) else {
            return;
        };
        for (to, &by) in (self.nodes.len()..).zip(onward) {
            let mut at = slot(by, ways.len());
            while ways.get(at).is_some_and(|taken| taken.to != 0) {
                at = slot_behind(at, ways.len());
            }
            if let Some(free) = ways.get_mut(at) {
                *free = Way { by, to: number(to) };
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    /// Calls `found` with the end and the bits of every word that starts at a place. A call for each place would cost as
    /// much as the few steps that most places take.
    #[inline(always)]
    pub(super) fn each_from(&self, text: &[char], start: usize, mut found: impl FnMut(usize, u32)) {
        let mut onward = (start + 1..).zip(text.get(start..).unwrap_or(&[]));
        let first = onward.next().and_then(|(end, &c)| Some((end, *self.first.get(c as usize)? as usize)));
        let Some((mut end, mut at)) = first.filter(|&(_, at)| at != 0) else {
            return;
        };
        while let Some(node) = self.nodes.get(at) {
            if node.said != 0 {
                found(end, node.said);
            }
            match onward.next().and_then(|(end, &c)| Some((end, self.step(at, node, c)?))) {
                Some(next) => (end, at) = next,
                None => return,
            }
        }
    }

    /// The node to which a character leads from another.
    fn step(&self, at: usize, node: &Node, c: char) -> Option<usize> {
        if node.traces & trace(c) == 0 {
            return None;
        }
        let ways = self.ways.get(node.ways as usize..self.nodes.get(at + 1)?.ways as usize)?;
        let mut at = slot(c, ways.len());
        loop {
            let way = ways.get(at).filter(|way| way.to != 0)?;
            if way.by == c {
                return Some(way.to as usize);
            }
            at = slot_behind(at, ways.len());
        }
    }
}

/// One of 64 bits for a character. Several characters share a bit: where it is set, the ways decide.
fn trace(c: char) -> u64 {
    1 << (u32::from(c) & 63)
}

/// Where a character is looked for first in a table of a length that is a power of two.
fn slot(c: char, length: usize) -> usize {
    c as usize & length.wrapping_sub(1)
}

/// Where it is looked for next.
fn slot_behind(at: usize, length: usize) -> usize {
    (at + 1) & length.wrapping_sub(1)
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_where_it_starts() {
        let words = [("书记", 1), ("副书记", 2), ("书", 4), ("书记", 8), ("", 16)];
        let trie = Trie::new(words.iter().map(|(word, bits)| (word.chars().collect(), *bits)).collect());
        let text: Vec<char> = "副书记员".chars().collect();
        let mut found = Vec::new();
        for start in 0..text.len() {
            trie.each_from(&text, start, |end, bits| found.push((start, end, bits)));
        }
        assert_eq!(found, [(0, 3, 2), (1, 2, 4), (1, 3, 9)]);
        assert!(Trie::new(Vec::new()).is_empty() && !trie.is_empty());
    }
}
