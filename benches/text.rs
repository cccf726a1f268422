//! How fast a cell is read: `cargo bench --features doors --bench text`.
//!
//! 100,000 cells are made from the labelled records of `tests/corpus` by a fixed seed (order shuffled, numbers
//! drawn anew); printed are characters a second on one core, the longest time of a cell as long as a sheet allows,
//! and the share that text takes of a whole `validate` of the same records in workbooks.
#![expect(clippy::print_stdout, reason = "the figures are what this bench is run for")]
#![expect(clippy::unwrap_used, reason = "a bench that cannot go on stops where it stands")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use rust_xlsxwriter::Workbook;
use serde_json::Value;
use yuedu::doors::{Words, read_date_cell, read_text};

/// Cells to read.
const CELLS: usize = 100_000;
/// Characters of the longest cell that a sheet can hold.
const LONGEST: usize = 32_767;
/// Records in a workbook, as many as a busy unit reports in a month.
const A_BOOK: usize = 30;
/// Every figure is the best of so many rounds: others work on the machine too.
const ROUNDS: usize = 3;

fn main() {
    // `cargo test --benches` starts a bench only to see that it starts.
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let records = records();
    let cells: Vec<(bool, &str)> = records.iter().flat_map(Record::telling).collect();
    let characters: usize = cells.iter().map(|(_, cell)| cell.chars().count()).sum();
    let words = Words::new(&[]);
    black_box(read_text("", &words));
    let read = |&(all, cell): &(bool, &str)| {
        drop(black_box(if all { read_text(cell, &words) } else { read_date_cell(cell, &words) }));
    };
    let text = best(|| own(|| cells.iter().for_each(read)));
    let all = best(|| own(|| cells.iter().for_each(|(_, cell)| drop(black_box(read_text(cell, &words))))));
    let (piece, longest) = longest(&cells, &words);

    println!("cells                     {} of {characters} characters", cells.len());
    println!("characters a second       {:.2} million", characters as f64 / text.as_secs_f64() / 1e6);
    println!("with persons everywhere   {:.2} million", characters as f64 / all.as_secs_f64() / 1e6);
    println!("a cell                    {:.1} µs", text.as_secs_f64() * 1e6 / cells.len() as f64);
    println!("longest cell, {LONGEST}       {:.2} ms ({piece} on end)", longest.as_secs_f64() * 1e3);

    let folder = tempfile::tempdir().unwrap();
    let books = write(&records, folder.path());
    for format in ["text", "json"] {
        let whole = best(|| children(|| validate(folder.path(), format)));
        let share = 100.0 * text.as_secs_f64() / whole.as_secs_f64();
        println!("text in validate, {format:6}  {share:.0} % ({text:.2?} of {whole:.2?}, {books} workbooks)");
    }
}

/// One record: its month, its layout, its two choices and its three texts.
struct Record {
    month: String,
    six: bool,
    choices: [String; 2],
    texts: [String; 3],
}

impl Record {
    /// The texts that are no empty cell, each with whether it may owe a person, as the program reads it.
    fn telling(&self) -> impl Iterator<Item = (bool, &str)> {
        let texts = self.texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
        texts.map(|(column, text)| (column > 0 || !self.six, text.as_str()))
    }
}

/// A fixed sequence of numbers (splitmix64): every run of the bench reads the same cells.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % limit
    }
}

/// Records until there are enough cells, each round through the corpora in another order and with other numbers.
fn records() -> Vec<Record> {
    let mut files: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "jsonl"))
        .collect();
    files.sort();
    let lines: String = files.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let mut labelled: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (mut draw, mut records, mut cells) = (Draw(20_260_305), Vec::new(), 0);
    loop {
        for last in (1..labelled.len()).rev() {
            labelled.swap(last, draw.below(last + 1));
        }
        for record in &labelled {
            let word = |key: &str| record[key].as_str().unwrap().to_owned();
            let texts = ["progress", "problem", "handling"].map(|field| other_numbers(&word(field), &mut draw));
            let choices = [word("content"), word("method")];
            let record = Record { month: word("month"), six: record["layout"] == "six", choices, texts };
            cells += record.telling().count();
            records.push(record);
            if cells >= CELLS {
                return records;
            }
        }
    }
}

/// The same text with other days, sums and counts; years and months stay, so that dates keep their class.
fn other_numbers(text: &str, draw: &mut Draw) -> String {
    let mut other = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (number, after) = number.split_at(end);
        other.push_str(before);
        match after.chars().next() {
            Some('年' | '月') => other.push_str(number),
            Some('日' | '号') => other.push_str(&(1 + draw.below(28)).to_string()),
            _ => number.chars().for_each(|_| other.push(char::from(b'1' + u8::try_from(draw.below(9)).unwrap()))),
        }
        rest = after;
    }
    other.push_str(rest);
    other
}

