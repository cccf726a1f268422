//! The proof that nothing was lost, and what else must be said.

use super::{LAST, before, source};
use crate::place::Pos;
use crate::verdict::{FileState, JudgedFile};
use crate::workbook::frame::Frame;
use crate::workbook::live::{Content, Expr, Value, sum_where, word};
use crate::workbook::paper::Paper;
use crate::workbook::style::Look;

/// The room that the sums take on paper, and that a note takes, in points.
const ROOM: f64 = 330.0;
const NOTE: f64 = 40.0;
/// So many rows of a file that are no records are quoted.
const ASIDE: usize = 10;

/// The three sums of «nothing is lost». What was found is counted apart from what became of it.
pub(super) fn sums(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    paper.begin(row, ROOM);
    paper.section(row, "八、核对：收到的都有去处");
    paper.titles(row + 1, ["序号", "核对项", "合计", "去处", "数量"]);
    paper.across(row + 1, (5, LAST), Look::Head, "差额（应为0）");
    let column = |name: &str| {
        let (col, first, last) = paper.column_at(name).unwrap_or_default();
        paper.range(col, first, last)
    };
    // Each file once, by the state that its first line in the fourth part shows.
    let (once, states) = (column("文件数"), column("状态"));
    let files = |state: FileState| {
        let words = source::WORDS.iter().filter(|(of, _)| *of == state);
        words.map(|(_, words)| sum_where(&once, &[(&states, word(words))])).reduce(|sum, next| sum.plus(&next))
    };
    let skipped = Content::from(frame.tally.sums.files_skipped);
    let kinds = [
        ("有明细表", files(FileState::Form).into()),
        ("没有明细表", files(FileState::NoForm).into()),
        ("打不开", files(FileState::Unreadable).into()),
        ("格式不支持", files(FileState::Unsupported).into()),
        ("跳过（锁文件、隐藏文件等，没有逐个列出）", skipped),
    ];
    let rows = ["记录", "续行", "零报告行", "空行"].map(|name| (name, Content::from(column(name).sum())));
    let (once, seen, cells) = (once.sum(), column("表格行").sum(), column("单元格").sum());
    let read = [("已读", Content::from(column("已读").sum()))];
    let first = row + 2;
    let skipped = Pos::new(first + 4, 4);
    let mut at = sum(paper, first, 1, "文件：收到的文件", &kinds);
    let found = once.plus(&paper.cell(skipped.row, skipped.col));
    total(paper, first, at, found);
    let (rows_at, rows_end) = (at, sum(paper, at, 2, "表格行：明细表中非空的行", &rows));
    total(paper, rows_at, rows_end, seen);
    at = sum(paper, rows_end, 3, "单元格：明细表中非空的单元格", &read);
    total(paper, rows_end, at, cells);
    at
}

/// The parts of one of the sums. Gives the next row.
fn sum(paper: &mut Paper, at: u32, n: u32, name: &str, parts: &[(&str, Content)]) -> u32 {
    let mut next = at;
    for (part, content) in parts {
        paper.put(next, 0, Look::Count, (next == at).then_some(n));
        paper.put(next, 1, Look::Line, if next == at { name } else { "" });
        paper.put(next, 2, Look::Count, Value::Blank);
        paper.put(next, 3, Look::Line, *part);
        paper.put(next, 4, Look::Count, content.clone());
        paper.across(next, (5, LAST), Look::Count, Value::Blank);
        next += 1;
    }
    next
}

/// The whole beside its parts, which stand from one row up to another, and what is missing.
fn total(paper: &mut Paper, at: u32, next: u32, whole: Expr) {
    let whole = paper.put(at, 2, Look::Count, whole);
    let parts = paper.range(4, at, next.saturating_sub(1).max(at)).sum();
    paper.put(at, 5, Look::Count, whole.minus(&parts));
}

pub(super) fn notes(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    paper.section(row, "九、其他说明");
    let settings = &frame.project.settings;
    let mut lines = vec![
        "记录：明细表一行（合并单元格合为一条的，合计一条）。有效：该行没有不合格项，或不合格项已认定。有效记录即使所在的表被退回也计入；单位不明、月份不符、被后来的表代替的表除外。".to_owned(),
        "内容方式：一条记录写了两种监督方式的，在两格各计一次，合计栏只计一次。".to_owned(),
        "名次：按类别分别排名，同分同名次，其后跳过（1、1、3）；同分的按名册先后列出。发现问题多少不影响得分。".to_owned(),
        "疑似照搬：把时间、数字、姓名、单位、金额、标点和套话放在一边，与别的单位或本单位以前月份的记录六成以上相同的，列为待核，不扣分。同一问题尚未整改、后来月份又报了新的处理情况的，是它的进展：不另编号，不再计作发现问题；新的期限在原期限届满前定的，按新的期限。没有新的处理情况、照着以前月份又报一遍的，另编号列入台账，期限不晚于原来的，不再扣整改闭环的分。".to_owned(),
        "字体：标题方正小标宋简体，表头黑体，正文仿宋；电脑没有的字体由表格软件自动替换，不影响内容。".to_owned(),
    ];
    if settings.units.is_empty() {
        lines.push("项目文件没有单位名册：单位按各表所写列出，未报单位无从统计。".to_owned());
    }
    lines.extend(frame.inbox.files.iter().filter_map(aside));
    lines.extend(frame.tally.notes.iter().cloned());
    let mut at = row + 1;
    for (n, words) in (1..).zip(lines) {
        paper.begin(at, NOTE);
        paper.note(at, &format!("{n}. {words}"));
        at += 1;
    }
    if let Some(sealed) = &frame.tally.sealed {
        at = before::differences(paper, at, sealed);
    }
    let county = settings.county.as_deref().unwrap_or("（项目文件未写县名）");
    let program = format!("程序：yuedu {}；配置：{}；县名：{county}。", env!("CARGO_PKG_VERSION"), settings.profile);
    paper.note(at, &program);
    at + 1
}

/// Rows of a file's forms that were not taken for records, each with its first words.
fn aside(file: &JudgedFile) -> Option<String> {
    let rows = file.forms.iter().flat_map(|judged| {
        judged.form.aside.iter().map(|aside| {
            let words: String = aside.text.chars().take(24).collect();
            let cut = if aside.text.chars().count() > 24 { "……" } else { "" };
            match &aside.sheet {
                None => format!("第{}行“{words}{cut}”", aside.row),
                Some(sheet) => {
                    format!("工作表“{sheet}”里像记录的内容（第{}行“{words}{cut}”），没有表头，没有读", aside.row)
                }
            }
        })
    });
    let rows: Vec<String> = rows.collect();
    let listed = rows.iter().take(ASIDE).cloned().collect::<Vec<_>>().join("、");
    let more = if rows.len() > ASIDE { format!("等{}行", rows.len()) } else { String::new() };
    (!rows.is_empty()).then(|| format!("没有当作记录的行：{}：{listed}{more}。", file.in_project))
}
