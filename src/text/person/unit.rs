//! The named units and offices of a text, wherever they stand.

use super::body::{named, placed, pointer, runs_on, start_of};
use crate::text::fold::{Folded, is_word};
use crate::text::lexicon::{Class, Hits};

/// Every named unit of a text, in its order, for the posts that stand without one.
pub(super) fn units(text: &Folded, hits: &Hits) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut end = 1;
    while end <= text.len() {
        let Some(body) = hits.longest_to(end, Class::UNIT_BODY.or(Class::OWN_UNIT)) else {
            end += 1;
            continue;
        };
        // 所 of 所长, 校 of 校长 is no body's end.
        if runs_on(text, hits, end) {
            end += 1;
            continue;
        }
        // 伍家坝村村道, 鲁荣当场: a sign said twice, or the end of an adverb, ends no unit.
        let doubled = text.before(end) == '村' && text.before(end - 1) == '村';
        let adverb = body.len() == 1 && hits.to(end).iter().any(|hit| hit.len() == 2 && hit.class.meets(Class::AFTER));
        // 集镇, 门市, 图省事: an ordinary word whose last or first character is a sign.
        let word = Class::WORD.or(Class::NOUN).or(Class::VERB);
        let common = body.len() == 1
            && (hits.to(end).iter().any(|hit| hit.len() == 2 && hit.class.meets(word) && text.before(end) != '村')
                || hits.from(end - 1).iter().any(|hit| hit.len() >= 2 && hit.class.meets(word)));
        let store = text.ends(end, "仓库") || text.ends(end, "操场");
        if doubled || adverb || common || store {
            end += 1;
            continue;
        }
        let longer = hits.longest_to(end, Class::POST_BODY).is_some_and(|post| post.len() > body.len());
        let worded = (text.before(end) == '村' || text.ends(end, "村镇"))
            && hits.to(end).iter().any(|hit| {
                hit.len() > body.len() && hit.class.meets(Class::GENERIC) && !hit.class.meets(Class::UNIT_BODY)
            });
        if (longer || worded) && !body.class.meets(Class::OWN_UNIT) {
            end += 1;
            continue;
        }
        let mut start = start_of(text, hits, body.from());
        // ，前进村: what stands between a mark and the sign of a place is its name, whatever else it means.
        let unnamed = start == body.from() || !named(text, hits, start, end);
        if unnamed && matches!(text.before(end), '村' | '镇' | '乡') {
            let sign = end - 1;
            let mark = (sign.saturating_sub(5)..sign).rev().find(|&at| !is_word(text.at(at)));
            start = mark.map(|mark| mark + 1).filter(|from| (2..=4).contains(&(sign - from))).unwrap_or(start);
        }
        let own = body.class.meets(Class::OWN_UNIT);
        let pointed = pointer(text, hits, start, end).filter(|_| matches!(text.at(start), '我' | '本'));
        if own
            || pointed.is_some()
            || (named(text, hits, start, end) || placed(text, hits, start, end)) && end - start >= 2
        {
            match found.last_mut() {
                Some(last) if last.0 == start => last.1 = end,
                _ => found.push((start, end)),
            }
        }
        end += 1;
    }
    found
}
