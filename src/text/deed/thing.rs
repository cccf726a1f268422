//! Acts that are counted by pieces: checks, problems, clues, letters, papers, systems, requests. A number belongs to a
//! word that stands right before or behind it.

use super::ground::Ground;
use super::number::{self, Number, PIECES};
use super::person::{figure, summed};
use super::words::{Said, Word};
use super::{Act, Deed, Figure};

/// How far behind a word its number may stand: 线索共3条, 建议书（2份）.
const BEHIND: usize = 3;
/// How far before a word its number may end: 3条违纪问题线索.
const BEFORE: usize = 7;
/// How far behind 发现 what is found may stand.
const FOUND: usize = 14;

/// Every act counted by pieces, with its place.
pub(super) fn find(ground: &Ground<'_>) -> Vec<(usize, Deed)> {
    ground.said.iter().filter_map(|said| Some((said.start, deed(ground, said)?))).collect()
}

fn deed(ground: &Ground<'_>, said: &Said) -> Option<Deed> {
    let (start, end) = ground.clause(said.start, said.end);
    let titled = ground.in_time(said.start) && said.word != Word::Suggestion;
    if titled || ground.holds(start, said.start, Word::Negation) {
        return None;
    }
    let told = |from: usize, to: usize, word: Word| ground.holds(from, to, word);
    let says = |words: &[&str]| (start..end).any(|at| words.iter().any(|word| ground.text.starts(at, word)));
    let pieces = || near(ground, said, (start, end), PIECES);
    let items = || near(ground, said, (start, end), &["个", "项", "条", "处", "件"]);
    let (act, number) = match said.word {
        Word::Check => (Act::Check, Some(times(ground, said, start)?)),
        Word::Round => {
            let checked = told(start, end, Word::Check) || says(&["监督", "巡察", "巡查"]);
            (Act::Round, Some(round(ground, said, start).filter(|_| checked)?))
        }
        Word::Problem => {
            // 反馈的6项问题 are named, not found.
            let near = ground.words(said.start.saturating_sub(FOUND).max(start), said.start).iter();
            let found = near.into_iter().any(|word| word.word == Word::Finding && ground.text.at(word.end) != '的');
            (Act::Problem, Some(items().filter(|_| found)?))
        }
        Word::Rectified => {
            let done = |number: &Number| number.start >= said.end || said.end - said.start > 2;
            let ordered =
                says(&["要求", "责令", "责成", "限"]) || told(start, end, Word::Order) && !says(&["督促整改"]);
            (Act::Rectified, Some(items().filter(done).filter(|_| !ordered)?))
        }
        Word::AllRectified if !told(start, end, Word::Order) && !deadline(ground, start, said.start) => {
            return Some(of(ground, said, Act::Rectified, Figure::All, None));
        }
        Word::Clue => {
            let doubt = (start..said.start).any(|at| {
                ["疑点", "可疑", "数据", "比对"].iter().any(|word| ground.text.starts(at, word)) && said.start - at <= 6
            });
            let number = near(ground, said, (start, end), &["条", "件", "个", "起"]).filter(|_| !doubt);
            let handed = says(&["移送", "移交", "转交", "报县纪委", "报区纪委", "报市纪委"]);
            if number.is_none() && (!handed || doubt) {
                return None;
            }
            (Act::Clue, number)
        }
        Word::Petition => {
            let others =
                told(start, said.start, Word::Looking) || says(&["抽查", "超期"]) || told(start, end, Word::Negation);
            let taken = told(start, end, Word::Taking) || told(start, end, Word::Solving) || start == said.start;
            (Act::Petition, Some(pieces().filter(|_| taken && !others)?))
        }
        Word::Request => {
            let solved = told(start, end, Word::Solving) || answered(ground, said);
            (Act::Request, Some(items().filter(|_| solved)?))
        }
        Word::Suggestion => {
            let number = near(ground, said, (start, end), &["份", "件"]);
            let Some(number) = number else {
                return paper(ground, said, (start, end));
            };
            (Act::Suggestion, Some(number))
        }
        Word::System => {
            let made = told(start, end, Word::Making) || ground.text.starts(said.start, "建章立制");
            let looked = told(start, said.start, Word::Looking) || told(start, said.start, Word::Check);
            (Act::System, Some(near(ground, said, (start, end), &["项", "个"]).filter(|_| made && !looked)?))
        }
        _ => return None,
    };
    let figure = number.as_ref().map_or(Figure::Unsaid, figure);
    Some(of(ground, said, act, figure, number.as_ref()))
}

