//! People of whom nothing but their number, or 其, is told when they are dealt with: 对上述3人通报批评, 约谈2人, 对其批评教育.
//! Where fewer are named in the cell, or nobody is whom 其 could mean, somebody without a name is among them.

use std::cell::LazyCell;

use super::Mention;
use crate::text::date;
use crate::text::fold::{Folded, ends_clause, is_word};

/// What governs those who are dealt with, and says how; behind 对 and 给予 that follows them.
const DEALING: [&str; 5] = ["约谈", "责令", "批评", "处分", "诫勉"];
const GOVERNING: [&str; 3] = ["对", "给予", "给"];
/// How people are dealt with who answer for something; 补发, 停发, 退还 also befalls those who are only affected.
const MEASURES: [&str; 16] = [
    "批评", "谈话", "谈心", "通报", "点名", "处分", "诫勉", "约谈", "问责", "立案", "警告", "停职", "停岗", "免职",
    "撤职", "辞退",
];
/// Words that point at those who were told of before.
const POINTING: [&str; 5] = ["上述", "以上", "前述", "该", "这"];
/// What those are called whose number is told, and how much may stand before it: 4名迟到人员.
const WHO: [&str; 8] = ["人员", "干部", "职工", "党员", "同志", "责任人", "当事人", "队员"];
const NOUN: usize = 8;
/// So far behind their number it is said how they are dealt with.
const FAR: usize = 12;

/// Puts those who are dealt with so among the mentions, in the order of the text; said again, they are the same people.
/// `sure` tells that hardly anybody else was overlooked whom they could be.
pub(super) fn add(text: &Folded, mentions: &mut Vec<Mention>, sure: bool) {
    // Who is told of by a role is a mention already.
    let told = LazyCell::new(|| mentions.iter().any(|mention| mention.name.is_none()));
    let names = LazyCell::new(|| names(text, mentions));
    let numbered = |at: usize| {
        let (number, mention) = counted(text, at)?;
        let met = mentions.get(..mentions.partition_point(|other| other.start < mention.end)).and_then(<[_]>::last);
        let apart = met.is_none_or(|other| other.end <= mention.start);
        (apart && !*told && number > *names).then_some(mention)
    };
    let found = (0..text.len()).find_map(|at| numbered(at).or_else(|| meant(text, mentions, at)));
    if let Some(mut mention) = found {
        // 对唐国强等2人: the second one's name may have been read as a word.
        let counted = text.at(mention.start) != '其';
        mention.margin = if sure && !(counted && *names > 0) { i16::MAX } else { 0 };
        let at = mentions.partition_point(|other| other.start <= mention.start);
        mentions.insert(at, mention);
    }
}

/// How many different names are mentioned.
fn names(text: &Folded, mentions: &[Mention]) -> usize {
    let named = mentions.iter().filter_map(|mention| mention.name);
    let mut names: Vec<&[char]> = named.map(|name| text.slice(name.start, name.end)).collect();
    names.sort_unstable();
    names.dedup();
    names.len()
}

/// Those whose number begins at a place, where they are dealt with; and how many they are.
fn counted(text: &Folded, at: usize) -> Option<(usize, Mention)> {
    let number = date::arabic(text, at, 2).map(|number| (number.value as usize, number.end));
    let (number, end) = number.or_else(|| few(text.at(at)).map(|number| (number, at + 1)))?;
    let noun = text.at(end + 1);
    let people = match text.at(end) {
        '人' if !matches!(noun, '员' | '次' | '份' | '均' | '的' | '以' | '左') => end + 1,
        // 对4名迟到人员点名通报.
        '名' | '位' => (end + 3..end + 3 + NOUN).find(|&at| WHO.iter().any(|word| text.ends(at, word)))?,
        _ => return None,
    };
    if (at..people).any(|at| !is_word(text.at(at)) && !text.at(at).is_ascii_digit() || text.gap(at)) {
        return None;
    }
    let pointed = POINTING.iter().find(|word| text.ends(at, word)).map_or(0, |word| word.chars().count());
    let from = at - pointed;
    let governed = |words: &[&str]| words.iter().any(|word| text.ends(from, word));
    let dealt = governed(&DEALING) || governed(&GOVERNING) && measured(text, people);
    dealt.then_some((number, somebody(from, people)))
}

