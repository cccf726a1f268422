//! A total is followed back by the workbook's links alone, as a stranger would click: 得分排名 → the rows of 扣分明细 →
//! the record, the task or the receipt in the workbook → the cell of the file.

use std::collections::BTreeMap;
use std::path::Path;

use crate::cells::{self, Sheet};
use crate::common::Yuedu;
use crate::package;
use crate::score;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
enum Way {
    /// Rows of a page, first and last.
    Rows(String, u32, u32),
    /// A file by its way from the workbook, and the row of its sheet.
    File(String, Option<u32>),
}

/// A workbook with its pages and the links of each.
struct Linked {
    pages: BTreeMap<String, Sheet>,
    links: BTreeMap<(String, String), Way>,
}

impl Linked {
    fn read(bytes: &[u8]) -> Linked {
        let sheets = cells::xlsx(bytes).expect("the summary is a workbook");
        let mut links = BTreeMap::new();
        for (n, sheet) in (1..).zip(&sheets) {
            let name = |folder: &str, end: &str| format!("xl/worksheets/{folder}sheet{n}.xml{end}");
            let rels = package::part(bytes, &name("_rels/", ".rels")).unwrap_or_default();
            let targets: BTreeMap<String, String> = package::elements(&rels, "Relationship")
                .into_iter()
                .map(|rel| (rel["Id"].clone(), rel["Target"].replace("%20", " ")))
                .collect();
            let xml = package::part(bytes, &name("", "")).expect("a page has its part");
            for link in package::elements(&xml, "hyperlink") {
                let place = link.get("location").map(String::as_str).unwrap_or_default();
                let way = match link.get("r:id") {
                    Some(id) => Way::File(targets[id].clone(), place.rsplit_once('!').map(|(_, cell)| row_of(cell))),
                    None => {
                        let (page, range) = place.rsplit_once('!').expect("a page and a range");
                        let (first, last) = range.split_once(':').unwrap_or((range, range));
                        Way::Rows(page.trim_matches('\'').to_owned(), row_of(first), row_of(last))
                    }
                };
                links.insert((sheet.name.clone(), link["ref"].clone()), way);
            }
        }
        Linked { pages: sheets.into_iter().map(|sheet| (sheet.name.clone(), sheet)).collect(), links }
    }

    fn page(&self, name: &str) -> &Sheet {
        &self.pages[name]
    }

    /// The text in a row of a page under a title.
    fn text(&self, page: &str, row: u32, title: &str) -> &str {
        let sheet = self.page(page);
        let (head, column) = sheet.title(title);
        assert!(row >= head);
        sheet.text(row, column)
    }

    fn number(&self, page: &str, row: u32, title: &str) -> f64 {
        self.text(page, row, title).parse().unwrap_or(0.0)
    }

    /// The link in a row of a page under a title.
    fn way(&self, page: &str, row: u32, title: &str) -> Option<&Way> {
        let (_, column) = self.page(page).title(title);
        let letter = char::from(b'A' + u8::try_from(column).expect("one of the first columns") - 1);
        self.links.get(&(page.to_owned(), format!("{letter}{row}")))
    }

    fn row_where(&self, page: &str, title: &str, text: &str) -> u32 {
        let (head, column) = self.page(page).title(title);
        let found = (head + 1..=self.page(page).rows()).find(|row| self.page(page).text(*row, column) == text);
        found.unwrap_or_else(|| panic!("{page} has no {text}"))
    }
}

fn row_of(cell: &str) -> u32 {
    cell.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().expect("a cell has a row")
}

const ITEMS: [(&str, f64); 5] =
    [("报送及时", 20.0), ("填报规范", 15.0), ("内容具体", 30.0), ("任务完成", 20.0), ("整改闭环", 15.0)];

