//! 统计指标: every figure is the sum of its lines, leads to the first of them, and what is not sure is shown and not added.

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::Yuedu;
use crate::package::{self, Stored};
use crate::workbook::FormBook;

pub(crate) type Page = BTreeMap<String, Stored>;

const BOOK: &str = "汇总/2026-03 月度汇总.xlsx";
const PROJECT: &str = r#"
county = "清河县"

[[unit]]
name = "青石镇纪委"
kind = "township"
aliases = ["青石镇"]
supervises = ["大坪村", "石塘村"]
"#;

pub(crate) fn summarize(yuedu: &Yuedu) -> (Vec<u8>, Page) {
    let run = yuedu.run_with(&["summarize", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    run.assert_calm();
    let bytes = yuedu.read(BOOK);
    let page = package::read(&bytes).into_iter().find(|(title, _)| title == "统计指标").expect("the page is there").1;
    (bytes, page)
}

fn at<'p>(page: &'p Page, col: &str, row: u32) -> &'p str {
    page.get(&format!("{col}{row}")).map_or("", |cell| cell.value.as_str())
}

/// A line of the listing.
#[derive(Debug)]
struct Line {
    row: u32,
    unit: String,
    indicator: String,
    number: String,
    note: String,
    words: String,
}

/// The row of the listing's titles, and every line below.
fn lines(page: &Page) -> (u32, Vec<Line>) {
    let head = (1..400).find(|row| at(page, "A", *row) == "序号").expect("the listing has titles");
    let line = |row: u32| Line {
        row,
        unit: at(page, "B", row).to_owned(),
        number: at(page, "C", row).to_owned(),
        indicator: at(page, "D", row).to_owned(),
        note: at(page, "F", row).to_owned(),
        words: at(page, "H", row).to_owned(),
    };
    (head, (head + 1..).map(line).take_while(|line| !line.indicator.is_empty()).collect())
}

fn letters(col: u8) -> String {
    char::from(b'A' + col).to_string()
}

/// Every figure of a unit's row: cell, unit, indicator, value.
pub(crate) fn figures(page: &Page) -> Vec<(String, String, String, f64)> {
    let (head, _) = lines(page);
    let mut titles: Vec<(String, String)> = Vec::new();
    let mut figures = Vec::new();
    for row in 4..head {
        if at(page, "B", row) == "填报单位" {
            titles = (2..19).map(|col| (letters(col), at(page, &letters(col), row).replace('\n', ""))).collect();
        } else if at(page, "A", row).parse::<u32>().is_ok() {
            for (col, title) in titles.iter().filter(|(_, title)| title.contains('（')) {
                let cell = format!("{col}{row}");
                let value = page[&cell].value.parse().unwrap_or_else(|_| panic!("{cell} {title}: {:?}", page[&cell]));
                assert!(page[&cell].formula.is_some(), "{cell} is no formula");
                figures.push((cell, at(page, "B", row).to_owned(), title.clone(), value));
            }
        }
    }
    figures
}

/// Every 小计 is the sum of the units between it and the last one, every 合计 that of all units: the figures of the
/// cells alone are added here, whatever their formulas say. Gives the words of the sums, table by table.
fn sums(page: &Page) -> Vec<String> {
    let (head, _) = lines(page);
    let value = |col: &str, row: u32| at(page, col, row).parse::<f64>().unwrap_or(0.0);
    let mut titles: Vec<(String, String)> = Vec::new();
    let (mut of_kind, mut of_all): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut words = Vec::new();
    for row in 4..head {
        let name = at(page, "B", row);
        let mut check = |rows: &[u32]| {
            for (col, title) in titles.iter().filter(|(_, title)| title.contains('（')) {
                let sum: f64 = rows.iter().map(|row| value(col, *row)).sum();
                assert!(
                    (sum - value(col, row)).abs() < 1e-6,
                    "{name} {title} {col}{row}: {} of {sum}",
                    value(col, row)
                );
            }
            words.push(name.to_owned());
        };
        if name == "填报单位" {
            titles = (2..19).map(|col| (letters(col), at(page, &letters(col), row).replace('\n', ""))).collect();
        } else if name == "合计" {
            check(&of_all);
            (of_kind, of_all) = (Vec::new(), Vec::new());
        } else if name.ends_with("小计") {
            assert!(!of_kind.is_empty(), "{name} of no unit");
            check(&of_kind);
            of_all.append(&mut of_kind);
        } else if at(page, "A", row).parse::<u32>().is_ok() {
            of_kind.push(row);
        }
    }
    words
}

fn of(page: &Page, indicator: &str) -> f64 {
    let mut found = figures(page).into_iter().filter(|(.., title, _)| title == indicator);
    found.next().unwrap_or_else(|| panic!("no figure {indicator}")).3
}