fn of(ground: &Ground<'_>, said: &Said, act: Act, figure: Figure, number: Option<&Number>) -> Deed {
    let (start, end) = ground.clause(said.start, said.end);
    Deed {
        act,
        times: number.is_some_and(|number| number.times),
        figure: summed(ground, said.start, figure),
        names: Vec::new(),
        span: ground.text.span(start, end),
        written: number.map(|number| ground.text.span(number.start, number.end)),
    }
}

/// The number right behind a word, else the one right before it.
fn near(ground: &Ground<'_>, said: &Said, (start, end): (usize, usize), measures: &[&str]) -> Option<Number> {
    let text = ground.text;
    let behind = number::first(ground, said.end, end.min(said.end + BEHIND), measures);
    let link = |number: &Number| {
        text.slice(said.end, number.start)
            .iter()
            .all(|c| matches!(c, '共' | '计' | '等' | '约' | '近' | '(' | '》' | '”' | '了'))
    };
    let before = || {
        let number = number::last(ground, start, said.start, measures)?;
        let close = said.start - number.end <= BEFORE;
        let plain =
            !text.slice(number.end, said.start).iter().any(|c| matches!(c, '、' | '和' | '及' | '与' | '(' | ')'));
        (close && plain && !text.starts(number.end, "方面")).then_some(number)
    };
    behind.filter(link).or_else(before)
}

/// 检查3次, 开展3次检查.
fn times(ground: &Ground<'_>, said: &Said, start: usize) -> Option<Number> {
    let text = ground.text;
    // 每周抽查一次 is a plan.
    if text.slice(said.start.saturating_sub(8).max(start), said.start).contains(&'每') {
        return None;
    }
    let behind = number::first(ground, said.end, said.end + 3, &["次"]);
    let behind = behind.filter(|number| {
        text.slice(said.end, number.start).iter().all(|c| matches!(c, '了' | '共' | '计' | '约' | '近'))
    });
    let done = (start..said.start).any(|at| ["开展", "组织", "进行", "实施"].iter().any(|word| text.starts(at, word)));
    let before = number::last(ground, start, said.start, &["次"]).filter(|number| done && said.start - number.end <= 4);
    behind.or(before)
}

/// 2轮, 3轮次: the number stands right before the word.
fn round(ground: &Ground<'_>, said: &Said, start: usize) -> Option<Number> {
    let number = number::last(ground, start, said.end, &["轮次", "轮"])?;
    (number.end == said.end).then_some(Number { times: false, ..number })
}

/// A paper by its document number: 监督建议书(驻纪建〔2026〕5号).
fn paper(ground: &Ground<'_>, said: &Said, (start, end): (usize, usize)) -> Option<Deed> {
    let text = ground.text;
    let open = (said.end..said.end + 3).find(|&at| matches!(text.at(at), '(' | '〔'))?;
    let close = (open..open + 60).find(|&at| text.at(at) == ')').unwrap_or(end.max(open));
    let numbers = text.slice(open, close).iter().filter(|c| **c == '号').count();
    let sent =
        (start..said.start).any(|at| ["发", "制", "提出", "送达", "下达"].iter().any(|word| text.starts(at, word)));
    let figure = u32::try_from(numbers).ok().filter(|many| *many > 0).filter(|_| sent || start == said.start)?;
    Some(of(ground, said, Act::Suggestion, Figure::Exact(figure), None))
}

/// 反映的7条诉求均已书面答复.
fn answered(ground: &Ground<'_>, said: &Said) -> bool {
    let (_, sentence) = ground.sentence(said.end, said.end);
    ground.words(said.end, sentence.min(said.end + 12)).iter().any(|next| next.word == Word::Solving)
}

/// Whether something is due: 3月底前全部整改.
fn deadline(ground: &Ground<'_>, start: usize, end: usize) -> bool {
    (start..end).any(|at| ground.text.at(at) == '前' && at > start)
}
