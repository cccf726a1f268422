//! The door. Arguments → commands; the only room that prints and writes files. The doc comments of `Cli` and
//! `Command` are the help text, hence Chinese.

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::{ArgAction, Args, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::calendar::{Month, parse_day};
use crate::config::Project;
use crate::run::{READER, serve};

mod checklist;
mod columns;
mod completions;
mod exit;
mod explain;
mod help;
mod init;
mod mistake;
mod output;
mod receive;
mod status;
mod summarize;
mod template;
mod validate;

pub(crate) use exit::Exit;

/// 月度：日常监督“月度管理”的填报、检查与汇总（离线使用，不联网）
#[derive(Debug, Parser)]
#[command(
    name = "yuedu",
    version,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
    /// 显示版本
    #[arg(short = 'V', long, action = ArgAction::Version)]
    pub version: Option<bool>,
}

// Options of every command. (A doc comment here would become help text.)
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// 项目文件夹，或其中的 yuedu.toml（默认：当前文件夹）
    #[arg(long, global = true, value_name = "文件夹")]
    pub project: Option<PathBuf>,
    /// 覆盖已有文件
    #[arg(long, global = true)]
    pub force: bool,
    /// 颜色：auto 自动（默认），always 总是，never 从不
    #[arg(long, global = true, value_name = "方式", default_value = "auto")]
    pub color: Color,
    /// 只说结果，不说过程
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// 显示用法
    #[arg(short, long, global = true, action = ArgAction::Help)]
    pub help: Option<bool>,
}

/// When the terminal gets colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// 新建项目：写出带说明的 yuedu.toml 和各个文件夹
    Init(init::Options),
    /// 下发空白表（附件2），每个单位一份
    Template(template::Options),
    /// 检查报来的表，逐条指出哪里不合格、怎么改
    Validate(validate::Options),
    /// 收件：把报来的表放进 报送/，记入收件登记.csv
    Receive(receive::Options),
    /// 看本月谁报了、谁没报、谁要重报
    Status(status::Options),
    /// 汇总本月，写出汇总与排名工作簿
    Summarize(summarize::Options),
    /// 看本月该做哪些任务、做了没有
    Checklist(checklist::Options),
    /// 说明一条规则：要求什么、为什么、怎么写
    Explain(explain::Options),
    /// 输出命令行补全脚本
    Completions(completions::Options),
    /// 显示一个命令的用法
    Help(help::Options),
}

pub(crate) fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    if args.len() < 2 {
        return exit::guide();
    }
    if is_reader(&args) {
        return exit::served(serve(&mut io::stdin().lock(), io::stdout().lock()));
    }
    let parsed = help::command().try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    match parsed {
        Ok(cli) => exit::report(execute(&cli)),
        Err(error) => exit::usage(&error),
    }
}

/// Whether the program was started by itself, to read files apart; a person at a terminal gets an answer instead.
fn is_reader(args: &[OsString]) -> bool {
    args.len() == 2 && args.get(1).is_some_and(|word| word == READER) && !io::stdin().is_terminal()
}

fn execute(cli: &Cli) -> anyhow::Result<Exit> {
    let global = &cli.global;
    match &cli.command {
        Command::Init(options) => init::execute(global, options),
        Command::Template(options) => template::execute(global, options),
        Command::Validate(options) => validate::execute(global, options),
        Command::Receive(options) => receive::execute(global, options),
        Command::Status(options) => status::execute(global, options),
        Command::Summarize(options) => summarize::execute(global, options),
        Command::Checklist(options) => checklist::execute(global, options),
        Command::Explain(options) => explain::execute(global, options),
        Command::Completions(options) => completions::execute(options),
        Command::Help(options) => help::execute(options),
    }
}

/// Reads a `--month` (`value_parser` of every command that takes one).
pub(crate) fn month_of(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "月份写成 2026-03 这样，也可以写 2026-3、202603、2026年3月".to_string())
}

/// Reads a `--as-of`, in every spelling that a register may use.
pub(crate) fn day_of(text: &str) -> Result<NaiveDate, String> {
    parse_day(text).ok_or_else(|| "日期写成 2026-03-24 这样，也可以写 2026/3/24、2026年3月24日".to_string())
}

impl Global {
    /// Loads the project that `--project` names, or the current folder's.
    pub(crate) fn load(&self) -> anyhow::Result<Project> {
        let here = PathBuf::from(".");
        Ok(Project::load(self.project.as_deref().unwrap_or(&here))?)
    }

    /// The same for a command that checks sheets: says so where no project file stands behind the check.
    pub(crate) fn load_to_check(&self) -> anyhow::Result<Project> {
        let project = self.load()?;
        if !project.written {
            output::say(self, "这里没有 yuedu.toml：按内置清单检查，不核对单位名册");
        }
        Ok(project)
    }
}
