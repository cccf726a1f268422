//! The dropdowns and hints of a blank form. The lists stand on a hidden sheet and are reached by a name: no
//! limit of 255 characters, no trouble with commas, the same in Excel, WPS and LibreOffice.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError};

use super::look::Column;
use crate::calendar::Month;
use crate::config::{Settings, UnitKind};
use crate::form::{Field, Layout};

const SHEET: &str = "下拉选项";
const CONTENTS: &str = "监督内容选项";
const METHODS: &str = "监督方式选项";
/// What a unit chooses that has nothing to report.
const NIL: &str = "零报告";

/// Writes the hidden lists: what the unit may choose in the month (focus items, tasks with those due first,
/// contents, 零报告), and the methods. No header: the sheet must not look like a form.
pub(super) fn lists(
    workbook: &mut Workbook,
    settings: &Settings,
    unit: Option<usize>,
    kind: UnitKind,
    month: Option<Month>,
) -> Result<(), XlsxError> {
    let catalogue = settings.catalogue(month, unit, Some(kind));
    let contents: Vec<&str> =
        catalogue.choices.iter().map(|choice| choice.label.as_str()).chain(std::iter::once(NIL)).collect();
    let methods: Vec<&str> = settings.methods.iter().map(String::as_str).collect();
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    sheet.set_very_hidden(true);
    for (col, list) in (0..).zip([&contents, &methods]) {
        for (row, item) in (0..).zip(list) {
            sheet.write_string(row, col, *item)?;
        }
    }
    workbook.define_name(CONTENTS, &format!("={SHEET}!$A$1:$A${}", contents.len().max(1)))?;
    workbook.define_name(METHODS, &format!("={SHEET}!$B$1:$B${}", methods.len().max(1)))?;
    Ok(())
}

/// Puts the dropdowns and hints on the rows `first` to `last`.
pub(super) fn messages(
    sheet: &mut Worksheet,
    columns: &[Column],
    layout: Layout,
    first: u32,
    last: u32,
) -> Result<(), XlsxError> {
    for (col, column) in (0..).zip(columns) {
        let Some(field) = column.field else { continue };
        let rule = match field {
            Field::Content => DataValidation::new()
                .allow_list_formula(Formula::new(format!("={CONTENTS}")))
                .set_error_title("不在下拉菜单中")?
                .set_error_message("请从下拉菜单中选填监督内容；任务和重点工作选带【】的那一项。")?,
            // A cell may name several methods, 、 between them: the list warns and lets it pass.
            Field::Method => DataValidation::new()
                .allow_list_formula(Formula::new(format!("={METHODS}")))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("不在下拉菜单中")?
                .set_error_message("请从下拉菜单中选填监督方式。用了几种方式的，用顿号隔开，选“是”保留。")?,
            _ => DataValidation::new().allow_any_value(),
        };
        let (title, hint) = hint(field, layout);
        let rule = rule.set_input_title(title)?.set_input_message(hint)?;
        sheet.add_data_validation(first, col, last, col, &rule)?;
    }
    Ok(())
}

/// The hint that shows when a cell is chosen: 填表说明, cut to what this cell needs.
fn hint(field: Field, layout: Layout) -> (&'static str, &'static str) {
    match (field, layout) {
        (Field::Content, _) => (
            "从下拉菜单选填",
            "做了哪项任务、重点工作，就选带【】的那一项。\n本月确实没有的，选“零报告”，在监督开展情况写明原因和确认人姓名。",
        ),
        (Field::Method, _) => ("从下拉菜单选填", "用了几种方式的，都写上，用顿号隔开。"),
        (Field::Progress, Layout::Six) => {
            ("写清何时、何地、查了什么", "时间写到年月日，如2026年3月5日；写明到了哪里、查了什么、怎么查的。")
        }
        (Field::Progress, Layout::Four) => (
            "时间、人、事都要具体",
            "时间写到年月日，如2026年3月5日；人写单位、职务、姓名；发现的问题和处理情况写具体情节。没有发现问题的，写明“未发现问题”。",
        ),
        (Field::Problem, _) => (
            "时间、人、事都要具体",
            "时间写到年月日，如2026年3月5日；人写单位、职务、姓名；事写具体情节，不写“个别”“有关”。没有问题写“无”。",
        ),
        _ => (
            "怎么处理的，何时办结",
            "时间写到年月日；对谁（单位、职务、姓名）作了什么处理；限哪一天前整改到位。没有问题写“无”。",
        ),
    }
}
