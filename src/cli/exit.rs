//! Exit status and the one place where a failure is printed.

use std::process::ExitCode;

/// How a command ended, where it could be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: all in order.
    Order,
    /// 1: `validate` found an error, an unreadable or an unsupported file.
    Findings,
}

/// Turns a command's end into the exit status; a failure is printed on stderr as a chain, and is 2.
#[expect(clippy::print_stderr, reason = "failures are printed here and nowhere else")]
pub(crate) fn report(end: anyhow::Result<Exit>) -> ExitCode {
    match end {
        Ok(Exit::Order) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

/// Prints what clap has to say (help, version, or what is wrong with the arguments).
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}