#[test]
fn every_figure_is_the_sum_of_its_lines_and_leads_to_the_first() {
    let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe");
    let (bytes, page) = summarize(&Yuedu::new().tree(&county));
    let (_, lines) = lines(&page);
    assert!(lines.len() > 200, "{} lines", lines.len());
    let xml = package::part(&bytes, "xl/worksheets/sheet8.xml").expect("the eighth page");
    let links: BTreeMap<String, String> = package::elements(&xml, "hyperlink")
        .into_iter()
        .filter_map(|link| Some((link.get("ref")?.clone(), link.get("location")?.clone())))
        .collect();
    let mut led = 0;
    for (cell, unit, title, value) in figures(&page) {
        if title.starts_with("检查记录") || title.starts_with("未计入") {
            continue;
        }
        let mine = || lines.iter().filter(|line| line.unit == unit && line.indicator == title);
        let sum: f64 = mine().filter_map(|line| line.number.parse::<f64>().ok()).sum();
        assert!((sum - value).abs() < 1e-9, "{unit} {title}: {value}, its lines {sum}");
        let first = mine().next().map(|line| format!("统计指标!D{}", line.row));
        assert_eq!(links.get(&cell).map(|link| link.replace('\'', "")), first, "{unit} {title}");
        led += usize::from(first.is_some());
    }
    assert!(led > 80, "{led} figures lead to their lines");
    assert!(!sums(&page).is_empty());
    assert!(lines.iter().all(|line| !line.words.is_empty()));
}

#[test]
fn what_is_not_sure_is_shown_and_not_added() {
    let form = FormBook::six("青石镇纪委", "2026-03")
        .good()
        .set(3, "2026年3月3日，镇纪委开展监督检查3次，到大坪村、石塘村查看，收到信访举报40余件（次）。")
        .set(
            4,
            "2026年3月3日检查发现问题2个：大坪村会计周小兰分别多报1344元、256元，共计1600元；误餐补助每人30元未公示。",
        )
        .set(
            5,
            "2026年3月5日，镇纪委书记李远航约谈大坪村会计周小兰、石塘村文书蒋海波等3人，1600元已于2026年3月6日退还；\
             今年以来累计约谈12人次；立案1件1人，给予大坪村会计周小兰党内警告处分；两个问题均已整改。",
        );
    let yuedu = Yuedu::new().file("yuedu.toml", PROJECT).file("报送/2026-03/青石镇.xlsx", form.bytes());
    let (_, page) = summarize(&yuedu);
    let (_, lines) = lines(&page);
    let shown = || lines.iter().map(|line| format!("{} {} {}", line.indicator, line.number, line.note));
    for (indicator, value) in [
        ("监督检查（次）", 3.0),
        ("检查村居（个）", 2.0),
        ("发现问题（个）", 2.0),
        ("已整改（个）", 2.0),
        ("信访件（件次）", 0.0),
        ("涉及金额（元）", 1600.0),
        ("追缴退缴（元）", 1600.0),
        ("约谈（人）", 3.0),
        ("约谈（人次）", 0.0),
        ("立案（件）", 1.0),
        ("立案（人）", 1.0),
        ("党纪政务处分（人）", 1.0),
    ] {
        assert_eq!(of(&page, indicator), value, "{indicator}\n{}", shown().collect::<Vec<_>>().join("\n"));
    }
    let left: Vec<String> = shown().filter(|line| line.contains("未计入")).collect();
    for (indicator, number) in
        [("信访件（件次）", "40余件（次）"), ("约谈（人次）", "12人次"), ("涉及金额（元）", "30元")]
    {
        assert!(left.iter().any(|line| line.starts_with(&format!("{indicator} {number} "))), "{indicator}: {left:?}");
    }
    // Two parts of a total, the price and the two rough ones.
    assert_eq!(of(&page, "未计入（处）"), 5.0, "{left:?}");
}

#[test]
fn equal_sums_of_two_persons_are_both_added() {
    let form = FormBook::six("青石镇纪委", "2026-03")
        .good()
        .set(4, "2026年3月3日检查发现，大坪村会计周小兰多领补贴500元，石塘村文书蒋海波多领补贴500元。")
        .set(5, "2026年3月5日，镇纪委对大坪村会计周小兰、石塘村文书蒋海波批评教育，各已退回500元，上述500元均已上缴村集体账户。")
        .good()
        .set(4, "2026年3月4日检查发现，大坪村会计周小兰收取押金3000元，至今3000元未入账。")
        .set(5, "2026年3月6日，青石镇纪委书记李远航约谈大坪村会计周小兰，各退回200元。");
    let yuedu = Yuedu::new().file("yuedu.toml", PROJECT).file("报送/2026-03/青石镇.xlsx", form.bytes());
    let (_, page) = summarize(&yuedu);
    let (_, lines) = lines(&page);
    assert_eq!(of(&page, "涉及金额（元）"), 4000.0, "{lines:#?}");
    assert_eq!(of(&page, "追缴退缴（元）"), 1000.0, "{lines:#?}");
    let left: Vec<String> = lines
        .iter()
        .filter(|line| line.indicator.ends_with("（元）") && line.note.contains("未"))
        .map(|line| format!("{} {}", line.number, line.note))
        .collect();
    let wanted = [
        "3000元 与前面的是同一笔，未重复计入",
        "500元 与前面的是同一笔，未重复计入",
        "200元 每人同数，人数不能确定，未计入",
    ];
    assert_eq!(left, wanted);
}

