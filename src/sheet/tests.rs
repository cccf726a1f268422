//! The mail room at its door: bytes in, a book or one plain line out.

use std::io::{Cursor, Read, Write};

use chrono::NaiveDate;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::*;

/// An .xlsx with one sheet.
pub(super) fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().unwrap()
}

/// The same package with its parts changed; a part that becomes nothing is left out.
pub(super) fn repacked(bytes: &[u8], mut change: impl FnMut(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut from = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let mut entry = from.by_index(at).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut part = Vec::new();
        entry.read_to_end(&mut part).unwrap();
        if let Some(part) = change(&name, part) {
            to.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            to.write_all(&part).unwrap();
        }
    }
    to.finish().unwrap().into_inner()
}

/// The same package with words replaced in one part.
pub(super) fn replaced(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut hit = false;
    let changed = repacked(bytes, |name, content| {
        if name != part {
            return Some(content);
        }
        let text = String::from_utf8(content).unwrap();
        hit |= text.contains(from);
        Some(text.replacen(from, to, 1).into_bytes())
    });
    assert!(hit, "{part} has no {from}");
    changed
}

pub(super) const SHEET: &str = "xl/worksheets/sheet1.xml";

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn ods(content: &str) -> Vec<u8> {
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest xmlns:manifest=\"m\"/>"),
        (
            "content.xml",
            &format!(
                "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\" xmlns:style=\"s\" xmlns:calcext=\"c\">{content}</office:document-content>"
            ),
        ),
    ])
}

/// A record of the old format.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

fn label(row: u16, col: u16, text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut data = [row.to_le_bytes(), col.to_le_bytes(), 0_u16.to_le_bytes()].concat();
    data.extend(u16::try_from(units.len()).unwrap().to_le_bytes());
    data.push(1);
    data.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    record(0x0204, &data)
}

fn number(row: u16, col: u16, style: u16, value: f64) -> Vec<u8> {
    let mut data = [row.to_le_bytes(), col.to_le_bytes(), style.to_le_bytes()].concat();
    data.extend(value.to_le_bytes());
    record(0x0203, &data)
}

fn begin(kind: u16) -> Vec<u8> {
    let mut data = [0x0600_u16.to_le_bytes(), kind.to_le_bytes()].concat();
    data.extend([0; 12]);
    record(0x0809, &data)
}

fn style(format: u16) -> Vec<u8> {
    let mut data = vec![0; 20];
    data[2..4].copy_from_slice(&format.to_le_bytes());
    record(0x00e0, &data)
}

/// An .xls with one sheet; styles 0 General, 1 a date, 2 a percent.
fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    let globals = |offset: u32| {
        let mut sheet = offset.to_le_bytes().to_vec();
        sheet.extend([0, 0, 2, 1]);
        sheet.extend("三月".encode_utf16().flat_map(|unit| unit.to_le_bytes()));
        [begin(5), style(0), style(14), style(10), record(0x0085, &sheet), record(0x000a, &[])].concat()
    };
    let mut stream = globals(u32::try_from(globals(0).len()).unwrap());
    stream.extend(begin(16));
    stream.extend(cells.concat());
    stream.extend(record(0x000a, &[]));
    let empty = Cursor::new(Vec::new());
    let mut container = cfb::CompoundFile::create_with_version(cfb::Version::V3, empty).unwrap();
    container.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    container.into_inner().into_inner()
}

pub(super) fn at(book: &Book, row: u32, col: u32) -> String {
    book.sheets[0].text(Pos::new(row, col))
}

pub(super) fn line(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok(_) => "读了".to_owned(),
        Err(ReadError::Encrypted) => "有密码".to_owned(),
        Err(ReadError::Unsupported(line) | ReadError::Unreadable(line)) => line,
    }
}

#[test]
fn a_name_that_does_not_fit_gets_the_ending_of_what_was_read() {
    let old = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    for (bytes, borne, better) in [
        (&old[..], ".tmp", Some(".xls")),
        (&old[..], ".xlsx", Some(".xls")),
        (&old[..], ".ET", None),
        (&old[..], ".xls", None),
        (b"words", ".exe", None),
    ] {
        assert_eq!(super::better_ending(bytes, borne), better, "{borne}");
    }
}

