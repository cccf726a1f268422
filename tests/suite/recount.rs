//! The figures of the workbook equal an independent recount of the same sheets: own reading of the packages, own
//! reading of the registers and checklists; only the validity of a record is asked of `validate`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use calamine::{Data, Reader as _, Xls};

use crate::cells::{self, Sheet};
use crate::common::Yuedu;

pub(crate) const MONTH: &str = "2026-03";

/// A row of a sheet as recounted.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) file: String,
    pub(crate) row: u32,
    pub(crate) unit: String,
    pub(crate) texts: BTreeMap<&'static str, String>,
}

const TITLES: [&str; 5] = ["监督内容", "监督方式", "监督开展情况", "发现问题", "处理情况"];

const METHODS: [&str; 7] =
    ["会议监督", "信访监督", "专项检查监督", "工作制度监督", "廉政谈话监督", "述责述廉监督", "重大事项报告监督"];

pub(crate) fn county() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe")
}

pub(crate) fn tracked(name: &str) -> String {
    let text = fs::read_to_string(county().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    text.trim_start_matches('\u{feff}').to_owned()
}

/// The register's lines of a month: (day, unit, file), in the order of days.
pub(crate) fn receipts(month: &str) -> Vec<(String, String, String)> {
    let mut lines: Vec<_> = tracked("收件登记.csv")
        .lines()
        .skip(1)
        .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>())
        .filter(|fields| fields[2] == month)
        .map(|fields| (fields[0].clone(), fields[1].clone(), fields[3].clone()))
        .collect();
    lines.sort();
    lines
}

/// The texts of an .xls by calamine, as a second opinion.
fn xls(bytes: Vec<u8>) -> Vec<Vec<(u32, u32, String)>> {
    let mut book: Xls<_> = Xls::new(std::io::Cursor::new(bytes)).expect("the .xls of the county opens");
    let sheets = book.worksheets().into_iter().map(|(_, range)| {
        let (top, left) = range.start().unwrap_or_default();
        let cells = range.used_cells().map(|(row, column, value)| {
            let text = match value {
                Data::Float(number) => number.to_string(),
                other => other.to_string(),
            };
            (row as u32 + top + 1, column as u32 + left + 1, text)
        });
        cells.collect()
    });
    sheets.collect()
}

