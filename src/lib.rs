//! `yuedu` (月度): the monthly management of daily supervision, from blank forms to the county's month.
//!
//! # The map of the house
//!
//! Data climbs from the ground to the door. A room imports only from floors **below** its own; the test
//! `tests/suite/house.rs` reads every `crate::…` and fails on an import that goes up or sideways.
//!
//! | floor | room | takes → gives |
//! |---|---|---|
//! | 0 | [`calendar`] | months, periods, deadlines of the calendar |
//! | 0 | [`place`] | where something stands: cell, span |
//! | 0 | [`near`] | a name → its folded spelling; a mistyped one → the nearest known one |
//! | 0 | [`unseen`] | characters and bytes that nobody can see → left out or written out |
//! | 0 | [`digest`] | bytes → their SHA-256, by which a file is known again |
//! | 0 | [`naming`] | words → the name of a file, safe on every system |
//! | 0 | [`points`] | marks in tenths, never floating |
//! | 0 | [`text`] | the text of a cell → facts: times, persons (by a learned model), sums, events, deeds |
//! | 1 | [`sheet`] | bytes → `Book`: sparse sheets of values |
//! | 1 | [`config`] | TOML → `Settings`: lists, roster, levels, scoring; every fault at once |
//! | 2 | [`register`] | the county's CSV registers and final months → typed lines; new lines → the file as it will be |
//! | 2 | [`form`] | `Book` → `Form`: head, columns, records, accounts |
//! | 3 | [`rules`] | `Form` → findings |
//! | 4 | [`verdict`] | forms + findings + registers → which unit, which month, what counts, what is valid |
//! | 5 | [`tally`] | judged months → tasks, ledger, scores, ranks, statistics |
//! | 5 | [`intake`] | judged files from outside → where each goes in 报送/, and the lines of the register |
//! | 6 | [`run`] | a project → judged months; walks the folders, reads what may break its reader in a process of its own |
//! | 7 | [`report`] | judged files → terminal, JSON, CSV |
//! | 7 | [`workbook`] | tally → the month's workbook |
//! | 7 | [`template`] | settings → blank forms |
//! | 8 | [`cli`] | arguments → commands; the only room that prints and writes |
//! | 8 | [`doors`] | the rooms that benches, fuzz targets and the learning enter; opened by the feature `doors`, closed in the program |
//!
//! Rooms foreseen: `annotate` (7, marked copies of returned sheets), `bulletin` (7, the 情况通报 as .docx),
//! `period` (in `tally`, quarter to year).
//!
//! # Glossary
//!
//! | Chinese | in code |
//! |---|---|
//! | 月度管理 | the whole: monthly management of daily supervision |
//! | 乡镇纪委 · 派驻纪检监察组 | `UnitKind::Township` · `UnitKind::Dispatched` |
//! | 附件1 任务清单 · 任务 · 执行时间 | `TaskList` · `Task` · `Frequency` |
//! | 附件2 明细表 · 一条记录 | `Form` · `Record` |
//! | 监督内容 · 监督方式 | `content` · `method` |
//! | 监督开展情况 · 发现问题 · 处理情况 | `progress` · `problem` · `handling` |
//! | 填报单位 填报人 联系方式 单位负责人 | `Head { unit, reporter, contact, leader }` |
//! | 重点工作 | `Focus` |
//! | 规则 · 级别 · 不合格 | `Rule` · `Level` · `Finding` that counts as an error |
//! | 有效记录 · 合格 · 退回未重报 | `RecordVerdict::valid` · `JudgedForm::accepted` · `awaiting` |
//! | 按时 迟报 未登记 待重报 未报 | `ReceiptState::{OnTime, Late, Unregistered, Pending, Missing}` |
//! | 评分项 · 扣分 · 加分 · 等次 | `Item` · `Deduction` · `Bonus` · `Band` |
//! | 台账 · 问题 · 已销号 | `tally::ledger` · `Problem` · `ProblemStatus::Closed` |
//! | 统计指标 · 指标 · 线索、立案、约谈…… | `tally::statistic` · `Indicator` · `text::deed`: `Deed`, `Act` |
//! | 涉及金额 · 追缴退缴 | `deed::involved` · `deed::recovered` |
//! | 零报告 | nil return, `Nil` |
//! | 名册 | roster: `Settings::units` |
//! | 收件登记 认定 加减分 销号 交办件 | `Receipt` `Waiver` `Adjustment` `Closing` `Case` |
//! | 收件 · 摘要 | `intake` · `digest` |
//! | 定稿 · 与重新统计的不同 · 上月数 | `Finale` · `Sealed` · `Before` |
//! | 单位 职务 姓名 | `unit` `post` `name` of a `Person` |
//! | 照搬照抄 · 疑似照搬 · 进展 | `text::likeness` · `COPIED_TEXT` · `Follows` |
//! | 时间（完整 不完整 笼统 不存在） | `TimeClass::{Full, Partial, Vague, Impossible}` |
//! | 同类已开展 | `TaskState::Kindred` |
//! | 各月走势 | `workbook::trend`, from `tally::Past` |
//! | 口径说明 | `workbook::basis`: the page that says how every figure was made |

mod calendar;
mod cli;
mod config;
mod digest;
#[cfg(any(test, feature = "doors"))]
pub mod doors;
mod form;
mod intake;
mod naming;
mod near;
mod place;
mod points;
mod register;
mod report;
mod rules;
mod run;
mod sheet;
mod tally;
mod template;
mod text;
mod unseen;
mod verdict;
mod workbook;

use std::ffi::OsString;
use std::process::ExitCode;

/// Runs one command, `args` being the program's arguments with its own name first.
///
/// Results go to stdout, messages to stderr. The exit status is 0 (all in order), 1 (`validate` found an
/// error, an unreadable or an unsupported file) or 2 (the command could not be carried out).
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    cli::run(args)
}
