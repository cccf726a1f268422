//! Whether a cell says that there was nothing, and where it says so.

use super::fold::{Ahead, Folded, ends_sentence, is_mark};
use super::kind::Kind;
use super::lexicon::{Class, Hit, Hits};

/// Words after which a cell that began with nothing goes on to something.
const HOWEVER: &[&str] = &["但", "不过", "然而", "只是", "仅有", "除"];

/// Statements that nothing was wrong, by characters.
pub(super) fn statements(text: &Folded, hits: &Hits) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut borders = Ahead::new(text, Kind::CLAUSE.or(Kind::CLOSING));
    let mut behind = 0;
    for at in text.places(Kind::NEGATION) {
        if at < behind {
            continue;
        }
        if let Some(end) = negation(text, at).and_then(|from| nothing(text, hits, &mut borders, at, from)) {
            found.push((at, end));
            behind = end;
        }
    }
    found
}

/// The end of what negates a finding (未发现…问题, 不存在…现象): the longest such words that start at a place.
fn negation(text: &Folded, at: usize) -> Option<usize> {
    let length = match text.slice(at, at + 4) {
        ['暂', '未', '发', '现'] | ['未', '曾', '发', '现'] | ['没', '有', '发' | '出', '现'] => 4,
        ['未', '检', '查', '出' | '到'] => 4,
        ['未', '发', '现' | '生', ..] | ['未', '查', '到' | '出' | '见', ..] | ['未', '出', '现', ..] => 3,
        ['未', '接' | '收', '到', ..] | ['未', '涉', '及', ..] | ['未' | '不', '存', '在', ..] => 3,
        ['没', '发', '现', ..] => 3,
        ['未', '见' | '有', ..] | ['没', '有', ..] => 2,
        ['无', ..] => 1,
        _ => return None,
    };
    Some(at + length)
}

/// The end of a statement: its object (问题, 现象 …) at the clause's end, not too far away.
fn nothing(text: &Folded, hits: &Hits, borders: &mut Ahead<'_>, start: usize, from: usize) -> Option<usize> {
    let bare = from - start == 1;
    let limit = if bare { 12 } else { 40 };
    let end = borders.from(from);
    if end > from + limit {
        return None;
    }
    if end == from {
        // 未发现 alone, at the end of a clause.
        return (!bare).then_some(end);
    }
    // 未见异常情况发生: what did not happen stands before.
    let clause = end;
    let end =
        if ["发生", "存在", "出现"].iter().any(|word| text.ends(end, word)) { from.max(end - 2) } else { end };
    // 未见公示情况, 未见发票等 tell of what is missing, 未见违规情况 does not.
    let seen = text.before(from) == '见';
    let bad = |end: usize| {
        hits.longest_to(end, Class::NONE_OBJECT.or(Class::MISCONDUCT).or(Class::FAULT)).is_some_and(|hit| hit.len() > 1)
    };
    let vague = |hit: &Hit| seen && hit.len() == 2 && text.ends(end, "情况") && !bad(hit.from());
    let named = |hit: &Hit| hit.class.meets(Class::NONE_OBJECT) && hit.from() >= from && !vague(hit);
    let object = hits.to(end).iter().any(named);
    let objects = !seen && (end.saturating_sub(6).max(from)..end).any(|at| text.at(at) == '等');
    // 未见超标准、超范围发放: what would be wrong, not what is missing. And who would do it: 未发现党员干部违规操办.
    let group = hits.longest_from(from, Class::GROUP).filter(|_| is_mark(text.before(start)));
    let whose = group.map_or(from, |group| group.to());
    let wrong =
        matches!(text.before(from), '现' | '见') && [from, whose].iter().any(|&at| misdeed(text, hits, at, end));
    (object || (objects || wrong) && !bare).then_some(clause)
}

/// Whether misconduct begins at a place, or a fault that is all to the end: 未见克扣, 未见违规筹资, but not 未见收费批文.
fn misdeed(text: &Folded, hits: &Hits, at: usize, end: usize) -> bool {
    let wrong = matches!(text.slice(at, at + 2), ['违', '规' | '纪' | '法']);
    wrong || hits.starts(at, Class::MISCONDUCT) || hits.is(at, end, Class::FAULT)
}

