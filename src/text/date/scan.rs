//! The forms that a time by numerals can take. Gives what is written, not yet what it means.

use super::marked::{MEASURED, compact, dotted, hyphened, separated};
use super::number::{NUMERAL, goes_on, starts_number};
use super::numeral::{arabic, small, year};
use crate::text::fold::{Folded, is_word};
use crate::text::kind::Kind;
use crate::text::lexicon::{Class, Hits};

/// A time as written: whichever of year, month and day stands there, and the same of a range's end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Written {
    pub end: usize,
    pub first: Parts,
    /// The end of a range, with what it writes itself.
    pub last: Option<Parts>,
    /// Points at a year or month that is not written: 今年, 上月.
    pub pointing: bool,
    /// 上旬, 季度, 春节期间 …: no day, whatever else is written.
    pub loose: bool,
}

/// Year, month and day, as far as they are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts {
    pub year: Option<i32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

/// Words that point at a year or a month before numerals; the last four inherit like a bare month or day.
const POINTING: &[&str] = &["今年", "去年", "前年", "明年", "本年", "本月", "上月", "上个月", "下月", "这个月"];
const INHERITING: &[&str] = &["同年", "当年", "同月", "当月"];
/// Words after a year that make it part of the name of a meeting, a plan or the like.
const TITLED: &[&str] = &[
    "工作计划",
    "工作要点",
    "工作方案",
    "实施方案",
    "预算",
    "部门预算",
    "决算",
    "考核方案",
    "工作总结",
    "评优",
    "会议",
    "党建",
    "责任书",
    "组织生活会",
    "民主生活会",
    "民主评议",
    "领导干部",
    "述职",
    "述责",
    "考核",
    "目标",
    "普法",
    "任务清单",
    "工作清单",
    "度工作计划",
    "目标管理",
    "绩效考核",
];

/// A time by numerals that starts at a place.
pub(super) fn read(text: &Folded, hits: &Hits, from: usize) -> Option<Written> {
    let kind = text.kind(from);
    if kind.meets(Kind::POINTING) && matches!(text.at(from + 1), '年' | '月' | '个') {
        let pointing = POINTING.iter().find(|word| text.starts(from, word));
        let inheriting = INHERITING.iter().find(|word| text.starts(from, word));
        if let Some(word) = pointing.or(inheriting) {
            let at = from + word.chars().count();
            let mut found = if word.ends_with('年') { month_form(text, hits, at, None)? } else { day_form(text, at)? };
            found.pointing = pointing.is_some();
            return Some(found);
        }
    }
    // Most other characters begin no time at all.
    let c = text.at(from);
    let marked = matches!(c, '元' | '第') || c == '前' && text.starts(from + 2, "季度");
    if !kind.meets(NUMERAL) && !marked {
        return None;
    }
    if !starts_number(text, from) || !goes_on(text, from) {
        return None;
    }
    compact(text, from)
        .or_else(|| separated(text, from))
        .or_else(|| year_form(text, hits, from))
        .or_else(|| month_form(text, hits, from, None))
        .or_else(|| day_form(text, from))
        .or_else(|| dotted(text, from))
        .or_else(|| quarter(text, from).map(|end| Written { end, loose: true, ..Written::default() }))
}

/// A day as 12-3.
pub(super) fn hyphened_day(text: &Folded, from: usize) -> Option<Written> {
    (text.kind(from).meets(Kind::DIGIT) && starts_number(text, from)).then(|| hyphened(text, from)).flatten()
}

