//! Forms as people fill them, through `validate --format json`: what is found, what is read, what is sent back.

use serde_json::Value;

use crate::common::{Yuedu, findings, rules};
use crate::workbook::{Cell, FormBook, GOOD, HeadShape, SIX};

pub(crate) const FILE: &str = "报送/2026-03/青石镇.xlsx";

pub(crate) const PROJECT: &str = r#"
county = "清河县"

[[unit]]
name = "青石镇纪委"
kind = "township"
aliases = ["青石镇", "中共青石镇纪律检查委员会"]
supervises = ["大坪村"]

[[unit]]
name = "县纪委监委派驻县教育局纪检监察组"
kind = "dispatched"
aliases = ["县教育局组"]
"#;

/// The forms of one workbook in a project of two units.
pub(crate) fn forms(book: &FormBook) -> Vec<Value> {
    let run = Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file(FILE, book.bytes())
        .run_with(&["validate", "--month", "2026-03", "--format", "json"]);
    run.assert_calm();
    let forms = run.json();
    for form in &forms {
        assert_nothing_is_lost(form);
    }
    forms
}

pub(crate) fn form(book: &FormBook) -> Value {
    let mut forms = forms(book);
    assert_eq!(forms.len(), 1, "{forms:#?}");
    forms.remove(0)
}

pub(crate) fn six() -> FormBook {
    FormBook::six("青石镇纪委", "2026-03")
}

/// Rows seen are records, continuations, nil rows and blank rows; cells seen are cells read.
fn assert_nothing_is_lost(form: &Value) {
    let count = |key: &str| form[key].as_u64().unwrap_or_else(|| panic!("{key} is no number: {form:#}"));
    let records = form["records"].as_array().expect("records is a list").len() as u64;
    let told = records + count("rows_continued") + count("rows_nil") + count("rows_blank");
    assert_eq!(count("rows_seen"), told, "{form:#}");
    assert_eq!(count("cells_seen"), count("cells_read"), "{form:#}");
}

#[test]
fn a_form_in_order_is_accepted_in_every_shape_of_its_head() {
    for head in [HeadShape::Merged, HeadShape::Cells, HeadShape::Apart] {
        for book in [six(), FormBook::four("青石镇纪委", "2026-03")] {
            let form = form(&book.good().with(|form| form.head = head));
            assert_eq!(findings(&form), [], "{head:?}: {form:#}");
            assert_eq!(form["status"], "accepted");
            assert_eq!(form["counts"], true);
            assert_eq!(form["unit"], "青石镇纪委");
            assert_eq!(form["reporter"], "周敏");
            assert_eq!(form["contact"], "13807460001");
            assert_eq!(form["leader"], "李远航");
            assert_eq!(form["month"], "2026-03");
            assert_eq!(form["records"][0]["content"], GOOD[0]);
            assert_eq!(form["records"][0]["progress"], GOOD[2]);
        }
    }
}

#[test]
fn labels_may_hold_blanks_and_half_width_colons() {
    let book = six().good().with(|form| {
        form.unit = "青石镇纪委   填 报 人 : 周敏 联系电话:0746-4210001".to_owned();
        form.reporter.clear();
        form.contact.clear();
    });
    // The merged line now names 填报人 twice, the second time without a value.
    let read = form(&book);
    assert_eq!(read["unit"], "青石镇纪委", "{read:#}");
    let book = six().good().with(|form| {
        form.head = HeadShape::Cells;
        form.unit = "  青 石 镇 纪 委 ".to_owned();
        form.contact = "０７４６－４２１０００１".to_owned();
    });
    let read = form(&book);
    assert_eq!(read["unit"], "青石镇纪委", "{read:#}");
    assert_eq!(findings(&read), [], "{read:#}");
}

#[test]
fn an_alias_is_read_as_the_unit_and_an_unknown_one_is_sent_back() {
    for (written, unit, expected) in [
        ("青石镇", "青石镇纪委", &[][..]),
        ("中共青石镇纪律检查委员会", "青石镇纪委", &[]),
        ("青石鎮纪委", "青石鎮纪委", &["unit-unknown"]),
        ("", "", &["unit-missing"]),
    ] {
        let run = Yuedu::new()
            .file("yuedu.toml", PROJECT)
            .file("报送/2026-03/a.xlsx", FormBook::six(written, "2026-03").good().bytes())
            .run_with(&["validate", "--month", "2026-03", "--format", "json"]);
        let form = &run.json()[0];
        assert_eq!(rules(form), expected, "{written}: {form:#}");
        assert_eq!(form["unit"].as_str().unwrap_or_default(), unit);
        assert_eq!(form["counts"], expected.is_empty(), "{written}");
    }
}

