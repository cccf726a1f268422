//! Where a unit ends and a post begins, and what is neither, mended where the model alone misplaces it.

use super::Mention;
use super::body::placed;
use super::model::{Part, Piece};
use crate::text::agree::{pairs, which};
use crate::text::fold::{Folded, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};

/// How the names of towns end that are named after a village, a market or an inn: 段村镇, 杨集镇, 邱家店镇.
const OLDER: &[char] = &['村', '集', '店', '庄', '站', '寨', '屯', '铺', '圩'];
/// A village's own people whom the town sent or who speak for it: 石塘村 | 镇级河长.
const SENT: &[&str] = &["镇级", "镇村", "镇包", "镇驻", "镇联", "镇派", "镇人大代表", "镇党代表", "镇长"];
/// Posts that end as bodies do.
const OF_NO_BODY: &[&str] = &["经办", "主办", "协办", "承办", "督办", "带队", "领队", "监委"];

/// 施工队工钱八千元: whether what was read as a name is a sum of money.
pub(super) fn is_sum(text: &Folded, piece: &Piece) -> bool {
    let numeral = |&at: &usize| "一二两三四五六七八九十百千万".contains(text.at(at));
    let from = piece.start + 1;
    let run = (from..piece.end + 4).take_while(numeral).count();
    piece.part == Part::Name
        && from + run + 1 >= piece.end
        && run > 1
        && text.at(from + run) == '元'
        && (from..from + run).any(|at| matches!(text.at(at), '十' | '百' | '千' | '万'))
}

/// Mends the pieces of a text.
pub(super) fn mend(text: &Folded, hits: &Hits, pieces: &mut [Piece]) {
    pieces.iter_mut().for_each(|piece| close_bracket(text, piece));
    mend_quotes(text, hits, pieces);
    agree(text, pieces);
    name_towns(text, pieces);
}

/// 站长): a bracket that is closed at the end of a piece and not opened in it is no part of it.
fn close_bracket(text: &Folded, piece: &mut Piece) {
    let last = piece.end - 1;
    if last > piece.start && text.at(last) == ')' && (piece.start..last).all(|at| text.at(at) != '(') {
        piece.end = last;
    }
}

/// Characters of the longest name in quotation marks.
const QUOTED: usize = 12;

/// “立诚 | ”电梯维保公司, “启航书吧”: a unit holds both quotation marks of a name in it, and none that is all of it.
fn mend_quotes(text: &Folded, hits: &Hits, pieces: &mut [Piece]) {
    for index in 0..pieces.len() {
        let piece = pieces[index];
        if piece.part != Part::Unit {
            continue;
        }
        let least = index.checked_sub(1).map_or(0, |before| pieces[before].end);
        let most = pieces.get(index + 1).map_or(text.len(), |next| next.start);
        let (mut start, mut end) = piece.stretch();
        let opening = |from: usize| {
            let from = from.min(text.len());
            (least.max(from.saturating_sub(QUOTED))..from).rev().find(|&at| text.at(at) == '“')
        };
        let first = (start..end).find(|&at| matches!(text.at(at), '“' | '”'));
        let last = (start..end).rev().find(|&at| matches!(text.at(at), '“' | '”'));
        match (first, last) {
            (Some(first), _) if text.at(first) == '”' => start = opening(start).unwrap_or(start),
            (_, Some(last)) if text.at(last) == '“' => {
                let close = (end..most.min(end + QUOTED)).find(|&at| text.at(at) == '”');
                end = close.map_or(end, |close| close + 1);
            }
            (None, None) if text.before(start) == '”' && !placed(text, hits, start, end) => {
                start = opening(start - 1).unwrap_or(start);
            }
            _ => {}
        }
        let inner = (start + 1..end - 1).all(|at| !matches!(text.at(at), '“' | '”'));
        if text.at(start) == '“' && end > start + 2 && inner {
            let closed = text.before(end) == '”';
            (start, end) = (start + 1, end - usize::from(closed));
        }
        (pieces[index].start, pieces[index].end) = (start, end);
    }
}

