//! What the pages cannot show: levels, doubt, cells in error, the edges of a period. Forms by hand, facts by hand.

use std::cell::RefCell;

use chrono::NaiveDate;

use super::{Context, Finding, Sink, check_form};
use crate::calendar::Month;
use crate::config::{Level, Settings};
use crate::form::{
    Account, Cell, CellError, Column, Duty, Field, Form, Head, HeadField, Layout, Nil, Record, Role, StatedMonth,
};
use crate::place::{Pos, Span};
use crate::text::{Facts, Person, PersonClass, Time, TimeClass};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn cell(field: Field, row: u32, text: &str) -> Cell {
    let col = match field {
        Field::Content => 1,
        Field::Method => 2,
        Field::Progress => 3,
        Field::Problem => 4,
        _ => 5,
    };
    Cell { field, pos: Pos::new(row, col), text: text.to_owned(), facts: Facts::default(), owes: Duty::default() }
}

/// A record without a fault: nothing found.
fn record(row: u32) -> Record {
    let none = |field| {
        let mut cell = cell(field, row, "无");
        cell.facts.none = true;
        cell
    };
    Record {
        row: row + 1,
        rows: vec![row + 1],
        content: cell(Field::Content, row, "作风建设方面"),
        method: cell(Field::Method, row, "专项检查监督"),
        progress: cell(Field::Progress, row, &format!("2026年3月5日，到第{row}个村检查。")),
        problem: none(Field::Problem),
        handling: none(Field::Handling),
        extra: Vec::new(),
    }
}

fn form() -> Form {
    let head = |col, value: &str| HeadField { pos: Some(Pos::new(1, col)), value: value.to_owned() };
    Form {
        sheet: "Sheet1".to_owned(),
        layout: Layout::Six,
        head: Head {
            unit: head(0, "青石镇纪委"),
            reporter: head(1, "周敏"),
            contact: head(2, "13800001234"),
            leader: head(3, "李强"),
        },
        month: Some(StatedMonth { year: None, month: 3, pos: Some(Pos::new(0, 0)), text: "3月份".to_owned() }),
        header_row: 2,
        columns: Vec::new(),
        records: vec![record(3)],
        nil: None,
        account: Account::default(),
        aside: Vec::new(),
        hidden: Vec::new(),
        errors: Vec::new(),
    }
}

fn time(text: &str, words: &str, class: TimeClass, first: Option<NaiveDate>) -> Time {
    let start = text.find(words).unwrap();
    Time { span: Span::new(start, start + words.len()), class, day: first, end: first, deadline: false }
}

fn person(text: &str, words: &str, class: PersonClass, sure: bool) -> Person {
    let start = text.find(words).unwrap();
    Person { span: Span::new(start, start + words.len()), unit: None, post: None, name: None, class, sure }
}

fn findings_of(form: &Form, settings: &Settings, received: Option<NaiveDate>) -> Vec<Finding> {
    let month = Month::new(2026, 3);
    let catalogue = settings.catalogue(month, None, None);
    let mut sink = Sink::new(settings);
    let context = Context {
        settings,
        form,
        unit: None,
        kind: None,
        month,
        asked: month,
        received,
        catalogue: &catalogue,
        told: RefCell::default(),
    };
    check_form(&context, &mut sink);
    sink.findings
}

fn findings(form: &Form) -> Vec<Finding> {
    findings_of(form, &Settings::builtin("dongan").unwrap(), None)
}

fn shown(findings: &[Finding]) -> Vec<(String, Level)> {
    findings.iter().map(|finding| (finding.rule.name.to_owned(), finding.level)).collect()
}

fn raised(name: &str, level: Level) -> Vec<(String, Level)> {
    vec![(name.to_owned(), level)]
}

/// The form with one 发现问题 on duty.
fn problem(text: &str, change: impl FnOnce(&mut Facts, &str)) -> Form {
    let mut form = form();
    let record = &mut form.records[0];
    record.problem.text = text.to_owned();
    record.problem.owes = Duty { date: true, person: true, event: true };
    let facts = &mut record.problem.facts;
    facts.none = false;
    facts.times = vec![Time {
        span: Span::new(0, 0),
        class: TimeClass::Full,
        day: Some(day(3, 5)),
        end: Some(day(3, 5)),
        deadline: false,
    }];
    facts.persons = vec![person(text, text, PersonClass::Full, true)];
    facts.event = Some(Span::new(0, 1));
    change(facts, text);
    record.handling.text = "约谈".to_owned();
    record.handling.facts.none = false;
    form
}

#[test]
fn a_form_in_order_raises_nothing() {
    assert_eq!(shown(&findings(&form())), []);
    assert_eq!(shown(&findings(&problem("会计唐国强未公示", |_, _| {}))), []);
}

