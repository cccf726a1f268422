//! Task lists as meant: the county's over the profile's, every task under a content, no spelling for two tasks.

use std::collections::BTreeMap;

use super::checklist::{PREFIX, Written, WrittenTask};
use super::reader::{At, Spot};
use super::{Fault, Task, TaskList, UnitKind};
use crate::near;

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
        Some(meant) => format!("监督内容里没有 content 写的“{name}”，是“{meant}”吗？"),
        None => format!("监督内容里没有 content 写的“{name}”；有：{}", contents.join("；")),
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
