//! `yuedu explain`: a rule's page, or the table of all rules.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::{Exit, Global, output};
use crate::config::Settings;
use crate::{near, rules};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 规则名，如 date-partial；不写则列出全部规则
    #[arg(value_name = "规则")]
    pub rule: Option<String>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    match &options.rule {
        None => output::print(&table(&global.load()?.settings))?,
        Some(name) => output::print(page(name)?)?,
    }
    Ok(Exit::Order)
}

/// The page of a rule, by its name or its Chinese title.
fn page(written: &str) -> anyhow::Result<&'static str> {
    let wanted = near::key(written);
    let found = rules::all().find(|rule| near::key(rule.name) == wanted || near::key(rule.title) == wanted);
    if let Some(rule) = found {
        return Ok(rule.page);
    }
    let names = || rules::all().map(|rule| rule.name);
    let titles = || rules::all().map(|rule| rule.title);
    let near = near::nearest(written, names()).or_else(|| near::nearest(written, titles()));
    match near {
        Some(near) => anyhow::bail!("没有“{written}”这条规则，是“{near}”吗？"),
        None => anyhow::bail!("没有“{written}”这条规则；运行 yuedu explain 看全部规则"),
    }
}

/// Every rule with its level in this project.
fn table(settings: &Settings) -> String {
    let width = rules::all().map(|rule| rule.name.len()).max().unwrap_or(0);
    let columns = rules::all().map(|rule| rule.title.width()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in rules::all() {
        let gap = " ".repeat(columns - rule.title.width());
        let level = settings.level(rule.name).chinese();
        let _ = writeln!(out, "{:width$}  {}{gap}  {level}", rule.name, rule.title);
    }
    out.push_str("\n看一条规则的说明：yuedu explain 规则名。级别可在 yuedu.toml 的 [rules] 里改。\n");
    out
}