#[test]
fn missing_heads_are_named_one_by_one() {
    for head in [HeadShape::Merged, HeadShape::Cells, HeadShape::Apart] {
        let book = six().good().with(|form| {
            form.head = head;
            form.reporter.clear();
            form.contact.clear();
            form.leader.clear();
        });
        let form = form(&book);
        assert_eq!(rules(&form), ["contact-missing", "leader-missing", "reporter-missing"], "{head:?}: {form:#}");
        assert_eq!(form["reporter"], Value::Null);
        assert_eq!(form["status"], "returned");
        assert_eq!(form["counts"], true, "its valid records count all the same");
        assert_eq!(form["records"][0]["valid"], true);
    }
    let form = form(&six().good().with(|form| form.contact = "见通讯录".to_owned()));
    assert_eq!(rules(&form), ["contact-malformed"]);
}

#[test]
fn the_month_is_read_from_the_title_and_compared_with_the_one_asked_for() {
    let month = |title: &str| form(&six().good().with(|form| form.title = title.to_owned()));
    for title in [
        "清河县纪委监委 3月份日常监督工作明细表",
        "清河县纪委监委2026年3月份日常监督工作明细表",
        "清河县纪委监委  ３  月份日常监督工作明细表",
        "清河县纪委监委三月份日常监督工作明细表",
    ] {
        let form = month(title);
        assert_eq!((findings(&form), form["month"].as_str()), (vec![], Some("2026-03")), "{title}");
    }
    let blank = month("清河县纪委监委   月份日常监督工作明细表");
    assert_eq!((rules(&blank), blank["month"].as_str()), (vec!["month-missing".to_owned()], Some("2026-03")));
    let wrong = month("清河县纪委监委 2月份日常监督工作明细表");
    // Its records are of the month asked for: the title is what is wrong, not their dates.
    assert_eq!(rules(&wrong), ["month-mismatch"]);
    assert_eq!((wrong["counts"].as_bool(), wrong["status"].as_str()), (Some(false), Some("returned")));
}

#[test]
fn header_lines_may_be_two_and_columns_in_any_order() {
    let two = six().good().with(|form| {
        form.above = ["序号", "监督内容", "监督方式", "监督工作情况", "监督工作情况", "监督工作情况"]
            .map(str::to_owned)
            .to_vec();
        for column in &mut form.columns[..3] {
            column.clear();
        }
    });
    let read = form(&two);
    assert_eq!(findings(&read), [], "{read:#}");
    assert_eq!((read["layout"].as_str(), read["records"][0]["problem"].as_str()), (Some("six"), Some(GOOD[3])));

    let order = ["序号", "监督方式", "监督内容", "发现问题", "监督开展情况", "处理情况"];
    let turned = six()
        .with(|form| form.columns = order.map(str::to_owned).to_vec())
        .record([GOOD[1], GOOD[0], GOOD[3], GOOD[2], GOOD[4]]);
    let read = form(&turned);
    assert_eq!(findings(&read), [], "{read:#}");
    assert_eq!(read["records"][0]["method"], GOOD[1]);
    assert_eq!(read["records"][0]["problem"], GOOD[3]);
}

#[test]
fn further_columns_do_no_harm() {
    let book = six().column("备注").column("佐证材料").good().set(6, "照片3张").set(7, Cell::Date(2026, 3, 3));
    let read = form(&book);
    assert_eq!(findings(&read), [], "{read:#}");
}

#[test]
fn rows_with_only_a_number_are_blank_and_totals_are_no_records() {
    let book = six()
        .good()
        .raw([Cell::Number(2.0)])
        .raw([Cell::Number(3.0)])
        .raw(["合计", "", "", "本月共开展监督1次"])
        .raw(["单位负责人（签字）：          审核人：周敏"]);
    let read = form(&book);
    assert_eq!(findings(&read), [], "{read:#}");
    assert_eq!(read["records"].as_array().map(Vec::len), Some(1));
    assert_eq!(read["rows_blank"], 2);
    let read = form(&six().raw([Cell::Number(1.0)]).raw([Cell::Number(2.0)]));
    assert_eq!(rules(&read), ["form-empty"], "{read:#}");
}

#[test]
fn a_merged_content_serves_every_row_it_covers() {
    let book =
        six().good().good().set(1, "").set(3, "2026年3月9日，对石塘村值班值守情况进行检查。").merge((0, 1), (1, 1));
    let book = book.set(4, "无").set(5, "无");
    let read = form(&book);
    assert_eq!(findings(&read), [], "{read:#}");
    let contents: Vec<_> = read["records"].as_array().expect("a list").iter().map(|r| r["content"].clone()).collect();
    assert_eq!(contents, [GOOD[0], GOOD[0]]);
}

#[test]
fn rows_under_a_merged_number_are_one_record() {
    let book = six()
        .good()
        .raw(["", "", "", "2026年3月4日，再次到大坪村查看值班情况。", "", ""])
        .merge((0, 1), (0, 0))
        .merge((0, 1), (1, 1))
        .merge((0, 1), (2, 2));
    let read = form(&book);
    assert_eq!(read["records"].as_array().map(Vec::len), Some(1), "{read:#}");
    assert_eq!(read["rows_continued"], 1);
    assert_eq!(read["records"][0]["progress"], format!("{}\n2026年3月4日，再次到大坪村查看值班情况。", GOOD[2]));
}

