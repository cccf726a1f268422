//! Whose a sheet is, which of two stands, what the clerk accepts: the judgement of what came in.

use serde_json::Value;

use crate::common::{Yuedu, rules};
use crate::workbook::FormBook;

const PROJECT: &str = r#"
county = "清河县"

[[unit]]
name = "青石镇纪委"
kind = "township"
aliases = ["青石镇"]

[[unit]]
name = "白沙镇纪委"
kind = "township"
"#;

const FOLDER: &str = "报送/2026-03";

fn county() -> Yuedu {
    Yuedu::new().file("yuedu.toml", PROJECT)
}

fn sheet(unit: &str) -> FormBook {
    FormBook::six(unit, "2026-03").good()
}

/// The forms of a run of `validate`, by the bare name of their file.
fn forms(yuedu: &Yuedu) -> Vec<(String, Value)> {
    let run = yuedu.run_with(&["validate", "--format", "json"]);
    run.assert_calm();
    let bare = |form: &Value| form["file"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    run.json().into_iter().map(|form| (bare(&form), form)).collect()
}

fn counting(yuedu: &Yuedu) -> Vec<String> {
    forms(yuedu).into_iter().filter(|(_, form)| form["counts"] == true).map(|(name, _)| name).collect()
}

fn receipts(lines: &[(&str, &str, &str)]) -> String {
    let line = |(day, unit, file): &(&str, &str, &str)| format!("{day},{unit},2026-03,{file},,\n");
    format!("收到日期,单位,月份,文件,摘要,结论\n{}", lines.iter().map(line).collect::<String>())
}

#[test]
fn without_a_register_the_later_path_stands() {
    let county = county()
        .file(&format!("{FOLDER}/a.xlsx"), sheet("青石镇纪委").bytes())
        .file(&format!("{FOLDER}/b.xlsx"), sheet("青石镇").bytes());
    assert_eq!(counting(&county), ["b.xlsx"]);
    let replaced = &forms(&county)[0].1;
    assert!(rules(replaced).contains(&"form-duplicate".to_owned()), "{replaced}");
}

#[test]
fn the_later_receipt_stands_whatever_its_name() {
    let county = county()
        .file(&format!("{FOLDER}/a.xlsx"), sheet("青石镇纪委").bytes())
        .file(&format!("{FOLDER}/b.xlsx"), sheet("青石镇纪委").bytes())
        .file("收件登记.csv", receipts(&[("2026-03-25", "青石镇纪委", "a.xlsx"), ("2026/3/20", "青石镇", "b.xlsx")]));
    assert_eq!(counting(&county), ["a.xlsx"]);
}

#[test]
fn two_forms_in_one_file_are_parts_of_one_report() {
    let two = sheet("青石镇纪委").and(sheet("青石镇纪委").with(|form| form.sheet = "第二张".to_owned()));
    let county = county().file(&format!("{FOLDER}/a.xlsx"), two.bytes());
    assert_eq!(counting(&county), ["a.xlsx", "a.xlsx"]);
}

#[test]
fn the_same_row_on_two_sheets_of_one_report_is_said() {
    let of = |unit: &str| sheet("青石镇纪委").and(sheet(unit).with(|form| form.sheet = "第二张".to_owned()));
    let one = county().file(&format!("{FOLDER}/a.xlsx"), of("青石镇").bytes());
    let twice = &forms(&one)[1].1;
    assert_eq!(rules(twice), ["record-duplicate"]);
    let message = twice["findings"][0]["message"].as_str().unwrap();
    assert!(message.starts_with("与工作表“Sheet1”第 "), "{message}");
    let two = county().file(&format!("{FOLDER}/a.xlsx"), of("白沙镇纪委").bytes());
    // Of two units it is no row twice, but a likeness that somebody should look into.
    assert_eq!(rules(&forms(&two)[1].1), ["copied-text"]);
}

#[test]
fn a_sheet_without_its_unit_does_not_count_and_pushes_nothing_out() {
    let county = county()
        .file(&format!("{FOLDER}/a.xlsx"), sheet("青石镇纪委").bytes())
        .file(&format!("{FOLDER}/青石镇补报.xlsx"), sheet("").bytes());
    assert_eq!(counting(&county), ["a.xlsx"]);
    let (_, unnamed) = forms(&county).pop().unwrap();
    assert_eq!(unnamed["unit"], "青石镇纪委");
    assert!(rules(&unnamed).contains(&"unit-missing".to_owned()), "{unnamed}");
}

#[test]
fn another_months_sheet_does_not_count() {
    let county = county().file(&format!("{FOLDER}/a.xlsx"), FormBook::six("青石镇纪委", "2026-02").good().bytes());
    assert!(counting(&county).is_empty());
    assert_eq!(forms(&county)[0].1["month"], "2026-02");
}

#[test]
fn what_the_clerk_accepts_makes_the_record_valid() {
    let vague = sheet("青石镇纪委").set(2, "拉家常监督");
    let row = vague.row_of(0);
    let county = county().file(&format!("{FOLDER}/a.xlsx"), vague.bytes());
    assert_eq!(forms(&county)[0].1["records"][0]["valid"], false);
    let waiver = format!(
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n2026-03,青石镇纪委,a.xlsx,,{row},method-unlisted,孙敏,县里试点的方式,2026-03-28\n"
    );
    county.put("认定.csv", waiver);
    let form = &forms(&county)[0].1;
    assert_eq!(form["records"][0]["valid"], true, "{form}");
    assert_eq!(form["status"], "accepted", "{form}");
}

const WAIVERS: &str = "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n";

#[test]
fn a_sheet_whose_month_is_accepted_is_one_of_that_month_in_everything() {
    let stray = FormBook::six("青石镇纪委", "2026-02").good();
    let county = county()
        .file(&format!("{FOLDER}/a.xlsx"), stray.bytes())
        .file(&format!("{FOLDER}/b.xlsx"), sheet("青石镇纪委").bytes())
        .file("认定.csv", format!("{WAIVERS}2026-03,青石镇纪委,a.xlsx,,1,month-mismatch,孙敏,标题笔误,2026-03-28\n"));
    assert_eq!(counting(&county), ["b.xlsx"]);
    let accepted = &forms(&county)[0].1;
    assert_eq!((&accepted["month"], &accepted["status"]), (&Value::from("2026-03"), &Value::from("accepted")));
    assert_eq!(rules(accepted), ["form-duplicate", "month-mismatch"]);
    // It stands where it is the later one.
    county.put("收件登记.csv", receipts(&[("2026-03-25", "青石镇", "a.xlsx"), ("2026-03-20", "青石镇", "b.xlsx")]));
    assert_eq!(counting(&county), ["a.xlsx"]);
}

#[test]
fn a_sheet_whose_unit_is_accepted_is_laid_at_the_unit_of_that_line() {
    for (written, rule) in [("清石镇纪律检查委员会", "unit-unknown"), ("", "unit-missing")] {
        let county = county().file(&format!("{FOLDER}/a.xlsx"), sheet(written).bytes());
        assert!(counting(&county).is_empty(), "{written}");
        let row = forms(&county)[0].1["findings"][0]["row"].clone();
        county.put("认定.csv", format!("{WAIVERS}2026-03,青石镇纪委,a.xlsx,,{row},{rule},孙敏,单位已核,2026-03-28\n"));
        let form = &forms(&county)[0].1;
        assert_eq!(counting(&county), ["a.xlsx"], "{form}");
        assert_eq!((&form["unit_kind"], &form["status"]), (&Value::from("township"), &Value::from("accepted")));
    }
}

#[test]
fn an_acceptance_of_another_month_or_unit_leaves_a_file_of_the_same_name_alone() {
    for line in ["2026-02,青石镇纪委", "2026-03,白沙镇纪委"] {
        let county = county()
            .file(&format!("{FOLDER}/青石镇.xlsx"), b"PK\x03\x04 cut short")
            .file("认定.csv", format!("{WAIVERS}{line},青石镇.xlsx,,,file-unreadable,孙敏,纸质已收,2026-03-28\n"));
        assert_eq!(forms(&county)[0].1["findings"][0]["level"], "error", "{line}");
    }
}

#[test]
fn a_stroke_under_the_unit_is_no_unit() {
    let alone = Yuedu::new().file(&format!("{FOLDER}/a.xlsx"), sheet("无").bytes());
    let form = &forms(&alone)[0].1;
    assert_eq!((&form["unit"], &rules(form)[..]), (&Value::Null, &["unit-missing".to_owned()][..]));
    // What stands nowhere in the head may be seen by the file's name.
    let county = county().file(&format!("{FOLDER}/青石镇.xlsx"), sheet("/").bytes());
    let form = &forms(&county)[0].1;
    assert_eq!(form["unit"], "青石镇纪委");
    assert!(form["findings"][0]["suggestion"].as_str().unwrap().contains("看文件像是“青石镇纪委”"), "{form}");
}

#[test]
fn an_acceptance_that_meets_nothing_is_named() {
    let county = county().file(&format!("{FOLDER}/a.xlsx"), sheet("青石镇纪委").bytes()).file(
        "认定.csv",
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n2026-03,青石镇纪委,a.xlsx,,99,event-vague,孙敏,情节已核,2026-03-28\n",
    );
    let run = county.run_with(&["validate"]);
    assert!(run.stderr.contains("认定.csv 第 2 行没有用上"), "{run:?}");
}

#[test]
fn a_form_that_does_not_say_its_month_takes_the_folders() {
    let blank = sheet("青石镇纪委").with(|form| form.title = "清河县纪委监委   月份日常监督工作明细表".to_owned());
    let county = county().file(&format!("{FOLDER}/a.xlsx"), blank.bytes());
    let form = &forms(&county)[0].1;
    assert_eq!(form["month"], "2026-03");
    assert_eq!(rules(form), ["month-missing"]);
    assert_eq!(form["counts"], true);
}

#[test]
fn an_unreadable_file_is_laid_at_the_unit_of_its_name() {
    let county = county()
        .file(&format!("{FOLDER}/白沙镇纪委3月.xlsx"), b"PK\x03\x04 cut short")
        .file(&format!("{FOLDER}/a.xlsx"), sheet("青石镇纪委").bytes());
    let (_, broken) = forms(&county).pop().unwrap();
    assert_eq!(broken["unit"], "白沙镇纪委");
    assert_eq!(broken["status"], "unreadable");
    assert_eq!(broken["records"].as_array().unwrap().len(), 0);
}

#[test]
fn a_sheet_left_beside_the_month_folders_is_spoken_of() {
    let county = county().file("报送/a.xlsx", sheet("青石镇纪委").bytes());
    std::fs::create_dir_all(county.path(FOLDER)).unwrap();
    let run = county.run_with(&["validate", "--month", "2026-03"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("“报送/2026-03”里没有文件"), "{run:?}");
    assert!(run.stderr.contains("报送/ 下有 1 个文件没有放进月份文件夹"), "{run:?}");
}

#[test]
fn a_slip_in_the_month_is_one_fault_and_not_another_for_each_focus_item() {
    let cells = ["【重点1】节后收心归位纪律检查", "专项检查监督", "2026年3月5日，到大坪村检查。", "无", "无"];
    let sheet = |month: &str| FormBook::six("青石镇纪委", month).record(cells.into_iter().map(str::to_owned)).bytes();
    let focus = "[[focus]]\nnumber = 1\ntitle = \"节后收心归位纪律检查\"\ncontent = \"作风建设方面\"\nfor = \"all\"\n";
    let rules_of = |stated: &str, focus_of: &str| {
        let yuedu = Yuedu::new()
            .file("yuedu.toml", "county = \"清河县\"\n")
            .file(&format!("重点/{focus_of}.toml"), focus)
            .file("报送/2026-03/a.xlsx", sheet(stated));
        rules(&yuedu.run_with(&["validate", "--month", "2026-03", "--format", "json"]).json()[0])
    };
    assert_eq!(rules_of("2026-02", "2026-03"), ["month-mismatch"]);
    assert_eq!(rules_of("2026-02", "2026-02"), ["month-mismatch"]);
    assert_eq!(rules_of("2026-03", "2026-02"), ["content-unlisted"]);
}
