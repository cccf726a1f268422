//! Read files → judged files, step by step: whose and for which month, what the rules say, which of two forms
//! replaces the other, what the clerk accepts, what is valid.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::whose::{self, Owner};
use super::{Contents, Earlier, FileNames, FileState, Inbox, Incoming, JudgedFile, JudgedForm, copy, record};
use crate::calendar::Month;
use crate::config::{Level, Project};
use crate::form::Form;
use crate::near;
use crate::place::Pos;
use crate::register::{Receipt, Registers, Waiver};
use crate::rules::{
    self, At, Context, Finding, Sink, Told, file as file_rules, head as head_rules, task as task_rules,
};
use crate::sheet::ReadError;

/// Judges everything that came in for a month, or (not `whole`) for the paths asked for; what the records have in common
/// with each other and with `earlier` ones is looked at where those are given.
pub(crate) fn judge(
    project: &Project,
    registers: &Registers,
    incoming: Vec<Incoming>,
    earlier: Option<&Earlier<'_>>,
    month: Option<Month>,
    whole: bool,
    skipped: u32,
) -> Inbox {
    let names = FileNames::of(incoming.iter().map(|file| file.in_project.as_str()));
    let mut waivers: BTreeMap<usize, Vec<&Waiver>> = BTreeMap::new();
    for waiver in &registers.waivers {
        if let Some(at) = names.find(&waiver.file) {
            waivers.entry(at).or_default().push(waiver);
        }
    }
    let mut files: Vec<JudgedFile> = incoming
        .into_iter()
        .enumerate()
        .map(|(at, file)| {
            let receipt = whose::receipt_of(registers, &names, at, &file);
            let receipt = receipt.and_then(|at| registers.receipts.get(at));
            judge_file(project, file, receipt, waivers.get(&at).map_or(&[], Vec::as_slice))
        })
        .collect();
    // An accepted month or unit decides which forms are of one report; a replaced form is known only after that.
    let everything_of = month.filter(|_| whole);
    accept(registers, &mut files, &names, everything_of);
    replace_earlier(project, &mut files);
    if let Some(earlier) = earlier {
        copy::find(project, registers, earlier, &mut files);
    }
    let idle = accept(registers, &mut files, &names, everything_of);
    for form in files.iter_mut().flat_map(|file| &mut file.forms) {
        settle(project, form);
    }
    Inbox { month, whole, files, skipped, idle_waivers: idle }
}

fn judge_file(project: &Project, file: Incoming, receipt: Option<&Receipt>, waivers: &[&Waiver]) -> JudgedFile {
    let in_name = whose::unit_in_name(&project.settings, &file.in_project);
    let hint = receipt.map(|line| line.unit).or(in_name);
    let (state, forms, findings) = match file.contents {
        Contents::Unread(error) => {
            let (state, finding) = unread(project, &error);
            (state, Vec::new(), finding)
        }
        Contents::Forms(forms) if forms.is_empty() => (FileState::NoForm, Vec::new(), no_form(project)),
        Contents::Forms(forms) => {
            let mut told = BTreeMap::new();
            let around = Around { in_name, asked: file.asked, receipt, waivers };
            let judged = forms.into_iter().map(|form| check(project, form, &around, &mut told)).collect();
            (FileState::Form, judged, Vec::new())
        }
    };
    let unit = forms.iter().find_map(|form: &JudgedForm| form.unit).or(hint);
    JudgedFile {
        path: file.path,
        in_project: file.in_project,
        asked: file.asked,
        digest: file.digest,
        state,
        unit,
        received: receipt.map(|line| line.day),
        forms,
        findings,
    }
}

fn unread(project: &Project, error: &ReadError) -> (FileState, Vec<Finding>) {
    let mut sink = Sink::new(&project.settings);
    let (state, rule, message) = match error {
        ReadError::Encrypted => {
            let message = "文件设了打开密码，读不了".to_owned();
            sink.push(
                &file_rules::ENCRYPTED,
                At::default(),
                Level::Error,
                String::new(),
                message,
                "请报送单位取消密码（另存一份不设密码的）后重报".to_owned(),
            );
            return (FileState::Unreadable, sink.findings);
        }
        ReadError::Unsupported(message) => (FileState::Unsupported, &file_rules::UNSUPPORTED, message),
        ReadError::Unreadable(message) => (FileState::Unreadable, &file_rules::UNREADABLE, message),
    };
    // The reader's line says what is wrong first and what to do after the semicolon.
    let (what, cure) =
        message.split_once('；').unwrap_or((message, "请报送单位用 WPS 或 Excel 打开核对，另存为 .xlsx 后重报"));
    sink.push(rule, At::default(), Level::Error, String::new(), what.to_owned(), cure.to_owned());
    (state, sink.findings)
}

