//! 附件1 as data: every task of the source, word for word.

use std::fs;
use std::path::Path;

/// A task of the printed lists: number, text, 执行时间.
type Printed = (i64, String, String);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The three lists of 附件1 as printed: after each heading, number, text and 执行时间 on a line each.
fn printed() -> Vec<(String, Vec<Printed>)> {
    let extract = fs::read_to_string(root().join("tests/data/附件1.txt")).unwrap();
    let headings = ["派驻纪检监察组日常监督任务清单", "乡镇纪委基础工作", "乡镇纪委日常监督任务清单"];
    let mut lists: Vec<(String, Vec<Printed>)> = Vec::new();
    let lines: Vec<&str> = extract.lines().collect();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        if headings.contains(line) {
            lists.push(((*line).to_owned(), Vec::new()));
        } else if let Ok(number) = line.parse() {
            let (text, frequency) = (lines[at + 1].to_owned(), lines[at + 2].to_owned());
            lists.last_mut().unwrap().1.push((number, text, frequency));
            at += 2;
        }
        at += 1;
    }
    lists
}

fn frequency(printed: &str) -> &'static str {
    match printed {
        "每周" => "weekly",
        "每月" => "monthly",
        "每季" => "quarterly",
        "半年" | "每半年" => "half-yearly",
        "每年" => "yearly",
        "全年" => "year-round",
        other => panic!("{other}"),
    }
}

fn file(name: &str) -> toml::Table {
    fs::read_to_string(root().join("checklists/dongan").join(name)).unwrap().parse().unwrap()
}

#[test]
fn every_task_of_the_source_stands_word_for_word() {
    let printed = printed();
    let files = [("dispatched.toml", 24), ("base.toml", 5), ("township.toml", 22)];
    assert_eq!(printed.len(), files.len());
    let contents = file("profile.toml")["contents"].as_array().unwrap().clone();
    let mut count = 0;
    for ((title, wanted), (name, length)) in printed.iter().zip(files) {
        let list = file(name);
        let tasks = list["task"].as_array().unwrap();
        assert_eq!(list["title"].as_str(), Some(title.as_str()));
        assert_eq!((tasks.len(), wanted.len()), (length, length), "{name}");
        for (task, (number, text, when)) in tasks.iter().zip(wanted) {
            assert_eq!(task["number"].as_integer(), Some(*number), "{name}");
            assert_eq!(task["text"].as_str(), Some(text.as_str()), "{name} {number}");
            assert_eq!(task["frequency"].as_str(), Some(frequency(when)), "{name} {number}");
            assert!(contents.contains(&task["content"]), "{name} {number}");
            count += 1;
        }
    }
    assert_eq!(count, 51);
}

#[test]
fn the_lists_of_choices_have_ten_contents_and_seven_methods() {
    let profile = file("profile.toml");
    assert_eq!(profile["contents"].as_array().unwrap().len(), 10);
    assert_eq!(profile["methods"].as_array().unwrap().len(), 7);
    assert_eq!(profile["rules"].as_table().unwrap().len(), 41);
}

#[test]
fn short_titles_differ_within_a_kind_and_fit_a_dropdown() {
    for names in [&["dispatched.toml"][..], &["base.toml", "township.toml"]] {
        let mut seen = Vec::new();
        for name in names {
            for task in file(name)["task"].as_array().unwrap() {
                let title = task["title"].as_str().unwrap().to_owned();
                assert!(title.chars().count() <= 20, "{title}");
                assert!(!seen.contains(&title), "{title}");
                seen.push(title);
            }
        }
    }
}
