//! Tasks, deductions, scores, ranks and key figures of the example county, counted anew from the sheets, the checklists and
//! the registers: what a unit owed and did, what was found in its sheets by `validate`, when they came.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::cells::Sheet;
use crate::common::Yuedu;
use crate::recount::{self, MONTH, Made, Row, county, made, receipts, recount, tracked, valid, validated};

/// The months whose records may do what falls due in March: of the month, the quarter.
const QUARTER: [&str; 3] = ["2026-01", "2026-02", "2026-03"];

/// A task or focus item: its label, what names it, its content, its months, and what it costs.
#[derive(Debug, Clone)]
struct Due {
    label: String,
    names: Vec<String>,
    content: String,
    months: &'static [&'static str],
    by_receipt: bool,
    cost: f64,
}

/// A unit of the roster.
#[derive(Debug)]
struct Unit {
    name: String,
    kind: String,
}

fn units() -> Vec<Unit> {
    let project: toml::Table = tracked("yuedu.toml").parse().expect("TOML");
    let word = |unit: &toml::Value, key: &str| unit[key].as_str().expect("a text").to_owned();
    let units = project["unit"].as_array().expect("a roster").iter();
    units.map(|unit| Unit { name: word(unit, "name"), kind: word(unit, "kind") }).collect()
}

/// What a unit owes in March: the focus items, then the tasks that fall due by the month's end.
fn due(unit: &Unit) -> Vec<Due> {
    let mut due = Vec::new();
    let focus: toml::Table = tracked("重点/2026-03.toml").parse().expect("TOML");
    for item in focus["focus"].as_array().expect("focus items") {
        let word = |key: &str| item[key].as_str().expect("a text").to_owned();
        let mine = match &item["for"] {
            toml::Value::String(all) => all == "all" || *all == unit.kind,
            list => list.as_array().expect("a list").iter().any(|name| name.as_str() == Some(&unit.name)),
        };
        if mine {
            let label = format!("【重点{}】{}", item["number"].as_integer().expect("a number"), word("title"));
            due.push(Due {
                names: vec![label.clone(), word("title")],
                label,
                content: word("content"),
                months: &QUARTER[2..],
                by_receipt: false,
                cost: 2.0,
            });
        }
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists/dongan");
    for name in ["base", "township", "dispatched"] {
        let text = fs::read_to_string(folder.join(format!("{name}.toml"))).expect("a task list");
        let list: toml::Table = text.parse().expect("TOML");
        let prefix = list.get("prefix").and_then(toml::Value::as_str).unwrap_or("任务");
        for task in list["task"].as_array().expect("tasks") {
            let word = |key: &str| task[key].as_str().expect("a text").to_owned();
            let months: &[&str] = match word("frequency").as_str() {
                "weekly" | "monthly" => &QUARTER[2..],
                "quarterly" => &QUARTER,
                _ => continue,
            };
            if list["kind"].as_str() != Some(&unit.kind) {
                continue;
            }
            let label = format!("【{prefix}{}】{}", task["number"].as_integer().expect("a number"), word("title"));
            due.push(Due {
                names: vec![label.clone(), word("title"), word("text")],
                label,
                content: word("content"),
                months,
                by_receipt: task.get("by-receipt").is_some(),
                cost: 1.0,
            });
        }
    }
    due
}

/// The records of each month of the quarter, each with whether it is valid.
fn quarter() -> BTreeMap<&'static str, Vec<(Row, bool)>> {
    let yuedu = Yuedu::new().tree(&county());
    let of = |month: &'static str| {
        let valid = valid(&validated(&yuedu, month));
        let is_valid = |row: &Row| valid.contains(&(row.file.clone(), row.row));
        (month, recount(month).into_iter().map(|row| (row.clone(), is_valid(&row))).collect())
    };
    QUARTER.into_iter().map(of).collect()
}

/// Whether a file of a unit can be opened, and so is a sheet.
fn opens(file: &str) -> bool {
    let read = |bytes: Vec<u8>| {
        file.ends_with(".xls") || crate::cells::xlsx(&bytes).is_some() || crate::cells::ods(&bytes).is_some()
    };
    fs::read(county().join(file)).is_ok_and(read)
}

