//! The month's workbook, read back by hand: what it says agrees with what was printed, with its own rows, with
//! the sheets it was made from and with the month before; nothing in it runs or leads outside.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::{Run, Yuedu, files_under};
use crate::package::{self, Book, Stored};
use crate::workbook::FormBook;

const PAGES: [&str; 11] = [
    "月度概览",
    "得分排名",
    "扣分明细",
    "报送情况",
    "内容方式",
    "任务完成",
    "问题台账",
    "统计指标",
    "退回清单",
    "监督明细",
    "口径说明",
];
/// The pages that list, with the row of their titles.
const LISTINGS: [&str; 5] = ["扣分明细", "报送情况", "问题台账", "退回清单", "监督明细"];
const HEAD: u32 = 3;
const BOOK: &str = "汇总/2026-03 月度汇总.xlsx";

fn county() -> Yuedu {
    Yuedu::new().tree(&qinghe())
}

/// March of the example county, summed once for all tests: what was printed, the workbook's bytes and its cells.
fn march() -> &'static (String, Vec<u8>, Book) {
    static MARCH: OnceLock<(String, Vec<u8>, Book)> = OnceLock::new();
    MARCH.get_or_init(|| {
        let yuedu = county();
        let (run, book) = summarize(&yuedu, "2026-03");
        (run.stdout, yuedu.read(BOOK), book)
    })
}

fn qinghe() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe")
}

fn summarize(yuedu: &Yuedu, month: &str) -> (Run, Book) {
    let run = yuedu.run_with(&["summarize", "--month", month]);
    assert_eq!(run.code, 0, "{run:?}");
    run.assert_calm();
    let book = package::read(&yuedu.read(&format!("汇总/{month} 月度汇总.xlsx")));
    (run, book)
}

fn page<'a>(book: &'a Book, title: &str) -> &'a BTreeMap<String, Stored> {
    &book.iter().find(|(name, _)| name == title).unwrap_or_else(|| panic!("no page {title}")).1
}

fn at<'a>(page: &'a BTreeMap<String, Stored>, col: &str, row: u32) -> &'a str {
    page.get(&format!("{col}{row}")).map_or("", |cell| cell.value.as_str())
}

fn letters(col: usize) -> String {
    let letter = |n: usize| char::from(b'A' + u8::try_from(n).unwrap());
    if col < 26 { letter(col).to_string() } else { format!("{}{}", letter(col / 26 - 1), letter(col % 26)) }
}

/// The rows of a listing as maps from title to value.
fn rows(book: &Book, title: &str) -> Vec<BTreeMap<String, String>> {
    let page = page(book, title);
    let titles: Vec<(String, String)> = (0..120)
        .map(|col| (letters(col), at(page, &letters(col), HEAD).to_owned()))
        .take_while(|(_, title)| !title.is_empty())
        .collect();
    let row = |row: u32| titles.iter().map(|(col, title)| (title.clone(), at(page, col, row).to_owned())).collect();
    (HEAD + 1..).map(row).take_while(|row: &BTreeMap<String, String>| row.values().any(|v| !v.is_empty())).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap_or(0.0)
}

/// The units of 得分排名: name → cells A to J (rank, name, state, five items, bonus, total).
fn ranking(book: &Book) -> Vec<Vec<String>> {
    let page = page(book, "得分排名");
    let cells = |row: u32| (0..10).map(|col| at(page, &letters(col), row).to_owned()).collect::<Vec<_>>();
    // A unit's row has its number in the last column; sections and full marks have none.
    (HEAD + 2..60).filter(|row| number(at(page, "R", *row)) > 0.0).map(cells).collect()
}

#[test]
fn the_pages_stand_in_the_contracts_order() {
    let (.., book) = march();
    let titles: Vec<&str> = book.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, PAGES);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let again = county();
    for _ in 0..2 {
        // Its own product is replaced without a word.
        summarize(&again, "2026-03");
        assert!(again.read(BOOK) == march().1, "two runs in two folders differ");
    }
}

#[test]
fn the_ranking_printed_is_the_ranking_of_the_workbook() {
    let (stdout, _, book) = march();
    let ranking = ranking(book);
    assert_eq!(ranking.len(), 24);
    let printed: Vec<Vec<&str>> = stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    for unit in ranking.iter().filter(|unit| !unit[0].is_empty()) {
        let line = printed.iter().find(|line| line.get(1) == Some(&unit[1].as_str())).expect("every unit is printed");
        assert_eq!(line[0], unit[0], "rank of {}", unit[1]);
        for (shown, stored) in line[2..9].iter().zip(&unit[3..10]) {
            assert!((number(shown) - number(stored)).abs() < 1e-9, "{line:?} {unit:?}");
        }
    }
}

