//! What one record tells: its cells are read once, and each figure of it becomes a line.

use std::collections::BTreeSet;

use super::indicator::{self, Counts};
use super::{CHECKING, Line, visit};
use crate::config::Settings;
use crate::form::{Cell, Layout, Record};
use crate::tally::{Entry, Problem, ProblemStatus, Tally};
use crate::text::Lexicon;
use crate::text::deed::{self, Act, Deed, Figure, Money, Names, State};

/// A record under way.
pub(super) struct Told<'a> {
    settings: &'a Settings,
    entry: &'a Entry,
    layout: Layout,
    record: &'a Record,
    /// What it reports, where it goes on with no earlier one.
    problem: Option<&'a Problem>,
    names: Names,
    progress: Spoken<'a>,
    found: Spoken<'a>,
    handling: Spoken<'a>,
}

/// A cell and what it says was done.
struct Spoken<'a> {
    cell: &'a Cell,
    deeds: Vec<Deed>,
}

/// What is added up, and the words about it.
type Value = (Option<i64>, &'static str);

/// The longest stretch that is quoted, in characters.
const QUOTED: usize = 80;
const ABOUT: &str = "约数，未计入";

impl<'a> Spoken<'a> {
    fn new(cell: &'a Cell, names: &Names) -> Spoken<'a> {
        Spoken { cell, deeds: deed::read(&cell.text, &cell.facts, names) }
    }

    /// A 监督开展情况 that owes no person was read without them: it is read again where it tells of an act to somebody.
    fn again(self, words: &Lexicon, others: [&Cell; 2]) -> Spoken<'a> {
        let cell = self.cell;
        let unread = cell.facts.persons.is_empty() && self.deeds.iter().any(|deed| deed.figure == Figure::Unsaid);
        if !unread {
            return self;
        }
        let facts = crate::text::read(&cell.text, words);
        let others = others.map(|cell| (cell.text.as_str(), &cell.facts));
        let names = Names::of(others.into_iter().chain([(cell.text.as_str(), &facts)]));
        Spoken { cell, deeds: deed::read(&cell.text, &facts, &names) }
    }

    /// The first deed of a kind.
    fn first(&self, act: Act) -> Option<&Deed> {
        self.deeds.iter().find(|deed| deed.act == act)
    }

    /// The number of a deed as written; empty where none is.
    fn written(&self, deed: &Deed) -> &'a str {
        deed.written.map_or("", |span| span.of(&self.cell.text))
    }
}

