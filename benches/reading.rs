//! What reading and checking a form costs: `cargo bench --features doors --bench reading`.
//!
//! The measure is the work that cannot be spared: inflating the form's two needed parts, the XML of its sheet and its
//! shared texts, once. Printed is one line: reading the cells of the form, and the whole of what `validate` does with
//! it, as multiples of that.
#![expect(clippy::print_stdout, reason = "the figures are what this bench is run for")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops where it stands")]

use std::fs;
use std::hint::black_box;
use std::io::{Cursor, copy, sink};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use yuedu::doors::{check_form, read_book};
use zip::ZipArchive;

/// A form as a unit fills it: two heads, a dozen records, its 填表说明.
const FORM: &str = "examples/qinghe/报送/2026-03/青石镇纪委3月份.xlsx";
/// The parts without which no cell can be read.
const NEEDED: [&str; 2] = ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"];
/// Every figure is the best of so many rounds, each of so many turns: others work on the machine too.
const ROUNDS: usize = 20;
const TURNS: u32 = 50;

fn main() {
    // `cargo test --benches` starts a bench only to see that it starts.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join(FORM);
    let bytes = fs::read(path).unwrap();
    // The words that the reading knows are made once in a run of the program, not once a form.
    assert!(check_form(&bytes) > 0, "the form has records");
    let inflating = best(|| inflate(&bytes));
    let reading = best(|| drop(black_box(read_book(&bytes))));
    let checking = best(|| assert!(black_box(check_form(&bytes)) > 0));
    let times = |took: Duration| took.as_secs_f64() / inflating.as_secs_f64();
    println!(
        "reading a form takes {:.1} times, reading and checking it {:.1} times as long as inflating its two needed parts \
         once ({inflating:.1?}, {} bytes)",
        times(reading),
        times(checking),
        bytes.len()
    );
}

fn inflate(bytes: &[u8]) {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for name in NEEDED {
        black_box(copy(&mut zip.by_name(name).unwrap(), &mut sink()).unwrap());
    }
}

/// The best time of a turn.
fn best(work: impl Fn()) -> Duration {
    let round = |_| {
        let started = Instant::now();
        (0..TURNS).for_each(|_| work());
        started.elapsed() / TURNS
    };
    (0..ROUNDS).map(round).min().unwrap()
}
