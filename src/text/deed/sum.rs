//! Sums of money found, and those that came back. A total is taken and not its parts; prices, budgets and fines are
//! none; what was only ordered to be paid back has not come back until the text says so. What is not added is given
//! all the same, with its reason.

use super::Facts;
use super::each::{Each, Everybody};
use super::ground::{Ground, Names};
use super::same;
use super::whole;
use super::words::{Said, Word};
use crate::place::Span;
use crate::text::Amount;
use crate::text::fold::Folded;

/// A sum of a cell and whether it is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Money {
    /// What is added: of so much each, that of all.
    pub fen: i64,
    /// How many persons it is told of, each as much.
    pub persons: u32,
    pub state: State,
    /// The sum as written.
    pub written: Span,
    /// The clause that tells it.
    pub span: Span,
}

/// Why a sum is added or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Counted,
    /// 约, 余, 近.
    About,
    /// The total that it is a part of is counted.
    Part,
    /// The whole of what is told piece by piece behind it: 3100元已退2900元.
    Whole,
    /// The same money told before.
    Again,
    /// A price, a standard, a budget, so much a piece.
    Price,
    /// So much each, and how many they are is not sure.
    Each,
    /// Ordered to be paid back, and the cell does not say that it was.
    Ordered,
}

/// A sum among the folded characters.
pub(super) struct Place<'a> {
    pub start: usize,
    pub end: usize,
    pub amount: &'a Amount,
}

/// Every sum that a problem is about, each added once: what stands in 发现问题; of a cell that tells everything (`all`)
/// what is not only said to have come back. `names` are those of the record.
pub(crate) fn involved(text: &str, facts: &Facts, names: &Names, all: bool) -> Vec<Money> {
    let folded = Folded::new(text);
    let ground = Ground::new(&folded, facts, names);
    let places = places(&folded, facts);
    let (parts, everybody) = (whole::parts(&ground, &places), Everybody::new(&ground));
    let mut found = Vec::new();
    for (n, place) in places.iter().enumerate() {
        let verb = verb(&ground, place).map(|said| said.word);
        if verb == Some(Word::Fine) || all && verb == Some(Word::Recovery) {
            continue;
        }
        let each = everybody.each(&ground, place);
        let state = if is_price(&ground, place) {
            State::Price
        } else if parts.contains(&n) {
            State::Part
        } else {
            exact(place, each)
        };
        found.push((n, money(&ground, place, state, each)));
    }
    same::once(&ground, &places, found)
}

/// Every sum that came back, or was ordered to, each added once.
pub(crate) fn recovered(text: &str, facts: &Facts, names: &Names) -> Vec<Money> {
    let folded = Folded::new(text);
    let ground = Ground::new(&folded, facts, names);
    let places = places(&folded, facts);
    let (mut parts, everybody) = (whole::parts(&ground, &places), Everybody::new(&ground));
    // 5000元中已退3000元，2000元未退: where a piece is still out, the pieces are told and not the whole.
    let back = |place: &Place<'_>| {
        verb(&ground, place).is_some_and(|said| said.word == Word::Recovery) && !ordered(&ground, place)
    };
    for n in 0..places.len() {
        let pieces = whole::pieces(&ground, &places, n);
        if pieces.iter().filter_map(|piece| places.get(*piece)).any(|piece| !back(piece)) {
            parts.retain(|part| !pieces.contains(part));
        }
    }
    let mut found = Vec::new();
    for (n, place) in places.iter().enumerate() {
        let Some(verb) = verb(&ground, place).filter(|said| said.word == Word::Recovery) else { continue };
        let each = everybody.each(&ground, place);
        let state = if is_price(&ground, place) {
            State::Price
        } else if parts.contains(&n) {
            State::Part
        } else if ordered(&ground, place) {
            State::Ordered
        } else if of_which(&ground, &places, n, verb) && !parts.contains(&(n + 1)) {
            State::Whole
        } else {
            exact(place, each)
        };
        found.push((n, money(&ground, place, state, each)));
    }
    fulfil(&ground, &places, &mut found);
    same::once(&ground, &places, found)
}

fn places<'a>(text: &Folded, facts: &'a Facts) -> Vec<Place<'a>> {
    let place = |amount: &'a Amount| Place {
        start: text.place_of(amount.span.start),
        end: text.place_of(amount.span.end),
        amount,
    };
    facts.amounts.iter().map(place).collect()
}

fn exact(place: &Place<'_>, each: Each) -> State {
    match each {
        _ if place.amount.approximate => State::About,
        Each::Unsure => State::Each,
        Each::One | Each::Of(_) => State::Counted,
    }
}

