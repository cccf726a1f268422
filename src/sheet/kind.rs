//! What kind of file the bytes are, by content and never by name; every other kind gets its one plain line.

use super::compound::Compound;
use super::package::Package;
use super::{ReadError, limit};

/// The kinds that are read. A WPS .et is an .xls, an .xlsm an .xlsx.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xls,
    Ods,
}

/// The ending for a file that was read, where the one it bears does not fit what it holds.
pub(super) fn ending(bytes: &[u8], borne: &str) -> Option<&'static str> {
    // A container that was read holds an old workbook.
    let kind = if is_container(bytes) { Kind::Xls } else { of(bytes).ok()? };
    let (usual, others): (_, &[&str]) = match kind {
        Kind::Xlsx => (".xlsx", &[".xlsm", ".et", ".xltx", ".xltm", ".ett"]),
        Kind::Xls => (".xls", &[".et", ".xlt", ".ett"]),
        Kind::Ods => (".ods", &[".ots"]),
    };
    let fits = std::iter::once(&usual).chain(others).any(|fit| borne.eq_ignore_ascii_case(fit));
    (!fits).then_some(usual)
}

/// The answer where a file is cut short or damaged.
pub(super) fn damaged() -> ReadError {
    ReadError::Unreadable("文件不完整或已损坏，打不开；请报送单位在原电脑上重新保存后再发一次。".to_owned())
}

fn unsupported(what: &str, cure: &str) -> ReadError {
    ReadError::Unsupported(format!("这是{what}，不是电子表格；{cure}"))
}

const REFILL: &str = "请报送单位在明细表（.xlsx）里填好再报。";
const DISCARD: &str = "请不要打开，请报送单位把明细表（.xlsx）重新发来。";
const UNPACK: &str = "请先解压，把里面的表格放进来。";
const SAVE_AS: &str = "请用 WPS 或 Excel 打开，另存为 .xlsx 再报。";

/// First bytes of kinds that are named, not read.
const MARKS: &[(&[u8], &str, &str)] = &[
    (b"%PDF", " PDF 文件", REFILL),
    (b"Rar!", "压缩包（RAR）", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "压缩包（7z）", UNPACK),
    (b"\x1f\x8b", "压缩包（gz）", UNPACK),
    (b"\xff\xd8\xff", "图片", REFILL),
    (b"\x89PNG", "图片", REFILL),
    (b"GIF8", "图片", REFILL),
    (b"BM", "图片", REFILL),
    (b"II*\0", "图片", REFILL),
    (b"MM\0*", "图片", REFILL),
    (b"{\\rtf", " Word 文档（RTF）", REFILL),
    (b"MZ", "程序（.exe），可能有害", DISCARD),
    (b"\x7fELF", "程序，可能有害", DISCARD),
    (b"L\0\0\0\x01\x14\x02\0", "快捷方式（.lnk）", "里面没有内容；请把快捷方式所指的表格本身放进来。"),
    (b"SQLite format 3\0", "数据库文件", REFILL),
    (b"Founder CEB", "版式文件（CEB）", REFILL),
    (b"ID3", "录音", REFILL),
];

/// Decides the kind.
///
/// # Errors
/// The plain line for a kind that is not read, for an empty, cut or protected file.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Unreadable("文件是空的（0 字节）；请报送单位重新保存后再发一次。".to_owned()));
    }
    limit::file(u64::try_from(bytes.len()).unwrap_or(u64::MAX))?;
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package(bytes);
    }
    if is_container(bytes) {
        return compound(bytes);
    }
    // Two letters may also begin a text.
    let is = |mark: &[u8]| bytes.starts_with(mark) && (mark.len() > 2 || !plain_text(bytes));
    if let Some((_, what, cure)) = MARKS.iter().find(|(mark, _, _)| is(mark)) {
        return Err(unsupported(what, cure));
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Err(unsupported("压缩包（tar）", UNPACK));
    }
    if is_dbase(bytes) {
        return Err(unsupported("数据库文件（.dbf）", SAVE_AS));
    }
    if bytes.get(4..8) == Some(b"ftyp") || (bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")) {
        return Err(unsupported("图片或视频", REFILL));
    }
    if bytes.iter().all(|b| *b == 0) {
        return Err(ReadError::Unreadable("文件里全是空字节，没有存好；请报送单位重新保存后再发一次。".to_owned()));
    }
    if matches!(bytes.get(..2), Some([0x09, 0x00 | 0x02 | 0x04 | 0x08])) {
        return Err(ReadError::Unsupported(format!("这是很旧的 Excel 格式，读不了；{SAVE_AS}")));
    }
    Err(words(bytes))
}

