//! XML: cut, ill-formed, in other encodings, with entities; and odd but lawful spellings.

use super::pack::{
    BOOK, BOOK_RELATIONS, ROOT_RELATIONS, SHEET, STRINGS, STYLES, appended, cut_before, form, pack, parts, replaced,
    with_bytes, with_text,
};
use super::{DAMAGED, Row, Want, check, read, refused, row};

/// What a file with a definition of its own is told.
const DOCTYPE: &[&str] = &["外部定义"];
/// Ten entities of ten, each of the one before: a billion.
fn billion() -> String {
    let mut bomb = "<!DOCTYPE sst [<!ENTITY a0 \"ha\">".to_owned();
    for n in 1..10 {
        bomb.push_str(&format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)));
    }
    bomb + "]><sst "
}

/// The shared texts in UTF-16, with its mark.
fn wide(text: &str) -> Vec<u8> {
    let text = text.replacen("UTF-8", "UTF-16", 1);
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

/// Every part of the form that matters with such words put otherwise.
fn everywhere(change: impl Fn(&str) -> String) -> Vec<u8> {
    let other = |(name, bytes): (String, Vec<u8>)| {
        let bytes = match String::from_utf8(bytes) {
            Ok(text) => change(&text).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        (name, bytes)
    };
    pack(&parts().into_iter().map(other).collect::<Vec<_>>())
}

fn rows() -> Vec<Row> {
    vec![
        refused("entities-billion.xlsx", DOCTYPE, || replaced(STRINGS, "<sst ", &billion())),
        refused("entity-of-a-file.xlsx", DOCTYPE, || {
            replaced(STRINGS, "<sst ", "<!DOCTYPE sst [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst ")
        }),
        refused("doctype-in-styles.xlsx", DOCTYPE, || {
            replaced(STYLES, "<styleSheet", "<!DOCTYPE x [<!ENTITY a \"b\">]><styleSheet")
        }),
        refused("doctype-in-sheet.xlsx", DOCTYPE, || {
            replaced(SHEET, "<worksheet", "<!DOCTYPE x SYSTEM \"http://example.org/x\"><worksheet")
        }),
        refused("doctype-in-workbook.xlsx", DOCTYPE, || replaced(BOOK, "<workbook", "<!DOCTYPE x><workbook")),
        refused("entity-unknown.xlsx", DAMAGED, || replaced(STRINGS, "检查", "检&bad;查")),
        refused("reference-to-no-character.xlsx", DAMAGED, || replaced(STRINGS, "检查", "检&#xD800;查")),
        refused("bytes-of-no-text.xlsx", DAMAGED, || {
            with_bytes(STRINGS, |bytes| {
                let at =
                    bytes.windows(6).position(|six| six == "检查".as_bytes()).expect("the form looks at something");
                [&bytes[..at], &[0xff, 0xfe], &bytes[at + 6..]].concat()
            })
        }),
        refused("gbk.xlsx", DAMAGED, || {
            with_bytes(STRINGS, |bytes| {
                let text = String::from_utf8_lossy(bytes).replacen("UTF-8", "GBK", 1);
                // Three bytes of a text in GBK are no text in UTF-8.
                text.replace("检查", "\u{1}")
                    .bytes()
                    .flat_map(|b| if b == 1 { vec![0xbc, 0xec, 0xb2] } else { vec![b] })
                    .collect()
            })
        }),
        row("utf-16.xlsx", Want::Either, || with_bytes(STRINGS, |bytes| wide(&String::from_utf8_lossy(bytes)))),
        row("utf-16-sheet.xlsx", Want::Either, || with_bytes(SHEET, |bytes| wide(&String::from_utf8_lossy(bytes)))),
        read("byte-order-mark.xlsx", || with_text(STRINGS, |text| format!("\u{feff}{text}"))),
        read("control-characters.xlsx", || replaced(STRINGS, "检查", "检\u{1}\u{7}查")),
        refused("cut-in-a-cell.xlsx", &["不完整", "损坏", "读不了"], || cut_before(SHEET, "</c>")),
        refused("cut-in-a-row.xlsx", &["不完整", "损坏", "读不了"], || cut_before(SHEET, "</row>")),
        refused("cut-after-the-rows.xlsx", &["不完整", "损坏", "读不了"], || cut_before(SHEET, "</sheetData>")),
        refused("cut-after-the-cells.xlsx", DAMAGED, || {
            with_text(SHEET, |text| text[..text.find("</sheetData>").expect("cells end") + 12].to_owned())
        }),
        refused("cut-in-the-merges.xlsx", DAMAGED, || cut_before(SHEET, "<mergeCell ")),
        refused("cut-before-the-end.xlsx", DAMAGED, || cut_before(SHEET, "</worksheet>")),
        refused("cut-workbook.xlsx", DAMAGED, || cut_before(BOOK, "</sheets>")),
        refused("cut-texts.xlsx", DAMAGED, || cut_before(STRINGS, "</sst>")),
        refused("cut-in-a-text.xlsx", &["不完整", "损坏", "不合规范"], || cut_before(STRINGS, "</si>")),
        refused("cut-styles.xlsx", DAMAGED, || cut_before(STYLES, "</cellXfs>")),
        refused("cut-relations.xlsx", DAMAGED, || cut_before(BOOK_RELATIONS, "</Relationships>")),
        refused("cut-root-relations.xlsx", DAMAGED, || cut_before(ROOT_RELATIONS, "</Relationships>")),
        refused("tag-of-another-name.xlsx", DAMAGED, || replaced(STRINGS, "</si>", "</is>")),
        refused("tag-never-opened.xlsx", DAMAGED, || replaced(STRINGS, "</si>", "</si></si>")),
        refused("attribute-without-end.xlsx", DAMAGED, || replaced(SHEET, "r=\"A4\">", "r=\"A4>")),
        refused("attribute-twice.xlsx", &["不完整", "损坏", "读不了", "出现两次"], || {
            replaced(SHEET, "r=\"A4\"", "r=\"A4\" r=\"A5\"")
        }),
        refused("sheet-empty-part.xlsx", DAMAGED, || with_bytes(SHEET, |_| Vec::new())),
        refused("sheet-of-another-root.xlsx", DAMAGED, || {
            with_text(SHEET, |text| text.replace("<worksheet", "<chartsheet").replace("</worksheet", "</chartsheet"))
        }),
        refused("texts-of-another-root.xlsx", &["不完整", "损坏", "不合规范"], || {
            with_text(STRINGS, |text| text.replace("<sst", "<rst").replace("</sst", "</rst").replace("si>", "item>"))
        }),
        row("behind-the-root.xlsx", Want::Either, || with_text(SHEET, |text| format!("{text}<x>"))),
        row("null-bytes-behind-the-root.xlsx", Want::Either, || {
            with_text(SHEET, |text| text.to_owned() + &"\0".repeat(900))
        }),
        read("deep.xlsx", || appended(SHEET, "worksheet", &("<a>".repeat(100_000) + &"</a>".repeat(100_000)))),
        read("strict.xlsx", || {
            everywhere(|text| {
                text.replace(
                    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
                .replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            })
        }),
        read("prefixed.xlsx", || {
            with_text(SHEET, |text| {
                let (declaration, body) = text.split_once("<worksheet").expect("a root");
                let body =
                    format!("<worksheet{body}").replace("</", "\u{0}").replace('<', "<x:").replace('\u{0}', "</x:");
                declaration.to_owned() + &body.replacen("xmlns=", "xmlns:x=", 1)
            })
        }),
        read("text-as-cdata.xlsx", || replaced(STRINGS, "检查", "<![CDATA[检查]]>")),
        read("comment-in-a-text.xlsx", || replaced(STRINGS, "检查", "检<!-- x -->查")),
        read("reference-in-a-text.xlsx", || replaced(STRINGS, "检查", "检&#26597;")),
        read("instructions-between.xlsx", || replaced(SHEET, "<sheetData>", "<?x y?><!-- <row> --><sheetData>")),
        read("blanks-between.xlsx", || with_text(SHEET, |text| text.replace("><", ">\r\n\t<"))),
    ]
}

#[test]
fn broken_xml_is_refused_and_odd_xml_is_read() {
    check(form(), rows());
}
