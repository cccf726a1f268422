//! Names, judged by evidence: surname, given-name characters, length, what stands around, and whether the
//! characters are an ordinary word. No list of people anywhere.

use crate::text::fold::{Folded, ends_clause, is_mark, is_word};
use crate::text::lexicon::{Class, Hits};

/// A name in a text, by characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name {
    pub start: usize,
    pub end: usize,
    /// A full name, or what stands for one: 唐某某, 李×, 老张.
    pub full: bool,
    /// How much speaks for it.
    pub score: i32,
    /// Known by its place alone: no listed family name begins it.
    pub odd: bool,
}

/// What stands before a name; the weaker it is, the more the characters themselves must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Right after a post: the form's own place for a name.
    Post,
    /// After a name and 、.
    List,
    /// Before 同志, or before a bracket that gives the post.
    Told,
    /// Right after a unit.
    Unit,
    /// After a verb that only a person can follow: 约谈.
    Summoned,
    /// After a verb that may govern a person: 对.
    Verb,
    /// At the start of a clause.
    Clause,
}

impl Slot {
    /// Whether the slot itself asks for a name.
    fn strong(self) -> bool {
        matches!(self, Slot::Post | Slot::List | Slot::Told | Slot::Summoned)
    }

    fn least(self) -> i32 {
        match self {
            Slot::Post | Slot::Told => 4,
            Slot::List | Slot::Summoned => 5,
            Slot::Unit => 6,
            Slot::Verb => 7,
            Slot::Clause => 8,
        }
    }
}

/// Words that may follow a name or begin what follows it.
const FOLLOWING: Class = Class::AFTER.or(Class::VERB).or(Class::BEFORE).or(Class::FAULT).or(Class::MEASURE);

/// Words that a name is not the beginning of: 高度重视, 安全意识.
const RUNNING: Class = FOLLOWING.or(Class::JUDGEMENT).or(Class::EMPTY_MEASURE).or(Class::SLOT);

/// The name that starts at a place, if enough speaks for one.
pub(super) fn starting(text: &Folded, hits: &Hits, start: usize, slot: Slot) -> Option<Name> {
    if let Some(name) = masked(text, hits, start).or_else(|| dotted(text, hits, start)) {
        return Some(name);
    }
    if slot.strong()
        && let Some(name) = spelled(text, hits, start)
    {
        return Some(name);
    }
    let four = slot == Slot::Post || hits.from(start).iter().any(|hit| hit.class.meets(Class::COMPOUND));
    (2..=if four { 4 } else { 3 })
        .filter_map(|length| judge(text, hits, start, start + length, slot))
        .max_by_key(|name| name.score)
        // Two characters without a post are too often a word.
        .filter(|name| name.score >= slot.least() + i32::from(!slot.strong() && name.end - name.start == 2))
}

/// Whether something after a post may yet be a name, though too little speaks for it.
pub(super) fn possible(text: &Folded, hits: &Hits, start: usize) -> bool {
    (2..=3)
        .filter_map(|length| judge(text, hits, start, start + length, Slot::Post))
        .any(|name| !name.odd && border(text, hits, name.end) >= 2)
}

/// Whether what starts at a place may be a name that too little speaks for.
pub(super) fn hinted(text: &Folded, hits: &Hits, start: usize) -> bool {
    let enough = |slot: Slot, least: i32| {
        (2..=3)
            .filter_map(|length| judge(text, hits, start, start + length, slot))
            .any(|name| name.score >= least && border(text, hits, name.end) >= 2)
    };
    opens(text, hits, start) && (enough(Slot::Verb, 4) || enough(Slot::List, 6))
}

/// The name that ends right before a place; its left side must be a border.
pub(super) fn ending(text: &Folded, hits: &Hits, end: usize, slot: Slot) -> Option<Name> {
    (1..=6)
        .filter_map(|length| {
            let start = end.checked_sub(length)?;
            if !opens(text, hits, start) {
                return None;
            }
            let special =
                masked(text, hits, start).or_else(|| dotted(text, hits, start)).filter(|name| name.end == end);
            special.or_else(|| if (2..=4).contains(&length) { judge(text, hits, start, end, slot) } else { None })
        })
        .max_by_key(|name| name.score)
        .filter(|name| name.score >= slot.least())
}

/// Whether a name may start here: after a mark, a blank, or a word that stands before persons.
fn opens(text: &Folded, hits: &Hits, start: usize) -> bool {
    let before = text.before(start);
    is_mark(before)
        || text.gap(start)
        || before.is_ascii_digit()
        || hits
            .to(start)
            .iter()
            .any(|hit| hit.class.meets(Class::BEFORE.or(Class::POST).or(Class::UNIT_BODY).or(Class::POST_BODY)))
}

