//! What the program has to say of a month beside its figures: lines of the registers that did nothing, or not what
//! they seem to, and files that are nobody's.

use crate::common::Yuedu;
use crate::package;
use crate::workbook::FormBook;

const COUNTY: &str = "county = \"清河县\"
[[unit]]
name = \"青石镇纪委\"
kind = \"township\"
[[unit]]
name = \"白沙镇纪委\"
kind = \"township\"
";

const ACCEPTANCES: &str = "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n";
const RECEIPTS: &str = "收到日期,单位,月份,文件,摘要,结论\n";

fn form(unit: &str) -> FormBook {
    FormBook::six(unit, "2026-03").good()
}

/// A sheet with one error, in row 4.
fn faulty(unit: &str) -> FormBook {
    FormBook::six(unit, "2026-03").handling("2026年3月6日，镇纪委对相关人员批评教育。")
}

#[test]
fn a_receipt_of_another_units_sheet_or_of_no_file_is_looked_at_again() {
    let county = Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file("报送/2026-03/甲/a.xlsx", form("青石镇纪委").bytes())
        .file("报送/2026-03/b.xlsx", form("白沙镇纪委").bytes())
        .file("报送/2026-03/甲/c.docx", "x")
        .file("报送/2026-03/乙/c.docx", "x")
        .file(
            "收件登记.csv",
            format!(
                "{RECEIPTS}2026-03-20,青石镇纪委,2026-03,b.xlsx,,退回\n\
                 2026-03-21,青石镇纪委,2026-03,取走了.xlsx,,退回\n\
                 2026-03-22,青石镇纪委,2026-03,c.docx,,\n\
                 2026-03-23,青石镇纪委,2026-03,a.xlsx,,合格\n\
                 2026-03-23,白沙镇纪委,2026-03,b.xlsx,,合格\n\
                 2026-02-23,白沙镇纪委,2026-02,早的.xlsx,,合格\n"
            ),
        );
    let notes = |args: &[&str]| -> Vec<String> {
        let run = county.run_with(args);
        assert_eq!(run.code, 0, "{run:?}");
        run.stderr.lines().filter(|line| line.contains("收件登记")).map(str::to_owned).collect()
    };
    let other = "收件登记.csv 第 2 行：登记为青石镇纪委，但“b.xlsx”里填报单位写的是白沙镇纪委，请核对单位和文件";
    assert_eq!(
        notes(&["summarize", "--month", "2026-03"]),
        [
            other,
            "收件登记.csv 第 3 行：报送/ 的本月文件里没有“取走了.xlsx”；退回后取走了的不要紧，否则请核对文件名",
            "收件登记.csv 第 4 行：本月有几个文件都叫“c.docx”，不知是哪一个，请写出它的路径",
        ]
    );
    let book = package::read(&county.read("汇总/2026-03 月度汇总.xlsx"));
    let basis = &book.iter().find(|(title, _)| title == "口径说明").unwrap().1;
    assert!(basis.values().any(|cell| cell.value.contains("第 3 行：报送/ 的本月文件里没有")));
    // Of some files alone, only what they say themselves.
    assert_eq!(notes(&["summarize", "报送/2026-03/b.xlsx", "--month", "2026-03", "--force"]), [other]);
}

