//! Acts that are counted by pieces: checks, problems, clues, letters, papers, systems, requests. A number belongs to a
//! word that stands right before or behind it.

use super::ground::Ground;
use super::number::{self, Number, PIECES};
use super::period::summed;
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
    let reader = match said.word {
        Word::Check => Thing::check,
        Word::Round => Thing::round,
        Word::Problem => Thing::problem,
        Word::Rectified => Thing::rectified,
        Word::AllRectified => Thing::all_rectified,
        Word::Clue => Thing::clue,
        Word::Petition => Thing::petition,
        Word::Request => Thing::request,
        Word::Suggestion => Thing::suggestion,
        Word::System => Thing::system,
        _ => return None,
    };
    let (start, end) = ground.clause(said.start, said.end);
    let titled = ground.in_time(said.start) && said.word != Word::Suggestion;
    if titled || ground.holds(start, said.start, Word::Negation) {
        return None;
    }
    reader(&Thing { ground, said, start, end })
}

/// A word of a thing in its clause.
struct Thing<'g> {
    ground: &'g Ground<'g>,
    said: &'g Said,
    start: usize,
    end: usize,
}

/// What is counted item by item.
const ITEMS: &[&str] = &["个", "项", "条", "处", "件"];

impl Thing<'_> {
    /// 检查3次, 开展3次检查; 每周检查一次 is a plan.
    fn check(&self) -> Option<Deed> {
        self.counted(Act::Check, times(self.ground, self.said, self.start)?)
    }

    /// 2轮交叉监督: the clause must name a check, a supervision or an inspection; 2轮 of anything else is none.
    fn round(&self) -> Option<Deed> {
        let number = round(self.ground, self.said, self.start)?;
        let checked = self.tells(Word::Check) || self.says("监督") || self.says("巡察");
        checked.then(|| self.counted(Act::Round, number))?
    }

    /// 发现问题3个: a finding must stand close before it, and no inspection or audit in the clause, whose findings they
    /// would be; 反馈的6项问题 are named, not found.
    fn problem(&self) -> Option<Deed> {
        let number = self.near(ITEMS)?;
        let from = self.said.start.saturating_sub(FOUND).max(self.start);
        let mut finding = self.ground.words(from, self.said.start).iter().filter(|word| word.word == Word::Finding);
        let own = !self.ground.holds(self.start, self.said.start, Word::Inspection);
        (own && finding.any(|word| self.ground.text.at(word.end) != '的'))
            .then(|| self.counted(Act::Problem, number))?
    }

    /// 整改2个, 3个已整改: a bare 整改 must have its number behind it (6项整改任务 is none), and the clause must not order.
    fn rectified(&self) -> Option<Deed> {
        let bare = self.said.end - self.said.start <= 2;
        let number = self.near(ITEMS).filter(|number| !bare || number.start >= self.said.end)?;
        (!self.ordered()).then(|| self.counted(Act::Rectified, number))?
    }

    /// 均已整改: the clause must neither order nor set a day (3月31日前全部整改).
    fn all_rectified(&self) -> Option<Deed> {
        let due = (self.start + 1..self.said.start).any(|at| self.ground.text.at(at) == '前');
        (!due && !self.ordered()).then(|| self.of(Act::Rectified, Figure::All, None))
    }

    /// 线索3条: not marks in data (疑点线索). Without a number the clause must hand it on to somebody.
    fn clue(&self) -> Option<Deed> {
        let near = self.said.start.saturating_sub(6).max(self.start);
        if self.ground.holds(near, self.said.start, Word::Doubt) {
            return None;
        }
        match self.near(&["条", "件", "个", "起"]) {
            Some(number) => self.counted(Act::Clue, number),
            None => self.tells(Word::Handing).then(|| self.of(Act::Clue, Figure::Unsaid, None)),
        }
    }

    /// 办理信访件3件: the clause must begin with it, take it up or settle it, and say of nobody that he let it lie, looked
    /// into it or spot-checked it.
    fn petition(&self) -> Option<Deed> {
        let number = self.near(PIECES)?;
        let about = (self.start..self.said.start).any(|at| self.ground.text.at(at) == '对');
        let others = self.ground.words(self.start, self.end).iter().any(|said| match said.word {
            // 对已办结的3件信访件进行回访.
            Word::Looking => said.end <= self.said.start || about,
            Word::Negation | Word::Overdue => true,
            _ => false,
        });
        let taken = self.tells(Word::Taking) || self.tells(Word::Solving) || self.start == self.said.start;
        (taken && !others && !self.says("抽查")).then(|| self.counted(Act::Petition, number))?
    }

    /// 协调解决群众诉求4件: the clause, or the words right behind it, must say that they were settled.
    fn request(&self) -> Option<Deed> {
        let number = self.near(ITEMS)?;
        (self.tells(Word::Solving) || answered(self.ground, self.said)).then(|| self.counted(Act::Request, number))?
    }

    /// 建议书2份, else by its document numbers: 监督建议书(驻纪建〔2026〕5号), which the clause must send or begin with. One
    /// that was sent without either is shown.
    fn suggestion(&self) -> Option<Deed> {
        if let Some(number) = self.near(&["份", "件"]) {
            return self.counted(Act::Suggestion, number);
        }
        let sent = self.ground.holds(self.start, self.said.start, Word::Sending);
        match u32::try_from(self.document_numbers()) {
            Ok(many) if many > 0 && (sent || self.start == self.said.start) => {
                Some(self.of(Act::Suggestion, Figure::Exact(many), None))
            }
            _ => sent.then(|| self.of(Act::Suggestion, Figure::Unsaid, None)),
        }
    }

    fn document_numbers(&self) -> usize {
        let text = self.ground.text;
        let open = (self.said.end..self.said.end + 3).find(|&at| matches!(text.at(at), '(' | '〔'));
        open.map_or(0, |open| {
            let close = (open..open + 60).find(|&at| text.at(at) == ')').unwrap_or(self.end.max(open));
            text.slice(open, close).iter().filter(|c| **c == '号').count()
        })
    }

    /// 修订制度3项: the clause must make or mend them; those looked at or checked (检查3项制度) are none.
    fn system(&self) -> Option<Deed> {
        let number = self.near(&["项", "个"])?;
        let made = self.tells(Word::Making) || self.ground.text.starts(self.said.start, "建章立制");
        let before = |word: Word| self.ground.holds(self.start, self.said.start, word);
        (made && !before(Word::Looking) && !before(Word::Check)).then(|| self.counted(Act::System, number))?
    }

    /// Whether a word of a kind stands in the clause.
    fn tells(&self, word: Word) -> bool {
        self.ground.holds(self.start, self.end, word)
    }

    fn says(&self, word: &str) -> bool {
        (self.start..self.end).any(|at| self.ground.text.starts(at, word))
    }

    /// Whether the clause only orders it; 督促整改2个 tells of what was brought about.
    fn ordered(&self) -> bool {
        let urged = |said: &Said| self.ground.text.starts(said.start, "督促");
        self.ground.words(self.start, self.end).iter().any(|said| said.word == Word::Order && !urged(said))
    }

    fn near(&self, measures: &[&str]) -> Option<Number> {
        near(self.ground, self.said, (self.start, self.end), measures)
    }

    fn counted(&self, act: Act, number: Number) -> Option<Deed> {
        Some(self.of(act, number.figure(), Some(&number)))
    }

    fn of(&self, act: Act, figure: Figure, number: Option<&Number>) -> Deed {
        Deed {
            act,
            times: number.is_some_and(|number| number.times),
            figure: summed(self.ground, self.said.start, figure),
            names: Vec::new(),
            span: self.ground.text.span(self.start, self.end),
            written: number.map(|number| self.ground.text.span(number.start, number.end)),
        }
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

/// 反映的7条诉求均已书面答复.
fn answered(ground: &Ground<'_>, said: &Said) -> bool {
    let (_, sentence) = ground.sentence(said.end, said.end);
    ground.words(said.end, sentence.min(said.end + 12)).iter().any(|next| next.word == Word::Solving)
}
