//! An .xlsx read by hand: zip and XML, none of the program's rooms. Every cell with its formula and stored value.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// One cell as stored.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Stored {
    /// Without `=`; none for a plain value.
    pub(crate) formula: Option<String>,
    /// A number as written, a text as meant; empty for an empty text.
    pub(crate) value: String,
    pub(crate) is_text: bool,
}

/// The sheets of a workbook in their order, each cell by its name (`B7`).
pub(crate) type Book = Vec<(String, BTreeMap<String, Stored>)>;

/// One part of the package.
pub(crate) fn part(bytes: &[u8], name: &str) -> Option<String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an xlsx is a zip");
    let mut text = String::new();
    zip.by_name(name).ok()?.read_to_string(&mut text).expect("a part is UTF-8");
    Some(text)
}

/// The names of all parts.
pub(crate) fn parts(bytes: &[u8]) -> Vec<String> {
    let zip = ZipArchive::new(Cursor::new(bytes)).expect("an xlsx is a zip");
    let mut names: Vec<String> = zip.file_names().map(|name| name.expect("a name is text").into_owned()).collect();
    names.sort();
    names
}

/// The same package with every part changed by `change(name, text)`.
pub(crate) fn changed(bytes: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for name in parts(bytes) {
        let text = change(&name, part(bytes, &name).expect("a named part is there"));
        out.start_file(name, SimpleFileOptions::default()).expect("a part can be begun");
        out.write_all(text.as_bytes()).expect("a part can be written");
    }
    out.finish().expect("a package can be closed").into_inner()
}

/// Every sheet with every cell.
pub(crate) fn read(bytes: &[u8]) -> Book {
    let shared = part(bytes, "xl/sharedStrings.xml").map(|xml| shared(&xml)).unwrap_or_default();
    let targets: BTreeMap<String, String> =
        elements(&part(bytes, "xl/_rels/workbook.xml.rels").expect("a workbook has relations"), "Relationship")
            .into_iter()
            .map(|mut found| (take(&mut found, "Id"), take(&mut found, "Target")))
            .collect();
    let sheets = elements(&part(bytes, "xl/workbook.xml").expect("a workbook part"), "sheet");
    let read = |mut sheet: BTreeMap<String, String>| {
        let target = &targets[&take(&mut sheet, "r:id")];
        let name = format!("xl/{}", target.trim_start_matches("/xl/"));
        (take(&mut sheet, "name"), cells(&part(bytes, &name).expect("a sheet has its part"), &shared))
    };
    sheets.into_iter().map(read).collect()
}

fn take(found: &mut BTreeMap<String, String>, name: &str) -> String {
    found.remove(name).unwrap_or_default()
}

/// The attributes of every element of that name.
pub(crate) fn elements(xml: &str, wanted: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == wanted => {
                found.push(attributes(&tag));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> BTreeMap<String, String> {
    let read = |found: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
        let found = found.expect("well-formed attributes");
        (found.key.as_ref().to_owned(), unescaped(&found.value))
    };
    tag.attributes().map(read).collect()
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).expect("known entities").into_owned()
}

fn shared(xml: &str) -> Vec<String> {
    let mut texts = Vec::new();
    walk(xml, |path, piece| match (path.last().map(String::as_str), piece) {
        (Some("si"), Piece::Begin(_)) => texts.push(String::new()),
        (Some("t"), Piece::Text(text)) if !path.iter().any(|name| name == "rPh") => {
            texts.last_mut().expect("a text stands in an item").push_str(text);
        }
        _ => {}
    });
    texts
}

fn cells(xml: &str, shared: &[String]) -> BTreeMap<String, Stored> {
    let mut cells: Vec<(String, String, Stored)> = Vec::new();
    walk(xml, |path, piece| match (path.last().map(String::as_str), piece) {
        (Some("c"), Piece::Begin(found)) => {
            let name = found.get("r").cloned().expect("a cell has its name");
            cells.push((name, found.get("t").cloned().unwrap_or_default(), Stored::default()));
        }
        (Some("f"), Piece::Begin(_)) => {
            cells.last_mut().expect("a formula stands in a cell").2.formula = Some(String::new());
        }
        (Some("f"), Piece::Text(text)) => {
            let cell = &mut cells.last_mut().expect("a formula stands in a cell").2;
            cell.formula.get_or_insert_default().push_str(text);
        }
        (Some("v" | "t"), Piece::Text(text)) if path.iter().any(|name| name == "c") => {
            cells.last_mut().expect("a value stands in a cell").2.value.push_str(text);
        }
        _ => {}
    });
    let settle = |(name, kind, mut cell): (String, String, Stored)| {
        if kind == "s" {
            cell.value = shared[cell.value.parse::<usize>().expect("a shared text has a number")].clone();
        }
        cell.is_text = matches!(kind.as_str(), "s" | "str" | "inlineStr");
        (name, cell)
    };
    cells.into_iter().map(settle).collect()
}

enum Piece<'a> {
    Begin(BTreeMap<String, String>),
    Text(&'a str),
}

/// Calls back for every element begun and every piece of text, with the names of the elements around it.
fn walk(xml: &str, mut see: impl FnMut(&[String], Piece<'_>)) {
    let mut reader = Reader::from_str(xml);
    let mut path: Vec<String> = Vec::new();
    let name = |tag: &BytesStart<'_>| tag.name().as_ref().to_owned();
    loop {
        match reader.read_event().expect("well-formed XML") {
            Event::Start(tag) => {
                path.push(name(&tag));
                see(&path, Piece::Begin(attributes(&tag)));
            }
            Event::Empty(tag) => {
                path.push(name(&tag));
                see(&path, Piece::Begin(attributes(&tag)));
                path.pop();
            }
            Event::Text(text) => see(&path, Piece::Text(&unescaped(&text))),
            Event::CData(text) => see(&path, Piece::Text(&text)),
            Event::GeneralRef(entity) => {
                let word = entity.to_string();
                let number = entity.resolve_char_ref().expect("a known reference").map(String::from);
                let known = || resolve_predefined_entity(&word).expect("a known entity").to_owned();
                see(&path, Piece::Text(&number.unwrap_or_else(known)));
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Eof => return,
            _ => {}
        }
    }
}
