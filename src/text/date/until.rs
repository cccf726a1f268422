//! Whether a time says until when something must be done: 3月20日前, 限3月20日, 将期限延至3月20日.

use crate::text::fold::{Folded, is_word};

/// Words right before a day that set it.
const SET: &[&str] =
    &["限", "限于", "限期", "限在", "期限为", "截止", "截止到", "期限至", "期限到", "时限为", "时限至", "时限到"];
/// Words that put a day off; 至 or 到 and the new day follow, or 期限至 and the like.
const PUT_OFF: &[&str] =
    &["延", "延期", "延长", "延后", "延迟", "延缓", "顺延", "推延", "推迟", "展期", "宽限", "放宽"];
/// What is put off, where it stands between: 延长整改期限至.
const TERM: &[&str] = &["期限", "时限", "限期", "期", "时间"];
/// Other words that end in 延.
const OTHER: &[&str] = &["拖延", "蔓延", "绵延", "迁延"];
/// Behind the day: what was put off is an event, or came too late.
const EVENT: &[&str] = &[
    "召开", "举行", "举办", "开展", "进行", "实施", "开学", "开工", "复工", "复课", "施工", "开会", "上午", "下午",
    "才", "方", "仍", "始",
];
/// Before the day: it lies behind.
const PAST: &[&str] = &["已于", "已在", "均于", "均已于"];
/// Characters between the word that puts off and the day: 延长上述问题的整改期限至.
const REACH: usize = 14;

/// Whether the time from `start` to `end` is a deadline.
pub(super) fn is_deadline(text: &Folded, start: usize, end: usize) -> bool {
    let before = matches!(text.at(end), '前') && !matches!(text.at(end + 1), '往' | '后' | '夕' | '去' | '来')
        || text.starts(end, "之前")
        || text.starts(end, "以前");
    let set = || {
        matches!(text.before(start), '限' | '于' | '期' | '在' | '为' | '止' | '到' | '至')
            && (SET.iter().any(|word| text.ends(start, word)) || put_off(text, start, end))
    };
    (before || set()) && !PAST.iter().any(|word| text.ends(start, word))
}

/// 延至5月10日, 将追缴期限延长到5月10日, 延长整改期限至5月10日; not 会议推迟至5月10日召开, 拖延至5月10日.
fn put_off(text: &Folded, start: usize, end: usize) -> bool {
    let Some(at) = start.checked_sub(1).filter(|&at| matches!(text.at(at), '至' | '到')) else { return false };
    if EVENT.iter().any(|word| text.starts(end, word)) {
        return false;
    }
    let puts =
        |at: usize| PUT_OFF.iter().any(|word| text.ends(at, word)) && !OTHER.iter().any(|word| text.ends(at, word));
    if puts(at) {
        return true;
    }
    let Some(term) = TERM.iter().find(|term| text.ends(at, term)) else { return false };
    let mut place = at - term.chars().count();
    for _ in 0..REACH {
        if puts(place) {
            return true;
        }
        match place.checked_sub(1).filter(|&before| is_word(text.at(before))) {
            Some(before) => place = before,
            None => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use crate::text::{Lexicon, read};

    #[test]
    fn a_day_to_which_something_is_put_off_is_a_deadline() {
        for (text, deadline) in [
            ("将追缴期限延至2026年5月10日", true),
            ("整改期限延期至2026年5月10日", true),
            ("期限由2026年4月15日延长到2026年5月10日", true),
            ("期限延后至2026年5月10日", true),
            ("期限顺延至2026年5月10日，继续追缴", true),
            ("同意推迟至2026年5月10日整改到位", true),
            ("同意延长上述问题的整改期限至2026年5月10日", true),
            ("会议推迟至2026年5月10日召开", false),
            ("延迟至2026年5月10日才公示", false),
            ("一直拖延至2026年5月10日", false),
            ("检查时间至2026年5月10日", false),
        ] {
            let facts = read(text, &Lexicon::default());
            assert_eq!(facts.times.last().map(|time| time.deadline), Some(deadline), "{text}");
        }
    }
}
