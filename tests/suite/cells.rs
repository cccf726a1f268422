//! A small reading of workbooks by zip and XML alone, sharing nothing with the program's own: what the recount
//! holds the program's figures against.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// A sheet: the filled cells by row and column, both from 1, and the merged areas.
#[derive(Default)]
pub(crate) struct Sheet {
    pub(crate) name: String,
    cells: BTreeMap<(u32, u32), String>,
    merges: Vec<[u32; 4]>,
}

impl Sheet {
    /// The text of a cell; of a merged one, that of its first cell.
    pub(crate) fn text(&self, row: u32, column: u32) -> &str {
        let covering = |[top, left, bottom, right]: &&[u32; 4]| {
            (*top..=*bottom).contains(&row) && (*left..=*right).contains(&column)
        };
        let place = self.merges.iter().find(covering).map_or((row, column), |[top, left, ..]| (*top, *left));
        self.cells.get(&place).map_or("", String::as_str)
    }

    pub(crate) fn number(&self, row: u32, column: u32) -> f64 {
        let text = self.text(row, column);
        text.parse().unwrap_or_else(|_| panic!("{} {row},{column} holds no number: “{text}”", self.name))
    }

    /// The last filled row.
    pub(crate) fn rows(&self) -> u32 {
        self.cells.keys().map(|(row, _)| *row).max().unwrap_or(0)
    }

    /// The first row from `from` on that holds the text, and the column of it.
    pub(crate) fn find(&self, text: &str, from: u32) -> Option<(u32, u32)> {
        self.cells.iter().find(|((row, _), held)| *row >= from && held.as_str() == text).map(|(place, _)| *place)
    }

    /// The column of a title in a row.
    pub(crate) fn column(&self, row: u32, title: &str) -> Option<u32> {
        self.cells.iter().find(|((at, _), held)| *at == row && held.as_str() == title).map(|((_, column), _)| *column)
    }

    /// The row and column of a title that must be there.
    pub(crate) fn title(&self, title: &str) -> (u32, u32) {
        self.find(title, 1).unwrap_or_else(|| panic!("{} has no {title}", self.name))
    }
}

/// Reads an .xlsx; none where the bytes are no package or no workbook.
pub(crate) fn xlsx(bytes: &[u8]) -> Option<Vec<Sheet>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let strings = match part(&mut zip, "xl/sharedStrings.xml") {
        Some(xml) => shared(&xml),
        None => Vec::new(),
    };
    let mut names = Vec::new();
    walk(&part(&mut zip, "xl/workbook.xml")?, |event| {
        if let Event::Empty(tag) = event
            && tag.local_name().as_ref() == "sheet"
        {
            names.extend(attribute(tag, "name"));
        }
    });
    let sheets = (1..).zip(names).map(|(number, name)| {
        let xml = part(&mut zip, &format!("xl/worksheets/sheet{number}.xml"))?;
        Some(sheet(name, &xml, &strings))
    });
    sheets.collect()
}

/// Reads the tables of an .ods.
pub(crate) fn ods(bytes: &[u8]) -> Option<Vec<Sheet>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let xml = part(&mut zip, "content.xml")?;
    let mut sheets: Vec<Sheet> = Vec::new();
    let (mut row, mut column, mut text) = (0, 0, String::new());
    walk(&xml, |event| match event {
        Event::Start(tag) if tag.local_name().as_ref() == "table" => {
            sheets.push(Sheet { name: attribute(tag, "table:name").unwrap_or_default(), ..Sheet::default() });
            row = 0;
        }
        Event::Start(tag) if tag.local_name().as_ref() == "table-row" => (row, column) = (row + 1, 0),
        Event::Empty(tag) if tag.local_name().as_ref().ends_with("table-cell") => column += 1,
        Event::Start(tag) if tag.local_name().as_ref() == "table-cell" => {
            column += 1;
            text.clear();
        }
        Event::Start(tag) if tag.local_name().as_ref() == "p" && !text.is_empty() => text.push('\n'),
        Event::Text(words) => text.push_str(words),
        Event::End(tag) if tag.local_name().as_ref() == "table-cell" => {
            let sheet = sheets.last_mut().expect("cells lie in tables");
            sheet.cells.insert((row, column), text.clone());
        }
        _ => {}
    });
    Some(sheets)
}

fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut xml = String::new();
    zip.by_name(name).ok()?.read_to_string(&mut xml).ok()?;
    Some(xml)
}

fn walk(xml: &str, mut look: impl FnMut(&Event<'_>)) {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().expect("XML of ours") {
            Event::Eof => return,
            // An entity stands apart from the text around it.
            Event::GeneralRef(name) => {
                let word = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("&{other}; is not among ours"),
                };
                look(&Event::Text(quick_xml::events::BytesText::from_escaped(word)));
            }
            event => look(&event),
        }
    }
}

fn attribute(tag: &BytesStart<'_>, key: &str) -> Option<String> {
    let value = tag.try_get_attribute(key).expect("attributes of ours")?;
    Some(value.value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

fn shared(xml: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut text = false;
    walk(xml, |event| match event {
        Event::Start(tag) if tag.local_name().as_ref() == "si" => strings.push(String::new()),
        Event::Start(tag) if tag.local_name().as_ref() == "t" => text = true,
        Event::End(tag) if tag.local_name().as_ref() == "t" => text = false,
        Event::Text(words) if text => {
            let string = strings.last_mut().expect("texts lie in strings");
            string.push_str(words);
        }
        _ => {}
    });
    strings
}

fn sheet(name: String, xml: &str, strings: &[String]) -> Sheet {
    let mut sheet = Sheet { name, ..Sheet::default() };
    let (mut place, mut kind, mut value, mut inside) = ((0, 0), String::new(), String::new(), false);
    walk(xml, |event| match event {
        Event::Start(tag) if tag.local_name().as_ref() == "c" => {
            place = reference(&attribute(tag, "r").expect("cells name their place"));
            kind = attribute(tag, "t").unwrap_or_default();
            value.clear();
        }
        Event::Start(tag) if matches!(tag.local_name().as_ref(), "v" | "t") => inside = true,
        Event::End(tag) if matches!(tag.local_name().as_ref(), "v" | "t") => inside = false,
        Event::Text(words) if inside => value.push_str(words),
        Event::End(tag) if tag.local_name().as_ref() == "c" && !value.is_empty() => {
            let text = match kind.as_str() {
                "s" => strings[value.parse::<usize>().expect("a string by its number")].clone(),
                _ => value.clone(),
            };
            sheet.cells.insert(place, text);
        }
        Event::Empty(tag) if tag.local_name().as_ref() == "mergeCell" => {
            let area = attribute(tag, "ref").expect("a merge names its area");
            let (first, last) = area.split_once(':').expect("a merge has two ends");
            let ((top, left), (bottom, right)) = (reference(first), reference(last));
            sheet.merges.push([top, left, bottom, right]);
        }
        _ => {}
    });
    sheet
}

/// `E7` → (7, 5).
fn reference(name: &str) -> (u32, u32) {
    let letters: String = name.chars().take_while(char::is_ascii_alphabetic).collect();
    let column = letters.bytes().fold(0, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
    (name[letters.len()..].parse().expect("a row number"), column)
}
