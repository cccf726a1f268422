//! Forms as people really fill them, one trick a test.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::*;
use crate::sheet;

mod accounts;
mod apart;
mod hidden;
mod reach;
mod remarks;

fn spec() -> FormSpec {
    let list = |titles: &[&str]| titles.iter().map(|title| (*title).to_owned()).collect::<Vec<_>>();
    FormSpec {
        title: "{county}纪委监委{month}月份日常监督工作明细表".to_owned(),
        unit: list(&["填报单位", "报送单位", "单位名称"]),
        reporter: list(&["填报人", "报送人", "联系人"]),
        contact: list(&["联系方式", "联系电话", "电话"]),
        leader: list(&["单位负责人", "负责人"]),
        number: list(&["序号"]),
        content: list(&["监督内容", "监督事项"]),
        method: list(&["监督方式", "监督形式"]),
        progress: list(&["监督开展情况", "工作开展情况", "开展情况"]),
        problem: list(&["发现问题", "发现的问题", "存在问题"]),
        handling: list(&["处理情况", "处置情况", "整改情况"]),
        note: "填表说明：1.监督内容和监督方式，从单元格下拉菜单中选填。".to_owned(),
    }
}

const SIX: [&str; 6] = ["序号", "监督内容", "监督方式", "监督开展情况", "发现问题", "处理情况"];
const TITLE: &str = "清河县纪委监委2026年3月份日常监督工作明细表";
const HEAD: &str = "填报单位：青石镇纪委    填报人：周敏   联系方式：13800001234   单位负责人：李强";

fn line(sheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (col, text) in (0..).zip(texts) {
        if let Ok(number) = text.parse::<f64>() {
            sheet.write(row, col, number).unwrap();
        } else if !text.is_empty() {
            sheet.write(row, col, *text).unwrap();
        }
    }
}

fn merge(sheet: &mut Worksheet, from: (u32, u16), to: (u32, u16), text: &str) {
    sheet.merge_range(from.0, from.1, to.0, to.1, text, &Format::new()).unwrap();
}

/// Title, head in one line, header at row 3, and what `fill` writes from row 4.
fn usual(sheet: &mut Worksheet) {
    merge(sheet, (0, 0), (0, 5), TITLE);
    merge(sheet, (1, 0), (1, 5), HEAD);
    line(sheet, 2, &SIX);
}

fn forms_of(fill: impl FnOnce(&mut Workbook)) -> Vec<Form> {
    let mut workbook = Workbook::new();
    fill(&mut workbook);
    let book = sheet::read(&workbook.save_to_buffer().unwrap()).unwrap();
    let forms = find(&book, &spec(), &Lexicon::default());
    forms.iter().for_each(accounts_hold);
    forms
}

/// No row and no cell of a form is lost.
fn accounts_hold(form: &Form) {
    let account = form.account;
    let records = u32::try_from(form.records.len()).unwrap();
    let rows = records + account.rows_continued + account.rows_nil + account.rows_blank;
    assert_eq!(account.rows_seen, rows, "rows: {account:?}");
    assert_eq!(account.cells_seen, account.cells_read, "cells");
}

fn one(fill: impl FnOnce(&mut Worksheet)) -> Form {
    let mut forms = forms_of(|book| fill(book.add_worksheet()));
    assert_eq!(forms.len(), 1);
    forms.remove(0)
}

fn texts(record: &Record) -> [&str; 5] {
    record.cells().map(|cell| cell.text.as_str())
}

fn head(form: &Form) -> [&str; 4] {
    [&form.head.unit, &form.head.reporter, &form.head.contact, &form.head.leader].map(|field| field.value.as_str())
}

#[test]
fn a_form_as_it_is_printed_is_read_whole() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "专项检查监督", "开展了检查。", "无", ""]);
        line(sheet, 4, &["2", "", "", "", "", ""]);
        merge(sheet, (5, 0), (5, 5), "填表说明：1.监督内容和监督方式，从单元格下拉菜单中选填。");
        line(sheet, 6, &["1", "这一行在说明之后", "", "", "", ""]);
    });
    assert_eq!(head(&form), ["青石镇纪委", "周敏", "13800001234", "李强"]);
    assert_eq!(form.head.unit.pos, Some(Pos::new(1, 0)));
    assert_eq!(form.month.as_ref().map(|m| (m.year, m.month, m.pos)), Some((Some(2026), 3, Some(Pos::new(0, 0)))));
    assert_eq!((form.layout, form.header_row), (Layout::Six, 2));
    assert_eq!(form.records.len(), 1);
    assert_eq!(texts(&form.records[0]), ["作风建设方面", "专项检查监督", "开展了检查。", "无", ""]);
    assert_eq!(form.records[0].row, 4);
    assert_eq!(form.records[0].progress.owes, Duty { date: true, person: false, event: false });
    let account = form.account;
    assert_eq!((account.rows_seen, account.rows_blank, account.cells_seen), (2, 1, 2 + 6 + 5 + 1 + 1 + 2));
}

