//! Who sent when, and what counts of what came.

use super::fixture::{County, day, form, month};
use super::{ERROR, all_done, county, points, total};
use crate::config::UnitKind;
use crate::form::Field;
use crate::points::Points;
use crate::tally::{Band, Item, ReceiptState, UnitMonth};
use crate::verdict::{FileState, JudgedForm};

#[test]
fn valid_and_invalid_records_and_those_set_aside_are_all_there_were() {
    let mut county = County::new(&["青石镇纪委", "驻县教育局纪检监察组", "白水镇纪委"]);
    let replaced = JudgedForm { counts: false, replaced_by: Some("later".to_owned()), ..form().bare(1, 4) };
    county.sheet("2026-03", 0, Some("2026-03-20"), replaced);
    county.sheet("2026-03", 0, Some("2026-03-24"), form().bare(1, 3).invalid().bare(2, 2));
    county.sheet("2026-03", 1, None, form().bare(1, 2).problem(|_| {}));
    let nobody = JudgedForm { counts: false, ..form().bare(1, 5) };
    county.file("2026-03", "报送/2026-03/谁.xlsx", None, FileState::Form, vec![nobody]);
    let tally = county.count("2026-03");
    let sum = |of: fn(&UnitMonth) -> u32| tally.units.iter().map(of).sum::<u32>();
    assert_eq!(sum(|unit| unit.records) + tally.replaced + tally.unplaced, tally.sums.records);
    assert_eq!((tally.replaced, tally.unplaced), (4, 5));
    assert_eq!(sum(|unit| unit.valid), u32::try_from(tally.entries.len()).unwrap());
    for (n, unit) in tally.units.iter().enumerate() {
        let entries = tally.entries.iter().filter(|entry| entry.unit == n).count();
        assert_eq!(entries, usize::try_from(unit.valid).unwrap(), "{}", unit.name);
        assert!(unit.valid <= unit.records);
    }
    assert_eq!((tally.units[0].records, tally.units[0].valid), (5, 4));
}

#[test]
fn the_deadlines_own_day_is_in_time_and_lateness_stops_at_its_cap() {
    for (received, state, left) in [
        ("2026-04-25", ReceiptState::OnTime, "20"),
        ("2026-04-26", ReceiptState::Late(1), "19"),
        ("2026-04-30", ReceiptState::Late(5), "15"),
        ("2026-05-10", ReceiptState::Late(15), "15"),
        ("2026-05-11", ReceiptState::Missing, "0"),
    ] {
        let mut county = county();
        county.sheet("2026-04", 0, Some(received), all_done());
        let unit = county.first("2026-04");
        assert_eq!((unit.receipt, points(&unit, Item::Timely).as_str()), (state, left), "{received}");
    }
}

#[test]
fn a_month_with_its_own_deadline_counts_from_that_day() {
    let mut county = County::new(&["青石镇纪委", "白水镇纪委"]);
    county.project.settings.deadline.months.insert(month("2026-02"), day("2026-02-12"));
    county.sheet("2026-02", 0, Some("2026-02-14"), all_done());
    assert_eq!(county.first("2026-02").receipt, ReceiptState::Late(2));
    // Put off beyond the days of grace, it is a deadline all the same.
    county.project.settings.deadline.months.insert(month("2026-02"), day("2026-03-20"));
    county.sheet("2026-02", 1, Some("2026-03-20"), all_done());
    let tally = county.count("2026-02");
    assert_eq!(tally.units[1].receipt, ReceiptState::OnTime);
}

#[test]
fn lateness_is_that_of_the_first_readable_receipt() {
    let mut county = county();
    county.receipt("2026-04", 0, "2026-04-20", "坏.xlsx", Some(false));
    county.file("2026-04", "报送/2026-04/坏.xlsx", Some(0), FileState::Unreadable, Vec::new());
    county.receipt("2026-04", 0, "2026-04-26", "报送/2026-04/已不在.xlsx", Some(false));
    county.sheet("2026-04", 0, Some("2026-04-29"), all_done());
    let unit = county.first("2026-04");
    assert_eq!((unit.receipt, unit.received), (ReceiptState::Late(1), Some(day("2026-04-26"))));
    assert_eq!((unit.returns, unit.files.as_slice()), (2, &[0, 1][..]));
}

#[test]
fn a_sheet_without_a_receipt_line_counts_as_on_time() {
    let mut county = county();
    county.sheet("2026-04", 0, None, all_done());
    let unit = county.first("2026-04");
    assert_eq!((unit.receipt, total(&unit).as_str()), (ReceiptState::Unregistered, "100"));
    assert_eq!(unit.band, Some(Band::Excellent));
}

#[test]
fn nothing_received_makes_the_month_nothing_and_last() {
    let mut county = County::new(&["青石镇纪委", "白水镇纪委"]);
    county.sheet("2026-04", 1, None, form());
    county.adjust("2026-04", 0, "加分", "5");
    let tally = county.count("2026-04");
    let unit = &tally.units[0];
    assert_eq!((unit.receipt, unit.rank, unit.band), (ReceiptState::Missing, Some(2), Some(Band::Fail)));
    assert_eq!(total(unit), "0");
    assert!(unit.items.iter().all(|left| *left == Points::ZERO) && unit.deductions.len() == 5);
    assert!(tally.notes[0].contains("加减分.csv 第 2 行"), "{:?}", tally.notes);
}

