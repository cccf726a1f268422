//! Marks (分). Held in tenths so that half points add up exactly; never a floating number. A sum that no mark sheet
//! could hold stays at the largest one: a sheet of a million rows must not stop a county's month.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

/// A number of marks in tenths: `Points(885)` is 88.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub(crate) struct Points(pub i32);

impl Points {
    pub(crate) const ZERO: Points = Points(0);

    /// Whole marks.
    pub(crate) const fn whole(marks: i32) -> Points {
        Points(marks * 10)
    }

    /// Reads `20`, `0.5`, `-1.5`; nothing finer than a tenth, nothing beyond ±10000.
    pub(crate) fn parse(text: &str) -> Option<Points> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '−', '－']) {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let part = part.trim_end_matches('0');
        if whole.is_empty() || whole.len() > 4 || part.len() > 1 {
            return None;
        }
        if !whole.bytes().chain(part.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let whole: i32 = whole.parse().ok()?;
        let part: i32 = if part.is_empty() { 0 } else { part.parse().ok()? };
        Some(Points(sign * (whole * 10 + part)))
    }

    /// Whether it is a whole number of half marks.
    pub(crate) fn is_half(self) -> bool {
        self.0 % 5 == 0
    }

    /// The same number for a workbook cell.
    pub(crate) fn as_f64(self) -> f64 {
        f64::from(self.0) / 10.0
    }

    /// `n` times as much.
    pub(crate) fn times(self, n: i32) -> Points {
        Points(self.0.saturating_mul(n))
    }
}

impl fmt::Display for Points {
    /// As a mark sheet shows it: `20`, `88.5`, `-0.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let tenths = self.0.unsigned_abs();
        match tenths % 10 {
            0 => write!(f, "{sign}{}", tenths / 10),
            part => write!(f, "{sign}{}.{part}", tenths / 10),
        }
    }
}

impl Add for Points {
    type Output = Points;
    fn add(self, other: Points) -> Points {
        Points(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Points;
    fn sub(self, other: Points) -> Points {
        Points(self.0.saturating_sub(other.0))
    }
}

impl Neg for Points {
    type Output = Points;
    fn neg(self) -> Points {
        Points(self.0.saturating_neg())
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        *self = *self + other;
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(iter: I) -> Points {
        iter.fold(Points::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_points_are_read_and_shown_as_written() {
        for (text, tenths) in [("20", 200), ("0.5", 5), ("-1.5", -15), ("+2", 20), ("88.50", 885), ("－1", -10)] {
            assert_eq!(Points::parse(text), Some(Points(tenths)), "{text}");
        }
        assert_eq!(Points(885).to_string(), "88.5");
        assert_eq!(Points(-5).to_string(), "-0.5");
        assert_eq!(Points(200).to_string(), "20");
        for text in ["", "x", "0.25", "1e3", "99999", ".5", "--1"] {
            assert_eq!(Points::parse(text), None, "{text}");
        }
    }
}
