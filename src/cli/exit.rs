//! Exit status and the one place where a failure is printed.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use clap::error::ErrorKind;

use super::{help, mistake, output};

/// How a command ended, where it could be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: all in order.
    Order,
    /// 1: `validate` found an error, an unreadable or an unsupported file.
    Findings,
}

/// 2: the command could not be carried out.
const FAILED: u8 = 2;

/// Turns a command's end into the exit status; a failure is printed on stderr as a chain, and is 2.
pub(crate) fn report(end: anyhow::Result<Exit>) -> ExitCode {
    match end {
        Ok(Exit::Order) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Err(error) => {
            let chain: Vec<_> = error.chain().map(ToString::to_string).collect();
            output::complain(&chain.join("："));
            ExitCode::from(FAILED)
        }
    }
}

/// The end of a reader apart: nobody looks at it, and nothing is said.
pub(crate) fn served(end: io::Result<()>) -> ExitCode {
    end.map_or(ExitCode::from(FAILED), |()| ExitCode::SUCCESS)
}

/// Prints what clap has to say: help and version on stdout, what is wrong with the arguments on stderr.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            report(output::print(&error.render().to_string()).map(|()| Exit::Order))
        }
        _ => {
            output::complain(&mistake::describe(error));
            ExitCode::from(FAILED)
        }
    }
}

/// Says what a month's work looks like where no command is given.
pub(crate) fn guide() -> ExitCode {
    output::complain(help::guide().trim_end());
    // A double click on Windows opens a window that closes with the program; `cmd` sets PROMPT, Explorer does not.
    if cfg!(windows) && std::env::var_os("PROMPT").is_none() && io::stdin().is_terminal() && io::stderr().is_terminal()
    {
        output::complain("\n按回车键关闭窗口");
        let _ = io::stdin().read_line(&mut String::new());
    }
    ExitCode::from(FAILED)
}
