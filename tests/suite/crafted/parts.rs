//! The package: parts absent, twice, under other names, packed in other ways, with headers that lie.

use super::pack::{
    BOOK, BOOK_RELATIONS, Entry, ROOT_RELATIONS, SHEET, STRINGS, STYLES, appended, entries, form, pack, parts,
    repacked, replaced, stored, with_text, without, write,
};
use super::{DAMAGED, Row, Want, check, read, refused, row};

const R: &str = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
const TWICE: &[&str] = &["出现两次"];

/// Further sheets in the workbook's list.
fn listed(sheets: &str) -> Vec<u8> {
    appended(BOOK, "sheets", sheets)
}

fn sheet(name: &str, number: usize, relation: &str) -> String {
    format!("<sheet {R} name=\"{name}\" sheetId=\"{number}\" r:id=\"{relation}\"/>")
}

/// The form's entries, deflated, with their headers changed.
fn lying(change: impl Fn(&mut Entry)) -> Vec<u8> {
    let mut entries = entries(&form());
    entries.iter_mut().for_each(change);
    write(&entries, false)
}

/// The form, stored, with a byte of one part turned over and its checksum left.
fn bit(part: &str, words: &str) -> Vec<u8> {
    let mut entries = stored();
    let entry = entries.iter_mut().find(|entry| entry.name == part).expect("the form has the part");
    let at =
        entry.packed.windows(words.len()).position(|found| found == words.as_bytes()).expect("the words are there");
    entry.packed[at + words.len() - 1] ^= 1;
    write(&entries, false)
}

/// The form under other names of its parts.
fn renamed(change: impl Fn(&str) -> String) -> Vec<u8> {
    repacked(|parts| parts.iter_mut().for_each(|(name, _)| *name = change(name)))
}

/// A part of the form a second time, under a name of its own.
fn again(name: &str) -> Vec<u8> {
    let mut entries = stored();
    let sheet = entries.iter().find(|entry| entry.name == SHEET).expect("the form has a sheet").clone();
    entries.push(Entry { name: name.to_owned(), ..sheet });
    write(&entries, false)
}

