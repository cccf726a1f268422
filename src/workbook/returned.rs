//! 退回清单: every finding with its cell, the words, what is wrong and how to write it; those that the clerk
//! overruled are marked 认定.

use super::frame::{Frame, short};
use super::live::Content;
use super::paper::{Column, Paper, column};
use super::style::Look;
use crate::config::Level;
use crate::place::Pos;
use crate::rules::Finding;
use crate::rules::copy::COPIED_TEXT;
use crate::verdict::{JudgedFile, JudgedForm};

pub(super) const TITLE: &str = "退回清单";
const HEAD: u32 = 2;
/// Findings listed, at most: a sheet full of rubbish must not fill the memory.
const MOST: usize = 20_000;
/// The last column that is printed.
const PRINTED: u32 = 11;
/// The word for what the clerk has yet to look into.
pub(super) const TO_CHECK: &str = "待核";
/// The word for what a later sheet stands in place of.
const REPLACED: &str = "已由后来的表替代";
/// The column that leads to the source.
const CELL: u32 = 3;

fn columns() -> Vec<Column> {
    vec![
        column("序号", 6.0, Look::Count),
        column("填报单位", 16.0, Look::Centre),
        column("来源文件", 18.0, Look::Line),
        column("单元格", 8.0, Look::LinkCentre),
        column("栏目", 13.0, Look::Centre),
        column("原文", 26.0, Look::Line),
        column("问题", 30.0, Look::Line),
        column("改法", 32.0, Look::Line),
        column("规则", 14.0, Look::Centre),
        column("级别", 8.0, Look::Centre),
        column("认定", 12.0, Look::Line),
        column("本表结论", 10.0, Look::Centre),
        column("工作表", 10.0, Look::Centre),
    ]
}

/// A finding with where it comes from.
struct Line<'a> {
    unit: Option<usize>,
    name: String,
    file: &'a JudgedFile,
    judged: Option<&'a JudgedForm>,
    finding: &'a Finding,
}

pub(super) fn draw(frame: &Frame<'_>) -> Paper {
    let columns = columns();
    let mut paper = Paper::new(TITLE, columns.iter().map(|column| column.width));
    paper.printed = Some(PRINTED);
    let line = "检查发现的每一处；级别“不合格”的须改正后重报，“提醒”“待核”的请核对；经认定的写明认定人和理由，不作退回依据；本表结论是“已由后来的表替代”的，只供查对，不用再改";
    paper.heading(&frame.heading(TITLE), line);
    let mut lines = lines(frame);
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    let first = paper.listing(HEAD, &columns, lines.len(), "没有发现问题，全部合格");
    paper.freeze = Some(Pos::new(HEAD + 1, 2));
    if more > 0 {
        let words = format!("以上为前{MOST}处，还有{more}处没有列出；全部的见 yuedu validate --format csv");
        paper.note(first + u32::try_from(lines.len()).unwrap_or(0), &words);
    }
    for (at, line) in (first..).zip(&lines) {
        paper.fill(at, &columns, cells(frame, line, at - HEAD));
        let sheet = line.judged.map_or("", |judged| judged.form.sheet.as_str());
        let row = line.finding.row.or(line.finding.pos.map(Pos::row_number));
        paper.link(at, CELL, frame.file_link(&line.file.in_project, sheet, row));
    }
    paper
}

/// By unit, then by path; findings of a file before those of its forms.
fn lines<'a>(frame: &Frame<'a>) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for file in &frame.inbox.files {
        let unit = frame.tally.roster.unit_of_file(file);
        let name = unit.and_then(|unit| frame.tally.units.get(unit)).map(|unit| unit.name.clone());
        for finding in &file.findings {
            lines.push(Line { unit, name: name.clone().unwrap_or_default(), file, judged: None, finding });
        }
    }
    for sheet in frame.sheets() {
        for finding in &sheet.judged.findings {
            let name = frame.unit_name(&sheet);
            lines.push(Line { unit: sheet.unit, name, file: sheet.file, judged: Some(sheet.judged), finding });
        }
    }
    lines.sort_by_key(|line| line.unit.unwrap_or(usize::MAX));
    lines
}

/// The word for what a finding is. Likeness is no verdict: whether a text was copied is for the clerk to say.
fn level(finding: &Finding) -> &'static str {
    if is_open(finding) { TO_CHECK } else { finding.level.chinese() }
}

/// Whether somebody has yet to say whether a text was copied.
pub(super) fn is_open(finding: &Finding) -> bool {
    finding.rule == &COPIED_TEXT && finding.waived.is_none() && finding.level < Level::Error
}

fn cells(frame: &Frame<'_>, line: &Line<'_>, serial: u32) -> Vec<Content> {
    let finding = line.finding;
    let waiver = finding.waived.and_then(|n| frame.registers.waivers.get(n));
    let end = match line.judged {
        Some(judged) if judged.replaced_by.is_some() => REPLACED,
        Some(judged) if judged.accepted => "合格",
        Some(_) => "退回",
        None if frame.inbox.in_stead_of(line.file).is_some() => REPLACED,
        None => "",
    };
    vec![
        serial.into(),
        line.name.as_str().into(),
        short(&line.file.in_project).into(),
        finding.pos.map_or_else(|| "整份".to_owned(), |pos| pos.to_string()).into(),
        finding.field.map(|field| field.chinese()).into(),
        finding.text.as_str().into(),
        finding.message.as_str().into(),
        finding.suggestion.as_str().into(),
        finding.rule.title.into(),
        level(finding).into(),
        waiver.map(|waiver| format!("认定（{}：{}）", waiver.by, waiver.reason)).into(),
        end.into(),
        line.judged.map(|judged| judged.form.sheet.clone()).into(),
    ]
}
