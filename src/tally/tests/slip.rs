//! Lines of the registers that are most likely not what was meant.

use super::fixture::{County, day, form};
use super::{all_done, county, points, total};
use crate::tally::{Item, ReceiptState};

#[test]
fn a_receipt_after_the_grace_is_told_with_its_line() {
    let mut county = county();
    county.sheet("2026-04", 0, Some("2026-05-11"), all_done());
    let tally = county.count("2026-04");
    assert!(tally.units[0].too_late());
    assert_eq!(
        tally.notes,
        ["收件登记.csv 第 2 行：青石镇纪委的表2026年5月11日才收到，受理已过月末后10天，按未报计，当月计 0 分"]
    );
    county.registers.receipts[0].day = day("2027-04-24");
    let notes = county.count("2026-04").notes;
    assert_eq!(notes.len(), 1);
    assert!(notes[0].ends_with("当月计 0 分；收到日期2027年4月24日离2026年4月太远，请核对年份"), "{notes:?}");
    // Beside an earlier receipt it changes nothing, and is told all the same.
    county.receipt("2026-04", 0, "2026-04-24", "取走了.xlsx", Some(false));
    let tally = county.count("2026-04");
    assert_eq!(tally.units[0].receipt, ReceiptState::OnTime);
    assert_eq!(tally.notes, ["收件登记.csv 第 2 行：收到日期2027年4月24日离2026年4月太远，请核对年份"]);
}

#[test]
fn one_file_on_two_days_is_told_unless_it_was_sent_again() {
    let mut county = county();
    county.sheet("2026-04", 0, Some("2026-04-24"), all_done());
    county.receipt("2026-04", 0, "2026-04-28", "00.xlsx", Some(true));
    let told = "收件登记.csv 第 2 行和第 3 行登记的是同一个文件“00.xlsx”，收到日期一个是2026年4月24日，\
                一个是2026年4月28日，按早的一天算；只收过一次的，请删去一行";
    assert_eq!(county.count("2026-04").notes, [told]);
    for (n, digest) in [(0, "a"), (1, "b")] {
        county.registers.receipts[n].digest = digest.repeat(64);
    }
    county.inboxes.values_mut().next().unwrap().files[0].digest = "b".repeat(64);
    assert!(county.count("2026-04").notes.is_empty(), "another sheet under the old name");
    county.registers.receipts[0].digest.clear();
    county.registers.receipts[0].accepted = Some(false);
    assert!(county.count("2026-04").notes.is_empty(), "returned, and sent again under the old name");
}

#[test]
fn another_units_sheet_is_no_receipt_of_this_one() {
    let mut county = County::new(&["青石镇纪委", "白水镇纪委"]);
    county.sheet("2026-04", 0, Some("2026-04-28"), all_done());
    let mut theirs = form();
    theirs.form.head.unit.value = "白水镇纪委".to_owned();
    county.sheet("2026-04", 1, Some("2026-04-20"), theirs);
    county.receipt("2026-04", 0, "2026-04-20", "01.xlsx", Some(true));
    let tally = county.count("2026-04");
    assert_eq!((tally.units[0].receipt, points(&tally.units[0], Item::Timely).as_str()), (ReceiptState::Late(3), "17"));
    assert_eq!(tally.units[1].receipt, ReceiptState::OnTime);
    assert!(tally.notes.iter().any(|note| note.contains("第 4 行：登记为青石镇纪委")), "{:?}", tally.notes);
}

#[test]
fn a_closing_before_the_problems_period_or_after_the_day_of_the_count_is_told() {
    let mut county = county();
    county.sheet(
        "2026-04",
        0,
        None,
        all_done().due("2026-04-20").due("2026-04-20").due("2026-04-20").due("2026-04-20"),
    );
    // April's period begins on 26 March.
    for (serial, closed) in [(1, "2026-03-25"), (2, "2026-03-26"), (3, "2026-05-06"), (4, "2027-04-18")] {
        county.close(&format!("2026-04-01-0{serial}"), 0, closed);
    }
    assert_eq!(
        county.count("2026-04").notes,
        [
            "销号.csv 第 2 行：销号日期2026年3月25日早于2026年4月的统计期（2026年3月26日起），请核对日期和月份",
            "销号.csv 第 5 行：销号日期2027年4月18日比统计截至日2026年4月30日晚太多，请核对年份；这次还不算已销号",
            "销号.csv 第 4 行：销号日期在统计截至日2026年4月30日之后，这次还不算已销号",
        ]
    );
}

#[test]
fn marks_written_twice_capped_or_dated_far_ahead_are_told() {
    let mut county = county();
    county.sheet("2026-04", 0, None, all_done());
    county.adjust("2026-04", 0, "加分", "3");
    county.adjust("2026-04", 0, "加分", "3");
    county.adjust("2026-04", 0, "内容具体", "-2");
    county.registers.adjustments[2].day = day("2027-04-28");
    county.waive("2026-04", 0, "task-not-done", None);
    county.registers.waivers[0].day = day("2027-04-28");
    let tally = county.count("2026-04");
    let notes: Vec<&String> = tally.notes.iter().filter(|note| !note.contains("没有用上")).collect();
    assert_eq!(
        notes,
        [
            "认定.csv 第 2 行：日期2027年4月28日比统计截至日2026年4月30日晚太多，请核对年份",
            "加减分.csv 第 4 行：日期2027年4月28日比统计截至日2026年4月30日晚太多，请核对年份",
            "加减分.csv 第 2 行和第 3 行一样（青石镇纪委，加分 3 分），现在两行都算；登记重了的，请删去一行",
            "加减分.csv 第 2、3 行：青石镇纪委加分合计 6 分，超过上限，按 5 分计",
        ]
    );
    assert_eq!(total(&tally.units[0]), "103");
}