/// 2026年 and what follows: a month, a day, a season, another year, or nothing.
fn year_form(text: &Folded, hits: &Hits, from: usize) -> Option<Written> {
    let (y, end) = year(text, from, true)?;
    let short = text.at(from + 2) == '年';
    let gap = usize::from(text.at(end) == '，' && small(text, end + 1).is_some_and(|m| text.at(m.end) == '月'));
    if let Some(found) = month_form(text, hits, end + gap, Some(y)) {
        // 26年 is a year only with its month and day: otherwise it counts years.
        return (!short || found.first.day.is_some()).then_some(found);
    }
    if short {
        return None;
    }
    let parts = Parts { year: Some(y), ..Parts::default() };
    let plain = |end| Written { end, first: parts, ..Written::default() };
    let loose = |end| Written { end, first: parts, loose: true, ..Written::default() };
    if let Some(end) = season(text, hits, end) {
        return Some(loose(end));
    }
    let named = usize::from(text.at(end) == '度');
    // 2026年第4次会议, 2026年度工作计划: the year of a name is no time.
    let title =
        TITLED.iter().find(|word| text.starts(end + named, word)).map(|word| end + named + word.chars().count());
    // 2026年会议费, 2025年度考核结果: what was spent or came out in a period is the object of a check.
    let object = |at: usize| text.at(at) == '费' || text.starts(at, "结果") || text.starts(at, "等次");
    if title.is_some_and(|at| !object(at)) || text.at(end + named) == '第' {
        return None;
    }
    if let Some(at) = joint(text, end)
        && let Some((last, until)) = year(text, at, false)
    {
        let month = month_form(text, hits, until, Some(last)).filter(|found| found.last.is_none());
        return Some(match month {
            Some(found) => Written { last: Some(found.first), ..plain(found.end) },
            None => Written { last: Some(Parts { year: Some(last), ..Parts::default() }), ..plain(until) },
        });
    }
    Some(plain(end + named))
}

/// 上半年, 第一季度, 春季, 年初, 春节期间 after a year.
fn season(text: &Folded, hits: &Hits, from: usize) -> Option<usize> {
    const SEASONS: &[&str] = &[
        "上半年",
        "下半年",
        "春季",
        "夏季",
        "秋季",
        "冬季",
        "初",
        "底",
        "末",
        "年初",
        "年底",
        "年末",
        "全年",
        "暑期",
        "寒假",
        "暑假",
        "汛期",
        "主汛期",
    ];
    let season = || SEASONS.iter().find(|word| text.starts(from, word));
    // 2025年末级渠系: 末级 is a word of its own.
    let other = || text.starts(from, "末级") || text.starts(from, "末端") || text.starts(from, "初级");
    quarter(text, from)
        .or_else(|| super::festival(text, hits, from))
        .or_else(|| season().filter(|_| !other()).map(|word| from + word.chars().count()))
}

/// 一季度, 第四季度, 3季度; not the slogan 一季度一谈话.
fn quarter(text: &Folded, from: usize) -> Option<usize> {
    // 前三季度, 第四季度.
    let at = from + usize::from(matches!(text.at(from), '第' | '前'));
    let number = small(text, at).filter(|number| (1..=4).contains(&number.value))?;
    let end = number.end + 2;
    (text.starts(number.end, "季度") && text.at(end) != '一').then_some(end)
}

