//! The walk. Takes a project and paths; collects the files in a stable order, reads them, has them checked
//! and judged. The only room that reads what came in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use anyhow::bail;

use crate::calendar::Month;
use crate::config::{Level, Project};
use crate::digest;
use crate::form;
use crate::register::Registers;
use crate::sheet::{self, Book, ReadError};
use crate::text::Lexicon;
use crate::verdict::{self, Contents, Inbox, Incoming};

mod apart;
mod arrive;
mod collect;
mod earlier;
mod open;
mod serve;

use apart::Apart;
use collect::Found;

pub(crate) use apart::READER;
pub(crate) use arrive::{Arrived, arrived, held, month_folder, read_again};
pub(crate) use serve::serve;

/// The folder that holds what came in, one folder a month.
const INTAKE: &str = "报送";

/// Reads and judges `paths` (files or folders, recursive), or 报送/<month> where none is given. The project's months before
/// are read to compare with, but for those that are `known`.
///
/// # Errors
/// In Chinese: a path that does not exist, nothing to read.
pub(crate) fn inbox(
    project: &Project,
    registers: &Registers,
    paths: &[PathBuf],
    month: Option<Month>,
    known: &BTreeMap<Month, Inbox>,
) -> anyhow::Result<Inbox> {
    let mut month = month;
    let collected = if paths.is_empty() {
        let wanted = match month.or_else(|| months(project).last().copied()) {
            Some(wanted) => wanted,
            None => bail!(
                "没有可读的报送表：{} 下没有月份文件夹（如 {INTAKE}/2026-03）。请把各单位的表放进去，或直接写出文件、文件夹",
                collect::slashed(&project.root.join(INTAKE))
            ),
        };
        month = Some(wanted);
        let folders = month_folders(project, wanted);
        if folders.is_empty() {
            bail!(
                "没有 {wanted} 的报送表：请把各单位的表放进 {}{}",
                collect::slashed(&project.root.join(INTAKE).join(wanted.to_string())),
                strays(project)
            );
        }
        collect::collect(&folders, Some(&project.root))?
    } else {
        collect::collect(paths, None)?
    };
    if collected.files.is_empty() && collected.skipped == 0 {
        let looked = match month.filter(|_| paths.is_empty()) {
            Some(month) => format!("{INTAKE}/{month}"),
            None => paths.iter().map(|path| collect::slashed(path)).collect::<Vec<_>>().join("、"),
        };
        bail!("“{looked}”里没有文件：请把各单位的表放进去{}", strays(project));
    }
    let words = project.settings.lexicon();
    let apart = Apart::new();
    let incoming = read_all(project, &collected.files, month, &words, &apart);
    let before = earlier::before(project, registers, earlier::last_month(&incoming), known, Level::Info, &apart)?;
    let earlier = earlier::all(&before, known, &words);
    Ok(verdict::judge(project, registers, incoming, Some(&earlier), month, paths.is_empty(), collected.skipped))
}

/// Whether a file that is about to be written is one of those that are read: of `paths`, or of any month of 报送/.
pub(crate) fn reads(project: &Project, paths: &[PathBuf], out: &Path) -> bool {
    let Ok(out) = out.canonicalize() else { return false };
    let intake = [project.root.join(INTAKE)];
    let read = if paths.is_empty() { &intake } else { paths };
    let collected = read.iter().filter_map(|path| collect::collect(std::slice::from_ref(path), None).ok());
    collected.flat_map(|collected| collected.files).any(|file| file.path.canonicalize().is_ok_and(|path| path == out))
}

/// A word on files that lie in 报送/ itself, where no month is known of them.
fn strays(project: &Project) -> String {
    let entries = fs::read_dir(project.root.join(INTAKE)).into_iter().flatten().flatten();
    match entries.filter(|entry| entry.path().is_file()).count() {
        0 => String::new(),
        count => format!("；{INTAKE}/ 下有 {count} 个文件没有放进月份文件夹"),
    }
}

