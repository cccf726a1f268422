//! The command line as a clerk meets it: Chinese throughout, results apart from messages, exit statuses.

use crate::common::Yuedu;

#[test]
fn without_arguments_the_three_steps_are_shown() {
    let run = Yuedu::new().run_with(&[]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stdout, "");
    for word in ["yuedu template", "yuedu validate", "yuedu summarize", "yuedu init"] {
        assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
    }
}

#[test]
fn help_is_a_result_and_chinese_to_the_last_word() {
    let folder = Yuedu::new();
    let root = folder.run_with(&["--help"]);
    assert_eq!((root.code, root.stderr.as_str()), (0, ""));
    let commands: Vec<&str> = root
        .stdout
        .lines()
        .skip_while(|line| *line != "命令：")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .map(|line| line.split_whitespace().next().unwrap())
        .collect();
    for known in ["init", "template", "validate", "status", "summarize", "checklist", "explain", "completions"] {
        assert!(commands.contains(&known), "{known} in {commands:?}");
    }
    for command in commands {
        let by_flag = folder.run_with(&[command, "-h"]);
        assert_eq!(by_flag.code, 0, "{by_flag:?}");
        assert!(by_flag.stdout.contains(&format!("用法：yuedu {command}")), "{}", by_flag.stdout);
        assert!(by_flag.stdout.contains("--project <文件夹>"), "{}", by_flag.stdout);
        assert_eq!(folder.run_with(&["help", command]).stdout, by_flag.stdout);
    }
    assert_eq!(folder.run_with(&["-V"]).stdout, format!("yuedu {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_mistake_is_told_in_chinese_and_ends_with_2() {
    let folder = Yuedu::new().file("报送/表.xlsx", "");
    for (args, says) in [
        (&["sumarize"][..], "没有“sumarize”这个命令，是 summarize 吗？"),
        (&["报送/表.xlsx"], "要检查它，写：yuedu validate"),
        (&["template", "--mont", "3"], "没有 --mont 这个选项，是 --month 吗？"),
        (&["template", "--month", "三月"], "月份写成 2026-03 这样"),
        (&["template", "--layout", "five"], "可以写：six、four"),
        (&["template", "--color", "red"], "可以写：auto、always、never"),
        (&["summarize"], "少了 --month <月份>"),
        (&["completions", "tcsh"], "可以写：bash、elvish、fish、powershell、zsh"),
        (&["help", "nothing"], "没有“nothing”这个命令"),
    ] {
        let run = folder.run_with(args);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{args:?}: {run:?}");
        assert!(run.stderr.contains(says), "{args:?}: {}", run.stderr);
        assert!(!run.stderr.contains("error") && !run.stderr.contains("Usage"), "{}", run.stderr);
    }
}

#[test]
fn a_mistake_cannot_steer_the_terminal() {
    let run = Yuedu::new().run_with(&["\u{1b}[31m红"]);
    assert_eq!(run.code, 2);
    assert!(!run.stderr.contains('\u{1b}'), "{:?}", run.stderr);
}

#[test]
fn completions_know_every_command_and_option() {
    let folder = Yuedu::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = folder.run_with(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{shell}");
        for word in ["summarize", "validate", "layout", "month"] {
            assert!(run.stdout.contains(word), "{word} in {shell}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_closes_early_is_no_failure() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_yuedu"))
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_in_chinese() {
    use std::process::{Command, Stdio};
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_yuedu")).arg("--help").stdout(Stdio::from(full)).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "结果没有输出完：磁盘空间不够：请清理后再试\n");
}
