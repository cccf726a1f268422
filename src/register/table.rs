//! A register's CSV file → lines with their cells by column title. UTF-8 with or without BOM, or GB18030 as Excel saves
//! it; columns in any order. What a cell means is read in `cell`.

use std::cell::RefCell;
use std::collections::BTreeMap;

use encoding_rs::GB18030;

use super::cell::quoted;
use crate::near;

/// A register as read: its lines, and its faults so far.
pub(super) struct Register {
    /// 收件登记.csv
    file: String,
    /// The roster's units by every name.
    units: BTreeMap<String, usize>,
    columns: Vec<(&'static str, usize)>,
    /// Cells of the head.
    width: usize,
    rows: Vec<Row>,
    faults: RefCell<Vec<String>>,
}

/// A row of the file as it stands.
pub(super) struct Row {
    /// 1-based, of the line where the row begins.
    line: usize,
    pub cells: Vec<String>,
}

/// One line of a register.
#[derive(Clone, Copy)]
pub(super) struct Line<'r> {
    register: &'r Register,
    row: &'r Row,
}

/// The columns of a register, in the order in which it is written, and those of them that may be absent.
pub(super) struct Columns {
    pub titles: &'static [&'static str],
    pub optional: &'static [&'static str],
}

impl Register {
    /// Reads a register's bytes. What keeps it from being read as a table is a fault, and then it has no lines.
    pub(super) fn new(file: &str, bytes: &[u8], columns: &Columns, units: BTreeMap<String, usize>) -> Register {
        let file = file.to_owned();
        let (columns_found, faults) = (Vec::new(), RefCell::new(Vec::new()));
        let mut register = Register { file, units, columns: columns_found, width: 0, rows: Vec::new(), faults };
        match decode(bytes) {
            Ok(text) => register.fill(&text, columns),
            Err(message) => register.blame(None, message),
        }
        register
    }

    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|row| Line { register: self, row })
    }

    pub(super) fn blame(&self, line: Option<usize>, message: impl AsRef<str>) {
        let place = line.map_or_else(String::new, |line| format!(" 第 {line} 行"));
        self.faults.borrow_mut().push(format!("{}{place}：{}", self.file, message.as_ref()));
    }

    pub(super) fn into_faults(self) -> Vec<String> {
        self.faults.into_inner()
    }

    fn fill(&mut self, text: &str, columns: &Columns) {
        if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
            self.blame(None, "英文引号没有成对；请用 Excel 或 WPS 打开核对，再存为 CSV");
            return;
        }
        let mut rows = split(text).into_iter();
        let Some(head) = rows.next() else { return };
        if !self.find_columns(&head, columns) {
            return;
        }
        self.width = head.cells.len();
        for row in rows {
            if row.cells.iter().skip(self.width).any(|cell| !cell.is_empty()) {
                self.blame(Some(row.line), self.too_wide(&row));
            } else {
                self.rows.push(row);
            }
        }
    }

    /// What is to be said of a row with more cells than the head.
    fn too_wide(&self, row: &Row) -> String {
        let (cells, width) = (row.cells.len(), self.width);
        format!("这一行有 {cells} 栏，应当 {width} 栏，多半是内容里有英文逗号；请改成中文逗号，或整格加英文引号")
    }

    /// Finds the columns by title; whether none is missing or doubled.
    fn find_columns(&mut self, head: &Row, columns: &Columns) -> bool {
        let mut whole = true;
        for title in columns.titles {
            let key = near::key(title);
            let mut found = head.cells.iter().enumerate().filter(|(_, cell)| near::key(cell) == key).map(|(at, _)| at);
            match (found.next(), found.next()) {
                (Some(at), None) => self.columns.push((title, at)),
                (Some(_), Some(_)) => {
                    whole = false;
                    self.blame(Some(head.line), format!("“{title}”这一栏有两个，请删去一个"));
                }
                (None, _) if columns.optional.contains(title) => {}
                (None, _) => {
                    whole = false;
                    let known: Vec<String> = columns.titles.iter().map(|known| near::key(known)).collect();
                    let strangers = head.cells.iter().filter(|cell| !known.contains(&near::key(cell)));
                    let meant = near::nearest(title, strangers.map(String::as_str));
                    let meant = meant.map_or_else(String::new, |meant| format!("（{}是它吗？）", quoted(meant)));
                    let all = columns.titles.join("、");
                    self.blame(Some(head.line), format!("缺少“{title}”这一栏{meant}；第一行应有：{all}"));
                }
            }
        }
        whole
    }
}

impl<'r> Line<'r> {
    pub(super) fn number(self) -> usize {
        self.row.line
    }

