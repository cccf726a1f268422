//! Every look a cell can have, made once. Official fonts by name: 方正小标宋简体 for titles, 黑体 for heads, 仿宋
//! for text; a machine without one of them shows its 宋体 family for that character set. Readable in black and white.

use std::collections::BTreeMap;

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatUnderline};

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Look {
    /// The page's title.
    Title,
    /// The line under the title.
    Caption,
    /// A heading within the page.
    Section,
    /// A note without borders.
    Note,
    /// A column's title.
    Head,
    /// Running text, hanging from the top of its cell.
    Text,
    /// A short text, in the middle of its row.
    Line,
    /// A row's name, text in 黑体.
    Name,
    /// A short word.
    Centre,
    /// A whole number.
    Count,
    /// A whole number with its sign.
    CountChange,
    /// Marks with one decimal.
    Marks,
    /// Marks with their sign.
    MarksChange,
    /// The total of a unit.
    Total,
    /// A share in percent.
    Share,
    /// A day.
    Day,
    /// Words that lead somewhere.
    Link,
    /// A short word that leads somewhere.
    LinkCentre,
    /// A whole number that leads somewhere.
    LinkCount,
    /// A day that leads somewhere.
    LinkDay,
    /// Marks that lead to what they cost.
    LinkMarks,
    /// The total of a unit that leads to what it cost.
    LinkTotal,
    /// Something that needs a look and leads somewhere.
    LinkAlert,
    /// A row's name in a row of sums.
    SumName,
    /// A whole number in a row of sums.
    SumCount,
    /// A change in a row of sums.
    SumChange,
    /// A total that leads to its rows.
    SumLink,
    /// A share in a row of sums.
    SumShare,
    /// A sum of money.
    Money,
    /// A sum of money that leads somewhere.
    LinkMoney,
    /// A sum of money in a row of sums, which leads to its rows.
    SumMoney,
    /// Something that needs a look: a word in a grey field.
    Alert,
}

impl Look {
    /// All of them, for the table of formats.
    const ALL: [Look; 32] = [
        Look::Title,
        Look::Caption,
        Look::Section,
        Look::Note,
        Look::Head,
        Look::Text,
        Look::Line,
        Look::Name,
        Look::Centre,
        Look::Count,
        Look::CountChange,
        Look::Marks,
        Look::MarksChange,
        Look::Total,
        Look::Share,
        Look::Day,
        Look::Link,
        Look::LinkCentre,
        Look::LinkCount,
        Look::LinkDay,
        Look::LinkMarks,
        Look::LinkTotal,
        Look::LinkAlert,
        Look::SumName,
        Look::SumCount,
        Look::SumChange,
        Look::SumLink,
        Look::SumShare,
        Look::Money,
        Look::LinkMoney,
        Look::SumMoney,
        Look::Alert,
    ];

    /// How much wider than body text its characters are.
    pub(super) fn scale(self) -> f64 {
        match self {
            Look::Title => 2.0,
            Look::Section => 1.2,
            _ => 1.0,
        }
    }

    /// How much higher than that of body text its line is.
    pub(super) fn stretch(self) -> f64 {
        match self {
            Look::Title => 1.9,
            Look::Section => 1.3,
            Look::Head => 1.15,
            _ => 1.0,
        }
    }
}

/// The formats of a workbook, by look.
pub(super) struct Formats(BTreeMap<Look, Format>);

impl Formats {
    pub(super) fn new() -> Formats {
        Formats(Look::ALL.into_iter().map(|look| (look, format(look))).collect())
    }

    pub(super) fn of(&self, look: Look) -> &Format {
        self.0.get(&look).expect("every look is in the table")
    }
}

/// The workbook's own font: what Excel's Chinese edition starts with, so that widths are the same everywhere.
pub(super) fn default() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11).set_font_charset(134).set_font_family(3)
}

fn font(name: &str, size: f64) -> Format {
    // 134 is the character set of simplified Chinese: the reader's program then falls back to a Chinese font.
    Format::new()
        .set_font_name(name)
        .set_font_size(size)
        .set_font_charset(134)
        .set_font_family(if name == "黑体" { 2 } else { 1 })
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn boxed(name: &str, align: FormatAlign) -> Format {
    font(name, 10.5).set_align(align).set_border(FormatBorder::Thin)
}

const DAY: &str = "yyyy\"年\"m\"月\"d\"日\"";

fn format(look: Look) -> Format {
    let centred = || boxed("仿宋", FormatAlign::Center);
    let alert = || boxed("黑体", FormatAlign::Center).set_background_color(Color::RGB(0xD9_D9D9));
    let summed = || boxed("黑体", FormatAlign::Center).set_background_color(Color::RGB(0xF2_F2F2));
    match look {
        Look::Title => font("方正小标宋简体", 20.0).set_align(FormatAlign::Center),
        Look::Caption => font("仿宋", 10.5).set_align(FormatAlign::Center),
        Look::Section => font("黑体", 12.0),
        Look::Note => font("仿宋", 10.5).set_align(FormatAlign::Top),
        Look::Head => boxed("黑体", FormatAlign::Center).set_background_color(Color::RGB(0xE4_E7EC)),
        // Running text hangs from the top of its cell; short words and numbers stand in the middle.
        Look::Text => boxed("仿宋", FormatAlign::Left).set_align(FormatAlign::Top),
        Look::Line => boxed("仿宋", FormatAlign::Left),
        Look::Name => boxed("黑体", FormatAlign::Left),
        Look::Centre => centred(),
        Look::Count => centred().set_num_format("0"),
        Look::CountChange => centred().set_num_format("+0;-0;0"),
        Look::Marks => centred().set_num_format("0.0"),
        Look::MarksChange => centred().set_num_format("+0.0;-0.0;0.0"),
        Look::Total => boxed("黑体", FormatAlign::Center).set_num_format("0.0"),
        Look::Share => centred().set_num_format("0.0%"),
        Look::Day => centred().set_num_format(DAY),
        Look::Link => linked(boxed("仿宋", FormatAlign::Left)),
        Look::LinkCentre => linked(centred()),
        Look::LinkCount => linked(centred().set_num_format("0")),
        Look::LinkDay => linked(centred().set_num_format(DAY)),
        Look::LinkMarks => linked(centred().set_num_format("0.0")),
        Look::LinkTotal => linked(boxed("黑体", FormatAlign::Center).set_num_format("0.0")),
        Look::LinkAlert => linked(alert()),
        Look::SumName => summed(),
        Look::SumCount => summed().set_num_format("0"),
        Look::SumChange => summed().set_num_format("+0;-0;0"),
        Look::SumLink => linked(summed().set_num_format("0")),
        Look::SumShare => summed().set_num_format("0.0%"),
        Look::Money => centred().set_num_format(MONEY),
        Look::LinkMoney => linked(centred().set_num_format(MONEY)),
        Look::SumMoney => linked(summed().set_num_format(MONEY)),
        Look::Alert => alert(),
    }
}

/// Yuan, to the 分.
const MONEY: &str = "#,##0.00";

fn linked(format: Format) -> Format {
    format.set_font_color(Color::RGB(0x1F_3864)).set_underline(FormatUnderline::Single)
}
