//! `yuedu receive`: files that came in go into 报送/ under their units' names, and into 收件登记.csv. Nothing is overwritten;
//! what cannot be registered in the end is taken out of 报送/ again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use chrono::NaiveDate;

use super::columns;
use super::{Exit, Global, day_of, month_of, output};
use crate::calendar::{Month, chinese_day};
use crate::config::{Project, read_bytes};
use crate::intake::{self, Fate, Given, Step};
use crate::register::{RECEIPTS, Receipt, Registers, with_receipts};
use crate::report::plain_line;
use crate::run::{self, Arrived};
use crate::verdict::Inbox;

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 收到的文件或文件夹，可以写几个
    #[arg(value_name = "路径", required = true)]
    pub paths: Vec<PathBuf>,
    /// 收到的日期，如 2026-03-24（一定要写：程序不看电脑的时钟，也不看文件的时间）
    #[arg(long, value_name = "日期", value_parser = day_of)]
    pub date: Option<NaiveDate>,
    /// 收哪个月的，如 2026-03（默认：看表上写的月份）
    #[arg(long, value_name = "月份", value_parser = month_of)]
    pub month: Option<Month>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let Some(day) = options.date else {
        bail!("收到的日期要写明：加 --date，如 --date 2026-03-24；程序不看电脑的时钟，也不看文件的时间");
    };
    let project = global.load()?;
    if project.settings.units.is_empty() {
        bail!("名册还是空的，登记不了：请先在 yuedu.toml 里用 [[unit]] 写明各单位（没有这个文件，先运行 yuedu init）");
    }
    let _alone = output::alone(&project).context("一份也没有收")?;
    let registers = Registers::load(&project)?;
    let register = project.root.join(RECEIPTS);
    output::check_open(&register).context("一份也没有收")?;
    let arrived = run::arrived(&project, &options.paths, options.month)?;
    let held = run::held(&project)?;
    let places = arrived.places.iter().zip(&arrived.endings);
    let given = arrived.inbox.files.iter().zip(places);
    let given: Vec<Given<'_>> =
        given.map(|(file, (place, ending))| Given { file, place: place.as_deref(), ending: *ending }).collect();
    let folder = |month| run::month_folder(&project, month);
    let steps = intake::plan(&project.settings, &registers, &held, &given, day, &folder);

    let mut copies = Copies::default();
    let done = carry_out(&project, &registers, &arrived, &steps, day, &mut copies);
    let (receipts, inboxes) = done.map_err(|error| copies.take_back(error))?;

    let newest = held.iter().map(|held| held.month).chain(registers.receipts.iter().map(|line| line.month)).max();
    let months = receipts.iter().map(|line| line.month).collect();
    for doubt in intake::doubts(&project.settings, day, &months, newest) {
        output::complain(&doubt);
    }
    for kept in registers.finals.values().filter(|kept| inboxes.contains_key(&kept.month)) {
        let month = kept.month.chinese();
        output::complain(&format!("{month}已经定稿：这次收下的不进定稿；要进，用 summarize --final --force 重新定稿"));
    }
    report(global, &project, &arrived, &steps, &receipts, &inboxes, day)
}

/// Copies the files, has their months judged, writes the register.
fn carry_out(
    project: &Project,
    registers: &Registers,
    arrived: &Arrived,
    steps: &[Step],
    day: NaiveDate,
    copies: &mut Copies,
) -> anyhow::Result<(Vec<Receipt>, BTreeMap<Month, Inbox>)> {
    let mut receipts = Vec::new();
    let mut months = BTreeSet::new();
    for step in steps {
        let Fate::Taken { month, units, to, copied } = &step.fate else { continue };
        let (Some(file), Some(from)) = (arrived.inbox.files.get(step.given), arrived.paths.get(step.given)) else {
            continue;
        };
        if *copied {
            copies.make(from, &file.digest, &project.root.join(to))?;
        }
        months.insert(*month);
        receipts.extend(units.iter().map(|unit| Receipt {
            line: 0,
            day,
            unit: *unit,
            month: *month,
            file: to.clone(),
            digest: file.digest.clone(),
            accepted: None,
        }));
    }
    // The check sees what it will see from now on: the files in their months, and the lines of the register.
    let mut known = registers.clone();
    known.receipts.extend(receipts.iter().cloned());
    let inboxes = run::inboxes(project, &known, months)?;
    for receipt in &mut receipts {
        let inbox = inboxes.get(&receipt.month);
        receipt.accepted = inbox.and_then(|inbox| intake::conclude(inbox, &receipt.file, receipt.unit));
    }
    if !receipts.is_empty() {
        let path = project.root.join(RECEIPTS);
        let existing = read_bytes(&path).map_err(|why| anyhow!("{RECEIPTS}：{why}"))?;
        let bytes = with_receipts(&project.settings, existing.as_deref(), &receipts).map_err(|why| anyhow!(why))?;
        output::check_open(&path)?;
        output::write_whole(&path.canonicalize().unwrap_or(path), &bytes, true)?;
    }
    Ok((receipts, inboxes))
}

