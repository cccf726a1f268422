//! The lines of 销号.csv beside the problems: which one a line closes, and the lines to look at again.

use std::collections::BTreeMap;

use super::Problem;
use super::basis::Basis;
use super::differences;
use super::finale::final_problem;
use super::ledger::Book;
use crate::calendar::{Month, chinese_day};
use crate::near;
use crate::register::Closing;
use crate::verdict::{FileState, JudgedFile};

/// The closings that fit no problem of the months at hand, for the clerk to look at.
pub(super) fn loose(basis: &Basis<'_>, book: &Book) -> Vec<String> {
    let counted = |month: Month| month <= basis.month && basis.inboxes.contains_key(&month);
    let closings = basis.registers.closings.iter().filter(|closing| counted(closing.month));
    let mut told: BTreeMap<(Month, Option<usize>), Vec<&Problem>> = BTreeMap::new();
    for problem in book.problems() {
        let roster = basis.member(problem.unit).and_then(|member| member.roster);
        told.entry((problem.month, roster)).or_default().push(problem);
    }
    closings
        .filter(|closing| {
            let mut problems = told.get(&(closing.month, Some(closing.unit))).into_iter().flatten();
            !problems.any(|problem| closes(closing, problem))
        })
        .map(|closing| {
            let line = closing.line;
            match unread(basis, closing) {
                Some(file) => format!(
                    "销号.csv 第 {line} 行：{}的表“{file}”打不开，问题“{}”没有读到，这一行暂时没有起作用；请把表修好或者请单位重报",
                    closing.month.chinese(),
                    closing.problem
                ),
                None => format!(
                    "销号.csv 第 {line} 行：没有编号为“{}”的问题，这一行没有起作用，请核对问题编号、月份和单位",
                    closing.problem
                ),
            }
        })
        .collect()
}

/// The file of the closing's unit and month that cannot be read: the problem may stand in it. None where another sheet
/// of the unit can be.
fn unread<'a>(basis: &Basis<'a>, closing: &Closing) -> Option<&'a str> {
    let unit = member(basis, closing)?;
    if !basis.sheets_of(closing.month, unit).is_empty() {
        return None;
    }
    let files = &basis.inboxes.get(&closing.month)?.files;
    let lost =
        |file: &&JudgedFile| file.state == FileState::Unreadable && basis.roster.unit_of_file(file) == Some(unit);
    files.iter().find(lost).map(|file| file.in_project.as_str())
}

/// The closings of a unit's month whose sheet in force came after them, and after another one: a sheet sent again may number
/// its problems otherwise. Told in the month itself, and in the one in which the sheet came.
pub(super) fn renumbered(basis: &Basis<'_>) -> Vec<String> {
    let closings = basis.registers.closings.iter().filter(|closing| closing.month <= basis.month);
    let told = closings.filter_map(|closing| {
        let sheets = basis.standing(closing.month, member(basis, closing)?);
        let came = sheets.iter().filter_map(|sheet| sheet.file.received).max()?;
        let lately = closing.month == basis.month || came >= basis.month.first_day();
        let mut receipts = basis.registers.receipts.iter();
        let again = lately
            && closing.day < came
            && receipts.any(|line| (line.unit, line.month) == (closing.unit, closing.month) && line.day < came);
        let (line, problem, month) = (closing.line, &closing.problem, closing.month.chinese());
        let (unit, day, came) = (basis.settings.unit_name(closing.unit), chinese_day(closing.day), chinese_day(came));
        again.then(|| {
            format!("销号.csv 第 {line} 行：{unit}{month}的表在销号（{day}）之后又报了一份（{came}收到），编号可能已变，请对照台账核对 {problem}")
        })
    });
    told.collect()
}

/// The closings whose number means another problem than it did when its month was made final. Of the month before the one
/// counted, and of that one, every such number is told already.
pub(super) fn displaced(basis: &Basis<'_>, book: &Book) -> Vec<String> {
    let mut told = Vec::new();
    for (month, kept) in basis.registers.finals.range(..basis.month.previous()) {
        let then: BTreeMap<_, _> = kept.problems.iter().map(|problem| (parts(&problem.number), problem)).collect();
        let of_month = book.problems().iter().filter(|problem| problem.month == *month);
        let now: BTreeMap<_, _> = of_month.map(|problem| (parts(&problem.number), problem)).collect();
        for closing in basis.registers.closings.iter().filter(|closing| closing.month == *month) {
            let number = parts(&closing.problem);
            let both = then.get(&number).zip(now.get(&number).map(|problem| final_problem(problem)));
            let Some((then, now)) = both else { continue };
            if then.digest != now.digest {
                let (line, what) = (closing.line, differences::other(then, &now));
                told.push(format!("销号.csv 第 {line} 行：{}：{what}，请核对销的是不是它", closing.problem));
            }
        }
    }
    told
}

/// The unit of a closing among those counted.
fn member(basis: &Basis<'_>, closing: &Closing) -> Option<usize> {
    basis.roster.members.iter().position(|member| member.roster == Some(closing.unit))
}

/// Whether a line of 销号.csv of a problem's unit and month means the problem. Excel may have dropped the zeros of the
/// number.
pub(super) fn closes(closing: &Closing, problem: &Problem) -> bool {
    parts(&closing.problem) == parts(&problem.number)
}

fn parts(number: &str) -> Option<Vec<u32>> {
    near::key(number).split('-').map(|part| part.parse().ok()).collect()
}