#[test]
fn values_read_as_the_sheet_shows_them() {
    let bytes = book(|sheet| {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        sheet.write(0, 0, " 无\u{200b}\r\n二\u{3000}").unwrap();
        sheet.write(0, 1, 13_800_001_234.0).unwrap();
        sheet.write_with_format(0, 2, 0.125, &Format::new().set_num_format("0.0%")).unwrap();
        sheet.write_with_format(0, 3, &day, &Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"")).unwrap();
        sheet.write(0, 4, true).unwrap();
        sheet.write_with_format(0, 5, 0.361_111_11, &Format::new().set_num_format("h:mm")).unwrap();
        sheet.write_with_format(0, 6, 60.0, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        sheet.write(0, 7, "   ").unwrap();
        sheet.write(0, 8, 5.0).unwrap();
    });
    let book = read(&bytes).unwrap();
    let shown: Vec<_> = (0..9).map(|col| at(&book, 0, col)).collect();
    assert_eq!(shown, ["无\n二", "13800001234", "12.5%", "2026年3月5日", "TRUE", "8:40", "1900年2月29日", "", "5"]);
    assert_eq!(book.sheets[0].cells.len(), 8);
    assert_eq!(book.sheets[0].counted.get(&0), Some(&8));
}

#[test]
fn hidden_parts_and_merges_come_along() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write(4, 4, "五").unwrap();
    sheet.set_row_hidden(4).unwrap();
    sheet.set_row_hidden(9).unwrap();
    sheet.set_column_hidden(4).unwrap();
    sheet.merge_range(0, 0, 1, 3, "题", &Format::new()).unwrap();
    workbook.add_worksheet().set_very_hidden(true).write(0, 0, "选项").unwrap();
    let book = read(&workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(book.sheets[0].hidden_rows, BTreeSet::from([4]));
    assert_eq!(book.sheets[0].hidden_cols, BTreeSet::from([4]));
    let merge = Merge { first: Pos::new(0, 0), last: Pos::new(1, 3) };
    assert_eq!(book.sheets[0].merges, [merge]);
    assert!(!book.sheets[0].hidden && book.sheets[1].hidden);
}

#[test]
fn errors_and_formulas_without_a_value_are_told_apart() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(0, 1, Formula::new("=A2").set_result("X")).unwrap();
        sheet.write(0, 2, "后面还有").unwrap();
    });
    let mut bytes = repacked(&bytes, |name, part| {
        let text = String::from_utf8(part.clone()).unwrap_or_default();
        // A newer error that the reader does not know, and a formula as other programs write it.
        let text = text.replace("<c r=\"A1\" t=\"str\">", "<c r=\"A1\" t=\"e\">").replace("#DIV/0!", "#SPILL!");
        let text = text.replace("<c r=\"B1\" t=\"str\">", "<c r=\"B1\">").replace("<v>X</v>", "<v/>");
        Some(if name == SHEET { text.into_bytes() } else { part })
    });
    let read_back = read(&bytes).unwrap();
    let cells = &read_back.sheets[0].cells;
    assert_eq!(cells.get(&Pos::new(0, 0)), Some(&Value::Error("#SPILL!".to_owned())));
    assert_eq!(cells.get(&Pos::new(0, 1)), Some(&Value::Uncalculated));
    assert_eq!(at(&read_back, 0, 2), "后面还有");
    bytes = replaced(&bytes, SHEET, "#SPILL!", "#N/A");
    assert_eq!(at(&read(&bytes).unwrap(), 0, 0), "#N/A");
}

#[test]
fn an_old_workbook_reads_like_a_new_one() {
    let mut row = [2_u16.to_le_bytes(), 0_u16.to_le_bytes(), 3_u16.to_le_bytes()].concat();
    row.extend([0; 10]);
    row[12] = 0x20;
    let column = [3_u16, 3, 2048, 0, 1, 0].map(u16::to_le_bytes).concat();
    let merge = [1_u16, 0, 1, 0, 2].map(u16::to_le_bytes).concat();
    let mut cells = vec![
        record(0x007d, &column),
        record(0x0208, &row),
        label(0, 0, "填报单位：青石镇纪委"),
        number(2, 0, 0, 1.0),
        number(2, 1, 1, 46_086.0),
        number(2, 2, 2, 0.125),
        label(2, 3, "无"),
    ];
    // Small streams lie elsewhere in the container; both ways are read.
    for pad in [0, 200] {
        cells.extend((0..pad).map(|row| label(10 + row, 1, "占位的文字")));
        let mut all = cells.clone();
        all.push(record(0x00e5, &merge));
        let book = read(&xls(&all)).unwrap();
        assert_eq!(at(&book, 0, 0), "填报单位：青石镇纪委");
        assert_eq!((at(&book, 2, 0), at(&book, 2, 1)), ("1".to_owned(), "2026年3月5日".to_owned()));
        assert_eq!((at(&book, 2, 2), at(&book, 2, 3)), ("12.50%".to_owned(), "无".to_owned()));
        let sheet = &book.sheets[0];
        assert_eq!(sheet.name, "三月");
        assert_eq!((&sheet.hidden_rows, &sheet.hidden_cols), (&BTreeSet::from([2]), &BTreeSet::from([3])));
        assert_eq!(sheet.merges, [Merge { first: Pos::new(0, 0), last: Pos::new(1, 2) }]);
    }
}

