//! Expressions of time: found in the order of the text, each as exact as it is written, or as what stands
//! before it in the cell makes it. Numbers of documents, sums, durations and times of day are none.

mod hidden;
mod marked;
mod number;
mod numeral;
mod passing;
mod scan;
mod until;

use chrono::{Datelike, Days, NaiveDate};

pub(super) use hidden::mask as masked;
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
    /// The year of the last period without a day: 2025年四季度.
    period: Option<i32>,
    /// A day was written with hyphens: 2026-12-2.
    hyphens: bool,
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
    // The day right before a mark of a list: 4月22日、23日.
    let mut listed: Option<(usize, Option<NaiveDate>)> = None;
    let mut behind = 0;
    for at in 0..text.len() {
        let begins = text.kind(at).meets(BEGINNING) || hits.starts(at, Class::TIME.or(Class::FESTIVAL));
        if at < behind || !begins || masked.get(at).copied().unwrap_or(false) {
            continue;
        }
        let near = listed.filter(|(end, _)| *end + 1 == at && matches!(text.at(*end), '、' | '和' | '及' | '与'));
        let Some((one, period)) = expression(text, hits, at, known, near.and_then(|(_, day)| day)) else {
            continue;
        };
        known.period = period.or(known.period);
        let day = one.time.end.or(one.time.day);
        if one.time.class == TimeClass::Full {
            // 当日 behind a deadline is the day of the act.
            let last = if one.time.deadline { known.last.or(day) } else { day.or(known.last) };
            known = Known { last, latest: day.max(known.latest), ..known };
            known.hyphens |= text.at(at + 4) == '-';
        }
        listed = Some((one.end, day));
        behind = one.end;
        found.push(one);
    }
    found
}

/// The time at a place, and the year of a period without a day. `listed` is the day right before in the same list:
/// a bare day takes its month.
fn expression(
    text: &Folded,
    hits: &Hits,
    at: usize,
    known: Known,
    listed: Option<NaiveDate>,
) -> Option<(Found, Option<i32>)> {
    let written = scan::read(text, hits, at).or_else(|| known.hyphens.then(|| scan::hyphened_day(text, at)).flatten());
    let Some(written) = written else {
        return loose(text, hits, at, known).map(|found| (found, None));
    };
    let before = listed.filter(|_| written.first.month.is_none()).or(known.latest);
    let (class, day, end) = judge(&written, before);
    let mut one = found(text, at, written.end, class, day, end);
    if let (Some(day), Some(latest), Some(_), None, None) =
        (one.time.day, known.latest, written.first.month, written.first.year, written.last)
        && let Some(year) = other_year(day, latest, one.time.deadline, known.period)
    {
        one.time.day = day.with_year(year).or(one.time.day);
        one.time.end = one.time.day;
    }
    Some((one, written.first.year.filter(|_| written.first.day.is_none())))
}

/// Half a year, in days.
const HALF_YEAR: i64 = 183;

/// The year of a day without one, where it is not that of the day before it: a deadline that would be long over is in
/// the next year, and a day that is far ahead belongs to an earlier period that was named.
fn other_year(day: NaiveDate, latest: NaiveDate, deadline: bool, period: Option<i32>) -> Option<i32> {
    let ahead = day.signed_duration_since(latest).num_days();
    if deadline {
        return (ahead < -HALF_YEAR).then(|| day.year() + 1);
    }
    // 1月8日核查凭证，将12月23日聚餐费列支.
    (ahead > HALF_YEAR).then(|| period.filter(|&year| year < day.year()).unwrap_or(day.year() - 1))
}

