//! `[rules]` and `[rules-progress]`: how grave each rule's finding is.

use std::collections::BTreeMap;

use super::Level;
use super::reader::Table;
use crate::near;

impl Level {
    const ALL: [Level; 4] = [Level::Error, Level::Warning, Level::Info, Level::Off];

    fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }
}

/// Reads levels over those that stand. `known` are the rules there are; without it every name is taken (the profile
/// that names them all).
pub(super) fn read(table: Table<'_>, known: Option<&[String]>, levels: &mut BTreeMap<String, Level>) {
    for rule in table.keys() {
        if let Some(known) = known
            && !known.iter().any(|name| name == rule.value)
        {
            table.blame(rule.spot, no_rule(rule.value, known));
            continue;
        }
        let Some(written) = table.text(rule.value) else { continue };
        match Level::named(&written.value) {
            Some(level) => {
                levels.insert(rule.value.to_owned(), level);
            }
            None => {
                let names = Level::ALL.map(Level::name);
                let meant = near::nearest(&written.value, names);
                let meant = meant.map_or_else(String::new, |meant| format!("，是 \"{meant}\" 吗？"));
                table.blame(
                    written.spot,
                    format!(
                        "没有“{}”这个级别{meant}（error 不合格，warning 提醒，info 提示，off 不查）",
                        written.value
                    ),
                );
            }
        }
    }
}

/// What to say of a rule that there is not.
pub(super) fn no_rule(name: &str, known: &[String]) -> String {
    match near::nearest(name, known.iter().map(String::as_str)) {
        Some(meant) => format!("没有“{name}”这条规则，是 {meant} 吗？"),
        None => format!("没有“{name}”这条规则；全部规则见 yuedu explain"),
    }
}