#[test]
fn an_open_document_reads_like_a_new_one() {
    let book = read(&ods(
        "<style:style style:name=\"h\"><style:table-properties table:display=\"false\"/></style:style>
        <office:spreadsheet><table:table table:name=\"三月\">
        <table:table-column/><table:table-column table:visibility=\"collapse\"/><table:table-column table:number-columns-repeated=\"16382\"/>
        <table:table-row><table:table-cell table:number-columns-spanned=\"3\" office:value-type=\"string\"><text:p>题<text:s text:c=\"2\"/>目</text:p><text:p>二</text:p><office:annotation><text:p>批注</text:p></office:annotation></table:table-cell><table:covered-table-cell table:number-columns-repeated=\"2\"/></table:table-row>
        <table:table-row table:number-rows-repeated=\"3\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>
        <table:table-row table:visibility=\"filter\"><table:table-cell office:value-type=\"float\" office:value=\"3200\"><text:p>3,200.00</text:p></table:table-cell>
        <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"percentage\" office:value=\"0.125\"><text:p>12.5%</text:p></table:table-cell>
        <table:table-cell office:value-type=\"date\" office:date-value=\"2026-03-05\"><text:p>3月5日</text:p></table:table-cell>
        <table:table-cell table:formula=\"of:=X\" office:value-type=\"string\" calcext:value-type=\"error\"><text:p>#N/A</text:p></table:table-cell>
        <table:table-cell table:formula=\"of:=X\"/><table:table-cell office:value-type=\"string\"><text:p> </text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated=\"1048570\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>
        </table:table><table:table table:name=\"单\" table:style-name=\"h\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>项</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>",
    ))
    .unwrap();
    let shown: Vec<_> = (0..7).map(|col| at(&book, 4, col)).collect();
    assert_eq!(shown, ["3200", "12.5%", "12.5%", "2026年3月5日", "#N/A", "", ""]);
    assert_eq!(at(&book, 0, 0), "题  目\n二");
    let sheet = &book.sheets[0];
    assert_eq!(sheet.cells.get(&Pos::new(4, 4)), Some(&Value::Error("#N/A".to_owned())));
    assert_eq!(sheet.cells.get(&Pos::new(4, 5)), Some(&Value::Uncalculated));
    assert_eq!((&sheet.hidden_rows, &sheet.hidden_cols), (&BTreeSet::from([4]), &BTreeSet::from([1])));
    assert_eq!(sheet.merges, [Merge { first: Pos::new(0, 0), last: Pos::new(0, 2) }]);
    assert_eq!(sheet.counted, BTreeMap::from([(0, 1), (4, 6)]));
    assert!(!sheet.hidden && book.sheets[1].hidden);
}

