//! Writing: text to stdout, notes to stderr, files whole or not at all. What goes wrong is said in the clerk's
//! words: which file, why, what to do.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use super::{Color, Global};
use crate::config::Project;
use crate::run;
use crate::unseen::{self, is_unseen};

/// Prints a result on stdout, as it stands. A reader that has seen enough (`| head`) is no failure.
///
/// # Errors
/// Where stdout cannot take the text, as on a full disk.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => bail!("结果没有输出完：{}", reason(&error)),
        _ => Ok(()),
    }
}

/// Says on stderr what is under way or was written; silent under `--quiet`.
pub(crate) fn say(global: &Global, text: &str) {
    if !global.quiet {
        complain(text);
    }
}

/// Says on stderr what must be said, a line or more. A closed stderr is nobody's fault.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{}", harmless(text));
}

/// A text without anything that could steer a terminal or turn a line around; line breaks stay.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if is_unseen(c) && c != '\n' { '\u{fffd}' } else { c }).collect()
}

/// Whether what is printed on stdout gets colours.
pub(crate) fn colored(global: &Global) -> bool {
    match global.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => io::stdout().is_terminal() && environment_likes_colors(|name| std::env::var_os(name)),
    }
}

fn environment_likes_colors<V: AsRef<OsStr>>(var: impl Fn(&str) -> Option<V>) -> bool {
    let set = |name: &str| var(name).is_some_and(|value| !value.as_ref().is_empty());
    let dumb = var("TERM").is_some_and(|term| term.as_ref() == "dumb");
    // The old Windows console prints escapes as they stand; only newer ones name themselves.
    let able = !cfg!(windows) || set("WT_SESSION") || set("TERM");
    able && !dumb && !set("NO_COLOR")
}

/// Makes sure that no other run of the program takes files in at the same time: until the file is dropped, or the program
/// ends in whatever way.
///
/// # Errors
/// In Chinese: another one is at it, or the project's folder cannot be written to.
pub(crate) fn alone(project: &Project) -> anyhow::Result<fs::File> {
    let path = project.root.join(".yuedu.lock");
    let open = fs::OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = open.map_err(|error| anyhow!("“{}”写不了：{}", show(&path), reason(&error)))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => bail!("另一个 yuedu 正在收件：请等它做完，再收一次"),
        // A disk that knows no locks is no reason to refuse.
        Err(fs::TryLockError::Error(_)) => Ok(file),
    }
}

/// Writes a file whole or not at all: into a temporary file of the same folder, then renamed. Missing folders
/// are made. An existing file is replaced only where `replace` says so.
///
/// # Errors
/// In Chinese, naming the file: it exists, a folder stands there, it is open elsewhere, no right to write,
/// the disk is full. The file is then as it was.
pub(crate) fn write_whole(path: &Path, bytes: &[u8], replace: bool) -> anyhow::Result<()> {
    let shown = show(path);
    if path.file_name().is_none() || ends_in_separator(path) {
        bail!("“{shown}”不是文件名：请写出要写的文件");
    }
    if let Ok(there) = fs::symlink_metadata(path) {
        if there.is_dir() || path.is_dir() {
            bail!("“{shown}”是一个文件夹，不能当作文件来写：请换一个文件名");
        }
        if !replace {
            bail!("“{shown}”已经存在，没有覆盖；确要覆盖，请加 --force");
        }
    }
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
        _ => PathBuf::from("."),
    };
    make_folder(&folder)?;
    let fail = |error: &io::Error| anyhow!("写不了“{shown}”：{}", reason(error));
    let mut file = builder().tempfile_in(&folder).map_err(|error| fail(&error))?;
    // A full disk must show itself before the rename, not after it.
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(|error| fail(&error))?;
    file.persist(path).map_err(|refused| match refused.error.kind() {
        // Windows answers so where Excel or WPS holds the file.
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy if path.exists() => {
            anyhow!("写不了“{shown}”：它可能正打开着，请先在 WPS 或 Excel 中关闭，再试一次（也可能被设为只读）")
        }
        _ => fail(&refused.error),
    })?;
    Ok(())
}

/// Refuses to write over a file that is read in the same run, with `--force` or without.
///
/// # Errors
/// In Chinese, naming the file.
pub(crate) fn spare_input(project: &Project, paths: &[PathBuf], out: &Path) -> anyhow::Result<()> {
    if run::reads(project, paths, out) {
        bail!("“{}”是要读的报送文件，不能写在它上面：请换一个文件名", show(out));
    }
    Ok(())
}

/// Whether a file that is there may be written to, before anything leans on it; one that is not there may be made.
///
/// # Errors
/// In Chinese, naming the file: it is open elsewhere, or read-only.
pub(crate) fn check_open(path: &Path) -> anyhow::Result<()> {
    let shown = show(path);
    let Ok(about) = fs::metadata(path) else { return Ok(()) };
    if about.permissions().readonly() {
        bail!("写不了“{shown}”：它设成了只读，请在文件的属性里去掉“只读”再试");
    }
    match fs::OpenOptions::new().append(true).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!("写不了“{shown}”：它可能正打开着，请先在 WPS 或 Excel 中关闭，再试一次（也可能没有写的权限）")
        }
        Err(error) => bail!("写不了“{shown}”：{}", reason(&error)),
    }
}

