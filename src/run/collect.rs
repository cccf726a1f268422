//! Paths → the files to look at, in order of path bytes. Folders are walked; links are followed once, never in
//! a circle. Lock files and the system's own droppings are counted, not looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use anyhow::{anyhow, bail};
use walkdir::{DirEntry, WalkDir};

use crate::calendar::Month;
use crate::unseen;

/// A file that lies in one of the paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Where to open it.
    pub path: PathBuf,
    /// How it is named to people: as given, or relative to the project; `/` between folders.
    pub shown: String,
    /// The month folder it lies in, if it lies in one.
    pub folder_month: Option<Month>,
}

/// What lies in the paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Collected {
    pub files: Vec<Found>,
    pub skipped: u32,
}

/// Collects the files of `paths`. A path inside `root` given with `relative` is shown relative to it.
///
/// # Errors
/// In Chinese, where a path given does not exist or a folder cannot be read.
pub(crate) fn collect(paths: &[PathBuf], root: Option<&Path>) -> anyhow::Result<Collected> {
    let mut collected = Collected::default();
    for path in paths {
        let kind = fs::metadata(path).map_err(|error| match error.kind() {
            ErrorKind::PermissionDenied => anyhow!("不能读取“{}”：没有读取权限", slashed(path)),
            _ => anyhow!("找不到“{}”，请核对路径", slashed(path)),
        })?;
        if kind.is_dir() {
            walk(path, root, &mut collected)?;
        } else if is_dropping(path.file_name()) {
            collected.skipped += 1;
        } else {
            collected.files.push(found(path.clone(), root));
        }
    }
    collected.files.sort_by(|a, b| a.shown.as_bytes().cmp(b.shown.as_bytes()));
    once(&mut collected.files);
    Ok(collected)
}

/// Leaves every file once: it may be given by two spellings of its path, or be reached by links. Its own name is
/// kept before that of a link.
fn once(files: &mut Vec<Found>) {
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| whole(path));
    let mut kept: BTreeMap<PathBuf, (bool, usize)> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        let place = real(&file.path);
        let own = file.path.symlink_metadata().is_ok_and(|about| !about.is_symlink());
        let best = kept.entry(place).or_insert((own, at));
        if own && !best.0 {
            *best = (own, at);
        }
    }
    let kept: BTreeSet<usize> = kept.into_values().map(|(_, at)| at).collect();
    let mut at = 0..;
    files.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
}

fn walk(folder: &Path, root: Option<&Path>, collected: &mut Collected) -> anyhow::Result<()> {
    let is_hidden_folder =
        |entry: &DirEntry| entry.depth() > 0 && entry.path().is_dir() && is_dropping(Some(entry.file_name()));
    let mut entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            // A link to nothing or in a circle is named like any other file that cannot be opened.
            Err(error) => {
                match error.path() {
                    Some(path) if error.depth() > 0 => collected.files.push(found(path.to_path_buf(), root)),
                    _ => bail!("不能读取文件夹“{}”：{}", slashed(folder), plain(&error)),
                }
                continue;
            }
        };
        if is_hidden_folder(&entry) {
            collected.skipped += count_files(entry.path());
            entries.skip_current_dir();
        } else if entry.file_type().is_dir() {
            // An empty folder under a workbook's name is one that somebody takes for a workbook.
            if entry.depth() > 0 && names_a_workbook(entry.file_name()) && is_empty(entry.path()) {
                collected.files.push(found(entry.into_path(), root));
            }
        } else if is_dropping(Some(entry.file_name())) {
            collected.skipped += 1;
        } else {
            collected.files.push(found(entry.into_path(), root));
        }
    }
    Ok(())
}

fn names_a_workbook(name: &OsStr) -> bool {
    let kind = Path::new(name).extension().map(|kind| kind.to_string_lossy().to_ascii_lowercase());
    kind.is_some_and(|kind| ["xlsx", "xlsm", "xls", "et", "ods", "xlsb"].contains(&kind.as_str()))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none())
}

fn plain(error: &walkdir::Error) -> &'static str {
    match error.io_error().map(std::io::Error::kind) {
        Some(ErrorKind::PermissionDenied) => "没有读取权限",
        Some(ErrorKind::NotFound) => "已不存在",
        _ => "系统不允许读取",
    }
}

fn count_files(folder: &Path) -> u32 {
    let files = WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    u32::try_from(files.count()).unwrap_or(u32::MAX)
}

/// Lock files of WPS and Excel, hidden files, and what systems leave in folders.
fn is_dropping(name: Option<&OsStr>) -> bool {
    let Some(name) = name.map(OsStr::to_string_lossy) else { return false };
    name.starts_with("~$")
        || name.starts_with('.')
        || name == "__MACOSX"
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
}

fn found(path: PathBuf, root: Option<&Path>) -> Found {
    let relative = root.and_then(|root| path.strip_prefix(root).ok());
    let shown = slashed(relative.unwrap_or(&path));
    let folder_month = month_of_folder(&std::path::absolute(&path).unwrap_or_else(|_| path.clone()));
    Found { path, shown, folder_month }
}

