//! Files cut short, and files with single bits turned over: refused, or read as they were, never read otherwise.

use serde_json::Value;

use super::{DAMAGED, FOLDER, Row, VALIDATE, Want, check, pack, refused, row, told};
use crate::common::Yuedu;
use crate::workbook::truncated;

/// A fixed sequence of numbers (splitmix64).
pub(super) struct Draw(pub(super) u64);

impl Draw {
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() >> 33).expect("31 bits") % limit
    }

    pub(super) fn take(&mut self, length: usize) -> Vec<u8> {
        (0..length).map(|_| self.next().to_le_bytes()[7]).collect()
    }
}

/// The seed of the bit flips; another one for each release is drawn by `YUEDU_SEED=…`.
fn seed() -> u64 {
    std::env::var("YUEDU_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_260_305)
}

const XLS: &[u8] = include_bytes!("../../../examples/qinghe/报送/2026-03/派驻/3月日常监督明细表（县教育局组）.xls");
const ODS: &[u8] = include_bytes!("../../../examples/qinghe/报送/2026-03/派驻/驻县农业农村局纪检监察组3月份报表.ods");

/// The file cut at several places; behind the last record an old container keeps only what nobody reads.
fn cuts(whole: fn() -> Vec<u8>, end: &str) -> Vec<Row> {
    let cut = |percent| {
        let name: &'static str = Box::leak(format!("cut-to-{percent}.{end}").into_boxed_str());
        let want = if end == "xls" && percent >= 95 { Want::Either } else { Want::Refused("file-unreadable", DAMAGED) };
        row(name, want, move || truncated(&whole(), percent))
    };
    [1, 5, 10, 25, 40, 50, 60, 75, 90, 95, 99].into_iter().map(cut).collect()
}

fn less_a_byte() -> Vec<u8> {
    let mut bytes = pack::form();
    bytes.pop();
    bytes
}

#[test]
fn a_workbook_cut_short_is_refused() {
    let mut rows = cuts(pack::form, "xlsx");
    rows.push(row("cut-by-a-byte.xlsx", Want::Either, less_a_byte));
    check(pack::form(), rows);
}

#[test]
fn an_old_workbook_cut_short_is_refused() {
    let mut rows = cuts(|| XLS.to_vec(), "xls");
    // The password check of the one reader walks the container of every file that is named .xlsx.
    rows.push(refused("cut-under-a-new-name.xlsx", DAMAGED, || truncated(XLS, 50)));
    check(XLS.to_vec(), rows);
}

#[test]
fn an_open_document_cut_short_is_refused() {
    check(ODS.to_vec(), cuts(|| ODS.to_vec(), "ods"));
}

/// Every file with one or three bits turned over by the seed.
fn flipped(whole: &[u8], count: usize) -> Vec<Vec<u8>> {
    let mut draw = Draw(seed());
    let flip = |_| {
        let mut bytes = whole.to_vec();
        for _ in 0..[1, 1, 3][draw.below(3)] {
            let at = draw.below(bytes.len());
            bytes[at] ^= 1 << draw.below(8);
        }
        bytes
    };
    (0..count).map(flip).collect()
}

/// Reads the flipped files in one run of the program; gives how many were refused and how many read, and the bad ones.
fn flips(whole: &[u8], end: &str, count: usize) -> (usize, usize, Vec<String>) {
    let mut yuedu = Yuedu::new().file(&format!("{FOLDER}/0000.{end}"), whole);
    for (at, bytes) in flipped(whole, count).into_iter().enumerate() {
        yuedu = yuedu.file(&format!("{FOLDER}/{:04}.{end}", at + 1), bytes);
    }
    let watched = super::watch::watch(yuedu.command(&VALIDATE));
    watched.run.assert_calm();
    assert_eq!(watched.run.code, 1, "{}", watched.run.stderr);
    let forms = watched.run.json();
    let of = |at: usize| forms.iter().filter(move |form| form["file"] == format!("{FOLDER}/{at:04}.{end}"));
    let good: Vec<Value> = of(0).map(told).collect();
    assert!(!good.is_empty() && good.iter().all(|form| form["records"].as_array().is_some_and(|r| !r.is_empty())));
    let (mut refused, mut read, mut other) = (0, 0, Vec::new());
    for at in 1..=count {
        let found: Vec<&Value> = of(at).collect();
        match found[..] {
            [form] if form["status"] == "unreadable" => refused += 1,
            _ if found.iter().map(|form| told(form)).collect::<Vec<_>>() == good => read += 1,
            _ => other.push(format!("flip {at} of seed {}: {found:?}", seed())),
        }
    }
    (refused, read, other)
}

#[test]
fn a_workbook_with_a_bit_turned_over_is_refused_or_read_as_it_was() {
    for (whole, end) in [(pack::form(), "xlsx"), (ODS.to_vec(), "ods")] {
        let (refused, read, other) = flips(&whole, end, 200);
        println!("{end}: {refused} refused, {read} read as they were");
        assert!(other.is_empty(), "{} read otherwise:\n{}", other.len(), other.join("\n"));
        assert!(refused > 100, "only {refused} of 200 damaged files are refused");
    }
}

/// The old format has no checksum, so that a letter may become another one; nothing else may happen.
#[test]
fn an_old_workbook_with_a_bit_turned_over_is_no_crash() {
    let (refused, read, other) = flips(XLS, "xls", 200);
    println!("xls: {refused} refused, {read} read as they were, {} read otherwise", other.len());
    assert_eq!(refused + read + other.len(), 200);
    assert!(refused > 0 && read > 0, "{refused} refused, {read} read");
}
