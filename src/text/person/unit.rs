//! The named units and offices of a text, wherever they stand.

use super::body::{named, placed, pointer, runs_on, start_of};
use crate::text::fold::{Folded, is_mark, is_word};
use crate::text::kind::Kind;
use crate::text::lexicon::{Class, Hits};

/// 走访兴农村, ，杨集镇: where the name of a place begins is told by what stands before it, whatever words its characters
/// make.
fn told(text: &Folded, hits: &Hits, end: usize) -> Option<usize> {
    let before = Class::BEFORE.or(Class::VERB);
    let governed = |start: &usize| {
        is_mark(text.before(*start)) || hits.longest_to(*start, before).is_some_and(|hit| hit.len() > 1)
    };
    let place = matches!(text.before(end), '村' | '镇' | '乡') && end > 4;
    (end.saturating_sub(4)..end.saturating_sub(2))
        .find(governed)
        .filter(|&start| place && placed(text, hits, start, end))
        // 批评教育。镇党政办, 名单由村会计报: what is nameless is named by nothing before it.
        .filter(|&start| {
            (start..end).all(|at| is_word(text.at(at)) && (at == start || !GOVERNING.contains(text.at(at))))
        })
}

/// Characters that govern a body without a name: 由村, 对镇.
const GOVERNING: &str = "由将对向在";

/// Whether a line of business ends at a place: 政局 in 财政局 is no word.
fn lined(hits: &Hits, at: usize) -> bool {
    hits.longest_to(at, Class::GENERIC).is_some_and(|hit| hit.len() > 1)
}

/// Every named unit of a text, those in quotation marks last, for the posts that stand without one.
pub(super) fn units(text: &Folded, hits: &Hits) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut end = 1;
    while end <= text.len() {
        let Some(body) = hits.longest_to(end, Class::UNIT_BODY.or(Class::OWN_UNIT)) else {
            end += 1;
            continue;
        };
        // 所 of 所长, 校 of 校长 is no body's end.
        if runs_on(text, hits, end) {
            end += 1;
            continue;
        }
        // 伍家坝村村道, 鲁荣当场: a sign said twice, or the end of an adverb, ends no unit.
        let doubled = text.before(end) == '村' && text.before(end - 1) == '村';
        let adverb = body.len() == 1 && hits.to(end).iter().any(|hit| hit.len() == 2 && hit.class.meets(Class::AFTER));
        // 集镇, 门市, 图省事: an ordinary word whose last or first character is a sign.
        let word = Class::WORD.or(Class::NOUN).or(Class::VERB);
        let common = body.len() == 1
            && !lined(hits, body.from())
            && (hits.to(end).iter().any(|hit| hit.len() == 2 && hit.class.meets(word) && text.before(end) != '村')
                || hits.from(end - 1).iter().any(|hit| hit.len() >= 2 && hit.class.meets(word))
                    && !placed(text, hits, start_of(text, hits, body.from()), end));
        let store = text.ends(end, "仓库") || text.ends(end, "操场");
        if doubled || store || (adverb || common) && told(text, hits, end).is_none() {
            end += 1;
            continue;
        }
        let longer = hits.longest_to(end, Class::POST_BODY).is_some_and(|post| post.len() > body.len());
        let worded = (text.before(end) == '村' || text.ends(end, "村镇"))
            && hits.to(end).iter().any(|hit| {
                hit.len() > body.len() && hit.class.meets(Class::GENERIC) && !hit.class.meets(Class::UNIT_BODY)
            });
        if (longer || worded) && !body.class.meets(Class::OWN_UNIT) && told(text, hits, end).is_none() {
            end += 1;
            continue;
        }
        let mut start = start_of(text, hits, body.from());
        // ，前进村: what stands between a mark and the sign of a place is its name, whatever else it means.
        let unnamed = start == body.from() || !named(text, hits, start, end);
        if unnamed && matches!(text.before(end), '村' | '镇' | '乡') {
            let sign = end - 1;
            let mark = (sign.saturating_sub(5)..sign).rev().find(|&at| !is_word(text.at(at)));
            let marked = mark.map(|mark| mark + 1).filter(|from| (2..=4).contains(&(sign - from)));
            let marked = marked.filter(|&from| (from + 1..sign).all(|at| !GOVERNING.contains(text.at(at))));
            start = marked.or_else(|| told(text, hits, end)).unwrap_or(start);
        }
        start = widened(text, hits, start, end);
        // 用车去|医院, 账是从|村: a name goes on from no word that only joins.
        let joined = (start..end).rev().find(|&at| JOINING.contains(text.at(at)));
        start = trimmed(text, hits, joined.map_or(start, |at| at + 1), end);
        let own = body.class.meets(Class::OWN_UNIT);
        let pointed = pointer(text, hits, start, end).filter(|_| matches!(text.at(start), '我' | '本'));
        if own
            || pointed.is_some()
            || (named(text, hits, start, end) || placed(text, hits, start, end)) && end - start >= 2
        {
            match found.last_mut() {
                Some(last) if last.0 == start => last.1 = end,
                _ => found.push((start, end)),
            }
        }
        end += 1;
    }
    let mut named = quoted(text, hits);
    named.retain(|unit| found.binary_search_by_key(&unit.1, |found| found.1).map_or(true, |at| found[at] != *unit));
    found.extend(named);
    found
}

