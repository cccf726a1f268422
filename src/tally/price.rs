//! The scoring table as rows: key, Chinese title, points. A row of 扣分明细 names its price by key, and 口径说明
//! prints the table, so that a figure of the workbook refers to the price and never repeats it.

use crate::config::Scoring;
use crate::points::Points;

/// One row of the scoring table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Price {
    /// As in `[scoring]`: `late-per-day`.
    pub key: &'static str,
    pub title: &'static str,
    pub points: Points,
}

/// Every value of the scoring table that is a number of points, in the order of the items.
pub(crate) fn prices(scoring: &Scoring) -> Vec<Price> {
    TITLES.iter().filter_map(|(key, title)| Some(Price { key, title, points: scoring.price(key)? })).collect()
}

/// What each key of the scoring table prices.
const TITLES: &[(&str, &str)] = &[
    ("timely-full", "报送及时满分"),
    ("late-per-day", "迟报每日扣"),
    ("late-cap", "迟报最多扣"),
    ("form-full", "填报规范满分"),
    ("form-fault", "填报不规范每处扣"),
    ("concrete-full", "内容具体满分"),
    ("concrete-record", "记录模糊笼统每条扣"),
    ("concrete-return", "第二次起每退回一次扣"),
    ("task-full", "任务完成满分"),
    ("task-focus", "重点工作每项未开展扣"),
    ("task-due", "到期任务每项未开展扣"),
    ("closure-full", "整改闭环满分"),
    ("closure-overdue", "问题逾期未整改每个扣"),
    ("case-county", "县级交办件逾期每件扣"),
    ("case-city", "市级交办件逾期每件扣"),
    ("case-province", "省级交办件逾期每件扣"),
    ("bonus-cap", "加分上限"),
    ("bonus-county", "县级肯定加"),
    ("bonus-city", "市级肯定加"),
    ("bonus-province", "省级肯定加"),
    ("bonus-centre", "中央肯定加"),
    ("band-excellent", "优秀不低于"),
    ("band-good", "良好不低于"),
    ("band-pass", "合格不低于"),
];

/// The points behind a key; zero for an unknown one.
pub(super) fn price_of(scoring: &Scoring, key: &str) -> Points {
    scoring.price(key).unwrap_or(Points::ZERO)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_scoring_table_has_a_title() {
        let titled: Vec<&str> = TITLES.iter().map(|(key, _)| *key).collect();
        assert_eq!(titled, Scoring::PRICES);
    }
}
