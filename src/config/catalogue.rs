//! What may stand under 监督内容: contents, tasks, focus items, in every spelling by which a record may
//! name them.

use std::collections::BTreeMap;

use super::checklist::FOCUS_PREFIX;
use super::{Focus, Settings, Task, TaskList, UnitKind};
use crate::calendar::Month;
use crate::near;

/// The choices of one unit in one month.
#[derive(Debug, Clone, Default)]
pub(crate) struct Catalogue {
    /// In the order of the dropdown: focus items, tasks with those due first, contents.
    pub choices: Vec<Choice>,
    /// Every folded spelling, made once: a month looks thousands of cells up.
    by_spelling: BTreeMap<String, Topic>,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    /// As the dropdown writes it: 【重点1】title, 【任务3】title, or the content itself.
    pub label: String,
    /// Every other spelling that names it: full text, short title.
    pub spellings: Vec<String>,
    pub topic: Topic,
}

/// What a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Topic {
    /// A bare content, by index into `Settings::contents`; does no task.
    Content(usize),
    /// A task: indexes into `Settings::lists` and its tasks, and the content it counts under.
    Task { list: usize, task: usize, content: usize },
    /// A focus item by its number, and the content it counts under.
    Focus { number: u32, content: usize },
}

/// A task or focus item as the dropdown writes it: 【任务3】村干部等到岗到位履职.
fn label(prefix: &str, number: u32, title: &str) -> String {
    format!("【{prefix}{number}】{title}")
}

impl TaskList {
    /// One of its tasks as the dropdown writes it.
    pub(crate) fn label(&self, task: &Task) -> String {
        label(&self.prefix, task.number, &task.title)
    }
}

impl Focus {
    /// The item as the dropdown writes it.
    pub(crate) fn label(&self) -> String {
        label(FOCUS_PREFIX, self.number, &self.title)
    }

    /// What a record is about that names this item.
    pub(crate) fn topic(&self) -> Topic {
        Topic::Focus { number: self.number, content: self.content }
    }
}

impl Topic {
    /// The content that the record counts under.
    pub(crate) fn content(self) -> usize {
        match self {
            Topic::Content(content) | Topic::Task { content, .. } | Topic::Focus { content, .. } => content,
        }
    }
}

impl Catalogue {
    /// What a unit may choose in a month. The kind is the unit's own where one is named; without unit and kind
    /// every list serves, without a month no focus item does.
    pub(crate) fn new(
        settings: &Settings,
        month: Option<Month>,
        unit: Option<usize>,
        kind: Option<UnitKind>,
    ) -> Catalogue {
        let kind = unit.and_then(|unit| settings.units.get(unit)).map(|unit| unit.kind).or(kind);
        let mut catalogue = Catalogue::default();
        for item in month.map(|month| settings.focus_for(month, unit, kind)).unwrap_or_default() {
            catalogue.add(FOCUS_PREFIX, item.number, &item.title, None, item.topic());
        }
        let mut tasks = Vec::new();
        for (list, of_kind) in settings.lists.iter().enumerate() {
            if kind.is_some_and(|kind| kind != of_kind.kind) {
                continue;
            }
            for (number, task) in of_kind.tasks.iter().enumerate() {
                let topic = Topic::Task { list, task: number, content: task.content };
                tasks.push((!month.is_some_and(|month| task.frequency.due_in(month)), of_kind, task, topic));
            }
        }
        // A stable sort: within the due ones and the others the order of 附件1 stays.
        tasks.sort_by_key(|(not_due, ..)| *not_due);
        for (_, list, task, topic) in tasks {
            catalogue.add(&list.prefix, task.number, &task.title, Some(&task.text), topic);
        }
        for (at, content) in settings.contents.iter().enumerate() {
            catalogue.choices.push(Choice { label: content.clone(), spellings: Vec::new(), topic: Topic::Content(at) });
            catalogue.spell(content, Topic::Content(at));
            // Copied from the numbered list of the rules themselves: 3.作风建设方面；
            catalogue.spell(&format!("{}{content}", at + 1), Topic::Content(at));
        }
        catalogue
    }