/// Makes a folder and those above it.
///
/// # Errors
/// In Chinese, naming the folder.
pub(crate) fn make_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).map_err(|error| {
        // The nearest thing above that exists is what stands in the way.
        match folder.ancestors().find(|above| above.symlink_metadata().is_ok()) {
            Some(above) if !above.is_dir() => {
                anyhow!("建不了文件夹“{}”：“{}”是文件，不是文件夹", show(folder), show(above))
            }
            _ => anyhow!("建不了文件夹“{}”：{}", show(folder), reason(&error)),
        }
    })
}

/// A path as it is shown: `/` between folders, no control characters, no `./` in front.
pub(crate) fn show(path: &Path) -> String {
    let text = unseen::name(path.as_os_str());
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    // What lies in the current folder needs no `./` before it.
    let text = text.strip_prefix("./").filter(|rest| !rest.is_empty()).unwrap_or(&text);
    harmless(text).replace('\n', "\u{fffd}")
}

/// What the system means, in plain words: what is wrong and what to do.
pub(crate) fn reason(error: &io::Error) -> String {
    // 32 and 33 are Windows' sharing and lock violations; std has no name for them.
    let held = cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33));
    match error.kind() {
        _ if held => "文件正打开着，请先在 WPS 或 Excel 中关闭，再试一次".into(),
        ErrorKind::NotFound => "没有这个文件或文件夹".into(),
        ErrorKind::PermissionDenied => "没有权限：请换一个自己能写的文件夹，或找管理员开通".into(),
        ErrorKind::ReadOnlyFilesystem => "这个盘只能读不能写：请换一个位置".into(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            "磁盘空间不够：请清理后再试".into()
        }
        ErrorKind::NotADirectory => "路径中间有一段是文件，不是文件夹".into(),
        ErrorKind::IsADirectory => "这是文件夹，不是文件".into(),
        ErrorKind::InvalidFilename | ErrorKind::InvalidInput => "文件名太长，或含有不能用的字符".into(),
        ErrorKind::ResourceBusy => "文件正被别的程序使用，请关闭后再试".into(),
        _ => match error.raw_os_error() {
            Some(code) => format!("系统错误 {code}"),
            None => "系统没有说明原因".into(),
        },
    }
}

/// Temporary files are named as lock files are, so that a run in between skips them, and get the rights of any new file.
fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".~yuedu-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

fn ends_in_separator(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|last| std::path::is_separator(char::from(*last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_where_that_is_asked_for() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("汇总/一月/表.xlsx");
        write_whole(&path, b"one", false).unwrap();
        let refused = write_whole(&path, b"two", false).unwrap_err().to_string();
        assert!(refused.contains("表.xlsx") && refused.contains("--force"), "{refused}");
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write_whole(&path, b"three", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        let left: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(left, ["表.xlsx"], "no temporary file is left behind");
    }

    #[test]
    fn what_stands_in_the_way_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("汇总")).unwrap();
        fs::write(dir.path().join("文件"), "x").unwrap();
        let at = |name: &str| write_whole(&dir.path().join(name), b"x", true).unwrap_err().to_string();
        assert!(at("汇总").contains("是一个文件夹"), "{}", at("汇总"));
        assert!(at("文件/表.csv").contains("文件”是文件，不是文件夹"), "{}", at("文件/表.csv"));
        assert!(at("新/").contains("不是文件名"), "{}", at("新/"));
        let long = "长".repeat(200);
        assert!(at(&long).contains("文件名太长"), "{}", at(&long));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2, "nothing else was made");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_rights_of_any_other() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("plain"), "x").unwrap();
        write_whole(&dir.path().join("ours"), b"x", false).unwrap();
        let mode = |name: &str| fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("ours"), mode("plain"));
    }

    #[test]
    fn colours_follow_the_environment() {
        let with = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect();
            environment_likes_colors(|name| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
        };
        assert!(with(&[("TERM", "xterm-256color")]));
        assert!(with(&[("TERM", "xterm"), ("NO_COLOR", "")]), "an empty NO_COLOR is none");
        assert!(!with(&[("TERM", "xterm"), ("NO_COLOR", "1")]));
        assert!(!with(&[("TERM", "dumb")]));
    }

    #[test]
    fn text_of_a_path_cannot_steer_the_terminal() {
        assert_eq!(show(Path::new("报\u{1b}[31m.xlsx")), "报\u{fffd}[31m.xlsx");
        assert_eq!(show(Path::new("报\u{202e}xslx.\u{2066}\u{61c}甲")), "报\u{fffd}xslx.\u{fffd}\u{fffd}甲");
        assert_eq!(show(Path::new("./汇总/表.xlsx")), "汇总/表.xlsx");
        assert_eq!(show(Path::new("../汇总")), "../汇总");
    }
}
