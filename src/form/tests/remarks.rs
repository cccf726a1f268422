//! What stands under a table: remarks that are no records, and records that begin like remarks.

use super::*;

const NOTE: &str = "填表说明：1.监督内容和监督方式，从单元格下拉菜单中选填。";
const WHOLE: [&str; 6] =
    ["", "作风建设方面", "专项检查监督", "2026年3月9日，到大坪村检查。", "会计唐国强多报320元。", "已责令退回。"];

fn rows(form: &Form) -> Vec<u32> {
    form.records.iter().map(|record| record.row).collect()
}

#[test]
fn records_below_the_note_are_records_and_its_points_are_none() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "专项检查监督", "2026年3月5日检查。", "无"]);
        merge(sheet, (4, 0), (4, 5), NOTE);
        line(sheet, 5, &["", "2.时间要具体到年月日，人要点明单位职务和姓名。"]);
        line(sheet, 6, &["2", "监督内容", "从下拉菜单中选填，没有的填零报告"]);
        line(sheet, 7, &["11", "作风建设方面", "专项检查监督", "2026年3月9日，到大坪村检查。", "无"]);
        line(sheet, 8, &WHOLE);
    });
    assert_eq!(rows(&form), [4, 8, 9]);
    assert_eq!(form.aside, [Aside { sheet: None, row: 7, text: "2".to_owned() }]);
}

#[test]
fn a_note_right_under_the_header_hides_nothing() {
    let form = one(|sheet| {
        usual(sheet);
        merge(sheet, (3, 0), (3, 5), NOTE);
        line(sheet, 4, &WHOLE);
    });
    assert_eq!(rows(&form), [5]);
}

#[test]
fn whatever_is_a_record_above_the_note_is_one_below_it() {
    let form = one(|sheet| {
        usual(sheet);
        merge(sheet, (3, 0), (3, 5), NOTE);
        line(sheet, 4, &["1", "【任务3】", "谈话", "2026年3月9日，到大坪村检查。", "无", "无"]);
        line(
            sheet,
            5,
            &["2", "作风建设方面", "专项检查监督", "时间：2026年3月9日，地点：大坪村，查看了值班表。", "无"],
        );
        merge(sheet, (6, 1), (7, 1), "作风建设方面");
        line(sheet, 6, &["3", "", "专项检查监督", "2026年3月9日，到大坪村检查。", "无"]);
        line(sheet, 7, &["4", "", "", "2026年3月9日，到石塘村检查。", "无"]);
    });
    assert_eq!(rows(&form), [5, 6, 7, 8]);
    let nil = one(|sheet| {
        usual(sheet);
        merge(sheet, (3, 0), (3, 5), NOTE);
        line(sheet, 4, &["1", "零报告", "", "本月因防汛未开展监督，青石镇纪委书记李远航。"]);
    });
    assert!(nil.nil.is_some());
}

#[test]
fn a_record_that_begins_like_a_remark_is_a_record() {
    let total = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["合计", "", "", "共开展检查12次", "发现问题3个", "处理2人次"]);
        line(sheet, 4, &["", "小计", "", "共开展检查12次", "发现问题3个", "处理2人次"]);
    });
    assert_eq!(rows(&total), [0; 0]);
    for (col, text) in [(1, "附件2：作风建设方面"), (1, "说明：作风建设方面"), (1, "时间"), (1, "备注：作风建设方面")]
    {
        let form = one(|sheet| {
            usual(sheet);
            line(sheet, 3, &WHOLE);
            sheet.write(3, col, text).unwrap();
        });
        assert_eq!(rows(&form), [4], "{text}");
        assert_eq!(form.records[0].content.text, text);
    }
    let form = one(|sheet| {
        usual(sheet);
        line(
            sheet,
            3,
            &["", "", "", "时间：2026年3月9日，地点：大坪村，到村里检查惠民资金发放。", "会计唐国强多报320元。"],
        );
        line(sheet, 4, &["", "", "", "时间：2026年3月25日", "填表人：周敏"]);
    });
    assert_eq!(rows(&form), [4]);
}

#[test]
fn a_signature_is_no_record_wherever_it_stands() {
    for (col, text) in [
        (4, "青石镇纪委"),
        (4, "2026年3月25日"),
        (5, "2026.3.25"),
        (3, "单位负责人签字：李远航"),
        (3, "（盖章）"),
        (3, "（转下页）"),
        (1, "（以下空白）"),
        (1, "以上各项均已上会研究"),
        (5, "青石镇纪委（公章）"),
        (3, "年  月  日"),
    ] {
        let form = one(|sheet| {
            usual(sheet);
            line(sheet, 3, &WHOLE);
            sheet.write(5, col, text).unwrap();
        });
        assert_eq!(rows(&form), [4], "{text}");
        assert_eq!((form.account.rows_seen, form.aside.len()), (1, 0), "{text}");
    }
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &WHOLE);
        line(sheet, 5, &["", "", "负责人签字：", "彭海燕", "日期：", "2026.3.23"]);
        merge(sheet, (6, 0), (6, 5), NOTE);
        line(sheet, 7, &["", "审核人：邓国安", "", "", "（盖章）"]);
    });
    assert_eq!((rows(&form), form.aside), (vec![4], Vec::new()));
    // One word too many, and it tells something.
    for text in ["2026年3月25日到大坪村检查", "青石镇纪委到大坪村开展了专项检查，发现会计唐国强多报320元"]
    {
        let form = one(|sheet| {
            usual(sheet);
            sheet.write(3, 3, text).unwrap();
        });
        assert_eq!(rows(&form), [4], "{text}");
    }
}

