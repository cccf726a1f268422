//! What a mention lacks: units that stand elsewhere in the text are found, several mentions of one person become the
//! fullest of them, and the rest is judged (填表说明2: 人要点明单位职务和姓名).

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::level::{Wanted, wanted};
use super::model::{Part, Piece};
use super::{Mention, Name, Stretch, body, unit};
use crate::text::fold::{Folded, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};
use crate::text::{Person, PersonClass};

/// From here on a reading is certain, and what it lacks is an error. Chosen on records left out of the learning, so that
/// of a hundred errors at least ninety-eight are right: less is asked where the words themselves say that somebody
/// without a full name is meant, more where a bare post may be that of somebody named elsewhere.
const SURE: i16 = 110;
const SURE_OF_PLAIN: i16 = 20;
const SURE_OF_ROLE: i16 = 140;
/// How far back a pointer looks for what it points at, in characters.
const BACK: usize = 400;

/// The persons of a text from its mentions.
pub(super) fn settle(text: &Folded, hits: &Hits, pieces: &[Piece], mut mentions: Vec<Mention>) -> Vec<Person> {
    let settler = Settler { text, hits, pieces, units: OnceCell::new(), first_body: OnceCell::new() };
    mentions.sort_by_key(|mention| (mention.start, mention.end));
    mentions.iter_mut().for_each(|mention| settler.find_unit(mention));
    let spell = |name: Name| text.slice(name.start, name.end).iter().collect::<String>();
    // One person, one mention: the fullest of those with the same name.
    let mut best: BTreeMap<String, usize> = BTreeMap::new();
    let mut families: BTreeMap<char, usize> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        let Some(name) = mention.name else { continue };
        if name.full {
            families.entry(text.at(name.start)).or_insert(index);
        }
        let kept = best.entry(spell(name)).or_insert(index);
        if mentions.get(*kept).is_some_and(|kept| fullness(mention) > fullness(kept)) {
            *kept = index;
        }
    }
    let kept = mentions.iter().enumerate().filter(|(index, mention)| {
        mention.name.is_none_or(|name| {
            // 王书记 after 王海峰 is the same man; 王某 is another, whose name is kept back.
            let known = !name.full
                && name.end - name.start == 1
                && families.get(&text.at(name.start)).is_some_and(|first| first < index);
            best.get(&spell(name)) == Some(index) && !known
        })
    });
    kept.map(|(_, mention)| settler.person(mention)).collect()
}

/// What a mention lacks; one label, the gravest.
fn judge(mention: &Mention) -> PersonClass {
    match (mention.name, mention.post, mention.unit) {
        (None, _, _) | (Some(Name { full: false, .. }), _, _) => PersonClass::NoName,
        (_, None, _) => PersonClass::NoPost,
        (_, _, None) => PersonClass::NoUnit,
        _ => PersonClass::Full,
    }
}

/// How full a mention is; a fuller one is greater.
fn fullness(mention: &Mention) -> u8 {
    match judge(mention) {
        PersonClass::NoName => 0,
        PersonClass::NoPost => 1,
        PersonClass::NoUnit => 2,
        PersonClass::Full => 3,
    }
}

struct Settler<'a> {
    text: &'a Folded,
    hits: &'a Hits,
    pieces: &'a [Piece],
    units: OnceCell<Vec<Stretch>>,
    first_body: OnceCell<usize>,
}

