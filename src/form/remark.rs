//! Rows under a table that are none of it: 填表说明, 合计, signatures, 注, a head field at the foot. A row that tells
//! as a record does is one, whatever its first words are and wherever it stands.

use super::grid::Grid;
use super::head::Labels;
use super::locate::Header;
use super::passed::is_page;
use super::rows::is_nil;
use super::{Field, Head, Role};
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

/// Words of a signature, wherever they stand in a short line.
const SIGNS: &[&str] = &["签字", "签名", "签章", "盖章", "公章"];
/// What a line begins with that speaks of the sheet itself.
const CLOSING: &[&str] = &["以上", "以下空白", "以下无正文", "此页无正文"];
/// A signature, a unit under the table or a word in brackets has at most so many characters.
const SIGNATURE: usize = 24;
/// So many of them may stand in one row.
const SIGNATURES: usize = 6;
/// A text that tells has so many characters at least.
const SHORTEST: usize = 4;
/// What a number counts has at most so many: 个方面.
const COUNTED: usize = 3;
/// A line that only dates or signs a sheet has at most so many.
const LINE: usize = 30;

/// Tells the remarks of one table.
pub(super) struct Remarks<'a> {
    grid: &'a Grid<'a>,
    labels: &'a Labels,
    /// The header's last row.
    header: u32,
    /// The last column that counts as the left of the table: its first, or that of 监督内容.
    left: u32,
    number: Option<u32>,
    content: Option<u32>,
    /// The columns of 序号, 监督内容 and 监督方式.
    chosen: Vec<u32>,
    /// Those of 监督内容, 监督方式 and 监督开展情况.
    ways: [Option<u32>; 3],
    /// Those of 监督开展情况, 发现问题 and 处理情况.
    telling: Vec<u32>,
    /// 填报单位 as the head gives it.
    unit: String,
    /// Where 填表说明 of the specification begins.
    note: String,
}

