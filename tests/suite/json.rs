//! What other programs read: JSON Lines and CSV, key by key.

use serde_json::Value;

use crate::common::{Yuedu, findings};
use crate::workbook::{FormBook, GOOD, truncated};

const PROJECT: &str = r#"
county = "清河县"

[[unit]]
name = "青石镇纪委"
kind = "township"
"#;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn county() -> Yuedu {
    Yuedu::new().file("yuedu.toml", PROJECT)
}

const FORM: [&str; 19] = [
    "file",
    "sheet",
    "unit",
    "unit_kind",
    "reporter",
    "contact",
    "leader",
    "month",
    "layout",
    "status",
    "counts",
    "rows_seen",
    "rows_blank",
    "rows_nil",
    "rows_continued",
    "cells_seen",
    "cells_read",
    "records",
    "findings",
];
const RECORD: [&str; 8] = ["row", "content", "method", "progress", "problem", "handling", "valid", "facts"];
const FINDING: [&str; 8] = ["rule", "level", "cell", "row", "field", "text", "message", "suggestion"];

#[test]
fn every_key_is_there_in_its_place() {
    let form =
        FormBook::six("青石镇纪委", "2026-03").problem("3月5日，青石镇大坪村会计唐国强违规报销招待费3200元。").good();
    let run = county()
        .file("报送/2026-03/a.xlsx", form.bytes())
        .args(["validate", "报送/2026-03/a.xlsx", "--format", "json"])
        .run();
    assert_eq!(run.code, 1, "{run:#?}");
    let form = &run.json()[0];
    assert_eq!(keys(form), FORM);
    for (key, value) in [
        ("file", "报送/2026-03/a.xlsx"),
        ("sheet", "Sheet1"),
        ("unit", "青石镇纪委"),
        ("unit_kind", "township"),
        ("reporter", "周敏"),
        ("contact", "13807460001"),
        ("leader", "李远航"),
        ("month", "2026-03"),
        ("layout", "six"),
        ("status", "returned"),
    ] {
        assert_eq!(form[key], value, "{key}");
    }
    assert_eq!(form["counts"], true);
    let records = form["records"].as_array().unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(keys(&records[0]), RECORD);
    assert_eq!((&records[0]["row"], &records[0]["valid"]), (&Value::from(4), &Value::from(false)));
    assert_eq!((&records[1]["row"], &records[1]["valid"]), (&Value::from(5), &Value::from(true)));
    assert_eq!(records[1]["progress"], GOOD[2]);

    let facts = &records[0]["facts"];
    assert_eq!(keys(facts), ["dates", "persons", "amounts"]);
    let date = facts["dates"].as_array().unwrap().iter().find(|date| date["field"] == "problem").unwrap();
    assert_eq!(keys(date), ["field", "text", "class", "iso"]);
    assert_eq!((&date["text"], &date["class"]), (&Value::from("3月5日"), &Value::from("partial")));
    assert_eq!(date["iso"], Value::Null);
    assert_eq!(facts["dates"][0]["iso"], "2026-03-03");
    let person = facts["persons"].as_array().unwrap().iter().find(|person| person["field"] == "problem").unwrap();
    assert_eq!(keys(person), ["field", "text", "unit", "post", "name", "class"]);
    assert_eq!((&person["name"], &person["class"]), (&Value::from("唐国强"), &Value::from("full")));
    let sum = &facts["amounts"][0];
    assert_eq!(keys(sum), ["field", "text", "yuan", "approximate"]);
    assert_eq!((&sum["text"], &sum["yuan"]), (&Value::from("3200元"), &Value::from(3200.0)));

    let finding = &form["findings"][0];
    assert_eq!(keys(finding), FINDING);
    assert_eq!(finding["rule"], "date-partial");
    assert_eq!(finding["level"], "error");
    assert_eq!((&finding["cell"], &finding["row"]), (&Value::from("E4"), &Value::from(4)));
    assert_eq!((&finding["field"], &finding["text"]), (&Value::from("problem"), &Value::from("3月5日")));
    assert_eq!(finding["suggestion"], "写成“2026年3月5日”");
}

