//! Files that are no forms, or no longer: each gets one clear Chinese line, the others go on, nothing panics.

use std::io::{Cursor, Write as _};

use cfb::CompoundFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::common::{Run, Yuedu, findings, rules};
use crate::workbook::{FormBook, flipped, truncated};

const MONTH: &str = "报送/2026-03";

fn good() -> Vec<u8> {
    FormBook::six("青石镇纪委", "2026-03").good().bytes()
}

/// A zip of the given parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part of a small package");
        zip.write_all(bytes).expect("memory takes what is written");
    }
    zip.finish().expect("a small package").into_inner()
}

/// A compound file with the given streams, of the version that every .xls is.
pub(crate) fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file =
        CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new())).expect("memory takes a file");
    for (name, bytes) in streams {
        file.create_stream(name).expect("a new name").write_all(bytes).expect("memory takes what is written");
    }
    file.flush().expect("memory takes what is written");
    file.into_inner().into_inner()
}

/// The parts of a zip, by name.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package of ours");
    let count = zip.len();
    let part = |at| {
        let mut part = zip.by_index(at).expect("a part of ours");
        let mut bytes = Vec::new();
        std::io::copy(&mut part, &mut bytes).expect("a part of ours");
        (part.name().expect("a name of ours").to_string(), bytes)
    };
    (0..count).map(part).collect()
}

/// The package with its parts changed.
fn changed(bytes: &[u8], change: impl FnOnce(&mut Vec<(String, Vec<u8>)>)) -> Vec<u8> {
    let mut parts = parts(bytes);
    change(&mut parts);
    package(&parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect::<Vec<_>>())
}

/// The package without the parts whose names begin so.
fn without(bytes: &[u8], prefix: &str) -> Vec<u8> {
    changed(bytes, |parts| parts.retain(|(name, _)| !name.starts_with(prefix)))
}

/// Validates one bad file beside a good one; the good one must come through.
fn beside_a_good_one(name: &str, bytes: &[u8]) -> (Run, Run) {
    let bad = format!("{MONTH}/{name}");
    let yuedu = Yuedu::new().file(&bad, bytes).file(&format!("{MONTH}/甲 好的.xlsx"), good());
    let text = yuedu.run_with(&["validate", "--month", "2026-03"]);
    let json = yuedu.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
    for run in [&text, &json] {
        run.assert_calm();
        assert_eq!(run.code, 1, "{name}: {run:#?}");
    }
    let forms = json.json();
    assert_eq!(forms.len(), 2, "{name}: {forms:#?}");
    let fine = forms.iter().find(|form| form["file"].as_str().is_some_and(|file| file.contains("甲 好的")));
    let fine = fine.unwrap_or_else(|| panic!("the good file is lost beside {name}"));
    assert_eq!(fine["records"].as_array().map(Vec::len), Some(1), "{name}: {fine:#}");
    (text, json)
}

/// The rules raised on a bad file, with their messages and remedies joined.
fn answer(name: &str, bytes: &[u8]) -> (Vec<String>, String) {
    let (text, json) = beside_a_good_one(name, bytes);
    assert!(text.stdout.contains(name), "{name} is not named:\n{}", text.stdout);
    let forms = json.json();
    let bad = forms.iter().find(|form| form["file"].as_str().is_some_and(|file| file.ends_with(name)));
    let bad = bad.unwrap_or_else(|| panic!("{name} has no line of JSON"));
    let list = bad["findings"].as_array().expect("findings is a list");
    let words = list.iter().map(|finding| format!("{} {}", finding["message"], finding["suggestion"]));
    (rules(bad), words.collect::<Vec<_>>().join("\n"))
}

/// One rule, one finding, a message in Chinese that holds one of the words.
fn assert_answer(name: &str, bytes: &[u8], rule: &str, words: &[&str]) {
    let (rules, message) = answer(name, bytes);
    assert_eq!(rules, [rule], "{name}: {message}");
    assert!(words.iter().any(|word| message.contains(word)), "{name}: {message}");
    assert_eq!(message.lines().count(), 1, "{name} gets more than one line: {message}");
}

