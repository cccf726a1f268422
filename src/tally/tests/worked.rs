//! The worked example of the scoring, and a sentence for each thing that costs.

use super::fixture::{County, form, month};
use super::{ERROR, WARNING, all_done, county, points, rows, total};
use crate::config::{Audience, Level, Topic, UnitKind};
use crate::form::Field;
use crate::points::Points;
use crate::tally::{Band, Item, ReceiptState, prices};
use crate::verdict::JudgedForm;

#[test]
fn the_worked_example_comes_to_88_and_a_half() {
    let mut county = county();
    county.focus("2026-04", 1, Audience::All);
    county.focus("2026-04", 2, Audience::Kind(UnitKind::Township));
    let sheet = form()
        .done(Topic::Focus { number: 2, content: 0 })
        .bare(9, 7)
        .due("2026-04-20")
        .found("contact-missing", ERROR, (1, 3), Field::Contact)
        .found("method-unlisted", ERROR, (5, 2), Field::Method)
        .found("problem-blank", WARNING, (6, 4), Field::Problem)
        .found("date-partial", ERROR, (7, 4), Field::Problem)
        .found("date-missing", ERROR, (7, 5), Field::Handling)
        .found("person-no-name", ERROR, (8, 4), Field::Problem);
    assert_eq!(sheet.form.records.len(), 9);
    county.sheet("2026-04", 0, Some("2026-04-27"), sheet);
    county.adjust("2026-04", 0, "加分", "2");
    let unit = county.first("2026-04");
    assert_eq!(unit.receipt, ReceiptState::Late(2));
    let shown: Vec<String> = Item::ALL.into_iter().map(|item| points(&unit, item)).collect();
    assert_eq!(shown, ["18", "13.5", "26", "15", "14"]);
    assert_eq!(unit.bonus, Points::whole(2));
    assert_eq!((total(&unit).as_str(), unit.band, unit.rank), ("88.5", Some(Band::Good), Some(1)));
    let prices: Vec<_> = unit.deductions.iter().map(|row| row.price.unwrap()).collect();
    let mut expected = vec![("late-per-day", 2)];
    expected.extend([("form-fault", 1); 3]);
    expected.extend([("concrete-record", 1); 2]);
    expected.push(("task-focus", 1));
    expected.extend([("task-due", 1); 3]);
    expected.push(("closure-overdue", 1));
    assert_eq!(prices, expected);
}

#[test]
fn every_row_costs_its_price_and_every_item_is_full_less_its_rows() {
    let mut county = County::new(&["青石镇纪委", "白水镇纪委", "石塘镇纪委"]);
    county.sheet("2026-03", 0, Some("2026-03-30"), all_done().found("date-vague", ERROR, (4, 4), Field::Problem));
    county.sheet("2026-03", 1, None, form().due("2026-03-01").bare(0, 3));
    county.adjust("2026-03", 1, "填报规范", "-1.5");
    let tally = county.count("2026-03");
    let table = prices(&county.project.settings.scoring);
    let price = |key: &str| table.iter().find(|price| price.key == key).unwrap().points;
    for unit in &tally.units {
        for row in &unit.deductions {
            if let Some((key, times)) = row.price {
                assert_eq!(row.points, price(key).times(i32::try_from(times).unwrap()), "{row:?}");
            }
        }
        let fulls = ["timely-full", "form-full", "concrete-full", "task-full", "closure-full"];
        for ((item, left), full) in Item::ALL.into_iter().zip(unit.items).zip(fulls) {
            let lost: Points = rows(unit, item).iter().map(|row| row.points).sum();
            assert_eq!(left, (price(full) - lost).max(Points::ZERO), "{} {item:?}", unit.name);
        }
        let sum = unit.items.into_iter().sum::<Points>() + unit.bonus;
        assert_eq!(unit.total, Some(sum), "{}", unit.name);
    }
    assert_eq!(points(&tally.units[1], Item::Form), "13.5");
}

