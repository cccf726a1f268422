//! Tests: what real programs write that is odd, and what a hostile file may make us hold.

use std::io::Write;

use super::tests::{SHEET, at, book, line, ods, repacked, replaced};
use super::*;

const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";

fn plain() -> Vec<u8> {
    book(|sheet| {
        sheet.write(0, 0, "头").unwrap();
        sheet.write(1, 1, "<尾>&").unwrap();
    })
}

#[test]
fn an_error_that_the_reader_does_not_know_costs_one_cell() {
    for error in ["#GETTING_DATA", "#SPILL!", "#BUSY!", "#N/A"] {
        let bytes = replaced(&plain(), SHEET, "t=\"s\"><v>0</v>", &format!("t=\"e\"><v>{error}</v>"));
        let book = read(&bytes).unwrap();
        assert_eq!(book.sheets[0].cells.get(&Pos::new(0, 0)), Some(&Value::Error(error.to_owned())));
        assert_eq!(at(&book, 1, 1), "<尾>&");
    }
}

#[test]
fn a_sheet_that_is_none_beside_a_good_one_is_passed_over() {
    let macros = "<Relationship Id=\"rId77\" Type=\"http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet\" Target=\"macrosheets/sheet9.xml\"/></Relationships>";
    let with_macros = replaced(&plain(), RELATIONS, "</Relationships>", macros);
    let with_macros =
        replaced(&with_macros, WORKBOOK, "</sheets>", "<sheet name=\"m\" sheetId=\"9\" r:id=\"rId77\"/></sheets>");
    let lost =
        replaced(&plain(), WORKBOOK, "</sheets>", "<sheet name=\"空壳\" sheetId=\"9\" r:id=\"rId99\"/></sheets>");
    let odd = replaced(&plain(), WORKBOOK, "<sheet name", "<sheet state=\"odd\" name");
    for (bytes, hidden) in [(with_macros, false), (lost.clone(), false), (odd, true)] {
        let book = read(&bytes).unwrap();
        assert_eq!((book.sheets.len(), book.sheets[0].hidden), (1, hidden));
        assert_eq!((at(&book, 0, 0), at(&book, 1, 1)), ("头".to_owned(), "<尾>&".to_owned()));
    }
    // Where a sheet lies in the package that nothing leads to, the entry was no empty shell.
    let mut lonely = zip::ZipWriter::new_append(std::io::Cursor::new(lost)).unwrap();
    lonely.start_file("xl/worksheets/sheet9.xml", zip::write::SimpleFileOptions::default()).unwrap();
    lonely.write_all(b"<worksheet/>").unwrap();
    let told = line(&lonely.finish().unwrap().into_inner());
    assert!(told.contains("找不到工作表“空壳”的内容"), "{told}");
}

#[test]
fn days_counted_from_1904_stay_so_when_the_list_of_sheets_is_mended() {
    let bytes = book(|sheet| {
        let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
        sheet.write_with_format(0, 0, 46_086.0 - 1462.0, &day).unwrap();
    });
    let bytes = replaced(&bytes, WORKBOOK, "<workbookPr ", "<workbookPr date1904=\"1\" ");
    let bytes = replaced(&bytes, WORKBOOK, "<sheet name", "<sheet state=\"odd\" name");
    assert_eq!(at(&read(&bytes).unwrap(), 0, 0), "2026年3月5日");
}

#[test]
fn rows_without_a_height_of_their_own_are_hidden_only_where_nothing_stands() {
    // So both Excel and LibreOffice take it: a row that is written down is seen unless it says otherwise.
    let bytes = replaced(&plain(), SHEET, "<sheetFormatPr ", "<sheetFormatPr zeroHeight=\"1\" ");
    assert!(read(&bytes).unwrap().sheets[0].hidden_rows.is_empty());
    let bytes = replaced(&bytes, SHEET, "<row r=\"2\"", "<row r=\"2\" ht=\"0\"");
    assert_eq!(read(&bytes).unwrap().sheets[0].hidden_rows, BTreeSet::from([1]));
}

