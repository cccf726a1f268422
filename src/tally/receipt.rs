//! Who sent when. Takes the register of receipts and the month's sheets; says on time, late, 未登记, 待重报 or 未报,
//! how often a sheet was returned, and whether one is still to be sent again.

use chrono::NaiveDate;

use super::ReceiptState;
use super::basis::{Basis, Sheet};
use super::count::size;
use crate::register::Receipt;
use crate::verdict::{FileState, JudgedFile, JudgedForm};

/// How one unit's report came.
pub(super) struct Arrival {
    pub state: ReceiptState,
    /// Day of the first readable receipt.
    pub received: Option<NaiveDate>,
    pub returns: u32,
    pub awaiting: bool,
    pub nil: bool,
    /// Indexes into the inbox's files.
    pub files: Vec<usize>,
}

/// Finds how a unit's report for the month came.
pub(super) fn find(basis: &Basis<'_>, unit: usize) -> Arrival {
    let month = basis.month;
    let sheets = basis.sheets_of(month, unit);
    let standing = basis.standing(month, unit);
    let files = files_of(basis, unit, &sheets);
    let lines = lines_of(basis, unit);
    let owes = basis.settings.units.get(unit).is_none_or(|member| member.owes(month));
    let owes = owes && (basis.member(unit).is_some_and(|m| m.roster.is_some()) || !sheets.is_empty());
    let received = first_readable(basis, &lines).map(|line| line.day);
    let deadline = basis.settings.deadline_of(month);
    let close = basis.settings.close_of(month);
    let state = if !owes {
        ReceiptState::NotOwed
    } else if sheets.is_empty() {
        // Something came, by the folder or by the register, but nothing that can be read: 待重报.
        if files.is_empty() && lines.is_empty() { ReceiptState::Missing } else { ReceiptState::Pending }
    } else {
        match received {
            None => ReceiptState::Unregistered,
            Some(day) if day <= deadline => ReceiptState::OnTime,
            Some(day) if day > close => ReceiptState::Missing,
            Some(day) => ReceiptState::Late(days_between(deadline, day)),
        }
    };
    Arrival {
        state,
        received: received.filter(|_| !sheets.is_empty()),
        returns: size(lines.iter().filter(|line| line.accepted == Some(false)).count()),
        awaiting: standing.iter().any(|sheet| is_awaited(basis, &lines, sheet)),
        nil: standing.iter().any(|sheet| sheet.judged.form.nil.is_some())
            && standing.iter().all(|sheet| sheet.judged.form.records.is_empty()),
        files,
    }
}

/// Calendar days from one day to a later one.
pub(super) fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

/// The register's lines of a unit for the month, earliest first.
pub(super) fn lines_of<'a>(basis: &Basis<'a>, unit: usize) -> Vec<&'a Receipt> {
    let Some(roster) = basis.member(unit).and_then(|member| member.roster) else { return Vec::new() };
    let mut lines: Vec<_> =
        basis.registers.receipts.iter().filter(|line| line.unit == roster && line.month == basis.month).collect();
    lines.sort_by_key(|line| (line.day, line.line));
    lines
}

/// Lines of 收件登记.csv of the month to look at again: the file is another unit's by its own head, or is not there.
/// A file that was returned may well have been taken away, so this is a note and no error.
pub(super) fn doubtful_lines(basis: &Basis<'_>) -> Vec<String> {
    let Some(inbox) = basis.inboxes.get(&basis.month) else { return Vec::new() };
    let lines = basis.registers.receipts.iter().filter(|line| line.month == basis.month);
    let doubt = |line: &Receipt| match basis.names.find(&line.file).and_then(|file| inbox.files.get(file)) {
        None if !inbox.whole => None,
        None if basis.names.is_shared(&line.file) => {
            Some(format!("本月有几个文件都叫“{}”，不知是哪一个，请写出它的路径", line.file))
        }
        None => Some(format!("报送/ 的本月文件里没有“{}”；退回后取走了的不要紧，否则请核对文件名", line.file)),
        Some(file) => {
            let other = other_unit(basis, file, line.unit)?;
            let registered = basis.settings.unit_name(line.unit);
            Some(format!("登记为{registered}，但“{}”里填报单位写的是{other}，请核对单位和文件", line.file))
        }
    };
    lines.filter_map(|line| Some(format!("收件登记.csv 第 {} 行：{}", line.line, doubt(line)?))).collect()
}

/// The unit that a file's heads name, where none of them is `unit` or leaves it open.
fn other_unit<'a>(basis: &Basis<'a>, file: &JudgedFile, unit: usize) -> Option<&'a str> {
    let named = |form: &JudgedForm| {
        let head = &form.form.head.unit;
        if head.tells() { basis.settings.unit_named(&head.value).filter(|named| *named != unit) } else { None }
    };
    let named: Option<Vec<usize>> = file.forms.iter().map(named).collect();
    named?.first().map(|named| basis.settings.unit_name(*named))
}

fn files_of(basis: &Basis<'_>, unit: usize, sheets: &[Sheet<'_>]) -> Vec<usize> {
    let all: &[JudgedFile] = basis.inboxes.get(&basis.month).map_or(&[], |inbox| &inbox.files);
    let mut files: Vec<usize> = sheets.iter().map(|sheet| sheet.place.0).collect();
    let loose =
        |(_, file): &(usize, &JudgedFile)| file.forms.is_empty() && basis.roster.unit_of_file(file) == Some(unit);
    files.extend(all.iter().enumerate().filter(loose).map(|(n, _)| n));
    files.sort_unstable();
    files.dedup();
    files
}

/// Lateness is that of the unit's first readable receipt. A line whose file is no longer in the folder (returned, and
/// overwritten since) is taken for readable: in doubt the unit is right. A file that is another unit's by its own head is
/// no receipt of this one.
pub(super) fn first_readable<'a>(basis: &Basis<'a>, lines: &[&'a Receipt]) -> Option<&'a Receipt> {
    let inbox = basis.inboxes.get(&basis.month);
    let readable = |line: &&Receipt| {
        let file = inbox.and_then(|inbox| inbox.files.get(basis.names.find(&line.file)?));
        file.is_none_or(|file| file.state == FileState::Form && other_unit(basis, file, line.unit).is_none())
    };
    lines.iter().copied().find(readable)
}

/// Whether a standing sheet was sent back and is still to come again. The clerk's own 结论 in the register decides,
/// unless an acceptance (认定) written since has cleared the sheet; without one the verdict does.
fn is_awaited(basis: &Basis<'_>, lines: &[&Receipt], sheet: &Sheet<'_>) -> bool {
    let of_file = |line: &&&&Receipt| basis.names.find(&line.file) == Some(sheet.place.0);
    let judged = sheet.judged;
    match lines.iter().rev().filter(|line| of_file(&line)).find_map(|line| line.accepted) {
        Some(true) => false,
        Some(false) => !(judged.accepted && judged.findings.iter().any(|found| found.waived.is_some())),
        None => !judged.accepted,
    }
}
