//! `yuedu status`: who has sent and with what verdict, who has not, who must send again, how long there is left.

use std::collections::BTreeMap;

use anyhow::Context;
use chrono::NaiveDate;

use super::columns;
use super::{Exit, Global, day_of, month_of, output};
use crate::calendar::{Month, chinese_day};
use crate::config::{Project, UnitKind};
use crate::register::Registers;
use crate::report::{csv_text, plain_line};
use crate::run;
use crate::tally::{self, ReceiptState, Tally, UnitMonth};
use crate::verdict::{self, FileState, Inbox};

#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// 月份，如 2026-03（默认：报送/ 下最新的月份）
    #[arg(long, value_name = "月份", value_parser = month_of)]
    pub month: Option<Month>,
    /// 输出格式：text 文字（默认），csv
    #[arg(long, value_name = "格式", default_value = "text", value_parser = ["text", "csv"])]
    pub format: String,
    /// 以这一天为“今天”，算还剩几天（默认：收件登记里本月最后一次收到的日子）
    #[arg(long, value_name = "日期", value_parser = day_of)]
    pub as_of: Option<NaiveDate>,
}

pub(crate) fn execute(global: &Global, options: &Options) -> anyhow::Result<Exit> {
    let project = global.load()?;
    let registers = Registers::load(&project)?;
    let month = asked(&project, options.month)?;
    let mut inboxes = run::inboxes(&project, &registers, [month])?;
    let tally = tally::count(&project, &registers, &inboxes, month, month.last_day());
    let inbox = inboxes.remove(&month).unwrap_or_default();
    if options.format == "csv" {
        output::print(&csv(&project, &tally, &inbox)?)?;
        return Ok(Exit::Order);
    }
    // No clock here: without --as-of the register's last day of receipt is the day as far as anybody has written.
    let last = || registers.receipts.iter().filter(|line| line.month == month).map(|line| line.day).max();
    let mut text = text(&project, &tally, &inbox, options.as_of.or_else(last));
    for changed in verdict::changed_since(&registers, &inbox, month) {
        text.push_str(&format!("\n{}\n", plain_line(&changed)));
    }
    output::print(&text)?;
    Ok(Exit::Order)
}

/// The month asked for, else the newest of 报送/.
pub(super) fn asked(project: &Project, month: Option<Month>) -> anyhow::Result<Month> {
    month
        .or_else(|| run::months(project).last().copied())
        .context("看哪个月？报送/ 下还没有月份文件夹；请写 --month，如 --month 2026-03")
}

fn text(project: &Project, tally: &Tally, inbox: &Inbox, today: Option<NaiveDate>) -> String {
    let mut text = format!("{}报送情况，截止{}（当天算按时）\n", tally.month.chinese(), chinese_day(tally.deadline));
    text.push_str(&left(tally.deadline, today));
    for kind in UnitKind::GROUPS {
        let units: Vec<&UnitMonth> = tally.units.iter().filter(|unit| unit.kind == kind && unit.owes).collect();
        if units.is_empty() {
            continue;
        }
        let count = |states: fn(&UnitMonth) -> bool| units.iter().filter(|unit| states(unit)).count();
        let sent = count(|unit| tally::is_sent(unit.receipt));
        let pending = count(|unit| unit.receipt == ReceiptState::Pending);
        let missing = count(|unit| unit.receipt == ReceiptState::Missing);
        let again = count(must_send_again);
        text.push_str(&format!(
            "\n{}：应报 {} 个，已报 {sent} 个，待重报 {pending} 个，未报 {missing} 个，要重报 {again} 个\n",
            UnitKind::group_chinese(kind),
            units.len(),
        ));
        let lines: Vec<Vec<String>> = units.iter().map(|unit| line(project, inbox, unit)).collect();
        text.push_str(&columns::table(&["单位", "收到", "情况", "结论", "退回", "电话"], &lines));
    }
    let idle: Vec<&str> =
        tally.units.iter().filter(|unit| !unit.owes && unit.roster.is_some()).map(|u| u.name.as_str()).collect();
    if !idle.is_empty() {
        text.push_str(&format!("\n本月不用报：{}\n", plain_line(&idle.join("、"))));
    }
    let missing = |unit: &&UnitMonth| unit.receipt == ReceiptState::Missing && !unit.too_late();
    text.push_str(&called("未报，请催报", project, tally.units.iter().filter(missing)));
    let late = format!("受理已过月末后{}天才收到，按未报计，当月计 0 分", project.settings.scoring.grace_days);
    text.push_str(&called(&late, project, tally.units.iter().filter(|unit| unit.too_late())));
    text.push_str(&called("要重新报送", project, tally.units.iter().filter(|unit| must_send_again(unit))));
    let doubtful = tally.units.iter().filter(|unit| must_be_settled(unit));
    text.push_str(&called("登记为合格、检查有不合格，请认定或者要求重新报送", project, doubtful));
    text.push_str(&strangers(project, inbox));
    if tally.units.is_empty() {
        text.push_str("\n没有名册，也没有收到表：不知道该由谁报。先运行 yuedu init，在 yuedu.toml 里写上各单位。\n");
    }
    text
}

/// How long there is left.
fn left(deadline: NaiveDate, today: Option<NaiveDate>) -> String {
    let Some(today) = today else {
        return "还没有收件登记；要算还剩几天，加 --as-of，如 --as-of 2026-03-20\n".to_owned();
    };
    let days = deadline.signed_duration_since(today).num_days();
    let what = match days {
        0 => "今天截止".to_owned(),
        1.. => format!("还有 {days} 天"),
        _ => format!("已过 {} 天", -days),
    };
    format!("{what}（以{}为今天）\n", chinese_day(today))
}