/// The rows of one file, or nothing where it is no workbook.
fn rows_of(file: &str, unit: &str) -> Vec<Row> {
    let bytes = fs::read(county().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    if file.ends_with(".xls") {
        return xls(bytes)
            .iter()
            .flat_map(|cells| {
                table(file, unit, |row, column| {
                    let found = cells.iter().find(|(r, c, _)| (*r, *c) == (row, column));
                    found.map_or(String::new(), |(_, _, text)| text.clone())
                })
            })
            .collect();
    }
    let sheets = if file.ends_with(".ods") { cells::ods(&bytes) } else { cells::xlsx(&bytes) };
    let rows = |sheet: &Sheet| table(file, unit, |row, column| sheet.text(row, column).to_owned());
    sheets.unwrap_or_default().iter().flat_map(rows).collect()
}

/// Finds the line of titles and reads the numbered rows below that say anything.
fn table(file: &str, unit: &str, text: impl Fn(u32, u32) -> String) -> Vec<Row> {
    let Some(head) = (1..10).find(|row| (1..10).any(|column| text(*row, column) == TITLES[0])) else {
        return Vec::new();
    };
    // Of two lines of titles the lower one names the columns under a common head.
    let two = (1..10).any(|column| text(head + 1, column) == TITLES[2]);
    let first = head + 1 + u32::from(two);
    let place = |title: &str| (1..10).find(|column| text(head, *column) == title || text(first - 1, *column) == title);
    let columns: Vec<_> = TITLES.iter().filter_map(|title| Some((*title, place(title)?))).collect();
    let mut rows: Vec<Row> = Vec::new();
    for row in first.. {
        if text(row, 1).parse::<u32>().is_err() {
            return rows;
        }
        // A number merged over two rows makes them one record.
        if row > first && text(row, 1) == text(row - 1, 1) {
            let record = rows.last_mut().expect("a record stands above");
            for (title, column) in &columns {
                let line = text(row, *column);
                let told = record.texts.get_mut(title).expect("every title has a text");
                if !line.is_empty() && line != *told {
                    told.push_str(&format!("\n{line}"));
                }
            }
            continue;
        }
        let texts: BTreeMap<_, _> = columns.iter().map(|(title, column)| (*title, text(row, *column))).collect();
        if texts.values().any(|text| !text.is_empty()) && texts[TITLES[0]] != "零报告" {
            rows.push(Row { file: file.to_owned(), row, unit: unit.to_owned(), texts });
        }
    }
    rows
}

/// Every record of a month in the sheet in force of each unit.
pub(crate) fn recount(month: &str) -> Vec<Row> {
    let mut in_force: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for (_, unit, file) in receipts(month) {
        // A later receipt replaces an earlier one, if it can be read at all.
        let rows = rows_of(&file, &unit);
        if !rows.is_empty() {
            in_force.insert(unit, rows);
        }
    }
    in_force.into_values().flatten().collect()
}

/// 监督内容 as written → the content that it counts under, for one kind of unit.
pub(crate) fn contents_of(kind: &str) -> BTreeMap<String, String> {
    let mut table = BTreeMap::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists/dongan");
    for name in ["base", "township", "dispatched"] {
        let text = fs::read_to_string(folder.join(format!("{name}.toml"))).expect("a task list");
        let list: toml::Table = text.parse().expect("TOML");
        let prefix = list.get("prefix").and_then(toml::Value::as_str).unwrap_or("任务");
        for task in list["task"].as_array().expect("tasks") {
            let word = |key: &str| task[key].as_str().expect("a text").to_owned();
            if list["kind"].as_str() == Some(kind) {
                let label = format!("【{prefix}{}】{}", task["number"].as_integer().expect("a number"), word("title"));
                table.extend([label, word("title"), word("text")].map(|name| (name, word("content"))));
            }
            table.insert(word("content"), word("content"));
        }
    }
    let focus: toml::Table = tracked("重点/2026-03.toml").parse().expect("TOML");
    for item in focus["focus"].as_array().expect("focus items") {
        let word = |key: &str| item[key].as_str().expect("a text").to_owned();
        let label = format!("【重点{}】{}", item["number"].as_integer().expect("a number"), word("title"));
        table.insert(label, word("content"));
        table.insert(word("content"), word("content"));
    }
    table
}

/// What the program makes of the county, once for all tests.
pub(crate) struct Made {
    /// The pages of the workbook by name.
    pub(crate) pages: BTreeMap<String, Sheet>,
    /// The rows that `validate` calls valid, by file and row, of forms that count.
    pub(crate) valid: BTreeSet<(String, u32)>,
    /// What `validate` says of each form of the month.
    pub(crate) forms: Vec<serde_json::Value>,
}

pub(crate) fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let (yuedu, bytes) = summarized();
        let pages = cells::xlsx(&bytes).expect("the summary is a workbook");
        let pages = pages.into_iter().map(|page| (page.name.clone(), page)).collect();
        let forms = validated(&yuedu, MONTH);
        let valid = valid(&forms);
        assert!(valid.len() > 40, "only {} records are valid", valid.len());
        Made { pages, valid, forms }
    })
}

fn summarized() -> (Yuedu, Vec<u8>) {
    let yuedu = Yuedu::new().tree(&county());
    let run = yuedu.run_with(&["summarize", "--project", ".", "--month", MONTH, "--out", "月度.xlsx"]);
    run.assert_calm();
    assert_eq!(run.code, 0, "{run:#?}");
    let bytes = yuedu.read("月度.xlsx");
    (yuedu, bytes)
}

/// What `validate` says of the forms of a month.
pub(crate) fn validated(yuedu: &Yuedu, month: &str) -> Vec<serde_json::Value> {
    yuedu.run_with(&["validate", "--project", ".", "--month", month, "--format", "json"]).json()
}

