//! `yuedu checklist`: what is due in a month, for whom, and what is done.

use anyhow::bail;

use super::columns;
use super::status::asked;
use super::{Exit, Global, month_of, output};
use crate::calendar::Month;
use crate::config::{Level, Settings, UnitKind};
use crate::register::Registers;
use crate::report::plain_line;
use crate::tally::{self, TaskLine, TaskState, UnitMonth};
use crate::{naming, near, run};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 月份，如 2026-03（默认：报送/ 下最新的月份）
    #[arg(long, value_name = "月份", value_parser = month_of)]
    pub month: Option<Month>,
    /// 只看这个单位（可重复）
    #[arg(long, value_name = "单位")]
    pub unit: Vec<String>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let project = global.load()?;
    let registers = Registers::load(&project)?;
    let month = asked(&project, options.month)?;
    // A task of a longer cadence is done by any month of its period, so the year so far is read.
    let span = month.span_so_far(12);
    let months =
        run::months(&project).into_iter().filter(|earlier| *earlier != month && span.contains(earlier)).chain([month]);
    let inboxes = run::inboxes(&project, &registers, months)?;
    let tally = tally::count(&project, &registers, &inboxes, month, month.last_day());
    let units = wanted(&project.settings, &tally.units, &options.unit)?;
    let mut text = format!("{}任务清单\n", month.chinese());
    if units.is_empty() {
        for kind in UnitKind::ALL {
            text.push_str(&due(&project.settings, month, kind));
        }
    }
    for unit in units {
        text.push_str(&block(&project.settings, month, unit));
    }
    output::print(&text)?;
    Ok(Exit::Order)
}

/// The units asked for, in the order of the roster; without a name, all that owe a report.
fn wanted<'a>(settings: &Settings, units: &'a [UnitMonth], names: &[String]) -> anyhow::Result<Vec<&'a UnitMonth>> {
    let mut wanted = Vec::new();
    for name in names {
        let key = near::key(name);
        let by_name = || units.iter().position(|unit| near::key(&unit.name) == key);
        let Some(found) = settings.unit_named(name).or_else(by_name) else {
            let hint = match near::nearest(name, units.iter().map(|unit| unit.name.as_str())) {
                Some(near) => format!("，是“{}”吗？", plain_line(near)),
                None => "；各单位见 yuedu status".to_owned(),
            };
            bail!("没有“{name}”这个单位{hint}");
        };
        wanted.push(found);
    }
    let keep = |(n, unit): &(usize, &UnitMonth)| if names.is_empty() { unit.owes } else { wanted.contains(n) };
    Ok(units.iter().enumerate().filter(keep).map(|(_, unit)| unit).collect())
}

/// A unit's focus items and due tasks.
fn block(settings: &Settings, month: Month, unit: &UnitMonth) -> String {
    let name = plain_line(&unit.name);
    if unit.tasks.is_empty() {
        return format!("\n{name}：本月没有到期的任务\n");
    }
    let count = |states: fn(&TaskLine) -> bool| unit.tasks.iter().filter(|line| states(line)).count();
    let mut text = format!(
        "\n{name}：{} 项，完成 {}，同类已开展 {}，未开展 {}{}{}\n",
        unit.tasks.len(),
        count(|line| matches!(line.state, TaskState::Done { .. } | TaskState::ByReceipt)),
        count(|line| matches!(line.state, TaskState::Kindred { .. })),
        count(|line| line.state == TaskState::Open),
        match count(|line| line.failed.is_some()) {
            0 => String::new(),
            failed => format!("（其中有记录但不合格 {failed}）"),
        },
        if unit.owes { "" } else { "（本月不用报）" },
    );
    let lines: Vec<Vec<String>> = unit.tasks.iter().map(|line| cells(settings, month, line)).collect();
    text.push_str(&columns::table(&["任务", "执行时间", "情况", "出处", "备注"], &lines));
    text
}

fn cells(settings: &Settings, month: Month, line: &TaskLine) -> Vec<String> {
    let file = naming::last(&line.file);
    let source = match line.state {
        TaskState::Done { month: at, row } | TaskState::Kindred { month: at, row } => {
            let when = if at == month { String::new() } else { format!("{} ", at.chinese()) };
            format!("{when}{file} 第 {row} 行")
        }
        TaskState::ByReceipt => "报来的表".to_owned(),
        TaskState::Open => {
            line.failed.map_or_else(String::new, |failed| format!("{file} {} 第 {} 行", line.sheet, failed.row))
        }
    };
    let remark = if line.state != TaskState::Open {
        ""
    } else if line.waived.is_some() {
        "已认定，不扣分"
    } else if settings.level(line.rule().name) == Level::Off {
        "规则已关闭，不扣分"
    } else {
        ""
    };
    let state = line.shortfall(month).unwrap_or_else(|| line.state.chinese().to_owned());
    vec![line.label.clone(), line.frequency.clone(), state, source, remark.to_owned()]
}

/// Without a roster: what falls due in the month for a kind of unit.
fn due(settings: &Settings, month: Month, kind: UnitKind) -> String {
    let content = |index: usize| settings.contents.get(index).cloned().unwrap_or_default();
    let mut lines = Vec::new();
    for focus in settings.focus_for(month, None, Some(kind)) {
        lines.push(vec![focus.label(), "重点工作".to_owned(), content(focus.content)]);
    }
    for list in settings.lists.iter().filter(|list| list.kind == kind) {
        for task in list.tasks.iter().filter(|task| task.frequency.due_in(month)) {
            lines.push(vec![list.label(task), task.frequency.chinese().to_owned(), content(task.content)]);
        }
    }
    if lines.is_empty() {
        return format!("\n{}：本月没有到期的任务（全年的任务随时开展，不按月催）\n", kind.chinese());
    }
    let table = columns::table(&["任务", "执行时间", "监督内容"], &lines);
    format!("\n{}：本月到期 {} 项\n{table}", kind.chinese(), lines.len())
}
