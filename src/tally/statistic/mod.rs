//! 统计指标: what the month's records say was done (`domain.md` section 3). Takes the valid records that count and the
//! ledger; gives a line for every figure, with the words it was read from. The page adds them up by unit and indicator.
//!
//! A figure that is only rough, that sums up more than the month, or that no number stands for is a line without a
//! value. Of one record each act is told once: 处理情况 speaks for it, 监督开展情况 where that is silent.

use std::collections::BTreeSet;

use super::{Entry, Problem, ProblemStatus, RecordRef, Tally};
use crate::config::Settings;
use crate::form::{Cell, Field, Form, Layout, Record};
use crate::place::Span;
use crate::text::deed::{self, Act, Deed, Figure, Money, Names, State};
use crate::text::{Facts, Lexicon};
use crate::verdict::{Inbox, JudgedFile};

mod indicator;
mod visit;

pub(crate) use indicator::{Block, Counts, INDICATORS, Indicator};

/// One figure as a record tells it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Index into `INDICATORS`.
    pub indicator: usize,
    /// Index into `Tally::units`.
    pub unit: usize,
    pub at: RecordRef,
    pub field: Field,
    /// What is added up, money in 分; none where nothing is.
    pub value: Option<i64>,
    /// Why nothing is added, or what the figure is taken from; empty where the words say it.
    pub note: &'static str,
    /// The number as written; empty where persons or things are counted.
    pub written: String,
    /// The words it was read from.
    pub words: String,
}

/// A method whose name says so is one of checking.
pub(crate) const CHECKING: &str = "检查";
/// Lines of one record, at most: no report tells more, and a cell full of rubbish must not fill the memory.
const MOST: usize = 200;

/// Every figure of the month, by unit, then by indicator, then in the order of the records.
pub(crate) fn lines(settings: &Settings, inbox: &Inbox, tally: &Tally) -> Vec<Line> {
    let words = settings.lexicon();
    let mut lines = Vec::new();
    let mut seen = BTreeSet::new();
    for entry in &tally.entries {
        let Some((file, form, record)) = record(inbox, entry.at) else { continue };
        let problem = tally.ledger.iter().find(|problem| {
            problem.month == tally.month
                && problem.row == record.row
                && problem.sheet == form.sheet
                && problem.file == file.in_project
        });
        let mut told = Told { settings, words: &words, entry, form, record, problem, lines: Vec::new() };
        told.checks();
        told.visits(tally, &mut seen);
        told.problem();
        told.deeds();
        told.sums();
        told.lines.truncate(MOST);
        lines.append(&mut told.lines);
    }
    lines.sort_by_key(|line| (line.unit, line.indicator));
    lines
}

fn record(inbox: &Inbox, at: RecordRef) -> Option<(&JudgedFile, &Form, &Record)> {
    let file = inbox.files.get(at.file)?;
    let form = &file.forms.get(at.form)?.form;
    Some((file, form, form.records.get(at.record)?))
}

/// The cells that speak for what was done, the first that tells of an act alone. 发现问题 is none of them: what others
/// did there is no deed of the unit.
fn speaking(layout: Layout, record: &Record) -> Vec<&Cell> {
    match layout {
        Layout::Six => vec![&record.handling, &record.progress],
        Layout::Four => vec![&record.progress],
    }
}

/// The cell that tells the problem.
fn telling(layout: Layout, record: &Record) -> &Cell {
    match layout {
        Layout::Six => &record.problem,
        Layout::Four => &record.progress,
    }
}

/// The cell that answers it.
fn answering(layout: Layout, record: &Record) -> &Cell {
    match layout {
        Layout::Six => &record.handling,
        Layout::Four => &record.progress,
    }
}

/// A record under way.
struct Told<'a> {
    settings: &'a Settings,
    words: &'a Lexicon,
    entry: &'a Entry,
    form: &'a Form,
    record: &'a Record,
    /// What it reports, where it goes on with no earlier one.
    problem: Option<&'a Problem>,
    lines: Vec<Line>,
}

/// The longest stretch that is quoted, in characters.
const QUOTED: usize = 80;