#[test]
fn a_date_in_progress_of_six_columns_weighs_less() {
    let mut sheet = form();
    sheet.records[0].progress.owes.date = true;
    assert_eq!(shown(&findings(&sheet)), raised("date-missing", Level::Warning));
    sheet.layout = Layout::Four;
    assert_eq!(shown(&findings(&sheet)), raised("date-missing", Level::Error));
    assert_eq!(
        shown(&findings(&problem("会计唐国强未公示", |facts, _| facts.times.clear()))),
        raised("date-missing", Level::Error)
    );
}

#[test]
fn a_column_that_nobody_knows_is_told_where_a_field_has_none() {
    let column =
        |col, title: &str, role| Column { col, pos: Pos::new(2, col), title: title.to_owned(), role, near: None };
    let mut sheet = form();
    let fields = [Field::Content, Field::Method, Field::Progress, Field::Handling];
    sheet.columns =
        (1..4).chain([5]).zip(fields).map(|(col, field)| column(col, field.chinese(), Role::Field(field))).collect();
    sheet.columns.insert(3, column(4, "存在不足", Role::Extra));
    sheet.columns.push(column(6, "备注", Role::Extra));
    sheet.records[0].extra = vec![("备注".to_owned(), "照片".to_owned())];
    assert_eq!(shown(&findings(&sheet)), []);
    sheet.records[0].extra.push(("存在不足".to_owned(), "未公示".to_owned()));
    let found = findings(&sheet);
    assert_eq!(shown(&found), raised("column-unknown", Level::Warning));
    assert_eq!(found[0].message, "不认识“存在不足”这一栏，表里又没有“发现问题”一栏");
    // Two tables side by side.
    sheet.columns.retain(|column| column.title != "存在不足");
    sheet.columns.push(column(9, "监督 内容", Role::Extra));
    sheet.records[0].extra = vec![("监督 内容".to_owned(), "作风建设方面".to_owned())];
    let found = findings(&sheet);
    assert_eq!(shown(&found), raised("column-unknown", Level::Warning));
    assert_eq!(found[0].message, "“监督 内容”有两栏，只读了 B3 下面的那一栏");
}

#[test]
fn a_full_date_settles_the_cell_and_an_impossible_one_spoils_it() {
    let text = "2026年3月5日至近日，2026年2月30日，3月";
    let sheet = |settled: bool, impossible: bool| {
        problem(text, |facts, text| {
            facts.times = vec![time(text, "近日", TimeClass::Vague, None), time(text, "3月", TimeClass::Partial, None)];
            if settled {
                facts.times.push(time(text, "2026年3月5日", TimeClass::Full, Some(day(3, 5))));
            }
            if impossible {
                facts.times.push(time(text, "2026年2月30日", TimeClass::Impossible, None));
            }
        })
    };
    assert_eq!(shown(&findings(&sheet(true, false))), []);
    assert_eq!(shown(&findings(&sheet(false, false))), raised("date-partial", Level::Error));
    let spoiled = findings(&sheet(true, true));
    assert_eq!(shown(&spoiled), raised("date-impossible", Level::Error));
    assert_eq!(spoiled[0].text, "2026年2月30日");
    assert_eq!(spoiled[0].message, "日历上没有“2026年2月30日”（2026年2月只有 28 天）");
}

#[test]
fn what_is_doubtful_is_a_warning_to_look_at() {
    let text = "会计唐国强、小方未公示";
    let sheet = |first: bool, second: bool| {
        problem(text, |facts, text| {
            facts.persons = vec![
                person(text, "会计唐国强", PersonClass::NoUnit, first),
                person(text, "小方", PersonClass::NoUnit, second),
            ];
        })
    };
    let doubtful = findings(&sheet(false, false));
    assert_eq!(shown(&doubtful), raised("person-no-unit", Level::Warning));
    assert!(doubtful[0].message.ends_with("（请核）"), "{}", doubtful[0].message);
    assert_eq!(doubtful[0].text, "会计唐国强、小方");
    let mixed = findings(&sheet(true, false));
    assert_eq!(shown(&mixed), raised("person-no-unit", Level::Error));
    assert_eq!(mixed[0].text, "会计唐国强", "only what is certain is blamed");

    let vague = |unsure| {
        findings(&problem(text, |facts, _| {
            facts.event = None;
            facts.event_unsure = unsure;
        }))
    };
    assert_eq!(shown(&vague(false)), raised("event-vague", Level::Error));
    assert_eq!(shown(&vague(true)), raised("event-vague", Level::Warning));
}

