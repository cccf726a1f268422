//! `FormBook`: a filled 附件2 by code, as people fill it: both layouts, heads in several shapes, merges, dates as
//! numbers, hidden parts, several sheets, damage. Rows and columns count from 0, as the writer does.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet};

/// How the four head fields stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadShape {
    /// One merged line with all labels and values.
    Merged,
    /// Label and value in one cell, a cell a field.
    Cells,
    /// The label in one cell, the value in the next.
    Apart,
}

/// What a cell of a record is to hold.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    /// A date cell: year, month, day.
    Date(u16, u8, u8),
    /// A formula with its stored value; an empty value is stored as an empty text.
    Formula(String, String),
}

/// One form, and the further sheets of its workbook.
#[derive(Debug, Clone)]
pub(crate) struct FormBook {
    pub(crate) title: String,
    pub(crate) unit: String,
    pub(crate) reporter: String,
    pub(crate) contact: String,
    pub(crate) leader: String,
    pub(crate) head: HeadShape,
    pub(crate) sheet: String,
    pub(crate) columns: Vec<String>,
    /// A line above the titles, one word a column (two header lines), merged where a word repeats.
    pub(crate) above: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
    pub(crate) note: String,
    hidden: bool,
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<u16>,
    merges: Vec<(u32, u16, u32, u16)>,
    far: Vec<(u32, u16, String)>,
    further: Vec<FormBook>,
}

/// The titles of the six columns.
pub(crate) const SIX: [&str; 6] = ["序号", "监督内容", "监督方式", "监督开展情况", "发现问题", "处理情况"];

/// A record without a fault, for any unit and for the month of March 2026.
pub(crate) const GOOD: [&str; 5] = [
    "作风建设方面",
    "专项检查监督",
    "2026年3月3日，对大坪村值班值守情况进行检查，查看值班表和签到册。",
    "2026年3月3日检查发现，青石镇大坪村会计唐国强未按值班表在岗值班，签到册空白4天。",
    "2026年3月5日，青石镇纪委副书记周敏对青石镇大坪村会计唐国强进行批评教育，责令其补签值班承诺书。",
];

const NOTE: &str = "填表说明：1.监督内容和监督方式，从单元格下拉菜单中选填；2.发现问题、处理情况，时间要具体到年月日，\
    人要点明单位职务和姓名，事件要写具体情节，不能模糊笼统概之。否则，为无效报送。";

impl FormBook {
    /// A six-column form with a whole head and no record; `month` as `2026-03`.
    pub(crate) fn six(unit: &str, month: &str) -> FormBook {
        let number = month.rsplit('-').next().unwrap_or(month).trim_start_matches('0');
        FormBook {
            title: format!("清河县纪委监委 {number}月份日常监督工作明细表"),
            unit: unit.to_owned(),
            reporter: "周敏".to_owned(),
            contact: "13807460001".to_owned(),
            leader: "李远航".to_owned(),
            head: HeadShape::Merged,
            sheet: "Sheet1".to_owned(),
            columns: SIX.iter().map(ToString::to_string).collect(),
            above: Vec::new(),
            rows: Vec::new(),
            note: NOTE.to_owned(),
            hidden: false,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            merges: Vec::new(),
            far: Vec::new(),
            further: Vec::new(),
        }
    }

    /// The same with the four columns up to 监督开展情况.
    pub(crate) fn four(unit: &str, month: &str) -> FormBook {
        let mut book = FormBook::six(unit, month);
        book.columns.truncate(4);
        book
    }

