//! Data that nobody sees: hidden rows, columns and sheets, cells under merged ones.

use super::{SIX, forms_of, line, merge, usual};
use crate::place::Pos;

#[test]
fn hidden_parts_that_hold_data_are_named() {
    let forms = forms_of(|book| {
        let sheet = book.add_worksheet();
        usual(sheet);
        for row in 3..8 {
            line(sheet, row, &["1", "作风建设方面", "方式", "做了", "无", "无"]);
        }
        line(sheet, 8, &["9"]);
        for row in [4, 5, 8, 20] {
            sheet.set_row_hidden(row).unwrap();
        }
        sheet.set_column_hidden(4).unwrap();
        sheet.set_column_hidden(9).unwrap();
        let other = book.add_worksheet().set_name("旧表").unwrap().set_hidden(true);
        line(other, 0, &SIX);
    });
    let named: Vec<_> = forms.iter().flat_map(|f| &f.hidden).map(|h| h.what.as_str()).collect();
    assert_eq!(named, ["第 5 至 6 行", "E 列", "工作表“旧表”"]);
    assert_eq!(forms[0].hidden[0].pos, Some(Pos::new(4, 0)));
}

#[test]
fn what_a_merged_cell_lies_over_is_hidden() {
    let forms = forms_of(|book| {
        let sheet = book.add_worksheet();
        usual(sheet);
        for row in 3..6 {
            line(sheet, row, &["1", "作风建设方面", "方式", "做了", "无", "无"]);
        }
        merge(sheet, (3, 0), (5, 0), "1");
        merge(sheet, (3, 1), (5, 1), "作风建设方面");
        merge(sheet, (3, 3), (5, 3), "做了");
        // The same again and a number of the row hide nothing.
        merge(sheet, (3, 5), (5, 5), "无");
        // The same again, marks and a number of the row hide nothing.
        line(sheet, 4, &["2", "作风建设方面", "", "另一件事", "", "无。"]);
        line(sheet, 5, &["3", "", "", "又一件事"]);
        sheet.write(1, 3, "旧单位").unwrap();
    });
    let named: Vec<_> = forms[0].hidden.iter().map(|h| (h.pos.unwrap().to_string(), h.what.as_str())).collect();
    assert_eq!(named, [("D2".to_owned(), "合并单元格盖住的 D2、D5、D6")]);
}

#[test]
fn a_hidden_column_without_a_title_beside_the_records_is_data_unless_it_is_a_list() {
    let beside = |texts: &'static [&str]| {
        let forms = forms_of(|book| {
            let sheet = book.add_worksheet();
            usual(sheet);
            for row in 3..6 {
                line(sheet, row, &["1", "作风建设方面", "专项检查监督", "做了", "无", "无"]);
            }
            for (row, text) in (3..).zip(texts) {
                line(sheet, row, &["", "", "", "", "", "", text]);
            }
            sheet.set_column_hidden(6).unwrap();
        });
        let form = &forms[0];
        let hidden: Vec<_> = form.hidden.iter().map(|h| h.what.clone()).collect();
        (hidden, form.records.iter().flat_map(|record| record.extra.clone()).collect::<Vec<_>>())
    };
    let extra = |text: &str| ("G 列".to_owned(), text.to_owned());
    let texts = ["隐藏列里没有标题的内容", "又一条"];
    assert_eq!(beside(&["隐藏列里没有标题的内容", "又一条"]), (vec!["G 列".to_owned()], texts.map(extra).to_vec()));
    let list: [&[&str]; 5] = [
        &["专项检查监督", "会议监督", "谈话提醒"],
        // Longer than the records.
        &["会议监督", "谈话提醒", "查阅资料", "走访了解"],
        &["作风建设方面专项检查监督"],
        &["1", "2", "3"],
        &["是", "否"],
    ];
    for texts in list {
        assert_eq!(beside(texts), (Vec::new(), Vec::new()), "{texts:?}");
    }
}