    /// Also takes what may be chosen in another month: under a slip in the month, its focus items are no further fault.
    pub(crate) fn or(mut self, other: Catalogue) -> Catalogue {
        for (spelling, topic) in other.by_spelling {
            self.by_spelling.entry(spelling).or_insert(topic);
        }
        self
    }

    fn add(&mut self, prefix: &str, number: u32, title: &str, text: Option<&str>, topic: Topic) {
        let label = label(prefix, number, title);
        self.spell(&label, topic);
        for spelling in [Some(title), text].into_iter().flatten() {
            self.spell(spelling, topic);
            self.spell(&format!("{prefix}{number}{spelling}"), topic);
            self.spell(&format!("{number}{spelling}"), topic);
        }
        let spellings = [Some(title), text].into_iter().flatten().map(str::to_owned).collect();
        self.choices.push(Choice { label, spellings, topic });
    }

    /// The first choice that has a spelling keeps it: focus items before tasks before contents.
    fn spell(&mut self, spelling: &str, topic: Topic) {
        self.by_spelling.entry(fold(spelling)).or_insert(topic);
    }

    /// The topic that a cell names, blanks, width and punctuation set aside.
    pub(crate) fn find(&self, written: &str) -> Option<Topic> {
        self.by_spelling.get(&fold(written)).copied()
    }

    /// The label of the choice that a mistyped cell most likely means.
    pub(crate) fn nearest(&self, written: &str) -> Option<&str> {
        let labels = || self.choices.iter().map(|choice| (choice, choice.label.as_str()));
        let contents = || labels().filter(|(choice, _)| matches!(choice.topic, Topic::Content(_)));
        let titles = || self.choices.iter().filter_map(|choice| Some((choice, choice.spellings.first()?.as_str())));
        let texts = || self.choices.iter().filter_map(|choice| Some((choice, choice.spellings.get(1)?.as_str())));
        // A bracket shows that a label was meant; else the broad contents come before what is special.
        if written.trim_start().starts_with(['【', '[', '［', '〔']) {
            return among(written, labels()).or_else(|| among(written, titles()));
        }
        among(written, contents()).or_else(|| among(written, titles())).or_else(|| among(written, texts()))
    }
}

/// The label of the choice whose name is nearest.
fn among<'a>(written: &str, names: impl Iterator<Item = (&'a Choice, &'a str)> + Clone) -> Option<&'a str> {
    let found = near::nearest(written, names.clone().map(|(_, name)| name))?;
    names.into_iter().find(|(_, name)| *name == found).map(|(choice, _)| choice.label.as_str())
}