fn quoted(words: &str) -> String {
    let words = words.trim().replace('\n', " ");
    if words.chars().count() <= QUOTED {
        return words;
    }
    words.chars().take(QUOTED).chain(['…']).collect()
}

impl Told<'_> {
    fn line(&mut self, counts: Counts, cell: &Cell, told: (Option<i64>, &'static str), written: &str, words: &str) {
        let Some(indicator) = indicator::place(counts) else { return };
        let (value, note) = told;
        self.lines.push(Line {
            indicator,
            unit: self.entry.unit,
            at: self.entry.at,
            field: cell.field,
            value,
            note,
            written: written.to_owned(),
            words: quoted(words),
        });
    }

    fn names(&self) -> Names {
        let cells = [&self.record.progress, &self.record.problem, &self.record.handling];
        Names::of(cells.map(|cell| (cell.text.as_str(), &cell.facts)))
    }

    /// What a cell says was done. A 监督开展情况 that owes no person was read without them: it is read again where it
    /// tells of an act to somebody.
    fn read(&self, cell: &Cell) -> Vec<Deed> {
        let deeds = deed::read(&cell.text, &cell.facts, &self.names());
        let unread = cell.facts.persons.is_empty() && deeds.iter().any(|deed| deed.figure == Figure::Unsaid);
        if !unread {
            return deeds;
        }
        let facts: Facts = crate::text::read(&cell.text, self.words);
        let others = [&self.record.problem, &self.record.handling].map(|cell| (cell.text.as_str(), &cell.facts));
        let names = Names::of(others.into_iter().chain([(cell.text.as_str(), &facts)]));
        deed::read(&cell.text, &facts, &names)
    }

    /// The times of checking: as stated, else one for a record of checking.
    fn checks(&mut self) {
        let record = self.record;
        let cell = &record.progress;
        let stated: Vec<Deed> = self.read(cell).into_iter().filter(|deed| deed.act == Act::Check).collect();
        let methods = self.entry.methods.iter().flatten();
        let checks = methods
            .into_iter()
            .any(|method| self.settings.methods.get(*method).is_some_and(|name| name.contains(CHECKING)));
        for deed in &stated {
            let (value, note) = value(deed.figure);
            self.line(Counts::Check, cell, (value, note), written(deed, &cell.text), deed.span.of(&cell.text));
        }
        if checks && stated.iter().all(|deed| value(deed.figure).0.is_none()) {
            self.line(Counts::Check, cell, (Some(1), "按监督方式计1次"), "", &cell.text);
        }
    }

    /// The units and villages named, each once in the month of a reporting unit.
    fn visits(&mut self, tally: &Tally, seen: &mut BTreeSet<(usize, String)>) {
        let unit = tally.units.get(self.entry.unit);
        let supervised =
            unit.and_then(|unit| self.settings.units.get(unit.roster?)).map_or(&[][..], |unit| &unit.supervises);
        let own = unit.map_or("", |unit| unit.name.as_str());
        let record = self.record;
        for (cell, name) in visit::find(self.form.layout, record, supervised, own) {
            if seen.insert((self.entry.unit, name.clone())) {
                let counts = if visit::is_village(&name) { Counts::Village } else { Counts::Unit };
                self.line(counts, cell, (Some(1), ""), "", &name);
            }
        }
    }

    /// The problem of the record, and whether it is put right.
    fn problem(&mut self) {
        let Some(problem) = self.problem else { return };
        let record = self.record;
        let cell = telling(self.form.layout, record);
        let stated = [cell, &record.progress].into_iter().find_map(|cell| {
            let found = self.read(cell).into_iter().find(|deed| deed.act == Act::Problem)?;
            Some((cell, found))
        });
        let many = match &stated {
            Some((cell, deed)) => {
                let (value, note) = value(deed.figure);
                self.line(Counts::Problem, cell, (value, note), written(deed, &cell.text), deed.span.of(&cell.text));
                // Sums of a longer time stand beside the record's own problem.
                if matches!(deed.figure, Figure::Longer | Figure::Month) { None } else { Some(value) }
            }
            None => None,
        };
        let many = many.unwrap_or_else(|| {
            self.line(Counts::Problem, cell, (Some(1), "按记录计1个"), "", &cell.text);
            Some(1)
        });
        self.rectified(problem, many);
    }

    fn rectified(&mut self, problem: &Problem, many: Option<i64>) {
        let record = self.record;
        let cell = answering(self.form.layout, record);
        let told = self.read(cell).into_iter().find(|deed| deed.act == Act::Rectified);
        let stated = told.as_ref().map(|deed| (deed.figure, deed.span.of(&cell.text)));
        let closed = matches!(problem.status, ProblemStatus::Closed(_));
        let settled = matches!(problem.status, ProblemStatus::Settled);
        let (figure, words) = match (stated, many) {
            (Some((Figure::Exact(part), words)), Some(many)) => ((Some(i64::from(part).min(many)), ""), words),
            (Some((Figure::All, words)), Some(many)) => ((Some(many), "全部整改，按发现问题数计"), words),
            (Some((figure @ (Figure::About | Figure::Longer), words)), _) => (value(figure), words),
            _ if closed && many.is_some() => ((many, "已销号"), cell.text.as_str()),
            _ if settled && many == Some(1) => ((Some(1), ""), cell.text.as_str()),
            _ if settled || closed => ((None, "整改了几个没有写，未计入"), cell.text.as_str()),
            _ => return,
        };
        let number = told.as_ref().map_or("", |deed| written(deed, &cell.text));
        self.line(Counts::Rectified, cell, figure, number, words);
    }

    /// All other acts.
    fn deeds(&mut self) {
        let record = self.record;
        let mut told: BTreeSet<Act> = BTreeSet::new();
        for cell in speaking(self.form.layout, record) {
            let deeds = self
                .read(cell)
                .into_iter()
                .filter(|deed| !matches!(deed.act, Act::Check | Act::Problem | Act::Rectified));
            let deeds: Vec<Deed> = deeds.filter(|deed| !told.contains(&deed.act)).collect();
            told.extend(deeds.iter().map(|deed| deed.act));
            for deed in deeds {
                let counts = Counts::Deed(deed.act, deed.times);
                let (counts, figure) = match indicator::place(counts) {
                    Some(_) => (counts, value(deed.figure)),
                    // 处分3人次: no indicator counts it by times.
                    None => (Counts::Deed(deed.act, false), (None, "按次计的数，不与按人、按件的相加，未计入")),
                };
                self.line(counts, cell, figure, written(&deed, &cell.text), deed.span.of(&cell.text));
            }
        }
    }

    /// Sums of money: of a problem that is new this month, and what came back.
    fn sums(&mut self) {
        let record = self.record;
        let layout = self.form.layout;
        let (found, back) = (telling(layout, record), answering(layout, record));
        if self.problem.is_some() {
            let involved = deed::involved(&found.text, &found.facts, layout == Layout::Four);
            self.money(Counts::Involved, found, involved);
        }
        let recovered = deed::recovered(&back.text, &back.facts);
        self.money(Counts::Recovered, back, recovered);
    }

    fn money(&mut self, counts: Counts, cell: &Cell, sums: Vec<Money>) {
        for sum in sums {
            let told = match sum.state {
                State::Counted => (Some(sum.fen), ""),
                State::About => (None, ABOUT),
                State::Part => (None, "已含在合计数内，未计入"),
                State::Price => (None, "单价、标准或预算，未计入"),
                State::Ordered => (None, "责令退缴，没有写已退，未计入"),
            };
            self.line(counts, cell, told, sum.written.of(&cell.text), sum.span.of(&cell.text));
        }
    }
}

const ABOUT: &str = "约数，未计入";

/// What is added of a figure, and why nothing is.
fn value(figure: Figure) -> (Option<i64>, &'static str) {
    match figure {
        Figure::Exact(number) => (Some(i64::from(number)), ""),
        Figure::About => (None, ABOUT),
        Figure::Longer => (None, "累计数，不是本月的，未计入"),
        Figure::Month => (None, "全月合计，与逐条的重复，未计入"),
        Figure::All | Figure::Unsaid => (None, "没有写数，未计入"),
    }
}

fn written<'t>(deed: &Deed, text: &'t str) -> &'t str {
    deed.written.map_or("", |span: Span| span.of(text))
}
