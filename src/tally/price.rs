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
    let s = scoring;
    [
        ("timely-full", "报送及时满分", s.timely_full),
        ("late-per-day", "迟报每日扣", s.late_per_day),
        ("late-cap", "迟报最多扣", s.late_cap),
        ("form-full", "填报规范满分", s.form_full),
        ("form-fault", "填报不规范每处扣", s.form_fault),
        ("concrete-full", "内容具体满分", s.concrete_full),
        ("concrete-record", "记录模糊笼统每条扣", s.concrete_record),
        ("concrete-return", "第二次起每退回一次扣", s.concrete_return),
        ("task-full", "任务完成满分", s.task_full),
        ("task-focus", "重点工作每项未开展扣", s.task_focus),
        ("task-due", "到期任务每项未开展扣", s.task_due),
        ("closure-full", "整改闭环满分", s.closure_full),
        ("closure-overdue", "问题逾期未整改每个扣", s.closure_overdue),
        ("case-county", "县级交办件逾期每件扣", s.case_county),
        ("case-city", "市级交办件逾期每件扣", s.case_city),
        ("case-province", "省级交办件逾期每件扣", s.case_province),
        ("bonus-cap", "加分上限", s.bonus_cap),
        ("bonus-county", "县级肯定加", s.bonus_county),
        ("bonus-city", "市级肯定加", s.bonus_city),
        ("bonus-province", "省级肯定加", s.bonus_province),
        ("bonus-centre", "中央肯定加", s.bonus_centre),
        ("band-excellent", "优秀不低于", s.band_excellent),
        ("band-good", "良好不低于", s.band_good),
        ("band-pass", "合格不低于", s.band_pass),
    ]
    .into_iter()
    .map(|(key, title, points)| Price { key, title, points })
    .collect()
}

/// The points behind a key; zero for an unknown one.
pub(super) fn price_of(scoring: &Scoring, key: &str) -> Points {
    prices(scoring).into_iter().find(|price| price.key == key).map_or(Points::ZERO, |price| price.points)
}
