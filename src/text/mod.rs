//! The reading of a cell. Takes a cell's text and the lexicon; gives its facts, each with its span in the
//! text as written. Text is read once, here; every rule looks at facts and never at strings.

use chrono::NaiveDate;

use crate::place::Span;

mod agree;
mod amount;
#[cfg(any(test, feature = "doors"))]
pub(crate) mod corpus;
mod count;
mod date;
mod deadline;
pub(crate) mod deed;
mod event;
mod fold;
mod kind;
mod lexicon;
pub(crate) mod likeness;
mod none;
mod person;
mod settled;
mod trie;

pub(crate) use agree::agree;
use fold::Folded;
use lexicon::Hits;
pub(crate) use lexicon::Lexicon;
#[cfg(any(test, feature = "doors"))]
pub(crate) use person::{Model, learn};

/// What a cell's text says.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    /// The text says that there was nothing: 无, 未发现问题, `/` … Such a cell owes nothing.
    pub none: bool,
    /// The text states a fault, a loss or a measure taken: a four-column 监督开展情况 then reports a problem.
    pub fault: bool,
    /// Every expression of time, in the order of the text.
    pub times: Vec<Time>,
    /// Every person mentioned who acts or answers, each once, in the order of the text.
    pub persons: Vec<Person>,
    /// Nobody is read, yet something may be a name or a post: the rule then warns (请核).
    pub persons_unsure: bool,
    /// Every sum of money, in the order of the text.
    pub amounts: Vec<Amount>,
    /// The first checkable fact of a problem: an act, a document, an account, a sum, a place, a count, a named item missing.
    pub event: Option<Span>,
    /// The first checkable measure or result of a handling: 约谈, 责令退还3200元, 已于…补齐, a deadline.
    pub measure: Option<Span>,
    /// Judgements that state nothing to check (落实不到位, 已整改), for the message that asks for more.
    pub vague: Vec<Span>,
    /// Whether the reading of `event` and `measure` is doubtful: the rule then warns (请核).
    pub event_unsure: bool,
    /// Until when something must be put right: the last deadline that the text gives.
    pub deadline: Option<Deadline>,
    /// The text says that the matter is put right: 已整改, 已退还, 已公示, 已补齐 …
    pub settled: bool,
}

/// One expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    pub span: Span,
    pub class: TimeClass,
    /// The day, of a range its first; only of a full one.
    pub day: Option<NaiveDate>,
    /// The last day of a full range, else the same as `day`.
    pub end: Option<NaiveDate>,
    /// The day by which something is due (限2026年3月20日前).
    pub deadline: bool,
}

/// How far an expression of time is exact (填表说明2: 时间要具体到年月日).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeClass {
    /// Year, month and day are there, or inherited from a full one before it in the cell.
    Full,
    /// By numerals, but the year or the day is not written.
    Partial,
    /// Loose words only: 近日, 上旬, 春节期间.
    Vague,
    /// No day of the calendar: 2026年2月30日.
    Impossible,
}

/// One person mentioned, with what is written of unit, post and name; spans are absent where nothing is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    /// The whole mention as written.
    pub span: Span,
    /// The unit, or the pointer that stands for it (该村, 我局); for a shared unit, where it stands.
    pub unit: Option<Span>,
    pub post: Option<Span>,
    /// The full name, or what is written instead (黄某); absent for a bare role.
    pub name: Option<Span>,
    pub class: PersonClass,
    /// Whether the reading is certain; an uncertain fault is a warning marked 请核.
    pub sure: bool,
}

/// What a mention lacks (填表说明2: 人要点明单位职务和姓名); one label, the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PersonClass {
    Full,
    NoName,
    NoPost,
    NoUnit,
}

/// One sum of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amount {
    pub span: Span,
    /// In 分 (hundredths of a yuan).
    pub fen: i64,
    /// 约, 近, 余 …: shown, and left out of sums.
    pub approximate: bool,
}

/// Until when something must be put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deadline {
    /// A day that is written in full or inherited.
    Day(NaiveDate),
    /// So many days from the cell's last full date (10日内, 一周内).
    Within(u32),
}

/// Reads a cell. Never fails; every span lies on character borders of `text`; takes linear time.
pub(crate) fn read(text: &str, words: &Lexicon) -> Facts {
    read_with(text, words, true)
}

/// Reads a cell in which nobody need be named: all facts but persons.
pub(crate) fn read_without_persons(text: &str, words: &Lexicon) -> Facts {
    read_with(text, words, false)
}

fn read_with(text: &str, words: &Lexicon, persons: bool) -> Facts {
    if words.is_blind() {
        return Facts::default();
    }
    let folded = Folded::new(text);
    let hits = Hits::find(&folded, words);
    let times = date::find(&folded, &hits);
    let sums = amount::find(&folded, &times);
    let statements = none::statements(&folded, &hits);
    let nothing = mask(&statements, folded.len());
    let events =
        event::read(&event::Ground { text: &folded, hits: &hits, times: &times, sums: &sums, nothing: &nothing });
    let none = none::is_none(&folded, &hits, &statements, events.fault, events.event.is_some());
    let (persons, persons_unsure) =
        if none || !persons { (Vec::new(), false) } else { person::find(&folded, &hits, &times, words.model()) };
    let span = |(start, end): (usize, usize)| folded.span(start, end);
    Facts {
        none,
        fault: !none && (events.fault || misconduct(&folded, &hits, &persons)),
        deadline: deadline::last(&folded, &times),
        times: times.into_iter().map(|found| found.time).collect(),
        persons,
        persons_unsure,
        amounts: sums.into_iter().map(|sum| sum.amount).collect(),
        event: events.event.map(span),
        measure: events.measure.map(span),
        vague: events.vague.into_iter().map(span).collect(),
        event_unsure: events.unsure,
        settled: events.settled,
    }
}

