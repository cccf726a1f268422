//! `[rules]` and `[rules-progress]`: how grave each rule's finding is.

use std::collections::BTreeMap;

use super::Level;
use super::table::Table;
use crate::near;

impl Level {
    const ALL: [Level; 4] = [Level::Error, Level::Warning, Level::Info, Level::Off];

    fn named(name: &str) -> Option<Level> {
        Level::ALL.into_iter().find(|level| level.name() == name)
    }

    /// The identity in TOML and JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Level::Off => "不查",
            Level::Info => "提示",
            Level::Warning => "提醒",
            Level::Error => "不合格",
        }
    }
}

/// Reads levels over those that stand. `known` are the rules there are; without it every name is taken (the profile
/// that names them all).
pub(super) fn read(table: Table<'_>, known: Option<&[String]>, levels: &mut BTreeMap<String, Level>) {
    for rule in table.keys() {
        if let Some(known) = known
            && !known.iter().any(|name| name == rule.value)
        {
            let message = table.misplaced(rule.value).unwrap_or_else(|| no_rule(rule.value, known));
            table.blame(rule.spot, message);
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
