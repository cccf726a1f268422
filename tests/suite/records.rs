//! Records as people write them, through `validate --format json`: what is chosen, what is owed, what the clerk accepts.

use crate::common::{Yuedu, findings, rules};
use crate::forms::{FILE, PROJECT, form, six};
use crate::workbook::{Cell, FormBook};

#[test]
fn choices_are_taken_in_every_spelling_and_nothing_else() {
    for content in [
        "【任务3】村干部等到岗到位履职",
        "村干部等到岗到位履职",
        "村干部、扶贫工作队员、驻村干部按规定到岗到位正常履职情况",
        "作风建设 方面",
        "【基础1】进村入户下访",
    ] {
        let read = form(&six().good().set(1, content));
        assert_eq!(findings(&read), [], "{content}: {read:#}");
    }
    let read = form(&six().good().set(1, "作风建没方面"));
    assert_eq!(findings(&read), [("content-unlisted".to_owned(), "B4".to_owned())]);
    assert!(read["findings"][0]["suggestion"].as_str().is_some_and(|words| words.contains("作风建设方面")), "{read:#}");
    assert_eq!(rules(&form(&six().good().set(1, ""))), ["content-missing"]);
    assert_eq!(rules(&form(&six().good().set(2, "会议监督、信访监督"))), Vec::<String>::new());
    assert_eq!(
        findings(&form(&six().good().set(2, "会议监督；现场检查"))),
        [("method-unlisted".to_owned(), "C4".to_owned())]
    );
    assert_eq!(rules(&form(&six().good().set(2, ""))), ["method-missing"]);
    assert_eq!(rules(&form(&six().good().set(3, ""))), ["progress-missing"]);
}

#[test]
fn a_problem_needs_a_word_and_a_handling() {
    let read = form(&six().good().set(4, "").set(5, ""));
    assert_eq!(findings(&read), [("problem-blank".to_owned(), "E4".to_owned())]);
    assert_eq!((read["status"].as_str(), read["records"][0]["valid"].as_bool()), (Some("accepted"), Some(true)));
    let read = form(&six().handling(""));
    assert_eq!(findings(&read), [("handling-missing".to_owned(), "F4".to_owned())]);
    assert_eq!(read["records"][0]["valid"], false);
    for none in ["无", "未发现问题", "/", "——"] {
        assert_eq!(findings(&form(&six().good().set(4, none).set(5, ""))), [], "{none}");
    }
}

#[test]
fn the_three_demands_of_the_form_are_named_in_their_cells() {
    for (column, text, rule) in [
        (3, "3月3日，对大坪村值班情况进行检查。", "date-partial"),
        (4, "3月3日检查发现，青石镇大坪村会计唐国强未在岗值班，签到册空白4天。", "date-partial"),
        (4, "近日检查发现，青石镇大坪村会计唐国强未在岗值班，签到册空白4天。", "date-vague"),
        (4, "检查发现，青石镇大坪村会计唐国强未在岗值班，签到册空白4天。", "date-missing"),
        (4, "2026年2月30日检查发现，青石镇大坪村会计唐国强未在岗值班，签到册空白4天。", "date-impossible"),
        (4, "2026年3月3日检查发现，大坪村2月份财务收支未公示。", "person-missing"),
        (4, "2026年3月3日检查发现，大坪村1名村干部未在岗值班，签到册空白4天。", "person-no-name"),
        (4, "2026年3月3日检查发现，大坪村唐国强未在岗值班，签到册空白4天。", "person-no-post"),
        (5, "2026年3月5日，副主任李红梅补签值班承诺书。", "person-no-unit"),
        (4, "2026年3月3日检查发现，青石镇大坪村会计唐国强工作不扎实，落实不到位。", "event-vague"),
        (5, "2026年3月5日，青石镇纪委副书记周敏督促整改，已整改。", "event-vague"),
    ] {
        let read = form(&six().good().set(column, text));
        let cell = format!("{}4", ["A", "B", "C", "D", "E", "F"][column]);
        assert_eq!(findings(&read), [(rule.to_owned(), cell)], "{text}: {read:#}");
    }
}

#[test]
fn a_nil_return_gives_its_reason_and_a_name() {
    let nil = |words: &str| form(&six().record(["零报告", "", words, "", ""]));
    let read = nil("2026年3月，青石镇纪委书记李远航全程参加县委巡察，经请示同意，本月未单独开展日常监督。");
    assert_eq!(findings(&read), [], "{read:#}");
    assert_eq!((read["rows_nil"].as_u64(), read["records"].as_array().map(Vec::len)), (Some(1), Some(0)));
    assert_eq!(rules(&nil("")), ["nil-incomplete"]);
    assert_eq!(rules(&nil("本月无情况。")), ["nil-incomplete"]);
}

#[test]
fn a_formula_without_a_value_and_an_error_are_named() {
    let read = form(&six().good().set(2, Cell::Formula("=NA()".to_owned(), "#N/A".to_owned())));
    assert!(rules(&read).contains(&"cell-error".to_owned()), "{read:#}");
    let read = form(&six().good().set(2, Cell::Formula("=\"会议\"&\"监督\"".to_owned(), "会议监督".to_owned())));
    assert_eq!(findings(&read), [], "{read:#}");
}

#[test]
fn the_same_row_twice_is_said() {
    let read = form(&six().good().good());
    assert_eq!(rules(&read), ["record-duplicate"], "{read:#}");
    assert_eq!(read["status"], "accepted");
}

#[test]
fn the_clerk_may_accept_what_a_rule_objects_to() {
    let book = six().good().set(2, "现场检查");
    let yuedu = Yuedu::new().file("yuedu.toml", PROJECT).file(FILE, book.bytes());
    let valid = |yuedu: &Yuedu| {
        let run = yuedu.run_with(&["validate", "--month", "2026-03", "--format", "json"]);
        (run.code, run.json()[0]["records"][0]["valid"] == true)
    };
    assert_eq!(valid(&yuedu), (1, false));
    yuedu.put(
        "认定.csv",
        "月份,单位,文件,工作表,行,规则,认定人,理由,日期\n\
         2026-03,青石镇纪委,青石镇.xlsx,,4,method-unlisted,何晓芸,与专项检查监督相当,2026-03-26\n",
    );
    assert_eq!(valid(&yuedu), (0, true));
}

#[test]
fn a_handling_without_its_column_is_missed_beside_the_problem() {
    let book = FormBook::six("青石镇纪委", "2026-03").with(|form| form.columns.truncate(5)).good();
    let run = Yuedu::new().file("a.xlsx", book.bytes()).args(["validate", "--format", "json", "a.xlsx"]).run();
    let cell = format!("E{}", book.row_of(0));
    assert_eq!(findings(&run.json()[0]), [("handling-missing".to_owned(), cell)], "{run:?}");
}
