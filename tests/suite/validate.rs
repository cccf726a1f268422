//! `validate` as a clerk sees it, and `explain` beside it.

use crate::common::Yuedu;
use crate::workbook::{FormBook, truncated};

const PROJECT: &str = r#"
county = "清河县"

[[unit]]
name = "白沙镇纪委"
kind = "township"

[[unit]]
name = "青石镇纪委"
kind = "township"

[[unit]]
name = "县纪委监委派驻县教育局纪检监察组"
kind = "dispatched"
aliases = ["驻教育局纪检监察组"]
"#;

/// Three units: one in order, one to be sent back, one unreadable; and a stray document.
fn county() -> Yuedu {
    let faulty = FormBook::six("青石镇纪委", "2026-03")
        .with(|form| form.leader.clear())
        .problem("3月5日，青石镇大坪村会计唐国强违规报销招待费3200元。")
        .problem("2026年3月6日，青石镇石塘村相关负责人将村集体鱼塘承包款1.2万元存入个人账户，未缴入村级账户，也未向村民公示承包合同。")
        .good()
        .set(2, "专项检察监督");
    let good = FormBook::six("驻教育局纪检监察组", "2026-03").good();
    Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("报送/2026-02/旧.xlsx", FormBook::six("青石镇纪委", "2026-02").bytes())
        .file("报送/2026-03/1 青石.xlsx", faulty.bytes())
        .file("报送/2026-03/2 教育.xlsx", good.bytes())
        .file("报送/2026-03/3 白沙镇纪委.xlsx", truncated(&good.bytes(), 60))
        .file("报送/2026-03/4 佐证.pdf", "%PDF-1.4\n%%EOF\n")
        .file("报送/2026-03/~$1 青石.xlsx", "lock")
}

#[test]
fn the_report_says_where_what_and_how_to_put_it_right() {
    let run = county().args(["validate"]).run();
    assert_eq!(run.code, 1, "{run:#?}");
    run.assert_calm();
    assert_eq!(run.stderr, "");
    insta::assert_snapshot!(run.stdout);
}

/// The columns that a four-column form lacks must not hide the words of the one that it has.
#[test]
fn the_words_of_a_four_column_form_stand_before_what_is_said_of_them() {
    let form = FormBook::four("青石镇纪委", "2026-03").good().set(3, "近日到大坪村检查值班情况，查看签到册。");
    let run = Yuedu::new().file("报送/2026-03/a.xlsx", form.bytes()).args(["validate"]).run();
    assert!(run.stdout.contains("D4 监督开展情况\n    【近日】到大坪村检查值班情况"), "{}", run.stdout);
}

#[test]
fn sheets_replacements_and_acceptances_are_told_apart() {
    let second = FormBook::six("青石镇纪委", "2026-03")
        .with(|form| form.sheet = "补报".to_owned())
        .handling("2026年3月6日，镇纪委对相关人员批评教育。");
    let first = FormBook::six("青石镇纪委", "2026-03").problem("近日，青石镇大坪村会计唐国强未公示2月份账目。");
    let county = Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("报送/2026-03/一.xlsx", FormBook::six("青石镇纪委", "2026-03").good().bytes())
        .file("报送/2026-03/二.xlsx", first.and(second).bytes());
    county.put(
        "认定.csv",
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n\
         2026-03,青石镇纪委,二.xlsx,补报,4,person-no-name,周敏,名单另附,2026-03-26\n\
         2026-03,青石镇纪委,二.xlsx,补报,9,person-no-name,周敏,名单另附,2026-03-26\n",
    );
    let run = county.run_with(&["validate", "--month", "2026-03"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.stderr.contains("认定.csv 第 3 行没有用上"), "{}", run.stderr);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn an_unreadable_file_that_was_sent_again_weighs_nothing_in_table_and_sums() {
    let county = Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("报送/2026-03/青石镇纪委1.xlsx", "PK\u{3}\u{4} broken")
        .file("报送/2026-03/青石镇纪委2.xlsx", FormBook::six("青石镇纪委", "2026-03").good().bytes());
    let run = county.run_with(&["validate"]);
    assert_eq!(run.code, 1, "a file was not read: {run:#?}");
    assert!(run.stdout.contains("读不出，已由后来的表“报送/2026-03/青石镇纪委2.xlsx”替代"), "{}", run.stdout);
    assert!(run.stdout.contains("青石镇纪委     2     1     1       0     0  合格\n"), "{}", run.stdout);
    let sums = "记录 1 条，有效 1 条；不合格 0 处，提醒 0 处。另有 1 份没有读到表的文件已由后来的表替代，不在内。";
    assert!(run.stdout.contains(sums), "{}", run.stdout);
    // The other way round nothing stands in its place.
    county.put("报送/2026-03/青石镇纪委3.xlsx", "PK\u{3}\u{4} broken");
    let run = county.run_with(&["validate"]);
    assert!(run.stdout.contains("青石镇纪委     3     1     1       1     0  合格，另有读不出的\n"), "{}", run.stdout);
    assert!(run.stdout.contains("不合格 1 处"), "{}", run.stdout);
}

#[test]
fn what_is_in_order_is_said_in_two_lines() {
    let run = county().args(["validate", "报送/2026-03/2 教育.xlsx"]).run();
    assert_eq!(run.code, 0, "{run:#?}");
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn colours_carry_no_meaning_of_their_own() {
    let county = county();
    let plain = county.run_with(&["validate"]).stdout;
    let colored = county.run_with(&["validate", "--color", "always"]).stdout;
    assert!(!plain.contains('\u{1b}') && colored.contains('\u{1b}'));
    let mut bare = String::new();
    let mut rest = colored.as_str();
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        bare += before;
        rest = after.split_once('m').unwrap().1;
    }
    assert_eq!(bare + rest, plain);
}

#[test]
fn a_report_is_written_whole_and_without_colours() {
    let county = county();
    let args = ["validate", "--out", "结果/报告.txt", "--color", "always"];
    let run = county.run_with(&args);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("结果/报告.txt"), "{}", run.stderr);
    let written = String::from_utf8(county.read("结果/报告.txt")).unwrap();
    assert_eq!(written, county.run_with(&["validate"]).stdout);
    let again = county.run_with(&args);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("--force"), "{}", again.stderr);
    let mut forced = args.to_vec();
    forced.push("--force");
    assert_eq!(county.run_with(&forced).code, 1);
}

