//! The month before, for the comparison: as it was made final, else by a fresh count of its sheets.

use super::figure::{Figure, figures};
use super::finale::{self, Sealed};
use super::{Tally, UnitMonth};
use crate::config::Settings;
use crate::near;
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
    pub(super) fn sealed(settings: &Settings, kept: &Finale, sealed: Sealed, now: &Tally) -> Before {
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
            units: now.units.iter().map(|unit| standing(settings, kept, unit)).collect(),
            contents: kept.contents.clone(),
        }
    }
}

/// How a unit stands in a final month, found by its name or by one that it bore then.
fn standing(settings: &Settings, kept: &Finale, unit: &UnitMonth) -> BeforeUnit {
    let found = kept.units.iter().find(|old| is_unit(settings, &old.name, unit.roster, &unit.name));
    found.map(|old| BeforeUnit { total: old.total, rank: old.rank }).unwrap_or_default()
}

/// Whether a name written in a final month means a unit.
pub(super) fn is_unit(settings: &Settings, written: &str, roster: Option<usize>, name: &str) -> bool {
    match roster {
        Some(_) => settings.unit_named(written) == roster,
        None => near::key(written) == near::key(&finale::plain(name)),
    }
}
