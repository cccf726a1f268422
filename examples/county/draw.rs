//! A paper laid out as its sender would: title, head in one of its shapes, titles of the columns, records, and
//! whatever stands below.

use super::grid::{Cell, Grid, Look, Value, serial};
use super::paper::Paper;

const NOTE: &str = "填表说明：1.监督内容和监督方式，从单元格下拉菜单中选填；2.发现问题、处理情况，时间要具体到年月日，\
    人要点明单位职务和姓名，事件要写具体情节，不能模糊笼统概之。否则，为无效报送。";

/// Draws the form.
pub(crate) fn draw(paper: &Paper) -> Grid {
    let mut grid = Grid { name: sheet_name(paper), ..Grid::default() };
    let columns = columns(paper);
    let last = u16::try_from(columns.len()).unwrap_or(u16::MAX) - 1;
    grid.widths = columns.iter().map(|title| width(title)).collect();
    grid.wide((0, 0, 0, last), &title(paper), Look::Title);
    let mut row = head(paper, &mut grid, last);
    row = titles(paper, &mut grid, &columns, row);
    row = records(paper, &mut grid, row);
    foot(paper, &mut grid, last, row);
    if paper.is("说明页") {
        grid.further = Some(("填写要求".to_owned(), NOTE.to_owned()));
    }
    grid
}

fn sheet_name(paper: &Paper) -> String {
    match () {
        () if paper.is("月表") => format!("{}月", paper.month_number()),
        () if paper.is("附件") => "附件2".to_owned(),
        () => "Sheet1".to_owned(),
    }
}

fn title(paper: &Paper) -> String {
    let month = paper.month_number();
    match () {
        () if paper.is("无月份") => "清河县纪委监委    月份日常监督工作明细表".to_owned(),
        () if paper.is("有年份") => format!("清河县纪委监委2026年{month}月份日常监督工作明细表"),
        () if paper.is("上月") => "清河县纪委监委 2 月份日常监督工作明细表".to_owned(),
        () if paper.is("松散") => format!("清河县纪委监委  {month}  月份日常监督工作明细表"),
        () => format!("清河县纪委监委{month}月份日常监督工作明细表"),
    }
}

fn columns(paper: &Paper) -> Vec<&'static str> {
    let mut columns = vec!["序号", "监督内容", "监督方式", "监督开展情况"];
    if !paper.is("四栏") {
        columns.extend(["发现问题", "处理情况"]);
    }
    for extra in ["备注", "佐证材料", "监督时间"] {
        if paper.is(extra) {
            columns.push(extra);
        }
    }
    columns
}

fn width(title: &str) -> f64 {
    match title {
        "序号" => 6.0,
        "监督内容" => 20.0,
        "监督方式" | "备注" | "佐证材料" | "监督时间" => 14.0,
        _ => 42.0,
    }
}

/// The four head fields; returns the row after them.
fn head(paper: &Paper, grid: &mut Grid, last: u16) -> u32 {
    let colon = if paper.is("半角") { ":" } else { "：" };
    let labels = if paper.is("空格") {
        ["填报单位 ", "填 报 人 ", "联 系 方 式", "单位负责人 "]
    } else {
        ["填报单位", "填报人", "联系方式", "单位负责人"]
    };
    let fields: Vec<String> =
        labels.iter().zip(&paper.head).map(|(label, value)| format!("{label}{colon}{value}")).collect();
    if paper.is("分格") {
        let places = if last >= 5 { [0, 3, 4, 5] } else { [0, 1, 2, 3] };
        for (column, field) in places.into_iter().zip(&fields) {
            grid.text(1, column, field, Look::Head);
        }
        if last >= 5 {
            grid.merges.push((1, 0, 1, 2));
        }
        return 2;
    }
    if paper.is("分列") {
        // Two lines of label, value, label, value.
        let second = if last >= 5 { 3 } else { 2 };
        let places = [(1, 0), (1, second), (2, 0), (2, second)];
        for ((label, value), (row, column)) in labels.iter().zip(&paper.head).zip(places) {
            grid.text(row, column, &format!("{label}{}", if paper.is("半角") { ":" } else { "" }), Look::Head);
            grid.text(row, column + 1, value, Look::Head);
        }
        return 3;
    }
    let gap = if paper.is("空格") { "   " } else { "          " };
    if paper.is("两行") {
        grid.wide((1, 0, 1, last), &fields[..2].join(gap), Look::Head);
        grid.wide((2, 0, 2, last), &fields[2..].join(gap), Look::Head);
        return 3;
    }
    grid.wide((1, 0, 1, last), &fields.join(gap), Look::Head);
    2
}

