//! Mentions without a name: 相关负责人, 1名村干部, 个别党员, 脱岗人员; and what only looks like one.

use crate::text::fold::{Folded, ends_clause, is_word};
use crate::text::lexicon::{Class, Hit, Hits};

/// A mention by role alone, by characters; the post is empty where only 人员 or 责任人 is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    pub start: usize,
    pub end: usize,
    pub post: Option<(usize, usize)>,
    /// Points back (该同志, 上述两名护林员): nobody new where somebody stands before.
    pub back: bool,
    /// So many people, who may as well be those that were met.
    pub counted: bool,
}

/// Picks out one or some: the noun after it is a mention.
const PICKING: &[&str] = &[
    "个别",
    "部分",
    "少数",
    "极少数",
    "极个别",
    "有的",
    "有些",
    "某些",
    "某",
    "一些",
    "多名",
    "数名",
    "几名",
    "多位",
    "若干名",
    "某名",
    "另有",
];
/// Points at somebody at fault or in charge; the noun alone says no post.
const POINTING: &[&str] = &[
    "相关",
    "有关",
    "涉事",
    "涉及",
    "涉案",
    "违规",
    "违纪",
    "脱岗",
    "缺岗",
    "迟到",
    "早退",
    "旷工",
    "离岗",
    "空岗",
    "责任",
    "上述",
    "当班",
    "失职",
    "该",
    "这名",
    "该名",
    "被检查",
    "问题",
    "缺席",
    "直接责任",
    "未到岗",
    "不在岗",
    "饮酒",
];
/// Nouns after a pointing word.
const NOUNS: &[&str] = &[
    "责任人员",
    "责任人",
    "负责人员",
    "负责人",
    "负责同志",
    "工作人员",
    "当事人员",
    "当事人",
    "经办人员",
    "经办人",
    "村干部",
    "党员干部",
    "领导干部",
    "干部职工",
    "干部",
    "党员",
    "人员",
    "领导",
    "同志",
    "教师",
    "职工",
    "值班人员",
    "股室负责人",
    "科室负责人",
    "村组干部",
    "管理人员",
    "医护人员",
];
/// Roles that are mentions by themselves, and say no post.
const ALONE: &[&str] =
    &["责任人", "当事人", "经办人", "经手人", "承办人", "责任人员", "当事人员", "直接责任人", "具体责任人", "涉事人"];
/// Counted people of these verbs were only met: 走访党员12名.
const MEETING: &[&str] = &[
    "代",
    "替",
    "给",
    "走访",
    "访谈",
    "询问",
    "慰问",
    "服务",
    "培训",
    "组织",
    "惠及",
    "受益",
    "抽查",
    "随机",
    "约请",
    "发放",
    "谈话",
    "座谈",
    "覆盖",
    "面向",
    "惠民",
    "抽取",
    "核查",
    "家长",
    "征求",
    "邀请",
    "召集",
    "动员",
    "救助",
    "帮扶",
    "检查",
    "核对",
    "回访",
    "入户",
    "电话询问",
    "实到",
    "应到",
    "共有",
    "现有",
    "涉及",
    "对照",
    "新任职的",
    "为",
    "向",
    "聘请",
    "将",
    "把",
    "退还",
    "返还",
    "补发",
    "代签",
    "冒签",
    "冒用",
    "伪造",
];
/// People who come to an office or live in a place; counted, they are those whom a fault was done to.
const AFFECTED: &[&str] =
    &["群众", "患者", "家长", "学生", "居民", "老人", "对象", "顾客", "业主", "农户", "从业人员", "牧民", "渔民"];
/// After counted people: they took part, no more.
const PRESENT: &[&str] = &[
    "参加",
    "参会",
    "到会",
    "与会",
    "均在岗",
    "全部在岗",
    "受益",
    "参与",
    "签订",
    "均已",
    "全部到",
    "到场",
    "代表参加",
];

