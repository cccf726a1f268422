//! What real programs write and the reader refuses, made readable before it looks: parts in UTF-16, and a list of
//! sheets that holds more than worksheets, parts under other names than it looks for. Everything else of the package is carried over as it is.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::kind::damaged;
use super::package::{folded, known};
use super::{ReadError, limit};

/// The package with its parts of XML in UTF-8.
///
/// # Errors
/// Damaged, too much of it in UTF-16.
pub(super) fn narrow(bytes: &[u8]) -> Result<Cow<'_, [u8]>, ReadError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut parts = BTreeMap::new();
    let mut room = limit::WIDE_BYTES;
    let most = format!("{} MB", limit::WIDE_BYTES >> 20);
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|_| damaged())?;
        let name = folded(&entry.name().map_err(|_| damaged())?);
        if !known(entry.compression()) || entry.encrypted() || !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        drop(entry);
        let mut entry = zip.by_index(index).map_err(|_| damaged())?;
        let mut mark = [0; 2];
        if entry.read_exact(&mut mark).is_err() {
            continue;
        }
        let Some((encoding, _)) = Encoding::for_bom(&mark).filter(|(found, _)| [UTF_16LE, UTF_16BE].contains(found))
        else {
            continue;
        };
        let mut part = Vec::new();
        let size = entry.take(room + 1).read_to_end(&mut part).map_err(|_| damaged())?;
        room = room
            .checked_sub(u64::try_from(size).unwrap_or(u64::MAX))
            .ok_or_else(|| limit::over("UTF-16 编码的部件", format!("{most} 以上"), &most))?;
        let (text, broken) = encoding.decode_without_bom_handling(&part);
        if broken {
            return Err(damaged());
        }
        // What the part says of its own encoding no longer holds.
        let text = match text.split_once("?>").filter(|(head, _)| head.starts_with("<?xml")) {
            Some((_, rest)) => rest,
            None => &text,
        };
        parts.insert(name, text.as_bytes().to_vec());
    }
    if parts.is_empty() { Ok(Cow::Borrowed(bytes)) } else { replaced(bytes, &parts).map(Cow::Owned) }
}

/// The package with some parts replaced, by their folded names; those that it does not have are added.
///
/// # Errors
/// Damaged.
pub(super) fn replaced(bytes: &[u8], parts: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ReadError> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut added: BTreeMap<&String, &Vec<u8>> = parts.iter().collect();
    for index in 0..from.len() {
        let entry = from.by_index_raw(index).map_err(|_| damaged())?;
        let name = entry.name().map_err(|_| damaged())?.into_owned();
        added.remove(&folded(&name));
        match parts.get(&folded(&name)) {
            None => to.raw_copy_file(entry).map_err(|_| damaged())?,
            Some(part) => {
                to.start_file(name, stored).map_err(|_| damaged())?;
                to.write_all(part).map_err(|_| damaged())?;
            }
        }
    }
    for (name, part) in added {
        to.start_file(name.as_str(), stored).map_err(|_| damaged())?;
        to.write_all(part).map_err(|_| damaged())?;
    }
    Ok(to.finish().map_err(|_| damaged())?.into_inner())
}