    /// Changes any part that has no word of its own here: `.with(|form| form.reporter.clear())`.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut FormBook)) -> FormBook {
        change(&mut self);
        self
    }

    /// Adds a record; the number is written before the texts.
    pub(crate) fn record<I: IntoIterator<Item: Into<Cell>>>(mut self, cells: I) -> FormBook {
        let number = u32::try_from(self.rows.len() + 1).expect("a small form");
        let mut row = vec![Cell::Number(f64::from(number))];
        row.extend(cells.into_iter().map(Into::into));
        self.rows.push(row);
        self
    }

    /// Adds a record without a fault, as far as the layout has columns.
    pub(crate) fn good(self) -> FormBook {
        let wanted = self.columns.len().clamp(4, 6) - 1;
        self.record(GOOD.into_iter().take(wanted))
    }

    /// Adds a good record with another 发现问题.
    pub(crate) fn problem(self, text: &str) -> FormBook {
        self.good().set(4, text)
    }

    /// Adds a good record with another 处理情况.
    pub(crate) fn handling(self, text: &str) -> FormBook {
        self.good().set(5, text)
    }

    /// Sets a cell of the last record; column 0 is 序号.
    pub(crate) fn set(mut self, column: usize, cell: impl Into<Cell>) -> FormBook {
        let row = self.rows.last_mut().expect("a record was added before");
        row.resize(row.len().max(column + 1), Cell::Text(String::new()));
        row[column] = cell.into();
        self
    }

    /// Adds a row as it stands, 序号 included.
    pub(crate) fn raw<I: IntoIterator<Item: Into<Cell>>>(mut self, cells: I) -> FormBook {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a column after the last.
    pub(crate) fn column(mut self, title: &str) -> FormBook {
        self.columns.push(title.to_owned());
        self
    }

    /// Merges cells of the records: `record` and `column` count from 0, both ends included.
    pub(crate) fn merge(mut self, records: (u32, u32), columns: (u16, u16)) -> FormBook {
        self.merges.push((records.0, columns.0, records.1, columns.1));
        self
    }

    /// Puts a text anywhere on the sheet: row and column of the sheet, from 0.
    pub(crate) fn far(mut self, row: u32, column: u16, text: &str) -> FormBook {
        self.far.push((row, column, text.to_owned()));
        self
    }

    /// Hides the row of a record, counted from 0.
    pub(crate) fn hide_record(mut self, record: u32) -> FormBook {
        self.hidden_rows.push(record);
        self
    }

    /// Hides a column, counted from 0.
    pub(crate) fn hide_column(mut self, column: u16) -> FormBook {
        self.hidden_columns.push(column);
        self
    }

    /// Hides the sheet; another sheet must be visible.
    pub(crate) fn hide_sheet(mut self) -> FormBook {
        self.hidden = true;
        self
    }

    /// Adds another form as a further sheet.
    pub(crate) fn and(mut self, other: FormBook) -> FormBook {
        self.further.push(other);
        self
    }

    /// The sheet's own row (1-based) of a record counted from 0.
    pub(crate) fn row_of(&self, record: usize) -> usize {
        self.first_row() as usize + record + 1
    }

    /// The workbook's bytes, the same ones each time.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut book = Workbook::new();
        let day = ExcelDateTime::from_ymd(2026, 3, 1).expect("a day of the calendar");
        book.set_properties(&DocProperties::new().set_creation_datetime(&day));
        for form in std::iter::once(self).chain(&self.further) {
            let sheet = book.add_worksheet();
            sheet.set_name(&form.sheet).expect("a name that a sheet may bear");
            sheet.set_hidden(form.hidden);
            form.draw(sheet);
        }
        book.save_to_buffer().expect("a small workbook can be written")
    }

    fn first_row(&self) -> u32 {
        3 + u32::from(!self.above.is_empty())
    }

    fn draw(&self, sheet: &mut Worksheet) {
        let plain = Format::new();
        let last = u16::try_from(self.columns.len()).expect("a small form") - 1;
        sheet.merge_range(0, 0, 0, last, &self.title, &plain).expect("the title fits");
        self.draw_head(sheet, last);
        let titles = self.first_row() - 1;
        for (column, title) in (0u16..).zip(&self.columns) {
            sheet.write(titles, column, title).expect("a title fits");
        }
        let mut column = 0;
        while let Some(word) = self.above.get(usize::from(column)) {
            let run = self.above.iter().skip(usize::from(column)).take_while(|other| *other == word).count();
            let end = column + u16::try_from(run).expect("a small form") - 1;
            if run > 1 && !word.is_empty() {
                sheet.merge_range(titles - 1, column, titles - 1, end, word, &plain).expect("a word fits");
            } else {
                sheet.write(titles - 1, column, word).expect("a word fits");
            }
            column = end + 1;
        }
        let first = self.first_row();
        for &(top, left, bottom, right) in &self.merges {
            sheet.merge_range(first + top, left, first + bottom, right, "", &plain).expect("merges do not overlap");
        }
        for (row, cells) in (first..).zip(&self.rows) {
            for (column, cell) in (0u16..).zip(cells) {
                cell.draw(sheet, row, column);
            }
        }
        let foot = first + u32::try_from(self.rows.len()).expect("a small form");
        if !self.note.is_empty() {
            sheet.merge_range(foot, 0, foot, last, &self.note, &plain).expect("the note fits");
        }
        for (row, column, text) in &self.far {
            sheet.write(*row, *column, text).expect("a place on the sheet");
        }
        for &record in &self.hidden_rows {
            sheet.set_row_hidden(first + record).expect("a row of the form");
        }
        for &column in &self.hidden_columns {
            sheet.set_column_hidden(column).expect("a column of the form");
        }
    }

    fn draw_head(&self, sheet: &mut Worksheet, last: u16) {
        let fields = [
            ("填报单位", &self.unit),
            ("填报人", &self.reporter),
            ("联系方式", &self.contact),
            ("单位负责人", &self.leader),
        ];
        match self.head {
            HeadShape::Merged => {
                let line: Vec<String> = fields.iter().map(|(label, value)| format!("{label}：{value}")).collect();
                sheet.merge_range(1, 0, 1, last, &line.join("     "), &Format::new()).expect("the head fits");
            }
            HeadShape::Cells => {
                for (column, (label, value)) in (0u16..).zip(fields) {
                    sheet.write(1, column, format!("{label}：{value}")).expect("a field fits");
                }
            }
            HeadShape::Apart => {
                for (place, (label, value)) in (0u16..).zip(fields) {
                    sheet.write(1, place * 2, label).expect("a label fits");
                    sheet.write(1, place * 2 + 1, value).expect("a value fits");
                }
            }
        }
    }
}

