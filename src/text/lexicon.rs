//! Word lists, built in and added by a project; and where their words stand in a text, found in one pass.

use std::sync::LazyLock;

use super::fold::{self, Folded};
use super::trie::Trie;

/// What a word is listed as; a word may be listed several times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Class(u32);

impl Class {
    pub(super) const SURNAME: Class = Class(1);
    pub(super) const COMMON_SURNAME: Class = Class(1 << 1);
    pub(super) const COMPOUND: Class = Class(1 << 2);
    pub(super) const GIVEN: Class = Class(1 << 3);
    pub(super) const WORD: Class = Class(1 << 4);
    pub(super) const VERB: Class = Class(1 << 5);
    pub(super) const AFTER: Class = Class(1 << 6);
    pub(super) const BEFORE: Class = Class(1 << 7);
    pub(super) const POST: Class = Class(1 << 8);
    pub(super) const UNIT_BODY: Class = Class(1 << 9);
    pub(super) const POST_BODY: Class = Class(1 << 10);
    pub(super) const GENERIC: Class = Class(1 << 11);
    pub(super) const MODIFIER: Class = Class(1 << 12);
    pub(super) const JUDGEMENT: Class = Class(1 << 13);
    pub(super) const FAULT: Class = Class(1 << 14);
    pub(super) const MEASURE: Class = Class(1 << 15);
    pub(super) const EMPTY_MEASURE: Class = Class(1 << 16);
    pub(super) const TIME: Class = Class(1 << 17);
    pub(super) const FESTIVAL: Class = Class(1 << 18);
    pub(super) const COUNTED: Class = Class(1 << 19);
    pub(super) const VAGUE_ACT: Class = Class(1 << 20);
    pub(super) const NONE: Class = Class(1 << 21);
    pub(super) const NONE_OBJECT: Class = Class(1 << 22);
    pub(super) const SANCTION: Class = Class(1 << 23);
    pub(super) const SETTLED: Class = Class(1 << 24);
    pub(super) const GROUP: Class = Class(1 << 25);
    pub(super) const SLOT: Class = Class(1 << 26);
    pub(super) const NOUN: Class = Class(1 << 27);
    pub(super) const MISCONDUCT: Class = Class(1 << 28);
    /// A unit that the project names.
    pub(super) const OWN_UNIT: Class = Class(1 << 29);

    pub(super) const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// The class that some bits stand for.
    pub(super) const fn of(bits: u32) -> Class {
        Class(bits)
    }

    /// A bit for each list that the class is of.
    pub(super) const fn bits(self) -> u32 {
        self.0
    }

    pub(super) const fn meets(self, other: Class) -> bool {
        self.0 & other.0 != 0
    }

    const fn covers(self, other: Class) -> bool {
        self.0 & other.0 == other.0
    }
}

macro_rules! lists {
    ($($class:ident $file:literal),+ $(,)?) => {
        &[$((Class::$class, include_str!(concat!("../../checklists/lexicon/", $file, ".txt")))),+]
    };
}

/// Every list with what it says of its words.
static LISTS: &[(Class, &str)] = lists![
    SURNAME "surnames",
    COMMON_SURNAME "surnames-common",
    COMPOUND "surnames-compound",
    GIVEN "given",
    WORD "words",
    VERB "verbs",
    AFTER "after-person",
    BEFORE "before-person",
    POST "posts",
    UNIT_BODY "bodies-unit",
    POST_BODY "bodies-post",
    GENERIC "generic",
    MODIFIER "modifiers",
    JUDGEMENT "judgements",
    FAULT "faults",
    MEASURE "measures",
    EMPTY_MEASURE "empty-measures",
    TIME "times-vague",
    FESTIVAL "festivals",
    COUNTED "units-of-count",
    VAGUE_ACT "vague-acts",
    NONE "none",
    NONE_OBJECT "none-objects",
    SANCTION "sanctions",
    SETTLED "settled",
    GROUP "groups",
    SLOT "slots",
    NOUN "nouns",
    MISCONDUCT "misconduct",
];

/// The built-in lists as one trie, made at first use.
static BUILT_IN: LazyLock<Trie> =
    LazyLock::new(|| trie(LISTS.iter().flat_map(|(class, list)| words(list).map(|word| (word, *class)))));

/// The words that the reading knows: surnames, posts, unit shapes, loose times, judgements, measures.
#[derive(Clone, Default)]
pub(crate) struct Lexicon {
    own: Option<std::sync::Arc<Trie>>,
    /// A model other than the built-in one, while models are learnt and compared.
    model: Option<std::sync::Arc<super::person::Model>>,
    /// Nothing is read by it.
    blind: bool,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lexicon").field("own", &self.own.is_some()).finish()
    }
}

