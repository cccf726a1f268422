//! Files that come from outside, for `receive`: what they are by themselves, before any register speaks of them, and what
//! already lies in 报送/.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::apart::Apart;
use super::{INTAKE, collect, folders, month_folders, open, read_all};
use crate::calendar::Month;
use crate::config::Project;
use crate::digest;
use crate::intake::Held;
use crate::naming;
use crate::register::Registers;
use crate::sheet::{self, ReadError};
use crate::verdict::{self, FileState, Inbox, JudgedFile};

/// The files that were given.
pub(crate) struct Arrived {
    /// As they are by themselves, in order of path bytes.
    pub inbox: Inbox,
    /// Where each can be opened.
    pub paths: Vec<PathBuf>,
    /// Where each lies within the project, for those that do.
    pub places: Vec<Option<String>>,
    /// The ending of each that was read, where the one in its name does not fit what it holds.
    pub endings: Vec<Option<&'static str>>,
}

/// Reads files or folders (recursive) as they are by themselves: whose they are by their heads and names, for which month.
///
/// # Errors
/// In Chinese: a path that does not exist, nothing to read.
pub(crate) fn arrived(project: &Project, paths: &[PathBuf], month: Option<Month>) -> anyhow::Result<Arrived> {
    let collected = collect::collect(paths, None)?;
    if collected.files.is_empty() {
        let looked: Vec<String> = paths.iter().map(|path| collect::slashed(path)).collect();
        let skipped = if collected.skipped > 0 { "（只有锁文件、隐藏文件）" } else { "" };
        bail!("“{}”里没有文件{skipped}：请核对路径", looked.join("、"));
    }
    let incoming = read_all(project, &collected.files, month, &project.settings.lexicon(), &Apart::new());
    let inbox = verdict::judge(project, &Registers::default(), incoming, None, month, false, collected.skipped);
    let root = project.root.canonicalize().ok();
    let place = |path: &Path| {
        let path = path.canonicalize().ok()?;
        Some(collect::slashed(path.strip_prefix(root.as_ref()?).ok()?))
    };
    let paths: Vec<PathBuf> = collected.files.into_iter().map(|file| file.path).collect();
    let places = paths.iter().map(|path| place(path)).collect();
    let ending = |(file, path): (&JudgedFile, &PathBuf)| {
        let read = matches!(file.state, FileState::Form | FileState::NoForm);
        let bytes = open::bytes(path).ok().filter(|_| read)?;
        sheet::better_ending(&bytes, naming::ending(naming::last(&file.path)))
    };
    let endings = inbox.files.iter().zip(&paths).map(ending).collect();
    Ok(Arrived { inbox, paths, places, endings })
}

/// Everything that lies in the months of 报送/, by month and path, with its digest.
///
/// # Errors
/// In Chinese: a folder that cannot be read.
pub(crate) fn held(project: &Project) -> anyhow::Result<Vec<Held>> {
    let mut held = Vec::new();
    for (month, folders) in folders(project) {
        for file in collect::collect(&folders, Some(&project.root))?.files {
            let digest = open::bytes(&file.path).map(|bytes| digest::of(&bytes)).unwrap_or_default();
            held.push(Held { month, path: file.shown, digest });
        }
    }
    Ok(held)
}

/// The folder that takes a month's files, as a path in the project: the one there is, else 报送/2026-03.
pub(crate) fn month_folder(project: &Project, month: Month) -> String {
    let usual = format!("{INTAKE}/{month}");
    let there: Vec<String> = month_folders(project, month)
        .iter()
        .filter_map(|folder| Some(collect::slashed(folder.strip_prefix(&project.root).ok()?)))
        .collect();
    if there.contains(&usual) { usual } else { there.into_iter().next().unwrap_or(usual) }
}

/// The bytes of a file that was read before.
///
/// # Errors
/// In Chinese: it cannot be opened any more, or is not what it was.
pub(crate) fn read_again(path: &Path, digest: &str) -> anyhow::Result<Vec<u8>> {
    let shown = collect::slashed(path);
    let bytes = open::bytes(path).map_err(|error| match error {
        ReadError::Unreadable(why) | ReadError::Unsupported(why) => anyhow!("读不了“{shown}”：{why}"),
        ReadError::Encrypted => anyhow!("读不了“{shown}”：文件设了打开密码"),
    })?;
    if digest::of(&bytes) != digest {
        bail!("“{shown}”在读的时候变了：可能还在拷贝或正打开着，请稍后再收");
    }
    Ok(bytes)
}
