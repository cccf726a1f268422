//! What holds of any month whatever, over many made-up ones.

use std::collections::BTreeSet;

use super::fixture::{County, form, month};
use super::{ERROR, WARNING, does};
use crate::config::{Audience, Topic};
use crate::form::Field;
use crate::points::Points;
use crate::register::CaseLevel;
use crate::tally::{Item, ReceiptState, Tally, prices};
use crate::verdict::{FileState, JudgedForm};

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn sheet(dice: &mut Dice) -> JudgedForm {
    let mut sheet = form();
    for row in 0..u32::try_from(dice.roll(9)).unwrap() {
        sheet = match dice.roll(6) {
            0 => sheet.done(does(usize::try_from(dice.roll(6)).unwrap(), 1)),
            1 => sheet.done(Topic::Focus { number: 1, content: 0 }),
            2 => sheet.due(&format!("2026-0{}-{:02}", 1 + dice.roll(5), 1 + dice.roll(28))),
            3 => sheet.problem(|facts| facts.settled = true),
            _ => sheet.bare(usize::try_from(dice.roll(10)).unwrap(), 1),
        };
        sheet = match dice.roll(5) {
            0 => sheet.found("date-vague", ERROR, (3 + row, 4), Field::Problem),
            1 => sheet.found("problem-blank", WARNING, (3 + row, 4), Field::Problem),
            2 => sheet.invalid(),
            _ => sheet,
        };
    }
    match dice.roll(6) {
        0 => JudgedForm { counts: false, replaced_by: Some("later".to_owned()), ..sheet },
        1 => {
            let stray = sheet.found("month-mismatch", ERROR, (0, 0), Field::Month);
            JudgedForm { counts: false, ..stray }
        }
        _ => sheet,
    }
}

fn made_up(dice: &mut Dice) -> County {
    let mut county = County::new(&["甲镇纪委", "乙镇纪委", "驻财政局纪检监察组", "丙镇纪委", "驻水利局纪检监察组"]);
    county.focus("2026-03", 1, Audience::All);
    for at in ["2026-01", "2026-02", "2026-03"] {
        county.inboxes.entry(month(at)).or_default();
        for unit in 0..5 {
            for _ in 0..dice.roll(3) {
                let day = format!("{at}-{:02}", 18 + dice.roll(11));
                let sheet = sheet(dice);
                county.sheet(at, unit, (dice.roll(3) > 0).then_some(day.as_str()), sheet);
            }
            match dice.roll(9) {
                0 => county.adjust(at, unit, "加分", "3"),
                1 => county.adjust(at, unit, "任务完成", "-0.5"),
                2 => county.adjust(at, unit, "内容具体", "-4"),
                3 => county.case(CaseLevel::City, unit, &format!("{at}-1{}", dice.roll(9)), None),
                4 => county.file(at, "报送/坏.xlsx", Some(unit), FileState::Unreadable, Vec::new()),
                5 => county.close(&format!("{at}-{:02}-01", unit + 1), unit, &format!("{at}-2{}", dice.roll(8))),
                _ => {}
            }
        }
        let nobodys = JudgedForm { counts: false, ..sheet(dice) };
        county.file(at, "报送/谁.xlsx", None, FileState::Form, vec![nobodys]);
    }
    county
}

fn holds(county: &County, tally: &Tally) {
    let sum = |of: &dyn Fn(usize) -> u32| (0..tally.units.len()).map(of).sum::<u32>();
    let records = sum(&|n| tally.units[n].records) + tally.replaced + tally.unplaced;
    assert_eq!(records, tally.sums.records, "every record is somewhere");
    assert_eq!(sum(&|n| tally.units[n].valid), u32::try_from(tally.entries.len()).unwrap());
    let numbers: BTreeSet<&str> = tally.ledger.iter().map(|problem| problem.number.as_str()).collect();
    assert_eq!(numbers.len(), tally.ledger.len(), "no number twice");
    let table = prices(&county.project.settings.scoring);
    let price = |key: &str| table.iter().find(|price| price.key == key).unwrap().points;
    let fulls = ["timely-full", "form-full", "concrete-full", "task-full", "closure-full"].map(price);
    for (n, unit) in tally.units.iter().enumerate() {
        let entries = tally.entries.iter().filter(|entry| entry.unit == n).count();
        assert_eq!(usize::try_from(unit.valid).unwrap(), entries);
        assert!(unit.valid <= unit.records);
        let mine = tally.ledger.iter().filter(|problem| problem.unit == n && problem.month == tally.month);
        assert_eq!(usize::try_from(unit.problems).unwrap(), mine.count());
        let scored = !matches!(unit.receipt, ReceiptState::Pending | ReceiptState::NotOwed);
        assert_eq!((unit.total.is_some(), unit.rank.is_some(), unit.band.is_some()), (scored, scored, scored));
        let Some(total) = unit.total else { continue };
        assert_eq!(total, unit.items.into_iter().sum::<Points>() + unit.bonus);
        for ((item, left), full) in Item::ALL.into_iter().zip(unit.items).zip(fulls) {
            let lost: Points = unit.deductions.iter().filter(|row| row.item == item).map(|row| row.points).sum();
            assert_eq!(left, (full - lost).max(Points::ZERO), "{item:?}");
            assert!((Points::ZERO..=full).contains(&left), "{item:?}");
        }
        for row in &unit.deductions {
            if let Some((key, times)) = row.price {
                assert_eq!(row.points, price(key).times(i32::try_from(times).unwrap()), "{row:?}");
            }
        }
        let better = tally.units.iter().filter(|other| other.kind == unit.kind && other.total > unit.total).count();
        assert_eq!(unit.rank, u32::try_from(better + 1).ok());
    }
}

#[test]
fn records_rows_totals_and_ranks_agree_in_any_month() {
    let mut dice = Dice(20_260_325);
    for _ in 0..60 {
        let county = made_up(&mut dice);
        let mut charged = BTreeSet::new();
        for at in ["2026-01", "2026-02", "2026-03"] {
            let tally = county.count(at);
            holds(&county, &tally);
            let rows = tally.units.iter().flat_map(|unit| &unit.deductions);
            for row in rows.filter(|row| matches!(row.price, Some(("closure-overdue", _)))) {
                let problem = row.reason.split(' ').nth(1).unwrap().to_owned();
                assert!(charged.insert(problem), "a problem costs once: {}", row.reason);
            }
        }
        assert_eq!(county.count("2026-03").units.len(), county.count("2026-03").before.unwrap().units.len());
    }
}
