//! Final months (定稿). Takes a month counted; gives what is kept of it. Takes what was kept and a fresh count; names every
//! difference: a sheet that came again, settings that were changed, another program.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::figure::figures;
use super::{Item, Tally, UnitMonth};
use crate::calendar::{Month, chinese_day};
use crate::config::{OTHER, Settings};
use crate::near;
use crate::register::{Amount, BONUS, FinalFile, FinalUnit, Finale};
use crate::unseen::is_unseen;
use crate::verdict::{Inbox, JudgedFile};

/// A final month beside a fresh count of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub month: Month,
    pub as_of: NaiveDate,
    /// Every difference, final → fresh, a line each; none where the month's sheets are not all at hand.
    pub differences: Option<Vec<String>>,
    /// What was changed since and makes no difference by itself: files of the months before.
    pub notes: Vec<String>,
}

impl Sealed {
    /// Whether a fresh count as of that day would give the same workbook.
    pub(crate) fn holds(&self, as_of: NaiveDate) -> bool {
        self.as_of == as_of && self.differences.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether a fresh count is known to differ.
    pub(crate) fn differs(&self) -> bool {
        self.differences.as_ref().is_some_and(|differences| !differences.is_empty())
    }

    /// 2026年3月已定稿（统计截至2026年3月31日），与按表重新统计的一致
    pub(crate) fn headline(&self) -> String {
        let (month, day) = (self.month.chinese(), chinese_day(self.as_of));
        format!("{month}已定稿（统计截至{day}），{}", self.compared())
    }

    /// What a fresh count says, in a few words.
    pub(crate) fn compared(&self) -> String {
        match self.differences.as_ref().map(Vec::len) {
            None => "手头没有这个月全部的表，没有重新统计".to_owned(),
            Some(0) => "与按表重新统计的一致".to_owned(),
            Some(many) => format!("与按表重新统计的有 {many} 处不同"),
        }
    }
}

/// What is kept of a month: scores, ranks, figures, and the digest of every file that they were counted from.
pub(crate) fn finale(settings: &Settings, inboxes: &BTreeMap<Month, Inbox>, tally: &Tally) -> Finale {
    let fingerprint = settings.fingerprint(tally.month);
    let files = inboxes.range(..=tally.month).flat_map(|(month, inbox)| inbox.files.iter().map(|file| (*month, file)));
    let file = |(month, file): (Month, &JudgedFile)| {
        let (path, digest) = (plain(&file.in_project), file.digest.clone());
        FinalFile { path, month, digest }
    };
    Finale {
        month: tally.month,
        as_of: tally.as_of,
        version: program(),
        settings: fingerprint.into_iter().map(|(part, digest)| (part.to_owned(), digest)).collect(),
        units: tally.units.iter().map(|unit| final_unit(unit, tally.month)).collect(),
        figures: figures(tally).into_iter().map(|figure| (figure.title.to_owned(), figure.value)).collect(),
        contents: contents(settings, tally),
        files: files.map(file).collect(),
    }
}

/// A text as the file keeps it: without what nobody can see.
pub(super) fn plain(text: &str) -> String {
    let seen: String = text.chars().filter(|c| !is_unseen(*c)).collect();
    seen.trim().to_owned()
}

fn program() -> String {
    format!("yuedu {}", env!("CARGO_PKG_VERSION"))
}

fn final_unit(unit: &UnitMonth, month: Month) -> FinalUnit {
    let scored = |points| unit.total.map(|_| points);
    let mut items = [None; 6];
    for (slot, points) in items.iter_mut().zip(unit.items.into_iter().chain([unit.bonus])) {
        *slot = scored(points);
    }
    FinalUnit {
        name: plain(&unit.name),
        total: unit.total,
        rank: unit.rank,
        band: unit.band.map(|band| band.chinese().to_owned()).unwrap_or_default(),
        state: unit.receipt.in_full(),
        items,
        zero: unit.zero_problem.contains(&month),
    }
}

/// Valid records by content, in the order of the list.
pub(super) fn contents(settings: &Settings, tally: &Tally) -> Vec<(String, u32)> {
    let count = |name: &str| {
        let under = tally.entries.iter().filter(|entry| settings.content_name(entry.content) == name);
        super::count::size(under.count())
    };
    tally.contents(settings).into_iter().map(|name| (plain(&name), count(&name))).collect()
}

impl Tally {
    /// The contents that are counted; 其他 only where the list has it or something counts under it.
    pub(crate) fn contents(&self, settings: &Settings) -> Vec<String> {
        let mut contents = settings.contents.clone();
        let other = self.entries.iter().any(|entry| entry.content.is_none());
        if other && !contents.iter().any(|content| content == OTHER) {
            contents.push(OTHER.to_owned());
        }
        contents
    }
}

/// Every difference between what was kept and what a fresh count would keep.
pub(super) fn differences(settings: &Settings, kept: &Finale, fresh: &Finale) -> Vec<String> {
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
    told.extend(units(settings, &kept.units, &fresh.units));
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
    told
}

/// Files of the months before that were changed since: where they bear on the month, its scores differ too.
pub(super) fn notes(kept: &Finale, fresh: &Finale) -> Vec<String> {
    let told = files(kept, fresh, &|month| month < kept.month).into_iter();
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

/// The units that one of the two takes for a month without a problem and the other does not: all that months later than the
/// next one lean on.
pub(super) fn zero_differences(settings: &Settings, kept: &Finale, fresh: &Finale) -> Vec<String> {
    let month = kept.month.chinese();
    let told = kept.units.iter().filter_map(|old| {
        let new = find(settings, &fresh.units, &old.name).filter(|new| new.zero != old.zero)?;
        let (then, now) = if old.zero { ("是", "不是") } else { ("不是", "是") };
        Some(format!("{month}定稿里{}{then}零问题，按表重新统计{now}；零问题月份以定稿为准", new.name))
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
fn changes<T: Clone + PartialEq>(kept: &[(String, T)], fresh: &[(String, T)]) -> Vec<(String, Change<T>)> {
    let map = |list: &[(String, T)]| -> BTreeMap<String, T> { list.iter().cloned().collect() };
    let (old, new) = (map(kept), map(fresh));
    let of_kept = kept.iter().filter_map(|(name, value)| match new.get(name) {
        None => Some((name.clone(), Change::Gone(value.clone()))),
        Some(other) if other != value => Some((name.clone(), Change::Other(value.clone(), other.clone()))),
        Some(_) => None,
    });
    let added = fresh.iter().filter(|(name, _)| !old.contains_key(name));
    of_kept.chain(added.map(|(name, value)| (name.clone(), Change::New(value.clone())))).collect()
}

/// A unit by its name; one that bears another name since is still the one whose alias the old name is.
fn find<'a>(settings: &Settings, list: &'a [FinalUnit], name: &str) -> Option<&'a FinalUnit> {
    let key = |name: &str| near::key(settings.unit_named(name).map_or(name, |unit| settings.unit_name(unit)));
    list.iter().find(|unit| key(&unit.name) == key(name))
}

/// The units whose score, state or rank changed, a line each.
fn units(settings: &Settings, kept: &[FinalUnit], fresh: &[FinalUnit]) -> Vec<String> {
    let mut told = Vec::new();
    for old in kept {
        match find(settings, fresh, &old.name) {
            None => told.push(format!("{}：名册里没有了", old.name)),
            Some(new) => told.extend(Some(unit(old, new)).filter(|line| !line.is_empty())),
        }
    }
    let added = fresh.iter().filter(|unit| find(settings, kept, &unit.name).is_none());
    told.extend(added.map(|unit| format!("{}：定稿里没有", unit.name)));
    told
}

fn unit(old: &FinalUnit, new: &FinalUnit) -> String {
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
    if parts.is_empty() { String::new() } else { format!("{}：{}", new.name, parts.join("，")) }
}
