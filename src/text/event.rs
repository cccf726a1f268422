//! What can be checked: the acts, gaps, counts and sums of a problem, the measures and results of a handling;
//! and the judgements that leave nothing to check.

use super::amount::Sum;
use super::date::Found;
use super::fold::{Ahead, Folded, is_word};
use super::kind::Kind;
use super::lexicon::{Class, Hits};
use super::{count, mask, settled};

/// What a cell states, by characters.
#[derive(Debug, Default)]
pub(super) struct Events {
    pub event: Option<(usize, usize)>,
    pub measure: Option<(usize, usize)>,
    pub vague: Vec<(usize, usize)>,
    pub unsure: bool,
    pub fault: bool,
    pub settled: bool,
}

/// What is known of a text before its events are read.
pub(super) struct Ground<'a> {
    pub text: &'a Folded,
    pub hits: &'a Hits,
    pub times: &'a [Found],
    pub sums: &'a [Sum],
    /// Statements that nothing was wrong.
    pub nothing: &'a [bool],
}

/// Reads what a text states.
pub(super) fn read(ground: &Ground<'_>) -> Events {
    let Ground { text, hits, times, .. } = *ground;
    let mut events = Events { vague: judgements(ground), ..Events::default() };
    let counts = count::first(text, hits, times);
    let gap = gap(ground);
    let faults = faults(ground, &mask(&events.vague, text.len()));
    let sum = ground.sums.first().map(|sum| (sum.start, sum.end));
    let first = [faults.sure, gap, sum, counts.found].into_iter().flatten().min();
    events.event = first.or(faults.unsure);
    let empty: Vec<(usize, usize)> = hits.all(Class::EMPTY_MEASURE).map(|hit| (hit.from(), hit.to())).collect();
    events.vague.extend(&empty);
    let deadline = times.iter().find(|found| found.time.deadline && found.time.day.is_some());
    // 把册子锁在自己家里，群众查不到账: much is told, and nothing is judged.
    let story = events.event.is_none() && events.vague.is_empty() && told(ground, &[]) >= 10;
    if story {
        events.event = Some((0, text.len()));
    }
    let measure = measure(ground, &mask(&empty, text.len()));
    let result = [sum, counts.any].into_iter().flatten().min();
    events.measure = measure.or(result).or(deadline.map(|found| (found.start, found.end)));
    events.unsure = match (events.event, events.measure) {
        (None, _) | (_, None) => text.len() > 0 && (events.vague.is_empty() || told(ground, &events.vague) >= 6),
        _ => first.is_none() && measure.is_none() && result.is_none(),
    };
    // 未按原则进行: what was left undone is a fault whoever found it.
    events.fault = gap.is_some() || fault(ground);
    events.settled = settled::read(text, hits, times);
    events.vague.sort_unstable();
    events.vague.dedup();
    events
}

/// How much is told beside the judgements, in characters: stretches between marks and blanks that bear none, no date and no
/// word of the check.
fn told(ground: &Ground<'_>, vague: &[(usize, usize)]) -> usize {
    let Ground { text, times, .. } = *ground;
    let spans = times.iter().map(|time| (time.start, time.end));
    let known: Vec<(usize, usize)> = spans.chain(vague.iter().copied()).collect();
    let known = mask(&known, text.len());
    let (mut told, mut from) = (0, 0);
    for at in 0..=text.len() {
        if at == text.len() || text.kind(at).meets(Kind::CLAUSE.or(Kind::LIST)) || text.gap(at) {
            let stretch = from..at;
            let checks = |at: usize| {
                text.kind(at).meets(Kind::CHECKING.or(Kind::TELLING))
                    && ["检查", "发现", "抽查", "督查", "查阅", "核查", "走访"].iter().any(|word| text.starts(at, word))
            };
            if stretch.clone().all(|at| outside(&known, at) && !checks(at)) {
                told += stretch.filter(|&at| is_word(text.at(at))).count();
            }
            from = at;
        }
    }
    told
}

