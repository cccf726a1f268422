//! The bytes behind a project's files, read whole and under a limit; what stands in the way is said in Chinese.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// A project file or register beyond this is no such thing.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// The bytes of a file; none where there is no such file.
///
/// # Errors
/// One Chinese sentence: what stands in the way and what to do.
pub(crate) fn read_bytes(path: &Path) -> Result<Option<Vec<u8>>, String> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_BYTES) => {
            Err("超过 16 MB，不像是这种文件；请核对".to_owned())
        }
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(obstacle(&error)),
    }
}

/// Why a file or folder cannot be read.
pub(super) fn obstacle(error: &io::Error) -> String {
    // Windows: another program holds the file (a sharing or a lock violation).
    if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
        return "正被别的程序打开，读不了；请先关闭再试".to_owned();
    }
    match error.kind() {
        ErrorKind::PermissionDenied => "没有读取权限，或正被别的程序打开；请关闭后再试".to_owned(),
        ErrorKind::IsADirectory => "这是文件夹，不是文件".to_owned(),
        ErrorKind::NotADirectory => "这是文件，不是文件夹".to_owned(),
        _ => "读不出来；请检查磁盘或移动盘是否还在".to_owned(),
    }
}

/// The text of a TOML file: UTF-8, with or without BOM.
///
/// # Errors
/// The line from which the bytes are no UTF-8, and what to do.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, (usize, String)> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or(&[]);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        (line, "不是 UTF-8 编码；请用记事本打开，选“另存为”，编码选 UTF-8，再保存".to_owned())
    })
}

/// A path as messages show it: `/` between folders, nothing that a terminal would obey.
pub(super) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() };
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
