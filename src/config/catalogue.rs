//! What may stand under 监督内容: contents, tasks, focus items, in the spellings that `product.md` section 1 allows.

use super::{Settings, UnitKind};
use crate::calendar::Month;

/// The choices of one unit in one month.
#[derive(Debug, Clone, Default)]
pub(crate) struct Catalogue {
    /// In the order of the dropdown: focus items, tasks with those due first, contents.
    pub choices: Vec<Choice>,
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

impl Topic {
    /// The content that the record counts under.
    pub(crate) fn content(self) -> usize {
        match self {
            Topic::Content(content) | Topic::Task { content, .. } | Topic::Focus { content, .. } => content,
        }
    }
}

impl Catalogue {
    pub(crate) fn new(
        settings: &Settings,
        month: Option<Month>,
        unit: Option<usize>,
        kind: Option<UnitKind>,
    ) -> Catalogue {
        let _ = (settings, month, unit, kind);
        Catalogue::default()
    }

    /// The topic that a cell names, blanks and width set aside.
    pub(crate) fn find(&self, written: &str) -> Option<Topic> {
        let _ = written;
        None
    }

    /// The label of the choice that a mistyped cell most likely means.
    pub(crate) fn nearest(&self, written: &str) -> Option<&str> {
        let _ = written;
        None
    }
}