#[test]
fn every_other_kind_of_file_gets_its_own_plain_line() {
    let html = "<html><table><tr><td>监督内容</td></tr></table></html>";
    let gbk = encoding_rs::GB18030.encode("单位,姓名\r\n青石镇纪委,周敏\r\n").0.into_owned();
    let cases: &[(&[u8], &str)] = &[
        (b"", "空的（0 字节）"),
        (&[0; 4096], "全是空字节"),
        (b"%PDF-1.7 \xff", "PDF"),
        (b"Rar!\x1a\x07\x01\0", "压缩包（RAR）"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "压缩包（7z）"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "图片"),
        (b"\x89PNG\r\n\x1a\n\0\0", "图片"),
        (html.as_bytes(), "网页（HTML）"),
        (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "Excel 2003"),
        ("单位,姓名\n青石镇纪委,周敏\n".as_bytes(), "文本（或 CSV）"),
        (&gbk, "文本（或 CSV）"),
        (b"MIME-Version: 1.0\n", "MHT"),
        (b"\x01\x02\x03\xff\xfe\x00garbage", "认不出这是什么文件"),
        (b"MZ\x90\0\x03\0\0\0\x04", "程序（.exe）"),
        (b"L\0\0\0\x01\x14\x02\0\0\0", "快捷方式"),
        (b"\x03\x7a\x03\x05\x09\0\0\0\x41\0\x30\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0NAME", ".dbf"),
        (b"GIF89a", "图片"),
    ];
    for (bytes, words) in cases {
        assert!(line(bytes).contains(words), "{words}: {}", line(bytes));
    }
    for (part, words) in [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "PPT"),
        ("OFD.xml", "OFD"),
        ("xl/workbook.bin", "另存为 .xlsx"),
        ("三月/青石镇.xlsx", "解压"),
    ] {
        let zip = packed(&[("[Content_Types].xml", "<Types/>"), (part, "x")]);
        assert!(matches!(read(&zip), Err(ReadError::Unsupported(line)) if line.contains(words)), "{part}");
    }
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("WordDocument").unwrap().write_all(b"x").unwrap();
    assert!(line(&container.into_inner().into_inner()).contains("Word"));
}

#[test]
fn a_password_is_named_as_such() {
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("EncryptedPackage").unwrap().write_all(&[7; 5000]).unwrap();
    assert_eq!(read(&container.into_inner().into_inner()).unwrap_err(), ReadError::Encrypted);
    let mut stream = begin(5);
    stream.extend(record(0x002f, &[1, 0, 1, 0, 1, 0]));
    let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    container.create_stream("Workbook").unwrap().write_all(&stream).unwrap();
    assert_eq!(read(&container.into_inner().into_inner()).unwrap_err(), ReadError::Encrypted);
    let locked = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>",
        ),
        ("content.xml", "x"),
    ]);
    assert_eq!(read(&locked).unwrap_err(), ReadError::Encrypted);
}

#[test]
fn escaped_line_breaks_alone_are_blank() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, "x").unwrap();
        sheet.write(0, 1, "二").unwrap();
        sheet.write(0, 2, "_x汉字_x0041").unwrap();
    });
    let bytes = replaced(&bytes, "xl/sharedStrings.xml", "<t>x</t>", "<t>_x000D_\n_x000D_</t>");
    let read_back = read(&replaced(&bytes, "xl/sharedStrings.xml", "<t>二</t>", "<t>甲_x000D_\n乙</t>")).unwrap();
    assert_eq!((at(&read_back, 0, 0), at(&read_back, 0, 1)), (String::new(), "甲\n乙".to_owned()));
    assert_eq!(at(&read_back, 0, 2), "_x汉字_x0041");
}

fn filled() -> Vec<u8> {
    book(|sheet| {
        for row in 0..12 {
            sheet.write(row, 0, row).unwrap();
            sheet.write(row, 1, format!("第{row}行")).unwrap();
        }
    })
}

#[test]
fn lies_inside_the_package_are_refused() {
    let bytes = filled();
    for (part, from, to) in [
        ("xl/sharedStrings.xml", "uniqueCount=\"12\"", "uniqueCount=\"9999999999\""),
        ("xl/sharedStrings.xml", "<sst", "<!DOCTYPE sst [<!ENTITY a \"b\">]><sst"),
        (SHEET, "t=\"s\"><v>11</v>", "t=\"s\"><v>999</v>"),
        (SHEET, "t=\"s\"><v>1</v>", "t=\"s\"><v>1.0</v>"),
        (SHEET, "<v>7</v>", "<v>7<!-- -->7</v>"),
        (SHEET, "r=\"A3\"", "r=\"A4294967299\""),
        (SHEET, "r=\"A3\"", "r=\"ZZZZ3\""),
        (SHEET, "<row r=\"3\"", "<row r=\"4294967295\""),
        (SHEET, "r=\"A4\"", "r=\"A3\""),
        (SHEET, "</sheetData>", "</sheetData><sheetData><row r=\"40\"><c r=\"A40\"><v>4</v></c></row></sheetData>"),
        // The name of a cell against the number of its row.
        (SHEET, "r=\"A3\"", "r=\"A9\""),
        // Cut behind the cells: what was merged would be lost without a word.
        (SHEET, "</worksheet>", ""),
        (SHEET, "</worksheet>", "<mergeCells><mergeCell ref=\"A1:B1\"/>"),
        (SHEET, "</worksheet>", "</worksheet><x>"),
        (SHEET, "<worksheet ", "<chart "),
        ("xl/workbook.xml", "<sheet ", "<sheet name=\"Sheet1\" sheetId=\"9\" r:id=\"rId1\"/><sheet "),
    ] {
        let bad = replaced(&bytes, part, from, to);
        assert!(matches!(read(&bad), Err(ReadError::Unreadable(_))), "{from} → {to}: {:?}", read(&bad));
    }
    let missing = repacked(&bytes, |name, part| (name != "xl/workbook.xml").then_some(part));
    assert!(matches!(read(&missing), Err(ReadError::Unreadable(_))));
}