#[test]
fn label_and_value_may_stand_apart_with_blanks_and_any_colon() {
    let form = one(|sheet| {
        line(sheet, 0, &["附件2"]);
        line(sheet, 1, &["清河县纪委监委  月份日常监督工作明细表"]);
        line(sheet, 2, &["填 报 单 位∶", "青石镇纪委（盖章）", "填 报 人", "周敏", "联系电话", "13800001234"]);
        line(sheet, 3, &["单位负责人（签字）：", "", "", "李强", "填报日期：2026年3月25日"]);
        line(sheet, 4, &SIX);
    });
    assert_eq!(head(&form), ["青石镇纪委", "周敏", "13800001234", "李强"]);
    assert_eq!(form.head.contact.pos, Some(Pos::new(2, 5)));
    assert_eq!(form.month, None);
    assert!(form.records.is_empty());
}

#[test]
fn labels_side_by_side_may_stand_over_their_values() {
    let form = one(|sheet| {
        line(sheet, 0, &["填报单位", "填报人", "联系方式", "单位负责人"]);
        line(sheet, 1, &["青石镇纪委", "周敏", "13800001234", "李强"]);
        line(sheet, 2, &SIX[..4]);
    });
    assert_eq!(head(&form), ["青石镇纪委", "周敏", "13800001234", "李强"]);
    assert_eq!(form.head.reporter.pos, Some(Pos::new(1, 1)));
}

#[test]
fn a_sentence_under_a_lone_blank_label_is_no_value() {
    let form = one(|sheet| {
        line(sheet, 0, &["单位负责人："]);
        line(sheet, 1, &["本表每季度末由办公室统一归档"]);
        line(sheet, 2, &SIX);
    });
    assert_eq!(head(&form)[3], "");
}

#[test]
fn the_parts_of_a_field_are_read_as_one_cell() {
    let form = one(|sheet| {
        for (col, title) in (0..).zip(["序号", "监督内容", "监督方式", "", "", "发现问题", "处理情况"])
        {
            if !title.is_empty() {
                merge(sheet, (0, col), (1, col), title);
            }
        }
        merge(sheet, (0, 3), (0, 4), "监督开展情况");
        line(sheet, 1, &["", "", "", "时间", "具体情况"]);
        line(sheet, 2, &["1", "作风建设方面", "专项检查监督", "2026年3月5日", "到大坪村检查", "无"]);
        line(sheet, 3, &["2", "作风建设方面", "专项检查监督", "", "到大坪村检查", "无"]);
    });
    assert_eq!(form.records[0].progress.text, "2026年3月5日\n到大坪村检查");
    assert_eq!(form.records[0].progress.pos, Pos::new(2, 3));
    assert_eq!(form.records[1].progress.pos, Pos::new(3, 4));
    assert!(form.records[0].extra.is_empty());
}

#[test]
fn labels_run_together_are_told_apart() {
    let form = one(|sheet| {
        line(sheet, 0, &["填报单位：青石镇纪委填报人:周敏联系方式：0746-4210001单位负责人：李强填报时间：2026年3月"]);
        line(sheet, 1, &SIX);
    });
    assert_eq!(head(&form), ["青石镇纪委", "周敏", "0746-4210001", "李强"]);
    assert_eq!(form.month.map(|m| (m.year, m.month)), Some((Some(2026), 3)));
}

#[test]
fn empty_head_fields_keep_the_place_where_they_would_stand() {
    let form = one(|sheet| {
        merge(sheet, (0, 0), (0, 5), "填报单位：      填报人：      联系方式：");
        line(sheet, 1, &["负责人", ""]);
        line(sheet, 2, &SIX);
    });
    assert_eq!(head(&form), ["", "", "", ""]);
    assert_eq!(form.head.unit.pos, Some(Pos::new(0, 0)));
    assert_eq!(form.head.leader.pos, Some(Pos::new(1, 1)));
    let bare = one(|sheet| line(sheet, 0, &SIX));
    assert_eq!(bare.head.unit, HeadField::default());
}

