//! Problems and cases with their deadlines.

use super::fixture::{County, day, form, full_date};
use super::{all_done, county, points, rows};
use crate::register::CaseLevel;
use crate::tally::Item;
use crate::text::Deadline;
use crate::verdict::FileState;

#[test]
fn a_problem_costs_once_in_the_month_in_which_its_deadline_passes() {
    let mut county = county();
    county.sheet("2026-03", 0, None, all_done().due("2026-03-31").due("2026-03-30").due("2026-05-02"));
    county.sheet("2026-04", 0, None, all_done());
    county.sheet("2026-05", 0, None, all_done());
    let costs = |at: &str| -> Vec<String> {
        rows(&county.first(at), Item::Closure).iter().map(|row| row.reason.clone()).collect()
    };
    // The 31st is in time on the 31st: it passes on 1 April.
    assert_eq!(costs("2026-03"), ["问题 2026-03-01-02 限2026年3月30日前整改，到期未销号"]);
    assert_eq!(costs("2026-04"), ["问题 2026-03-01-01 限2026年3月31日前整改，到期未销号"]);
    assert_eq!(costs("2026-05"), ["问题 2026-03-01-03 限2026年5月2日前整改，到期未销号"]);
    let early = county.count_on("2026-05", day("2026-05-02"));
    assert!(rows(&early.units[0], Item::Closure).is_empty());
}

#[test]
fn a_deadline_that_passed_before_the_months_period_costs_nothing_in_it() {
    let mut county = county();
    // April's period begins on 26 March, the day after March's deadline.
    county.sheet("2026-04", 0, None, all_done().due("2026-03-25").due("2026-03-26").due("2026-03-20"));
    let tally = county.count("2026-04");
    let reasons: Vec<_> = rows(&tally.units[0], Item::Closure).into_iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["问题 2026-04-01-02 限2026年3月26日前整改，到期未销号"]);
    assert!(tally.ledger.iter().all(|problem| problem.status.chinese() == "逾期"));
}

#[test]
fn a_copy_of_the_units_own_problem_costs_nothing_for_the_deadline_that_the_first_answers_for() {
    let mut county = county();
    county.sheet("2026-03", 0, None, all_done().due("2026-03-28").due("2026-04-10").due("2026-04-10").invalid());
    let copies = all_done().due("2026-03-28").repeats("2026-03", 7).due("2026-04-10").repeats("2026-03", 8);
    county.sheet(
        "2026-04",
        0,
        None,
        copies.due("2026-04-10").repeats("2026-03", 9).due("2026-04-20").repeats("2026-03", 7),
    );
    let costs = |at: &str| -> Vec<String> {
        rows(&county.first(at), Item::Closure).iter().map(|row| row.reason.get(7..24).unwrap().to_owned()).collect()
    };
    assert_eq!(costs("2026-03"), ["2026-03-01-01 限"]);
    // A copy makes good what stood as 待补, and a later deadline is its own.
    assert_eq!(costs("2026-04"), ["2026-04-01-03 限", "2026-04-01-04 限", "2026-03-01-02 限"]);
    assert_eq!(county.count("2026-04").ledger.len(), 7, "each stands in the ledger");
}

#[test]
fn closing_in_time_spares_the_point_and_closing_late_does_not_give_it_back() {
    let mut county = county();
    county.sheet("2026-03", 0, None, all_done().due("2026-03-20").due("2026-03-20").due("2026-03-20"));
    county.close("2026-03-01-01", 0, "2026-03-20");
    county.close("2026-03-1-2", 0, "2026-03-24");
    county.close("2026-03-01-09", 0, "2026-03-24");
    let tally = county.count("2026-03");
    assert_eq!(points(&tally.units[0], Item::Closure), "13");
    let states: Vec<_> = tally.ledger.iter().map(|problem| problem.status.chinese()).collect();
    assert_eq!(states, ["已销号", "已销号", "逾期"]);
    assert_eq!(tally.notes.len(), 1);
    assert!(tally.notes[0].contains("第 4 行"), "{:?}", tally.notes);
}

#[test]
fn a_closing_is_not_blamed_where_the_sheet_cannot_be_read() {
    let mut county = county();
    county.file("2026-03", "报送/2026-03/坏.xlsx", Some(0), FileState::Unreadable, Vec::new());
    county.close("2026-03-01-01", 0, "2026-03-20");
    let notes = county.count("2026-03").notes;
    assert_eq!(notes.len(), 1);
    assert!(notes[0].contains("“报送/2026-03/坏.xlsx”打不开") && !notes[0].contains("没有编号"), "{notes:?}");
    county.sheet("2026-03", 0, None, all_done());
    assert!(county.count("2026-03").notes[0].contains("没有编号"));
}