#[test]
fn a_bomb_is_stopped_by_its_size() {
    let blanks = " ".repeat(6 << 20);
    let bomb = replaced(&filled(), SHEET, "</sheetData>", &format!("</sheetData>{blanks}"));
    assert!(bomb.len() < 1 << 20);
    assert!(line(&bomb).contains("超过上限"), "{}", line(&bomb));
}

#[test]
fn a_far_stray_cell_costs_nothing() {
    let bytes = book(|sheet| {
        sheet.write(0, 0, "头").unwrap();
        sheet.write(1_048_575, 16_383, "尾").unwrap();
    });
    assert_eq!(read(&bytes).unwrap().sheets[0].cells.len(), 2);
}

/// A fixed stream of numbers for damage that is the same on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }
}

fn samples() -> Vec<Vec<u8>> {
    let cells: Vec<_> = (0..120).flat_map(|row| [number(row, 0, 0, f64::from(row)), label(row, 1, "第几行")]).collect();
    let rows: String = (0..12)
        .map(|row| format!("<table:table-row><table:table-cell office:value-type=\"string\"><text:p>第{row}行</text:p></table:table-cell></table:table-row>"))
        .collect();
    let sheet = format!("<office:spreadsheet><table:table table:name=\"一\">{rows}</table:table></office:spreadsheet>");
    vec![filled(), xls(&cells), xls(&cells[..6]), ods(&sheet)]
}

#[test]
fn a_file_cut_short_anywhere_is_said_to_be_damaged() {
    for bytes in samples() {
        for percent in 1..100 {
            let cut = &bytes[..bytes.len() * percent / 100];
            assert!(!matches!(read(cut), Ok(book) if book.sheets.iter().all(|sheet| sheet.cells.is_empty())));
            if bytes.starts_with(b"PK") {
                assert!(
                    line(cut).contains("损坏") || line(cut).contains("文本") || line(cut).contains("空的"),
                    "{percent}"
                );
            }
        }
    }
}

#[test]
fn a_flipped_byte_never_panics_and_in_a_package_never_reads_wrong() {
    let mut dice = Dice(20_260_305);
    for bytes in samples() {
        let good = read(&bytes).unwrap();
        for _ in 0..150 {
            let mut bad = bytes.clone();
            let at = dice.roll(bad.len());
            bad[at] ^= 1 << dice.roll(8);
            let answer = read(&bad);
            // The old format has no checksums; a package has.
            if bytes.starts_with(b"PK")
                && let Ok(book) = answer
            {
                assert_eq!(book.sheets.len(), good.sheets.len());
                for (read, whole) in book.sheets.iter().zip(&good.sheets) {
                    assert_eq!(read.cells, whole.cells, "byte {at}");
                }
            }
        }
    }
}

#[test]
fn sectors_in_a_circle_end_the_reading() {
    let mut bytes = xls(&samples_rows());
    // Every chain of the container leads back to its own first sector.
    for at in (512..1024.min(bytes.len())).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&0_u32.to_le_bytes());
    }
    assert!(matches!(read(&bytes), Err(ReadError::Unreadable(_))));
}

fn samples_rows() -> Vec<Vec<u8>> {
    (0..200).map(|row| label(row, 1, "占位的文字")).collect()
}

#[test]
fn an_open_document_that_does_not_say_so_is_read_all_the_same() {
    let table = "<table:table table:name=\"一\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>项</text:p></table:table-cell></table:table-row></table:table>";
    let silent = |inside: &str| repacked(&ods(inside), |name, part| (name != "mimetype").then_some(part));
    let sheet = silent(&format!("<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"));
    assert_eq!(at(&read(&sheet).unwrap(), 0, 0), "项");
    let text = silent(&format!("<office:body><office:text>{table}</office:text></office:body>"));
    assert!(matches!(read(&text), Err(ReadError::Unreadable(_))));
}
