//! A path → the bytes of the file, or in one Chinese line why not. Only plain files are opened.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::sheet::{self, ReadError};

/// Reads a file whole.
///
/// # Errors
/// It is no plain file, too large, gone, locked, or not to be read.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    let refuse = |what: &str| ReadError::Unreadable(what.to_owned());
    let about = fs::metadata(path).map_err(|error| refuse(unopened(&error)))?;
    if about.is_dir() {
        // A folder comes here where nothing in it was seen.
        return Err(refuse(match fs::read_dir(path) {
            Ok(_) => "这是文件夹，不是表格文件，里面是空的；请把表格文件本身放进来",
            Err(_) => "文件夹没有读取权限，里面的文件都没有看到；请开通权限，或把里面的表格拷出来再查",
        }));
    }
    if !about.is_file() {
        return Err(refuse("不是普通文件，不能打开；请把表格文件本身放进来"));
    }
    sheet::within_size(about.len())?;
    fs::read(path).map_err(|error| refuse(unopened(&error)))
}

fn unopened(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::NotFound => "文件已不存在，或是指向空处的链接；请把表格文件本身放进来",
        ErrorKind::PermissionDenied => "没有读取权限，或正被其他程序占用；请关闭占用的程序或开通权限后再试",
        _ => "打不开：可能正被其他程序占用，或是指向自身的链接；请关闭后再试",
    }
}

/// The line of a file whose reading was given up.
pub(super) fn unfinished(why: &str) -> ReadError {
    ReadError::Unreadable(format!("没能安全读完：{why}；请用 WPS 打开后另存为 .xlsx 再试"))
}

/// The same where the reading broke down: by strange bytes, or by asking for too much memory.
pub(super) fn broken() -> ReadError {
    unfinished("文件可能已损坏，或者读它要占太多内存，已经停下")
}