fn found(
    text: &Folded,
    start: usize,
    end: usize,
    class: TimeClass,
    day: Option<NaiveDate>,
    last: Option<NaiveDate>,
) -> Found {
    let deadline = until::is_deadline(text, start, end);
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
        // 日期为同一天, 未当天入账: two days are alike, or something was late; 核对一次日志 tells no day at all.
        let before = text.before(at);
        let alike = *word == "同一天" && is_word(before)
            || *word == "同日" && matches!(before, '人' | '为' | '是' | '在' | '系' | '均');
        let late = before == '未';
        let times = *word == "次日" && Kind::of(before).meets(Kind::DIGIT.or(Kind::CHINESE_DIGIT).or(Kind::TENS));
        if alike || late || times {
            return None;
        }
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
        && (before.is_ascii_digit()
            || numeral::chinese_digit(before).is_some()
                && !at.checked_sub(1).is_some_and(|one| number::ends_in_one(text.before(one))));
    let other = after == '性'
        || text.starts(hit.to(), "坚持")
        || text.starts(hit.to(), "护理")
        || text.starts(hit.to(), "考核");
    if numbered || other || before == '每' || part_of_another(text, at, hit.to()) {
        return None;
    }
    vague(hit.to())
}

/// Whether a loose word is part of another one or of a name: 前期费, 期末考试, 病假期间, 提前两天, “周末有约”.
fn part_of_another(text: &Folded, at: usize, end: usize) -> bool {
    let (before, after) = (text.before(at), text.at(end));
    let any = |words: &[&str]| words.iter().any(|word| text.starts(end, word));
    let part = match (text.at(at), text.at(at + 1)) {
        ('前', '期') => {
            matches!(after, '费' | '的')
                || any(&[
                    "手续", "论证", "工作", "工程", "投入", "准备", "调查", "设计", "资料", "规划", "摸底", "材料",
                    "项目",
                ])
        }
        ('期', '末' | '初') => any(&["考", "测", "成绩", "余额", "评"]),
        ('暑', '期') => any(&["教师", "值班", "培训", "作业", "工程"]),
        ('最', '近') => after == '一' || after == '的',
        ('假', '期') => matches!(before, '病' | '事' | '产' | '婚' | '丧' | '休' | '请' | '护'),
        ('前', '两') => before == '提',
        ('年', '前' | '后') => {
            Kind::of(before).meets(Kind::CHINESE_DIGIT.or(Kind::TENS)) || matches!(before, '几' | '数')
        }
        _ => false,
    };
    // A name in quotation marks begins with the word and goes on behind it, without a mark.
    part || before == '“' && is_word(after) && named(text, end)
}

