//! Blank forms: what is written, for whom, and that the program reads its own forms back.

use std::io::{Cursor, Read};

use crate::common::{Yuedu, files_under, findings};

const PROJECT: &str = r#"
county = "清河县"

[deadline]
"2026-02" = "2026-02-12"

[[unit]]
name = "青石镇纪委"
kind = "township"
aliases = ["青石镇"]

[[unit]]
name = "白沙镇纪委"
kind = "township"
from = "2026-04"

[[unit]]
name = "驻县教育局纪检监察组"
kind = "dispatched"
"#;

const FOCUS: &str = r#"
[[focus]]
number = 1
title = "节后收心归位纪律检查"
content = "作风建设方面"
for = "township"
"#;

fn county() -> Yuedu {
    Yuedu::new().file("yuedu.toml", PROJECT).file("重点/2026-03.toml", FOCUS)
}

/// A part of a workbook, as text.
fn part(book: &[u8], name: &str) -> String {
    let mut package = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut text = String::new();
    package.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// Every text of a workbook, in the order in which the writer met it.
fn texts(book: &[u8]) -> Vec<String> {
    let shared = part(book, "xl/sharedStrings.xml");
    shared
        .split("<t")
        .skip(1)
        .map(|piece| piece.split_once('>').unwrap().1.split("</t>").next().unwrap().to_string())
        .collect()
}

fn names(county: &Yuedu, folder: &str) -> Vec<String> {
    files_under(&county.path(folder)).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn without_a_project_one_blank_form_a_kind_leaves_the_county_open() {
    let folder = Yuedu::new();
    let run = folder.run_with(&["template"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(names(&folder, "下发"), ["空白表 乡镇纪委.xlsx", "空白表 派驻纪检监察组.xlsx"]);
    let texts = texts(&folder.read("下发/空白表 乡镇纪委.xlsx"));
    assert_eq!(texts[0], "　　县纪委监委 　　月份日常监督工作明细表");
    assert!(texts.contains(&"填报单位：".to_string()), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains("每月25日前（含当日）")), "{texts:?}");
}

#[test]
fn every_unit_that_owes_the_month_gets_its_form() {
    let county = county();
    let run = county.run_with(&["template", "--month", "2026年3月"]);
    assert_eq!(run.code, 0, "{run:?}");
    let expected = ["2026-03 青石镇纪委.xlsx", "2026-03 驻县教育局纪检监察组.xlsx"];
    assert_eq!(names(&county, "下发/2026-03"), expected);
    assert!(run.stdout.contains("写出空白表 2 份；白沙镇纪委本月不用报"), "{run:?}");

    let book = county.read("下发/2026-03/2026-03 青石镇纪委.xlsx");
    let all = texts(&book);
    assert_eq!(all[0], "清河县纪委监委 3月份日常监督工作明细表");
    assert_eq!(all[1], "报送时限：2026年3月25日前（含当日）");
    assert_eq!(all[2], "填报单位：青石镇纪委");
    assert!(all.iter().any(|text| text.starts_with("填表说明：1.监督内容和监督方式")), "{all:?}");
    assert!(
        part(&book, "xl/workbook.xml").contains("<sheet name=\"2026年3月\""),
        "the year stands in the sheet's name"
    );

    // February has a day of its own.
    assert_eq!(county.run_with(&["template", "--month", "2026-02"]).code, 0);
    let february = texts(&county.read("下发/2026-02/2026-02 青石镇纪委.xlsx"));
    assert!(february.iter().any(|text| text.contains("2026年2月12日前（含当日）")), "{february:?}");
}

#[test]
fn the_dropdown_has_the_focus_first_then_what_is_due_and_the_contents() {
    let county = county();
    assert_eq!(county.run_with(&["template", "--month", "2026-03"]).code, 0);
    let township = texts(&county.read("下发/2026-03/2026-03 青石镇纪委.xlsx"));
    let at = |texts: &[String], word: &str| texts.iter().position(|text| text.contains(word));
    let order =
        ["【重点1】节后收心归位纪律检查", "【任务", "政治纪律方面", "零报告"].map(|word| at(&township, word).unwrap());
    assert!(order.is_sorted(), "{order:?} in {township:?}");
    assert!(at(&township, "【基础").is_some(), "{township:?}");
    let count = township.iter().filter(|text| text.starts_with('【')).count();
    assert_eq!(count, 1 + 5 + 22, "one focus item, five base tasks, 22 of the list: {township:?}");
    let dispatched = texts(&county.read("下发/2026-03/2026-03 驻县教育局纪检监察组.xlsx"));
    assert_eq!(dispatched.iter().filter(|text| text.starts_with('【')).count(), 24, "{dispatched:?}");
    assert_eq!(at(&dispatched, "【重点1】"), None, "the focus is the townships'");

    let book = county.read("下发/2026-03/2026-03 青石镇纪委.xlsx");
    let workbook = part(&book, "xl/workbook.xml");
    let items = count + 10 + 1;
    assert!(workbook.contains(&format!("下拉选项!$A$1:$A${items}</definedName>")), "{workbook}");
    assert!(workbook.contains("state=\"veryHidden\""), "{workbook}");
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<formula1>监督内容选项</formula1>") && sheet.contains("<formula1>监督方式选项</formula1>"));
}

#[test]
fn the_form_prints_on_a4_landscape_one_page_wide_with_its_header_on_each_page() {
    let folder = Yuedu::new();
    assert_eq!(folder.run_with(&["template", "--month", "2026-03", "--layout", "four"]).code, 0);
    let book = folder.read("下发/2026-03/2026-03 乡镇纪委.xlsx");
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    for word in ["paperSize=\"9\"", "orientation=\"landscape\"", "fitToHeight=\"0\"", "fitToPage=\"1\""] {
        assert!(sheet.contains(word), "{word}");
    }
    assert!(part(&book, "xl/workbook.xml").contains("_xlnm.Print_Titles\" localSheetId=\"0\">'2026年3月'!$4:$4<"));
    assert!(!texts(&book).contains(&"发现问题".to_string()), "four columns end with 监督开展情况");
    // A prepared row is tall, and free to grow with what is written in it.
    let row = sheet.split("<row ").find(|row| row.starts_with("r=\"5\"")).unwrap().split('>').next().unwrap();
    assert!(row.contains("ht=\"") && !row.contains("customHeight"), "{row}");
}

#[test]
fn the_same_settings_give_the_same_bytes() {
    let county = county();
    let once = || {
        assert_eq!(county.run_with(&["template", "--month", "2026-03"]).code, 0, "own forms are made anew");
        files_under(&county.path("下发"))
    };
    assert!(once() == once());
}

#[test]
fn a_mistyped_unit_is_told_with_the_nearest_name() {
    let county = county();
    let run = county.run_with(&["template", "--month", "2026-03", "--unit", "青石真纪委"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("名册里没有“青石真纪委”，是“青石镇纪委”吗？"), "{run:?}");
    let run = county.run_with(&["template", "--month", "2026-03", "--unit", "青石"]);
    assert!(run.stderr.contains("是“青石镇纪委”吗？"), "{run:?}");
    assert!(!county.path("下发").exists());

    let run = county.run_with(&["template", "--month", "2026-03", "--unit", "青石镇"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(names(&county, "下发/2026-03"), ["2026-03 青石镇纪委.xlsx"]);
    let run = county.run_with(&["template", "--month", "2026-03", "--unit", "白沙镇纪委"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("白沙镇纪委本月都不用报"), "{run:?}");
}

#[test]
fn a_file_of_someone_else_is_left_alone_without_force() {
    let county = county().file("给单位/2026-03 驻县教育局纪检监察组.xlsx", "别动");
    let args = ["template", "--month", "2026-03", "--out", "给单位"];
    let run = county.run_with(&args);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("已经存在，一份也没有写") && run.stderr.contains("--force"), "{run:?}");
    assert_eq!(names(&county, "给单位").len(), 1, "nothing was written");
    assert_eq!(county.run_with(&[&args[..], &["--force"]].concat()).code, 0);
    assert_eq!(names(&county, "给单位").len(), 2);
}

#[test]
fn validate_reads_a_blank_form_back_and_misses_only_what_a_unit_fills_in() {
    for layout in ["six", "four"] {
        let county = county();
        assert_eq!(county.run_with(&["template", "--month", "2026-03", "--layout", layout]).code, 0);
        let run = county.run_with(&["validate", "下发/2026-03", "--month", "2026-03", "--format", "json"]);
        assert_eq!(run.code, 1, "{run:?}");
        let forms = run.json();
        assert_eq!(forms.len(), 2);
        for form in &forms {
            let mut rules: Vec<_> = findings(form).into_iter().map(|(rule, _)| rule).collect();
            rules.sort();
            assert_eq!(rules, ["contact-missing", "form-empty", "leader-missing", "reporter-missing"], "{form}");
            let cells: Vec<_> = findings(form).into_iter().map(|(_, cell)| cell).collect();
            let head = if layout == "six" { ["D3", "E3", "F3"] } else { ["C3", "D3", "D3"] };
            assert!(head.iter().all(|cell| cells.iter().any(|found| found == cell)), "{cells:?}");
            assert_eq!(form["month"], "2026-03");
            assert_eq!(form["layout"], layout);
            assert_eq!(form["rows_seen"], form["rows_blank"], "number-only rows are blank");
            assert_eq!(form["cells_seen"], form["cells_read"]);
        }
        assert_eq!(forms[0]["unit"], "青石镇纪委");
        assert_eq!(forms[1]["unit"], "驻县教育局纪检监察组");
        // The year stands in the form itself: without a month asked for it is read all the same.
        let loose = county.read("下发/2026-03/2026-03 青石镇纪委.xlsx");
        county.put("散件/表.xlsx", loose);
        let run = county.run_with(&["validate", "散件", "--format", "json"]);
        assert_eq!(run.json()[0]["month"], "2026-03", "{run:?}");
    }
}

/// The form as a unit sends it back: cells by name, each with its text; the label stays before a head's value.
fn filled(book: &[u8], cells: &[(&str, &str)]) -> Vec<u8> {
    let mut package = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut copy = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == "xl/worksheets/sheet1.xml" {
            let mut xml = String::from_utf8(bytes).unwrap();
            for (cell, text) in cells {
                let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{cell} is not there"));
                let tag = start + xml[start..].find('>').unwrap();
                let end = match xml[..tag].ends_with('/') {
                    true => tag + 1,
                    false => start + xml[start..].find("</c>").unwrap() + 4,
                };
                xml.replace_range(start..end, &format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));
            }
            bytes = xml.into_bytes();
        }
        copy.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut copy, &bytes).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

#[test]
fn a_form_filled_as_its_hints_say_is_accepted() {
    let record = [
        ("B5", "【重点1】节后收心归位纪律检查"),
        ("C5", "专项检查监督、廉政谈话监督"),
        ("D5", "2026年3月5日，青石镇纪委书记周敏到大坪村查阅2月份值班表，未发现问题。"),
    ];
    let six = [
        ("D3", "填报人：周敏"),
        ("E3", "联系方式：13800001234"),
        ("F3", "单位负责人：李强"),
        ("E5", "2026年3月5日，青石镇大坪村会计唐国强未公示2月份账目，涉及报销单据3张。"),
        ("F5", "2026年3月6日，青石镇纪委书记周敏约谈青石镇大坪村会计唐国强，限2026年3月20日前公示到位。"),
        ("B6", "作风建设方面"),
        ("C6", "会议监督"),
        ("D6", "2026年3月9日，青石镇纪委书记周敏列席大坪村两委会。"),
        ("E6", "无"),
        ("F6", "无"),
    ];
    let four = [("C3", "填报人：周敏"), ("D3", "联系方式：13800001234　　　　　单位负责人：李强")];
    for (layout, more, records) in [("six", &six[..], 2), ("four", &four[..], 1)] {
        let county = county();
        assert_eq!(county.run_with(&["template", "--month", "2026-03", "--layout", layout]).code, 0);
        let blank = county.read("下发/2026-03/2026-03 青石镇纪委.xlsx");
        county.put("报送/2026-03/青石镇.xlsx", filled(&blank, &[&record[..], more].concat()));
        let run = county.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
        let form = &run.json()[0];
        assert_eq!(form["status"], "accepted", "{layout}: {form}");
        assert_eq!((&form["reporter"], &form["leader"]), (&"周敏".into(), &"李强".into()), "{form}");
        assert_eq!(form["contact"], "13800001234");
        assert_eq!(form["records"].as_array().unwrap().len(), records);
        assert_eq!(form["rows_seen"], 24);
        assert_eq!(findings(form), [], "{layout}: {form}");
    }
}

#[test]
fn a_nil_return_is_picked_from_the_dropdown() {
    let county = county();
    assert_eq!(county.run_with(&["template", "--month", "2026-03"]).code, 0);
    let blank = county.read("下发/2026-03/2026-03 青石镇纪委.xlsx");
    let cells = [
        ("D3", "填报人：周敏"),
        ("E3", "联系方式：13800001234"),
        ("F3", "单位负责人：李强"),
        ("B5", "零报告"),
        ("D5", "本月全镇集中换届，未安排监督检查，经青石镇纪委书记周敏确认，无监督事项。"),
    ];
    county.put("报送/2026-03/青石镇.xlsx", filled(&blank, &cells));
    let run = county.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
    let form = &run.json()[0];
    assert_eq!((form["status"].as_str(), form["rows_nil"].as_u64()), (Some("accepted"), Some(1)), "{form}");
}
