//! Runs the program with a clock and, where the system tells it, an eye on its memory.

use std::fs::File;
use std::io::{Read, Seek};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::Run;

/// Seconds for a file. The promise is of the program as it is given out; without optimisation the same work takes
/// several times as long.
const SECONDS: u64 = if cfg!(debug_assertions) { 40 } else { 10 };
/// Kilobytes for a file.
const KILOBYTES: u64 = 512 << 10;

/// What one run gave, and what it took.
#[derive(Debug)]
pub(super) struct Watched {
    pub(super) run: Run,
    pub(super) took: Duration,
    /// The highest memory in kilobytes, of the program or of a program that it started; none where it is not told.
    pub(super) peak: Option<u64>,
}

impl Watched {
    /// The bound that was passed: of time, of memory, of an orderly end.
    pub(super) fn over(&self) -> Option<String> {
        if self.took.as_secs() >= SECONDS {
            return Some(format!("took {:?}", self.took));
        }
        if cfg!(target_os = "linux") && self.peak.is_none_or(|peak| peak > KILOBYTES) {
            return Some(format!("took {:?} kilobytes", self.peak));
        }
        let orderly = (0..=1).contains(&self.run.code);
        (!orderly).then(|| format!("ended with {}: {}", self.run.code, self.run.stderr))
    }
}

/// Runs a command to its end, or to the end of twice its time.
pub(super) fn watch(mut command: Command) -> Watched {
    let (mut out, mut err) = (temporary(), temporary());
    let started = Instant::now();
    let handle = |file: &File| Stdio::from(file.try_clone().expect("a handle can be doubled"));
    let mut child = command.stdout(handle(&out)).stderr(handle(&err)).spawn().expect("the program starts");
    let mut peak = None;
    let status = loop {
        peak = peak.max(memory(child.id()));
        if let Some(status) = child.try_wait().expect("a program that was started can be asked") {
            break status;
        }
        if started.elapsed() > Duration::from_secs(2 * SECONDS) {
            child.kill().expect("a program that was started can be ended");
            break child.wait().expect("a program that was ended ends");
        }
        thread::sleep(Duration::from_millis(2));
    };
    let took = started.elapsed();
    let run = Run { stdout: text(&mut out), stderr: text(&mut err), code: status.code().unwrap_or(-1) };
    Watched { run, took, peak }
}

fn temporary() -> File {
    tempfile::tempfile().expect("a temporary file can be made")
}

fn text(file: &mut File) -> String {
    let mut text = String::new();
    file.rewind().expect("a temporary file can be read");
    file.read_to_string(&mut text).expect("the program speaks UTF-8");
    text
}

/// The highest memory so far of a program and of the programs that it started.
fn memory(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let own = line.split_whitespace().next()?.parse().ok();
    let tasks = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let others = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    let all: String = others.collect();
    all.split_whitespace().filter_map(|child| memory(child.parse().ok()?)).chain(own).max()
}
