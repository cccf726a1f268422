//! Odd texts, read without libFuzzer.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::cases;
use crate::doors::{Words, assert_inside, read_text};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(&["清河县青石镇纪委", "大坪村", "", "／", "e\u{301}"]));

/// The cells of every labelled record.
static CELLS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ext| ext == "jsonl"));
    files.sort();
    let mut cells = Vec::new();
    for line in files.iter().map(|path| fs::read_to_string(path).unwrap()).collect::<String>().lines() {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let texts = ["progress", "problem", "handling"].map(|field| record[field].as_str().unwrap().to_owned());
        cells.extend(texts.into_iter().filter(|text| !text.is_empty()));
    }
    assert!(cells.len() > 400, "{} cells", cells.len());
    cells
});

/// What stands between two pieces: marks, numbers, halves of names and dates, signs that are no writing.
const GLUE: [&str; 64] = [
    "",
    "",
    "",
    " ",
    "\u{3000}",
    "\n",
    "\r\n",
    "\t",
    "、",
    "，",
    "。",
    "；",
    "：",
    "《",
    "》",
    "（",
    "）",
    "〔",
    "〕",
    "“",
    "”",
    "\"",
    "-",
    "—",
    "–",
    "～",
    "至",
    "/",
    ".",
    "·",
    "×",
    "某",
    "某某",
    "等",
    "等3人",
    "和",
    "及",
    "的",
    "于",
    "该",
    "其",
    "我局",
    "村",
    "镇",
    "县",
    "纪委书记",
    "主任",
    "王",
    "欧阳",
    "2026年",
    "２",
    "二〇二六年",
    "3月",
    "5日",
    "31",
    "999999999999999999999",
    "万元",
    "约",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "🙂",
    "e\u{301}",
];

/// The characters of a cell between two of its borders.
fn piece() -> impl Strategy<Value = String> {
    (any::<Index>(), any::<Index>(), 0usize..24).prop_map(|(cell, from, length)| {
        let cell = cell.get(&CELLS);
        cell.chars().skip(from.index(cell.chars().count())).take(length).collect()
    })
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn pieces_of_records_glued_in_odd_ways_are_read(
        parts in prop::collection::vec((piece(), select(&GLUE[..])), 1..12),
    ) {
        let text: String = parts.iter().flat_map(|(piece, glue)| [piece.as_str(), glue]).collect();
        assert_inside(&text, &read_text(&text, &WORDS));
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn any_string_at_all_is_read(text in any::<String>()) {
        assert_inside(&text, &read_text(&text, &WORDS));
    }

    #[test]
    fn a_record_with_one_character_changed_is_read(
        cell in any::<Index>(), at in any::<Index>(), other in any::<char>(), cut in any::<bool>(),
    ) {
        let mut text: Vec<char> = cell.get(&CELLS).chars().collect();
        let at = at.index(text.len());
        if cut { text.remove(at); } else { text[at] = other; }
        let text: String = text.into_iter().collect();
        assert_inside(&text, &read_text(&text, &WORDS));
    }
}
