//! `yuedu summarize`: counts a month and writes its workbook; prints the ranking and the three sums that show that
//! nothing was lost.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};
use chrono::NaiveDate;

use super::columns;
use super::{Exit, Global, day_of, month_of, output};
use crate::calendar::{Month, chinese_day};
use crate::config::{Project, UnitKind};
use crate::register::{FINALE, Finale, Registers};
use crate::report::{csv_text, plain_line};
use crate::run;
use crate::tally::{self, Item, ReceiptState, Sealed, Tally, UnitMonth};
use crate::verdict::{self, FileState, Inbox, JudgedFile};
use crate::workbook;

/// The folder of the products.
const PRODUCTS: &str = "汇总";

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 月份，如 2026-03
    #[arg(long, value_name = "月份", value_parser = month_of)]
    pub month: Month,
    /// 文件或文件夹（默认：项目的 报送/月份）
    #[arg(value_name = "路径")]
    pub paths: Vec<PathBuf>,
    /// 写到这个文件（默认：汇总/月份 月度汇总.xlsx）
    #[arg(long, value_name = "文件")]
    pub out: Option<PathBuf>,
    /// 以这一天为“今天”，算问题是否逾期（默认：该月最后一天；已定稿的，用定稿的）
    #[arg(long, value_name = "日期", value_parser = day_of)]
    pub as_of: Option<NaiveDate>,
    /// 定稿：把得分、名次、数字和每个文件的摘要写入 汇总/月份 定稿.csv，以后各月以它为准
    #[arg(long = "final")]
    pub finale: bool,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let project = global.load_to_check()?;
    let registers = Registers::load(&project)?;
    let month = options.month;
    if let Some(out) = &options.out {
        output::spare_input(&project, &options.paths, out)?;
    }
    if options.finale {
        check_finale(global, options, &registers)?;
    }
    let earlier = run::months(&project).into_iter().filter(|other| *other < month);
    let mut inboxes = run::inboxes(&project, &registers, earlier)?;
    let inbox = run::inbox(&project, &registers, &options.paths, Some(month), &inboxes)?;
    inboxes.insert(month, inbox);
    let kept = registers.finals.get(&month).map(|kept| kept.as_of);
    let as_of = options.as_of.or(kept).unwrap_or_else(|| month.last_day());
    let mut tally = tally::count(&project, &registers, &inboxes, month, as_of);
    let mut told = finals(&tally);
    let finale = options.finale.then(|| tally::finale(&project.settings, &registers, &inboxes, &tally));
    if finale.is_some() {
        if !tally.sums.hold() {
            bail!("核对有一项对不上，不能定稿：这是程序的错，请不要采用本次汇总");
        }
        told.extend(unsettled(&tally));
        // From now on it is final, and this is what it was made from.
        tally.sealed = Some(Sealed { month, as_of, differences: Some(Vec::new()), notes: Vec::new() });
    }
    let inbox = inboxes.remove(&month).unwrap_or_default();
    told.splice(0..0, uncounted(&project, &inbox).into_iter().chain(tally.notes.iter().cloned()));

    let product = project.root.join(PRODUCTS).join(format!("{month} 月度汇总.xlsx"));
    let out = options.out.as_ref().unwrap_or(&product);
    if out.extension().is_none_or(|end| !end.eq_ignore_ascii_case("xlsx")) {
        bail!("--out 的文件名要以 .xlsx 结尾，如 3月汇总.xlsx");
    }
    let folder = plain(out).and_then(|path| Some(path.parent()?.to_path_buf()));
    let route = |file: &str| {
        // A path within the project, or one that was given on the command line from elsewhere.
        let inside = project.root.join(file);
        let there = if inside.exists() { inside } else { PathBuf::from(file) };
        way(folder.as_deref()?, &plain(&there)?)
    };
    let own = plain(out) == plain(&product);
    for line in told {
        output::complain(&plain_line(&line));
    }
    // The contract: a final month is never replaced without --force.
    let kept = tally.sealed.as_ref().filter(|sealed| !sealed.holds(as_of) && own && !global.force && out.exists());
    if kept.is_none() {
        let bytes = workbook::draw(&project, &registers, &inbox, &tally, &route)?;
        output::write_whole(out, &bytes, own || global.force).context("汇总没有写成")?;
    }
    output::print(&text(&tally))?;
    if let Some(sealed) = kept {
        let (month, shown, why) = (month.chinese(), output::show(out), unlike(sealed, as_of));
        bail!("{month}已经定稿，“{shown}”没有重写：{why}。确要重写，加 --force；要另存，加 --out 文件");
    }
    output::say(global, &format!("已写出 {}", output::show(out)));
    if let Some(finale) = finale {
        let path = project.root.join(Finale::path(month));
        let text = csv_text(&FINALE, finale.rows())?;
        output::write_whole(&path, text.as_bytes(), global.force).context("汇总写好了，定稿没有写成")?;
        output::say(global, &format!("已写出 {}", output::show(&path)));
    }
    Ok(Exit::Order)
}

