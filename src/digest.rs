//! What a file holds, in a line of its own: the SHA-256 of its bytes in hexadecimal digits, as `certutil -hashfile` and
//! `sha256sum` print it.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Digits of a whole digest.
const WHOLE: usize = 64;
/// A shorter text is no digest but words of somebody's own.
const LEAST: usize = 16;

/// The digest of bytes: 64 small hexadecimal digits.
pub(crate) fn of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(WHOLE);
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Whether a text in a register is a digest, whole or cut short, and not a note of the clerk's.
pub(crate) fn is_one(text: &str) -> bool {
    (LEAST..=WHOLE).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a digest as written, perhaps cut short or in capitals, is this one.
pub(crate) fn matches(written: &str, digest: &str) -> bool {
    is_one(written) && digest.starts_with(&written.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_one_that_other_programs_print() {
        assert_eq!(of(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(of(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn what_the_clerk_writes_is_no_digest() {
        let digest = of(b"abc");
        assert!(matches(&digest, &digest) && matches("BA7816BF8F01CFEA", &digest));
        assert!(!matches("ba7816bf8f01cfeb", &digest));
        for note in ["", "3月报表", "ba7816b", "20260324", &format!("{digest}0")] {
            assert!(!is_one(note), "{note}");
        }
    }
}
