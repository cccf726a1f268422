//! Bodies: where a run of bodies and own names begins, and whether it has a name of its own. A body without one
//! (镇农技站) is no unit; a pointer (该村, 我局) stands for one.

use crate::text::fold::{Folded, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};

/// Words that make up a unit or a post.
const CHAIN: Class =
    Class::UNIT_BODY.or(Class::POST_BODY).or(Class::GENERIC).or(Class::MODIFIER).or(Class::POST).or(Class::OWN_UNIT);
/// What stops a run of characters of an own name.
const STOPPING: Class =
    Class::BEFORE.or(Class::VERB).or(Class::FAULT).or(Class::MEASURE).or(Class::AFTER).or(Class::SANCTION);
const LONGEST: usize = 36;
/// Bodies that bear a place's name.
const PLACES: &[char] = &['村', '镇', '乡', '县', '市', '区', '省', '州', '旗', '道', '组', '寨', '屯', '查', '木'];
/// Before a body these are no name of its own.
const COUNTING: &[char] = &[
    '各', '全', '两', '几', '多', '某', '每', '数', '三', '四', '五', '六', '七', '八', '九', '十', '二', '一', '所',
    '有', '等', '新', '老', '原',
];

/// Where a run of bodies, ranks and own names begins, leftwards.
pub(super) fn start_of(text: &Folded, hits: &Hits, from: usize) -> usize {
    let mut at = from;
    let mut run = 0usize;
    while at > 0 && from - at < LONGEST {
        let c = text.before(at);
        // 没电  护坝员: beyond a blank only a body or a rank goes on with the phrase.
        let goes_on = Class::UNIT_BODY.or(Class::POST_BODY).or(Class::OWN_UNIT).or(Class::MODIFIER);
        if text.gap(at) && (at < from || hits.longest_to(at, goes_on).is_none()) {
            break;
        }
        // 值班的下河村: what describes a unit is no part of it.
        if c == '的' && at < from {
            break;
        }
        if c == '”' || c == ')' {
            let open = if c == '”' { '“' } else { '(' };
            // 村“两委”, 纪委(监察办公室): a bracket inside the phrase.
            match (at.saturating_sub(12)..at - 1).rev().find(|&open_at| text.at(open_at) == open) {
                Some(open_at) if open_at > 0 && is_word(text.before(open_at)) && behind_body(hits, open_at) => {
                    (at, run) = (open_at, 0);
                    continue;
                }
                _ => break,
            }
        }
        if c == '的' && run == 0 && at == from {
            // 分管后勤的副校长.
            let verb = (at.saturating_sub(10)..at - 1)
                .find(|&v| ["分管", "负责", "主管", "联系"].iter().any(|word| text.starts(v, word)));
            match verb {
                Some(verb) => {
                    at = verb;
                    continue;
                }
                None => break,
            }
        }
        if c.is_ascii_digit() && run == 0 && at < from {
            // 市场监管局12315中心: a number inside a body's name.
            let digits = (at.saturating_sub(6)..at).rev().find(|&before| !text.at(before).is_ascii_digit());
            if let Some(before) = digits.filter(|&before| hits.longest_to(before + 1, Class::UNIT_BODY).is_some()) {
                at = before + 1;
                continue;
            }
        }
        if c.is_ascii_digit() && matches!(text.at(at), '组' | '队' | '社' | '号') && run == 0 {
            at -= 1;
            continue;
        }
        if is_mark(c) || !is_word(c) {
            break;
        }
        // 该村, 我局, 其: a pointer begins the phrase; 1名, 两位 a count.
        if matches!(c, '该' | '我' | '本' | '其')
            && at < from
            && (c == '其'
                || hits.longest_from(at, Class::UNIT_BODY.or(Class::POST_BODY)).is_some()
                || matches!(text.at(at), '办' | '委' | '单'))
            && run <= 1
        {
            return at - 1;
        }
        if matches!(c, '名' | '位')
            && at >= 2
            && (text.at(at - 2).is_ascii_digit() || "一二两三四五六七八九十数几多余".contains(text.at(at - 2)))
        {
            break;
        }
        if c == '其' && run == 0 {
            return at - 1;
        }
        let chain = hits.longest_to(at, CHAIN).map_or(0, |hit| hit.len());
        let stop = hits.longest_to(at, Class::BEFORE).map_or(0, |hit| hit.len());
        if run == 0 {
            if chain > 0 && chain >= stop && !(chain == stop && chain == 1) {
                // 审批人党委书记: what somebody did for a paper is no post before the post.
                let paper = ["经办人", "审批人", "签批人", "经手人", "承办人", "验收人", "领取人"];
                if paper.iter().any(|word| text.ends(at, word)) {
                    break;
                }
                at -= chain;
                continue;
            }
            // 引发村民, 未落实管理员: a verb that opens the clause governs the post.
            let verb =
                hits.to(at).iter().filter(|hit| hit.len() >= 2 && hit.class.meets(STOPPING)).map(|hit| hit.len()).max();
            if verb.is_some_and(|length| opens(text, hits, at - length))
                && (at == from || !PLACES.contains(&text.at(at)))
            {
                break;
            }
        } else {
            let body = hits
                .longest_to(at, Class::UNIT_BODY.or(Class::POST_BODY).or(Class::OWN_UNIT))
                .map_or(0, |hit| hit.len());
            if body > 0 && body >= stop && !name_goes_on(text, at, body) {
                (at, run) = (at - body, 0);
                continue;
            }
            let verb = hits
                .to(at)
                .iter()
                .filter(|hit| hit.len() >= 2 && hit.class.meets(STOPPING) && !overlapped(hits, hit.from(), at))
                .max_by_key(|hit| hit.len());
            // 责任人于家湾镇…: a person ends before the name of a place begins.
            if hits.to(at).iter().any(|hit| hit.len() >= 2 && hit.class.meets(Class::POST.or(Class::GROUP))) {
                break;
            }
            // 财政局投资评审中心: a verb right after a body is part of the next body's name.
            let hard = Class::BEFORE.or(Class::FAULT).or(Class::MEASURE);
            let bodied = |from: usize| hits.longest_to(from, Class::UNIT_BODY.or(Class::POST_BODY)).is_some();
            if let Some(inner) = verb.filter(|verb| !verb.class.meets(hard) && bodied(verb.from())) {
                run += inner.len();
                at = inner.from();
                continue;
            }
            // 文明圩乡 at the start of a clause: the word is part of the name, as nothing governs it.
            if verb.is_some_and(|verb| {
                verb.class.meets(Class::BEFORE.or(Class::FAULT).or(Class::MEASURE)) || !opens(text, hits, verb.from())
            }) {
                break;
            }
        }
        // 自然资源和规划局: 和 between two lines of business is part of the body's name.
        if c == '和'
            && run == 0
            && hits.longest_from(at, Class::GENERIC).is_some()
            && hits.longest_to(at - 1, Class::GENERIC).is_some()
        {
            at -= 1;
            continue;
        }
        if stop > 0 && !belongs(text, hits, at, stop, run) {
            break;
        }
        at -= 1;
        run += 1;
        if run > 8 {
            break;
        }
    }
    at
}

