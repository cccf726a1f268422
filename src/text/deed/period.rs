//! Over what time a number is told. A sum of a longer time, or of the whole month, is not its record's and is not
//! added; a day or 本次 begins anew.

use super::Figure;
use super::ground::Ground;
use super::words::Word;

/// A figure that stands at a place, or what it sums up.
///
/// 今年以来累计立案2件，约谈3人 sums up; 今年以来，镇纪委紧盯补贴，3月18日约谈3人 does not. 累计 alone speaks for its own
/// clause, behind 今年以来 for those that follow as well.
pub(super) fn summed(ground: &Ground<'_>, at: usize, figure: Figure) -> Figure {
    if matches!(figure, Figure::Unsaid | Figure::All) {
        return figure;
    }
    let (sentence, _) = ground.sentence(at, at);
    let (clause, _) = ground.clause(at, at);
    let (mut told, mut period) = (figure, false);
    let mut days = ground.days(sentence, at).iter().peekable();
    for said in ground.words(sentence, at) {
        while let Some(day) = days.next_if(|day| day.start < said.start) {
            (told, period) = begun(ground, day.start, day.end, figure, (told, period));
        }
        match said.word {
            Word::Now => (told, period) = (figure, false),
            Word::Month => told = Figure::Month,
            Word::Longer if said.start >= clause => told = Figure::Longer,
            Word::Longer | Word::Until => period = true,
            Word::Cumulative if period || said.start >= clause => told = Figure::Longer,
            Word::Whole if period => told = Figure::Longer,
            _ => {}
        }
    }
    for day in days {
        (told, period) = begun(ground, day.start, day.end, figure, (told, period));
    }
    told
}

/// What a day changes: it begins anew, unless it is the beginning or the end of a longer time (1月1日以来, 截至3月20日).
fn begun(ground: &Ground<'_>, start: usize, end: usize, figure: Figure, before: (Figure, bool)) -> (Figure, bool) {
    let text = ground.text;
    if ["以来", "起", "至今"].iter().any(|word| text.starts(end, word)) {
        return (before.0, true);
    }
    if text.ends(start, "截至") || text.ends(start, "截止") { before } else { (figure, false) }
}
