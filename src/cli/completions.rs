//! `yuedu completions`.

use clap_complete::Shell;

use super::{Exit, help, output};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 终端种类：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "终端")]
    pub shell: Shell,
}

pub(crate) fn execute(options: &Options) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut help::command(), "yuedu", &mut script);
    output::print(&String::from_utf8(script)?)?;
    Ok(Exit::Order)
}
