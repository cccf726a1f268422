//! What nobody can see: characters that steer a terminal, turn a line around or have no width, and bytes of a file's
//! name that are no text. One list for every place where a text from outside is shown or written.

use std::ffi::OsStr;
use std::fmt::Write;

/// Whether a character steers a terminal or the order of writing, or has no width to see.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A file's name as text: bytes that are none are written out (`\xff`), so that two names stay two.
pub(crate) fn name(name: &OsStr) -> String {
    let mut text = String::new();
    for piece in name.as_encoded_bytes().utf8_chunks() {
        text.push_str(piece.valid());
        for byte in piece.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_direction_and_tags_are_unseen_and_chinese_is_not() {
        for c in ['\u{1b}', '\u{202e}', '\u{2066}', '\u{61c}', '\u{180e}', '\u{e0041}', '\u{feff}', '\u{85}'] {
            assert!(is_unseen(c), "{c:?}");
        }
        // A chosen shape of a character belongs to names.
        for c in ['月', ' ', '\u{3000}', '\u{20000}', '\u{e0100}', '\u{fe0f}'] {
            assert!(!is_unseen(c), "{c:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_stay_apart() {
        use std::os::unix::ffi::OsStrExt;
        let of = |bytes: &[u8]| name(OsStr::from_bytes(bytes));
        assert_eq!(of("青石镇.xlsx".as_bytes()), "青石镇.xlsx");
        assert_eq!((of(b"\xc7\xe0.xlsx"), of(b"\xc7\xe1.xlsx")), ("\\xc7\\xe0.xlsx".into(), "\\xc7\\xe1.xlsx".into()));
    }
}
