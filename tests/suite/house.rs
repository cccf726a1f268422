//! The house: imports go down, the map is true, files fit one sitting, every rule has its page.

use std::fs;
use std::path::{Path, PathBuf};

/// Rooms by floor, ground first. A room may import only from floors below its own.
const FLOORS: &[&[&str]] = &[
    &["calendar", "digest", "place", "naming", "near", "points", "text", "unseen"],
    &["sheet", "config"],
    &["register", "form"],
    &["rules"],
    &["verdict"],
    &["tally", "intake"],
    &["run"],
    &["report", "workbook", "template"],
    &["cli", "doors"],
];

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_go_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut faults = Vec::new();
    let mut seen = 0;
    for file in &files {
        let inside = file.strip_prefix(&src).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
        let room = first.trim_end_matches(".rs");
        if room == "lib" || room == "main" {
            continue;
        }
        let floor = floor_of(room).unwrap_or_else(|| panic!("{room} stands on no floor"));
        for (number, line) in fs::read_to_string(file).unwrap().lines().enumerate() {
            for part in line.split("crate::").skip(1) {
                let other: String = part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                seen += 1;
                // Rooms of the ground floor are small and may lean on each other; text leans on place.
                let ground = floor == 0 && floor_of(&other) == Some(0);
                if other != room && !ground && floor_of(&other).is_some_and(|f| f >= floor) {
                    faults.push(format!("{}:{} imports {other}", inside.display(), number + 1));
                }
            }
        }
    }
    assert!(seen > 40, "the test reads nothing: {seen} imports");
    assert!(faults.is_empty(), "imports that do not go down:\n{}", faults.join("\n"));
}

#[test]
fn the_map_names_every_room_on_its_floor() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    // `doors` alone is open to the outside, and only with its feature.
    let declared = lib.lines().map(|line| line.strip_prefix("pub ").unwrap_or(line));
    let rooms: Vec<&str> = declared.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 15, "{rooms:?}");
    for room in &rooms {
        let floor = floor_of(room).unwrap_or_else(|| panic!("{room} stands on no floor"));
        let line = format!("//! | {floor} | [`{room}`] |");
        assert!(lib.contains(&line), "the map in lib.rs has no line “{line}…”");
    }
    for room in FLOORS.iter().copied().flatten() {
        assert!(rooms.contains(room), "{room} is on a floor and not in the house");
    }
}

/// Whether a file is a module of tests alone, as its `mod.rs` declares it.
fn is_test(file: &Path) -> bool {
    let room = fs::read_to_string(file.with_file_name("mod.rs")).unwrap_or_default();
    let stem = file.file_stem().unwrap().to_string_lossy();
    room.contains(&format!("#[cfg(test)]\nmod {stem};"))
}

#[test]
fn a_file_fits_one_sitting() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let long: Vec<String> = files
        .iter()
        .filter(|file| !is_test(file))
        .filter_map(|file| {
            let text = fs::read_to_string(file).unwrap();
            // The cases at the foot of a grammar are a table, not a burden.
            let lines = text.lines().take_while(|line| *line != "#[cfg(test)]").count();
            // A `mod.rs` holds the types of its room, mostly their captions; a grammar is a table of spellings.
            let most = if file.ends_with("mod.rs") { 500 } else { 400 };
            (lines > most).then(|| format!("{}: {lines} lines", file.strip_prefix(&src).unwrap().display()))
        })
        .collect();
    assert!(long.is_empty(), "look for a second noun in\n{}", long.join("\n"));
}