/// The text in UTF-16 with its mark.
fn wide(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn parts_in_utf_16_are_read_and_other_encodings_named() {
    let recoded = |bytes: &[u8], part: &str, big| {
        repacked(bytes, |name, content| {
            let text = String::from_utf8(content.clone()).unwrap_or_default().replacen("UTF-8", "UTF-16", 1);
            Some(if name == part { wide(&text, big) } else { content })
        })
    };
    let odd = replaced(&plain(), WORKBOOK, "<sheet name", "<sheet state=\"odd\" name");
    for (part, big) in [(SHEET, false), ("xl/sharedStrings.xml", true), (WORKBOOK, false), (RELATIONS, true)] {
        let book = read(&recoded(&odd, part, big)).unwrap();
        assert_eq!((at(&book, 0, 0), at(&book, 1, 1)), ("头".to_owned(), "<尾>&".to_owned()), "{part}");
    }
    let table = "<office:spreadsheet><table:table table:name=\"一\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>项</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>";
    assert_eq!(at(&read(&recoded(&ods(table), "content.xml", false)).unwrap(), 0, 0), "项");
    let gbk = replaced(&plain(), SHEET, "encoding=\"UTF-8\"", "encoding=\"GBK\"");
    assert!(line(&gbk).contains("文字编码"), "{}", line(&gbk));
    let broken = repacked(&plain(), |name, mut content| {
        if name == "xl/sharedStrings.xml" {
            let at = content.windows(3).position(|three| three == "头".as_bytes()).unwrap();
            content[at] = 0xff;
        }
        Some(content)
    });
    assert!(line(&broken).contains("文字编码"), "{}", line(&broken));
}

#[test]
fn a_compression_that_is_unknown_is_named_as_such() {
    let mut bytes = plain();
    // The method stands at 10 in every entry of the directory, at 8 before every part.
    for at in 0..bytes.len() - 12 {
        let method = match &bytes[at..at + 4] {
            b"PK\x01\x02" => at + 10,
            b"PK\x03\x04" => at + 8,
            _ => continue,
        };
        bytes[method] = 12;
    }
    assert!(line(&bytes).contains("压缩方式") && line(&bytes).contains("另存为 .xlsx"), "{}", line(&bytes));
}

#[test]
fn what_one_cell_cannot_hold_is_told_while_it_comes_in() {
    let runs = "<r><t>很长的文字</t></r>".repeat(limit::CELL_BYTES / 12);
    let shared = replaced(&plain(), "xl/sharedStrings.xml", "<t>头</t>", &runs);
    let inline = replaced(&plain(), SHEET, "t=\"s\"><v>0</v>", &format!("t=\"inlineStr\"><is>{runs}</is>"));
    let row = |inside: &str| {
        ods(&format!(
            "<office:spreadsheet><table:table table:name=\"一\"><table:table-row><table:table-cell office:value-type=\"string\">{inside}</table:table-cell></table:table-row></table:table></office:spreadsheet>"
        ))
    };
    let blanks = row(&format!("<text:p>a{}b</text:p>", "<text:s text:c=\"1000\"/>".repeat(1000)));
    let paragraphs = row(&"<text:p>很长的文字</text:p>".repeat(limit::CELL_BYTES / 12));
    for bytes in [shared, inline, blanks, paragraphs] {
        assert!(line(&bytes).contains("字数超过上限（32767 以上"), "{}", line(&bytes));
    }
    // The longest text that a cell may have is read.
    let longest = "很".repeat(limit::CELL_CHARS);
    let bytes = replaced(&plain(), "xl/sharedStrings.xml", "<t>头</t>", &format!("<t>{longest}</t>"));
    assert_eq!(at(&read(&bytes).unwrap(), 0, 0), longest);
}

#[test]
fn a_workbook_has_a_total_of_texts_cells_and_rows() {
    // Stored, not pressed: a package that swells would be refused for that.
    let stored = |part: &str, from: &str, to: &str| {
        let mut parts = std::collections::BTreeMap::new();
        repacked(&plain(), |name, content| {
            if name.eq_ignore_ascii_case(part) {
                let text = String::from_utf8(content.clone()).unwrap();
                parts.insert(part.to_ascii_lowercase(), text.replacen(from, to, 1).into_bytes());
            }
            Some(content)
        });
        line(&mend::replaced(&plain(), &parts).unwrap())
    };
    let texts = "xl/sharedStrings.xml";
    let long = "q".repeat(30_000);
    let many = format!("<si><t>{long}</t></si>").repeat(limit::TEXT_BYTES / 30_000 + 1);
    let told = stored(texts, "</sst>", &format!("{many}</sst>"));
    assert!(told.contains("文字总量超过上限"), "{told}");
    let again = format!("<row>{}</row>", "<c t=\"inlineStr\"><is><t>很</t></is></c>".repeat(10));
    assert_eq!(stored(SHEET, "</sheetData>", &format!("{again}</sheetData>")), "读了");
    // One text counts for every cell that shares it.
    let shared = "<row><c t=\"s\"><v>0</v></c></row>".repeat(limit::TEXT_BYTES / limit::CELL_CHARS + 1);
    let bytes = replaced(&plain(), texts, "<t>头</t>", &format!("<t>{}</t>", "q".repeat(limit::CELL_CHARS)));
    let told = line(&replaced(&bytes, SHEET, "</sheetData>", &format!("{shared}</sheetData>")));
    assert!(told.contains("文字总量超过上限"), "{told}");
    let tall = "<row><c><v>1</v></c></row>".repeat(limit::FILLED_ROWS);
    let told = stored(SHEET, "</sheetData>", &format!("{tall}</sheetData>"));
    assert!(told.contains("有内容的行超过上限"), "{told}");
    let broad = format!("<row>{}</row>", "<c t=\"e\"><v>#BUSY!</v></c>".repeat(16_000)).repeat(32);
    let told = stored(SHEET, "</sheetData>", &format!("{broad}</sheetData>"));
    assert!(told.contains("有内容的单元格超过上限"), "{told}");
}