#[test]
fn scores_and_ranks_follow_from_the_rows_of_deductions() {
    let (.., book) = march();
    let deductions = rows(book, "扣分明细");
    assert!(deductions.len() > 50);
    let items = [("报送及时", 20.0), ("填报规范", 15.0), ("内容具体", 30.0), ("任务完成", 20.0), ("整改闭环", 15.0)];
    let ranking = ranking(book);
    for unit in ranking.iter().filter(|unit| unit[2] != "待重报") {
        let of = |item: &str, column: &str| -> f64 {
            let mine = deductions.iter().filter(|row| row["填报单位"] == unit[1] && row["项目"] == item);
            mine.map(|row| number(&row[column])).sum()
        };
        let left = items.map(|(item, full)| (full - of(item, "扣分")).max(0.0));
        let bonus = of("加分", "加分").min(5.0);
        for (recount, stored) in left.iter().chain([&bonus, &(left.iter().sum::<f64>() + bonus)]).zip(&unit[3..10]) {
            assert!((recount - number(stored)).abs() < 1e-9, "{unit:?}: {recount} is not {stored}");
        }
    }
    // 1, 1, 3 within a group: as many stand before a unit as have more.
    let dispatched = |unit: &&Vec<String>| unit[1].contains("派驻");
    for group in [true, false] {
        let units: Vec<_> = ranking.iter().filter(|unit| dispatched(unit) == group && !unit[0].is_empty()).collect();
        for unit in &units {
            let ahead = units.iter().filter(|other| number(&other[9]) > number(&unit[9])).count();
            assert_eq!(unit[0], (ahead + 1).to_string(), "{unit:?}");
        }
    }
}

#[test]
fn contents_and_methods_are_a_recount_of_the_records() {
    let (.., book) = march();
    let records: Vec<_> = rows(book, "监督明细").into_iter().filter(|row| row["计入"] == "是").collect();
    assert!(records.len() > 60);
    let page = page(book, "内容方式");
    let methods: Vec<(String, String)> =
        (2..9).map(|col| (letters(col), at(page, &letters(col), 4).to_owned())).collect();
    // 其他 stands before the total where the clerk has accepted an unlisted method.
    let total = (9..12).map(letters).find(|col| at(page, col, 4) == "合计").unwrap();
    let mut counted = 0.0;
    for row in 5..15 {
        let of: Vec<_> = records.iter().filter(|record| record["归入内容"] == at(page, "B", row)).collect();
        for (col, method) in &methods {
            let many = of.iter().filter(|record| record["监督方式"].contains(method.as_str())).count();
            assert_eq!(at(page, col, row), many.to_string(), "{} × {method}", at(page, "B", row));
        }
        assert_eq!(at(page, &total, row), of.len().to_string());
        counted += number(at(page, &total, row));
    }
    assert_eq!(number(at(page, &total, 15)), counted);
    assert_eq!(counted as usize, records.len());
}

/// The sheets are read by zip and XML alone: every row with a text under 监督开展情况 stands in 监督明细 as written.
#[test]
fn every_row_of_the_sources_stands_in_the_detail() {
    let (.., book) = march();
    let detail = rows(book, "监督明细");
    let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (mut files, mut seen) = (0, 0);
    for (name, bytes) in files_under(&qinghe().join("报送/2026-03")) {
        if !name.ends_with(".xlsx")
            || !bytes.starts_with(b"PK\x03\x04")
            || zip::ZipArchive::new(std::io::Cursor::new(&bytes)).is_err()
        {
            continue;
        }
        files += 1;
        for (sheet, cells) in package::read(&bytes) {
            let title =
                cells.iter().find(|(_, cell)| squeeze(&cell.value) == "监督开展情况").map(|(name, _)| name.clone());
            let Some(title) = title else { continue };
            let col: String = title.chars().filter(char::is_ascii_uppercase).collect();
            let head: u32 = title.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().unwrap();
            for row in head + 1..head + 200 {
                let written = squeeze(at(&cells, &col, row));
                let none = ["A", "B"].iter().any(|col| {
                    let text = squeeze(at(&cells, col, row));
                    text.contains("零报告") || text.contains("合计")
                });
                if written.is_empty() || written == "监督开展情况" || none || number(&written) > 0.0 {
                    continue;
                }
                seen += 1;
                let found = detail.iter().any(|record| {
                    let same = record["来源文件"].ends_with(&name) && record["工作表"] == sheet;
                    same && squeeze(&record["监督开展情况"]).contains(&written)
                });
                assert!(found, "{name} {sheet} row {row}: {written}");
            }
        }
    }
    assert!(files > 15 && seen > 80, "{files} files, {seen} rows");
}

