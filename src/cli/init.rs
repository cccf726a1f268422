//! `yuedu init`.

use super::{Exit, Global};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 项目文件夹（默认：当前文件夹）
    #[arg(value_name = "文件夹")]
    pub dir: Option<std::path::PathBuf>,
    /// 采用的内置清单
    #[arg(long, value_name = "名称")]
    pub profile: Option<String>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let _ = (global, options);
    Ok(Exit::Order)
}
