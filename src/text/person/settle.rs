//! What a mention lacks: units that stand elsewhere in the text are found, several mentions of one person become the
//! fullest of them, and the rest is judged (填表说明2: 人要点明单位职务和姓名).

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::choice::{Grounds, Sum};
use super::model::{Model, Part, Piece};
use super::{Mention, Name, Stretch, body, offer, serve, unit};
use crate::text::fold::{Folded, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};
use crate::text::{Person, PersonClass};

/// From here on a reading is certain, and what it lacks is an error. Chosen on records left out of the learning, so that
/// of a hundred errors at least ninety-eight are right: less is asked where the words themselves say that somebody
/// without a full name is meant, more where a bare post may be that of somebody named elsewhere.
const SURE: i16 = 155;
const SURE_OF_PLAIN: i16 = 25;
const SURE_OF_ROLE: i16 = 100;
/// How far back a pointer looks for what it points at, in characters.
const BACK: usize = 400;

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

pub(super) struct Settler<'a> {
    text: &'a Folded,
    hits: &'a Hits,
    pieces: &'a [Piece],
    units: OnceCell<Vec<Stretch>>,
    offers: OnceCell<Vec<Vec<Stretch>>>,
    first_body: OnceCell<usize>,
}

impl<'a> Settler<'a> {
    pub(super) fn new(text: &'a Folded, hits: &'a Hits, pieces: &'a [Piece]) -> Settler<'a> {
        Settler { text, hits, pieces, units: OnceCell::new(), offers: OnceCell::new(), first_body: OnceCell::new() }
    }

    /// The persons of a text from its mentions, which stand in its order.
    pub(super) fn settle(&self, mut mentions: Vec<Mention>, model: &Model) -> Vec<Person> {
        let asking = self.own_units(&mut mentions);
        for (index, options) in self.choices(&mentions, &asking, &Sum::new(model.serve())) {
            let mut best: (i32, Option<Stretch>) = (i32::MIN, None);
            for (unit, option) in &options {
                if option.sum > best.0 {
                    best = (option.sum, *unit);
                }
            }
            if let Some(mention) = mentions.get_mut(index) {
                mention.unit = best.1;
            }
        }
        let spell = |name: Name| self.text.slice(name.start, name.end).iter().collect::<String>();
        // One person, one mention: the fullest of those with the same name.
        let mut best: BTreeMap<String, usize> = BTreeMap::new();
        let mut families: BTreeMap<char, usize> = BTreeMap::new();
        for (index, mention) in mentions.iter().enumerate() {
            let Some(name) = mention.name else { continue };
            if name.full {
                families.entry(self.text.at(name.start)).or_insert(index);
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
                    && families.get(&self.text.at(name.start)).is_some_and(|first| first < index);
                best.get(&spell(name)) == Some(index) && !known
            })
        });
        kept.map(|(_, mention)| self.person(mention)).collect()
    }

    /// For every mention that asks for a unit named elsewhere, those it can choose among, each with what speaks for it.
    pub(super) fn choices<G: Grounds + Clone>(
        &self,
        mentions: &[Mention],
        asking: &[usize],
        nothing: &G,
    ) -> Vec<(usize, serve::Options<G>)> {
        let options = |&index: &usize| {
            let known = serve::Known { units: self.units(), offers: self.offers(), pieces: self.pieces };
            (index, serve::choices(self.text, self.hits, known, mentions, index, nothing))
        };
        asking.iter().take(super::MOST).map(options).collect()
    }

    /// Every named unit of the text, in the order of their ends; looked for only where a mention asks.
    fn units(&self) -> &[Stretch] {
        self.units.get_or_init(|| {
            let pieces = self.pieces.iter().filter(|piece| piece.part == Part::Unit);
            let mut units: Vec<Stretch> = pieces.map(|piece| (piece.start, piece.end)).collect();
            units.extend(unit::units(self.text, self.hits));
            units.sort_unstable_by_key(|&(start, end)| (end, std::cmp::Reverse(start)));
            units.dedup();
            units
        })
    }

    /// By unit, what a post can choose among because of it.
    fn offers(&self) -> &[Vec<Stretch>] {
        self.offers.get_or_init(|| {
            self.units().iter().map(|&unit| offer::within(self.text, self.hits, unit).collect()).collect()
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
            sure: mention.margin >= least
                && match class {
                    PersonClass::NoUnit => alone(),
                    // 鄢平、丘陵(二人分别为…), 李华系…: who they are may be said there.
                    PersonClass::NoPost => !matches!(
                        self.text.at(mention.end),
                        '(' | '系' | '均' | '皆' | '都' | '是' | '为' | '任' | '现' | '时'
                    ),
                    _ => true,
                },
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

    /// Drops what is no unit; gives the mentions whose post asks for a unit named earlier.
    pub(super) fn own_units(&self, mentions: &mut [Mention]) -> Vec<usize> {
        let mut asking = Vec::new();
        for (index, mention) in mentions.iter_mut().enumerate() {
            self.split_pointer(mention);
            self.drop_nameless(mention);
            self.widen_unit(mention);
            match mention.unit {
                Some(unit) if body::points(self.text, unit) && !self.pointed_at(unit) => mention.unit = None,
                None if mention.post.is_some() => asking.push(index),
                _ => {}
            }
        }
        asking
    }

    /// 该村监委会主任: a pointer that was read into the post is the unit.
    fn split_pointer(&self, mention: &mut Mention) {
        let Some(post) = mention.post.filter(|_| mention.unit.is_none()) else { return };
        let end = body::pointer(self.text, self.hits, post.0, post.1).filter(|&end| end < post.1);
        if let Some(end) = end {
            (mention.unit, mention.post) = (Some((post.0, end)), Some((end, post.1)));
        }
    }

    /// 大营镇 | 退役军人服务站站长: the unit is the longest run of named bodies.
    fn widen_unit(&self, mention: &mut Mention) {
        let Some(post) = mention.post else { return };
        let Some(end) = body::unit_in(self.text, self.hits, post) else { return };
        let start = match mention.unit {
            Some(unit) if unit.1 == post.0 => unit.0,
            Some(_) => return,
            None => post.0,
        };
        if mention.unit.is_some() || body::named(self.text, self.hits, start, end) {
            mention.unit = Some((start, end));
            mention.post = Some((end, post.1));
        }
    }

    /// 镇农技站: a nameless body is no unit, and goes with the post.
    fn drop_nameless(&self, mention: &mut Mention) {
        let (text, hits) = (self.text, self.hits);
        if let Some((start, end)) = mention.unit
            && !body::named(text, hits, start, end)
            && !(start + 3..=end).any(|end| body::placed(text, hits, start, end))
            && !hits.from(start).iter().any(|hit| hit.class.meets(Class::OWN_UNIT))
            && body::pointer(text, hits, start, end).is_none()
        {
            mention.unit = None;
            mention.post = mention.post.map(|post| if post.0 == end { (start, post.1) } else { post });
        }
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
