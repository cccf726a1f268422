//! The indicators of 统计指标 (`domain.md` 3.1), each with what it counts by. 人 and 人次 are two of them and are never
//! added together.

use crate::text::deed::Act;

/// What an indicator counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counts {
    /// 监督检查: the stated number of a record, else one a record with a method of checking.
    Check,
    /// Distinct units that are named.
    Unit,
    /// Distinct villages and communities that are named.
    Village,
    /// Problems of the month's ledger, a stated number winning over the one of its record.
    Problem,
    /// Those of them that are put right.
    Rectified,
    /// Sums that the problems are about.
    Involved,
    /// Sums that came back.
    Recovered,
    /// What the text says was done; by times (人次, 件次) or not.
    Deed(Act, bool),
}

/// Which table of the page an indicator stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// Checks, problems, papers, sums.
    Matters,
    /// What was done to persons.
    Persons,
}

/// One indicator.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Indicator {
    pub title: &'static str,
    pub measure: &'static str,
    pub block: Block,
    pub counts: Counts,
}

const fn of(title: &'static str, measure: &'static str, block: Block, counts: Counts) -> Indicator {
    Indicator { title, measure, block, counts }
}

const fn matter(title: &'static str, measure: &'static str, counts: Counts) -> Indicator {
    of(title, measure, Block::Matters, counts)
}

const fn persons(title: &'static str, act: Act) -> Indicator {
    of(title, "人", Block::Persons, Counts::Deed(act, false))
}

const fn times(title: &'static str, act: Act) -> Indicator {
    of(title, "人次", Block::Persons, Counts::Deed(act, true))
}

/// All of them, in the order of the page.
pub(crate) static INDICATORS: &[Indicator] = &[
    matter("监督检查", "次", Counts::Check),
    matter("监督轮次", "轮", Counts::Deed(Act::Round, false)),
    matter("检查单位", "个", Counts::Unit),
    matter("检查村居", "个", Counts::Village),
    matter("发现问题", "个", Counts::Problem),
    matter("已整改", "个", Counts::Rectified),
    matter("问题线索", "条", Counts::Deed(Act::Clue, false)),
    matter("信访件", "件", Counts::Deed(Act::Petition, false)),
    matter("信访件", "件次", Counts::Deed(Act::Petition, true)),
    matter("解决诉求", "件", Counts::Deed(Act::Request, false)),
    matter("建议书", "份", Counts::Deed(Act::Suggestion, false)),
    matter("建章立制", "项", Counts::Deed(Act::System, false)),
    matter("涉及金额", "元", Counts::Involved),
    matter("追缴退缴", "元", Counts::Recovered),
    of("立案", "件", Block::Persons, Counts::Deed(Act::FiledCase, false)),
    persons("立案", Act::FiledPerson),
    persons("谈话提醒", Act::Reminder),
    times("谈话提醒", Act::Reminder),
    persons("约谈", Act::Talk),
    times("约谈", Act::Talk),
    persons("批评教育", Act::Criticism),
    times("批评教育", Act::Criticism),
    persons("检查检讨", Act::SelfCriticism),
    times("检查检讨", Act::SelfCriticism),
    persons("警示谈话", Act::Warning),
    times("警示谈话", Act::Warning),
    persons("诫勉", Act::Admonition),
    times("诫勉", Act::Admonition),
    persons("通报批评", Act::Notice),
    times("通报批评", Act::Notice),
    persons("谈话函询", Act::Inquiry),
    times("谈话函询", Act::Inquiry),
    persons("第一种形态", Act::FirstForm),
    times("第一种形态", Act::FirstForm),
    persons("党纪政务处分", Act::Sanction),
    persons("组织处理", Act::Reassignment),
    persons("移送司法", Act::Transfer),
];

impl Indicator {
    /// 约谈（人次）: what no other indicator is called.
    pub(crate) fn name(&self) -> String {
        format!("{}（{}）", self.title, self.measure)
    }

    /// Whether it is a sum of money.
    pub(crate) fn is_money(&self) -> bool {
        matches!(self.counts, Counts::Involved | Counts::Recovered)
    }
}

/// The place of what counts so.
pub(super) fn place(counts: Counts) -> Option<usize> {
    INDICATORS.iter().position(|indicator| indicator.counts == counts)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_indicators_share_a_name_or_a_count() {
        let names: BTreeSet<String> = INDICATORS.iter().map(Indicator::name).collect();
        assert_eq!(names.len(), INDICATORS.len());
        for (at, indicator) in INDICATORS.iter().enumerate() {
            assert_eq!(place(indicator.counts), Some(at));
        }
    }
}