/// The role that starts at a place.
pub(super) fn starting(text: &Folded, hits: &Hits, at: usize) -> Option<Role> {
    let c = text.at(at);
    if c.is_ascii_digit() || "一二两三四五六七八九十".contains(c) {
        if let Some(role) = punished(text, hits, at) {
            return Some(role);
        }
    } else if !"相有涉违脱缺迟早旷离空责上当失该这被问直未不饮个部少极某多数几若另经承具".contains(c)
    {
        // Most characters begin no role at all.
        return None;
    }
    pointed(text, hits, at)
        .or_else(|| picked(text, hits, at))
        .or_else(|| counted(text, hits, at))
        .or_else(|| alone(text, hits, at))
}

fn pointed(text: &Folded, hits: &Hits, at: usize) -> Option<Role> {
    let word = POINTING.iter().filter(|word| text.starts(at, word)).max_by_key(|word| word.len())?;
    let from = at + word.chars().count();
    // 相关村负责人, 有关站所干部.
    let body = ["站所", "单位", "部门", "股室", "科室", "乡镇", "社区", "支部", "企业", "村"]
        .iter()
        .find(|body| text.starts(from, body));
    let from = from + body.map_or(0, |body| body.chars().count());
    let noun = NOUNS.iter().filter(|noun| text.starts(from, noun)).max_by_key(|noun| noun.len())?;
    let end = from + noun.chars().count();
    // 该 before a noun that bears a name, 责任人员 inside 责任人员名单: judged by what follows.
    (!is_slot(text, hits, end) && !negated(text, at) && !tells_who(text, end)).then_some(Role {
        start: at,
        end,
        post: None,
        back: matches!(*word, "该" | "上述" | "这名" | "该名"),
        counted: false,
    })
}

/// 谈话提醒3人, 处理5人: people counted as at fault, unless a bracket names them.
fn punished(text: &Folded, hits: &Hits, at: usize) -> Option<Role> {
    let number = crate::text::date::arabic(text, at, 3).or_else(|| crate::text::date::chinese(text, at))?;
    let sanction = hits.to(at).iter().any(|hit| hit.class.meets(Class::SANCTION))
        || text.ends(at, "处理")
        || text.ends(at, "查处");
    let people = matches!(text.at(number.end), '人' | '名') && !is_word(text.at(number.end + 1));
    let named = matches!(text.at(number.end + 1), '(' | ':');
    let end = number.end + 1;
    // 约谈二人 points back at those named.
    (sanction && people && !named).then_some(Role { start: at, end, post: None, back: !number.arabic, counted: false })
}

fn picked(text: &Folded, hits: &Hits, at: usize) -> Option<Role> {
    let word = PICKING.iter().filter(|word| text.starts(at, word)).max_by_key(|word| word.len())?;
    let from = at + word.chars().count();
    let (start, end) = noun(text, hits, from)?;
    let general =
        text.slice(start, end).iter().collect::<String>() == "群众" || text.starts(start, "人员") && *word == "涉及";
    (!general && !is_slot(text, hits, end)).then_some(Role {
        start: at,
        end,
        post: bare(text, start, end),
        back: text.ends(at, "上述") || text.ends(at, "以上") || text.ends(at, "这") || text.ends(at, "该"),
        counted: false,
    })
}

/// 3名党员, 一名住院医师, 2名值班人员: counted people, unless they were only met.
fn counted(text: &Folded, hits: &Hits, at: usize) -> Option<Role> {
    let number = crate::text::date::arabic(text, at, 3).or_else(|| crate::text::date::chinese(text, at));
    let number = match number {
        Some(number) => number.end,
        None if text.at(at) == '两' => at + 1,
        None => return None,
    };
    if text.before(at).is_ascii_digit() || crate::text::date::chinese_digit(text.before(at)).is_some() {
        return None;
    }
    let from = number + usize::from(text.at(number) == '余');
    let from = match text.at(from) {
        '名' | '位' => from + 1,
        _ => return None,
    };
    let (start, end) = noun(text, hits, from)?;
    // 3名参保群众, 5名患者: those whom it was done to.
    if AFFECTED.iter().any(|word| text.ends(end, word)) {
        return None;
    }
    let clause = (at.saturating_sub(16)..at)
        .rev()
        .find(|&before| ends_clause(text.at(before)))
        .map_or(at.saturating_sub(16), |mark| mark + 1);
    let met = (clause..at).any(|before| {
        MEETING.iter().any(|word| text.starts(before, word) && (word.chars().count() > 1 || before + 1 == at))
    }) && !(clause..at).any(|before| text.starts(before, "发现"));
    let until = (end..end + 10).find(|&after| ends_clause(text.at(after))).unwrap_or(end + 10);
    let present = (end..until).any(|after| PRESENT.iter().any(|word| text.starts(after, word)));
    (!met && !present).then_some(Role {
        start: at,
        end,
        post: bare(text, start, end),
        back: text.ends(at, "上述") || text.ends(at, "以上") || text.ends(at, "这") || text.ends(at, "该"),
        counted: true,
    })
}