/// The column titles in one line or two; returns the row after them.
fn titles(paper: &Paper, grid: &mut Grid, columns: &[&str], row: u32) -> u32 {
    let two = paper.is("双层");
    for (column, title) in (0u16..).zip(columns) {
        let inner = two && matches!(*title, "监督开展情况" | "发现问题" | "处理情况");
        if inner {
            grid.text(row + 1, column, title, Look::Column);
        } else {
            grid.wide((row, column, row + u32::from(two), column), title, Look::Column);
        }
    }
    if two {
        grid.wide((row, 3, row, 5), "日常监督工作情况", Look::Column);
    }
    row + 1 + u32::from(two)
}

fn records(paper: &Paper, grid: &mut Grid, first: u32) -> u32 {
    let mut row = first;
    let mut above: Option<(String, u32)> = None;
    let mut n = 0;
    for texts in &paper.records {
        if texts.first().is_some_and(|text| text == "续") {
            continued(grid, row, texts);
            row += 1;
            continue;
        }
        n += 1;
        if paper.is("文本序号") {
            grid.text(row, 0, &n.to_string(), Look::Body);
        } else {
            grid.number(row, 0, n, Look::Body);
        }
        for (column, text) in (1u16..).zip(texts) {
            if column == 1 && paper.is("并内容") {
                match &above {
                    Some((content, _)) if content == text => continue,
                    _ => above = close(grid, above.take(), row, text),
                }
            }
            match serial(text) {
                Some(day) => grid.cells.push(Cell { row, column, value: Value::Day(day), look: Look::Body }),
                None => grid.text(row, column, text, Look::Body),
            }
        }
        row += 1;
    }
    close(grid, above, row, "");
    if paper.is("藏末行") {
        grid.hidden_rows.push(row - 1);
    }
    for blank in 1..=paper.number("空行") {
        grid.number(row, 0, n + blank, Look::Body);
        row += 1;
    }
    if paper.is("下拉") {
        grid.dropdown = Some((first, row + 5));
    }
    row
}

/// A further line of the record above: number, content and method are merged over both.
fn continued(grid: &mut Grid, row: u32, texts: &[String]) {
    for column in 0..3 {
        grid.merges.push((row - 1, column, row, column));
    }
    for (column, text) in (1u16..).zip(texts).skip(2) {
        grid.text(row, column, text, Look::Body);
    }
}

/// Merges the run of equal contents that ends above `row`, and begins the next.
fn close(grid: &mut Grid, run: Option<(String, u32)>, row: u32, next: &str) -> Option<(String, u32)> {
    if let Some((_, first)) = run
        && first + 1 < row
    {
        grid.merges.push((first, 1, row - 1, 1));
    }
    Some((next.to_owned(), row))
}

fn foot(paper: &Paper, grid: &mut Grid, last: u16, mut row: u32) {
    if paper.is("合计") {
        grid.wide((row, 0, row, 1), "合计", Look::Body);
        grid.text(row, 3, &format!("本月共开展监督{}次", paper.records.len()), Look::Body);
        row += 1;
    }
    if !paper.is("无说明") {
        grid.wide((row, 0, row, last), NOTE, Look::Foot);
        row += 1;
    }
    if paper.is("签字") {
        grid.wide(
            (row + 1, 0, row + 1, last),
            "单位负责人（签字）：                审核人：              ",
            Look::Foot,
        );
        row += 2;
    }
    if paper.is("落款") {
        let line = format!("{}      2026年{}月24日", paper.unit, paper.month_number());
        grid.wide((row + 1, 0, row + 1, last), &line, Look::Foot);
    }
}