impl Lexicon {
    /// The built-in lists together with a county's own units (names, aliases, supervised units and villages).
    pub(crate) fn new<'a>(units: impl IntoIterator<Item = &'a str>) -> Lexicon {
        let names: Vec<String> = units.into_iter().flat_map(unit_names).collect();
        let own = trie(names.iter().map(|name| (name.as_str(), Class::OWN_UNIT)));
        Lexicon { own: (!own.is_empty()).then(|| std::sync::Arc::new(own)), model: None, blind: false }
    }
}

impl Lexicon {
    /// A lexicon by which no text is read: its facts stay empty. For sheets whose texts are only compared with others.
    pub(crate) fn blind() -> Lexicon {
        Lexicon { blind: true, ..Lexicon::default() }
    }

    pub(super) fn is_blind(&self) -> bool {
        self.blind
    }

    /// The model by which persons are read.
    pub(super) fn model(&self) -> &super::person::Model {
        self.model.as_deref().unwrap_or_else(|| super::person::built_in())
    }

    /// The same words with another model.
    #[cfg(any(test, feature = "doors"))]
    pub(crate) fn with_model(&self, model: super::person::Model) -> Lexicon {
        Lexicon { own: self.own.clone(), model: Some(std::sync::Arc::new(model)), blind: false }
    }
}

/// The names under which a reporting unit is written in a cell: its own, and that of the body it belongs to.
fn unit_names(written: &str) -> Vec<String> {
    let name = Folded::new(written.trim()).chars.into_iter().filter(|&c| c != '\n').collect::<String>();
    let mut names = Vec::new();
    let stem = ["纪律检查委员会", "纪律检查工作委员会", "纪检监察组", "纪工委", "纪委", "党委", "人民政府", "党工委"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or(&name);
    let stem = stem.strip_prefix("中共").unwrap_or(stem);
    let stem = ["派驻", "驻"].iter().find_map(|mark| stem.rsplit_once(mark)).map_or(stem, |(_, rest)| rest);
    if stem.chars().count() >= 2 && stem.chars().count() <= 20 {
        names.push(stem.to_owned());
    }
    names
}

fn words(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn trie<'a>(words: impl IntoIterator<Item = (&'a str, Class)>) -> Trie {
    // A list is folded as the text is, so that both meet.
    Trie::new(words.into_iter().map(|(word, class)| (fold::word(word), class.0)).collect())
}

/// A listed word in a text, by characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub start: u32,
    pub end: u32,
    pub class: Class,
}

impl Hit {
    pub(super) fn from(self) -> usize {
        self.start as usize
    }

    pub(super) fn to(self) -> usize {
        self.end as usize
    }

    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }
}

/// Every listed word of a text, by where it starts and by where it ends.
#[derive(Debug, Default)]
pub(super) struct Hits {
    by_start: Vec<Hit>,
    starts: Vec<Place>,
    by_end: Vec<Hit>,
    ends: Vec<Place>,
    /// The few words that state something, again in the order of their starts.
    stating: Vec<Hit>,
    /// The classes of all hits together.
    held: Class,
}

/// What starts, or ends, at a place: its first hit among all of them, and the classes of all of its own together.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    first: u32,
    classes: Class,
}

/// Words that state faults, judgements and measures; hardly one character in ten begins one.
const STATING: Class = Class::JUDGEMENT
    .or(Class::FAULT)
    .or(Class::MEASURE)
    .or(Class::EMPTY_MEASURE)
    .or(Class::SANCTION)
    .or(Class::MISCONDUCT);

impl Hits {
    pub(super) fn find(text: &Folded, words: &Lexicon) -> Hits {
        let length = text.len();
        let (mut by_start, mut starts) = (Vec::with_capacity(length + 16), Vec::with_capacity(length + 1));
        let mut ends = vec![Place::default(); length + 2];
        let mut stating = Vec::with_capacity(length / 8 + 4);
        let (built_in, own) = (&*BUILT_IN, words.own.as_deref());
        for start in 0..length {
            let first = by_start.len();
            let mut classes = Class::default();
            let mut found = |end: usize, class| {
                let class = Class(class);
                by_start.push(Hit { start: number(start), end: number(end), class });
                classes = classes.or(class);
                if let Some(end) = ends.get_mut(end) {
                    end.first += 1;
                    end.classes = end.classes.or(class);
                }
            };
            built_in.each_from(&text.chars, start, &mut found);
            if let Some(own) = own {
                own.each_from(&text.chars, start, &mut found);
            }
            starts.push(Place { first: number(first), classes });
            if classes.meets(STATING) {
                let here = by_start.get(first..).unwrap_or(&[]);
                stating.extend(here.iter().copied().filter(|hit| hit.class.meets(STATING)));
            }
        }
        starts.push(Place { first: number(by_start.len()), classes: Class::default() });
        let held = starts.iter().fold(Class::default(), |held, here| held.or(here.classes));
        let by_end = by_end(&by_start, &mut ends);
        Hits { by_start, starts, by_end, ends, stating, held }
    }