#[test]
fn an_acceptance_without_effect_is_told_and_marked() {
    let county = Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file("报送/2026-03/一.xlsx", faulty("青石镇纪委").bytes())
        .file("报送/2026-03/二.xlsx", faulty("青石镇纪委").bytes())
        .file("报送/2026-03/白沙.xlsx", faulty("白沙镇纪委").bytes())
        .file(
            "认定.csv",
            format!(
                "{ACCEPTANCES}2026-03,青石镇纪委,一.xlsx,,4,person-no-name,周敏,名单另附,2026-03-26\n\
                 2026-03,白沙镇纪委,白沙.xlsx,,9,person-no-name,周敏,看错了行,2026-03-26\n\
                 2026-03,白沙镇纪委,白沙.xlsx,,4,person-no-name,周敏,确有其人,2026-03-26\n\
                 2026-03,白沙镇纪委,,,1,focus-not-done,周敏,没有这项,2026-03-26\n"
            ),
        );
    let replaced = "认定.csv 第 2 行认定的是已被代替的“报送/2026-03/一.xlsx”，新表如仍需认定请另写一行";
    let idle = "认定.csv 第 3 行没有用上：没有姓名（person-no-name）这一处在第 4 行，这里写的是第 9 行，请核对行";
    let undone = "认定.csv 第 5 行没有用上：没有对得上的未开展任务或重点工作";
    let run = county.run_with(&["summarize", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains("认定")).collect();
    assert_eq!(told, [replaced, idle, undone]);
    let book = package::read(&county.read("汇总/2026-03 月度汇总.xlsx"));
    let basis = &book.iter().find(|(title, _)| title == "口径说明").unwrap().1;
    let marked = |reason: &str| basis.values().find(|cell| cell.value.ends_with(reason)).unwrap().value.clone();
    for (reason, mark) in
        [("名单另附", "（没有用上）"), ("看错了行", "（没有用上）"), ("确有其人", ""), ("没有这项", "（没有用上）")]
    {
        assert_eq!(marked(reason), format!("{mark}周敏：{reason}"));
    }
    let run = county.run_with(&["validate"]);
    assert_eq!(run.stderr.lines().collect::<Vec<_>>(), [replaced, idle]);
    // Only lines of the files that were read can be idle.
    let one = |args: &[&str]| county.run_with(args).stderr;
    assert_eq!(one(&["validate", "报送/2026-03/二.xlsx"]), "");
    assert_eq!(one(&["validate", "--month", "2026-03", "报送/2026-03/二.xlsx"]), "");
    assert_eq!(one(&["validate", "报送/2026-03/白沙.xlsx"]).trim_end(), idle);
}

#[test]
fn an_acceptance_without_effect_says_what_does_not_fit() {
    let line = |unit: &str, file: &str, sheet: &str, row: &str, rule: &str| {
        format!("2026-03,{unit},{file},{sheet},{row},{rule},周敏,核实过,2026-03-26\n")
    };
    let lines = [
        line("青石镇纪委", "没有.xlsx", "", "4", "person-no-name"),
        line("白沙镇纪委", "青石.xlsx", "", "4", "person-no-name"),
        line("青石镇纪委", "青石.xlsx", "表二", "4", "person-no-name"),
        line("青石镇纪委", "青石.xlsx", "", "", "person-no-name"),
        line("青石镇纪委", "青石.xlsx", "", "4", "date-vague"),
        line("青石镇纪委", "青石.xlsx", "", "5", "date-vague"),
        line("青石镇纪委", "青石.xlsx", "", "99", "date-vague"),
        line("青石镇纪委", "青石.xlsx", "", "", "date-vague"),
    ];
    let county = Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file("报送/2026-03/青石.xlsx", faulty("青石镇纪委").good().bytes())
        .file("认定.csv", format!("{ACCEPTANCES}{}", lines.concat()));
    let run = county.run_with(&["validate"]);
    let told: Vec<&str> =
        run.stderr.lines().filter_map(|line| line.split_once("没有用上：")).map(|pair| pair.1).collect();
    assert_eq!(
        told,
        [
            "没有“没有.xlsx”这个文件，请核对文件名",
            "“青石.xlsx”是青石镇纪委的表，请核对单位和文件",
            "文件里没有工作表“表二”，有明细表的是“Sheet1”",
            "没有姓名（person-no-name）这一处在第 4 行，这里行空着，请核对行",
            "这份表没有时间笼统（date-vague）这一处，第 4 行有的是 person-no-name，请核对规则",
            "这份表没有时间笼统（date-vague）这一处，第 5 行也没有别的，请核对文件、行和规则",
            "表里没有第 99 行（填到第 5 行），也没有时间笼统（date-vague）这一处，请核对文件、行和规则",
            "这份表没有时间笼统（date-vague）这一处，请核对文件和规则",
        ]
    );
}

#[test]
fn a_nil_return_is_told_how_by_its_own_units_name() {
    let county = Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file("报送/2026-03/a.xlsx", FormBook::six("白沙镇纪委", "2026-03").record(["零报告", "", "没有开展"]).bytes());
    let run = county.run_with(&["validate"]);
    assert!(run.stdout.contains("如“因全镇防汛抢险，本月未单独开展。白沙镇纪委书记李文”"), "{}", run.stdout);
}

#[test]
fn what_the_register_passed_and_the_check_does_not_is_said_with_both() {
    let county = Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file("报送/2026-03/青石.xlsx", faulty("青石镇纪委").bytes())
        .file("报送/2026-03/生人.xlsx", form("青龙镇").bytes())
        .file("收件登记.csv", format!("{RECEIPTS}2026-03-20,青石镇纪委,2026-03,青石.xlsx,,合格\n"));
    let run = county.run_with(&["status"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("登记合格，检查有 1 处不合格"), "{}", run.stdout);
    let stranger = "不知是哪个单位的（填报单位“青龙镇”不在名册）：报送/2026-03/生人.xlsx";
    assert!(run.stdout.contains(stranger), "{}", run.stdout);
    let run = county.run_with(&["summarize", "--month", "2026-03"]);
    let lost = "没有计入：报送/2026-03/生人.xlsx：填报单位“青龙镇”不在名册";
    assert!(run.stderr.lines().any(|line| line == lost), "{}", run.stderr);
}
