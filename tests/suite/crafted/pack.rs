//! Packages as the crafted set needs them: the parts of one good form, each to be changed at will, and a writer of
//! zip entries by hand, for headers that lie.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::workbook::FormBook;

pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";
pub(super) const STRINGS: &str = "xl/sharedStrings.xml";
pub(super) const STYLES: &str = "xl/styles.xml";
pub(super) const BOOK: &str = "xl/workbook.xml";
pub(super) const BOOK_RELATIONS: &str = "xl/_rels/workbook.xml.rels";
pub(super) const ROOT_RELATIONS: &str = "_rels/.rels";

/// Names and bytes of the parts of a package.
pub(super) type Parts = Vec<(String, Vec<u8>)>;

/// Three records: a problem with its handling, and two without a problem. The cells of records are plain, so that
/// their XML can be found by its beginning (`<c r="D4"`).
static FORM: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let quiet = |day: u8| {
        let progress = format!("2026年3月{day}日，对石塘村村务公开情况进行检查。");
        ["作风建设方面", "专项检查监督", &progress, "无", "无"].map(str::to_owned)
    };
    FormBook::six("青石镇纪委", "2026-03").good().record(quiet(5)).record(quiet(6)).bytes()
});

/// The undamaged form, as a workbook.
pub(super) fn form() -> Vec<u8> {
    FORM.clone()
}

/// The parts of the undamaged form.
pub(super) fn parts() -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(FORM.as_slice())).expect("a package of ours");
    let part = |at| {
        let mut part = zip.by_index(at).expect("a part of ours");
        let name = part.name().expect("a name of ours").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("a part of ours");
        (name, bytes)
    };
    (0..zip_length()).map(part).collect()
}

fn zip_length() -> usize {
    ZipArchive::new(Cursor::new(FORM.as_slice())).expect("a package of ours").len()
}

/// A package of the parts, deflated.
pub(super) fn pack<N: AsRef<str>, B: AsRef<[u8]>>(parts: &[(N, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_ref(), SimpleFileOptions::default()).expect("a new name");
        zip.write_all(bytes.as_ref()).expect("memory takes what is written");
    }
    zip.finish().expect("a small package").into_inner()
}

/// The form with its list of parts changed.
pub(super) fn repacked(change: impl FnOnce(&mut Parts)) -> Vec<u8> {
    let mut parts = parts();
    change(&mut parts);
    pack(&parts)
}

/// The form with one part of other bytes.
pub(super) fn with_bytes(part: &str, change: impl FnOnce(&[u8]) -> Vec<u8>) -> Vec<u8> {
    repacked(|parts| {
        let found = parts.iter_mut().find(|(name, _)| name == part).expect("the form has the part");
        let other = change(&found.1);
        assert!(other != found.1, "{part} is not changed");
        found.1 = other;
    })
}

/// The form with one part of another text.
pub(super) fn with_text(part: &str, change: impl FnOnce(&str) -> String) -> Vec<u8> {
    with_bytes(part, |bytes| change(std::str::from_utf8(bytes).expect("a part of ours is text")).into_bytes())
}

/// The form with the first such words of a part replaced.
pub(super) fn replaced(part: &str, from: &str, to: &str) -> Vec<u8> {
    with_text(part, |text| {
        assert!(text.contains(from), "{part} has no {from}");
        text.replacen(from, to, 1)
    })
}

/// The form with other words before the end of a part's root.
pub(super) fn appended(part: &str, root: &str, words: &str) -> Vec<u8> {
    replaced(part, &format!("</{root}>"), &format!("{words}</{root}>"))
}

/// The form with another element for one of its cells.
pub(super) fn with_cell(name: &str, xml: &str) -> Vec<u8> {
    with_text(SHEET, |text| swap(text, &format!("<c r=\"{name}\""), "</c>", xml))
}

/// The text with its first stretch from `from` to the next `to`, both included, put otherwise.
pub(super) fn swap(text: &str, from: &str, to: &str, other: &str) -> String {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from}"));
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("no {to}")) + to.len();
    format!("{}{other}{}", &text[..start], &text[end..])
}

/// The first stretch from `from` to the next `to`, both included.
pub(super) fn stretch<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let start = text.find(from).unwrap_or_else(|| panic!("no {from}"));
    let end = start + text[start..].find(to).unwrap_or_else(|| panic!("no {to}")) + to.len();
    &text[start..end]
}

