//! What each cell owes, from the layout and from its own state. A cell that owes a person is on duty.

use super::{Cell, Duty, Layout};

/// A date, a person and a concrete event.
const ALL: Duty = Duty { date: true, person: true, event: true };
/// A date alone.
const DATE: Duty = Duty { date: true, person: false, event: false };
const NOTHING: Duty = Duty { date: false, person: false, event: false };

/// Neither empty nor none.
fn tells(cell: &Cell) -> bool {
    !cell.text.is_empty() && !cell.facts.none
}

/// Lays on the three text cells of a record what they owe.
pub(super) fn lay(layout: Layout, progress: &mut Cell, problem: &mut Cell, handling: &mut Cell) {
    (progress.owes, problem.owes, handling.owes) = match layout {
        Layout::Four => (reported(progress), NOTHING, NOTHING),
        Layout::Six => {
            let progress = if progress.text.is_empty() { NOTHING } else { DATE };
            let on_duty = if tells(problem) { ALL } else { NOTHING };
            // Beside a none problem 处理情况 may be empty, none or free; beside a blank one a written one is on duty.
            let free = !problem.text.is_empty() && problem.facts.none;
            let handled = if tells(handling) && !free { ALL } else { NOTHING };
            (progress, on_duty, handled)
        }
    };
}

/// A four-column 监督开展情况 that reports a problem owes all; one that does not owes a date.
fn reported(progress: &Cell) -> Duty {
    if progress.text.is_empty() {
        NOTHING
    } else if progress.facts.fault && !progress.facts.none {
        ALL
    } else {
        DATE
    }
}
