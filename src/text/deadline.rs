//! Until when something must be put right: the last deadline that a text gives.

use super::Deadline;
use super::date::{Found, within_days};
use super::fold::Folded;
use super::kind::Kind;

/// Characters before the 内 of the longest term: 二十五个工作日之内.
const LONGEST: usize = 8;

/// The last deadline: a day (限2026年3月20日前), or days from the cell's last full date (10日内).
pub(super) fn last(text: &Folded, times: &[Found]) -> Option<Deadline> {
    let day = times.iter().rev().find(|found| found.time.deadline && found.time.day.is_some());
    let granted = |at: usize| {
        // 事前10日内 and 在10日内未… state a fault, not a term that is set.
        let granted = within_days(text, at)?;
        let set = !["事前", "事后", "已在", "未在", "已于", "未于"].iter().any(|word| text.ends(at, word));
        set.then_some((at, granted.0))
    };
    let mut ends = text.places(Kind::WITHIN).rev();
    let within = ends.find_map(|end| (end.saturating_sub(LONGEST)..end).rev().find_map(granted));
    match (day, within) {
        (Some(day), Some((at, days))) if at > day.start => Some(Deadline::Within(days)),
        (Some(day), _) => day.time.end.or(day.time.day).map(Deadline::Day),
        (None, Some((_, days))) => Some(Deadline::Within(days)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::text::{Lexicon, read};

    #[test]
    fn the_last_deadline_counts() {
        let day = |m, d| Some(Deadline::Day(NaiveDate::from_ymd_opt(2026, m, d).unwrap()));
        for (text, deadline) in [
            ("2026年3月5日约谈，限3月20日前整改到位", day(3, 20)),
            ("2026年3月5日责令10日内退还", Some(Deadline::Within(10))),
            ("2026年3月5日要求一周内补齐", Some(Deadline::Within(7))),
            ("2026年3月5日要求5个工作日内补齐", Some(Deadline::Within(7))),
            ("2026年3月5日已补齐", None),
            ("未在事前10日内报备", None),
            ("2026年4月12日，将追缴期限延至2026年5月10日，限2026年5月10日前追回9500元", day(5, 10)),
            ("2026年4月12日，原限4月15日前，同意延长至5月10日", day(5, 10)),
        ] {
            assert_eq!(read(text, &Lexicon::default()).deadline, deadline, "{text}");
        }
    }
}
