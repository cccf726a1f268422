//! The level that a post speaks of: which of the units named before it can be its own.

use crate::text::fold::{Folded, is_word};
use crate::text::lexicon::{Class, Hits};

/// Which units a post can belong to.
pub(super) enum Wanted {
    Any,
    /// Ends in one of these.
    Ends(&'static [&'static str]),
    /// Ends in none of these.
    Not(&'static [&'static str]),
}

impl Wanted {
    pub(super) fn fits(&self, text: &Folded, unit: (usize, usize)) -> bool {
        let ends = |list: &[&str]| list.iter().any(|end| text.ends(unit.1, end));
        match self {
            Wanted::Any => true,
            Wanted::Ends(list) => ends(list),
            Wanted::Not(list) => !ends(list),
        }
    }
}

const TOWNS: &[&str] = &["镇", "乡", "街道", "开发区", "新区", "园区", "管委会", "办事处", "苏木", "农场", "林场"];
const VILLAGES: &[&str] = &["村", "社区", "组", "屯", "寨", "嘎查", "居委会", "小区"];
const NOT_VILLAGES: &[&str] = &["镇", "乡", "街道", "局", "县", "市", "区", "省"];
const SCHOOLS: &[&str] = &[
    "校",
    "中学",
    "小",
    "中",
    "小学",
    "高中",
    "初中",
    "幼儿园",
    "园",
    "学院",
    "教学点",
    "一中",
    "二中",
    "三中",
    "局",
    "中心",
    "馆",
    "宫",
];
const HOSPITALS: &[&str] =
    &["院", "中心", "室", "站", "院区", "局", "校", "园", "中学", "小学", "所", "部", "委", "公司", "馆", "寓"];
const FIRMS: &[&str] = &["公司", "集团", "厂", "店", "合作社", "队", "院", "行", "超市", "项目部"];
const BUREAUS: &[&str] =
    &["局", "委", "办", "中心", "办公室", "馆", "场", "部", "社", "联", "会", "公司", "大队", "院", "队", "所", "站"];

/// Whether a post begins with a body that has no name of its own (镇财政所所长): only a unit of that level serves it.
pub(super) fn nameless(text: &Folded, post: (usize, usize)) -> bool {
    let other = ["乡村", "乡镇", "村镇", "村医"].iter().any(|word| text.starts(post.0, word));
    let body = ["局", "镇", "乡", "街道", "社区", "嘎查", "村"].iter().any(|body| text.starts(post.0, body));
    body && !other || station_head(text, post)
}

/// 林业站长, 财政所长: the head of a station that has no name.
fn station_head(text: &Folded, post: (usize, usize)) -> bool {
    post.1 - post.0 >= 4 && ["站长", "所长"].iter().any(|head| text.ends(post.1, head))
}

/// The level that a post speaks of.
pub(super) fn wanted(text: &Folded, hits: &Hits, post: (usize, usize)) -> Wanted {
    let has = |word: &str| (post.0..post.1).any(|at| text.starts(at, word));
    let any = |words: &[&str]| words.iter().any(|word| has(word));
    // 监理公司总监代表: whose people they are is said, though not by name.
    if (post.0 + 2..post.1).any(|end| text.ends(end, "公司") && end - post.0 <= 6) {
        return Wanted::Ends(&[]);
    }
    // 监理员, 项目经理: people of a firm, whoever looked into their doings.
    if any(&[
        "监理",
        "项目经理",
        "项目部",
        "施工",
        "供货商",
        "法定代表人",
        "店主",
        "车主",
        "个体",
        "包工",
        "劳务带班",
        "外业调查",
    ]) {
        return Wanted::Ends(FIRMS);
    }
    // 乡林业站技术员, 镇应急办主任: the town's own, and no village's.
    if matches!(text.at(post.0), '镇' | '乡') && !text.starts(post.0, "乡村") && !text.starts(post.0, "乡镇")
        || text.starts(post.0, "街道")
    {
        return Wanted::Ends(TOWNS);
    }
    // 局办公室主任: a bureau's own, whatever else was named since.
    if text.at(post.0) == '局' {
        return Wanted::Ends(&["局", "委", "办"]);
    }
    // 社区主任, 嘎查会计: a town named before is not their community.
    if ["社区", "居委会", "嘎查"].iter().any(|body| text.starts(post.0, body)) {
        return Wanted::Ends(VILLAGES);
    }
    // 林业站站长, 供电所台区经理: a nameless station is no village's.
    if station_head(text, post) {
        return Wanted::Not(VILLAGES);
    }
    let station = |at: usize| matches!(text.at(at), '站' | '所') && is_word(text.at(at + 1)) && text.at(at + 1) != '长';
    if (post.0 + 1..post.1.saturating_sub(2)).any(station) {
        return Wanted::Not(VILLAGES);
    }
    if any(&["镇长", "乡长", "人大主席", "纪工委", "党工委", "武装部"]) {
        return Wanted::Ends(TOWNS);
    }
    if any(&["纪委书记", "纪委副书记", "纪委委员"]) {
        return Wanted::Not(VILLAGES);
    }
    if any(&["校长", "班主任", "教导主任", "教导处", "教务", "年级", "教师", "总务处", "政教"]) {
        return Wanted::Ends(SCHOOLS);
    }
    if any(&["院长", "医师", "医生", "护士", "护理", "药房", "急诊", "门诊"])
        || (post.0..post.1).any(|at| text.starts(at, "科主任") || text.starts(at, "科副主任"))
    {
        return Wanted::Ends(HOSPITALS);
    }
    if any(&["局长", "股长", "党组", "总工程师", "总农艺师"]) {
        return Wanted::Ends(BUREAUS);
    }
    if text.starts(post.0, "村") && !text.starts(post.0, "村镇") && !text.starts(post.0, "村医")
        || any(&["支书", "治保主任", "村委会", "妇女主任", "村民小组", "村监", "村务监督"])
    {
        return Wanted::Ends(VILLAGES);
    }
    if any(&["支部", "党总支"]) {
        return Wanted::Not(NOT_VILLAGES);
    }
    if text.ends(post.1, "所长") && post.1 - post.0 <= 3 {
        return Wanted::Ends(&["所"]);
    }
    if text.ends(post.1, "站长") && post.1 - post.0 <= 4 && !hits.is(post.0, post.0 + 2, Class::GENERIC) {
        return Wanted::Ends(&["站"]);
    }
    if text.ends(post.1, "场长") {
        return Wanted::Ends(&["场"]);
    }
    if text.ends(post.1, "馆长") {
        return Wanted::Ends(&["馆"]);
    }
    Wanted::Any
}
