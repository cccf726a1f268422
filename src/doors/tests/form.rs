//! Grids of short texts: whatever stands where, forms are found or not, and their accounts come out.

use proptest::prelude::*;
use proptest::sample::select;

use super::cases;
use crate::doors::{assert_accounts, find_forms};

/// What stands in forms, and what only looks like it; the dictionary of the fuzz target holds the same.
const WORDS: [&str; 44] = [
    "",
    "",
    "",
    "",
    "|",
    "|",
    ">",
    "序号",
    "监督内容",
    "监督方式",
    "监督开展情况",
    "发现问题",
    "处理情况",
    "监督内客",
    "监督",
    "备注",
    "填报单位",
    "填报单位：",
    "填报单位：青石镇纪委 填报人：周敏",
    "填报人",
    "联系方式：13800001234",
    "单位负责人",
    "清河县纪委监委2026年3月份日常监督工作明细表",
    "3月",
    "填表说明：1.监督内容",
    "合计",
    "注：",
    "说明",
    "签字：",
    "零报告",
    "无",
    "1",
    "2",
    "3.5",
    "（一）",
    "第1页",
    "作风建设方面",
    "专项检查监督",
    "2026年3月3日检查",
    "#REF!",
    "\u{200b}",
    "\u{3000}",
    "监\u{3000}督\u{3000}内\u{3000}容",
    "监督开展情况 发现问题",
];

fn line(width: usize) -> impl Strategy<Value = String> {
    let hidden = prop_oneof![9 => Just(""), 1 => Just("!")];
    (hidden, prop::collection::vec(select(&WORDS[..]), 0..width))
        .prop_map(|(hidden, cells)| hidden.to_owned() + &cells.join("\t"))
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn accounts_come_out_of_any_grid(lines in prop::collection::vec(line(9), 0..25)) {
        assert_accounts(&find_forms(&lines.join("\n")));
    }

    #[test]
    fn accounts_come_out_of_any_grid_under_titles(
        above in prop::collection::vec(line(7), 0..4), below in prop::collection::vec(line(8), 0..25),
    ) {
        let titles = WORDS[7..13].join("\t");
        let text = [above.join("\n"), titles, below.join("\n")].join("\n");
        let forms = find_forms(&text);
        assert_accounts(&forms);
        prop_assert!(!forms.is_empty(), "titles of a form and no form in\n{text}");
    }

    #[test]
    fn any_text_at_all_is_looked_through(text in any::<String>()) {
        assert_accounts(&find_forms(&text));
    }
}

#[test]
fn a_form_is_found_with_its_records() {
    let text = format!(
        "标题\n填报单位：青石镇纪委\n{}\n1\t作风建设方面\t会议监督\t查\t无\t无\n2\t|\t|\t查",
        WORDS[7..13].join("\t")
    );
    let forms = find_forms(&text);
    assert_accounts(&forms);
    assert_eq!(forms.iter().map(|form| form.records.clone()).collect::<Vec<_>>(), [[4, 5]]);
}