/// Whether the whole cell says no more than that there was nothing. `fault` tells of a fault elsewhere, `fact` of
/// something that could be checked: what was looked at, where the cell ends in 未发现问题.
pub(super) fn is_none(text: &Folded, hits: &Hits, statements: &[(usize, usize)], fault: bool, fact: bool) -> bool {
    let from = (0..text.len()).find(|&at| !is_mark(text.at(at)));
    let Some(from) = from else {
        return text.len() > 0;
    };
    let to = (from..text.len()).rev().find(|&at| !is_mark(text.at(at))).map_or(from, |last| last + 1);
    if hits.is(from, to, Class::NONE) {
        return true;
    }
    // 未发现明显问题，个别台账不规范: what is judged beside the statement is no nothing.
    let told = |from: usize, to: usize| statements.iter().any(|statement| statement.0 <= from && to <= statement.1);
    let judged = || hits.all(Class::JUDGEMENT).any(|hit| !told(hit.from(), hit.to()));
    let found = |start: usize| ["未发现", "没有发现", "暂未发现"].iter().any(|word| text.starts(start, word));
    // 未发现问题，各社区晚间均有人值守: all that follows the statement is in order too.
    let opening = || {
        let denied = |at: usize| matches!(text.at(at), '未' | '不' | '无' | '没' | '缺' | '漏' | '仅' | '只');
        statements.first().is_some_and(|&(start, end)| {
            start == from && found(start) && !(end..to).any(|at| denied(at) && !told(at, at + 1))
        })
    };
    let closing = || {
        statements.last().is_some_and(|&(start, end)| {
            let finding = found(start)
                // 未见发票等 tells of what is missing, 审核未见异常 of somebody who overlooked it.
                || text.starts(start, "未见")
                    && is_mark(text.before(start))
                    && (misdeed(text, hits, start + 2, end) || ["异常", "问题", "情况"].iter().any(|word| text.ends(end, word)));
            let one = !(from..start).any(|at| ends_sentence(text.at(at)));
            end == to
                && finding
                && one
                && !(start..end).any(|at| text.at(at) == '其')
                && !overlooked(text, hits, (start, end))
        })
    };
    if statements.is_empty() || fault || fact && !(closing() || opening()) || judged() {
        return false;
    }
    !text.places(Kind::TURNING).any(|at| HOWEVER.iter().any(|word| text.starts(at, word)))
}

/// 会计审核时未发现, 林长办副主任每周审核一次，未发现异常: somebody who was to look overlooked what the cell tells. What the office
/// itself looked at and found in order is another thing: 检查时未发现问题, 每月检查一次，未发现问题.
fn overlooked(text: &Folded, hits: &Hits, (start, end): (usize, usize)) -> bool {
    let bare = end - start <= 3 && text.before(start) == '时';
    let to = start.saturating_sub(1);
    let from =
        (to.saturating_sub(30)..to).rev().find(|&at| is_mark(text.at(at))).map_or(to.saturating_sub(30), |at| at + 1);
    let often =
        (from..to).find(|&at| text.at(at) == '每' && matches!(text.at(at + 1), '周' | '月' | '天' | '日' | '季'));
    // Whose habit it is stands before it: a post and a name.
    let looks = |at: usize| ["审核", "复核", "核查", "巡查", "审查"].iter().any(|word| text.starts(at, word));
    let his = |at: usize| hits.all(Class::POST).any(|hit| hit.from() >= from && hit.to() < at);
    // 会计审核发放表时，未发现村民冒领.
    let looking = text.before(to) == '时' && his(to);
    bare || looking || answers(text, hits, start) || often.is_some_and(|at| his(at) && (at..to).any(looks))
}