impl<'a> Remarks<'a> {
    pub(super) fn new(grid: &'a Grid<'a>, header: &Header, head: &Head, labels: &'a Labels, note: &str) -> Remarks<'a> {
        let first = header.columns.first().map_or(0, |column| column.col);
        let content = header.column(Role::Field(Field::Content)).unwrap_or(first);
        let note = near::key(note);
        Remarks {
            grid,
            labels,
            header: header.last,
            left: first.max(content),
            number: header.column(Role::Number),
            content: header.column(Role::Field(Field::Content)),
            chosen: [Role::Number, Role::Field(Field::Content), Role::Field(Field::Method)]
                .into_iter()
                .filter_map(|role| header.column(role))
                .collect(),
            ways: [Field::Content, Field::Method, Field::Progress].map(|field| header.column(Role::Field(field))),
            telling: [Field::Progress, Field::Problem, Field::Handling]
                .into_iter()
                .filter_map(|field| header.column(Role::Field(field)))
                .collect(),
            unit: near::key(&head.unit.value),
            note: note.split(':').next().unwrap_or("").to_owned(),
        }
    }

    /// 填表说明: what stands under it is its points, but for whole records.
    pub(super) fn is_note(&self, own: &[(Pos, &Value)]) -> bool {
        own.first().is_some_and(|(_, value)| {
            let key = near::key(&value.shown());
            NOTES.iter().any(|note| key.starts_with(note)) || (!self.note.is_empty() && key.starts_with(&self.note))
        })
    }

    /// Whether a row tells as a record does: text in two of its columns at least, one of them 监督开展情况 or further
    /// right; or a number and something chosen beside such a text; or 零报告. Short words of a remark are no text.
    pub(super) fn is_record(&self, own: &[(Pos, &Value)]) -> bool {
        if self.is_filled(own) {
            return true;
        }
        let total = own.iter().take(2).any(|(_, value)| begins(&near::key(&value.shown()), TOTALS));
        if total || self.is_note(own) {
            return false;
        }
        let key = |value: &Value| near::key(&value.shown());
        if own.iter().any(|(pos, value)| self.content == Some(pos.col) && is_nil(&value.shown())) {
            return true;
        }
        let tells = |(pos, value): &(Pos, &Value)| {
            let (text, key) = (value.shown(), key(value));
            let long = key.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST;
            let own = self.chosen.contains(&pos.col) && self.number != Some(pos.col) || self.telling.contains(&pos.col);
            own && long && !self.is_short_remark(&text, &key)
        };
        let telling: Vec<u32> = own.iter().filter(|cell| tells(cell)).map(|(pos, _)| pos.col).collect();
        let told = telling.iter().any(|col| self.telling.contains(col));
        // 3 | 【任务3】 | 谈话 | …: a number, and something chosen, be it short or merged from above.
        let numbered = own.first().is_some_and(|(pos, value)| self.number == Some(pos.col) && is_number(&key(value)));
        let chosen = |row: u32| self.chosen.iter().any(|col| self.number != Some(*col) && self.holds(row, *col));
        told && (telling.len() >= 2 || numbered && own.first().is_some_and(|(pos, _)| chosen(pos.row)))
    }

    /// Whether content and method are chosen and 监督开展情况 tells something, whatever stands before them: 小计：1条 for a
    /// number, 累计3次到大坪村检查 for a content. Their numbers alone are a total.
    fn is_filled(&self, own: &[(Pos, &Value)]) -> bool {
        let [content, method, progress] = self.ways;
        let told = |col: Option<u32>, least: usize| {
            let text = own.iter().find(|(pos, _)| Some(pos.col) == col).map(|(_, value)| value.shown());
            text.is_some_and(|text| {
                let key = near::key(&text);
                key.chars().filter(|c| c.is_alphanumeric()).count() >= least
                    && !(is_count(&key) || is_total(&key) || self.is_short_remark(&text, &key))
            })
        };
        told(content, 2) && told(method, 2) && told(progress, SHORTEST)
    }

    /// A line that only dates, signs or labels something.
    fn is_short_remark(&self, text: &str, key: &str) -> bool {
        key.chars().count() <= LINE && (self.is_closing(key) || self.labels.begin(text))
    }

    /// A point under 填表说明, or that line itself: alone at the left, with its number before it.
    pub(super) fn is_point(&self, own: &[(Pos, &Value)]) -> bool {
        let [(pos, value)] = own else { return false };
        let text = value.shown();
        let key = near::key(&text);
        let rest = key.trim_start_matches('(').trim_start_matches(is_digit);
        let numbered = rest.len() < key.len() && rest.starts_with(['.', '、', ')', ':']);
        self.is_note(own) || pos.col <= self.left && (numbered || text.starts_with(|c| ('①'..='⑳').contains(&c)))
    }

    /// Whether a column holds something in a row: of its own, or merged from above.
    fn holds(&self, row: u32, col: u32) -> bool {
        let place = Pos::new(row, col);
        self.grid.filled(place) || self.grid.above(place, self.header).is_some()
    }

    /// Whether all that stands in a row signs the sheet off: a day, the unit, a signature, 以下空白.
    fn signs_off(&self, own: &[(Pos, &Value)]) -> bool {
        let Some((first, _)) = own.first().filter(|_| own.len() <= SIGNATURES) else { return false };
        if self.chosen.iter().any(|col| self.grid.above(Pos::new(first.row, *col), self.header).is_some()) {
            return false;
        }
        let keys: Vec<String> = own.iter().map(|(_, value)| near::key(&value.shown())).collect();
        // 负责人签字： | 李强 | 日期： | 2026.3.25: labels with their values beside them.
        let labelled = keys.first().is_some_and(|key| key.ends_with(':') && self.is_closing(key));
        let numbered = own.iter().any(|(pos, _)| self.number == Some(pos.col));
        let short = |key: &String| key.chars().count() <= SIGNATURE;
        let chosen = own.iter().any(|(pos, _)| self.chosen.contains(&pos.col));
        labelled && !numbered && keys.iter().all(short)
            || (own.len() == 1 || !chosen) && keys.iter().all(|key| self.is_closing(key))
    }

    fn is_closing(&self, key: &str) -> bool {
        let length = key.chars().count();
        let bracketed = key.starts_with('(') && key.ends_with(')') && length <= SIGNATURE;
        let day = key.contains(['年', '月', '.', '-', '/'])
            && key.chars().any(|c| c.is_ascii_digit() || matches!(c, '年'))
            && key.chars().all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '.' | '-' | '/'));
        let bare = key.trim_matches(|c| matches!(c, '(' | ')' | ':'));
        let sign = |sign: &&str| bare.starts_with(sign) || bare.ends_with(sign) || key.contains(&format!("{sign}:"));
        let signed = length <= SIGNATURE && SIGNS.iter().any(sign);
        // The unit alone, or with its stamp.
        let behind = key.strip_prefix(self.unit.as_str()).filter(|_| !self.unit.is_empty());
        let unit = behind.is_some_and(|rest| rest.is_empty() || rest.starts_with('(')) && length <= SIGNATURE;
        let remark = length <= SIGNATURE && begins(key, REMARKS);
        bracketed || day || signed || unit || remark || CLOSING.iter().any(|word| key.starts_with(word)) || is_page(key)
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
        if self.is_record(own) {
            return false;
        }
        if self.signs_off(own) {
            return true;
        }
        let leftmost = pos.col <= self.left || numbered;
        // A signature may stand at the right, where nothing is numbered or chosen in its row.
        let aside = !self.chosen.iter().any(|col| self.holds(pos.row, *col));
        let left = leftmost || self.spread(*pos);
        // 累计3次到大坪村检查 in a row without number and choice tells something.
        let total = begins(&key, TOTALS) && (left || !key.chars().any(|c| c.is_ascii_digit()));
        (left || aside) && (total || begins(&key, REMARKS) || self.labels.begin(&text))
    }

    /// A sentence where only a number belongs, or across the whole table.
    pub(super) fn is_sentence(&self, own: &[(Pos, &Value)]) -> bool {
        let [(pos, value)] = own else { return false };
        let text = value.shown();
        let numbered = self.number == Some(pos.col);
        let across = pos.col <= self.left && self.spread(*pos);
        (numbered && !is_number(&near::key(&text)) || across)
            && !is_nil(&text)
            && !matches!(value, Value::Number(..) | Value::Uncalculated)
    }

    fn spread(&self, pos: Pos) -> bool {
        self.grid.right(pos) >= pos.col + 2
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c)
}

/// A number and what it counts: 3, 12次, 共5个方面.
pub(super) fn is_count(key: &str) -> bool {
    let bare = key.trim_start_matches(['共', '计', '约']);
    let rest = bare.trim_start_matches(|c: char| is_digit(c) || c == '.');
    rest.len() < bare.len() && rest.chars().count() <= COUNTED
}

/// 合计, 小计：1条, 累计3次; not 累计3次到大坪村检查.
pub(super) fn is_total(key: &str) -> bool {
    let rest = TOTALS.iter().find_map(|word| key.strip_prefix(word));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()) || is_count(rest))
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
