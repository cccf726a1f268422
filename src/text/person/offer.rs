//! The units that the words of one unit name besides: what a post without a unit can choose among. Rather one too many than
//! one too few, as a learned choice is made among them.

use super::{Stretch, body};
use crate::text::fold::{Folded, is_mark};
use crate::text::lexicon::{Class, Hits};

/// Words that may stand before a unit and were taken into it: 查柳林村, 据水口村, 夜间泉庄铺镇.
const BEFORE: Class = Class::BEFORE.or(Class::VERB).or(Class::AFTER).or(Class::TIME).or(Class::WORD);

/// The same, of one character each, and of two that no list holds.
const ONE: &str = "查据缺致扣将由对在到向从与和原经赴系以";
const TWO: &[&str] = &["上午", "下午", "夜间", "晚上", "凌晨", "踏查", "调看", "接听"];
/// Characters that open the name of a place as well as what governs it: 向阳街道, 和平村.
const OPENING: &str = "向和于同会对从";

/// A unit and those that its words name besides, the likeliest first: one that the character before it may open (向阳街道), what
/// stands behind words that are none of it, the one behind 所属, and those that it begins with (官庄湖镇 of 官庄湖镇湖西村, 县第三小学 of 县第三小学家委会).
pub(super) fn within<'a>(text: &'a Folded, hits: &'a Hits, unit: Stretch) -> impl Iterator<Item = Stretch> + 'a {
    let named =
        move |start: usize, end: usize| body::named(text, hits, start, end) || body::placed(text, hits, start, end);
    let behind = (unit.0 + 2..unit.1.saturating_sub(3))
        .find(|&at| ["所属", "下属", "直属"].iter().any(|word| text.starts(at, word)))
        .map(|at| (at + 2, unit.1))
        .filter(|behind| named(behind.0, behind.1));
    let shorter = (1..=2usize)
        .filter(move |length| unit.1 - unit.0 >= length + 3)
        .map(move |length| unit.0 + length)
        .filter(move |&start| {
            let one = start == unit.0 + 1 && ONE.contains(text.at(unit.0));
            let two = start == unit.0 + 2 && TWO.iter().any(|word| text.starts(unit.0, word));
            (one || two || hits.is(unit.0, start, BEFORE)) && named(start, unit.1)
        })
        .map(move |start| (start, unit.1));
    let opening = unit.0.checked_sub(1).filter(|&at| OPENING.contains(text.at(at)));
    let wider = opening.filter(|&at| is_mark(text.before(at)));
    let wider = wider.map(|start| (start, unit.1));
    let bodied = Class::UNIT_BODY.or(Class::OWN_UNIT);
    let ends = move |end: &usize| {
        hits.longest_to(*end, bodied).is_some() && !body::runs_on(text, hits, *end) && named(unit.0, *end)
    };
    let before = (unit.0 + 3..unit.1).rev().filter(ends).map(move |end| (unit.0, end));
    std::iter::once(unit).chain(wider).chain(shorter).chain(behind).chain(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lexicon::Lexicon;

    #[test]
    fn the_words_of_a_unit_name_others_besides() {
        for (before, unit, others) in [
            ("，", "官庄湖镇湖西村", "官庄湖镇"),
            ("，", "查柳林村", "柳林村"),
            ("，", "夜间泉庄铺镇", "泉庄铺镇"),
            ("向", "阳街道", "向阳街道"),
            ("，", "县财政局所属县国有资产公司", "县国有资产公司 县财政局"),
            ("，", "县第三实验小学家委会", "县第三实验小学"),
            ("，", "大坪村", ""),
        ] {
            let text = Folded::new(&format!("{before}{unit}"));
            let hits = Hits::find(&text, &Lexicon::default());
            let words = |stretch: Stretch| text.slice(stretch.0, stretch.1).iter().collect::<String>();
            let found: Vec<String> = within(&text, &hits, (1, text.len())).map(words).collect();
            assert_eq!(found.first().map(String::as_str), Some(unit));
            for other in others.split_whitespace() {
                assert!(found.iter().any(|found| found == other), "{unit}: {found:?}");
            }
            assert!(!others.is_empty() || found.len() == 1, "{unit}: {found:?}");
        }
    }
}