/// 护士王平脱岗，院长李华未发现: a name behind a post stands right before the statement, in a clause that tells of no
/// inspection, and somebody else is told of before.
fn answers(text: &Folded, hits: &Hits, start: usize) -> bool {
    const INSPECTING: [&str; 6] = ["纪", "检查", "督查", "监督", "巡察", "组"];
    let Some(post) = (2..=4).find_map(|name| hits.longest_to(start.saturating_sub(name), Class::POST)) else {
        return false;
    };
    let from = (0..post.from()).rev().take(30).find(|&at| is_mark(text.at(at))).map_or(0, |at| at + 1);
    let inspects = (from..start).any(|at| INSPECTING.iter().any(|word| text.starts(at, word)));
    !inspects && hits.all(Class::POST).take_while(|hit| hit.to() <= from).next().is_some()
}

#[cfg(test)]
mod tests {
    use crate::text::{Lexicon, read};

    #[test]
    fn cells_that_say_there_was_nothing() {
        let words = Lexicon::default();
        for text in [
            "无",
            "/",
            "-",
            "——",
            "无。",
            "未发现问题",
            "未发现明显问题",
            "查12个村，未发现违规筹资。",
            "2026年3月6日会同会计李华查账，镇纪委书记王平未发现问题。",
            "未发现问题，各社区晚间均有人值守。",
            "2026年2月24日查看公务用车3辆，里程表、交接单一致，未发现问题。",
            "暂未发现问题。",
            "没有发现问题",
            "无问题",
            "不涉及",
            "无处理情况",
            "未发现违纪违规问题",
            "2026年10月22日查看，未发现问题",
            "经查，未发现公款吃喝等问题。",
            "未发现",
            "经走访，市场摊位、公平秤、快检室、冷鲜柜运行正常，未发现问题。",
            "经现场查看，参训党员出勤、笔记、测验结果公示均规范，未发现问题。",
            "经列席监督，议事程序规范，无问题。",
            "2025年4月10日中午，6个社区便民服务站均有人值守，未发现问题。",
            "2026年3月5日到大坪村检查3处工地时未发现问题",
            "2026年3月5日，镇纪委每月对村账检查一次，未发现问题。",
            "2026年2月27日查阅收发文登记、用印审批单，手续完备，未发现明显问题。",
            "2026年2月27日逐户核对煤票86张，签领齐全，未见克扣。",
            "检查中未见违规情况。",
            "账目清楚，未见违规情况",
            "检查过程中未见异常情况发生。",
            "2026年3月4日检查，在岗在位，未见异常情况。",
            "本月无",
            "2026年2月27日到4家饭店查看预订记录62条，未发现党员干部违规操办。",
        ] {
            assert!(read(text, &words).none, "{text}");
        }
        for text in [
            "把册子锁在自己家里，群众查不到账，无违规问题",
            "",
            "未发现坐支问题，但收入未入账",
            "2月份村账未公示，未发现其他问题。",
            "发放表多列1户，多发1300元，会计唐国强审核时未发现。",
            "护林员3天没有轨迹，乡林长办副主任李远航每周审核一次，未发现异常。",
            "会计唐国强套取补贴3200元，未发现其他人参与问题。",
            "2026年2月27日核对煤票86张，会计唐国强未发现村民冒领。",
            "2026年2月27日核对煤票86张，会计唐国强审核发放表时，未发现村民冒领。",
            "2026年3月5日查阅停车场账目，未见收费批文。",
            "2026年3月5日抽查12次出差，未见差旅费审批单。",
            "2026年3月5日抽查凭证12份，未见发票、清单等。",
            "2026年3月5日查看公示栏3处，未见公示情况。",
            "抽查轨迹，护林员罗军缺4天，镇林业站审核未见异常。",
            "未发现明显问题，个别台账不规范。",
            "未发现违规问题，部分村干部学习不够。",
            "无用印登记簿",
            "无人值守",
            "3名值班人员脱岗",
            "2026年3月6日，护士王平脱岗，院长李华未发现。",
            "2026年3月6日，护士王平玩手机，带班院长李华未发现异常。",
            "已整改",
            "未公示",
        ] {
            assert!(!read(text, &words).none, "{text}");
        }
    }
}
