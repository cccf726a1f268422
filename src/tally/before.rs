//! The month before, for the comparison: as it was made final, else by a fresh count of its sheets.

use super::Tally;
use super::figure::{Figure, figures};
use super::finale::{self, Sealed};
use crate::config::Settings;
use crate::points::Points;
use crate::register::{Amount, Finale};

/// The month before.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    /// Where it was made final: from when on, and how a fresh count differs.
    pub sealed: Option<Sealed>,
    /// By key and title.
    pub figures: Vec<(&'static str, &'static str, Amount)>,
    /// One a unit of the month counted, in its order.
    pub units: Vec<BeforeUnit>,
    /// Valid records by content.
    pub contents: Vec<(String, u32)>,
}

/// How a unit stood in the month before; nothing where it was not there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BeforeUnit {
    pub total: Option<Points>,
    pub rank: Option<u32>,
}

impl Before {
    /// By a fresh count. The units of the month before are the first of those of the month counted.
    pub(super) fn fresh(settings: &Settings, tally: &Tally) -> Before {
        Before {
            sealed: None,
            figures: figures(tally).into_iter().map(|figure| (figure.key, figure.title, figure.value)).collect(),
            units: tally.units.iter().map(|unit| BeforeUnit { total: unit.total, rank: unit.rank }).collect(),
            contents: finale::contents(settings, tally),
        }
    }

    /// As it was made final; `now` is the month counted, whose figures bear the same titles.
    pub(super) fn sealed(kept: &Finale, sealed: Sealed, now: &Tally) -> Before {
        // A unit is found by its name or by one that it bore then.
        let mut units = vec![BeforeUnit::default(); now.units.len()];
        for old in kept.units.iter().rev() {
            if let Some(unit) = now.roster.named(&old.name).and_then(|at| units.get_mut(at)) {
                *unit = BeforeUnit { total: old.total, rank: old.rank };
            }
        }
        let figure = |now: &Figure| {
            let found = kept.figures.iter().find(|(title, _)| title == now.title).map(|(_, amount)| *amount);
            match now.value {
                Amount::Marks(_) => Amount::Marks(found.and_then(Amount::marks)),
                Amount::Count(_) => found.unwrap_or(Amount::Marks(None)),
            }
        };
        Before {
            sealed: Some(sealed),
            figures: figures(now).into_iter().map(|now| (now.key, now.title, figure(&now))).collect(),
            units,
            contents: kept.contents.clone(),
        }
    }
}