#[test]
fn damaged_files_are_named_and_the_others_go_on() {
    for percent in [1, 10, 30, 50, 70, 90, 99] {
        assert_answer("乙.xlsx", &truncated(&good(), percent), "file-unreadable", &["损坏", "不完整"]);
    }
    assert_answer("乙.xlsx", &flipped(&good()), "file-unreadable", &["损坏", "不完整"]);
    assert_answer("乙.xlsx", &[0; 4096], "file-unreadable", &["空", "损坏"]);
    assert_answer("乙.xlsx", &[], "file-unreadable", &["空"]);
    assert_answer("乙.xlsx", &without(&good(), "xl/worksheets/"), "file-unreadable", &["损坏", "工作表", "不完整"]);
}

#[test]
fn a_damaged_xls_and_a_damaged_ods_are_named_too() {
    let xls = include_bytes!("../../examples/qinghe/报送/2026-03/派驻/3月日常监督明细表（县教育局组）.xls");
    let ods = include_bytes!("../../examples/qinghe/报送/2026-03/派驻/驻县农业农村局纪检监察组3月份报表.ods");
    for percent in [20, 60, 90] {
        assert_answer("乙.xls", &truncated(xls, percent), "file-unreadable", &["损坏", "不完整", "读"]);
        assert_answer("乙.ods", &truncated(ods, percent), "file-unreadable", &["损坏", "不完整", "读"]);
    }
    assert_answer("乙.ods", &without(ods, "content.xml"), "file-unreadable", &["损坏", "不完整"]);
}

#[test]
fn protected_files_ask_for_a_copy_without_a_password() {
    let streams: [(&str, &[u8]); 2] =
        [("/EncryptionInfo", &[4, 0, 4, 0, 0x40, 0, 0, 0]), ("/EncryptedPackage", &[7; 9000])];
    assert_answer("乙.xlsx", &compound(&streams), "file-encrypted", &["密码"]);
    assert_answer("乙.XLSX", &compound(&streams), "file-encrypted", &["密码"]);
    // BOF, then FilePass: what an .xls with a password begins with.
    let mut stream = vec![0x09, 0x08, 16, 0, 0, 6, 5, 0, 0xBB, 0x0D, 0xCC, 7, 0, 0, 0, 0, 6, 0, 0, 0];
    stream.extend([0x2F, 0, 54, 0, 1, 0, 1, 0, 1, 0]);
    stream.extend([9; 48]);
    stream.extend([0x0A, 0, 0, 0]);
    stream.resize(5000, 0);
    assert_answer("乙.xls", &compound(&[("/Workbook", &stream)]), "file-encrypted", &["密码"]);
}