/// 发现成德乡: 现成 is no word where 发现 reaches into it.
fn overlapped(hits: &Hits, from: usize, to: usize) -> bool {
    (from + 1..to)
        .any(|end| hits.to(end).iter().any(|hit| hit.from() < from && hit.len() >= 2 && hit.class.meets(Class::BEFORE)))
}

/// A single-character body inside an own name (区 in 小区口村) does not end the name before it.
fn name_goes_on(text: &Folded, at: usize, body: usize) -> bool {
    body == 1
        && matches!(
            text.before(at),
            '队' | '站'
                | '所'
                | '厂'
                | '场'
                | '园'
                | '院'
                | '校'
                | '社'
                | '组'
                | '馆'
                | '矿'
                | '部'
                | '室'
                | '科'
                | '股'
                | '处'
                | '办'
        )
        && is_word(text.at(at))
}

/// 于 of 于家湾镇, 和 of 和平村: a function word's character that is part of a name.
fn belongs(text: &Folded, hits: &Hits, at: usize, stop: usize, run: usize) -> bool {
    if stop > 1 {
        // 新建村, 发展村: the word is the name when nothing else is.
        return false;
    }
    if !matches!(text.before(at), '和' | '向' | '于' | '同' | '会' | '开' | '来' | '有' | '并' | '时' | '再')
    {
        return false;
    }
    let family = text.at(at) == '家' && hits.is(at - 1, at, Class::SURNAME) && run >= 1;
    let place = PLACES.contains(&text.at(at + 1)) && run == 1;
    family || place && opens(text, hits, at - 1)
}

