//! New lines of 收件登记.csv. Takes the register's bytes as they are and receipts; gives the bytes with whole lines added, in the
//! encoding, the order of columns and the line breaks that the register has. UTF-8 with BOM where there is none yet.

use encoding_rs::GB18030;

use super::Receipt;
use super::receipt::{COLUMNS, FILE};
use super::table::{decode, mark_of, split};
use crate::config::Settings;
use crate::near;

/// The bytes of the register with receipts added; `existing` has been read as a register without a fault.
///
/// # Errors
/// In Chinese: what is there is no table.
pub(crate) fn with_receipts(
    settings: &Settings,
    existing: Option<&[u8]>,
    receipts: &[Receipt],
) -> Result<Vec<u8>, String> {
    let existing = existing.unwrap_or_default();
    let text = decode(existing).map_err(|why| format!("{FILE}：{why}"))?;
    let Some(head) = split(&text).into_iter().next() else {
        let titles: Vec<String> = COLUMNS.titles.iter().map(ToString::to_string).collect();
        let head = format!("\u{feff}{}\r\n", COLUMNS.titles.join(","));
        let lines = lines(settings, receipts, &titles, b',', csv::Terminator::CRLF)?;
        return Ok((head + &lines).into_bytes());
    };
    let keys: Vec<String> = head.cells.iter().map(|cell| near::key(cell)).collect();
    let (breaks, terminator) = if text.contains("\r\n") {
        ("\r\n", csv::Terminator::CRLF)
    } else if text.contains('\n') || !text.contains('\r') {
        ("\n", csv::Terminator::Any(b'\n'))
    } else {
        ("\r", csv::Terminator::Any(b'\r'))
    };
    let mut added = lines(settings, receipts, &keys, mark_of(&text), terminator)?;
    if !text.ends_with(['\n', '\r']) {
        added.insert_str(0, breaks);
    }
    let mut bytes = existing.to_vec();
    if std::str::from_utf8(existing).is_ok() {
        bytes.extend_from_slice(added.as_bytes());
    } else {
        bytes.extend_from_slice(&GB18030.encode(&added).0);
    }
    Ok(bytes)
}

/// One line a receipt, a cell a column of the head; columns that the register does not know stay empty.
fn lines(
    settings: &Settings,
    receipts: &[Receipt],
    head: &[String],
    mark: u8,
    terminator: csv::Terminator,
) -> Result<String, String> {
    let mut writer = csv::WriterBuilder::new().delimiter(mark).terminator(terminator).from_writer(Vec::new());
    for receipt in receipts {
        let cells = head.iter().map(|title| cell(settings, receipt, title));
        writer.write_record(cells).map_err(|error| format!("{FILE} 这一行写不成：{error}"))?;
    }
    let bytes = writer.into_inner().map_err(|error| format!("{FILE} 写不成：{error}"))?;
    String::from_utf8(bytes).map_err(|error| format!("{FILE} 写不成：{error}"))
}

fn cell(settings: &Settings, receipt: &Receipt, title: &str) -> String {
    match title {
        "收到日期" => receipt.day.to_string(),
        "单位" => settings.unit_name(receipt.unit).to_owned(),
        "月份" => receipt.month.to_string(),
        "文件" => receipt.file.clone(),
        "摘要" => receipt.digest.clone(),
        "结论" => match receipt.accepted {
            Some(true) => "合格".to_owned(),
            Some(false) => "退回".to_owned(),
            None => String::new(),
        },
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Month;
    use crate::config::{Unit, UnitKind};

    fn settings() -> Settings {
        let unit = Unit {
            name: "青石镇纪委".to_owned(),
            kind: UnitKind::Township,
            aliases: Vec::new(),
            phone: None,
            supervises: Vec::new(),
            from: None,
            to: None,
            exempt: Vec::new(),
        };
        Settings { units: vec![unit], ..Settings::builtin("dongan").unwrap() }
    }

    fn add(existing: Option<&[u8]>) -> Vec<u8> {
        let receipt = Receipt {
            line: 0,
            day: "2026-03-24".parse().unwrap(),
            unit: 0,
            month: Month::parse("2026-03").unwrap(),
            file: "报送/2026-03/青石镇纪委,a.xlsx".to_owned(),
            digest: "ab12".to_owned(),
            accepted: Some(true),
        };
        with_receipts(&settings(), existing, &[receipt]).unwrap()
    }

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    const LINE: &str = "2026-03-24,青石镇纪委,2026-03,\"报送/2026-03/青石镇纪委,a.xlsx\",ab12,合格";

    #[test]
    fn a_new_register_has_the_mark_and_the_titles() {
        let whole = format!("\u{feff}收到日期,单位,月份,文件,摘要,结论\r\n{LINE}\r\n");
        for existing in [None, Some(&b""[..]), Some("\u{feff}\r\n".as_bytes())] {
            assert_eq!(text(add(existing)), whole, "{existing:?}");
        }
    }

    #[test]
    fn what_is_there_stays_as_it_is_and_the_line_follows_its_columns() {
        let bare = "结论,备注,文件,月份,单位,收到日期\n合格,甲,a.xlsx,2026-03,青石镇纪委,2026/3/2";
        let line = "合格,,\"报送/2026-03/青石镇纪委,a.xlsx\",2026-03,青石镇纪委,2026-03-24\n";
        assert_eq!(text(add(Some(bare.as_bytes()))), format!("{bare}\n{line}"), "no last line break, no 摘要");
        let tabs = "收到日期\t单位\t月份\t文件\t结论\r\n";
        let line = "2026-03-24\t青石镇纪委\t2026-03\t报送/2026-03/青石镇纪委,a.xlsx\t合格\r\n";
        assert_eq!(text(add(Some(tabs.as_bytes()))), format!("{tabs}{line}"));
    }

    #[test]
    fn a_register_that_excel_saved_stays_in_its_encoding() {
        let head = "收到日期,单位,月份,文件,摘要,结论\r\n";
        let (bytes, ..) = GB18030.encode(head);
        let added = add(Some(&bytes));
        assert_eq!(GB18030.decode(&added).0, format!("{head}{LINE}\r\n"));
        assert!(std::str::from_utf8(&added).is_err());
    }
}
