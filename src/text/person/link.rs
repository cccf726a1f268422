//! From the pieces of a text (units, posts, names, roles) to mentions: which post belongs to which name, and what
//! the names of a list share.

use super::behind::{counted, says};
use super::model::{Part, Piece};
use super::{Mention, Name, Stretch, lead};
use crate::text::date;
use crate::text::fold::{Folded, ends_clause, ends_sentence};

/// What may stand between a unit and its post or name.
const AFTER_UNIT: &[&str] = &[
    "的",
    "“",
    "原",
    "现",
    "时任",
    "现任",
    "(",
    "驻村",
    "个别",
    "部分",
    "有关",
    "相关",
    "某",
    "少数",
    "职务:",
    "，职务:",
    "；职务:",
];
/// What may stand between a post and its name.
const BEFORE_NAME: &[&str] =
    &["", ":", "“", "(", "的", "，", "、", "同志", "-", "—", "为", "是", "系", "由", "叫", "名叫", "即", "\n"];
/// Words that pick out somebody of many: a role behind them is a mention for certain, behind a count it may be those
/// who were met.
const PICKING: &[&str] = &["极个别", "个别", "部分", "少数", "有关", "相关", "有的", "某"];
const COUNTING: &[&str] = &["一名", "1名", "2名", "两名", "3名", "三名", "几名", "多名"];
/// What is said of people at fault, right behind them.
const FAILING: &[&str] = &[
    "未", "无", "没", "不", "擅自", "脱岗", "离岗", "违规", "虚报", "冒领", "迟到", "早退", "缺席", "旷工", "代", "私",
];
/// Words that point at somebody who is named already.
const POINTING: &[&str] = &["该", "上述", "以上", "这", "前述"];

/// Who others may be: 等教职工31人.
const OTHERS: &[&str] = &["教职工", "村干部", "干部", "党员", "职工", "工作人员", "人员", "群众", "村民", "社员"];

/// So far behind the first name it is said that somebody was spoken with.
const TALK: usize = 24;

/// Joins the pieces of a text to mentions, in the order of the text.
pub(super) fn join(text: &Folded, pieces: &[Piece]) -> Vec<Mention> {
    let pieces = &lead::whole_posts(text, pieces);
    let mut linker = Linker { text, pieces, mentions: Vec::new(), listed: Vec::new(), named: false, given: 0 };
    for (index, &piece) in pieces.iter().enumerate() {
        if piece.start < linker.given || linker.give_each(index) {
            continue;
        }
        match piece.part {
            Part::Unit if index > 0 && linker.unit_in_bracket(index - 1).is_some() => {}
            Part::Unit => linker.add_unit(piece),
            Part::Post => linker.add_post(index, piece),
            Part::Role if linker.is_post(index) => linker.add_post(index, piece),
            Part::Role => linker.add_role(index, piece, true),
            Part::Nobody => linker.add_role(index, piece, false),
            Part::Name | Part::Mask => linker.add_name(index, piece),
        }
    }
    linker.count_others();
    linker.mentions
}

/// Mentions as they are joined, piece by piece.
pub(super) struct Linker<'a> {
    pub text: &'a Folded,
    pub pieces: &'a [Piece],
    pub mentions: Vec<Mention>,
    /// By mention, whether it goes on the list of the one before it.
    pub listed: Vec<bool>,
    /// Whether somebody is named already.
    named: bool,
    /// Up to here all pieces are given to somebody.
    pub given: usize,
}

impl Piece {
    pub(super) fn stretch(self) -> Stretch {
        (self.start, self.end)
    }
}