/// What was copied so far, to be taken back where the rest cannot be done.
#[derive(Default)]
struct Copies {
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Copies {
    fn make(&mut self, from: &Path, digest: &str, to: &Path) -> anyhow::Result<()> {
        let bytes = run::read_again(from, digest)?;
        let missing = to.ancestors().skip(1).take_while(|folder| folder.symlink_metadata().is_err());
        let missing: Vec<PathBuf> = missing.map(Path::to_path_buf).collect();
        self.folders.extend(missing.into_iter().rev());
        output::write_whole(to, &bytes, false)?;
        self.files.push(to.to_path_buf());
        Ok(())
    }

    /// Removes the copies; the error then says that nothing was received, or what is left.
    fn take_back(&self, error: anyhow::Error) -> anyhow::Error {
        let left: Vec<String> = self
            .files
            .iter()
            .filter(|file| fs::remove_file(file).is_err() && file.symlink_metadata().is_ok())
            .map(|file| output::show(file))
            .collect();
        for folder in self.folders.iter().rev() {
            // Only a folder that is empty goes; whatever else lies in it is not ours.
            let _ = fs::remove_dir(folder);
        }
        if left.is_empty() {
            return error.context("一份也没有收，报送 和登记簿都和原来一样");
        }
        error.context(format!("没有登记；下面的文件已拷进 报送 又删不掉，请手工删去再收一次：{}", left.join("、")))
    }
}

/// Prints what became of each file, and says what is left to do.
fn report(
    global: &Global,
    project: &Project,
    arrived: &Arrived,
    steps: &[Step],
    receipts: &[Receipt],
    inboxes: &BTreeMap<Month, Inbox>,
    day: NaiveDate,
) -> anyhow::Result<Exit> {
    let path = |at: usize| arrived.inbox.files.get(at).map_or("", |file| file.path.as_str());
    let mut lines = Vec::new();
    let mut notes = Vec::new();
    let mut sum = Sum { skipped: arrived.inbox.skipped, lines: receipts.len(), ..Sum::default() };
    for step in steps {
        let file = path(step.given);
        let row = |to: &str, unit: &str, month: Option<Month>, end: &str| {
            let month = month.map(|month| month.to_string()).unwrap_or_default();
            [file, to, unit, &month, end].map(str::to_owned).to_vec()
        };
        let names =
            |units: &[usize]| units.iter().map(|unit| project.settings.unit_name(*unit)).collect::<Vec<_>>().join("、");
        match &step.fate {
            Fate::Taken { month, units, to, .. } => {
                sum.taken += 1;
                sum.unregistered += usize::from(units.is_empty());
                if units.is_empty() {
                    lines.push(row(to, "", Some(*month), "没有登记"));
                }
                let mine = receipts.iter().filter(|receipt| receipt.file == *to);
                for receipt in mine {
                    let end = match receipt.accepted {
                        Some(true) => "合格",
                        Some(false) => "退回",
                        None => "没有结论",
                    };
                    sum.accepted += usize::from(receipt.accepted == Some(true));
                    sum.returned += usize::from(receipt.accepted == Some(false));
                    lines.push(row(to, project.settings.unit_name(receipt.unit), Some(*month), end));
                }
                let remark = inboxes.get(month).and_then(|inbox| intake::remark(inbox, to));
                notes.extend(step.notes.iter().chain(&remark).map(|note| format!("{file}：{note}")));
            }
            Fate::Known { month, units, at, day } => {
                sum.known += 1;
                let end = day.map_or("已经放好".to_owned(), |day| format!("{day} 收过"));
                lines.push(row(at, &names(units), Some(*month), &end));
            }
            Fate::Twin { of } => {
                sum.known += 1;
                lines.push(row("", "", None, "重复"));
                notes.push(format!("{file}：与“{}”一个字节也不差，只收一份", path(*of)));
            }
            Fate::Foreign(why) => {
                sum.foreign += 1;
                lines.push(row("", "", None, "不是表格"));
                notes.push(format!("没有收：{file}：{why}"));
            }
            Fate::Refused(why) => {
                sum.refused += 1;
                lines.push(row("", "", None, "没有收"));
                notes.push(format!("没有收：{file}：{why}"));
            }
        }
    }
    let table = columns::table(&["文件", "放到", "单位", "月份", "结论"], &lines);
    output::print(&format!("收件，{}收到\n{table}\n{}\n", chinese_day(day), sum.text()))?;
    for note in notes {
        output::complain(&plain_line(&note));
    }
    for month in
        receipts.iter().filter(|line| line.accepted == Some(false)).map(|line| line.month).collect::<BTreeSet<_>>()
    {
        output::say(global, &format!("退回的哪里不合格、怎么改：yuedu validate --month {month}"));
    }
    if sum.refused > 0 {
        bail!("有 {} 份没有收，原因和办法见上", sum.refused);
    }
    if sum.taken + sum.known == 0 {
        bail!("没有可收的表，原因见上");
    }
    Ok(Exit::Order)
}

/// How many files came to which end.
#[derive(Default)]
struct Sum {
    taken: usize,
    /// Lines added to the register, and those of them that say 合格 or 退回.
    lines: usize,
    accepted: usize,
    returned: usize,
    unregistered: usize,
    known: usize,
    foreign: usize,
    refused: usize,
    skipped: u32,
}

impl Sum {
    fn text(&self) -> String {
        let mut text = format!("收下 {} 份", self.taken);
        if self.lines > 0 {
            let (accepted, returned) = (self.accepted, self.returned);
            text.push_str(&format!("，登记 {} 行（合格 {accepted}，退回 {returned}）", self.lines));
        }
        if self.unregistered > 0 {
            text.push_str(&format!("，没有登记 {} 份", self.unregistered));
        }
        let others = [("以前收过或重复", self.known), ("不是表格", self.foreign), ("没有收", self.refused)];
        for (what, count) in others.into_iter().filter(|(_, count)| *count > 0) {
            text.push_str(&format!("；{what} {count} 份"));
        }
        if self.skipped > 0 {
            text.push_str(&format!("；跳过 {} 个（锁文件、隐藏文件等）", self.skipped));
        }
        text
    }
}
