//! Help in Chinese, drawn from the definitions of the command line; clap's own speaks English in places and
//! counts a Chinese character as one column.

use std::fmt::Write;

use clap::{Arg, ArgAction, Command, CommandFactory};
use unicode_width::UnicodeWidthStr;

use super::{Cli, Exit, output};

/// What a clerk does in a month; it closes the help, and stands alone where no command is given.
const STEPS: &str = "\
一个月的四步：
  1. yuedu template --month 2026-03         月初：给每个单位下发空白表，写在 下发/2026-03/
  2. yuedu receive U盘 --date 2026-03-24    收件：报来的表放进 报送/2026-03/，记入登记簿
  3. yuedu validate --month 2026-03         逐条检查
  4. yuedu summarize --month 2026-03        月末：汇总、评分、排名，写在 汇总/

第一次用，先运行 yuedu init 建项目文件夹。每个命令的用法：yuedu 命令 --help
";

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 命令名；不写则列出全部命令
    #[arg(value_name = "命令")]
    pub command: Option<String>,
}

/// The command line as it is parsed, every help and usage text in Chinese.
pub(crate) fn command() -> Command {
    let root = Cli::command();
    let global: Vec<Arg> = root.get_arguments().filter(|arg| arg.is_global_set()).cloned().collect();
    let names: Vec<String> = root.get_subcommands().map(|sub| sub.get_name().to_string()).collect();
    let mut dressed = dress(root.clone(), "yuedu", &global);
    for name in names {
        dressed = dressed.mut_subcommand(&name, |sub| dress(sub, &format!("yuedu {name}"), &global));
    }
    dressed
}

/// The words for a start without arguments.
pub(crate) fn guide() -> String {
    let about = Cli::command().get_about().map(ToString::to_string).unwrap_or_default();
    format!("{about}\n\n{STEPS}")
}

/// `yuedu help [COMMAND]`.
pub(crate) fn execute(options: &Options) -> anyhow::Result<Exit> {
    let mut root = command();
    let text = match &options.command {
        None => root.render_help(),
        Some(name) => match root.find_subcommand_mut(name) {
            Some(sub) => sub.render_help(),
            None => anyhow::bail!("没有“{name}”这个命令；全部命令见 yuedu --help"),
        },
    };
    output::print(&text.to_string())?;
    Ok(Exit::Order)
}

fn dress(command: Command, path: &str, global: &[Arg]) -> Command {
    let usage = usage(&command, path);
    let help = page(&command, &usage, global);
    command.override_usage(usage).override_help(help)
}

/// `yuedu summarize --month <月份> [选项] [路径]...`
fn usage(command: &Command, path: &str) -> String {
    if command.has_subcommands() {
        return format!("{path} [选项] <命令>");
    }
    let mut words = vec![path.to_string()];
    words.extend(command.get_opts().filter(|arg| arg.is_required_set()).map(spelling));
    words.push("[选项]".into());
    words.extend(command.get_positionals().map(spelling));
    words.join(" ")
}

fn page(command: &Command, usage: &str, global: &[Arg]) -> String {
    let mut text = String::new();
    if let Some(about) = command.get_long_about().or_else(|| command.get_about()) {
        let _ = writeln!(text, "{about}\n");
    }
    let _ = writeln!(text, "用法：{usage}");
    let commands: Vec<_> = command
        .get_subcommands()
        .filter(|sub| !sub.is_hide_set())
        .map(|sub| (format!("  {}", sub.get_name()), sub.get_about().map(ToString::to_string).unwrap_or_default()))
        .collect();
    section(&mut text, "命令", &commands);
    section(&mut text, "参数", &lines(command.get_positionals()));
    section(&mut text, "选项", &lines(command.get_opts().filter(|arg| !arg.is_global_set() && !is_version(arg))));
    section(&mut text, "通用选项", &lines(global.iter().chain(command.get_arguments().filter(|arg| is_version(arg)))));
    if command.has_subcommands() {
        let _ = write!(text, "\n{STEPS}");
    }
    text
}

fn is_version(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Version)
}

fn lines<'a>(args: impl Iterator<Item = &'a Arg>) -> Vec<(String, String)> {
    args.filter(|arg| !arg.is_hide_set())
        .map(|arg| {
            let short = arg.get_short().map(|short| format!("-{short}"));
            let left = match (short, arg.is_positional()) {
                (_, true) => format!("  {}", spelling(arg)),
                (Some(short), false) => format!("  {short}, {}", spelling(arg)),
                (None, false) => format!("      {}", spelling(arg)),
            };
            (left, arg.get_help().map(ToString::to_string).unwrap_or_default())
        })
        .collect()
}

/// How an argument is written: `--month <月份>`, `--force`, `[路径]...`, `<终端>`.
pub(crate) fn spelling(arg: &Arg) -> String {
    let value = arg.get_value_names().and_then(|names| names.first()).map_or("值", |name| name.as_str());
    let many = matches!(arg.get_action(), ArgAction::Append);
    if arg.is_positional() {
        let dots = if many { "..." } else { "" };
        return if arg.is_required_set() { format!("<{value}>{dots}") } else { format!("[{value}]{dots}") };
    }
    let long = arg.get_long().unwrap_or_default();
    let takes_value = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
    if takes_value { format!("--{long} <{value}>") } else { format!("--{long}") }
}

fn section(text: &mut String, heading: &str, lines: &[(String, String)]) {
    if lines.is_empty() {
        return;
    }
    let width = lines.iter().map(|(left, _)| left.width()).max().unwrap_or(0);
    let _ = writeln!(text, "\n{heading}：");
    for (left, right) in lines {
        let _ = writeln!(text, "{left}{}  {right}", " ".repeat(width - left.width()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn every_command_and_option_is_explained_in_chinese() {
        let root = command();
        let commands: Vec<_> = std::iter::once(&root).chain(root.get_subcommands()).collect();
        assert!(commands.len() > 8);
        for command in commands {
            let help = command.clone().render_help().to_string();
            for english in ["Usage", "Options", "OPTIONS", "COMMAND", "default", "possible", "aliases", "Print"] {
                assert!(!help.contains(english), "{} says {english}:\n{help}", command.get_name());
            }
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(!about.is_ascii(), "{} has no Chinese line", command.get_name());
            for arg in command.get_arguments() {
                let says = arg.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!says.is_ascii(), "{} of {} is not explained", arg.get_id(), command.get_name());
                let value = spelling(arg);
                let bare = arg.get_long().map_or(value.clone(), |long| value.replace(long, ""));
                assert!(!bare.contains(|c: char| c.is_ascii_alphabetic()), "{value} of {}", command.get_name());
            }
        }
    }
}
