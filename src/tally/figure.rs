//! The key figures of a month, by the tally alone: last month's stand in 口径说明 as they are, a final month's in its 定稿;
//! this month's are formulas of 月度概览, and a test holds the two side by side.

use super::{ProblemStatus, ReceiptState, Tally, TaskState, UnitMonth};
use crate::config::UnitKind;
use crate::register::Amount;

/// One key figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figure {
    pub key: &'static str,
    pub title: &'static str,
    pub value: Amount,
}

/// All of them, in the order of 月度概览.
pub(crate) fn figures(tally: &Tally) -> Vec<Figure> {
    let units = |fits: &dyn Fn(&UnitMonth) -> bool| count(tally.units.iter().filter(|unit| fits(unit)));
    let sum = |of: &dyn Fn(&UnitMonth) -> u32| Amount::Count(tally.units.iter().map(of).sum());
    let state = |state: ReceiptState| units(&|unit| unit.receipt == state);
    let tasks = |fits: &dyn Fn(TaskState) -> bool| {
        let owing = tally.units.iter().filter(|unit| unit.owes);
        count(owing.flat_map(|unit| &unit.tasks).filter(|line| fits(line.state)))
    };
    let problems = |fits: &dyn Fn(ProblemStatus) -> bool| {
        count(
            tally.ledger.iter().filter(|p| fits(p.status) && (p.valid || matches!(p.status, ProblemStatus::Closed(_)))),
        )
    };
    let mut figures = vec![
        ("owed", "应报单位", units(&|unit| unit.owes)),
        ("sent", "已报单位", units(&|unit| is_sent(unit.receipt))),
        ("on-time", "其中：按时", state(ReceiptState::OnTime)),
        ("late", "其中：迟报", units(&|unit| matches!(unit.receipt, ReceiptState::Late(_)))),
        ("unregistered", "其中：未登记收件", state(ReceiptState::Unregistered)),
        ("missing", "未报", state(ReceiptState::Missing)),
        ("pending", "待重报（文件打不开）", state(ReceiptState::Pending)),
        ("nil", "零报告", units(&|unit| unit.nil)),
        ("awaiting", "退回未重报", units(&|unit| unit.awaiting)),
        ("records", "收到记录", sum(&|unit| unit.records)),
        ("valid", "有效记录", sum(&|unit| unit.valid)),
        ("problems", "本月发现问题", sum(&|unit| unit.problems)),
        (
            "settled",
            "台账：已整改、已销号",
            problems(&|s| matches!(s, ProblemStatus::Settled | ProblemStatus::Closed(_))),
        ),
        ("overdue", "台账：逾期", problems(&|s| matches!(s, ProblemStatus::Overdue(_)))),
        ("due", "到期任务和重点工作", tasks(&|_| true)),
        ("done", "其中：完成", tasks(&|s| matches!(s, TaskState::Done { .. } | TaskState::ByReceipt))),
        ("kindred", "其中：同类已开展", tasks(&|s| matches!(s, TaskState::Kindred { .. }))),
        ("open", "其中：未开展", tasks(&|s| s == TaskState::Open)),
    ]
    .into_iter()
    .map(|(key, title, value)| Figure { key, title, value })
    .collect::<Vec<_>>();
    for (key, title, kind) in [
        ("mean-township", "乡镇纪委平均分", UnitKind::Township),
        ("mean-dispatched", "派驻纪检监察组平均分", UnitKind::Dispatched),
    ] {
        figures.push(Figure { key, title, value: Amount::Marks(tally.mean(kind)) });
    }
    figures
}

/// Whether a sheet that can be read came in time or late.
pub(crate) fn is_sent(state: ReceiptState) -> bool {
    matches!(state, ReceiptState::OnTime | ReceiptState::Late(_) | ReceiptState::Unregistered)
}

fn count<T>(items: impl Iterator<Item = T>) -> Amount {
    Amount::Count(super::count::size(items.count()))
}
