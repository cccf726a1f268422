//! Files that are no longer what was received: the 摘要 of their line in 收件登记.csv does not fit any more.

use super::{FileNames, Inbox};
use crate::calendar::Month;
use crate::digest;
use crate::register::{Receipt, Registers};

/// What is to be said of such files of a month, a line each. Of several lines for one file the last by day counts: a sheet
/// sent again under the old name is no secret.
pub(crate) fn changed_since(registers: &Registers, inbox: &Inbox, month: Month) -> Vec<String> {
    let names = FileNames::of(inbox.files.iter().map(|file| file.in_project.as_str()));
    let mut last: Vec<Option<&Receipt>> = vec![None; inbox.files.len()];
    for line in registers.receipts.iter().filter(|line| line.month == month) {
        if let Some(last) = names.find(&line.file).and_then(|at| last.get_mut(at))
            && last.is_none_or(|before| before.day <= line.day)
        {
            *last = Some(line);
        }
    }
    let told = inbox.files.iter().zip(last).filter_map(|(file, line)| {
        let line = line?;
        let changed = digest::is_one(&line.digest) && !digest::matches(&line.digest, &file.digest);
        changed.then(|| {
            let (number, path) = (line.line, &file.in_project);
            format!("收件登记.csv 第 {number} 行：“{path}”和收件时不一样了（摘要不符），收件后改动过，请核对")
        })
    });
    told.collect()
}
