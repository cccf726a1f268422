//! Task lists (附件1): as written, a file a list; as meant, with every task under a content.

use std::collections::BTreeMap;

use super::reader::{At, Reader, Spot, Table};
use super::{Fault, Frequency, Task, TaskList, UnitKind};
use crate::near;

/// What the dropdown writes before a number where a list does not say otherwise.
const PREFIX: &str = "任务";
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
    prefix: Option<At<String>>,
    tasks: Vec<WrittenTask>,
}

#[derive(Debug, Clone)]
struct WrittenTask {
    /// Where the task begins.
    spot: Spot,
    number: Option<At<u32>>,
    title: Option<At<String>>,
    text: Option<At<String>>,
    frequency: Frequency,
    content: Option<At<String>>,
    by_receipt: bool,
}

/// Reads one file of `checklists/`; none where what it lacks is in the faults.
pub(super) fn read(file: &str, text: &str, own: bool, faults: &mut Vec<Fault>) -> Option<Written> {
    let (reader, entries) = Reader::new(file, text);
    let list = read_list(&reader, reader.top(&entries), own);
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

/// Puts the county's lists over the profile's: one of the same kind and title takes its place, another is added.
pub(super) fn merge(base: Vec<Written>, own: Vec<Written>, faults: &mut Vec<Fault>) -> Vec<Written> {
    let mut lists = base;
    for mut list in own {
        let same =
            |other: &Written| other.kind == list.kind && near::key(&other.title.value) == near::key(&list.title.value);
        match lists.iter().position(same).and_then(|at| lists.get_mut(at)) {
            Some(other) if other.own => {
                faults.push(
                    list.fault(list.title.spot, format!("{} 已经写了“{}”，请删去一份", other.file, other.title.value)),
                );
            }
            Some(other) => {
                if list.prefix.is_none() {
                    list.prefix = other.prefix.take();
                }
                *other = list;
            }
            None => lists.push(list),
        }
    }
    lists
}

/// Settles which content each task belongs to; blames contents that there are not, and spellings that two tasks of one
/// kind share. `contents_at` is where the county's own list of contents stands.
pub(super) fn settle(
    lists: &[Written],
    contents: &[String],
    contents_at: Option<(&str, Spot)>,
    faults: &mut Vec<Fault>,
) -> Vec<TaskList> {
    let mut settled = Vec::new();
    // Who has a spelling already, by kind: a unit chooses from the lists of its kind.
    let mut spelled: BTreeMap<(UnitKind, String), String> = BTreeMap::new();
    for (at, list) in lists.iter().enumerate() {
        let mut earlier = lists.iter().take(at).filter(|other| other.kind == list.kind);
        if let Some(other) = earlier.find(|other| other.prefix() == list.prefix()) {
            let message = format!(
                "与“{}”都用“{}”编号，下拉菜单里分不清；要替换它，title 须与它完全相同；要另加一份，请写 prefix = \"别的短词\"",
                other.title.value,
                list.prefix()
            );
            faults.push(list.fault(list.title.spot, message));
        }
        let mut tasks = Vec::new();
        let mut homeless: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for task in &list.tasks {
            let keys = task.spellings().map(|spelling| (list.kind, near::key(spelling)));
            let (taken, free): (Vec<_>, Vec<_>) = keys.partition(|key| spelled.contains_key(key));
            if let Some(twin) = taken.iter().find_map(|key| spelled.get(key)).filter(|_| list.own) {
                let message = format!("{}的简称或全文与{twin}相同，填表时分不清，请改一个", task.called());
                faults.push(list.fault(task.spot, message));
            }
            spelled.extend(free.into_iter().map(|key| (key, task.called())));
            let Some(content) = &task.content else { continue };
            match position(contents, &content.value) {
                Some(content) => tasks.push(task.settled(content)),
                None if list.own || contents_at.is_none() => {
                    let message = format!("{}：{}", task.called(), no_content(&content.value, contents));
                    faults.push(list.fault(content.spot, message));
                }
                None => homeless.entry(&content.value).or_default().push(task.called()),
            }
        }
        // The profile's list was right before the county changed the contents: the change is to blame.
        if let Some((file, spot)) = contents_at {
            faults.extend(homeless.iter().map(|(content, tasks)| Fault {
                file: file.to_owned(),
                line: spot.line,
                column: spot.column,
                message: format!(
                    "contents 里没有“{content}”，而“{}”的{}归在它下面；请加回这一项，或在 checklists/ 里另写这份清单",
                    list.title.value,
                    tasks.join("、")
                ),
            }));
        }
        settled.push(TaskList {
            title: list.title.value.clone(),
            kind: list.kind,
            prefix: list.prefix().to_owned(),
            tasks,
        });
    }
    settled
}

/// Where a content stands in the list, blanks and width set aside.
pub(super) fn position(contents: &[String], name: &str) -> Option<usize> {
    let key = near::key(name);
    contents.iter().position(|content| near::key(content) == key)
}

/// What to say of a content that there is not.
pub(super) fn no_content(name: &str, contents: &[String]) -> String {
    match near::nearest(name, contents.iter().map(String::as_str)) {
        Some(meant) => format!("contents（监督内容）里没有“{name}”，是“{meant}”吗？"),
        None => format!("contents（监督内容）里没有“{name}”；有：{}", contents.join("；")),
    }
}

impl Written {
    fn prefix(&self) -> &str {
        self.prefix.as_ref().map_or(PREFIX, |prefix| &prefix.value)
    }

    fn fault(&self, spot: Spot, message: String) -> Fault {
        Fault { file: self.file.clone(), line: spot.line, column: spot.column, message }
    }
}

impl WrittenTask {
    /// How messages call it: 任务3“村干部等到岗到位履职”.
    fn called(&self) -> String {
        let number = self.number.as_ref().map_or_else(String::new, |number| number.value.to_string());
        let title = self.title.as_ref().map_or_else(String::new, |title| format!("“{}”", title.value));
        format!("任务{number}{title}")
    }

    fn spellings(&self) -> impl Iterator<Item = &str> {
        [&self.title, &self.text].into_iter().flatten().map(|text| text.value.as_str())
    }

    fn settled(&self, content: usize) -> Task {
        let text = |text: &Option<At<String>>| text.as_ref().map(|text| text.value.clone()).unwrap_or_default();
        Task {
            number: self.number.as_ref().map_or(0, |number| number.value),
            title: text(&self.title),
            text: text(&self.text),
            frequency: self.frequency,
            content,
            by_receipt: self.by_receipt,
        }
    }
}