#[test]
fn a_sentence_across_the_table_is_no_record_and_is_told() {
    let text = "三月份另到大坪村检查一次，会计唐国强多报320元";
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &WHOLE);
        merge(sheet, (4, 1), (4, 5), text);
        sheet.write(5, 0, text).unwrap();
    });
    assert_eq!(rows(&form), [4]);
    assert_eq!(form.aside.iter().map(|aside| aside.row).collect::<Vec<_>>(), [5, 6]);
}

#[test]
fn a_second_layout_on_the_sheet_is_a_form_of_its_own_under_the_same_head() {
    let forms = forms_of(|book| {
        let sheet = book.add_worksheet();
        usual(sheet);
        line(sheet, 3, &WHOLE);
        line(sheet, 5, &SIX[..4]);
        line(
            sheet,
            6,
            &["1", "作风建设方面", "专项检查监督", "2026年3月9日，大坪村会计唐国强违规报销招待费320元，已责令退还。"],
        );
    });
    assert_eq!(forms.iter().map(|form| form.layout).collect::<Vec<_>>(), [Layout::Six, Layout::Four]);
    assert_eq!(forms.iter().map(rows).collect::<Vec<_>>(), [[4], [7]]);
    assert!(forms.iter().all(|form| head(form)[0] == "青石镇纪委" && form.month.is_some()));
    assert!(forms[1].records[0].progress.owes.person);
}

#[test]
fn a_header_may_be_nearly_known_throughout() {
    let form = one(|sheet| {
        merge(sheet, (0, 0), (0, 5), TITLE);
        line(sheet, 2, &["序号", "监督内客", "监督方试", "监督开展情况说", "发现问提", "处理情兄"]);
        line(sheet, 3, &WHOLE);
    });
    assert_eq!(rows(&form), [4]);
    assert_eq!(form.columns.iter().filter(|column| column.near.is_some()).count(), 5);
}

#[test]
fn totals_signatures_and_remarks_are_no_records() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "方式", "做了", "无", "无"]);
        line(sheet, 4, &["合 计", "1条", "", "", "0个", ""]);
        line(sheet, 5, &["", "合计", "", "1"]);
        line(sheet, 6, &["注：本表一式两份。"]);
        line(sheet, 7, &["备注", "略"]);
        merge(sheet, (8, 0), (8, 5), "单位负责人（签字）：          填报人：");
        line(sheet, 9, &["审核人：", "", "", "填报日期：2026年3月25日"]);
        merge(sheet, (10, 0), (10, 5), "以上情况属实。");
        line(sheet, 11, &["", "", "", "组长（签字）：", "2026年3月25日"]);
    });
    assert_eq!(form.records.len(), 1);
    assert_eq!(form.account.rows_seen, 1);
}

#[test]
fn ordinary_contents_are_not_taken_for_remarks() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "说明会召开情况", "方式", "做了", "无", "无"]);
        line(sheet, 4, &["2", "审核监督方面", "方式", "做了", "无", "无"]);
        line(sheet, 5, &["", "日期不明的事", "方式", "做了", "无", "无"]);
        line(sheet, 6, &["（4）", "附件管理方面", "方式", "做了", "无", "无"]);
    });
    assert_eq!(form.records.len(), 4);
}

#[test]
fn a_merged_remark_or_blank_row_covers_no_record() {
    let form = one(|sheet| {
        line(sheet, 0, &SIX[1..]);
        line(sheet, 1, &["作风建设方面", "方式", "做了", "无", "无"]);
        merge(sheet, (2, 0), (4, 4), "注：本表一式两份。");
    });
    assert_eq!((form.records.len(), form.account.rows_seen), (1, 1));
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "方式", "做了", "无", "无"]);
        merge(sheet, (4, 0), (5, 0), "2");
        line(sheet, 5, &["", "", "", "另一件事", "无", "无"]);
    });
    assert_eq!((form.records.len(), form.account.rows_blank), (2, 1));
}

#[test]
fn headings_between_the_records_are_no_records() {
    let form = one(|sheet| {
        usual(sheet);
        merge(sheet, (3, 0), (3, 5), "一、日常监督");
        line(sheet, 4, &["1", "作风建设方面", "方式", "做了", "无", "无"]);
        line(sheet, 5, &["二、重点工作"]);
        line(sheet, 6, &["2", "作风建设方面", "方式", "做了", "无", "无"]);
    });
    assert_eq!((form.records.len(), form.account.rows_seen), (2, 2));
}

