//! What can be checked: the acts, gaps, counts and sums of a problem, the measures and results of a handling;
//! and the judgements that leave nothing to check.

use super::amount::Sum;
use super::date::{Found, Passing, arabic, chinese_digit};
use super::fold::{Folded, ends_clause, is_word};
use super::lexicon::{Class, Hits};
use super::mask;

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

/// Verbs of the check itself: what they count is no fault.
const CHECKING: &[&str] = &[
    "抽查",
    "查阅",
    "走访",
    "调阅",
    "抽取",
    "查看",
    "随机",
    "入户",
    "检查了",
    "核查了",
    "访谈",
    "抽检",
    "翻阅",
    "实地查看",
    "询问",
    "核对了",
];
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

/// Reads what a text states.
pub(super) fn read(ground: &Ground<'_>) -> Events {
    let mut events = Events { vague: judgements(ground), ..Events::default() };
    let counts = counts(ground);
    let gaps = gaps(ground);
    let faults = faults(ground, &mask(&events.vague, ground.text.len()));
    let sums = ground.sums.iter().map(|sum| (sum.start, sum.end));
    let strong = gaps.iter().copied().chain(sums.clone()).chain(counts.faults.iter().copied()).min();
    let first = faults.sure.iter().copied().chain(strong).min();
    events.event = first.or(faults.unsure.first().copied());
    let empty: Vec<(usize, usize)> = ground.hits.all(Class::EMPTY_MEASURE).map(|hit| (hit.from(), hit.to())).collect();
    events.vague.extend(&empty);
    let deadline = ground.times.iter().find(|found| found.time.deadline && found.time.day.is_some());
    // 把册子锁在自己家里，群众查不到账: much is told, and nothing is judged.
    let story = events.event.is_none() && events.vague.is_empty() && told(ground, &[]) >= 10;
    if story {
        events.event = Some((0, ground.text.len()));
    }
    let measure = measures(ground, &mask(&empty, ground.text.len()));
    let result = sums.chain(counts.all.iter().copied()).min();
    events.measure = measure.or(result).or(deadline.map(|found| (found.start, found.end)));
    events.unsure = match (events.event, events.measure) {
        (None, _) | (_, None) => ground.text.len() > 0 && (events.vague.is_empty() || told(ground, &events.vague) >= 6),
        _ => first.is_none() && measure.is_none() && result.is_none(),
    };
    events.fault = fault(ground);
    events.settled = settled(ground);
    events.vague.sort_unstable();
    events.vague.dedup();
    events
}

