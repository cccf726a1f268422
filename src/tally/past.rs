//! The months before, in the few figures that the trend shows. Takes a counted month, or a final one; gives what its own
//! workbook says of it, so that a year of months is held in little room.

use super::figure::figures;
use super::{ReceiptState, Tally, UnitMonth};
use crate::calendar::Month;
use crate::config::UnitKind;
use crate::points::Points;
use crate::register::{Amount, Finale};

/// How many months before this one the trend shows, at most.
pub(super) const MONTHS: usize = 11;

/// A month before this one. A count that a final month does not hold is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Past {
    pub month: Month,
    /// Units that owed a report, and those of them that sent one in time; without a receipt line counts as in time.
    pub owed: Option<u32>,
    pub in_time: Option<u32>,
    /// Valid records.
    pub valid: Option<u32>,
    /// Problems reported.
    pub problems: Option<u32>,
    /// The mean total of each kind of unit, in the order of `UnitKind::ALL`; none where no unit has a total.
    pub means: [Option<Points>; 2],
}

impl Past {
    /// By a fresh count.
    pub(super) fn of(tally: &Tally) -> Past {
        let units = |fits: &dyn Fn(&UnitMonth) -> bool| {
            Some(super::count::size(tally.units.iter().filter(|unit| fits(unit)).count()))
        };
        Past {
            month: tally.month,
            owed: units(&|unit| unit.owes),
            in_time: units(&|unit| matches!(unit.receipt, ReceiptState::OnTime | ReceiptState::Unregistered)),
            valid: Some(tally.units.iter().map(|unit| unit.valid).sum()),
            problems: Some(tally.units.iter().map(|unit| unit.problems).sum()),
            means: UnitKind::ALL.map(|kind| tally.mean(kind)),
        }
    }

    /// As it was made final; `now` is the month counted, whose key figures bear the same titles.
    pub(super) fn sealed(kept: &Finale, now: &Tally) -> Past {
        let titles = figures(now);
        let amount = |key: &str| {
            let title = titles.iter().find(|figure| figure.key == key)?.title;
            kept.figures.iter().find(|(other, _)| other == title).map(|(_, amount)| *amount)
        };
        let count = |key: &str| match amount(key) {
            Some(Amount::Count(count)) => Some(count),
            _ => None,
        };
        let marks = |key: &str| amount(key).and_then(Amount::marks);
        Past {
            month: kept.month,
            owed: count("owed"),
            in_time: count("on-time").zip(count("unregistered")).map(|(registered, not)| registered + not),
            valid: count("valid"),
            problems: count("problems"),
            means: ["mean-township", "mean-dispatched"].map(marks),
        }
    }
}

impl Tally {
    /// The mean total of the units of a kind to a tenth, halves going up; none where no unit has a total.
    pub(crate) fn mean(&self, kind: UnitKind) -> Option<Points> {
        let totals: Vec<Points> = self.units.iter().filter(|u| u.kind == Some(kind)).filter_map(|u| u.total).collect();
        let many = i64::try_from(totals.len()).ok().filter(|many| *many > 0)?;
        let sum = i64::from(totals.iter().copied().sum::<Points>().0);
        i32::try_from((2 * sum + many).div_euclid(2 * many)).ok().map(Points)
    }
}
