//! The same lessons with other names, posts and places: what is to be learnt is where a name stands, not which names
//! there are. Drawn by a fixed sequence, so that every learning sees the same.

use std::collections::{BTreeMap, BTreeSet};

use super::lesson::Lesson;
use crate::text::fold::is_word;
use crate::text::person::model::Part;

/// A fixed sequence of numbers (splitmix64).
#[derive(Default)]
pub(super) struct Draw(u64);

impl Draw {
    /// Another sequence for every number.
    pub(super) fn new(number: u64) -> Draw {
        Draw(number << 40)
    }

    /// A number under a limit.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or(0) % limit.max(1)
    }

    pub(super) fn shuffle(&mut self, order: &mut [usize]) {
        for last in (1..order.len()).rev() {
            order.swap(last, self.below(last + 1));
        }
    }

    fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// First and last characters of villages' and towns' names.
const PLACE: &str = "大小上下东西南北中前后新老石青白黄红黑清金银龙虎凤马牛羊鱼竹松柳杨李张王刘陈赵高长双三五七八九平安福兴旺和永太天云水山花麻古官沙泥板桐梅荷菜茶盐铁铜陶瓦";
const PLACE_END: &str = "坪塘岭坝沟湾店铺桥溪冲坳坡洞岩井泉河江口头尾边背脚山林田园庄屋家庙寺关堡营屯寨集圩场埠港洲岛滩台岗梁峪崖川源岔堰渡沱垭箐沙树";
/// Signs of places: the characters before them are a name of its own.
const SIGNS: &str = "村镇乡屯寨组社街园场";

/// What lessons are varied with: families and given names of the lists, words spelled like names, and the names,
/// posts and roles of all lessons.
pub(super) struct Stock {
    common: Vec<char>,
    rare: Vec<char>,
    compound: Vec<&'static str>,
    given: Vec<char>,
    like: Vec<&'static str>,
    names: Vec<String>,
    posts: Vec<String>,
    roles: Vec<String>,
}

