//! 认定.csv: what a rule objects to and the clerk accepts.

use super::Waiver;
use super::cell::quoted;
use super::table::{Columns, Line};
use crate::config::Settings;
use crate::near;

pub(crate) const FILE: &str = "认定.csv";
pub(super) const COLUMNS: Columns = Columns {
    titles: &["月份", "单位", "文件", "工作表", "行", "规则", "认定人", "理由", "日期"],
    optional: &["工作表"],
};

/// Rules of what a unit did not do: they stand in no file.
const WITHOUT_FILE: [&str; 2] = ["task-not-done", "focus-not-done"];

/// Rows that a sheet can have.
const MOST_ROWS: u32 = 1_048_576;

pub(super) fn read(line: Line<'_>, settings: &Settings) -> Option<Waiver> {
    let month = line.month();
    let unit = line.unit(settings);
    let rule = read_rule(line, settings);
    let file = match &rule {
        Some(rule) if WITHOUT_FILE.contains(&rule.as_str()) => Some(line.file()),
        _ => line.need("文件").map(|_| line.file()),
    };
    let row = read_row(line);
    let by = line.need("认定人");
    let reason = line.need("理由");
    let day = line.day("日期");
    let (day, month) = (day?, month?);
    line.check_order(("所认定月份的上一个月", month.previous().first_day()), ("日期", day))?;
    Some(Waiver {
        line: line.number(),
        month,
        unit: unit?,
        file: file?,
        sheet: line.text("工作表").to_owned(),
        row: row?,
        rule: rule?,
        by: by?.to_owned(),
        reason: reason?.to_owned(),
        day,
    })
}

fn read_rule(line: Line<'_>, settings: &Settings) -> Option<String> {
    let written = line.need("规则")?;
    let known = settings.levels.keys().map(String::as_str);
    if let Some(rule) = known.clone().find(|known| near::key(known) == near::key(written)) {
        return Some(rule.to_owned());
    }
    match near::nearest(written, known) {
        Some(meant) => line.blame(format!("没有{}这条规则，是 {meant} 吗？", quoted(written))),
        None => line.blame(format!("没有{}这条规则；规则名见 yuedu explain", quoted(written))),
    }
    None
}

/// 行 may be empty; the outer is none where the cell is at fault.
fn read_row(line: Line<'_>) -> Option<Option<u32>> {
    let written = line.text("行");
    let digits = written.trim_start_matches('第').trim_end_matches('行').trim();
    if digits.is_empty() {
        return Some(None);
    }
    match digits.parse().ok().filter(|row| (1..=MOST_ROWS).contains(row)) {
        Some(row) => Some(Some(row)),
        None => {
            line.blame(format!("行{}不是行号；请写表里的行号，如 6；整个文件的问题就空着", quoted(written)));
            None
        }
    }
}
