//! The month's workbook. Takes the tally and the inbox behind it; gives the bytes of an .xlsx, the same ones each time.
//!
//! Every page is laid out on a [`Paper`](paper::Paper) and refers to cells of other pages by their marks. A page
//! leans only on pages that come **after** it: they are drawn from the last to the first, so that 口径说明 and
//! 监督明细 stand before anything counts them. Figures are live (`live`), made with their formula in one call.

use anyhow::{Context as _, ensure};

use crate::config::Project;
use crate::register::Registers;
use crate::tally::Tally;
use crate::verdict::Inbox;

mod basis;
mod chart;
mod content;
mod deduction;
mod detail;
mod frame;
mod ink;
mod ledger;
mod live;
mod measure;
mod overview;
mod paper;
mod ranking;
mod receipt;
mod returned;
mod statistic;
mod style;
mod task;
mod trend;
mod turn;

use frame::Frame;
use paper::Paper;

/// A page of the workbook: its title and who draws it.
struct Page {
    title: &'static str,
    draw: fn(&Frame<'_>) -> Paper,
}

/// The pages in their order.
static PAGES: &[Page] = &[
    Page { title: overview::TITLE, draw: overview::draw },
    Page { title: ranking::TITLE, draw: ranking::draw },
    Page { title: deduction::TITLE, draw: deduction::draw },
    Page { title: receipt::TITLE, draw: receipt::draw },
    Page { title: content::TITLE, draw: content::draw },
    Page { title: task::TITLE, draw: task::draw },
    Page { title: ledger::TITLE, draw: ledger::draw },
    Page { title: statistic::TITLE, draw: statistic::draw },
    Page { title: returned::TITLE, draw: returned::draw },
    Page { title: detail::TITLE, draw: detail::draw },
    Page { title: basis::TITLE, draw: basis::draw },
];

/// Records of a month, at most; a county of a hundred units has some two thousand.
const MOST: usize = 20_000;

/// Draws 汇总/<month> 月度汇总.xlsx. `route` gives the way from the workbook's folder to a file (by its path in
/// the project), with `/` between folders, so that the folder can be moved as a whole.
///
/// # Errors
/// Where the writer refuses; in Chinese.
pub(crate) fn draw(
    project: &Project,
    registers: &Registers,
    inbox: &Inbox,
    tally: &Tally,
    route: &dyn Fn(&str) -> Option<String>,
) -> anyhow::Result<Vec<u8>> {
    let records: usize = inbox.files.iter().flat_map(|file| &file.forms).map(|judged| judged.form.records.len()).sum();
    ensure!(
        records <= MOST,
        "本月有 {records} 条记录，超过一个汇总工作簿能容纳的 {MOST} 条：请看是不是有的表里混进了大量无关的行，改好后再汇总"
    );
    let mut frame = Frame::new(project, registers, inbox, tally, route);
    for page in PAGES.iter().rev() {
        let paper = (page.draw)(&frame);
        debug_assert_eq!(paper.title, page.title);
        frame.drawn.insert(0, paper);
    }
    let title = frame.heading("汇总");
    ink::write(std::mem::take(&mut frame.drawn), &title, tally.month).context("写不成汇总工作簿")
}
