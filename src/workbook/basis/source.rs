//! What the month was counted from: files, receipts, acceptances.

use super::{LAST, none, table};
use crate::rules;
use crate::verdict::{FileState, JudgedFile, JudgedForm};
use crate::workbook::frame::{Frame, unit_number};
use crate::workbook::paper::{Column, Paper, column};
use crate::workbook::style::Look;

pub(super) fn files(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    let named = |title| column(title, 0.0, Look::Count);
    let columns: Vec<Column> = [
        "序号",
        "文件",
        "状态",
        "填报单位",
        "月份",
        "工作表",
        "表格行",
        "记录",
        "续行",
        "零报告行",
        "空行",
        "单元格",
        "已读",
        "文件数",
    ]
    .into_iter()
    .map(named)
    .collect();
    let mut at =
        table(paper, row, "四、收到的文件（每张表一行，点开“状态”即到原表；行数、单元格数供第八部分核对）", &columns);
    let first = at;
    let mut n = 0;
    for file in &frame.inbox.files {
        let forms: Vec<Option<&JudgedForm>> =
            if file.forms.is_empty() { vec![None] } else { file.forms.iter().map(Some).collect() };
        for (form, judged) in forms.into_iter().enumerate() {
            n += 1;
            at = paper.go_on(at, (row + 1, row + 1));
            source(frame, paper, at, n, file, judged);
            paper.put(at, LAST + 1, Look::Count, (form == 0).then_some(1_u32));
            at += 1;
        }
    }
    if n == 0 {
        at = none(paper, at, "没有收到文件");
    }
    for (col, column) in (0..).zip(&columns) {
        paper.mark_column(&column.title, col, first, at - first);
    }
    at
}

fn source(frame: &Frame<'_>, paper: &mut Paper, at: u32, n: u32, file: &JudgedFile, judged: Option<&JudgedForm>) {
    let unit = match judged {
        Some(judged) => judged.unit_name.clone(),
        None => frame
            .tally
            .roster
            .unit_of_file(file)
            .and_then(|unit| frame.tally.units.get(unit))
            .map(|unit| unit.name.clone()),
    };
    paper.put(at, 0, Look::Count, n);
    paper.put(at, 1, Look::Line, file.in_project.as_str());
    paper.put(at, 2, Look::LinkCentre, state(file, judged));
    paper.link(at, 2, frame.file_link(&file.in_project, "", None));
    paper.put(at, 3, Look::Line, unit);
    paper.put(at, 4, Look::Centre, judged.and_then(|judged| judged.month).map(|month| month.to_string()));
    paper.put(at, 5, Look::Line, judged.map(|judged| judged.form.sheet.clone()));
    let account = judged.map(|judged| &judged.form.account);
    let records = judged.map(|judged| u32::try_from(judged.form.records.len()).unwrap_or(u32::MAX));
    let figures = [
        account.map(|a| a.rows_seen),
        records,
        account.map(|a| a.rows_continued),
        account.map(|a| a.rows_nil),
        account.map(|a| a.rows_blank),
        account.map(|a| a.cells_seen),
        account.map(|a| a.cells_read),
    ];
    for (col, figure) in (6..).zip(figures) {
        paper.put(at, col, Look::Count, figure);
    }
}

/// What a file or a sheet of it is shown as, by the state of the file.
pub(super) const WORDS: [(FileState, &str); 6] = [
    (FileState::Form, "合格"),
    (FileState::Form, "退回"),
    (FileState::Form, "被后来的表代替"),
    (FileState::NoForm, "没有明细表"),
    (FileState::Unreadable, "打不开"),
    (FileState::Unsupported, "格式不支持"),
];

fn state(file: &JudgedFile, judged: Option<&JudgedForm>) -> &'static str {
    match (file.state, judged) {
        (_, Some(judged)) if judged.replaced_by.is_some() => "被后来的表代替",
        (_, Some(judged)) if judged.accepted => "合格",
        (_, Some(_)) => "退回",
        (FileState::Unreadable, None) => "打不开",
        (FileState::Unsupported, None) => "格式不支持",
        (FileState::Form | FileState::NoForm, None) => "没有明细表",
    }
}

pub(super) fn receipts(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    let columns: Vec<Column> =
        ["序号", "文件", "收到日期", "填报单位", "单位号", "结论"].map(|title| column(title, 0.0, Look::Centre)).into();
    let mut at = table(paper, row, "五、收件登记（收件登记.csv 中本月各行）", &columns);
    let first = at;
    let lines = frame.registers.receipts.iter().filter(|line| line.month == frame.tally.month);
    for (n, line) in (1..).zip(lines) {
        at = paper.go_on(at, (row + 1, row + 1));
        let place = frame.tally.units.iter().position(|unit| unit.roster == Some(line.unit));
        paper.put(at, 0, Look::Count, n);
        paper.put(at, 1, Look::Line, line.file.as_str());
        paper.put(at, 2, Look::Day, line.day);
        paper.put(at, 3, Look::Line, place.and_then(|n| frame.tally.units.get(n)).map(|unit| unit.name.clone()));
        paper.put(at, 4, Look::Count, place.map(unit_number));
        if let Some(name) = place.map(|unit| format!("receipts-{unit}")).filter(|name| paper.place_of(name).is_none()) {
            paper.mark(name, at, 1);
        }
        let verdict = match line.accepted {
            Some(true) => "合格",
            Some(false) => "退回",
            None => "",
        };
        paper.put(at, 5, Look::Centre, verdict);
        at += 1;
    }
    if at == first {
        at = none(paper, at, "没有登记；未登记的表按按时计");
    }
    paper.mark_column("登记单位号", 4, first, at - first);
    paper.mark_column("登记结论", 5, first, at - first);
    at
}

pub(super) fn waivers(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    let titles = ["序号", "文件", "规则", "填报单位", "行", "认定日期"];
    let columns: Vec<Column> = titles.map(|title| column(title, 0.0, Look::Centre)).into();
    let mut at = table(paper, row, "六、认定（认定.csv 中本月各行：规则指出、经认定不算问题的）", &columns);
    paper.across(at - 1, (6, LAST), Look::Head, "认定人与理由");
    let first = at;
    let lines = frame.registers.waivers.iter().enumerate().filter(|(_, line)| line.month == frame.tally.month);
    for (n, (index, line)) in (1..).zip(lines) {
        at = paper.go_on(at, (row + 1, row + 1));
        let unit = frame.project.settings.units.get(line.unit).map(|unit| unit.name.clone());
        paper.put(at, 0, Look::Count, n);
        paper.put(at, 1, Look::Line, line.file.as_str());
        paper.put(at, 2, Look::Line, rules::named(&line.rule).map_or(line.rule.as_str(), |rule| rule.title));
        paper.put(at, 3, Look::Line, unit);
        paper.put(at, 4, Look::Count, line.row);
        paper.put(at, 5, Look::Day, line.day);
        let idle = if frame.tally.idle_waivers.contains(&index) { "（没有用上）" } else { "" };
        paper.across(at, (6, LAST), Look::Line, format!("{idle}{}：{}", line.by, line.reason));
        at += 1;
    }
    if at == first { none(paper, at, "没有认定") } else { at }
}
