//! Whether the matter is said to be put right: 已公示, 3月18日已补齐; not 正在整改, not 未整改.

use super::date::Found;
use super::fold::Folded;
use super::kind::Kind;
use super::lexicon::{Class, Hits};

/// Words by which something is still to be done.
const PENDING: &[&str] = &["要求", "责令", "督促", "责成", "约谈", "正在", "安排", "未", "没有", "拟", "将于", "限"];
/// How far behind a sign what is done may stand, in characters.
const REACH: usize = 40;

/// Words by which a part is still open: 已退还2000元，责令退还其余7600元.
const REMAINING: &[&str] = &["剩余", "其余", "余下", "余款", "尚未", "尚有", "仍有", "仍未", "还有"];

/// Whether the text says that the matter is put right, and nothing behind that says that a part of it is still to be.
pub(super) fn read(text: &Folded, hits: &Hits, times: &[Found]) -> bool {
    last(text, hits, times).is_some_and(|done| !still_open(text, hits, times, done))
}

/// Looks behind every sign (已, 当日, or the day on which it was done) for a word of what is done, in the same clause
/// and before any word by which it is still to be done; gives the place of the last one. The last sign reaches as far as
/// any earlier one.
fn last(text: &Folded, hits: &Hits, times: &[Found]) -> Option<usize> {
    if !hits.holds(Class::SETTLED) {
        return None;
    }
    let days = times.iter().filter(|found| found.time.day.is_some() && !found.time.deadline);
    let mut days = days.map(|found| found.end.saturating_sub(1)).peekable();
    let mut sign: Option<usize> = None;
    let mut last = None;
    for at in 0..text.len() {
        if let Some(since) = sign {
            if ends(text, at) {
                sign = None;
            } else if at < since + REACH && hits.starts(at, Class::SETTLED) {
                last = Some(at);
            }
        }
        let day = days.next_if_eq(&at).is_some();
        let done = text.kind(at).meets(Kind::DONE)
            && (text.at(at) == '已' || text.starts(at, "当日") || text.starts(at, "当天"));
        if day || done {
            sign = Some(at);
        }
    }
    last
}

/// Whether something is demanded behind what was done: a remainder of it, or, by a day that is set, more of the kind
/// (限2026年2月20日前退还5000元; a written apology by that day leaves the matter put right).
fn still_open(text: &Folded, hits: &Hits, times: &[Found], done: usize) -> bool {
    let remains = (done..text.len()).any(|at| REMAINING.iter().any(|word| text.starts(at, word)));
    let due = times.iter().filter(|found| found.time.deadline && found.start > done);
    remains
        || due.into_iter().any(|found| {
            let clause = (found.end..text.len()).take_while(|at| !text.kind(*at).meets(Kind::CLAUSE)).take(REACH);
            clause.into_iter().any(|at| hits.starts(at, Class::SETTLED))
        })
}

/// Whether a sign reaches no further than here.
fn ends(text: &Folded, at: usize) -> bool {
    let kind = text.kind(at);
    kind.meets(Kind::CLAUSE) && matches!(text.at(at), '，' | '。' | '；' | '\n')
        || kind.meets(Kind::PENDING) && PENDING.iter().any(|word| text.starts(at, word))
}

#[cfg(test)]
mod tests {
    use crate::text::{Lexicon, read};

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
            ("已退还2000元，限2026年3月10日前退还剩余7600元", false),
            ("已退还2000元，责令退还其余部分", false),
            ("已于2026年2月8日补齐票据，限2月20日前退还5000元", false),
            ("已于2026年2月8日补齐票据，限2月20日前作出书面检讨", true),
            ("限2026年3月10日前退还9600元，2026年3月9日已全部退还", true),
            ("已退还2000元，限2026年3月10日前退还剩余7600元，3月9日剩余7600元已退还", true),
        ] {
            assert_eq!(read(text, &words).settled, settled, "{text}");
        }
    }
}
