//! Which of the units named before a post serves it, when none stands beside it: a learned choice among them and none.

use super::choice::{Grounds, number};
use super::level::{Wanted, nameless, wanted};
use super::model::{Part, Piece};
use super::{Mention, Stretch};
use crate::text::fold::{Folded, is_mark};
use crate::text::lexicon::{Class, Hits};

/// So many units back are looked at.
const LOOKED_AT: usize = 40;
/// So many mentions back it is counted of which units they are.
const COLLEAGUES: usize = 40;
/// So many are chosen among, each by its words once.
const MOST: usize = 14;

/// The units that a mention can choose among, and none, each with what speaks for it.
pub(super) type Options<G> = Vec<(Option<Stretch>, G)>;

/// The units of a text.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Every named unit, in the order of their ends.
    pub units: &'a [Stretch],
    /// What can be chosen among because of each of them.
    pub offers: &'a [Vec<Stretch>],
    /// What the model read, units and all else, in the order of the text.
    pub pieces: &'a [Piece],
}

impl Known<'_> {
    /// How a stretch lies to what the model read as units: 1 for one of them, 2 for one that meets another, else 0.
    fn read(&self, unit: Stretch) -> u32 {
        let first = self.pieces.partition_point(|piece| piece.end <= unit.0);
        let met = self.pieces.get(first..).unwrap_or(&[]).iter().take_while(|piece| piece.start < unit.1);
        let lies = |piece: &Piece| if piece.stretch() == unit { 1 } else { 2 };
        met.filter(|piece| piece.part == Part::Unit).map(lies).min().unwrap_or(0)
    }
}

/// Every unit that could serve a mention, the nearest first, and none at all; with what speaks for each, from nothing on.
pub(super) fn choices<G: Grounds + Clone>(
    text: &Folded,
    hits: &Hits,
    known: Known<'_>,
    mentions: &[Mention],
    index: usize,
    nothing: &G,
) -> Options<G> {
    let Some((mention, post)) = mentions.get(index).and_then(|mention| Some((mention, mention.post?))) else {
        return Vec::new();
    };
    let before = known.units.partition_point(|unit| unit.1 <= mention.start);
    let earlier = known.offers.get(before.saturating_sub(LOOKED_AT)..before).unwrap_or(&[]);
    let words = |unit: Stretch| text.slice(unit.0, unit.1);
    let wanted = wanted(text, hits, post);
    let strict = nameless(text, post);
    let mut candidates: Vec<Stretch> = Vec::with_capacity(MOST);
    for &unit in earlier.iter().rev().flatten() {
        if candidates.len() == MOST {
            break;
        }
        if (!strict || wanted.fits(text, unit)) && !candidates.iter().any(|&other| words(other) == words(unit)) {
            candidates.push(unit);
        }
    }
    let seen = Seen::new(text, hits, known, mentions, index, (post, wanted));
    let mut all: Options<G> = candidates
        .iter()
        .enumerate()
        .map(|(rank, &unit)| (Some(unit), seen.unit(unit, rank, candidates.len(), nothing.clone())))
        .collect();
    all.push((None, seen.none(candidates.len(), nothing.clone())));
    all
}

/// What all options of one mention share.
struct Seen<'a> {
    text: &'a Folded,
    hits: &'a Hits,
    known: Known<'a>,
    mention: &'a Mention,
    /// The last two and the first two characters of the post, and its last and first one.
    tail: u32,
    head: u32,
    last: u32,
    first: u32,
    /// 0 for a role, 1 for what stands for a name, 2 for a name.
    named: u32,
    /// The unit that the nearest mention before has beside it, and what stands between the two mentions.
    anchor: Option<Stretch>,
    anchor_gap: u32,
    /// The last two characters of that mention's post.
    anchor_tail: u32,
    /// The units that the mentions right before have beside them.
    taken: Vec<Stretch>,
    /// How many mentions without a unit of their own stand between.
    between: u32,
    post: Stretch,
    /// Where the sentence and the clause of the mention begin.
    sentence: usize,
    clause: usize,
    /// Which units the post speaks of.
    wanted: Wanted,
}

