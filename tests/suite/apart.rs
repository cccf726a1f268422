//! Files that bring their reader down: each is one line in good time, the files beside it are read, the terminal
//! stays calm.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::{Run, Yuedu};
use crate::hostile::compound;
use crate::workbook::FormBook;

const MONTH: &str = "报送/2026-03";
const XLS: &[u8] = include_bytes!("../../examples/qinghe/报送/2026-03/派驻/3月日常监督明细表（县教育局组）.xls");
const ODS: &[u8] = include_bytes!("../../examples/qinghe/报送/2026-03/派驻/驻县农业农村局纪检监察组3月份报表.ods");

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("a record holds at most 65,535 bytes");
    [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
}

fn begin(kind: u8) -> Vec<u8> {
    record(0x0809, &[0, 6, kind, 0, 0xBB, 0x0D, 0xCC, 7, 0, 0, 0, 0, 6, 0, 0, 0])
}

/// An .xls with as many formulas as asked for, each a very long name added to itself `adding` times, with `signs`
/// before it: what the formula says grows with the first, and is moved as often as the second tells.
fn formulas(count: u8, adding: usize, signs: usize) -> Vec<u8> {
    let long: Vec<u8> = std::iter::repeat_n("督".encode_utf16().flat_map(u16::to_le_bytes), 255).flatten().collect();
    let mut name = vec![0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
    name.extend(long);
    let globals = |offset: u32| {
        let sheet = [&offset.to_le_bytes()[..], &[0, 0, 1, 0, b'A']].concat();
        [begin(5), record(0x00E0, &[0; 20]), record(0x0085, &sheet), record(0x0018, &name), record(0x000A, &[])]
            .concat()
    };
    let mut stream = globals(u32::try_from(globals(0).len()).expect("a small file"));
    stream.extend(begin(16));
    let named = [0x23, 1, 0, 0, 0];
    let mut tokens = named.to_vec();
    (0..adding).for_each(|_| tokens.extend([&named[..], &[0x03]].concat()));
    tokens.extend(std::iter::repeat_n(0x12, signs));
    let length = u16::try_from(tokens.len()).expect("a formula fits a record");
    for row in 0..count {
        let cell = [&[row, 0, 0, 0, 0, 0][..], &[0; 14], &length.to_le_bytes(), &tokens].concat();
        stream.extend(record(0x0006, &cell));
    }
    stream.extend(record(0x000A, &[]));
    compound(&[("/Workbook", &stream)])
}

/// Never done: forty thousand signs go before three megabytes, one after another, forty times.
fn endless() -> Vec<u8> {
    formulas(40, 3600, 40_000)
}

/// Asks for more than a gigabyte.
fn greedy() -> Vec<u8> {
    formulas(120, 10_000, 0)
}

/// The bad file between a good .xlsx, .xls and .ods, in the order of reading.
fn between_good_ones(bad: &[u8]) -> Yuedu {
    let good = FormBook::six("青石镇纪委", "2026-03").good().bytes();
    let put = |yuedu: Yuedu, name: &str, bytes: &[u8]| yuedu.file(&format!("{MONTH}/{name}"), bytes);
    let yuedu = put(Yuedu::new(), "甲.xls", XLS);
    let yuedu = put(put(yuedu, "丙.xls", bad), "丁.xlsx", &good);
    put(yuedu, "戊.ods", ODS)
}

fn records(run: &Run, name: &str) -> usize {
    let form = run.json().into_iter().find(|form| form["file"].as_str().is_some_and(|file| file.ends_with(name)));
    form.unwrap_or_else(|| panic!("{name} is lost"))["records"].as_array().map_or(0, Vec::len)
}

/// The one finding of the bad file: its message and its remedy.
fn line(run: &Run) -> (String, String) {
    run.assert_calm();
    assert_eq!(run.code, 1, "{run:#?}");
    for (name, count) in [("甲.xls", 5), ("丁.xlsx", 1), ("戊.ods", 5)] {
        assert_eq!(records(run, name), count, "{name}");
    }
    let forms = run.json();
    assert_eq!(forms.len(), 4);
    let bad = forms.iter().find(|form| form["file"].as_str().is_some_and(|file| file.ends_with("丙.xls")));
    let bad = bad.expect("the bad file has its line");
    assert_eq!(bad["status"], "unreadable");
    let findings = bad["findings"].as_array().expect("findings is a list");
    assert_eq!((findings.len(), &findings[0]["rule"]), (1, &"file-unreadable".into()), "{findings:#?}");
    let word = |key: &str| findings[0][key].as_str().expect("a word").to_owned();
    (word("message"), word("suggestion"))
}

const JSON: [&str; 5] = ["validate", "--month", "2026-03", "--format", "json"];
const CURE: &str = "请用 WPS 打开后另存为 .xlsx 再试";

#[test]
fn a_file_without_an_end_is_stopped_and_the_others_are_read() {
    let yuedu = between_good_ones(&endless());
    let started = Instant::now();
    let run = yuedu.run_with(&JSON);
    let took = started.elapsed();
    assert_eq!(line(&run), ("没能安全读完：读了 9 秒还没有读完，已经停下".to_owned(), CURE.to_owned()));
    assert!(took > Duration::from_secs(8) && took < Duration::from_secs(14), "{took:?}");
    assert!(!run.stderr.contains("丙"), "{}", run.stderr);
}

#[test]
fn a_file_that_swallows_the_memory_is_stopped_and_the_others_are_read() {
    let yuedu = between_good_ones(&greedy());
    let run = yuedu.run_with(&JSON);
    let message = "没能安全读完：文件可能已损坏，或者读它要占太多内存，已经停下";
    assert_eq!(line(&run), (message.to_owned(), CURE.to_owned()));
    assert_eq!(yuedu.run_with(&JSON).stdout, run.stdout, "twice the same");
    let text = yuedu.run_with(&["validate", "--month", "2026-03"]);
    text.assert_calm();
    assert!(text.stdout.contains("丙.xls") && text.stdout.contains(message), "{}", text.stdout);
    for word in ["memory", "abort", "allocat"] {
        assert!(!text.stdout.contains(word) && !text.stderr.contains(word), "{word} in {text:#?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_whose_name_is_no_utf8_is_read_apart_too() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let yuedu = Yuedu::new().file(&format!("{MONTH}/甲.xls"), XLS);
    fs::write(yuedu.path(MONTH).join(OsStr::from_bytes(b"\xff\xfe.xls")), XLS).expect("this system takes any name");
    let run = yuedu.run_with(&JSON);
    run.assert_calm();
    let counts = run.json().iter().map(|form| form["records"].as_array().map_or(0, Vec::len)).collect::<Vec<_>>();
    assert_eq!(counts, [5, 5], "{}", run.stdout);
}

#[test]
fn the_reader_is_no_command_of_a_person() {
    let yuedu = Yuedu::new();
    for args in [&["--help"][..], &["help"], &["completions", "bash"], &["completions", "powershell"]] {
        let run = yuedu.run_with(args);
        assert!(!run.stdout.contains("read-apart") && !run.stderr.contains("read-apart"), "{args:?}");
    }
    // It ends by itself where nobody asks anything of it, and where what it is asked makes no sense.
    for input in [&b""[..], b"\xff\xff\xff\xff\xff", b"no question at all"] {
        fs::write(yuedu.path("input"), input).expect("a file can be written");
        let input = fs::File::open(yuedu.path("input")).expect("a file can be opened");
        let mut reader = Command::new(env!("CARGO_BIN_EXE_yuedu"));
        let output = reader.arg("read-apart").stdin(Stdio::from(input)).output().expect("the program starts");
        assert_eq!((output.stdout, output.stderr), (Vec::new(), Vec::new()));
    }
}
