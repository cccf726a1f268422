//! Expressions of time: found in the order of the text, each as exact as it is written, or as what stands
//! before it in the cell makes it. Numbers of documents, sums, durations and times of day are none.

mod hidden;
mod marked;
mod numeral;
mod passing;
mod scan;

use chrono::{Datelike, Days, NaiveDate};

pub(super) use numeral::{arabic, chinese, chinese_digit};
pub(super) use passing::Passing;
use scan::{Parts, Written};

use super::fold::{Folded, is_word};
use super::kind::Kind;
use super::lexicon::{Class, Hits};
use super::{Time, TimeClass};

/// An expression of time with its place among the folded characters.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub time: Time,
}

/// The full days before a place: 次日 follows the last one; a bare month or day belongs with the latest, since
/// older history may stand between.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    last: Option<NaiveDate>,
    latest: Option<NaiveDate>,
}

/// Words that inherit the day of a full date before them, and how many days later they are.
const SAME_DAY: &[(&str, u64)] = &[
    ("当日", 0),
    ("当天", 0),
    ("当晚", 0),
    ("同日", 0),
    ("同一天", 0),
    ("次日", 1),
    ("翌日", 1),
    ("隔日", 1),
    ("隔天", 1),
    ("第二天", 1),
];

/// What begins a time that is not listed whole.
const BEGINNING: Kind = Kind::DIGIT.or(Kind::CHINESE_DIGIT).or(Kind::TENS).or(Kind::YUAN).or(Kind::POINTING);

/// Finds every expression of time.
pub(super) fn find(text: &Folded, hits: &Hits) -> Vec<Found> {
    let masked = hidden::mask(text);
    let mut found: Vec<Found> = Vec::new();
    let mut known = Known::default();
    let mut behind = 0;
    for at in 0..text.len() {
        let begins = text.kind(at).meets(BEGINNING) || hits.starts(at, Class::TIME.or(Class::FESTIVAL));
        if at < behind || !begins || masked.get(at).copied().unwrap_or(false) {
            continue;
        }
        let Some(one) = expression(text, hits, at, known) else {
            continue;
        };
        if one.time.class == TimeClass::Full {
            let day = one.time.end.or(one.time.day);
            known = Known { last: day.or(known.last), latest: day.max(known.latest) };
        }
        behind = one.end;
        found.push(one);
    }
    found
}

fn expression(text: &Folded, hits: &Hits, at: usize, known: Known) -> Option<Found> {
    if let Some(written) = scan::read(text, hits, at) {
        let (class, day, end) = judge(&written, known.latest);
        return Some(found(text, at, written.end, class, day, end));
    }
    loose(text, hits, at, known)
}

fn found(
    text: &Folded,
    start: usize,
    end: usize,
    class: TimeClass,
    day: Option<NaiveDate>,
    last: Option<NaiveDate>,
) -> Found {
    let before = matches!(text.at(end), '前') && !matches!(text.at(end + 1), '往' | '后' | '夕' | '去' | '来')
        || text.starts(end, "之前")
        || text.starts(end, "以前");
    let limited = || {
        let words = ["限", "限于", "限期", "限在", "期限为", "截止", "截止到", "期限至"];
        matches!(text.before(start), '限' | '于' | '期' | '在' | '为' | '止' | '到' | '至')
            && words.iter().any(|word| text.ends(start, word))
    };
    let past = || ["已于", "已在", "均于", "均已于"].iter().any(|word| text.ends(start, word));
    let deadline = (before || limited()) && !past();
    Found { start, end, time: Time { span: text.span(start, end), class, day, end: last, deadline } }
}