fn outside(mask: &[bool], at: usize) -> bool {
    !mask.get(at).copied().unwrap_or(false)
}

fn judgements(ground: &Ground<'_>) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for hit in ground.hits.all(Class::JUDGEMENT) {
        match found.last_mut() {
            Some(last) if hit.from() < last.1 => last.1 = last.1.max(hit.to()),
            _ => found.push((hit.from(), hit.to())),
        }
    }
    found
}

/// What was left undone: 未公示, 未按排班表参加; not 未严格落实, not 未发现.
fn gap(ground: &Ground<'_>) -> Option<(usize, usize)> {
    let Ground { text, hits, nothing, .. } = *ground;
    let mut borders = Ahead::new(text, Kind::CLAUSE.or(Kind::LIST));
    text.places(Kind::NEGATION).find_map(|at| {
        let negated = match text.at(at) {
            '未' => at + 1,
            '没' if text.at(at + 1) == '有' => at + 2,
            _ => return None,
        };
        if !outside(nothing, at) || text.starts(negated, "发现") {
            return None;
        }
        let from = past_manner(text, negated);
        let end = borders.from(from).min(from + 12);
        let judged = hits.starts(from, Class::VAGUE_ACT)
            || hits.starts(negated, Class::VAGUE_ACT)
            || hits.starts(negated.saturating_sub(1), Class::JUDGEMENT);
        let said = end.saturating_sub(from);
        (!judged && said >= 2).then_some((at, end))
    })
}

/// Past the words between a negation and the act: 未按规定及时…
fn past_manner(text: &Folded, negated: usize) -> usize {
    if !matches!(text.at(negated), '按' | '及' | '能' | '曾' | '进' | '予' | '对' | '经') {
        return negated;
    }
    let mut from = negated;
    for word in [
        "按规定",
        "按要求",
        "按程序",
        "按照规定",
        "按照要求",
        "及时",
        "按时",
        "按期",
        "能",
        "曾",
        "进行",
        "予以",
        "对",
        "经",
    ] {
        if text.starts(from, word) {
            from += word.chars().count();
        }
    }
    from
}

/// The first listed fault, of one sign of weight apart from what may be part of a judgement.
#[derive(Default)]
struct Faults {
    sure: Option<(usize, usize)>,
    unsure: Option<(usize, usize)>,
}

fn faults(ground: &Ground<'_>, vague: &[bool]) -> Faults {
    let Ground { text, hits, nothing, .. } = *ground;
    let mut faults = Faults::default();
    for hit in hits.all(Class::FAULT) {
        if !outside(nothing, hit.from()) || !outside(vague, hit.from()) {
            continue;
        }
        let alone = hit.len() == 1;
        let span = (hit.from(), hit.to());
        if alone {
            // 缺 and 漏 want an object: 缺签名, not 缺乏.
            let object = is_word(text.at(hit.to())) && text.at(hit.to()) != '乏' && text.at(hit.to()) != '失';
            if object || text.at(hit.to()).is_ascii_digit() {
                faults.unsure = faults.unsure.or(Some(span));
            }
        } else if hit.class.meets(Class::JUDGEMENT)
            || WEAK.iter().any(|word| text.starts(hit.from(), word) && word.chars().count() == hit.len())
        {
            faults.unsure = faults.unsure.or(Some(span));
        } else {
            faults.sure = Some(span);
            break;
        }
    }
    faults
}

/// Faults that are as often a manner of speaking.
const WEAK: &[&str] = &[
    "违规",
    "违纪",
    "违法",
    "不足",
    "超过",
    "低于",
    "高于",
    "大于",
    "小于",
    "多于",
    "少于",
    "只有",
    "他人",
    "亲属",
    "指定",
    "矛盾",
    "实际",
    "一样",
    "相同",
    "不能使用",
    "推诿",
    "不在",
    "缺少",
    "错误",
    "公款",
    "宴请",
    "照抄",
    "指定",
    "收费",
];