#[test]
fn a_task_with_a_record_that_is_not_valid_costs_by_that_record() {
    let (.., book) = march();
    let failed: Vec<_> =
        rows(book, "扣分明细").into_iter().filter(|row| row["事由"].contains("记录但不合格（第")).collect();
    assert!(!failed.is_empty() && failed.iter().all(|row| !row["来源文件"].is_empty() && !row["工作表"].is_empty()));
    assert!(failed.iter().all(|row| row["事由"].contains(&row["位置"].replace(' ', ""))), "{failed:?}");
    // The words begin as those of any task that was not done, so that they count with them.
    let cells = page(book, "任务完成").values().filter(|cell| cell.value.starts_with("未开展\n有"));
    assert_eq!(cells.count(), failed.len());
}

#[test]
fn last_months_column_is_last_months_own_workbook() {
    let (_, february) = summarize(&county(), "2026-02");
    let (march, february) = (page(&march().2, "月度概览"), page(&february, "月度概览"));
    let mut figures = 0;
    for (name, this, last) in [("A", "B", "C"), ("E", "F", "G")] {
        for row in 5..15 {
            assert_eq!(at(march, name, row), at(february, name, row));
            assert_eq!(at(march, last, row), at(february, this, row), "{}", at(march, name, row));
            figures += usize::from(!at(march, last, row).is_empty());
        }
    }
    assert_eq!(figures, 20);
}

/// The rows of the trend on 月度概览, each a month with its seven figures.
fn trend(book: &Book) -> Vec<Vec<String>> {
    let page = page(book, "月度概览");
    let section = (1..200).find(|row| at(page, "A", *row).starts_with("四、")).expect("a section of its own");
    let row = |row: u32| (0..8).map(|col| at(page, &letters(col), row).to_owned()).collect::<Vec<_>>();
    (section + 2..).map(row).take_while(|row| row[0].ends_with('月')).collect()
}

#[test]
fn the_trend_shows_each_month_as_its_own_workbook_does() {
    let yuedu = county();
    let months = ["2026-01", "2026-02", "2026-03"].map(|month| trend(&summarize(&yuedu, month).1));
    for (n, rows) in months.iter().enumerate() {
        assert_eq!(rows.len(), n + 1);
        for (row, own) in rows.iter().zip(&months) {
            let own = own.last().expect("a month shows itself");
            assert_eq!(row[0], own[0]);
            for (a, b) in row[1..].iter().zip(&own[1..]) {
                assert!((number(a) - number(b)).abs() < 1e-9, "{row:?} is not {own:?}");
            }
        }
    }
    let last = months[2].last().expect("three months");
    assert!(last[1..].iter().all(|figure| number(figure) > 0.0), "{last:?}");
}

#[test]
fn only_functions_that_every_program_shares_are_used() {
    let (.., book) = march();
    let allowed =
        ["AND", "AVERAGE", "COUNT", "COUNTIFS", "IF", "ISNUMBER", "MAX", "MIN", "RANK", "ROUND", "SUM", "SUMIFS"];
    let mut used = BTreeSet::new();
    for formula in book.iter().flat_map(|(_, cells)| cells.values()).filter_map(|cell| cell.formula.as_deref()) {
        for (end, _) in formula.match_indices('(') {
            let before = &formula[..end];
            let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '_').map_or(0, |n| n + 1);
            if before.is_char_boundary(start) && start < end {
                used.insert(before[start..].to_owned());
            }
        }
    }
    let strange: Vec<_> = used.iter().filter(|name| !allowed.contains(&name.as_str())).collect();
    assert!(strange.is_empty() && used.len() > 6, "{strange:?} of {used:?}");
}