impl Cell {
    fn draw(&self, sheet: &mut Worksheet, row: u32, column: u16) {
        let written = match self {
            Cell::Text(text) if text.is_empty() => return,
            Cell::Text(text) => sheet.write(row, column, text),
            Cell::Number(number) => sheet.write(row, column, *number),
            Cell::Date(year, month, day) => {
                let day = ExcelDateTime::from_ymd(*year, *month, *day).expect("a day of the calendar");
                let format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
                sheet.write_with_format(row, column, &day, &format)
            }
            Cell::Formula(formula, stored) => {
                sheet.write_formula(row, column, Formula::new(formula).set_result(stored))
            }
        };
        written.expect("a cell fits");
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Number(number)
    }
}

/// Only the first part of the bytes, as a broken copy leaves them; `percent` of the whole.
pub(crate) fn truncated(bytes: &[u8], percent: usize) -> Vec<u8> {
    bytes.get(..bytes.len() * percent / 100).unwrap_or(bytes).to_vec()
}

/// The bytes with one byte in the middle of the first deflated part turned over: the checksum no longer fits.
pub(crate) fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let sheet = bytes.windows(20).rposition(|window| window == b"xl/worksheets/sheet1".as_slice());
    let local = bytes.windows(20).position(|window| window == b"xl/worksheets/sheet1".as_slice());
    assert!(local < sheet, "a package names its parts twice");
    let at = local.expect("a workbook has a first sheet") + 200;
    bytes[at] ^= 0x55;
    bytes
}
