//! Times in digits with marks between them, or with nothing: 2026.3.5, 2026-03-05, 20260305, 6.15.

use super::numeral::arabic;
use super::scan::{Parts, Written, joint, range_end};
use crate::text::fold::{Folded, is_word};

/// What a number with a dot measures; 3.5 before these is no day.
pub(super) const MEASURED: &[char] = &[
    '万', '亿', '千', '百', '元', '%', '‰', '米', '亩', '公', '吨', '平', '立', '个', '倍', '分', '斤', '度', '小',
    'k', 'K', 'm', '㎡', '厘', '毫', '升', '折', '级', '条', '人', '户', '次', '名', '张', '份', '件', '成', '版',
    '余', '克', '里', '票', '兆', '寸', '尺', '英', '岁', '天', '年', '月', '头', '辆', '本', '台', '角', '点', '代',
    'G', 'c', '摄',
];

/// 20260305.
pub(super) fn compact(text: &Folded, from: usize) -> Option<Written> {
    let (first, end) = eight_digits(text, from)?;
    let mut written = Written { end, first, ..Written::default() };
    // A range goes on for as long as days are joined to it.
    while let Some((last, end)) = joint(text, written.end).and_then(|at| eight_digits(text, at)) {
        written.last = written.last.or(Some(last));
        written.end = end;
    }
    Some(written)
}

fn eight_digits(text: &Folded, from: usize) -> Option<(Parts, usize)> {
    let found = arabic(text, from, 8).filter(|found| found.digits == 8)?;
    let (y, m, d) = (found.value / 10_000, found.value / 100 % 100, found.value % 100);
    let marked = ["编号", "单号", "票号", "证号", "账号", "卡号", "电话", "号码", "凭证", "回单", "电话:", "为"]
        .iter()
        .any(|word| text.ends(from, word));
    let numbered =
        matches!(text.at(found.end), '号' | '元' | '-' | '.' | '/') || text.at(found.end).is_ascii_alphabetic();
    if marked || numbered || !(1990..2100).contains(&y) || !(1..=12).contains(&m) || !(1..=39).contains(&d) {
        return None;
    }
    let first = Parts { year: i32::try_from(y).ok(), month: Some(m), day: Some(d) };
    Some((first, found.end))
}

/// 2026.3.5, 2026-03-05, 2026/3/5, and 2026.03 without a day.
pub(super) fn separated(text: &Folded, from: usize) -> Option<Written> {
    let mut written = parts(text, from)?;
    let mut mark = text.at(from + 4);
    // A range goes on for as long as whole days are joined to it; a part of one ends it.
    while written.first.day.is_some()
        && let Some(at) = joint(text, written.end)
    {
        if let Some(tail) = parts(text, at).filter(|tail| tail.first.day.is_some()) {
            written.last = written.last.or(Some(tail.first));
            written.end = tail.end;
            mark = text.at(at + 4);
            continue;
        }
        if let Some((last, end)) = range_end(text, at).filter(|(last, _)| last.month.is_some()) {
            written.last = written.last.or(Some(last));
            written.end = end;
        } else if let Some(month) = arabic(text, at, 2)
            && text.at(month.end) == mark
            && let Some(day) = arabic(text, month.end + 1, 2)
        {
            let last = Parts { year: None, month: Some(month.value), day: Some(day.value) };
            written.last = written.last.or(Some(last));
            written.end = day.end;
        } else if let Some(day) = arabic(text, at, 2).filter(|day| !MEASURED.contains(&text.at(day.end))) {
            written.last = written.last.or(Some(Parts { year: None, month: None, day: Some(day.value) }));
            written.end = day.end + usize::from(text.at(day.end) == '日');
        }
        break;
    }
    Some(written)
}

/// Year, month and, if it is written, day, without a range.
fn parts(text: &Folded, from: usize) -> Option<Written> {
    let y = arabic(text, from, 4).filter(|found| found.digits == 4 && (1900..2100).contains(&found.value))?;
    let mark = text.at(y.end);
    if !matches!(mark, '.' | '-' | '/' | '·') {
        return None;
    }
    let m = arabic(text, y.end + 1, 2)?;
    let year = i32::try_from(y.value).ok();
    let day = (text.at(m.end) == mark).then(|| arabic(text, m.end + 1, 2)).flatten();
    let Some(d) = day else {
        // 2026.35元 is a sum, 2026-07号 a number.
        let ends = !text.at(m.end).is_ascii_alphanumeric() && text.at(m.end) != mark;
        let month =
            (1..=12).contains(&m.value) && ends && !MEASURED.contains(&text.at(m.end)) && text.at(m.end) != '号';
        return month.then(|| Written {
            end: m.end + usize::from(text.at(m.end) == '月'),
            first: Parts { year, month: Some(m.value), day: None },
            ..Written::default()
        });
    };
    if text.at(d.end).is_ascii_alphanumeric() || text.at(d.end) == '号' && text.at(d.end + 1) != '，' {
        return None;
    }
    let end = d.end + usize::from(text.at(d.end) == '日');
    Some(Written { end, first: Parts { year, month: Some(m.value), day: Some(d.value) }, ..Written::default() })
}