impl Settler<'_> {
    /// Every named unit of the text, those of the pieces first; looked for only where a mention asks.
    fn units(&self) -> &[Stretch] {
        self.units.get_or_init(|| {
            let pieces = self.pieces.iter().filter(|piece| piece.part == Part::Unit);
            let mut units: Vec<Stretch> = pieces.map(|piece| (piece.start, piece.end)).collect();
            let known = units.clone();
            units.extend(unit::units(self.text, self.hits).into_iter().filter(|unit| {
                let next = known.partition_point(|other| other.1 <= unit.0);
                known.get(next).is_none_or(|other| other.0 >= unit.1)
            }));
            units.sort_unstable();
            units
        })
    }

    fn person(&self, mention: &Mention) -> Person {
        let span = |(start, end): Stretch| self.text.span(start, end);
        let class = judge(mention);
        let least = match class {
            PersonClass::NoName if mention.plain => SURE_OF_PLAIN,
            // 县医院值班医生: the body's other people may be named, and he among them.
            PersonClass::NoName if mention.unit.is_some() => i16::MAX,
            PersonClass::NoName => SURE_OF_ROLE,
            _ => SURE,
        };
        // Where any body stands before the post, whether it serves the post may be judged otherwise.
        let alone = || self.first_body() >= mention.start && self.begins(mention.start);
        Person {
            span: span((mention.start, mention.end)),
            unit: mention.unit.map(span),
            post: mention.post.map(span),
            name: mention.name.map(|name| span((name.start, name.end))),
            class,
            sure: mention.margin >= least && (class != PersonClass::NoUnit || alone()),
        }
    }

    /// Where the first body of the text stands, named or not.
    fn first_body(&self) -> usize {
        let body = Class::UNIT_BODY.or(Class::OWN_UNIT);
        *self.first_body.get_or_init(|| {
            let first = self.hits.every().iter().find(|hit| hit.class.meets(body));
            first.map_or(usize::MAX, |hit| hit.from())
        })
    }

    /// Whether nothing that could be part of a unit stands right before a place.
    fn begins(&self, start: usize) -> bool {
        let governed = || self.hits.longest_to(start, Class::BEFORE).is_some();
        !self.text.gap(start) && (is_mark(self.text.before(start)) || governed())
    }

    /// Drops what is no unit, and finds the one named earlier in the text that serves a post of its level.
    fn find_unit(&self, mention: &mut Mention) {
        let (text, hits) = (self.text, self.hits);
        // 镇农技站: a nameless body is no unit, and goes with the post.
        if let Some((start, end)) = mention.unit
            && !body::named(text, hits, start, end)
            && !(start + 3..=end).any(|end| body::placed(text, hits, start, end))
            && !hits.from(start).iter().any(|hit| hit.class.meets(Class::OWN_UNIT))
            && body::pointer(text, hits, start, end).is_none()
        {
            mention.unit = None;
            mention.post = mention.post.map(|post| if post.0 == end { (start, post.1) } else { post });
        }
        if let Some(unit) = mention.unit {
            if body::points(text, unit) && !self.pointed_at(unit) {
                mention.unit = None;
            }
            return;
        }
        let Some(post) = mention.post else { return };
        let full = mention.name.is_some_and(|name| name.full);
        let wanted = wanted(text, hits, post);
        if mention.name.is_none() && !matches!(wanted, Wanted::Ends(_)) || !full && text.ends(post.1, "责任人") {
            return;
        }
        let units = self.units();
        let before = units.partition_point(|unit| unit.1 <= mention.start);
        // Sixty-four units back is further than a reader looks, and keeps the reading linear.
        let earlier = units.get(before.saturating_sub(64)..before).unwrap_or(&[]);
        mention.unit = earlier.iter().rev().find(|unit| wanted.fits(text, **unit)).copied();
    }

    /// Whether something named stands before 该村, 其 that it can point at: a unit, or any body with the same sign.
    fn pointed_at(&self, unit: Stretch) -> bool {
        let text = self.text;
        let sign = text.before(unit.1);
        let like = |at: usize| {
            let before = text.before(at);
            text.at(at) == sign && is_word(before) && !matches!(before, '该' | '其' | '本' | '我')
        };
        self.units().first().is_some_and(|first| first.1 <= unit.0)
            || unit.1 - unit.0 >= 2 && (unit.0.saturating_sub(BACK).max(1)..unit.0).any(like)
    }
}
