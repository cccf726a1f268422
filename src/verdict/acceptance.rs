//! Lines of 认定.csv that change nothing, each with a word for the clerk: what they name is not there, or stands on a
//! sheet that a later one has replaced.

use super::judge::speaks_of;
use super::{FileNames, Inbox, JudgedForm};
use crate::register::{Registers, Waiver};

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
            told.push((at, format!("认定.csv 第 {line} 行认定的是已被代替的“{name}”，新表如仍需认定请另写一行")));
        } else if idle {
            told.push((at, format!("认定.csv 第 {line} 行没有用上：没有这样一处，请核对文件、行和规则")));
        }
    }
    told
}

fn names_sheet(waiver: &Waiver, form: &JudgedForm) -> bool {
    speaks_of(waiver, &form.form, form.asked.or(form.month)) && form.unit.is_none_or(|unit| unit == waiver.unit)
}