/// 3.5, 6.15, 3.5日, 03-05: a day without its year where nothing is measured.
pub(super) fn dotted(text: &Folded, from: usize) -> Option<Written> {
    let one = point(text, from, false)?;
    // 7.20至7.21: the other side of a range in the same form.
    let joined = text.at(from + 1) == '.' || text.at(from + 2) == '.';
    let last = (joined && matches!(text.at(one.end), '至' | '到')).then(|| point(text, one.end + 1, false)).flatten();
    Some(match last.filter(|last| last.first.month >= one.first.month) {
        Some(last) => Written { end: last.end, last: Some(last.first), ..one },
        None => one,
    })
}

/// 12-3: the same with a hyphen and without noughts, where a date with hyphens stands before (2026-12-2).
pub(super) fn hyphened(text: &Folded, from: usize) -> Option<Written> {
    // 1-3组, 1-3号楼 count.
    let counted = |at: usize| !is_word(text.at(at)) || !COUNTED_ON.contains(&text.at(at));
    point(text, from, true).filter(|one| counted(one.end) && text.before(one.end).is_ascii_digit())
}

/// What numbers with a hyphen count up to.
const COUNTED_ON: &[char] = &[
    '组', '楼', '栋', '队', '单', '层', '排', '村', '社', '屯', '期', '班', '室', '区', '片', '段', '幢', '项', '类',
    '种', '所', '家', '处', '座', '间', '支', '只', '块', '笔', '场', '轮', '批', '届', '周', '页', '章', '节', '季',
    '道', '井',
];

fn point(text: &Folded, from: usize, hyphened: bool) -> Option<Written> {
    let m = arabic(text, from, 2).filter(|m| (1..=12).contains(&m.value))?;
    let mark = text.at(m.end);
    if !matches!(mark, '.' | '-' | '/') {
        return None;
    }
    let d = arabic(text, m.end + 1, 2).filter(|d| (1..=31).contains(&d.value))?;
    let next = text.at(d.end);
    // “3.4”改为“4.0” quotes a number.
    if text.before(from) == '“' && next == '”' {
        return None;
    }
    let first = Parts { month: Some(m.value), day: Some(d.value), year: None };
    let written = |end| Some(Written { end, first, ..Written::default() });
    if matches!(next, '日' | '号') {
        return written(d.end + 1);
    }
    let padded = m.digits == 2 && d.digits == 2;
    let before = text.before(from);
    let opens = !is_word(before)
        || text.gap(from) && next == '、'
        || matches!(before, '于' | '在' | '自' | '从' | '至')
        || text.ends(from, "食堂");
    let measures =
        MEASURED.contains(&next) || next.is_ascii_alphanumeric() || matches!(next, '.' | '-' | '/' | ':' | '%');
    let compared = matches!(before, '比' | '为' | '达' | '占' | '约' | '共' | '近' | '计' | '均' | '金' | '费' | '价')
        || before == '款' && !is_word(next);
    let opens_clause = !is_word(before) && !matches!(before, '(' | '/' | '~' | '—');
    match mark {
        '.' if !measures && !compared && (is_word(next) && d.value > 0 || opens) => written(d.end),
        '-' if (padded && opens || hyphened && opens_clause) && !measures => written(d.end),
        '/' if opens_clause && !measures && is_word(next) => written(d.end),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{Lexicon, TimeClass, date, fold::Folded, lexicon::Hits};

    #[test]
    fn a_range_without_end_is_one_time_and_takes_no_stack() {
        for piece in ["20260305至", "2026.3.5至"] {
            let text = Folded::new(&piece.repeat(20_000));
            let times = date::find(&text, &Hits::find(&text, &Lexicon::default()));
            let [one] = times.as_slice() else { panic!("{} times", times.len()) };
            assert_eq!((one.time.class, one.end), (TimeClass::Full, text.len() - 1), "{piece}");
        }
    }
}