/// Whether a clause, or what a verb governs, begins at a place.
fn opens(text: &Folded, hits: &Hits, at: usize) -> bool {
    is_mark(text.before(at)) || hits.longest_to(at, Class::BEFORE).is_some()
}

/// Whether a body ends right before a bracket.
fn behind_body(hits: &Hits, open_at: usize) -> bool {
    hits.longest_to(open_at, Class::UNIT_BODY.or(Class::POST_BODY)).is_some()
}

/// A body inside a longer word of the post: 乡 in 乡村振兴办, 所 in 所长.
pub(super) fn runs_on(text: &Folded, hits: &Hits, end: usize) -> bool {
    // 市场, 站点, 中心校: the body's sign is the start of a body of the post.
    let started = text.before(end) != '村'
        && hits.from(end - 1).iter().any(|hit| hit.len() >= 2 && hit.class.meets(Class::POST_BODY));
    if started {
        return true;
    }
    (end.saturating_sub(3)..end).any(|at| {
        hits.from(at).iter().any(|hit| {
            // 小学校长: 学校 is no word where 校长 reaches beyond it.
            let broken = || hits.from(end).iter().any(|post| post.class.meets(Class::POST) && post.to() > hit.to());
            hit.to() > end
                && !broken()
                && (hit.class.meets(Class::GENERIC.or(Class::MODIFIER))
                    || hit.class.meets(Class::POST) && at + 1 == end && hit.len() == 2)
        })
    })
}

/// Bodies that are units themselves, and never part of a post (石期市镇林业站 | 站长).
const UNITS: &[&str] = &[
    "中心",
    "站",
    "所",
    "大队",
    "中队",
    "支队",
    "公司",
    "合作社",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "医院",
    "卫生院",
    "卫生室",
    "敬老院",
];

/// Where the last body ends that is a unit of its own, in what was read as a post: 综合执法队 stays, 退役军人服务站 does not.
pub(super) fn unit_in(text: &Folded, hits: &Hits, post: (usize, usize)) -> Option<usize> {
    let segment = (post.0..post.1).find(|&at| matches!(text.at(at), '、' | '(' | '兼' | '，')).unwrap_or(post.1);
    (post.0 + 1..segment).rev().find(|&end| {
        // 新铺镇供水站 | 供水站抄表员: said twice, the unit is whole already.
        let ends =
            |unit: &&str| text.ends(end, unit) && end >= post.0 + unit.chars().count() && !text.ends(post.0, unit);
        let rest = text.at(end) != '长' || text.ends(end, "中心");
        // 党组成员, 驻村工作队: these go with the post, and so does what stands behind them.
        let open = !["党", "驻", "包", "团", "工会", "副"].iter().any(|word| text.starts(post.0, word));
        rest && open && UNITS.iter().any(ends) && !runs_on(text, hits, end) && hits.longest_from(end, CHAIN).is_some()
    })
}

/// Whether a run of bodies has a name: a place's, the county's (县教育局), or its own (平江派出所).
pub(super) fn named(text: &Folded, hits: &Hits, start: usize, end: usize) -> bool {
    let county = matches!(text.at(start), '县' | '市' | '省' | '州' | '区' | '旗' | '盟') && end - start >= 3;
    // 实验小学, 民族中学: what kind of school it is serves as its name.
    let school = ["实验", "民族", "职业", "第一", "第二", "第三"].iter().any(|kind| text.starts(start, kind))
        && ["小学", "中学", "学校", "幼儿园", "高中"].iter().any(|sign| text.ends(end, sign));
    county || school || proper(text, hits, start, end) || place(text, hits, start, end)
}

