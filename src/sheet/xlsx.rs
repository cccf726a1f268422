//! The package format (.xlsx, .xlsm). Every needed part is first walked to its end by ourselves; the values come
//! from calamine's stream of cells, never its dense range; the two counts must agree.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use quick_xml::events::Event;

use super::kind::damaged;
use super::limit::Meter;
use super::package::{Package, attribute};
use super::scan::{self, Scan};
use super::{Book, ReadError, Sheet, Value, guard, limit, value};
use crate::place::Pos;

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    part: String,
}

/// Reads an .xlsx or .xlsm.
///
/// # Errors
/// Says why not.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let mut package = Package::open(bytes)?;
    let (listed, scans) = look(&mut package)?;
    drop(package);
    let opened = guard::quietly(|| Xlsx::new(Cursor::new(bytes))).ok_or_else(damaged)?;
    let mut book = opened.map_err(|error| match error {
        XlsxError::Password => ReadError::Encrypted,
        _ => damaged(),
    })?;
    let mut meter = Meter::default();
    let mut sheets = Vec::new();
    for (listed, scan) in listed.into_iter().zip(scans) {
        let cells = guard::quietly(|| cells(&mut book, &listed.name, &scan, &mut meter)).ok_or_else(damaged)??;
        let read = cells.len();
        let counted = scan.counted.values().try_fold(0_usize, |sum, n| sum.checked_add(usize::try_from(*n).ok()?));
        if counted != Some(read) {
            return Err(ReadError::Unreadable(format!(
                "工作表“{}”里数出 {} 个有内容的单元格，读出 {read} 个，对不上，没有采用；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。",
                value::clean(&listed.name),
                counted.unwrap_or_default()
            )));
        }
        sheets.push(Sheet {
            name: value::clean(&listed.name),
            hidden: listed.hidden,
            cells,
            counted: scan.counted,
            merges: scan.merges,
            hidden_rows: scan.hidden_rows,
            hidden_cols: scan.hidden_cols,
        });
    }
    Ok(Book { sheets })
}

/// Walks every needed part to its end.
fn look(package: &mut Package<'_>) -> Result<(Vec<Listed>, Vec<Scan>), ReadError> {
    let root = relations(package, "_rels/.rels", "")?;
    let mut workbooks = root.values().filter(|(kind, _)| kind.ends_with("/officeDocument")).map(|(_, part)| part);
    let workbook = match (workbooks.next(), workbooks.next()) {
        (Some(workbook), None) => workbook.clone(),
        _ => return Err(no_sheet("找不到工作簿内容")),
    };
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let parts = relations(package, &joined(folder, &format!("_rels/{file}.rels")), folder)?;
    let listed = sheets(package, &workbook, &parts)?;
    if listed.is_empty() {
        return Err(no_sheet("里面没有工作表"));
    }
    if listed.len() > limit::SHEETS {
        return Err(limit::over("工作表数", listed.len(), limit::SHEETS));
    }
    // The reader knows these parts by their names, whatever the relations say.
    let beside = |name: &str| joined(folder, name);
    let blanks = match Some(beside("sharedStrings.xml")).filter(|part| package.has(part)) {
        Some(part) => scan::texts(package, &part)?,
        None => Vec::new(),
    };
    for part in [beside("styles.xml"), beside("theme/theme1.xml")] {
        if package.has(&part) {
            styles(package, &part)?;
        }
    }
    let mut names = BTreeSet::new();
    let mut scans = Vec::new();
    let mut seen = 0;
    for sheet in &listed {
        if !names.insert(&sheet.name) {
            return Err(ReadError::Unreadable(format!(
                "有两张工作表都叫“{}”，分不清该读哪一张；请改名后再报。",
                value::clean(&sheet.name)
            )));
        }
        let scan = scan::sheet(package, &sheet.part, &blanks)?;
        seen += scan.seen;
        if seen > limit::SEEN_CELLS {
            return Err(limit::over("单元格", seen, limit::SEEN_CELLS));
        }
        scans.push(scan);
    }
    Ok((listed, scans))
}

/// Walks a part that tells of looks, of which a hostile file may have too many.
fn styles(package: &mut Package<'_>, part: &str) -> Result<(), ReadError> {
    let mut elements = 0;
    let mut formats = 0;
    package.walk(part, |event| {
        if let Event::Start(e) = event {
            elements += 1;
            formats += u64::from(e.local_name().as_ref() == "xf");
        }
        if formats > limit::STYLES {
            return Err(limit::over("单元格样式", formats, limit::STYLES));
        }
        if elements > limit::STYLE_ELEMENTS {
            return Err(limit::over("单元格样式", elements, limit::STYLE_ELEMENTS));
        }
        Ok(())
    })?;
    Ok(())
}

