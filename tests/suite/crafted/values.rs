//! Values: types that lie, numbers that are none, texts by wrong numbers, errors, dates outside the calendar.

use super::pack::{BOOK, SHEET, STRINGS, STYLES, form, pack, parts, replaced, swap, with_cell};
use super::{Row, Want, check, read, refused, row};

/// The first record's 监督开展情况, with which a cell of texts is tried.
const PROGRESS: &str = "2026年3月3日，对大坪村值班值守情况进行检查，查看值班表和签到册。";
const ODD: &[&str] = &["不合规范", "读不了"];

/// The form with the number of its first record in another spelling.
fn number(attributes: &str, inside: &str) -> Vec<u8> {
    with_cell("A4", &format!("<c r=\"A4\"{attributes}>{inside}</c>"))
}

/// The form with its first 监督开展情况 in another spelling.
fn progress(attributes: &str, inside: &str) -> Vec<u8> {
    with_cell("D4", &format!("<c r=\"D4\"{attributes}>{inside}</c>"))
}

/// The form with an error in its first 监督开展情况.
fn error(code: &'static str) -> Row {
    let name = format!("error-{}.xlsx", code.trim_matches(['#', '!', '?']).replace('/', "-"));
    // A name of the set is known as the program is built; these come from the table of errors, once.
    let name: &'static str = Box::leak(name.into_boxed_str());
    let words: &'static [&'static str] = Box::leak(vec![code].into_boxed_slice());
    row(name, Want::Told("cell-error", "D4", words), move || progress(" t=\"e\"", &format!("<v>{code}</v>")))
}

/// The form with its first 监督开展情况 by another number of a text.
fn text_number(name: &'static str, number: &'static str) -> Row {
    refused(name, ODD, move || progress(" t=\"s\"", &format!("<v>{number}</v>")))
}

/// The form with a date cell of this serial for its first 监督开展情况.
fn dated(serial: &str, from_1904: bool) -> Vec<u8> {
    let mut parts = parts();
    for (name, bytes) in &mut parts {
        let text = std::str::from_utf8(bytes).expect("a part of ours is text");
        let other = match name.as_str() {
            STYLES => {
                let day =
                    "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>";
                let before = text.split_once("<cellXfs").expect("styles of cells").1.split_once("</cellXfs>");
                let count = before.expect("styles end").0.matches("<xf ").count();
                assert_eq!(count, 1, "the form has one style");
                text.replace("</cellXfs>", &format!("{day}</cellXfs>"))
                    .replace("<cellXfs count=\"1\"", "<cellXfs count=\"2\"")
            }
            SHEET => swap(text, "<c r=\"D4\"", "</c>", &format!("<c r=\"D4\" s=\"1\"><v>{serial}</v></c>")),
            BOOK if from_1904 => text.replace("<workbookPr", "<workbookPr date1904=\"1\""),
            _ => continue,
        };
        *bytes = other.into_bytes();
    }
    pack(&parts)
}

/// A serial that is no day of the calendar: the cell is told, and no day is made of it.
fn no_day(name: &'static str, serial: &'static str) -> Row {
    row(name, Want::Told("cell-error", "D4", &["这一格显示"]), move || dated(serial, false))
}

