//! Titles that are merged down: over the lines of a header, or one row too far.

use super::*;

const FIRST: [&str; 6] =
    ["1", "作风建设方面", "专项检查监督", "2026年3月3日，到大坪村检查。", "会计唐国强多报320元。", "已责令退回。"];
const SECOND: [&str; 6] = ["2", "作风建设方面", "谈话", "2026年3月4日，到石塘村谈话。", "无", "无"];

/// A form whose title over column `col` is merged with the cell below it, which then holds nothing of its own.
fn reaching(col: u16) -> Form {
    one(|sheet| {
        usual(sheet);
        line(sheet, 3, &FIRST);
        line(sheet, 4, &SECOND);
        merge(sheet, (2, col), (3, col), SIX[usize::from(col)]);
        sheet.write_blank(3, col, &Format::new()).unwrap();
    })
}

#[test]
fn a_title_merged_one_row_too_far_swallows_no_record() {
    for col in 0..6 {
        let form = reaching(col);
        let rows: Vec<_> = form.records.iter().map(|record| record.row).collect();
        assert_eq!((rows, form.account.rows_seen), (vec![4, 5], 2), "{col}");
        let told = texts(&form.records[0]);
        for (at, text) in (1..).zip(told) {
            let own = if at == usize::from(col) { "" } else { FIRST[at] };
            assert_eq!(text, own, "{col}");
        }
    }
}

#[test]
fn a_second_line_of_hints_or_of_parts_is_no_record() {
    for below in [
        ["（下拉选填）", "（下拉选填）", "（时间要具体到年月日）", "（没有的写“无”）", "（责任人、措施）"],
        ["从下拉菜单中选填", "从下拉菜单中选填", "时间要具体到年月日", "没有问题的写无", ""],
        ["类别", "形式", "", "", ""],
        ["2", "3", "4", "5", "6"],
    ] {
        let form = one(|sheet| {
            usual(sheet);
            merge(sheet, (2, 0), (3, 0), "序号");
            let mut cells = vec![""];
            cells.extend(below);
            line(sheet, 3, &cells);
            line(sheet, 4, &FIRST);
        });
        let rows: Vec<_> = form.records.iter().map(|record| record.row).collect();
        assert_eq!(rows, [5], "{below:?}");
        assert_eq!(texts(&form.records[0]), FIRST[1..], "{below:?}");
    }
}

#[test]
fn a_header_of_two_lines_may_reach_one_row_too_far() {
    let form = one(|sheet| {
        for (col, title) in [(0, SIX[0]), (1, SIX[1]), (2, SIX[2]), (5, SIX[4]), (6, SIX[5])] {
            merge(sheet, (0, col), (if col == 0 { 2 } else { 1 }, col), title);
        }
        merge(sheet, (0, 3), (0, 4), SIX[3]);
        line(sheet, 1, &["", "", "", "时间", "具体情况"]);
        line(sheet, 2, &["", "作风建设方面", "谈话", "2026年3月5日", "到大坪村检查", "无", "无"]);
    });
    assert_eq!(form.records.len(), 1);
    assert_eq!(form.records[0].progress.text, "2026年3月5日\n到大坪村检查");
}