/// 和润近 beside 和润: of two names of which one is the beginning or the end of the other, the longer one holds where it
/// stands wherever the shorter one does; else the shorter one.
fn agree(text: &Folded, pieces: &mut [Piece]) {
    let names = pieces.iter().filter(|piece| piece.part == Part::Name);
    let pairs = pairs(names.map(|piece| text.slice(piece.start, piece.end).to_vec()).collect());
    let longer = which(&pairs, &[text.slice(0, text.len())]);
    for (pair, longer) in pairs.iter().zip(longer) {
        let Some(longer) = longer else { continue };
        let wrong = if longer { &pair.short } else { &pair.long };
        for index in 0..pieces.len() {
            let next = pieces.get(index + 1).map_or(text.len(), |next| next.start);
            let piece = &mut pieces[index];
            if piece.part != Part::Name || text.slice(piece.start, piece.end) != wrong.as_slice() {
                continue;
            }
            match (longer, pair.begins) {
                (true, _) if piece.end + pair.further() <= next => piece.end += pair.further(),
                (false, true) => piece.end -= pair.further(),
                (false, false) => piece.start += pair.further(),
                _ => {}
            }
        }
    }
}

/// 段村 | 镇纪委书记: what bears no other town's name is the town itself, 段村镇.
fn name_towns(text: &Folded, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let (unit, post) = (pieces[at - 1], pieces[at]);
        let beside = unit.part == Part::Unit && matches!(post.part, Part::Post | Part::Role) && unit.end == post.start;
        if !beside || text.at(post.start) != '镇' || post.end - post.start < 2 {
            continue;
        }
        let older = OLDER.contains(&text.before(unit.end)) && !matches!(text.at(unit.start), '该' | '本' | '我' | '其');
        let towned = (unit.start..unit.end).any(|at| matches!(text.at(at), '镇' | '乡' | '街' | '县' | '局'));
        let sent = SENT.iter().any(|word| text.starts(post.start, word));
        if older && !towned && !sent {
            pieces[at - 1].end += 1;
            pieces[at].start += 1;
        }
    }
}

/// 牛角湾镇 | 农业农村办 | 唐国强: a body is no post, but part of the unit of whoever is named. A mention without a name goes.
pub(super) fn leave_posts(text: &Folded, hits: &Hits, mentions: &mut Vec<Mention>) {
    let bodied = |end: usize| {
        hits.longest_to(end, Class::UNIT_BODY.or(Class::POST_BODY)).is_some()
            && !hits.to(end).iter().any(|hit| hit.class.meets(Class::POST))
            && !OF_NO_BODY.iter().any(|word| text.ends(end, word))
    };
    mentions.retain_mut(|mention| {
        let Some(post) = mention.post.filter(|post| bodied(post.1)) else { return true };
        mention.post = None;
        mention.unit = match mention.unit {
            Some(unit) if unit.1 == post.0 => Some((unit.0, post.1)),
            None => Some(post),
            other => other,
        };
        mention.name.is_some()
    });
}

/// 王建国站长, 陈大勇副院长: a title right behind a full name is that person's post, and nobody else.
pub(super) fn take_titles(text: &Folded, hits: &Hits, mentions: &mut Vec<Mention>) {
    let title = |start: usize| {
        let hit = hits.longest_from(start, Class::POST).filter(|hit| (2..=4).contains(&hit.len()))?;
        let last = ["长", "主任", "书记", "经理"].iter().any(|word| text.ends(hit.to(), word));
        // 唐国强书记录: the title's last character may begin another word.
        let other = hits.from(hit.to() - 1).iter().any(|other| other.len() > 1);
        (last && !other && !text.gap(start)).then_some(hit.to())
    };
    let mut taken = Vec::new();
    for index in 0..mentions.len() {
        let mention = mentions[index];
        let Some(name) = mention.name.filter(|name| name.full && mention.post.is_none() && mention.end == name.end)
        else {
            continue;
        };
        let Some(end) = title(name.end) else { continue };
        // 唐国强镇长李文: it may be the next one's.
        let next = mentions.get(index + 1).filter(|next| next.start <= end);
        if next.is_none_or(|next| next.name.is_none() && next.start == name.end && next.end == end) {
            taken.extend(next.map(|_| index + 1));
            (mentions[index].post, mentions[index].end) = (Some((name.end, end)), end);
        }
    }
    let mut index = 0;
    mentions.retain(|_| {
        index += 1;
        taken.binary_search(&(index - 1)).is_err()
    });
}