/// Every score of a unit leads to exactly the rows that made it; gives the rows of its total.
fn rows_behind(book: &Linked, unit: &str) -> (u32, u32) {
    let at = book.row_where("得分排名", "填报单位", unit);
    let sum = |(first, last): (u32, u32), title: &str| -> f64 {
        (first..=last).map(|row| book.number("扣分明细", row, title)).sum()
    };
    let rows = |title: &str| match book.way("得分排名", at, title) {
        Some(Way::Rows(page, first, last)) if page == "扣分明细" => Some((*first, *last)),
        None => None,
        other => panic!("{unit} {title} leads to {other:?}"),
    };
    for (item, full) in ITEMS {
        let lost = rows(item).map_or(0.0, |rows| {
            for row in rows.0..=rows.1 {
                assert_eq!(book.text("扣分明细", row, "项目"), item);
            }
            sum(rows, "扣分")
        });
        assert_eq!(book.number("得分排名", at, item), (full - lost).max(0.0), "{unit} {item}");
    }
    let whole = rows("总分").expect("a total with rows leads to them");
    for row in whole.0..=whole.1 {
        assert_eq!(book.text("扣分明细", row, "填报单位"), unit);
    }
    let beside = |row| book.text("扣分明细", row, "填报单位");
    assert!(beside(whole.0 - 1) != unit && beside(whole.1 + 1) != unit, "{unit}: not all of its rows");
    whole
}

/// A row of 扣分明细 leads to its ground, and a record there to the file and row that it names.
fn ground(yuedu: &Yuedu, book: &Linked, row: u32) -> String {
    let said = |title: &str| book.text("扣分明细", row, title);
    let inside = book.way("扣分明细", row, "本簿所在");
    if let Some(Way::File(file, _)) = book.way("扣分明细", row, "位置") {
        let inside = file.strip_prefix("../").expect("a way within the project");
        assert!(yuedu.path(inside).is_file(), "{file}");
    }
    if let Some(register) = said("来源文件").strip_suffix(".csv") {
        let line: usize = said("位置").trim_matches(|c: char| !c.is_ascii_digit()).parse().expect("a line");
        let text = String::from_utf8(yuedu.read(&format!("{register}.csv"))).expect("UTF-8");
        let line = text.lines().nth(line - 1).expect("the register has that line");
        assert!(line.contains(said("填报单位")), "{line}");
        return format!("{register} {line}");
    }
    let Some(Way::Rows(page, first, last)) = inside else {
        assert!(!said("来源文件").is_empty(), "row {row} “{}” leads nowhere", said("事由"));
        return said("来源文件").to_owned();
    };
    assert_eq!(first, last);
    assert_eq!(said("本簿所在"), format!("{page}第{first}行"));
    if page == "监督明细" || page == "问题台账" {
        let Some(Way::File(file, Some(at))) = book.way(page, *first, "行") else { panic!("{page} leads to no file") };
        assert_eq!(book.number(page, *first, "行"), f64::from(*at));
        let file = file.strip_prefix("../").expect("a way within the project");
        let sheets = cells::xlsx(&yuedu.read(file)).expect("the source is a workbook");
        let wanted = book.text(page, *first, "发现问题");
        let found = (1..12).any(|column| sheets[0].text(*at, column) == wanted);
        assert!(wanted.is_empty() || found, "{file} row {at} does not say “{wanted}”");
    }
    page.clone()
}

/// `product.md` section 7, worked: «a stranger can follow one unit's 88.5 points back to the cells that cost it».
#[test]
fn the_worked_example_is_followed_back_to_the_cells_that_cost_it() {
    let yuedu = score::county();
    let run = yuedu.run_with(&["summarize", "--month", "2026-04"]);
    assert_eq!(run.code, 0, "{run:?}");
    let book = Linked::read(&yuedu.read("汇总/2026-04 月度汇总.xlsx"));
    let at = book.row_where("得分排名", "填报单位", "青石镇纪委");
    assert_eq!(book.number("得分排名", at, "总分"), 88.5);
    let (first, last) = rows_behind(&book, "青石镇纪委");
    let grounds: Vec<String> = (first..=last).map(|row| ground(&yuedu, &book, row)).collect();
    let many = |ground: &str| grounds.iter().filter(|other| other.starts_with(ground)).count();
    assert!(grounds[0].starts_with("收件登记 2026-04-27,青石镇纪委"), "{grounds:?}");
    // The empty 联系方式 stands in the file's head; a method, a blank cell and two vague records in 监督明细.
    assert_eq!((many("青石镇.xlsx"), many("监督明细"), many("任务完成")), (1, 4, 4), "{grounds:?}");
    assert_eq!((many("问题台账"), many("加减分 2026-04,青石镇纪委,加分,2")), (1, 1), "{grounds:?}");
    assert_eq!(grounds.len(), 12);
}

