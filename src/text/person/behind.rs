//! What stands behind names and says who they are: in a bracket, after 系, 均为, 分别为, or behind their number.

use super::body::named;
use super::link::Linker;
use super::model::{Part, Piece};
use super::{Mention, Stretch};
use crate::text::fold::{Folded, ends_clause, is_word};
use crate::text::lexicon::{Class, Hits};

/// Each of those named is one of what follows, in that order.
const EACH: &str = "分别";
/// What follows is said of all who are named before it.
const ALL: &[&str] = &["均", "皆", "都", "分别"];
/// Words that only say that somebody is something.
const BEING: &[&str] = &[
    "系",
    "为",
    "是",
    "任",
    "担任",
    "现任",
    "时任",
    "原",
    "作为",
    "身为",
    "兼",
    "该",
    "女，",
    "男，",
    "职务:",
    "单位:",
    "单位及职务:",
    "所在单位:",
    "属",
    "系原",
];

/// What all who work somewhere are called.
const OF_ALL: &[&str] = &["职工", "员工", "人员", "干部", "公职人员"];

/// How many bytes of a text number the people named before it: 二人, 等3名, 两位; 等人 and 夫妇 too.
pub(super) fn counted(text: &str) -> Option<usize> {
    if let Some(word) = ["等人", "夫妇"].iter().find(|word| text.starts_with(*word)) {
        return Some(word.len());
    }
    let rest = text.strip_prefix('等').unwrap_or(text);
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十".contains(c));
    let people = number.chars().next().filter(|c| "人名位".contains(*c))?;
    (number.len() < rest.len()).then_some(text.len() - number.len() + people.len_utf8())
}

/// Whether words between a name and a post say that the one is the other: 系, 均为, 现任.
pub(super) fn says(words: &str) -> bool {
    let rest = ALL.iter().find_map(|all| words.strip_prefix(all)).unwrap_or(words);
    BEING.contains(&rest)
}

/// Characters of what is said of somebody, at the most.
const SAID: usize = 24;

/// 骆新会、奚玲均为北园社区工作人员: where the model read no post, a clause that says nothing but who they are, from the name
/// on to a listed post, gives it.
pub(super) fn take_said(text: &Folded, hits: &Hits, mentions: &mut Vec<Mention>) {
    let mut told: Vec<Stretch> = Vec::new();
    for index in 0..mentions.len() {
        let mention = mentions[index];
        let bare = |mention: &Mention| mention.post.is_none() && mention.name.is_some_and(|name| name.full);
        let Some((from, to)) = said(text, hits, mention.end).filter(|_| bare(&mention)) else { continue };
        // Whoever else is told of in it is somebody else: 系会计唐国强之兄.
        if mentions.get(index + 1).is_some_and(|next| next.start < to && next.name.is_some()) {
            continue;
        }
        let ends = |end: &usize| hits.longest_to(*end, Class::UNIT_BODY).is_some() && named(text, hits, from, *end);
        let unit = (from + 2..to - 1).rev().find(ends).map(|end| (from, end));
        let post = (unit.map_or(from, |unit| unit.1), to);
        let mut start = mention.start;
        for other in mentions[..=index].iter_mut().rev() {
            if !bare(other)
                || other.end != mention.end && !(other.end + 1 == start && matches!(text.at(other.end), '、' | '和'))
            {
                break;
            }
            (other.post, other.unit, start) = (Some(post), unit.or(other.unit), other.start);
        }
        told.push((from, to));
    }
    // What was a role there is said of them.
    mentions.retain(|mention| {
        let before = told.partition_point(|&(from, _)| from <= mention.start);
        let within = before.checked_sub(1).is_some_and(|at| mention.end <= told[at].1);
        mention.name.is_some() || !within
    });
}

/// What a clause or a bracket says that somebody is whose name ends at a place: all of it, up to a listed post.
fn said(text: &Folded, hits: &Hits, name: usize) -> Option<Stretch> {
    let says = |&at: &usize| {
        let words: String = text.slice(name, at).iter().collect();
        says(&words) && matches!(text.before(at), '系' | '为' | '是' | '任')
    };
    let bracket = text.at(name) == '(';
    let from = if bracket { name + 1 } else { (name + 1..=name + 4).rev().find(says)? };
    let ends = |&at: &usize| if bracket { text.at(at) == ')' } else { ends_clause(text.at(at)) };
    let to = (from + 2..from + SAID).find(ends)?;
    let listed = hits.longest_to(to, Class::POST).is_some_and(|post| post.len() > 1 && post.from() >= from);
    let plain = (from..to).all(|at| is_word(text.at(at)) && !text.gap(at));
    (listed && plain).then_some((from, to))
}

