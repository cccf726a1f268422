//! The package format (.xlsx, .xlsm). Every needed part is first walked to its end by ourselves; the values come
//! from calamine's stream of cells, never its dense range; the two counts must agree.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use quick_xml::escape::escape;
use quick_xml::events::Event;

use super::kind::damaged;
use super::limit::Meter;
use super::package::{Package, attribute, folded};
use super::scan::{self, Scan};
use super::{Book, ReadError, Sheet, Value, guard, limit, mend, shared, value};
use crate::place::Pos;

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    hidden: bool,
    part: String,
    /// Its relation.
    id: String,
}

/// What a workbook says of itself.
#[derive(Default)]
struct Workbook {
    part: String,
    sheets: Vec<Listed>,
    /// Days are counted from 1904.
    from_1904: bool,
    /// The list holds what the reader refuses: sheets of macros, sheets that are not there, unknown states.
    odd: bool,
    /// Parts that lie under another name than the reader looks for: that name, and their bytes.
    renamed: BTreeMap<String, Vec<u8>>,
}

/// Reads an .xlsx or .xlsm.
///
/// # Errors
/// Says why not.
pub(super) fn read(bytes: &[u8]) -> Result<Book, ReadError> {
    let bytes = mend::narrow(bytes)?;
    let mut package = Package::open(&bytes)?;
    let (mut workbook, scans) = look(&mut package)?;
    drop(package);
    let mut mended = std::mem::take(&mut workbook.renamed);
    if workbook.odd {
        mended.insert(folded(&workbook.part), workbook.plain());
    }
    let bytes = if mended.is_empty() { bytes } else { Cow::Owned(mend::replaced(&bytes, &mended)?) };
    let opened = guard::quietly(|| Xlsx::new(Cursor::new(&*bytes))).ok_or_else(damaged)?;
    let mut book = opened.map_err(|error| match error {
        XlsxError::Password => ReadError::Encrypted,
        _ => damaged(),
    })?;
    let mut meter = Meter::default();
    let mut sheets = Vec::new();
    for (listed, scan) in workbook.sheets.into_iter().zip(scans) {
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
fn look(package: &mut Package<'_>) -> Result<(Workbook, Vec<Scan>), ReadError> {
    let root = relations(package, "_rels/.rels", "")?;
    let mut workbooks = root.values().filter(|(kind, _)| kind.ends_with("/officeDocument")).map(|(_, part)| part);
    let workbook = match (workbooks.next(), workbooks.next()) {
        (Some(workbook), None) => workbook.clone(),
        _ => return Err(no_sheet("找不到工作簿内容")),
    };
    let (folder, file) = workbook.rsplit_once('/').unwrap_or(("", &workbook));
    let parts = relations(package, &joined(folder, &format!("_rels/{file}.rels")), folder)?;
    let mut workbook = sheets(package, &workbook, &parts)?;
    if workbook.sheets.is_empty() {
        return Err(no_sheet("里面没有工作表"));
    }
    // The reader knows these parts by their names, whatever the relations say.
    let beside = |name: &str| joined(folder, name);
    let texts = match part_of(package, &parts, "/sharedStrings", &beside("sharedStrings.xml"), &mut workbook)? {
        Some(part) => shared::texts(package, &part)?,
        None => Vec::new(),
    };
    let looks = match part_of(package, &parts, "/styles", &beside("styles.xml"), &mut workbook)? {
        Some(part) => styles(package, &part)?,
        None => 0,
    };
    if package.has(&beside("theme/theme1.xml")) {
        styles(package, &beside("theme/theme1.xml"))?;
    }
    let listed = &workbook.sheets;
    let mut names = BTreeSet::new();
    let mut scans = Vec::new();
    let mut meter = Meter::default();
    for sheet in listed {
        if !names.insert(&sheet.name) {
            return Err(ReadError::Unreadable(format!(
                "有两张工作表都叫“{}”，分不清该读哪一张；请改名后再报。",
                value::clean(&sheet.name)
            )));
        }
        scans.push(scan::sheet(package, &sheet.part, &texts, looks, &mut meter)?);
    }
    Ok((workbook, scans))
}

/// The part that a relation of the workbook leads to, or the one that lies under the usual name; one under another name
/// is noted for the reader. None where the relation leads nowhere: a cell that names a text or a look is then refused.
///
/// # Errors
/// Damaged.
fn part_of(
    package: &mut Package<'_>,
    parts: &BTreeMap<String, (String, String)>,
    kind: &str,
    usual: &str,
    workbook: &mut Workbook,
) -> Result<Option<String>, ReadError> {
    match parts.values().find(|(of, _)| of.ends_with(kind)).map(|(_, part)| part) {
        Some(part) if !package.has(part) => Ok(None),
        Some(part) => {
            if folded(part) != folded(usual) {
                workbook.renamed.insert(folded(usual), package.bytes(part)?);
            }
            Ok(Some(part.clone()))
        }
        None => Ok(package.has(usual).then(|| usual.to_owned())),
    }
}

/// Walks a part that tells of looks, of which a hostile file may have too many; gives how many a cell can name.
fn styles(package: &mut Package<'_>, part: &str) -> Result<u32, ReadError> {
    let mut elements = 0;
    let mut formats = 0;
    let (mut of_cells, mut looks) = (false, 0);
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut coded = 0;
    package.walk(part, |event| {
        match event {
            Event::Start(e) => {
                elements += 1;
                match e.local_name().as_ref() {
                    "cellXfs" => of_cells = true,
                    "xf" => {
                        formats += 1;
                        looks += u32::from(of_cells);
                        let code = attribute(e, "numFmtId")?.and_then(|id| codes.get(&id));
                        coded += code.copied().unwrap_or_default();
                    }
                    "numFmt" => {
                        let length = attribute(e, "formatCode")?.map_or(0, |code| code.len());
                        codes.extend(attribute(e, "numFmtId")?.map(|id| (id, length)));
                    }
                    _ => {}
                }
            }
            Event::End(e) if e.local_name().as_ref() == "cellXfs" => of_cells = false,
            _ => {}
        }
        if coded > limit::FORMAT_BYTES {
            let megabytes = |bytes: usize| format!("{} MB", bytes.div_ceil(1 << 20));
            return Err(limit::over("各样式的数字格式总长", megabytes(coded), megabytes(limit::FORMAT_BYTES)));
        }
        if formats > limit::STYLES {
            return Err(limit::over("单元格样式", formats, limit::STYLES));
        }
        if elements > limit::STYLE_ELEMENTS {
            return Err(limit::over("单元格样式", elements, limit::STYLE_ELEMENTS));
        }
        Ok(())
    })?;
    Ok(looks)
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
    let mut told = 0;
    package.walk(part, |event| {
        told += usize::from(matches!(event, Event::Start(_)));
        if told > limit::RELATIONS {
            return Err(limit::over("部件之间的关系", told, limit::RELATIONS));
        }
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

/// The worksheets in the workbook's order; sheets that are only a chart, a dialog or macros are none.
fn sheets(
    package: &mut Package<'_>,
    part: &str,
    parts: &BTreeMap<String, (String, String)>,
) -> Result<Workbook, ReadError> {
    let mut workbook = Workbook { part: part.to_owned(), ..Workbook::default() };
    let mut lost = None;
    let mut names = 0;
    package.walk(part, |event| {
        let Event::Start(e) = event else { return Ok(()) };
        names += usize::from(e.local_name().as_ref() == "definedName");
        if names > limit::RELATIONS {
            return Err(limit::over("定义的名称", names, limit::RELATIONS));
        }
        let get = |name| attribute(e, name).map(Option::unwrap_or_default);
        match e.local_name().as_ref() {
            "workbookPr" => workbook.from_1904 |= matches!(get("date1904")?.as_str(), "1" | "true"),
            "sheet" => {
                let (name, id, state) = (get("name")?, get("id")?, get("state")?);
                workbook.odd |= !matches!(state.as_str(), "" | "visible" | "hidden" | "veryHidden");
                match parts.get(&id) {
                    Some((kind, part)) if kind.ends_with("/worksheet") => {
                        let hidden = !matches!(state.as_str(), "" | "visible");
                        workbook.sheets.push(Listed { name, hidden, part: part.clone(), id });
                        if workbook.sheets.len() > limit::SHEETS {
                            return Err(limit::over("工作表数", workbook.sheets.len(), limit::SHEETS));
                        }
                    }
                    Some((kind, _)) if kind.ends_with("/chartsheet") || kind.ends_with("/dialogsheet") => {}
                    Some((kind, _)) if kind.ends_with("acrosheet") => workbook.odd = true,
                    Some(_) => return Err(damaged()),
                    None => {
                        workbook.odd = true;
                        lost.get_or_insert(name);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    // An entry that leads nowhere is an empty shell, unless a sheet lies there that nothing leads to.
    let known: BTreeSet<String> = parts.values().map(|(_, part)| folded(part)).collect();
    let stray = |name: &str| name.contains("worksheets/") && name.ends_with(".xml") && !known.contains(name);
    match lost {
        Some(name) if package.names().any(stray) => Err(ReadError::Unreadable(format!(
            "找不到工作表“{}”的内容，文件可能没有存全；请用 WPS 或 Excel 打开核对，另存为 .xlsx 再报。",
            value::clean(&name)
        ))),
        _ => Ok(workbook),
    }
}

impl Workbook {
    /// The part as the reader takes it: the worksheets alone.
    fn plain(&self) -> Vec<u8> {
        let mut xml = format!(
            "<workbook xmlns:r=\"r\"><workbookPr date1904=\"{}\"/><sheets>",
            if self.from_1904 { "1" } else { "0" }
        );
        for sheet in &self.sheets {
            let [name, id] = [&sheet.name, &sheet.id].map(|text| escape(text.as_str()));
            xml.push_str(&format!("<sheet name=\"{name}\" r:id=\"{id}\"/>"));
        }
        xml.push_str("</sheets></workbook>");
        xml.into_bytes()
    }
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
        meter.cell(if let Value::Text(text) = &found { text } else { "" }, || format!("单元格 {pos} "))?;
        if cells.insert(pos, found).is_some() {
            return Err(ReadError::Unreadable(format!(
                "工作表“{}”里单元格 {pos} 出现两次，不知道该信哪一个；请用 WPS 或 Excel 打开，另存为 .xlsx 再报。",
                value::clean(name)
            )));
        }
    }
    for (pos, own) in &scan.own {
        meter.cell(if let Value::Text(text) = own { text } else { "" }, || format!("单元格 {pos} "))?;
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
