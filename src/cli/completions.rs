//! `yuedu completions`.

use super::{Exit, Global};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 终端种类：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "终端")]
    pub shell: String,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let _ = (global, options);
    Ok(Exit::Order)
}
