//! `yuedu checklist`.

use super::{Exit, Global};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 月份，如 2026-03（默认：报送/ 下最新的月份）
    #[arg(long, value_name = "月份")]
    pub month: Option<String>,
    /// 只看这个单位（可重复）
    #[arg(long, value_name = "单位")]
    pub unit: Vec<String>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let _ = (global, options);
    Ok(Exit::Order)
}