/// The spelling under which choices are compared: what `near::key` sets aside, and punctuation besides, for a full
/// stop too many or a bracket of another shape does not make another task.
fn fold(text: &str) -> String {
    near::key(text)
        .chars()
        .filter(|c| !c.is_ascii_punctuation() && !"、。，；：！？《》〈〉【】「」『』…—–·•".contains(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Audience, Focus};

    fn settings() -> Settings {
        let mut settings = Settings::builtin("dongan").unwrap();
        let item = Focus {
            number: 1,
            title: "节后收心归位纪律检查".to_owned(),
            content: 2,
            audience: Audience::Kind(UnitKind::Township),
        };
        settings.focus.insert(Month::new(2026, 3).unwrap(), vec![item]);
        settings
    }

    fn labels(catalogue: &Catalogue) -> Vec<&str> {
        catalogue.choices.iter().map(|choice| choice.label.as_str()).collect()
    }

    #[test]
    fn a_task_is_found_in_every_spelling() {
        let catalogue = settings().catalogue(Month::new(2026, 3), None, Some(UnitKind::Township));
        let task = catalogue.find("【任务3】村干部等到岗到位履职");
        assert!(matches!(task, Some(Topic::Task { content: 2, .. })));
        for written in [
            "村干部等到岗到位履职",
            "[任务3] 村干部等到岗到位履职",
            "任务3：村干部等到岗到位履职",
            "3.村干部等到岗到位履职",
            "【任务３】村干部等 到岗到位履职",
            "村干部、扶贫工作队员、驻村干部按规定到岗到位正常履职情况",
            "3.村干部、扶贫工作队员、驻村干部按规定到岗到位正常履职情况。",
            "【任务3】村干部、扶贫工作队员、\n驻村干部按规定到岗到位正常履职情况",
        ] {
            assert_eq!(catalogue.find(written), task, "{written}");
        }
        for written in ["", "【任务3】", "【任务5】村干部等到岗到位履职", "村干部履职", "党的组织纪律"]
        {
            assert_eq!(catalogue.find(written), None, "{written}");
        }
        assert_eq!(catalogue.find("3.作风建设方面；"), Some(Topic::Content(2)));
        assert_eq!(catalogue.find("【重点1】节后收心归位纪律检查"), Some(Topic::Focus { number: 1, content: 2 }));
    }

    #[test]
    fn focus_items_come_first_then_due_tasks_then_the_others_then_contents() {
        let settings = settings();
        let march = settings.catalogue(Month::new(2026, 3), None, Some(UnitKind::Township));
        let labels = labels(&march);
        assert_eq!(labels.len(), 1 + 27 + 10);
        assert_eq!(labels.first(), Some(&"【重点1】节后收心归位纪律检查"));
        let at = |label: &str| labels.iter().position(|other| other.starts_with(label)).unwrap();
        assert!(at("【任务12】") < at("【基础4】"), "a quarter ends in March, a half-year does not");
        assert!(at("【基础5】") < at("政治纪律方面"));
        assert_eq!(labels.last(), Some(&"上级交办的其他各项工作"));
        let april = settings.catalogue(Month::new(2026, 4), None, Some(UnitKind::Township));
        assert!(!april.choices.iter().any(|choice| choice.label.starts_with("【重点")));
    }

    #[test]
    fn a_unit_chooses_from_the_lists_of_its_kind() {
        let settings = settings();
        let kind = |kind| settings.catalogue(None, None, kind).choices.len();
        assert_eq!(kind(Some(UnitKind::Dispatched)), 24 + 10);
        assert_eq!(kind(Some(UnitKind::Township)), 27 + 10);
        assert_eq!(kind(None), 51 + 10);
        let group = settings.catalogue(Month::new(2026, 3), None, Some(UnitKind::Dispatched));
        assert_eq!(group.find("村干部等到岗到位履职"), None);
        assert_eq!(group.find("节后收心归位纪律检查"), None);
    }

    #[test]
    fn a_mistyped_choice_gets_the_nearest_label() {
        let catalogue = settings().catalogue(Month::new(2026, 3), None, Some(UnitKind::Township));
        for (written, label) in [
            ("作风建设", "作风建设方面"),
            ("脱贫攻坚", "脱贫攻坚方面"),
            ("作风建没方面", "作风建设方面"),
            ("三重一大", "干部任用廉政审查、“三重一大”事项方面"),
            ("村干部到岗到位履职", "【任务3】村干部等到岗到位履职"),
            ("【任务3】村干部等到岗履职", "【任务3】村干部等到岗到位履职"),
            ("节后收心归位检查", "【重点1】节后收心归位纪律检查"),
            ("村务监督月例会召开情况。已完成", "【任务11】村务监督月例会召开"),
        ] {
            assert_eq!(catalogue.nearest(written), Some(label), "{written}");
        }
        assert_eq!(catalogue.nearest("招商引资"), None);
        assert_eq!(catalogue.nearest(""), None);
    }
}
