//! Sheets without a header beside a form.

use super::*;

/// The other sheet's rows told beside a form that is in order.
fn told(name: &str, rows: &[&[&str]]) -> Vec<(String, u32, String)> {
    let forms = forms_of(|book| {
        let sheet = book.add_worksheet();
        usual(sheet);
        line(sheet, 3, &["1", "作风建设方面", "专项检查监督", "2026年3月5日检查。", "无", "无"]);
        let other = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            line(other, row, cells);
        }
    });
    let aside = forms.into_iter().flat_map(|form| form.aside);
    aside.map(|aside| (aside.sheet.unwrap_or_default(), aside.row, aside.text)).collect()
}

#[test]
fn a_page_that_goes_on_without_a_header_is_told() {
    let told = |rows| told("补充记录", rows);
    let at = |row, text: &str| vec![("补充记录".to_owned(), row, text.to_owned())];
    assert_eq!(
        told(&[
            &["2", "作风建设方面", "会议监督", "到石塘村列席会议，查看记录。", "无", "无"],
            &["3", "作风建设方面", "会议监督", "到大坪村列席会议，查看记录。", "无", "无"],
        ]),
        at(1, "作风建设方面")
    );
    assert_eq!(
        told(&[&["青石镇"], &["2026年3月5日", "大坪村", "检查签到册"], &["2026年3月6日", "小河村", "检查公示栏"]]),
        at(2, "2026年3月5日")
    );
}

#[test]
fn lists_and_notes_on_another_sheet_are_not_told() {
    for rows in [
        // Lists for dropdowns.
        &[&["作风建设方面", "专项检查监督", "青石镇纪委"][..], &["各类专项治理工作落实方面", "会议监督", "白沙镇纪委"]]
            [..],
        &[&["请各单位按时报送"], &["时间要具体到年月日，人要点明单位职务和姓名。"]],
        &[&["周敏", "13800001234", "青石镇纪委"]],
        &[&["作风建设方面", "3", "12"]],
    ] {
        assert_eq!(told("选项", rows), [], "{rows:?}");
    }
}
