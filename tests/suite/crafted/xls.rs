//! The old format: circles in the container, sizes and places that lie, records in masses.

use super::ole::{Ole, begin, book, book_with, end, label, number, record, shared};
use super::{DAMAGED, Row, Want, check, read, refused, row};
use crate::workbook::{GOOD, SIX};

const OVER: &[&str] = &["超过上限", "没能安全读完"];
/// A chain that leads nowhere is damage, however it is found out.
const ASTRAY: &[&str] = &["不完整", "损坏", "没能安全读完"];

/// The cells of a form with one record.
fn cells() -> Vec<u8> {
    let head = "填报单位：青石镇纪委   填报人：周敏   联系方式：13807460001   单位负责人：李远航";
    let mut cells = [label(0, 0, "清河县纪委监委 3月份日常监督工作明细表"), label(1, 0, head)].concat();
    (0..).zip(SIX).for_each(|(column, title)| cells.extend(label(2, column, title)));
    cells.extend(number(3, 0, 1.0));
    (1..).zip(GOOD).for_each(|(column, text)| cells.extend(label(3, column, text)));
    cells
}

fn form() -> Vec<u8> {
    Ole::of(&book(&[cells()])).bytes()
}

/// The form in a container that is changed.
fn contained(change: impl Fn(&mut Ole<'_>)) -> Vec<u8> {
    let mut stream = book(&[cells()]);
    stream.resize(20_480, 0);
    let mut ole = Ole::of(&stream);
    change(&mut ole);
    ole.bytes()
}

/// The form with further records in its sheet.
fn further(records: &[u8]) -> Vec<u8> {
    Ole::of(&book(&[[records.to_vec(), cells()].concat()])).bytes()
}

/// The form with further records before its sheets.
fn globals(records: &[u8]) -> Vec<u8> {
    Ole::of(&book_with(records, &[cells()], |_, offset| offset)).bytes()
}

fn dimensions(rows: [u32; 2], columns: [u16; 2]) -> Vec<u8> {
    let rows = rows.map(u32::to_le_bytes).concat();
    record(0x200, &[rows, [columns[0], columns[1], 0].map(u16::to_le_bytes).concat()].concat())
}

/// Shared texts: how many are said to be there, and their bytes.
fn texts(count: u32, bytes: &[u8]) -> Vec<u8> {
    record(0xfc, &[&count.to_le_bytes(), &count.to_le_bytes(), bytes].concat())
}

/// A formula of so many signs one after the other.
fn formula(signs: u16) -> Vec<u8> {
    let mut code = vec![0x1e, 1, 0];
    code.resize(usize::from(signs), 0x12);
    let head = [[9_u16, 9, 0].map(u16::to_le_bytes).concat(), 1_f64.to_le_bytes().to_vec(), vec![0; 6]].concat();
    record(0x06, &[head, signs.to_le_bytes().to_vec(), code].concat())
}

fn rows() -> Vec<Row> {
    vec![
        read("sectors-of-4096.xls", || contained(|ole| ole.sector = 4096)),
        read("wps.et", form),
        read("under-a-new-name.xlsx", form),
        row("chain-in-a-circle.xls", Want::Either, || contained(|ole| ole.turn = Some((30, 0)))),
        row("chain-to-itself.xls", Want::Either, || contained(|ole| ole.turn = Some((3, 3)))),
        row("chain-in-a-circle-of-4096.xls", Want::Either, || {
            contained(|ole| (ole.sector, ole.turn) = (4096, Some((3, 0))))
        }),
        refused("chain-in-a-circle-of-4-billion.xls", ASTRAY, || {
            contained(|ole| (ole.sector, ole.turn, ole.length) = (4096, Some((4, 0)), Some(1 << 32 | 20_480)))
        }),
        refused("chain-out-of-the-file.xls", ASTRAY, || contained(|ole| ole.turn = Some((3, 900)))),
        refused("stream-longer-than-the-file.xls", ASTRAY, || contained(|ole| ole.length = Some(1 << 31))),
        refused("directory-in-a-circle.xls", ASTRAY, || contained(|ole| ole.directory = Some((1, 1)))),
        refused("directory-out-of-the-file.xls", ASTRAY, || contained(|ole| ole.directory = Some((90_000, 0)))),
        refused("table-of-tables-in-a-circle.xls", ASTRAY, || contained(|ole| ole.header = &[(68, 2), (72, 0xffff)])),
        row("tables-by-the-billion.xls", Want::Either, || contained(|ole| ole.header = &[(44, 0xffff_ffff)])),
        refused("table-out-of-the-file.xls", ASTRAY, || contained(|ole| ole.header = &[(76, 70_000)])),
        refused("sector-of-no-size.xls", ASTRAY, || contained(|ole| ole.header = &[(30, 0)])),
        refused("sector-of-2-gigabytes.xls", ASTRAY, || contained(|ole| ole.header = &[(30, 31)])),
        row("small-sectors-by-the-billion.xls", Want::Either, || {
            contained(|ole| ole.header = &[(60, 5), (64, 0xffff_ffff)])
        }),
        row("locked.xls", Want::Refused("file-encrypted", &["密码"]), || globals(&record(0x2f, &[1; 54]))),
        refused("size-of-the-whole-grid.xls", DAMAGED, || further(&dimensions([0, u32::MAX], [0, 256]))),
        refused("size-of-16-gigabytes.xls", DAMAGED, || further(&dimensions([0, 1 << 20], [0, 16_384]))),
        refused("size-turned-round.xls", DAMAGED, || further(&dimensions([900, 3], [9, 1]))),
        row("size-of-a-full-sheet.xls", Want::Either, || further(&dimensions([0, 65_536], [0, 256]))),
        row("size-of-a-full-sheet-in-a-hundred.xls", Want::Either, || {
            let sheet = [dimensions([0, 65_536], [0, 256]), cells()].concat();
            Ole::of(&book(&vec![sheet; 100])).bytes()
        }),
        refused("far-corner.xls", OVER, || further(&[number(20, 0, 1.0), number(65_535, 255, 1.0)].concat())),
        refused("far-corners-of-a-hundred-sheets.xls", OVER, || {
            Ole::of(&book(&vec![[number(0, 0, 1.0), number(60_000, 3, 1.0)].concat(); 100])).bytes()
        }),
        refused("sheets-too-many.xls", OVER, || Ole::of(&book(&vec![number(0, 0, 1.0); 300])).bytes()),
        refused("sheet-past-the-end.xls", DAMAGED, || Ole::of(&book_with(&[], &[cells()], |_, _| 900_000)).bytes()),
        refused("sheet-in-the-middle-of-a-record.xls", DAMAGED, || {
            Ole::of(&book_with(&[], &[cells()], |_, offset| offset + 3)).bytes()
        }),
        refused("all-sheets-are-one.xls", &["超过上限", "没能安全读完", "损坏"], || {
            let many: Vec<u8> = (0..60_000).flat_map(|row| number(row, 0, 1.0)).collect();
            let mut sheets = vec![many];
            sheets.resize(250, Vec::new());
            let start = book_with(&[], &sheets, |_, offset| offset).len();
            let first = start - sheets.len() * (begin(16).len() + end().len()) - 60_000 * 18;
            Ole::of(&book_with(&[], &sheets, |_, _| u32::try_from(first).expect("a small file"))).bytes()
        })
        .heavy(),
        refused("record-past-the-end.xls", DAMAGED, || {
            let stream = book(&[cells()]);
            let cut = stream.len() - 20;
            Ole::of(&[&stream[..cut], &[0x03, 0x02, 0xff, 0xff]].concat()).bytes()
        }),
        refused("without-an-end.xls", DAMAGED, || {
            let mut stream = book(&[cells()]);
            stream.truncate(stream.len() - 4);
            Ole::of(&stream).bytes()
        }),
        refused("column-past-the-grid.xls", DAMAGED, || further(&number(0, 900, 1.0))),
        refused("text-past-the-end.xls", &["损坏", "对不上"], || {
            further(&[texts(1, b"\x01\0\0a"), shared(9, 0, 77)].concat())
        }),
        refused("cell-written-twice.xls", &["出现两次"], || further(&label(3, 3, "另一段话"))),
        refused("text-of-no-characters.xls", DAMAGED, || further(&label(9, 3, "检\u{ffff}查"))),
        row("texts-by-the-billion.xls", Want::Either, || globals(&texts(u32::MAX, b"\x01\0\0a"))),
        row("continued-by-nothing.xls", Want::Either, || {
            globals(&[texts(1, b"\x01\0\0a"), record(0x3c, &[])].concat())
        }),
        refused("text-continued-by-nothing.xls", ASTRAY, || {
            globals(&[texts(1, b"\x05\0\0a"), record(0x3c, &[])].concat())
        }),
        row("continued-60000-times.xls", Want::Either, || {
            globals(&[texts(1, b"\x01\0\0a"), record(0x3c, &[0; 3]).repeat(60_000)].concat())
        }),
        row("texts-in-masses.xls", Want::Either, || {
            globals(&[texts(1, b"\x01\0\0a"), record(0x3c, &[0; 8_100]).repeat(700)].concat())
        })
        .heavy(),
        refused("cell-again-and-again.xls", &["出现两次"], || further(&number(9, 0, 1.0).repeat(100_000))),
        row("formula-of-60000-signs.xls", Want::Either, || further(&formula(60_000))),
        refused("long-texts-in-masses.xls", OVER, || {
            let long: Vec<u8> = "查".repeat(4_000).encode_utf16().flat_map(u16::to_le_bytes).collect();
            let table = texts(1, &[&4_000_u16.to_le_bytes(), [1].as_slice(), &long].concat());
            let cells: Vec<u8> = (0..20_000).flat_map(|row| shared(row, 0, 0)).collect();
            Ole::of(&book_with(&table, &[cells], |_, offset| offset)).bytes()
        }),
        row("hidden-columns-again-and-again.xls", Want::Either, || {
            further(&record(0x7d, &[200, 0, 255, 0, 0, 9, 0, 0, 1, 0, 0, 0]).repeat(20_000))
        }),
    ]
}

#[test]
fn the_old_format_is_read_within_its_bounds_or_refused() {
    check(form(), rows());
}
