//! What becomes of each file that was given, one after the other.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::name::Taken;
use super::{Fate, Given, Held, Step, month};
use crate::calendar::Month;
use crate::config::Settings;
use crate::digest;
use crate::naming;
use crate::register::{Receipt, Registers};
use crate::verdict::{self, FileNames, FileState, JudgedFile};

/// The folders of the program's own products, and of what was sent back: nothing in them is a report that came in.
const NOT_SENT: [&str; 3] = ["下发/", "退回/", "汇总/"];

/// What is asked for each file.
struct Desk<'a> {
    settings: &'a Settings,
    registers: &'a Registers,
    held: &'a [Held],
    day: NaiveDate,
    /// Where a month's files go.
    folder: &'a dyn Fn(Month) -> String,
    taken: Taken,
    /// Receipts of this run, by unit and month, and whether one of them holds a form.
    arrived: BTreeMap<(usize, Month), (usize, bool)>,
    /// The files of this run, by what makes two of them one.
    seen: BTreeMap<(Month, Vec<usize>, String), usize>,
}

/// Plans the receipt of files on a day. `青石镇3月` comes before `青石镇3月（修改）`, so that the later one replaces the earlier.
pub(crate) fn plan(
    settings: &Settings,
    registers: &Registers,
    held: &[Held],
    given: &[Given<'_>],
    day: NaiveDate,
    folder: &dyn Fn(Month) -> String,
) -> Vec<Step> {
    // A file that was registered and taken away since keeps its name: two lines must not name two files by one path.
    let registered = registers.receipts.iter().map(|line| match line.file.contains('/') {
        true => line.file.clone(),
        false => format!("{}/{}", folder(line.month), line.file),
    });
    let taken = Taken::of(held.iter().map(|held| held.path.clone()).chain(registered));
    let (arrived, seen) = (BTreeMap::new(), BTreeMap::new());
    let mut desk = Desk { settings, registers, held, day, folder, taken, arrived, seen };
    let mut order: Vec<usize> = (0..given.len()).collect();
    let key = |at: &usize| {
        let file = given.get(*at).map_or("", |given| given.file.path.as_str());
        // What holds a form comes first: the others are judged by whether the unit has sent one.
        let loose = given.get(*at).is_some_and(|given| given.file.forms.is_empty());
        (loose, file.strip_suffix(naming::ending(naming::last(file))).unwrap_or(file).to_owned(), file.to_owned())
    };
    order.sort_by_key(key);
    let mut steps = Vec::new();
    for at in order {
        let Some(given) = given.get(at) else { continue };
        let (fate, notes) = desk.receive(at, given);
        steps.push(Step { given: at, fate, notes });
    }
    steps
}

impl Desk<'_> {
    fn receive(&mut self, at: usize, given: &Given<'_>) -> (Fate, Vec<String>) {
        let file = given.file;
        if let Some(folder) = given.place.and_then(|place| NOT_SENT.into_iter().find(|own| place.starts_with(own))) {
            let folder = folder.trim_end_matches('/');
            return (Fate::Refused(format!("这是项目里“{folder}”的文件，不是报来的表；请核对路径")), Vec::new());
        }
        if file.state == FileState::Unsupported {
            return (Fate::Foreign(why(file)), Vec::new());
        }
        if file.digest.is_empty() {
            return (Fate::Refused(why(file)), Vec::new());
        }
        let (month, stated) = match month::of(file, self.day, self.lies_in(file)) {
            Ok(found) => found,
            Err(why) => return (Fate::Refused(why), Vec::new()),
        };
        let mut notes: Vec<String> = Vec::new();
        let units = units(file);
        if let Some(first) = self.seen.get(&(month, units.clone(), file.digest.clone())) {
            return (Fate::Twin { of: *first }, Vec::new());
        }
        self.seen.insert((month, units.clone(), file.digest.clone()), at);
        let loose = self.is_loose(file, month, &units);
        let here = self.same(file, month, &units);
        let mut owed = if loose { Vec::new() } else { units.clone() };
        if let Some(held) = here {
            let lines: Vec<&Receipt> = self.lines(month, &units).filter(|line| self.means(line, file, month)).collect();
            owed.retain(|unit| lines.iter().all(|line| line.unit != *unit));
            if owed.is_empty() {
                let day = lines.iter().map(|line| line.day).max();
                return (Fate::Known { month, units, at: held, day }, Vec::new());
            }
            notes.extend(self.strayed(month, &stated, &held, &owed, false));
            notes.push("已在 报送 里，没有再拷，只补了登记".to_owned());
            self.count(file, month, &owed);
            return (Fate::Taken { month, units: owed, to: held, copied: false }, notes);
        }
        notes.extend(self.doubts(file, loose));
        if file.forms.is_empty() && !owed.is_empty() {
            notes.push(why(file));
        }
        notes.extend(owed.iter().filter_map(|unit| self.repeated(*unit, month)));
        let before = units.first().map_or(0, |unit| self.before(*unit, month));
        let name = naming::last(&file.path);
        let borne = naming::ending(name);
        let ending = given.ending.unwrap_or(borne);
        let words = match units.as_slice() {
            [] => name.strip_suffix(borne).unwrap_or(name).to_owned(),
            units => units.iter().map(|unit| self.settings.unit_name(*unit)).collect::<Vec<_>>().join("、"),
        };
        let to = self.taken.take(&(self.folder)(month), &words, ending, before);
        if let Some(note) = self.strayed(month, &stated, &to, &owed, true) {
            notes.insert(0, note);
        }
        self.count(file, month, &owed);
        (Fate::Taken { month, units: owed, to, copied: true }, notes)
    }

    /// What to say of a file whose forms state other months than the one for which it is received, and how to undo it.
    fn strayed(&self, month: Month, stated: &[Month], to: &str, units: &[usize], copied: bool) -> Option<String> {
        let written: Vec<String> = stated.iter().map(|month| month.chinese()).collect();
        let told = format!("表上写的是{}，按{}收的，月份不符要退回", written.join("、"), month.chinese());
        let [other] = stated else {
            return (!stated.is_empty()).then(|| format!("{told}；请报送单位按月分开报"));
        };
        let line = if units.is_empty() {
            String::new()
        } else {
            format!("从收件登记.csv 删去文件是“{to}”的这一行，")
        };
        let again = match copied {
            true => format!("删去文件“{to}”，再收一次并写明 --month {other}"),
            false => format!("把文件“{to}”移到 {}，再收一次", (self.folder)(*other)),
        };
        Some(format!("{told}；确是{}的表，就{line}{again}", other.chinese()))
    }

    /// The one month in which a file's bytes lie that state none themselves.
    fn lies_in(&self, file: &JudgedFile) -> Option<Month> {
        let mut months = self.held.iter().filter(|held| held.digest == file.digest).map(|held| held.month);
        let first = months.next().filter(|_| file.forms.iter().all(|form| form.form.month.is_none()))?;
        months.all(|other| other == first).then_some(first)
    }

    /// Where the same bytes lie in the month, of the same units as far as anybody knows.
    fn same(&self, file: &JudgedFile, month: Month, units: &[usize]) -> Option<String> {
        let other = |held: &Held| {
            // Two units may send the same empty file; what a form says of itself is said by both.
            let named = verdict::unit_in_name(self.settings, &held.path);
            file.forms.is_empty() && named.is_some_and(|unit| !units.contains(&unit))
        };
        let mut same = self.held.iter().filter(|held| held.month == month && held.digest == file.digest);
        same.find(|held| !other(held)).map(|held| held.path.clone())
    }

    /// The register's lines of units for a month.
    fn lines(&self, month: Month, units: &[usize]) -> impl Iterator<Item = &Receipt> {
        self.registers.receipts.iter().filter(move |line| line.month == month && units.contains(&line.unit))
    }

    /// Whether a line of the register is this file's: by the digest, else by the name under which the same bytes lie.
    fn means(&self, line: &Receipt, file: &JudgedFile, month: Month) -> bool {
        let of_month: Vec<&Held> = self.held.iter().filter(|held| held.month == month).collect();
        let names = FileNames::of(of_month.iter().map(|held| held.path.as_str()));
        let named = || names.find(&line.file).and_then(|at| of_month.get(at)).is_some_and(|h| h.digest == file.digest);
        digest::matches(&line.digest, &file.digest) || named()
    }

    /// Sheets of a unit for a month so far: by the register, or lying there under its name. A later one bears a number, and
    /// so comes after them in the order of names, which decides where no days do.
    fn before(&self, unit: usize, month: Month) -> usize {
        let named =
            |held: &&Held| held.month == month && verdict::unit_in_name(self.settings, &held.path) == Some(unit);
        let lying = self.held.iter().filter(named).count();
        self.lines(month, &[unit]).count().max(lying) + self.arrived.get(&(unit, month)).map_or(0, |(count, _)| *count)
    }

    fn count(&mut self, file: &JudgedFile, month: Month, units: &[usize]) {
        for unit in units {
            let arrived = self.arrived.entry((*unit, month)).or_default();
            arrived.0 += 1;
            arrived.1 |= !file.forms.is_empty();
        }
    }

    /// Whether a spreadsheet without a form comes beside the unit's report: a list, a proof. It is no report sent back, and
    /// must not count as one.
    fn is_loose(&self, file: &JudgedFile, month: Month, units: &[usize]) -> bool {
        let reported = |unit: &usize| {
            self.arrived.get(&(*unit, month)).is_some_and(|(_, form)| *form)
                || self.lines(month, &[*unit]).any(|line| !self.means(line, file, month))
        };
        file.state == FileState::NoForm && units.iter().any(reported)
    }

    /// What keeps a file, or a part of it, out of the register.
    fn doubts(&self, file: &JudgedFile, loose: bool) -> Vec<String> {
        let ask = "；核实后在收件登记.csv 补一行";
        if loose {
            return vec!["里面没有明细表，该单位另有报表：当作附件放好，没有登记".to_owned()];
        }
        if file.unit.is_none() {
            let why = verdict::unplaced(self.settings, file)
                .unwrap_or_else(|| format!("{}，文件名里也看不出是哪个单位", why_short(file)));
            return vec![format!("{why}：放好了，没有登记{ask}")];
        }
        let nobodys = file.forms.iter().filter(|form| form.unit.is_none()).count();
        (nobodys > 0).then(|| format!("其中 {nobodys} 张表不知是哪个单位的，没有登记{ask}")).into_iter().collect()
    }

    fn repeated(&self, unit: usize, month: Month) -> Option<String> {
        let earlier: Vec<String> = self.lines(month, &[unit]).map(|line| line.day.to_string()).collect();
        let name = self.settings.unit_name(unit);
        (!earlier.is_empty()).then(|| {
            let (many, days) = (earlier.len(), earlier.join("、"));
            format!("{name}{}的表以前收过 {many} 次（{days}），以收到日期在后的为准", month.chinese())
        })
    }
}

/// The units whose receipt a file is: those that its forms are laid at, else the one that its name points to.
fn units(file: &JudgedFile) -> Vec<usize> {
    let mut units: Vec<usize> = Vec::new();
    for unit in file.forms.iter().filter_map(|form| form.unit).chain(file.unit) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units
}

/// Why a file cannot be read, and what to do.
fn why(file: &JudgedFile) -> String {
    let told = file.findings.first().map(|finding| format!("{}；{}", finding.message, finding.suggestion));
    told.unwrap_or_else(|| "不是能读的表格；请报送单位在明细表（.xlsx）里填好再报".to_owned())
}

fn why_short(file: &JudgedFile) -> String {
    file.findings.first().map_or_else(|| "没有明细表".to_owned(), |finding| finding.message.clone())
}
