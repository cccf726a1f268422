//! The units that the words of one unit name besides: what a post without a unit can choose among. Rather one too many than
//! one too few, as a learned choice is made among them.

use super::{Stretch, body};
use crate::text::fold::{Folded, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};

/// Words that may stand before a unit and were taken into it: 查柳林村, 据水口村, 夜间泉庄铺镇.
const BEFORE: Class = Class::BEFORE.or(Class::VERB).or(Class::AFTER).or(Class::TIME).or(Class::WORD);

/// The same, of one character each, and of two that no list holds.
const ONE: &str = "查据缺致扣将由对在到向从与和原经赴系以";
const TWO: &[&str] = &["上午", "下午", "夜间", "晚上", "凌晨", "踏查", "调看", "接听"];
/// Characters that open the name of a place as well as what governs it: 向阳街道, 和平村.
const OPENING: &str = "向和于同会对从后";
/// Characters that stand between two bodies and in the name of neither.
const BETWEEN: &str = "到在对和与向同及由从给让把将被";
/// Characters from the 县 that a unit begins with to where it was found to begin, at the most: 县国有|资产运营公司.
const FAR: usize = 12;

/// A unit and those that its words name besides, the likeliest first: those that begin earlier (向阳街道, 县国有资产运营公司), what
/// stands behind words that are none of it, the one behind 所属, and those that it begins with (官庄湖镇 of 官庄湖镇湖西村, 县第三小学 of 县第三小学家委会).
pub(super) fn within<'a>(text: &'a Folded, hits: &'a Hits, unit: Stretch) -> impl Iterator<Item = Stretch> + 'a {
    let named =
        move |start: usize, end: usize| body::named(text, hits, start, end) || body::placed(text, hits, start, end);
    let bodied = Class::UNIT_BODY.or(Class::OWN_UNIT);
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
    // 柳行乡向|阳花幼儿园: what opens the name may stand behind a body that it goes with; a place's name is whole.
    let place = body::placed(text, hits, unit.0, unit.1);
    let whole = opening.filter(|_| !place).and_then(|at| hits.longest_to(at, bodied));
    let whole = whole.map(|body| body::start_of(text, hits, body.from())).filter(|&start| named(start, unit.1));
    let wider = opening.filter(|&at| is_mark(text.before(at)) || whole.is_some());
    let county = county(text, hits, unit).filter(|_| !place);
    let wider = wider.into_iter().chain(whole).chain(county).map(move |start| (start, unit.1));
    let ends = move |end: &usize| {
        hits.longest_to(*end, bodied).is_some() && !body::runs_on(text, hits, *end) && named(unit.0, *end)
    };
    let before = (unit.0 + 3..unit.1).rev().filter(ends).map(move |end| (unit.0, end));
    std::iter::once(unit).chain(wider).chain(shorter).chain(behind).chain(before)
}

/// The 县 before what was found, where all between is part of a name: 县国有|资产运营公司.
fn county(text: &Folded, hits: &Hits, unit: Stretch) -> Option<usize> {
    let other = Class::POST.or(Class::BEFORE).or(Class::MEASURE).or(Class::SANCTION);
    let ends = |end: usize| {
        is_mark(text.before(end))
            || BETWEEN.contains(text.before(end))
            || hits.longest_to(end, other).is_some_and(|hit| hit.len() > 1)
            || hits.longest_to(end, Class::UNIT_BODY).is_some()
    };
    let far = (unit.0.saturating_sub(FAR)..unit.0).rev().take_while(|&at| text.at(at) == '县' || !ends(at + 1));
    far.take_while(|&at| is_word(text.at(at))).find(|&at| text.at(at) == '县')
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
            ("柳行乡向", "阳花幼儿园", "向阳花幼儿园 柳行乡向阳花幼儿园"),
            ("，县国有", "资产运营公司", "县国有资产运营公司"),
            ("，县财政局约谈", "城关中心", ""),
            ("，县财政局到", "城关中心", ""),
            ("，县财政局与", "大坪村", ""),
            ("，青石镇对", "大坪村", ""),
            ("；后", "坡村驻村工作队", "后坡村驻村工作队"),
            ("，", "大坪村", ""),
        ] {
            let text = Folded::new(&format!("{before}{unit}"));
            let hits = Hits::find(&text, &Lexicon::default());
            let words = |stretch: Stretch| text.slice(stretch.0, stretch.1).iter().collect::<String>();
            let start = before.chars().count();
            let found: Vec<String> = within(&text, &hits, (start, text.len())).map(words).collect();
            assert_eq!(found.first().map(String::as_str), Some(unit));
            for other in others.split_whitespace() {
                assert!(found.iter().any(|found| found == other), "{unit}: {found:?}");
            }
            assert!(!others.is_empty() || found.len() == 1, "{unit}: {found:?}");
        }
    }
}