#[test]
fn a_file_without_a_form_gives_one_object_with_what_is_known() {
    let good = FormBook::six("青石镇纪委", "2026-03").good().bytes();
    let run = county()
        .file("报送/2026-03/b 青石镇纪委.xlsx", truncated(&good, 50))
        .file("报送/2026-03/c.pdf", "%PDF-1.4\n%%EOF\n")
        .args(["validate", "--month", "2026-03", "--format", "json"])
        .run();
    run.assert_calm();
    assert_eq!(run.code, 1);
    let forms = run.json();
    assert_eq!(forms.len(), 2);
    for form in &forms {
        assert_eq!(keys(form), FORM);
        assert_eq!(form["sheet"], Value::Null);
        assert_eq!(form["records"], Value::Array(Vec::new()));
        assert_eq!((&form["layout"], &form["counts"]), (&Value::Null, &Value::from(false)));
        assert_eq!(form["status"], "unreadable");
        let finding = &form["findings"][0];
        assert_eq!(keys(finding), FINDING);
        assert_eq!((&finding["cell"], &finding["row"], &finding["field"]), (&Value::Null, &Value::Null, &Value::Null));
    }
    assert_eq!(forms[0]["unit"], "青石镇纪委");
    assert_eq!(findings(&forms[0])[0].0, "file-unreadable");
    assert_eq!(forms[1]["unit"], Value::Null);
    assert_eq!(findings(&forms[1])[0].0, "file-unsupported");
}

#[test]
fn what_the_clerk_accepts_is_told_and_weighs_nothing() {
    let form = FormBook::six("青石镇纪委", "2026-03").problem("3月5日，青石镇大坪村会计唐国强违规报销招待费3200元。");
    let county = county().file("报送/2026-03/a.xlsx", form.bytes());
    county.put(
        "认定.csv",
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n\
         2026-03,青石镇纪委,a.xlsx,,4,date-partial,周敏,年份见附件,2026-03-26\n",
    );
    let run = county.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let form = &run.json()[0];
    assert_eq!((&form["status"], &form["records"][0]["valid"]), (&Value::from("accepted"), &Value::from(true)));
    let finding = &form["findings"][0];
    assert_eq!((&finding["rule"], &finding["level"]), (&Value::from("date-partial"), &Value::from("info")));
    assert!(finding["message"].as_str().unwrap().starts_with("已认定："), "{finding}");
}

#[test]
fn the_csv_is_safe_to_open_in_excel() {
    let form = FormBook::six("青石镇纪委", "2026-03").good().set(2, "=cmd|'/c calc'!A1").set(1, "作风,\"建设\"");
    let run = county()
        .file("报送/2026-03/a.xlsx", form.bytes())
        .args(["validate", "--month", "2026-03", "--format", "csv"])
        .run();
    assert_eq!(run.code, 1);
    let text = run.stdout.strip_prefix('\u{feff}').expect("Excel reads UTF-8 by its BOM");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(head.join(","), "文件,工作表,单位,月份,行,单元格,栏目,规则,级别,原文,问题,改法");
    let lines: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let line = |rule: &str| lines.iter().find(|line| &line[7] == rule).unwrap();
    let method = line("method-unlisted");
    let start: Vec<&str> = method.iter().take(9).collect();
    assert_eq!(
        start,
        ["报送/2026-03/a.xlsx", "Sheet1", "青石镇纪委", "2026-03", "4", "C4", "监督方式", "method-unlisted", "不合格"]
    );
    assert!(method[9].starts_with("'="), "{}", &method[9]);
    assert_eq!(&line("content-unlisted")[9], "作风,\"建设\"");
}

#[test]
fn no_output_holds_a_terminal_escape() {
    let hostile = "专项\u{9b}31m\u{202e}检查\u{85}";
    let form = FormBook::six(&format!("青石镇{hostile}"), "2026-03").good().set(2, hostile);
    let name = "甲\u{202e}乙\u{9b}31m.xlsx";
    let county = Yuedu::new().file(name, form.bytes());
    let steers = |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || c == '\u{202e}';
    for format in ["text", "json", "csv"] {
        let run = county.run_with(&["validate", name, "--format", format]);
        assert!(!run.stdout.contains(steers), "{format}: {:?}", run.stdout);
        assert!(run.stdout.contains("method-unlisted"), "{format}: {:?}", run.stdout);
        run.assert_calm();
    }
    let form = &county.run_with(&["validate", name, "--format", "json"]).json()[0];
    assert_eq!(form["file"], name, "JSON keeps the name, escaped");
}
