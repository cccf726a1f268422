//! A small made-up county with judged forms by hand, for the tests of the tally. Its points are the default ones.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::calendar::Month;
use crate::config::{Audience, Focus, Frequency, Level, Project, Settings, Task, TaskList, Topic, Unit, UnitKind};
use crate::form::{Account, Cell, Duty, Field, Form, Head, Layout, Nil, Record};
use crate::place::Pos;
use crate::points::Points;
use crate::register::{Adjustment, Case, CaseLevel, Closing, Receipt, Registers, Waiver};
use crate::rules::{Finding, Rule};
use crate::tally::{Tally, UnitMonth, count};
use crate::text::{Deadline, Facts, Time, TimeClass};
use crate::verdict::{FileState, Follows, Inbox, JudgedFile, JudgedForm, RecordVerdict};

/// `day("2026-03-25")`.
pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// `month("2026-03")`.
pub(super) fn month(text: &str) -> Month {
    Month::parse(text).unwrap()
}

/// The county's files.
pub(super) struct County {
    pub project: Project,
    pub registers: Registers,
    pub inboxes: BTreeMap<Month, Inbox>,
}

impl County {
    /// Units that end in 组 are dispatched ones, the others township ones. One list a kind: townships owe three
    /// monthly tasks, one of each longer cadence and one year-round one; dispatched units owe a year-round one.
    pub(super) fn new(units: &[&str]) -> County {
        let unit = |name: &&str| Unit {
            name: (*name).to_owned(),
            kind: if name.ends_with('组') { UnitKind::Dispatched } else { UnitKind::Township },
            aliases: Vec::new(),
            phone: Some("0746-4210001".to_owned()),
            supervises: Vec::new(),
            from: None,
            to: None,
            exempt: Vec::new(),
        };
        let settings = Settings {
            units: units.iter().map(unit).collect(),
            lists: vec![
                TaskList {
                    title: "乡镇".to_owned(),
                    kind: UnitKind::Township,
                    prefix: "任务".to_owned(),
                    tasks: vec![
                        task(1, Frequency::Weekly, 1),
                        task(2, Frequency::Monthly, 2),
                        task(3, Frequency::Monthly, 3),
                        task(4, Frequency::Quarterly, 4),
                        task(5, Frequency::HalfYearly, 5),
                        task(6, Frequency::Yearly, 6),
                        task(7, Frequency::YearRound, 7),
                    ],
                },
                TaskList {
                    title: "派驻".to_owned(),
                    kind: UnitKind::Dispatched,
                    prefix: "任务".to_owned(),
                    tasks: vec![task(1, Frequency::YearRound, 1)],
                },
            ],
            ..Settings::builtin("dongan").unwrap()
        };
        let project = Project { root: PathBuf::from("."), written: true, settings };
        County { project, registers: Registers::default(), inboxes: BTreeMap::new() }
    }

    pub(super) fn focus(&mut self, at: &str, number: u32, audience: Audience) {
        let item = Focus { number, title: format!("重点{number}"), content: 0, audience };
        self.project.settings.focus.entry(month(at)).or_default().push(item);
    }

    /// Puts a file into 报送/; `unit` is what its form, the register or its name gives.
    pub(super) fn file(&mut self, at: &str, path: &str, unit: Option<usize>, state: FileState, forms: Vec<JudgedForm>) {
        let at = month(at);
        let inbox = self.inboxes.entry(at).or_default();
        inbox.month = Some(at);
        inbox.files.push(JudgedFile {
            path: path.to_owned(),
            in_project: path.to_owned(),
            asked: Some(at),
            digest: String::new(),
            state,
            unit,
            received: None,
            forms,
            findings: Vec::new(),
        });
    }

    /// A readable file with one form of a unit, with a receipt line where `received` gives a day.
    pub(super) fn sheet(&mut self, at: &str, unit: usize, received: Option<&str>, form: JudgedForm) {
        let files = self.inboxes.get(&month(at)).map_or(0, |inbox| inbox.files.len());
        let path = format!("报送/{at}/{files:02}.xlsx");
        if let Some(received) = received {
            self.receipt(at, unit, received, &path, Some(form.accepted));
        }
        let form = JudgedForm { unit: self.project.settings.units.get(unit).map(|_| unit), ..form };
        self.file(at, &path, Some(unit), FileState::Form, vec![form]);
    }

