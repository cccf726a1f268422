//! Under which name a file lies in 报送/: its unit's, numbered where that is taken.

use std::collections::BTreeSet;

use crate::naming;

/// The names that are taken: paths in the project without their endings, small letters.
pub(super) struct Taken(BTreeSet<String>);

impl Taken {
    pub(super) fn of(paths: impl Iterator<Item = impl AsRef<str>>) -> Taken {
        Taken(paths.map(|path| bare(path.as_ref())).collect())
    }

    /// The path of a new file in a folder: `青石镇纪委.xlsx`, `青石镇纪委（2）.xlsx`. `before` is how many of the same unit and
    /// month came before; the ending is the one that the file bears.
    pub(super) fn take(&mut self, folder: &str, words: &str, ending: &str, before: usize) -> String {
        let stem = naming::stem(words);
        let mut count = before + 1;
        loop {
            let numbered = if count == 1 { stem.clone() } else { format!("{stem}（{count}）") };
            let path = format!("{folder}/{numbered}{ending}");
            if self.0.insert(bare(&path)) {
                return path;
            }
            count += 1;
        }
    }
}

/// A path without its ending; Windows takes two names for one that differ in case alone.
fn bare(path: &str) -> String {
    path.strip_suffix(naming::ending(naming::last(path))).unwrap_or(path).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_taken_twice_whatever_its_ending_and_case() {
        let mut taken = Taken::of(["报送/2026-03/青石镇纪委.XLS", "报送/2026-03/A组（2）.xlsx"].into_iter());
        let mut take = |words: &str, ending: &str, before| taken.take("报送/2026-03", words, ending, before);
        assert_eq!(take("青石镇纪委", ".xlsx", 0), "报送/2026-03/青石镇纪委（2）.xlsx");
        assert_eq!(take("青石镇纪委", ".et", 0), "报送/2026-03/青石镇纪委（3）.et");
        assert_eq!(take("a组", ".xlsx", 1), "报送/2026-03/a组（3）.xlsx");
        assert_eq!(take("../驻县:局", "", 0), "报送/2026-03/_.／驻县：局");
    }
}