/// The longest time of a cell of the greatest length: records on end, and single pieces on end.
fn longest<'a>(cells: &[(bool, &'a str)], words: &Words) -> (&'a str, Duration) {
    let pieces = [
        "无",
        "未",
        "发现",
        "1",
        "《",
        "（",
        "“",
        "村",
        "某",
        "一",
        "、",
        "于",
        "已",
        " ",
        "\n",
        "王·",
        "3名党员",
        "10日内",
        "相关负责人",
        "该村书记",
        "张建国，",
        "县教育局局长张建国、",
        "2026年3月5日",
        "2026年2月30日至",
        "约3200元",
        "未公示",
    ];
    let records: String = cells.iter().flat_map(|(_, cell)| cell.chars()).take(LONGEST).collect();
    let pieces = pieces.map(|piece| (piece, piece.chars().cycle().take(LONGEST).collect()));
    let time = |cell: &String| best(|| own(|| drop(black_box(read_text(cell, words)))));
    let all = pieces.into_iter().chain([("records", records)]);
    all.map(|(piece, cell)| (piece, time(&cell))).max_by_key(|(_, took)| *took).unwrap()
}

/// Writes the records into workbooks as units send them, each unit of its own name; gives how many.
fn write(records: &[Record], folder: &Path) -> usize {
    let mut groups = std::collections::BTreeMap::<_, Vec<&Record>>::new();
    for record in records {
        groups.entry((&record.month, record.six)).or_default().push(record);
    }
    let names: Vec<char> = "青石黄岩白马清溪龙潭高桥大坪新田长冲石门".chars().collect();
    let mut books = 0;
    for ((month, six), records) in groups {
        for records in records.chunks(A_BOOK) {
            let unit: String =
                [0, 1, 2].map(|place: u32| names[books / names.len().pow(place) % names.len()]).iter().collect();
            let mut book = Workbook::new();
            let sheet = book.add_worksheet();
            let month = month.split_once('-').unwrap();
            sheet.write(0, 0, format!("清河县纪委监委{}年{}月份日常监督工作明细表", month.0, month.1)).unwrap();
            let head = "填报人：周敏  联系方式：13807460001  单位负责人：李远航";
            sheet.write(1, 0, format!("填报单位：{unit}镇纪委  {head}")).unwrap();
            let titles = ["序号", "监督内容", "监督方式", "监督开展情况", "发现问题", "处理情况"];
            for (column, title) in (0..).zip(&titles[..if six { 6 } else { 4 }]) {
                sheet.write(2, column, *title).unwrap();
            }
            for (row, record) in (3..).zip(records) {
                sheet.write(row, 0, row - 2).unwrap();
                for (column, text) in (1..).zip(record.choices.iter().chain(&record.texts)) {
                    if !text.is_empty() {
                        sheet.write(row, column, text).unwrap();
                    }
                }
            }
            book.save(folder.join(format!("{books:04}.xlsx"))).unwrap();
            books += 1;
        }
    }
    books
}

/// The program itself over the folder, its report thrown away.
fn validate(folder: &Path, format: &str) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_yuedu"));
    let status = program
        .args(["validate", "--format", format])
        .arg(folder)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(1), "the records hold faults, and every workbook can be read");
}

/// The time that the work took on the processor, in this thread; where the system does not tell it, on the clock.
fn own(work: impl FnOnce()) -> Duration {
    // Nanoseconds on the processor are the first number of the thread's own line.
    let spent = || field("/proc/thread-self/schedstat", 0).map(Duration::from_nanos);
    since(spent, work)
}

/// The user time of a program that the work starts, all its threads together; where the system does not tell it, the
/// time on the clock, which is too short for a program on several cores.
fn children(work: impl FnOnce()) -> Duration {
    // Linux gives programs hundredths of a second, whatever its own tick is.
    let spent = || field("/proc/self/stat", 13).map(|ticks| Duration::from_millis(10 * ticks));
    since(spent, work)
}

fn since(spent: impl Fn() -> Option<Duration>, work: impl FnOnce()) -> Duration {
    let (clock, before) = (Instant::now(), spent());
    work();
    match (before, spent()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => clock.elapsed(),
    }
}

/// A number of a line under `/proc`, counted from behind the program's name, which may hold blanks.
fn field(path: &str, place: usize) -> Option<u64> {
    let line = fs::read_to_string(path).ok()?;
    let numbers = line.rsplit_once(')').map_or(line.as_str(), |(_, rest)| rest);
    numbers.split_whitespace().nth(place)?.parse().ok()
}

fn best(mut round: impl FnMut() -> Duration) -> Duration {
    (0..ROUNDS).map(|_| round()).min().unwrap()
}