/// The form without the part.
pub(super) fn without(part: &str) -> Vec<u8> {
    repacked(|parts| {
        let before = parts.len();
        parts.retain(|(name, _)| name != part);
        assert!(parts.len() < before, "the form has no {part}");
    })
}

/// The form with a part that is cut before the last such words.
pub(super) fn cut_before(part: &str, words: &str) -> Vec<u8> {
    with_text(part, |text| text[..text.rfind(words).unwrap_or_else(|| panic!("{part} has no {words}"))].to_owned())
}

/// The form with a part written piece by piece, for parts too large to be held.
pub(super) fn poured(part: &str, pour: impl FnOnce(&str, &mut dyn FnMut(&str))) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1));
    let mut pour = Some(pour);
    for (name, bytes) in parts() {
        zip.start_file(&name, options).expect("a new name");
        match pour.take_if(|_| name == part) {
            Some(pour) => {
                let text = std::str::from_utf8(&bytes).expect("a part of ours is text");
                pour(text, &mut |words| zip.write_all(words.as_bytes()).expect("memory takes what is written"));
            }
            None => zip.write_all(&bytes).expect("memory takes what is written"),
        }
    }
    assert!(pour.is_none(), "the form has no {part}");
    zip.finish().expect("a package").into_inner()
}

/// An entry of a package as its headers tell of it, true or not.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) method: u16,
    pub(super) flags: u16,
    pub(super) crc: u32,
    pub(super) size: u32,
    pub(super) packed: Vec<u8>,
}

impl Entry {
    /// A stored entry that tells the truth.
    pub(super) fn stored(name: &str, bytes: &[u8]) -> Entry {
        let size = u32::try_from(bytes.len()).expect("a small part");
        Entry { name: name.to_owned(), method: 0, flags: 0, crc: crc(bytes), size, packed: bytes.to_vec() }
    }
}

/// The entries of a package, deflated as they are.
pub(super) fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a package of ours");
    let entry = |at| {
        let mut part = zip.by_index_raw(at).expect("a part of ours");
        let mut packed = Vec::new();
        let (name, crc) = (part.name().expect("a name of ours").into_owned(), part.crc32());
        let size = u32::try_from(part.size()).expect("a small part");
        part.read_to_end(&mut packed).expect("a part of ours");
        Entry { name, method: 8, flags: 0, crc, size, packed }
    };
    let count = ZipArchive::new(Cursor::new(bytes)).expect("a package of ours").len();
    (0..count).map(entry).collect()
}

/// The form's entries, stored, so that a byte of the text is a byte of the file.
pub(super) fn stored() -> Vec<Entry> {
    parts().iter().map(|(name, bytes)| Entry::stored(name, bytes)).collect()
}

/// Writes entries, their headers as given; where `shared`, every entry points at the first one's bytes.
pub(super) fn write(entries: &[Entry], shared: bool) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    let half = |n: usize| u16::try_from(n).expect("a small number").to_le_bytes();
    let word = |n: usize| u32::try_from(n).expect("a small file").to_le_bytes();
    for entry in entries {
        let offset = if shared { 0 } else { file.len() };
        let mut about = Vec::new();
        for number in [entry.flags, entry.method, 0, 0x5c21] {
            about.extend(number.to_le_bytes());
        }
        about.extend(entry.crc.to_le_bytes());
        about.extend(word(entry.packed.len()));
        about.extend(entry.size.to_le_bytes());
        about.extend(half(entry.name.len()));
        if !shared || file.is_empty() {
            file.extend(b"PK\x03\x04\x14\0");
            file.extend(&about);
            file.extend([0, 0]);
            file.extend(entry.name.as_bytes());
            file.extend(&entry.packed);
        }
        directory.extend(b"PK\x01\x02\x14\0\x14\0");
        directory.extend(&about);
        directory.extend([0; 12]);
        directory.extend(word(offset));
        directory.extend(entry.name.as_bytes());
    }
    let start = file.len();
    let length = directory.len();
    file.extend(directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend(half(entries.len()));
    file.extend(half(entries.len()));
    file.extend(word(length));
    file.extend(word(start));
    file.extend([0, 0]);
    file
}

/// The checksum of a package.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ if crc & 1 == 1 { 0xedb8_8320 } else { 0 })
    })
}
