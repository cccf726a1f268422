//! A final month looked at again: what is a difference, what is a word beside it, and what is never written over.

use crate::common::Yuedu;
use crate::finale::{BOOK, COUNTY, FEBRUARY, county, sealed, summarize, text, told};
use crate::package;
use crate::workbook::FormBook;

/// The cells of a page of a month's workbook, by address.
fn page(yuedu: &Yuedu, month: &str, title: &str) -> std::collections::BTreeMap<String, String> {
    let book = package::read(&yuedu.read(&format!("汇总/{month} 月度汇总.xlsx")));
    let page = &book.iter().find(|(other, _)| other == title).unwrap().1;
    page.iter().map(|(place, cell)| (place.to_string(), cell.value.clone())).collect()
}

#[test]
fn a_mean_without_a_fraction_is_still_a_mean() {
    let yuedu = sealed();
    yuedu.put(FEBRUARY, text(&yuedu, FEBRUARY).replace("平均分,90.5", "平均分,90"));
    assert_eq!(summarize(&yuedu, &["--month", "2026-03"]).code, 0);
    let overview = page(&yuedu, "2026-03", "月度概览");
    let row = (1..200).find(|row| overview.get(&format!("A{row}")).is_some_and(|name| name == "2026年2月")).unwrap();
    assert_eq!(overview.get(&format!("G{row}")).map(String::as_str), Some("90"), "{overview:?}");
}