#[test]
fn a_date_cell_reads_like_a_written_date() {
    let book = six().good().set(3, Cell::Date(2026, 3, 3));
    let read = form(&book);
    assert_eq!(read["records"][0]["progress"], "2026年3月3日");
    assert!(!rules(&read).iter().any(|rule| rule.starts_with("date-")), "{read:#}");
}

#[test]
fn the_later_of_two_files_replaces_the_earlier() {
    let yuedu = Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("报送/2026-03/1 修改后.xlsx", six().good().bytes())
        .file("报送/2026-03/2 第一次.xlsx", six().good().good().bytes());
    let counts = |yuedu: &Yuedu| -> Vec<(bool, Vec<String>)> {
        let run = yuedu.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
        run.json().iter().map(|form| (form["counts"] == true, rules(form))).collect()
    };
    // Without a register the later path stands; both hold a row twice or once.
    let by_path = counts(&yuedu);
    assert_eq!(by_path[0], (false, vec!["form-duplicate".to_owned()]));
    assert!(by_path[1].0);
    yuedu.put(
        "收件登记.csv",
        "收到日期,单位,月份,文件,摘要,结论\n\
         2026-03-20,青石镇纪委,2026-03,报送/2026-03/2 第一次.xlsx,,退回\n\
         2026-03-24,青石镇纪委,2026-03,报送/2026-03/1 修改后.xlsx,,合格\n",
    );
    let by_receipt = counts(&yuedu);
    assert_eq!((by_receipt[0].0, by_receipt[1].0), (true, false));
    assert!(by_receipt[1].1.contains(&"form-duplicate".to_owned()), "{by_receipt:?}");
}

#[test]
fn several_forms_in_one_workbook_are_parts_of_one_report() {
    let mut second =
        six().good().set(3, "2026年3月9日，对石塘村、花桥村村务公开情况进行检查。").set(4, "无").set(5, "无");
    second.sheet = "续表".to_owned();
    let forms = forms(&six().good().and(second));
    assert_eq!(forms.len(), 2);
    for form in &forms {
        assert_eq!((form["counts"].as_bool(), findings(form)), (Some(true), vec![]), "{form:#}");
    }
}

#[test]
fn hidden_parts_are_read_and_reported() {
    let row = form(
        &six().good().good().set(4, "无").set(5, "无").set(3, "2026年3月4日对石塘村村务公开进行检查。").hide_record(1),
    );
    assert_eq!((rules(&row), row["records"].as_array().map(Vec::len)), (vec!["file-hidden-data".to_owned()], Some(2)));
    let column = form(&six().good().hide_column(5));
    assert_eq!(rules(&column), ["file-hidden-data"]);
    let mut hidden =
        six().good().set(3, "2026年3月4日对石塘村村务公开进行检查。").set(4, "无").set(5, "无").hide_sheet();
    hidden.sheet = "藏".to_owned();
    let forms = forms(&six().good().and(hidden));
    assert_eq!(forms.iter().map(rules).collect::<Vec<_>>(), [vec![], vec!["file-hidden-data".to_owned()]]);
}

#[test]
fn a_header_line_repeated_on_a_printed_page_is_no_record() {
    let mut book = six().good().raw(SIX);
    book.rows.push(book.rows[0].clone());
    let read = form(
        &book.set(0, Cell::Number(2.0)).set(3, "2026年3月4日对石塘村村务公开进行检查。").set(4, "无").set(5, "无"),
    );
    assert_eq!(findings(&read), [], "{read:#}");
    assert_eq!(read["records"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_column_nearly_named_is_read_and_said() {
    let read = form(&six().good().with(|form| form.columns[4] = "发现的问题情况".to_owned()));
    assert!(
        read["records"][0]["problem"] == GOOD[3] || rules(&read).contains(&"column-unknown".to_owned()),
        "{read:#}"
    );
    let read = form(&six().good().with(|form| form.columns[5] = "处理情况况".to_owned()));
    assert_eq!(rules(&read), ["column-unknown"], "{read:#}");
    assert_eq!(read["records"][0]["handling"], GOOD[4]);
}

#[test]
fn the_month_may_stand_in_the_name_of_the_sheet() {
    let read = form(&six().good().with(|form| {
        form.title = "清河县纪委监委    月份日常监督工作明细表".to_owned();
        form.sheet = "3月".to_owned();
    }));
    assert_eq!((findings(&read), read["month"].as_str()), (vec![], Some("2026-03")), "{read:#}");
}

#[test]
fn a_form_on_the_second_sheet_is_found() {
    let mut notes = six().with(|form| form.columns = vec!["说明".to_owned(), String::new()]);
    notes.sheet = "填写要求".to_owned();
    let read = form(&notes.and(six().good()));
    assert_eq!((read["sheet"].as_str(), findings(&read)), (Some("Sheet1"), vec![]), "{read:#}");
}
