//! Days, prices and levels: what the scores rest on.

use super::{head, line};
use crate::config::Level;
use crate::rules;
use crate::tally;
use crate::workbook::frame::Frame;
use crate::workbook::live::Content;
use crate::workbook::paper::Paper;
use crate::workbook::style::Look;

pub(super) fn days(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    let (tally, settings) = (frame.tally, &frame.project.settings);
    head(paper, row, "一、月份与时限", ["序号", "项目", "值", "说明"]);
    let (first, last) = settings.period_of(tally.month);
    let named = settings.deadline.months.contains_key(&tally.month);
    let until = if named {
        "项目文件为本月单独指定的日子；当日报送算按时，次日起算迟报，按自然日计".to_owned()
    } else {
        let day = settings.deadline.day;
        format!(
            "每月{day}日；{day}日当日报送算按时，次日起算迟报，按自然日计，遇节假日不顺延（项目文件另行指定的除外）"
        )
    };
    let grace = settings.scoring.grace_days;
    let days: [(&str, &str, (Look, Content), String); 6] = [
        ("month", "统计月份", (Look::Centre, tally.month.chinese().into()), String::new()),
        ("deadline", "报送截止日", (Look::Day, tally.deadline.into()), until),
        ("first", "本月期间起", (Look::Day, first.into()), "上月报送截止日的次日".to_owned()),
        ("last", "本月期间止", (Look::Day, last.into()), "本月最后一日".to_owned()),
        ("as-of", "统计截至日", (Look::Day, tally.as_of.into()), "问题是否逾期以这一天为准".to_owned()),
        (
            "grace",
            "迟报宽限（天）",
            (Look::Count, grace.into()),
            format!("本月结束后{grace}天内收到的仍按迟报计，过后按未报计"),
        ),
    ];
    let mut at = row + 2;
    let mut numbers = 1..;
    for ((mark, name, value, words), n) in days.into_iter().zip(&mut numbers) {
        line(paper, at, n, name, value, &words);
        paper.mark(mark, at, 2);
        at += 1;
    }
    for (list, n) in settings.lists.iter().zip(&mut numbers) {
        let due = list.tasks.iter().filter(|task| task.frequency.due_in(tally.month)).count();
        let words = format!("{}（{}），其中本月到期{due}项", list.title, list.kind.chinese());
        let count = u32::try_from(list.tasks.len()).unwrap_or(u32::MAX);
        line(paper, at, n, "任务清单（项）", (Look::Count, count.into()), &words);
        at += 1;
    }
    at
}

pub(super) fn prices(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    let scoring = &frame.project.settings.scoring;
    head(paper, row, "二、计分标准（改动“分值”一栏，全部得分随之重算）", ["序号", "标准", "分值", "说明"]);
    let mut at = row + 2;
    for (n, price) in (1..).zip(tally::prices(scoring)) {
        let words = match price.key {
            "timely-full" => "迟报按日扣，至多扣到上限；未报的当月计0分，排在最后；待重报的不计分、不排名".to_owned(),
            "form-full" => format!("同一规则、同一单元格只扣一次。计入的规则：{}", titles(&scoring.form_rules)),
            "concrete-full" => format!("一条记录只扣一次。计入的规则：{}", titles(&scoring.concrete_rules)),
            "task-full" => "到期任务或重点工作“未开展”的扣分；“同类已开展”不扣".to_owned(),
            "closure-full" => "问题在整改期限当月到期未销号的扣一次，期限当日算按期；期限在所报月份的统计期开始前就过了的，只列逾期，不扣；交办件同样只扣一次".to_owned(),
            "bonus-cap" => "加分只按加减分登记簿，须有依据文号；合计不超过上限".to_owned(),
            "band-pass" => "低于此分为不合格".to_owned(),
            _ => String::new(),
        };
        at = paper.go_on(at, (row + 1, row + 1));
        line(paper, at, n, price.title, (Look::Marks, price.points.into()), &words);
        paper.mark(price.key, at, 2);
        at += 1;
    }
    at
}

/// The Chinese titles of rules that patterns name.
fn titles(patterns: &[String]) -> String {
    let fits = |rule: &str| {
        patterns.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(stem) => rule.starts_with(stem),
            None => pattern == rule,
        })
    };
    rules::all().filter(|rule| fits(rule.name)).map(|rule| rule.title).collect::<Vec<_>>().join("、")
}

pub(super) fn levels(frame: &Frame<'_>, paper: &mut Paper, row: u32) -> u32 {
    head(paper, row, "三、检查规则与级别", ["序号", "规则", "级别", "标识与作用"]);
    let mut at = row + 2;
    for (n, rule) in (1..).zip(rules::all()) {
        let level = frame.project.settings.level(rule.name);
        let words = match level {
            Level::Error => "这一行无效，整张表退回；可用认定登记簿认定",
            Level::Warning => "提醒，不影响是否有效",
            Level::Info => "提示",
            Level::Off => "本项目不查",
        };
        at = paper.go_on(at, (row + 1, row + 1));
        line(paper, at, n, rule.title, (Look::Centre, level.chinese().into()), &format!("{}　{words}", rule.name));
        at += 1;
    }
    at
}
