//! The nearest known name for a mistyped one, and the folding under which two spellings are one.

/// The spelling under which names are compared: blanks and invisible characters gone, full-width forms made
/// half-width, brackets of one kind, Latin letters small.
pub(crate) fn key(text: &str) -> String {
    text.chars()
        .filter(|c| {
            !c.is_whitespace()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
        })
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '〔' | '﹝' => '(',
            '〕' | '﹞' => ')',
            '“' | '”' | '„' | '〝' | '〞' => '"',
            '‘' | '’' => '\'',
            '﹑' | '､' => '、',
            _ => c,
        })
        // After the full-width forms, so that ［ is folded too.
        .map(|c| match c {
            '[' => '(',
            ']' => ')',
            _ => c.to_ascii_lowercase(),
        })
        .collect()
}

/// The one known name that a mistyped one most likely means; none where two are equally near.
///
/// A name that contains the other (城关 for 城关镇) comes first, then one slip in up to four characters, two in more.
pub(crate) fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = key(typed);
    let length = typed.chars().count();
    if length == 0 {
        return None;
    }
    let allowed = if length <= 4 { 1 } else { 2 + length / 12 };
    let mut best: Option<(usize, &str)> = None;
    let mut tie = false;
    for name in known {
        let other = key(name);
        let count = other.chars().count();
        let contained = length >= 2 && count >= 2 && (other.contains(&typed) || typed.contains(&other));
        // A name so much longer or shorter is no slip; the distance of two long texts is dear to reckon.
        if !contained && length.abs_diff(count) > allowed {
            continue;
        }
        let distance = if contained { 1 } else { strsim::osa_distance(&typed, &other) };
        // One character swapped in a name of two is another name, not a slip.
        if distance > allowed || (!contained && distance >= length.min(count)) {
            continue;
        }
        match best {
            Some((d, _)) if distance > d => {}
            Some((d, _)) if distance == d => tie = true,
            _ => {
                best = Some((distance, name));
                tie = false;
            }
        }
    }
    best.filter(|_| !tie).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_finds_the_name_and_a_tie_finds_none() {
        let units = ["青石镇纪委", "白沙镇纪委", "白水镇纪委"];
        assert_eq!(nearest("青石镇纪", units), Some("青石镇纪委"));
        assert_eq!(nearest("青石", units), Some("青石镇纪委"));
        assert_eq!(nearest("白镇纪委", units), None);
        assert_eq!(nearest("县教育局", units), None);
        assert_eq!(nearest("date-partail", ["date-partial", "date-vague"]), Some("date-partial"));
        assert_eq!(nearest("", units), None);
    }

    #[test]
    fn width_blanks_and_brackets_do_not_make_another_name() {
        assert_eq!(key("大 坪（村）\u{200b}"), key("大坪(村)"));
        assert_eq!(key("［大坪]"), "(大坪)");
        assert_eq!(key("“三重一大”"), "\"三重一大\"");
    }
}