impl Linker<'_> {
    /// A、B(分别为甲村会计、乙村出纳), A、B分别系甲村、乙村会计: each of those named is one of what follows. Gives whether that is
    /// what begins at a piece.
    pub(super) fn give_each(&mut self, index: usize) -> bool {
        let (Some(first), Some(last)) = (self.pieces.get(index), self.mentions.last()) else { return false };
        let from = last.end;
        let near = from <= first.start && first.start - from <= 18;
        if !near || !self.text.slice(from, first.start).contains(&'分') {
            return false;
        }
        let between = self.between(from, first.start);
        let being = |rest: &str| ["为", "系", "是", "任", "担任"].iter().any(|word| rest.starts_with(word));
        if !between.split_once(EACH).is_some_and(|(_, rest)| being(rest)) {
            return false;
        }
        let list = self.listed.iter().rev().take_while(|&&listed| listed).count() + 1;
        let (mut units, mut posts, mut end) = (Vec::new(), Vec::new(), first.start);
        for piece in self.pieces.get(index..).unwrap_or(&[]) {
            let between = self.between(end.min(piece.start), piece.start.min(end + 2));
            if posts.len() == list || !matches!(between.as_str(), "" | "、" | "和" | "及" | "，") {
                break;
            }
            match piece.part {
                Part::Unit => units.push(piece.stretch()),
                Part::Post | Part::Role => posts.push((units.last().copied(), piece.stretch(), piece.margin)),
                _ => break,
            }
            end = piece.end;
        }
        // 分别为甲村支部书记、会计: what was read as the several posts of one person is a post for each.
        if let [(unit, (start, end), margin)] = *posts.as_slice()
            && units.len() < 2
        {
            let parts: Vec<_> = self.split(start, end).map(|part| (unit, part, margin)).collect();
            posts = if parts.len() == list { parts } else { posts };
        }
        let shared = |unit: &Stretch| Some((Some(*unit), posts.first()?.1, posts.first()?.2));
        // 分别为甲村、乙村会计: the first of them may be read as no unit.
        let separated = matches!(self.text.before(first.start), '、' | '和' | '及' | '，');
        if posts.len() == 1 && units.len() + 1 == list && first.part == Part::Unit && separated {
            let opening = (from..first.start).rev().find(|&at| matches!(self.text.at(at), '为' | '系' | '是'));
            let bare = opening.map(|at| (at + 1, first.start.saturating_sub(1)));
            units.splice(0..0, bare.filter(|bare| bare.1 > bare.0 + 1 && !self.between(bare.0, bare.1).contains('、')));
        }
        let each: Vec<_> = match posts.as_slice() {
            [_] if units.len() == list => units.iter().filter_map(shared).collect(),
            several => several.to_vec(),
        };
        if each.len() != list || list < 2 {
            return false;
        }
        let names = self.mentions.len() - list;
        for (mention, (unit, post, margin)) in self.mentions.iter_mut().skip(names).zip(each) {
            (mention.unit, mention.post) = (unit.or(mention.unit), Some(post));
            mention.margin = mention.margin.min(margin);
        }
        self.given = end;
        true
    }

    /// The parts of a stretch between its 、.
    fn split(&self, start: usize, end: usize) -> impl Iterator<Item = Stretch> {
        let marks = (start..end).filter(|&at| self.text.at(at) == '、');
        let ends: Vec<usize> = marks.chain([end]).collect();
        let mut from = start;
        ends.into_iter().map(move |to| (std::mem::replace(&mut from, to + 1), to)).filter(|(from, to)| from < to)
    }

    /// What stands behind one name or several, in a bracket or after 系, says who they are. Gives whether it does.
    pub(super) fn add_to_names(&mut self, post: Option<Stretch>, unit: Option<Stretch>, piece: Piece) -> bool {
        let start = unit.map_or(piece.start, |unit| unit.0);
        let Some(last) = self.mentions.last().copied() else { return false };
        if last.name.is_none() || last.end > start || start - last.end > 10 {
            return false;
        }
        let between = self.between(last.end, start);
        let strip = |rest: &mut &str, words: &[&str]| {
            let longest = words.iter().filter_map(|word| rest.strip_prefix(word)).min_by_key(|rest| rest.len());
            longest.map(|shorter| *rest = shorter).is_some()
        };
        let number = |rest: &mut &str| {
            counted(rest).and_then(|length| rest.get(length..)).map(|behind| *rest = behind).is_some()
        };
        let mut rest = between.as_str();
        let counted = number(&mut rest);
        strip(&mut rest, &["同志"]);
        let bracket = rest.starts_with('(');
        strip(&mut rest, &["(", "，", "；", ":", "-", "—", "、"]);
        let counted = number(&mut rest) || counted;
        let all = strip(&mut rest, ALL) || counted;
        strip(&mut rest, BEING);
        if !rest.is_empty() {
            return false;
        }
        let listed = self.listed.last().copied().unwrap_or(false);
        if last.post.is_some() && !(bracket && listed) {
            if all && unit.is_some() {
                self.give_all(unit, last.end);
                return true;
            }
            if post.is_some() {
                // 叶问(兼工会主席): another post of the same person. 户主王平(大坪村村民): with its unit it is the fuller one.
                let besides = ["兼", "现"].iter().any(|word| between.contains(word)) || self.text.at(piece.end) == '兼';
                let fuller = post.filter(|post| !besides && unit.is_some() && !self.is_of_all(*post));
                let last = self.mentions.last_mut().filter(|last| bracket && last.unit.is_none());
                last.into_iter().for_each(|last| (last.unit, last.post) = (unit, fuller.or(last.post)));
                // 会计李华、出纳王芳两名工作人员: who they are was said.
                return bracket || counted;
            }
        }
        // From the last name back through its list, as far as what is said is said of all.
        let onwards = post.is_none() || all;
        for (mention, &listed) in self.mentions.iter_mut().zip(&self.listed).rev() {
            if mention.post == last.post {
                mention.post = post.or(mention.post);
                mention.unit = unit.or(mention.unit);
                mention.margin = mention.margin.min(piece.margin);
            }
            if !onwards || !listed {
                break;
            }
        }
        true
    }

    /// 职工, 在编干部: a word for all who work somewhere is no fuller post.
    fn is_of_all(&self, post: Stretch) -> bool {
        OF_ALL.iter().any(|word| self.text.ends(post.1, word) && post.1 - post.0 <= word.chars().count() + 2)
    }

    /// 医师华丽、护士郜兰兰(均为县中医院职工): the unit is that of all who stand side by side.
    fn give_all(&mut self, unit: Option<Stretch>, end: usize) {
        let mut from = end;
        for mention in self.mentions.iter_mut().rev() {
            if mention.name.is_none() || mention.end + 1 < from {
                break;
            }
            mention.unit = mention.unit.or(unit);
            from = mention.start;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Name;
    use super::*;
    use crate::text::lexicon::Lexicon;

    #[test]
    fn a_clause_that_says_nothing_else_says_who_somebody_is() {
        for (written, shown) in [
            ("唐国强、李华均为北园社区工作人员，未报告", "北园社区|工作人员 北园社区|工作人员"),
            ("唐国强、李华未到，李华是驻村工作队队员。", " |驻村工作队队员"),
            ("李华系大坪村会计。", "大坪村|会计"),
            ("李华系大坪村会计唐国强之妻。", ""),
            ("李华(郁家庄大棚承包户)已签", "|郁家庄大棚承包户"),
            ("李华(已签到)是村民", ""),
            ("李华为村民办事，", ""),
            ("李华任会计期间，", ""),
            ("李华是第一次。", ""),
        ] {
            let text = Folded::new(written);
            let hits = Hits::find(&text, &Lexicon::default());
            let place = |name: &str| written.find(name).map(|at| written[..at].chars().count());
            let last = |name: &str| written.rfind(name).map(|at| written[..at].chars().count());
            let mut mentions: Vec<Mention> = [("唐国强", place("唐国强")), ("李华", last("李华"))]
                .into_iter()
                .filter_map(|(name, start)| Some((start?, start? + name.chars().count())))
                .map(|(start, end)| Mention {
                    start,
                    end,
                    unit: None,
                    post: None,
                    name: Some(Name { start, end, full: true }),
                    margin: 0,
                    plain: false,
                })
                .collect();
            mentions.sort_by_key(|mention| mention.start);
            take_said(&text, &hits, &mut mentions);
            let words = |part: Option<Stretch>| {
                part.map_or(String::new(), |part| text.slice(part.0, part.1).iter().collect::<String>())
            };
            let told: Vec<String> = mentions
                .iter()
                .map(|mention| format!("{}|{}", words(mention.unit), words(mention.post)).trim_matches('|').to_owned())
                .map(|told| if told.contains('|') || told.is_empty() { told } else { format!("|{told}") })
                .collect();
            assert_eq!(told.join(" ").trim_end(), shown, "{written}");
        }
    }
}