/// Somebody of whom a stretch is all that is said.
fn somebody(start: usize, end: usize) -> Mention {
    Mention { start, end, unit: None, post: None, name: None, margin: 0, plain: true }
}

/// 其 where somebody is dealt with, and nobody is mentioned before but who deals with him.
fn meant(text: &Folded, mentions: &[Mention], at: usize) -> Option<Mention> {
    if text.at(at) != '其' || matches!(text.at(at + 1), '他' | '它' | '余' | '中' | '实') {
        return None;
    }
    let governing = ["对", "与", "同", "给", "给予"].iter().find(|word| text.ends(at, word))?;
    let from = at - governing.chars().count();
    let before = |mention: &&Mention| mention.start < at;
    let deals = |mention: &Mention| mention.end == from;
    let plain = measured(text, at + 1) && mentions.iter().filter(before).all(deals);
    plain.then_some(somebody(at, at + 1))
}

/// Whether somebody is dealt with right behind a place.
fn measured(text: &Folded, from: usize) -> bool {
    let mut clause = (from..from + FAR).take_while(|&at| !ends_clause(text.at(at)));
    clause.any(|at| MEASURES.iter().any(|word| text.starts(at, word)))
}

/// The number that a character stands for.
fn few(c: char) -> Option<usize> {
    "一二三四五六七八九十".chars().position(|number| number == c).map(|at| at + 1).or((c == '两').then_some(2))
}

#[cfg(test)]
mod tests {
    use crate::text::{Lexicon, read};

    #[test]
    fn who_is_only_numbered_or_pointed_at_and_dealt_with_is_somebody_where_nobody_else_is_meant() {
        let lexicon = Lexicon::default();
        for (text, sure) in [
            ("2026年3月6日，青石镇纪委书记李文对其谈话提醒。", true),
            ("2026年3月6日，约谈两人，限期整改。", true),
            ("2026年3月6日，大坪村会计唐国强未到，对三人批评教育。", false),
        ] {
            let facts = read(text, &lexicon);
            let nameless = facts.persons.iter().find(|person| person.name.is_none());
            assert_eq!(nameless.is_some_and(|person| person.sure), sure, "{text}");
        }
        for (text, persons) in [
            ("2026年3月6日，对上述3人通报批评。", "上述3人"),
            ("2026年3月6日，青石镇纪委约谈两人，限期整改。", "两人"),
            ("2026年3月6日，青石镇纪委书记李文对三人进行批评教育。", "青石镇纪委书记李文 三人"),
            ("2026年3月6日，约谈大坪村会计唐国强、出纳李华，责令二人写出检讨。", "大坪村会计唐国强 出纳李华"),
            ("2026年3月6日，青石镇纪委书记李文对其谈话提醒。", "青石镇纪委书记李文 其"),
            (
                "2026年3月6日，大坪村会计唐国强写出检讨，青石镇纪委书记李文对其批评教育。",
                "大坪村会计唐国强 青石镇纪委书记李文",
            ),
            ("2026年3月6日，对4名迟到人员点名通报，各扣100元。", "4名迟到人员"),
            ("2026年3月6日，约谈3名村干部。", "3名村干部"),
            ("2026年3月6日，对4名老党员走访慰问。", ""),
            ("2026年3月6日，会同县财政局对其账目核对。", ""),
            ("2026年3月6日，对2人次进行批评教育。", ""),
            ("2026年3月6日，对12人补发工资，对2人停发补贴。", ""),
            ("2026年3月6日，同意的31人，反对8人。", ""),
        ] {
            let facts = read(text, &Lexicon::default());
            let shown: Vec<&str> = facts.persons.iter().map(|person| person.span.of(text)).collect();
            assert_eq!(shown.join(" "), persons, "{text}");
        }
    }
}