#[test]
fn other_kinds_of_file_are_named_for_what_they_are() {
    let docx = package(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w/>")]);
    assert_answer("乙.docx", &docx, "file-unsupported", &["Word"]);
    assert_answer("乙.xlsx", &docx, "file-unsupported", &["Word"]);
    let pptx = package(&[("[Content_Types].xml", b"<Types/>"), ("ppt/presentation.xml", b"<p/>")]);
    assert_answer("乙.pptx", &pptx, "file-unsupported", &["PPT", "PowerPoint", "演示"]);
    assert_answer("乙.doc", &compound(&[("/WordDocument", &[1; 5000])]), "file-unsupported", &["Word"]);
    assert_answer("乙.pdf", b"%PDF-1.7\n1 0 obj\n", "file-unsupported", &["PDF"]);
    assert_answer("乙.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "file-unsupported", &["图片"]);
    assert_answer("乙.rar", b"Rar!\x1a\x07\x00", "file-unsupported", &["压缩"]);
    assert_answer("乙.zip", &package(&[("青石镇.xlsx", &good())]), "file-unsupported", &["压缩", "解压"]);
    let xlsb = package(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.bin", &[0; 64])]);
    assert_answer("乙.xlsb", &xlsb, "file-unsupported", &[".xlsx"]);
    let html = "<html><body><table><tr><td>序号</td><td>监督内容</td></tr></table></body></html>";
    assert_answer("乙.xls", html.as_bytes(), "file-unsupported", &["网页"]);
    assert_answer(
        "乙.xlsx",
        "序号,监督内容,监督方式\n1,作风建设方面,会议监督\n".as_bytes(),
        "file-unsupported",
        &["文本"],
    );
    assert_answer("说明.txt", "本月情况如下。".as_bytes(), "file-unsupported", &["文本"]);
}

#[test]
fn a_package_that_swells_is_refused_before_it_fills_the_memory() {
    let blank = |parts: &mut Vec<(String, Vec<u8>)>| {
        for (name, bytes) in parts {
            if name.starts_with("xl/worksheets/") {
                let end = bytes.len() - "</worksheet>".len();
                bytes.splice(end..end, std::iter::repeat_n(b' ', 24 << 20));
            }
        }
    };
    assert_answer("乙.xlsx", &changed(&good(), blank), "file-unreadable", &["倍", "限", "大"]);
    let entities = |parts: &mut Vec<(String, Vec<u8>)>| {
        for (name, bytes) in parts {
            if name == "xl/sharedStrings.xml" {
                let text = String::from_utf8(bytes.clone()).expect("a part of ours");
                let bomb = "<!DOCTYPE sst [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><sst ";
                *bytes = text.replacen("<sst ", bomb, 1).into_bytes();
            }
        }
    };
    assert_answer("乙.xlsx", &changed(&good(), entities), "file-unreadable", &["损坏", "不完整", "文件"]);
}

#[test]
fn a_cell_at_the_end_of_the_world_costs_nothing() {
    let form = FormBook::six("青石镇纪委", "2026-03").good().far(1_048_575, 16_383, "x");
    let started = std::time::Instant::now();
    let run = Yuedu::new().file(&format!("{MONTH}/甲.xlsx"), form.bytes()).run_with(&["validate", "--format", "json"]);
    run.assert_calm();
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    assert_eq!(run.json()[0]["records"].as_array().map(Vec::len), Some(1), "{}", run.stdout);
}

#[test]
fn a_good_file_under_a_wrong_name_is_read() {
    for name in ["乙.xls", "乙.et", "乙", "乙.XLSX", "乙.ods"] {
        let run = Yuedu::new()
            .file(&format!("{MONTH}/{name}"), good())
            .run_with(&["validate", "--month", "2026-03", "--format", "json"]);
        assert_eq!((run.code, findings(&run.json()[0])), (0, Vec::new()), "{name}: {}", run.stdout);
    }
}

#[test]
fn lock_files_and_droppings_are_skipped_without_a_word_of_blame() {
    let run = Yuedu::new()
        .file(&format!("{MONTH}/青石镇.xlsx"), good())
        .file(&format!("{MONTH}/~$青石镇.xlsx"), b"x")
        .file(&format!("{MONTH}/.~青石镇.xlsx"), b"x")
        .file(&format!("{MONTH}/Thumbs.db"), b"x")
        .file(&format!("{MONTH}/__MACOSX/青石镇.xlsx"), b"x")
        .run_with(&["validate", "--month", "2026-03", "--format", "json"]);
    assert_eq!((run.code, run.json().len()), (0, 1), "{run:#?}");
}

#[test]
fn a_workbook_without_a_form_says_so() {
    let (rules, _) = answer(
        "乙.xlsx",
        &FormBook::six("青石镇纪委", "2026-03")
            .with(|form| form.columns = ["甲", "乙"].map(str::to_owned).to_vec())
            .bytes(),
    );
    assert_eq!(rules, ["form-missing"]);
}

#[test]
fn without_a_project_the_built_in_profile_serves() {
    let run = Yuedu::new().file("表/青石镇.xlsx", good()).run_with(&["validate", "表", "--format", "json"]);
    let forms = run.json();
    assert_eq!((run.code, findings(&forms[0])), (0, Vec::new()), "{}", run.stdout);
    assert_eq!(forms[0]["unit"], "青石镇纪委");
    assert_eq!(forms[0]["unit_kind"], "township");
}

#[test]
fn nothing_to_read_is_no_crash_but_a_plain_word() {
    for args in
        [&["validate"][..], &["validate", "没有.xlsx"], &["validate", "--month", "2026-03"], &["validate", "空"]]
    {
        let yuedu = Yuedu::new();
        std::fs::create_dir(yuedu.path("空")).expect("a folder can be made");
        let run = yuedu.run_with(args);
        run.assert_calm();
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {run:#?}");
        assert!(run.stderr.contains('没') || run.stderr.contains('找'), "{args:?}: {}", run.stderr);
    }
}

#[test]
fn text_from_a_sheet_is_never_an_escape_on_the_terminal() {
    let form = FormBook::six("青石镇纪委\u{202e}", "2026-03")
        .problem("\u{1b}[31m近日\u{7}发现\u{9b}2J问题\u{202e}")
        .with(|form| form.reporter = "\u{1b}]0;标题\u{7}".to_owned());
    let yuedu = Yuedu::new().file(&format!("{MONTH}/甲.xlsx"), form.bytes());
    for format in ["text", "json", "csv"] {
        let run = yuedu.run_with(&["validate", "--month", "2026-03", "--format", format, "--color", "never"]);
        run.assert_calm();
        let bad = |c: char| c.is_control() && !"\n\r\t".contains(c) || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!run.stdout.contains(bad), "{format}: {:?}", run.stdout);
    }
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text_in_csv() {
    let form = FormBook::six("青石镇纪委", "2026-03").problem("=HYPERLINK(\"http://x\",\"近日\")");
    let run = Yuedu::new()
        .file(&format!("{MONTH}/甲.xlsx"), form.bytes())
        .run_with(&["validate", "--month", "2026-03", "--format", "csv"]);
    let fields = |line: &str| line.split(',').map(|field| field.trim_matches('"').to_owned()).collect::<Vec<_>>();
    for field in run.stdout.lines().flat_map(fields) {
        assert!(!field.starts_with(['=', '@']), "{field}\n{}", run.stdout);
    }
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text_in_the_workbook() {
    let formula = "=HYPERLINK(\"http://x\",\"2026年3月3日\")";
    let form =
        FormBook::six("青石镇纪委", "2026-03").problem(formula).with(|form| form.reporter = "@SUM(A1)".to_owned());
    let yuedu = Yuedu::new().file(&format!("{MONTH}/甲.xlsx"), form.bytes());
    let run = yuedu.run_with(&["summarize", "--month", "2026-03", "--out", "月度.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let pages = crate::cells::xlsx(&yuedu.read("月度.xlsx")).expect("the summary is a workbook");
    // A formula would stand there with its value, not with its words.
    let detail = pages.iter().find(|page| page.name == "监督明细").expect("a page of the workbook");
    assert!(detail.find(formula, 1).is_some(), "the words of the cell are not in 监督明细");
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_no_escape_either() {
    let name = format!("{MONTH}/甲\u{1b}[31m\u{202e}\n乙.xlsx");
    let yuedu = Yuedu::new().file(&name, b"x");
    for format in ["text", "json", "csv"] {
        let run = yuedu.run_with(&["validate", "--month", "2026-03", "--format", format, "--color", "never"]);
        run.assert_calm();
        assert_eq!(run.code, 1, "{run:#?}");
        assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{format}: {:?}", run.stdout);
        assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "{format}: {:?}", run.stderr);
    }
}