#[test]
fn columns_stand_in_any_order_with_aliases_and_extra_ones() {
    let form = one(|sheet| {
        line(
            sheet,
            0,
            &[
                "处置\n情况",
                "存在问题（时间要具体到年月日，人要点明单位职务和姓名，事件要写具体情节，不能模糊笼统概之。否则，为无效报送。没有问题的写“无”）",
                "工作开展情况",
                "监 督 形 式",
                "监督事项",
                "佐证材料",
            ],
        );
        line(sheet, 1, &["已约谈", "有问题", "检查", "专项检查监督", "作风建设方面", "照片3张"]);
    });
    assert_eq!(texts(&form.records[0]), ["作风建设方面", "专项检查监督", "检查", "有问题", "已约谈"]);
    assert_eq!(form.records[0].extra, [("佐证材料".to_owned(), "照片3张".to_owned())]);
    assert_eq!(form.columns[0].title, "处置情况");
    assert!(form.columns.iter().all(|column| column.near.is_none()));
}

#[test]
fn a_nearly_known_title_is_read_as_the_known_one() {
    let form = one(|sheet| {
        line(sheet, 0, &["序号", "监督内客", "监督方式", "监督开展情况", "发现的问题点", "处理情况", "责任人"]);
        line(sheet, 1, &["1", "作风建设方面", "专项检查监督", "检查", "有问题", "已约谈", "甲"]);
    });
    assert_eq!(texts(&form.records[0]), ["作风建设方面", "专项检查监督", "检查", "有问题", "已约谈"]);
    let near: Vec<_> = form.columns.iter().filter_map(|c| c.near.as_deref()).collect();
    assert_eq!(near, ["监督内容", "发现的问题"]);
    let unfilled = one(|sheet| line(sheet, 0, &["监督内客", "监督方式", "监督开展情况"]));
    assert!(unfilled.columns.iter().all(|column| column.near.is_none()));
}

#[test]
fn a_header_may_have_two_lines() {
    let form = one(|sheet| {
        merge(sheet, (0, 0), (1, 0), "序号");
        merge(sheet, (0, 1), (1, 1), "监督内容");
        merge(sheet, (0, 2), (1, 2), "监督方式");
        merge(sheet, (0, 3), (0, 5), "监督开展情况");
        line(sheet, 1, &["", "", "", "具体做法", "发现问题", "处理情况"]);
        line(sheet, 2, &["1", "作风建设方面", "专项检查监督", "检查", "有问题", "已约谈"]);
    });
    assert_eq!(texts(&form.records[0]), ["作风建设方面", "专项检查监督", "检查", "有问题", "已约谈"]);
    assert_eq!((form.records.len(), form.header_row), (1, 0));
    let loose = one(|sheet| {
        line(sheet, 0, &["序号", "监督内容", "监督方式", "具体情况", "", ""]);
        line(sheet, 1, &["", "", "", "监督开展情况", "发现问题", "处理情况"]);
        line(sheet, 2, &["1", "作风建设方面", "专项检查监督", "检查", "有问题", "已约谈"]);
    });
    assert_eq!(texts(&loose.records[0]), ["作风建设方面", "专项检查监督", "检查", "有问题", "已约谈"]);
}

#[test]
fn four_columns_tell_everything_in_one() {
    let form = one(|sheet| {
        line(sheet, 0, &SIX[..4]);
        line(sheet, 1, &["1", "作风建设方面", "专项检查监督", "检查了。"]);
    });
    assert_eq!((form.layout, form.records.len()), (Layout::Four, 1));
    assert_eq!(texts(&form.records[0]), ["作风建设方面", "专项检查监督", "检查了。", "", ""]);
    let without = one(|sheet| {
        line(sheet, 0, &SIX[1..4]);
        line(sheet, 1, &["作风建设方面", "专项检查监督", "检查了。"]);
    });
    assert_eq!(without.records.len(), 1);
}

#[test]
fn printed_pages_repeat_their_header() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "甲方面", "方式", "做了", "无", "无"]);
        line(sheet, 4, &SIX);
        line(sheet, 5, &["2", "乙方面", "方式", "做了", "无", "无"]);
        merge(sheet, (6, 0), (6, 5), TITLE);
        merge(sheet, (7, 0), (7, 5), HEAD);
        line(sheet, 8, &SIX);
        line(sheet, 9, &["3", "丙方面", "方式", "做了", "无", "无"]);
    });
    let rows: Vec<_> = form.records.iter().map(|record| record.row).collect();
    assert_eq!(rows, [4, 6, 10]);
    assert_eq!(form.account.rows_seen, 3);
}

