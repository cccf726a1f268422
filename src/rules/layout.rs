//! The sheet itself: columns, hidden parts, cells in error, sheets without a record, 零报告.

use std::collections::BTreeMap;

use super::quote::{listed, quote};
use super::rule::rule;
use super::{At, Check, Context, Family, Hearing, Sink};
use crate::config::{Level, UnitKind};
use crate::form::{CellError, Column, Field, Form, Layout, Nil, Role};
use crate::near;
use crate::place::{Pos, Span};
use crate::text::PersonClass;

rule!(FORM_EMPTY, "form-empty", "空表");
rule!(NIL_INCOMPLETE, "nil-incomplete", "零报告不完整");
rule!(HIDDEN_DATA, "file-hidden-data", "有隐藏内容");
rule!(CELL_ERROR, "cell-error", "单元格出错");
rule!(COLUMN_UNKNOWN, "column-unknown", "栏目名不准");

pub(crate) static FAMILY: Family = Family {
    rules: &[&FORM_EMPTY, &NIL_INCOMPLETE, &HIDDEN_DATA, &CELL_ERROR, &COLUMN_UNKNOWN],
    check: Check::Form(check),
};

fn check(hearing: &Hearing<'_>, sink: &mut Sink<'_>) {
    let form = hearing.context.form;
    match &form.nil {
        Some(nil) if hearing.is_broken(nil.progress.pos) => {}
        Some(nil) => check_nil(nil, hearing.context, sink),
        None if form.records.is_empty() => {
            let suggestion = "逐条填写；当月确实没有的，“监督内容”填“零报告”，并写明原因和负责同志";
            sink.push(&FORM_EMPTY, At::default(), Level::Error, "", "表里一条记录也没有", suggestion);
        }
        None => {}
    }
    check_columns(form, sink);
    check_hidden(form, sink);
    for error in &form.errors {
        check_error(form, error, sink);
    }
}

/// The reason is whatever stands beside the persons and the times; fewer characters than this say none.
const SHORTEST_REASON: usize = 4;

fn check_nil(nil: &Nil, context: &Context<'_>, sink: &mut Sink<'_>) {
    let cell = &nil.progress;
    let facts = &cell.facts;
    let named = facts.persons.iter().any(|person| person.class != PersonClass::NoName);
    let spans: Vec<Span> =
        facts.persons.iter().map(|person| person.span).chain(facts.times.iter().map(|time| time.span)).collect();
    let reason = !facts.none
        && cell
            .text
            .char_indices()
            .filter(|(at, c)| c.is_alphanumeric() && !spans.iter().any(|span| (span.start..span.end).contains(at)))
            .nth(SHORTEST_REASON - 1)
            .is_some();
    let lack = match (reason, named) {
        (true, true) => return,
        (false, true) => "没有写原因",
        (true, false) => "没有写负责同志的姓名",
        (false, false) => "没有写原因，也没有写负责同志的姓名",
    };
    let at = At { pos: Some(cell.pos), row: Some(nil.row), field: Some(cell.field) };
    let suggestion = format!("在“监督开展情况”里写明原因和人，如“{}”", example(context));
    sink.push(&NIL_INCOMPLETE, at, Level::Error, cell.text.as_str(), format!("零报告{lack}"), suggestion);
}

/// A nil return as the unit itself could write it.
fn example(context: &Context<'_>) -> String {
    let head = &context.form.head.unit;
    let written = head.tells().then_some(head.value.as_str());
    let unit = context.unit.map(|unit| context.settings.unit_name(unit)).or(written).unwrap_or("青石镇纪委");
    if context.kind == Some(UnitKind::Dispatched) {
        return format!("因全员参加集中培训，本月未单独开展。{unit}组长李文");
    }
    format!("因全镇防汛抢险，本月未单独开展。{unit}书记李文")
}

fn check_columns(form: &Form, sink: &mut Sink<'_>) {
    for column in &form.columns {
        let Some(near) = &column.near else { continue };
        let field = match column.role {
            Role::Field(field) => Some(field),
            Role::Number | Role::Extra => None,
        };
        let at = At { pos: Some(column.pos), row: Some(column.pos.row_number()), field };
        let message = format!("没有{}这一栏，按“{near}”读了", quote(&column.title));
        let suggestion = format!("栏目名改成“{}”", field.map_or("序号", Field::chinese));
        sink.push(&COLUMN_UNKNOWN, at, Level::Error, column.title.as_str(), message, suggestion);
    }
    check_strangers(form, sink);
}