#[test]
fn the_month_asked_for_decides_what_is_read_and_what_fits() {
    let county = county();
    let february = county.run_with(&["validate", "--month", "2026年2月", "--format", "json"]);
    assert_eq!(february.json().len(), 1);
    assert_eq!(february.json()[0]["file"], "报送/2026-02/旧.xlsx");
    let mismatch = county.run_with(&["validate", "报送/2026-02/旧.xlsx", "--month", "202603"]);
    assert!(mismatch.stdout.contains("month-mismatch"), "{}", mismatch.stdout);
}

#[test]
fn what_cannot_be_done_ends_with_2() {
    let county = county();
    for args in [
        &["validate", "没有.xlsx"][..],
        &["validate", "--month", "2026-13"],
        &["validate", "--format", "xml"],
        &["validate", "--month", "2025-01"],
        &["explain", "没有这条规则吧"],
    ] {
        let run = county.run_with(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?} {run:#?}");
        assert!(!run.stderr.trim().is_empty());
        run.assert_calm();
    }
}

#[test]
fn a_page_is_found_by_name_and_by_title() {
    let here = Yuedu::new();
    let page = here.run_with(&["explain", "date-partial"]);
    assert_eq!(page.code, 0);
    assert!(page.stdout.starts_with("# date-partial · 时间不完整\n"), "{}", page.stdout);
    assert_eq!(here.run_with(&["explain", "时间不完整"]).stdout, page.stdout);
    let slip = here.run_with(&["explain", "date-partail"]);
    assert_eq!(slip.code, 2);
    assert!(slip.stderr.contains("date-partial"), "{}", slip.stderr);
    let table = here.run_with(&["explain"]).stdout;
    assert!(table.lines().any(|line| line.starts_with("date-partial") && line.ends_with("不合格")), "{table}");
}

#[test]
fn a_file_given_by_two_spellings_of_its_path_is_read_once() {
    let county = county();
    let whole = county.path("报送/2026-03/2 教育.xlsx");
    let near = ["报送/2026-03/2 教育.xlsx", "./报送/2026-03/2 教育.xlsx", whole.to_str().unwrap()];
    let run = county.run_with(&[&["validate", "--format", "json"], &near[..]].concat());
    assert_eq!((run.code, run.json().len()), (0, 1), "{run:#?}");
}

#[test]
fn a_file_lies_in_its_month_folder_also_for_one_who_stands_there() {
    let book = FormBook::six("青石镇纪委", "2026-03").good().with(|form| form.title = "日常监督工作明细表".to_owned());
    let county = Yuedu::new().file("报送/2026-03/a.xlsx", book.bytes()).standing_in("报送/2026-03");
    let run = county.run_with(&["validate", "a.xlsx", "--format", "json"]);
    assert_eq!((&run.json()[0]["file"], &run.json()[0]["month"]), (&"a.xlsx".into(), &"2026-03".into()), "{run:#?}");
}

#[test]
fn a_month_without_a_folder_is_told_where_its_sheets_belong() {
    let run = county().run_with(&["validate", "--month", "2026-05"]);
    assert_eq!((run.code, run.stderr.trim_end()), (2, "没有 2026-05 的报送表：请把各单位的表放进 报送/2026-05"));
}

#[test]
fn a_file_of_two_units_is_not_set_aside_for_one_of_them() {
    let sheet = |unit: &str| FormBook::six(unit, "2026-03").good();
    let both = sheet("白沙镇纪委").and(sheet("青石镇纪委").with(|form| form.sheet = "青石".to_owned()));
    let run = Yuedu::new()
        .file("yuedu.toml", PROJECT)
        .file("报送/2026-03/a.xlsx", both.bytes())
        .file("报送/2026-03/b.xlsx", sheet("青石镇纪委").bytes())
        .args(["validate"])
        .run();
    let title = run.stdout.lines().next().unwrap();
    assert!(title.starts_with("报送/2026-03/a.xlsx") && title.ends_with("合格"), "{run:#?}");
    assert!(run.stdout.contains("本份不计入（form-duplicate）"), "{run:#?}");
}
