//! The worked example of the scoring, and a sentence for each thing it promises.

use super::fixture::{County, day, form, full_date, month};
use super::{Band, Deduction, Item, ReceiptState, TaskState, UnitMonth};
use crate::config::{Audience, Level, Topic, UnitKind};
use crate::form::Field;
use crate::points::Points;
use crate::register::CaseLevel;
use crate::text::Deadline;
use crate::verdict::{FileState, JudgedForm};

const ERROR: Level = Level::Error;
const WARNING: Level = Level::Warning;
/// The township's monthly tasks of the made-up county: number and content.
const DUE: [(usize, usize); 3] = [(0, 1), (1, 2), (2, 3)];

fn does(task: usize, content: usize) -> Topic {
    Topic::Task { list: 0, task, content }
}

/// Everything that falls due in a month without a longer cadence, done.
fn all_done() -> JudgedForm {
    DUE.into_iter().fold(form(), |form, (task, content)| form.done(does(task, content)))
}

fn county() -> County {
    County::new(&["青石镇纪委"])
}

fn points(unit: &UnitMonth, item: Item) -> String {
    unit.items[Item::ALL.iter().position(|other| *other == item).unwrap()].to_string()
}

fn rows(unit: &UnitMonth, item: Item) -> Vec<&Deduction> {
    unit.deductions.iter().filter(|row| row.item == item).collect()
}

fn total(unit: &UnitMonth) -> String {
    unit.total.map_or("—".to_owned(), |total| total.to_string())
}

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
    let table = super::prices(&county.project.settings.scoring);
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
    let mut county = county();
    county.project.settings.deadline.months.insert(month("2026-02"), day("2026-02-12"));
    county.sheet("2026-02", 0, Some("2026-02-14"), all_done());
    assert_eq!(county.first("2026-02").receipt, ReceiptState::Late(2));
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
    assert_eq!(rows(&unit, Item::Concrete)[0].reason, "第 2 次退回（2026年4月22日收到的表）");
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
fn a_minus_by_hand_is_a_row_of_its_item_and_a_plus_gives_back_no_more_than_was_lost() {
    let mut county = county();
    county.sheet("2026-04", 0, None, all_done());
    county.adjust("2026-04", 0, "内容具体", "-2");
    county.adjust("2026-04", 0, "内容具体", "5");
    county.adjust("2026-03", 0, "内容具体", "-9");
    let unit = county.first("2026-04");
    let by_hand: Vec<_> = rows(&unit, Item::Concrete).iter().map(|row| (row.points, row.price)).collect();
    assert_eq!(by_hand, [(Points::whole(2), None), (Points::whole(-2), None)]);
    assert_eq!(total(&unit), "100");
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
fn longer_cadences_fall_due_at_the_end_of_their_period_and_any_month_of_it_does_them() {
    let mut county = county();
    county.sheet("2026-01", 0, None, all_done().done(does(3, 4)));
    county.sheet("2026-02", 0, None, all_done().bare(5, 1));
    county.sheet("2026-03", 0, None, all_done());
    let labels = |at: &str| -> Vec<String> { county.first(at).tasks.into_iter().map(|line| line.label).collect() };
    assert_eq!(labels("2026-02"), ["【任务1】题目1", "【任务2】题目2", "【任务3】题目3"]);
    let march = county.first("2026-03");
    assert_eq!(march.tasks.len(), 4);
    assert_eq!(march.tasks[3].state, TaskState::Done { month: month("2026-01"), row: 7 });
    assert_eq!(march.tasks[3].frequency, "每季");
    assert_eq!(march.tasks[3].file, "报送/2026-01/00.xlsx");
    county.sheet("2026-06", 0, None, form());
    let june = county.first("2026-06");
    let states: Vec<_> = june.tasks.iter().map(|line| line.state.chinese()).collect();
    // February's bare record of content 5 is kindred to the half-yearly task; the quarter's work is April's to June's.
    assert_eq!(states, ["未开展", "未开展", "未开展", "未开展", "同类已开展"]);
    assert_eq!(points(&june, Item::Task), "16");
    assert_eq!(county.first("2026-12").tasks.len(), 6);
}

#[test]
fn a_bare_record_spares_the_tasks_of_its_content_and_does_no_focus_item() {
    let mut county = county();
    county.focus("2026-04", 1, Audience::All);
    county.focus("2026-04", 2, Audience::Units(vec![7]));
    county.sheet("2026-04", 0, None, form().bare(1, 1).bare(0, 1).bare(2, 1).invalid());
    let unit = county.first("2026-04");
    let shown: Vec<_> = unit.tasks.iter().map(|line| (line.label.as_str(), line.state.chinese())).collect();
    assert_eq!(
        shown,
        [
            ("【重点1】重点1", "未开展"),
            ("【任务1】题目1", "同类已开展"),
            ("【任务2】题目2", "未开展"),
            ("【任务3】题目3", "未开展")
        ]
    );
    assert_eq!(points(&unit, Item::Task), "16");
}

#[test]
fn a_task_by_receipt_is_done_by_any_readable_sheet() {
    let mut county = county();
    county.project.settings.lists[0].tasks[1].by_receipt = true;
    let stray = JudgedForm { counts: false, ..form() };
    county.sheet("2026-04", 0, None, stray);
    assert_eq!(county.first("2026-04").tasks[1].state, TaskState::ByReceipt);
    assert_eq!(county.first("2026-05").tasks[1].state, TaskState::Open);
}

#[test]
fn what_the_clerk_accepts_or_the_county_switches_off_costs_nothing() {
    let mut county = county();
    county.sheet("2026-04", 0, None, form());
    county.waive("2026-04", 0, "task-not-done", Some(2));
    let unit = county.first("2026-04");
    assert_eq!((points(&unit, Item::Task).as_str(), unit.tasks[1].waived), ("18", Some(0)));
    county.project.settings.levels.insert("task-not-done".to_owned(), Level::Off);
    assert_eq!(points(&county.first("2026-04"), Item::Task), "20");
}

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
    assert_eq!(tally.previous.unwrap().units[0].rank, Some(1));
}
