//! Any bytes as a file: read soundly, or refused with one line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yuedu::doors::{assert_sound, read_book};

fuzz_target!(|bytes: &[u8]| assert_sound(&read_book(bytes)));
