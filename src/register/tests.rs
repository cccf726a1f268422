//! What the lines of a register mean. What is said of bad ones stands in `tests/suite/register.rs`.

use std::fs;

use tempfile::TempDir;

use super::*;

const ROSTER: &str = "[[unit]]\nname = \"青石镇纪委\"\nkind = \"township\"\naliases = [\"青石镇\"]\n\
                      [[unit]]\nname = \"驻县教育局纪检监察组\"\nkind = \"dispatched\"\n";

fn registers(file: &str, text: &str) -> Registers {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("yuedu.toml"), ROSTER).unwrap();
    fs::write(folder.path().join(file), text).unwrap();
    let project = Project::load(folder.path()).unwrap();
    Registers::load(&project).unwrap_or_else(|error| panic!("{error}"))
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

#[test]
fn a_receipt_names_day_unit_month_file_and_conclusion() {
    let text = "结论,文件,月份,单位,收到日期,备注\n\
                退回,报送\\2026-03\\a.xlsx,Mar-26,青 石 镇,2026年3月24日,\n\
                ,D:\\月度\\报送\\2026-03\\b.xlsx,2026/3/1,驻县教育局纪检监察组,2026/3/25 0:00,\n\
                合格,./报送/2026-03/c.xlsx,202603,青石镇纪委,2026-03-26,\n";
    let found = registers("收件登记.csv", text).receipts;
    let seen: Vec<_> =
        found.iter().map(|r| (r.line, r.day, r.unit, r.month.to_string(), r.file.as_str(), r.accepted)).collect();
    let march = || "2026-03".to_owned();
    assert_eq!(
        seen,
        [
            (2, day(3, 24), 0, march(), "报送/2026-03/a.xlsx", Some(false)),
            (3, day(3, 25), 1, march(), "报送/2026-03/b.xlsx", None),
            (4, day(3, 26), 0, march(), "报送/2026-03/c.xlsx", Some(true)),
        ]
    );
}

#[test]
fn a_waiver_may_leave_sheet_and_row_open() {
    let text = "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n\
                2026-03,青石镇,a.xlsx,监督,第6行,Person-No-Post,周敏,\"无职务，\n已核\",2026-03-26\n\
                2026-03,青石镇,,,,task-not-done,周敏,已核,2026-03-26\n";
    let found = registers("认定.csv", text).waivers;
    let seen: Vec<_> = found.iter().map(|w| (w.line, w.sheet.as_str(), w.row, w.rule.as_str())).collect();
    assert_eq!(seen, [(2, "监督", Some(6), "person-no-post"), (4, "", None, "task-not-done")]);
    assert_eq!(found.first().map(|w| w.reason.as_str()), Some("无职务，\n已核"));
}

#[test]
fn points_are_kept_in_tenths() {
    let text = "月份,单位,项目,分值,理由,依据文号,登记人,日期\n\
                2026-03,青石镇,加分,+2,表扬,市纪通〔2026〕3号,周敏,2026-03-28\n\
                2026-03,青石镇,内容具体,-1.5,照搬,,周敏,2026-03-28\n";
    let found = registers("加减分.csv", text).adjustments;
    let seen: Vec<_> = found.iter().map(|a| (a.item.as_str(), a.points.0, a.document.as_str())).collect();
    assert_eq!(seen, [("加分", 20, "市纪通〔2026〕3号"), ("内容具体", -15, "")]);
}

#[test]
fn a_closing_is_numbered_in_full_and_a_case_may_be_open() {
    let text = "问题编号,月份,单位,销号日期,依据,登记人\n2026-3-2-1,2026-03,驻县教育局纪检监察组,2026/4/10,收据,周敏\n";
    let found = registers("销号.csv", text).closings;
    assert_eq!(found.first().map(|c| (c.problem.as_str(), c.unit, c.day)), Some(("2026-03-02-01", 1, day(4, 10))));
    let text =
        "问题编号,月份,单位,销号日期,依据,登记人\n2026-03-02-02,2026-03,驻县教育局纪检监察组,2026-02-28,收据,周敏\n";
    assert_eq!(registers("销号.csv", text).closings.len(), 1, "the period of March begins in February");
    let text = "编号,级别,单位,事项,交办日期,限办日期,办结日期\n\
                1,市级,青石镇,低保,2026-03-02,2026-04-02,\n2,省,青石镇,危房,2026-03-02,2026-04-02,2026-03-30\n";
    let found = registers("交办件.csv", text).cases;
    let seen: Vec<_> = found.iter().map(|c| (c.level, c.due, c.done)).collect();
    assert_eq!(seen, [(CaseLevel::City, day(4, 2), None), (CaseLevel::Province, day(4, 2), Some(day(3, 30)))]);
}
