//! `yuedu validate`.

use super::{Exit, Global};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 文件或文件夹（默认：项目的 报送/月份）
    #[arg(value_name = "路径")]
    pub paths: Vec<std::path::PathBuf>,
    /// 月份，如 2026-03（默认：报送/ 下最新的月份）
    #[arg(long, value_name = "月份")]
    pub month: Option<String>,
    /// text 文字（默认），json，csv
    #[arg(long, value_name = "格式")]
    pub format: Option<String>,
    /// 写入文件，不显示在屏幕上
    #[arg(long, value_name = "文件")]
    pub out: Option<std::path::PathBuf>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let _ = (global, options);
    Ok(Exit::Order)
}
