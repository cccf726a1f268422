//! How a blank form looks: columns with their widths, and every format, made once. As official papers are set: the title
//! in 小标宋, column titles in 黑体, cells in 仿宋, thin borders.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};
use unicode_width::UnicodeWidthStr;

use crate::config::FormSpec;
use crate::form::{Field, Layout};

/// A column of the form.
pub(super) struct Column {
    pub title: String,
    /// In characters of the default font, as a sheet counts widths.
    pub width: f64,
    /// None for 序号.
    pub field: Option<Field>,
    /// A text column, aligned left; else something to pick.
    pub long: bool,
}

/// The columns of a layout, titled as the county titles them.
pub(super) fn columns(form: &FormSpec, layout: Layout) -> Vec<Column> {
    let wide: &[(&[String], f64, Option<Field>)] = match layout {
        Layout::Six => &[
            (&form.number, 5.5, None),
            (&form.content, 24.0, Some(Field::Content)),
            (&form.method, 14.0, Some(Field::Method)),
            (&form.progress, 34.0, Some(Field::Progress)),
            (&form.problem, 34.0, Some(Field::Problem)),
            (&form.handling, 34.0, Some(Field::Handling)),
        ],
        Layout::Four => &[
            (&form.number, 5.5, None),
            (&form.content, 34.0, Some(Field::Content)),
            (&form.method, 22.0, Some(Field::Method)),
            (&form.progress, 84.0, Some(Field::Progress)),
        ],
    };
    wide.iter()
        .map(|(titles, width, field)| Column {
            title: titles.first().cloned().unwrap_or_default(),
            width: *width,
            field: *field,
            long: !matches!(field, None | Some(Field::Content | Field::Method)),
        })
        .collect()
}

/// Every format of the form. Each starts from a font of its own: a format that names none is Calibri.
pub(super) struct Look {
    pub title: Format,
    pub deadline: Format,
    pub head: Format,
    pub header: Format,
    pub number: Format,
    /// A cell with a dropdown.
    pub pick: Format,
    /// A cell for text.
    pub text: Format,
    pub note: Format,
}

impl Look {
    pub(super) fn new() -> Look {
        // Charset 134 is GB2312: where a font is missing, another Chinese one takes its place.
        let font = |name: &str, size: f64| {
            Format::new().set_font_name(name).set_font_size(size).set_font_charset(134).set_font_family(3)
        };
        let cell = |format: Format| format.set_border(FormatBorder::Thin).set_text_wrap();
        // 填表说明 wants dates as people write them: a cell of the format «text» keeps 2026年3月5日 as typed.
        let written = |format: Format| format.set_num_format("@");
        let body = || font("仿宋", 12.0);
        Look {
            title: font("方正小标宋简体", 22.0).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            deadline: font("仿宋", 11.0).set_align(FormatAlign::Right).set_align(FormatAlign::VerticalCenter),
            head: written(body()).set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter),
            header: cell(font("黑体", 12.0)).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            number: cell(body()).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter),
            pick: cell(written(body())).set_align(FormatAlign::Left).set_align(FormatAlign::VerticalCenter),
            text: cell(written(body())).set_align(FormatAlign::Left).set_align(FormatAlign::Top),
            note: font("仿宋", 11.0)
                .set_text_wrap()
                .set_align(FormatAlign::Left)
                .set_align(FormatAlign::VerticalCenter),
        }
    }
}

/// The height of a merged line of text, in points: no program fits such a row by itself.
pub(super) fn height(text: &str, width: f64) -> f64 {
    // A Chinese character of 12 points is 2.3 columns wide and not 2; and one less a line, as punctuation
    // never begins one.
    let per_line = (width * 0.87 - 2.0).max(10.0);
    let lines: f64 = text
        .lines()
        .map(|line| (f64::from(u32::try_from(line.width()).unwrap_or(u32::MAX)) / per_line).ceil().max(1.0))
        .sum();
    (lines * 16.0 + 6.0).min(400.0)
}
