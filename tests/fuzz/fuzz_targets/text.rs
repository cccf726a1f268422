//! Any bytes as the text of a cell: every fact lies inside it, on the borders of its characters.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use yuedu::doors::{Words, assert_inside, read_text};

static WORDS: LazyLock<Words> = LazyLock::new(|| Words::new(&["清河县青石镇纪委", "大坪村"]));

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    assert_inside(&text, &read_text(&text, &WORDS));
});