/// What is done to a unit, and what another is to it, right before its name.
const DOING: [&str; 33] = [
    "检查",
    "抽查",
    "查看",
    "核查",
    "核对",
    "核实",
    "暗访",
    "走访",
    "走进",
    "深入",
    "来到",
    "前往",
    "登上",
    "调阅",
    "查阅",
    "约见",
    "约谈",
    "通报",
    "移交",
    "上缴",
    "函告",
    "函询",
    "责令",
    "督促",
    "指导",
    "联系",
    "研究",
    "施工方",
    "承包方",
    "供货方",
    "监理方",
    "中标方",
    "供应商",
];
/// The same, of one character each.
const DOING_ONE: &str = "查看到赴由问转去找经据致让请欠";

/// Characters that are in no name of a unit.
const JOINING: &str = "是去把被们这很又还了着您你他她它";

/// 检查县木材检查站, 我组到石门镇财政所: where a unit begins behind who inspects it and what is done.
fn trimmed(text: &Folded, hits: &Hits, start: usize, end: usize) -> usize {
    let inspector = ["我组", "我镇", "我乡", "本组"].iter().find(|word| text.starts(start, word));
    let from = start + inspector.map_or(0, |_| 2);
    let doing = DOING.iter().find(|word| text.starts(from, word)).map(|word| word.chars().count());
    // 查干淖尔: a name that begins so.
    let one = || DOING_ONE.contains(text.at(from)) && !text.starts(from, "查干");
    let Some(length) = doing.or_else(|| one().then_some(1)) else { return start };
    let behind = from + length;
    let named = || named(text, hits, behind, end) || placed(text, hits, behind, end);
    if end >= behind + 3 && named() { behind } else { start }
}

/// 国有|石门林场, 黑水镇上|河村: what belongs to a name before its first character that was found.
fn widened(text: &Folded, hits: &Hits, start: usize, end: usize) -> usize {
    if ["国有", "国营"].iter().any(|word| text.ends(start, word)) {
        return start - 2;
    }
    let first = start.saturating_sub(1);
    let split = end == start + 2
        && text.before(end) == '村'
        && matches!(text.at(first), '上' | '下' | '长' | '前' | '后')
        && matches!(text.before(first), '镇' | '乡');
    if split { start_of(text, hits, first) } else { start }
}

/// Characters of the longest name in quotation marks.
const QUOTED: usize = 12;

/// “好再来”餐馆, “金满仓农资店”: what is named in quotation marks, with the body behind them or within.
fn quoted(text: &Folded, hits: &Hits) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let bodied = Class::UNIT_BODY.or(Class::POST_BODY);
    let word = Class::WORD.or(Class::NOUN).or(Class::GENERIC);
    for open in (0..text.len()).filter(|&at| text.at(at) == '“') {
        let Some(close) = (open + 2..(open + 2 + QUOTED).min(text.len())).find(|&at| text.at(at) == '”') else {
            continue;
        };
        if (open..close).any(|at| text.kind(at).meets(Kind::CLAUSE)) || hits.is(open + 1, close, word) {
            continue;
        }
        let shop = close - open > 3
            && matches!(text.before(close), '店' | '馆' | '厂' | '场' | '社' | '行' | '部' | '园' | '楼');
        if shop || hits.longest_to(close, bodied).is_some() {
            found.push((open + 1, close));
        } else if let Some(body) = hits.longest_from(close + 1, bodied) {
            found.push((open, body.to()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lexicon::Lexicon;

    #[test]
    fn units_are_found_by_their_names_wherever_they_stand() {
        for (written, found) in [
            ("向县财政局发出提醒函", "县财政局"),
            ("走访兴农村32户", "兴农村"),
            ("在“金满仓农资店”购买", "金满仓农资店"),
            ("到“好再来”餐馆就餐", "“好再来”餐馆"),
            ("我组到石门镇财政所调阅账目", "石门镇财政所"),
            ("检查县木材检查站", "县木材检查站"),
            ("查干淖尔村的账目", "查干淖尔村"),
            ("镇长用车去医院看病", ""),
            ("，批评教育。镇党政办", ""),
            ("，名单由村会计报", ""),
            ("今年还欠大坪村", "大坪村"),
            ("走访黑水镇上河村", "黑水镇上河村"),
            ("，国有石门林场", "国有石门林场"),
            ("在“支部”群通知", ""),
            ("各村未公示", ""),
            ("制作“两个维护”展板", ""),
        ] {
            let text = Folded::new(written);
            let hits = Hits::find(&text, &Lexicon::default());
            let words = units(&text, &hits).into_iter().map(|(start, end)| text.slice(start, end).iter().collect());
            assert_eq!(words.collect::<Vec<String>>().join(" "), found, "{written}");
        }
    }
}
