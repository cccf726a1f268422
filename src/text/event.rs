//! What can be checked: the acts, gaps, counts and sums of a problem, the measures and results of a handling;
//! and the judgements that leave nothing to check.

use super::amount::Sum;
use super::date::Found;
use super::fold::{Ahead, Folded, ends_sentence, is_word};
use super::kind::Kind;
use super::lexicon::{Class, Hit, Hits};
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
    let story = events.event.is_none() && events.vague.is_empty() && told(ground, &[]) >= 10 && !approved(ground);
    if story {
        events.event = Some((0, text.len()));
    }
    let Measures { strong, weak } = measures(ground, &mask(&empty, text.len()));
    // 召开党委会，要求提高站位: a meeting or a talk face to face that ends in nothing but demands.
    let measure = strong.or(weak.filter(|_| empty.is_empty()));
    let result = [sum, counts.any].into_iter().flatten().min();
    events.measure = measure.or(result).or(deadline.map(|found| (found.start, found.end)));
    events.unsure = match (events.event, events.measure) {
        (None, _) | (_, None) => text.len() > 0 && (events.vague.is_empty() || told(ground, &events.vague) >= 6),
        _ => first.is_none() && measure.is_none() && result.is_none(),
    } || measure.is_none() && weak.is_some();
    // 未按原则进行: what was left undone is a fault whoever found it.
    events.fault = fault(ground, gap, &empty);
    events.settled = settled::read(text, hits, times);
    // 已整改到位 says what 已整改 and 整改到位 in it say, and is shown once.
    events.vague.sort_unstable();
    events.vague.dedup_by(|next, last| {
        let met = next.0 < last.1;
        last.1 = if met { last.1.max(next.1) } else { last.1 };
        met
    });
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
            // 看流程有没有压缩 asks.
            '没' if text.at(at + 1) == '有' && text.before(at) != '有' => at + 2,
            // 水箱没装, 没贴通知.
            '没' if is_act(text.at(at + 1)) => at + 1,
            _ => return None,
        };
        if !outside(nothing, at) || text.starts(negated, "发现") {
            return None;
        }
        let from = past_manner(text, negated);
        let end = borders.from(from).min(from + 12);
        // 长效机制尚未建立.
        let subject = at - usize::from(text.before(at) == '尚');
        let judged = ["机制", "合力", "氛围", "体系", "闭环"].iter().any(|word| text.ends(subject, word))
            || hits.starts(from, Class::VAGUE_ACT)
            || hits.starts(negated, Class::VAGUE_ACT)
            || hits.starts(negated.saturating_sub(1), Class::JUDGEMENT);
        // 2450元未付: one character says it all.
        let act = is_act(text.at(from));
        let said = end.saturating_sub(from) + usize::from(act);
        (!judged && said >= 2).then_some((at, end))
    })
}

