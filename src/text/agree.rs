//! Names that are told again: of two of which one is the beginning or the end of the other, one was read wrongly, as
//! hardly ever two people are called so in one record.

use super::{Facts, PersonClass};
use crate::place::Span;

/// So many names of each kind that are the beginning, or the end, of others are looked at.
const MOST: usize = 16;

/// Two names of which the shorter is the beginning of the longer, or its end.
#[derive(Debug)]
pub(super) struct Pair {
    pub short: Vec<char>,
    pub long: Vec<char>,
    pub begins: bool,
}

impl Pair {
    /// Which of the two it is, told by how often each stands in the text: the longer one where the shorter one never
    /// stands without it. What goes before a name is seldom part of it, and never for that reason alone: `None`.
    fn longer(&self, short: usize, long: usize) -> Option<bool> {
        let longer = short == long;
        (self.begins || !longer).then_some(longer)
    }

    /// Characters that one has more than the other.
    pub(super) fn further(&self) -> usize {
        self.long.len() - self.short.len()
    }
}

/// Which of the pairs' names it is, by how often they stand in some texts; in the order of the pairs.
pub(super) fn which(pairs: &[Pair], texts: &[&[char]]) -> Vec<Option<bool>> {
    let mut names: Vec<&[char]> = pairs.iter().flat_map(|pair| [pair.short.as_slice(), &pair.long]).collect();
    names.sort_unstable();
    names.dedup();
    let mut times = vec![0usize; names.len()];
    for text in texts.iter().filter(|_| !names.is_empty()) {
        for at in 0..text.len() {
            let here = text.get(at..).unwrap_or(&[]);
            let first = names.partition_point(|name| name.first() < here.first());
            for (name, times) in names.iter().zip(&mut times).skip(first) {
                if name.first() != here.first() {
                    break;
                }
                *times += usize::from(here.starts_with(name));
            }
        }
    }
    let of = |name: &[char]| names.binary_search(&name).map_or(0, |at| times[at]);
    pairs.iter().map(|pair| pair.longer(of(&pair.short), of(&pair.long))).collect()
}

/// The names of which one is the beginning or the end of another, one or two characters shorter.
pub(super) fn pairs(mut names: Vec<Vec<char>>) -> Vec<Pair> {
    let found = |names: &mut Vec<Vec<char>>| -> Vec<(Vec<char>, Vec<char>)> {
        names.sort_unstable();
        names.dedup();
        // In their order, a name stands right before those that it begins.
        let near = |pair: &&[Vec<char>]| {
            let (short, long) = (&pair[0], &pair[1]);
            short.len() > 1 && long.starts_with(short) && long.len() - short.len() <= 2
        };
        names.windows(2).filter(near).take(MOST).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
    };
    let mut all: Vec<Pair> =
        found(&mut names).into_iter().map(|(short, long)| Pair { short, long, begins: true }).collect();
    names.iter_mut().for_each(|name| name.reverse());
    all.extend(found(&mut names).into_iter().map(|(mut short, mut long)| {
        short.reverse();
        long.reverse();
        Pair { short, long, begins: false }
    }));
    all
}

/// Makes the names agree that the cells of a record have in common: 和润近 in one, where the other tells of 和润, is he.
/// Takes each cell's text with what was read in it.
pub(crate) fn agree(cells: &mut [(&str, &mut Facts)]) {
    let names = cells.iter().flat_map(|(text, facts)| {
        let named = facts.persons.iter().filter(|person| person.class != PersonClass::NoName);
        named.filter_map(|person| Some(person.name?.of(text).chars().collect::<Vec<char>>()))
    });
    let pairs = pairs(names.collect());
    let texts: Vec<Vec<char>> =
        cells.iter().filter(|_| !pairs.is_empty()).map(|(text, _)| text.chars().collect()).collect();
    let texts: Vec<&[char]> = texts.iter().map(Vec::as_slice).collect();
    for (pair, longer) in pairs.iter().zip(which(&pairs, &texts)) {
        let Some(longer) = longer else { continue };
        let [short, long] = [&pair.short, &pair.long].map(|name| name.iter().collect::<String>());
        let (wrong, right) = if longer { (&short, &long) } else { (&long, &short) };
        for (text, facts) in cells.iter_mut() {
            for person in &mut facts.persons {
                let Some(name) = person.name.filter(|name| name.of(text) == wrong) else { continue };
                let start = if pair.begins { name.start } else { name.end - right.len() };
                let mended = Span::new(start, start + right.len());
                if mended.of(text) != right {
                    continue;
                }
                if person.span.start == name.start {
                    person.span.start = mended.start;
                }
                if person.span.end == name.end || person.span.end < mended.end {
                    person.span.end = mended.end;
                }
                person.name = Some(mended);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Person;

    /// The facts of a text in which the names are marked; the rest of a mention is its post before the name.
    fn told(written: &str) -> (String, Facts) {
        let mut text = String::new();
        let mut facts = Facts::default();
        for part in written.split_inclusive(['[', ']']) {
            let start = text.len();
            text.push_str(part.trim_end_matches(['[', ']']));
            if part.ends_with(']') {
                let name = Span::new(start, text.len());
                facts.persons.push(Person {
                    span: name,
                    unit: None,
                    post: None,
                    name: Some(name),
                    class: PersonClass::Full,
                    sure: true,
                });
            }
        }
        (text, facts)
    }

    #[test]
    fn a_name_is_spelt_alike_in_all_cells_of_a_record() {
        for (problem, handling, names) in [
            ("会计[和润近]日未公示", "约谈会计[和润]", "和润 和润"),
            ("会计[和润]近日未公示", "约谈会计[和润近]日的事", "和润近 和润近"),
            ("会计[云中]和未公示", "约谈会计[云中和]", "云中和 云中和"),
            ("对[和金福]谈话", "[金福]检讨", "金福 金福"),
            ("会计[刘玉峰]未公示", "约谈出纳[刘玉梅]", "刘玉峰 刘玉梅"),
            ("会计[刘玉峰]未公示", "约谈[刘玉]两次，[刘玉]检讨", "刘玉 刘玉 刘玉"),
        ] {
            let [(problem, mut said), (handling, mut done)] = [problem, handling].map(told);
            agree(&mut [(&problem, &mut said), (&handling, &mut done)]);
            let of = |text: &str, facts: &Facts| -> Vec<String> {
                facts.persons.iter().map(|person| person.span.of(text).to_owned()).collect()
            };
            assert_eq!([of(&problem, &said), of(&handling, &done)].concat().join(" "), names, "{problem}");
        }
    }

    #[test]
    fn the_pairs_of_many_names_are_found() {
        let names = ["唐国", "唐国强", "李华", "王国强", "国强", "李明华"];
        let found = pairs(names.iter().map(|name| name.chars().collect()).collect());
        let shown: Vec<(String, bool)> = found.iter().map(|pair| (pair.long.iter().collect(), pair.begins)).collect();
        assert_eq!(shown, [("唐国强".to_owned(), true), ("唐国强".to_owned(), false)]);
    }
}
