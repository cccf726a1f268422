//! The report for eyes: findings by file and cell, a table of units, the sums. Plain lines that can be copied into a
//! message to the unit; colour only underlines what the words say already.

use std::collections::BTreeMap;
use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::excerpt::{self, Piece};
use super::{level_of, plain, table, unit_of};
use crate::config::{Level, Settings};
use crate::form::Aside;
use crate::place::Pos;
use crate::rules::Finding;
use crate::verdict::{FileState, Inbox, JudgedFile, JudgedForm, Sums};

/// Columns of an excerpt.
const WIDTH: usize = 72;

/// Writes the report.
pub(super) fn write(settings: &Settings, inbox: &Inbox, colored: bool) -> String {
    let paint = Paint(colored);
    let mut out = String::new();
    for file in &inbox.files {
        write_file(&mut out, settings, inbox, file, paint);
    }
    let units = table::draw(settings, inbox);
    if !units.is_empty() {
        let _ = writeln!(out, "{}\n", units.trim_end());
    }
    write_sums(&mut out, inbox);
    out
}

/// Colours, or none.
#[derive(Debug, Clone, Copy)]
struct Paint(bool);

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn level(self, level: Level, text: &str) -> String {
        match level {
            Level::Error => self.with("1;31", text),
            Level::Warning => self.with("33", text),
            Level::Info | Level::Off => self.with("36", text),
        }
    }
}

/// A file that nothing is to be said of has no lines of its own; the table and the sums count it.
fn write_file(out: &mut String, settings: &Settings, inbox: &Inbox, file: &JudgedFile, paint: Paint) {
    let told = |form: &JudgedForm| !form.findings.is_empty() || !form.form.aside.is_empty();
    let quiet = file.findings.is_empty() && !file.forms.iter().any(told);
    if quiet {
        return;
    }
    let mut title = paint.with("1", &plain::line(&file.path));
    let first = file.forms.first();
    let unit = first.and_then(|form| form.unit_name.as_deref()).or_else(|| unit_of(settings, file));
    for part in
        [unit.map(|unit| plain::short(unit, WIDTH)), first.and_then(|form| form.month).map(|month| month.chinese())]
            .into_iter()
            .flatten()
    {
        let _ = write!(title, "  {part}");
    }
    let _ = writeln!(out, "{title}  {}", standing(inbox, file, paint));
    write_findings(out, &file.findings, &BTreeMap::new(), paint);
    for judged in &file.forms {
        if file.forms.len() > 1 && !judged.findings.is_empty() {
            let _ = writeln!(out, "  工作表“{}”", plain::line(&judged.form.sheet));
        }
        write_findings(out, &judged.findings, &texts(judged), paint);
        write_aside(out, &judged.form.aside);
    }
    out.push('\n');
}

/// So many rows beside the table are quoted.
const ASIDE: usize = 5;

/// Rows that were not read as records, so that a record written in an odd way does not go unseen.
fn write_aside(out: &mut String, aside: &[Aside]) {
    let (own, others): (Vec<&Aside>, Vec<&Aside>) = aside.iter().partition(|aside| aside.sheet.is_none());
    if !own.is_empty() {
        let quoted = |aside: &&Aside| format!("第 {} 行“{}”", aside.row, plain::short(&aside.text, 24));
        let rows: Vec<String> = own.iter().take(ASIDE).map(quoted).collect();
        let more = if own.len() > ASIDE { format!("等 {} 行", own.len()) } else { String::new() };
        let _ = writeln!(out, "  没有当作记录：{}{more}（是记录的，逐栏填写后重报）", rows.join("、"));
    }
    for other in others {
        let sheet = plain::line(other.sheet.as_deref().unwrap_or_default());
        let (row, text) = (other.row, plain::short(&other.text, 24));
        let _ = writeln!(
            out,
            "  工作表“{sheet}”里有像记录的内容（第 {row} 行“{text}”），但没有表头，没有读（是记录的，加上明细表的表头后重报）"
        );
    }
}

/// How the file as a whole came through.
fn standing(inbox: &Inbox, file: &JudgedFile, paint: Paint) -> String {
    if let Some(by) = inbox.in_stead_of(file) {
        let word = if file.state == FileState::NoForm { "没有明细表" } else { "读不出" };
        return paint.level(Level::Warning, &format!("{word}，已由后来的表“{}”替代", plain::line(&by.path)));
    }
    match file.state {
        FileState::Unreadable => paint.level(Level::Error, "读不出"),
        FileState::Unsupported => paint.level(Level::Warning, "没有读"),
        FileState::NoForm => paint.level(Level::Error, "退回"),
        FileState::Form => {
            // A file may hold forms of several units: those that stand speak for it, if any do.
            let replaced = |form: &&JudgedForm| form.replaced_by.is_some();
            if file.forms.iter().all(|form| replaced(&form)) {
                let by = file.forms.iter().find_map(|form| form.replaced_by.as_deref()).unwrap_or_default();
                return paint.level(Level::Warning, &format!("不计入，以“{}”为准", plain::line(by)));
            }
            if file.forms.iter().filter(|form| !replaced(form)).all(|form| form.accepted) {
                "合格".to_owned()
            } else {
                paint.level(Level::Error, "退回")
            }
        }
    }
}