#[test]
fn a_record_goes_on_over_the_page_where_it_says_so() {
    let form = one(|sheet| {
        usual(sheet);
        line(
            sheet,
            3,
            &["1", "作风建设方面", "专项检查监督", "2026年3月5日检查。", "会计唐国强多报320元，", "已约谈。"],
        );
        line(sheet, 4, &SIX);
        line(sheet, 5, &["", "", "", "", "续：报账员李华未核对。", ""]);
    });
    assert_eq!(form.records.len(), 1);
    assert_eq!(form.records[0].problem.text, "会计唐国强多报320元，\n续：报账员李华未核对。");
    assert_eq!((form.records[0].rows.as_slice(), form.account.rows_continued), ([4, 6].as_slice(), 1));
}

#[test]
fn several_forms_lie_in_one_sheet_and_in_several() {
    let forms = forms_of(|book| {
        let sheet = book.add_worksheet();
        usual(sheet);
        line(sheet, 3, &["1", "甲方面", "方式", "做了", "无", "无"]);
        merge(sheet, (4, 0), (4, 5), "填表说明：略");
        merge(sheet, (6, 0), (6, 5), TITLE);
        merge(sheet, (7, 0), (7, 5), "填报单位：白沙镇纪委  填报人：吴刚");
        line(sheet, 8, &SIX);
        line(sheet, 9, &["1", "乙方面", "方式", "做了", "无", "无"]);
        line(book.add_worksheet().set_name("说明").unwrap(), 0, &["请各单位按时报送"]);
        let third = book.add_worksheet().set_name("3月派驻").unwrap();
        line(third, 0, &SIX);
        let list = book.add_worksheet().set_name("选项").unwrap().set_hidden(true);
        line(list, 0, &["监督内容", "监督方式"]);
        line(list, 1, &["甲方面", "方式"]);
    });
    let units: Vec<_> = forms.iter().map(|form| form.head.unit.value.as_str()).collect();
    assert_eq!(units, ["青石镇纪委", "白沙镇纪委", ""]);
    assert_eq!(forms[0].records.len() + forms[1].records.len(), 2);
    assert_eq!(forms[1].account.cells_seen, 1 + 1 + 6 + 6);
    assert_eq!(forms[2].month.as_ref().map(|m| (m.year, m.month, m.pos)), Some((None, 3, None)));
}

#[test]
fn a_merged_content_serves_every_row_it_covers() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "", "", "甲事", "无", "无"]);
        line(sheet, 4, &["2", "", "", "乙事", "无", "无"]);
        merge(sheet, (3, 1), (4, 1), "作风建设方面");
        merge(sheet, (3, 2), (4, 2), "专项检查监督");
        line(sheet, 5, &["3", "丙方面", "方式", "丙事", "无", "无"]);
    });
    assert_eq!(form.records.len(), 3);
    assert_eq!(texts(&form.records[1]), ["作风建设方面", "专项检查监督", "乙事", "无", "无"]);
    assert_eq!(form.records[1].content.pos, Pos::new(3, 1));
}

#[test]
fn rows_under_one_merged_number_are_one_record() {
    let form = one(|sheet| {
        usual(sheet);
        merge(sheet, (3, 0), (5, 0), "1");
        merge(sheet, (3, 1), (5, 1), "作风建设方面");
        merge(sheet, (3, 2), (5, 2), "专项检查监督");
        for (row, text) in [(3, "甲"), (4, "乙"), (5, "丙")] {
            sheet.write(row, 3, text).unwrap();
        }
        merge(sheet, (3, 4), (4, 4), "问题一");
        sheet.write(5, 4, "问题二").unwrap();
        merge(sheet, (3, 5), (5, 5), "已约谈");
    });
    assert_eq!(form.records.len(), 1);
    assert_eq!(texts(&form.records[0])[2..], ["甲\n乙\n丙", "问题一\n问题二", "已约谈"]);
    assert_eq!(form.records[0].rows, [4, 5, 6]);
    assert_eq!((form.account.rows_seen, form.account.rows_continued), (3, 2));
}

#[test]
fn a_row_all_covered_from_above_continues_the_record() {
    let form = one(|sheet| {
        usual(sheet);
        for (col, text) in (0..).zip(["1", "作风建设方面", "专项检查监督", "做了", "有问题", "已约谈"])
        {
            merge(sheet, (3, col), (4, col), text);
        }
        line(sheet, 5, &["2", "乙方面", "方式", "做了", "无", "无"]);
    });
    assert_eq!(form.records.len(), 2);
    assert_eq!((form.account.rows_seen, form.account.rows_continued), (3, 1));
    assert_eq!(texts(&form.records[0])[3], "有问题");
}