/// 复耕户陈亚旺, 规培学员侯亮, 质控员为孙立: who somebody is, in a word that no reading knows, told by how it ends and that
/// a clause or what governs him begins before it. The names of a list share it.
pub(super) fn take_standings(text: &Folded, hits: &Hits, mentions: &mut [Mention]) {
    for index in 0..mentions.len() {
        let mention = mentions[index];
        let Some(name) = mention.name.filter(|name| mention.post.is_none() && mention.start == name.start) else {
            continue;
        };
        let between = usize::from(matches!(text.before(name.start), '为' | '是' | '系' | ':' | '、'));
        let Some(post) = standing(text, hits, name.start - between).filter(|_| text.before(name.start) != '、') else {
            continue;
        };
        if index > 0 && mentions[index - 1].end > post.0 {
            continue;
        }
        let mut end = mention.end;
        (mentions[index].post, mentions[index].start) = (Some(post), post.0);
        for other in &mut mentions[index + 1..] {
            let bare = other.post.is_none() && other.unit.is_none() && other.name.is_some_and(|name| name.full);
            if !bare || !matches!(text.slice(end, other.start.max(end)), ['、' | '和' | '及']) {
                break;
            }
            (other.post, end) = (Some(post), other.end);
        }
    }
}

/// 石东、石西、新庄三个村: what is counted as places behind a list is nobody in it.
pub(super) fn drop_places(text: &Folded, mentions: &mut Vec<Mention>) {
    mentions.retain(|mention| {
        let bare = mention.name.is_some() && mention.post.is_none() && mention.unit.is_none();
        !(bare && counted_as_places(text, mention.end))
    });
}

/// Whether the list that goes on at a place ends in a count of places, so far on at the most.
fn counted_as_places(text: &Folded, from: usize) -> bool {
    const FAR: usize = 24;
    let number = |c: char| c.is_ascii_digit() || "两二三四五六七八九十".contains(c);
    let end = (from..from + FAR).find(|&at| number(text.at(at)) || is_mark(text.at(at)) && text.at(at) != '、');
    let Some(start) = end.filter(|&at| number(text.at(at))) else { return false };
    let listed = text.slice(from, start);
    // Each that is listed is a short name.
    let names = || listed.split(|c| matches!(c, '、' | '和' | '及' | '等')).all(|name| name.len() <= 4);
    if !listed.is_empty() && (!matches!(listed[0], '、' | '和' | '及' | '等') || !names()) {
        return false;
    }
    let behind = (start..from + FAR + 2).find(|&at| !number(text.at(at))).unwrap_or(start);
    let behind = behind + usize::from(matches!(text.at(behind), '个' | '处'));
    ["村", "社区", "自然村", "屯", "寨", "乡镇", "镇", "乡", "街道", "安置点", "片区", "小区"]
        .iter()
        .any(|place| text.starts(behind, place) && !text.starts(behind, "村民") && !text.starts(behind, "村干部"))
}

/// How words end that say who somebody is, and what ends so and says nothing.
const STANDINGS: &[&str] =
    &["员", "户", "户主", "商", "学生", "者", "师傅", "分子", "介绍人", "申请人", "负责人", "代表"];
const NOBODY: &[&str] = &["人员", "一户", "该户", "全户", "两户", "每户", "入户", "账户", "党委委员"];