    /// The words that start at a place.
    pub(super) fn from(&self, place: usize) -> &[Hit] {
        slice(&self.by_start, &self.starts, place)
    }

    /// The words that end right before a place.
    pub(super) fn to(&self, place: usize) -> &[Hit] {
        slice(&self.by_end, &self.ends, place)
    }

    /// Whether a word of a class stands anywhere.
    pub(super) fn holds(&self, class: Class) -> bool {
        self.held.meets(class)
    }

    /// Whether a word of a class starts at a place.
    pub(super) fn starts(&self, place: usize, class: Class) -> bool {
        self.starts.get(place).is_some_and(|here| here.classes.meets(class))
    }

    /// Whether a word of a class ends right before a place.
    fn ends(&self, place: usize, class: Class) -> bool {
        self.ends.get(place).is_some_and(|here| here.classes.meets(class))
    }

    /// The longest word of a class that starts at a place.
    pub(super) fn longest_from(&self, place: usize, class: Class) -> Option<Hit> {
        if !self.starts(place, class) {
            return None;
        }
        self.from(place).iter().copied().filter(|hit| hit.class.meets(class)).max_by_key(|hit| hit.end)
    }

    /// The longest word of a class that ends right before a place.
    pub(super) fn longest_to(&self, place: usize, class: Class) -> Option<Hit> {
        if !self.ends(place, class) {
            return None;
        }
        self.to(place).iter().copied().filter(|hit| hit.class.meets(class)).min_by_key(|hit| hit.start)
    }

    /// Whether exactly this stretch is listed under a class.
    pub(super) fn is(&self, start: usize, end: usize, class: Class) -> bool {
        self.starts(start, class) && self.from(start).iter().any(|hit| hit.to() == end && hit.class.meets(class))
    }

    /// Every word, in the order of their starts.
    pub(super) fn every(&self) -> &[Hit] {
        &self.by_start
    }

    /// Every word of a class, in the order of their starts.
    pub(super) fn all(&self, class: Class) -> impl Iterator<Item = Hit> + '_ {
        let hits = if STATING.covers(class) { &self.stating } else { &self.by_start };
        hits.iter().copied().filter(move |hit| hit.class.meets(class))
    }
}

/// Hits laid out by where they end, in linear time: `ends` knows how many end at each place, and learns which is the
/// first of them.
fn by_end(by_start: &[Hit], ends: &mut [Place]) -> Vec<Hit> {
    let mut sum = 0;
    for end in ends.iter_mut() {
        sum += end.first;
        end.first = sum;
    }
    let mut laid = by_start.to_vec();
    // Each place starts out at the next one's first, and is filled from its last hit to its own first.
    for hit in by_start.iter().rev() {
        if let Some(end) = ends.get_mut(hit.to()) {
            end.first -= 1;
            if let Some(slot) = laid.get_mut(end.first as usize) {
                *slot = *hit;
            }
        }
    }
    laid
}

fn slice<'a>(laid: &'a [Hit], places: &[Place], place: usize) -> &'a [Hit] {
    match (places.get(place), places.get(place + 1)) {
        (Some(here), Some(next)) => laid.get(here.first as usize..next.first as usize).unwrap_or(&[]),
        _ => &[],
    }
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_without_repeats() {
        for (class, list) in LISTS {
            let words: Vec<&str> = words(list).collect();
            assert!(!words.is_empty());
            for pair in words.windows(2) {
                assert!(pair[0] < pair[1], "{class:?}: {} before {}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn every_list_takes_part() {
        let text = Folded::new("县教育局局长于二月");
        let hits = Hits::find(&text, &Lexicon::new(["黄泥塘镇纪委"]));
        assert!(hits.is(4, 6, Class::POST));
        assert!(hits.is(6, 7, Class::SURNAME));
        assert_eq!(hits.longest_to(4, Class::UNIT_BODY).map(Hit::len), Some(1));
    }

    #[test]
    fn a_reporting_unit_is_known_by_the_body_it_belongs_to() {
        assert_eq!(unit_names("中共青石镇纪律检查委员会"), ["青石镇"]);
        assert_eq!(unit_names("县纪委监委派驻县教育局纪检监察组"), ["县教育局"]);
        assert_eq!(unit_names("大坪村"), ["大坪村"]);
    }
}