/// Where each unit stands with each task: 完成, 同类已开展 or 未开展.
fn states() -> BTreeMap<(String, String), (&'static str, f64)> {
    let quarter = quarter();
    let mut states = BTreeMap::new();
    for unit in units() {
        for due in due(&unit) {
            let records = due.months.iter().flat_map(|month| &quarter[month]);
            let mine: Vec<String> = records
                .filter(|(row, valid)| row.unit == unit.name && *valid)
                .map(|(row, _)| row.texts["监督内容"].replace(' ', ""))
                .collect();
            let sent = due
                .months
                .iter()
                .any(|month| receipts(month).iter().any(|(_, name, file)| *name == unit.name && opens(file)));
            let named = mine.iter().any(|written| due.names.iter().any(|name| name.replace(' ', "") == *written));
            let focus = due.cost > 1.0;
            let state = if named || (due.by_receipt && sent) {
                "完成"
            } else if !focus && mine.contains(&due.content) {
                "同类已开展"
            } else {
                "未开展"
            };
            states.insert((unit.name.clone(), due.label), (state, due.cost));
        }
    }
    states
}

fn column(page: &Sheet, head: u32, title: &str) -> u32 {
    page.column(head, title).unwrap_or_else(|| panic!("{} has no {title}", page.name))
}

#[test]
fn every_task_of_every_unit_stands_as_it_is_recounted() {
    let page = &made().pages["任务完成"];
    let states = states();
    let mut shown: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut from = 1;
    while let Some((head, _)) = page.find("序号", from) {
        from = head + 1;
        let units: Vec<(u32, &str)> =
            (4..40).map(|col| (col, page.text(head, col))).take_while(|(_, name)| *name != "完成单位").collect();
        for row in (head + 1..).take_while(|row| page.text(*row, 2).starts_with('【')) {
            for (col, unit) in &units {
                let words = page.text(row, *col);
                if words != "—" {
                    shown.insert(((*unit).to_owned(), page.text(row, 2).to_owned()), words.to_owned());
                }
            }
        }
    }
    assert_eq!(shown.keys().collect::<Vec<_>>(), states.keys().collect::<Vec<_>>());
    for (key, words) in &shown {
        assert_eq!(words.lines().next(), Some(states[key].0), "{key:?}: {words}");
    }
    let overview = &made().pages["月度概览"];
    let count = |state: &str| states.values().filter(|(other, _)| *other == state).count() as f64;
    for (title, state) in [("其中：完成", "完成"), ("其中：同类已开展", "同类已开展"), ("其中：未开展", "未开展")]
    {
        let (row, col) = overview.title(title);
        assert_eq!(overview.number(row, col + 1), count(state), "{title}");
    }
}

/// The rules that cost in 填报规范, once a rule and cell.
fn is_form_rule(rule: &str) -> bool {
    ["content-", "method-"].iter().any(|stem| rule.starts_with(stem))
        || [
            "unit-missing",
            "reporter-missing",
            "contact-missing",
            "leader-missing",
            "month-mismatch",
            "progress-missing",
            "problem-blank",
            "handling-missing",
            "cell-error",
            "file-hidden-data",
        ]
        .contains(&rule)
}

/// What a unit's sheets in force cost in 填报规范 and 内容具体.
fn faults(made: &Made, unit: &str) -> (f64, f64) {
    let replaced = |form: &serde_json::Value| {
        let findings = form["findings"].as_array().expect("a list");
        findings.iter().any(|found| found["rule"] == "form-duplicate")
    };
    let (mut cells, mut records) = (BTreeSet::new(), BTreeSet::new());
    for form in made.forms.iter().filter(|form| form["unit"] == unit && !replaced(form)) {
        // A record may take several rows; the recount knows it by its first.
        let firsts: Vec<u64> =
            form["records"].as_array().expect("a list").iter().filter_map(|record| record["row"].as_u64()).collect();
        for found in form["findings"].as_array().expect("a list") {
            let (rule, level) = (found["rule"].as_str().expect("a rule"), found["level"].as_str().expect("a level"));
            let cell = found["cell"].as_str().unwrap_or_default();
            // What the clerk accepts is shown as information.
            if is_form_rule(rule) && level != "info" {
                cells.insert((form["file"].to_string(), rule, cell));
            }
            let concrete = ["date-", "person-"].iter().any(|stem| rule.starts_with(stem)) || rule == "event-vague";
            if concrete && level == "error" {
                let row = found["row"].as_u64().expect("a row");
                let first = firsts.iter().copied().filter(|first| *first <= row).max();
                records.insert((form["file"].to_string(), first));
            }
        }
    }
    (0.5 * cells.len() as f64, 2.0 * records.len() as f64)
}

