//! `[deadline]`: the usual day, and months with a day of their own.

use super::DeadlineRule;
use super::table::Table;
use crate::calendar::{Month, parse_day};

/// Reads a deadline over the one that stands.
pub(super) fn read(table: Table<'_>, deadline: &mut DeadlineRule) {
    let mut seen: Vec<Month> = Vec::new();
    for key in table.keys() {
        if key.value == "day" {
            if let Some(day) = table.whole("day", 1..=31) {
                deadline.day = day.value;
            }
            continue;
        }
        let Some(month) = Month::parse(key.value) else {
            let message = table.misplaced(key.value).unwrap_or_else(|| {
                let usage = "可以写 day = 25，或某个月的期限 \"2026-02\" = \"2026-02-12\"";
                format!("[deadline] 里没有“{}”这个键；{usage}", key.value)
            });
            table.blame(key.spot, message);
            continue;
        };
        if seen.contains(&month) {
            table.blame(key.spot, format!("{}的期限写了两次，请删去一个", month.chinese()));
        }
        seen.push(month);
        let Some(written) = table.day_text(key.value) else { continue };
        let day = parse_day(&written.value);
        let near = day.and_then(Month::of).filter(|of| (month.previous()..=month.next()).contains(of));
        match (day, near) {
            (Some(day), Some(_)) => {
                deadline.months.insert(month, day);
            }
            (Some(day), None) => table.blame(
                written.spot,
                format!("{}的期限写成了 {day}，不在这个月前后，请核对年份和月份", month.chinese()),
            ),
            (None, _) => {
                table.blame(written.spot, format!("“{}”不是日期；请写成 \"{month}-12\" 的样子", written.value))
            }
        }
    }
}