/// The rows of valid records of forms that count.
pub(crate) fn valid(forms: &[serde_json::Value]) -> BTreeSet<(String, u32)> {
    let mut valid = BTreeSet::new();
    for form in forms.iter().filter(|form| form["counts"] == true) {
        for record in form["records"].as_array().expect("records is a list") {
            if record["valid"] == true {
                let row = record["row"].as_u64().expect("a row") as u32;
                valid.insert((form["file"].as_str().expect("a file").to_owned(), row));
            }
        }
    }
    valid
}

/// The name of a file, which is unique in the month; the page may show it with its folders or without.
fn name_of(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

#[test]
fn every_record_stands_in_the_detail_as_it_stands_in_its_sheet() {
    let Made { pages, valid, .. } = made();
    let detail = &pages["监督明细"];
    let (head, file_column) = detail.title("来源文件");
    let column = |title: &str| detail.column(head, title).unwrap_or_else(|| panic!("监督明细 has no {title}"));
    let mut seen = BTreeMap::new();
    for row in head + 1..=detail.rows() {
        let file = name_of(detail.text(row, file_column));
        if !file.is_empty() && !detail.text(row, column("行")).is_empty() {
            seen.insert((file, detail.number(row, column("行")) as u32), row);
        }
    }
    let is_valid = |record: &Row| valid.contains(&(record.file.clone(), record.row));
    let recounted = recount(MONTH);
    assert!(recounted.len() > 100, "the recount finds only {} records", recounted.len());
    for record in &recounted {
        let key = (name_of(&record.file), record.row);
        let row = *seen.get(&key).unwrap_or_else(|| panic!("{key:?} is not in 监督明细"));
        for (title, text) in &record.texts {
            assert_eq!(detail.text(row, column(title)), text, "{key:?} {title}");
        }
        assert_eq!(detail.text(row, column("填报单位")), record.unit, "{key:?}");
        assert_eq!(detail.text(row, column("计入")) == "是", is_valid(record), "{key:?}");
    }
    // Rows beyond the recount are those of replaced sheets, and none of them counts.
    let in_force: BTreeSet<_> = recounted.iter().map(|record| (name_of(&record.file), record.row)).collect();
    for (key, row) in seen.iter().filter(|(key, _)| !in_force.contains(*key)) {
        assert_ne!(detail.text(*row, column("计入")), "是", "{key:?} is counted, yet not in force");
    }
}

#[test]
fn contents_and_methods_are_counted_alike() {
    let Made { pages, valid, .. } = made();
    let page = &pages["内容方式"];
    let (head, name_column) = page.title("监督内容");
    let mut cells: BTreeMap<(String, String), f64> = BTreeMap::new();
    let mut totals: BTreeMap<String, f64> = BTreeMap::new();
    for record in recount(MONTH).iter().filter(|record| valid.contains(&(record.file.clone(), record.row))) {
        let kind = if record.unit.ends_with("组") { "dispatched" } else { "township" };
        let written = record.texts["监督内容"].replace(' ', "");
        let table = contents_of(kind);
        let content = table.get(&written).unwrap_or_else(|| panic!("{written} names no content"));
        *totals.entry(content.clone()).or_default() += 1.0;
        for method in record.texts["监督方式"].split('、') {
            // The clerk accepts one method that is not in the list: it counts as 其他.
            let method = if METHODS.contains(&method) { method } else { "其他" };
            *cells.entry((content.clone(), method.to_owned())).or_default() += 1.0;
        }
    }
    let total_column = page.column(head, "合计").expect("a column of totals");
    let methods: Vec<_> = (name_column + 1..total_column).map(|column| (column, page.text(head, column))).collect();
    assert_eq!(methods.iter().map(|(_, method)| *method).take(7).collect::<Vec<_>>(), METHODS);
    let mut contents = 0;
    for row in head + 1.. {
        let content = page.text(row, name_column);
        if content == "合计" {
            let all: f64 = totals.values().sum();
            assert_eq!(page.number(row, total_column), all);
            break;
        }
        contents += 1;
        for (column, method) in &methods {
            let wanted = cells.get(&(content.to_owned(), (*method).to_owned())).copied().unwrap_or_default();
            assert_eq!(page.number(row, *column), wanted, "{content} × {method}");
        }
        assert_eq!(page.number(row, total_column), totals.get(content).copied().unwrap_or_default(), "{content}");
    }
    assert_eq!(contents, 10);
}

#[test]
fn receipts_and_records_of_each_unit_are_counted_alike() {
    let Made { pages, valid, .. } = made();
    let page = &pages["报送情况"];
    let (head, name_column) = page.title("填报单位");
    let column = |title: &str| page.column(head, title).unwrap_or_else(|| panic!("报送情况 has no {title}"));
    let rows = recount(MONTH);
    let project: toml::Table = tracked("yuedu.toml").parse().expect("TOML");
    let units = project["unit"].as_array().expect("a roster");
    assert_eq!(units.len(), 24);
    for (row, unit) in (head + 1..).zip(units) {
        let name = unit["name"].as_str().expect("a name");
        assert_eq!(page.text(row, name_column), name);
        // The first receipt of a file that opens decides.
        let opens = |file: &str| {
            fs::read(county().join(file))
                .is_ok_and(|b| file.ends_with(".xls") || cells::xlsx(&b).is_some() || cells::ods(&b).is_some())
        };
        let mine: Vec<_> = receipts(MONTH).into_iter().filter(|(_, unit, _)| unit == name).collect();
        let first = mine.iter().find(|(_, _, file)| opens(file));
        let state = match first {
            None if mine.is_empty() => "未报",
            None => "待重报",
            Some((day, ..)) if day.as_str() <= "2026-03-25" => "按时",
            Some(_) => "迟报",
        };
        assert_eq!(page.text(row, column("报送状态")), state, "{name}");
        if let Some((day, ..)) = first {
            let day: f64 = day[8..].parse().expect("a day of the month");
            // 2026-03-01 is day 46082 of a spreadsheet.
            assert_eq!(page.number(row, column("收到日期")), 46081.0 + day, "{name}");
            assert_eq!(page.number(row, column("迟报天数")), (day - 25.0).max(0.0), "{name}");
        }
        let counted = |fits: &dyn Fn(&Row) -> bool| rows.iter().filter(|r| r.unit == name && fits(r)).count() as f64;
        assert_eq!(page.number(row, column("收到记录")), counted(&|_| true), "{name}");
        let is_valid = |r: &Row| valid.contains(&(r.file.clone(), r.row));
        assert_eq!(page.number(row, column("有效记录")), counted(&is_valid), "{name}");
    }
}

/// The figures of 统计指标 by unit: name → number, of the table whose titles hold `title`.
fn statistic(title: &str) -> BTreeMap<String, f64> {
    let page = &made().pages["统计指标"];
    let (head, column) = page.title(title);
    let rows = (head + 1..).take_while(|row| *row == head + 1 || page.text(row - 1, 2) != "合计");
    rows.map(|row| (page.text(row, 2).to_owned(), page.number(row, column))).collect()
}

/// What the valid records of each unit tell, by a simple reading of the cell that answers.
fn told(of: impl Fn(&str) -> usize) -> BTreeMap<String, f64> {
    let mut told = BTreeMap::new();
    for record in recount(MONTH).iter().filter(|record| made().valid.contains(&(record.file.clone(), record.row))) {
        let answer = ["处理情况", "监督开展情况"].iter().find_map(|title| record.texts.get(title)).expect("an answer");
        *told.entry(record.unit.clone()).or_default() += of(answer) as f64;
    }
    told
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(['，', '。', '；', '\n'])
}

/// 约谈A、B; 对A、B进行批评教育: names are parted by 、 and nothing else is in this county.
fn persons(text: &str, act: &str) -> usize {
    let behind =
        |clause: &str| Some(clause.split_once(act)?.1.split('、').filter(|name| !name.starts_with('了')).count());
    let before = |clause: &str| Some(clause.split_once(act)?.0.split_once('对')?.1.split('、').count());
    clauses(text).filter_map(|clause| if act == "约谈" { behind(clause) } else { before(clause) }).sum()
}

#[test]
fn talks_and_papers_are_counted_alike() {
    let acts = [("约谈\n（人）", "约谈"), ("批评教育\n（人）", "批评教育"), ("诫勉\n（人）", "诫勉谈话")];
    let mut compared = 0;
    let mut compare = |title: &str, wanted: BTreeMap<String, f64>| {
        let page = statistic(title);
        for (unit, number) in &wanted {
            assert_eq!(page[unit], *number, "{unit} {title}");
            compared += 1;
        }
        assert_eq!(page["合计"], wanted.values().sum::<f64>(), "{title}");
        assert!(page["合计"] > 0.0, "the county has no {title}");
    };
    for (title, act) in acts {
        compare(title, told(|text| persons(text, act)));
    }
    compare("谈话提醒\n（人）", told(|text| persons(text, "提醒谈话")));
    compare("建议书\n（份）", told(|text| text.matches("建议书（").count()));
    assert!(compared > 80, "{compared}");
}

#[test]
fn problems_and_those_put_right_are_those_of_the_ledger() {
    let ledger = &made().pages["问题台账"];
    let (head, _) = ledger.title("问题编号");
    let column = |title: &str| ledger.column(head, title).unwrap_or_else(|| panic!("问题台账 has no {title}"));
    let (mut found, mut right) = (BTreeMap::<String, f64>::new(), BTreeMap::<String, f64>::new());
    for row in head + 1..=ledger.rows() {
        let status = ledger.text(row, column("状态"));
        if ledger.text(row, column("报告月份")) == MONTH && status != "待补" {
            let unit = ledger.text(row, column("填报单位")).to_owned();
            *found.entry(unit.clone()).or_default() += 1.0;
            *right.entry(unit).or_default() += f64::from(u8::from(matches!(status, "已整改" | "已销号")));
        }
    }
    let (problems, rectified, rate) = (statistic("发现问题\n（个）"), statistic("已整改\n（个）"), rates());
    for (unit, number) in &found {
        assert_eq!((problems[unit], rectified[unit]), (*number, right[unit]), "{unit}");
        assert!((rate[unit].parse::<f64>().unwrap() - right[unit] / number).abs() < 1e-9, "{unit}");
    }
    assert_eq!(problems["合计"], found.values().sum::<f64>());
    assert!(rate.values().any(|rate| rate == "—"), "a unit without problems has no rate");
}

fn rates() -> BTreeMap<String, String> {
    let page = &made().pages["统计指标"];
    let (head, column) = page.title("整改率");
    let rows = (head + 1..).take_while(|row| *row == head + 1 || page.text(row - 1, 2) != "合计");
    rows.map(|row| (page.text(row, 2).to_owned(), page.text(row, column).to_owned())).collect()
}

/// Counted by hand from the sheets of three units.
#[test]
fn sums_are_those_counted_by_hand() {
    let (found, back) = (statistic("涉及金额\n（元）"), statistic("追缴退缴\n（元）"));
    for (unit, involved, recovered) in [
        // 3600 kept in an account of one's own, paid in on the same day.
        ("青石镇纪委", 3600.0, 3600.0),
        // 912 paid to the wrong account and brought back; the budget of 4.8万 is no sum of the problem.
        ("双河镇纪委", 912.0, 912.0),
        // 8000 of rent, 84 of dues, 60 of a meal, all paid back.
        ("枫树镇纪委", 8144.0, 8144.0),
        // 6800 and 1200; of the first 4200 were ordered back, and came.
        ("新圩镇纪委", 8000.0, 4200.0),
        // 1万, ordered back, and nothing says that it came.
        ("竹溪乡纪委", 10_000.0, 0.0),
        ("县纪委监委派驻县教育局纪检监察组", 6050.0, 6050.0),
    ] {
        assert_eq!((found[unit], back[unit]), (involved, recovered), "{unit}");
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    assert!(summarized().1 == summarized().1, "two runs over the same county differ");
}
