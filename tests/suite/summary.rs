//! The month's workbook, read back.

use std::path::Path;

use crate::common::Yuedu;
use crate::package;

const PAGES: [&str; 10] = [
    "月度概览",
    "得分排名",
    "扣分明细",
    "报送情况",
    "内容方式",
    "任务完成",
    "问题台账",
    "退回清单",
    "监督明细",
    "口径说明",
];

fn county() -> Yuedu {
    Yuedu::new().tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/qinghe"))
}

const BOOK: &str = "汇总/2026-03 月度汇总.xlsx";

#[test]
fn the_pages_stand_in_the_contracts_order() {
    let yuedu = county();
    let run = yuedu.run_with(&["summarize", "--month", "2026-03"]);
    assert_eq!(run.code, 0, "{run:?}");
    run.assert_calm();
    let book = package::read(&yuedu.read(BOOK));
    let titles: Vec<&str> = book.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, PAGES);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (one, other) = (county(), county());
    for yuedu in [&one, &other] {
        assert_eq!(yuedu.run_with(&["summarize", "--month", "2026-03"]).code, 0);
    }
    assert!(one.read(BOOK) == other.read(BOOK), "two runs in two folders differ");
    // Its own product is replaced without a word.
    assert_eq!(one.run_with(&["summarize", "--month", "2026-03"]).code, 0);
    assert!(one.read(BOOK) == other.read(BOOK), "a second run in the same folder differs");
}
