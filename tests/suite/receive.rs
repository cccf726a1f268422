//! `yuedu receive`: where what came in goes, what the register says of it, and that a second run changes nothing.

use std::fs;
use std::process::Stdio;

use sha2::{Digest, Sha256};

use crate::common::{Run, Yuedu, files_under};
use crate::hostile::compound;
use crate::workbook::FormBook;

const COUNTY: &str = "county = \"清河县\"
[[unit]]
name = \"青石镇纪委\"
kind = \"township\"
aliases = [\"青石镇\"]
phone = \"0746-4210001\"
[[unit]]
name = \"白沙镇纪委\"
kind = \"township\"
aliases = [\"白沙镇\"]
[[unit]]
name = \"驻县/局:纪检监察组\"
kind = \"dispatched\"
aliases = [\"县局组\"]
";
const REGISTER: &str = "收件登记.csv";

fn county() -> Yuedu {
    Yuedu::new().file("yuedu.toml", COUNTY)
}

fn form(unit: &str) -> FormBook {
    FormBook::six(unit, "2026-03").good()
}

fn returned(unit: &str) -> FormBook {
    FormBook::six(unit, "2026-03").problem("部分村落实不到位。")
}

fn receive(yuedu: &Yuedu, args: &[&str]) -> Run {
    let run = yuedu.run_with(&[&["receive"], args].concat());
    run.assert_calm();
    run
}

/// The lines of the register without its mark; a digest that fits its file is shown as `摘要`.
fn register(yuedu: &Yuedu) -> String {
    let text = String::from_utf8(yuedu.read(REGISTER)).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("Excel needs the mark").replace("\r\n", "\n");
    let shown = |line: &str| {
        let file = line.split(',').nth(3).filter(|file| file.starts_with("报送/"));
        let digest = file.map(|file| digest(&yuedu.read(file))).unwrap_or_default();
        line.replace(&format!(",{digest},"), ",摘要,") + "\n"
    };
    text.lines().map(shown).collect()
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn inbox(yuedu: &Yuedu) -> Vec<String> {
    files_under(&yuedu.path("报送")).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_stick_is_taken_in_and_a_second_time_nothing_happens() {
    let yuedu = county()
        .file("u盘/青石镇3月.xlsx", form("青石镇纪委").bytes())
        .file("u盘/派驻/附件2.xlsx", returned("县局组").bytes())
        .file("u盘/白沙镇纪委.xlsx", b"PK\x03\x04 broken")
        .file("u盘/照片.jpg", [0xff, 0xd8, 0xff, 0xe0])
        .file("u盘/~$青石镇3月.xlsx", b"lock")
        .file("另一份/青石镇.xlsx", form("青石镇纪委").bytes());
    let args = ["u盘", "另一份/青石镇.xlsx", "--date", "2026/3/24", "--month", "2026-03"];
    let run = receive(&yuedu, &args);
    assert_eq!(run.code, 0, "{run:?}");
    insta::assert_snapshot!(run.stdout, @r"
    收件，2026年3月24日收到
      文件                 放到                                    单位                月份     结论
      u盘/派驻/附件2.xlsx  报送/2026-03/驻县／局：纪检监察组.xlsx  驻县/局:纪检监察组  2026-03  退回
      u盘/青石镇3月.xlsx   报送/2026-03/青石镇纪委.xlsx            青石镇纪委          2026-03  合格
      另一份/青石镇.xlsx                                                                        重复
      u盘/照片.jpg                                                                              不是表格
      u盘/白沙镇纪委.xlsx  报送/2026-03/白沙镇纪委.xlsx            白沙镇纪委          2026-03  退回

    收下 3 份，登记 3 行（合格 1，退回 2）；以前收过或重复 1 份；不是表格 1 份；跳过 1 个（锁文件、隐藏文件等）
    ");
    insta::assert_snapshot!(run.stderr, @r"
    另一份/青石镇.xlsx：与“u盘/青石镇3月.xlsx”一个字节也不差，只收一份
    没有收：u盘/照片.jpg：这是图片，不是电子表格；请报送单位在明细表（.xlsx）里填好再报。
    u盘/白沙镇纪委.xlsx：文件不完整或已损坏，打不开；请报送单位在原电脑上重新保存后再发一次。
    退回的哪里不合格、怎么改：yuedu validate --month 2026-03
    ");
    insta::assert_snapshot!(register(&yuedu), @r"
    收到日期,单位,月份,文件,摘要,结论
    2026-03-24,驻县/局:纪检监察组,2026-03,报送/2026-03/驻县／局：纪检监察组.xlsx,摘要,退回
    2026-03-24,青石镇纪委,2026-03,报送/2026-03/青石镇纪委.xlsx,摘要,合格
    2026-03-24,白沙镇纪委,2026-03,报送/2026-03/白沙镇纪委.xlsx,摘要,退回
    ");
    assert_eq!(
        inbox(&yuedu),
        ["2026-03/白沙镇纪委.xlsx", "2026-03/青石镇纪委.xlsx", "2026-03/驻县／局：纪检监察组.xlsx"]
    );
    assert_eq!(yuedu.read("报送/2026-03/青石镇纪委.xlsx"), yuedu.read("u盘/青石镇3月.xlsx"));

    let before = (register(&yuedu), files_under(&yuedu.path("报送")));
    let again = receive(&yuedu, &[&args[..2], &["--date", "2026-03-29", "--month", "2026-03"]].concat());
    assert_eq!(again.code, 0, "{again:?}");
    insta::assert_snapshot!(again.stdout, @r"
    收件，2026年3月29日收到
      文件                 放到                                    单位                月份     结论
      u盘/派驻/附件2.xlsx  报送/2026-03/驻县／局：纪检监察组.xlsx  驻县/局:纪检监察组  2026-03  2026-03-24 收过
      u盘/青石镇3月.xlsx   报送/2026-03/青石镇纪委.xlsx            青石镇纪委          2026-03  2026-03-24 收过
      另一份/青石镇.xlsx                                                                        重复
      u盘/照片.jpg                                                                              不是表格
      u盘/白沙镇纪委.xlsx  报送/2026-03/白沙镇纪委.xlsx            白沙镇纪委          2026-03  2026-03-24 收过

    收下 0 份；以前收过或重复 4 份；不是表格 1 份；跳过 1 个（锁文件、隐藏文件等）
    ");
    assert!(before == (register(&yuedu), files_under(&yuedu.path("报送"))), "the second run changed something");

    let status = yuedu.run_with(&["status"]);
    insta::assert_snapshot!(status.stdout, @r"
    2026年3月报送情况，截止2026年3月25日（当天算按时）
    还有 1 天（以2026年3月24日为今天）

    乡镇纪委：应报 2 个，已报 1 个，待重报 1 个，未报 0 个，要重报 1 个
      单位        收到           情况    结论    退回  电话
      青石镇纪委  2026年3月24日  按时    合格          0746-4210001
      白沙镇纪委                 待重报  打不开  1 次

    派驻纪检监察组：应报 1 个，已报 1 个，待重报 0 个，未报 0 个，要重报 1 个
      单位                收到           情况  结论        退回
      驻县/局:纪检监察组  2026年3月24日  按时  退回未重报  1 次

    要重新报送：白沙镇纪委、驻县/局:纪检监察组
    ");
}

#[test]
fn another_sheet_of_the_same_month_stands_beside_the_first_and_replaces_it() {
    let yuedu = county()
        .file("一/青石镇.xlsx", returned("青石镇纪委").bytes())
        .file("二/青石镇3月.xlsx", form("青石镇纪委").good().bytes())
        .file("二/青石镇3月(改).XLSX", form("青石镇纪委").bytes());
    assert_eq!(receive(&yuedu, &["一", "--date", "2026-03-24"]).code, 0);
    let run = receive(&yuedu, &["二", "--date", "2026-03-26"]);
    assert_eq!(run.code, 0, "{run:?}");
    insta::assert_snapshot!(run.stdout, @r"
    收件，2026年3月26日收到
      文件                   放到                               单位        月份     结论
      二/青石镇3月.xlsx      报送/2026-03/青石镇纪委（2）.xlsx  青石镇纪委  2026-03  合格
      二/青石镇3月(改).XLSX  报送/2026-03/青石镇纪委（3）.XLSX  青石镇纪委  2026-03  合格

    收下 2 份，登记 2 行（合格 2，退回 0）
    ");
    insta::assert_snapshot!(run.stderr, @r"
    二/青石镇3月.xlsx：青石镇纪委2026年3月的表以前收过 1 次（2026-03-24），以收到日期在后的为准
    二/青石镇3月.xlsx：没有以它为准，而以“报送/2026-03/青石镇纪委（3）.XLSX”为准；不对的话，把不用的那份移出本月文件夹，或在收件登记.csv 补上那份的收到日期
    二/青石镇3月(改).XLSX：青石镇纪委2026年3月的表以前收过 1 次（2026-03-24），以收到日期在后的为准
    ");
    let status = yuedu.run_with(&["status"]);
    assert!(status.stdout.contains("青石镇纪委  2026年3月24日  按时  合格  1 次"), "{}", status.stdout);
}

#[test]
fn a_later_sheet_comes_after_what_lies_there_without_a_line() {
    let yuedu = county()
        .file("报送/2026-03/青石镇纪委报表.xlsx", returned("青石镇纪委").bytes())
        .file("来/青石镇.xlsx", form("青石镇纪委").bytes());
    let run = receive(&yuedu, &["来", "--date", "2026-03-24"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stdout.contains("报送/2026-03/青石镇纪委（2）.xlsx") && !run.stderr.contains("没有以它为准"),
        "{run:?}"
    );
    let status = yuedu.run_with(&["status"]);
    assert!(status.stdout.contains("青石镇纪委  2026年3月24日  按时  合格"), "{}", status.stdout);
    // Where names cannot settle it, what stands in its place is told.
    let yuedu = county()
        .file("报送/2026-03/龙/a.xlsx", returned("青石镇纪委").bytes())
        .file("来/青石镇.xlsx", form("青石镇纪委").bytes());
    let run = receive(&yuedu, &["来", "--date", "2026-03-24"]);
    assert!(run.stderr.contains("来/青石镇.xlsx：没有以它为准，而以“报送/2026-03/龙/a.xlsx”为准"), "{run:?}");
}

#[test]
fn what_cannot_be_laid_at_a_unit_is_kept_and_told() {
    let two = form("青石镇纪委").and(form("白沙镇纪委").with(|form| form.sheet = "白沙".to_owned()));
    let months = form("青石镇纪委").and(FormBook::six("青石镇纪委", "2026-02").good().with(|form| {
        form.sheet = "二月".to_owned();
    }));
    let yuedu = county()
        .file("来/两个单位.xlsx", two.bytes())
        .file("来/两个月.xlsx", months.bytes())
        .file("来/招商局..\u{202e}:.xlsx", form("招商局").bytes())
        .file("来/没有月份.xlsx", form("白沙镇纪委").with(|form| form.title = "明细表".to_owned()).bytes())
        .file("来/空的.xlsx", b"")
        .file(
            "来/太早.xlsx",
            FormBook::six("白沙镇纪委", "2026-12").with(|form| form.title.insert_str(0, "2026年")).bytes(),
        );
    let run = receive(&yuedu, &["来", "--date", "2026-03-24"]);
    assert_eq!(run.code, 2, "{run:?}");
    insta::assert_snapshot!(run.stdout, @r"
    收件，2026年3月24日收到
      文件               放到                                      单位        月份     结论
      来/两个单位.xlsx   报送/2026-03/青石镇纪委、白沙镇纪委.xlsx  青石镇纪委  2026-03  合格
      来/两个单位.xlsx   报送/2026-03/青石镇纪委、白沙镇纪委.xlsx  白沙镇纪委  2026-03  合格
      来/两个月.xlsx                                                                    没有收
      来/太早.xlsx                                                                      没有收
      来/招商局..:.xlsx  报送/2026-03/招商局.._：.xlsx                         2026-03  没有登记
      来/没有月份.xlsx                                                                  没有收
      来/空的.xlsx                                                                      没有收

    收下 2 份，登记 2 行（合格 2，退回 0），没有登记 1 份；没有收 4 份
    ");
    insta::assert_snapshot!(run.stderr, @r"
    没有收：来/两个月.xlsx：一个文件里有2026年2月、2026年3月的表；请加 --month 写明收哪个月的
    没有收：来/太早.xlsx：收到日期（2026-03-24）早于2026年12月的上一个月；请核对 --date 和表上的月份
    来/招商局..:.xlsx：填报单位“招商局”不在名册：放好了，没有登记；核实后在收件登记.csv 补一行
    没有收：来/没有月份.xlsx：表上没有写月份；请加 --month，如 --month 2026-03
    没有收：来/空的.xlsx：文件是空的（0 字节），看不出是哪个月的；请加 --month，如 --month 2026-03
    有 4 份没有收，原因和办法见上
    ");
    insta::assert_snapshot!(register(&yuedu), @r"
    收到日期,单位,月份,文件,摘要,结论
    2026-03-24,青石镇纪委,2026-03,报送/2026-03/青石镇纪委、白沙镇纪委.xlsx,摘要,合格
    2026-03-24,白沙镇纪委,2026-03,报送/2026-03/青石镇纪委、白沙镇纪委.xlsx,摘要,合格
    ");
    let status = yuedu.run_with(&["status"]);
    assert_eq!(status.code, 0, "the register is sound: {status:?}");
}

#[test]
fn a_file_with_a_password_is_laid_at_the_unit_in_its_name() {
    let locked = compound(&[("/EncryptionInfo", &[4, 0, 4, 0, 0x40, 0, 0, 0]), ("/EncryptedPackage", &[7; 9000])]);
    let yuedu = county().file("来/报白沙镇.xlsx", &locked).file("来/三月.xlsx", &locked);
    let run = receive(&yuedu, &["来", "--date", "2026-03-24", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.stderr.matches("文件设了打开密码").count(), 2, "{run:?}");
    assert!(
        run.stderr.contains("来/三月.xlsx：文件设了打开密码，读不了，文件名里也看不出是哪个单位：放好了，没有登记"),
        "{run:?}"
    );
    assert_eq!(inbox(&yuedu), ["2026-03/三月.xlsx", "2026-03/白沙镇纪委.xlsx"]);
    assert!(register(&yuedu).ends_with("\n2026-03-24,白沙镇纪委,2026-03,报送/2026-03/白沙镇纪委.xlsx,摘要,退回\n"));
    let before = register(&yuedu);
    assert_eq!(receive(&yuedu, &["来", "--date", "2026-03-25"]).code, 0, "the month is where they lie");
    assert_eq!((register(&yuedu), inbox(&yuedu).len()), (before, 2));
}

#[test]
fn a_month_that_differs_from_the_one_asked_for_is_told_and_returned() {
    let yuedu = county().file("来/青石镇.xlsx", FormBook::six("青石镇纪委", "2026-02").good().bytes());
    let run = receive(&yuedu, &["来", "--date", "2026-03-24", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stderr.contains(
            "表上写的是2026年2月，按2026年3月收的，月份不符要退回；确是2026年2月的表，就从收件登记.csv 删去文件是\
             “报送/2026-03/青石镇纪委.xlsx”的这一行，删去文件“报送/2026-03/青石镇纪委.xlsx”，再收一次并写明 --month 2026-02"
        ),
        "{run:?}"
    );
    assert!(register(&yuedu).contains("2026-03,报送/2026-03/青石镇纪委.xlsx,"), "{}", register(&yuedu));
    assert!(register(&yuedu).ends_with(",退回\n"));
}

#[test]
fn a_list_beside_the_report_is_no_report_sent_back() {
    let list = FormBook::six("青石镇纪委", "2026-03").with(|form| form.columns = vec!["姓名".into(), "电话".into()]);
    let yuedu = county()
        .file("来/青石镇3月.xlsx", form("青石镇纪委").bytes())
        .file("来/青石镇佐证.xlsx", list.bytes())
        .file("来/白沙镇3月.xlsx", list.bytes());
    let run = receive(&yuedu, &["来", "--date", "2026-03-24", "--month", "3月"]);
    assert_eq!(run.code, 2, "a month without a year is none");
    let run = receive(&yuedu, &["来", "--date", "2026-03-24", "--month", "2026年3月"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stderr.contains("来/青石镇佐证.xlsx：里面没有明细表，该单位另有报表：当作附件放好，没有登记"),
        "{run:?}"
    );
    assert_eq!(register(&yuedu).matches("青石镇纪委,").count(), 1);
    assert_eq!(register(&yuedu).matches("白沙镇纪委,").count(), 1, "alone it is what the unit sent");
    let before = register(&yuedu);
    assert_eq!(receive(&yuedu, &["来", "--date", "2026-03-25", "--month", "2026-03"]).code, 0);
    assert_eq!(register(&yuedu), before);
}

#[test]
fn what_lies_in_its_month_already_is_registered_where_it_lies() {
    let yuedu = county()
        .file("报送/2026年3月/乡镇/三月.xlsx", form("青石镇纪委").bytes())
        .file("汇总/旧.xlsx", form("白沙镇纪委").bytes())
        .file("来/白沙镇.xlsx", form("白沙镇纪委").bytes());
    let run = receive(&yuedu, &["报送", "来", "--date", "2026-03-24"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stderr.contains("已在 报送 里，没有再拷，只补了登记"), "{run:?}");
    // The folder that is there takes the others too.
    assert_eq!(inbox(&yuedu), ["2026年3月/乡镇/三月.xlsx", "2026年3月/白沙镇纪委.xlsx"]);
    assert!(register(&yuedu).contains(",青石镇纪委,2026-03,报送/2026年3月/乡镇/三月.xlsx,"), "{}", register(&yuedu));
    let run = receive(&yuedu, &["汇总", "--date", "2026-03-24"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("这是项目里“汇总”的文件"), "{run:?}");
}

#[test]
fn a_register_in_another_shape_keeps_it() {
    let (old, ..) = encoding_rs::GB18030
        .encode("结论,文件,月份,单位,收到日期,经手人\r\n合格,报送/2026-02/a.xlsx,2026-02,青石镇,2026/2/20,孙敏");
    let yuedu = county().file(REGISTER, &old).file("来/青石镇.xlsx", form("青石镇纪委").bytes());
    assert_eq!(receive(&yuedu, &["来", "--date", "2026-03-24"]).code, 0);
    let bytes = yuedu.read(REGISTER);
    assert!(bytes.starts_with(&old));
    let text = encoding_rs::GB18030.decode(&bytes).0.into_owned();
    assert!(text.ends_with("孙敏\r\n合格,报送/2026-03/青石镇纪委.xlsx,2026-03,青石镇纪委,2026-03-24,\r\n"), "{text}");
    // Without a digest the bytes in the folder still tell.
    assert_eq!(receive(&yuedu, &["来", "--date", "2026-03-25"]).code, 0);
    assert_eq!(yuedu.read(REGISTER), bytes);
}

#[test]
fn where_the_register_cannot_be_written_nothing_is_copied() {
    let yuedu = county()
        .file(REGISTER, "\u{feff}收到日期,单位,月份,文件,摘要,结论\r\n")
        .file("来/青石镇.xlsx", form("青石镇纪委").bytes());
    let path = yuedu.path(REGISTER);
    let mut rights = fs::metadata(&path).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&path, rights).unwrap();
    let run = receive(&yuedu, &["来", "--date", "2026-03-24"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(run.stderr.starts_with("一份也没有收：写不了“收件登记.csv”：它设成了只读"), "{run:?}");
    assert!(!yuedu.path("报送").exists());
}

#[test]
fn what_fails_half_way_is_taken_back() {
    let yuedu = county()
        .file("来/白沙镇.xlsx", form("白沙镇纪委").bytes())
        .file("来/青石镇.xlsx", form("青石镇纪委").bytes())
        // Somebody made a folder under the name of a sheet, with something in it that is skipped.
        .file("报送/2026-03/青石镇纪委.xlsx/.隐藏", b"x");
    let run = receive(&yuedu, &["来", "--date", "2026-03-24"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run:?}");
    assert!(run.stderr.contains("一份也没有收，报送 和登记簿都和原来一样"), "{run:?}");
    assert_eq!(inbox(&yuedu), ["2026-03/青石镇纪委.xlsx/.隐藏"]);
    assert!(!yuedu.path(REGISTER).exists());
}

#[test]
fn what_is_missing_is_asked_for() {
    let yuedu = county().file("来/青石镇.xlsx", form("青石镇纪委").bytes());
    let told = |args: &[&str]| {
        let run = receive(&yuedu, args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?} {run:?}");
        run.stderr
    };
    assert!(told(&["来"]).contains("加 --date，如 --date 2026-03-24"));
    assert!(told(&["来", "--date", "三月"]).contains("日期写成 2026-03-24 这样"));
    assert!(told(&["不在", "--date", "2026-03-24"]).contains("找不到“不在”"));
    assert!(told(&[]).contains("少了 <路径>..."));
    let nobody = Yuedu::new().file("来/青石镇.xlsx", form("青石镇纪委").bytes());
    let run = receive(&nobody, &["来", "--date", "2026-03-24"]);
    assert!(run.code == 2 && run.stderr.contains("名册还是空的"), "{run:?}");
    assert!(!nobody.path("报送").exists());
}

#[test]
fn a_file_that_changed_after_its_receipt_is_told() {
    let yuedu = county().file("来/青石镇.xlsx", form("青石镇纪委").bytes());
    assert_eq!(receive(&yuedu, &["来", "--date", "2026-03-24"]).code, 0);
    let quiet = yuedu.run_with(&["status"]);
    assert!(!quiet.stdout.contains("改动过"), "{quiet:?}");
    yuedu.put("报送/2026-03/青石镇纪委.xlsx", form("青石镇纪委").good().bytes());
    let told = "收件登记.csv 第 2 行：“报送/2026-03/青石镇纪委.xlsx”和收件时不一样了（摘要不符），收件后改动过，请核对";
    for args in [&["status"][..], &["summarize", "--month", "2026-03"]] {
        let run = yuedu.run_with(args);
        assert!(run.code == 0 && (run.stdout + &run.stderr).contains(told), "{args:?}");
    }
    // The clerk registers what came in its place: the old line's digest is history.
    let lines = String::from_utf8(yuedu.read(REGISTER)).unwrap();
    yuedu.put(REGISTER, lines + "2026-03-26,青石镇纪委,2026-03,报送/2026-03/青石镇纪委.xlsx,,合格\r\n");
    let run = yuedu.run_with(&["status"]);
    assert!(!run.stdout.contains("改动过"), "{run:?}");
}

#[test]
fn a_sheet_that_lies_in_another_months_folder_is_to_be_moved() {
    let yuedu = county().file("报送/2026-03/青石镇.xlsx", FormBook::six("青石镇纪委", "2026-02").good().bytes());
    let run = receive(&yuedu, &["报送", "--date", "2026-03-24"]);
    let told = "就从收件登记.csv 删去文件是“报送/2026-03/青石镇.xlsx”的这一行，把文件“报送/2026-03/青石镇.xlsx”移到 报送/2026-02，再收一次";
    assert!(run.code == 0 && run.stderr.contains(told), "{run:?}");
}

#[test]
fn a_name_in_the_register_is_not_given_again() {
    let register = "收到日期,单位,月份,文件,摘要,结论\n2026-03-20,青石镇纪委,2026-03,报送/2026-03/青石镇纪委（2）.xlsx,,退回\n\
                    2026-03-20,白沙镇纪委,2026-03,白沙镇纪委（2）.xlsx,,退回\n";
    let yuedu = county()
        .file(REGISTER, register)
        .file("来/青石镇.xlsx", form("青石镇纪委").bytes())
        .file("来/白沙镇.xlsx", form("白沙镇纪委").bytes());
    let run = receive(&yuedu, &["来", "--date", "2026-03-24"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(inbox(&yuedu), ["2026-03/白沙镇纪委（3）.xlsx", "2026-03/青石镇纪委（3）.xlsx"]);
}

#[test]
fn what_was_read_lies_there_under_an_ending_that_opens() {
    let yuedu = county()
        .file("来/青石镇.tmp", form("青石镇纪委").bytes())
        .file("来/白沙镇.xlsm", form("白沙镇纪委").bytes())
        .file("来/招商局.exe", form("招商局").bytes());
    let run = receive(&yuedu, &["来", "--date", "2026-03-24"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(inbox(&yuedu), ["2026-03/招商局.xlsx", "2026-03/白沙镇纪委.xlsm", "2026-03/青石镇纪委.xlsx"]);
}

#[test]
fn a_day_that_is_most_likely_a_slip_is_told() {
    let no_year = FormBook::six("白沙镇纪委", "2026-03").good().with(|form| form.title = "3月份明细表".to_owned());
    let yuedu = county()
        .file("报送/2026-02/青石镇.xlsx", FormBook::six("青石镇纪委", "2026-02").good().bytes())
        .file("来/青石镇.xlsx", form("青石镇纪委").bytes())
        .file("错/白沙镇.xlsx", no_year.bytes());
    let run = receive(&yuedu, &["来", "--date", "2026-04-11"]);
    let late = "收到日期（2026年4月11日）已过2026年3月的补报期（到2026年4月10日）：这才第一次报来的单位按未报计，当月 0 分；日期错了的，改收件登记.csv 里的收到日期";
    assert!(run.code == 0 && run.stderr.contains(late), "{run:?}");
    let run = receive(&yuedu, &["错", "--date", "2027-03-24"]);
    let far = "2027年3月：项目里最近的月份是2026年3月，不在同一年；年份错了的，从收件登记.csv 删去这次登记的行";
    assert!(run.code == 0 && run.stderr.contains(far), "{run:?}");
    let run = receive(&yuedu, &["来", "--date", "2026-04-10"]);
    assert!(run.code == 0 && !run.stderr.contains("补报期"), "{run:?}");
}

/// Whoever comes first takes the files in; nothing is lost whoever else tries at the same time.
#[test]
fn two_runs_at_once_lose_nothing() {
    for _ in 0..5 {
        let mut yuedu = county();
        for n in 0..12 {
            let progress = format!("2026年3月5日，第{}次到大坪村检查公益岗位。", n + 1);
            let cells = ["作风建设方面", "专项检查监督", &progress, "无", "无"].map(str::to_owned);
            yuedu = yuedu.file(&format!("u盘/{n}.xlsx"), form("青石镇纪委").record(cells).bytes());
        }
        let start = || {
            let mut command = yuedu.command(&["receive", "u盘", "--date", "2026-03-24"]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
        };
        let runs: Vec<_> = (0..3).map(|_| start()).collect();
        let codes: Vec<_> = runs.into_iter().map(|mut run| run.wait().expect("it ends").code()).collect();
        assert!(codes.contains(&Some(0)), "{codes:?}");
        let lines = register(&yuedu).lines().count() - 1;
        assert_eq!((lines, inbox(&yuedu).len()), (12, 12), "{codes:?}");
    }
}
