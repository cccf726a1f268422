//! Numbers with their measure words: 3人, 两名, 12件(次), 40余件. Dates, document numbers and telephone numbers are
//! none: they have no measure word, or a time covers them.

use super::Figure;
use super::ground::Ground;
use crate::text::amount;
use crate::text::fold::Folded;

/// A number in a text, its measure word included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub start: usize,
    pub end: usize,
    /// None where only the measure word is exact: 数十人, 几名.
    pub value: Option<u32>,
    /// 余, 近, 约, 数十, 3至5.
    pub about: bool,
    /// Counted by times: 人次, 件次.
    pub times: bool,
}

impl Number {
    /// What it is good for.
    pub(super) fn figure(&self) -> Figure {
        match self.value {
            Some(value) if !self.about => Figure::Exact(value),
            _ => Figure::About,
        }
    }
}

/// Measure words of persons, those of times among them.
pub(super) const PERSONS: &[&str] = &["人(次)", "人次", "个人", "人", "名", "位"];
/// Measure words of matters.
pub(super) const PIECES: &[&str] = &["件(次)", "件次", "件", "起", "宗", "条", "个", "批次", "批"];

/// Before a number these make it a rough one.
const ROUGH: &[&str] = &["大约", "约", "接近", "将近", "近", "超过", "逾", "超", "不足", "至少", "数", "几", "上"];

/// The number that starts at a place, if one of the measure words follows it.
pub(super) fn at(ground: &Ground<'_>, start: usize, measures: &[&str]) -> Option<Number> {
    let text = ground.text;
    let vague = matches!(text.at(start), '数' | '几') && measure(text, after_tens(text, start + 1), measures).is_some();
    let before = text.before(start);
    if before == '第' || before.is_ascii_alphanumeric() || ground.in_time(start) {
        return None;
    }
    if matches!(before, '.' | '〔' | '/' | '+') || before == '-' && !text.before(start - 1).is_ascii_digit() {
        return None;
    }
    let (value, mut end) = if vague {
        (None, after_tens(text, start + 1))
    } else {
        let (whole, fraction, end) = amount::arabic(text, start).or_else(|| amount::spoken(text, start))?;
        (Some(u32::try_from(whole).ok().filter(|_| fraction == 0)?), end)
    };
    let mut about = vague || ROUGH.iter().any(|word| text.ends(start, word)) || ranged(text, start);
    while matches!(text.at(end), '余' | '多' | '来' | ' ') {
        about |= text.at(end) != ' ';
        end += 1;
    }
    let (word, end) = measure(text, end, measures)?;
    about |= ["左右", "以上", "上下"].iter().any(|word| text.starts(end, word));
    Some(Number { start, end, value, about, times: word.contains('次') && word != "次" })
}

/// Past the tens of 数十, 几百.
fn after_tens(text: &Folded, from: usize) -> usize {
    let tens = (from..from + 2).take_while(|&at| matches!(text.at(at), '十' | '百' | '千')).count();
    from + tens
}

/// The longest of the measure words that stands at a place.
fn measure<'m>(text: &Folded, at: usize, measures: &[&'m str]) -> Option<(&'m str, usize)> {
    let word = measures.iter().filter(|word| text.starts(at, word)).max_by_key(|word| word.chars().count())?;
    Some((*word, at + word.chars().count()))
}

/// The end of a range: 3至5人.
fn ranged(text: &Folded, start: usize) -> bool {
    matches!(text.before(start), '至' | '到' | '-' | '~') && start >= 2 && text.at(start - 2).is_ascii_digit()
}

/// The first number with one of the measure words that starts in a stretch.
pub(super) fn first(ground: &Ground<'_>, from: usize, to: usize, measures: &[&str]) -> Option<Number> {
    places(ground, from, to).find_map(|start| at(ground, start, measures))
}

/// The last number with one of the measure words that starts in a stretch.
pub(super) fn last(ground: &Ground<'_>, from: usize, to: usize, measures: &[&str]) -> Option<Number> {
    let found = places(ground, from, to).filter_map(|start| at(ground, start, measures));
    found.filter(|number| number.end <= to).last()
}

/// Where a number may start: at its first character only.
fn places<'g>(ground: &'g Ground<'_>, from: usize, to: usize) -> impl Iterator<Item = usize> + 'g {
    (from..to).filter(|&at| numeral(ground.text.at(at)) && !numeral(ground.text.before(at)) || vague(ground.text, at))
}

fn vague(text: &Folded, at: usize) -> bool {
    matches!(text.at(at), '数' | '几')
}

fn numeral(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
        || matches!(c, '十' | '百' | '千' | '两')
}