/// Refuses what cannot be made final: a part of a month, or a month that is final already.
fn check_finale(global: &Global, options: &Options, registers: &Registers) -> anyhow::Result<()> {
    if !options.paths.is_empty() {
        bail!("定稿要按项目里这个月全部的表来做：有 --final 时不写文件、文件夹");
    }
    if let Some(kept) = registers.finals.get(&options.month).filter(|_| !global.force) {
        let (month, day) = (kept.month.chinese(), chinese_day(kept.as_of));
        let path = Finale::path(kept.month);
        bail!("{month}已经定稿（{path}，统计截至{day}），没有改动；确要重新定稿，请加 --force");
    }
    Ok(())
}

/// In what a count is not the one that was made final.
fn unlike(sealed: &Sealed, as_of: NaiveDate) -> String {
    if sealed.differs() {
        "重新统计与定稿不同".to_owned()
    } else if sealed.differences.is_none() {
        "这次统计的不是这个月全部的表".to_owned()
    } else {
        let (then, now) = (chinese_day(sealed.as_of), chinese_day(as_of));
        format!("统计截至日不同（定稿是{then}，这次是{now}）")
    }
}

/// What is to be said of final months: of this one that it is, and every difference of it and of the month before.
fn finals(tally: &Tally) -> Vec<String> {
    let before = tally.before.as_ref().and_then(|before| before.sealed.as_ref());
    let mut lines = Vec::new();
    for sealed in before.filter(|sealed| sealed.differs()).into_iter().chain(&tally.sealed) {
        let end = if sealed.differs() { "（定稿 → 重新统计）：" } else { "" };
        lines.push(format!("{}{end}", sealed.headline()));
        lines.extend(sealed.differences.iter().flatten().chain(&sealed.notes).map(|line| format!("  {line}")));
    }
    lines
}

/// What is not settled when the month is made final, a line a state with its units.
fn unsettled(tally: &Tally) -> Vec<String> {
    let line = |what: &str, fits: &dyn Fn(&UnitMonth) -> bool| {
        let units = tally.units.iter().filter(|unit| unit.owes && fits(unit));
        let names: Vec<&str> = units.map(|unit| unit.name.as_str()).collect();
        (!names.is_empty()).then(|| format!("定稿时还有 {} 个单位{what}：{}", names.len(), names.join("、")))
    };
    let lines = [
        line("退回未重报", &|unit| unit.awaiting),
        line("待重报，没有得分和名次", &|unit| unit.receipt == ReceiptState::Pending),
        line("未报，当月计 0 分", &|unit| unit.receipt == ReceiptState::Missing),
    ];
    lines.into_iter().flatten().collect()
}

/// An absolute path without `.` and `..`, by its words alone.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).ok()?.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    Some(plain)
}

