//! Days that are most likely slips of the pen: nothing else would show them until the month is counted.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::{Month, chinese_day};
use crate::config::Settings;

/// What to say of a day of receipt for the months that were received; `newest` is the last month that the project had before.
pub(crate) fn doubts(
    settings: &Settings,
    day: NaiveDate,
    months: &BTreeSet<Month>,
    newest: Option<Month>,
) -> Vec<String> {
    let mut told = Vec::new();
    for month in months {
        let name = month.chinese();
        let far = |newest: &Month| month.year() != newest.year() && *month != newest.next() && month.next() != *newest;
        if let Some(newest) = newest.filter(far) {
            told.push(format!(
                "{name}：项目里最近的月份是{}，不在同一年；年份错了的，从收件登记.csv 删去这次登记的行，从 报送 删去这次收的文件，改好 --date 或 --month 再收一次",
                newest.chinese()
            ));
        }
        let close = settings.close_of(*month);
        if day > close {
            told.push(format!(
                "收到日期（{}）已过{name}的补报期（到{}）：这才第一次报来的单位按未报计，当月 0 分；日期错了的，改收件登记.csv 里的收到日期",
                chinese_day(day),
                chinese_day(close)
            ));
        }
    }
    told
}
