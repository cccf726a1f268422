//! The example county in `examples/qinghe/` is what its program writes, to the byte; and the program reads it as the
//! clerk of the county did.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::common::{Yuedu, files_under, rules};

#[path = "../../examples/county/mod.rs"]
mod county;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe")
}

#[test]
fn the_tracked_county_is_the_one_that_the_program_writes() {
    // What a clerk makes of the county (汇总/, 退回/, 下发/) is no part of it.
    let made = ["汇总/", "退回/", "下发/"];
    let tracked: Vec<_> = files_under(&folder())
        .into_iter()
        .filter(|(name, _)| !made.iter().any(|made| name.starts_with(made)))
        .collect();
    let written: Vec<_> = county::files().into_iter().collect();
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&tracked), names(&written), "run `cargo run --example qinghe`");
    for ((name, tracked), (_, written)) in tracked.iter().zip(&written) {
        assert!(tracked == written, "{name} differs: run `cargo run --example qinghe`");
    }
    let size: usize = written.iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(size < 2_000_000, "the county takes {size} bytes");
}

/// The natural text of a good sheet comes out good, and what the clerk sent back is sent back.
#[test]
fn the_program_judges_every_sheet_as_the_register_does() {
    let yuedu = Yuedu::new().tree(&folder());
    let register = String::from_utf8(yuedu.read("收件登记.csv")).expect("UTF-8");
    let mut compared = 0;
    let mut faults = Vec::new();
    for month in ["2026-01", "2026-02", "2026-03"] {
        let run = yuedu.run_with(&["validate", "--project", ".", "--month", month, "--format", "json"]);
        for form in run.json() {
            let file = form["file"].as_str().expect("a file");
            let line = register.lines().find(|line| line.contains(file)).unwrap_or_default();
            let wanted = match line.rsplit(',').next() {
                Some("合格") => "accepted",
                Some("退回") => "returned",
                // The broken copy and the .docx beside a form.
                _ => "unreadable",
            };
            compared += 1;
            if form["status"] != wanted {
                faults.push(format!("{file}: {} instead of {wanted}: {:#}", form["status"], form["findings"]));
            }
        }
    }
    assert_eq!(compared, 71, "forms compared");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Three months of honest texts are no copies of each other: the one that is, the clerk sent back in both months.
#[test]
fn nothing_in_three_months_passes_for_copied_but_the_one_vague_text_sent_twice() {
    let yuedu = Yuedu::new().tree(&folder());
    let mut told = Vec::new();
    for month in ["2026-01", "2026-02", "2026-03"] {
        let run = yuedu.run_with(&["validate", "--project", ".", "--month", month, "--format", "csv"]);
        told.extend(run.stdout.lines().filter(|line| line.contains("copied-text")).map(str::to_owned));
    }
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("马头铺.xlsx") && told[0].contains("个别干部纪律意识淡薄"), "{told:#?}");
}

/// The month shows what a clerk meets: every kind of file, every band, late and missing units.
#[test]
fn march_shows_every_case_that_a_clerk_meets() {
    let yuedu = Yuedu::new().tree(&folder());
    let run = yuedu.run_with(&["summarize", "--project", ".", "--month", "2026-03", "--out", "月度.xlsx"]);
    for word in ["优秀", "良好", "合格", "不合格", "未报", "待重报", "迟报 2 天", "迟报 5 天", "退回未重报"]
    {
        assert!(run.stdout.contains(word), "{word} is not shown:\n{}", run.stdout);
    }
    let run = yuedu.run_with(&["validate", "--project", ".", "--month", "2026-03", "--format", "json"]);
    let shown: BTreeSet<String> = run.json().iter().flat_map(rules).collect();
    for rule in [
        "file-unreadable",
        "file-unsupported",
        "form-duplicate",
        "reporter-missing",
        "contact-missing",
        "contact-malformed",
        "leader-missing",
        "month-missing",
        "content-unlisted",
        "method-missing",
        "method-unlisted",
        "problem-blank",
        "handling-missing",
        "date-missing",
        "date-partial",
        "date-vague",
        "person-missing",
        "person-no-name",
        "person-no-unit",
        "event-vague",
    ] {
        assert!(shown.contains(rule), "{rule} is not shown");
    }
    let layouts: BTreeSet<_> =
        run.json().iter().filter_map(|form| form["layout"].as_str().map(str::to_owned)).collect();
    assert_eq!(layouts, BTreeSet::from(["four".to_owned(), "six".to_owned()]));
    let count = |key: &str| run.json().iter().filter_map(|form| form[key].as_u64()).sum::<u64>();
    assert!(count("rows_blank") > 0 && count("rows_continued") > 0 && count("rows_nil") > 0);
}