/// The problems whose deadline passed in March unclosed, by the lines of the ledger itself.
fn overdue(made: &Made, unit: &str) -> f64 {
    let page = &made.pages["问题台账"];
    let (head, name) = page.title("填报单位");
    let text = |row: u32, title: &str| page.text(row, column(page, head, title));
    let day = |row: u32, title: &str| text(row, title).parse::<f64>().ok();
    // Day 46082 of a sheet is 2026-03-01. A deadline's own day is in time.
    let (first, last) = (46082.0, 46112.0);
    let cost = |row: &u32| {
        let Some(until) = day(*row, "整改期限") else { return false };
        let late = match text(*row, "状态") {
            "逾期" => true,
            "已销号" => day(*row, "销号日期").is_some_and(|closed| closed > until),
            _ => false,
        };
        let passed = until + 1.0;
        // One that had passed before it was reported counts in the month of the report.
        late && passed <= last && (passed >= first || text(*row, "报告月份") == MONTH)
    };
    (head + 1..=page.rows()).filter(|row| page.text(*row, name) == unit).filter(cost).count() as f64
}

/// The lines of a register of March or of a unit, as fields.
fn lines(register: &str, unit: &str) -> Vec<Vec<String>> {
    let text = tracked(register);
    let fields = text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    fields.filter(|fields| fields.iter().any(|field| field == unit)).collect()
}