/// What a time by numerals amounts to, with a full date before it in the cell.
fn judge(written: &Written, known: Option<NaiveDate>) -> (TimeClass, Option<NaiveDate>, Option<NaiveDate>) {
    let Written { first, last, .. } = *written;
    if impossible(first, None) || last.is_some_and(|last| impossible(last, Some(first))) {
        return (TimeClass::Impossible, None, None);
    }
    if written.loose || written.pointing || first.day.is_none() {
        return (TimeClass::Partial, None, None);
    }
    let Some(day) = resolve(first, known) else {
        // A day that the inherited month does not have: 2月 …, 30日.
        let inherits = known.is_some() && first.year.is_none();
        return (if inherits { TimeClass::Impossible } else { TimeClass::Partial }, None, None);
    };
    match last {
        None => (TimeClass::Full, Some(day), Some(day)),
        Some(last) => match resolve(last, Some(day)) {
            Some(end) => (TimeClass::Full, Some(day), Some(end)),
            None => (TimeClass::Impossible, None, None),
        },
    }
}

/// The day, its missing parts taken from a day before it in the cell.
fn resolve(parts: Parts, known: Option<NaiveDate>) -> Option<NaiveDate> {
    let day = parts.day?;
    let month = parts.month.or_else(|| known.map(|known| known.month()))?;
    let year = parts.year.or_else(|| known.map(|known| known.year()))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Whether the parts name no day of the calendar. Without a year, 2月29日 may be one.
fn impossible(parts: Parts, before: Option<Parts>) -> bool {
    let month = parts.month.or(before.and_then(|before| before.month));
    let year = parts.year.or(before.and_then(|before| before.year)).unwrap_or(2024);
    match (month, parts.day) {
        (Some(month), Some(day)) => NaiveDate::from_ymd_opt(year, month, day).is_none(),
        (Some(month), None) => !(1..=12).contains(&month),
        (None, Some(day)) => !(1..=31).contains(&day),
        (None, None) => false,
    }
}

/// Loose words: 近日, 春节期间, 10日内; and 当日, 次日, which inherit a full date before them.
fn loose(text: &Folded, hits: &Hits, at: usize, known: Known) -> Option<Found> {
    let kind = text.kind(at);
    if hits.from(at).is_empty() && !kind.meets(Kind::DIGIT) {
        return None;
    }
    // These words are listed among the loose ones.
    if hits.starts(at, Class::TIME)
        && let Some((word, later)) = SAME_DAY.iter().find(|(word, _)| text.starts(at, word))
    {
        let day = known.last.and_then(|known| known.checked_add_days(Days::new(*later)));
        let class = if day.is_some() { TimeClass::Full } else { TimeClass::Vague };
        return Some(found(text, at, at + word.chars().count(), class, day, day));
    }
    let vague = |end| Some(found(text, at, end, TimeClass::Vague, None, None));
    let numeral = kind.meets(Kind::DIGIT.or(Kind::CHINESE_DIGIT).or(Kind::TENS));
    if let Some(end) = numeral.then(|| within(text, at)).flatten().or_else(|| festival(text, hits, at)) {
        return vague(end);
    }
    let hit = hits.longest_from(at, Class::TIME)?;
    let before = text.before(at);
    let after = text.at(hit.to());
    // 3月15日前 is a deadline, 月底 after numerals is read with them; 经常性, 长期护理 are other words.
    let numbered = (text.starts(at, "日前") || text.starts(at, "月"))
        && (before.is_ascii_digit() || numeral::chinese_digit(before).is_some());
    let other = after == '性'
        || text.starts(hit.to(), "坚持")
        || text.starts(hit.to(), "护理")
        || text.starts(hit.to(), "考核");
    if numbered || other || before == '每' {
        return None;
    }
    vague(hit.to())
}

/// 10日内, 三天内, 一周内, 5个工作日内.
pub(super) fn within(text: &Folded, at: usize) -> Option<usize> {
    within_days(text, at).map(|(_, end)| end)
}

/// The same with the number of days that it grants.
pub(super) fn within_days(text: &Folded, at: usize) -> Option<(u32, usize)> {
    let before = text.before(at);
    if !text.holds(Kind::WITHIN) || before.is_ascii_alphanumeric() || before == '.' {
        return None;
    }
    let number = arabic(text, at, 3).or_else(|| chinese(text, at));
    let (value, end) = match number {
        Some(number) => (number.value, number.end),
        None if text.at(at) == '两' => (2, at + 1),
        None => return None,
    };
    const SPANS: &[(&str, u32, u32)] = &[
        ("个工作日内", 7, 5),
        ("个工作日之内", 7, 5),
        ("工作日内", 7, 5),
        ("日内", 1, 1),
        ("天内", 1, 1),
        ("日之内", 1, 1),
        ("天之内", 1, 1),
        ("周内", 7, 1),
        ("个星期内", 7, 1),
        ("星期内", 7, 1),
        ("个月内", 30, 1),
        ("个月之内", 30, 1),
        ("月内", 30, 1),
    ];
    let (word, days, per) = SPANS.iter().find(|(word, _, _)| text.starts(end, word))?;
    let granted = value.checked_mul(*days)?.div_ceil(*per);
    Some((granted, end + word.chars().count()))
}

/// 春节期间, 中秋国庆前夕, “五一”假期, 高考、中考期间.
fn festival(text: &Folded, hits: &Hits, from: usize) -> Option<usize> {
    let mut end = hits.longest_from(from, Class::FESTIVAL)?.to();
    for _ in 0..4 {
        let next = end + usize::from(text.at(end) == '、');
        match hits.longest_from(next, Class::FESTIVAL) {
            Some(more) => end = more.to(),
            None => break,
        }
    }
    const SUFFIXES: &[&str] = &[
        "假期期间",
        "假日期间",
        "放假期间",
        "长假期间",
        "小长假期间",
        "节日期间",
        "期间",
        "前夕",
        "前后",
        "小长假",
        "长假",
        "假期",
        "节前",
        "节后",
        "之前",
        "之后",
    ];
    let suffixed = matches!(text.at(end), '假' | '放' | '长' | '小' | '节' | '期' | '前' | '之');
    if let Some(word) = SUFFIXES.iter().find(|word| suffixed && text.starts(end, word)) {
        return Some(end + word.chars().count());
    }
    // 春节前物资发放: a bare 前 or 后 after a feast, not after 任职 or 防汛.
    let feast =
        matches!(text.before(end), '节' | '旦' | '明' | '庆' | '秋' | '一' | '午' | '考' | '”' | '会' | '阳' | '宵');
    let spoken = text.at(end) == '前' && !is_word_of_place(text, end + 1) || text.at(end) == '后';
    (feast && spoken && !text.starts(from, "十一")).then_some(end + 1)
}

fn is_word_of_place(text: &Folded, at: usize) -> bool {
    is_word(text.at(at)) && matches!(text.at(at), '往' | '沿' | '端' | '排')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lexicon;

    fn show(written: &str) -> String {
        let text = Folded::new(written);
        let hits = Hits::find(&text, &Lexicon::default());
        let shown = find(&text, &hits).into_iter().map(|found| {
            let words = found.time.span.of(written);
            match found.time.class {
                TimeClass::Full => format!("{words}={}", found.time.day.unwrap().format("%m%d")),
                TimeClass::Partial => format!("{words}?"),
                TimeClass::Vague => format!("{words}~"),
                TimeClass::Impossible => format!("{words}!"),
            }
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_way_of_writing_a_time() {
        for (text, times) in [
            ("2026年3月5日，该镇", "2026年3月5日=0305"),
            ("2026 年 3 月 5 日", "2026 年 3 月 5 日=0305"),
            ("２０２６年３月５号", "２０２６年３月５号=0305"),
            ("2026.3.5发现", "2026.3.5=0305"),
            ("2026-03-05 09:30", "2026-03-05=0305"),
            ("2026/3/5", "2026/3/5=0305"),
            ("20260305抽查", "20260305=0305"),
            ("二〇二六年三月五日", "二〇二六年三月五日=0305"),
            ("二○二六年十二月三十一日", "二○二六年十二月三十一日=1231"),
            ("26年3月5日", "26年3月5日=0305"),
            ("2026年，3月5日", "2026年，3月5日=0305"),
            ("2026年3月5日至7日，3月8日再查", "2026年3月5日至7日=0305 3月8日=0308"),
            ("2026年3月5日—4月7日", "2026年3月5日—4月7日=0305"),
            ("2026.3.5-2026.3.8", "2026.3.5-2026.3.8=0305"),
            ("2026年3月5日、6日、9日", "2026年3月5日=0305 6日=0306 9日=0309"),
            ("2026年6月28日至31日", "2026年6月28日至31日!"),
            ("2026年3月5日检查，次日整改，当天回访", "2026年3月5日=0305 次日=0306 当天=0306"),
            ("3月5日，", "3月5日?"),
            ("今年3月5日", "今年3月5日?"),
            ("本月27日查看", "本月27日?"),
            ("6.15，约谈", "6.15?"),
            ("2026年6月18日，2025年5月1日至3日，19日", "2026年6月18日=0618 2025年5月1日至3日=0501 19日=0619"),
            ("元月8日", "元月8日?"),
            ("1.2026年3月4日查；2.3月8日", "2026年3月4日=0304 3月8日=0308"),
            ("12.2026年3月4日", "2026年3月4日=0304"),
            ("2025年10月至今", "2025年10月至今?"),
            ("食堂3.5留样缺", "3.5?"),
            ("3.5日", "3.5日?"),
            ("2026年1月至3月", "2026年1月至3月?"),
            ("2026年1至2月例会", "2026年1至2月?"),
            ("对象4、5月未入户", "4、5月?"),
            ("10月、11月、12月收支", "10月? 11月? 12月?"),
            ("2026年3月上旬以来", "2026年3月上旬?"),
            ("2026年3月份以来", "2026年3月份?"),
            ("2025年度光伏收益", "2025年度?"),
            ("2026年第一季度", "2026年第一季度?"),
            ("2023年至2025年", "2023年至2025年?"),
            ("2019年3月至2021年8月", "2019年3月至2021年8月?"),
            ("16日夜查", "16日?"),
            ("2026年春节期间", "2026年春节期间?"),
            ("近日，", "近日~"),
            ("高考、中考期间", "高考、中考期间~"),
            ("春节前物资", "春节前~"),
            ("“五一”期间值班", "“五一”期间~"),
            ("事前10日内报备", "10日内~"),
            ("2026年2月30日", "2026年2月30日!"),
            ("2026年13月1日", "2026年13月1日!"),
            ("8月32日", "8月32日!"),
            ("20260230", "20260230!"),
            ("11月0日", "11月0日!"),
        ] {
            assert_eq!(show(text), times, "{text}");
        }
    }

    #[test]
    fn words_that_inherit_a_day_are_listed() {
        for (word, _) in SAME_DAY {
            let text = Folded::new(word);
            assert!(Hits::find(&text, &Lexicon::default()).is(0, text.len(), Class::TIME), "{word}");
        }
    }

    #[test]
    fn numbers_that_are_no_time() {
        for text in [
            "罚款2026.35元",
            "中央八项规定",
            "三公经费",
            "第3.5条",
            "12345热线",
            "联系电话13905550305",
            "身份证号340101198003051234",
            "（2026）3号文件",
            "白政〔2026〕35号",
            "一日三餐",
            "累计3年5个月",
            "每月5日",
            "五一路12号",
            "面积3.5亩",
            "凭证号20260118",
            "编号20251106",
            "第2026-07号",
            "HT20250218",
            "连续5日",
            "《2026年第3季度村务公开表》",
            "2026年第4次会议",
            "“一季度一谈话”",
            "半年",
            "S231线",
            "8:40",
            "0746-4218866",
        ] {
            assert_eq!(show(text), "", "{text}");
        }
    }

    #[test]
    fn a_deadline_is_known_by_the_words_around_it() {
        for (written, deadline) in [
            ("限2026年3月20日前整改", true),
            ("2026年3月20日前往", false),
            ("已于2026年3月20日前补齐", false),
            ("2026年3月20日约谈", false),
        ] {
            let text = Folded::new(written);
            let hits = Hits::find(&text, &Lexicon::default());
            assert_eq!(find(&text, &hits)[0].time.deadline, deadline, "{written}");
        }
    }
}