fn no_form(project: &Project) -> Vec<Finding> {
    let mut sink = Sink::new(&project.settings);
    let spec = &project.settings.form;
    let titles = [&spec.content, &spec.method, &spec.progress].map(|titles| titles.first().map_or("", String::as_str));
    sink.push(
        &file_rules::FORM_MISSING,
        At::default(),
        Level::Error,
        String::new(),
        format!("没有找到明细表（附件2）：没有一张工作表有“{}”这几个列标题", titles.join("”“")),
        "请用下发的空白表填写，不要改列标题".to_owned(),
    );
    sink.findings
}

/// What is known of the file that a form stands in.
struct Around<'a> {
    /// The unit that the file's name points to.
    in_name: Option<usize>,
    asked: Option<Month>,
    receipt: Option<&'a Receipt>,
    /// The lines of 认定.csv that name the file.
    waivers: &'a [&'a Waiver],
}

/// A report: the unit's folded name and the month.
pub(super) type Report = (String, Month);

/// Runs the rules over one form; `told` holds the rows of the file's earlier forms, by the report they are parts of.
fn check(project: &Project, form: Form, around: &Around<'_>, told: &mut BTreeMap<Report, Told>) -> JudgedForm {
    let settings = &project.settings;
    let Around { in_name, asked, receipt, waivers } = *around;
    let accepts = |waiver: &&&Waiver, rules: &[&rules::Rule], pos: Option<Pos>| {
        rules.iter().any(|rule| rule.name == waiver.rule)
            && waiver.row == pos.map(Pos::row_number)
            && speaks_of(waiver, &form, asked)
    };
    // Who accepts a unit's name in 认定.csv says with it whose the form is.
    let unit_rules = [&head_rules::UNIT_MISSING, &head_rules::UNIT_UNKNOWN];
    let by_clerk = waivers.iter().find(|waiver| accepts(waiver, &unit_rules, form.head.unit.pos));
    let hint = receipt.map(|line| line.unit).or(by_clerk.map(|waiver| waiver.unit)).or(in_name);
    let owner = Owner::of(settings, &form, hint);
    // A form that does not say its month is taken for the month asked for, and so is one whose month is accepted.
    let month = match &form.month {
        Some(stated) => {
            let accepted = waivers.iter().any(|waiver| {
                accepts(&waiver, &[&head_rules::MONTH_MISMATCH], stated.pos)
                    && owner.laid().is_none_or(|unit| unit == waiver.unit)
            });
            let written = stated.resolve(asked.map(Month::year));
            if accepted { asked.or(written) } else { written }
        }
        None => asked,
    };
    let of_month = |month| settings.catalogue(month, owner.laid(), owner.kind);
    let mut catalogue = of_month(month);
    if asked.is_some() && asked != month {
        catalogue = catalogue.or(of_month(asked));
    }
    let report = identity(project, owner.laid(), owner.name.as_deref(), month);
    let earlier = report.as_ref().and_then(|report| told.remove(report)).unwrap_or_default();
    let mut sink = Sink::new(settings);
    let context = Context {
        settings,
        form: &form,
        unit: owner.laid(),
        kind: owner.kind,
        month,
        asked,
        received: receipt.map(|line| line.day),
        catalogue: &catalogue,
        told: RefCell::new(earlier),
    };
    rules::check_form(&context, &mut sink);
    told.extend(report.map(|report| (report, context.told.into_inner())));
    let mut findings = sink.findings;
    sort(&mut findings);
    let verdicts = record::judge(settings, &form, &catalogue);
    JudgedForm {
        unit: owner.laid(),
        unit_name: owner.name,
        kind: owner.kind,
        month,
        asked,
        accepted: false,
        counts: false,
        replaced_by: None,
        findings,
        verdicts,
        form,
    }
}

pub(super) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (a.row, a.pos, a.rule.name).cmp(&(b.row, b.pos, b.rule.name)));
}

/// Between files, the later receipt (else the later path) replaces the earlier form of the same unit and month.
fn replace_earlier(project: &Project, files: &mut [JudgedFile]) {
    let report = |form: &JudgedForm| identity(project, form.unit, form.unit_name.as_deref(), form.month);
    let mut groups: BTreeMap<Report, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        let mut keys: Vec<Report> = file.forms.iter().filter_map(report).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            groups.entry(key).or_default().push(at);
        }
    }
    for (key, mut members) in groups {
        if members.len() < 2 {
            continue;
        }
        // Days are compared only where every file has one; the files come in order of path.
        if members.iter().all(|at| files.get(*at).is_some_and(|file| file.received.is_some())) {
            members.sort_by_key(|at| files.get(*at).and_then(|file| file.received));
        }
        // A sheet that cannot count does not push out one that can.
        let able = |at: &&usize| files.get(**at).is_some_and(|file| file.forms.iter().any(|form| !misplaced(form)));
        let Some(last) = members.iter().rev().find(able).or(members.last()).copied() else { continue };
        let Some(by) = files.get(last).map(|file| file.path.clone()) else { continue };
        let place = members.iter().position(|at| *at == last).unwrap_or(0);
        for at in members.iter().take(place) {
            let Some(file) = files.get_mut(*at) else { continue };
            for form in file.forms.iter_mut().filter(|form| report(form).as_ref() == Some(&key)) {
                mark_replaced(project, form, &by);
            }
        }
    }
}

