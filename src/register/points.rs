//! 加减分.csv: points by hand.

use super::Adjustment;
use super::cell::quoted;
use super::table::{Columns, Line};
use crate::config::{Scoring, Settings};
use crate::near;
use crate::points::Points;

pub(crate) const FILE: &str = "加减分.csv";
pub(super) const COLUMNS: Columns = Columns {
    titles: &["月份", "单位", "项目", "分值", "理由", "依据文号", "登记人", "日期"],
    optional: &[],
};

/// The 项目 of a line that adds points.
pub(crate) const BONUS: &str = "加分";
/// What 项目 may name: the bonus, or an item of the score.
pub(crate) const ITEMS: [&str; 6] = [BONUS, "报送及时", "填报规范", "内容具体", "任务完成", "整改闭环"];

/// Beyond this a mark is a slip of the pen.
const MOST: Points = Points::whole(100);

pub(super) fn read(line: Line<'_>, settings: &Settings) -> Option<Adjustment> {
    let month = line.month();
    let unit = line.unit(settings);
    let item = read_item(line);
    let points = read_points(line, item, &settings.scoring);
    let reason = line.need("理由");
    // 加分 is by document only; points taken off need none.
    let document = match item {
        Some(BONUS) => line.need("依据文号"),
        _ => Some(line.text("依据文号")),
    };
    let by = line.need("登记人");
    let day = line.day("日期");
    let (day, month) = (day?, month?);
    // A slip in the month or the year would put the marks where nobody looks for them.
    line.check_order(("所计月份的上一个月", month.previous().first_day()), ("日期", day))?;
    Some(Adjustment {
        line: line.number(),
        month,
        unit: unit?,
        item: item?.to_owned(),
        points: points?,
        reason: reason?.to_owned(),
        document: document?.to_owned(),
        by: by?.to_owned(),
        day,
    })
}

fn read_item(line: Line<'_>) -> Option<&'static str> {
    let written = line.need("项目")?;
    let found = ITEMS.into_iter().find(|item| near::key(item) == near::key(written));
    if found.is_none() {
        let meant = near::nearest(written, ITEMS).map_or_else(String::new, |meant| format!("，是 {meant} 吗？"));
        line.blame(format!("没有{}这个项目{meant}（可以写：{}）", quoted(written), ITEMS.join("、")));
    }
    found
}

/// The most that a line may give or take: the bonus's cap, or the item in full.
fn most(item: &str, scoring: &Scoring) -> Points {
    match item {
        BONUS => scoring.bonus_cap,
        "报送及时" => scoring.timely_full,
        "填报规范" => scoring.form_full,
        "内容具体" => scoring.concrete_full,
        "任务完成" => scoring.task_full,
        "整改闭环" => scoring.closure_full,
        _ => MOST,
    }
}

/// Whether it is a mark with too many decimals: 0.25.
fn is_number(written: &str) -> bool {
    let digits = written.trim_start_matches(['-', '+', '－']);
    let parts = digits.split_once('.');
    let all = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.is_some_and(|(whole, rest)| all(whole) && whole.len() <= 2 && all(rest) && rest.bytes().any(|b| b != b'0'))
}

fn read_points(line: Line<'_>, item: Option<&str>, scoring: &Scoring) -> Option<Points> {
    let written = line.need("分值")?;
    let points = Points::parse(written).filter(|points| (-MOST..=MOST).contains(points) && *points != Points::ZERO);
    let most = item.map_or(MOST, |item| most(item, scoring));
    let half = points.map(Points::is_half).or_else(|| is_number(written).then_some(false));
    match points {
        _ if half == Some(false) => {
            let message = "不是半分的倍数；请写成 0.5、1、1.5 这样的数，扣分前面加负号";
            line.blame(format!("分值{}{message}", quoted(written)));
            None
        }
        None => {
            let message = format!("分值{}认不出；请写半分的倍数，加分如 2，扣分如 -1.5", quoted(written));
            line.blame(message);
            None
        }
        Some(points) if item == Some(BONUS) && points < Points::ZERO => {
            line.blame(format!("加分应是正数，这里是 {points}；要扣分，请在项目里写扣哪一项，如 整改闭环"));
            None
        }
        Some(_) if item.is_some_and(|item| item != BONUS) && points > Some(Points::ZERO) => {
            let item = quoted(item.unwrap_or_default());
            line.blame(format!("在{item}里扣分要写负数，如 -2；加分请把项目写成“{BONUS}”"));
            None
        }
        Some(points) if points > most => {
            line.blame(format!("加分 {points} 超过了加分的上限 {most} 分，请核对"));
            None
        }
        Some(points) if points < -most => {
            let item = quoted(item.unwrap_or_default());
            line.blame(format!("在{item}里扣 {} 分，超过了这一项的满分 {most} 分，请核对", -points));
            None
        }
        points => points,
    }
}
