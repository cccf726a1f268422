//! One line a finding, for Excel: UTF-8 with BOM, no text that could be taken for a formula.

use anyhow::Context;

use super::plain::csv_cell;
use super::{level_of, message_of, unit_of};
use crate::config::Settings;
use crate::form::Field;
use crate::rules::Finding;
use crate::verdict::{Inbox, JudgedForm};

const HEAD: [&str; 12] =
    ["文件", "工作表", "单位", "月份", "行", "单元格", "栏目", "规则", "级别", "原文", "问题", "改法"];

/// Writes every finding, in the order of files and cells.
pub(super) fn write(settings: &Settings, inbox: &Inbox) -> anyhow::Result<String> {
    let mut lines = Vec::new();
    for file in &inbox.files {
        let first = file.forms.first();
        let unit = unit_of(settings, file).or_else(|| first.and_then(|form| form.unit_name.as_deref()));
        let month = first.map_or_else(|| file.asked.or(inbox.month), |form| form.month);
        let month = month.map(|month| month.to_string()).unwrap_or_default();
        for finding in &file.findings {
            lines.push(line(&file.path, "", unit.unwrap_or(""), &month, finding));
        }
        for form in &file.forms {
            let (unit, month) = (form.unit_name.as_deref().unwrap_or(""), month_of(form));
            for finding in &form.findings {
                lines.push(line(&file.path, &form.form.sheet, unit, &month, finding));
            }
        }
    }
    text(&HEAD, lines)
}

/// Lines under their titles as a CSV file for Excel.
///
/// # Errors
/// Where the writer refuses a line.
pub(crate) fn text(
    titles: &[&str],
    lines: impl IntoIterator<Item = impl IntoIterator<Item = String>>,
) -> anyhow::Result<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(titles)?;
    for line in lines {
        writer.write_record(line.into_iter().map(|cell| csv_cell(&cell)))?;
    }
    let bytes = writer.into_inner().ok().context("表格没有写完")?;
    Ok(format!("\u{feff}{}", String::from_utf8(bytes)?))
}

fn month_of(form: &JudgedForm) -> String {
    form.month.map(|month| month.to_string()).unwrap_or_default()
}

/// The rule is named as 认定.csv wants it, so that a line can be copied there.
fn line(file: &str, sheet: &str, unit: &str, month: &str, finding: &Finding) -> [String; 12] {
    [
        file,
        sheet,
        unit,
        month,
        &finding.row.map(|row| row.to_string()).unwrap_or_default(),
        &finding.pos.map(|pos| pos.to_string()).unwrap_or_default(),
        finding.field.map(Field::chinese).unwrap_or_default(),
        finding.rule.name,
        level_of(finding).chinese(),
        &finding.text,
        &message_of(finding),
        &finding.suggestion,
    ]
    .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_does_not_steer_the_spreadsheet() {
        let lines = [["=1+1", "a,\"b"].map(str::to_owned)];
        assert_eq!(text(&["甲", "乙"], lines).unwrap(), "\u{feff}甲,乙\r\n'=1+1,\"a,\"\"b\"\r\n");
    }
}