    pub(super) fn blame(self, message: impl AsRef<str>) {
        if self.row.cells.len() <= self.register.width {
            return self.register.blame(Some(self.row.line), message);
        }
        // A comma in a cell has moved the cells behind it, and the last one is empty: that is the fault, once.
        let told = format!(" 第 {} 行：", self.row.line);
        if !self.register.faults.borrow().iter().any(|fault| fault.contains(&told)) {
            self.register.blame(Some(self.row.line), self.register.too_wide(self.row));
        }
    }

    /// The unit of that name or alias.
    pub(super) fn unit_named(self, written: &str) -> Option<usize> {
        self.register.units.get(&near::key(written)).copied()
    }

    /// A cell by its column's title; empty where the column is absent or the cell blank.
    pub(super) fn text(self, title: &str) -> &'r str {
        let at = self.register.columns.iter().find(|(known, _)| *known == title).map(|(_, at)| *at);
        at.and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }
}

/// The text of a register: UTF-8 where the bytes are so, else GB18030 (Excel's plain CSV).
pub(super) fn decode(bytes: &[u8]) -> Result<String, &'static str> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err("是 UTF-16 编码；请另存为“CSV UTF-8（逗号分隔）”");
    }
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err("是工作簿，不是 CSV；请另存为“CSV UTF-8（逗号分隔）”");
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned).ok_or("认不出编码；请另存为“CSV UTF-8（逗号分隔）”")
}

/// Rows that are not blank, cells trimmed. Commas part the cells; tabs or semicolons where the head has no comma.
pub(super) fn split(text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(mark_of(text))
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    // The text is UTF-8 and the reader is lenient, so no record fails.
    for record in reader.records().filter_map(Result::ok) {
        let begin = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(counted);
        // The reader places a record before the blank lines that it skips: those are counted here.
        let blank = text.get(begin..).map_or(0, |rest| rest.len() - rest.trim_start_matches(['\r', '\n']).len());
        line += text.get(counted..begin + blank).map_or(0, breaks);
        counted = begin + blank;
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { line, cells });
        }
    }
    rows
}

/// What parts the cells.
pub(super) fn mark_of(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    [b',', b'\t', b';'].into_iter().find(|mark| head.contains(char::from(*mark))).unwrap_or(b',')
}

/// Line breaks of either kind.
fn breaks(text: &str) -> usize {
    let pairs = text.matches("\r\n").count();
    text.matches(['\r', '\n']).count() - pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns = Columns { titles: &["单位", "日期", "摘要"], optional: &["摘要"] };

    fn read(bytes: &[u8]) -> (Vec<(usize, String)>, Vec<String>) {
        let register = Register::new("甲.csv", bytes, &COLUMNS, BTreeMap::new());
        let lines = register.lines().map(|line| (line.number(), line.text("单位").to_owned())).collect();
        (lines, register.into_faults())
    }

    #[test]
    fn lines_are_counted_past_blank_ones_and_past_breaks_in_cells() {
        let text = "\u{feff}\r\n日期,单位,备注\r\n\r\n1,青石,\"一\r\n二\"\r\n,,\r\n\r\n2,白沙,\r\n";
        let (lines, faults) = read(text.as_bytes());
        assert_eq!(lines, [(4, "青石".to_owned()), (8, "白沙".to_owned())]);
        assert!(faults.is_empty(), "{faults:?}");
    }

    #[test]
    fn excel_and_wps_save_in_gb18030_or_with_tabs() {
        let (bytes, ..) = GB18030.encode("单位,日期\n青石镇䶮,1\n");
        assert_eq!(read(&bytes).0, [(2, "青石镇䶮".to_owned())]);
        assert_eq!(read("单位\t日期\n青石\t1\n".as_bytes()).0, [(2, "青石".to_owned())]);
        assert_eq!(read("单位,日期\r青石,1\r".as_bytes()).0, [(2, "青石".to_owned())]);
        assert!(read(b"").1.is_empty() && read("\u{feff}\n".as_bytes()).1.is_empty());
    }

    #[test]
    fn what_is_no_table_is_a_fault_and_never_skipped() {
        for (bytes, words) in [
            (&b"\xff\xfea"[..], "UTF-16"),
            (b"PK\x03\x04", "是工作簿"),
            (b"\xff\xff\xff\xff", "认不出编码"),
            ("单位,日期\n\"青石,1\n".as_bytes(), "没有成对"),
            ("单位,日其\n青石,1\n".as_bytes(), "第 1 行：缺少“日期”这一栏（“日其”是它吗？）"),
            ("单位,日期,单 位\n".as_bytes(), "这一栏有两个"),
            ("单位,日期\n青石,1,,x\n".as_bytes(), "第 2 行：这一行有 4 栏，应当 2 栏"),
        ] {
            let (lines, faults) = read(bytes);
            assert!(lines.is_empty() && faults.len() == 1, "{words}: {faults:?}");
            assert!(faults.iter().all(|fault| fault.contains(words)), "{words}: {faults:?}");
        }
    }
}