/// The text of every cell of the form that a finding may stand in.
fn texts(judged: &JudgedForm) -> BTreeMap<Pos, &str> {
    let form = &judged.form;
    let cells = form.records.iter().flat_map(|record| record.cells()).chain(form.nil.as_ref().map(|nil| &nil.progress));
    // A column that the layout lacks has an empty cell in the place of another.
    cells.filter(|cell| !cell.text.is_empty()).map(|cell| (cell.pos, cell.text.as_str())).collect()
}

/// Findings of one cell stand together, its words before them.
fn write_findings(out: &mut String, findings: &[Finding], texts: &BTreeMap<Pos, &str>, paint: Paint) {
    for cell in findings.chunk_by(|a, b| (a.pos, a.row, a.field) == (b.pos, b.row, b.field)) {
        let Some(first) = cell.first() else { continue };
        let place = match (first.pos, first.row, first.field) {
            (Some(pos), _, Some(field)) => format!("{pos} {}", field.chinese()),
            (Some(pos), _, None) => pos.to_string(),
            (None, Some(row), _) => format!("第 {row} 行"),
            (None, None, Some(field)) => format!("表头 {}", field.chinese()),
            (None, None, None) => "整个文件".to_owned(),
        };
        let _ = writeln!(out, "  {place}");
        let words: Vec<&str> = cell.iter().map(|finding| finding.text.as_str()).collect();
        let text = first.pos.and_then(|pos| texts.get(&pos).copied());
        if let Some(pieces) = text.and_then(|text| excerpt::around(text, &words, WIDTH)) {
            let line: String = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Plain(words) => words.clone(),
                    Piece::Marked(words) => paint.with("1", &format!("【{words}】")),
                })
                .collect();
            let _ = writeln!(out, "    {line}");
        }
        for finding in cell {
            let level = level_of(finding);
            let name = if finding.waived.is_some() { "已认定" } else { level.chinese() };
            let gap = " ".repeat(8_usize.saturating_sub(name.width()));
            let message = plain::line(&finding.message);
            let _ = writeln!(out, "    {}{gap}{message}（{}）", paint.level(level, name), finding.rule.name);
            if !finding.suggestion.is_empty() && finding.waived.is_none() {
                let _ = writeln!(out, "    改法    {}", plain::line(&finding.suggestion));
            }
        }
    }
}

fn write_sums(out: &mut String, inbox: &Inbox) {
    let sums = Sums::of(inbox);
    let parts = [
        ("有明细表", sums.files_form),
        ("没有明细表", sums.files_no_form),
        ("读不出", sums.files_unreadable),
        ("格式不支持", sums.files_unsupported),
        ("跳过（临时文件等）", sums.files_skipped),
    ];
    let shown: Vec<String> =
        parts.iter().filter(|(_, number)| *number > 0).map(|(name, number)| format!("{name} {number}")).collect();
    let _ = writeln!(out, "文件 {} 个：{}。", sums.files_found, shown.join("，"));
    let findings = || {
        inbox
            .files
            .iter()
            .flat_map(|file| file.findings.iter().chain(file.forms.iter().flat_map(|form| &form.findings)))
    };
    // As in the table above, what a later sheet has replaced is told apart.
    let forms = |replaced: bool| {
        inbox.files.iter().flat_map(|file| &file.forms).filter(move |form| form.replaced_by.is_some() == replaced)
    };
    let made_good = |file: &&JudgedFile| inbox.in_stead_of(file).is_some();
    let of_files = inbox.files.iter().filter(|file| !made_good(file)).flat_map(|file| &file.findings);
    let standing: Vec<&Finding> = of_files.chain(forms(false).flat_map(|form| &form.findings)).collect();
    let records = |replaced: bool| forms(replaced).map(|form| form.form.records.len()).sum::<usize>();
    let valid = forms(false).flat_map(|form| &form.verdicts).filter(|verdict| verdict.valid).count();
    let of = |level: Level| standing.iter().filter(|finding| level_of(finding) == level).count();
    let _ = write!(
        out,
        "记录 {} 条，有效 {valid} 条；不合格 {} 处，提醒 {} 处。",
        records(false),
        of(Level::Error),
        of(Level::Warning)
    );
    let replaced = forms(true).count();
    if replaced > 0 {
        let _ = write!(out, "另有 {replaced} 张表已由后来的表代替，其中的记录 {} 条不在内。", records(true));
    }
    let files = inbox.files.iter().filter(made_good).count();
    if files > 0 {
        let _ = write!(out, "另有 {files} 份没有读到表的文件已由后来的表替代，不在内。");
    }
    let waived = findings().filter(|finding| finding.waived.is_some()).count();
    if waived > 0 {
        let _ = write!(out, "已认定 {waived} 处。");
    }
    out.push('\n');
    if let Some(finding) = findings().find(|finding| level_of(finding) >= Level::Warning) {
        let _ = writeln!(out, "每条规则要求什么、怎么写：yuedu explain 规则名，如 yuedu explain {}", finding.rule.name);
    }
}
