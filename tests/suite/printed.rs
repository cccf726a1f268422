//! The workbook on paper: a page that lists repeats its titles, and on a page of several tables each of them says its
//! titles again where it goes on on the next sheet of paper; nothing runs over the foot.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cells::{self, Sheet};
use crate::common::Yuedu;
use crate::package;
use crate::workbook::FormBook;

/// The pages whose first rows are repeated by the sheet itself.
const REPEATED: [&str; 6] = ["得分排名", "扣分明细", "报送情况", "问题台账", "退回清单", "监督明细"];
/// The pages of several tables.
const SEVERAL: [&str; 3] = ["内容方式", "任务完成", "口径说明"];
/// What the titles of a table of those begin with.
const TITLES: [&str; 2] = ["序号", "单位号"];

/// A month of a county of seventy units, so that every table is longer than a sheet of paper.
fn large() -> Vec<u8> {
    let mut yuedu = Yuedu::new();
    let mut project = String::from("county = \"大县\"\n");
    let mut register = String::from("收到日期,单位,月份,文件,摘要,结论\n");
    for n in 0..70 {
        let number = |n: usize| ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"][n % 10];
        let (name, kind) = match n % 3 {
            0 => (format!("县纪委监委派驻县{}{}局纪检监察组", number(n / 10), number(n)), "dispatched"),
            _ => (format!("{}{}镇纪委", number(n / 10), number(n)), "township"),
        };
        project += &format!("[[unit]]\nname = \"{name}\"\nkind = \"{kind}\"\n");
        for month in ["2026-02", "2026-03"] {
            let file = format!("报送/{month}/{n:02}.xlsx");
            register += &format!("{month}-20,{name},{month},{file},,合格\n");
            yuedu = yuedu.file(&file, FormBook::six(&name, month).good().bytes());
        }
    }
    let yuedu = yuedu.file("yuedu.toml", project).file("收件登记.csv", register);
    summarized(&yuedu)
}

fn summarized(yuedu: &Yuedu) -> Vec<u8> {
    let run = yuedu.run_with(&["summarize", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    yuedu.read("汇总/2026-03 月度汇总.xlsx")
}

/// The rows that begin a sheet of paper by our own word, the heights of all rows, and the width of the page, in points.
struct Laid {
    breaks: Vec<u32>,
    heights: BTreeMap<u32, f64>,
    width: f64,
}

fn laid(bytes: &[u8], number: usize) -> Laid {
    let xml = package::part(bytes, &format!("xl/worksheets/sheet{number}.xml")).expect("a page has its part");
    let of = |name: &str| package::elements(&xml, name);
    let breaks = of("brk").iter().map(|brk| brk["id"].parse::<u32>().expect("a row") + 1).collect();
    let heights = of("row").into_iter().filter_map(|row| Some((row["r"].parse().ok()?, row.get("ht")?.parse().ok()?)));
    let width = of("col").into_iter().map(|col| {
        let figure = |name: &str| col[name].parse::<f64>().expect("a figure");
        // The stored width has the padding in it; a digit of the sheet's font is eight pixels wide.
        (figure("max") - figure("min") + 1.0) * figure("width") * 8.0 * 0.75
    });
    Laid { breaks, heights: heights.collect(), width: width.sum() }
}

/// A row is as high as what stands in it: what nobody did takes one line, and 退回清单 prints what a later sheet replaced.
#[test]
fn a_row_of_a_task_takes_one_line_and_the_verdict_on_the_sheet_is_printed() {
    let bytes = large();
    let sheets = cells::xlsx(&bytes).expect("the summary is a workbook");
    let heights = laid(&bytes, 3).heights;
    let page = &sheets[2];
    let short = |row: u32| page.text(row, 2).ends_with("镇纪委") && page.text(row, 4).chars().count() < 24;
    let of_tasks = heights.iter().filter(|(row, _)| page.text(**row, 3) == "任务完成" && short(**row));
    let (high, low): (Vec<_>, Vec<_>) =
        of_tasks.map(|(row, height)| (row, *height)).partition(|(_, height)| *height > 25.0);
    assert!(high.is_empty() && low.len() > 100, "{:?}", high.first());
    let names = package::part(&bytes, "xl/workbook.xml").expect("a workbook part");
    assert!(names.contains(">退回清单!$A$1:$L$"), "{names}");
}

fn check(bytes: &[u8]) -> usize {
    let sheets = cells::xlsx(bytes).expect("the summary is a workbook");
    let names = package::part(bytes, "xl/workbook.xml").expect("a workbook part");
    let mut turned = 0;
    for (number, sheet) in (1..).zip(&sheets) {
        let name = sheet.name.as_str();
        let repeats = names.contains(&format!(">{name}!$3:$"));
        assert_eq!(repeats, REPEATED.contains(&name), "{name}: titles repeated by the sheet");
        if !SEVERAL.contains(&name) {
            continue;
        }
        let laid = laid(bytes, number);
        for row in &laid.breaks {
            turned += 1;
            begins(sheet, *row);
        }
        // A4 lying down: 842 × 595 points, without the margins of 72 and 94.
        let room = (595.0 - 94.0) * (laid.width / (842.0 - 72.0)).max(1.0);
        let ends = laid.breaks.iter().copied().chain([sheet.rows() + 1]);
        for (from, to) in [1].into_iter().chain(laid.breaks.iter().copied()).zip(ends) {
            let used: f64 = (from..to).filter_map(|row| laid.heights.get(&row)).sum();
            assert!(used <= room, "{name}: rows {from} to {to} are {used:.0} points high, {room:.0} fit");
        }
    }
    turned
}

/// A sheet of paper begins with a heading or with the titles of the table that goes on.
fn begins(sheet: &Sheet, row: u32) {
    let first = sheet.text(row, 1);
    let heading = TITLES.contains(&sheet.text(row + 1, 1)) || first.ends_with("合计");
    let number = first.parse::<u32>().is_ok();
    assert!(
        !number && (TITLES.contains(&first) || heading || first.starts_with("九、")),
        "{} {row}: {first}",
        sheet.name
    );
}

#[test]
fn tables_longer_than_a_sheet_of_paper_say_their_titles_again() {
    let turned = check(&large());
    assert!(turned > 15, "only {turned} sheets of paper");
}

#[test]
fn the_example_county_prints_as_well() {
    let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe");
    assert!(check(&summarized(&Yuedu::new().tree(&county))) > 5);
}
