//! `yuedu status`: who has sent, who has not, who must send again.

use crate::common::Yuedu;
use crate::workbook::FormBook;

const COUNTY: &str = "county = \"清河县\"
[[unit]]
name = \"青石镇纪委\"
kind = \"township\"
phone = \"0746-4210001\"
[[unit]]
name = \"白沙镇纪委\"
kind = \"township\"
phone = \"0746-4210002\"
[[unit]]
name = \"双河镇纪委\"
kind = \"township\"
phone = \"0746-4210003\"
[[unit]]
name = \"柳林镇纪委\"
kind = \"township\"
[[unit]]
name = \"石桥镇纪委\"
kind = \"township\"
phone = \"0746-4210005\"
from = \"2026-04\"
[[unit]]
name = \"驻县财政局纪检监察组\"
kind = \"dispatched\"
phone = \"0746-4210006\"
";

/// On time, late and returned, unreadable, missing, not owed yet, a nil return without a receipt line; and a picture.
fn county() -> Yuedu {
    let nil = "2026年3月，财政局未开展下乡检查，原因是全员参加县委党校轮训。填报人：驻县财政局纪检监察组副组长王敏。";
    Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file(
            "收件登记.csv",
            "收到日期,单位,月份,文件,摘要,结论\n\
             2026/3/24,青石镇纪委,2026-03,青石镇.xlsx,,合格\n\
             2026/3/27,白沙镇纪委,2026-03,白沙镇.xlsx,,退回\n\
             2026/3/22,双河镇纪委,2026-03,双河镇.xlsx,,退回\n",
        )
        .file("报送/2026-03/青石镇.xlsx", FormBook::six("青石镇纪委", "2026-03").good().bytes())
        .file("报送/2026-03/白沙镇.xlsx", FormBook::six("白沙镇纪委", "2026-03").problem("部分村落实不到位。").bytes())
        .file("报送/2026-03/双河镇.xlsx", b"PK\x03\x04 broken")
        .file(
            "报送/2026-03/财政局组.xlsx",
            FormBook::six("驻县财政局纪检监察组", "2026-03").record(["零报告", "", nil]).bytes(),
        )
        .file("报送/2026-03/照片.jpg", [0xff, 0xd8, 0xff, 0xe0])
}

