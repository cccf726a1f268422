//! What differs between a final month as it was kept and a fresh count of it, each difference in the clerk's words: a sheet
//! that came again, a line of a register, settings that were changed, another program.

use std::collections::BTreeMap;

use super::Item;
use super::roster::Roster;
use crate::calendar::Month;
use crate::near;
use crate::register::{Amount, BONUS, FinalProblem, FinalUnit, Finale};

/// Every difference between what was kept and what a fresh count would keep.
pub(super) fn differences(roster: &Roster, kept: &Finale, fresh: &Finale) -> Vec<String> {
    let mut told = Vec::new();
    if kept.version != fresh.version {
        told.push(format!("程序：{} → {}", kept.version, fresh.version));
    }
    for (part, change) in changes(&kept.settings, &fresh.settings) {
        let how = match change {
            Change::Other(..) => "改过",
            Change::New(_) => "是新有的",
            Change::Gone(_) => "没有了",
        };
        told.push(format!("项目设置：{part}{how}"));
    }
    told.extend(files(kept, fresh, &|month| month == kept.month));
    told.extend(lines(roster, kept, fresh, false));
    told.extend(units(roster, &kept.units, &fresh.units));
    let number = |list: &[(String, Amount)]| -> Vec<(String, Option<i64>)> {
        list.iter().map(|(title, amount)| (title.clone(), amount.tenths())).collect()
    };
    for (title, _) in changes(&number(&kept.figures), &number(&fresh.figures)) {
        let shown = |list: &[(String, Amount)]| {
            let found = list.iter().find(|(other, _)| *other == title).map(|(_, amount)| amount.to_string());
            found.filter(|text| !text.is_empty()).unwrap_or_else(|| "无".to_owned())
        };
        told.push(format!("{title}：{} → {}", shown(&kept.figures), shown(&fresh.figures)));
    }
    for (content, change) in changes(&kept.contents, &fresh.contents) {
        let (old, new) = match change {
            Change::Other(old, new) => (old, new),
            Change::New(new) => (0, new),
            Change::Gone(old) => (old, 0),
        };
        if old != new {
            told.push(format!("“{content}”的有效记录：{old} → {new}"));
        }
    }
    told.extend(problems(&kept.problems, &fresh.problems));
    told
}

/// The numbers that mean another problem now, or none.
fn problems(kept: &[FinalProblem], fresh: &[FinalProblem]) -> Vec<String> {
    let list = |problems: &[FinalProblem]| -> Vec<(String, FinalProblem)> {
        problems.iter().map(|problem| (problem.number.clone(), problem.clone())).collect()
    };
    let told = changes(&list(kept), &list(fresh)).into_iter().map(|(number, change)| match change {
        Change::Other(old, new) => format!("问题 {number}：{}", other(&old, &new)),
        Change::New(new) => format!("问题 {number}：定稿里没有，现在是“{}”", new.opening),
        Change::Gone(old) => format!("问题 {number}：定稿时是“{}”，现在没有了", old.opening),
    });
    told.collect()
}

/// How the text under a number changed.
pub(super) fn other(old: &FinalProblem, new: &FinalProblem) -> String {
    match old.opening == new.opening {
        true => format!("“{}”，文字改过", new.opening),
        false => format!("定稿时是“{}”，现在是“{}”", old.opening, new.opening),
    }
}

/// What the registers say otherwise since, by register and unit.
fn lines(roster: &Roster, kept: &Finale, fresh: &Finale, earlier: bool) -> Vec<String> {
    let list = |finale: &Finale| -> Vec<((String, Who), String)> {
        let lines = finale.lines.iter().filter(|lines| lines.earlier == earlier);
        lines.map(|lines| ((lines.register.clone(), who(roster, &lines.unit)), lines.digest.clone())).collect()
    };
    let told = changes(&list(kept), &list(fresh)).into_iter().map(|((register, unit), change)| {
        let how = match change {
            Change::Other(..) => "定稿后改过",
            Change::New(_) => "定稿后才有的",
            Change::Gone(_) => "定稿后没有了",
        };
        let unit = match &unit {
            Who::Member(at) => roster.members.get(*at).map_or("", |member| member.name.as_str()),
            Who::Other(name) => name,
        };
        format!("{register}：{unit}的登记{how}")
    });
    told.collect()
}

/// Whom a name in a final month means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    /// By place in the roster.
    Member(usize),
    /// Nobody who is counted: the folded name.
    Other(String),
}

