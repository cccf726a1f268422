//! `yuedu init`: the project it writes is whole, and so is every example in it.

use super::common::Yuedu;

/// A line of a starter file that is an example: `#` with no blank after it.
fn uncomment(text: &str) -> String {
    let lines = text.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.starts_with(' ') => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn text(yuedu: &Yuedu, name: &str) -> String {
    String::from_utf8(yuedu.read(name)).unwrap().trim_start_matches('\u{feff}').to_owned()
}

#[test]
fn the_project_is_written_and_loads_without_a_fault() {
    let yuedu = Yuedu::new();
    let run = yuedu.run_with(&["init", "清河"]);
    assert_eq!((run.code, run.stderr.contains("下一步")), (0, true), "{run:#?}");
    insta::assert_snapshot!(run.stdout, @r"
    已在“清河”建好项目：
      yuedu.toml　县名、名册、期限、规则、评分
      说明.txt　每月怎么用、登记簿怎么记
      checklists/　要改任务清单才用，里面有示例
      重点/　每月的重点工作，里面有示例
      下发/　空白表
      报送/　收到的表，一个月一个文件夹，如 报送/2026-03/
      退回/　退回的表
      汇总/　汇总与排名
      收件登记.csv、认定.csv、加减分.csv、销号.csv、交办件.csv　登记簿，只有栏名
    ");
    assert_eq!(yuedu.read("清河/收件登记.csv"), "\u{feff}收到日期,单位,月份,文件,摘要,结论\r\n".as_bytes());
    for folder in ["下发", "报送", "退回", "汇总"] {
        assert!(yuedu.path(&format!("清河/{folder}")).is_dir(), "{folder}");
    }
    let run = yuedu.run_with(&["template", "--month", "2026-03", "--project", "清河"]);
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn every_example_holds_once_it_is_put_to_use() {
    let yuedu = Yuedu::new();
    assert_eq!(yuedu.run_with(&["init"]).code, 0);
    let roster = "[[unit]]\nname = \"白沙镇纪委\"\nkind = \"township\"\n";
    let project = uncomment(&text(&yuedu, "yuedu.toml"));
    assert!(project.contains("\ncounty = \"清河县\"") && project.contains("\nlate-cap = 5"));
    yuedu.put("yuedu.toml", format!("{project}\n{roster}"));
    yuedu.put("重点/2026-03.toml", yuedu.read("重点/示例.txt"));
    yuedu.put("checklists/补充.toml", yuedu.read("checklists/示例.txt"));
    // Under each register's name in 说明.txt stands a line for it.
    let readme = text(&yuedu, "说明.txt");
    let mut examples = 0;
    for register in ["收件登记.csv", "认定.csv", "加减分.csv", "销号.csv", "交办件.csv"] {
        let mut lines = readme.lines().skip_while(|line| !line.trim().starts_with(register)).skip(1);
        let example = lines.next().unwrap().trim();
        yuedu.put(register, format!("{}{example}\r\n", String::from_utf8(yuedu.read(register)).unwrap()));
        examples += 1;
    }
    assert_eq!(examples, 5);
    yuedu.put("报送/2026-03/说明.txt", "没有表");
    let run = yuedu.run_with(&["validate", "--month", "2026-03"]);
    assert!(run.code < 2, "{run:#?}");
    let run = yuedu.run_with(&["template", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn nothing_that_is_there_is_overwritten_unasked() {
    let yuedu = Yuedu::new().file("说明.txt", "自己的").file("加减分.csv", "自己的");
    let run = yuedu.run_with(&["init"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(run.stdout.contains("加减分.csv、说明.txt　原来就有，没有改动"), "{run:#?}");
    assert_eq!(yuedu.read("说明.txt"), "自己的".as_bytes());
    yuedu.put("yuedu.toml", "county = \"清河县\"\n");
    let run = yuedu.run_with(&["init"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "“yuedu.toml”已经存在，没有覆盖；确要重写它，请加 --force（登记簿不会被改动）\n");
    assert_eq!(yuedu.read("yuedu.toml"), "county = \"清河县\"\n".as_bytes());
    assert_eq!(yuedu.run_with(&["init", "--force"]).code, 0);
    assert!(text(&yuedu, "yuedu.toml").contains("profile = \"dongan\""));
    assert_eq!(yuedu.read("加减分.csv"), "自己的".as_bytes(), "a register is never overwritten");
}

#[test]
fn an_unknown_profile_is_answered_with_the_nearest() {
    let run = Yuedu::new().args(["init", "--profile", "dongna"]).run();
    assert_eq!((run.code, run.stderr.as_str()), (2, "没有“dongna”这套内置清单，是 \"dongan\" 吗？\n"));
}