#[test]
fn each_unit_stands_with_its_day_its_verdict_and_its_phone() {
    let run = county().args(["status", "--month", "2026-03"]).run();
    run.assert_calm();
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(run.stdout, @r"
    2026年3月报送情况，截止2026年3月25日（当天算按时）
    已过 2 天（以2026年3月27日为今天）

    乡镇纪委：应报 4 个，已报 2 个，待重报 1 个，未报 1 个，要重报 2 个
      单位        收到           情况       结论        退回  电话
      青石镇纪委  2026年3月24日  按时       合格              0746-4210001
      白沙镇纪委  2026年3月27日  迟报 2 天  退回未重报  1 次  0746-4210002
      双河镇纪委                 待重报     打不开      1 次  0746-4210003
      柳林镇纪委                 未报

    派驻纪检监察组：应报 1 个，已报 1 个，待重报 0 个，未报 0 个，要重报 0 个
      单位                  情况            结论  电话
      驻县财政局纪检监察组  未登记，零报告  合格  0746-4210006

    本月不用报：石桥镇纪委

    未报，请催报：柳林镇纪委

    要重新报送：白沙镇纪委（0746-4210002）、双河镇纪委（0746-4210003）

    不知是哪个单位的（格式不支持）：报送/2026-03/照片.jpg
    ");
}

#[test]
fn what_came_after_the_grace_is_called_so_and_not_for() {
    let register = "收到日期,单位,月份,文件,摘要,结论\n2026/4/11,青石镇纪委,2026-03,青石镇.xlsx,,合格\n";
    let county = county().file("收件登记.csv", register);
    let text = county.run_with(&["status"]).stdout;
    assert!(text.contains("青石镇纪委  2026年4月11日  过期收到，按未报计"), "{text}");
    assert!(text.contains("\n受理已过月末后10天才收到，按未报计，当月计 0 分：青石镇纪委（0746-4210001）\n"), "{text}");
    assert!(text.contains("\n未报，请催报：双河镇纪委（0746-4210003）、柳林镇纪委\n"), "{text}");
    let run = county.run_with(&["summarize", "--month", "2026-03"]);
    assert!(run.stdout.contains("未报（过期收到）"), "{}", run.stdout);
    assert!(run.stderr.contains("收件登记.csv 第 2 行：青石镇纪委的表2026年4月11日才收到，受理已过"), "{}", run.stderr);
}

/// The register's 合格 decides what is awaited; what the check finds against it is named, for the clerk to settle.
#[test]
fn what_is_registered_as_good_and_is_not_is_named() {
    let faulty = FormBook::six("青石镇纪委", "2026-03").problem("部分村落实不到位。");
    let county = county().file("报送/2026-03/青石镇.xlsx", faulty.bytes());
    let text = county.run_with(&["status"]).stdout;
    assert!(text.contains("登记为合格、检查有不合格，请认定或者要求重新报送：青石镇纪委（0746-4210001）"), "{text}");
    assert!(text.contains("\n要重新报送：白沙镇纪委"), "{text}");
    let csv = county.run_with(&["status", "--format", "csv"]).stdout;
    let line = csv.lines().find(|line| line.contains("青石镇纪委")).expect("a line a unit");
    assert!(line.contains("处不合格,0,待认定,"), "{line}");
}

#[test]
fn days_left_are_counted_from_the_day_given() {
    let county = county();
    let second_line = |args: &[&str]| county.run_with(args).stdout.lines().nth(1).unwrap_or_default().to_owned();
    assert_eq!(second_line(&["status", "--as-of", "2026-03-20"]), "还有 5 天（以2026年3月20日为今天）");
    assert_eq!(second_line(&["status", "--as-of", "2026年3月25日"]), "今天截止（以2026年3月25日为今天）");
    assert_eq!(second_line(&["status"]), "已过 2 天（以2026年3月27日为今天）");
    let april = second_line(&["status", "--month", "2026-04"]);
    assert!(april.contains("还没有收件登记") && april.contains("--as-of"), "{april}");
}

#[test]
fn the_same_as_csv_for_a_spreadsheet() {
    let run = county().args(["status", "--format", "csv"]).run();
    let text = run.stdout.strip_prefix('\u{feff}').expect("Excel needs the mark");
    insta::assert_snapshot!(text.replace('\r', ""), @r"
    月份,单位,类别,截止日期,收到日期,情况,迟报天数,零报告,结论,退回次数,要重报,电话
    2026-03,青石镇纪委,乡镇纪委,2026-03-25,2026-03-24,按时,0,,合格,0,,0746-4210001
    2026-03,白沙镇纪委,乡镇纪委,2026-03-25,2026-03-27,迟报,2,,退回未重报,1,是,0746-4210002
    2026-03,双河镇纪委,乡镇纪委,2026-03-25,,待重报,0,,打不开,1,是,0746-4210003
    2026-03,柳林镇纪委,乡镇纪委,2026-03-25,,未报,0,,,0,,
    2026-03,石桥镇纪委,乡镇纪委,2026-03-25,,不用报,0,,,0,,0746-4210005
    2026-03,驻县财政局纪检监察组,派驻纪检监察组,2026-03-25,,未登记,0,是,合格,0,,0746-4210006
    ");
}

#[test]
fn a_month_before_anything_came_names_everybody() {
    let run = county().args(["status", "--month", "2026-05"]).run();
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("未报，请催报：青石镇纪委（0746-4210001）、白沙镇纪委"), "{}", run.stdout);
    assert!(run.stdout.contains("石桥镇纪委（0746-4210005）"), "it owes a report from April on: {}", run.stdout);
}

#[test]
fn without_a_project_the_units_are_those_that_sent() {
    let book = FormBook::six("青石镇纪委", "2026-03").good();
    let run = Yuedu::new().file("报送/2026-03/a.xlsx", book.bytes()).args(["status"]).run();
    assert_eq!(run.code, 0);
    assert!(run.stdout.contains("青石镇纪委  未登记  合格"), "{}", run.stdout);
    let empty = Yuedu::new().args(["status"]).run();
    assert_eq!((empty.code, empty.stdout.as_str()), (2, ""));
    assert!(empty.stderr.contains("--month 2026-03"), "{}", empty.stderr);
    let nobody = Yuedu::new().args(["status", "--month", "2026-03"]).run();
    assert!(nobody.stdout.contains("没有名册"), "{}", nobody.stdout);
}

#[test]
fn a_name_from_a_sheet_steers_no_terminal_and_no_spreadsheet() {
    let book = FormBook::six("=cmd()\u{1b}[31m\u{202e}组", "2026-03").good();
    let folder = Yuedu::new().file("报送/2026-03/a.xlsx", book.bytes());
    for args in [&["status"][..], &["status", "--format", "csv"], &["checklist"]] {
        let run = folder.run_with(args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{:?}", run.stdout);
        assert!(!run.stdout.contains(",=cmd"), "{:?}", run.stdout);
    }
}
