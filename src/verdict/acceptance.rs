//! Lines of 认定.csv that change nothing, each with a word for the clerk: what they name is not there, or stands on a
//! sheet that a later one has replaced.

use super::judge::speaks_of;
use super::{FileNames, Inbox, JudgedFile, JudgedForm};
use crate::register::{Registers, WAIVERS, Waiver};
use crate::rules::{self, Finding};

/// The lines without effect by their index into `Registers::waivers`, and what is to be said of each.
pub(crate) fn without_effect(registers: &Registers, inbox: &Inbox) -> Vec<(usize, String)> {
    let names = FileNames::of(inbox.files.iter().map(|file| file.in_project.as_str()));
    let mut told = Vec::new();
    for (at, waiver) in registers.waivers.iter().enumerate() {
        let idle = inbox.idle_waivers.contains(&at);
        let file = names.find(&waiver.file).and_then(|file| inbox.files.get(file));
        let used = |form: &JudgedForm| form.findings.iter().any(|finding| finding.waived == Some(at));
        let meant = |form: &&JudgedForm| used(form) || idle && names_sheet(waiver, form);
        let mut forms = file.iter().flat_map(|file| &file.forms).filter(meant).peekable();
        let line = waiver.line;
        if let Some(file) = file.filter(|_| forms.peek().is_some() && forms.all(|form| form.replaced_by.is_some())) {
            let name = &file.in_project;
            told.push((at, format!("{WAIVERS} 第 {line} 行认定的是已被代替的“{name}”，新表如仍需认定请另写一行")));
        } else if idle {
            let why = match file {
                Some(file) => misfit(waiver, file),
                None if names.is_shared(&waiver.file) => {
                    format!("有几个文件都叫“{}”，不知是哪一个，请写出它的路径", waiver.file)
                }
                None => format!("没有“{}”这个文件，请核对文件名", waiver.file),
            };
            told.push((at, format!("{WAIVERS} 第 {line} 行没有用上：{why}")));
        }
    }
    told
}

fn names_sheet(waiver: &Waiver, form: &JudgedForm) -> bool {
    speaks_of(waiver, &form.form, form.asked.or(form.month)) && form.unit.is_none_or(|unit| unit == waiver.unit)
}

/// What of a line does not fit the file that it names: its unit, its month, its sheet, its rule or its row.
fn misfit(waiver: &Waiver, file: &JudgedFile) -> String {
    let other = |form: &JudgedForm| form.unit.is_some_and(|unit| unit != waiver.unit);
    if !file.forms.is_empty() && file.forms.iter().all(other) {
        let whose = file.forms.iter().find_map(|form| form.unit_name.as_deref()).unwrap_or("别的单位");
        return format!("“{}”是{whose}的表，请核对单位和文件", waiver.file);
    }
    let own: Vec<&JudgedForm> = file.forms.iter().filter(|form| !other(form)).collect();
    let of_month = |form: &&&JudgedForm| form.asked.or(form.month).is_none_or(|month| month == waiver.month);
    if !own.is_empty() && !own.iter().any(|form| of_month(&form)) {
        return format!("“{}”不是{}的表，请核对月份和文件", waiver.file, waiver.month.chinese());
    }
    let forms: Vec<&JudgedForm> = own.iter().filter(|form| names_sheet(waiver, form)).copied().collect();
    if forms.is_empty() && !own.is_empty() {
        let sheets: Vec<String> = own.iter().map(|form| format!("“{}”", form.form.sheet)).collect();
        return format!("文件里没有工作表“{}”，有明细表的是{}", waiver.sheet, sheets.join("、"));
    }
    let findings: Vec<&Finding> = file.findings.iter().chain(forms.iter().flat_map(|form| &form.findings)).collect();
    rule_or_row(waiver, &findings, forms.iter().filter_map(|form| last_row(form)).max())
}

/// Where the rule speaks in the sheet, if it does; else what is said of the row.
fn rule_or_row(waiver: &Waiver, findings: &[&Finding], last: Option<u32>) -> String {
    let title = rules::named(&waiver.rule).map_or("", |rule| rule.title);
    let rule = format!("{title}（{}）", waiver.rule);
    let row = waiver.row.map(|row| format!("第 {row} 行"));
    let mut places: Vec<Option<u32>> =
        findings.iter().filter(|finding| finding.rule.name == waiver.rule).map(|finding| finding.row).collect();
    places.sort_unstable();
    places.dedup();
    if !places.is_empty() {
        let named: Vec<String> = places.iter().flatten().map(|row| row.to_string()).collect();
        let written = row.map_or_else(|| "行空着".to_owned(), |row| format!("写的是{row}"));
        return match named.is_empty() {
            true => format!("{rule}说的是整份文件，行要空着，这里{written}"),
            false => format!("{rule}这一处在第 {} 行，这里{written}，请核对行", named.join("、")),
        };
    }
    let Some(row) = row else { return format!("这份表没有{rule}这一处，请核对文件和规则") };
    if let Some(last) = last.filter(|last| waiver.row.is_some_and(|row| row > *last)) {
        return format!("表里没有{row}（填到第 {last} 行），也没有{rule}这一处，请核对文件、行和规则");
    }
    let mut here: Vec<&str> =
        findings.iter().filter(|finding| finding.row == waiver.row).map(|finding| finding.rule.name).collect();
    here.dedup();
    match here.is_empty() {
        true => format!("这份表没有{rule}这一处，{row}也没有别的，请核对文件、行和规则"),
        false => format!("这份表没有{rule}这一处，{row}有的是 {}，请核对规则", here.join("、")),
    }
}

/// The last row of the form that holds something.
fn last_row(form: &JudgedForm) -> Option<u32> {
    let form = &form.form;
    form.records.iter().flat_map(|record| &record.rows).copied().chain(form.nil.as_ref().map(|nil| nil.row)).max()
}