#[test]
fn a_line_of_the_register_never_worsens_what_the_sheet_says_is_put_right() {
    let mut county = county();
    let settled = all_done().due("2026-04-15").problem(|facts| {
        facts.settled = true;
        facts.deadline = Some(Deadline::Day(day("2026-04-15")));
    });
    county.sheet("2026-04", 0, None, settled);
    county.sheet("2026-05", 0, None, all_done());
    county.close("2026-04-01-01", 0, "2026-04-18");
    county.close("2026-04-01-02", 0, "2026-04-18");
    let tally = county.count("2026-04");
    let states: Vec<_> = tally.ledger.iter().map(|problem| problem.status.chinese()).collect();
    assert_eq!(states, ["已销号", "已销号"]);
    let reasons: Vec<_> = rows(&tally.units[0], Item::Closure).into_iter().map(|row| row.reason.as_str()).collect();
    assert_eq!(reasons, ["问题 2026-04-01-01 期限2026年4月15日，2026年4月18日销号，逾期3天"]);
    // Closed in May, it was not open when May began.
    county.registers.closings[1].day = day("2026-05-06");
    assert!(county.count("2026-05").ledger.is_empty());
    assert_eq!(points(&county.first("2026-05"), Item::Closure), "15");
}

#[test]
fn a_deadline_of_days_runs_from_the_cells_last_full_date() {
    let mut county = county();
    let sheet = form().problem(|facts| {
        facts.times =
            vec![full_date("2026-03-03", false), full_date("2026-03-05", false), full_date("2026-03-30", true)];
        facts.deadline = Some(Deadline::Within(10));
    });
    county.sheet("2026-03", 0, None, sheet.problem(|facts| facts.deadline = Some(Deadline::Within(10))));
    let ledger = county.count("2026-03").ledger;
    assert_eq!(ledger[0].deadline, Some(day("2026-03-15")));
    assert_eq!((ledger[1].deadline, ledger[1].status.chinese()), (None, "未明确"));
}

#[test]
fn problems_of_earlier_months_stay_until_they_are_put_right() {
    let mut county = County::new(&["青石镇纪委", "白水镇纪委"]);
    let january = form().problem(|facts| facts.settled = true).due("2026-01-20").due("2026-02-20").problem(|_| {});
    county.sheet("2026-01", 1, None, january);
    county.close("2026-01-02-02", 1, "2026-01-30");
    county.close("2026-01-02-03", 1, "2026-02-10");
    county.sheet("2026-02", 0, None, form().problem(|_| {}).invalid());
    let shown: Vec<_> = county
        .count("2026-02")
        .ledger
        .iter()
        .map(|p| (p.number.clone(), p.unit, p.status.chinese(), p.valid))
        .collect();
    let line = |number: &str, unit, status, valid| (number.to_owned(), unit, status, valid);
    assert_eq!(
        shown,
        [
            line("2026-02-01-01", 0, "未明确", false),
            line("2026-01-02-03", 1, "已销号", true),
            line("2026-01-02-04", 1, "未明确", true)
        ]
    );
}

#[test]
fn problems_of_invalid_records_are_not_scored() {
    let mut county = county();
    county.sheet("2026-03", 0, None, all_done().due("2026-03-10").invalid());
    let tally = county.count("2026-03");
    assert_eq!(points(&tally.units[0], Item::Closure), "15");
    assert!(!tally.ledger[0].valid && tally.units[0].problems == 1);
}

#[test]
fn a_case_handed_down_costs_by_its_level_in_the_month_its_day_passes() {
    let mut county = county();
    county.sheet("2026-04", 0, None, all_done());
    county.sheet("2026-05", 0, None, all_done());
    county.case(CaseLevel::County, 0, "2026-04-10", None);
    county.case(CaseLevel::City, 0, "2026-04-10", Some("2026-04-11"));
    county.case(CaseLevel::Province, 0, "2026-04-10", Some("2026-04-10"));
    county.case(CaseLevel::Province, 0, "2026-04-30", None);
    assert_eq!(points(&county.first("2026-04"), Item::Closure), "9");
    assert_eq!(points(&county.first("2026-05"), Item::Closure), "9");
}
