//! The judgement of what came in. Takes read files, settings and registers; says whose each form is and for
//! which month, which of two replaces the other, what the clerk accepts, which records are valid.

use chrono::NaiveDate;

mod acceptance;
mod changed;
mod copy;
mod judge;
mod name;
mod record;
mod retold;
mod stead;
mod sums;
mod whose;

pub(crate) use acceptance::without_effect;
pub(crate) use changed::changed_since;
pub(crate) use judge::judge;
pub(crate) use name::FileNames;
pub(crate) use whose::{unit_in_name, unplaced};

use crate::calendar::Month;
use crate::config::{Topic, UnitKind};
use crate::form::Form;
use crate::rules::Finding;
use crate::sheet::ReadError;
use crate::text::Lexicon;

/// Everything that came in for one month (or the paths asked for), in order of path bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inbox {
    /// The month asked for, where one is.
    pub month: Option<Month>,
    /// Whether all that came in for the month was looked at, and not only the paths asked for.
    pub whole: bool,
    pub files: Vec<JudgedFile>,
    /// Lock files, hidden files and the like.
    pub skipped: u32,
    /// Lines of 认定.csv for this month that accept nothing (indexes into `Registers::waivers`): most likely a slip.
    /// Where only some paths were asked for, only lines of files among them.
    pub idle_waivers: Vec<usize>,
}

/// What is known of the months before the one that is judged: their texts, to compare with.
#[derive(Debug, Clone)]
pub(crate) struct Earlier<'a> {
    /// In order of the months.
    pub inboxes: Vec<&'a Inbox>,
    /// The words by which the few texts that come near another are read.
    pub words: &'a Lexicon,
}

/// A file as it was read, before anything is judged.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// As given or found, `/` between folders.
    pub path: String,
    /// The path within the project, where it lies there.
    pub in_project: String,
    /// The month asked for: `--month`, else the month folder that the file lies in.
    pub asked: Option<Month>,
    /// The digest of its bytes; empty where it could not be opened.
    pub digest: String,
    pub contents: Contents,
}

/// What reading a file gave.
#[derive(Debug, Clone)]
pub(crate) enum Contents {
    /// Its forms; empty where no sheet holds the form's header row.
    Forms(Vec<Form>),
    Unread(ReadError),
}

/// One file as judged.
#[derive(Debug, Clone)]
pub(crate) struct JudgedFile {
    /// As given or found, `/` between folders; relative stays relative.
    pub path: String,
    /// The path within the project, `/` between folders, where it lies there; else the same as `path`.
    pub in_project: String,
    /// The month asked for: `--month`, else the month folder that the file lies in.
    pub asked: Option<Month>,
    /// The digest of its bytes; empty where it could not be opened.
    pub digest: String,
    pub state: FileState,
    /// The unit that the form, the register or the file's name points to (roster index).
    pub unit: Option<usize>,
    /// Registered day of receipt.
    pub received: Option<NaiveDate>,
    pub forms: Vec<JudgedForm>,
    /// Findings of the file as a whole (form-missing, file-unreadable …).
    pub findings: Vec<Finding>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileState {
    /// Read, with at least one form.
    Form,
    /// Read, without a form.
    NoForm,
    Unreadable,
    Unsupported,
}

/// One form as judged.
#[derive(Debug, Clone)]
pub(crate) struct JudgedForm {
    pub form: Form,
    /// Roster index.
    pub unit: Option<usize>,
    /// The roster's name, else as written, else none.
    pub unit_name: Option<String>,
    pub kind: Option<UnitKind>,
    pub month: Option<Month>,
    /// The month asked for: `--month`, else the month folder that the file lies in.
    pub asked: Option<Month>,
    /// Nothing in it is an error.
    pub accepted: bool,
    /// Whether its valid records enter the month.
    pub counts: bool,
    /// A later file of the same unit and month stands in its place: that file's path.
    pub replaced_by: Option<String>,
    /// All findings of the form, sorted by row, column, rule.
    pub findings: Vec<Finding>,
    /// One a record.
    pub verdicts: Vec<RecordVerdict>,
}

/// What is settled of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecordVerdict {
    /// No error is left in its row.
    pub valid: bool,
    /// What its 监督内容 names; none where unlisted.
    pub topic: Option<Topic>,
    /// Its methods by index into `Settings::methods`, each once; an accepted unlisted one is `None` (其他).
    pub methods: Vec<Option<usize>>,
    /// The earlier record of its unit whose problem it goes on with.
    pub follows: Option<Follows>,
    /// The earlier record of its unit whose problem it tells again without going on with it: a copy.
    pub repeats: Option<Follows>,
}

/// Where the record stands that told a problem first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Follows {
    pub month: Month,
    /// The path in the project.
    pub file: String,
    pub sheet: String,
    pub row: u32,
}

/// The sums of «nothing is lost»: files, rows and cells, each by what became of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Sums {
    pub files_found: u32,
    pub files_form: u32,
    pub files_no_form: u32,
    pub files_unreadable: u32,
    pub files_unsupported: u32,
    pub files_skipped: u32,
    pub rows_seen: u32,
    pub records: u32,
    pub rows_continued: u32,
    pub rows_nil: u32,
    pub rows_blank: u32,
    pub cells_seen: u32,
    pub cells_read: u32,
}
