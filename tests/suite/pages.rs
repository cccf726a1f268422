//! The page is the test: what a rule's page quotes as 不合格 raises the rule, what it quotes as 合格 raises nothing at
//! all, and both run through the whole program.
//!
//! A quote holds cells of one record, a line each (`处理情况：…`); a label that comes again begins the next record.
//! Whatever is not quoted is in order. Head fields, `月份：`, `表头：`, `隐藏：`, `收到：` and `记录：无` change the
//! form, `2026年2月 青石镇纪委` names month and unit.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::common::{Yuedu, rules};
use crate::workbook::{Cell, FormBook, GOOD, SIX};

/// Rules that are about files and about what a unit owes: their quotes name files and tasks, not cells.
const ELSEWHERE: [&str; 7] = [
    "file-unreadable",
    "file-encrypted",
    "file-unsupported",
    "form-duplicate",
    "copied-text",
    "task-not-done",
    "focus-not-done",
];

const PROJECT: &str = r#"
county = "清河县"

[[unit]]
name = "青石镇纪委"
kind = "township"
aliases = ["青石镇"]
"#;

/// One quote of a page.
struct Quote {
    rule: String,
    bad: bool,
    lines: Vec<String>,
}

fn quotes() -> Vec<Quote> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules/explain");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut quotes = Vec::new();
    for file in files {
        let rule = file.file_stem().unwrap().to_string_lossy().into_owned();
        let mut bad = None;
        let mut open = false;
        for line in fs::read_to_string(&file).unwrap().lines() {
            match (line, line.strip_prefix("> "), bad) {
                ("## 不合格", ..) => bad = Some(true),
                ("## 合格", ..) => bad = Some(false),
                (_, None, _) => open = false,
                (_, Some(words), Some(bad)) => {
                    if !open {
                        quotes.push(Quote { rule: rule.clone(), bad, lines: Vec::new() });
                    }
                    quotes.last_mut().unwrap().lines.push(words.to_owned());
                    open = true;
                }
                (_, Some(_), None) => panic!("{rule} quotes before it says what for"),
            }
        }
    }
    quotes
}

impl Quote {
    /// The form that the quote describes, and the day of its receipt.
    fn form(&self) -> (FormBook, Option<String>) {
        let mut form = FormBook::six("青石镇纪委", "2026-03");
        let mut received = None;
        let mut records: Vec<BTreeMap<&str, &str>> = vec![BTreeMap::new()];
        let mut hidden = false;
        let title = |month: &str| format!("清河县纪委监委 {month}月份日常监督工作明细表");
        for line in &self.lines {
            let Some((label, value)) = line.split_once('：') else {
                let (month, unit) = line.split_once("月 ").expect("a line without a label names month and unit");
                form.title = title(month);
                form.unit = unit.to_owned();
                continue;
            };
            match label {
                "填报单位" => form.unit = value.to_owned(),
                "填报人" => form.reporter = value.to_owned(),
                "联系方式" => form.contact = value.to_owned(),
                "单位负责人" => form.leader = value.to_owned(),
                "月份" => form.title = title(value),
                "表头" => form.columns = value.split('、').map(str::to_owned).collect(),
                "隐藏" => hidden = true,
                "收到" => received = Some(value.replace(['年', '月'], "/").replace('日', "")),
                "记录" => records.clear(),
                label if SIX.contains(&label) => {
                    if records.last().is_some_and(|record| record.contains_key(label)) {
                        records.push(BTreeMap::new());
                    }
                    records.last_mut().expect("a record is under way").insert(label, value);
                }
                label => panic!("{}: a quote knows no “{label}”", self.rule),
            }
        }
        for record in records {
            let nil = record.get("监督内容") == Some(&"零报告");
            form = form.record(SIX.iter().skip(1).zip(GOOD).map(|(label, good)| {
                let good = if nil { "" } else { good };
                let text = *record.get(label).unwrap_or(&good);
                // What shows an error is a formula that came to it.
                if text.starts_with('#') { Cell::Formula("=1".to_owned(), text.to_owned()) } else { Cell::from(text) }
            }));
        }
        (if hidden { form.hide_record(0) } else { form }, received)
    }
}

#[test]
fn every_page_is_right_about_its_rule() {
    let quotes: Vec<Quote> = quotes().into_iter().filter(|quote| !ELSEWHERE.contains(&quote.rule.as_str())).collect();
    let mut county = Yuedu::new().file("yuedu.toml", PROJECT);
    let mut register = "收到日期,单位,月份,文件,摘要,结论\n".to_owned();
    let name = |number: usize| format!("报送/2026-03/{number:03}.xlsx");
    for (number, quote) in quotes.iter().enumerate() {
        let (form, received) = quote.form();
        county = county.file(&name(number), form.bytes());
        if let Some(day) = received {
            register += &format!("{day},青石镇纪委,2026-03,{},,\n", name(number));
        }
    }
    let run = county.file("收件登记.csv", register).args(["validate", "--month", "2026-03", "--format", "json"]).run();
    run.assert_calm();
    let forms = run.json();
    assert_eq!(forms.len(), quotes.len(), "one object a form");
    let mut wrong = Vec::new();
    for (quote, form) in quotes.iter().zip(&forms) {
        // All of these forms are one unit's for one month, so each but the last is replaced.
        let raised: Vec<String> = rules(form).into_iter().filter(|rule| rule != "form-duplicate").collect();
        let right = if quote.bad { raised.contains(&quote.rule) } else { raised.is_empty() };
        if !right {
            wrong.push(format!("{} {}\n  raised {raised:?}", quote.rule, quote.lines.join("\n  ")));
        }
    }
    assert!(wrong.is_empty(), "{} quotes of {}:\n{}", wrong.len(), quotes.len(), wrong.join("\n"));
    let bad: Vec<&str> = quotes.iter().filter(|quote| quote.bad).map(|quote| quote.rule.as_str()).collect();
    assert!(quotes.iter().all(|quote| bad.contains(&quote.rule.as_str())), "every page has both sides");
}

/// What is copied takes two sheets: the quotes of a side are sheets of one project, and the last is the one in question.
#[test]
fn the_page_of_copied_text_is_right_about_the_last_of_its_sheets() {
    let quotes: Vec<Quote> = quotes().into_iter().filter(|quote| quote.rule == "copied-text").collect();
    for bad in [true, false] {
        let side: Vec<&Quote> = quotes.iter().filter(|quote| quote.bad == bad).collect();
        let mut county =
            Yuedu::new().file("yuedu.toml", format!("{PROJECT}[[unit]]\nname = \"白水镇纪委\"\nkind = \"township\"\n"));
        for quote in &side {
            let month = if quote.lines[0].starts_with("2026年2月") { "2026-02" } else { "2026-03" };
            county = county.file(&format!("报送/{month}/表.xlsx"), quote.form().0.bytes());
        }
        let run = county.args(["validate", "--month", "2026-03", "--format", "json"]).run();
        run.assert_calm();
        let raised = run.json().iter().flat_map(rules).collect::<Vec<_>>();
        let wanted: &[&str] = if bad { &["copied-text"] } else { &[] };
        assert_eq!(
            (side.len(), raised.as_slice()),
            (2, wanted.iter().map(|r| (*r).to_owned()).collect::<Vec<_>>().as_slice())
        );
    }
}