/// Adverbs and the like that stand after a post and begin with a family name.
const MODAL: &[&str] = &[
    "应当", "应该", "应在", "应按", "应由", "必须", "经常", "时常", "常常", "从未", "从不", "均未", "均为", "均系",
    "任职", "任命", "时任", "于是", "及其", "以及", "和其", "与其", "曾任", "曾多", "安排", "管理", "全部", "都未",
    "时未", "当场", "当时", "向其", "单独", "相继", "相互", "高度", "明知", "通过", "解释",
];
/// Prepositions and negations that stand before no object of a verb.
const FUNCTIONS: &[char] = &[
    '未', '将', '在', '对', '于', '因', '被', '把', '为', '向', '和', '与', '以', '从', '没', '仍', '却', '给', '及',
    '等', '擅', '私',
];

/// Prepositions that are given-name characters as well.
const PREPOSITIONS: &[char] =
    &['在', '对', '将', '于', '为', '向', '和', '与', '及', '被', '把', '因', '从', '以', '给', '约', '并', '也', '就'];

/// What speaks for and against these characters as a full name.
fn judge(text: &Folded, hits: &Hits, start: usize, end: usize, slot: Slot) -> Option<Name> {
    let chars = text.slice(start, end);
    if chars.len() != end - start
        || !chars.iter().all(|&c| is_word(c))
        || (start + 1..end).any(|at| text.gap(at) && at > start + 1)
    {
        return None;
    }
    let compound = hits.is(start, start + 2, Class::COMPOUND) && chars.len() > 2;
    let given = start + if compound { 2 } else { 1 };
    // 斯琴高娃: four characters after a post, all of them of names, right before what ends a name.
    let four = end - given == 3 && slot == Slot::Post && !compound;
    if end - given > 2 && !four || four && border(text, hits, end) < 3 {
        return None;
    }
    // At the start of a clause only what ends clearly can be a name; most places fail here at once.
    if slot == Slot::Clause && border(text, hits, end) < 1 {
        return None;
    }
    let mut score = if four {
        0
    } else if compound {
        6
    } else if hits.is(start, start + 1, Class::COMMON_SURNAME) {
        4
    } else if hits.is(start, start + 1, Class::SURNAME) {
        // 占, 应, 时 are families too, but mostly other words.
        if hits.is(start, start + 1, Class::AFTER) { 2 } else { 3 }
    } else if slot == Slot::Post && !FUNCTIONS.contains(&text.at(start)) && hits.is(start, start + 1, Class::GIVEN) {
        0
    } else {
        return None;
    };
    let odd = four || !compound && !hits.is(start, start + 1, Class::SURNAME);
    // Known by its place alone, a name shares nothing with any word.
    let words =
        FOLLOWING.or(RUNNING).or(Class::NOUN).or(Class::WORD).or(Class::GENERIC).or(Class::POST).or(Class::UNIT_BODY);
    let wordy = |at: usize| hits.from(at).iter().any(|hit| hit.len() >= 2 && hit.class.meets(words));
    if odd
        && ((start..end).any(wordy)
            || (start..end).any(|at| !hits.is(at, at + 1, Class::GIVEN))
            || border(text, hits, end) < 3)
    {
        return None;
    }
    let ordinary = end - start == 2 && hits.is(start, end, Class::WORD.or(Class::VERB).or(Class::AFTER));
    for at in given..end {
        let plausible = hits.is(at, at + 1, Class::GIVEN);
        if slot.strong() && ordinary {
            continue;
        }
        score += match (plausible, hits.is(at, at + 1, Class::AFTER)) {
            // 前, 来, 利 end names too, but as often begin what follows one.
            (true, true) if at + 1 == end => 0,
            (true, _) => 1,
            (false, true) => -3,
            (false, false) => -1,
        };
    }
    if end - start == 3 && !compound {
        score += 1;
    }
    // 高兴和|网格员: a preposition between words is rarely part of a name; before a mark it must be.
    let last = end - 1;
    let marked = ends_clause(text.at(end)) || matches!(text.at(end), '、' | '(' | ')');
    if last > given && PREPOSITIONS.contains(&text.at(last)) && !marked {
        score -= 4;
    }
    // 海棠|虚报, 付清|凭: an ordinary word and what follows names.
    let headed =
        end - start == 3 && hits.is(start, last, Class::WORD.or(Class::VERB).or(Class::NOUN).or(Class::GENERIC));
    if headed && !marked && hits.is(last, end, Class::AFTER) {
        score -= 4;
    }
    // A function word rarely begins a name outside the slot after a post: 时发现.
    if !slot.strong() && hits.is(start, start + 1, Class::AFTER) {
        score -= 3;
    }
    // A body or an office is no name: 方山镇, 纪工委.
    if hits.to(end).iter().any(|hit| {
        hit.from() >= start
            && hit.class.meets(Class::UNIT_BODY.or(Class::POST_BODY))
            && (hit.len() > 1 || !hits.is(end - 1, end, Class::GIVEN))
    }) || hits.from(start).iter().any(|hit| hit.len() > 1 && hit.class.meets(Class::POST_BODY.or(Class::UNIT_BODY)))
    {
        score -= 5;
    }
    // After a unit, other words speak against a name: 公积金管理费.
    if !slot.strong()
        && (start..end).any(|at| {
            hits.from(at).iter().any(|hit| {
                hit.len() >= 2
                    && hit.class.meets(Class::WORD.or(Class::VERB).or(Class::GENERIC).or(Class::SLOT).or(Class::AFTER))
                    && !(at + 1 == end && hit.to() > end)
            })
        })
    {
        score -= 5;
    }
    if matches!(text.at(end), '村' | '镇' | '乡' | '县' | '局')
        || matches!(
            text.before(end),
            '村' | '镇'
                | '乡'
                | '县'
                | '局'
                | '员'
                | '费'
                | '内'
                | '者'
                | '处'
                | '股'
                | '科'
                | '室'
                | '部'
                | '站'
                | '所'
                | '款'
                | '院'
                | '校'
                | '组'
        )
    {
        score -= 8;
    }
    if (start..end).any(|at| matches!(text.at(at), '县' | '镇' | '局' | '内')) {
        score -= 3;
    }
    score += word(text, hits, start, end, slot);
    let crossing = crossing(hits, start, end);
    score += crossing;
    // A post or a body inside is no name: 和镇长.
    if (start..end).any(|at| {
        hits.from(at)
            .iter()
            .any(|hit| hit.class.meets(Class::POST) && hit.len() > 1 && !(hit.from() == start && hit.to() == end))
    }) {
        score -= 4;
    }
    let border = border(text, hits, end);
    // Within a word that runs over the end, a lone character ends nothing.
    score += if crossing < 0 { border.min(0) } else { border };
    Some(Name { start, end, full: true, score, odd })
}

