//! From as written to as meant: a folder's `yuedu.toml`, `checklists/*.toml` and `重点/*.toml` over a built-in profile.
//! Every fault of every file is told at once.

use std::fs;
use std::path::{Path, PathBuf};

use super::builtin::{self, BUILTIN, Builtin};
use super::checklist::{self, Written};
use super::lists;
use super::reader::{Reader, Spot};
use super::source::{obstacle, read_bytes, shown, utf8};
use super::table::Table;
use super::{ConfigError, Fault, Project, Settings, focus, profile, roster};
use crate::calendar::Month;
use crate::near;

/// The project file's usual name.
pub(super) const FILE: &str = "yuedu.toml";
/// The folder of the county's own task lists.
const CHECKLISTS: &str = "checklists";
/// The folder of the months' focus items.
const FOCUS: &str = "重点";

/// What the project file leaves for the other files to know.
struct Main {
    settings: Settings,
    lists: Vec<Written>,
    /// Where the county's own `contents` stand.
    contents_at: Option<Spot>,
    /// Read without a fault of syntax.
    whole: bool,
}

pub(super) fn load(at: &Path) -> Result<Project, ConfigError> {
    let mut faults = Vec::new();
    let place = locate(at).map_err(|fault| ConfigError(vec![fault]))?;
    let file = shown(Path::new(place.file.file_name().unwrap_or_default()));
    let text = match read_text(&place.file, &file) {
        Ok(None) if place.must_exist => return Err(ConfigError(vec![whole_file(&file, "没有这个文件")])),
        Ok(text) => text,
        Err(fault) => return Err(ConfigError(vec![fault])),
    };
    let mut main = read_main(&file, text.as_deref().unwrap_or(""), &mut faults);
    let own = read_lists(&place.root, &mut faults);
    let merged = lists::merge(std::mem::take(&mut main.lists), own, &mut faults);
    let contents_at = main.contents_at.map(|spot| (file.as_str(), spot));
    let mut unsettled = Vec::new();
    main.settings.lists = lists::settle(&merged, &main.settings.contents, contents_at, &mut unsettled);
    // Contents that were not read whole are no ground for blaming tasks.
    if main.whole {
        faults.extend(unsettled);
    }
    read_focus(&place.root, &mut main, &mut faults);
    if faults.is_empty() {
        return Ok(Project { root: place.root, written: text.is_some(), settings: main.settings });
    }
    faults.sort();
    faults.dedup();
    Err(ConfigError(faults))
}

/// The project's folder and its file.
struct Place {
    root: PathBuf,
    file: PathBuf,
    /// The file itself was named.
    must_exist: bool,
}

fn locate(at: &Path) -> Result<Place, Fault> {
    match fs::metadata(at) {
        Ok(meta) if meta.is_dir() => Ok(Place { root: at.to_owned(), file: at.join(FILE), must_exist: false }),
        Ok(_) => {
            let root = at.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
            Ok(Place { root: root.to_owned(), file: at.to_owned(), must_exist: true })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(whole_file(&shown(at), "没有这个项目文件夹或文件；请核对路径，或用 yuedu init 新建"))
        }
        Err(error) => Err(whole_file(&shown(at), &obstacle(&error))),
    }
}

fn whole_file(file: &str, message: &str) -> Fault {
    Fault { file: file.to_owned(), line: 0, column: 0, message: message.to_owned() }
}

/// The text of a file; none where there is no such file.
fn read_text(path: &Path, file: &str) -> Result<Option<String>, Fault> {
    let Some(bytes) = read_bytes(path).map_err(|message| whole_file(file, &message))? else { return Ok(None) };
    match utf8(&bytes) {
        Ok(text) => Ok(Some(text.to_owned())),
        Err((line, message)) => Err(Fault { file: file.to_owned(), line, column: 1, message }),
    }
}

fn read_main(file: &str, text: &str, faults: &mut Vec<Fault>) -> Main {
    let (reader, entries) = Reader::new(file, text);
    let top = Table::top(&reader, &entries);
    let own = ["profile", "county", "unit"];
    let known: Vec<&str> = own.into_iter().chain(profile::KEYS).collect();
    top.only(&known);
    let (mut settings, lists, profile_faults) = profile::base(read_profile(top));
    faults.extend(profile_faults);
    profile::overlay(top, &mut settings);
    settings.county = read_county(top);
    settings.units = roster::read(top);
    let contents_at = top.has("contents").then(|| top.spot_of("contents"));
    let whole = !reader.broken();
    faults.extend(reader.into_faults());
    Main { settings, lists, contents_at, whole }
}

/// The profile that the project names; the default one where it names none or none that there is.
fn read_profile(top: Table<'_>) -> &'static Builtin {
    let default = || BUILTIN.first().expect("there is a default profile");
    let Some(written) = top.text("profile") else { return default() };
    builtin::named(&written.value).unwrap_or_else(|| {
        top.blame(written.spot, no_profile(&written.value));
        default()
    })
}

/// What to say of a profile that there is not.
pub(crate) fn no_profile(name: &str) -> String {
    let names: Vec<&str> = BUILTIN.iter().map(|builtin| builtin.name).collect();
    match near::nearest(name, names.iter().copied()) {
        Some(meant) => format!("没有“{name}”这套内置清单，是 \"{meant}\" 吗？"),
        None => format!("没有“{name}”这套内置清单；有：{}", names.join("、")),
    }
}

fn read_county(top: Table<'_>) -> Option<String> {
    let county = top.text("county")?;
    if near::key(&county.value).contains("纪委") {
        top.blame(county.spot, format!("county 只写县名，如 \"清河县\"；“{}”里的纪委监委由程序加上", county.value));
    }
    Some(county.value)
}

/// The county's own task lists.
fn read_lists(root: &Path, faults: &mut Vec<Fault>) -> Vec<Written> {
    let mut lists = Vec::new();
    for (path, file) in toml_files(root, CHECKLISTS, faults) {
        match read_text(&path, &file) {
            Ok(Some(text)) => lists.extend(checklist::read(&file, &text, true, faults)),
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
    lists
}

fn read_focus(root: &Path, main: &mut Main, faults: &mut Vec<Fault>) {
    for (path, file) in toml_files(root, FOCUS, faults) {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(month) = Month::parse(&stem) else {
            faults.push(whole_file(&file, "文件名应是月份，如 2026-03.toml"));
            continue;
        };
        match read_text(&path, &file) {
            Ok(Some(text)) => {
                let items = focus::read(&file, &text, &main.settings, main.whole, faults);
                if main.settings.focus.insert(month, items).is_some() {
                    faults.push(whole_file(&file, &format!("{}的重点工作有两个文件，请合为一个", month.chinese())));
                }
            }
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        }
    }
}

/// The TOML files of a folder in the order of their names, each with its name for messages; hidden files and what
/// an editor leaves behind are none.
fn toml_files(root: &Path, folder: &str, faults: &mut Vec<Fault>) -> Vec<(PathBuf, String)> {
    let entries = match fs::read_dir(root.join(folder)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            faults.push(whole_file(folder, &obstacle(&error)));
            return Vec::new();
        }
    };
    let mut files: Vec<(PathBuf, String)> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("toml")))
        .map(|path| {
            let name = shown(Path::new(path.file_name().unwrap_or_default()));
            (path, name)
        })
        .filter(|(_, name)| !name.starts_with(['.', '~']))
        .map(|(path, name)| (path, format!("{folder}/{name}")))
        .collect();
    files.sort_by(|a, b| a.1.cmp(&b.1));
    files
}