/// Whether words in quotation marks are a name: few of them, without a mark, and a noun follows the name.
fn named(text: &Folded, from: usize) -> bool {
    let close = (from..from + 9).find(|&at| !is_word(text.at(at)));
    close.is_some_and(|close| text.at(close) == '”' && is_word(text.at(close + 1)))
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
    let end = end + word.chars().count();
    // 三天内容 is of three days; 3个月内共补录14次 counts over a past time.
    let past = ["容", "部", "共", "累计", "没有", "先后", "均"].iter().any(|word| text.starts(end, word));
    (!past).then_some((granted, end))
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
        let end = end + word.chars().count();
        // 清明假期前.
        let around = word.ends_with('期') || word.ends_with("长假");
        let around = around && (text.at(end) == '前' && !is_word_of_place(text, end + 1) || text.at(end) == '后');
        return Some(end + usize::from(around));
    }
    // 2026年6月19日，端午节，: a feast that is a clause of its own.
    let alone = text.before(end) == '节' && end - from == 3;
    if alone && text.before(from) == '，' && text.at(end) == '，' {
        return Some(end);
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
            ("2026年1月11笔支出", "2026年1月?"),
            ("2026年1月11查看", "2026年1月11=0111"),
            ("2026年9月20日上门，9月25前拆除", "2026年9月20日=0920 9月25=0925"),
            ("9月25前往", "9月?"),
            ("2026年4月3日会上，扣发2日补助，提前3日送达，5日回访", "2026年4月3日=0403 5日=0405"),
            ("前期查看", "前期~"),
            ("等期末一起退", "期末~"),
            ("暑期学校维修", "暑期~"),
            ("“上周刚查过”，", "上周~"),
            ("最近检查", "最近~"),
            ("近年来", "近年来~"),
            ("2026年5月1日，同一天检查", "2026年5月1日=0501 同一天=0501"),
            ("2026年5月1日入账，核对一次，次日退还", "2026年5月1日=0501 次日=0502"),
            ("统一月底算账", "月底~"),
            ("十月签批", "十月?"),
            ("会计付五月电费，付五月份水费", "五月? 五月份?"),
            ("2026-12-2查，1-3组", "2026-12-2=1202"),
            ("食堂“3.5”留样", ""),
            ("责令3天内退还", "3天内~"),
            ("入冬以来，春播期间，寒潮期间", "入冬以来~ 春播期间~ 寒潮期间~"),
            ("“七一”前，清明假期前", "“七一”前~ 清明假期前~"),
            ("今天，端午节，查看", "今天~ 端午节~"),
            ("购端午节礼品", ""),
            ("车辆217号3月份加油卡", "3月份?"),
            ("2026年会议费、2025年度考核结果", "2026年? 2025年度?"),
            ("2026-12-2查，12-3，约谈", "2026-12-2=1202 12-3=1203"),
            ("12-3，约谈", ""),
            ("2026.9.5 晨检本 9.3、9.4两天空着", "2026.9.5=0905 9.3=0903 9.4=0904"),
            ("浊度 2.1 ，", ""),
            ("2026.8.1 谈话 . 8.29房顶换瓦", "2026.8.1=0801 8.29=0829"),
            ("核查表.12月21日", "12月21日?"),
            ("2026.5.2，欠款5.29收齐", "2026.5.2=0502 5.29=0529"),
            ("罚款5.29万", ""),
            ("截至上年末", "上年末~"),
            ("2025年汛期借出", "2025年汛期?"),
            ("2025年末级渠系", "2025年?"),
            ("2025年末", "2025年末?"),
            ("2026年前三季度党委会", "2026年前三季度?"),
            ("前三季度支出", "前三季度?"),
            ("前三名", ""),
            ("2026年8月17日、18日均未到岗", "2026年8月17日=0817 18日=0818"),
            ("日均5日均值", ""),
            ("停止执行职务7日", ""),
            ("；3、5月底前", "5月底?"),
            ("2026.5.7--5.9巡了", "2026.5.7--5.9=0507"),
            ("2026.5.11---5.13", "2026.5.11---5.13=0511"),
            ("2026.6.4至6月31日", "2026.6.4至6月31日!"),
            ("2026.5.9 5.1到5.5没上坝", "2026.5.9=0509 5.1到5.5=0501"),
            ("5.1到户", "5.1?"),
            ("2026年6月5日，缺4月27日、28日，7日补", "2026年6月5日=0605 4月27日=0427 28日=0428 7日=0607"),
            ("2026年4月2日约谈，限5月28日前退回；当日退清", "2026年4月2日=0402 5月28日=0528 当日=0402"),
        ] {
            assert_eq!(show(text), times, "{text}");
        }
    }

    #[test]
    fn a_day_without_its_year_may_be_of_another_than_the_one_before() {
        for (written, day) in [
            ("2026年12月21日查，1月10日前清栏", "2027-01-10"),
            ("2026年12月21日查，1月10日起", "2026-01-10"),
            ("2026年2月3日查2025年四季度台账，11月8日", "2025-11-08"),
            ("2026年2月3日查2025年四季度台账，3月8日", "2026-03-08"),
            ("2026年1月8日核查凭证，将12月23日聚餐费列支", "2025-12-23"),
            ("2026年1月8日约谈，限12月23日前退清", "2026-12-23"),
        ] {
            let text = Folded::new(written);
            let found = find(&text, &Hits::find(&text, &Lexicon::default()));
            let last = found.last().and_then(|found| found.time.day).unwrap();
            assert_eq!(last.to_string(), day, "{written}");
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
            "项目前期费",
            "前期论证",
            "期末考试",
            "暑期教师培训班",
            "病假期间",
            "未提前两天送达",
            "十年前标准",
            "“周末有约”下沉",
            "“汛前检查误餐补助”名义",
            "“五月攻坚”任务",
            "登记簿最近一份",
            "落款为同一天",
            "一人同日在两地签到",
            "近两年业务招待费",
            "未当天入账",
            "核对一次日志",
            "三天内容",
            "两个月内没有到过",
            "乡长马十月",
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
