//! `yuedu summarize`.

use super::{Exit, Global};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 月份，如 2026-03
    #[arg(long, value_name = "月份")]
    pub month: String,
    /// 文件或文件夹（默认：项目的 报送/月份）
    #[arg(value_name = "路径")]
    pub paths: Vec<std::path::PathBuf>,
    /// 写到这个文件（默认：汇总/月份 月度汇总.xlsx）
    #[arg(long, value_name = "文件")]
    pub out: Option<std::path::PathBuf>,
    /// 以这一天为“今天”（默认：该月最后一天）
    #[arg(long, value_name = "日期")]
    pub as_of: Option<String>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let _ = (global, options);
    Ok(Exit::Order)
}