/// A field without a column, and a filled column that nobody knows: the one may be meant by the other.
fn check_strangers(form: &Form, sink: &mut Sink<'_>) {
    let place = |field: Field| form.columns.iter().find(|column| column.role == Role::Field(field)).map(|c| c.col);
    let owed: &[Field] = match form.layout {
        Layout::Six => &[Field::Content, Field::Method, Field::Progress, Field::Problem, Field::Handling],
        Layout::Four => &[Field::Content, Field::Method, Field::Progress],
    };
    // It stands where the field would, between its neighbours in the form.
    let meant = |col: u32| {
        owed.iter().enumerate().filter(|(_, field)| place(**field).is_none()).find(|(at, _)| {
            let before = owed[..*at].iter().filter_map(|field| place(*field)).all(|other| other < col);
            let behind = owed[*at..].iter().filter_map(|field| place(*field)).all(|other| other > col);
            before && behind
        })
    };
    let filled = |title: &str| form.records.iter().any(|record| record.extra.iter().any(|(other, _)| other == title));
    let twin = |title: &str| {
        let twin =
            |column: &&Column| matches!(column.role, Role::Field(_)) && near::key(&column.title) == near::key(title);
        form.columns.iter().find(twin).map(|column| column.pos)
    };
    for column in form.columns.iter().filter(|column| column.role == Role::Extra && filled(&column.title)) {
        let title = quote(&column.title);
        if let Some(first) = twin(&column.title) {
            let at = At { pos: Some(column.pos), row: Some(column.pos.row_number()), field: None };
            let message = format!("{title}有两栏，只读了 {first} 下面的那一栏");
            let suggestion = "每个栏目只留一栏，多出来的记录移到表的下面，一条一行";
            sink.push(&COLUMN_UNKNOWN, at, Level::Error, column.title.as_str(), message, suggestion);
            continue;
        }
        let Some((_, field)) = meant(column.col) else { continue };
        let at = At { pos: Some(column.pos), row: Some(column.pos.row_number()), field: None };
        let message = format!("不认识{title}这一栏，表里又没有“{}”一栏", field.chinese());
        let suggestion = format!("这一栏填的如果就是{0}，栏目名改成“{0}”", field.chinese());
        sink.push(&COLUMN_UNKNOWN, at, Level::Error, column.title.as_str(), message, suggestion);
    }
}

fn check_hidden(form: &Form, sink: &mut Sink<'_>) {
    // A cell in a hidden row of a hidden column is hidden once.
    let mut places: BTreeMap<Option<Pos>, Vec<&str>> = BTreeMap::new();
    for hidden in &form.hidden {
        places.entry(hidden.pos).or_default().push(&hidden.what);
    }
    for (pos, what) in places {
        let at = At { pos, row: pos.map(Pos::row_number), field: None };
        let message = format!("{}隐藏着，里面有内容", listed(&what, str::to_owned));
        let suggestion = "要报的取消隐藏（合并的取消合并），不要的删掉";
        sink.push(&HIDDEN_DATA, at, Level::Error, "", message, suggestion);
    }
}

fn check_error(form: &Form, error: &CellError, sink: &mut Sink<'_>) {
    // What stands in 序号 or in an extra column decides nothing.
    let cap = if error.field.is_some() { Level::Error } else { Level::Warning };
    let at = At { pos: Some(error.pos), row: Some(row_of(form, error)), field: error.field };
    let message = if error.text.is_empty() {
        "这一格是公式，没有算出结果".to_owned()
    } else {
        format!("这一格显示{}，看不出写的是什么", quote(&error.text))
    };
    let suggestion = "把这一格改成文字，直接写明内容，不用公式";
    sink.push(&CELL_ERROR, at, cap, error.text.as_str(), message, suggestion);
}

/// The row that the error belongs to: of a record of several lines its first, else the cell's own.
fn row_of(form: &Form, error: &CellError) -> u32 {
    let own = error.pos.row_number();
    if error.pos.row <= form.header_row {
        return own;
    }
    let after = form.records.partition_point(|record| record.row <= own);
    let record = after.checked_sub(1).and_then(|at| form.records.get(at));
    match record {
        Some(record) if form.nil.as_ref().is_none_or(|nil| nil.row > own || nil.row < record.row) => record.row,
        _ => own,
    }
}
