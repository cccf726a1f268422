//! The shared texts of an .xlsx, looked through before the reader takes them in: how long each is, and whether it
//! is blank.

use quick_xml::events::Event;

use super::kind::damaged;
use super::package::{Package, attribute, piece};
use super::{ReadError, limit, value};

/// The shared texts of a workbook: the bytes of each, 0 for a blank one.
pub(super) type Lengths = Vec<usize>;

/// Looks through the shared texts.
///
/// # Errors
/// Damaged, over a limit, a declared number of texts that cannot be.
pub(super) fn texts(package: &mut Package<'_>, part: &str) -> Result<Lengths, ReadError> {
    let mut lengths = Lengths::new();
    let mut declared = 0;
    let (mut inside, mut guide) = (false, false);
    let (mut text, mut held) = (String::new(), 0);
    let size = package.walk(part, |event| {
        match event {
            Event::Start(e) => match e.local_name().as_ref() {
                "sst" => {
                    let number = attribute(e, "uniqueCount")?.unwrap_or_default();
                    // A number that does not fit is as much of a lie as one that is too large.
                    declared = if number.is_empty() { 0 } else { number.trim().parse().unwrap_or(u64::MAX) };
                }
                "si" => text.clear(),
                // A text within a text: the reader would keep one of them.
                _ if inside => return Err(damaged()),
                "rPh" => guide = true,
                "t" => inside = !guide,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "si" => {
                    held += text.len();
                    limit::text(held)?;
                    lengths.push(if blank(&text) { 0 } else { text.len() });
                    if lengths.len() > limit::TEXTS {
                        return Err(limit::over("不同文字的条数", lengths.len(), limit::TEXTS));
                    }
                }
                "rPh" => guide = false,
                "t" => inside = false,
                _ => {}
            },
            other if inside => {
                text.extend(piece(other)?);
                limit::stored(text.len(), || format!("第 {} 条文字", lengths.len() + 1))?;
            }
            _ => {}
        }
        Ok(())
    })?;
    if declared > size { Err(damaged()) } else { Ok(lengths) }
}

/// Whether a stored text is blank once its escapes (`_x000D_`) are resolved.
pub(super) fn blank(stored: &str) -> bool {
    let mut rest = stored;
    let mut text = String::new();
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.get(at + 6..at + 7) == Some("_"));
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        text.push_str(rest.get(..at).unwrap_or(""));
        // A code that is no character alone stands for a part of one: it is not blank.
        text.extend(code.map(|code| char::from_u32(code).unwrap_or('?')));
        if code.is_none() {
            text.push_str("_x");
        }
        rest = rest.get(at + if code.is_some() { 7 } else { 2 }..).unwrap_or("");
    }
    text.push_str(rest);
    value::blank(&text)
}
