//! A zip package, looked over before anything in it is believed: entries, names, real sizes, checksums.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive};

use super::kind::damaged;
use super::{ReadError, limit};

/// An opened package.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Names as compared (small letters, `/`) → index.
    names: BTreeMap<String, usize>,
    encrypted: bool,
    /// Bytes inflated so far.
    spent: Rc<Cell<u64>>,
}

impl<'a> Package<'a> {
    /// Opens a package and looks at its directory.
    ///
    /// # Errors
    /// Damaged, too many entries, two entries of one name.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Package<'a>, ReadError> {
        let declared = declared_entries(bytes).ok_or_else(damaged)?;
        if declared > limit::ENTRIES {
            return Err(limit::over("文件内的部件数", declared, limit::ENTRIES));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let mut names = BTreeMap::new();
        let mut encrypted = false;
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|_| damaged())?;
            encrypted |= entry.encrypted();
            let name = folded(&entry.name().map_err(|_| damaged())?);
            if names.insert(name, index).is_some() {
                return Err(twice());
            }
        }
        // The zip reader keeps the last of two entries with one name; the directory's own count tells.
        if names.len() != declared {
            return Err(twice());
        }
        Ok(Package { zip, names, encrypted, spent: Rc::default() })
    }

    pub(super) fn encrypted(&self) -> bool {
        self.encrypted
    }

    /// The entries' names in small letters, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains_key(&folded(name))
    }

    /// The bytes of a part that has been walked.
    ///
    /// # Errors
    /// The part is absent or damaged.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let index = *self.names.get(&folded(name)).ok_or_else(damaged)?;
        let mut bytes = Vec::new();
        let part = self.zip.by_index(index).map_err(|_| damaged())?;
        part.take(limit::PART_BYTES).read_to_end(&mut bytes).map_err(|_| damaged())?;
        Ok(bytes)
    }

    /// What an OpenDocument package says it is.
    pub(super) fn mimetype(&mut self) -> Option<String> {
        let index = *self.names.get("mimetype")?;
        let mut text = String::new();
        self.zip.by_index(index).ok()?.take(256).read_to_string(&mut text).ok()?;
        Some(text.trim().to_owned())
    }

    /// Reads a part of XML to its end, so that its checksum is compared; gives its real size.
    ///
    /// # Errors
    /// The part is absent, damaged or over a limit, has a DOCTYPE, or `take` refuses.
    pub(super) fn walk(
        &mut self,
        name: &str,
        mut take: impl FnMut(&Event<'_>) -> Result<(), ReadError>,
    ) -> Result<u64, ReadError> {
        let index = *self.names.get(&folded(name)).ok_or_else(damaged)?;
        if !known(self.zip.by_index_raw(index).map_err(|_| damaged())?.compression()) {
            return Err(unknown_method());
        }
        let entry = self.zip.by_index(index).map_err(|_| damaged())?;
        let packed = entry.compressed_size();
        let size = Rc::new(Cell::new(0));
        let metered = Metered { inner: entry, packed, run: 0, size: Rc::clone(&size), spent: Rc::clone(&self.spent) };
        let mut reader = Reader::from_reader(BufReader::new(metered));
        reader.config_mut().expand_empty_elements = true;
        let mut buffer = Vec::new();
        let mut open = 0_u64;
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                // An end that comes before every element is closed cuts off whatever would have followed.
                Ok(Event::Eof) => return if open == 0 { Ok(size.get()) } else { Err(damaged()) },
                Ok(Event::Decl(declared)) => {
                    if let Some(Ok(encoding)) = declared.encoding()
                        && !["utf-8", "utf-16", "us-ascii"].contains(&encoding.to_ascii_lowercase().as_str())
                    {
                        return Err(misspelt());
                    }
                }
                Ok(Event::DocType(_)) => {
                    return Err(ReadError::Unreadable(
                        "文件里夹有不该有的外部定义，出于安全没有读取；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。"
                            .to_owned(),
                    ));
                }
                Ok(event) => {
                    match event {
                        Event::Start(_) => open += 1,
                        Event::End(_) => open = open.saturating_sub(1),
                        _ => {}
                    }
                    take(&event)?;
                }
                Err(error) => return Err(fault(&error)),
            }
        }
    }
}

