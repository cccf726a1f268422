//! Registers: the catalogue of what is said of a bad line.

use super::common::Yuedu;

const ROSTER: &str = "county = \"清河县\"
[[unit]]
name = \"青石镇纪委\"
kind = \"township\"
aliases = [\"青石镇\"]
[[unit]]
name = \"驻县教育局纪检监察组\"
kind = \"dispatched\"
";

fn county() -> Yuedu {
    Yuedu::new()
        .file("yuedu.toml", ROSTER)
        .file("报送/2026-03/说明.txt", "没有表")
        .args(["validate", "--month", "2026-03"])
}

#[test]
fn every_bad_line_of_every_register_is_told_at_once() {
    let run = county()
        .file(
            "收件登记.csv",
            "收到日期,单位,月份,文件,摘要,结论\n\
             2026/3/24,青石镇,2026-03,报送/2026-03/a.xlsx,,合格\n\
             3月24日,青石纪委,三月,,,同意\n\
             2025-03-24,青石镇纪委,2026年3月,a.xlsx,,\n\
             ,,,,,\n\
             2026-03-24,招商局,Mar-26,b.xlsx,,退回\n",
        )
        .file(
            "认定.csv",
            "月份,单位,文件,行,规则,认定人,理由,日期\n\
             2026-03,青石镇,a.xlsx,6,date-partail,周敏,核实,2026-03-26\n\
             2026-03,青石镇,,零,person-no-post,,,\n\
             2026-03,青石镇,,,focus-not-done,周敏,核实,2026-03-26\n",
        )
        .file(
            "加减分.csv",
            "月份,单位,项目,分值,理由,依据文号,登记人,日期\n\
             2026-03,青石镇,加分,2,表扬,,周敏,2026-03-28\n\
             2026-03,青石镇,加分,-2,表扬,市纪通1号,周敏,2026-03-28\n\
             2026-03,青石镇,整改闭幕,-1.25,逾期,,周敏,2026-03-28\n",
        )
        .file(
            "销号.csv",
            "问题编号,月份,单位,销号日期,依据,登记人\n\
             2026-03-01-02,2026-03,青石镇,2026-04-10,收据,周敏\n\
             2026-3-1-2,2026-03,青石镇,2026-04-11,收据,周敏\n\
             2026-03-02-01,2026-03,青石镇,2026-04-10,收据,周敏\n\
             2026-02-01-01,2026-03,青石镇,2026-04-10,收据,周敏\n\
             7号,2026-03,青石镇,2026-02-30,收据,\n",
        )
        .file(
            "交办件.csv",
            "编号,级别,单位,事项,交办日期,限办日期,办结日期\n\
             1,市级,青石镇,低保,2026-03-02,2026-04-02,\n\
             2,中央,青石镇,低保,2026-04-02,2026-03-02,2026-03-01\n",
        )
        .run();
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr, @r"
    收件登记.csv 第 3 行：收到日期“3月24日”不是日期；请写成 2026/3/24 或 2026-03-24
    收件登记.csv 第 3 行：名册里没有“青石纪委”，是“青石镇纪委”吗？
    收件登记.csv 第 3 行：月份“三月”认不出；请写成 2026-03 或 2026年3月
    收件登记.csv 第 3 行：文件是空的，请填写
    收件登记.csv 第 3 行：结论“同意”认不出；请写 合格 或 退回，还没有结论就空着
    收件登记.csv 第 4 行：收到日期（2025-03-24）早于所报月份的上一个月（2026-02-01），请核对
    收件登记.csv 第 6 行：名册里没有“招商局”；请核对名称，或在 yuedu.toml 的 [[unit]] 里添上
    认定.csv 第 2 行：没有“date-partail”这条规则，是 date-partial 吗？
    认定.csv 第 3 行：文件是空的，请填写
    认定.csv 第 3 行：行“零”不是行号；请写表里的行号，如 6；整个文件的问题就空着
    认定.csv 第 3 行：认定人是空的，请填写
    认定.csv 第 3 行：理由是空的，请填写
    认定.csv 第 3 行：日期是空的，请填写
    加减分.csv 第 2 行：依据文号是空的，请填写
    加减分.csv 第 3 行：加分应是正数，这里是 -2；要扣分，请在项目里写扣哪一项，如 整改闭环
    加减分.csv 第 4 行：没有“整改闭幕”这个项目，是 整改闭环 吗？（可以写：加分、报送及时、填报规范、内容具体、任务完成、整改闭环）
    加减分.csv 第 4 行：分值“-1.25”认不出；请写至多一位小数的数，加分如 2，扣分如 -1.5
    销号.csv 第 4 行：问题编号 2026-03-02-01 不是“青石镇纪委”的：它在名册里是第 1 个单位
    销号.csv 第 5 行：月份写的是 2026-03，问题编号 2026-02-01-01 却是 2026-02 的；月份写发现问题的月份
    销号.csv 第 6 行：问题编号“7号”认不出；请照问题台账抄写，如 2026-03-07-02
    销号.csv 第 6 行：销号日期“2026-02-30”不是日期；请写成 2026/3/24 或 2026-03-24
    销号.csv 第 6 行：登记人是空的，请填写
    销号.csv 第 3 行：问题 2026-03-01-02 在第 2 行已经登记，请删去一行
    交办件.csv 第 3 行：级别“中央”认不出；请写 县、市 或 省
    交办件.csv 第 3 行：限办日期（2026-03-02）早于交办日期（2026-04-02），请核对
    交办件.csv 第 3 行：办结日期（2026-03-01）早于交办日期（2026-04-02），请核对
    ");
}

#[test]
fn a_register_that_is_no_table_says_what_to_do() {
    let run = county()
        .file("收件登记.csv", "收到日其,单位,月份,文件\n2026/3/24,青石镇,2026-03,a.xlsx\n")
        .file("认定.csv", b"PK\x03\x04....")
        .file(
            "销号.csv",
            "问题编号,月份,单位,销号日期,依据,登记人\n2026-03-01-02,2026-03,青石镇,2026-04-10,收据,存档,周敏\n",
        )
        .file("加减分.csv", "月份,单位,项目,分值,理由,依据文号,登记人,日期\n\"2026-03,青石镇\n")
        .file("交办件.csv", b"\xff\xfe1\x004\x00")
        .run();
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr, @r"
    收件登记.csv 第 1 行：缺少“收到日期”这一栏（“收到日其”是它吗？）；第一行应有：收到日期、单位、月份、文件、摘要、结论
    收件登记.csv 第 1 行：缺少“结论”这一栏；第一行应有：收到日期、单位、月份、文件、摘要、结论
    认定.csv：是工作簿，不是 CSV；请另存为“CSV UTF-8（逗号分隔）”
    加减分.csv：英文引号没有成对；请用 Excel 或 WPS 打开核对，再存为 CSV
    销号.csv 第 2 行：比表头多出 1 格；内容里有英文逗号的，改成中文逗号，或整格加英文引号
    交办件.csv：是 UTF-16 编码；请另存为“CSV UTF-8（逗号分隔）”
    ");
}

#[test]
fn lines_without_a_roster_are_told_once_a_register() {
    let lines = "收到日期,单位,月份,文件,结论\n2026/3/24,青石镇,2026-03,a.xlsx,\n2026/3/24,白沙镇,2026-03,b.xlsx,\n";
    let run = county().file("yuedu.toml", "county = \"清河县\"\n").file("收件登记.csv", lines).run();
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr, @"收件登记.csv：有 2 行登记，但名册还是空的，认不出单位；请先在 yuedu.toml 里用 [[unit]] 写明各单位");
    let empty = county().file("yuedu.toml", "").file("收件登记.csv", "\u{feff}收到日期,单位,月份,文件,结论\r\n").run();
    assert!(empty.code < 2, "{empty:#?}");
}

#[test]
fn what_excel_and_wps_leave_is_read() {
    let (gb18030, ..) = encoding_rs::GB18030.encode(
        "结论,文件,月份,单位,收到日期,经手人\r\n\
         退回,报送\\2026-03\\a.xlsx,Mar-26,青 石 镇,2026年3月24日,甲\r\n\
         ,a.xlsx,2026/3/1,驻县教育局纪检监察组,2026/3/24 0:00,\"乙\r\n丙\"\r\n\r\n,,,,,\r\n",
    );
    let run = county().file("收件登记.csv", gb18030).run();
    assert!(run.code < 2, "{run:#?}");
}

#[test]
fn hostile_words_of_a_register_are_quoted_harmlessly() {
    let long = "长".repeat(5000);
    let lines = format!("收到日期,单位,月份,文件,结论\n\u{1b}[31m2026,\u{1b}]0;x\u{7},{long},a.xlsx,=1+1\n");
    let run = county().file("收件登记.csv", lines).run();
    assert_eq!(run.code, 2);
    assert!(!run.stderr.contains('\u{1b}') && run.stderr.len() < 2000, "{}", run.stderr);
    run.assert_calm();
}
