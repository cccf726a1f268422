//! Small files that would be large: texts, styles, cells, runs and sheets in masses, numbers that ask for memory.

use super::pack::{
    BOOK, BOOK_RELATIONS, SHEET, STRINGS, STYLES, appended, form, pack, parts, poured, repacked, replaced, swap,
    with_cell, with_text,
};
use super::{DAMAGED, Row, Want, check_alone, read, refused, row};

const OVER: &[&str] = &["超过上限"];
const CROWD: &[&str] = &["超过上限", "没能安全读完"];

/// The form with another number of different texts declared.
fn declared(count: &str) -> Vec<u8> {
    with_text(STRINGS, |text| {
        let (before, rest) = text.split_once(" uniqueCount=\"").expect("a number is declared");
        let (_, after) = rest.split_once('"').expect("the number ends");
        format!("{before} uniqueCount=\"{count}\"{after}")
    })
}

/// The form with rows in masses before the end of its cells; `pour` writes them.
fn rows_poured(pour: impl Fn(&mut dyn FnMut(&str))) -> Vec<u8> {
    poured(SHEET, |text, put| {
        let (before, after) = without_note(text);
        put(&before);
        pour(put);
        put("</sheetData>");
        put(after);
    })
}

/// What stands before the end of the cells, and what behind; the 填表说明, under which no record stands, is left out.
fn without_note(text: &str) -> (String, &str) {
    let (before, after) = text.split_once("</sheetData>").expect("cells end");
    (swap(before, "<row r=\"7\"", "</row>", ""), after)
}

/// The form with further shared texts.
fn texts_poured(pour: impl Fn(&mut dyn FnMut(&str))) -> Vec<u8> {
    poured(STRINGS, |text, put| {
        put(text.split_once("</sst>").expect("texts end").0);
        pour(put);
        put("</sst>");
    })
}

/// Words that do not shrink to nothing: the ratio of a package is a limit of its own.
fn words(draw: &mut super::cuts::Draw, length: usize) -> String {
    let piece: String = draw.take(64).into_iter().map(|byte| char::from(b'a' + byte % 26)).collect();
    piece.repeat(length.div_ceil(64))
}

/// Texts in pieces of 4 KB, `megabytes` of them, inside one text or cell.
fn runs(put: &mut dyn FnMut(&str), megabytes: usize) {
    let mut draw = super::cuts::Draw(3);
    for _ in 0..megabytes * 256 {
        put(&format!("<r><t>{}</t></r>", words(&mut draw, 4_096)));
    }
}

/// Records as a busy county would never send them.
fn records(count: usize, length: usize) -> Vec<u8> {
    rows_poured(move |put| {
        let record = |at: usize| {
            let day = at % 28 + 1;
            let problem = format!(
                "2026年3月{day}日检查发现，青石镇大坪村会计唐国强第{at}次未在岗值班，签到册空白{}天。",
                at % 9 + 1
            );
            let problem = problem.repeat((length / problem.chars().count()).max(1));
            let progress = format!("2026年3月{day}日，对第{at}组值班情况进行检查。");
            let handling = format!("2026年3月28日，青石镇纪委副书记周敏对大坪村会计唐国强批评教育{at}。");
            let texts = [at.to_string(), "作风建设方面".into(), "专项检查监督".into(), progress, problem, handling];
            let cell = |(column, text): (char, String)| {
                format!("<c r=\"{column}{}\" t=\"inlineStr\"><is><t>{text}</t></is></c>", at + 100)
            };
            format!("<row r=\"{}\">{}</row>", at + 100, ('A'..).zip(texts).map(cell).collect::<String>())
        };
        (0..count).for_each(|at| put(&record(at)));
    })
}

/// Rows of cells without a place of their own.
fn plain_rows(put: &mut dyn FnMut(&str), rows: usize, cells: usize, cell: impl Fn(usize) -> String) {
    for row in 0..rows {
        let cells: String = (0..cells).map(|column| cell(row * cells + column)).collect();
        put(&format!("<row r=\"{}\">{cells}</row>", 500 + row));
    }
}