fn list(lines: &'static str) -> Vec<&'static str> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

fn single(lines: &'static str) -> Vec<char> {
    let mut chars = Vec::new();
    for line in list(lines) {
        let mut all = line.chars();
        if let (Some(c), None) = (all.next(), all.next()) {
            chars.push(c);
        }
    }
    chars
}

macro_rules! lexicon {
    ($name:literal) => {
        include_str!(concat!("../../../../checklists/lexicon/", $name, ".txt"))
    };
}

impl Stock {
    pub(super) fn new(lessons: &[Lesson]) -> Stock {
        let [common, rare, given] = [lexicon!("surnames-common"), lexicon!("surnames"), lexicon!("given")].map(single);
        // 高明, 方向: words of two characters that a family could bear.
        let families: BTreeSet<char> = common.iter().chain(&rare).copied().collect();
        let goods: BTreeSet<char> = given.iter().copied().collect();
        let spelled = |word: &&str| {
            let mut chars = word.chars();
            chars.next().is_some_and(|c| families.contains(&c))
                && chars.next().is_some_and(|c| goods.contains(&c))
                && chars.next().is_none()
        };
        let like = list(lexicon!("words")).into_iter().filter(spelled).collect();
        let of = |wanted: Part| {
            let parts = lessons.iter().flat_map(|lesson| {
                let parts = lesson.parts.iter().filter(move |part| part.2 == wanted);
                parts.filter_map(|part| lesson.text.get(part.0..part.1)).map(str::to_owned)
            });
            parts.collect::<BTreeSet<String>>().into_iter().collect()
        };
        let (names, posts, roles) = (of(Part::Name), of(Part::Post), of(Part::Role));
        Stock { common, rare, compound: list(lexicon!("surnames-compound")), given, like, names, posts, roles }
    }

    /// Another name; for one of an unusual shape, another that somebody bears.
    fn name(&self, old: &str, draw: &mut Draw) -> String {
        if old.contains(['·', '•']) || old.chars().count() > 4 || draw.below(4) == 0 {
            return draw.of(&self.names).cloned().unwrap_or_else(|| old.to_owned());
        }
        let given = |draw: &mut Draw| draw.of(&self.given).copied();
        let mut name = String::new();
        match draw.below(20) {
            0..=3 => return draw.of(&self.like).map_or_else(|| old.to_owned(), |&word| word.to_owned()),
            4 | 5 => {
                draw.of(&self.compound).into_iter().for_each(|family| name.push_str(family));
                name.extend(given(draw));
                if draw.below(2) == 0 {
                    name.extend(given(draw));
                }
            }
            _ => {
                let families = if draw.below(6) == 0 { &self.rare } else { &self.common };
                name.extend(draw.of(families));
                name.extend(given(draw));
                if draw.below(10) < 7 {
                    name.extend(given(draw));
                }
            }
        }
        name
    }

    /// Another family in 唐某某, 老张, 王.
    fn mask(&self, old: &str, draw: &mut Draw) -> String {
        let mut chars: Vec<char> = old.chars().collect();
        let family = usize::from(matches!(chars.first(), Some('小' | '老')) && chars.len() > 1);
        if chars.len() <= 3
            && let (Some(c), Some(&other)) = (chars.get_mut(family), draw.of(&self.common))
        {
            *c = other;
        }
        chars.into_iter().collect()
    }

    /// A place's name of as many characters, all of three bytes.
    fn place(&self, length: usize, draw: &mut Draw) -> String {
        let (first, last): (Vec<char>, Vec<char>) = (PLACE.chars().collect(), PLACE_END.chars().collect());
        (0..length)
            .filter_map(|at| {
                let list = if at + 1 == length && draw.below(4) > 0 {
                    &last
                } else if draw.below(3) == 0 {
                    &self.given
                } else {
                    &first
                };
                draw.of(list).copied().filter(|c| c.len_utf8() == 3).or(first.first().copied())
            })
            .collect()
    }
}

/// A lesson with other names, masks, posts, roles and places, the same for the same within it.
pub(super) fn varied(lesson: &Lesson, stock: &Stock, draw: &mut Draw) -> Lesson {
    let mut text = String::with_capacity(lesson.text.len());
    let mut parts = Vec::with_capacity(lesson.parts.len());
    // Where a changed part ended, and where it ends now.
    let mut moves: Vec<(usize, usize)> = Vec::new();
    let mut renamed: BTreeMap<&str, String> = BTreeMap::new();
    let mut from = 0;
    for &(start, end, part) in &lesson.parts {
        let old = lesson.text.get(start..end).unwrap_or("");
        text.push_str(lesson.text.get(from..start).unwrap_or(""));
        let start = text.len();
        let keep = draw.below(3) == 0;
        let seldom = draw.below(10) < 3;
        let listed = |list: &[String], draw: &mut Draw| draw.of(list).cloned().unwrap_or_else(|| old.to_owned());
        text.push_str(&match part {
            Part::Name if keep => renamed.entry(old).or_insert_with(|| old.to_owned()).clone(),
            Part::Name => renamed.entry(old).or_insert_with(|| stock.name(old, draw)).clone(),
            Part::Mask if !keep => stock.mask(old, draw),
            Part::Post if seldom => listed(&stock.posts, draw),
            Part::Role if seldom => listed(&stock.roles, draw),
            _ => old.to_owned(),
        });
        parts.push((start, text.len(), part));
        moves.push((end, text.len()));
        from = end;
    }
    text.push_str(lesson.text.get(from..).unwrap_or(""));
    let moved = |at: usize| match moves.iter().rev().find(|(end, _)| *end <= at) {
        Some((end, now)) => now + (at - end),
        None => at,
    };
    let open = lesson.open.iter().map(|&(from, to)| (moved(from), moved(to))).collect();
    let text = other_places(text, &parts, stock, draw);
    Lesson { text, parts, open, persons: Vec::new() }
}

/// Other names for the places in the units, exchanged all through the text; as long as the old ones, so that all
/// else stays where it is.
fn other_places(mut text: String, parts: &[(usize, usize, Part)], stock: &Stock, draw: &mut Draw) -> String {
    for &(start, end, part) in parts {
        if part != Part::Unit || draw.below(3) == 0 {
            continue;
        }
        let unit: Vec<char> = text.get(start..end).unwrap_or("").chars().collect();
        let mut begin = 0;
        for (at, &sign) in unit.iter().enumerate() {
            if !SIGNS.contains(sign) {
                continue;
            }
            let name = unit.get(begin..at).unwrap_or(&[]);
            begin = at + 1;
            let own = !name.first().is_some_and(|&c| "该本我其县市区".contains(c));
            if own && (2..=3).contains(&name.len()) && name.iter().all(|&c| c.len_utf8() == 3 && is_word(c)) {
                let old: String = name.iter().chain([&sign]).collect();
                let new = format!("{}{sign}", stock.place(name.len(), draw));
                if new.len() == old.len() {
                    text = text.replace(&old, &new);
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::lesson::Labelled;
    use super::*;

    #[test]
    fn a_varied_lesson_keeps_its_parts_in_place() {
        let person = |unit: &str, post: &str, name: &str, full| Labelled {
            text: format!("{unit}{post}{name}"),
            unit: unit.to_owned(),
            post: post.to_owned(),
            name: name.to_owned(),
            full,
        };
        let text = "青石镇大坪村党支部书记唐国强、会计李某漏登2户，唐国强已补登。";
        let persons =
            [person("青石镇大坪村", "党支部书记", "唐国强", true), person("青石镇大坪村", "会计", "李某", false)];
        let lesson = Lesson::new(text, &persons);
        let kinds = |lesson: &Lesson| lesson.parts.iter().map(|part| part.2).collect::<Vec<_>>();
        let expected = [Part::Unit, Part::Post, Part::Name, Part::Post, Part::Mask, Part::Name];
        assert_eq!(kinds(&lesson), expected);
        let (stock, mut draw) = (Stock::new(std::slice::from_ref(&lesson)), Draw::default());
        for _ in 0..50 {
            let varied = varied(&lesson, &stock, &mut draw);
            assert_eq!(kinds(&varied), expected);
            let words = |at: usize| varied.parts.get(at).and_then(|part| varied.text.get(part.0..part.1)).unwrap();
            assert!(words(0).ends_with('村') && words(4).ends_with('某'), "{}", varied.text);
            assert_eq!(words(2), words(5), "one person, one name");
        }
    }
}
