//! OpenDocument: repetitions without end, cuts, locks, and what only looks like a table.

use super::pack::pack;
use super::{DAMAGED, Row, Want, check, read, refused, row};
use crate::workbook::{GOOD, SIX};

const OVER: &[&str] = &["超过上限"];
const KIND: &str = "application/vnd.oasis.opendocument.spreadsheet";

fn cell(text: &str) -> String {
    format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
}

fn line<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    format!("<table:table-row>{}</table:table-row>", texts.into_iter().map(cell).collect::<String>())
}

/// The rows of a form with one record.
fn lines() -> String {
    let head = "填报单位：青石镇纪委   填报人：周敏   联系方式：13807460001   单位负责人：李远航";
    let head = head.replace("   ", "<text:s text:c=\"3\"/>");
    let first = line(["清河县纪委监委 3月份日常监督工作明细表"]) + &line([head.as_str()]) + &line(SIX);
    first + &line(std::iter::once("1").chain(GOOD))
}

fn content(lines: &str) -> String {
    let names = ["office", "table", "text", "style"].map(|name| format!(" xmlns:{name}=\"urn:{name}\"")).concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{names}><office:body><office:spreadsheet>\
         <table:table table:name=\"一\">{lines}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
}

/// A package with this content and manifest.
fn package(content: &str, manifest: &str) -> Vec<u8> {
    let manifest = format!("<manifest:manifest xmlns:manifest=\"urn:m\">{manifest}</manifest:manifest>");
    pack(&[("mimetype", KIND), ("content.xml", content), ("META-INF/manifest.xml", &manifest)])
}

fn form() -> Vec<u8> {
    package(&content(&lines()), "")
}

/// The form with further rows behind its own.
fn further(rows: &str) -> Vec<u8> {
    package(&content(&(lines() + rows)), "")
}

/// The form with words of its content put otherwise.
fn replaced(from: &str, to: &str) -> Vec<u8> {
    let content = content(&lines());
    assert!(content.contains(from), "the content has no {from}");
    package(&content.replacen(from, to, 1), "")
}

fn cut_before(words: &str) -> Vec<u8> {
    let content = content(&lines());
    package(&content[..content.rfind(words).expect("the words are there")], "")
}

/// A row, and a cell in it, with these attributes.
fn repeated(row: &str, cell: &str) -> String {
    format!(
        "<table:table-row {row}><table:table-cell office:value-type=\"string\" {cell}><text:p>x</text:p></table:table-cell></table:table-row>"
    )
}

/// A record's cell that holds something else than a text, in the place of the first record's number.
fn typed(attributes: &str, shown: &str) -> Vec<u8> {
    replaced(&cell("1"), &format!("<table:table-cell {attributes}><text:p>{shown}</text:p></table:table-cell>"))
}

