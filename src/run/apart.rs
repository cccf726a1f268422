//! Files whose reader may abort, swallow the memory or never end, read in a process of their own. Takes paths;
//! gives a `Book` or the one line, whatever happens over there. One process serves many files; one that died or
//! was stopped is replaced for the next file. Nothing of it reaches the terminal.

use std::io::{self, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::open::{broken, unfinished};
use super::serve::bytes_of;
use crate::sheet::{self, Book, ReadError, wire};

/// The argument that starts this program as a reader; no command of a person's, hence in no help.
pub(crate) const READER: &str = "read-apart";

type Answer = Result<Book, ReadError>;

/// The door to the reader, for all threads: one at a time, so that its memory is spent once.
pub(super) struct Apart {
    /// How a reader is started.
    start: fn() -> io::Result<Command>,
    time: Duration,
    running: Mutex<Option<Reader>>,
}

/// A reader that runs.
struct Reader {
    process: Child,
    paths: ChildStdin,
    answers: Receiver<Answer>,
    /// It has answered before.
    used: bool,
}

/// Why a reader gave no answer.
enum Lost {
    /// It took too long.
    Time,
    /// It is gone.
    Gone,
}

impl Apart {
    /// A door behind which this very program reads; started at the first file that asks for it.
    pub(super) fn new() -> Apart {
        Apart { start: ourselves, time: sheet::FILE_TIME, running: Mutex::default() }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// What the reader says, or that it broke down, took too long, could not be started.
    pub(super) fn read(&self, path: &Path) -> Answer {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let mut end = Instant::now() + self.time;
        loop {
            let reader = running.take().map_or_else(|| Reader::start(self.start), Ok);
            let mut reader =
                reader.map_err(|_| unfinished("旧格式（.xls、.et、.ods）要另开一个 yuedu 进程来读，它没有启动起来"))?;
            match reader.read(path, end) {
                Ok(answer) => {
                    // A large workbook leaves much memory behind, which the program itself will want.
                    *running = Some(reader).filter(|_| !is_large(&answer));
                    return answer;
                }
                Err(Lost::Time) => {
                    return Err(unfinished(&format!("读了 {} 秒还没有读完，已经停下", self.time.as_secs())));
                }
                // What earlier files left behind may be to blame: only a reader of its own condemns a file.
                Err(Lost::Gone) if reader.used => end = end.max(Instant::now() + self.time / 3),
                Err(Lost::Gone) => return Err(broken()),
            }
        }
    }
}

/// Far more than a month's form holds; a reader is started anew within milliseconds.
fn is_large(answer: &Answer) -> bool {
    answer.as_ref().is_ok_and(|book| book.sheets.iter().map(|sheet| sheet.cells.len()).sum::<usize>() > 10_000)
}

fn ourselves() -> io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(READER);
    Ok(command)
}

impl Reader {
    fn start(start: fn() -> io::Result<Command>) -> io::Result<Reader> {
        let mut process = start()?.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (paths, answers) = process.stdin.take().zip(process.stdout.take()).ok_or(io::ErrorKind::BrokenPipe)?;
        let (sender, received) = mpsc::channel();
        thread::spawn(move || {
            let mut answers = BufReader::with_capacity(1 << 16, answers);
            while let Ok(answer) = wire::receive(&mut answers) {
                if sender.send(answer).is_err() {
                    break;
                }
            }
        });
        Ok(Reader { process, paths, answers: received, used: false })
    }

    fn read(&mut self, path: &Path, end: Instant) -> Result<Answer, Lost> {
        // The frame goes in one piece: a path is smaller than what a pipe holds.
        let mut frame = Vec::new();
        wire::frame(&mut frame, &bytes_of(path)).map_err(|_| Lost::Gone)?;
        self.paths.write_all(&frame).and_then(|()| self.paths.flush()).map_err(|_| Lost::Gone)?;
        let answer =
            self.answers.recv_timeout(end.saturating_duration_since(Instant::now())).map_err(|error| match error {
                RecvTimeoutError::Timeout => Lost::Time,
                RecvTimeoutError::Disconnected => Lost::Gone,
            })?;
        self.used = true;
        Ok(answer)
    }
}

impl Drop for Reader {
    /// Nothing of a reader is worth waiting for.
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(start: fn() -> io::Result<Command>) -> Apart {
        Apart { start, time: Duration::from_millis(400), running: Mutex::default() }
    }

    fn line(answer: Answer) -> String {
        match answer.unwrap_err() {
            ReadError::Encrypted => "有密码".to_owned(),
            ReadError::Unsupported(line) | ReadError::Unreadable(line) => line,
        }
    }

    #[test]
    fn a_reader_that_does_not_start_is_said_so() {
        for start in [|| Ok(Command::new("没有这个程序")), || Err(io::ErrorKind::NotFound.into())] {
            assert!(line(apart(start).read(Path::new("甲.xls"))).contains("没有启动起来"));
        }
    }

    #[cfg(unix)]
    fn shell(script: &str) -> io::Result<Command> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        Ok(command)
    }

    #[cfg(unix)]
    #[test]
    fn a_reader_that_ends_or_talks_nonsense_is_a_broken_reading() {
        let broken = line(Err(broken()));
        assert_eq!(line(apart(|| shell("exit 3")).read(Path::new("甲.xls"))), broken);
        assert_eq!(
            line(apart(|| shell("echo 程序坏了 >&2; echo nonsense; sleep 5")).read(Path::new("甲.xls"))),
            broken
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_reader_that_never_answers_is_stopped() {
        let began = Instant::now();
        assert!(line(apart(|| shell("exec sleep 20")).read(Path::new("甲.xls"))).contains("还没有读完"));
        assert!(began.elapsed() < Duration::from_secs(10));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_not_blamed_for_what_an_earlier_one_left_behind() {
        // This one answers one file and ends at the next.
        let apart = apart(|| shell("head -c 1 >&2; printf '\\001\\345'; head -c 30 >&2; exit 1"));
        for _ in 0..3 {
            assert_eq!(line(apart.read(Path::new("一个名字不短的文件.xls"))), "有密码");
        }
    }
}