/// 3月5日, 3月, 3月上旬, 4、5月, 1月至3月, each with the year that stands before it, if any.
fn month_form(text: &Folded, hits: &Hits, from: usize, year: Option<i32>) -> Option<Written> {
    // 元月 is the first.
    let first = text.starts(from, "元月") && super::chinese_digit(text.before(from)).is_none_or(|_| year.is_some());
    let m = if first {
        super::numeral::Numeral { value: 1, end: from + 1, arabic: false, digits: 1 }
    } else {
        small(text, from)?
    };
    if let Some(at) = joint(text, m.end).or((text.at(m.end) == '、').then_some(m.end + 1))
        && let Some(last) = small(text, at)
        && text.at(last.end) == '月'
        && text.at(last.end + 1) != '内'
        && m.arabic == last.arabic
        && (1..=12).contains(&m.value)
        && (1..=12).contains(&last.value)
        && small(text, last.end + 1).is_none()
        && !(text.at(m.end) == '、' && year.is_none() && last.value != m.value + 1 && itemised(text, from))
    {
        // 1至2月, 4、5月: two months in one expression.
        let parts = |month| Parts { year, month: Some(month), day: None };
        let end = last.end + 1 + usize::from(text.at(last.end + 1) == '份');
        return Some(Written { end, first: parts(m.value), last: Some(parts(last.value)), ..Written::default() });
    }
    if text.at(m.end) != '月' || m.arabic && m.digits > 2 {
        return None;
    }
    let after = m.end + 1;
    let month = Parts { year, month: Some(m.value), day: None };
    let day = small(text, after).filter(|d| {
        let mark = text.at(d.end);
        mark == '日'
            || mark == '号'
            || joint(text, d.end).or((mark == '、').then_some(d.end + 1)).is_some_and(|at| {
                // 3月5-8日: the day's mark stands only at the end.
                small(text, at).is_some_and(|last| matches!(text.at(last.end), '日' | '号'))
            })
    });
    // 3月5 without 日, at the end of a clause or before a word.
    let day = day.or_else(|| {
        // 1月11笔 counts; 9月25前 is a deadline, whether or not the year is written.
        let counts = |at: usize| {
            MEASURED.contains(&text.at(at))
                || text.at(at) == '.'
                || text.at(at) != '起' && hits.starts(at, Class::COUNTED)
        };
        let before = |at: usize| text.at(at) == '前' && !matches!(text.at(at + 1), '往' | '后' | '去' | '来' | '期');
        arabic(text, after, 2).filter(|d| !counts(d.end) && (year.is_some() || before(d.end)))
    });
    if let Some(d) = day {
        let marked = matches!(text.at(d.end), '日' | '号');
        let end = d.end + usize::from(marked);
        let first = Parts { day: Some(d.value), ..month };
        let tail = if text.at(d.end) == '、' && !marked { Some(d.end + 1) } else { joint(text, end) };
        let last = tail.and_then(|at| range_end(text, at));
        return Some(match last {
            Some((last, end)) => Written { end, first, last: Some(last), ..Written::default() },
            None => Written { end, first, ..Written::default() },
        });
    }
    // A month alone: a bare 十五月 or 3月内 is none.
    let bare = year.is_none();
    let name = || !m.arabic && bare && (surnamed(text, hits, from, after) || entitled(text, from, after));
    if bare && (m.value == 0 || m.value > 12 || matches!(text.at(after), '内' | '龄' | '薪' | '一')) || name() {
        return None;
    }
    let written = |end, loose| Written { end, first: month, loose, ..Written::default() };
    for word in ["上旬", "中旬", "下旬", "初", "底", "末", "中"] {
        if text.starts(after, word) && !(word == "中" && is_word(text.at(after + 1))) {
            return Some(written(after + word.chars().count(), true));
        }
    }
    let end = after + usize::from(text.at(after) == '份');
    if text.starts(end, "至今") || text.starts(end, "到今") {
        return Some(written(end + 2, false));
    }
    if let Some(at) = joint(text, end) {
        let (year, at) = super::numeral::year(text, at, false).map_or((None, at), |(y, at)| (Some(y), at));
        if let Some(last) = small(text, at).filter(|last| text.at(last.end) == '月') {
            let until = last.end + 1;
            let until = until + usize::from(matches!(text.at(until), '份' | '底' | '初'));
            return Some(Written {
                last: Some(Parts { year, month: Some(last.value), day: None }),
                ..written(until, false)
            });
        }
    }
    // 10月、11月、12月 are three; each is read for itself.
    Some(written(end, false))
}

/// The number of an item opens a clause: 3、5月底前.
fn itemised(text: &Folded, from: usize) -> bool {
    matches!(text.before(from), '；' | '。' | '\n')
}

