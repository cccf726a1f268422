//! `yuedu explain`.

use super::{Exit, Global};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 规则名，如 date-partial；不写则列出全部规则
    #[arg(value_name = "规则")]
    pub rule: Option<String>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let _ = (global, options);
    Ok(Exit::Order)
}
