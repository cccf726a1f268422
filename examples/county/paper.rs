//! A paper: what one unit sent in for one month. Read from the month's table; drawn in the shape that its 样式 asks for.
//!
//! ```text
//! [青石镇纪委]
//! 文件 = 青石镇纪委3月份.xlsx
//! 收件 = 2026-03-24 合格
//! 样式 = 合并 下拉 空行3
//! 作风 | 检查 | 监督开展情况 | 发现问题 | 处理情况
//! ```
//! A short word under 监督内容 or 监督方式 stands for an entry of the county's lists; `任务3` and `重点1` for what the
//! dropdown writes; anything else stands as written. `⏎` is a line break in a cell. A record that begins with `续` is a
//! further line of the one above.

use super::roster::Unit;
use super::{draw, letter, ods, xls, xlsx};

/// One file that came in.
pub(crate) struct Paper {
    pub(crate) unit: String,
    pub(crate) month: &'static str,
    pub(crate) file: String,
    /// Day of receipt and 结论; absent where nobody entered it.
    pub(crate) receipt: Option<(String, String)>,
    pub(crate) styles: Vec<String>,
    /// 填报单位, 填报人, 联系方式, 单位负责人 as written.
    pub(crate) head: [String; 4],
    /// The texts of each record, further columns last.
    pub(crate) records: Vec<Vec<String>>,
}

const CONTENTS: [(&str, &str); 10] = [
    ("政治", "政治纪律方面"),
    ("脱贫", "脱贫攻坚方面"),
    ("作风", "作风建设方面"),
    ("专项", "各类专项治理工作落实方面"),
    ("八项", "中央八项规定精神执行方面"),
    ("巡察", "巡视巡察交办问题整改方面"),
    ("月度", "县委县政府月度安排重点工作落实方面"),
    ("任免", "干部任用廉政审查、“三重一大”事项方面"),
    ("维稳", "被监督单位扫黑除恶、信访维稳、环境整治等重点工作落实方面"),
    ("其他", "上级交办的其他各项工作"),
];

const METHODS: [(&str, &str); 7] = [
    ("会议", "会议监督"),
    ("信访", "信访监督"),
    ("检查", "专项检查监督"),
    ("制度", "工作制度监督"),
    ("谈话", "廉政谈话监督"),
    ("述责", "述责述廉监督"),
    ("报告", "重大事项报告监督"),
];

/// The county's 监督内容 and 监督方式, for a dropdown.
pub(crate) fn choices() -> (Vec<&'static str>, Vec<&'static str>) {
    (CONTENTS.iter().map(|(_, full)| *full).collect(), METHODS.iter().map(|(_, full)| *full).collect())
}

/// Reads a month's table.
pub(crate) fn read(table: &str, month: &'static str, units: &[Unit]) -> Vec<Paper> {
    let mut papers: Vec<Paper> = Vec::new();
    for line in table.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            papers.push(Paper::new(name, month, units));
            continue;
        }
        let paper = papers.last_mut().unwrap_or_else(|| panic!("a unit is wanted before {line}"));
        match line.split_once(" = ").or(line.strip_suffix(" =").map(|key| (key, ""))) {
            Some((key, value)) if !key.contains('|') => paper.set(key, value),
            _ => paper.records.push(record(line)),
        }
    }
    papers
}

fn record(line: &str) -> Vec<String> {
    let mut texts: Vec<String> = line.split('|').map(|text| text.trim().replace('⏎', "\n")).collect();
    assert!(texts.len() >= 3, "three texts at least: {line}");
    texts[0] = content(&texts[0]);
    let methods: Vec<&str> = texts[1].split('、').map(|word| find(&METHODS, word).unwrap_or(word)).collect();
    texts[1] = methods.join("、");
    texts
}

fn find<'a>(table: &[(&str, &'a str)], word: &str) -> Option<&'a str> {
    table.iter().find(|(short, _)| *short == word).map(|(_, full)| *full)
}

/// 监督内容 in full; `任务3`, `基础1` and `重点1` of a month become what the dropdown writes.
fn content(word: &str) -> String {
    let items = include_str!("items.txt").lines().filter_map(|line| line.split_once(" = "));
    let label = items.filter(|(short, _)| *short == word).map(|(_, full)| full.to_owned()).next();
    label.or_else(|| find(&CONTENTS, word).map(str::to_owned)).unwrap_or_else(|| word.to_owned())
}

impl Paper {
    fn new(name: &str, month: &'static str, units: &[Unit]) -> Paper {
        let unit = units.iter().find(|unit| unit.name.contains(name));
        let unit = unit.unwrap_or_else(|| panic!("{name} is not in the roster"));
        Paper {
            unit: unit.name.clone(),
            month,
            file: String::new(),
            receipt: None,
            styles: Vec::new(),
            head: [unit.name.clone(), unit.reporter.clone(), unit.mobile.clone(), unit.leader.clone()],
            records: Vec::new(),
        }
    }

    fn set(&mut self, key: &str, value: &str) {
        let value = value.trim();
        match key.trim() {
            "文件" => self.file = value.to_owned(),
            "收件" => {
                let (day, verdict) = value.split_once(' ').unwrap_or((value, ""));
                self.receipt = Some((day.to_owned(), verdict.to_owned()));
            }
            "样式" => self.styles = value.split_whitespace().map(str::to_owned).collect(),
            "填报单位" => self.head[0] = value.to_owned(),
            "填报人" => self.head[1] = value.to_owned(),
            "联系方式" => self.head[2] = value.to_owned(),
            "单位负责人" => self.head[3] = value.to_owned(),
            other => panic!("no such key: {other}"),
        }
    }

    /// Whether the paper has a style.
    pub(crate) fn is(&self, style: &str) -> bool {
        self.styles.iter().any(|word| word == style)
    }

    /// The number behind a style: `空行3`.
    pub(crate) fn number(&self, style: &str) -> u32 {
        self.styles.iter().find_map(|word| word.strip_prefix(style)?.parse().ok()).unwrap_or(0)
    }

    /// The path in the project.
    pub(crate) fn path(&self) -> String {
        format!("报送/{}/{}", self.month, self.file)
    }

    /// The month's number without a zero before it.
    pub(crate) fn month_number(&self) -> &str {
        self.month.get(5..).unwrap_or_default().trim_start_matches('0')
    }

    /// The file as it came.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let kind = self.file.rsplit('.').next().unwrap_or_default();
        let mut bytes = match kind {
            "xlsx" => xlsx::write(&draw::draw(self)),
            "xls" => xls::write(&draw::draw(self)),
            "ods" => ods::write(&draw::draw(self)),
            "docx" => letter::write(&self.records),
            other => panic!("no paper is a {other}"),
        };
        if self.is("损坏") {
            // The copy broke off on the way, as from a stick pulled out too early.
            bytes.truncate(bytes.len() * 3 / 5);
        }
        bytes
    }
}