#[test]
fn a_nil_return_is_told_from_a_record() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", " 【零 报 告】 ", "", "本月未开展，原因是人员抽调。", "", ""]);
        line(sheet, 4, &["2"]);
    });
    assert!(form.records.is_empty());
    let nil = form.nil.unwrap();
    assert_eq!((nil.row, nil.progress.text.as_str()), (4, "本月未开展，原因是人员抽调。"));
    assert_eq!((form.account.rows_nil, form.account.rows_blank), (1, 1));
}

#[test]
fn errors_and_empty_formulas_are_listed_with_their_field() {
    let bytes = {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        usual(sheet);
        line(sheet, 3, &["", "作风建设方面", "方式", "做了", "", "无"]);
        sheet.write(3, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        sheet.write(3, 4, "x").unwrap();
        workbook.save_to_buffer().unwrap()
    };
    let mut book = sheet::read(&bytes).unwrap();
    book.sheets[0].cells.insert(Pos::new(3, 0), sheet::Value::Error("#DIV/0!".to_owned()));
    book.sheets[0].cells.insert(Pos::new(3, 4), sheet::Value::Uncalculated);
    let form = find(&book, &spec(), &Lexicon::default()).remove(0);
    let listed: Vec<_> = form.errors.iter().map(|e| (e.pos.to_string(), e.text.as_str(), e.field)).collect();
    assert_eq!(listed, [("A4".to_owned(), "#DIV/0!", None), ("E4".to_owned(), "", Some(Field::Problem))]);
}

#[test]
fn a_filled_column_without_a_title_is_kept() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "方式", "做了", "无", "无", "", "已核"]);
    });
    assert_eq!(form.records[0].extra, [("H 列".to_owned(), "已核".to_owned())]);
}

#[test]
fn a_second_table_beside_the_first_keeps_its_titles() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "专项检查监督", "2026年3月5日检查。", "无", ""]);
        for (col, (title, text)) in (7..).zip([("监督内容", "作风建设方面"), ("监督方式", "会议监督")])
        {
            sheet.write(2, col, title).unwrap();
            sheet.write(3, col, text).unwrap();
        }
    });
    let extra = [("监督内容", "作风建设方面"), ("监督方式", "会议监督")];
    assert_eq!(form.records[0].extra, extra.map(|(title, text)| (title.to_owned(), text.to_owned())));
}

#[test]
fn a_list_for_dropdowns_beside_the_table_is_none_of_it() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "方式", "做了", "无", "无"]);
        for row in 0..20 {
            sheet.write(row, 9, "各类专项治理工作落实方面").unwrap();
        }
        sheet.set_column_hidden(9).unwrap();
    });
    assert_eq!((form.records.len(), form.account.rows_seen), (1, 1));
    assert!(form.records[0].extra.is_empty() && form.hidden.is_empty());
}

#[test]
fn the_unit_may_stand_in_brackets_of_the_title() {
    let form = one(|sheet| {
        line(sheet, 0, &["清河县纪委监委3月份日常监督工作明细表（填报单位：青石镇纪委）"]);
        line(sheet, 1, &["填报人 周敏 联系方式 138 0000 1234", "", "月份", "4"]);
        line(sheet, 2, &SIX);
    });
    assert_eq!(head(&form), ["青石镇纪委", "周敏", "138 0000 1234", ""]);
    assert_eq!(form.month.map(|m| (m.year, m.month)), Some((None, 3)));
}

#[test]
fn the_year_may_stand_elsewhere_in_the_head() {
    let form = one(|sheet| {
        line(sheet, 0, &["清河县纪委监委12月份日常监督工作明细表"]);
        line(sheet, 1, &["填报单位：青石镇纪委", "", "", "填报日期：2027年1月4日"]);
        line(sheet, 2, &SIX);
    });
    assert_eq!(form.month.map(|m| (m.year, m.month)), Some((Some(2026), 12)));
}

#[test]
fn a_sheet_without_a_header_is_no_form() {
    let forms = forms_of(|book| {
        line(book.add_worksheet(), 0, &["发现问题", "数量", "单位"]);
    });
    assert!(forms.is_empty());
}

#[test]
fn a_line_to_write_on_is_not_a_name() {
    let field = |value: &str| HeadField { pos: None, value: value.to_owned() };
    for empty in ["", "____", "/", "无", "——"] {
        assert!(!field(empty).tells(), "{empty}");
    }
    assert!(field("吴敏").tells());
}