fn alone(text: &Folded, hits: &Hits, at: usize) -> Option<Role> {
    let word = ALONE.iter().filter(|word| text.starts(at, word)).max_by_key(|word| word.len())?;
    let end = at + word.chars().count();
    let qualified = is_word(text.before(at)) && !hits.to(at).iter().any(|hit| hit.class.meets(Class::BEFORE));
    let first = matches!(text.before(at), '一' | '个' | '“' | '缺' | '无');
    (!qualified && !first && !is_slot(text, hits, end) && !negated(text, at) && !tells_who(text, end)).then_some(Role {
        start: at,
        end,
        post: None,
        back: false,
        counted: false,
    })
}

/// The noun of people at a place: a post's word with what qualifies it, or 人员, 同志.
fn noun(text: &Folded, hits: &Hits, from: usize) -> Option<(usize, usize)> {
    for end in (from + 1..=from + 9).rev() {
        let hit = hits.longest_to(end, Class::POST.or(Class::GROUP)).filter(|hit| hit.from() >= from);
        let Some(hit) = hit else { continue };
        if (from..hit.from()).any(|at| {
            !is_word(text.at(at))
                || hits.from(at).iter().any(|hit| {
                    hit.len() > 1
                        && hit.class.meets(Class::AFTER.or(Class::BEFORE))
                        && !hit.class.meets(Class::MODIFIER.or(Class::GENERIC))
                })
        }) {
            continue;
        }
        return Some((from, end));
    }
    None
}

/// 人员 and 同志 are no post.
fn bare(text: &Folded, start: usize, end: usize) -> Option<(usize, usize)> {
    if text.ends(end, "站所负责人") || text.ends(end, "单位负责人") {
        return Some((end - 3, end));
    }
    let none =
        end - start == 2 && (text.starts(start, "人员") || text.starts(start, "同志") || text.starts(start, "群众"));
    (!none).then_some((start, end))
}

/// 未配备会计, 无负责人, 缺经手人: nobody is there.
pub(super) fn negated(text: &Folded, at: usize) -> bool {
    [
        "配备",
        "改选",
        "推选",
        "增补",
        "补选",
        "无",
        "缺",
        "未明确",
        "未指定",
        "没有",
        "设置",
        "招聘",
        "聘请",
        "未设",
        "空缺",
        "未安排",
        "未落实",
        "明确",
        "缺少",
        "增设",
        "选举",
        "兼任",
        "担任",
        "任命",
    ]
    .iter()
    .any(|word| text.ends(at, word))
}

/// 责任人为…, 经办人:…: who it is follows.
pub(super) fn tells_who(text: &Folded, end: usize) -> bool {
    matches!(text.at(end), '为' | '是' | '系' | ':')
}

/// 经办人栏, 会计凭证, 村干部误工补贴: a thing that bears the name of a post.
pub(super) fn is_slot(text: &Folded, hits: &Hits, end: usize) -> bool {
    let at = end + usize::from(text.at(end) == '的');
    let slot = hits.longest_from(at, Class::SLOT);
    // 工作, 管理, 教育 may also be what the person did: only without the mark of an act behind.
    // 责任心不强: a judgement of the person runs over the slot's word.
    let judged = |slot: Hit| {
        hits.from(at).iter().any(|hit| hit.len() > slot.len() && hit.class.meets(Class::JUDGEMENT.or(Class::FAULT)))
    };
    slot.is_some_and(|slot| !(judged(slot) || at > end && slot.len() < 2))
}