fn money(ground: &Ground<'_>, place: &Place<'_>, state: State, each: Each) -> Money {
    let (start, end) = ground.clause(place.start, place.end);
    let persons = if let Each::Of(many) = each { many } else { 1 };
    let fen = place.amount.fen.saturating_mul(i64::from(persons));
    Money { fen, persons, state, written: place.amount.span, span: ground.text.span(start, end) }
}

/// Whether a sum is a price, a standard, a budget: 每套28元, 预算4.8万元, 300元/月.
pub(super) fn is_price(ground: &Ground<'_>, place: &Place<'_>) -> bool {
    let text = ground.text;
    let (start, _) = ground.clause(place.start, place.end);
    let near = start.max(place.start.saturating_sub(7));
    let priced =
        ground.words(near, place.start).iter().any(|said| said.word == Word::Price && said.end + 2 >= place.start);
    let each = text.slice(near, place.start).contains(&'每');
    let moved = ground
        .words(place.end, place.end + 4)
        .first()
        .is_some_and(|said| said.word == Word::Price && said.start == place.end);
    let rate = moved
        || matches!(text.at(place.end), '/' | '每')
        || text.starts(place.end, "的标准")
        || text.starts(place.end, "一");
    // 单价6800元, 协议价1200元; 折价800元 is what something is worth.
    let prized = text.before(place.start) == '价'
        && !matches!(text.before(place.start.saturating_sub(1)), '折' | '作' | '估' | '变' | '交' | '差');
    priced || each || rate || prized
}

/// The verb that a sum goes with: the last one before it in its clause, else the first one behind it.
fn verb<'g>(ground: &'g Ground<'_>, place: &Place<'_>) -> Option<&'g Said> {
    let (start, end) = ground.clause(place.start, place.end);
    let is_verb = |word: Word| matches!(word, Word::Recovery | Word::Fine);
    let before = ground.words(start, place.start).iter().rev().find(|said| is_verb(said.word));
    let behind = || ground.words(place.end, end).iter().find(|said| is_verb(said.word));
    before.or_else(behind)
}

/// Whether a sum stands before a verb and a smaller one right behind it, which is what came back: 3100元已退29户2900元.
fn of_which(ground: &Ground<'_>, places: &[Place<'_>], n: usize, verb: &Said) -> bool {
    let (Some(place), Some(next)) = (places.get(n), places.get(n + 1)) else { return false };
    let (_, end) = ground.clause(place.start, place.end);
    let between = || ground.text.slice(verb.end, next.start);
    let behind = place.end <= verb.start && verb.end <= next.start && next.end <= end;
    behind && next.amount.fen < place.amount.fen && !between().iter().any(|c| matches!(c, '、' | '和' | '及'))
}

/// Whether the clause only orders what is to be paid back: 责令退还3200元, 限3月20日前退缴, 未退回.
fn ordered(ground: &Ground<'_>, place: &Place<'_>) -> bool {
    let (start, end) = ground.clause(place.start, place.end);
    let done = (start..end).any(|at| ground.text.at(at) == '已' || ground.text.starts(at, "全部"));
    let order = ground.words(start, end).iter().any(|said| matches!(said.word, Word::Order | Word::Negation));
    let due = (start..end)
        .any(|at| ground.text.at(at) == '前' && ground.in_time(at.saturating_sub(1)) || ground.text.starts(at, "底前"));
    (order || due) && !done || ground.holds(start, end, Word::Negation)
}

/// What was ordered has come back where a later clause of the cell says so without a sum of its own: 责令退还2400元，
/// 10月16日已清退完毕.
fn fulfil(ground: &Ground<'_>, places: &[Place<'_>], found: &mut [(usize, Money)]) {
    let before = |n: usize, at: usize| places.get(n).is_some_and(|place| place.end <= at);
    for said in ground.said.iter().filter(|said| said.word == Word::Recovery) {
        let (start, end) = ground.clause(said.start, said.end);
        let own = places.iter().any(|place| place.start >= start && place.end <= end);
        let done = (start..end).any(|at| ground.text.at(at) == '已' || ground.text.starts(at, "全部"));
        let order = ground.words(start, end).iter().any(|said| matches!(said.word, Word::Order | Word::Negation));
        if own || !done || order {
            continue;
        }
        for (_, money) in found.iter_mut().filter(|(n, money)| before(*n, start) && money.state == State::Ordered) {
            money.state = State::Counted;
        }
    }
}
