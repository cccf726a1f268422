//! Villages and communities that a cell says were gone to, read by their shape: 到上涧村、下涧村检查; 深入石桥社区; 检查高山村.
//! Takes a cell with its facts; gives each name as written. A word that names none (该村, 农村, 9个村) is left alone.

use super::ground::{Ground, Names};
use super::words::Word;
use crate::place::Span;
use crate::text::Facts;
use crate::text::fold::{Folded, is_word};

/// What is gone to stands behind one of these.
const TOWARDS: &[&str] = &[
    "深入", "前往", "进驻", "走访", "检查", "抽查", "督查", "督导", "巡查", "暗访", "查看", "核查", "调研", "到", "赴",
    "在", "对",
];
/// How villages and communities end, the longest first.
const ENDS: &[&str] = &["居委会", "社区", "嘎查", "村"];
/// How the places end of which they are part.
const WITHIN: &[&str] = &["街道", "苏木", "镇", "乡"];
/// How a place of a row may end that is no village.
const PLACES: &str = "道镇乡区局院校学园所站馆心队司场厂办";
/// In no name of a village: they join, point and count.
const ODD: &str = "的个该各每某几及与或对到在赴被把由给另";
/// Alone they count: 两村.
const NUMERALS: &str = "一二三四五六七八九十两数";
/// Places in a row, at most.
const MANY: usize = 40;
/// The longest name with the place it is part of.
const LONGEST: usize = 14;
/// The longest name alone, without its 村.
const NAME: usize = 4;

/// Every village and community gone to, as written, in the order of the text; `names` are those of the record's persons.
pub(crate) fn visited(text: &str, facts: &Facts, names: &Names) -> Vec<Span> {
    let folded = Folded::new(text);
    let ground = Ground::new(&folded, facts, names);
    let mut found = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        match TOWARDS.iter().find(|word| folded.starts(at, word)) {
            Some(word) => at = row(&ground, at + word.chars().count(), &mut found),
            None => at += 1,
        }
    }
    found
}

/// Reads the places that stand in a row behind a place; gives where they end.
fn row(ground: &Ground<'_>, from: usize, found: &mut Vec<Span>) -> usize {
    let text = ground.text;
    let (mut start, mut end) = (from, from);
    for _ in 0..MANY {
        match named(ground, start) {
            Some(to) => {
                found.push(text.span(start, to));
                end = to;
                if !matches!(text.at(end), '、' | '和' | '及' | '与') {
                    break;
                }
                start = end + 1;
            }
            // 安乐街道、宁安村: another place of the row.
            None => match (start..start + LONGEST).find(|&at| !is_word(text.at(at))) {
                Some(mark) if text.at(mark) == '、' && PLACES.contains(text.before(mark)) => start = mark + 1,
                _ => break,
            },
        }
    }
    end
}

/// Where the name ends that begins at a place, if one does.
fn named(ground: &Ground<'_>, start: usize) -> Option<usize> {
    let text = ground.text;
    let (at, end) = (start..start + LONGEST).take_while(|&at| is_word(text.at(at))).find_map(|at| {
        let end = ENDS.iter().find(|end| text.starts(at, end))?;
        Some((at, at + end.chars().count()))
    })?;
    // 青石镇大坪村: the name alone is 大坪.
    let within = (start..at).rev().find_map(|from| {
        let end = WITHIN.iter().find(|end| text.starts(from, end))?;
        Some(from + end.chars().count()).filter(|from| *from < at)
    });
    let name = text.slice(within.unwrap_or(start), at);
    let told = ground.said.get(ground.said.partition_point(|said| said.end <= start)..).unwrap_or(&[]);
    let plain = told.iter().take_while(|said| said.start < end).any(|said| match said.word {
        Word::Nowhere => said.end == end,
        _ => said.end - said.start > 1,
    });
    let person = ground.mentions(start, at).iter().any(|mention| mention.name.is_some());
    let verb = (start..at).any(|at| TOWARDS.iter().any(|word| text.starts(at, word)));
    let odd =
        ground.in_time(start) || name.iter().any(|c| ODD.contains(*c)) || name.iter().all(|c| NUMERALS.contains(*c));
    (name.len() <= NAME && !plain && !person && !verb && !odd).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lexicon;

    fn read(text: &str) -> String {
        let facts = crate::text::read(text, &Lexicon::default());
        let names = Names::of([(text, &facts)]);
        visited(text, &facts, &names).iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn villages_are_known_by_their_shape() {
        for (text, wanted) in [
            ("到官渡村检查河道保洁", "官渡村"),
            ("镇纪委副书记袁守诚带队到上涧村、下涧村检查取暖补贴，入户走访21户", "上涧村 下涧村"),
            ("走访田家湾村、柳林村、后堡村3个村", "田家湾村 柳林村 后堡村"),
            ("对青石镇大坪村值班值守情况进行检查", "青石镇大坪村"),
            ("深入石桥社区和锦绣社区入户", "石桥社区 锦绣社区"),
            ("检查高山村、平安村耕地地力补贴发放", "高山村 平安村"),
            ("先后到安乐街道、长宁街道、宁安村、康乐社区走访", "宁安村 康乐社区"),
            ("赴前进嘎查检查禁牧", "前进嘎查"),
            ("在和平村、共和村召开座谈会", "和平村 共和村"),
            ("到桃源居委会检查", "桃源居委会"),
            ("到该村检查，对各村、9个村、全村农户逐户核对", ""),
            ("对农村公路、乡村公益岗、驻村工作队进行检查", ""),
            ("到村到户，走访贫困村，对两村交界处查看", ""),
            ("对镇村两级、行政村和村组干部开展谈话", ""),
            ("对派驻嘎查的第一书记、部分社区查看，由龙洞坝村负责", ""),
            ("到现场查看、走访大坪村村民", "大坪村"),
            ("大坪村会计周小兰在岗", ""),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }
}