/// The same for every unit of the example county that has a total and rows.
#[test]
fn every_total_of_the_county_is_followed_back() {
    let yuedu = Yuedu::new().tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe"));
    let run = yuedu.run_with(&["summarize", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    let book = Linked::read(&yuedu.read("汇总/2026-03 月度汇总.xlsx"));
    let (head, name) = book.page("得分排名").title("填报单位");
    let mut followed = 0;
    for row in head + 1..=book.page("得分排名").rows() {
        if book.way("得分排名", row, "总分").is_some() {
            let (first, last) = rows_behind(&book, book.page("得分排名").text(row, name));
            followed += (first..=last).filter(|row| !nowhere(&book, *row)).count();
        }
    }
    let (head, _) = book.page("扣分明细").title("序号");
    let lost: Vec<u32> = (head + 1..=book.page("扣分明细").rows()).filter(|row| nowhere(&book, *row)).collect();
    let lost: Vec<&str> = lost.into_iter().map(|row| book.text("扣分明细", row, "事由")).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert_eq!(followed, usize::try_from(book.page("扣分明细").rows() - head).expect("rows"));
}

/// Whether a row of 扣分明细 leads neither within the workbook nor to a file.
fn nowhere(book: &Linked, row: u32) -> bool {
    book.way("扣分明细", row, "本簿所在").is_none() && book.way("扣分明细", row, "位置").is_none()
}

/// What a task was done by: the cell names the row of the sheet, and leads to the record in 监督明细 that has it.
#[test]
fn a_task_done_leads_to_the_record_that_did_it() {
    let yuedu = Yuedu::new().tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe"));
    yuedu.run_with(&["summarize", "--month", "2026-03"]);
    let book = Linked::read(&yuedu.read("汇总/2026-03 月度汇总.xlsx"));
    let page = book.page("任务完成");
    let mut here = 0;
    for ((_, cell), way) in book.links.iter().filter(|((page, _), _)| page == "任务完成") {
        let column = u32::from(cell.as_bytes()[0] - b'A') + 1;
        let words = page.text(row_of(cell), column);
        match way {
            Way::Rows(page, row, _) => {
                here += 1;
                let named = format!("第{}行", book.text(page, *row, "行"));
                assert!(words.contains(&named), "{cell} {words} leads to {named}");
                let state = if words.starts_with("未开展") { "否" } else { "是" };
                assert_eq!(book.text(page, *row, "有效"), state, "{cell} {words}");
            }
            Way::File(file, row) => assert!(words.contains("月第") == row.is_some(), "{cell} {words} leads to {file}"),
        }
    }
    assert!(here > 100, "only {here} cells lead to their record");
}

/// The README walks one unit's total back; each figure and each place that it names is the workbook's.
#[test]
fn the_readme_walks_the_way_that_the_workbook_has() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let yuedu = Yuedu::new().tree(&root.join("examples/qinghe"));
    yuedu.run_with(&["summarize", "--month", "2026-03"]);
    let book = Linked::read(&yuedu.read("汇总/2026-03 月度汇总.xlsx"));
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README is there");
    let (_, walk) = readme.split_once("#### 一个分数怎么追到原表").expect("the README has the walk");
    let (walk, _) = walk.split_once("## ").expect("the walk ends");
    let unit = "龙塘镇纪委";
    let at = book.row_where("得分排名", "填报单位", unit);
    let points = |title: &str| book.text("得分排名", at, title).to_owned();
    let sum = ITEMS.map(|(item, _)| points(item)).join("＋");
    let (first, last) = rows_behind(&book, unit);
    let mut named = vec![format!("{unit} {sum}＝{}", points("总分")), format!("全部 {} 行", last - first + 1)];
    let of = |item: &str| (first..=last).filter(|row| book.text("扣分明细", *row, "项目") == item).collect::<Vec<_>>();
    let cost = |rows: &[u32]| rows.iter().map(|row| book.number("扣分明细", *row, "扣分")).sum::<f64>();
    let tasks = of("任务完成");
    named.push(format!("任务 {} 行扣 {} 分", tasks.len(), cost(&tasks)));
    named.push(format!("收件登记.csv {}", book.text("扣分明细", first, "位置")));
    named.push(format!("月报表.xlsx 的 {} ", book.text("扣分明细", of("填报规范")[0], "位置")));
    for row in [of("内容具体")[0], tasks[0], of("整改闭环")[0]] {
        named.push(book.text("扣分明细", row, "本簿所在").to_owned());
    }
    for words in named {
        assert!(walk.contains(&words), "the walk does not say “{words}”");
    }
}