/// An ordinary word spelled like a name.
fn word(text: &Folded, hits: &Hits, start: usize, end: usize, slot: Slot) -> i32 {
    let of = |class| hits.is(start, end, class);
    let strong = slot.strong();
    // 支援将…, 符合、…: what no verb could stand before shows the word to be a name.
    let shown = is_mark(text.at(end))
        || text.gap(end)
        || FUNCTIONS.contains(&text.at(end))
        || text.starts(end, "同志")
        || hits.from(end).iter().any(|hit| hit.len() >= 2 && hit.class.meets(Class::FAULT.or(Class::SANCTION)));
    let modal = end - start == 2 && MODAL.iter().any(|word| text.starts(start, word));
    if modal
        || of(Class::SLOT) && !(strong && shown)
        || of(Class::AFTER) && !slot.strong()
        || hits.from(start).iter().any(|hit| hit.to() > end && hit.class.meets(RUNNING))
    {
        return -6;
    }
    if end - start == 3 && hits.is(start, end - 1, Class::AFTER) {
        return -4;
    }
    // 和完成, 向群众: a preposition and a word.
    if FUNCTIONS.contains(&text.at(start))
        && end - start == 3
        && hits.is(start + 1, end, FOLLOWING.or(Class::NOUN).or(Class::WORD))
    {
        return -5;
    }
    let whole = if of(Class::VERB.or(Class::FAULT).or(Class::MEASURE).or(Class::BEFORE)) {
        if strong && shown {
            -1
        } else if strong {
            -3
        } else {
            -5
        }
    } else if of(Class::AFTER) {
        if shown { -1 } else { -4 }
    } else if of(Class::WORD.or(Class::GENERIC).or(Class::JUDGEMENT).or(Class::MODIFIER)) {
        if strong { -1 } else { -5 }
    } else {
        0
    };
    // Of a name of three: a word at its start or its end.
    let head = end - start == 3 && hits.is(start, end - 1, Class::WORD.or(Class::VERB));
    let tail = end - start == 3 && hits.is(start + 1, end, FOLLOWING);
    let parts = match (strong, head || tail) {
        (_, false) => 0,
        (true, true) if tail => -1,
        (true, true) => 0,
        (false, true) => -2,
    };
    whole + parts
}

/// A longer word that runs over the end of the name: 张海督|促.
fn crossing(hits: &Hits, start: usize, end: usize) -> i32 {
    let runs_over = (start + 1..end).any(|at| {
        hits.from(at).iter().any(|hit| {
            hit.to() > end
                && hit.class.meets(RUNNING.or(Class::WORD).or(Class::NOUN).or(Class::POST).or(Class::UNIT_BODY))
        })
    });
    if runs_over { -2 } else { 0 }
}

