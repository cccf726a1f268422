//! `yuedu summarize --final`: what is kept of a month, how later months take it up, and how every difference is named.

use crate::common::{Run, Yuedu};
use crate::package;
use crate::workbook::FormBook;

pub(crate) const COUNTY: &str = "county = \"清河县\"
[[unit]]
name = \"青石镇纪委\"
kind = \"township\"
aliases = [\"青石镇\"]
[[unit]]
name = \"白沙镇纪委\"
kind = \"township\"
";
pub(crate) const FEBRUARY: &str = "汇总/2026-02 定稿.csv";
pub(crate) const BOOK: &str = "汇总/2026-02 月度汇总.xlsx";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Two months of two units: in February the second has no problem to report.
pub(crate) fn county() -> Yuedu {
    let nothing = FormBook::six("白沙镇纪委", "2026-02").good().set(4, "无").set(5, "无");
    Yuedu::new()
        .file("yuedu.toml", COUNTY)
        .file(
            "收件登记.csv",
            "收到日期,单位,月份,文件,摘要,结论\n2026-02-24,青石镇纪委,2026-02,青石.xlsx,,合格\n\
             2026-02-26,白沙镇纪委,2026-02,白沙.xlsx,,合格\n",
        )
        .file("报送/2026-02/青石.xlsx", FormBook::six("青石镇纪委", "2026-02").good().bytes())
        .file("报送/2026-02/白沙.xlsx", nothing.bytes())
        .file("报送/2026-03/青石.xlsx", FormBook::six("青石镇纪委", "2026-03").good().bytes())
        .file("报送/2026-03/白沙.xlsx", FormBook::six("白沙镇纪委", "2026-03").good().bytes())
}

pub(crate) fn summarize(yuedu: &Yuedu, args: &[&str]) -> Run {
    let run = yuedu.run_with(&[&["summarize"], args].concat());
    run.assert_calm();
    run
}

/// February made final.
pub(crate) fn sealed() -> Yuedu {
    let yuedu = county();
    let run = summarize(&yuedu, &["--month", "2026-02", "--final"]);
    assert_eq!(run.code, 0, "{run:?}");
    yuedu
}

pub(crate) fn text(yuedu: &Yuedu, file: &str) -> String {
    String::from_utf8(yuedu.read(file)).unwrap()
}

/// What is said of final months: from the line that names them on.
pub(crate) fn told(run: &Run) -> String {
    let lines =
        run.stderr.lines().skip_while(|line| !line.contains("定稿")).take_while(|line| !line.contains("已写出"));
    lines.map(|line| format!("{line}\n")).collect()
}

/// A unit's line of 得分排名: total, last month's total, rank and last month's rank; and the months without a problem.
fn standing(yuedu: &Yuedu, month: &str, unit: &str) -> [String; 5] {
    let book = package::read(&yuedu.read(&format!("汇总/{month} 月度汇总.xlsx")));
    let page = &book.iter().find(|(title, _)| title == "得分排名").unwrap().1;
    let row = (4..20).find(|row| page.get(&format!("B{row}")).is_some_and(|cell| cell.value == unit)).unwrap();
    ["J", "L", "A", "N", "P"].map(|col| page.get(&format!("{col}{row}")).map_or(String::new(), |c| c.value.clone()))
}

#[test]
fn a_final_month_keeps_scores_figures_and_the_digest_of_every_file() {
    let yuedu = sealed();
    let kept = text(&yuedu, FEBRUARY);
    let kept =
        kept.strip_prefix('\u{feff}').expect("Excel needs the mark").replace("\r\n", "\n").replace(VERSION, "版本");
    let digest = |cell: &str| cell.len() == 64 && cell.bytes().all(|byte| byte.is_ascii_hexdigit());
    let short =
        |line: &str| line.split(',').map(|cell| if digest(cell) { "摘要" } else { cell }).collect::<Vec<_>>().join(",");
    let shown: Vec<String> = kept.lines().map(short).collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    类别,名称,数值,名次,等次,报送,报送及时,填报规范,内容具体,任务完成,整改闭环,加分,零问题,摘要
    口径,月份,2026-02,,,,,,,,,,,
    口径,统计截至,2026-02-28,,,,,,,,,,,
    口径,程序,yuedu 版本,,,,,,,,,,,
    口径,评分,,,,,,,,,,,,摘要
    口径,规则级别,,,,,,,,,,,,摘要
    口径,监督内容、方式和任务清单,,,,,,,,,,,,摘要
    口径,重点工作,,,,,,,,,,,,摘要
    口径,报送期限,,,,,,,,,,,,摘要
    口径,名册,,,,,,,,,,,,摘要
    口径,表头和栏目名,,,,,,,,,,,,摘要
    得分,青石镇纪委,91,1,优秀,按时,20,15,30,11,15,0,,
    得分,白沙镇纪委,90,2,优秀,迟报 1 天,19,15,30,11,15,0,是,
    数字,应报单位,2,,,,,,,,,,,
    数字,已报单位,2,,,,,,,,,,,
    数字,其中：按时,1,,,,,,,,,,,
    数字,其中：迟报,1,,,,,,,,,,,
    数字,其中：未登记收件,0,,,,,,,,,,,
    数字,未报,0,,,,,,,,,,,
    数字,待重报（文件打不开）,0,,,,,,,,,,,
    数字,零报告,0,,,,,,,,,,,
    数字,退回未重报,0,,,,,,,,,,,
    数字,收到记录,2,,,,,,,,,,,
    数字,有效记录,2,,,,,,,,,,,
    数字,本月发现问题,1,,,,,,,,,,,
    数字,台账：已整改、已销号,0,,,,,,,,,,,
    数字,台账：逾期,0,,,,,,,,,,,
    数字,到期任务和重点工作,26,,,,,,,,,,,
    数字,其中：完成,2,,,,,,,,,,,
    数字,其中：同类已开展,6,,,,,,,,,,,
    数字,其中：未开展,18,,,,,,,,,,,
    数字,乡镇纪委平均分,90.5,,,,,,,,,,,
    数字,派驻纪检监察组平均分,,,,,,,,,,,,
    内容,政治纪律方面,0,,,,,,,,,,,
    内容,脱贫攻坚方面,0,,,,,,,,,,,
    内容,作风建设方面,2,,,,,,,,,,,
    内容,各类专项治理工作落实方面,0,,,,,,,,,,,
    内容,中央八项规定精神执行方面,0,,,,,,,,,,,
    内容,巡视巡察交办问题整改方面,0,,,,,,,,,,,
    内容,县委县政府月度安排重点工作落实方面,0,,,,,,,,,,,
    内容,干部任用廉政审查、“三重一大”事项方面,0,,,,,,,,,,,
    内容,被监督单位扫黑除恶、信访维稳、环境整治等重点工作落实方面,0,,,,,,,,,,,
    内容,上级交办的其他各项工作,0,,,,,,,,,,,
    问题,2026-02-01-01,2026年3月3日检查发现，青石镇大坪村会计唐国强未按值班表在岗值班，签到册空白…,,,,,,,,,,,摘要
    登记,青石镇纪委,收件登记.csv,,,,,,,,,,,摘要
    登记,白沙镇纪委,收件登记.csv,,,,,,,,,,,摘要
    文件,报送/2026-02/白沙.xlsx,2026-02,,,,,,,,,,,摘要
    文件,报送/2026-02/青石.xlsx,2026-02,,,,,,,,,,,摘要
    ");
    let again = sealed();
    assert_eq!(yuedu.read(FEBRUARY), again.read(FEBRUARY), "two runs in two folders differ");
    assert_eq!(yuedu.read(BOOK), again.read(BOOK));
}

#[test]
fn the_month_after_stands_beside_what_was_kept_and_every_difference_is_named() {
    let yuedu = sealed();
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert_eq!((run.code, told(&run).as_str()), (0, ""), "nothing differs, nothing is said: {run:?}");
    let before = standing(&yuedu, "2026-03", "白沙镇纪委");
    assert_eq!(before[4], "2月");

    // The sheet came again with a problem, and the county changed its scoring.
    yuedu.put("报送/2026-02/白沙.xlsx", FormBook::six("白沙镇纪委", "2026-02").good().good().bytes());
    yuedu.put("报送/2026-02/照片.jpg", [0xff, 0xd8, 0xff]);
    yuedu.put("yuedu.toml", format!("{COUNTY}\n[scoring]\nlate-per-day = 3\n"));
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    insta::assert_snapshot!(told(&run), @r"
    2026年2月已定稿（统计截至2026年2月28日），与按表重新统计的有 11 处不同（定稿 → 重新统计）：
      项目设置：评分改过
      文件“报送/2026-02/白沙.xlsx”定稿后改过
      文件“报送/2026-02/照片.jpg”定稿后才有的
      白沙镇纪委：总分 90 → 88，等次 优秀 → 良好，报送及时 19 → 17，零问题 是 → 否
      收到记录：2 → 3
      有效记录：2 → 3
      本月发现问题：1 → 3
      乡镇纪委平均分：90.5 → 89.5
      “作风建设方面”的有效记录：2 → 3
      问题 2026-02-02-01：定稿里没有，现在是“2026年3月3日检查发现，青石镇大坪村会计唐国强未按值班表在岗值班，签到册空白…”
      问题 2026-02-02-02：定稿里没有，现在是“2026年3月3日检查发现，青石镇大坪村会计唐国强未按值班表在岗值班，签到册空白…”
    ");
    assert_eq!(standing(&yuedu, "2026-03", "白沙镇纪委"), before, "the final month stands");
    let book = package::read(&yuedu.read("汇总/2026-03 月度汇总.xlsx"));
    let words = |title: &str| {
        let page = &book.iter().find(|(other, _)| other == title).unwrap().1;
        page.values().map(|cell| cell.value.clone() + "\n").collect::<String>()
    };
    assert!(words("月度概览").contains("上月数取自定稿，与按表重新统计的有"), "{}", words("月度概览"));
    for line in told(&run).lines().skip(1) {
        assert!(words("口径说明").contains(line.trim()), "{line} in\n{}", words("口径说明"));
    }
}

#[test]
fn a_final_month_is_told_and_never_replaced_without_force() {
    let yuedu = sealed();
    let (book, kept) = (yuedu.read(BOOK), yuedu.read(FEBRUARY));
    let run = summarize(&yuedu, &["--month", "2026-02"]);
    assert_eq!(
        (run.code, told(&run).as_str()),
        (0, "2026年2月已定稿（统计截至2026年2月28日），与按表重新统计的一致\n")
    );
    assert!(yuedu.read(BOOK) == book, "the same month gives the same workbook");
    let refused = summarize(&yuedu, &["--month", "2026-02", "--final"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{refused:?}");
    assert!(
        refused.stderr.contains("2026年2月已经定稿（汇总/2026-02 定稿.csv，统计截至2026年2月28日）"),
        "{refused:?}"
    );
    assert!(refused.stderr.contains("--force"), "{refused:?}");
    let part = summarize(&yuedu, &["--month", "2026-02", "--final", "--force", "报送/2026-02/青石.xlsx"]);
    assert_eq!(part.code, 2, "{part:?}");

    yuedu.put("报送/2026-02/青石.xlsx", FormBook::six("青石镇纪委", "2026-02").problem("部分村落实不到位。").bytes());
    let run = summarize(&yuedu, &["--month", "2026-02"]);
    assert_eq!(run.code, 2, "{run:?}");
    insta::assert_snapshot!(told(&run), @r"
    2026年2月已定稿（统计截至2026年2月28日），与按表重新统计的有 9 处不同（定稿 → 重新统计）：
      文件“报送/2026-02/青石.xlsx”定稿后改过
      青石镇纪委：总分 91 → 86，名次 1 → 2，等次 优秀 → 良好，内容具体 30 → 28，任务完成 11 → 8
      白沙镇纪委：名次 2 → 1
      有效记录：2 → 1
      其中：同类已开展：6 → 3
      其中：未开展：18 → 21
      乡镇纪委平均分：90.5 → 88
      “作风建设方面”的有效记录：2 → 1
      问题 2026-02-01-01：定稿时是“2026年3月3日检查发现，青石镇大坪村会计唐国强未按值班表在岗值班，签到册空白…”，现在是“部分村落实不到位。”
    2026年2月已经定稿，“汇总/2026-02 月度汇总.xlsx”没有重写：重新统计与定稿不同。确要重写，加 --force；要另存，加 --out 文件
    ");
    assert!(run.stdout.contains("得分排名"), "the fresh count is shown all the same: {run:?}");
    assert!(yuedu.read(BOOK) == book && yuedu.read(FEBRUARY) == kept);
    assert_eq!(summarize(&yuedu, &["--month", "2026-02", "--out", "另存.xlsx"]).code, 0);
    assert_eq!(summarize(&yuedu, &["--month", "2026-02", "--force"]).code, 0);
    assert!(yuedu.read(BOOK) != book && yuedu.read(FEBRUARY) == kept);
    assert_eq!(summarize(&yuedu, &["--month", "2026-02", "--final", "--force"]).code, 0);
    assert!(yuedu.read(FEBRUARY) != kept);
    assert!(told(&summarize(&yuedu, &["--month", "2026-02"])).contains("一致"));
    // Another day of the count is another workbook.
    assert_eq!(summarize(&yuedu, &["--month", "2026-02", "--as-of", "2026-03-10"]).code, 2);
}

#[test]
fn what_excel_leaves_of_it_is_read() {
    let yuedu = sealed();
    let lines = text(&yuedu, FEBRUARY);
    let turned: Vec<String> = lines
        .trim_start_matches('\u{feff}')
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells.reverse();
            cells.join(",").replace("2026-02-28", "2026/2/28").replace("2026-02,", "Feb-26,") + ",\r\n"
        })
        .collect();
    yuedu.put(FEBRUARY, encoding_rs::GB18030.encode(&turned.concat()).0);
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert_eq!((run.code, told(&run).as_str()), (0, ""), "{run:?}");
    assert_eq!(standing(&yuedu, "2026-03", "白沙镇纪委")[4], "2月");
}

#[test]
fn a_month_that_another_program_made_final_says_so() {
    let yuedu = sealed();
    yuedu.put(FEBRUARY, text(&yuedu, FEBRUARY).replace(VERSION, "0.0.1"));
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert!(run.code == 0 && told(&run).ends_with(&format!("\n  程序：yuedu 0.0.1 → yuedu {VERSION}\n")), "{run:?}");
}

#[test]
fn a_unit_under_another_name_is_still_the_one_that_was_made_final() {
    let yuedu = sealed();
    let renamed = COUNTY.replace("白沙镇纪委\"", "白沙街道纪工委\"").replace("[\"青石镇\"]", "[\"青石\"]");
    yuedu.put("yuedu.toml", format!("{renamed}aliases = [\"白沙镇纪委\"]\n"));
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    let last = told(&run);
    assert!(run.code == 0 && last.ends_with("有 1 处不同（定稿 → 重新统计）：\n  项目设置：名册改过\n"), "{run:?}");
    assert_eq!(standing(&yuedu, "2026-03", "白沙街道纪工委")[1], "90");
}

#[test]
fn bad_lines_are_told_with_their_numbers() {
    let yuedu = county();
    let head = "类别,名称,数值,名次,等次,报送,报送及时,填报规范,内容具体,任务完成,整改闭环,加分,零问题,摘要\n";
    let lines = "口径,月份,2026-02,,,,,,,,,,,\n口径,统计截至,二月底,,,,,,,,,,,\n得分,青石镇纪委,很高,第一,,,,,x,,,,,\n\
                 总分,白沙镇纪委,90,,,,,,,,,,,\n数字,应报单位,两个,,,,,,,,,,,\n内容,,3,,,,,,,,,,,\n";
    yuedu.put(FEBRUARY, format!("{head}{lines}"));
    yuedu.put(
        "汇总/2026-01 定稿.csv",
        format!("{head}口径,月份,2026-02,,,,,,,,,,,\n口径,统计截至,2026-02-28,,,,,,,,,,,\n"),
    );
    yuedu.put("汇总/2025-12 定稿.csv", head);
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr, @r"
    汇总/2025-12 定稿.csv：不是完整的定稿：缺少“月份”或“统计截至”这一行；可以删去它，用 summarize --final 重新定稿
    汇总/2026-01 定稿.csv：是 2026-02 的定稿，文件名却是 2026-01 的；请核对文件名
    汇总/2026-02 定稿.csv 第 3 行：数值“二月底”不是日期；请写成 2026/3/24 或 2026-03-24
    汇总/2026-02 定稿.csv 第 4 行：数值“很高”不是分数；应是至多一位小数的数
    汇总/2026-02 定稿.csv 第 4 行：名次“第一”不是整数
    汇总/2026-02 定稿.csv 第 4 行：内容具体“x”不是分数；应是至多一位小数的数
    汇总/2026-02 定稿.csv 第 5 行：类别“总分”认不出；应是 口径、得分、数字、内容、问题、登记、以前登记 或 文件
    汇总/2026-02 定稿.csv 第 6 行：数值“两个”不是数
    汇总/2026-02 定稿.csv 第 7 行：名称是空的，请填写
    ");
}

#[test]
fn without_its_sheets_a_final_month_still_gives_its_scores() {
    let yuedu = sealed();
    summarize(&yuedu, &["--month", "2026-03"]);
    let before = standing(&yuedu, "2026-03", "青石镇纪委");
    std::fs::remove_dir_all(yuedu.path("报送/2026-02")).unwrap();
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert_eq!((run.code, told(&run).as_str()), (0, ""), "{run:?}");
    assert_eq!(standing(&yuedu, "2026-03", "青石镇纪委")[1..4], before[1..4]);
    assert_eq!(standing(&yuedu, "2026-03", "白沙镇纪委")[4], "2月");
}

#[test]
fn months_without_a_problem_stand_as_they_were_made_final() {
    let yuedu = sealed().file("报送/2026-04/青石.xlsx", FormBook::six("青石镇纪委", "2026-04").good().bytes());
    yuedu.put("报送/2026-02/白沙.xlsx", FormBook::six("白沙镇纪委", "2026-02").good().bytes());
    let run = summarize(&yuedu, &["--month", "2026-04"]);
    let line = "2026年2月定稿里白沙镇纪委是零问题，按表重新统计不是；零问题月份以定稿为准";
    assert!(run.code == 0 && run.stderr.contains(line), "{run:?}");
    assert_eq!(standing(&yuedu, "2026-04", "白沙镇纪委")[4], "2月");
}

#[test]
fn the_numbers_of_problems_do_not_depend_on_what_was_made_final() {
    let numbers = |yuedu: &Yuedu| {
        assert_eq!(summarize(yuedu, &["--month", "2026-03"]).code, 0);
        let book = package::read(&yuedu.read("汇总/2026-03 月度汇总.xlsx"));
        let page = &book.iter().find(|(title, _)| title == "问题台账").unwrap().1;
        page.values().map(|cell| cell.value.clone()).filter(|value| value.starts_with("2026-0")).collect::<Vec<_>>()
    };
    let open = numbers(&county());
    assert!(open.len() > 2, "{open:?}");
    assert_eq!(numbers(&sealed()), open);
}

#[test]
fn what_comes_in_after_the_month_was_made_final_is_told_at_the_door() {
    let yuedu = sealed().file("来/青石.xlsx", FormBook::six("青石镇纪委", "2026-02").good().good().bytes());
    let run = yuedu.run_with(&["receive", "来", "--date", "2026-03-02"]);
    assert!(run.code == 0 && run.stderr.contains("2026年2月已经定稿：这次收下的不进定稿"), "{run:?}");
    assert!(yuedu.path("报送/2026-02/青石镇纪委（2）.xlsx").exists(), "{run:?}");
}

#[test]
fn without_a_roster_a_name_like_a_formula_is_kept_as_a_name() {
    let form = FormBook::six("=cmd()\u{1b}组", "2026-02").good().set(4, "无").set(5, "无");
    let yuedu = Yuedu::new().file("报送/2026-02/a.xlsx", form.bytes()).file("报送/2026-03/a.xlsx", form.bytes());
    assert_eq!(summarize(&yuedu, &["--month", "2026-02", "--final"]).code, 0);
    assert!(text(&yuedu, FEBRUARY).contains("得分,'=cmd()组,"), "{}", text(&yuedu, FEBRUARY));
    let run = summarize(&yuedu, &["--month", "2026-03"]);
    assert_eq!((run.code, told(&run).as_str()), (0, ""), "{run:?}");
}