fn no_sheet(what: &str) -> ReadError {
    ReadError::Unreadable(format!("文件已损坏，{what}；请报送单位用 WPS 或 Excel 打开，另存为 .xlsx 再报。"))
}

/// The relations of a part: identity → (kind, part).
fn relations(
    package: &mut Package<'_>,
    part: &str,
    folder: &str,
) -> Result<BTreeMap<String, (String, String)>, ReadError> {
    let mut found = BTreeMap::new();
    package.walk(part, |event| {
        if let Event::Start(e) = event
            && e.local_name().as_ref() == "Relationship"
            && attribute(e, "TargetMode")?.as_deref() != Some("External")
        {
            let get = |name| attribute(e, name).map(Option::unwrap_or_default);
            let (id, kind, target) = (get("Id")?, get("Type")?, get("Target")?.replace('\\', "/"));
            let part = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => joined(folder, &target),
            };
            found.insert(id, (kind, part));
        }
        Ok(())
    })?;
    Ok(found)
}

fn joined(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The worksheets in the workbook's order; sheets that are only a chart are none.
fn sheets(
    package: &mut Package<'_>,
    workbook: &str,
    parts: &BTreeMap<String, (String, String)>,
) -> Result<Vec<Listed>, ReadError> {
    let mut listed = Vec::new();
    package.walk(workbook, |event| {
        if let Event::Start(e) = event
            && e.local_name().as_ref() == "sheet"
        {
            let get = |name| attribute(e, name).map(Option::unwrap_or_default);
            let (kind, part) = parts.get(&get("id")?).ok_or_else(damaged)?;
            if kind.ends_with("/worksheet") {
                let hidden = !matches!(get("state")?.as_str(), "" | "visible");
                listed.push(Listed { name: get("name")?, hidden, part: part.clone() });
            }
        }
        Ok(())
    })?;
    Ok(listed)
}

/// The filled cells of a sheet.
fn cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    scan: &Scan,
    meter: &mut Meter,
) -> Result<BTreeMap<Pos, Value>, ReadError> {
    let from_1904 = book.has_1904_epoch();
    let mut reader = book.worksheet_cells_reader(name).map_err(|_| damaged())?;
    let percents: Vec<Option<usize>> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().and_then(|format| value::percent_decimals(&format.format_code)))
        .collect();
    let mut cells = BTreeMap::new();
    // The reader stops at an error value that it does not know; the scan holds those.
    let mut stumbles = 0;
    loop {
        let (cell, style) = match reader.next_cell_with_style_id() {
            Ok(Some(found)) => found,
            Ok(None) => break,
            Err(_) if stumbles < scan.own.len() => {
                stumbles += 1;
                continue;
            }
            Err(_) => {
                let last = cells.keys().next_back().map_or_else(String::new, |pos| format!("，在 {pos} 之后"));
                return Err(ReadError::Unreadable(format!(
                    "工作表“{}”{last}有读不了的单元格，没有采用；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。",
                    value::clean(name)
                )));
            }
        };
        let (row, col) = cell.get_position();
        let pos = Pos::new(row, col);
        if scan.own.contains_key(&pos) {
            continue;
        }
        let percent = percents.get(style).copied().flatten();
        let Some(found) = content(cell.get_value(), from_1904, percent) else { continue };
        meter.cell(if let Value::Text(text) = &found { text } else { "" }, || format!("单元格 {pos}"))?;
        if cells.insert(pos, found).is_some() {
            return Err(ReadError::Unreadable(format!(
                "工作表“{}”里单元格 {pos} 出现两次，不知道该信哪一个；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。",
                value::clean(name)
            )));
        }
    }
    for (pos, own) in &scan.own {
        meter.cell(if let Value::Text(text) = own { text } else { "" }, || format!("单元格 {pos}"))?;
        cells.insert(*pos, own.clone());
    }
    Ok(cells)
}

fn content(data: &DataRef<'_>, from_1904: bool, percent: Option<usize>) -> Option<Value> {
    let text = |text: &str| (!value::blank(text)).then(|| Value::Text(text.to_owned()));
    let number = |n: f64| value::finite(n, percent.filter(|_| n.is_finite()).map(|d| value::percent(n, d)));
    match data {
        DataRef::Empty => None,
        DataRef::Int(n) => Some(number(n.to_string().parse().ok()?)),
        DataRef::Float(n) => Some(number(*n)),
        DataRef::String(s) => text(s),
        DataRef::SharedString(s) => text(s),
        DataRef::Bool(yes) => Some(Value::Bool(*yes)),
        DataRef::DateTime(when) => Some(value::dated(when.as_f64(), from_1904, when.is_duration())),
        DataRef::DateTimeIso(s) => value::iso(s).map(Value::Date).or_else(|| text(s)),
        DataRef::DurationIso(s) => text(s),
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}
