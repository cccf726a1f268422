//! Rows under a table that are none of it: 填表说明, which ends it, 合计, signatures, 注, a head field at the foot.

use super::grid::Grid;
use super::head::Labels;
use super::locate::Header;
use super::rows::is_nil;
use super::{Field, Role};
use crate::near;
use crate::place::Pos;
use crate::sheet::Value;

const NOTES: &[&str] = &["填表说明", "填报说明", "填写说明", "填表须知"];
const TOTALS: &[&str] = &["合计", "小计", "总计", "共计", "累计"];
/// What a remark or signature line begins with; a colon, a bracket or a number follows.
const REMARKS: &[&str] = &[
    "注",
    "注释",
    "备注",
    "说明",
    "附",
    "附件",
    "审核",
    "审核人",
    "审批",
    "审批人",
    "审核意见",
    "审批意见",
    "签字",
    "签名",
    "签章",
    "盖章",
    "公章",
    "制表",
    "制表人",
    "填表人",
    "填表单位",
    "报送人",
    "报送单位",
    "经办人",
    "负责人",
    "主要领导",
    "分管领导",
    "领导签字",
    "单位盖章",
    "日期",
    "时间",
    "填报日期",
    "填报时间",
    "填表日期",
    "填表时间",
    "报送日期",
    "报送时间",
    "上报日期",
    "上报时间",
    "纪委书记",
    "组长",
    "年月日",
];

/// Tells the remarks of one table.
pub(super) struct Remarks<'a> {
    grid: &'a Grid<'a>,
    labels: &'a Labels,
    /// The last column that counts as the left of the table: its first, or that of 监督内容.
    left: u32,
    number: Option<u32>,
    /// The columns of 序号, 监督内容 and 监督方式.
    chosen: Vec<u32>,
    /// Where 填表说明 of the specification begins.
    note: String,
}

impl<'a> Remarks<'a> {
    pub(super) fn new(grid: &'a Grid<'a>, header: &Header, labels: &'a Labels, note: &str) -> Remarks<'a> {
        let first = header.columns.first().map_or(0, |column| column.col);
        let content = header.column(Role::Field(Field::Content)).unwrap_or(first);
        let note = near::key(note);
        Remarks {
            grid,
            labels,
            left: first.max(content),
            number: header.column(Role::Number),
            chosen: [Role::Number, Role::Field(Field::Content), Role::Field(Field::Method)]
                .into_iter()
                .filter_map(|role| header.column(role))
                .collect(),
            note: note.split(':').next().unwrap_or("").to_owned(),
        }
    }

    /// 填表说明 ends the table.
    pub(super) fn is_note(&self, own: &[(Pos, &Value)]) -> bool {
        own.first().is_some_and(|(_, value)| {
            let key = near::key(&value.shown());
            NOTES.iter().any(|note| key.starts_with(note)) || (!self.note.is_empty() && key.starts_with(&self.note))
        })
    }

    /// 合计, a signature, 注, a head field at the foot.
    pub(super) fn is_remark(&self, own: &[(Pos, &Value)]) -> bool {
        let Some((pos, value)) = own.first() else { return false };
        let text = value.shown();
        let key = near::key(&text);
        let numbered = self.number == Some(pos.col);
        if numbered && is_number(&key) {
            // 1 | 合计 is a total all the same.
            return own.get(1).is_some_and(|(_, value)| TOTALS.contains(&near::key(&value.shown()).as_str()));
        }
        let leftmost = pos.col <= self.left || numbered;
        let spread = self.grid.right(*pos) >= pos.col + 2;
        // A signature may stand at the right, where nothing is numbered or chosen in its row.
        let aside = self.chosen.iter().all(|col| {
            let place = Pos::new(pos.row, *col);
            !self.grid.filled(place) && self.grid.above(place).is_none()
        });
        if (leftmost || spread || aside) && (begins(&key, TOTALS) || begins(&key, REMARKS) || self.labels.begin(&text))
        {
            return true;
        }
        // A sentence where only a number belongs, or across the whole table.
        let sentence = own.len() == 1 && !is_nil(&text) && !matches!(value, Value::Number(..) | Value::Uncalculated);
        sentence && (numbered || (leftmost && spread))
    }
}

/// Whether a line begins with one of the words, and a mark, a number or nothing behind it.
fn begins(key: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        key.strip_prefix(word).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with([':', '(', '.', '、']) || rest.starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// Whether a 序号 is a number, however it is written.
fn is_number(key: &str) -> bool {
    !key.is_empty()
        && key.chars().count() <= 8
        && key.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, '①'..='⑳' | '(' | ')' | '.' | '-' | '、' | '第' | '条' | '号' | '项')
                || "〇一二三四五六七八九十".contains(c)
        })
}
