//! The other end of `apart`: this program started anew, to read one file after another whose reader may bring
//! the process down. Takes paths from a pipe, gives answers on another; has a cap on its memory, and ends by
//! itself when nobody waits for it any more. Says nothing to people.

use std::alloc::System;
use std::ffi::OsString;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::process;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use cap::Cap;

use super::open;
use crate::sheet::{self, wire};

/// The memory of the process: without a limit in the program itself, with one where it reads apart.
#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Reads the files whose paths come in, until no more come.
///
/// # Errors
/// A pipe broke: whoever asked is gone.
pub(crate) fn serve(from: &mut impl Read, to: impl Write) -> io::Result<()> {
    MEMORY.set_limit(sheet::APART_BYTES).map_err(|()| io::Error::from(io::ErrorKind::OutOfMemory))?;
    answer(from, BufWriter::new(to))
}

fn answer(from: &mut impl Read, mut to: impl Write) -> io::Result<()> {
    let clock = clock();
    while let Ok(path) = wire::take_frame(from) {
        let _ = clock.send(());
        let read = || open::bytes(Path::new(&path_of(path))).and_then(|bytes| sheet::read(&bytes));
        wire::send(&sheet::quietly(read).unwrap_or_else(|| Err(open::broken())), &mut to)?;
        to.flush()?;
        let _ = clock.send(());
    }
    Ok(())
}

/// Ends this process where one file takes twice the time that is waited for it: whoever asked was ended before
/// it could end its reader. Gets a word when a file begins, and one when it is done.
fn clock() -> mpsc::Sender<()> {
    let (sender, words) = mpsc::channel();
    thread::spawn(move || {
        while words.recv().is_ok() {
            if words.recv_timeout(sheet::FILE_TIME * 2) == Err(RecvTimeoutError::Timeout) {
                process::exit(1);
            }
        }
    });
    sender
}

/// A path as bytes for the pipe; one that is no UTF-8 too.
#[cfg(unix)]
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> OsString {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes)
}

/// A path as bytes for the pipe; one with half a character too.
#[cfg(windows)]
pub(super) fn bytes_of(path: &Path) -> Vec<u8> {
    use std::os::windows::ffi::OsStrExt;
    path.as_os_str().encode_wide().flat_map(u16::to_le_bytes).collect()
}

#[cfg(windows)]
fn path_of(bytes: Vec<u8>) -> OsString {
    use std::os::windows::ffi::OsStringExt;
    let units: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    OsString::from_wide(&units)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::ReadError;

    #[test]
    fn every_path_gets_its_answer_in_turn() {
        let temp = tempfile::tempdir().unwrap();
        let empty = temp.path().join("空.xls");
        std::fs::write(&empty, b"").unwrap();
        let mut asked = Vec::new();
        for path in [&empty, &temp.path().join("没有.xls"), &empty] {
            wire::frame(&mut asked, &bytes_of(path)).unwrap();
        }
        let mut answers = Vec::new();
        answer(&mut asked.as_slice(), &mut answers).unwrap();
        let mut from = answers.as_slice();
        for word in ["空的", "不存在", "空的"] {
            let told = wire::receive(&mut from).unwrap().unwrap_err();
            assert!(matches!(&told, ReadError::Unreadable(line) if line.contains(word)), "{told:?}");
        }
        assert!(from.is_empty());
    }
}
