//! Words → the name of a file that is about to be written, safe on Windows, Linux and macOS.

use crate::unseen::is_unseen;

/// Longest stem in characters.
const LONGEST: usize = 70;
/// And in bytes: a name with its number and ending then stays under the 255 bytes of the usual disks.
const MOST_BYTES: usize = 220;
/// Longest ending that is one.
const LONGEST_END: usize = 8;
/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The last part of a path: a file without its folders.
pub(crate) fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A stem without the characters that Windows refuses; their full-width forms read the same.
pub(crate) fn stem(words: &str) -> String {
    let mut stem = String::new();
    for c in words.trim().chars().take(LONGEST) {
        let c = match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => {
                char::from_u32(u32::from(c) + 0xfee0).unwrap_or('_')
            }
            // What begins so is skipped as a lock file or a hidden one.
            '~' | '.' if stem.is_empty() => '_',
            c if is_unseen(c) => '_',
            c => c,
        };
        if stem.len() + c.len_utf8() > MOST_BYTES {
            break;
        }
        stem.push(c);
    }
    stem.truncate(stem.trim_end_matches(['.', ' ']).len());
    let first = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let port = first.len() == 4 && (first.starts_with("com") || first.starts_with("lpt"));
    if stem.is_empty() || DEVICES.contains(&first.as_str()) || port && first.ends_with(|c: char| c.is_ascii_digit()) {
        stem.insert(0, '_');
    }
    stem
}

/// The ending of a file's name with its dot, as it stands: `.xlsx`; empty where what follows the last dot is no ending.
pub(crate) fn ending(name: &str) -> &str {
    let end = name.rfind('.').filter(|at| *at > 0).and_then(|at| name.get(at..)).unwrap_or_default();
    let plain = end.get(1..).is_some_and(|end| !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    if plain && end.len() <= LONGEST_END + 1 { end } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_is_a_name_on_every_system() {
        for (words, expected) in [
            ("青石镇纪委", "青石镇纪委"),
            ("驻县/局:纪检监察组", "驻县／局：纪检监察组"),
            ("..\\..\\外面", "_.＼..＼外面"),
            ("末尾. ", "末尾"),
            ("~$锁", "_$锁"),
            ("青石\u{202e}镇\n纪委", "青石_镇_纪委"),
            ("con", "_con"),
            ("Com1.txt", "_Com1.txt"),
            ("", "_"),
            (" . ", "_"),
        ] {
            assert_eq!(stem(words), expected, "{words:?}");
        }
        assert!(stem(&"纪".repeat(300)).len() <= MOST_BYTES && stem(&"𠀀".repeat(70)).len() <= MOST_BYTES);
    }

    #[test]
    fn an_ending_is_short_and_plain() {
        for (name, expected) in [
            ("三月.xlsx", ".xlsx"),
            ("三月.XLS", ".XLS"),
            ("三月", ""),
            (".xlsx", ""),
            ("a.3月份", ""),
            ("a.", ""),
            ("a.tar.gz", ".gz"),
            ("v1.123456789", ""),
        ] {
            assert_eq!(ending(name), expected, "{name}");
        }
    }
}