fn rows() -> Vec<Row> {
    vec![
        read("number.ods", || typed("office:value-type=\"float\" office:value=\"1\"", "1")),
        refused("cut-in-the-table.ods", DAMAGED, || cut_before("</table:table>")),
        refused("cut-in-a-cell.ods", DAMAGED, || cut_before("</text:p>")),
        refused("cut-in-a-note.ods", DAMAGED, || {
            let content = content(&(lines() + "<table:table-row><table:table-cell><office:annotation><text:p>注"));
            package(&content[..content.rfind('注').expect("a note")], "")
        }),
        refused("cut-before-the-end.ods", DAMAGED, || cut_before("</office:document-content>")),
        refused("no-content.ods", DAMAGED, || pack(&[("mimetype", KIND), ("styles.xml", "<x/>")])),
        refused("content-empty.ods", DAMAGED, || package("", "")),
        refused("no-table.ods", DAMAGED, || {
            package(&content("").replace("<table:table table:name=\"一\"></table:table>", ""), "")
        }),
        refused("letter-in-a-spreadsheet.ods", DAMAGED, || {
            package(&content(&lines()).replace("office:spreadsheet", "office:text"), "")
        }),
        row("locked.ods", Want::Refused("file-encrypted", &["密码"]), || {
            package(
                &content(&lines()),
                "<manifest:file-entry manifest:full-path=\"content.xml\"><manifest:encryption-data/></manifest:file-entry>",
            )
        }),
        refused("doctype.ods", &["外部定义"], || {
            replaced("<office:document-content", "<!DOCTYPE x [<!ENTITY a \"b\">]><office:document-content")
        }),
        refused("entity-unknown.ods", DAMAGED, || replaced("检查", "检&bad;查")),
        refused("rows-repeated-with-words.ods", OVER, || {
            further(&repeated("table:number-rows-repeated=\"30000\"", "table:number-columns-repeated=\"1000\""))
        })
        .heavy(),
        refused("cells-repeated-past-the-grid.ods", &["损坏", "超过上限"], || {
            further(&repeated("", "table:number-columns-repeated=\"4294967295\""))
        }),
        refused("rows-repeated-past-the-grid.ods", &["损坏", "超过上限"], || {
            further(&repeated("table:number-rows-repeated=\"4294967295\"", ""))
        }),
        refused("repeated-0-times.ods", DAMAGED, || further(&repeated("", "table:number-columns-repeated=\"0\""))),
        refused("repeated-minus-1-times.ods", DAMAGED, || further(&repeated("table:number-rows-repeated=\"-1\"", ""))),
        refused("repeated-a-word.ods", DAMAGED, || further(&repeated("table:number-rows-repeated=\"多\"", ""))),
        refused("repeated-past-all-numbers.ods", DAMAGED, || {
            further(&repeated("table:number-rows-repeated=\"99999999999\"", ""))
        }),
        read("empty-rows-without-end.ods", || {
            further(&"<table:table-row table:number-rows-repeated=\"4294967295\"><table:table-cell table:number-columns-repeated=\"4294967295\"/></table:table-row>".repeat(9))
        }),
        row("hidden-columns-without-end.ods", Want::Records(1), || {
            further(
                &"<table:table-column table:visibility=\"collapse\" table:number-columns-repeated=\"4294967295\"/>"
                    .repeat(9),
            )
        }),
        refused("blanks-by-the-thousand.ods", &["字数超过上限", "超过上限"], || {
            further(&line([format!("a{}b", "<text:s text:c=\"1000\"/>".repeat(3_000)).as_str()]))
        }),
        refused("blanks-by-the-million.ods", OVER, || {
            further(&line([format!("a{}b", "<text:s text:c=\"1000\"/>".repeat(650_000)).as_str()]))
        })
        .heavy(),
        refused("blanks-by-the-billion.ods", OVER, || {
            further(&line([format!("a{}b", "<text:s text:c=\"4294967295\"/>".repeat(40)).as_str()]))
        }),
        refused("paragraphs-in-masses.ods", OVER, || {
            let paragraph = format!("</text:p><text:p>{}", "q".repeat(4_000));
            further(&line([paragraph.repeat(60_000).as_str()]))
        })
        .heavy(),
        refused("text-long.ods", OVER, || further(&line(["q".repeat(40_000).as_str()]))),
        refused("texts-in-masses.ods", OVER, || {
            let row = line(["q".repeat(30_000).as_str()])
                .replace("<table:table-row", "<table:table-row table:number-rows-repeated=\"3000\"");
            further(&row)
        }),
        refused("sheets-too-many.ods", &["工作表数超过上限"], || {
            let another = "</table:table><table:table table:name=\"二\">".repeat(300);
            further(&another)
        }),
        refused("swollen.ods", &["倍"], || {
            further(&format!("<table:table-row table:style-name=\"{}\"/>", "r".repeat(1_000)).repeat(18_000))
        }),
        read("table-in-a-cell.ods", || {
            replaced(
                "<text:p>1</text:p>",
                "<text:p>1</text:p><table:table table:name=\"内\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>里</text:p></table:table-cell></table:table-row></table:table>",
            )
        }),
        read("note-at-a-cell.ods", || {
            replaced(
                "<text:p>1</text:p>",
                "<office:annotation><text:p>批注</text:p></office:annotation><text:p>1</text:p>",
            )
        }),
        read("marks-inside-a-text.ods", || replaced("检查", "检<text:span>查</text:span>")),
        read("line-breaks-of-the-file.ods", || replaced("检查，", "检查<text:span/>，")),
        row("error.ods", Want::Told("cell-error", "A4", &["#N/A", "#VALUE!"]), || {
            typed("office:value-type=\"string\" xmlns:calcext=\"urn:c\" calcext:value-type=\"error\"", "#N/A")
        }),
        row("formula-without-value.ods", Want::Told("cell-error", "A4", &["公式"]), || {
            replaced(&cell("1"), "<table:table-cell table:formula=\"of:=[.B4]\"/>")
        }),
        row("number-NaN.ods", Want::Told("cell-error", "A4", &["#NUM!"]), || {
            typed("office:value-type=\"float\" office:value=\"NaN\"", "1")
        }),
        row("row-hidden.ods", Want::Read(&["file-hidden-data"]), || {
            let lines = lines();
            let at = lines.rfind("<table:table-row").expect("rows");
            let hidden = format!("{}<table:table-row table:visibility=\"collapse\"{}", &lines[..at], &lines[at + 16..]);
            package(&content(&hidden), "")
        }),
        row("no-mimetype.ods", Want::Either, || {
            pack(&[("content.xml", content(&lines())), ("META-INF/manifest.xml", "<x/>".to_owned())])
        }),
    ]
}

#[test]
fn open_documents_are_read_within_their_bounds_or_refused() {
    check(form(), rows());
}