#[test]
fn every_page_prints_on_a4_landscape_one_page_wide() {
    let (_, bytes, book) = march();
    let names = package::part(bytes, "xl/workbook.xml").unwrap();
    for (n, (title, _)) in book.iter().enumerate() {
        let xml = package::part(bytes, &format!("xl/worksheets/sheet{}.xml", n + 1)).unwrap();
        let has = |words: &str| assert!(xml.contains(words), "{title} lacks {words}");
        has("fitToPage=\"1\"");
        has("fitToHeight=\"0\"");
        has("paperSize=\"9\"");
        has("orientation=\"landscape\"");
        has("&amp;P");
        assert!(!xml.contains("fitToWidth=\"0\""));
        if LISTINGS.contains(&title.as_str()) {
            has("<autoFilter ");
            has("state=\"frozen\"");
            assert!(names.contains(&format!(">{title}!$3:$3<")), "{title} does not repeat its titles");
        }
    }
}

#[test]
fn links_lead_to_the_sources_by_a_way_that_survives_a_move() {
    let (_, bytes, _) = march();
    let mut links = 0;
    for part in package::parts(bytes).iter().filter(|part| part.starts_with("xl/worksheets/_rels/")) {
        for link in package::elements(&package::part(bytes, part).unwrap(), "Relationship") {
            if link.get("TargetMode").map(String::as_str) != Some("External") {
                continue;
            }
            links += 1;
            let target = link["Target"].replace("%20", " ");
            let inside = target.strip_prefix("../").unwrap_or_else(|| panic!("{target} leads outside"));
            assert!(qinghe().join(inside).is_file(), "{target} leads nowhere");
        }
    }
    assert!(links > 100, "only {links} links");
}

#[test]
fn a_text_that_looks_like_a_formula_or_a_link_stays_text() {
    let evil = "=HYPERLINK(\"http://evil.example\",\"2026年3月3日\")\u{7}_x0041_";
    let form = FormBook::six("青石镇纪委", "2026-03").good().set(3, evil).good().set(3, "http://evil.example/a");
    let yuedu = Yuedu::new().file("报送/2026-03/=cmd|'a'!A1.xlsx", form.bytes());
    let (_, book) = summarize(&yuedu, "2026-03");
    let texts: Vec<String> = rows(&book, "监督明细").into_iter().map(|row| row["监督开展情况"].clone()).collect();
    assert!(texts[0].starts_with("=HYPERLINK("), "{texts:?}");
    assert!(texts[1].starts_with("http://evil"), "{texts:?}");
    let ours = book.iter().flat_map(|(_, cells)| cells.values()).filter_map(|cell| cell.formula.as_deref());
    assert!(ours.into_iter().all(|formula| !formula.contains("evil") && !formula.contains("cmd")));
    let bytes = yuedu.read(BOOK);
    for part in package::parts(&bytes).iter().filter(|part| part.contains("/_rels/")) {
        assert!(!package::part(&bytes, part).unwrap().contains("evil.example"), "{part}");
    }
}

#[test]
fn without_any_project_file_the_units_found_are_ranked() {
    let form = |unit: &str| FormBook::six(unit, "2026-03").good().good().bytes();
    let yuedu =
        Yuedu::new().file("报送/2026-03/a.xlsx", form("甲*镇纪委")).file("报送/2026-03/b.xlsx", form("甲乙镇纪委"));
    let (_, book) = summarize(&yuedu, "2026-03");
    let receipts = rows(&book, "报送情况");
    // A name that is a pattern in COUNTIFS counts its own records alone.
    assert_eq!(receipts.iter().take(2).map(|row| row["收到记录"].as_str()).collect::<Vec<_>>(), ["2", "2"]);
}

#[test]
fn an_existing_file_elsewhere_is_replaced_only_by_force() {
    let yuedu = county();
    let run = |args: &[&str]| {
        yuedu.run_with(&[&["summarize", "--month", "2026-03", "--out", "给领导/三月.xlsx"], args].concat())
    };
    assert_eq!(run(&[]).code, 0);
    let again = run(&[]);
    assert_eq!(again.code, 2, "{again:?}");
    assert!(again.stderr.contains("--force"), "{again:?}");
    assert_eq!(run(&["--force"]).code, 0);
    assert!(package::read(&yuedu.read("给领导/三月.xlsx")).len() == PAGES.len());
}

#[test]
fn a_month_without_sheets_cannot_be_summed() {
    let yuedu = county();
    let run = yuedu.run_with(&["summarize", "--month", "2025-07"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(!yuedu.path("汇总/2025-07 月度汇总.xlsx").exists());
}
