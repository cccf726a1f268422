//! What later records tell of a problem (`product.md` section 7: “A later record of the same unit on an open problem with
//! new handling is its progress, neither a new problem nor a copy”). Takes a problem and such a record; says what it
//! changes.

use chrono::NaiveDate;

use super::Problem;
use crate::calendar::Month;

/// A record that goes on with an earlier problem.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    pub month: Month,
    pub handling: String,
    /// Until when, by this record.
    pub deadline: Option<NaiveDate>,
    /// It says that the problem is put right.
    pub settled: bool,
    /// Whether the record is valid; else it is shown and changes nothing.
    pub valid: bool,
    /// Source: path in the project, row.
    pub file: String,
    pub row: u32,
}

impl Problem {
    /// Takes in what a later record tells; `set` is the last day on which it says that something was done.
    ///
    /// `product.md` section 7: “A progress record's new deadline holds if it was set before the old one passed.” A
    /// deadline's own day is in time. A record without a day is taken to be of its month's first.
    pub(super) fn go_on(&mut self, step: Progress, set: Option<NaiveDate>) {
        if step.valid {
            if let Some(until) = step.deadline {
                let set = set.unwrap_or_else(|| step.month.first_day());
                if self.deadline.is_none_or(|old| set <= old) {
                    self.charged |= self.charge().is_some_and(|month| month < step.month);
                    self.deadline = Some(until);
                }
            }
            if step.settled {
                self.settled = self.settled.or(Some(step.month));
            }
        }
        self.progress.push(step);
    }

    /// The month in which the deadline passes, not before the month of the report.
    pub(super) fn charge(&self) -> Option<Month> {
        Month::of(self.deadline?.succ_opt()?).max(Some(self.month))
    }
}