    pub(super) fn receipt(&mut self, at: &str, unit: usize, received: &str, file: &str, accepted: Option<bool>) {
        self.registers.receipts.push(Receipt {
            line: self.registers.receipts.len() + 2,
            day: day(received),
            unit,
            month: month(at),
            file: file.to_owned(),
            digest: String::new(),
            accepted,
        });
    }

    pub(super) fn adjust(&mut self, at: &str, unit: usize, item: &str, points: &str) {
        self.registers.adjustments.push(Adjustment {
            line: self.registers.adjustments.len() + 2,
            month: month(at),
            unit,
            item: item.to_owned(),
            points: Points::parse(points).unwrap(),
            reason: "市纪委通报表扬".to_owned(),
            document: "市纪发〔2026〕3号".to_owned(),
            by: "李远航".to_owned(),
            day: month(at).last_day(),
        });
    }

    pub(super) fn close(&mut self, problem: &str, unit: usize, closed: &str) {
        self.registers.closings.push(Closing {
            line: self.registers.closings.len() + 2,
            problem: problem.to_owned(),
            month: Month::parse(problem.get(..7).unwrap()).unwrap(),
            unit,
            day: day(closed),
            ground: "现场核实".to_owned(),
            by: "李远航".to_owned(),
        });
    }

    pub(super) fn case(&mut self, level: CaseLevel, unit: usize, due: &str, done: Option<&str>) {
        self.registers.cases.push(Case {
            line: self.registers.cases.len() + 2,
            number: format!("{}号", self.registers.cases.len() + 1),
            level,
            unit,
            matter: "信访件".to_owned(),
            given: day("2026-01-05"),
            due: day(due),
            done: done.map(day),
        });
    }

    pub(super) fn waive(&mut self, at: &str, unit: usize, rule: &str, row: Option<u32>) -> usize {
        self.registers.waivers.push(Waiver {
            line: self.registers.waivers.len() + 2,
            month: month(at),
            unit,
            file: String::new(),
            sheet: String::new(),
            row,
            rule: rule.to_owned(),
            by: "李远航".to_owned(),
            reason: "情况属实".to_owned(),
            day: month(at).last_day(),
        });
        self.registers.waivers.len() - 1
    }

    pub(super) fn count(&self, at: &str) -> Tally {
        self.count_on(at, month(at).last_day())
    }

    pub(super) fn count_on(&self, at: &str, as_of: NaiveDate) -> Tally {
        count(&self.project, &self.registers, &self.inboxes, month(at), as_of)
    }

    /// The first unit's month.
    pub(super) fn first(&self, at: &str) -> UnitMonth {
        self.count(at).units.into_iter().next().unwrap()
    }
}

fn task(number: u32, frequency: Frequency, content: usize) -> Task {
    Task {
        number,
        title: format!("题目{number}"),
        text: format!("全文{number}"),
        frequency,
        content,
        by_receipt: false,
    }
}

/// A six-column form without a record, accepted and counting.
pub(super) fn form() -> JudgedForm {
    JudgedForm {
        form: Form {
            sheet: "Sheet1".to_owned(),
            layout: Layout::Six,
            head: Head::default(),
            month: None,
            header_row: 2,
            columns: Vec::new(),
            records: Vec::new(),
            nil: None,
            account: Account::default(),
            aside: Vec::new(),
            hidden: Vec::new(),
            errors: Vec::new(),
        },
        unit: None,
        unit_name: None,
        kind: None,
        month: None,
        asked: None,
        accepted: true,
        counts: true,
        replaced_by: None,
        findings: Vec::new(),
        verdicts: Vec::new(),
    }
}

impl JudgedForm {
    /// Adds a valid record that names `topic` and found nothing.
    pub(super) fn done(mut self, topic: Topic) -> JudgedForm {
        let row = 4 + u32::try_from(self.form.records.len()).unwrap();
        self.form.records.push(record(row));
        self.form.account.rows_seen += 1;
        self.verdicts.push(RecordVerdict {
            valid: true,
            topic: Some(topic),
            methods: vec![Some(0)],
            follows: None,
            repeats: None,
        });
        self
    }

