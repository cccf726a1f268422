//! Doors for benches, fuzz targets and the learning of the model alone: plain calls into rooms that are closed otherwise, plain values back.
//! Opened by the feature `doors`; the program is built without them. Nothing is worked out here.
#![doc(hidden)]

use crate::text::{self, Lexicon, Model, corpus};

/// The words that a reading knows, made once and used for many cells, as a run of the program does.
#[derive(Debug)]
pub struct Words(Lexicon);

impl Words {
    /// The built-in words together with a county's own units.
    #[must_use]
    pub fn new(units: &[&str]) -> Words {
        Words(Lexicon::new(units.iter().copied()))
    }
}

/// One stretch of a text that a reading points at: what it is, and where, in bytes of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// What stands there: `time`, `person`, `unit`, `post`, `name`, `amount`, `event`, `measure`, `vague`.
    pub what: &'static str,
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// Reads a cell and gives every stretch of it that its facts point at, fact by fact.
#[must_use]
pub fn read_text(text: &str, words: &Words) -> Vec<Stretch> {
    stretches(&text::read(text, &words.0))
}

/// The same of a cell that owes a date alone, as a 监督开展情况 beside 发现问题 does: nobody need be named in it.
#[must_use]
pub fn read_date_cell(text: &str, words: &Words) -> Vec<Stretch> {
    stretches(&text::read_without_persons(text, &words.0))
}

fn stretches(facts: &text::Facts) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut put = |what, span: crate::place::Span| found.push(Stretch { what, start: span.start, end: span.end });
    for time in &facts.times {
        put("time", time.span);
    }
    for person in &facts.persons {
        put("person", person.span);
        for (what, part) in [("unit", person.unit), ("post", person.post), ("name", person.name)] {
            part.into_iter().for_each(|span| put(what, span));
        }
    }
    facts.amounts.iter().for_each(|amount| put("amount", amount.span));
    facts.event.into_iter().for_each(|span| put("event", span));
    facts.measure.into_iter().for_each(|span| put("measure", span));
    facts.vague.iter().for_each(|span| put("vague", *span));
    found
}

/// A labelled record of `tests/corpus`.
#[derive(Debug, Clone)]
pub struct Record(serde_json::Value);

impl Record {
    /// Reads a line of a file of records.
    ///
    /// # Errors
    ///
    /// When the line is no JSON.
    pub fn parse(line: &str) -> Result<Record, serde_json::Error> {
        serde_json::from_str(line).map(Record)
    }
}

/// Learns from records how persons are written: the bytes of a model.
#[must_use]
pub fn learn(records: &[&Record]) -> Vec<u8> {
    let lessons: Vec<text::learn::Lesson> = records.iter().flat_map(|record| corpus::lessons(&record.0)).collect();
    text::learn::learn(&lessons)
}

/// What the reading of some records under a model is worth, a line for every label and kind.
#[must_use]
pub fn figures(title: &str, records: &[&Record], model: &[u8], misread: bool) -> String {
    let words = Lexicon::default().with_model(Model::from_bytes(model));
    corpus::figures(title, records.iter().map(|record| &record.0), &words, misread)
}

/// Stops with the text at fault where a stretch is empty, leaves the text or cuts a character in two.
///
/// # Panics
///
/// On such a stretch: it is what a fuzz target looks for.
pub fn assert_inside(text: &str, found: &[Stretch]) {
    for stretch in found {
        let words = text.get(stretch.start..stretch.end);
        assert!(words.is_some_and(|words| !words.is_empty()), "{stretch:?} is no part of {text:?}");
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use proptest::sample::{Index, select};
    use proptest::test_runner::RngSeed;

    use super::*;

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

    /// Every case is drawn from the same seed: a run tells of the code and not of chance.
    fn cases(cases: u32) -> ProptestConfig {
        ProptestConfig { cases, rng_seed: RngSeed::Fixed(20_260_305), failure_persistence: None, ..Default::default() }
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
}
