//! The walk. Takes a project and paths; collects the files in a stable order, reads them, has them checked
//! and judged. The only room that reads what came in.

use std::path::PathBuf;

use crate::calendar::Month;
use crate::config::Project;
use crate::register::Registers;
use crate::verdict::Inbox;

mod collect;

/// Reads and judges `paths` (files or folders, recursive), or 报送/<month> where none is given.
///
/// # Errors
/// In Chinese: a path that does not exist, nothing to read.
pub(crate) fn inbox(
    project: &Project,
    registers: &Registers,
    paths: &[PathBuf],
    month: Option<Month>,
) -> anyhow::Result<Inbox> {
    let _ = (project, registers, paths, month);
    Ok(Inbox::default())
}

/// The months that have a folder under 报送/, earliest first.
pub(crate) fn months(project: &Project) -> Vec<Month> {
    let _ = project;
    Vec::new()
}