fn rows() -> Vec<Row> {
    let mut rows = vec![
        refused("type-unknown.xlsx", ODD, || number(" t=\"zz\"", "<v>1</v>")),
        refused("boolean-yes.xlsx", ODD, || number(" t=\"b\"", "<v>yes</v>")),
        refused("child-unknown.xlsx", ODD, || number("", "<foo/><v>1</v>")),
        refused("number-as-cdata.xlsx", ODD, || number("", "<v><![CDATA[7]]></v>")),
        refused("number-by-reference.xlsx", ODD, || number("", "<v>&#49;2</v>")),
        refused("number-with-comment.xlsx", ODD, || number("", "<v>1<!-- -->2</v>")),
        row("number-NaN.xlsx", Want::Told("cell-error", "A4", &["#NUM!"]), || number("", "<v>NaN</v>")),
        row("number-INF.xlsx", Want::Told("cell-error", "A4", &["#NUM!"]), || number("", "<v>INF</v>")),
        row("number-1e309.xlsx", Want::Told("cell-error", "A4", &["#NUM!"]), || number("", "<v>1e309</v>")),
        row("number-minus-1e309.xlsx", Want::Told("cell-error", "A4", &["#NUM!"]), || number("", "<v>-1e309</v>")),
        row("error-without-mark.xlsx", Want::Refused("file-unreadable", ODD), || {
            progress(" t=\"e\"", "<v>nonsense</v>")
        }),
        read("number-as-text.xlsx", || number(" t=\"str\"", "<v>1</v>")),
        read("number-with-blanks.xlsx", || number("", "<v> 1 </v>")),
        read("number-in-powers.xlsx", || number("", "<v>1.0E0</v>")),
        row("text-in-a-number.xlsx", Want::Either, || progress("", &format!("<v>{PROGRESS}</v>"))),
        row("number-of-18-digits.xlsx", Want::Records(3), || progress("", "<v>431122199001011234</v>")),
        row("formula-without-value.xlsx", Want::Told("cell-error", "D4", &["公式"]), || {
            progress("", "<f>A1&amp;B1</f>")
        }),
        row("formula-of-text-without-value.xlsx", Want::Told("cell-error", "D4", &["公式"]), || {
            progress(" t=\"str\"", "<f>A1</f>")
        }),
        row("formula-of-empty-text.xlsx", Want::Told("progress-missing", "D4", &["监督开展情况"]), || {
            progress(" t=\"str\"", "<f>A1</f><v></v>")
        }),
        read("formula-with-value.xlsx", || progress(" t=\"str\"", &format!("<f>A1</f><v>{PROGRESS}</v>"))),
        read("formula-shared-by-4-billion.xlsx", || {
            progress(" t=\"str\"", &format!("<f t=\"shared\" si=\"4000000000\" ref=\"D4:D5\">A1</f><v>{PROGRESS}</v>"))
        }),
        read("formula-of-strange-words.xlsx", || {
            progress(" t=\"str\"", &format!("<f>=cmd|' /C calc'!A0((((</f><v>{PROGRESS}</v>"))
        }),
        read("inline-text.xlsx", || progress(" t=\"inlineStr\"", &format!("<is><t>{PROGRESS}</t></is>"))),
        read("inline-text-in-a-value.xlsx", || progress(" t=\"inlineStr\"", &format!("<v>{PROGRESS}</v>"))),
        read("inline-text-with-guide.xlsx", || {
            progress(" t=\"inlineStr\"", &format!("<is><t>{PROGRESS}</t><rPh sb=\"0\" eb=\"1\"><t>zzz</t></rPh></is>"))
        }),
        read("text-in-runs.xlsx", || {
            let (one, other) = PROGRESS.split_at("2026年3月3日".len());
            let runs = format!("<r><t>{one}</t></r><r><rPr><b/></rPr><t>{other}</t></r>");
            replaced(STRINGS, &format!("<t>{PROGRESS}</t>"), &runs)
        }),
        read("text-with-guide.xlsx", || {
            replaced(
                STRINGS,
                &format!("{PROGRESS}</t>"),
                &format!("{PROGRESS}</t><rPh sb=\"0\" eb=\"1\"><t>zzz</t></rPh>"),
            )
        }),
        read("text-with-escapes.xlsx", || replaced(STRINGS, "检查", "检_x67E5_")),
        read("text-with-invisible-signs.xlsx", || {
            replaced(STRINGS, PROGRESS, &format!("\u{feff}\u{200b}\u{3000}{PROGRESS}\u{a0}\u{200e}"))
        }),
        read("text-with-terminal-escape.xlsx", || replaced(STRINGS, "检查", "检_x001B__x0007_查")),
        row("text-of-32767.xlsx", Want::Records(3), || replaced(STRINGS, "查看值班表", &"查".repeat(32_700))),
        refused("text-of-33000.xlsx", &["字数超过上限"], || {
            replaced(STRINGS, "查看值班表", &"查".repeat(33_000))
        }),
        row("text-of-no-number.xlsx", Want::Told("progress-missing", "D4", &["监督开展情况"]), || {
            progress(" t=\"s\"", "<v/>")
        }),
        text_number("text-number-negative.xlsx", "-1"),
        text_number("text-number-with-point.xlsx", "1.0"),
        text_number("text-number-with-blanks.xlsx", " 1 "),
        text_number("text-number-word.xlsx", "x"),
        text_number("text-number-past-the-end.xlsx", "99999"),
        text_number("text-number-overflow.xlsx", "18446744073709551617"),
        row("day-as-a-word.xlsx", Want::Records(3), || progress(" t=\"d\"", "<v>2026-03-05</v>")),
        row("day-as-a-word-that-is-none.xlsx", Want::Records(3), || progress(" t=\"d\"", "<v>2026-13-45</v>")),
        row("day.xlsx", Want::Records(3), || dated("46084", false)),
        row("day-of-1904.xlsx", Want::Records(3), || dated("44622", true)),
        no_day("day-60.xlsx", "60"),
        no_day("day-59.xlsx", "59"),
        no_day("day-negative.xlsx", "-1"),
        no_day("day-after-9999.xlsx", "2958466"),
        no_day("day-1e300.xlsx", "1e300"),
        row("day-NaN.xlsx", Want::Told("cell-error", "D4", &["#NUM!", "日期"]), || dated("NaN", false)),
        error("#GETTING_DATA"),
    ];
    let classic = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    let newer =
        ["#SPILL!", "#CALC!", "#FIELD!", "#BUSY!", "#BLOCKED!", "#CONNECT!", "#EXTERNAL!", "#PYTHON!", "#UNKNOWN!"];
    rows.extend(classic.into_iter().chain(newer).map(error));
    rows
}

#[test]
fn values_are_read_as_they_stand_or_told() {
    check(form(), rows());
}
