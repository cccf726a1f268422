//! Hands the arguments to the library and returns its exit status.

use std::process::ExitCode;

fn main() -> ExitCode {
    yuedu::run(std::env::args_os())
}