#[test]
fn form_faults_cost_once_a_rule_and_cell_and_accepted_ones_nothing() {
    let mut county = county();
    let waiver = county.waive("2026-04", 0, "leader-missing", Some(2));
    let sheet = all_done()
        .found("content-unlisted", WARNING, (4, 1), Field::Content)
        .found("content-unlisted", WARNING, (4, 1), Field::Content)
        .found("method-unlisted", WARNING, (4, 2), Field::Method)
        .found("contact-malformed", WARNING, (1, 2), Field::Contact)
        .found("leader-missing", ERROR, (1, 4), Field::Leader)
        .waived(waiver);
    county.sheet("2026-04", 0, None, sheet);
    let unit = county.first("2026-04");
    assert_eq!(rows(&unit, Item::Form).len(), 2);
    assert_eq!(points(&unit, Item::Form), "14");
}

#[test]
fn a_vague_record_costs_once_and_a_doubt_costs_nothing() {
    let mut county = county();
    let sheet = all_done()
        .found("date-vague", ERROR, (3, 4), Field::Problem)
        .found("event-vague", ERROR, (3, 4), Field::Problem)
        .found("person-no-post", ERROR, (3, 5), Field::Handling)
        .found("date-missing", WARNING, (4, 3), Field::Progress)
        .found("person-no-unit", WARNING, (5, 4), Field::Problem);
    county.sheet("2026-04", 0, None, sheet);
    let unit = county.first("2026-04");
    let concrete = rows(&unit, Item::Concrete);
    assert_eq!((concrete.len(), points(&unit, Item::Concrete).as_str()), (1, "28"));
    assert_eq!(concrete[0].reason, "第 4 行：date-vague、event-vague、person-no-post");
    assert_eq!((concrete[0].cell.as_str(), concrete[0].sheet.as_str()), ("E4", "Sheet1"));
}

#[test]
fn each_return_after_the_first_costs_and_a_replaced_sheet_nothing_else() {
    let mut county = county();
    for received in ["2026-04-20", "2026-04-22", "2026-04-23"] {
        let faulty = all_done().found("date-vague", ERROR, (3, 4), Field::Problem);
        let faulty = faulty.found("contact-missing", ERROR, (1, 4), Field::Contact);
        let replaced = JudgedForm { counts: false, replaced_by: Some("later".to_owned()), ..faulty };
        county.sheet("2026-04", 0, Some(received), replaced);
    }
    county.sheet("2026-04", 0, Some("2026-04-27"), all_done());
    let unit = county.first("2026-04");
    assert_eq!((unit.returns, unit.awaiting, unit.receipt), (3, false, ReceiptState::OnTime));
    assert_eq!((points(&unit, Item::Form).as_str(), points(&unit, Item::Concrete).as_str()), ("15", "26"));
    assert_eq!(rows(&unit, Item::Concrete)[0].reason, "第 2 次退回（2026年4月22日收到的01.xlsx）");
}

#[test]
fn items_stop_at_nothing_and_the_bonus_at_its_cap() {
    let mut county = county();
    let mut sheet = form();
    for n in 0..20 {
        sheet = sheet.bare(0, 1).found("event-vague", ERROR, (3 + n, 4), Field::Problem);
    }
    county.sheet("2026-04", 0, None, sheet);
    for points in ["3", "2", "1"] {
        county.adjust("2026-04", 0, "加分", points);
    }
    let unit = county.first("2026-04");
    assert_eq!(points(&unit, Item::Concrete), "0");
    assert_eq!((unit.bonus, unit.bonuses.len()), (Points::whole(5), 3));
    assert_eq!(total(&unit), "72");
}

#[test]
fn a_minus_by_hand_is_a_row_of_its_item_in_its_month() {
    let mut county = county();
    county.sheet("2026-04", 0, None, all_done());
    county.adjust("2026-04", 0, "内容具体", "-2");
    county.adjust("2026-03", 0, "内容具体", "-9");
    let unit = county.first("2026-04");
    let by_hand: Vec<_> = rows(&unit, Item::Concrete).iter().map(|row| (row.points, row.price)).collect();
    assert_eq!(by_hand, [(Points::whole(2), None)]);
    assert_eq!(total(&unit), "98");
}

