//! What the check says of files once they lie in 报送/: 合格 or 退回, as `validate` judges them in that month.

use crate::rules::Finding;
use crate::verdict::{FileState, Inbox};

/// 结论 of a unit's sheets in a file: whether nothing in them is an error. None where the file is not there.
pub(crate) fn conclude(inbox: &Inbox, path: &str, unit: usize) -> Option<bool> {
    let file = inbox.files.iter().find(|file| file.in_project == path)?;
    if file.state != FileState::Form {
        return Some(false);
    }
    // A sheet that names nobody goes with the file.
    let mine = file.forms.iter().filter(|form| form.unit.is_none_or(|owner| owner == unit));
    Some(!file.findings.iter().any(Finding::counts_as_error) && mine.into_iter().all(|form| form.accepted))
}

/// What else must be said of a file once it lies there: that another one stands in its place.
pub(crate) fn remark(inbox: &Inbox, path: &str) -> Option<String> {
    let file = inbox.files.iter().find(|file| file.in_project == path)?;
    let by = file.forms.iter().find_map(|form| form.replaced_by.as_ref())?;
    Some(format!(
        "没有以它为准，而以“{by}”为准；不对的话，把不用的那份移出本月文件夹，或在收件登记.csv 补上那份的收到日期"
    ))
}
