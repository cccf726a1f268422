//! Packages and containers with bytes changed, cut and glued: read or refused.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use super::cases;
use super::sheet::{Grid, Put, written};
use crate::doors::{assert_sound, package_of, read_book};

/// A small file of every kind that is read.
static WHOLE: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let grid: Grid = (0..4).map(|row| ((row, 0), Put::Text(format!("第{row}行")))).collect();
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData></worksheet>";
    let ods = include_bytes!("../../../examples/qinghe/报送/2026-03/派驻/驻县农业农村局纪检监察组3月份报表.ods");
    let xls = include_bytes!("../../../examples/qinghe/报送/2026-03/派驻/3月日常监督明细表（县教育局组）.xls");
    vec![written(&grid), package_of(sheet.as_bytes()), ods.to_vec(), xls.to_vec()]
});

#[test]
fn every_kind_is_read_whole() {
    for bytes in WHOLE.iter() {
        let read = read_book(bytes);
        assert_sound(&read);
        assert!(read.is_ok_and(|sheets| sheets.iter().any(|sheet| !sheet.cells.is_empty())));
    }
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_bytes_are_read_or_refused(kind in any::<Index>(), bytes in any::<Vec<u8>>(), behind in any::<bool>()) {
        let marks: [&[u8]; 5] = [b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08", b"<"];
        let mark = if behind { *kind.get(&marks) } else { b"" };
        assert_sound(&read_book(&[mark, &bytes].concat()));
    }

    #[test]
    fn a_file_with_bytes_changed_is_read_or_refused(
        kind in any::<Index>(), changes in prop::collection::vec((any::<Index>(), any::<u8>(), 0_u8..4), 1..4),
    ) {
        let mut bytes = kind.get(&WHOLE).clone();
        for (at, byte, what) in changes {
            let at = at.index(bytes.len());
            match what {
                0 => bytes[at] = byte,
                1 => bytes[at] ^= 1 << (byte % 8),
                2 => bytes.insert(at, byte),
                _ => drop(bytes.remove(at)),
            }
        }
        assert_sound(&read_book(&bytes));
    }

    #[test]
    fn two_halves_of_files_are_read_or_refused(
        one in any::<Index>(), other in any::<Index>(), cut in any::<Index>(), from in any::<Index>(),
    ) {
        let (one, other) = (one.get(&WHOLE), other.get(&WHOLE));
        let glued = [&one[..cut.index(one.len())], &other[from.index(other.len())..]].concat();
        assert_sound(&read_book(&glued));
    }
}
