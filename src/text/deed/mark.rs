//! The little words that say who does what to whom: 约谈A、B; 对A批评教育; A被诫勉; 给予A党内警告处分; 由C对其谈话提醒.

use super::ground::Ground;

/// Those who follow one of these are the ones it is done to.
const TO: &[&str] = &["给予", "责令", "责成", "要求", "督促", "召集", "对", "给", "将", "让", "把"];
/// Those who follow one of these do it.
const BY: &[&str] = &["接受", "受到", "被", "由"];

/// The marks that say who does what to whom, from left to right: place, end, and whether the ones behind it suffer it.
pub(super) fn find<'g>(
    ground: &'g Ground<'_>,
    from: usize,
    to: usize,
) -> impl DoubleEndedIterator<Item = (usize, usize, bool)> + 'g {
    let at = move |at: usize| {
        let text = ground.text;
        let named = || {
            ground
                .mentions(at.saturating_sub(4), at + 1)
                .iter()
                .any(|m| m.name.is_some() && m.start <= at && at < m.end)
        };
        let word = |list: &[&str]| list.iter().find(|word| text.starts(at, word)).map(|word| at + word.chars().count());
        let (end, to_them) = word(TO).map(|end| (end, true)).or_else(|| word(BY).map(|end| (end, false)))?;
        let other = match text.at(at) {
            '由' => matches!(text.before(at), '理' | '自' | '事' | '缘'),
            '将' => text.at(end) == '于',
            '把' => matches!(text.at(end), '关' | '握' | '手' | '控'),
            '对' => {
                matches!(text.before(at), '核' | '比' | '校' | '应' | '面' | '针')
                    || matches!(text.at(end), '外' | '口' | '账')
            }
            '给' => matches!(text.before(at), '交' | '供' | '退' | '配' | '发' | '补' | '还'),
            _ => false,
        };
        (!other && !named()).then_some((at, end, to_them))
    };
    (from..to).filter_map(at)
}

/// Whether something else begins between two places.
pub(super) fn turns(ground: &Ground<'_>, from: usize, to: usize) -> bool {
    find(ground, from, to).next().is_some()
}
