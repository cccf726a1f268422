//! Kinds: what is no workbook is named for what it is, whatever its name says.

use super::ole::{Ole, book, label};
use super::pack::{form, pack};
use super::{DAMAGED, Row, Want, check, refused, row, unsupported};

/// The stream of a compound file of another program.
fn compound(name: &'static str) -> Vec<u8> {
    Ole { name, ..Ole::of(&[1; 5_000]) }.bytes()
}

fn office(part: &'static str) -> Vec<u8> {
    pack(&[("[Content_Types].xml", "<Types/>"), ("_rels/.rels", "<Relationships/>"), (part, "<x/>")])
}

fn open_document(kind: &'static str) -> Vec<u8> {
    let kind = format!("application/vnd.oasis.opendocument.{kind}");
    pack(&[("mimetype", kind.as_str()), ("content.xml", "<x/>")])
}

/// Bytes by a fixed seed, as a file full of noise.
fn noise(length: usize) -> Vec<u8> {
    super::cuts::Draw(9).take(length)
}

fn rows() -> Vec<Row> {
    vec![
        refused("empty.xlsx", &["空的"], Vec::new),
        refused("zeros.xlsx", &["空字节"], || vec![0; 5_000]),
        refused("one-zero.xls", &["空字节"], || vec![0]),
        refused("mark-alone.xlsx", DAMAGED, || b"PK\x03\x04".to_vec()),
        refused("mark-of-a-container-alone.xls", DAMAGED, || b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        refused("noise.xlsx", DAMAGED, || noise(9_000)),
        refused("noise-behind-a-mark.xlsx", DAMAGED, || [b"PK\x03\x04".to_vec(), noise(9_000)].concat()),
        refused("half-loaded.xlsx.downloading", DAMAGED, || [b"PK\x03\x04".as_slice(), &[0; 100]].concat()),
        unsupported("one-letter.xlsx", &["文本"], || b"P".to_vec()),
        unsupported("letter.docx", &["Word"], || office("word/document.xml")),
        unsupported("letter.xlsx", &["Word"], || office("word/document.xml")),
        unsupported("slides.pptx", &["演示"], || office("ppt/presentation.xml")),
        unsupported("letter.doc", &["Word"], || compound("WordDocument")),
        unsupported("slides.ppt", &["演示"], || compound("PowerPoint Document")),
        unsupported("mail.msg", &["邮件"], || compound("__properties_version1.0")),
        unsupported("other-program.xls", &["别的程序"], || compound("Contents")),
        unsupported("letter.odt", &["文字文档"], || open_document("text")),
        unsupported("slides.odp", &["演示"], || open_document("presentation")),
        unsupported("drawing.odg", &["另一种文件"], || open_document("graphics")),
        unsupported("binary.xlsb", &["另存为 .xlsx"], || office("xl/workbook.bin")),
        unsupported("flat.fods", &["另存为 .xlsx"], || {
            b"<?xml version=\"1.0\"?><office:document xmlns:office=\"x\"/>".to_vec()
        }),
        unsupported("page.xls", &["网页"], || "<html><table><tr><td>序号".into()),
        unsupported("page-gbk.xls", &["网页"], || {
            b"<html><table><tr><td>\xd0\xf2\xba\xc5</td></tr></table></html>".to_vec()
        }),
        unsupported("xml-2003.xls", &["Excel 2003"], || {
            b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>".to_vec()
        }),
        unsupported("archive.xls", &["网页存档"], || {
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n".to_vec()
        }),
        unsupported("lines.xlsx", &["文本"], || "序号,监督内容\n1,作风建设\n".into()),
        unsupported("lines-gbk.xlsx", &["文本"], || {
            b"\xd0\xf2\xba\xc5,\xbc\xe0\xb6\xbd\n1,\xd7\xf7\xb7\xe7\n".to_vec()
        }),
        unsupported("lines-utf-16.xls", &["文本"], || {
            "\u{feff}序号\t监督内容\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect()
        }),
        unsupported("lines.csv", &["文本"], || "序号,监督内容".into()),
        unsupported("paper.pdf", &["PDF"], || b"%PDF-1.7\n".to_vec()),
        unsupported("paper.xlsx", &["PDF"], || b"%PDF-1.7\n".to_vec()),
        unsupported("archive.rar", &["RAR"], || b"Rar!\x1a\x07\x01\0".to_vec()),
        unsupported("archive.7z", &["7z"], || b"7z\xbc\xaf\x27\x1c\0\0".to_vec()),
        unsupported("archive.gz", &["gz"], || b"\x1f\x8b\x08\0\0\0".to_vec()),
        unsupported("archive-of-workbooks.zip", &["解压"], || pack(&[("青石镇.xlsx", form())])),
        unsupported("archive-of-workbooks.xlsx", &["解压"], || pack(&[("报送/青石镇.xlsx", form())])),
        unsupported("archive-empty.zip", &["压缩包"], || pack::<&str, &[u8]>(&[])),
        unsupported("program.apk", &["压缩包"], || pack(&[("AndroidManifest.xml", "x")])),
        unsupported("picture.jpg", &["图片"], || b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec()),
        unsupported("picture.xlsx", &["图片"], || b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec()),
        unsupported("picture.gif", &["图片"], || b"GIF89a\x01\0\x01\0\x80\0\0".to_vec()),
        unsupported("picture.webp", &["图片"], || b"RIFF\0\0\0\0WEBPVP8 ".to_vec()),
        unsupported("film.xlsx", &["视频"], || b"\0\0\0\x18ftypmp42\0\0\0\0".to_vec()),
        unsupported("rich.doc", &["RTF"], || b"{\\rtf1\\ansi}".to_vec()),
        unsupported("very-old.xls", &["很旧"], || b"\x09\0\x04\0\x02\0\x10\0".to_vec()),
        unsupported("program.xlsx", &["程序"], || [b"MZ".as_slice(), &[0; 200]].concat()),
        unsupported("link.xlsx", &["快捷方式"], || [b"L\0\0\0\x01\x14\x02\0".as_slice(), &[0; 60]].concat()),
        unsupported("table-of-a-database.xlsx", &["数据库"], || {
            [b"\x03\x7a\x01\x01".as_slice(), &[0; 28], b"NAME"].concat()
        }),
        row("locked.xlsx", Want::Refused("file-encrypted", &["密码"]), || compound("EncryptedPackage")),
        row("locked-capitals.XLSX", Want::Refused("file-encrypted", &["密码"]), || compound("EncryptedPackage")),
        row("good-under-another-name.xls", Want::Read(&[]), form),
        row("good-under-a-strange-name.pdf", Want::Read(&[]), form),
        row("good-without-an-end.数据", Want::Read(&[]), form),
        row("no-form.xls", Want::Records(0), || {
            Ole::of(&book(&[[label(0, 0, "通知"), label(1, 0, "内容")].concat()])).bytes()
        }),
        row("no-form.xlsx", Want::Records(0), || {
            super::pack::with_text(super::pack::SHEET, |text| {
                super::pack::swap(text, "<sheetData>", "</sheetData>", "<sheetData/>")
            })
        }),
    ]
}

#[test]
fn what_is_no_workbook_is_named_for_what_it_is() {
    check(form(), rows());
}