impl<'a> Told<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        words: &Lexicon,
        entry: &'a Entry,
        (layout, record): (Layout, &'a Record),
        problem: Option<&'a Problem>,
    ) -> Told<'a> {
        let cells = [&record.progress, &record.problem, &record.handling];
        let names = Names::of(cells.map(|cell| (cell.text.as_str(), &cell.facts)));
        let progress = Spoken::new(&record.progress, &names).again(words, [&record.problem, &record.handling]);
        let (found, handling) = (Spoken::new(&record.problem, &names), Spoken::new(&record.handling, &names));
        Told { settings, entry, layout, record, problem, names, progress, found, handling }
    }

    /// The cells that speak for what was done, the first that tells of an act alone. 发现问题 is none of them: what
    /// others did there is no deed of the unit.
    fn speaking(&self) -> Vec<&Spoken<'a>> {
        match self.layout {
            Layout::Six => vec![&self.handling, &self.progress],
            Layout::Four => vec![&self.progress],
        }
    }

    /// The cell that tells the problem.
    fn telling(&self) -> &Spoken<'a> {
        if self.layout == Layout::Six { &self.found } else { &self.progress }
    }

    /// The cell that answers it.
    fn answering(&self) -> &Spoken<'a> {
        if self.layout == Layout::Six { &self.handling } else { &self.progress }
    }

    fn line(&self, counts: Counts, cell: &Cell, (value, note): Value, written: &str, words: &str) -> Option<Line> {
        Some(Line {
            indicator: indicator::place(counts)?,
            unit: self.entry.unit,
            at: self.entry.at,
            field: cell.field,
            value,
            note,
            written: written.to_owned(),
            words: quoted(words),
        })
    }

    fn of(&self, counts: Counts, spoken: &Spoken<'_>, deed: &Deed, value: Value) -> Option<Line> {
        self.line(counts, spoken.cell, value, spoken.written(deed), deed.span.of(&spoken.cell.text))
    }

    /// The times of checking: as stated, else one for a record of checking.
    pub(super) fn checks(&self) -> Vec<Line> {
        let stated: Vec<&Deed> = self.progress.deeds.iter().filter(|deed| deed.act == Act::Check).collect();
        let line = |deed: &&Deed| self.of(Counts::Check, &self.progress, deed, value(deed.figure));
        let mut lines: Vec<Line> = stated.iter().filter_map(line).collect();
        let name = |method: &usize| self.settings.methods.get(*method);
        let checks = self.entry.methods.iter().flatten().filter_map(name).any(|name| name.contains(CHECKING));
        if checks && lines.iter().all(|line| line.value.is_none()) {
            let cell = self.progress.cell;
            lines.extend(self.line(Counts::Check, cell, (Some(1), "按监督方式计1次"), "", &cell.text));
        }
        lines
    }

    /// The units and villages named, each once in the month of a reporting unit.
    pub(super) fn visits(&self, tally: &Tally, seen: &mut BTreeSet<(usize, String)>) -> Vec<Line> {
        let unit = tally.units.get(self.entry.unit);
        let listed = unit.and_then(|unit| self.settings.units.get(unit.roster?));
        let supervised = listed.map_or(&[][..], |unit| &unit.supervises);
        let own = unit.map_or("", |unit| unit.name.as_str());
        let mut lines = Vec::new();
        for (cell, name) in visit::find(self.layout, self.record, supervised, own, &self.names) {
            if seen.insert((self.entry.unit, name.clone())) {
                let counts = if visit::is_village(&name) { Counts::Village } else { Counts::Unit };
                lines.extend(self.line(counts, cell, (Some(1), ""), "", &name));
            }
        }
        lines
    }

    /// The problem of the record, a stated number winning over the one of its record; and whether it is put right.
    pub(super) fn problem(&self) -> Vec<Line> {
        let Some(problem) = self.problem else { return Vec::new() };
        let stated = [self.telling(), &self.progress];
        let stated = stated.into_iter().find_map(|spoken| Some((spoken, spoken.first(Act::Problem)?)));
        let mut lines = Vec::new();
        let mut many = Some(1);
        if let Some((spoken, deed)) = stated {
            lines.extend(self.of(Counts::Problem, spoken, deed, value(deed.figure)));
        }
        match stated.map(|(_, deed)| deed.figure) {
            // Sums of a longer time stand beside the record's own problem.
            None | Some(Figure::Longer | Figure::Month) => {
                let cell = self.telling().cell;
                lines.extend(self.line(Counts::Problem, cell, (many, "按记录计1个"), "", &cell.text));
            }
            Some(figure) => many = value(figure).0,
        }
        lines.extend(self.rectified(problem, many));
        lines
    }

    /// How many of a record's problems are put right.
    fn rectified(&self, problem: &Problem, many: Option<i64>) -> Option<Line> {
        let spoken = self.answering();
        let (cell, deed) = (spoken.cell, spoken.first(Act::Rectified));
        let closed = matches!(problem.status, ProblemStatus::Closed(_));
        let settled = matches!(problem.status, ProblemStatus::Settled);
        let told = match (deed.map(|deed| deed.figure), many) {
            (Some(Figure::Exact(part)), Some(many)) => Some((Some(i64::from(part).min(many)), "")),
            (Some(Figure::All), Some(many)) => Some((Some(many), "全部整改，按发现问题数计")),
            (Some(figure @ (Figure::About | Figure::Longer)), _) => Some(value(figure)),
            _ => None,
        };
        if let (Some(told), Some(deed)) = (told, deed) {
            return self.of(Counts::Rectified, spoken, deed, told);
        }
        let told = match many {
            Some(_) if closed => (many, "已销号"),
            Some(1) if settled => (many, ""),
            _ if settled || closed => (None, "整改了几个没有写，未计入"),
            _ => return None,
        };
        self.line(Counts::Rectified, cell, told, "", &cell.text)
    }

    /// All other acts. 处理情况 speaks for an act, 监督开展情况 where that is silent of it.
    pub(super) fn deeds(&self) -> Vec<Line> {
        let mut told: BTreeSet<Act> = BTreeSet::new();
        let mut lines = Vec::new();
        for spoken in self.speaking() {
            let mut here = BTreeSet::new();
            for deed in spoken.deeds.iter().filter(|deed| !told.contains(&deed.act)) {
                here.insert(deed.act);
                let counts = Counts::Deed(deed.act, deed.times);
                lines.extend(match deed.act {
                    Act::Check | Act::Problem | Act::Rectified => None,
                    _ if indicator::place(counts).is_some() => self.of(counts, spoken, deed, value(deed.figure)),
                    // 处分3人次: no indicator counts it by times.
                    _ => self.of(
                        Counts::Deed(deed.act, false),
                        spoken,
                        deed,
                        (None, "按次的数，不与按人、按件的相加，未计入"),
                    ),
                });
            }
            told.extend(here);
        }
        lines
    }

    /// Sums of money: of a problem that is new this month, and what came back.
    pub(super) fn sums(&self) -> Vec<Line> {
        let (telling, answering) = (self.telling().cell, self.answering().cell);
        let mut lines = Vec::new();
        if self.problem.is_some() {
            let involved = deed::involved(&telling.text, &telling.facts, &self.names, self.layout == Layout::Four);
            lines.extend(self.money(Counts::Involved, telling, involved));
        }
        let recovered = deed::recovered(&answering.text, &answering.facts, &self.names);
        lines.extend(self.money(Counts::Recovered, answering, recovered));
        lines
    }

    fn money(&self, counts: Counts, cell: &Cell, sums: Vec<Money>) -> Vec<Line> {
        let line = |sum: Money| {
            let told = match sum.state {
                State::Counted if sum.persons > 1 => (Some(sum.fen), "每人同数，按人数相乘"),
                State::Counted => (Some(sum.fen), ""),
                State::About => (None, ABOUT),
                State::Part => (None, "已含在合计数内，未计入"),
                State::Whole => (None, "总数，写明已退的部分另计，未计入"),
                State::Again => (None, "与前面的是同一笔，未重复计入"),
                State::Each => (None, "每人同数，人数不能确定，未计入"),
                State::Price => (None, "单价、标准或预算，未计入"),
                State::Ordered => (None, "责令退缴，没有写已退，未计入"),
            };
            self.line(counts, cell, told, sum.written.of(&cell.text), sum.span.of(&cell.text))
        };
        sums.into_iter().filter_map(line).collect()
    }
}

fn quoted(words: &str) -> String {
    let words = words.trim().replace('\n', " ");
    if words.chars().count() <= QUOTED {
        return words;
    }
    words.chars().take(QUOTED).chain(['…']).collect()
}

/// What is added of a figure, and why nothing is.
fn value(figure: Figure) -> Value {
    match figure {
        Figure::Exact(number) => (Some(i64::from(number)), ""),
        Figure::About => (None, ABOUT),
        Figure::Longer => (None, "累计数，不单是这一次的，未计入"),
        Figure::Month => (None, "全月合计，与逐条的重复，未计入"),
        Figure::All | Figure::Unsaid => (None, "没有写数，未计入"),
    }
}
