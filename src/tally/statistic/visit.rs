//! The units and villages that a record names as checked: those that the reporting unit supervises, wherever the record
//! names them, the villages that it says were gone to, and those to which the persons of the problem belong.

use std::collections::BTreeMap;

use crate::form::{Cell, Layout, Record};
use crate::text::deed::{self, Names};

/// These stand for a unit and name none.
const POINTING: &[char] = &['该', '我', '本', '其', '同', '上', '两', '各'];
/// How villages and communities are called.
const VILLAGES: &[&str] = &["村", "社区", "居委会", "村委会", "嘎查"];

/// Whether a name is that of a village or a community.
pub(super) fn is_village(name: &str) -> bool {
    VILLAGES.iter().any(|end| name.ends_with(end))
}

/// Every unit named, with the first cell that names it.
pub(super) fn find<'r>(
    layout: Layout,
    record: &'r Record,
    supervised: &[String],
    own: &str,
    names: &Names,
) -> Vec<(&'r Cell, String)> {
    let cells: &[&Cell] = match layout {
        Layout::Six => &[&record.progress, &record.problem],
        Layout::Four => &[&record.progress],
    };
    let mut found: BTreeMap<String, &'r Cell> = BTreeMap::new();
    for cell in cells {
        for name in supervised.iter().filter(|name| name.chars().count() > 1 && cell.text.contains(name.as_str())) {
            found.entry(bare(name)).or_insert(cell);
        }
        for village in deed::visited(&cell.text, &cell.facts, names) {
            found.entry(bare(village.of(&cell.text))).or_insert(cell);
        }
        for person in &cell.facts.persons {
            let Some(unit) = person.unit.map(|span| bare(span.of(&cell.text))) else { continue };
            // Where one cell tells everything, those who check are named with those who are checked.
            let inspector = person.post.is_some_and(|post| post.of(&cell.text).starts_with("纪"));
            let own = layout == Layout::Four && own.contains(unit.as_str());
            let checker = own || inspector || unit.ends_with("纪委") || unit.ends_with('组');
            if unit.chars().count() > 1 && !unit.starts_with(POINTING) && !checker {
                found.entry(unit).or_insert(cell);
            }
        }
    }
    found.into_iter().map(|(name, cell)| (cell, name)).collect()
}

/// A village without the township before it and the committee behind it, so that it is the same one wherever it is named.
fn bare(name: &str) -> String {
    let mut name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    for (office, of) in [("村村委会", "村"), ("村委会", "村"), ("社区居委会", "社区")] {
        if let Some(rest) = name.strip_suffix(office).filter(|rest| !rest.is_empty()) {
            name = format!("{rest}{of}");
        }
    }
    let rest = ["镇", "乡", "街道", "苏木"]
        .iter()
        .filter_map(|end| Some(name.rsplit_once(end)?.1))
        .min_by_key(|rest| rest.len());
    match rest {
        Some(rest) if is_village(&name) && rest.chars().count() > 1 => rest.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_is_the_same_with_and_without_its_township() {
        for (written, name) in [
            ("青石镇大坪村", "大坪村"),
            ("大坪村", "大坪村"),
            ("城关街道东门社区", "东门社区"),
            ("青石镇农业综合服务中心", "青石镇农业综合服务中心"),
            ("乡村", "乡村"),
            ("大坪村村委会", "大坪村"),
            ("青石镇大坪村委会", "大坪村"),
            ("石桥社区居委会", "石桥社区"),
            ("桃源居委会", "桃源居委会"),
        ] {
            assert_eq!(bare(written), name);
        }
        assert!(is_village("大坪村") && is_village("东门社区") && !is_village("县教育局"));
    }
}
