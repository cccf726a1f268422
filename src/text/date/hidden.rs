//! Where no time stands, whatever is written there: titles, document numbers, ordinals.

use super::numeral::arabic;
use crate::text::fold::Folded;
use crate::text::kind::Kind;

/// Characters inside a title, a document number or a bracketed year: no time stands there.
pub(in crate::text) fn mask(text: &Folded) -> Vec<bool> {
    let mut hidden: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    for at in text.places(Kind::HIDING) {
        match text.at(at) {
            '《' => open = Some(open.unwrap_or(at)),
            '》' => hidden.extend(open.take().map(|from| (from, at + 1))),
            // A title that is never closed hides nothing beyond its line.
            '\n' => open = None,
            '第' => hidden.extend(ordinal(text, at)),
            _ => hidden.extend(bracketed(text, at)),
        }
    }
    crate::text::mask(&hidden, text.len())
}

/// 〔2026〕2号, (2026)3号.
fn bracketed(text: &Folded, at: usize) -> Option<(usize, usize)> {
    let year = arabic(text, at + 1, 4).filter(|year| year.digits == 4)?;
    let closed = text.at(year.end) == '〕' || text.at(year.end) == ')' && text.at(year.end + 1).is_ascii_digit();
    let end = (at + 6..at + 14).find(|&end| text.at(end) == '号').map_or(at + 6, |end| end + 1);
    closed.then_some((at, end))
}

/// 第2026-07号, 第3次.
fn ordinal(text: &Folded, at: usize) -> Option<(usize, usize)> {
    let numbered = text.kind(at + 1).meets(Kind::DIGIT);
    let end = (at + 1..at + 16).find(|&end| !text.at(end).is_ascii_digit() && text.at(end) != '-')?;
    let counts = matches!(text.at(end), '号' | '期' | '次' | '条' | '批' | '届');
    (numbered && counts).then_some((at, end + 1))
}