fn twice() -> ReadError {
    ReadError::Unreadable(
        "文件里同一个部件出现两次，不知道该信哪一个；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。".to_owned(),
    )
}

/// Whether we can undo a way of compression.
pub(super) fn known(method: CompressionMethod) -> bool {
    matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated)
}

fn unknown_method() -> ReadError {
    ReadError::Unreadable("文件用了少见的压缩方式，读不了；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。".to_owned())
}

fn misspelt() -> ReadError {
    ReadError::Unreadable(
        "文件里的文字编码不对（不是 UTF-8 或 UTF-16）或已损坏，读不了；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。"
            .to_owned(),
    )
}

pub(super) fn folded(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The number of entries that the end of the package declares.
fn declared_entries(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(66_000);
    let tail = bytes.get(from..)?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([*count.first()?, *count.get(1)?])))
}

/// What a fault of reading means: a limit passed, or damage.
fn fault(error: &quick_xml::Error) -> ReadError {
    if let quick_xml::Error::Io(io) = error
        && let Some(over) = io.get_ref().and_then(|inner| inner.downcast_ref::<Over>())
    {
        return over.0.clone();
    }
    if matches!(error, quick_xml::Error::Encoding(_)) { misspelt() } else { damaged() }
}

/// A limit passed in the middle of reading.
#[derive(Debug)]
struct Over(ReadError);

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("over a limit")
    }
}

impl std::error::Error for Over {}

/// Counts the real bytes of a part as they pass.
struct Metered<R> {
    inner: R,
    packed: u64,
    /// Bytes since the last `<`.
    run: u64,
    size: Rc<Cell<u64>>,
    spent: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        let got = buffer.get(..count).unwrap_or(&[]);
        let long = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        self.size.set(self.size.get().saturating_add(long(count)));
        self.spent.set(self.spent.get().saturating_add(long(count)));
        self.run = match got.iter().rposition(|b| *b == b'<') {
            Some(at) => long(count - at),
            None => self.run.saturating_add(long(count)),
        };
        let (size, megabytes) = (self.size.get(), |bytes: u64| format!("{} MB", bytes.div_ceil(1 << 20)));
        let over = if size > limit::PART_BYTES {
            limit::over("解开后的大小", megabytes(size), megabytes(limit::PART_BYTES))
        } else if self.spent.get() > limit::TOTAL_BYTES {
            limit::over("解开后的总大小", megabytes(self.spent.get()), megabytes(limit::TOTAL_BYTES))
        } else if size > limit::RATIO_FROM && size / self.packed.max(1) > limit::RATIO {
            limit::over("解压后的膨胀倍数", size / self.packed.max(1), limit::RATIO)
        } else if self.run > limit::RUN_BYTES {
            limit::over("一处文字的长度", megabytes(self.run), megabytes(limit::RUN_BYTES))
        } else {
            return Ok(count);
        };
        Err(io::Error::other(Over(over)))
    }
}

/// An attribute of an element, by its name without a prefix, with its references resolved.
///
/// # Errors
/// The element's attributes are damaged.
pub(super) fn attribute(element: &quick_xml::events::BytesStart<'_>, name: &str) -> Result<Option<String>, ReadError> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged())?;
        if attribute.key.local_name().as_ref() == name {
            let value: Cow<'_, str> =
                attribute.normalized_value(quick_xml::XmlVersion::default()).map_err(|_| damaged())?;
            return Ok(Some(value.into_owned()));
        }
    }
    Ok(None)
}

/// The text of a piece of character data; none for other events.
///
/// # Errors
/// An unknown reference.
pub(super) fn piece(event: &Event<'_>) -> Result<Option<String>, ReadError> {
    Ok(match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(data) => Some(data.xml10_content().into_owned()),
        Event::GeneralRef(reference) => {
            if let Some(c) = reference.resolve_char_ref().map_err(|_| damaged())? {
                Some(c.to_string())
            } else {
                let name: &str = reference.as_ref();
                Some(quick_xml::escape::resolve_xml_entity(name).ok_or_else(damaged)?.to_owned())
            }
        }
        _ => None,
    })
}
