//! What a judged inbox looks like to eyes and to other programs. Takes an `Inbox`; gives text. Prints nothing itself.

mod csv;
mod excerpt;
mod json;
mod plain;
mod table;
mod terminal;

pub(crate) use csv::text as csv_text;
pub(crate) use plain::line as plain_line;

use crate::config::{Level, Settings};
use crate::rules::Finding;
use crate::verdict::{Inbox, JudgedFile};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Format {
    /// For eyes.
    #[default]
    Text,
    /// JSON Lines, one object a form.
    Json,
    /// One line a finding.
    Csv,
}

impl Format {
    pub(crate) const ALL: [Format; 3] = [Format::Text, Format::Json, Format::Csv];

    /// As `--format` names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Csv => "csv",
        }
    }
}

/// Writes the report; colours are for `Text` alone.
///
/// # Errors
/// Where a writer refuses; in Chinese.
pub(crate) fn write(format: Format, settings: &Settings, inbox: &Inbox, colored: bool) -> anyhow::Result<String> {
    match format {
        Format::Text => Ok(terminal::write(settings, inbox, colored)),
        Format::Json => json::write(settings, inbox),
        Format::Csv => csv::write(settings, inbox),
    }
}

/// The level as reported: what the clerk has accepted (认定.csv) is told, and weighs nothing.
fn level_of(finding: &Finding) -> Level {
    if finding.waived.is_some() { finding.level.min(Level::Info) } else { finding.level }
}

/// The message as reported.
fn message_of(finding: &Finding) -> String {
    match finding.waived {
        Some(_) => format!("已认定：{}", finding.message),
        None => finding.message.clone(),
    }
}

/// The name of the unit that a file without a form is laid at.
fn unit_of<'a>(settings: &'a Settings, file: &JudgedFile) -> Option<&'a str> {
    file.unit.and_then(|unit| settings.units.get(unit)).map(|unit| unit.name.as_str())
}