#[test]
fn a_part_of_a_final_month_does_not_take_the_place_of_its_workbook() {
    let yuedu = sealed();
    let book = yuedu.read(BOOK);
    let run = summarize(&yuedu, &["--month", "2026-02", "报送/2026-02/青石.xlsx"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.stderr.contains("没有重写：这次统计的不是这个月全部的表。确要重写，加 --force"), "{run:?}");
    assert!(yuedu.read(BOOK) == book);
    let run = summarize(&yuedu, &["--month", "2026-02", "报送/2026-02/青石.xlsx", "--out", "另存.xlsx"]);
    assert_eq!(run.code, 0, "{run:?}");
}

#[test]
fn a_list_that_has_other_of_its_own_is_final_like_any() {
    let form = FormBook::six("青石镇纪委", "2026-02").good().good().set(1, "招商引资");
    let contents = "[\"政治纪律方面\",\"脱贫攻坚方面\",\"作风建设方面\",\"各类专项治理工作落实方面\",\"中央八项规定精神执行方面\",\
                    \"巡视巡察交办问题整改方面\",\"县委县政府月度安排重点工作落实方面\",\"干部任用廉政审查、“三重一大”事项方面\",\
                    \"被监督单位扫黑除恶、信访维稳、环境整治等重点工作落实方面\",\"上级交办的其他各项工作\",\"其他\"]";
    let waiver = format!(
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n2026-02,青石镇纪委,青石.xlsx,,{},content-unlisted,孙敏,已核实,2026-02-28\n",
        form.row_of(1)
    );
    let yuedu = county()
        .file("yuedu.toml", format!("contents = {contents}\n{COUNTY}"))
        .file("认定.csv", waiver)
        .file("报送/2026-02/青石.xlsx", form.bytes());
    assert_eq!(summarize(&yuedu, &["--month", "2026-02", "--final"]).code, 0);
    let kept = text(&yuedu, FEBRUARY);
    assert_eq!((kept.matches("内容,其他,1,").count(), kept.matches("内容,其他,").count()), (1, 1), "{kept}");
    assert!(told(&summarize(&yuedu, &["--month", "2026-02"])).contains("一致"));
}

#[test]
fn a_final_month_is_counted_again_as_of_its_own_day() {
    let yuedu = county();
    let made = summarize(&yuedu, &["--month", "2026-02", "--final", "--as-of", "2026-03-04"]);
    assert_eq!(made.code, 0, "{made:?}");
    let again = summarize(&yuedu, &["--month", "2026-02"]);
    let line = "2026年2月已定稿（统计截至2026年3月4日），与按表重新统计的一致\n";
    assert_eq!((again.code, told(&again).as_str()), (0, line), "{again:?}");
    assert!(again.stdout.contains("统计截至2026年3月4日"), "{again:?}");
    let other = summarize(&yuedu, &["--month", "2026-02", "--as-of", "2026-02-28"]);
    assert_eq!(other.code, 2, "{other:?}");
    let why = "没有重写：统计截至日不同（定稿是2026年3月4日，这次是2026年2月28日）";
    assert!(other.stderr.contains(why) && !other.stderr.contains("重新统计与定稿不同"), "{other:?}");
}

#[test]
fn a_file_of_an_earlier_month_is_a_word_and_no_difference() {
    let yuedu = county();
    assert_eq!(summarize(&yuedu, &["--month", "2026-03", "--final"]).code, 0);
    yuedu.put("报送/2026-02/备注.docx", "PK");
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    insta::assert_snapshot!(told(&run), @r"
    2026年3月已定稿（统计截至2026年3月31日），与按表重新统计的一致
      以前月份的文件“报送/2026-02/备注.docx”定稿后才有的（影响到这个月的数，才算不同）
    ");
}

#[test]
fn what_is_not_settled_is_named_when_the_month_is_made_final() {
    let roster = format!(
        "{COUNTY}[[unit]]\nname = \"龙塘镇纪委\"\nkind = \"township\"\n[[unit]]\nname = \"云台乡纪委\"\nkind = \"township\"\n"
    );
    let yuedu = county()
        .file("yuedu.toml", roster)
        .file("报送/2026-02/青石.xlsx", FormBook::six("青石镇纪委", "2026-02").problem("部分村落实不到位。").bytes())
        .file("报送/2026-02/龙塘镇纪委.xlsx", b"PK\x03\x04 broken");
    yuedu.put("收件登记.csv", text(&yuedu, "收件登记.csv").replacen("合格", "退回", 1));
    let run = summarize(&yuedu, &["--month", "2026-02", "--final"]);
    assert_eq!(run.code, 0, "it is made final all the same: {run:?}");
    insta::assert_snapshot!(told(&run), @r"
    定稿时还有 1 个单位退回未重报：青石镇纪委
    定稿时还有 1 个单位待重报，没有得分和名次：龙塘镇纪委
    定稿时还有 1 个单位未报，当月计 0 分：云台乡纪委
    ");
}

#[test]
fn a_line_of_a_register_that_bears_on_the_month_is_a_difference_and_another_is_not() {
    let head = "问题编号,月份,单位,销号日期,依据,登记人\n";
    let points = "月份,单位,项目,分值,理由,依据文号,登记人,日期\n";
    let cases = "编号,级别,单位,事项,交办日期,限办日期,办结日期\n";
    let yuedu = sealed();
    let receipts = text(&yuedu, "收件登记.csv");
    // What a later month brings: its own receipts, its points, a problem closed, a case that is due then.
    yuedu.put("收件登记.csv", format!("{receipts}2026-03-24,青石镇纪委,2026-03,青石.xlsx,,合格\n"));
    yuedu.put("销号.csv", format!("{head}2026-02-01-01,2026-02,青石镇纪委,2026-03-20,已复查,孙敏\n"));
    yuedu.put("加减分.csv", format!("{points}2026-03,青石镇纪委,加分,2,简报,市纪通1号,孙敏,2026-03-20\n"));
    yuedu.put("交办件.csv", format!("{cases}市1号,市,青石镇纪委,信访件,2026-02-20,2026-03-20,\n"));
    let run = summarize(&yuedu, &["--month", "2026-02"]);
    assert!(run.code == 0 && told(&run).ends_with("与按表重新统计的一致\n"), "{run:?}");
    // What bears on it: the day of a receipt, reasons, a closing within the month.
    yuedu.put("收件登记.csv", receipts.replace("2026-02-24", "2026-02-23"));
    yuedu.put("加减分.csv", format!("{points}2026-02,白沙镇纪委,加分,2,简报,市纪通1号,孙敏,2026-02-20\n"));
    yuedu.put("销号.csv", format!("{head}2026-02-01-01,2026-02,青石镇纪委,2026-02-27,已复查,孙敏\n"));
    yuedu.put("交办件.csv", format!("{cases}市1号,市,青石镇纪委,信访件,2026-02-01,2026-02-20,\n"));
    let run = summarize(&yuedu, &["--month", "2026-02"]);
    assert_eq!(run.code, 2, "{run:?}");
    insta::assert_snapshot!(told(&run), @r"
    2026年2月已定稿（统计截至2026年2月28日），与按表重新统计的有 8 处不同（定稿 → 重新统计）：
      收件登记.csv：青石镇纪委的登记定稿后改过
      加减分.csv：白沙镇纪委的登记定稿后才有的
      销号.csv：青石镇纪委的登记定稿后才有的
      交办件.csv：青石镇纪委的登记定稿后才有的
      青石镇纪委：总分 91 → 87，名次 1 → 2，等次 优秀 → 良好，整改闭环 15 → 11
      白沙镇纪委：总分 90 → 92，名次 2 → 1，加分 0 → 2
      台账：已整改、已销号：0 → 1
      乡镇纪委平均分：90.5 → 89.5
    2026年2月已经定稿，“汇总/2026-02 月度汇总.xlsx”没有重写：重新统计与定稿不同。确要重写，加 --force；要另存，加 --out 文件
    ");
}

#[test]
fn what_units_are_called_bears_on_the_month() {
    let yuedu = sealed();
    yuedu.put("yuedu.toml", COUNTY.replace("[\"青石镇\"]", "[\"青石镇\"]\nsupervises = [\"大坪村\"]"));
    let run = summarize(&yuedu, &["--month", "2026-02"]);
    assert!(run.code == 2 && told(&run).contains("  项目设置：名册改过\n"), "{run:?}");
}

#[test]
fn a_sheet_sent_again_gives_numbers_to_other_problems_and_every_one_is_named() {
    let one = "2026年2月5日，青石镇大坪村会计唐国强未按规定公示2026年1月账目，涉及金额3200元。";
    let two = "2026年2月9日，青石镇石塘村主任蒋建国未按规定入户走访5户监测对象。";
    let form = |problems: &[&str]| {
        problems.iter().fold(FormBook::six("青石镇纪委", "2026-02"), |form, text| form.problem(text)).bytes()
    };
    let yuedu = county().file("报送/2026-02/青石.xlsx", form(&[one, two])).file(
        "销号.csv",
        "问题编号,月份,单位,销号日期,依据,登记人\n2026-02-01-01,2026-02,青石镇纪委,2026-02-27,已复查,孙敏\n",
    );
    assert_eq!(summarize(&yuedu, &["--month", "2026-02", "--final"]).code, 0);
    // A second sheet without the first problem.
    yuedu.put("报送/2026-02/青石（2）.xlsx", form(&[two]));
    let receipts = text(&yuedu, "收件登记.csv");
    yuedu.put("收件登记.csv", format!("{receipts}2026-03-02,青石镇纪委,2026-02,青石（2）.xlsx,,合格\n"));
    let run = summarize(&yuedu, &["--month", "2026-02"]);
    assert_eq!(run.code, 2, "{run:?}");
    let note = "销号.csv 第 2 行：青石镇纪委2026年2月的表在销号（2026年2月27日）之后又报了一份（2026年3月2日收到），编号可能已变，请对照台账核对 2026-02-01-01";
    assert!(run.stderr.contains(note), "{run:?}");
    let shown: String =
        told(&run).lines().filter(|line| line.contains("问题 ")).map(|line| format!("{line}\n")).collect();
    insta::assert_snapshot!(shown, @r"
    问题 2026-02-01-01：定稿时是“2026年2月5日，青石镇大坪村会计唐国强未按规定公示2026年1月账目，涉及金…”，现在是“2026年2月9日，青石镇石塘村主任蒋建国未按规定入户走访5户监测对象。”
    问题 2026-02-01-02：定稿时是“2026年2月9日，青石镇石塘村主任蒋建国未按规定入户走访5户监测对象。”，现在没有了
    ");
    let march = summarize(&yuedu, &["--month", "2026-03"]);
    assert!(march.stderr.contains(note), "the month in which it came: {march:?}");
    yuedu.put("报送/2026-04/青石.xlsx", FormBook::six("青石镇纪委", "2026-04").good().bytes());
    let april = summarize(&yuedu, &["--month", "2026-04"]);
    insta::assert_snapshot!(april.stderr, @r"
    销号.csv 第 2 行：2026-02-01-01：定稿时是“2026年2月5日，青石镇大坪村会计唐国强未按规定公示2026年1月账目，涉及金…”，现在是“2026年2月9日，青石镇石塘村主任蒋建国未按规定入户走访5户监测对象。”，请核对销的是不是它
    已写出 汇总/2026-04 月度汇总.xlsx
    ");
}

#[test]
fn a_final_month_under_another_name_is_told() {
    let yuedu = sealed();
    let kept = yuedu.read(FEBRUARY);
    for name in ["汇总/2026年2月 定稿.csv", "汇总/2026-02定稿.csv"] {
        yuedu.put(name, &kept);
        let run = summarize(&yuedu, &["--month", "2026-03"]);
        let told = format!("{name}：2026-02 的定稿已有“{FEBRUARY}”；请留一个，删去另一个\n");
        assert_eq!((run.code, run.stderr), (2, told));
        std::fs::rename(yuedu.path(FEBRUARY), yuedu.path("汇总/别处.csv")).unwrap();
        let run = summarize(&yuedu, &["--month", "2026-03"]);
        let told = format!("{name}：定稿的文件名要写成“2026-02 定稿.csv”；请改名\n");
        assert_eq!((run.code, run.stderr), (2, told));
        std::fs::rename(yuedu.path("汇总/别处.csv"), yuedu.path(FEBRUARY)).unwrap();
        std::fs::remove_file(yuedu.path(name)).unwrap();
    }
}