/// What follows a name: a mark or a verb ends it, an unknown character speaks against the end.
pub(super) fn border(text: &Folded, hits: &Hits, end: usize) -> i32 {
    let next = text.at(end);
    if next == '·' || text.gap(end) && end < 2 {
        return -5;
    }
    if is_mark(next) || !is_word(next) || text.gap(end) {
        return 3;
    }
    let follows =
        |least: usize, class: Class| hits.from(end).iter().any(|hit| hit.len() >= least && hit.class.meets(class));
    if follows(2, FOLLOWING.or(Class::SANCTION).or(Class::TIME).or(Class::EMPTY_MEASURE)) {
        3
    } else if follows(1, Class::AFTER) {
        2
    } else if follows(2, Class::POST.or(Class::WORD).or(Class::NOUN)) {
        1
    } else {
        -1
    }
}

/// 唐某某, 李×, 陈某军, 王XX; 小李, 老张.
fn masked(text: &Folded, hits: &Hits, start: usize) -> Option<Name> {
    let surname = |at: usize| {
        if hits.is(at, at + 2, Class::COMPOUND) {
            Some(at + 2)
        } else {
            hits.is(at, at + 1, Class::SURNAME).then_some(at + 1)
        }
    };
    let mask = |c: char| matches!(c, '某' | '×' | '*' | 'X' | 'x' | '〇' | '△' | '□');
    let found = |end| Some(Name { start, end, full: false, score: 9, odd: false });
    if let Some(mut end) = surname(start)
        && mask(text.at(end))
    {
        while end < start + 5 && mask(text.at(end)) {
            end += 1;
        }
        // 陈某军: one more character, if what follows it ends a name.
        let more = is_word(text.at(end))
            && border(text, hits, end) < 2
            && border(text, hits, end + 1) >= 2
            && hits.is(end, end + 1, Class::GIVEN);
        return found(end + usize::from(more));
    }
    let behind_post = matches!(text.before(start), '员' | '师' | '长' | '任' | '记' | '人');
    if matches!(text.at(start), '小' | '老') && (behind_post || opens(text, hits, start)) {
        let end = surname(start + 1).filter(|_| hits.is(start + 1, start + 2, Class::COMMON_SURNAME))?;
        let word = hits.from(start).iter().any(|hit| hit.len() > 1);
        return (border(text, hits, end) >= 2 && !word && !ends_clause(text.at(start + 1)))
            .then_some(())
            .and_then(|()| found(end));
    }
    None
}

/// Characters by which names of other languages are mostly spelled.
const SPELLING: &str = "阿木乃支呷拉哈古史日伍果子尔吉克沙里石洛曲比以布依达加玛卓扎西央宗次仁多丹增旺姆巴桑罗洪海来马热提买合且伊力木艾依孜娜雅其格娃措珠尼顿嘎朗帕苏图那斯钦乌兰巴特额勒贡色惹体莫铁鲁瓦余说取衣各什";

/// 木乃阿支木, 卓玛央宗: four or five characters that spell a name, right before what ends one.
fn spelled(text: &Folded, hits: &Hits, start: usize) -> Option<Name> {
    let run =
        (start..start + 6).take_while(|&at| SPELLING.contains(text.at(at)) && (at == start || !text.gap(at))).count();
    let end = (start + 4..=start + run.min(5)).rev().find(|&end| border(text, hits, end) >= 2)?;
    let place = hits.longest_to(end, Class::UNIT_BODY.or(Class::POST_BODY)).is_some();
    (!place).then_some(Name { start, end, full: true, score: 7, odd: false })
}

/// 沙马·拉且, 艾力·吐尔逊: names of two parts, the second ended by what follows.
fn dotted(text: &Folded, hits: &Hits, start: usize) -> Option<Name> {
    let dot = (start + 1..start + 7).find(|&at| text.at(at) == '·')?;
    if !(start..dot).all(|at| is_word(text.at(at))) {
        return None;
    }
    let end = (dot + 2..=dot + 6).take_while(|&end| is_word(text.at(end - 1))).max_by_key(|&end| {
        let function = hits.is(end - 1, end, Class::AFTER) && !hits.is(end - 1, end, Class::GIVEN);
        let inside = (dot + 2..end).any(|at| FUNCTIONS.contains(&text.at(at)));
        let against = if function || inside { 6 } else { 0 };
        (border(text, hits, end) + crossing(hits, dot + 1, end) - against, dot.abs_diff(end).min(4))
    })?;
    Some(Name { start, end, full: true, score: 9, odd: false })
}