#[test]
fn a_record_that_speaks_of_tables_and_persons_in_charge_stays_a_record() {
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "方式", "负责人：李四，查看收支明细表", "无", "无"]);
        line(sheet, 4, &SIX);
        line(sheet, 5, &["2", "作风建设方面", "方式", "做了", "无", "无"]);
    });
    assert_eq!(form.records.len(), 2);
}

/// One line in the seventh row between two records, by its cells from column A on.
fn between(cells: &[&str]) -> Form {
    one(|sheet| {
        usual(sheet);
        line(sheet, 3, &WHOLE);
        line(sheet, 4, cells);
        line(sheet, 5, &WHOLE);
    })
}

#[test]
fn a_remark_between_two_records_is_told() {
    for (col, text) in [
        (3, "2026年3月5日"),
        (3, "（同上）"),
        (3, "青石镇纪委（已检查）"),
        (3, "附件：现场照片"),
        (3, "附3张照片"),
        (4, "李远航（签字）"),
        (5, "组长：李远航约谈"),
        (5, "2026.3.9"),
        (1, "日期：3月5日"),
        (1, "说明：以下为补充"),
        (1, "2026.3.9"),
        (0, "补报记录"),
        (3, "时间：2026年3月5日；地点：大坪村；内容：检查签到"),
        (3, "注：2026年3月18日，青石镇纪委对大坪村党支部书记唐国强进行了约谈"),
        (3, "负责人：李远航已督促落实"),
        (3, "以上检查均已通报"),
        (6, "看这里的补充说明"),
    ] {
        let mut cells = vec![""; col];
        cells.push(text);
        let form = between(&cells);
        assert_eq!((rows(&form), form.account.rows_seen), (vec![4, 6], 2), "{text}");
        assert_eq!(form.aside, [Aside { sheet: None, row: 5, text: text.to_owned() }]);
    }
    for cells in [["附件：1", "附件：2", "附件：3"], ["", "2026.3.5", "2026.3.6"]] {
        let form = between(&["", "", "", cells[0], cells[1], cells[2]]);
        assert_eq!((rows(&form), form.aside.len()), (vec![4, 6], 1));
    }
    let form = between(&["合计", "", "", "共开展检查12次", "发现问题3个", "处理2人次"]);
    assert_eq!(form.aside, [Aside { sheet: None, row: 5, text: "合计".to_owned() }]);
}

#[test]
fn what_a_printed_table_has_between_its_rows_is_not_told() {
    for cells in [
        vec!["合计", "3条", "", "12", "3个", "0"],
        vec!["", "小计：1条"],
        vec!["一、日常监督"],
        vec!["第二周"],
        vec!["", "", "", "（转下页）"],
        vec!["第 1 页 共 2 页"],
        vec!["续表二"],
        vec!["——"],
        vec![TITLE],
        vec!["填报单位：青石镇纪委  填报人：周敏"],
        vec![NOTE],
    ] {
        let form = between(&cells);
        assert_eq!((rows(&form), form.aside.len()), (vec![4, 6], 0), "{cells:?}");
    }
    let parts = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &["", "", "", "时间", "具体情况"]);
        line(sheet, 4, &WHOLE);
    });
    assert!(parts.aside.is_empty());
    let foot = ["审核人：邓国安", "", "", "填报日期：2026年3月25日"];
    let form = one(|sheet| {
        usual(sheet);
        line(sheet, 3, &WHOLE);
        line(sheet, 4, &foot);
        line(sheet, 5, &SIX);
        line(sheet, 6, &WHOLE);
        line(sheet, 7, &foot);
    });
    assert_eq!((rows(&form), form.aside.len()), (vec![4, 7], 0));
}

#[test]
fn what_is_filled_in_the_way_of_a_record_is_one_whatever_it_begins_with() {
    for cells in [
        ["小计：1条", "作风建设方面", "谈话", "2026年3月5日检查大坪村", "无", "无"],
        ["", "累计3次到大坪村检查", "谈话", "2026年3月5日检查大坪村", "无", "无"],
        ["", "", "", "续表内容继续检查了大坪村", "", ""],
    ] {
        assert_eq!(rows(&between(&cells)), [4, 5, 6], "{cells:?}");
    }
    for cells in [
        ["合计", "10个方面", "7种", "共开展检查12次", "发现问题3个", "处理2人次"],
        ["", "负责人签字：", "彭海燕", "日期：2026.3.23", "", ""],
        ["", "审核人：", "邓国安", "填报人：", "周敏", ""],
    ] {
        assert_eq!(rows(&between(&cells)), [4, 6], "{cells:?}");
    }
    let carried = between(&["", "", "", "", "接上页：报账员李华未核对。"]);
    assert_eq!((rows(&carried), carried.account.rows_continued), (vec![4, 6], 1));
}
