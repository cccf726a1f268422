//! A second writer: fixed grids saved again by LibreOffice, where the machine has it, are read alike.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;

use super::sheet::{Grid, Put, written};
use crate::doors::{Cell, assert_sound, read_book};

/// LibreOffice, where the machine has it.
fn office() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["soffice", "soffice.exe", "libreoffice"];
    std::env::split_paths(&path).flat_map(|folder| names.map(|name| folder.join(name))).find(|file| file.is_file())
}

/// Files of a folder saved again in another format.
fn saved_again(office: &Path, folder: &Path, format: &str, names: &[String]) -> Vec<Vec<u8>> {
    let out = folder.join(format);
    let status = Command::new(office)
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--convert-to", format, "--outdir"])
        .arg(&out)
        .args(names.iter().map(|name| folder.join(format!("{name}.xlsx"))))
        .env("HOME", folder)
        .output()
        .unwrap();
    let read = |name: &String| {
        std::fs::read(out.join(format!("{name}.{format}"))).unwrap_or_else(|error| panic!("{error}: {status:?}"))
    };
    names.iter().map(read).collect()
}

fn grids() -> Vec<Grid> {
    let day = |y, m, d, h, min, s| NaiveDate::from_ymd_opt(y, m, d).unwrap().and_hms_opt(h, min, s).unwrap();
    let words = [
        "无",
        " 前后有空 ",
        "两行\n字",
        "三行\n\n字",
        "a & b < c > \"d\" 'e'",
        "\u{3000}全角空格\u{3000}",
        "=1+1",
        "'撇",
        "_x000D_",
        "零\u{200b}宽",
        "2026年3月5日",
        "007",
        "1e5",
        "TRUE",
        "#REF!",
        "🙂𠮷e\u{301}",
        "]]>",
        "tab\t里",
        "a  b   c",
    ];
    let texts = (0..).zip(words).map(|(row, word)| ((row, 1), Put::Text(word.to_owned()))).collect();
    let numbers = [0.0, 1.0, -1.0, 0.1, 3200.5, 1e15, 123_456_789.123, -0.000_1, 13_800_001_234.0, 1e-9, 2.5e200];
    let numbers = (0..).zip(numbers).map(|(row, number)| ((row, 0), Put::Number(number))).collect();
    let days = [
        day(1900, 3, 1, 0, 0, 0),
        day(1999, 12, 31, 23, 59, 59),
        day(2026, 3, 5, 0, 0, 0),
        day(2026, 3, 5, 8, 40, 30),
        day(2024, 2, 29, 12, 0, 0),
        day(9999, 12, 31, 0, 0, 0),
    ];
    let days = (0..).zip(days).map(|(row, day)| ((row, 3), Put::Date(day))).collect();
    let mixed = [
        // That program itself stores any further one as a number.
        ((0, 0), Put::Bool(true)),
        ((4, 4), Put::Error("#DIV/0!")),
        ((9, 9), Put::Text("远".to_owned())),
        ((900, 200), Put::Number(7.0)),
        ((20, 0), Put::Text("查".repeat(32_000))),
    ];
    vec![texts, numbers, days, mixed.into_iter().collect()]
}

/// What is seen of a cell: another program may store a day or a text in its own way.
fn told(cell: &(Cell, String)) -> (&'static str, String) {
    match cell {
        (Cell::Text(_), shown) => ("text", shown.clone()),
        (Cell::Number(number), _) => ("number", format!("{number:.12e}")),
        (Cell::Date(day), _) => ("date", day.to_string()),
        (Cell::Bool(yes), _) => ("bool", yes.to_string()),
        (Cell::Error(code), _) => ("error", code.clone()),
    }
}

#[test]
fn what_another_program_saves_again_is_read_alike() {
    let Some(office) = office() else {
        println!("skipped: no LibreOffice on this machine");
        return;
    };
    let folder = tempfile::TempDir::new().unwrap();
    let grids = grids();
    let names: Vec<String> = (0..grids.len()).map(|at| format!("g{at}")).collect();
    let files: Vec<Vec<u8>> = grids.iter().map(written).collect();
    for (name, bytes) in names.iter().zip(&files) {
        std::fs::write(folder.path().join(format!("{name}.xlsx")), bytes).unwrap();
    }
    let cells = |bytes: &[u8]| -> BTreeMap<(u32, u32), (&'static str, String)> {
        let read = read_book(bytes);
        assert_sound(&read);
        read.unwrap()[0].cells.iter().map(|(place, cell)| (*place, told(cell))).collect()
    };
    let mut faults = Vec::new();
    for format in ["xlsx", "xls", "ods"] {
        let again = saved_again(&office, folder.path(), format, &names);
        for ((grid, ours), theirs) in grids.iter().zip(&files).zip(&again) {
            let (ours, theirs) = (cells(ours), cells(theirs));
            assert_eq!(ours.len(), grid.len(), "the grid itself is read whole");
            for place in ours.keys().chain(theirs.keys().filter(|place| !ours.contains_key(place))) {
                let (one, other) = (ours.get(place), theirs.get(place));
                if one != other {
                    faults.push(format!("{format} {place:?}: {one:?} became {other:?}"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