/// The word that ends at a place and says who somebody is: from where its clause or what governs it begins.
fn standing(text: &Folded, hits: &Hits, end: usize) -> Option<(usize, usize)> {
    if !STANDINGS.iter().any(|word| text.ends(end, word)) || NOBODY.iter().any(|word| text.ends(end, word)) {
        return None;
    }
    let governing = Class::BEFORE.or(Class::UNIT_BODY).or(Class::MEASURE).or(Class::SANCTION);
    let opens = |at: usize| {
        is_mark(text.before(at))
            || text.gap(at)
            || matches!(text.before(at), '是' | '由' | '对' | '致' | '名' | '的')
            || hits.longest_to(at, governing).is_some()
    };
    let start = (end.saturating_sub(6)..end.saturating_sub(1)).rev().find(|&at| opens(at))?;
    let plain =
        |at: usize| is_word(text.at(at)) && !text.at(at).is_ascii_digit() && !"该其本等和与、".contains(text.at(at));
    (start..end).all(plain).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lexicon::Lexicon;
    use crate::text::person::Name;

    fn piece(part: Part, start: usize, end: usize) -> Piece {
        Piece { part, start, end, margin: 100, presence: 100 }
    }

    #[test]
    fn a_town_is_told_from_a_village_by_the_post_behind_it() {
        for (unit, post, mended) in [
            ("段村", "镇纪委书记", "段村镇|纪委书记"),
            ("邱家店", "镇农业农村办主任", "邱家店镇|农业农村办主任"),
            ("石塘村", "镇级河长", "石塘村|镇级河长"),
            ("石塘村", "镇包村干部", "石塘村|镇包村干部"),
            ("马庄", "镇长", "马庄|镇长"),
            ("该村", "镇纪委书记", "该村|镇纪委书记"),
            ("文昌社区", "镇纪委书记", "文昌社区|镇纪委书记"),
            ("青石镇石塘村", "镇纪委书记", "青石镇石塘村|镇纪委书记"),
            ("石塘村", "会计", "石塘村|会计"),
        ] {
            let text = Folded::new(&format!("{unit}{post}"));
            let border = unit.chars().count();
            let mut pieces = [piece(Part::Unit, 0, border), piece(Part::Post, border, text.len())];
            mend(&text, &Hits::find(&text, &Lexicon::default()), &mut pieces);
            let words = pieces.map(|piece| text.slice(piece.start, piece.end).iter().collect::<String>());
            assert_eq!(words.join("|"), mended);
        }
    }

    #[test]
    fn a_name_that_is_part_of_another_is_that_one_or_the_other_is_it() {
        for (written, mended) in [
            // The longer one holds where it always goes on so.
            ("[和润近]日未到，[和润]称不知", "和润 和润"),
            ("[和润]近日未到，[和润近]日称不知", "和润近 和润近"),
            ("对[和金福]谈话，[金福]未到", "金福 金福"),
            ("[刘玉峰]未到，[刘玉梅]称不知", "刘玉峰 刘玉梅"),
            ("[刘玉峰]未到，[刘玉峰]称不知", "刘玉峰 刘玉峰"),
        ] {
            let mut pieces = Vec::new();
            let mut text = String::new();
            for part in written.split_inclusive(['[', ']']) {
                let start = text.chars().count();
                text.push_str(part.trim_end_matches(['[', ']']));
                if part.ends_with(']') {
                    pieces.push(piece(Part::Name, start, text.chars().count()));
                }
            }
            let text = Folded::new(&text);
            mend(&text, &Hits::find(&text, &Lexicon::default()), &mut pieces);
            let words = |piece: &Piece| text.slice(piece.start, piece.end).iter().collect::<String>();
            assert_eq!(pieces.iter().map(words).collect::<Vec<_>>().join(" "), mended, "{written}");
        }
    }

    #[test]
    fn a_sum_of_money_is_no_name() {
        for (written, sum) in
            [("钱八千元", true), ("万三千元", true), ("钱千万", false), ("万千里", false), ("元万元", false)]
        {
            let end = written.chars().count();
            assert_eq!(is_sum(&Folded::new(written), &piece(Part::Name, 0, end)), sum, "{written}");
        }
    }

    #[test]
    fn quotation_marks_go_with_what_they_name() {
        for (written, mended) in [
            ("“立诚”[电梯维保公司]的", "“立诚”电梯维保公司"),
            ("“顺[通”客运公司]的", "“顺通”客运公司"),
            ("石塘村[“留守儿童之家]”的", "留守儿童之家"),
            ("[石塘村“留守儿童之家]”的", "石塘村“留守儿童之家”"),
            ("[“启航书吧”]的", "启航书吧"),
            ("[“启航书吧]店主", "启航书吧"),
            ("学习“三会一课”，[石塘村]的", "石塘村"),
            ("学习“三会一课”[石塘村]的", "石塘村"),
            ("[“好再来”餐馆]的", "“好再来”餐馆"),
        ] {
            let (before, rest) = written.split_once('[').unwrap();
            let (unit, after) = rest.split_once(']').unwrap();
            let text = Folded::new(&format!("{before}{unit}{after}"));
            let start = before.chars().count();
            let mut pieces = [piece(Part::Unit, start, start + unit.chars().count())];
            mend(&text, &Hits::find(&text, &Lexicon::default()), &mut pieces);
            let words = text.slice(pieces[0].start, pieces[0].end).iter().collect::<String>();
            assert_eq!(words, mended, "{written}");
        }
    }

    #[test]
    fn a_bracket_that_was_opened_before_a_piece_is_no_part_of_it() {
        for (written, end) in [("站长)", 2), ("会计(兼出纳)", 7), ("会计", 2)] {
            let mut pieces = [piece(Part::Post, 0, written.chars().count())];
            let text = Folded::new(written);
            mend(&text, &Hits::find(&text, &Lexicon::default()), &mut pieces);
            assert_eq!(pieces[0].end, end, "{written}");
        }
    }

    #[test]
    fn a_title_behind_a_name_is_the_posts_of_the_one_named() {
        let mention = |name: Option<(usize, usize)>, (start, end): (usize, usize)| Mention {
            start,
            end,
            unit: None,
            post: name.is_none().then_some((start, end)),
            name: name.map(|(start, end)| Name { start, end, full: true }),
            margin: 0,
            plain: false,
        };
        for (written, role, shown) in [
            ("唐国强站长批准", None, "站长"),
            ("唐国强站长批准", Some((3, 5)), "站长"),
            ("唐国强副院长超标", None, "副院长"),
            ("唐国强书记录在案", None, ""),
            ("唐国强会计报账", None, ""),
        ] {
            let text = Folded::new(written);
            let hits = Hits::find(&text, &Lexicon::default());
            let mut mentions = vec![mention(Some((0, 3)), (0, 3))];
            mentions.extend(role.map(|role| mention(None, role)));
            take_titles(&text, &hits, &mut mentions);
            assert_eq!(mentions.len(), 1, "{written}");
            let post = mentions[0].post.map_or(String::new(), |(from, to)| text.slice(from, to).iter().collect());
            assert_eq!(post, shown, "{written}");
        }
    }

    #[test]
    fn who_somebody_is_may_be_said_in_a_word_that_is_in_no_list() {
        for (written, shown) in [
            ("，复耕户陈亚旺领取", "复耕户"),
            ("；暂停规培学员陈亚旺值班", "规培学员"),
            ("，质控员为陈亚旺。", "质控员"),
            ("大坪村入党积极分子陈亚旺未到", "入党积极分子"),
            ("，走访12户陈亚旺在家", ""),
            ("，工作人员陈亚旺在家", ""),
            ("，由其妻陈亚旺领取", ""),
        ] {
            let text = Folded::new(written);
            let hits = Hits::find(&text, &Lexicon::default());
            let start = written.chars().position(|c| c == '陈').unwrap();
            let (name, end) = (Some(Name { start, end: start + 3, full: true }), start + 3);
            let mut mentions = [Mention { start, end, unit: None, post: None, name, margin: 0, plain: false }];
            take_standings(&text, &hits, &mut mentions);
            let post = mentions[0].post.map_or(String::new(), |(from, to)| text.slice(from, to).iter().collect());
            assert_eq!(post, shown, "{written}");
        }
    }

    #[test]
    fn what_is_counted_as_places_is_nobody() {
        for (written, left) in [
            ("陈亚、石西、新庄三个村的账目", false),
            ("陈亚等5个村", false),
            ("陈亚、李文等3名村民", true),
            ("陈亚、李文未到", true),
            ("陈亚约谈3个村的会计", true),
        ] {
            let (name, end) = (Some(Name { start: 0, end: 2, full: true }), 2);
            let mut mentions = vec![Mention { start: 0, end, unit: None, post: None, name, margin: 0, plain: false }];
            drop_places(&Folded::new(written), &mut mentions);
            assert_eq!(!mentions.is_empty(), left, "{written}");
        }
    }

    #[test]
    fn a_body_is_no_post() {
        for (unit, post, named, left) in [
            ("牛角湾镇", "农业农村办", true, "牛角湾镇农业农村办|"),
            ("", "农业服务中心", true, "农业服务中心|"),
            ("牛角湾镇", "农业农村办", false, ""),
            ("牛角湾镇", "农业农村办主任", true, "牛角湾镇|农业农村办主任"),
            ("牛角湾镇", "城管办经办", true, "牛角湾镇|城管办经办"),
        ] {
            let text = Folded::new(&format!("{unit}{post}唐国强"));
            let hits = Hits::find(&text, &Lexicon::default());
            let (border, end) = (unit.chars().count(), text.len() - 3);
            let name = named.then_some(Name { start: end, end: text.len(), full: true });
            let unit = (border > 0).then_some((0, border));
            let (post, start) = (Some((border, end)), 0);
            let mut mentions = vec![Mention { start, end: text.len(), unit, post, name, margin: 0, plain: false }];
            leave_posts(&text, &hits, &mut mentions);
            let words = |stretch: Option<(usize, usize)>| {
                stretch.map_or(String::new(), |(from, to)| text.slice(from, to).iter().collect())
            };
            let shown: Vec<String> =
                mentions.iter().map(|mention| format!("{}|{}", words(mention.unit), words(mention.post))).collect();
            assert_eq!(shown.join(" "), left);
        }
    }
}
