//! `yuedu checklist`: what is due, for whom, what is done.

use crate::common::Yuedu;
use crate::workbook::{FormBook, GOOD};

const COUNTY: &str = "county = \"清河县\"
[[unit]]
name = \"青石镇纪委\"
kind = \"township\"
aliases = [\"青石镇\"]
[[unit]]
name = \"白沙镇纪委\"
kind = \"township\"
[[unit]]
name = \"驻县财政局纪检监察组\"
kind = \"dispatched\"
";

const LIST: &str = "title = \"乡镇纪委日常监督任务清单\"
kind = \"township\"
[[task]]
number = 1
title = \"到岗到位\"
text = \"村干部按规定到岗到位\"
frequency = \"weekly\"
content = \"作风建设方面\"
[[task]]
number = 2
title = \"村务公开\"
text = \"村务公开开展情况\"
frequency = \"quarterly\"
content = \"脱贫攻坚方面\"
[[task]]
number = 3
title = \"选拔任用\"
text = \"干部选拔任用情况\"
frequency = \"half-yearly\"
content = \"脱贫攻坚方面\"
";

const FOCUS: &str = "[[focus]]
number = 1
title = \"节后收心\"
content = \"作风建设方面\"
for = \"township\"
";

fn form(month: &str, contents: &[&str]) -> Vec<u8> {
    let mut book = FormBook::six("青石镇纪委", month);
    for content in contents {
        book = book.record(GOOD).set(1, *content);
    }
    book.bytes()
}

fn county() -> Yuedu {
    Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file("checklists/township.toml", LIST)
        .file("重点/2026-03.toml", FOCUS)
        .file("报送/2026-01/青石.xlsx", form("2026-01", &["【任务2】村务公开"]))
        .file("报送/2026-03/青石.xlsx", form("2026-03", &["作风建设方面", "村务公开", "【重点1】节后收心"]))
}

#[test]
fn focus_items_come_first_and_each_line_says_what_did_it() {
    let run = county().args(["checklist", "--unit", "青石镇"]).run();
    run.assert_calm();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(run.stdout, @r"
    2026年3月任务清单

    青石镇纪委：6 项，完成 3，同类已开展 1，未开展 2
      任务                       执行时间  情况        出处
      【重点1】节后收心          重点工作  完成        青石.xlsx 第 6 行
      【基础1】进村入户下访      每周      未开展
      【基础2】定期报送报表资料  每月      完成        报来的表
      【基础3】审查调查安全管理  每季      未开展
      【任务1】到岗到位          每周      同类已开展  青石.xlsx 第 4 行
      【任务2】村务公开          每季      完成        青石.xlsx 第 5 行
    ");
}

#[test]
fn a_task_with_a_record_that_is_not_valid_says_where_it_stands() {
    let march = FormBook::six("青石镇纪委", "2026-03").record(GOOD).set(1, "【重点1】节后收心");
    let vague = march.set(5, "近日，对相关人员进行了批评教育。");
    let county = county().file("报送/2026-03/青石.xlsx", vague.bytes());
    let run = county.run_with(&["checklist", "--unit", "青石镇"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let line = run.stdout.lines().find(|line| line.contains("【重点1】")).unwrap();
    let cells: Vec<&str> = line.split_whitespace().collect();
    let expected = ["【重点1】节后收心", "重点工作", "有记录但不合格（第4行）", "青石.xlsx", "Sheet1", "第", "4", "行"];
    assert_eq!(cells, expected);
    assert!(run.stdout.contains("未开展 4（其中有记录但不合格 1）"), "{}", run.stdout);
}

#[test]
fn every_unit_of_the_roster_is_listed() {
    let run = county().args(["checklist", "--month", "2026年3月"]).run();
    assert!(run.stdout.contains("\n白沙镇纪委："), "{}", run.stdout);
    assert!(run.stdout.contains("驻县财政局纪检监察组：本月没有到期的任务"), "{}", run.stdout);
}

#[test]
fn a_task_of_the_quarter_is_done_by_an_earlier_month_of_it() {
    let county = county();
    county.put("报送/2026-03/青石.xlsx", form("2026-03", &["作风建设方面"]));
    let run = county.run_with(&["checklist", "--unit", "青石镇纪委"]);
    assert!(run.stdout.contains("2026年1月 青石.xlsx 第 4 行"), "{}", run.stdout);
}

#[test]
fn without_a_project_each_kind_has_what_is_due() {
    let run = Yuedu::new().args(["checklist", "--month", "2026-03"]).run();
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("乡镇纪委：本月到期 19 项"), "{}", run.stdout);
    assert!(run.stdout.contains("派驻纪检监察组：本月没有到期的任务"), "{}", run.stdout);
}

#[test]
fn a_name_that_is_nearly_right_gets_the_right_one() {
    let run = county().args(["checklist", "--unit", "青石镇纪"]).run();
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("是“青石镇纪委”吗"), "{}", run.stderr);
}
