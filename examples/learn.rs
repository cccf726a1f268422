//! Learns how persons are written from the labelled records of `tests/corpus` and writes the model that the program
//! is built with, the same bytes each time:
//!
//! ```text
//! cargo run --release --example learn --features doors
//! cargo run --release --example learn --features doors -- halves
//! cargo run --release --example learn --features doors -- files dev
//! cargo run --release --example learn --features doors -- unseen misread
//! ```
//!
//! With `halves`, nothing is written: each half of the records (those at odd places of every file, then those at even
//! ones) is read by a model that was learnt from the other half. With `files`, each file, or those that are named, is read
//! by a model learnt from all others; with `unseen`, those of `tests/corpus/unseen` by one learnt from all that are not. `misread` besides shows what was read otherwise than labelled.
#![expect(clippy::print_stdout, reason = "a program that learns says what came of it")]

use std::path::Path;
use std::{fs, io, thread};

use yuedu::doors::{Record, figures, learn};

/// A file of records with its name.
type Set = (String, Vec<Record>);

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let asked = |word: &str| std::env::args().any(|arg| arg == word);
    let sets = sets(&root.join("tests/corpus"))?;
    let others = self::sets(&root.join("tests/corpus/unseen"))?;
    let splits = match () {
        () if asked("halves") => halves(&sets),
        () if asked("files") => files(&sets),
        () if asked("unseen") => unseen(&sets, &others),
        () => return write(root, &sets),
    };
    show(&splits, asked("misread"));
    Ok(())
}

fn write(root: &Path, sets: &[Set]) -> io::Result<()> {
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

/// Records to learn from, and those to read then, each set with its title.
struct Split<'a> {
    learnt: Vec<&'a Record>,
    read: Vec<(String, Vec<&'a Record>)>,
}

fn halves(sets: &[Set]) -> Vec<Split<'_>> {
    let half = |first: usize| sets.iter().flat_map(|(_, records)| records.iter().skip(first).step_by(2)).collect();
    let split = |title: &str, read, learnt| Split { learnt: half(learnt), read: vec![(title.to_owned(), half(read))] };
    vec![split("odd half, learnt from the even one", 0, 1), split("even half, learnt from the odd one", 1, 0)]
}

fn files(sets: &[Set]) -> Vec<Split<'_>> {
    let split = |at: usize| {
        let (name, read) = &sets[at];
        let others = sets.iter().enumerate().filter(|(other, _)| *other != at).flat_map(|(_, (_, records))| records);
        let title = format!("{name}, learnt from all others");
        Split { learnt: others.collect(), read: vec![(title, read.iter().collect())] }
    };
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "files" && arg != "misread").collect();
    let unknown = asked.iter().find(|arg| !sets.iter().any(|(name, _)| name == *arg));
    assert!(unknown.is_none(), "tests/corpus has no file {unknown:?}");
    let read = |at: &usize| asked.is_empty() || asked.contains(&sets[*at].0);
    (0..sets.len()).filter(read).map(split).collect()
}

fn unseen<'a>(sets: &'a [Set], others: &'a [Set]) -> Vec<Split<'a>> {
    let read = others.iter().map(|(name, records)| (format!("{name}, unseen"), records.iter().collect()));
    vec![Split { learnt: sets.iter().flat_map(|(_, records)| records).collect(), read: read.collect() }]
}

/// Learns and reads two splits at a time, and shows what came of them in their order.
fn show(splits: &[Split<'_>], misread: bool) {
    for pair in splits.chunks(2) {
        let shown = thread::scope(|scope| {
            let running: Vec<_> = pair.iter().map(|split| scope.spawn(move || shown(split, misread))).collect();
            running.into_iter().map(|thread| thread.join().expect("a reading does not panic")).collect::<Vec<_>>()
        });
        shown.iter().for_each(|shown| println!("{shown}"));
    }
}

fn shown(split: &Split<'_>, misread: bool) -> String {
    let model = learn(&split.learnt);
    let sets = split.read.iter().map(|(title, records)| figures(title, records, &model, misread));
    sets.collect::<Vec<_>>().join("\n")
}