/// The first measure that can be checked.
fn measure(ground: &Ground<'_>, empty: &[bool]) -> Option<(usize, usize)> {
    let Ground { text, hits, nothing, .. } = *ground;
    hits.all(Class::MEASURE)
        .filter(|hit| (hit.from()..hit.to()).any(|at| outside(empty, at)))
        .filter(|hit| !matches!(text.before(hit.from()), '未' | '不' | '无') && text.at(hit.to()) != '不')
        .find(|hit| outside(nothing, hit.from()))
        .map(|hit| (hit.from(), hit.to()))
}

/// Whether something is said to be wrong, or to have been done about it.
fn fault(ground: &Ground<'_>) -> bool {
    let Ground { text, hits, nothing, .. } = *ground;
    let sanction = || hits.all(Class::SANCTION).any(|hit| outside(nothing, hit.from()));
    let found = |at| {
        text.starts(at, "发现")
            && outside(nothing, at)
            && !matches!(text.before(at), '未' | '有' | '没' | '时')
            && !text.starts(at, "发现问题0")
            && (at..at + 4).all(|at| outside(nothing, at))
    };
    let judged = |but| hits.all(Class::JUDGEMENT).any(|hit| hit.from() > but && outside(nothing, hit.from()));
    let however = || text.places(Kind::TURNING).find(|&at| text.at(at) == '但').is_some_and(judged);
    sanction() || text.places(Kind::TELLING).any(found) || exists(ground) || however()
}

/// Whether problems are said to exist: 存在…问题, 存在…不严, in one sentence and not too far away. The last 存在
/// reaches as far as any earlier one.
fn exists(ground: &Ground<'_>) -> bool {
    let Ground { text, hits, nothing, .. } = *ground;
    let mut since: Option<usize> = None;
    let first = text.places(Kind::TELLING).find(|&at| text.starts(at, "存在"));
    for at in first.unwrap_or(text.len())..text.len() {
        if text.before(at) == '在' && text.ends(at, "存在") {
            let word = at - 2;
            if outside(nothing, word) && !matches!(text.before(word), '不' | '未' | '否' | '无') {
                since = Some(at);
            }
        }
        if matches!(text.at(at), '。' | '；' | '\n') {
            since = None;
        } else if since.is_some_and(|since| at < since + 28)
            && (hits.starts(at, Class::JUDGEMENT) || text.starts(at, "问题"))
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::text::{Lexicon, read};

    #[test]
    fn one_checkable_fact_is_enough() {
        let words = Lexicon::default();
        for text in [
            "2月份财务收支未公示",
            "会议记录缺1至2月两次",
            "违规报销招待费3200元",
            "3名值班人员脱岗",
            "去向牌仍显示“在岗”，实际未到岗",
            "台账不规范，漏登3户",
            "大门紧锁，无人值守",
        ] {
            assert!(read(text, &words).event.is_some(), "{text}");
        }
        for text in [
            "落实不到位，有差距",
            "重视不够，工作不扎实",
            "台账不规范，资料不完善",
            "作风不实，存在薄弱环节，有待加强",
            "在3个方面有差距",
            "未严格落实制度，认识不到位",
        ] {
            assert!(read(text, &words).event.is_none(), "{text}");
        }
    }

    #[test]
    fn a_measure_or_a_result_is_enough() {
        let words = Lexicon::default();
        for text in [
            "约谈该村党支部书记",
            "批评教育",
            "责令退还3200元",
            "下发监督建议书",
            "限2026年3月20日前公示并报送照片",
            "已于2026年3月18日补齐",
            "设置警示桩12个",
        ] {
            assert!(read(text, &words).measure.is_some(), "{text}");
        }
        for text in [
            "已整改",
            "正在整改",
            "已处理",
            "督促整改",
            "要求加强管理，进一步规范",
            "举一反三，高度重视",
            "表示高度重视，提醒督促",
        ] {
            assert!(read(text, &words).measure.is_none(), "{text}");
        }
    }
}