/// Whether one character says what was to be done.
fn is_act(c: char) -> bool {
    matches!(c, '付' | '缴' | '交' | '签' | '填' | '记' | '装' | '还' | '贴' | '挂' | '修' | '拆' | '做' | '盖')
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
        let said = outside(nothing, hit.from()) && outside(vague, hit.from());
        if !said || part_of_another(text, hit) || looked_at(text, hit) {
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

/// 出租车 rents nothing out, and 联系思想实际 tells no state of things.
fn part_of_another(text: &Folded, hit: Hit) -> bool {
    let before = || text.before(hit.from());
    match (text.at(hit.from()), text.at(hit.from() + 1)) {
        ('出', '租') => text.at(hit.to()) == '车',
        ('实', '际') => matches!(before(), '想' | '作' | '系' | '合' | '切' | '从'),
        _ => false,
    }
}

/// Whether words are what a check is of, between 对 and the check: 对聚餐报备、不在岗等情况进行抽查 states neither.
fn looked_at(text: &Folded, hit: Hit) -> bool {
    let ends = |at: &usize| !matches!(text.at(*at), '，' | '。' | '；' | '\n');
    let check =
        |at| ["检查", "督导", "监督", "督查", "抽查", "核查", "调研", "巡查"].iter().any(|word| text.starts(at, word));
    let checks = |at: usize| {
        matches!(text.at(at), '进' | '开')
            && (text.starts(at, "进行") || text.starts(at, "开展"))
            && (at + 2..at + 7).any(check)
    };
    let (from, to) = (hit.from(), hit.to());
    (from.saturating_sub(30)..from).rev().take_while(ends).any(|at| text.at(at) == '对')
        && (to..to + 40).take_while(ends).any(checks)
}

/// Whether a clause approves and another says that nothing was wrong: 运行正常，未发现问题.
fn approved(ground: &Ground<'_>) -> bool {
    const APPROVING: &[&str] =
        &["正常", "规范", "无误", "一致", "属实", "齐全", "到位", "良好", "合规", "完好", "有序"];
    let Ground { text, nothing, .. } = *ground;
    let approving = |at: usize| {
        let word = APPROVING.iter().find(|word| text.ends(at, word));
        word.is_some() && !matches!(text.before(at.saturating_sub(2)), '不' | '未' | '欠')
    };
    !nothing.is_empty() && text.places(Kind::CLAUSE).any(approving)
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

/// The first measure that can be checked, and the first that is one only where more than demands follows.
#[derive(Default)]
struct Measures {
    strong: Option<(usize, usize)>,
    weak: Option<(usize, usize)>,
}

fn measures(ground: &Ground<'_>, empty: &[bool]) -> Measures {
    let Ground { text, hits, nothing, .. } = *ground;
    let mut measures = Measures::default();
    let stated = hits
        .all(Class::MEASURE)
        .filter(|hit| (hit.from()..hit.to()).any(|at| outside(empty, at)))
        .filter(|hit| !matches!(text.before(hit.from()), '未' | '不' | '无') && text.at(hit.to()) != '不')
        // 补植进度偏慢 is of a measure, and tells none.
        .filter(|hit| !text.starts(hit.to(), "进度"))
        .filter(|hit| outside(nothing, hit.from()) && !looked_at(text, *hit));
    for hit in stated {
        let span = (hit.from(), hit.to());
        let demands = ["召开", "开会", "当面"].iter().any(|word| text.starts(hit.from(), word));
        if !demands {
            measures.strong = Some(span);
            break;
        }
        measures.weak = measures.weak.or(Some(span));
    }
    measures
}

/// Whether something is said to be wrong, or to have been done about it.
fn fault(ground: &Ground<'_>, gap: Option<(usize, usize)>, empty: &[(usize, usize)]) -> bool {
    let Ground { text, hits, nothing, .. } = *ground;
    let cleared = cleared(ground);
    // Where the cell says that no problem was found, 均已整改到位 and what a title or quoted words tell are the state of
    // what was looked at.
    let reported = |at: usize| {
        let clause = || (at.saturating_sub(30)..at).rev().take_while(|&at| !text.kind(at).meets(Kind::CLAUSE));
        let quoted = |open: char, close: char| {
            let mark = (at.saturating_sub(30)..at).rev().map(|at| text.at(at)).find(|&c| c == open || c == close);
            mark == Some(open)
        };
        quoted('《', '》') || cleared && (quoted('“', '”') || clause().any(|at| text.at(at) == '均'))
    };
    let undone = gap.is_some_and(|(at, _)| !reported(at));
    let sanction = || hits.all(Class::SANCTION).any(|hit| outside(nothing, hit.from()) && !reported(hit.from()));
    // 抓得不够紧，已要求加快进度: a judgement, and something asked for behind it.
    let asked = || {
        let first = hits.all(Class::JUDGEMENT).find(|hit| outside(nothing, hit.from()) && !reported(hit.from()));
        first.is_some_and(|first| {
            let asks = |at: usize| {
                text.at(at) == '已'
                    && ["已要求", "已提出", "已提醒", "已进行提醒"].iter().any(|word| text.starts(at, word))
            };
            text.places(Kind::DONE).any(|at| at > first.from() && asks(at))
                || empty.iter().any(|&(at, _)| at > first.to() && text.ends(at, "已"))
        })
    };
    let found = |at| {
        text.starts(at, "发现")
            && outside(nothing, at)
            && !matches!(text.before(at), '未' | '有' | '没' | '时')
            && !text.starts(at, "发现问题0")
            && (at..at + 4).all(|at| outside(nothing, at))
    };
    let judged = |but| hits.all(Class::JUDGEMENT).any(|hit| hit.from() > but && outside(nothing, hit.from()));
    let however = || text.places(Kind::TURNING).find(|&at| text.at(at) == '但').is_some_and(judged);
    undone || sanction() || text.places(Kind::TELLING).any(found) || exists(ground) || however() || asked()
}

/// Whether the cell says that no problem at all was found: 未发现问题, 没有发现新问题.
fn cleared(ground: &Ground<'_>) -> bool {
    let Ground { text, nothing, .. } = *ground;
    let blanket = |at: usize| {
        ["未发现", "没有发现", "无"].iter().any(|negation| {
            let from = at + negation.chars().count();
            let any = ["", "明显", "任何", "新", "违纪违规", "违规违纪"].iter();
            text.starts(at, negation)
                && any
                    .map(|word| (from + word.chars().count(), word))
                    .any(|(end, word)| text.starts(from, word) && text.starts(end, "问题"))
        })
    };
    !nothing.is_empty() && text.places(Kind::NEGATION).any(|at| !outside(nothing, at) && blanket(at))
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
        if ends_sentence(text.at(at)) {
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
            "补偿款2450元未付",
            "水箱没装",
            "水沟没有做",
            "意见箱未建立台账",
            "私自出租门面",
            "3名党员不在岗",
            "把册子锁在自己家里，群众查不到账，未发现私分问题",
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
            "成效不够明显，长效机制尚未建立，责任落实不够有力",
            "学习心不在焉，思想认识有偏差",
            "出租车协会工作作风不实，监管有差距",
            "部分干部作风漂浮，工作推诿，有差距",
            "整改针对性不强，联系思想实际不紧密",
            "翻23户档案，工作不细，资料不全，核查不严",
            "会议偏多的情况仍然存在，两人重视不够",
            "对干部晚上不在岗等情况进行抽查，个别干部作风不够扎实",
        ] {
            assert!(read(text, &words).event.is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_said_to_be_wrong_and_what_is_only_looked_at() {
        let words = Lexicon::default();
        for (text, fault) in [
            ("未收到拉票、贿选反映", false),
            ("均已按规定下达责令整改通知书并回收凭证，未发现问题", false),
            ("已责令整改3处，复查未发现其他问题", true),
            ("未见超标准、超范围发放", false),
            ("发放表未见签字", true),
            ("没有发现私放、截留的情况", false),
            ("均已整改到位，未发现新问题", false),
            ("候选人近亲属均未担任工作人员，没有发现问题", false),
            ("3张单据均未签字", true),
            ("看流程有没有压缩", false),
            ("学习《中国共产党纪律处分条例》", false),
            ("部分地块进度偏慢，工作抓得不够紧，已要求加快进度", true),
            ("部分干部纪律意识淡薄、精神状态不佳，已提出整改要求", true),
            ("台账不规范，已要求举一反三", true),
            ("要求加快进度", false),
            ("大厅主任不在。镇纪委在群里作了通报", true),
            ("跟他俩谈了话，给28户减免水费", true),
        ] {
            assert_eq!(read(text, &words).fault, fault, "{text}");
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
            "批评了韦小宝，值班表换新的",
            "把钱给人家，会计孔方写检查",
            "浇灭火堆，护场员辞掉",
            "组织完成机房屋面补漏",
            "责成修好逆变器、给电表箱上锁",
            "责令退款，写出说明",
            "修改竞聘方案，删去限制条件",
            "责令补列户主名单，逐户核实",
            "公章交由党政办统一保管，用印登记簿启用新册",
            "召开村民代表会议补选委员",
            "召开党委会，要求压实责任，约谈书记",
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
            "主持召开党委会，要求进一步提高站位，压实责任",
            "当面指出问题，要求加强管理、引以为戒",
            "召开会议，部署下步工作，要求提高政治站位，压实各方责任，形成工作闭环",
            "对聚餐报备落实情况进行检查，要求抓好整改",
        ] {
            assert!(read(text, &words).measure.is_none(), "{text}");
        }
    }
}
