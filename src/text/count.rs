//! Numbers with what they count: 3名党员, 12间, 两户. What the check itself counts is apart from what it found.

use super::date::{Found, Passing, arabic};
use super::fold::Folded;
use super::kind::Kind;
use super::lexicon::{Class, Hits};

/// After a number these count nothing that could be checked.
const COUNTLESS: &[&str] = &[
    "个方面",
    "个问题",
    "项问题",
    "条问题",
    "个环节",
    "方面",
    "个工作日",
    "类问题",
    "个不足",
    "点不足",
    "处不足",
    "个层面",
    "大类",
    "个短板",
    "条意见",
    "点要求",
    "项要求",
    "条要求",
    "小时值班",
    "小时制",
    "小时在岗",
];

/// The first number that counts something.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// Whatever it counts.
    pub any: Option<(usize, usize)>,
    /// Behind no verb of the check: what was found.
    pub found: Option<(usize, usize)>,
}

/// Where numbers stand, and the words that tell whether they are the check's own.
const TELLING: Kind = NUMERAL.or(Kind::CLAUSE).or(Kind::CHECKING).or(Kind::TELLING);
const NUMERAL: Kind = Kind::DIGIT.or(Kind::CHINESE_DIGIT).or(Kind::TENS);

/// Looks for the first numbers that count something; the digits of times count nothing.
pub(super) fn first(text: &Folded, hits: &Hits, times: &[Found]) -> Counts {
    let mut counts = Counts::default();
    if !hits.holds(Class::COUNTED) {
        return counts;
    }
    let mut times = Passing::new(times);
    let mut checking = false;
    let mut behind = 0;
    for at in text.places(TELLING) {
        if at < behind {
            continue;
        }
        if let Some(end) = times.over(at) {
            behind = end;
            continue;
        }
        let kind = text.kind(at);
        // Marks of a list as 、 keep the check going: 查阅台账3本、合同4份.
        if kind.meets(Kind::CLAUSE) {
            checking = false;
        } else if !checking && kind.meets(Kind::CHECKING) && checks(text, at) {
            checking = true;
        } else if kind.meets(Kind::TELLING) && (text.starts(at, "发现") || text.starts(at, "其中")) {
            checking = false;
        }
        let Some(end) = number_end(text, at) else {
            continue;
        };
        // 1.2026年: the number of an item runs no further than the date behind it.
        if let Some(time) = times.starting_before(end) {
            behind = time.start;
            continue;
        }
        behind = end;
        if let Some(unit) = hits
            .longest_from(end, Class::COUNTED)
            .or_else(|| hits.longest_from(end + 1, Class::COUNTED).filter(|_| matches!(text.at(end), '余' | '多')))
            && !COUNTLESS.iter().any(|word| text.starts(end, word))
            && !text.ends(at, "第")
            && !text.ends(at, "问题")
            && !asked(text, at, unit.to())
            && !(text.ends(unit.to(), "人") && judged(text, hits, unit.to()))
        {
            counts.any = counts.any.or(Some((at, unit.to())));
            if !checking {
                counts.found = Some((at, unit.to()));
                break;
            }
        }
    }
    counts
}

/// Whether those who are asked for something are counted: 要求4个村…
fn asked(text: &Folded, at: usize, end: usize) -> bool {
    matches!(text.before(at), '求' | '促')
        && matches!(text.at(end), '村' | '镇' | '乡' | '社' | '单' | '支' | '部' | '站' | '所')
        && (text.ends(at, "要求") || text.ends(at, "督促"))
}

/// Whether those who were counted are only judged: 两人重视不够.
fn judged(text: &Folded, hits: &Hits, from: usize) -> bool {
    let clause = (from..from + 8).take_while(|&at| !text.kind(at).meets(Kind::CLAUSE));
    clause.into_iter().any(|at| hits.starts(at, Class::JUDGEMENT))
}

/// Whether a verb of the check itself stands at a place: what it counts is no fault.
fn checks(text: &Folded, at: usize) -> bool {
    let here = text.slice(at, at + 4);
    matches!(
        here,
        ['抽', '查' | '取' | '检', ..]
            | ['查' | '翻', '0'..='9', ..]
            | ['查', '阅' | '看', ..]
            | ['调' | '翻', '阅', ..]
            | ['走', '访', ..]
    ) || matches!(here, ['随', '机', ..] | ['入', '户', ..] | ['访', '谈', ..] | ['询', '问', ..])
        || matches!(here, ['检' | '核', '查', '了', ..] | ['核', '对', '了', ..] | ['实', '地', '查', '看'])
}

/// The end of a number that could count something; 一 alone counts nothing (一些, 一定, 一是).
fn number_end(text: &Folded, at: usize) -> Option<usize> {
    let kind = text.kind(at);
    if kind.meets(Kind::DIGIT) {
        if text.before(at).is_ascii_alphanumeric() {
            return None;
        }
        let mut end = arabic(text, at, 9)?.end;
        if text.at(end) == '.' && text.kind(end + 1).meets(Kind::DIGIT) {
            end = arabic(text, end + 1, 6)?.end;
        }
        return Some(end);
    }
    let before = text.before(at);
    if !kind.meets(NUMERAL) || before == '第' || Kind::of(before).meets(Kind::CHINESE_DIGIT) {
        return None;
    }
    let numeral = |at: usize| text.kind(at).meets(Kind::CHINESE_DIGIT) || matches!(text.at(at), '十' | '百' | '两');
    let end = (at..at + 8).find(|&end| !numeral(end)).unwrap_or(at + 8);
    let unit = text.at(end);
    let counted = match end - at {
        0 => false,
        1 if text.at(at) == '一' => matches!(unit, '名' | '份' | '笔' | '辆' | '桌'),
        _ => matches!(unit, '名' | '户' | '份' | '笔' | '本' | '人' | '辆' | '台' | '处' | '张' | '间' | '桌'),
    };
    counted.then_some(end)
}