fn rows() -> Vec<Row> {
    vec![
        read("stored.xlsx", || write(&stored(), false)),
        refused("part-twice.xlsx", TWICE, || again(SHEET)),
        refused("part-twice-in-capitals.xlsx", TWICE, || again("XL/Worksheets/Sheet1.xml")),
        refused("part-twice-with-backslash.xlsx", TWICE, || again("xl\\worksheets\\sheet1.xml")),
        read("names-with-backslash.xlsx", || renamed(|name| name.replace('/', "\\"))),
        read("names-in-capitals.xlsx", || {
            renamed(|name| if name.starts_with("xl") { name.to_uppercase() } else { name.to_owned() })
        }),
        refused("no-workbook.xlsx", DAMAGED, || without(BOOK)),
        refused("no-root-relations.xlsx", DAMAGED, || without(ROOT_RELATIONS)),
        refused("no-relations.xlsx", DAMAGED, || without(BOOK_RELATIONS)),
        refused("no-sheet.xlsx", DAMAGED, || without(SHEET)),
        refused("no-texts.xlsx", &["不完整", "损坏", "不合规范"], || without(STRINGS)),
        read("no-styles.xlsx", || without("xl/styles.xml")),
        read("no-types.xlsx", || without("[Content_Types].xml")),
        refused("sheet-is-the-styles.xlsx", DAMAGED, || {
            replaced(BOOK_RELATIONS, "worksheets/sheet1.xml", "styles.xml")
        }),
        refused("sheet-is-the-workbook.xlsx", DAMAGED, || {
            replaced(BOOK_RELATIONS, "worksheets/sheet1.xml", "workbook.xml")
        }),
        read("sheet-of-no-relation.xlsx", || listed(&sheet("x", 9, "rId99"))),
        refused("no-sheets-listed.xlsx", &["没有工作表", "损坏"], || {
            with_text(BOOK, |text| super::pack::swap(text, "<sheets>", "</sheets>", "<sheets/>"))
        }),
        refused("two-workbooks.xlsx", &["找不到工作簿", "损坏"], || {
            with_text(ROOT_RELATIONS, |text| {
                let one = text.find("<Relationship ").expect("a relation");
                let end = one + text[one..].find("/>").expect("a relation ends") + 2;
                let other = text[one..end].replace("rId1", "rId77");
                format!("{}{other}{}", &text[..end], &text[end..])
            })
        }),
        row("state-unknown.xlsx", Want::Read(&["file-hidden-data"]), || {
            replaced(BOOK, "<sheet name", "<sheet state=\"odd\" name")
        }),
        row("all-sheets-hidden.xlsx", Want::Read(&["file-hidden-data"]), || {
            replaced(BOOK, "<sheet name", "<sheet state=\"hidden\" name")
        }),
        row("all-sheets-very-hidden.xlsx", Want::Read(&["file-hidden-data"]), || {
            replaced(BOOK, "<sheet name", "<sheet state=\"veryHidden\" name")
        }),
        refused("two-sheets-of-one-name.xlsx", &["都叫"], || listed(&sheet("Sheet1", 9, "rId1"))),
        refused("sheets-too-many.xlsx", &["工作表数超过上限"], || {
            listed(&(10..310).map(|n| sheet(&format!("s{n}"), n, "rId1")).collect::<String>())
        }),
        refused("sheet-again-and-again.xlsx", &["工作表数超过上限", "超过上限"], || {
            listed(&(10..3_010).map(|n| sheet(&format!("s{n}"), n, "rId1")).collect::<String>())
        }),
        refused("parts-too-many.xlsx", &["部件数超过上限"], || {
            let mut entries = stored();
            entries.extend((0..11_000).map(|n| Entry::stored(&format!("x/{n}"), b"")));
            write(&entries, false)
        }),
        row("locked.xlsx", Want::Refused("file-encrypted", &["密码"]), || lying(|entry| entry.flags |= 1)),
        row("one-part-locked.xlsx", Want::Refused("file-encrypted", &["密码"]), || {
            lying(|entry| entry.flags |= u16::from(entry.name == SHEET))
        }),
        refused("packed-by-bzip2.xlsx", &["压缩方式"], || lying(|entry| entry.method = 12)),
        refused("packed-by-lzma.xlsx", &["压缩方式"], || lying(|entry| entry.method = 14)),
        refused("packed-by-zstd.xlsx", &["压缩方式"], || lying(|entry| entry.method = 93)),
        refused("packed-by-nothing-known.xlsx", &["压缩方式"], || lying(|entry| entry.method = 77)),
        refused("stored-that-is-deflated.xlsx", DAMAGED, || lying(|entry| entry.method = 0)),
        refused("checksum-of-the-texts.xlsx", DAMAGED, || bit(STRINGS, "2026年3")),
        refused("checksum-of-the-sheet.xlsx", DAMAGED, || bit(SHEET, "<c r=\"A5\"><v>2")),
        refused("checksum-of-a-part-behind-the-cells.xlsx", DAMAGED, || bit(SHEET, "<mergeCell ref=\"A1")),
        refused("checksum-of-the-styles.xlsx", DAMAGED, || bit("xl/styles.xml", "<cellXfs count=\"1")),
        refused("checksum-of-the-relations.xlsx", DAMAGED, || bit(BOOK_RELATIONS, "rId1")),
        refused("size-too-small.xlsx", DAMAGED, || {
            lying(|entry| {
                if entry.name == SHEET {
                    entry.size = 10
                }
            })
        }),
        row("size-too-large.xlsx", Want::Either, || {
            lying(|entry| {
                if entry.name == SHEET {
                    entry.size = 0xffff_fff0
                }
            })
        }),
        refused("all-parts-are-one.xlsx", DAMAGED, || write(&stored(), true)),
        row("junk-before.xlsx", Want::Either, || [b"junk".repeat(100), form()].concat()),
        row("junk-behind.xlsx", Want::Either, || [form(), b"junk".repeat(100)].concat()),
        row("junk-behind-by-the-megabyte.xlsx", Want::Either, || [form(), b"junk".repeat(300_000)].concat()),
        row("two-packages-in-one.xlsx", Want::Either, || [form(), form()].concat()),
        refused("directory-alone.xlsx", DAMAGED, || {
            let form = form();
            let start = form.windows(4).position(|four| four == b"PK\x01\x02").expect("a directory");
            [b"PK\x03\x04".as_slice(), &form[start..]].concat()
        }),
        read("path-out-of-the-package.xlsx", || {
            repacked(|parts| parts.push(("../../../../out.xml".to_owned(), b"<x/>".to_vec())))
        }),
        row("target-out-of-the-package.xlsx", Want::Either, || {
            replaced(BOOK_RELATIONS, "worksheets/sheet1.xml", "../../../../xl/worksheets/sheet1.xml")
        }),
        read("target-from-the-root.xlsx", || {
            replaced(BOOK_RELATIONS, "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml")
        }),
        read("external-links.xlsx", || {
            let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath";
            let link = format!(
                "<Relationship Id=\"rId88\" Type=\"{kind}\" Target=\"http://example.org/x.xlsx\" TargetMode=\"External\"/>"
            );
            appended(BOOK_RELATIONS, "Relationships", &link)
        }),
        row("sheet-name-with-escapes.xlsx", Want::Records(3), || {
            replaced(BOOK, "name=\"Sheet1\"", "name=\"\u{202e}=cmd&#27;[31m\"")
        }),
        read("styles-under-another-name.xlsx", || {
            let mut parts = parts();
            for (name, bytes) in &mut parts {
                if name == STYLES {
                    *name = "xl/looks.xml".to_owned();
                } else if name == BOOK_RELATIONS {
                    *bytes = String::from_utf8_lossy(bytes).replace("styles.xml", "looks.xml").into_bytes();
                }
            }
            pack(&parts)
        }),
        read("texts-under-another-name-beside-old-ones.xlsx", || {
            let mut parts = parts();
            let texts = parts.iter().find(|(name, _)| name == STRINGS).map(|(_, bytes)| bytes.clone()).expect("texts");
            for (name, bytes) in &mut parts {
                if name == STRINGS {
                    *bytes = String::from_utf8_lossy(bytes).replace("检查", "走访").into_bytes();
                } else if name == BOOK_RELATIONS {
                    *bytes = String::from_utf8_lossy(bytes).replace("sharedStrings.xml", "words.xml").into_bytes();
                }
            }
            parts.push(("xl/words.xml".to_owned(), texts));
            pack(&parts)
        }),
        refused("look-that-is-not-there.xlsx", &["不合规范"], || {
            with_text(SHEET, |text| text.replacen("<c r=\"A4\"", "<c r=\"A4\" s=\"9999\"", 1))
        }),
        read("protected-sheet.xlsx", || {
            replaced(SHEET, "</sheetData>", "</sheetData><sheetProtection sheet=\"1\" password=\"CC1A\"/>")
        }),
        read("macros.xlsm", || {
            let mut parts = parts();
            parts.push(("xl/vbaProject.bin".to_owned(), vec![7; 9_000]));
            pack(&parts)
        }),
    ]
}

#[test]
fn packages_that_lie_are_refused_and_odd_ones_are_read() {
    check(form(), rows());
}
