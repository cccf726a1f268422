//! A file that gave no sheet, and the later one of its unit that stands in its place.

use super::judge::misplaced;
use super::{FileState, Inbox, JudgedFile};

impl Inbox {
    /// The file with a readable sheet of the same unit and month that came after one which gave none; by day of receipt
    /// where both have one, else by path.
    pub(crate) fn in_stead_of(&self, file: &JudgedFile) -> Option<&JudgedFile> {
        let unit = file.unit.filter(|_| matches!(file.state, FileState::Unreadable | FileState::NoForm))?;
        let stands = |other: &&JudgedFile| {
            let later = match (file.received, other.received) {
                (Some(first), Some(then)) if first != then => first < then,
                _ => file.path < other.path,
            };
            let mut forms = other.forms.iter();
            later
                && other.asked == file.asked
                && forms.any(|form| form.unit == Some(unit) && form.replaced_by.is_none() && !misplaced(form))
        };
        self.files.iter().find(stands)
    }
}