/// A path as products write it: `/` between its parts on every system.
pub(crate) fn slashed(path: &Path) -> String {
    let mut shown = String::new();
    for part in path.components() {
        match part {
            Component::RootDir => shown.push('/'),
            Component::CurDir => {}
            part => {
                if !shown.is_empty() && !shown.ends_with('/') {
                    shown.push('/');
                }
                shown.push_str(&unseen::name(part.as_os_str()));
            }
        }
    }
    shown
}

/// The innermost folder above the file that is named after a month.
fn month_of_folder(path: &Path) -> Option<Month> {
    let folder = path.parent()?;
    folder.components().rev().find_map(|part| Month::parse(&part.as_os_str().to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, b"x").unwrap();
    }

    #[test]
    fn files_are_found_in_order_and_droppings_are_counted() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path();
        for name in ["报送/2026-03/b.xlsx", "报送/2026-03/乡镇/a.xls", "报送/2026-03/~$b.xlsx", "报送/2026-03/.~b.xlsx"]
        {
            touch(&root.join(name));
        }
        touch(&root.join("报送/2026-03/__MACOSX/x/b.xlsx"));
        touch(&root.join("报送/2026-03/Thumbs.db"));
        // What a run that was killed left behind.
        touch(&root.join("报送/2026-03/.~yuedu-a1b2.tmp"));
        let collected = collect(&[root.join("报送/2026-03")], Some(root)).unwrap();
        let shown: Vec<&str> = collected.files.iter().map(|file| file.shown.as_str()).collect();
        assert_eq!(shown, ["报送/2026-03/b.xlsx", "报送/2026-03/乡镇/a.xls"]);
        assert_eq!(collected.skipped, 5);
        assert!(collected.files.iter().all(|file| file.folder_month == Month::new(2026, 3)));
    }

    #[test]
    fn one_file_given_twice_is_read_once() {
        let temp = tempfile::tempdir().unwrap();
        touch(&temp.path().join("a.xlsx"));
        let paths = [temp.path().join("a.xlsx"), temp.path().to_path_buf()];
        assert_eq!(collect(&paths, None).unwrap().files.len(), 1);
    }

    #[test]
    fn a_path_that_is_not_there_is_named() {
        let error = collect(&[PathBuf::from("没有这个.xlsx")], None).unwrap_err();
        let told: Vec<String> = error.chain().map(ToString::to_string).collect();
        assert_eq!(told, ["找不到“没有这个.xlsx”，请核对路径"]);
    }

    #[test]
    fn an_empty_folder_under_the_name_of_a_workbook_is_named() {
        let temp = tempfile::tempdir().unwrap();
        fs::create_dir_all(temp.path().join("青石镇.XLSX")).unwrap();
        fs::create_dir_all(temp.path().join("空的")).unwrap();
        touch(&temp.path().join("大坪镇.xlsx/三月.xlsx"));
        let collected = collect(&[temp.path().to_path_buf()], Some(temp.path())).unwrap();
        let shown: Vec<&str> = collected.files.iter().map(|file| file.shown.as_str()).collect();
        assert_eq!(shown, ["大坪镇.xlsx/三月.xlsx", "青石镇.XLSX"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_and_the_links_to_it_are_one_file_by_its_own_name() {
        use std::os::unix::fs::symlink;
        let temp = tempfile::tempdir().unwrap();
        touch(&temp.path().join("里/乙.xlsx"));
        symlink(temp.path().join("里/乙.xlsx"), temp.path().join("甲.xlsx")).unwrap();
        symlink(temp.path().join("里/乙.xlsx"), temp.path().join("丙.xlsx")).unwrap();
        let shown = |paths: &[PathBuf]| -> Vec<String> {
            collect(paths, Some(temp.path())).unwrap().files.into_iter().map(|file| file.shown).collect()
        };
        assert_eq!(shown(&[temp.path().to_path_buf()]), ["里/乙.xlsx"]);
        assert_eq!(shown(&[temp.path().join("甲.xlsx"), temp.path().join("丙.xlsx")]), ["丙.xlsx"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_are_told_apart() {
        use std::os::unix::ffi::OsStrExt;
        let temp = tempfile::tempdir().unwrap();
        for name in [&b"\xff.xlsx"[..], b"\xfe.xlsx"] {
            touch(&temp.path().join(OsStr::from_bytes(name)));
        }
        let collected = collect(&[temp.path().to_path_buf()], Some(temp.path())).unwrap();
        let shown: Vec<&str> = collected.files.iter().map(|file| file.shown.as_str()).collect();
        assert_eq!(shown, ["\\xfe.xlsx", "\\xff.xlsx"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_end_and_are_named() {
        let temp = tempfile::tempdir().unwrap();
        touch(&temp.path().join("a.xlsx"));
        std::os::unix::fs::symlink(temp.path(), temp.path().join("圈")).unwrap();
        let collected = collect(&[temp.path().to_path_buf()], None).unwrap();
        let shown: Vec<&str> = collected.files.iter().map(|file| file.shown.as_str()).collect();
        assert!(shown.iter().any(|name| name.ends_with("圈")), "{shown:?}");
        assert!(shown.len() <= 2);
    }
}