fn who(roster: &Roster, written: &str) -> Who {
    roster.named(written).map_or_else(|| Who::Other(near::key(written)), Who::Member)
}

/// Files and lines of the months before that were changed since: where they bear on the month, its scores differ too.
pub(super) fn notes(roster: &Roster, kept: &Finale, fresh: &Finale) -> Vec<String> {
    let files = files(kept, fresh, &|month| month < kept.month).into_iter();
    let told = files.chain(lines(roster, kept, fresh, true));
    told.map(|line| format!("以前月份的{line}（影响到这个月的数，才算不同）")).collect()
}

/// The files of some months that were changed since, a line each.
fn files(kept: &Finale, fresh: &Finale, of: &dyn Fn(Month) -> bool) -> Vec<String> {
    let list = |finale: &Finale| -> Vec<(String, String)> {
        let files = finale.files.iter().filter(|file| of(file.month));
        files.map(|file| (file.path.clone(), file.digest.clone())).collect()
    };
    let told = changes(&list(kept), &list(fresh)).into_iter().map(|(path, change)| {
        let how = match change {
            Change::Other(..) => "定稿后改过",
            Change::New(_) => "定稿后才有的",
            Change::Gone(_) => "定稿后不在了",
        };
        format!("文件“{path}”{how}")
    });
    told.collect()
}

/// How an item of a list changed.
enum Change<T> {
    Other(T, T),
    New(T),
    Gone(T),
}

/// What changed between two lists of names and values, in the order of the first, then of the second.
fn changes<K: Clone + Ord, T: Clone + PartialEq>(kept: &[(K, T)], fresh: &[(K, T)]) -> Vec<(K, Change<T>)> {
    let map = |list: &[(K, T)]| -> BTreeMap<K, T> { list.iter().cloned().collect() };
    let (old, new) = (map(kept), map(fresh));
    let of_kept = kept.iter().filter_map(|(name, value)| match new.get(name) {
        None => Some((name.clone(), Change::Gone(value.clone()))),
        Some(other) if other != value => Some((name.clone(), Change::Other(value.clone(), other.clone()))),
        Some(_) => None,
    });
    let added = fresh.iter().filter(|(name, _)| !old.contains_key(name));
    of_kept.chain(added.map(|(name, value)| (name.clone(), Change::New(value.clone())))).collect()
}

/// The units whose score, state or rank changed, a line each. One that bears another name since is still the one whose
/// alias the old name is.
fn units(roster: &Roster, kept: &[FinalUnit], fresh: &[FinalUnit]) -> Vec<String> {
    let list = |units: &[FinalUnit]| -> Vec<(Who, FinalUnit)> {
        units.iter().map(|unit| (who(roster, &unit.name), unit.clone())).collect()
    };
    let told = changes(&list(kept), &list(fresh)).into_iter().filter_map(|(_, change)| match change {
        Change::Other(old, new) => unit(&old, &new),
        Change::New(new) => Some(format!("{}：定稿里没有", new.name)),
        Change::Gone(old) => Some(format!("{}：名册里没有了", old.name)),
    });
    told.collect()
}

/// How a unit stands otherwise; none where only its name is another.
fn unit(old: &FinalUnit, new: &FinalUnit) -> Option<String> {
    fn shown(value: Option<impl ToString>) -> String {
        value.map_or_else(String::new, |value| value.to_string())
    }
    let or_none = |text: String| if text.is_empty() { "无".to_owned() } else { text };
    let mut parts = Vec::new();
    let mut compare = |title: &str, old: String, new: String| {
        if old != new {
            parts.push(format!("{title} {} → {}", or_none(old), or_none(new)));
        }
    };
    compare("报送", old.state.clone(), new.state.clone());
    compare("总分", shown(old.total), shown(new.total));
    compare("名次", shown(old.rank), shown(new.rank));
    compare("等次", old.band.clone(), new.band.clone());
    let titles = Item::ALL.map(Item::chinese).into_iter().chain([BONUS]);
    for ((title, old), new) in titles.zip(old.items).zip(new.items) {
        compare(title, shown(old), shown(new));
    }
    let zero = |whether: bool| if whether { "是" } else { "否" }.to_owned();
    compare("零问题", zero(old.zero), zero(new.zero));
    (!parts.is_empty()).then(|| format!("{}：{}", new.name, parts.join("，")))
}
