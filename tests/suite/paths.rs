//! What lies in a folder besides good files, and what may not be written over.

use crate::common::{Yuedu, rules};
use crate::workbook::FormBook;

const MONTH: &str = "报送/2026-03";

fn good() -> Vec<u8> {
    FormBook::six("青石镇纪委", "2026-03").good().bytes()
}

#[test]
fn a_file_that_is_read_is_never_written_over() {
    let file = format!("{MONTH}/甲.xlsx");
    let yuedu = Yuedu::new().file(&file, good());
    for args in [
        &["validate", "--month", "2026-03", "--out", &file, "--force"][..],
        &["validate", &file, "--out", &file, "--force"],
        &["validate", "报送", "--out", &file, "--force"],
        &["summarize", "--month", "2026-03", "--out", &file, "--force"],
    ] {
        let run = yuedu.run_with(args);
        assert_eq!(run.code, 2, "{args:?}: {run:#?}");
        assert!(run.stderr.contains("甲.xlsx”是要读的报送文件"), "{args:?}: {}", run.stderr);
        assert!(yuedu.read(&file) == good(), "{args:?} changed what came in");
    }
    let run = yuedu.run_with(&["validate", "--month", "2026-03", "--out", "结果.txt", "--force"]);
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn an_empty_folder_under_the_name_of_a_workbook_is_named_for_what_it_is() {
    let yuedu = Yuedu::new().file(&format!("{MONTH}/甲.xlsx"), good());
    std::fs::create_dir(yuedu.path(MONTH).join("乙.xlsx")).expect("a folder can be made");
    let run = yuedu.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
    let forms = run.json();
    assert_eq!((run.code, forms.len()), (1, 2), "{run:#?}");
    let folder = forms.iter().find(|form| form["file"] == format!("{MONTH}/乙.xlsx")).expect("the folder has a line");
    assert_eq!(rules(folder), ["file-unreadable"]);
    assert!(folder["findings"][0]["message"].as_str().is_some_and(|message| message.contains("文件夹")), "{folder:#}");
}

#[cfg(unix)]
#[test]
fn what_turns_a_name_around_is_in_no_product() {
    let name = format!("{MONTH}/甲\u{202e}xslx.\u{2066}\u{61c}.xlsx");
    let yuedu = Yuedu::new().file(&name, good());
    let run = yuedu.run_with(&["summarize", "--month", "2026-03", "--out", "月度.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(yuedu.read("月度.xlsx"))).expect("a package");
    for at in 0..zip.len() {
        let mut xml = String::new();
        let mut part = zip.by_index(at).expect("a part");
        std::io::Read::read_to_string(&mut part, &mut xml).expect("parts are text");
        let name = part.name().expect("a name").into_owned();
        assert!(!xml.contains(['\u{202e}', '\u{2066}', '\u{61c}']), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn two_names_that_are_no_text_stay_two() {
    use std::os::unix::ffi::OsStrExt;
    let yuedu = Yuedu::new().file(&format!("{MONTH}/甲.xlsx"), good());
    for name in [&b"\xff.xlsx"[..], b"\xfe.xlsx"] {
        std::fs::write(yuedu.path(MONTH).join(std::ffi::OsStr::from_bytes(name)), good()).expect("a file");
    }
    let run = yuedu.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
    let files: Vec<_> = run.json().iter().map(|form| form["file"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(files, [r"报送/2026-03/\xfe.xlsx", r"报送/2026-03/\xff.xlsx", "报送/2026-03/甲.xlsx"]);
}