/// How much is told beside the judgements, in characters: stretches between marks and blanks that bear none, no date and no
/// word of the check.
fn told(ground: &Ground<'_>, vague: &[(usize, usize)]) -> usize {
    let Ground { text, times, .. } = *ground;
    let mut known = mask(vague, text.len());
    for time in times {
        known.get_mut(time.start..time.end.min(text.len())).into_iter().for_each(|part| part.fill(true));
    }
    let (mut told, mut from) = (0, 0);
    for at in 0..=text.len() {
        if at == text.len() || ends_clause(text.at(at)) || text.at(at) == '、' || text.gap(at) {
            let stretch = from..at;
            let checks = |at: usize| {
                ["检查", "发现", "抽查", "督查", "查阅", "核查", "走访"].iter().any(|word| text.starts(at, word))
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

/// Numbers with what they count; those of a fault apart from those of the check.
struct Counts {
    all: Vec<(usize, usize)>,
    faults: Vec<(usize, usize)>,
}

fn counts(ground: &Ground<'_>) -> Counts {
    let Ground { text, hits, times, .. } = *ground;
    let mut counts = Counts { all: Vec::new(), faults: Vec::new() };
    let mut times = Passing::new(times);
    let mut checking = false;
    let mut at = 0;
    while at < text.len() {
        if let Some(end) = times.over(at) {
            at = end;
            continue;
        }
        // Marks of a list as 、 keep the check going: 查阅台账3本、合同4份.
        if ends_clause(text.at(at)) {
            checking = false;
        } else if "抽查走调随入检核访翻实询".contains(text.at(at)) && CHECKING.iter().any(|word| text.starts(at, word))
        {
            checking = true;
        } else if text.starts(at, "发现") || text.starts(at, "其中") {
            checking = false;
        }
        let number = number_end(text, at);
        let Some(end) = number else {
            at += 1;
            continue;
        };
        // 1.2026年: the number of an item runs no further than the date behind it.
        if let Some(time) = times.starting_before(end) {
            at = time.start.max(at + 1);
            continue;
        }
        if let Some(unit) = hits
            .longest_from(end, Class::COUNTED)
            .or_else(|| hits.longest_from(end + 1, Class::COUNTED).filter(|_| matches!(text.at(end), '余' | '多')))
            && !COUNTLESS.iter().any(|word| text.starts(end, word))
            && !text.ends(at, "第")
            && !text.ends(at, "问题")
        {
            counts.all.push((at, unit.to()));
            if !checking {
                counts.faults.push((at, unit.to()));
            }
        }
        at = end;
    }
    counts
}

/// The end of a number that could count something; 一 alone counts nothing (一些, 一定, 一是).
fn number_end(text: &Folded, at: usize) -> Option<usize> {
    if text.at(at).is_ascii_digit() {
        if text.before(at).is_ascii_alphanumeric() {
            return None;
        }
        let mut end = arabic(text, at, 9)?.end;
        if text.at(end) == '.' && text.at(end + 1).is_ascii_digit() {
            end = arabic(text, end + 1, 6)?.end;
        }
        return Some(end);
    }
    let mut end = at;
    while end < at + 8
        && (chinese_digit(text.at(end)).is_some_and(|_| text.at(end) != '元')
            || matches!(text.at(end), '十' | '百' | '两'))
    {
        end += 1;
    }
    let one = end == at + 1 && text.at(at) == '一';
    let counted =
        matches!(text.at(end), '名' | '户' | '份' | '笔' | '本' | '人' | '辆' | '台' | '处' | '张' | '间' | '桌');
    (end > at
        && (!one && counted || one && matches!(text.at(end), '名' | '份' | '笔' | '辆' | '桌'))
        && !is_numeral(text.before(at)))
    .then_some(end)
}

fn is_numeral(c: char) -> bool {
    c == '第' || chinese_digit(c).is_some_and(|_| c != '元')
}

/// What was left undone: 未公示, 未按排班表参加; not 未严格落实, not 未发现.
fn gaps(ground: &Ground<'_>) -> Vec<(usize, usize)> {
    let Ground { text, hits, nothing, .. } = *ground;
    let mut found = Vec::new();
    for at in 0..text.len() {
        let negated = match text.at(at) {
            '未' => at + 1,
            '没' if text.at(at + 1) == '有' => at + 2,
            _ => continue,
        };
        if !outside(nothing, at) || text.starts(negated, "发现") {
            continue;
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
        let end = (from..from + 12).find(|&end| ends_clause(text.at(end)) || text.at(end) == '、').unwrap_or(from + 12);
        let judged = hits.longest_from(from, Class::VAGUE_ACT).is_some()
            || hits.longest_from(negated, Class::VAGUE_ACT).is_some()
            || hits.longest_from(negated.saturating_sub(1), Class::JUDGEMENT).is_some();
        let said = end.saturating_sub(from);
        if !judged && said >= 2 {
            found.push((at, end.min(text.len())));
        }
    }
    found
}

/// Listed faults, those of one sign of weight apart from those that may be part of a judgement.
struct Faults {
    sure: Vec<(usize, usize)>,
    unsure: Vec<(usize, usize)>,
}

fn faults(ground: &Ground<'_>, vague: &[bool]) -> Faults {
    let Ground { text, hits, nothing, .. } = *ground;
    let mut faults = Faults { sure: Vec::new(), unsure: Vec::new() };
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
                faults.unsure.push(span);
            }
        } else if hit.class.meets(Class::JUDGEMENT)
            || WEAK.iter().any(|word| word.chars().count() == hit.len() && text.starts(hit.from(), word))
        {
            faults.unsure.push(span);
        } else {
            faults.sure.push(span);
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

fn measures(ground: &Ground<'_>, empty: &[bool]) -> Option<(usize, usize)> {
    ground
        .hits
        .all(Class::MEASURE)
        .filter(|hit| (hit.from()..hit.to()).any(|at| outside(empty, at)))
        .filter(|hit| !matches!(ground.text.before(hit.from()), '未' | '不' | '无') && ground.text.at(hit.to()) != '不')
        .filter(|hit| outside(ground.nothing, hit.from()))
        .map(|hit| (hit.from(), hit.to()))
        .next()
}

/// Whether something is said to be wrong, or to have been done about it.
fn fault(ground: &Ground<'_>) -> bool {
    let Ground { text, hits, nothing, .. } = *ground;
    let sanction = hits.all(Class::SANCTION).any(|hit| outside(nothing, hit.from()));
    let found = (0..text.len()).any(|at| {
        text.starts(at, "发现")
            && outside(nothing, at)
            && !matches!(text.before(at), '未' | '有' | '没' | '时')
            && !text.starts(at, "发现问题0")
            && (at..at + 4).all(|at| outside(nothing, at))
    });
    // 未按原则进行: what was left undone is a fault whoever found it.
    let exists = (0..text.len()).any(|at| {
        text.starts(at, "存在")
            && outside(nothing, at)
            && !matches!(text.before(at), '不' | '未' | '否' | '无')
            && (at + 2..at + 30)
                .take_while(|&at| !matches!(text.at(at), '。' | '；' | '\n'))
                .any(|at| text.starts(at, "问题") || hits.longest_from(at, Class::JUDGEMENT).is_some())
    });
    let however = (0..text.len())
        .find(|&at| text.at(at) == '但')
        .is_some_and(|at| hits.all(Class::JUDGEMENT).any(|hit| hit.from() > at && outside(nothing, hit.from())));
    sanction || found || exists || however || !gaps(ground).is_empty()
}

/// Whether the matter is said to be put right: 已公示, 3月18日已补齐; not 正在整改, not 未整改.
fn settled(ground: &Ground<'_>) -> bool {
    let Ground { text, hits, times, .. } = *ground;
    // 已, 当日, or the day on which it was done.
    let signs = (0..text.len()).filter(|&at| text.at(at) == '已' || text.starts(at, "当日") || text.starts(at, "当天"));
    let days = times.iter().filter(|found| found.time.day.is_some() && !found.time.deadline);
    signs.chain(days.map(|found| found.end.saturating_sub(1))).any(|at| {
        let end = (at + 1..at + 40).find(|&end| matches!(text.at(end), '，' | '。' | '；' | '\n')).unwrap_or(at + 40);
        let clause = at + 1..end.min(text.len());
        let blocked = |at: usize| {
            ["要求", "责令", "督促", "责成", "约谈", "正在", "安排", "未", "没有", "拟", "将于", "限"]
                .iter()
                .any(|word| text.starts(at, word))
        };
        let stop = clause.clone().find(|&at| blocked(at)).unwrap_or(clause.end);
        (clause.start..stop).any(|at| hits.longest_from(at, Class::SETTLED).is_some())
    })
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

    #[test]
    fn a_matter_is_settled_when_it_is_done() {
        let words = Lexicon::default();
        for (text, settled) in [
            ("已整改", true),
            ("3月18日已退还3200元", true),
            ("已公示", true),
            ("均已补齐", true),
            ("正在整改", false),
            ("未整改", false),
            ("已要求整改", false),
            ("已责令退还", false),
            ("限3月20日前整改到位", false),
        ] {
            assert_eq!(read(text, &words).settled, settled, "{text}");
        }
    }
}
