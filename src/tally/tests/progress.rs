//! Later records on an open problem: its progress, neither a second problem nor a new number.

use super::fixture::{County, day, form, full_date};
use super::{all_done, county, points};
use crate::tally::Item;
use crate::text::{Deadline, Facts};

/// A handling of one day, with a deadline.
fn set(on: &str, until: &str) -> impl FnOnce(&mut Facts) {
    let (on, until) = (full_date(on, false), Deadline::Day(day(until)));
    move |facts| {
        facts.times = vec![on];
        facts.deadline = Some(until);
    }
}

/// January's problem is due on 20 February; February's record goes on with it.
fn going_on(change: impl FnOnce(&mut Facts)) -> County {
    let mut county = county();
    county.sheet("2026-01", 0, None, form().due("2026-02-20"));
    county.sheet("2026-02", 0, None, all_done().problem(change).follows("2026-01", 4));
    county.sheet("2026-03", 0, None, all_done());
    county
}

fn closure(county: &County, at: &str) -> String {
    points(&county.first(at), Item::Closure)
}

#[test]
fn a_record_on_an_open_problem_is_its_progress_and_no_problem_of_its_own() {
    let county = going_on(|_| {});
    let tally = county.count("2026-02");
    let lines: Vec<_> = tally.ledger.iter().map(|problem| (problem.number.as_str(), problem.progress.len())).collect();
    assert_eq!(lines, [("2026-01-01-01", 1)]);
    let step = &tally.ledger[0].progress[0];
    assert_eq!((step.month.to_string().as_str(), step.file.as_str(), step.row), ("2026-02", "报送/2026-02/00.xlsx", 7));
    assert_eq!(tally.units[0].problems, 0, "it is no problem found");
    assert_eq!(tally.units[0].zero_problem.len(), 1, "and February is a month without a new one");
    // January's own count knows nothing of February.
    assert!(county.count("2026-01").ledger[0].progress.is_empty());
}

#[test]
fn a_new_deadline_holds_if_it_was_set_before_the_old_one_passed() {
    let in_time = going_on(set("2026-02-20", "2026-03-15"));
    assert_eq!(in_time.count("2026-02").ledger[0].deadline, Some(day("2026-03-15")));
    assert_eq!([closure(&in_time, "2026-02"), closure(&in_time, "2026-03")], ["15", "14"]);
    let late = going_on(set("2026-02-21", "2026-03-15"));
    assert_eq!(late.count("2026-02").ledger[0].deadline, Some(day("2026-02-20")));
    assert_eq!([closure(&late, "2026-02"), closure(&late, "2026-03")], ["14", "15"]);
    // Without a day it is of its month's first, and a problem without a deadline takes any.
    let undated = going_on(|facts| facts.deadline = Some(Deadline::Day(day("2026-03-15"))));
    assert_eq!([closure(&undated, "2026-02"), closure(&undated, "2026-03")], ["15", "14"]);
}

#[test]
fn what_cost_its_point_before_the_new_deadline_came_costs_no_second_one() {
    let mut county = county();
    county.sheet("2026-01", 0, None, all_done().due("2026-01-20"));
    let told_late = all_done().problem(set("2026-01-19", "2026-02-10")).follows("2026-01", 7);
    county.sheet("2026-02", 0, None, told_late);
    assert_eq!([closure(&county, "2026-01"), closure(&county, "2026-02")], ["14", "15"]);
    assert_eq!(county.count("2026-02").ledger[0].status.chinese(), "逾期");
}

#[test]
fn progress_puts_a_problem_right_and_what_comes_after_is_a_new_one() {
    let mut county = going_on(|facts| facts.settled = true);
    let tally = county.count("2026-02");
    assert_eq!(tally.ledger[0].status.chinese(), "已整改");
    assert_eq!(points(&tally.units[0], Item::Closure), "15");
    assert!(county.count("2026-03").ledger.is_empty());
    county.sheet("2026-04", 0, None, form().problem(|_| {}).follows("2026-02", 7));
    let numbers: Vec<String> = county.count("2026-04").ledger.iter().map(|problem| problem.number.clone()).collect();
    assert_eq!(numbers, ["2026-04-01-01"]);
}

#[test]
fn a_chain_of_records_goes_on_with_one_problem_and_numbers_stay() {
    let mut county = going_on(|_| {});
    county.sheet("2026-04", 0, None, form().problem(|_| {}).follows("2026-02", 7).due("2026-05-10"));
    let tally = county.count("2026-04");
    let lines: Vec<_> = tally.ledger.iter().map(|problem| (problem.number.as_str(), problem.progress.len())).collect();
    // The free place of the first record is not taken by the second.
    assert_eq!(lines, [("2026-04-01-02", 0), ("2026-01-01-01", 2)]);
    // Closed before April began, it is told anew, and the other keeps its number.
    county.close("2026-01-01-01", 0, "2026-03-30");
    let numbers: Vec<String> = county.count("2026-04").ledger.iter().map(|problem| problem.number.clone()).collect();
    assert_eq!(numbers, ["2026-04-01-01", "2026-04-01-02"]);
    assert!(county.count("2026-04").notes.is_empty());
}

#[test]
fn an_invalid_record_changes_nothing_and_nobody_goes_on_with_one() {
    let mut county = county();
    county.sheet("2026-01", 0, None, form().due("2026-02-20"));
    county.sheet("2026-02", 0, None, form().problem(|facts| facts.settled = true).follows("2026-01", 4).invalid());
    let tally = county.count("2026-02");
    assert_eq!((tally.ledger.len(), tally.ledger[0].status.chinese()), (1, "逾期"));
    assert!(!tally.ledger[0].progress[0].valid);
    let mut county = super::county();
    county.sheet("2026-01", 0, None, form().due("2026-02-20").invalid());
    county.sheet("2026-02", 0, None, form().problem(|_| {}).follows("2026-01", 4));
    assert_eq!(county.count("2026-02").ledger.len(), 2);
}
