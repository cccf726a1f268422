//! The few charts of the workbook: plain bars, a dark tone and beside it a light one with a dark edge, values written at
//! their ends, so that a black and white print loses nothing.

use rust_xlsxwriter::{
    Chart as Drawn, ChartDataLabel, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType,
    Color, ObjectMovement,
};

use crate::place::{Pos, column_letters};

/// The height of the rows under charts, in pixels and in points: fixed, so that charts never cover each other.
pub(super) const ROW: u32 = 24;
pub(super) const ROW_POINTS: f64 = 18.0;

/// The tones of the first and of the second series.
const DARK: Color = Color::RGB(0x44_546A);
const LIGHT: Color = Color::RGB(0xE4_E7EC);

/// A bar chart of one or two series, placed on a page.
#[derive(Debug, Clone)]
pub(super) struct Chart {
    pub title: String,
    /// Lying bars (one under the other, in the order of the rows) or standing ones.
    pub lying: bool,
    /// The page and the rows that it shows.
    pub page: &'static str,
    pub rows: (u32, u32),
    /// The column of names.
    pub names: u32,
    /// The columns of values, each with the name of its series.
    pub values: Vec<(String, u32)>,
    /// Where its upper left corner stands, and its size in pixels.
    pub at: Pos,
    pub size: (u32, u32),
    /// How the values are written.
    pub numbers: &'static str,
}

impl Chart {
    fn range(&self, col: u32) -> String {
        let letters = column_letters(col);
        format!("={}!${letters}${}:${letters}${}", self.page, self.rows.0 + 1, self.rows.1 + 1)
    }

    /// The last row that it covers, rows under charts being `ROW` pixels high.
    pub(super) fn last_row(&self) -> u32 {
        self.at.row + self.size.1.div_ceil(ROW)
    }

    /// Draws it.
    pub(super) fn draw(&self) -> Drawn {
        let mut chart = Drawn::new(if self.lying { ChartType::Bar } else { ChartType::Column });
        let mut small = ChartFont::new();
        small.set_size(9);
        let mut label = ChartDataLabel::new();
        label.show_value().set_num_format(self.numbers).set_font(&small);
        for ((name, values), tone) in self.values.iter().zip([DARK, LIGHT]) {
            let mut format = ChartFormat::new();
            format
                .set_solid_fill(ChartSolidFill::new().set_color(tone))
                .set_border(ChartLine::new().set_color(DARK).set_width(0.75));
            chart
                .add_series()
                .set_values(self.range(*values).as_str())
                .set_categories(self.range(self.names).as_str())
                .set_name(name.as_str())
                .set_gap(45)
                .set_format(&mut format)
                .set_data_label(&label);
        }
        let mut bold = ChartFont::new();
        bold.set_size(12).set_bold();
        chart.title().set_name(&self.title).set_font(&bold);
        if self.values.len() > 1 {
            chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&small);
        } else {
            chart.legend().set_hidden();
        }
        // In a chart of lying bars the writer's y axis is the one of names.
        if self.lying {
            chart.y_axis().set_font(&small).set_reverse();
            chart.x_axis().set_font(&small).set_min(0).set_major_gridlines(false).set_hidden(true);
        } else {
            chart.x_axis().set_font(&small);
            chart.y_axis().set_font(&small).set_min(0).set_major_gridlines(false).set_hidden(true);
        }
        chart.set_width(self.size.0).set_height(self.size.1);
        chart.set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
        chart.set_alt_text(&self.title);
        chart
    }
}