/// Markup or plain text under a workbook's name.
fn words(bytes: &[u8]) -> ReadError {
    if !plain_text(bytes) {
        // The end of a package without its beginning.
        let tail = bytes.get(bytes.len().saturating_sub(66_000)..).unwrap_or(bytes);
        return if tail.windows(4).any(|four| four == b"PK\x05\x06" || four == b"PK\x01\x02") {
            damaged()
        } else {
            ReadError::Unreadable(format!("认不出这是什么文件：不是电子表格，或者已损坏；{SAVE_AS}"))
        };
    }
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head).trim_start_matches('\u{feff}').trim_start().to_ascii_lowercase();
    if head.starts_with("mime-version") {
        return ReadError::Unsupported(format!("这是网页存档（MHT），不是真正的电子表格；{SAVE_AS}"));
    }
    if head.starts_with('<') {
        let what = if head.contains("office:document") {
            "单文件的 OpenDocument 表格（.fods）"
        } else if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            "Excel 2003 的 XML 表格"
        } else {
            "网页（HTML）或 XML 文件"
        };
        return ReadError::Unsupported(format!("这是{what}，不是真正的 .xls 或 .xlsx；{SAVE_AS}"));
    }
    ReadError::Unsupported(format!("这是文本（或 CSV）文件，不是电子表格；{SAVE_AS}"))
}

/// A dBASE table: its version, a day, where the records begin.
fn is_dbase(bytes: &[u8]) -> bool {
    let Some([version, _, month, day, ..]) = bytes.get(..32) else { return false };
    matches!(version, 0x03 | 0x30 | 0x31 | 0x83 | 0x8b | 0xf5) && (1..=12).contains(month) && (1..=31).contains(day)
}

/// Text in UTF-8, UTF-16 with its mark, or GB18030, without control characters.
fn plain_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let head = bytes.get(..bytes.len().min(8192)).unwrap_or(bytes);
    let quiet = head.iter().all(|b| *b >= 0x20 || matches!(b, b'\t' | b'\n' | b'\r' | 0x0c));
    quiet && (std::str::from_utf8(bytes).is_ok() || !encoding_rs::GB18030.decode(bytes).2)
}

/// Whether the bytes begin as the container of the old formats does.
pub(super) fn is_container(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
}

fn package(bytes: &[u8]) -> Result<Kind, ReadError> {
    let mut package = Package::open(bytes)?;
    let kind = package_kind(&mut package)?;
    // A lock on a package of another kind does not matter: it is not read.
    if package.encrypted() { Err(ReadError::Encrypted) } else { Ok(kind) }
}

fn package_kind(package: &mut Package<'_>) -> Result<Kind, ReadError> {
    if let Some(kind) = package.mimetype() {
        return if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
            Ok(Kind::Ods)
        } else if kind.starts_with("application/vnd.oasis.opendocument.text") {
            Err(unsupported("文字文档（.odt）", REFILL))
        } else if kind.starts_with("application/vnd.oasis.opendocument.presentation") {
            Err(unsupported("演示文稿（.odp）", REFILL))
        } else {
            Err(unsupported("另一种文件", SAVE_AS))
        };
    }
    let has = |start: &str| package.names().any(|name| name.starts_with(start));
    let ends = |end: &str| package.names().any(|name| name.ends_with(end));
    if ends("xl/workbook.bin") {
        return Err(ReadError::Unsupported(
            "这是二进制表格（.xlsb），读不了；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。".to_owned(),
        ));
    }
    if package.has("ofd.xml") {
        return Err(unsupported("版式文件（OFD）", REFILL));
    }
    if has("word/") {
        return Err(unsupported(" Word 文档", REFILL));
    }
    if has("ppt/") {
        return Err(unsupported("演示文稿（PPT）", REFILL));
    }
    if has("xl/") || (has("_rels/.rels") && has("[content_types].xml")) {
        return Ok(Kind::Xlsx);
    }
    // A few programs leave out what the package says of itself; its reader looks for a spreadsheet in it.
    if package.has("content.xml") && package.has("META-INF/manifest.xml") {
        return Ok(Kind::Ods);
    }
    if package.names().next().is_none() {
        return Err(unsupported("空的压缩包", REFILL));
    }
    Err(unsupported("压缩包（ZIP）", UNPACK))
}

fn compound(bytes: &[u8]) -> Result<Kind, ReadError> {
    let compound = Compound::open(bytes).ok_or_else(damaged)?;
    if compound.has("EncryptedPackage") {
        return Err(ReadError::Encrypted);
    }
    if compound.has("Workbook") || compound.has("Book") {
        return Ok(Kind::Xls);
    }
    if compound.has("WordDocument") {
        return Err(unsupported(" Word 文档", REFILL));
    }
    if compound.has("PowerPoint Document") {
        return Err(unsupported("演示文稿（PPT）", REFILL));
    }
    if compound.has("__properties_version1.0") {
        return Err(unsupported("邮件", "请把邮件里的表格附件存出来再放进来。"));
    }
    Err(unsupported("别的程序的文件", SAVE_AS))
}