#[test]
fn a_cell_bears_each_label_once() {
    let text = "相关负责人、个别党员、会计唐国强";
    let found = findings(&problem(text, |facts, text| {
        facts.persons = vec![
            person(text, "相关负责人", PersonClass::NoName, true),
            person(text, "会计唐国强", PersonClass::NoUnit, true),
            person(text, "个别党员", PersonClass::NoName, true),
        ];
    }));
    let names: Vec<&str> = found.iter().map(|finding| finding.rule.name).collect();
    assert_eq!(names, ["person-no-name", "person-no-unit"]);
    assert_eq!(found[0].text, "相关负责人、个别党员");
}

#[test]
fn a_cell_in_error_is_blamed_for_the_error_alone() {
    let mut sheet = problem("#REF!", |facts, _| *facts = Facts::default());
    sheet.records[0].handling.text.clear();
    sheet.records[0].method.text.clear();
    for (row, col, text, field) in
        [(3, 4, "#REF!", Some(Field::Problem)), (3, 2, "", Some(Field::Method)), (3, 0, "#N/A", None)]
    {
        sheet.errors.push(CellError { pos: Pos::new(row, col), text: text.to_owned(), field });
    }
    let found = findings(&sheet);
    let of = |level| ("cell-error".to_owned(), level);
    assert_eq!(shown(&found), [of(Level::Error), of(Level::Error), of(Level::Warning)]);
    assert!(found.iter().all(|finding| finding.row == Some(4)));
}

#[test]
fn a_range_that_reaches_into_the_period_is_in_it() {
    let sheet = |first, last| {
        let mut form = form();
        let progress = &mut form.records[0].progress;
        progress.facts.times =
            vec![Time { end: Some(last), ..time(&progress.text, "2026年3月5日", TimeClass::Full, Some(first)) }];
        form
    };
    // The period of March runs from the day after the 25th of February to the 31st of March.
    for (first, last, inside) in [
        (day(2, 25), day(2, 25), false),
        (day(2, 26), day(2, 26), true),
        (day(2, 20), day(2, 26), true),
        (day(3, 31), day(3, 31), true),
        (day(4, 1), day(4, 1), false),
    ] {
        let found = findings(&sheet(first, last));
        let wanted = if inside { Vec::new() } else { raised("date-out-of-period", Level::Warning) };
        assert_eq!(shown(&found), wanted, "{first} {last}");
    }
}

#[test]
fn a_deadline_may_lie_after_the_receipt() {
    let settings = Settings::builtin("dongan").unwrap();
    let sheet = |deadline| {
        problem("会计唐国强未公示，限2026年4月10日前公示", |facts, text| {
            let late = time(text, "2026年4月10日", TimeClass::Full, Some(day(4, 10)));
            facts.times.push(Time { deadline, ..late });
        })
    };
    assert_eq!(shown(&findings_of(&sheet(true), &settings, Some(day(3, 24)))), []);
    let late = shown(&findings_of(&sheet(false), &settings, Some(day(3, 24))));
    assert_eq!(late, raised("date-future", Level::Warning));
    assert_eq!(shown(&findings_of(&sheet(false), &settings, None)), [], "without a receipt nobody knows");
}

#[test]
fn a_switched_off_rule_is_silent_and_a_county_sets_its_levels() {
    let mut settings = Settings::builtin("dongan").unwrap();
    let mut sheet = form();
    sheet.head.reporter.value.clear();
    settings.levels.insert("reporter-missing".to_owned(), Level::Info);
    assert_eq!(shown(&findings_of(&sheet, &settings, None)), raised("reporter-missing", Level::Info));
    settings.levels.insert("reporter-missing".to_owned(), Level::Off);
    assert_eq!(shown(&findings_of(&sheet, &settings, None)), []);
}

#[test]
fn a_nil_return_gives_its_reason_and_a_name() {
    let sheet = |text: &str, named: Option<PersonClass>| {
        let mut form = form();
        form.records.clear();
        let mut progress = cell(Field::Progress, 3, text);
        progress.facts.persons = named.map(|class| person(text, "李文", class, true)).into_iter().collect();
        form.nil = Some(Nil { row: 4, progress });
        shown(&findings(&form))
    };
    let incomplete = raised("nil-incomplete", Level::Error);
    assert_eq!(sheet("因防汛抢险未开展，李文", Some(PersonClass::NoUnit)), []);
    assert_eq!(sheet("李文", Some(PersonClass::NoPost)), incomplete);
    assert_eq!(sheet("因防汛抢险未开展，李文", None), incomplete);
    assert_eq!(sheet("因防汛抢险未开展，李文", Some(PersonClass::NoName)), incomplete);
    assert_eq!(sheet("", None), incomplete);
}
