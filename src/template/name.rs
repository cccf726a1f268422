//! File names of blank forms: `2026-03 青石镇纪委.xlsx`, safe on Windows, no two alike.

use std::collections::BTreeSet;

use crate::calendar::Month;
use crate::naming;

/// The file names for forms of these units (or kinds), in their order.
pub(crate) fn file_names(month: Option<Month>, whose: &[&str]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    whose
        .iter()
        .map(|whose| {
            let stem = naming::stem(&match month {
                Some(month) => format!("{month} {whose}"),
                None => format!("空白表 {whose}"),
            });
            // Windows takes two names for one that differ in case alone.
            let mut name = stem.clone();
            let mut count = 1;
            while !taken.insert(name.to_lowercase()) {
                count += 1;
                name = format!("{stem} ({count})");
            }
            format!("{name}.xlsx")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_windows_and_never_alike() {
        let march = Month::new(2026, 3);
        assert_eq!(
            file_names(march, &["青石镇纪委", "驻县/局:纪检监察组", "A组", "a组", "末尾. "]),
            [
                "2026-03 青石镇纪委.xlsx",
                "2026-03 驻县／局：纪检监察组.xlsx",
                "2026-03 A组.xlsx",
                "2026-03 a组 (2).xlsx",
                "2026-03 末尾.xlsx"
            ]
        );
        let long = "纪".repeat(300);
        let names = file_names(None, &[&long, &long, "..\\..\\外面"]);
        assert!(names.iter().all(|name| name.len() < 255 && !name.contains(['\\', '/'])), "{names:?}");
        assert_ne!(names[0], names[1]);
    }
}
