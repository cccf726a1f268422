//! How a register names a file: by its path in the project, or by its bare name where only one file bears it.

use std::collections::BTreeMap;

use crate::naming;

/// The files of an inbox by the names that a register may use.
#[derive(Debug, Default)]
pub(crate) struct FileNames {
    paths: BTreeMap<String, usize>,
    /// None where several files bear the name.
    bare: BTreeMap<String, Option<usize>>,
}

impl FileNames {
    /// `paths` are the files' paths in the project, in the inbox's order.
    pub(crate) fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> FileNames {
        let mut names = FileNames::default();
        for (at, path) in paths.into_iter().enumerate() {
            names.paths.insert(path.to_owned(), at);
            names.bare.entry(naming::last(path).to_owned()).and_modify(|one| *one = None).or_insert(Some(at));
        }
        names
    }

    /// The one file that a register's 文件 names, by its place in the inbox.
    pub(crate) fn find(&self, written: &str) -> Option<usize> {
        let written = written.trim().replace('\\', "/");
        let written = written.trim_start_matches("./");
        match self.paths.get(written) {
            Some(at) => Some(*at),
            None => self.bare.get(written).copied().flatten(),
        }
    }

    /// Whether several files bear the bare name that a register gives, so that it names none of them.
    pub(crate) fn is_shared(&self, written: &str) -> bool {
        self.bare.get(written.trim()) == Some(&None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_name_serves_where_only_one_file_bears_it() {
        let names = FileNames::of(["报送/2026-03/a.xlsx", "报送/2026-03/甲/b.xlsx", "报送/2026-03/乙/b.xlsx"]);
        assert_eq!(names.find("a.xlsx"), Some(0));
        assert_eq!(names.find(" .\\报送\\2026-03\\甲\\b.xlsx "), Some(1));
        assert_eq!(names.find("b.xlsx"), None);
        assert!(names.is_shared("b.xlsx") && !names.is_shared("a.xlsx") && !names.is_shared("c.xlsx"));
        assert_eq!(names.find("甲/b.xlsx"), None);
        assert_eq!(names.find(""), None);
    }
}