/// Whether somebody mentioned does wrong in the same clause: 会计唐国强套取补贴.
fn misconduct(text: &Folded, hits: &Hits, persons: &[Person]) -> bool {
    if persons.is_empty() {
        return false;
    }
    let mut ends: Vec<usize> = persons.iter().map(|person| person.span.end).collect();
    ends.sort_unstable();
    hits.all(lexicon::Class::MISCONDUCT.or(lexicon::Class::FAULT)).any(|hit| {
        let clause =
            (hit.from().saturating_sub(40)..hit.from()).rev().take_while(|&at| !fold::ends_clause(text.at(at)));
        let mut clause = clause.map(|at| text.span(at, at + 1).end);
        clause.any(|end| ends.binary_search(&end).is_ok())
    })
}

/// Which characters lie in one of these stretches; empty where there is none.
fn mask(stretches: &[(usize, usize)], length: usize) -> Vec<bool> {
    if stretches.is_empty() {
        return Vec::new();
    }
    let mut mask = vec![false; length];
    for &(from, to) in stretches {
        if let Some(part) = mask.get_mut(from..to.min(length)) {
            part.fill(true);
        }
    }
    mask
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every span of a reading, whatever it is of.
    fn spans(facts: &Facts) -> Vec<Span> {
        let mut all: Vec<Span> = facts.times.iter().map(|time| time.span).collect();
        for person in &facts.persons {
            all.push(person.span);
            all.extend(person.unit.iter().chain(&person.post).chain(&person.name));
        }
        all.extend(facts.amounts.iter().map(|amount| amount.span));
        all.extend(facts.event.iter().chain(&facts.measure).chain(&facts.vague));
        all
    }

    #[test]
    fn any_text_is_read_and_every_span_lies_inside_it() {
        let words = Lexicon::new(["清河县青石镇纪委", "大坪村", "", "／"]);
        let pieces = [
            "2026年",
            "3月",
            "5日",
            "２０２６",
            "年",
            "月",
            "日",
            "至",
            "—",
            "-",
            ".",
            "/",
            "：",
            "《",
            "》",
            "（",
            "）",
            "〔",
            "〕",
            "“",
            "”",
            "、",
            "，",
            "县教育局",
            "办公室主任",
            "张建国",
            "王",
            "某",
            "×",
            "·",
            "老",
            "小",
            "同志",
            "等",
            "3",
            "人",
            "名",
            "一",
            "十",
            "元",
            "万",
            "余",
            "约",
            "未",
            "无",
            "发现",
            "问题",
            "但",
            "该村",
            "我局",
            "其",
            "的",
            "和",
            "于",
            "家",
            "村",
            "镇",
            "大坪村",
            "副书记",
            "负责人",
            "相关",
            "已",
            "整改",
            "前",
            "内",
            "限",
            " ",
            "\u{3000}",
            "\n",
            "\t",
            "\u{200b}",
            "\u{202e}",
            "\u{0}",
            "🙂",
            "e\u{301}",
            "𠀀",
            "〇",
            "零",
            "O",
            "A",
            "%",
            "\u{feff}",
            "第",
            "号",
            "每",
        ];
        // A fixed sequence of odd texts: a linear congruence, so that every run reads the same ones.
        let mut state = 7u64;
        let mut draw = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).unwrap() % below
        };
        for _ in 0..1500 {
            let length = draw(24);
            let text: String = (0..length).map(|_| pieces[draw(pieces.len())]).collect();
            for span in spans(&read(&text, &words)) {
                assert!(span.start <= span.end && text.get(span.start..span.end).is_some(), "{text:?} {span:?}");
            }
        }
    }

    #[test]
    fn the_longest_cell_takes_no_longer_than_its_length() {
        let words = Lexicon::default();
        read("", &words);
        let time = |text: &str| {
            let start = std::time::Instant::now();
            assert!(spans(&read(text, &words)).iter().all(|span| span.end <= text.len()));
            start.elapsed()
        };
        for piece in [
            "无",
            "未",
            "发现",
            "县教育局局长张建国、",
            "2026年3月5日",
            "1",
            "《",
            "（",
            "张建国，",
            "村",
            "相关负责人",
            "3名党员",
            "青石镇",
            "已",
            "于",
            "、",
            "某",
            "一",
            "该村书记",
            " ",
            "\n",
            "王·",
            "主任",
            "“",
            "10日内",
        ] {
            // By itself, and before a list of names, which all share what stands before them.
            let cell = |length: usize, names: &str| -> String {
                piece
                    .chars()
                    .cycle()
                    .take(length)
                    .chain(names.chars().cycle().take(if names.is_empty() { 0 } else { length }))
                    .collect()
            };
            let (alone, shared) =
                ((cell(1_000, ""), cell(8_000, "")), (cell(500, "张建国、"), cell(4_000, "张建国、")));
            // The best of three of each, so that a busy machine does not decide. Eight times the text takes eight
            // times the time, and would take sixty-four times if anything grew with the square.
            let best = |text: &str| (0..3).map(|_| time(text)).min().unwrap_or_default();
            for (short, long) in [alone, shared] {
                let (short, long) = (best(&short).max(std::time::Duration::from_millis(5)), best(&long));
                assert!(long < short * 40, "{piece}: {short:?} {long:?}");
            }
        }
    }
}
