//! README.md is run: its console blocks as the program, in a copy of the example county, and what they quote must
//! appear; its table of rules is the one that the program prints. `UPDATE_README=1` rewrites the table.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Yuedu, files_under};
use crate::workbook::FormBook;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// A command of a console block, and the lines quoted under it.
#[derive(Debug)]
struct Shown {
    command: String,
    quoted: Vec<String>,
}

fn shown(text: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    for block in text.split("```console\n").skip(1) {
        let block = block.split("\n```").next().unwrap();
        for line in block.lines() {
            match (line.strip_prefix("$ "), all.last_mut()) {
                (Some(command), _) => all.push(Shown { command: command.to_string(), quoted: Vec::new() }),
                (None, Some(last)) => last.quoted.push(line.trim_end().to_string()),
                (None, None) => panic!("a console block begins without a command: {line}"),
            }
        }
    }
    all
}

/// The program's arguments in a command; none where it is another program.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let ours = command.strip_prefix("yuedu ").or_else(|| command.strip_prefix("cargo run --release -- "))?;
    Some(ours.split_whitespace().map(|word| word.trim_matches('"')).collect())
}

/// The example county, at the folder's root (where the clerk works) and where the repository has it; and April's first
/// sheets on a stick.
fn county() -> Yuedu {
    let example = root().join("examples/qinghe");
    let folder = Yuedu::new();
    for (name, bytes) in files_under(&example) {
        let own = ["汇总/", "下发/", "退回/"].iter().any(|own| name.starts_with(own));
        if !own {
            folder.put(&name, &bytes);
            folder.put(&format!("examples/qinghe/{name}"), &bytes);
        }
    }
    folder.put("U盘/4月青石镇.xlsx", FormBook::six("青石镇纪委", "2026-04").good().bytes());
    folder.put("U盘/白沙镇4月报表.xlsx", FormBook::six("白沙镇纪委", "2026-04").problem("部分村落实不到位。").bytes());
    folder
}

#[test]
fn what_the_readme_shows_is_what_the_program_says() {
    let folder = county();
    let mut run = 0;
    for Shown { command, quoted } in shown(&readme()) {
        let Some(args) = arguments(&command) else {
            assert!(quoted.is_empty(), "nobody checks what {command} is said to print");
            continue;
        };
        run += 1;
        let result = folder.run_with(&args);
        // `validate` ends with 1 where something is to be mended, as it is in the example.
        assert!(result.code == 0 || (result.code == 1 && args[0] == "validate"), "{command}: {result:?}");
        let said: Vec<&str> = result.stdout.lines().chain(result.stderr.lines()).map(str::trim_end).collect();
        for line in quoted.iter().filter(|line| !line.is_empty() && line.trim() != "……") {
            assert!(said.contains(&line.as_str()), "{command} does not say\n{line}\nbut\n{}", said.join("\n"));
        }
    }
    assert!(run >= 6, "the README shows next to nothing: {run}");
}

#[test]
fn the_first_screen_has_the_two_commands() {
    let text = readme();
    let screen: Vec<&str> = text.lines().take(25).collect();
    for command in ["$ cargo run --release -- summarize --month 2026-03 --project examples/qinghe", "$ cargo test"] {
        assert!(screen.contains(&command), "{command}");
    }
}

#[test]
fn the_table_of_rules_is_the_programs_own() {
    let listed = Yuedu::new().run_with(&["explain"]);
    let mut table = String::from("| 规则 | 名称 | 级别 |\n| --- | --- | --- |\n");
    let mut count = 0;
    for line in listed.stdout.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, title, level] = words[..] else { continue };
        if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
            table.push_str(&format!("| [`{name}`](src/rules/explain/{name}.md) | {title} | {level} |\n"));
            count += 1;
        }
    }
    let pages = fs::read_dir(root().join("src/rules/explain")).unwrap().count();
    assert_eq!(count, pages, "every page is a rule, every rule has a page:\n{}", listed.stdout);

    let text = readme();
    let (before, rest) = text.split_once("<!-- rules -->\n").unwrap();
    let (between, after) = rest.split_once("<!-- /rules -->").unwrap();
    if std::env::var_os("UPDATE_README").is_some() {
        let fresh = format!("{before}<!-- rules -->\n{table}<!-- /rules -->{after}");
        fs::write(root().join("README.md"), fresh).unwrap();
        return;
    }
    assert_eq!(between, table, "run UPDATE_README=1 cargo test readme");
}

#[test]
fn every_path_the_readme_links_to_exists() {
    let text = readme();
    let mut links = 0;
    for piece in text.split("](").skip(1) {
        let target = piece.split(')').next().unwrap();
        if !target.contains("://") {
            links += 1;
            assert!(Path::new(&root()).join(target).exists(), "{target}");
        }
    }
    assert!(links > 0);
}
