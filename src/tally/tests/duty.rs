//! What falls due, and what does it.

use super::fixture::{form, month};
use super::{all_done, county, does, points, rows};
use crate::config::{Audience, Topic};
use crate::tally::{Item, TaskState};
use crate::verdict::JudgedForm;

#[test]
fn longer_cadences_fall_due_at_the_end_of_their_period_and_any_month_of_it_does_them() {
    let mut county = county();
    county.sheet("2026-01", 0, None, all_done().done(does(3, 4)));
    county.sheet("2026-02", 0, None, all_done().bare(5, 1));
    county.sheet("2026-03", 0, None, all_done());
    let labels = |at: &str| -> Vec<String> { county.first(at).tasks.into_iter().map(|line| line.label).collect() };
    assert_eq!(labels("2026-02"), ["【任务1】题目1", "【任务2】题目2", "【任务3】题目3"]);
    let march = county.first("2026-03");
    assert_eq!(march.tasks.len(), 4);
    assert_eq!(march.tasks[3].state, TaskState::Done { month: month("2026-01"), row: 7 });
    assert_eq!(march.tasks[3].frequency, "每季");
    assert_eq!(march.tasks[3].file, "报送/2026-01/00.xlsx");
    county.sheet("2026-06", 0, None, form());
    let june = county.first("2026-06");
    let states: Vec<_> = june.tasks.iter().map(|line| line.state.chinese()).collect();
    // February's bare record of content 5 is kindred to the half-yearly task; the quarter's work is April's to June's.
    assert_eq!(states, ["未开展", "未开展", "未开展", "未开展", "同类已开展"]);
    assert_eq!(points(&june, Item::Task), "16");
    assert_eq!(county.first("2026-12").tasks.len(), 6);
}

#[test]
fn a_bare_record_spares_the_tasks_of_its_content_and_does_no_focus_item() {
    let mut county = county();
    county.focus("2026-04", 1, Audience::All);
    county.focus("2026-04", 2, Audience::Units(vec![7]));
    county.sheet("2026-04", 0, None, form().bare(1, 1).bare(0, 1).bare(2, 1).invalid());
    let unit = county.first("2026-04");
    let shown: Vec<_> = unit.tasks.iter().map(|line| (line.label.as_str(), line.state.chinese())).collect();
    assert_eq!(
        shown,
        [
            ("【重点1】重点1", "未开展"),
            ("【任务1】题目1", "同类已开展"),
            ("【任务2】题目2", "未开展"),
            ("【任务3】题目3", "未开展")
        ]
    );
    assert_eq!(points(&unit, Item::Task), "16");
}

#[test]
fn a_record_that_is_not_valid_is_named_with_its_task_and_costs_the_same() {
    let mut county = county();
    county.focus("2026-03", 1, Audience::All);
    let focus = Topic::Focus { number: 1, content: 0 };
    county.sheet("2026-01", 0, None, form().done(does(3, 4)).invalid());
    let march = form().done(focus).invalid().done(does(0, 1)).done(does(0, 1)).invalid().bare(2, 1).invalid();
    county.sheet("2026-03", 0, None, march);
    let unit = county.first("2026-03");
    let failed: Vec<_> = unit.tasks.iter().map(|line| line.shortfall(month("2026-03"))).collect();
    let words = |place: &str| Some(format!("有记录但不合格（{place}）"));
    // A valid record does the task, whatever else was sent for it.
    assert_eq!(failed, [words("第4行"), None, Some("有同类记录但不合格（第7行）".to_owned()), None, words("1月第4行")]);
    assert_eq!(points(&unit, Item::Task), "15");
    let shown: Vec<_> = rows(&unit, Item::Task)
        .iter()
        .map(|row| (row.reason.clone(), row.file.as_str(), row.sheet.as_str(), row.cell.as_str()))
        .collect();
    let row = |reason: &str, file, sheet, cell| (reason.to_owned(), file, sheet, cell);
    let file = "报送/2026-03/00.xlsx";
    assert_eq!(
        shown,
        [
            row("重点工作有记录但不合格（第4行）：【重点1】重点1", file, "Sheet1", "第 4 行"),
            row("到期任务有同类记录但不合格（第7行）：【任务2】题目2", file, "Sheet1", "第 7 行"),
            row("到期任务未开展：【任务3】题目3", "", "", ""),
            row("到期任务有记录但不合格（1月第4行）：【任务4】题目4", "报送/2026-01/00.xlsx", "Sheet1", "第 4 行"),
        ]
    );
}

#[test]
fn a_sheet_that_does_not_count_did_nothing_but_its_record_is_named() {
    let mut county = county();
    county.sheet("2026-04", 0, None, JudgedForm { counts: false, ..all_done() });
    let unit = county.first("2026-04");
    assert!(unit.tasks.iter().all(|line| line.state == TaskState::Open && line.failed.is_some()));
}

#[test]
fn a_task_by_receipt_is_done_by_any_readable_sheet() {
    let mut county = county();
    county.project.settings.lists[0].tasks[1].by_receipt = true;
    let stray = JudgedForm { counts: false, ..form() };
    county.sheet("2026-04", 0, None, stray);
    assert_eq!(county.first("2026-04").tasks[1].state, TaskState::ByReceipt);
    assert_eq!(county.first("2026-05").tasks[1].state, TaskState::Open);
}