/// Whether a month in Chinese is a given name, with a surname before it that is nothing else: 主任马十月, 。马五月.
fn surnamed(text: &Folded, hits: &Hits, from: usize, after: usize) -> bool {
    let Some(at) = from.checked_sub(1).filter(|&at| hits.is(at, from, Class::COMMON_SURNAME)) else {
        return false;
    };
    // 付五月份电费, 查三月底账.
    let month = matches!(text.at(after), '份' | '初' | '底' | '末' | '中' | '上' | '下' | '至' | '到');
    let verb = hits.is(at, from, Class::VERB) || matches!(text.at(at), '从' | '和' | '向' | '成' | '连' | '查' | '付');
    let opens = || matches!(text.before(at), '、' | '，' | '。' | '；' | '\n');
    !month && !verb && (opens() || hits.longest_to(at, Class::POST).is_some())
}

/// Whether a month in Chinese begins a name in quotation marks: “五月攻坚”.
fn entitled(text: &Folded, from: usize, after: usize) -> bool {
    text.before(from) == '“' && is_word(text.at(after)) && (after..after + 8).any(|at| text.at(at) == '”')
}

/// The end of a range of days: 7日, 4月7日, 2026年4月7日.
pub(super) fn range_end(text: &Folded, from: usize) -> Option<(Parts, usize)> {
    let (year, at) = year(text, from, false).map_or((None, from), |(y, at)| (Some(y), at));
    let number = small(text, at)?;
    if text.at(number.end) == '月' {
        let day = small(text, number.end + 1)?;
        let end = day.end + usize::from(matches!(text.at(day.end), '日' | '号'));
        return Some((Parts { year, month: Some(number.value), day: Some(day.value) }, end));
    }
    matches!(text.at(number.end), '日' | '号')
        .then_some((Parts { year, month: None, day: Some(number.value) }, number.end + 1))
}

/// A bare day: 5日, 24日上午, 5日至7日. Durations and 五一 are none.
fn day_form(text: &Folded, from: usize) -> Option<Written> {
    const COUNTING: &[&str] = &[
        "连续", "累计", "共", "达", "满", "近", "超过", "逾", "约", "余", "为期", "历时", "仅", "不足", "超", "每",
        "延期", "共计", "间隔", "休", "旷工", "停业", "每月", "每周", "每年", "停产", "停工", "停职", "停课", "停运",
        "停岗", "停水", "停电", "暂停", "扣发", "扣除", "扣罚", "停发", "提前", "推迟", "延迟", "逾期", "超期", "拘留",
        "滞后", "职务", "压件", "积压",
    ];
    let d = arabic(text, from, 2).filter(|d| d.value <= 31)?;
    let first = Parts { day: Some(d.value), ..Parts::default() };
    let written = |end, last| Written { end, first, last, ..Written::default() };
    let other = joint(text, d.end).and_then(|at| arabic(text, at, 2)).filter(|last| text.at(last.end) == '日');
    let found = if let Some(last) = other {
        written(last.end + 1, Some(Parts { day: Some(last.value), ..Parts::default() }))
    } else {
        if text.at(d.end) != '日'
            || matches!(text.at(d.end + 1), '内' | '后' | '游' | '龄' | '用' | '租')
            || text.at(d.end + 1) == '均' && text.before(from) != '、'
        {
            return None;
        }
        let end = d.end + 1;
        match joint(text, end).and_then(|at| range_end(text, at)) {
            Some((last, end)) => written(end, Some(last)),
            None => written(end, None),
        }
    };
    (!COUNTING.iter().any(|word| text.ends(from, word))).then_some(found)
}

/// The mark of a range, and where its other side starts.
pub(super) fn joint(text: &Folded, at: usize) -> Option<usize> {
    match text.at(at) {
        // 2026.5.7--5.9, 2026.5.11---5.13: the mark is typed again for its length.
        '-' => (at + 1..at + 4).find(|&end| text.at(end) != '-'),
        '至' | '到' | '~' => Some(at + 1),
        '—' => Some(at + if text.at(at + 1) == '—' { 2 } else { 1 }),
        '起' if text.at(at + 1) == '至' => Some(at + 2),
        _ => None,
    }
}
