//! The door. Arguments → commands; the only room that prints and writes files. The doc comments of `Cli` and
//! `Command` are the help text, hence Chinese.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::config::Project;

mod checklist;
mod completions;
mod exit;
mod explain;
mod init;
mod output;
mod status;
mod summarize;
mod template;
mod validate;

pub(crate) use exit::Exit;

/// 月度：日常监督“月度管理”的填报、检查与汇总（离线使用，不联网）
#[derive(Debug, Parser)]
#[command(name = "yuedu", version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

/// Options of every command.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// 项目文件夹，或其中的 yuedu.toml（默认：当前文件夹）
    #[arg(long, global = true, value_name = "文件夹")]
    pub project: Option<PathBuf>,
    /// 覆盖已有文件
    #[arg(long, global = true)]
    pub force: bool,
    /// 颜色：auto 自动，always 总是，never 从不
    #[arg(
        long,
        global = true,
        value_name = "方式",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: Color,
    /// 只说结果，不说过程
    #[arg(short, long, global = true)]
    pub quiet: bool,
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
}

pub(crate) fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    exit::report(execute(&cli))
}

fn execute(cli: &Cli) -> anyhow::Result<Exit> {
    let global = &cli.global;
    match &cli.command {
        Command::Init(options) => init::execute(global, options),
        Command::Template(options) => template::execute(global, options),
        Command::Validate(options) => validate::execute(global, options),
        Command::Status(options) => status::execute(global, options),
        Command::Summarize(options) => summarize::execute(global, options),
        Command::Checklist(options) => checklist::execute(global, options),
        Command::Explain(options) => explain::execute(global, options),
        Command::Completions(options) => completions::execute(global, options),
    }
}

impl Global {
    /// Loads the project that `--project` names, or the current folder's.
    pub(crate) fn load(&self) -> anyhow::Result<Project> {
        let here = PathBuf::from(".");
        Ok(Project::load(self.project.as_deref().unwrap_or(&here))?)
    }
}