    /// Adds `n` valid records of a bare content.
    pub(super) fn bare(mut self, content: usize, n: usize) -> JudgedForm {
        for _ in 0..n {
            self = self.done(Topic::Content(content));
        }
        self
    }

    /// Adds a valid record with a problem; `change` sets the facts of its handling.
    pub(super) fn problem(mut self, change: impl FnOnce(&mut Facts)) -> JudgedForm {
        self = self.bare(0, 1);
        let record = self.form.records.last_mut().unwrap();
        record.problem.text = "2026年2月27日，大坪村会计唐国强未公示账目。".to_owned();
        record.problem.facts.none = false;
        record.handling.text = "2026年2月28日，约谈大坪村会计唐国强。".to_owned();
        change(&mut record.handling.facts);
        self
    }

    /// Adds a valid record with a problem that has a deadline.
    pub(super) fn due(self, until: &str) -> JudgedForm {
        self.problem(|facts| facts.deadline = Some(Deadline::Day(day(until))))
    }

    /// The last record goes on with the one in a row of an earlier month's first file.
    pub(super) fn follows(mut self, at: &str, row: u32) -> JudgedForm {
        let origin = self.origin(at, row);
        self.verdicts.last_mut().unwrap().follows = Some(origin);
        self
    }

    /// The last record tells the one in a row of an earlier month's first file again, word for word.
    pub(super) fn repeats(mut self, at: &str, row: u32) -> JudgedForm {
        let origin = self.origin(at, row);
        self.verdicts.last_mut().unwrap().repeats = Some(origin);
        self
    }

    fn origin(&self, at: &str, row: u32) -> Follows {
        Follows { month: month(at), file: format!("报送/{at}/00.xlsx"), sheet: self.form.sheet.clone(), row }
    }

    /// The last record is not valid.
    pub(super) fn invalid(mut self) -> JudgedForm {
        self.verdicts.last_mut().unwrap().valid = false;
        self.accepted = false;
        self
    }

    /// Adds a finding of the head, or (row given) of a record, which an error makes invalid.
    pub(super) fn found(mut self, name: &'static str, level: Level, cell: (u32, u32), field: Field) -> JudgedForm {
        let row = cell.0 + 1;
        if level == Level::Error {
            self.accepted = false;
            if let Some(at) = self.form.records.iter().position(|record| record.rows.contains(&row)) {
                self.verdicts[at].valid = false;
            }
        }
        self.findings.push(Finding {
            rule: rule(name),
            level,
            pos: Some(Pos::new(cell.0, cell.1)),
            row: Some(row),
            field: Some(field),
            text: String::new(),
            message: format!("{name} 的说明"),
            suggestion: String::new(),
            waived: None,
        });
        self
    }

    /// The last finding is accepted by the clerk.
    pub(super) fn waived(mut self, waiver: usize) -> JudgedForm {
        self.findings.last_mut().unwrap().waived = Some(waiver);
        self.accepted = true;
        self
    }

    pub(super) fn nil(mut self) -> JudgedForm {
        let progress = cell(Field::Progress, 4);
        self.form.nil = Some(Nil { row: 4, progress });
        self
    }
}

/// A rule of that name; the tally asks for nothing else of it.
pub(super) fn rule(name: &'static str) -> &'static Rule {
    Box::leak(Box::new(Rule { name, title: name, page: "" }))
}

/// A full date of a cell.
pub(super) fn full_date(text: &str, deadline: bool) -> Time {
    let day = Some(day(text));
    Time { span: crate::place::Span::new(0, 0), class: TimeClass::Full, day, end: day, deadline }
}

fn record(row: u32) -> Record {
    let mut problem = cell(Field::Problem, row);
    problem.text = "无".to_owned();
    problem.facts.none = true;
    Record {
        row,
        rows: vec![row],
        content: cell(Field::Content, row),
        method: cell(Field::Method, row),
        progress: cell(Field::Progress, row),
        problem,
        handling: cell(Field::Handling, row),
        extra: Vec::new(),
    }
}

fn cell(field: Field, row: u32) -> Cell {
    let col = match field {
        Field::Content => 1,
        Field::Method => 2,
        Field::Progress => 3,
        Field::Problem => 4,
        _ => 5,
    };
    Cell { field, pos: Pos::new(row - 1, col), text: String::new(), facts: Facts::default(), owes: Duty::default() }
}