#[test]
fn villages_gone_to_are_counted_without_a_roster_and_once_a_month() {
    let form = FormBook::six("青石镇纪委", "2026-03")
        .good()
        .set(3, "2026年3月3日，镇纪委到官渡村、杨柳村检查河道保洁，查看驻村工作日志，走访农村党员。")
        .good()
        .set(3, "2026年3月9日，镇纪委对青石镇官渡村整改情况进行检查。");
    let yuedu = Yuedu::new().file("报送/2026-03/青石镇.xlsx", form.bytes());
    let (_, page) = summarize(&yuedu);
    let (_, lines) = lines(&page);
    let villages: Vec<&str> =
        lines.iter().filter(|line| line.indicator == "检查村居（个）").map(|line| line.words.as_str()).collect();
    assert_eq!(villages, ["大坪村", "官渡村", "杨柳村"]);
}

#[test]
fn records_that_do_not_count_tell_nothing() {
    let form = FormBook::six("青石镇纪委", "2026-03").good().set(5, "约谈5人，已整改。");
    let yuedu = Yuedu::new().file("yuedu.toml", PROJECT).file("报送/2026-03/青石镇.xlsx", form.bytes());
    let (_, page) = summarize(&yuedu);
    assert!(lines(&page).1.is_empty());
    assert_eq!(of(&page, "约谈（人）"), 0.0);
}

#[test]
fn a_kind_of_unit_that_has_no_row_has_no_sum() {
    let form = |unit: &str| FormBook::six(unit, "2026-03").good().bytes();
    let later = "[[unit]]\nname = \"驻县教育局纪检监察组\"\nkind = \"dispatched\"\nfrom = \"2026-12\"\n";
    let one = Yuedu::new()
        .file("yuedu.toml", format!("{PROJECT}\n{later}"))
        .file("报送/2026-03/青石镇.xlsx", form("青石镇纪委"));
    let (_, page) = summarize(&one);
    assert_eq!(sums(&page), ["乡镇纪委小计", "合计", "乡镇纪委小计", "合计"]);
    assert_eq!(of(&page, "批评教育（人）"), 1.0);

    let nobody = Yuedu::new()
        .file("yuedu.toml", format!("county = \"清河县\"\n{later}"))
        .file("报送/2026-03/说明.txt", "还没有报");
    let (_, page) = summarize(&nobody);
    assert_eq!(sums(&page), ["合计", "合计"]);

    let strangers = Yuedu::new()
        .file("报送/2026-03/a.xlsx", form("青石镇纪委"))
        .file("报送/2026-03/b.xlsx", form("白水农场"))
        .file("报送/2026-03/c.xlsx", form("驻县教育局纪检监察组"));
    let (_, page) = summarize(&strangers);
    assert_eq!(sums(&page).len(), 8, "three kinds and the total, twice: {:?}", sums(&page));
}

#[test]
fn a_county_of_many_units_has_its_titles_on_every_page() {
    let units: String =
        (1..=60).map(|n| format!("[[unit]]\nname = \"第{n}乡镇纪委\"\nkind = \"township\"\n")).collect();
    let form = FormBook::six("第58乡镇纪委", "2026-03").good();
    let yuedu = Yuedu::new()
        .file("yuedu.toml", format!("county = \"清河县\"\n{units}"))
        .file("报送/2026-03/a.xlsx", form.bytes());
    let (bytes, page) = summarize(&yuedu);
    let (head, lines) = lines(&page);
    let titles: Vec<u32> = (4..head).filter(|row| at(&page, "B", *row) == "填报单位").collect();
    assert_eq!(titles.len(), 4, "two tables, each on two pages: {titles:?}");
    let xml = package::part(&bytes, "xl/worksheets/sheet8.xml").expect("the eighth page");
    let breaks: Vec<u32> = package::elements(&xml, "brk").iter().map(|at| at["id"].parse().unwrap()).collect();
    // Before the titles that come again, before the second table and before the lines.
    assert_eq!(breaks, [titles[1] - 1, titles[2] - 2, titles[3] - 1, head - 2]);
    let total = (4..head).find(|row| at(&page, "B", *row) == "合计").expect("a row of totals");
    assert_eq!(at(&page, "C", total), "1", "{lines:?}");
}
