//! Any text as a grid of short texts (`doors::find_forms` says how): forms are found or not, their accounts come out.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yuedu::doors::{assert_accounts, find_forms};

fuzz_target!(|bytes: &[u8]| assert_accounts(&find_forms(&String::from_utf8_lossy(bytes))));
