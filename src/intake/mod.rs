//! The intake (收件). Takes files from outside as they are by themselves, the register and what already lies in 报送/; says
//! where each file goes, under which name, and which lines of 收件登记.csv that makes. Copies and writes nothing itself.

use chrono::NaiveDate;

mod doubt;
mod month;
mod name;
mod outcome;
mod plan;

pub(crate) use doubt::doubts;
pub(crate) use outcome::{conclude, remark};
pub(crate) use plan::plan;

use crate::calendar::Month;
use crate::verdict::JudgedFile;

/// A file that was given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given<'a> {
    /// As it is by itself: no register, no acceptance was asked.
    pub file: &'a JudgedFile,
    /// Where it lies within the project, if it does.
    pub place: Option<&'a str>,
    /// The ending that its name should have, where the one it bears does not fit what it holds.
    pub ending: Option<&'static str>,
}

/// A file that lies in 报送/.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The month of its folder.
    pub month: Month,
    /// The path in the project.
    pub path: String,
    pub digest: String,
}

/// What becomes of a file that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    /// Its place among the files given.
    pub given: usize,
    pub fate: Fate,
    /// What must be said of it, in Chinese.
    pub notes: Vec<String>,
}

/// Where a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It goes into 报送/, or lies there already without a line in the register.
    Taken {
        month: Month,
        /// The units whose receipt it is, by roster index; none where it cannot be registered.
        units: Vec<usize>,
        /// The path in the project.
        to: String,
        /// It has to be copied there.
        copied: bool,
    },
    /// It was received before: it lies there, and the register has it.
    Known { month: Month, units: Vec<usize>, at: String, day: Option<NaiveDate> },
    /// It is, byte for byte, an earlier one of the files given.
    Twin { of: usize },
    /// It is no spreadsheet, hence no report: a picture, a letter, an archive.
    Foreign(String),
    /// It could not be received; why and what to do.
    Refused(String),
}
