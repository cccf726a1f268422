//! Project files: the catalogue of what is said of a fault.

use super::common::Yuedu;

fn faults(yuedu: &Yuedu) -> String {
    let run = yuedu.run_with(&["template", "--month", "2026-03"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert_eq!(run.stdout, "");
    run.assert_calm();
    run.stderr
}

fn project(text: &str) -> Yuedu {
    Yuedu::new().file("yuedu.toml", text)
}

#[test]
fn every_fault_of_a_project_file_is_told_at_once() {
    let yuedu = project(
        r#"profile = "dongna"
county = "清河县纪委监委"
conty = "x"
methods = ["会议监督", "会议 监督", ""]

[deadline]
day = 35
"2026-02" = "2025-02-12"
"2026-03" = "月底"
"2026年3月" = 2026-03-26
when = 1

[[unit]]
name = "青石镇纪委"
kind = "township"
aliases = ["青石镇"]

[[unit]]
name = "白沙镇纪委"
kind = "乡镇"
aliases = ["青石镇"]
phone = 13800001234
from = "2026-09"
to = "2026-08"
exempt = ["2026-13"]
suprevises = ["大坪村"]

[[unit]]
name = "驻县教育局纪检监察组"

[[unit]]
kind = "dispatched"

[rules]
date-partail = "error"
date-partial = "eror"
whatever = "off"

[scoring]
late-per-day = 1.25
late-cap = -5
grace-days = "十"
form-rules = ["date_*", "content-*", "unit-mising"]
band-good = 95
late-perday = 1

[form]
title = "明细表"
[form.columns]
problem = ["处理情况"]
handlin = ["整改"]
"#,
    );
    insta::assert_snapshot!(faults(&yuedu), @r#"
    yuedu.toml 第 1 行第 11 列：没有“dongna”这套内置清单，是 "dongan" 吗？
    yuedu.toml 第 2 行第 10 列：county 只写县名，如 "清河县"；“清河县纪委监委”里的纪委监委由程序加上
    yuedu.toml 第 3 行第 1 列：没有“conty”这个键，是 county 吗？
    yuedu.toml 第 4 行第 20 列：methods 里“会议 监督”写了两次，请删去一个
    yuedu.toml 第 4 行第 29 列：methods 这里是空的；请填写，或删去
    yuedu.toml 第 7 行第 7 列：day 应在 1 到 31 之间，这里是 35
    yuedu.toml 第 8 行第 13 列：2026年2月的期限写成了 2025-02-12，不在这个月前后，请核对年份和月份
    yuedu.toml 第 9 行第 13 列：“月底”不是日期；请写成 "2026-03-12" 的样子
    yuedu.toml 第 10 行第 1 列：2026年3月的期限写了两次，请删去一个
    yuedu.toml 第 11 行第 1 列：[deadline] 里没有“when”这个键；可以写 day = 25，或某个月的期限 "2026-02" = "2026-02-12"
    yuedu.toml 第 20 行第 8 列：没有“乡镇”这种单位，是 "township" 吗？（kind 写 "township" 乡镇纪委，或 "dispatched" 派驻纪检监察组）
    yuedu.toml 第 21 行第 12 列：“青石镇”已经是“青石镇纪委”（第 16 行）的名称或别名，两个单位分不清；请改一个
    yuedu.toml 第 22 行第 9 列：phone 应是写在英文引号里的文字，这里写的是数字
    yuedu.toml 第 24 行第 6 列：to（2026-08）早于 from（2026-09），请核对
    yuedu.toml 第 25 行第 11 列：exempt 里的“2026-13”不是月份；请写成 "2026-03" 的样子
    yuedu.toml 第 26 行第 1 列：[[unit]] 里没有“suprevises”这个键，是 supervises 吗？
    yuedu.toml 第 28 行第 1 列：[[unit]] 里缺少 kind；请写 kind = "dispatched"（按名称看是派驻纪检监察组）
    yuedu.toml 第 31 行第 1 列：[[unit]] 里缺少 name；请写 name = "单位全称"
    yuedu.toml 第 35 行第 1 列：没有“date-partail”这条规则，是 date-partial 吗？
    yuedu.toml 第 36 行第 16 列：没有“eror”这个级别，是 "error" 吗？（error 不合格，warning 提醒，info 提示，off 不查）
    yuedu.toml 第 37 行第 1 列：没有“whatever”这条规则；全部规则见 yuedu explain
    yuedu.toml 第 39 行第 1 列：等次的分数应从高到低：band-excellent（90）、band-good（95）、band-pass（60）
    yuedu.toml 第 40 行第 16 列：late-per-day 应是 0 到 1000、至多一位小数的分值（扣分也写正数），这里是 1.25
    yuedu.toml 第 41 行第 12 列：late-cap 应是 0 到 1000、至多一位小数的分值（扣分也写正数），这里是 -5
    yuedu.toml 第 42 行第 14 列：grace-days 应是整数（不加引号），这里写的是文字
    yuedu.toml 第 43 行第 15 列：没有“date_*”这条规则，是 date-* 吗？
    yuedu.toml 第 43 行第 38 列：没有“unit-mising”这条规则，是 unit-missing 吗？
    yuedu.toml 第 45 行第 1 列：[scoring] 里没有“late-perday”这个键，是 late-per-day 吗？
    yuedu.toml 第 48 行第 9 列：title 里要留 {county} 的位置：{county} 是县名，{month} 是月份
    yuedu.toml 第 48 行第 9 列：title 里要留 {month} 的位置：{county} 是县名，{month} 是月份
    yuedu.toml 第 50 行第 12 列：“处理情况”也是 handling 的名称，两栏分不清；请只留一处
    yuedu.toml 第 51 行第 1 列：[form.columns] 里没有“handlin”这个键，是 handling 吗？
    "#);
}

#[test]
fn faults_of_task_lists_and_focus_items_name_task_and_item() {
    let yuedu = project("[[unit]]\nname = \"青石镇纪委\"\nkind = \"township\"\naliases = [\"青石镇\"]\n")
        .file(
            "checklists/a.toml",
            r#"title = "乡镇纪委日常监督任务清单"
kind = "township"
prefix = "重点"
[[task]]
number = 3
title = "村干部等到岗到位履职"
text = "村干部按规定到岗到位正常履职情况"
frequency = "每周"
content = "作风建设"
[[task]]
number = 3
title = "村干部等到岗到位履职"
text = "村务公开工作开展情况"
frequency = "weakly"
content = "作风建设方面"
[[task]]
number = 4
text = "x"
"#,
        )
        .file("checklists/b.toml", "title = \"本县清单\"\nkind = \"township\"\ntask = []\n")
        .file("checklists/c.toml", "title = \"乡镇纪委日常监督任务清单\"\nkind = \"乡镇\"\n")
        .file("checklists/d.toml", "title = \"本县清单\"\nkind = \"township\"\ntask = 1\n")
        .file(
            "重点/2026-03.toml",
            r#"[[focus]]
number = 1
title = "节后收心归位纪律检查"
content = "作风建没方面"
for = "all"
[[focus]]
number = 1
title = "作风建设方面"
content = "作风建设方面"
for = ["青石纪委", "招商局"]
[[focus]]
number = 2
title = "节后收心归位纪律检查"
content = "作风建设方面"
for = "青石镇"
[[focus]]
number = 0
title = "村级财务"
for = "乡镇"
"#,
        )
        .file("重点/三月.toml", "")
        .file("重点/2026-3.toml", "[[fokus]]\nnumber = 1\n")
        .file("重点/示例.txt", "不是 TOML");
    insta::assert_snapshot!(faults(&yuedu), @r#"
    checklists/a.toml 第 3 行第 10 列：prefix 应是不带数字和括号的短词，也不能是“重点”（重点工作专用），这里是“重点”
    checklists/a.toml 第 8 行第 13 列：没有“每周”这种执行时间，是 "weekly" 吗？（weekly 每周，monthly 每月，quarterly 每季，half-yearly 每半年，yearly 每年，year-round 全年）
    checklists/a.toml 第 9 行第 11 列：任务3“村干部等到岗到位履职”：监督内容里没有 content 写的“作风建设”，是“作风建设方面”吗？
    checklists/a.toml 第 10 行第 1 列：任务3“村干部等到岗到位履职”的简称或全文与任务3“村干部等到岗到位履职”相同，填表时分不清，请改一个
    checklists/a.toml 第 11 行第 10 列：任务编号 3 与第 5 行的重复
    checklists/a.toml 第 14 行第 13 列：没有“weakly”这种执行时间，是 "weekly" 吗？（weekly 每周，monthly 每月，quarterly 每季，half-yearly 每半年，yearly 每年，year-round 全年）
    checklists/a.toml 第 16 行第 1 列：[[task]] 里缺少 content；请写 content = "所属的监督内容"
    checklists/a.toml 第 16 行第 1 列：[[task]] 里缺少 frequency；请写 frequency = "monthly" 等执行时间
    checklists/a.toml 第 16 行第 1 列：[[task]] 里缺少 title；请写 title = "简称"（下拉菜单里用）
    checklists/c.toml 第 1 行第 1 列：缺少 task；请写 [[task]]，每项任务一段
    checklists/c.toml 第 2 行第 8 列：没有“乡镇”这种单位，是 "township" 吗？（kind 写 "township" 乡镇纪委，或 "dispatched" 派驻纪检监察组）
    checklists/d.toml 第 1 行第 9 列：checklists/b.toml 已经写了“本县清单”，请删去一份
    checklists/d.toml 第 3 行第 8 列：task 应是若干段，每段以 [[task]] 开头，这里写的是数字
    重点/2026-03.toml 第 4 行第 11 列：监督内容里没有 content 写的“作风建没方面”，是“作风建设方面”吗？
    重点/2026-03.toml 第 7 行第 10 列：编号 1 与第 2 行的重复
    重点/2026-03.toml 第 8 行第 9 列：title 与一项监督内容同名，填表时分不清；请写得具体些
    重点/2026-03.toml 第 10 行第 8 列：名册里没有“青石纪委”，是“青石镇纪委”吗？
    重点/2026-03.toml 第 10 行第 16 列：名册里没有“招商局”；请核对名称，或在 yuedu.toml 的 [[unit]] 里添上
    重点/2026-03.toml 第 13 行第 9 列：与第 3 行的 title 相同，填表时分不清；请合为一项，在 for 里写全单位
    重点/2026-03.toml 第 15 行第 7 列：单位要写在方括号里：for = ["青石镇"]
    重点/2026-03.toml 第 16 行第 1 列：[[focus]] 里缺少 content；请写 content = "所属的监督内容"
    重点/2026-03.toml 第 17 行第 10 列：number 应在 1 到 999 之间，这里是 0
    重点/2026-03.toml 第 19 行第 7 列：没有“乡镇”这种单位，是 "township" 吗？（for 写 "township" 乡镇纪委，或 "dispatched" 派驻纪检监察组）；所有单位写 "all"，几个单位写 ["单位", "单位"]
    重点/2026-3.toml：2026年3月的重点工作有两个文件，请合为一个
    重点/2026-3.toml 第 1 行第 3 列：没有“fokus”这个键，是 focus 吗？
    重点/三月.toml：文件名应是月份，如 2026-03.toml
    "#);
}

#[test]
fn contents_that_leave_tasks_without_a_home_name_the_tasks() {
    let contents = file_contents();
    let kept: Vec<&str> = contents.iter().map(String::as_str).filter(|content| *content != "脱贫攻坚方面").collect();
    let yuedu = project(&format!("county = \"清河县\"\ncontents = {kept:?}\n"));
    insta::assert_snapshot!(faults(&yuedu), @"yuedu.toml 第 2 行第 1 列：contents 里没有“脱贫攻坚方面”，而“乡镇纪委日常监督任务清单”的任务8“脱贫攻坚工作开展”归在它下面；请加回这一项，或在 checklists/ 里另写这份清单");
    // The county writes that list anew, and all is well.
    let own = r#"title = "乡镇纪委日常监督任务清单"
kind = "township"
[[task]]
number = 1
title = "村务公开"
text = "村务公开工作开展情况"
frequency = "monthly"
content = "作风建设方面"
"#;
    yuedu.put("checklists/乡镇.toml", own);
    let run = yuedu.run_with(&["template", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:#?}");
}

fn file_contents() -> Vec<String> {
    let profile = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists/dongan/profile.toml");
    let profile: toml::Table = std::fs::read_to_string(profile).unwrap().parse().unwrap();
    profile["contents"].as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_slip_of_the_pen_hides_no_other_fault_and_invents_none() {
    let yuedu = project(
        r#"county = 清河县
conty = 1
[rules]
date-partial = "error
date-partail = "error"
[[unit]]
name = “青石镇纪委”
kind = "township"
kind = "township"
[deadline
day = 40
"#,
    );
    insta::assert_snapshot!(faults(&yuedu), @r#"
    yuedu.toml 第 1 行第 10 列：写法有误：文字要放在英文引号里，如 "清河县"
    yuedu.toml 第 2 行第 1 列：没有“conty”这个键，是 county 吗？
    yuedu.toml 第 4 行第 22 列：写法有误：引号没有成对，或者文字里有反斜杠 \（要写成 \\）
    yuedu.toml 第 5 行第 1 列：没有“date-partail”这条规则，是 date-partial 吗？
    yuedu.toml 第 7 行第 8 列：写法有误：这里用了全角标点 “ ；等号、引号、逗号、方括号、井号都要用英文半角的
    yuedu.toml 第 9 行第 1 列：写法有误：同一段里这个键写了两次，请删去一个
    yuedu.toml 第 10 行第 10 列：写法有误：段的名称缺少后面的 ]，如 [rules]
    "#);
    // A list without its end swallows what follows: nothing of that is blamed.
    let yuedu = project("conty = 1\ncontents = [\"作风建设方面\"\n[rules]\ndate-partail = 1\n");
    yuedu.put(
        "重点/2026-03.toml",
        "[[focus]]\nnumber = 1\ntitle = \"节后\"\ncontent = \"作风建设方面\"\nfor = \"al\"\n",
    );
    insta::assert_snapshot!(faults(&yuedu), @r#"
    yuedu.toml 第 1 行第 1 列：没有“conty”这个键，是 county 吗？
    yuedu.toml 第 3 行第 1 列：写法有误：两个值之间缺少逗号，或前面的方括号没有成对
    重点/2026-03.toml 第 5 行第 7 列：没有“al”这种单位（for 写 "township" 乡镇纪委，或 "dispatched" 派驻纪检监察组）；所有单位写 "all"，几个单位写 ["单位", "单位"]
    "#);
}

#[test]
fn a_key_that_fell_into_a_section_is_sent_to_the_beginning() {
    let yuedu = project(
        "[deadline]\nmethods = [\"会议监督\"]\n[rules]\ncounty = \"清河县\"\n[scoring]\nprofile = \"dongan\"\n\
         [[unit]]\nname = \"青石镇纪委\"\nkind = \"township\"\ncounty = \"清河县\"\n",
    );
    insta::assert_snapshot!(faults(&yuedu), @r"
    yuedu.toml 第 2 行第 1 列：methods 不属于 [deadline] 这一段；请移到文件开头、第一个方括号之前
    yuedu.toml 第 4 行第 1 列：county 不属于 [rules] 这一段；请移到文件开头、第一个方括号之前
    yuedu.toml 第 6 行第 1 列：profile 不属于 [scoring] 这一段；请移到文件开头、第一个方括号之前
    yuedu.toml 第 10 行第 1 列：county 不属于 [[unit]] 这一段；请移到文件开头、第一个方括号之前
    ");
}

#[test]
fn columns_are_counted_in_characters() {
    let yuedu = project("methods = [\"会议监督\", \"信访监督\", 3]\n");
    insta::assert_snapshot!(faults(&yuedu), @"yuedu.toml 第 1 行第 28 列：methods 应是一列写在英文引号里的文字，这里写的是数字");
}

#[test]
fn what_is_no_project_file_is_said_plainly() {
    insta::assert_snapshot!(faults(&project("").file("yuedu.toml", b"# \xb2\xe2\xca\xd4\ncounty = \"\xc7\xe5\"")), @"yuedu.toml 第 1 行第 1 列：不是 UTF-8 编码；请用记事本打开，选“另存为”，编码选 UTF-8，再保存");
    let yuedu = Yuedu::new().file("甲/yuedu.toml/x", "");
    let run = yuedu.run_with(&["template", "--project", "甲"]);
    insta::assert_snapshot!(run.stderr, @"yuedu.toml：这是文件夹，不是文件");
    let run = yuedu.run_with(&["template", "--project", "乙"]);
    insta::assert_snapshot!(run.stderr, @"乙：没有这个项目文件夹或文件；请核对路径，或用 yuedu init 新建");
    insta::assert_snapshot!(faults(&Yuedu::new().file("checklists", "")), @"checklists：这是文件，不是文件夹");
}

#[test]
fn a_file_may_have_a_bom_another_name_and_the_line_ends_of_windows() {
    let text = "\u{feff}county = \"清河县\"\r\n\r\n[deadline]\r\nday = 26\r\n\"2026-02\" = 2026-02-12\r\n";
    let yuedu =
        Yuedu::new().file("甲/本县.toml", text).file("甲/checklists/.hidden.toml", "x").file("甲/重点/~a.toml", "x");
    let run = yuedu.run_with(&["template", "--month", "2026-03", "--project", "甲/本县.toml"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(yuedu.path("甲/下发/2026-03").is_dir());
}
