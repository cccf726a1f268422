//! Sums of money found, and those that came back. A total is taken and not its parts; prices, budgets and fines are
//! none; what was only ordered to be paid back has not come back until the text says so.

use std::collections::BTreeSet;

use super::Facts;
use super::ground::{Ground, Names};
use super::words::Word;
use crate::place::Span;
use crate::text::Amount;
use crate::text::fold::Folded;

/// A sum of a cell and whether it is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Money {
    pub fen: i64,
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
    /// A price, a standard, a budget, so much each.
    Price,
    /// Ordered to be paid back, and the cell does not say that it was.
    Ordered,
}

/// Parts of a total, at most.
const MOST: usize = 60;

/// A sum among the folded characters.
struct Place<'a> {
    start: usize,
    end: usize,
    amount: &'a Amount,
}

/// Every sum that a problem is about, each once: what stands in 发现问题; of a cell that tells everything (`whole`) what
/// is not only said to have come back.
pub(crate) fn involved(text: &str, facts: &Facts, whole: bool) -> Vec<Money> {
    let folded = Folded::new(text);
    let ground = Ground::new(&folded, facts, &Names::default());
    let places = places(&folded, facts);
    let parts = parts(&ground, &places);
    let mut found = Vec::new();
    for (n, place) in places.iter().enumerate() {
        let verb = verb(&ground, place);
        if verb == Some(Word::Fine) || whole && verb == Some(Word::Recovery) {
            continue;
        }
        let state = if is_price(&ground, place) {
            State::Price
        } else if parts.contains(&n) {
            State::Part
        } else {
            exact(place)
        };
        found.push(money(&ground, place, state));
    }
    each_once(found)
}

/// Every sum that came back, or was ordered to, each once.
pub(crate) fn recovered(text: &str, facts: &Facts) -> Vec<Money> {
    let folded = Folded::new(text);
    let ground = Ground::new(&folded, facts, &Names::default());
    let places = places(&folded, facts);
    let parts = parts(&ground, &places);
    let mut found: Vec<(usize, Money)> = Vec::new();
    for (n, place) in places.iter().enumerate() {
        if verb(&ground, place) != Some(Word::Recovery) {
            continue;
        }
        let state = if is_price(&ground, place) || each(&ground, place) {
            State::Price
        } else if parts.contains(&n) {
            State::Part
        } else if ordered(&ground, place) {
            State::Ordered
        } else {
            exact(place)
        };
        found.push((place.end, money(&ground, place, state)));
    }
    fulfil(&ground, &places, &mut found);
    each_once(found.into_iter().map(|(_, money)| money).collect())
}

fn places<'a>(text: &Folded, facts: &'a Facts) -> Vec<Place<'a>> {
    let place = |amount: &'a Amount| Place {
        start: text.place_of(amount.span.start),
        end: text.place_of(amount.span.end),
        amount,
    };
    facts.amounts.iter().map(place).collect()
}

fn exact(place: &Place<'_>) -> State {
    if place.amount.approximate { State::About } else { State::Counted }
}

fn money(ground: &Ground<'_>, place: &Place<'_>, state: State) -> Money {
    let (start, end) = ground.clause(place.start, place.end);
    Money { fen: place.amount.fen, state, written: place.amount.span, span: ground.text.span(start, end) }
}

/// The same sum twice is the same money told twice; one that is added wins over one that is not.
fn each_once(found: Vec<Money>) -> Vec<Money> {
    let mut once: Vec<Money> = Vec::new();
    for money in found {
        match once.iter_mut().find(|other| other.fen == money.fen) {
            Some(other) if other.state != State::Counted && money.state == State::Counted => *other = money,
            Some(_) => {}
            None => once.push(money),
        }
    }
    once
}

/// Whether a sum is a price, a standard, a budget: 每套28元, 预算4.8万元, 300元/月.
fn is_price(ground: &Ground<'_>, place: &Place<'_>) -> bool {
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
    priced || each || rate
}

/// Whether several persons paid so much each: 各退赔10800元.
fn each(ground: &Ground<'_>, place: &Place<'_>) -> bool {
    let (start, _) = ground.clause(place.start, place.end);
    let verb = ground.words(start, place.start).iter().rev().find(|said| said.word == Word::Recovery);
    verb.is_some_and(|verb| ground.text.before(verb.start) == '各' || ground.text.ends(verb.start, "各自"))
}

/// The verb that a sum goes with: the last one before it in its clause, else the first one behind it.
fn verb(ground: &Ground<'_>, place: &Place<'_>) -> Option<Word> {
    let (start, end) = ground.clause(place.start, place.end);
    let is_verb = |word: Word| matches!(word, Word::Recovery | Word::Fine);
    let before = ground.words(start, place.start).iter().rev().find(|said| is_verb(said.word));
    let behind = || ground.words(place.end, end).iter().find(|said| is_verb(said.word));
    before.or_else(behind).map(|said| said.word)
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
    for said in ground.said.iter().filter(|said| said.word == Word::Recovery) {
        let (start, end) = ground.clause(said.start, said.end);
        let own = places.iter().any(|place| place.start >= start && place.end <= end);
        let done = (start..end).any(|at| ground.text.at(at) == '已' || ground.text.starts(at, "全部"));
        let order = ground.words(start, end).iter().any(|said| matches!(said.word, Word::Order | Word::Negation));
        if own || !done || order {
            continue;
        }
        for (_, money) in found.iter_mut().filter(|(at, money)| *at <= start && money.state == State::Ordered) {
            money.state = State::Counted;
        }
    }
}

/// The places of sums that are parts of a total: those before 共计 that together make it or stay below it, and those
/// behind 其中, in the same sentence.
fn parts(ground: &Ground<'_>, places: &[Place<'_>]) -> BTreeSet<usize> {
    let mut parts = BTreeSet::new();
    for (n, place) in places.iter().enumerate() {
        let (sentence, _) = ground.sentence(place.start, place.end);
        let among = ground.words(sentence, place.start).iter().rev().find(|said| said.word == Word::Among);
        let before = |at: usize| {
            places
                .iter()
                .enumerate()
                .take(n)
                .skip(n.saturating_sub(MOST))
                .filter(move |(_, other)| other.start >= sentence && other.end <= at)
        };
        if among.is_some_and(|among| before(among.start).next().is_some()) {
            parts.insert(n);
            continue;
        }
        let total = ground
            .words(sentence, place.start)
            .iter()
            .any(|said| said.word == Word::Whole && said.end + 3 >= place.start);
        if total {
            let ahead: Vec<usize> = before(place.start)
                .filter(|(m, other)| !parts.contains(m) && !is_price(ground, other))
                .map(|(m, _)| m)
                .collect();
            parts.extend(made_of(places, &ahead, place.amount.fen));
        }
    }
    parts
}

/// The last sums that make up a total exactly; else all of them where they do not exceed it.
fn made_of(places: &[Place<'_>], ahead: &[usize], total: i64) -> Vec<usize> {
    let fen = |n: &usize| places.get(*n).map_or(0, |place| place.amount.fen);
    let mut sum = 0_i64;
    for (many, n) in (1..).zip(ahead.iter().rev()) {
        sum = sum.saturating_add(fen(n));
        if sum == total {
            return ahead.iter().rev().take(many).copied().collect();
        }
    }
    if sum < total && ahead.len() > 1 { ahead.to_vec() } else { Vec::new() }
}
