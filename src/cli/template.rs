//! `yuedu template`.

use super::{Exit, Global};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 月份，如 2026-03
    #[arg(long, value_name = "月份")]
    pub month: Option<String>,
    /// 只发这个单位（可重复）
    #[arg(long, value_name = "单位")]
    pub unit: Vec<String>,
    /// six 六栏（默认），four 四栏
    #[arg(long, value_name = "栏数")]
    pub layout: Option<String>,
    /// 写到这个文件夹（默认：下发/月份）
    #[arg(long, value_name = "文件夹")]
    pub out: Option<std::path::PathBuf>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let _ = (global, options);
    Ok(Exit::Order)
}
