//! How much room a text takes: no program that opens the workbook grows rows of merged cells, and few grow
//! the others, so widths and heights are reckoned here.

use unicode_width::UnicodeWidthChar;

/// The height of one printed line of body text, in points.
pub(super) const LINE: f64 = 14.5;
/// No row of a sheet may be higher.
pub(super) const MOST: f64 = 409.0;

/// The width of a character of body text (10.5 points) in units of the sheet, which are digits of 11 points; a
/// little more than fonts need. Quotation marks and dashes are full-width in Chinese fonts.
fn char_width(c: char) -> f64 {
    match c.width_cjk() {
        Some(0) | None => 0.0,
        Some(1) => 0.97,
        Some(_) => 1.86,
    }
}

/// How many lines a text takes in a column of that width (in units of the sheet): words and numbers stay
/// whole where they fit, and a margin is kept for punctuation that may not begin a line.
pub(super) fn lines(text: &str, width: f64) -> u32 {
    // Columns are at most 255 wide, so the cut is exact enough.
    let room = (width - 1.2).max(2.0);
    let mut lines = 0_u32;
    for line in text.split('\n') {
        lines = lines.saturating_add(1);
        let mut used = 0.0;
        for word in words(line) {
            let units: f64 = word.chars().map(char_width).sum();
            if used + units <= room {
                used += units;
            } else if units <= room {
                lines = lines.saturating_add(1);
                used = units;
            } else {
                // Longer than a line: it is broken wherever a line ends.
                let extra = ((used + units) / room).ceil() - 1.0;
                lines = lines.saturating_add(whole(extra));
                used += units - extra * room;
            }
        }
    }
    lines.max(1)
}

/// Chinese characters one by one, stretches of letters and digits together.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = if first.is_ascii_graphic() {
            rest.find(|c: char| !c.is_ascii_graphic()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, tail) = rest.split_at(end);
        rest = tail;
        Some(word)
    })
}

/// The height of a row whose fullest cell has that many lines.
pub(super) fn height(lines: u32) -> f64 {
    (f64::from(lines) * LINE + 7.5).min(MOST)
}

/// A small whole number that was reckoned as a fraction.
fn whole(number: f64) -> u32 {
    let mut whole = 0_u32;
    let mut step = 1_u32 << 20;
    while step > 0 {
        if f64::from(whole + step) <= number {
            whole += step;
        }
        step >>= 1;
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_broken_as_a_sheet_breaks_it() {
        for (text, width, expected) in [
            ("", 10.0, 1),
            ("青石镇", 10.0, 1),
            ("青石镇纪委", 10.0, 2),
            ("一\n二", 10.0, 2),
            ("金额 3200.00", 10.0, 2),
            ("abcdefghijklmnopqrstuvwxyz", 10.0, 3),
            ("“好”", 10.0, 1),
        ] {
            assert_eq!(lines(text, width), expected, "{text}");
        }
    }

    #[test]
    fn no_row_is_higher_than_a_sheet_allows() {
        assert!(height(lines(&"长".repeat(30_000), 40.0)) <= 409.0);
    }
}