fn rows() -> Vec<Row> {
    vec![
        refused("long-format-of-a-hundred-thousand-styles.xlsx", OVER, || {
            let styles: String = "<xf numFmtId=\"200\"/>".repeat(100_000);
            let format = format!(
                "<numFmts count=\"1\"><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts>",
                "0".repeat(40_000)
            );
            with_text(STYLES, |text| {
                let at = text.find("<fonts").expect("fonts");
                let text = format!("{}{format}{}", &text[..at], &text[at..]);
                text.replacen("</cellXfs>", &format!("{styles}</cellXfs>"), 1)
            })
        }),
        refused("relations-in-masses.xlsx", OVER, || {
            let one = |n| format!("<Relationship Id=\"r{n}x\" Type=\"t\" Target=\"x{n}.xml\"/>");
            appended(BOOK_RELATIONS, "Relationships", &(0..30_000).map(one).collect::<String>())
        }),
        refused("names-in-greater-masses.xlsx", OVER, || {
            let one = |n| format!("<definedName name=\"n{n}\">1</definedName>");
            let names: String = (0..30_000).map(one).collect();
            replaced(BOOK, "</sheets>", &format!("</sheets><definedNames>{names}</definedNames>"))
        }),
        refused("texts-declared-4-billion.xlsx", DAMAGED, || declared("4000000000")),
        refused("texts-declared-past-all-numbers.xlsx", DAMAGED, || declared("18446744073709551615")),
        refused("texts-declared-a-word.xlsx", DAMAGED, || declared("多")),
        refused("texts-declared-negative.xlsx", DAMAGED, || declared("-1")),
        refused("blanks.xlsx", OVER, || {
            replaced(SHEET, "</sheetData>", &format!("</sheetData>{}", " ".repeat(6 << 20)))
        }),
        refused("text-of-5-megabytes.xlsx", OVER, || replaced(STRINGS, "检查", &"查".repeat(2 << 20))),
        refused("comment-of-5-megabytes.xlsx", OVER, || {
            replaced(SHEET, "<sheetData>", &format!("<!--{}--><sheetData>", "x".repeat(5 << 20)))
        }),
        refused("attribute-of-5-megabytes.xlsx", OVER, || {
            replaced(SHEET, "<row r=\"4\"", &format!("<row x=\"{}\" r=\"4\"", "x".repeat(5 << 20)))
        }),
        refused("name-of-5-megabytes.xlsx", OVER, || {
            replaced(SHEET, "<sheetData>", &format!("<{}/><sheetData>", "x".repeat(5 << 20)))
        }),
        row("attributes-in-masses.xlsx", Want::Either, || {
            let many: String = (0..60_000).map(|n| format!(" a{n}=\"\"")).collect();
            replaced(SHEET, "<c r=\"A4\"", &format!("<c r=\"A4\"{many}"))
        }),
        row("attributes-of-a-row-in-masses.xlsx", Want::Either, || {
            let many: String = (0..60_000).map(|n| format!(" a{n}=\"\"")).collect();
            replaced(SHEET, "<row r=\"4\"", &format!("<row r=\"4\"{many}"))
        }),
        refused("long-text-shown-everywhere.xlsx", OVER, || {
            let mut parts = parts();
            for (name, bytes) in &mut parts {
                let text = String::from_utf8_lossy(bytes).into_owned();
                let cells: String =
                    (100..3_100).map(|n| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>")).collect();
                *bytes = match name.as_str() {
                    SHEET => text.replacen("</sheetData>", &format!("{cells}</sheetData>"), 1).into_bytes(),
                    STRINGS => text.replacen("<si><t>", &format!("<si><t>{}", "查".repeat(32_000)), 1).into_bytes(),
                    _ => continue,
                };
            }
            pack(&parts)
        }),
        refused("styles-in-masses.xlsx", &["单元格样式超过上限"], || {
            let style = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>";
            appended(STYLES, "cellXfs", &style.repeat(131_000))
        }),
        refused("swollen.xlsx", &["倍"], || {
            let rows = format!("<row x=\"{}\"/>", "r".repeat(1_000)).repeat(18_000);
            replaced(SHEET, "</sheetData>", &format!("{rows}</sheetData>"))
        }),
        read("swollen-picture-that-nobody-opens.xlsx", || {
            repacked(|parts| parts.push(("xl/media/image1.png".to_owned(), vec![0; 24 << 20])))
        }),
        refused("text-in-runs-of-3-megabytes.xlsx", OVER, || {
            let mut put = String::new();
            runs(&mut |words| put.push_str(words), 3);
            with_cell("D4", &format!("<c r=\"D4\" t=\"inlineStr\"><is>{put}</is></c>"))
        }),
        row("names-in-masses.xlsx", Want::Either, || {
            let names: String =
                (0..20_000).map(|n| format!("<definedName name=\"n{n}\">Sheet1!$A$1</definedName>")).collect();
            replaced(super::pack::BOOK, "</sheets>", &format!("</sheets><definedNames>{names}</definedNames>"))
        }),
        refused("cells-filled-in-masses.xlsx", OVER, || {
            rows_poured(|put| plain_rows(put, 2_010, 1_000, |n| format!("<c><v>{}</v></c>", n * 7_919 % 1_000_003)))
        })
        .heavy(),
        row("cells-filled-just-under.xlsx", Want::Records(498), || {
            rows_poured(|put| plain_rows(put, 495, 1_000, |n| format!("<c><v>{}</v></c>", n * 7_919 % 1_000_003)))
        })
        .heavy(),
        read("cells-empty-in-masses.xlsx", || {
            rows_poured(|put| plain_rows(put, 6_000, 2_000, |_| "<c s=\"0\"/>".to_owned()))
        })
        .heavy(),
        row("texts-in-masses.xlsx", Want::Either, || {
            texts_poured(|put| {
                let mut draw = super::cuts::Draw(5);
                (0..1_900_000).for_each(|_| put(&format!("<si><t>{}</t></si>", words(&mut draw, 64))));
            })
        })
        .heavy(),
        row("texts-of-250-megabytes.xlsx", Want::Either, || {
            texts_poured(|put| {
                let mut draw = super::cuts::Draw(5);
                (0..7_700).for_each(|_| put(&format!("<si><t>{}</t></si>", words(&mut draw, 32_704))));
            })
        })
        .heavy(),
        refused("text-in-runs-of-250-megabytes.xlsx", CROWD, || {
            texts_poured(|put| {
                put("<si>");
                runs(put, 250);
                put("</si>");
            })
        })
        .heavy(),
        refused("cell-in-runs-of-250-megabytes.xlsx", CROWD, || {
            rows_poured(|put| {
                put("<row r=\"90\"><c r=\"A90\" t=\"inlineStr\"><is>");
                runs(put, 250);
                put("</is></c></row>");
            })
        })
        .heavy(),
        row("fonts-in-masses.xlsx", Want::Either, || {
            let fonts: String =
                (0..450_000).map(|n| format!("<font><name val=\"{n}{}\"/></font>", "n".repeat(40))).collect();
            with_text(STYLES, |text| text.replacen("</fonts>", &format!("{fonts}</fonts>"), 1))
        })
        .heavy(),
        row("20000-records.xlsx", Want::Records(20_003), || records(20_000, 100)).heavy(),
        row("20000-middling-records.xlsx", Want::Records(20_003), || records(20_000, 350)).heavy(),
        refused("20000-long-records.xlsx", OVER, || records(20_000, 900)).heavy(),
        row("merges-in-masses.xlsx", Want::Records(29_003), || {
            poured(SHEET, |text, put| {
                let (before, after) = without_note(text);
                put(&before);
                (0..29_000).for_each(|at| {
                    let row = 100 + at;
                    put(&format!(
                        "<row r=\"{row}\"><c r=\"B{row}\" t=\"inlineStr\"><is><t>作风建设方面</t></is></c></row>"
                    ));
                });
                put("</sheetData>");
                let merges: String =
                    (0..90_000).map(|at| format!("<mergeCell ref=\"B{}:B{}\"/>", 100 + at, 600 + at)).collect();
                put(&after.replacen("</mergeCells>", &format!("{merges}</mergeCells>"), 1));
            })
        })
        .heavy(),
    ]
}

#[test]
fn small_files_that_would_be_large_stay_within_time_and_memory() {
    check_alone(form(), rows());
}
