//! The sums of «nothing is lost».

use super::{FileState, Inbox, Sums};

impl Sums {
    /// Counts what came in: files, rows of the forms' tables, cells of the sheets.
    pub(crate) fn of(inbox: &Inbox) -> Sums {
        let mut sums = Sums { files_skipped: inbox.skipped, files_found: inbox.skipped, ..Sums::default() };
        for file in &inbox.files {
            sums.files_found += 1;
            match file.state {
                FileState::Form => sums.files_form += 1,
                FileState::NoForm => sums.files_no_form += 1,
                FileState::Unreadable => sums.files_unreadable += 1,
                FileState::Unsupported => sums.files_unsupported += 1,
            }
            for form in &file.forms {
                let account = &form.form.account;
                sums.rows_seen += account.rows_seen;
                sums.records += u32::try_from(form.form.records.len()).unwrap_or(u32::MAX);
                sums.rows_continued += account.rows_continued;
                sums.rows_nil += account.rows_nil;
                sums.rows_blank += account.rows_blank;
                sums.cells_seen += account.cells_seen;
                sums.cells_read += account.cells_read;
            }
        }
        sums
    }

    /// Whether all three sums hold.
    pub(crate) fn hold(&self) -> bool {
        let files = self.files_form + self.files_no_form + self.files_unreadable + self.files_unsupported;
        let rows = self.records + self.rows_continued + self.rows_nil + self.rows_blank;
        self.files_found == files + self.files_skipped && self.rows_seen == rows && self.cells_seen == self.cells_read
    }
}