/// The way from a folder to a file, with `/` between folders; none from one drive to another, or where a name is
/// not text.
fn way(from: &Path, to: &Path) -> Option<String> {
    let (from, to): (Vec<_>, Vec<_>) = (from.components().collect(), to.components().collect());
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let drive = |parts: &[Component<'_>]| parts.iter().any(|part| matches!(part, Component::Prefix(_)));
    let (up, down) = (from.get(shared..)?, to.get(shared..)?);
    if shared == 0 || drive(up) || drive(down) {
        return None;
    }
    let down: Option<Vec<&str>> = down.iter().map(|part| part.as_os_str().to_str()).collect();
    Some(std::iter::repeat_n("..", up.len()).chain(down?).collect::<Vec<_>>().join("/"))
}

/// The files that gave no sheet, and those whose sheets are nobody's, each with its reason.
fn uncounted(project: &Project, inbox: &Inbox) -> Vec<String> {
    let why = |file: &JudgedFile| match file.state {
        FileState::Form => verdict::unplaced(&project.settings, file),
        _ => {
            let why: Vec<&str> = file.findings.iter().map(|finding| finding.message.as_str()).collect();
            Some(why.join("；"))
        }
    };
    inbox.files.iter().filter_map(|file| Some(format!("没有计入：{}：{}", file.in_project, why(file)?))).collect()
}

fn text(tally: &Tally) -> String {
    let mut text = format!(
        "{}得分排名（报送截止{}，统计截至{}）\n",
        tally.month.chinese(),
        chinese_day(tally.deadline),
        chinese_day(tally.as_of)
    );
    for kind in UnitKind::GROUPS {
        let mut units: Vec<&UnitMonth> = tally.units.iter().filter(|unit| unit.kind == kind && unit.owes).collect();
        if units.is_empty() {
            continue;
        }
        // Equal ones stay in roster order; those without a rank come last.
        units.sort_by_key(|unit| unit.rank.unwrap_or(u32::MAX));
        text.push_str(&format!("\n{}（{}个）\n", UnitKind::group_chinese(kind), units.len()));
        let titles: Vec<&str> = ["名次", "单位"]
            .into_iter()
            .chain(Item::ALL.map(Item::chinese))
            .chain(["加分", "总分", "等次", "报送"])
            .collect();
        let lines: Vec<Vec<String>> = units.into_iter().map(line).collect();
        text.push_str(&columns::table(&titles, &lines));
    }
    if tally.units.is_empty() {
        text.push_str("\n没有名册，也没有收到表，无从排名。\n");
    }
    text.push_str(&sums(tally));
    text
}

fn line(unit: &UnitMonth) -> Vec<String> {
    let scored = |points: crate::points::Points| unit.total.map(|_| points.to_string()).unwrap_or_default();
    let state = unit.receipt.in_full();
    let state = if unit.too_late() { format!("{state}（过期收到）") } else { state };
    let mut cells = vec![unit.rank.map(|rank| rank.to_string()).unwrap_or_default(), unit.name.clone()];
    cells.extend(unit.items.map(scored));
    cells.push(scored(unit.bonus));
    cells.push(unit.total.map(|total| total.to_string()).unwrap_or_default());
    cells.push(unit.band.map(|band| band.chinese().to_owned()).unwrap_or_default());
    cells.push(if unit.awaiting { format!("{state}，退回未重报") } else { state });
    cells
}

/// The three sums of «nothing is lost».
fn sums(tally: &Tally) -> String {
    let sums = &tally.sums;
    let counted = fate(tally);
    let held = if sums.hold() {
        "三项都对得上"
    } else {
        "有一项对不上：这是程序的错，请不要采用本次汇总"
    };
    format!(
        "\n核对\n  文件  收到 {} ＝ 有明细表 {} ＋ 没有明细表 {} ＋ 打不开 {} ＋ 格式不支持 {} ＋ 跳过 {}\n  \
         表格行  {} ＝ 记录 {}（{counted}） ＋ 续行 {} ＋ 零报告 {} ＋ 空行 {}\n  单元格  {} ＝ 已读 {}\n  {held}\n",
        sums.files_found,
        sums.files_form,
        sums.files_no_form,
        sums.files_unreadable,
        sums.files_unsupported,
        sums.files_skipped,
        sums.rows_seen,
        sums.records,
        sums.rows_continued,
        sums.rows_nil,
        sums.rows_blank,
        sums.cells_seen,
        sums.cells_read,
    )
}

/// What became of the records: every one is counted, or is not for a reason that is named.
fn fate(tally: &Tally) -> String {
    let valid: u32 = tally.units.iter().map(|unit| unit.valid).sum();
    let invalid = tally.sums.records.saturating_sub(valid + tally.replaced + tally.unplaced);
    let reasons = [("不计入", invalid), ("已由后来的表替代", tally.replaced), ("归不到单位", tally.unplaced)];
    let named = reasons.iter().filter(|(_, records)| *records > 0).map(|(why, records)| format!("，{why} {records}"));
    format!("计入 {valid}{}", named.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_file_goes_up_only_as_far_as_needed() {
        for (from, to, expected) in [
            ("/项目/汇总", "/项目/报送/2026-03/a.xlsx", Some("../报送/2026-03/a.xlsx")),
            ("/项目", "/项目/a.xlsx", Some("a.xlsx")),
            ("/别处/深", "/项目/a.xlsx", Some("../../项目/a.xlsx")),
        ] {
            assert_eq!(way(Path::new(from), Path::new(to)).as_deref(), expected);
        }
    }

    #[test]
    fn a_path_is_made_plain_by_its_words() {
        assert_eq!(plain(Path::new("/项目/./汇总/../报送")), Some(PathBuf::from("/项目/报送")));
    }
}