/// 渡口村, 前进村: two and more characters before the sign of a place, whatever else they stand for.
pub(super) fn placed(text: &Folded, hits: &Hits, start: usize, end: usize) -> bool {
    let sign = if text.ends(end, "社区") || text.ends(end, "街道") || text.ends(end, "嘎查") || text.ends(end, "苏木")
    {
        2
    } else {
        1
    };
    let place = sign == 2 || matches!(text.before(end), '村' | '镇' | '乡' | '屯' | '寨');
    place
        && end >= start + sign + 2
        && !matches!(text.at(start), '镇' | '乡' | '县' | '市' | '区' | '村' | '该' | '本' | '我' | '各' | '全')
        && !hits.is(start, end, Class::GENERIC)
}

/// 大寨村, 站前村: a place whose name is made of characters that stand for other things too.
fn place(text: &Folded, hits: &Hits, start: usize, end: usize) -> bool {
    let sign = if text.ends(end, "社区") || text.ends(end, "街道") { 2 } else { 1 };
    let placed = sign == 2 || matches!(text.before(end), '村' | '镇' | '乡' | '屯' | '寨');
    let Some(until) = end.checked_sub(sign).filter(|&until| placed && until >= start + 2 && until <= start + 4) else {
        return false;
    };
    let counted = COUNTING.contains(&text.at(start))
        && !matches!(text.at(start), '新' | '老' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '二');
    let known = (start..until).any(|at| {
        hits.from(at).iter().any(|hit| {
            hit.len() >= 2
                && hit.class.meets(Class::GENERIC.or(Class::POST_BODY).or(Class::UNIT_BODY).or(Class::BEFORE))
        })
    });
    !counted && !known && !matches!(text.at(start), '镇' | '乡' | '县' | '市' | '区' | '村' | '该' | '本' | '我')
}

/// Whether a stretch holds characters that no list of common words explains.
fn proper(text: &Folded, hits: &Hits, start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end
        && COUNTING.contains(&text.at(at))
        && at == start
        && !matches!(text.at(at + 1), '里' | '家' | '塘' | '都' | '桥' | '河' | '坪' | '合' | '星')
    {
        at += 1;
    }
    while at < end {
        let known = hits
            .from(at)
            .iter()
            .filter(|hit| {
                hit.to() <= end
                    && hit.class.meets(Class::UNIT_BODY.or(Class::POST_BODY).or(Class::GENERIC).or(Class::MODIFIER))
            })
            .map(|hit| hit.len())
            .max();
        match known {
            Some(length) => at += length,
            None if text.at(at).is_ascii_digit()
                || matches!(text.at(at), '“' | '”' | '(' | ')' | '、' | '的' | '该' | '本' | '我' | '其') =>
            {
                at += 1
            }
            None => return true,
        }
    }
    false
}

/// 该村, 该镇, 我局, 本组, 其: where the pointer at the start of a phrase ends.
pub(super) fn pointer(text: &Folded, hits: &Hits, start: usize, head: usize) -> Option<usize> {
    match text.at(start) {
        '该' | '我' | '本' | '贵' => {
            let body = hits.longest_from(start + 1, Class::UNIT_BODY.or(Class::POST_BODY)).map(|hit| hit.to());
            let body = body.or_else(|| matches!(text.at(start + 1), '办' | '委').then_some(start + 2));
            body.filter(|&end| end <= head)
                .or_else(|| text.starts(start + 1, "单位").then_some(start + 3))
                .filter(|&end| end <= head)
        }
        '其' => Some(start + 1).filter(|&end| end <= head),
        _ => None,
    }
}

/// Whether a unit's words are a pointer back.
pub(super) fn points(text: &Folded, unit: (usize, usize)) -> bool {
    matches!(text.at(unit.0), '该' | '其')
}
