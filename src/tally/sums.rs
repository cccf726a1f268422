//! The three sums of «nothing is lost»: files, rows, cells.

use crate::verdict::{FileState, Inbox, Sums};

/// Adds up what came in, replaced sheets and those of no unit included.
pub(crate) fn sums(inbox: &Inbox) -> Sums {
    let mut sums = Sums { files_skipped: inbox.skipped, ..Sums::default() };
    sums.files_found = size(inbox.files.len()) + inbox.skipped;
    for file in &inbox.files {
        match file.state {
            FileState::Form => sums.files_form += 1,
            FileState::NoForm => sums.files_no_form += 1,
            FileState::Unreadable => sums.files_unreadable += 1,
            FileState::Unsupported => sums.files_unsupported += 1,
        }
        for judged in &file.forms {
            let account = &judged.form.account;
            sums.rows_seen += account.rows_seen;
            sums.rows_continued += account.rows_continued;
            sums.rows_nil += account.rows_nil;
            sums.rows_blank += account.rows_blank;
            sums.records += size(judged.form.records.len());
            sums.cells_seen += account.cells_seen;
            sums.cells_read += account.cells_read;
        }
    }
    sums
}

/// A length as the sums count it; a sheet has at most 1,048,576 rows, so nothing is cut.
pub(super) fn size(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