/// The five items, the bonus and the total of a unit; none where it has no total.
fn score(made: &Made, states: &BTreeMap<(String, String), (&'static str, f64)>, unit: &str) -> Option<[f64; 7]> {
    let mine: Vec<_> = receipts(MONTH).into_iter().filter(|(_, name, _)| name == unit).collect();
    let Some((day, ..)) = mine.iter().find(|(_, _, file)| opens(file)) else {
        return mine.is_empty().then_some([0.0; 7]);
    };
    let day: f64 = day[8..].parse().expect("a day of the month");
    let (form, records) = faults(made, unit);
    let register = tracked("收件登记.csv");
    let returned =
        register.lines().filter(|line| line.contains(&format!(",{unit},{MONTH},")) && line.ends_with("退回"));
    let returns = 2.0 * (returned.count() as f64 - 1.0).max(0.0);
    let open = states.iter().filter(|((name, _), (state, _))| name == unit && *state == "未开展");
    let tasks: f64 = open.map(|(_, (_, cost))| cost).sum();
    let cases = lines("交办件.csv", unit).into_iter().filter(|case| {
        let late = case[6].is_empty() || case[6] > case[5];
        // 限办日期 itself is in time.
        late && ("2026-02-28"..="2026-03-30").contains(&case[5].as_str())
    });
    let cases: f64 = cases.map(|case| if case[1] == "县" { 2.0 } else { 4.0 }).sum();
    let points = |item: &str| -> f64 {
        let lines = lines("加减分.csv", unit).into_iter().filter(|line| line[0] == MONTH && line[2] == item);
        lines.map(|line| line[3].parse::<f64>().expect("points")).sum()
    };
    let items = [
        ("报送及时", 20.0, (day - 25.0).clamp(0.0, 5.0)),
        ("填报规范", 15.0, form),
        ("内容具体", 30.0, records + returns),
        ("任务完成", 20.0, tasks),
        ("整改闭环", 15.0, overdue(made, unit) + cases),
    ];
    let left = items.map(|(item, full, lost)| (full - lost + points(item)).max(0.0));
    let bonus = points("加分").min(5.0);
    let total = left.iter().sum::<f64>() + bonus;
    Some([left[0], left[1], left[2], left[3], left[4], bonus, total])
}

#[test]
fn scores_ranks_and_bands_are_recounted_from_sheets_and_registers() {
    let made = made();
    let page = &made.pages["得分排名"];
    let (head, name) = page.title("填报单位");
    let states = states();
    let mut totals: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut scored = Vec::new();
    for unit in units() {
        let score = score(made, &states, &unit.name);
        if let Some(score) = score {
            totals.entry(unit.kind.clone()).or_default().push(score[6]);
        }
        scored.push((unit, score));
    }
    for (unit, score) in &scored {
        let row = (head + 1..=page.rows()).find(|row| page.text(*row, name) == unit.name).expect("every unit stands");
        let Some(score) = score else {
            assert!(page.text(row, column(page, head, "总分")).is_empty(), "{unit:?} has a total");
            continue;
        };
        let titles = ["报送及时", "填报规范", "内容具体", "任务完成", "整改闭环", "加分", "总分"];
        for (title, recounted) in titles.iter().zip(score) {
            assert_eq!(page.number(row, column(page, head, title)), *recounted, "{} {title}", unit.name);
        }
        let total = score[6];
        let ahead = totals[&unit.kind].iter().filter(|other| **other > total).count();
        assert_eq!(page.number(row, column(page, head, "名次")), ahead as f64 + 1.0, "{}", unit.name);
        let band = match total {
            90.0.. => "优秀",
            80.0.. => "良好",
            60.0.. => "合格",
            _ => "不合格",
        };
        assert_eq!(page.text(row, column(page, head, "等次")), band, "{}", unit.name);
    }
    let overview = &made.pages["月度概览"];
    for (title, kind) in [("乡镇纪委平均分", "township"), ("派驻纪检监察组平均分", "dispatched")] {
        let of = &totals[kind];
        let mean = (of.iter().sum::<f64>() / of.len() as f64 * 10.0).round() / 10.0;
        let (row, col) = overview.title(title);
        assert_eq!(overview.number(row, col + 1), mean, "{title}");
    }
}

#[test]
fn key_figures_and_the_units_contents_are_recounted() {
    let made = made();
    let rows = recount(MONTH);
    let is_valid = |row: &&Row| made.valid.contains(&(row.file.clone(), row.row));
    let units = units();
    let first = |unit: &Unit| receipts(MONTH).into_iter().find(|(_, name, file)| *name == unit.name && opens(file));
    let days: Vec<_> = units.iter().filter_map(first).map(|(day, ..)| day).collect();
    let registered = |unit: &&Unit| receipts(MONTH).iter().any(|(_, name, _)| *name == unit.name);
    let figures = [
        ("应报单位", units.len()),
        ("已报单位", days.len()),
        ("其中：按时", days.iter().filter(|day| day.as_str() <= "2026-03-25").count()),
        ("其中：迟报", days.iter().filter(|day| day.as_str() > "2026-03-25").count()),
        ("未报", units.iter().filter(|unit| !registered(unit)).count()),
        ("收到记录", rows.len()),
        ("有效记录", rows.iter().filter(is_valid).count()),
    ];
    let overview = &made.pages["月度概览"];
    for (title, recounted) in figures {
        let (row, col) = overview.title(title);
        assert_eq!(overview.number(row, col + 1), recounted as f64, "{title}");
    }
    let page = &made.pages["内容方式"];
    let (head, _) = page.title("单位号");
    let of: BTreeMap<&str, _> =
        [("township", recount::contents_of("township")), ("dispatched", recount::contents_of("dispatched"))].into();
    let contents: Vec<(u32, &str)> =
        (3..20).map(|col| (col, page.text(head, col))).take_while(|(_, title)| *title != "合计").collect();
    assert_eq!(contents.len(), 10);
    let mut row = head;
    for unit in &units {
        // The titles stand again where the table goes on on the next sheet of paper.
        row += if page.text(row + 1, 1) == "单位号" { 2 } else { 1 };
        assert_eq!(page.text(row, 2), unit.name);
        let mine: Vec<&String> = rows
            .iter()
            .filter(|row| row.unit == unit.name && is_valid(row))
            .map(|row| &of[unit.kind.as_str()][&row.texts["监督内容"].replace(' ', "")])
            .collect();
        for (col, content) in &contents {
            let many = mine.iter().filter(|other| other.as_str() == *content).count();
            assert_eq!(page.number(row, *col), many as f64, "{} {content}", unit.name);
        }
    }
}

/// The sums at the end of 口径说明 hold, and are those of the files that lie in the folder.
#[test]
fn the_three_sums_count_the_files_that_lie_there() {
    let page = &made().pages["口径说明"];
    let (head, _) = page.title("核对项");
    let files = crate::common::files_under(&county().join("报送/2026-03")).len();
    assert_eq!(page.number(head + 1, 3), files as f64);
    let differences: Vec<f64> = (head + 1..head + 12).filter_map(|row| page.text(row, 6).parse().ok()).collect();
    assert_eq!(differences, [0.0, 0.0, 0.0]);
}
