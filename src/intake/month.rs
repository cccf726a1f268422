//! For which month a file is received: the month asked for (`product.md` section 4: `--month`, else the month folder that the
//! file lies in), else the one in whose folder the same bytes lie, else the one that its forms state.

use chrono::{Datelike, NaiveDate};

use crate::calendar::Month;
use crate::form::StatedMonth;
use crate::verdict::JudgedFile;

/// The month, and those that the forms state where it is none of them. `lies` is the month in which the same bytes lie already.
///
/// # Errors
/// In Chinese: no month is known, or several are, or the day is before anything could be reported for it.
pub(super) fn of(file: &JudgedFile, day: NaiveDate, lies: Option<Month>) -> Result<(Month, Vec<Month>), String> {
    let mut stated: Vec<Month> = Vec::new();
    for form in &file.forms {
        let month = form.form.month.as_ref().and_then(|written| resolve(written, file.asked, day));
        stated.extend(month.filter(|month| !stated.contains(month)));
    }
    stated.sort();
    let month = match (file.asked.or(lies), stated.as_slice()) {
        (Some(asked), _) => asked,
        (None, [one]) => *one,
        (None, []) if file.forms.is_empty() => {
            let why = file.findings.first().map_or("没有明细表", |finding| finding.message.as_str());
            return Err(format!("{why}，看不出是哪个月的；请加 --month，如 --month 2026-03"));
        }
        (None, []) => return Err("表上没有写月份；请加 --month，如 --month 2026-03".to_owned()),
        (None, several) => {
            let months: Vec<String> = several.iter().map(|month| month.chinese()).collect();
            return Err(format!("一个文件里有{}的表；请加 --month 写明收哪个月的", months.join("、")));
        }
    };
    // The register refuses such a line: a slip in the year or the month.
    if day < month.previous().first_day() {
        return Err(format!("收到日期（{day}）早于{}的上一个月；请核对 --date 和表上的月份", month.chinese()));
    }
    if stated.contains(&month) {
        stated.clear();
    }
    Ok((month, stated))
}

/// A month without its year is the last of that name for which a sheet may come in on that day: from the first day of the
/// month before on.
fn resolve(written: &StatedMonth, asked: Option<Month>, day: NaiveDate) -> Option<Month> {
    let by_year = written.resolve(asked.map(Month::year));
    let by_day = || {
        let years = [day.year() + 1, day.year(), day.year() - 1];
        let months = years.into_iter().filter_map(|year| written.resolve(Some(year)));
        months.into_iter().find(|month| month.previous().first_day() <= day)
    };
    by_year.or_else(by_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_without_a_year_is_the_last_one_that_can_come_in() {
        let on = |month: u32, day: &str| {
            let written = StatedMonth { year: None, month, pos: None, text: format!("{month}月份") };
            resolve(&written, None, day.parse().unwrap()).map(|month| month.to_string()).unwrap_or_default()
        };
        assert_eq!(on(3, "2026-03-24"), "2026-03");
        assert_eq!(on(4, "2026-03-24"), "2026-04");
        assert_eq!(on(12, "2026-01-05"), "2025-12");
        assert_eq!(on(1, "2025-12-30"), "2026-01");
        assert_eq!(on(3, "2026-02-01"), "2026-03");
        assert_eq!(on(3, "2026-01-31"), "2025-03");
    }
}
