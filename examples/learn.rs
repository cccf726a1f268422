//! Learns how persons are written from the labelled records of `tests/corpus` and writes the model that the program
//! is built with, the same bytes each time:
//!
//! ```text
//! cargo run --release --example learn --features doors
//! cargo run --release --example learn --features doors -- halves
//! ```
//!
//! With `halves`, nothing is written: each half of the records (those at odd places of every file, then those at even
//! ones) is read by a model that was learnt from the other half; and each file by a model learnt from all others.
//! `misread` besides shows what was read otherwise than labelled.
#![expect(clippy::print_stdout, reason = "a program that learns says what came of it")]

use std::path::Path;
use std::{fs, io};

use yuedu::doors::{Record, figures, learn};

/// A file of records with its name.
type Set = (String, Vec<Record>);

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let asked = |word: &str| std::env::args().any(|arg| arg == word);
    let sets = sets(&root.join("tests/corpus"))?;
    if asked("halves") {
        halves(&sets, asked("misread"));
        return Ok(());
    }
    let records: Vec<&Record> = sets.iter().flat_map(|(_, records)| records).collect();
    let model = learn(&records);
    let path = root.join("checklists/lexicon/persons.model");
    fs::write(&path, &model)?;
    println!("{}: {} KB from {} records", path.display(), model.len() / 1024, records.len());
    Ok(())
}

/// The files of a folder; those of folders in it are not learnt from.
fn sets(folder: &Path) -> io::Result<Vec<Set>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    files.retain(|path| path.extension().is_some_and(|ext| ext == "jsonl"));
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let records = fs::read_to_string(path)?.lines().map(Record::parse).collect::<Result<_, _>>()?;
        Ok((name, records))
    };
    files.iter().map(read).collect()
}

fn halves(sets: &[Set], misread: bool) {
    let half = |odd: usize| -> Vec<&Record> {
        sets.iter().flat_map(|(_, records)| records.iter().skip(odd).step_by(2)).collect()
    };
    let (odd, even) = (half(0), half(1));
    println!("{}", figures("odd half, learnt from the even one", &odd, &learn(&even), misread));
    println!("{}", figures("even half, learnt from the odd one", &even, &learn(&odd), misread));
    for (name, records) in sets {
        let others = sets.iter().filter(|other| other.0 != *name).flat_map(|(_, records)| records);
        let model = learn(&others.collect::<Vec<_>>());
        let records: Vec<&Record> = records.iter().collect();
        println!("{}", figures(&format!("{name}, learnt from all others"), &records, &model, misread));
    }
}