#[test]
fn an_unreadable_file_alone_has_no_total_and_no_rank() {
    let mut county = County::new(&["青石镇纪委", "白水镇纪委"]);
    county.file("2026-04", "报送/2026-04/坏.xlsx", Some(0), FileState::Unreadable, Vec::new());
    // Registered, and not in the folder: nothing can be read of it either.
    county.receipt("2026-04", 1, "2026-04-20", "不在.xlsx", None);
    for unit in county.count("2026-04").units {
        assert_eq!((unit.receipt, unit.total, unit.rank), (ReceiptState::Pending, None, None));
        assert!(unit.deductions.is_empty());
    }
}

#[test]
fn a_returned_sheet_scores_as_it_is_and_is_awaited_until_accepted() {
    let faulty = || all_done().found("date-vague", ERROR, (3, 4), Field::Problem);
    let mut county = county();
    county.sheet("2026-04", 0, Some("2026-04-20"), faulty());
    let unit = county.first("2026-04");
    assert!(unit.awaiting);
    assert_eq!(points(&unit, Item::Concrete), "28");
    // The clerk has accepted every fault since; the register still says 退回.
    let waiver = county.waive("2026-04", 0, "date-vague", Some(4));
    let form = county.inboxes.get_mut(&month("2026-04")).unwrap().files[0].forms.remove(0).waived(waiver);
    county.inboxes.get_mut(&month("2026-04")).unwrap().files[0].forms.push(form);
    assert!(!county.first("2026-04").awaiting);
}

#[test]
fn a_sheet_of_another_month_is_blamed_for_that_alone_beside_the_right_one() {
    let stray = || {
        let stray = form().due("2026-02-20").found("month-mismatch", ERROR, (0, 0), Field::Month);
        let stray = stray.found("date-vague", ERROR, (3, 4), Field::Problem);
        JudgedForm { counts: false, ..stray }
    };
    let mut county = County::new(&["青石镇纪委", "白水镇纪委"]);
    county.sheet("2026-04", 0, None, stray());
    county.sheet("2026-04", 0, None, all_done());
    county.sheet("2026-04", 1, None, stray());
    let tally = county.count("2026-04");
    let (both, alone) = (&tally.units[0], &tally.units[1]);
    assert_eq!((total(both).as_str(), both.awaiting), ("99.5", false));
    assert_eq!((points(alone, Item::Form).as_str(), points(alone, Item::Concrete).as_str()), ("14.5", "28"));
    assert!(alone.awaiting && tally.ledger.is_empty());
}

#[test]
fn a_unit_that_owes_nothing_has_no_total() {
    let mut county = County::new(&["青石镇纪委", "白水镇纪委"]);
    county.project.settings.units[0].from = Some(month("2026-05"));
    county.project.settings.units[1].exempt = vec![month("2026-04")];
    for unit in county.count("2026-04").units {
        assert_eq!((unit.receipt, unit.owes, unit.total), (ReceiptState::NotOwed, false, None));
    }
    assert_eq!(county.first("2026-05").receipt, ReceiptState::Missing);
}

#[test]
fn without_a_roster_the_units_are_those_that_the_forms_name() {
    let mut county = County::new(&[]);
    let named = |name: &str, form: JudgedForm| JudgedForm {
        unit_name: Some(name.to_owned()),
        kind: UnitKind::of_name(name),
        ..form
    };
    county.sheet("2026-03", 0, None, named("白水镇纪委", form().due("2026-03-10")));
    county.sheet("2026-04", 0, None, named("青石镇纪委", all_done()));
    county.sheet("2026-04", 0, None, named("青石镇 纪委", all_done()));
    let tally = county.count("2026-04");
    let shown: Vec<_> =
        tally.units.iter().map(|unit| (unit.name.as_str(), unit.receipt, unit.valid, unit.rank)).collect();
    assert_eq!(
        shown,
        [("白水镇纪委", ReceiptState::NotOwed, 0, None), ("青石镇纪委", ReceiptState::Unregistered, 6, Some(1))]
    );
    assert_eq!(tally.ledger[0].number, "2026-03-01-01");
    assert_eq!(tally.before.unwrap().units[0].rank, Some(1));
}

#[test]
fn a_sheet_without_its_unit_is_laid_at_the_one_that_its_file_gives() {
    let mut county = county();
    let nameless = form().bare(1, 2).found("unit-missing", ERROR, (1, 0), Field::Unit);
    let nameless = JudgedForm { counts: false, ..nameless };
    county.file("2026-04", "报送/2026-04/青石镇.xlsx", Some(0), FileState::Form, vec![nameless]);
    let tally = county.count("2026-04");
    let unit = &tally.units[0];
    assert_eq!((unit.receipt, unit.records, unit.valid), (ReceiptState::Unregistered, 2, 0));
    assert_eq!((points(unit, Item::Form).as_str(), unit.awaiting, tally.unplaced), ("14.5", true, 0));
}

#[test]
fn the_year_before_is_counted_as_far_as_it_goes_and_each_month_by_itself() {
    let mut county = county();
    for at in ["2025-02", "2025-03", "2025-05", "2026-01", "2026-02"] {
        county.sheet(at, 0, Some(&format!("{at}-20")), all_done().due("2025-01-20"));
    }
    let past = county.count("2026-02").past;
    let months: Vec<String> = past.iter().map(|past| past.month.to_string()).collect();
    assert_eq!(months, ["2025-03", "2025-05", "2026-01"], "eleven months before, none that the project lacks");
    for past in past {
        let own = county.count(&past.month.to_string());
        assert_eq!((past.owed, past.in_time, past.valid, past.problems), (Some(1), Some(1), Some(4), Some(1)));
        assert_eq!(past.means, [own.units[0].total, None]);
    }
}