/// The report that a form is, or is a part of.
pub(super) fn identity(
    project: &Project,
    unit: Option<usize>,
    name: Option<&str>,
    month: Option<Month>,
) -> Option<Report> {
    let unit = match unit.and_then(|unit| project.settings.units.get(unit)) {
        Some(unit) => near::key(&unit.name),
        None => near::key(name?),
    };
    Some((unit, month?))
}

fn mark_replaced(project: &Project, form: &mut JudgedForm, by: &str) {
    let mut sink = Sink::new(&project.settings);
    let name = form.unit_name.as_deref().unwrap_or("该单位");
    let month = form.month.map(Month::chinese).unwrap_or_default();
    sink.push(
        &file_rules::FORM_DUPLICATE,
        At::default(),
        Level::Error,
        String::new(),
        format!("{name}{month}报了不止一份，以“{by}”为准，本份不计入"),
        "如果应以本份为准，请把另一份移出本月文件夹，或在收件登记.csv 写明各份的收到日期".to_owned(),
    );
    form.findings.extend(sink.findings);
    sort(&mut form.findings);
    form.replaced_by = Some(by.to_owned());
}

/// Whether the head or the month keeps a form's records out of the month.
pub(super) fn misplaced(form: &JudgedForm) -> bool {
    let rules = [&head_rules::UNIT_MISSING, &head_rules::UNIT_UNKNOWN, &head_rules::MONTH_MISMATCH];
    form.findings.iter().any(|finding| rules.contains(&finding.rule) && finding.waived.is_none())
}

/// Marks the findings that 认定.csv accepts; gives the lines that accept nothing: of the month where all of it was
/// read, else of the files that were.
fn accept(registers: &Registers, files: &mut [JudgedFile], names: &FileNames, month: Option<Month>) -> Vec<usize> {
    let mut idle = Vec::new();
    for (at, waiver) in registers.waivers.iter().enumerate() {
        let mut used = false;
        let mut known = month == Some(waiver.month);
        if let Some(file) = names.find(&waiver.file).and_then(|at| files.get_mut(at)) {
            known |= file.asked == Some(waiver.month);
            let same_month = file.asked.is_none_or(|month| month == waiver.month);
            if same_month && file.unit.is_none_or(|unit| unit == waiver.unit) {
                for finding in file.findings.iter_mut().filter(|finding| finding.rule.name == waiver.rule) {
                    used = true;
                    finding.waived = Some(at);
                }
            }
            for form in &mut file.forms {
                let meant = speaks_of(waiver, &form.form, form.asked.or(form.month));
                if !meant || form.unit.is_some_and(|unit| unit != waiver.unit) {
                    continue;
                }
                let meant = |finding: &&mut Finding| finding.rule.name == waiver.rule && finding.row == waiver.row;
                for finding in form.findings.iter_mut().filter(meant) {
                    used = true;
                    finding.waived = Some(at);
                }
            }
        }
        // What a unit did not do stands in no file: the tally looks for it.
        let elsewhere = [&task_rules::TASK_NOT_DONE, &task_rules::FOCUS_NOT_DONE].iter().any(|r| r.name == waiver.rule);
        if known && !used && !elsewhere {
            idle.push(at);
        }
    }
    idle
}

/// Whether a line of 认定.csv that names a form's file means the form: by its sheet, for its month.
pub(super) fn speaks_of(waiver: &Waiver, form: &Form, month: Option<Month>) -> bool {
    let sheet = near::key(&waiver.sheet);
    (sheet.is_empty() || near::key(&form.sheet) == sheet) && month.is_none_or(|month| month == waiver.month)
}

/// The last word on a form, once it is known what the clerk accepts.
fn settle(project: &Project, form: &mut JudgedForm) {
    form.accepted = !form.findings.iter().any(Finding::counts_as_error);
    let owned = form.unit.is_some() || (project.settings.units.is_empty() && form.unit_name.is_some());
    let timely = form.asked.is_none() || form.month == form.asked;
    form.counts = owned && timely && form.month.is_some() && form.replaced_by.is_none() && !misplaced(form);
    record::validate(form);
}