impl Linker<'_> {
    pub(super) fn between(&self, from: usize, to: usize) -> String {
        self.text.slice(from, to).iter().collect()
    }

    fn push(&mut self, mention: Mention, listed: bool) {
        self.named |= mention.name.is_some();
        self.mentions.push(mention);
        self.listed.push(listed);
    }

    /// The unit right before a piece; a count may stand between: 大坪村1名村干部.
    fn unit_before(&self, index: usize) -> Option<Stretch> {
        let piece = self.pieces.get(index)?;
        let unit = self.pieces.get(index.checked_sub(1)?).filter(|unit| unit.part == Part::Unit)?;
        let between = self.between(unit.end, piece.start.min(unit.end + 6));
        let counted = between.ends_with('名') && between.chars().count() <= 4;
        // 石塘村相关|负责人: the word that picks out is no end of a unit.
        let picking = PICKING.iter().find(|word| self.text.ends(unit.end, word)).map_or(0, |word| word.chars().count());
        let end = unit.end.saturating_sub(picking).max(unit.start + 1);
        (between.is_empty() || counted || AFTER_UNIT.contains(&between.as_str())).then_some((unit.start, end))
    }

    /// 驾驶员江南(区环卫所), (均为县医院职工): a bracket with the unit alone belongs to the name before it.
    fn add_unit(&mut self, piece: Piece) {
        let people = ["", "职工", "人员", "工作人员", "干部职工"];
        let ends = |word: &&str| self.text.at(piece.end + word.chars().count()) == ')';
        let closed = people.iter().any(|word| self.text.starts(piece.end, word) && ends(word));
        if closed && self.mentions.last().is_some_and(|last| last.unit.is_none()) {
            self.add_to_names(None, Some(piece.stretch()), piece);
        }
    }

    /// A mention without a name.
    fn add_role(&mut self, index: usize, piece: Piece, post: bool) {
        // 该同志, 上述人员: nobody new where somebody is named.
        let points = |word: &&str| self.text.starts(piece.start, word) || self.text.ends(piece.start, word);
        if self.named && POINTING.iter().any(points) {
            return;
        }
        let unit = self.unit_before(index);
        // 个别干部, 相关责任人: the word that picks out is in the piece or before it, and never part of a post.
        let inside = PICKING
            .iter()
            .find(|word| self.text.starts(piece.start, word) && word.chars().count() < piece.end - piece.start);
        let counted = COUNTING.iter().find(|word| self.text.ends(piece.start, word));
        let before = PICKING.iter().find(|word| self.text.ends(piece.start, word));
        let length = |word: Option<&&str>| word.map_or(0, |word| word.chars().count());
        let start = unit.map_or(piece.start - length(before.or(counted)), |unit| unit.0);
        // 1名村干部未在岗: of those who are only counted, one who fails is at fault.
        let fails = counted.is_some() && FAILING.iter().any(|word| self.text.starts(piece.end, word));
        let plain = before.or(inside).is_some() || fails || !post;
        let post = post.then_some((piece.start + length(inside), piece.end));
        self.push(Mention { start, end: piece.end, unit, post, name: None, margin: piece.presence, plain }, false);
    }

    /// Whether a piece is somebody's post: as it is read, or by what stands beside it: 会计:李春花, 唐国强(支书).
    fn is_post(&self, index: usize) -> bool {
        let Some(&piece) = self.pieces.get(index) else { return false };
        let named = |piece: &&Piece| matches!(piece.part, Part::Name | Part::Mask);
        let behind = || {
            let name = self.pieces.get(index + 1).filter(named);
            name.is_some_and(|name| name.start == piece.end + 1 && matches!(self.text.at(piece.end), ':' | '\n'))
        };
        let before = || {
            let name = index.checked_sub(1).and_then(|before| self.pieces.get(before)).filter(named);
            name.is_some_and(|name| name.end + 1 == piece.start && self.text.at(name.end) == '(')
        };
        // 唐国强、李华两名社区工作者: who they are follows their number; 二人 has none behind it.
        let numbered = || {
            let name = index.checked_sub(1).and_then(|before| self.pieces.get(before)).filter(named);
            let number = |name: &Piece| self.between(name.end, piece.start.min(name.end + 5));
            let all = |words: String| counted(&words) == Some(words.len()) && !words.ends_with(['人', '妇']);
            name.is_some_and(|name| all(number(name)))
        };
        let bracketed = || self.unit_in_bracket(index).is_some();
        piece.part == Part::Post || piece.part == Part::Role && (behind() || before() || numbered() || bracketed())
    }

    /// A post: for the name behind it, if one stands there; else for those before it; else a role.
    fn add_post(&mut self, index: usize, piece: Piece) {
        let before = |linker: &mut Self| {
            let unit = linker.unit_before(index);
            linker.add_to_names(Some(piece.stretch()), unit, piece)
        };
        if !self.name_behind(index) && !before(self) {
            self.add_role(index, piece, true);
        }
    }

    /// 第一书记(县税务局)陈志刚: the unit in a bracket between a post and its name.
    fn unit_in_bracket(&self, post: usize) -> Option<Stretch> {
        let [post, unit, name] = self.pieces.get(post..post + 3)? else { return None };
        let parts = matches!(post.part, Part::Post | Part::Role)
            && unit.part == Part::Unit
            && matches!(name.part, Part::Name | Part::Mask);
        let marks = (self.text.at(post.end), self.text.at(unit.end)) == ('(', ')');
        (parts && marks && unit.start == post.end + 1 && name.start == unit.end + 1).then_some(unit.stretch())
    }

    /// Whether the name right behind a post is its own: 会计王芳, 副书记(监察办公室主任)李红.
    fn name_behind(&self, index: usize) -> bool {
        if self.unit_in_bracket(index).is_some() {
            return true;
        }
        let (Some(post), Some(name)) = (self.pieces.get(index), self.pieces.get(index + 1)) else { return false };
        if !matches!(name.part, Part::Name | Part::Mask) || name.start - post.end > 16 {
            return false;
        }
        let between = self.between(post.end, name.start);
        // 唐国强系会计，李华未到: whose post it is was said.
        if matches!(between.as_str(), "，" | "、") && self.said(index) {
            return false;
        }
        between.starts_with('(') && between.ends_with(')') || BEFORE_NAME.contains(&between.as_str())
    }

    /// Whether a post is said to be that of a name before it: 唐国强系青石镇会计.
    fn said(&self, index: usize) -> bool {
        let before = |index: usize| index.checked_sub(1).and_then(|before| Some((before, *self.pieces.get(before)?)));
        let Some(&post) = self.pieces.get(index) else { return false };
        let (start, before) = match before(index) {
            Some((unit, piece)) if piece.part == Part::Unit && piece.end == post.start => (piece.start, before(unit)),
            other => (post.start, other),
        };
        before.is_some_and(|(_, name)| {
            matches!(name.part, Part::Name | Part::Mask)
                && start - name.end <= 4
                && says(&self.between(name.end, start))
        })
    }

    fn add_name(&mut self, index: usize, piece: Piece) {
        let name = Name { start: piece.start, end: piece.end, full: piece.part == Part::Name };
        let post = index.checked_sub(1).filter(|&before| self.is_post(before) && self.name_behind(before));
        let around = index.checked_sub(2).and_then(|before| Some((self.unit_in_bracket(before)?, before)));
        let (unit, post) = match (around, post) {
            (Some((unit, before)), _) => (Some(unit), self.pieces.get(before)),
            (None, Some(before)) => (self.unit_before(before), self.pieces.get(before)),
            (None, None) => (self.unit_before(index), None),
        };
        // A、B: the names of a list share what stands before the first.
        if let Some(last) = self.mentions.last().copied()
            && post.is_none()
            && unit.is_none()
            && last.name.is_some_and(|name| name.end <= piece.start)
            && self.goes_on(last.end, piece)
        {
            let margin = if name.full { piece.margin } else { piece.presence };
            let plain = !name.full;
            self.push(Mention { start: piece.start, end: piece.end, name: Some(name), margin, plain, ..last }, true);
            return;
        }
        let start = unit.or(post.map(|post| post.stretch())).map_or(piece.start, |first| first.0);
        let margin = match post {
            _ if !name.full => piece.presence,
            Some(post) => post.margin.min(piece.margin),
            None => piece.margin,
        };
        let post = post.map(|post| post.stretch());
        self.push(Mention { start, end: piece.end, unit, post, name: Some(name), margin, plain: !name.full }, false);
    }

    /// Whether only 、 or the like stands between the end of a mention and a name.
    fn goes_on(&self, from: usize, name: Piece) -> bool {
        if name.start - from > 18 {
            return false;
        }
        let between = self.between(from, name.start);
        let mut rest = between.as_str();
        rest = rest.strip_prefix("同志").unwrap_or(rest);
        if rest.starts_with('(') {
            rest = rest.split_once(')').map_or(rest, |(_, behind)| behind);
        }
        // 镇长赵明辉与何建华谈话, 与何建华、王平二人谈话提醒: whom he spoke with are others.
        let talk = |at: usize| self.text.starts(at, "谈话") && self.text.before(at) != '约';
        let far = if rest == "与" { TALK } else { 2 };
        let mut talked = (name.end..name.end + far).take_while(|&at| !ends_clause(self.text.at(at)));
        let spoken = matches!(rest, "与" | "和") && talked.any(talk);
        !spoken
            && (matches!(rest, "、" | "和" | "及" | "与" | "以及" | "/")
                || rest.is_empty() && self.text.gap(name.start))
    }

    /// 等3人, 等人: others without a name, when they are more than those named in the sentence.
    fn count_others(&mut self) {
        let mut others = Vec::new();
        for (index, mention) in self.mentions.iter().enumerate() {
            let Some(name) = mention.name else { continue };
            let mut at = name.end + if self.text.starts(name.end, "同志") { 2 } else { 0 };
            if self.text.at(at) == '(' {
                at = (at..at + 30).find(|&close| self.text.at(close) == ')').map_or(at, |close| close + 1);
            }
            // “甲、乙”等8人: quoted from a paper.
            at += usize::from(self.text.at(at) == '”');
            if self.text.at(at) != '等' {
                continue;
            }
            let ends = |&at: &usize| ends_sentence(self.text.at(at));
            let earliest = at.saturating_sub(120);
            let sentence = (earliest..at).rev().find(ends).unwrap_or(earliest);
            let before = self.mentions.iter().take(index + 1).rev();
            let names = before.take_while(|mention| mention.start >= sentence).count();
            let number = |at: usize| date::arabic(self.text, at, 3).or_else(|| date::chinese(self.text, at));
            // 等教职工31人: who they are may stand before their number.
            let whose = OTHERS.iter().find(|word| self.text.starts(at + 1, word)).map(|word| word.chars().count());
            let number = number(at + 1).or_else(|| number(at + 1 + whose?));
            let (more, end) = match number {
                Some(number) => {
                    let people = matches!(self.text.at(number.end), '人' | '名' | '位');
                    (people && number.value as usize > names, number.end + 1)
                }
                None => (self.text.at(at + 1) == '人' && self.text.at(at + 2) != '员', at + 2),
            };
            if more {
                others.push(Mention {
                    start: at,
                    end,
                    unit: None,
                    post: None,
                    name: None,
                    margin: i16::MAX,
                    plain: true,
                });
            }
        }
        others.into_iter().for_each(|other| self.push(other, false));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `{U青石镇}{P会计}{N唐国强}` as a text with its pieces; M a mask, R a role, X somebody.
    fn marked(marked: &str) -> (Folded, Vec<Piece>) {
        let (mut text, mut pieces) = (String::new(), Vec::new());
        for (at, stretch) in marked.split(['{', '}']).enumerate() {
            let start = text.chars().count();
            let mut words = stretch.chars();
            let part = (at % 2 == 1).then(|| match words.next() {
                Some('U') => Part::Unit,
                Some('P') => Part::Post,
                Some('N') => Part::Name,
                Some('M') => Part::Mask,
                Some('R') => Part::Role,
                _ => Part::Nobody,
            });
            text.extend(words);
            let end = text.chars().count();
            pieces.extend(part.map(|part| Piece { part, start, end, margin: 100, presence: 100 }));
        }
        (Folded::new(&text), pieces)
    }

    #[test]
    fn what_belongs_together_is_joined() {
        for (written, mentions) in [
            ("{U青石镇}{P会计}{N唐国强}、{N李华}", "青石镇|会计|唐国强 青石镇|会计|李华"),
            ("{N唐国强}、{N李华}两名{R社区工作者}", "|社区工作者|唐国强 |社区工作者|李华"),
            ("{N唐国强}、{N李华}（二人分别为{U甲村}{P会计}、{U乙村}{R出纳}）", "甲村|会计|唐国强 乙村|出纳|李华"),
            ("{N唐国强}、{N李华}2人（分别为{U甲村}、{U乙村}{P会计}）", "甲村|会计|唐国强 乙村|会计|李华"),
            ("{N唐国强}、{N李华}（分别为{U甲村}{P支部书记、会计}）", "甲村|支部书记|唐国强 甲村|会计|李华"),
            ("{N唐国强}、{N李华}2人（分别为甲村、{U乙村}{P会计}）", "甲村|会计|唐国强 乙村|会计|李华"),
            (
                "{N唐国强}、{N李华}分别约谈{U甲村}{P会计}、{U乙村}{P出纳}{N王五}",
                "||唐国强 ||李华 甲村|会计| 乙村|出纳|王五",
            ),
            (
                "{N唐国强}、{N李华}分别为{U甲村}{P会计}、{U乙村}{P出纳}，{R书记}",
                "甲村|会计|唐国强 乙村|出纳|李华 |书记|",
            ),
            ("{N唐国强}、{N李华}等3名{R村干部}", "|村干部|唐国强 |村干部|李华 ||"),
            ("{N唐国强}、{N李华}二人，{R村民}未签字", "||唐国强 ||李华 |村民|"),
            ("{N唐国强}、{N李华}分别系{U县医院}{P主任}、{P科长}，", "县医院|主任|唐国强 县医院|科长|李华"),
            ("{U县水利局}{P局长}{N李明}、{P副局长}{N王芳}", "县水利局|局长|李明 |副局长|王芳"),
            ("{N唐国强}（{U大坪村}{P支部书记}）、{N李华}（{R会计}）", "大坪村|支部书记|唐国强 大坪村|会计|李华"),
            ("{N唐国强}、{N李华}（均为{U大坪村}{P村民}）", "大坪村|村民|唐国强 大坪村|村民|李华"),
            ("{P医师}{N华丽}、{P护士}{N郜兰}（均为{U县医院}职工）", "县医院|医师|华丽 县医院|护士|郜兰"),
            ("{P驾驶员}{N江南}（{U区环卫所}）", "区环卫所|驾驶员|江南"),
            ("{N叶问}（兼{P工会主席}）", "|工会主席|叶问"),
            ("{U青石镇}{P镇长}{N赵明}与{N何建华}谈话", "青石镇|镇长|赵明 ||何建华"),
            ("{P书记}{N赵明}与{N何建华}、{N王平}二人谈话提醒", "|书记|赵明 ||何建华 ||王平"),
            ("{P书记}{N赵明}与{N何建华}到场，随后谈话", "|书记|赵明 |书记|何建华"),
            ("{N唐国强}、{N李华}等3人", "||唐国强 ||李华 ||"),
            ("{N唐国强}等教职工31人", "||唐国强 ||"),
            ("{R第一书记}({U县税务局}){N李华}、{P会计}({U甲村}){N唐国强}", "县税务局|第一书记|李华 甲村|会计|唐国强"),
            ("{N唐国强}、{N李华}等2人", "||唐国强 ||李华"),
            ("{U石塘村}相关{R负责人}，{N李华}，该{R负责人}", "石塘村|负责人| ||李华"),
            ("{R会计}：{N李春花}", "|会计|李春花"),
            ("姓名：{N唐国强}；单位：{U大坪村}；职务：{P支部书记}", "大坪村|支部书记|唐国强"),
            ("{U龙屿镇}{M王}{P主任}", "龙屿镇|主任|王"),
            ("{U大坪村}{R村委会副主任}、{P会计}{N唐国强}", "大坪村|村委会副主任、会计|唐国强"),
            ("{R包村干部}、{U青石镇农业站}{P站长}{N唐国强}", "青石镇农业站|站长|唐国强"),
            ("{R乡级河长}为{U青石镇}{P副书记}{N唐国强}", "青石镇|副书记|唐国强"),
            ("{R驻场督导员}（{U县农业农村局}{P副股长}{N唐国强}）", "县农业农村局|副股长|唐国强"),
            ("{U孟庄村}{R水管员}由{N唐国强}接任", "孟庄村|水管员|唐国强"),
            ("5名{R党员}（{N唐国强}、{N李华}）", "|党员|唐国强 |党员|李华"),
            ("{U大坪村}{R副主任}（兼{P综治专干}）{N唐国强}", "大坪村|副主任(兼综治专干)|唐国强"),
            ("{R负责人}未到场，{P会计}{N李华}", "|负责人| |会计|李华"),
            ("{P会计}{N李华}、{P出纳}{N王芳}两名{R工作人员}", "|会计|李华 |出纳|王芳"),
            (
                "{N唐国强}系{U青石镇}{P副主任}，{N李华}、{N王芳}均为{U大坪村}{P会计}",
                "青石镇|副主任|唐国强 大坪村|会计|李华 大坪村|会计|王芳",
            ),
            ("{N唐国强}现任{P会计}，{N李华}未到", "|会计|唐国强 ||李华"),
        ] {
            let (text, pieces) = marked(written);
            let words = |stretch: Option<Stretch>| {
                stretch.map_or(String::new(), |(start, end)| text.slice(start, end).iter().collect::<String>())
            };
            let shown = join(&text, &pieces).into_iter().map(|mention| {
                let name = mention.name.map(|name| (name.start, name.end));
                format!("{}|{}|{}", words(mention.unit), words(mention.post), words(name))
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), mentions, "{written}");
        }
    }
}