/// Reads and judges months of the project; one without a folder, or with an empty one, gives an empty inbox.
///
/// # Errors
/// In Chinese: a folder that cannot be read.
pub(crate) fn inboxes(
    project: &Project,
    registers: &Registers,
    months: impl IntoIterator<Item = Month>,
) -> anyhow::Result<BTreeMap<Month, Inbox>> {
    let words = project.settings.lexicon();
    let apart = Apart::new();
    let mut inboxes = BTreeMap::new();
    for month in months {
        let collected = collect::collect(&month_folders(project, month), Some(&project.root))?;
        let incoming = read_all(project, &collected.files, Some(month), &words, &apart);
        let before = earlier::before(project, registers, Some(month), &inboxes, Level::Error, &apart)?;
        let earlier = earlier::all(&before, &inboxes, &words);
        let inbox = verdict::judge(project, registers, incoming, Some(&earlier), Some(month), true, collected.skipped);
        inboxes.insert(month, inbox);
    }
    Ok(inboxes)
}

/// The months that have a folder under 报送/, earliest first.
pub(crate) fn months(project: &Project) -> Vec<Month> {
    folders(project).into_keys().collect()
}

/// The folders of a month under 报送/: usually one, however its name is spelled.
fn month_folders(project: &Project, month: Month) -> Vec<PathBuf> {
    folders(project).remove(&month).unwrap_or_default()
}

fn folders(project: &Project) -> BTreeMap<Month, Vec<PathBuf>> {
    let mut folders: BTreeMap<Month, Vec<PathBuf>> = BTreeMap::new();
    let Ok(entries) = fs::read_dir(project.root.join(INTAKE)) else { return folders };
    for entry in entries.flatten() {
        let path = entry.path();
        let month = path.file_name().and_then(|name| Month::parse(&name.to_string_lossy()));
        if let Some(month) = month.filter(|_| path.is_dir()) {
            folders.entry(month).or_default().push(path);
        }
    }
    folders.values_mut().for_each(|paths| paths.sort());
    folders
}

/// Files from this size on are read one at a time, so that their memory is taken once; a month's form is a tenth of it.
const LARGE: u64 = 256 << 10;

/// Reads every file, on as many threads as the machine has cores; the order of the result is that of `files`.
fn read_all(project: &Project, files: &[Found], month: Option<Month>, words: &Lexicon, apart: &Apart) -> Vec<Incoming> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(files.len()).min(8);
    let next = AtomicUsize::new(0);
    let large = Mutex::new(());
    let done: Mutex<Vec<(usize, Incoming)>> = Mutex::new(Vec::with_capacity(files.len()));
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, file)) = take(files, &next) {
                    let is_large = fs::metadata(&file.path).is_ok_and(|about| about.len() >= LARGE);
                    let alone = is_large.then(|| large.lock().unwrap_or_else(PoisonError::into_inner));
                    let incoming = read_one(project, file, month, words, apart);
                    drop(alone);
                    done.lock().unwrap_or_else(PoisonError::into_inner).push((at, incoming));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, incoming)| incoming).collect()
}

fn take<'a>(files: &'a [Found], next: &AtomicUsize) -> Option<(usize, &'a Found)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    files.get(at).map(|file| (at, file))
}

fn read_one(project: &Project, file: &Found, month: Option<Month>, words: &Lexicon, apart: &Apart) -> Incoming {
    // A fault of ours on one strange file is that file's line, and no end of the others.
    let bytes = open::bytes(&file.path);
    let digest = bytes.as_deref().map(digest::of).unwrap_or_default();
    let read = || match bytes.and_then(|bytes| book(bytes, &file.path, apart)) {
        Ok(book) => Contents::Forms(form::find(&book, &project.settings.form, words)),
        Err(error) => Contents::Unread(error),
    };
    let contents = sheet::quietly(read).unwrap_or_else(|| Contents::Unread(open::broken()));
    Incoming {
        path: file.shown.clone(),
        in_project: in_project(&project.root, file),
        asked: month.or(file.folder_month),
        digest,
        contents,
    }
}

/// The workbook of a file: read here where that is safe, else apart.
fn book(bytes: Vec<u8>, path: &Path, apart: &Apart) -> Result<Book, ReadError> {
    let here = sheet::read_if_safe(&bytes);
    drop(bytes);
    here.unwrap_or_else(|| apart.read(path))
}

/// The path of a file within the project's folder, where it lies there.
fn in_project(root: &Path, file: &Found) -> String {
    let inside = || {
        let path = file.path.canonicalize().ok()?;
        let root = root.canonicalize().ok()?;
        Some(collect::slashed(path.strip_prefix(root).ok()?))
    };
    match file.path.strip_prefix(root) {
        Ok(relative) => collect::slashed(relative),
        Err(_) => inside().unwrap_or_else(|| file.shown.clone()),
    }
}
