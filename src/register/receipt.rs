//! 收件登记.csv: one line a receipt, also for what was returned.

use super::Receipt;
use super::cell::quoted;
use super::table::{Columns, Line};
use crate::config::Settings;

pub(crate) const FILE: &str = "收件登记.csv";
pub(super) const COLUMNS: Columns =
    Columns { titles: &["收到日期", "单位", "月份", "文件", "摘要", "结论"], optional: &["摘要"] };

pub(super) fn read(line: Line<'_>, settings: &Settings) -> Option<Receipt> {
    let day = line.day("收到日期");
    let unit = line.unit(settings);
    let month = line.month();
    let file = line.need("文件").map(|_| line.file());
    let accepted = match line.text("结论") {
        "" => Some(None),
        "合格" => Some(Some(true)),
        "退回" => Some(Some(false)),
        other => {
            line.blame(format!("结论{}认不出；请写 合格 或 退回，还没有结论就空着", quoted(other)));
            None
        }
    };
    let (day, month) = (day?, month?);
    // A slip in the year would make a sheet early by twelve months, and nothing else would show it.
    line.check_order(("所报月份的上一个月", month.previous().first_day()), ("收到日期", day))?;
    Some(Receipt {
        line: line.number(),
        day,
        unit: unit?,
        month,
        file: file?,
        digest: line.text("摘要").to_owned(),
        accepted: accepted?,
    })
}
