//! Live figures: an expression carries its formula and its value, made by the same call, so that what a cell
//! stores and what a recalculation gives cannot part. Only functions that Excel 2010, WPS and LibreOffice share.

use chrono::NaiveDate;

use crate::points::Points;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) enum Value {
    #[default]
    Blank,
    Text(String),
    Number(f64),
    Day(NaiveDate),
}

/// A formula (without `=`) and what it gives.
#[derive(Debug, Clone)]
pub(super) struct Expr {
    pub value: Value,
    pub formula: String,
}

/// A condition in a formula and whether it holds.
#[derive(Debug, Clone)]
pub(super) struct Cond {
    pub holds: bool,
    pub formula: String,
}

/// A stretch of cells in a formula, and what they hold.
#[derive(Debug, Clone)]
pub(super) struct Range {
    pub values: Vec<Value>,
    pub formula: String,
}

/// What COUNTIFS and SUMIFS ask of a column.
#[derive(Debug, Clone)]
pub(super) enum Key {
    /// Equal to what a cell (or a constant) holds.
    Is(Expr),
    /// A text that begins with these words.
    Begins(&'static str),
    /// Anything but this text.
    Not(&'static str),
    /// A number above this one.
    Above(u32),
}

impl Value {
    /// The number that a formula sees; a day counts as its serial number.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Day(day) => Some(serial(*day)),
            Value::Blank | Value::Text(_) => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The serial number of a day in a workbook.
fn serial(day: NaiveDate) -> f64 {
    let origin = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    i32::try_from(day.signed_duration_since(origin).num_days()).map_or(0.0, f64::from)
}

/// Characters of a text in a formula, at most; some of them may take two places.
const TEXT: usize = 120;

/// One decimal, halves away from zero, as ROUND does it.
fn round_tenth(number: f64) -> f64 {
    (number * 10.0 + 1e-9_f64.copysign(number)).round() / 10.0
}

/// A constant number in a formula.
pub(super) fn number(number: f64) -> Expr {
    Expr { value: Value::Number(number), formula: format!("{number}") }
}

/// A constant text in a formula.
pub(super) fn text(text: &str) -> Expr {
    // A formula takes no text of more than 255 characters at once.
    let characters: Vec<char> = text.chars().collect();
    let quoted = |piece: &[char]| format!("\"{}\"", piece.iter().collect::<String>().replace('"', "\"\""));
    let formula = match characters.len() {
        0..=TEXT => quoted(&characters),
        _ => characters.chunks(TEXT).map(quoted).collect::<Vec<_>>().join("&"),
    };
    Expr { value: Value::Text(text.to_owned()), formula }
}

impl Expr {
    /// What a formula reckons with; text counts as nothing (formulas ask `ISNUMBER` first).
    fn n(&self) -> f64 {
        self.value.number().unwrap_or(0.0)
    }

    pub(super) fn plus(&self, other: &Expr) -> Expr {
        reckoned(self.n() + other.n(), format!("{}+{}", self.formula, other.formula))
    }

    /// `other` must be a cell, a constant or a call, never a bare sum.
    pub(super) fn minus(&self, other: &Expr) -> Expr {
        reckoned(self.n() - other.n(), format!("{}-{}", self.formula, other.formula))
    }

    /// Both must be cells, constants or calls, never bare sums.
    pub(super) fn times(&self, other: &Expr) -> Expr {
        reckoned(self.n() * other.n(), format!("{}*{}", self.formula, other.formula))
    }

    pub(super) fn at_least_zero(&self) -> Expr {
        reckoned(self.n().max(0.0), format!("MAX(0,{})", self.formula))
    }

    pub(super) fn at_most(&self, cap: &Expr) -> Expr {
        reckoned(self.n().min(cap.n()), format!("MIN({},{})", cap.formula, self.formula))
    }

    pub(super) fn rounded(&self) -> Expr {
        reckoned(round_tenth(self.n()), format!("ROUND({},1)", self.formula))
    }

    /// The share of a whole; a dash where there is no whole. Both must be cells or calls.
    pub(super) fn share_of(&self, whole: &Expr) -> Expr {
        let share = Expr {
            value: Value::Number(if whole.n() == 0.0 { 0.0 } else { self.n() / whole.n() }),
            formula: format!("{}/{}", self.formula, whole.formula),
        };
        when(whole.equals(&number(0.0)), text("—"), share)
    }

    pub(super) fn is(&self, word: &str) -> Cond {
        Cond { holds: self.value.text() == Some(word), formula: format!("{}={}", self.formula, text(word).formula) }
    }

    pub(super) fn is_number(&self) -> Cond {
        Cond { holds: self.value.number().is_some(), formula: format!("ISNUMBER({})", self.formula) }
    }

    fn equals(&self, other: &Expr) -> Cond {
        let holds = (self.n() - other.n()).abs() < 1e-9;
        Cond { holds, formula: format!("{}={}", self.formula, other.formula) }
    }

    pub(super) fn at_least(&self, other: &Expr) -> Cond {
        Cond { holds: self.n() >= other.n(), formula: format!("{}>={}", self.formula, other.formula) }
    }

    pub(super) fn above(&self, other: &Expr) -> Cond {
        Cond { holds: self.n() > other.n(), formula: format!("{}>{}", self.formula, other.formula) }
    }
}

fn reckoned(number: f64, formula: String) -> Expr {
    // The sum of nothing is -0 in floating numbers; a sheet shows 0.
    Expr { value: Value::Number(number + 0.0), formula }
}

/// Words and figures in a row, as `&` joins them; whole numbers without a point.
pub(super) fn said(parts: &[Expr]) -> Expr {
    let shown = |part: &Expr| match &part.value {
        Value::Text(text) => text.clone(),
        value => value.number().map(|number| number.to_string()).unwrap_or_default(),
    };
    let formulas: Vec<&str> = parts.iter().map(|part| part.formula.as_str()).collect();
    Expr { value: Value::Text(parts.iter().map(shown).collect()), formula: formulas.join("&") }
}

/// IF.
pub(super) fn when(cond: Cond, then: Expr, otherwise: Expr) -> Expr {
    let formula = format!("IF({},{},{})", cond.formula, then.formula, otherwise.formula);
    Expr { value: if cond.holds { then.value } else { otherwise.value }, formula }
}

impl Cond {
    pub(super) fn and(&self, other: &Cond) -> Cond {
        Cond { holds: self.holds && other.holds, formula: format!("AND({},{})", self.formula, other.formula) }
    }
}

impl Range {
    fn numbers(&self) -> impl Iterator<Item = f64> {
        self.values.iter().filter_map(Value::number)
    }

    pub(super) fn sum(&self) -> Expr {
        reckoned(self.numbers().sum(), format!("SUM({})", self.formula))
    }

    /// How many cells hold a number.
    pub(super) fn count(&self) -> Expr {
        reckoned(count(self.numbers()), format!("COUNT({})", self.formula))
    }

    /// The mean to one decimal; a dash where no cell holds a number.
    pub(super) fn mean(&self) -> Expr {
        let many = self.count();
        let mean = if many.n() == 0.0 { 0.0 } else { round_tenth(self.numbers().sum::<f64>() / many.n()) };
        let formula = format!("ROUND(AVERAGE({}),1)", self.formula);
        when(many.equals(&number(0.0)), text("—"), reckoned(mean, formula))
    }

    /// The place of a number among these, the highest first; equal ones share a place.
    pub(super) fn rank(&self, of: &Expr) -> Expr {
        let ahead = count(self.numbers().filter(|n| *n > of.n()));
        reckoned(ahead + 1.0, format!("RANK({},{})", of.formula, self.formula))
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> f64 {
    u32::try_from(items.count()).map_or(0.0, f64::from)
}

impl Key {
    fn fits(&self, value: &Value) -> bool {
        match self {
            Key::Is(expr) => match &expr.value {
                Value::Blank => false,
                wanted => wanted == value,
            },
            Key::Begins(words) => value.text().is_some_and(|text| text.starts_with(words)),
            Key::Not(word) => value.text() != Some(word),
            Key::Above(least) => value.number().is_some_and(|number| number > f64::from(*least)),
        }
    }

    fn formula(&self) -> String {
        match self {
            Key::Is(expr) => match &expr.value {
                Value::Text(text) if !is_plain(text) => format!("\"{}\"", escaped(text)),
                _ => expr.formula.clone(),
            },
            Key::Begins(words) => format!("\"{words}*\""),
            Key::Not(word) => format!("\"<>{word}\""),
            Key::Above(least) => format!("\">{least}\""),
        }
    }
}

/// Whether a criterion takes a text at its word: `*`, `?`, `~` are patterns there, `<`, `>`, `=` in front comparisons.
fn is_plain(text: &str) -> bool {
    !text.contains(['*', '?', '~']) && !text.starts_with(['<', '>', '=']) && text.chars().count() <= 255
}

/// A text as a criterion that matches it and nothing else; one too long for a formula by its beginning.
fn escaped(text: &str) -> String {
    let mut criterion = String::from("=");
    for (n, c) in text.chars().enumerate() {
        if n == 120 {
            criterion.push('*');
            break;
        }
        match c {
            '*' | '?' | '~' => criterion.extend(['~', c]),
            '"' => criterion.push_str("\"\""),
            _ => criterion.push(c),
        }
    }
    criterion
}

/// A key that is one fixed word.
pub(super) fn word(word: &str) -> Key {
    Key::Is(text(word))
}

fn fitting<'a>(tests: &'a [(&'a Range, Key)], rows: usize) -> impl Iterator<Item = usize> + 'a {
    let fits = |row: usize| tests.iter().all(|(range, key)| range.values.get(row).is_some_and(|value| key.fits(value)));
    (0..rows).filter(move |row| fits(*row))
}

fn tests_formula(tests: &[(&Range, Key)]) -> String {
    tests.iter().map(|(range, key)| format!("{},{}", range.formula, key.formula())).collect::<Vec<_>>().join(",")
}

/// COUNTIFS.
pub(super) fn count_where(tests: &[(&Range, Key)]) -> Expr {
    let rows = tests.first().map_or(0, |(range, _)| range.values.len());
    reckoned(count(fitting(tests, rows)), format!("COUNTIFS({})", tests_formula(tests)))
}

/// SUMIFS.
pub(super) fn sum_where(of: &Range, tests: &[(&Range, Key)]) -> Expr {
    let sum = fitting(tests, of.values.len()).filter_map(|row| of.values.get(row)?.number()).sum();
    reckoned(sum, format!("SUMIFS({},{})", of.formula, tests_formula(tests)))
}

/// What is put into a cell: something fixed, or something live.
#[derive(Debug, Clone, Default)]
pub(super) struct Content {
    pub value: Value,
    pub formula: Option<String>,
}

impl From<Expr> for Content {
    fn from(expr: Expr) -> Content {
        Content { value: expr.value, formula: Some(expr.formula) }
    }
}

impl From<Value> for Content {
    fn from(value: Value) -> Content {
        Content { value, formula: None }
    }
}

impl From<&str> for Content {
    fn from(text: &str) -> Content {
        if text.is_empty() { Content::default() } else { Value::Text(text.to_owned()).into() }
    }
}

impl From<String> for Content {
    fn from(text: String) -> Content {
        text.as_str().into()
    }
}

impl From<u32> for Content {
    fn from(number: u32) -> Content {
        Value::Number(f64::from(number)).into()
    }
}

impl From<Points> for Content {
    fn from(points: Points) -> Content {
        Value::Number(points.as_f64()).into()
    }
}

impl From<NaiveDate> for Content {
    fn from(day: NaiveDate) -> Content {
        Value::Day(day).into()
    }
}

impl<T: Into<Content>> From<Option<T>> for Content {
    fn from(content: Option<T>) -> Content {
        content.map_or_else(Content::default, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(numbers: &[f64]) -> Range {
        Range { values: numbers.iter().map(|n| Value::Number(*n)).collect(), formula: "A1:A9".into() }
    }

    #[test]
    fn equal_scores_share_a_place_and_the_next_is_skipped() {
        let scores = range(&[90.0, 88.5, 88.5, 60.0]);
        let places: Vec<_> = [90.0, 88.5, 60.0].map(|n| scores.rank(&number(n)).value).into();
        assert_eq!(places, [Value::Number(1.0), Value::Number(2.0), Value::Number(4.0)]);
    }

    #[test]
    fn a_mean_rounds_halves_away_from_zero() {
        for (numbers, mean) in [(vec![88.2, 88.3], 88.3), (vec![80.0, 80.5], 80.3), (vec![1.0, 2.0, 2.0], 1.7)] {
            assert_eq!(range(&numbers).mean().value, Value::Number(mean), "{numbers:?}");
        }
        assert_eq!(range(&[]).mean().value, Value::Text("—".into()));
    }

    #[test]
    fn counting_looks_at_all_columns_of_a_row() {
        let units = range(&[1.0, 1.0, 2.0]);
        let words = ["完成（第4行）", "未开展", "完成"].map(|w| Value::Text(w.into()));
        let states = Range { values: words.into(), formula: "B1:B3".into() };
        let one = number(1.0);
        let done = count_where(&[(&units, Key::Is(one.clone())), (&states, Key::Begins("完成"))]);
        assert_eq!((done.value, done.formula.as_str()), (Value::Number(1.0), "COUNTIFS(A1:A9,1,B1:B3,\"完成*\")"));
        let open = count_where(&[(&units, Key::Is(one)), (&states, Key::Not("未开展"))]);
        assert_eq!(open.value, Value::Number(1.0));
    }

    #[test]
    fn words_and_figures_are_joined() {
        let title = said(&[text("乡镇纪委（"), range(&[1.0, 1.0, 1.0]).count(), text("个）")]);
        assert_eq!(title.value, Value::Text("乡镇纪委（3个）".into()));
        assert_eq!(title.formula, "\"乡镇纪委（\"&COUNT(A1:A9)&\"个）\"");
    }

    #[test]
    fn a_share_of_nothing_is_a_dash() {
        let share = number(3.0).share_of(&number(0.0));
        assert_eq!((share.value, share.formula.as_str()), (Value::Text("—".into()), "IF(0=0,\"—\",3/0)"));
        assert_eq!(number(3.0).share_of(&number(4.0)).value, Value::Number(0.75));
    }
}
