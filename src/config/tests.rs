//! What a project means once it is loaded. What is said of faults stands in `tests/suite/config.rs`.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use tempfile::TempDir;

use super::*;

/// A project in a temporary folder.
fn project(files: &[(&str, &str)]) -> (TempDir, Project) {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let project = Project::load(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    (folder, project)
}

fn month(number: u32) -> Month {
    Month::new(2026, number).unwrap()
}

const ROSTER: &str = r#"
county = "清河县"
methods = ["会议监督", "实地督查"]

[deadline]
day = 31
"2026-02" = 2026-02-12
"2026-04" = "2026年4月20日"

[[unit]]
name = "青石镇纪委"
kind = "township"
aliases = ["青石镇"]
from = "2026-02"
to = "2026-08"
exempt = ["2026-05"]

[[unit]]
name = "驻县教育局纪检监察组"
kind = "dispatched"

[rules]
date-out-of-period = "error"
date-partial = "info"
date-vague = "off"

[rules-progress]
date-missing = "error"

[scoring]
late-per-day = 0.5
band-excellent = 95

[form.columns]
handling = ["整改情况"]
"#;

#[test]
fn a_folder_without_a_project_file_has_the_built_in_profile() {
    let (folder, project) = project(&[]);
    assert_eq!((project.written, project.root.as_path()), (false, folder.path()));
    assert_eq!(project.settings.profile, "dongan");
    assert_eq!(project.settings.lists.iter().map(|list| list.tasks.len()).sum::<usize>(), 51);
    assert!(project.settings.county.is_none() && project.settings.units.is_empty());
}

#[test]
fn a_project_file_changes_what_it_names_and_nothing_else() {
    let (folder, project) = project(&[("yuedu.toml", ROSTER)]);
    let settings = &project.settings;
    assert!(project.written);
    assert_eq!(settings.county.as_deref(), Some("清河县"));
    assert_eq!(settings.methods, ["会议监督", "实地督查"]);
    assert_eq!(settings.contents.len(), 10);
    assert_eq!(settings.scoring.late_per_day.to_string(), "0.5");
    assert_eq!(settings.scoring.late_cap.to_string(), "5");
    assert_eq!(settings.form.handling, ["整改情况"]);
    assert_eq!(settings.form.problem.first().map(String::as_str), Some("发现问题"));
    // The file itself may be named as well.
    let named = Project::load(&folder.path().join("yuedu.toml")).unwrap();
    assert_eq!((named.root.as_path(), named.settings.units.len()), (folder.path(), 2));
}

#[test]
fn a_months_own_deadline_moves_the_next_period_too() {
    let (_folder, project) = project(&[("yuedu.toml", ROSTER)]);
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
    assert_eq!(project.settings.deadline_of(month(2)), day(2, 12));
    assert_eq!(project.settings.deadline_of(month(4)), day(4, 20));
    assert_eq!(project.settings.deadline_of(month(6)), day(6, 30), "past the month's end, its last day");
    assert_eq!(project.settings.period_of(month(3)), (day(2, 13), day(3, 31)));
}

#[test]
fn levels_in_progress_are_never_graver_than_elsewhere() {
    let (_folder, project) = project(&[("yuedu.toml", ROSTER)]);
    let settings = &project.settings;
    assert_eq!(settings.level("date-out-of-period"), Level::Error);
    for (rule, level) in [
        ("date-impossible", Level::Warning),
        ("date-partial", Level::Info),
        ("date-vague", Level::Off),
        ("date-missing", Level::Error),
        ("person-missing", Level::Error),
        ("no-such-rule", Level::Off),
    ] {
        assert_eq!(settings.level_in_progress(rule), level, "{rule}");
    }
}

#[test]
fn a_unit_owes_within_its_months_and_not_in_exempt_ones() {
    let (_folder, project) = project(&[("yuedu.toml", ROSTER)]);
    let unit = project.settings.units.first().unwrap();
    let owed: Vec<u32> = (1..=12).filter(|number| unit.owes(month(*number))).collect();
    assert_eq!(owed, [2, 3, 4, 6, 7, 8]);
    assert_eq!(project.settings.unit_named(" 青石 镇"), Some(0));
    assert_eq!(project.settings.unit_named("白沙镇"), None);
    assert_eq!(project.settings.nearest_unit("青石").map(|unit| unit.name.as_str()), Some("青石镇纪委"));
}

#[test]
fn focus_items_concern_all_a_kind_or_units_by_any_name() {
    let focus = r#"
[[focus]]
number = 1
title = "节后收心"
content = "作风建设方面"
for = "all"
[[focus]]
number = 2
title = "春耕备耕"
content = "作风建设方面"
for = "dispatched"
[[focus]]
number = 3
title = "集镇整治"
content = "作风建设方面"
for = ["青石镇"]
"#;
    let (_folder, project) = project(&[("yuedu.toml", ROSTER), ("重点/2026年3月.toml", focus)]);
    let numbers = |unit, kind| -> Vec<u32> {
        project.settings.focus_for(month(3), unit, kind).iter().map(|item| item.number).collect()
    };
    assert_eq!(numbers(Some(0), Some(UnitKind::Township)), [1, 3]);
    assert_eq!(numbers(Some(1), Some(UnitKind::Dispatched)), [1, 2]);
    assert_eq!(numbers(None, Some(UnitKind::Township)), [1]);
    assert!(project.settings.focus_for(month(4), None, None).is_empty());
}

#[test]
fn a_list_of_the_same_title_takes_the_place_of_the_built_in_one() {
    let list = |title: &str, rest: &str| {
        format!(
            "title = \"{title}\"\nkind = \"township\"\n{rest}[[task]]\nnumber = 7\ntitle = \"走访\"\ntext = \"走访群众情况\"\n\
             frequency = \"monthly\"\ncontent = \"作风建设方面\"\n"
        )
    };
    let base = list("乡镇纪委 基础工作", "");
    let (_folder, replaced) = project(&[("checklists/基础.toml", &base)]);
    let titles: Vec<(&str, usize)> =
        replaced.settings.lists.iter().map(|list| (list.prefix.as_str(), list.tasks.len())).collect();
    assert_eq!(titles, [("任务", 24), ("基础", 1), ("任务", 22)], "prefix and place stay");
    let (_folder, added) = project(&[("checklists/补充.toml", &list("本县补充清单", "prefix = \"补充\"\n"))]);
    let catalogue = added.settings.catalogue(None, None, Some(UnitKind::Township));
    assert!(matches!(catalogue.find("【补充7】走访"), Some(Topic::Task { list: 3, task: 0, content: 2 })));
}

#[test]
fn a_project_file_of_any_bytes_is_answered() {
    let deep = format!("a = {}", "[".repeat(100_000));
    let wide = format!("contents = [{}]", "\"甲\",".repeat(50_000));
    let dotted = format!("{} = 1", "a.".repeat(50_000));
    for text in [
        deep.as_str(),
        &wide,
        &dotted,
        "\u{0}",
        "a = \"\u{1b}[31m\"",
        "[[unit]]\nname = \"\\u001b\"\n",
        "=",
        "[",
        "'''",
    ] {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("yuedu.toml"), text).unwrap();
        let error = Project::load(folder.path()).unwrap_err();
        assert!(!error.0.is_empty());
        assert!(!error.to_string().contains('\u{1b}'), "{error}");
    }
    assert!(Project::load(Path::new("\u{1b}[31m")).unwrap_err().to_string().starts_with('\u{fffd}'));
}
