//! 交办件.csv: cases handed down by county, city or province.

use super::cell::quoted;
use super::table::{Columns, Line};
use super::{Case, CaseLevel};
use crate::config::Settings;

pub(crate) const FILE: &str = "交办件.csv";
pub(super) const COLUMNS: Columns = Columns {
    titles: &["编号", "级别", "单位", "事项", "交办日期", "限办日期", "办结日期"],
    optional: &[],
};

pub(super) fn read(line: Line<'_>, settings: &Settings) -> Option<Case> {
    let number = line.need("编号");
    let level = read_level(line);
    let unit = line.unit(settings);
    let matter = line.need("事项");
    let given = line.day("交办日期");
    let due = line.day("限办日期");
    let done = line.day_or_empty("办结日期");
    let (given, due, done) = (given?, due?, done?);
    let in_order = line.check_order(("交办日期", given), ("限办日期", due));
    if let Some(done) = done {
        line.check_order(("交办日期", given), ("办结日期", done))?;
    }
    in_order?;
    Some(Case {
        line: line.number(),
        number: number?.to_owned(),
        level: level?,
        unit: unit?,
        matter: matter?.to_owned(),
        given,
        due,
        done,
    })
}

fn read_level(line: Line<'_>) -> Option<CaseLevel> {
    let written = line.need("级别")?;
    match written.trim_end_matches("交办").trim_end_matches('级') {
        "县" => Some(CaseLevel::County),
        "市" => Some(CaseLevel::City),
        "省" => Some(CaseLevel::Province),
        _ => {
            line.blame(format!("级别{}认不出；请写 县、市 或 省", quoted(written)));
            None
        }
    }
}