#[test]
fn equal_totals_share_a_rank_within_their_kind() {
    let names = ["甲镇纪委", "乙镇纪委", "丙镇纪委", "驻县水利局纪检监察组", "丁镇纪委"];
    let mut county = County::new(&names);
    for (unit, faults) in [(0, 1), (1, 0), (2, 0), (3, 2), (4, 1)] {
        let mut sheet = all_done();
        for n in 0..faults {
            sheet = sheet.found("contact-missing", WARNING, (1, n), Field::Contact);
        }
        county.sheet("2026-04", unit, None, sheet);
    }
    let ranks: Vec<_> = county.count("2026-04").units.iter().map(|unit| unit.rank.unwrap()).collect();
    assert_eq!(ranks, [3, 1, 1, 1, 3]);
}

#[test]
fn what_the_clerk_accepts_or_the_county_switches_off_costs_nothing() {
    let mut county = county();
    county.sheet("2026-04", 0, None, form());
    county.waive("2026-04", 0, "task-not-done", Some(2));
    let unit = county.first("2026-04");
    assert_eq!((points(&unit, Item::Task).as_str(), unit.tasks[1].waived), ("18", Some(0)));
    assert!(county.count("2026-04").notes.is_empty());
    county.waive("2026-04", 0, "focus-not-done", None);
    assert_eq!(county.count("2026-04").notes.len(), 1);
    county.project.settings.levels.insert("task-not-done".to_owned(), Level::Off);
    assert_eq!(points(&county.first("2026-04"), Item::Task), "20");
}

#[test]
fn a_nil_return_is_whole_in_content_unless_it_says_too_little() {
    let mut county = county();
    county.sheet("2026-03", 0, None, form().due("2026-04-10"));
    county.sheet("2026-04", 0, None, form().nil());
    let unit = county.first("2026-04");
    assert!(unit.nil);
    assert_eq!(points(&unit, Item::Concrete), "30");
    // Its tasks, and a problem of March that fell overdue, cost what they cost.
    assert_eq!((points(&unit, Item::Task).as_str(), points(&unit, Item::Closure).as_str()), ("17", "14"));
    let poor = form().nil().found("nil-incomplete", ERROR, (3, 3), Field::Progress).found(
        "nil-incomplete",
        ERROR,
        (3, 3),
        Field::Progress,
    );
    county.sheet("2026-05", 0, None, poor);
    let unit = county.first("2026-05");
    assert!(unit.awaiting);
    assert_eq!(points(&unit, Item::Concrete), "28");
    assert_eq!(unit.zero_problem, [month("2026-04"), month("2026-05")]);
}

#[test]
fn bands_begin_at_their_own_points() {
    for (lost, more, sum, band) in [
        ("-9", "-1", "90", Band::Excellent),
        ("-9", "-1.5", "89.5", Band::Good),
        ("-10", "-10", "80", Band::Good),
        ("-10", "-10.5", "79.5", Band::Pass),
        ("-20", "-20", "60", Band::Pass),
        ("-20", "-20.5", "59.5", Band::Fail),
    ] {
        let mut county = county();
        county.sheet("2026-04", 0, None, all_done());
        county.adjust("2026-04", 0, "报送及时", lost);
        county.adjust("2026-04", 0, "内容具体", more);
        let unit = county.first("2026-04");
        assert_eq!((total(&unit).as_str(), unit.band), (sum, Some(band)));
    }
}

#[test]
fn duplicates_and_rules_outside_the_lists_cost_nothing() {
    let mut county = county();
    let sheet = all_done()
        .found("record-duplicate", WARNING, (3, 1), Field::Content)
        .found("date-out-of-period", WARNING, (4, 3), Field::Progress)
        .found("contact-malformed", WARNING, (1, 2), Field::Contact)
        .found("column-unknown", WARNING, (2, 6), Field::Content);
    county.sheet("2026-04", 0, None, sheet);
    assert_eq!(total(&county.first("2026-04")), "100");
}

#[test]
fn a_rule_raised_to_an_error_costs_where_its_family_does() {
    let mut county = county();
    county.sheet("2026-04", 0, None, all_done().found("date-out-of-period", ERROR, (4, 3), Field::Progress));
    assert_eq!(points(&county.first("2026-04"), Item::Concrete), "28");
}
