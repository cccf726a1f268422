//! Task lists (附件1): as written, a file a list; as meant, with every task under a content.

use super::reader::{At, Reader, Spot};
use super::table::Table;
use super::{Fault, Frequency, UnitKind};
use crate::near;

/// What the dropdown writes before a number where a list does not say otherwise.
pub(super) const PREFIX: &str = "任务";
/// What it writes before a focus item's number; no list may call itself so.
pub(super) const FOCUS_PREFIX: &str = "重点";

/// A list as written; its contents are names yet. A task with a fault stays in it as far as it was read: loading fails
/// in the end, and its other faults are to be told as well.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub file: String,
    /// Whether the county wrote it, or the profile.
    pub own: bool,
    pub title: At<String>,
    pub kind: UnitKind,
    pub prefix: Option<At<String>>,
    pub tasks: Vec<WrittenTask>,
}

#[derive(Debug, Clone)]
pub(super) struct WrittenTask {
    /// Where the task begins.
    pub spot: Spot,
    pub number: Option<At<u32>>,
    pub title: Option<At<String>>,
    pub text: Option<At<String>>,
    pub frequency: Frequency,
    pub content: Option<At<String>>,
    pub by_receipt: bool,
}

/// Reads one file of `checklists/`; none where what it lacks is in the faults.
pub(super) fn read(file: &str, text: &str, own: bool, faults: &mut Vec<Fault>) -> Option<Written> {
    let (reader, entries) = Reader::new(file, text);
    let list = read_list(&reader, Table::top(&reader, &entries), own);
    faults.extend(reader.into_faults());
    list
}

fn read_list(reader: &Reader<'_>, top: Table<'_>, own: bool) -> Option<Written> {
    top.only(&["title", "kind", "prefix", "task"]);
    top.need("title", "title = \"清单名称\"");
    top.need("kind", "kind = \"township\"（乡镇纪委）或 \"dispatched\"（派驻纪检监察组）");
    top.need("task", "[[task]]，每项任务一段");
    let prefix = top.text("prefix");
    if let Some(prefix) = prefix.as_ref().filter(|prefix| !fit_prefix(&prefix.value)) {
        top.blame(
            prefix.spot,
            format!(
                "prefix 应是不带数字和括号的短词，也不能是“{FOCUS_PREFIX}”（重点工作专用），这里是“{}”",
                prefix.value
            ),
        );
    }
    let mut tasks: Vec<WrittenTask> = Vec::new();
    for table in top.tables("task", "[[task]]") {
        let task = read_task(table);
        if let Some(number) = &task.number
            && let Some(twin) = tasks.iter().filter_map(|t| t.number.as_ref()).find(|twin| twin.value == number.value)
        {
            table.blame(number.spot, format!("任务编号 {} 与第 {} 行的重复", number.value, twin.spot.line));
        }
        tasks.push(task);
    }
    let (title, kind) = (top.text("title"), read_kind(top, "kind"));
    Some(Written { file: reader.file.clone(), own, title: title?, kind: kind?, prefix, tasks })
}

fn fit_prefix(prefix: &str) -> bool {
    prefix != FOCUS_PREFIX
        && prefix.chars().count() <= 6
        && !prefix.chars().any(|c| c.is_numeric() || c.is_whitespace() || "【】[]()（）".contains(c))
}

fn read_task(table: Table<'_>) -> WrittenTask {
    table.only(&["number", "title", "text", "frequency", "content", "by-receipt"]);
    table.need("number", "number = 编号");
    table.need("title", "title = \"简称\"（下拉菜单里用）");
    table.need("text", "text = \"任务全文\"");
    table.need("frequency", "frequency = \"monthly\" 等执行时间");
    table.need("content", "content = \"所属的监督内容\"");
    WrittenTask {
        spot: table.spot(),
        number: table.whole("number", 1..=999),
        title: table.text("title"),
        text: table.text("text"),
        frequency: read_frequency(table).unwrap_or(Frequency::Monthly),
        content: table.text("content"),
        by_receipt: table.flag("by-receipt").unwrap_or(false),
    }
}

/// Reads a unit kind.
pub(super) fn read_kind(table: Table<'_>, key: &str) -> Option<UnitKind> {
    let written = table.text(key)?;
    let found = UnitKind::ALL.into_iter().find(|kind| kind.name() == written.value);
    if found.is_none() {
        table.blame(written.spot, no_kind(key, &written.value));
    }
    found
}

/// What to say of a kind that there is not.
pub(super) fn no_kind(key: &str, written: &str) -> String {
    let by_chinese = UnitKind::ALL.into_iter().find(|kind| kind.chinese().contains(written));
    let meant = by_chinese.map(UnitKind::name).or_else(|| near::nearest(written, UnitKind::ALL.map(UnitKind::name)));
    let meant = meant.map_or_else(String::new, |meant| format!("，是 \"{meant}\" 吗？"));
    format!("没有“{written}”这种单位{meant}（{key} 写 \"township\" 乡镇纪委，或 \"dispatched\" 派驻纪检监察组）")
}

fn read_frequency(table: Table<'_>) -> Option<Frequency> {
    let written = table.text("frequency")?;
    let found = Frequency::ALL.into_iter().find(|frequency| frequency.name() == written.value);
    if found.is_none() {
        let by_chinese = Frequency::ALL.into_iter().find(|frequency| {
            let (chinese, typed) = (frequency.chinese(), written.value.as_str());
            chinese == typed || chinese.trim_start_matches('每') == typed || chinese == typed.trim_end_matches('度')
        });
        let names = Frequency::ALL.map(Frequency::name);
        let meant = by_chinese.map(Frequency::name).or_else(|| near::nearest(&written.value, names));
        let meant = meant.map_or_else(String::new, |meant| format!("，是 \"{meant}\" 吗？"));
        let all = Frequency::ALL.map(|frequency| format!("{} {}", frequency.name(), frequency.chinese())).join("，");
        table.blame(written.spot, format!("没有“{}”这种执行时间{meant}（{all}）", written.value));
    }
    found
}