impl<'a> Seen<'a> {
    fn new(
        text: &'a Folded,
        hits: &'a Hits,
        known: Known<'a>,
        mentions: &'a [Mention],
        index: usize,
        (post, wanted): (Stretch, Wanted),
    ) -> Seen<'a> {
        let mention = &mentions[index];
        let c = |at: usize| u32::from(text.at(at));
        let before = mentions.get(..index).unwrap_or(&[]);
        let anchor = before.iter().rev().enumerate().find(|(_, other)| other.unit.is_some());
        let gap = |from: usize| {
            // Three hundred characters back, all is as far as can be.
            let between = text.slice(from.max(mention.start.saturating_sub(300)), mention.start);
            let has = |marks: &[char]| between.iter().any(|c| marks.contains(c));
            if between.len() <= 1 {
                0
            } else if has(&['。', '\n']) {
                4
            } else if has(&['；', ';']) {
                3
            } else if has(&['，', ':']) {
                2
            } else {
                1
            }
        };
        let ends = |marks: &'static [char]| {
            let from = mention.start.saturating_sub(300);
            (from..mention.start).rev().find(|&at| marks.contains(&text.at(at))).map_or(from, |at| at + 1)
        };
        let tail = |post: Stretch| number(text.slice(post.1.saturating_sub(2).max(post.0), post.1));
        Seen {
            text,
            hits,
            known,
            mention,
            tail: tail(post),
            head: number(text.slice(post.0, (post.0 + 2).min(post.1))),
            last: c(post.1.saturating_sub(1)),
            first: c(post.0),
            named: match mention.name {
                None => 0,
                Some(name) if !name.full => 1,
                Some(_) => 2,
            },
            anchor: anchor.and_then(|(_, other)| other.unit),
            anchor_gap: anchor.map_or(7, |(_, other)| gap(other.end)),
            anchor_tail: anchor.and_then(|(_, other)| other.post).map_or(0, tail),
            taken: before.iter().rev().take(COLLEAGUES).filter_map(|other| other.unit).collect(),
            between: anchor.map_or(9, |(skipped, _)| u32::try_from(skipped.min(4)).unwrap_or(4)),
            post,
            sentence: ends(&['。', '；', ';', '\n']),
            clause: ends(&['。', '；', ';', '\n', '，', ':']),
            wanted,
        }
    }

    fn none<G: Grounds>(&self, candidates: usize, mut choice: G) -> G {
        let many = u32::try_from(candidates.min(3)).unwrap_or(3);
        choice.sign(1, self.named, 0, 0);
        let level = u32::from(matches!(self.wanted, Wanted::Ends(_)));
        choice.sign(10, level, self.named, 0);
        choice.sign(11, level, many, 0);
        choice.sign(2, self.tail, 0, 0);
        choice.sign(3, self.head, 0, 0);
        choice.sign(4, self.tail, self.named, 0);
        choice.sign(5, many, self.named, 0);
        choice.sign(6, self.between, self.anchor_gap, 0);
        choice.sign(7, self.head, self.tail, 0);
        choice.sign(8, self.first, 0, 0);
        choice.sign(9, u32::from(self.text.before(self.mention.start)), 0, 0);
        choice
    }

    fn unit<G: Grounds>(&self, unit: Stretch, rank: usize, of: usize, mut choice: G) -> G {
        let text = self.text;
        let mut sign = |kind: u8, a: u32, b: u32, c: u32| choice.sign(kind, a, b, c);
        let c = |at: usize| u32::from(text.at(at));
        let rank = u32::try_from(rank).unwrap_or(0);
        let (end, two) = (c(unit.1 - 1), number(text.slice(unit.1.saturating_sub(2).max(unit.0), unit.1)));
        let where_from = if unit.0 >= self.clause {
            0
        } else if unit.0 >= self.sentence {
            1
        } else {
            2
        };
        let anchored = self.anchor.is_some_and(|anchor| text.slice(anchor.0, anchor.1) == text.slice(unit.0, unit.1));
        let own = u32::from(anchored);
        let pointer = u32::from(matches!(text.at(unit.0), '该' | '我' | '本' | '其'));
        let level = u32::from(matches!(self.wanted, Wanted::Ends(_))) * 2 + u32::from(self.wanted.fits(text, unit));
        sign(45, level, self.named, 0);
        sign(46, level, own, rank);
        sign(20, rank, 0, 0);
        sign(21, where_from, rank, 0);
        sign(22, end, self.tail, 0);
        sign(23, two, self.tail, 0);
        sign(24, end, self.head, 0);
        sign(25, two, self.head, 0);
        sign(26, end, self.last, 0);
        sign(27, end, self.first, 0);
        sign(28, two, 0, 0);
        sign(29, end, self.tail, self.head);
        sign(30, own, self.anchor_gap, self.between);
        sign(31, own, end, self.tail);
        sign(32, own, rank, where_from);
        sign(33, own, self.named, 0);
        sign(34, pointer, own, rank);
        // What governs the unit: 对…检查, 到…, 在…; and what follows it.
        let before = self.hits.longest_to(unit.0, Class::BEFORE.or(Class::VERB));
        let governed = before.map_or(0, |hit| number(text.slice(hit.from(), hit.to())));
        sign(35, governed, 0, 0);
        sign(36, u32::from(text.before(unit.0)), 0, 0);
        sign(37, c(unit.1), own, 0);
        sign(38, c(unit.1), c(unit.1 + 1), 0);
        sign(39, u32::from(is_mark(text.before(unit.0))), own, rank);
        let first = self.known.units.first() == Some(&unit);
        sign(40, u32::from(first), own, u32::try_from(of.min(4)).unwrap_or(4));
        sign(41, self.named, end, where_from);
        sign(42, governed, self.tail, 0);
        sign(43, u32::from(unit.1 - unit.0 > 4), end, 0);
        sign(44, where_from, end, self.last);
        // 社区书记 of 文昌社区, 站长 of a 站: the post says of what kind of body it is.
        let begins = u32::from(end == self.first) + u32::from(two == self.head);
        let holds = u32::from(text.slice(self.post.0, self.post.1).iter().any(|&c| u32::from(c) == end));
        sign(47, begins, holds, own);
        sign(48, begins, holds, rank);
        sign(49, holds, self.tail, 0);
        // 书记…、会计: whose colleague the post can be, how far off the unit stands, and how many are of it already; and for what kind of unit it is.
        sign(50, self.anchor_tail, self.tail, own);
        sign(51, own, end, self.anchor_tail);
        let far = self.mention.start.saturating_sub(unit.1);
        let far = (usize::BITS - far.leading_zeros()).min(9);
        sign(52, far, own, self.named);
        sign(53, far, end, self.last);
        let same = |taken: &&Stretch| text.slice(taken.0, taken.1) == text.slice(unit.0, unit.1);
        let many = u32::try_from(self.taken.iter().filter(same).count().min(3)).unwrap_or(3);
        sign(54, many, own, rank);
        sign(55, many, where_from, 0);
        sign(56, two, self.head, own);
        // What the model read as a unit has the right borders more often than what the words of a text show.
        let read = self.known.read(unit);
        sign(57, read, own, rank);
        sign(58, read, self.named, 0);
        sign(59, read, end, 0);
        // 清单列|双港村, 和|石佛乡: which characters begin no unit.
        sign(60, c(unit.0), read, 0);
        sign(61, u32::from(text.before(unit.0)), c(unit.0), 0);
        sign(62, c(unit.0), c(unit.0 + 1), 0);
        choice
    }
}
