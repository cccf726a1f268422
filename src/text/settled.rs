//! Whether the matter is said to be put right: 已公示, 3月18日已补齐; not 正在整改, not 未整改.

use super::date::Found;
use super::fold::Folded;
use super::kind::Kind;
use super::lexicon::{Class, Hits};

/// Words by which something is still to be done.
const PENDING: &[&str] = &["要求", "责令", "督促", "责成", "约谈", "正在", "安排", "未", "没有", "拟", "将于", "限"];
/// How far behind a sign what is done may stand, in characters.
const REACH: usize = 40;

/// Looks behind every sign (已, 当日, or the day on which it was done) for a word of what is done, in the same clause
/// and before any word by which it is still to be done. The last sign reaches as far as any earlier one.
pub(super) fn read(text: &Folded, hits: &Hits, times: &[Found]) -> bool {
    if !hits.holds(Class::SETTLED) {
        return false;
    }
    let days = times.iter().filter(|found| found.time.day.is_some() && !found.time.deadline);
    let mut days = days.map(|found| found.end.saturating_sub(1)).peekable();
    let mut sign: Option<usize> = None;
    for at in 0..text.len() {
        if let Some(since) = sign {
            if ends(text, at) {
                sign = None;
            } else if at < since + REACH && hits.starts(at, Class::SETTLED) {
                return true;
            }
        }
        let day = days.next_if_eq(&at).is_some();
        let done = text.kind(at).meets(Kind::DONE)
            && (text.at(at) == '已' || text.starts(at, "当日") || text.starts(at, "当天"));
        if day || done {
            sign = Some(at);
        }
    }
    false
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
        ] {
            assert_eq!(read(text, &words).settled, settled, "{text}");
        }
    }
}
