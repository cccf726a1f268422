//! Points to totals, totals to ranks and bands. An item stops at 0, the bonus at its cap; equal totals share a rank
//! and the next is skipped (1, 1, 3), in groups by unit kind.

use super::basis::Basis;
use super::price::price_of;
use super::{Band, Bonus, Deduction, Item, ReceiptState, UnitMonth};
use crate::config::Scoring;
use crate::points::Points;
use crate::register::BONUS;

/// Fills a unit's items, bonus, total and band from its rows.
pub(super) fn fill(basis: &Basis<'_>, unit: &mut UnitMonth) {
    let scoring = &basis.settings.scoring;
    match unit.receipt {
        ReceiptState::Pending | ReceiptState::NotOwed => return,
        // Nothing received: the month is 0, whatever the county praised.
        ReceiptState::Missing => unit.total = Some(Points::ZERO),
        ReceiptState::OnTime | ReceiptState::Late(_) | ReceiptState::Unregistered => {
            unit.items = Item::ALL.map(|item| left(price_of(scoring, item.full_marks()), item, &unit.deductions));
            unit.bonuses = bonuses(basis, unit);
            let sum: Points = unit.bonuses.iter().map(|bonus| bonus.points).sum();
            unit.bonus = sum.min(scoring.bonus_cap);
            unit.total = Some(unit.items.into_iter().sum::<Points>() + unit.bonus);
        }
    }
    unit.band = unit.total.map(|total| band(scoring, total));
}

/// Gives every unit with a total its rank among those of its kind.
pub(super) fn rank(units: &mut [UnitMonth]) {
    let totals: Vec<_> = units.iter().map(|unit| (unit.kind, unit.total)).collect();
    for unit in units {
        let Some(total) = unit.total else { continue };
        let better = totals.iter().filter(|(kind, other)| *kind == unit.kind && other.is_some_and(|o| o > total));
        unit.rank = Some(super::count::size(better.count()) + 1);
    }
}

fn left(full: Points, item: Item, rows: &[Deduction]) -> Points {
    let lost: Points = rows.iter().filter(|row| row.item == item).map(|row| row.points).sum();
    (full - lost).max(Points::ZERO)
}

fn bonuses(basis: &Basis<'_>, unit: &UnitMonth) -> Vec<Bonus> {
    let lines = basis.registers.adjustments.iter();
    lines
        .filter(|line| Some(line.unit) == unit.roster && line.month == basis.month && line.item == BONUS)
        .map(|line| Bonus {
            points: line.points,
            reason: line.reason.clone(),
            document: line.document.clone(),
            line: line.line,
        })
        .collect()
}

fn band(scoring: &Scoring, total: Points) -> Band {
    if total >= scoring.band_excellent {
        Band::Excellent
    } else if total >= scoring.band_good {
        Band::Good
    } else if total >= scoring.band_pass {
        Band::Pass
    } else {
        Band::Fail
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::register::ITEMS;

    #[test]
    fn what_the_register_may_name_is_the_bonus_or_an_item() {
        let items: Vec<&str> = std::iter::once(BONUS).chain(Item::ALL.map(Item::chinese)).collect();
        assert_eq!(items, ITEMS);
    }
}