fn must_send_again(unit: &UnitMonth) -> bool {
    unit.receipt == ReceiptState::Pending || unit.awaiting && unit.receipt != ReceiptState::NotOwed
}

/// Whether the register has it as good and the check does not: the clerk accepts what is found (认定), or sends it back.
fn must_be_settled(unit: &UnitMonth) -> bool {
    tally::is_sent(unit.receipt) && !unit.awaiting && unit.errors > 0
}

/// 按时, 迟报 2 天, 未登记，零报告.
fn receipt(unit: &UnitMonth) -> String {
    if unit.too_late() {
        return "过期收到，按未报计".to_owned();
    }
    let nil = if unit.nil { "，零报告" } else { "" };
    format!("{}{nil}", unit.receipt.in_full())
}

fn verdict(unit: &UnitMonth, inbox: &Inbox) -> String {
    let words = match unit.receipt {
        ReceiptState::Missing | ReceiptState::NotOwed => "",
        ReceiptState::Pending => unit
            .files
            .first()
            .and_then(|file| inbox.files.get(*file))
            .map_or("登记了，文件不在", |file| unread(file.state)),
        _ if unit.awaiting => "退回未重报",
        // The register decides, yet whoever wrote 合格 there may not know what the check finds.
        _ if must_be_settled(unit) => return format!("登记合格，检查有 {} 处不合格", unit.errors),
        _ => "合格",
    };
    words.to_owned()
}

/// Why a file gives no sheet.
fn unread(state: FileState) -> &'static str {
    match state {
        FileState::Form => "",
        FileState::NoForm => "没有明细表",
        FileState::Unreadable => "打不开",
        FileState::Unsupported => "格式不支持",
    }
}

fn phone<'a>(project: &'a Project, unit: &UnitMonth) -> &'a str {
    let member = unit.roster.and_then(|index| project.settings.units.get(index));
    member.and_then(|member| member.phone.as_deref()).unwrap_or_default()
}

fn line(project: &Project, inbox: &Inbox, unit: &UnitMonth) -> Vec<String> {
    let returns = if unit.returns > 0 { format!("{} 次", unit.returns) } else { String::new() };
    let received = unit.received.map(chinese_day).unwrap_or_default();
    let name = unit.name.clone();
    vec![name, received, receipt(unit), verdict(unit, inbox), returns, phone(project, unit).to_owned()]
}

/// Units by name and phone, for the calls to be made.
fn called<'a>(title: &str, project: &Project, units: impl Iterator<Item = &'a UnitMonth>) -> String {
    let names: Vec<String> = units
        .map(|unit| match phone(project, unit) {
            "" => plain_line(&unit.name),
            phone => plain_line(&format!("{}（{phone}）", unit.name)),
        })
        .collect();
    if names.is_empty() { String::new() } else { format!("\n{title}：{}\n", names.join("、")) }
}

/// Files that came in and could be given to no unit: a unit above may have sent them.
fn strangers(project: &Project, inbox: &Inbox) -> String {
    let nobodys = inbox.files.iter().filter(|file| file.unit.is_none());
    let mut by_reason: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in nobodys {
        let why = match file.state {
            FileState::Form => match verdict::unplaced(&project.settings, file) {
                Some(why) => plain_line(&why),
                None => continue,
            },
            state => unread(state).to_owned(),
        };
        by_reason.entry(why).or_default().push(plain_line(&file.in_project));
    }
    by_reason.iter().map(|(why, files)| format!("\n不知是哪个单位的（{why}）：{}\n", files.join("、"))).collect()
}

fn csv(project: &Project, tally: &Tally, inbox: &Inbox) -> anyhow::Result<String> {
    let titles = [
        "月份",
        "单位",
        "类别",
        "截止日期",
        "收到日期",
        "情况",
        "迟报天数",
        "零报告",
        "结论",
        "退回次数",
        "要重报",
        "电话",
    ];
    let yes = |whether: bool| if whether { "是".to_owned() } else { String::new() };
    let lines: Vec<Vec<String>> = tally
        .units
        .iter()
        .map(|unit| {
            let late = if let ReceiptState::Late(days) = unit.receipt { days } else { 0 };
            vec![
                tally.month.to_string(),
                unit.name.clone(),
                unit.kind.map_or("", UnitKind::chinese).to_owned(),
                tally.deadline.to_string(),
                unit.received.map(|day| day.to_string()).unwrap_or_default(),
                unit.receipt.chinese().to_owned(),
                late.to_string(),
                yes(unit.nil),
                verdict(unit, inbox),
                unit.returns.to_string(),
                if must_be_settled(unit) { "待认定".to_owned() } else { yes(must_send_again(unit)) },
                phone(project, unit).to_owned(),
            ]
        })
        .collect();
    csv_text(&titles, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_left_are_counted_from_the_day_given() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let left = |today: &str| left(day("2026-03-25"), Some(day(today)));
        assert_eq!(left("2026-03-22"), "还有 3 天（以2026年3月22日为今天）\n");
        assert_eq!(left("2026-03-25"), "今天截止（以2026年3月25日为今天）\n");
        assert_eq!(left("2026-03-26"), "已过 1 天（以2026年3月26日为今天）\n");
    }
}
