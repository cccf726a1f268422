//! Any bytes as the XML of a sheet inside a right package, whose checksums fit: what the look at a sheet and its
//! reading make of it agrees, or it is refused with one line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yuedu::doors::{assert_sound, package_of, read_book};

fuzz_target!(|bytes: &[u8]| assert_sound(&read_book(&package_of(bytes))));
