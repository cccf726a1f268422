//! The registers: receipts follow the papers, the others stand in tables.

use std::collections::BTreeMap;

use super::paper::Paper;

const MARK: &str = "\u{feff}";

/// Adds the registers to the county's files, each with the mark by which Excel knows UTF-8.
pub(crate) fn add(files: &mut BTreeMap<String, Vec<u8>>, papers: &[Paper]) {
    let mut lines: Vec<String> = papers.iter().filter_map(receipt).collect();
    lines.sort();
    let receipts = format!("收到日期,单位,月份,文件,摘要,结论\n{}\n", lines.join("\n"));
    let tables = [
        ("收件登记.csv", receipts.as_str()),
        ("认定.csv", include_str!("waivers.csv")),
        ("加减分.csv", include_str!("adjustments.csv")),
        ("销号.csv", include_str!("closings.csv")),
        ("交办件.csv", include_str!("cases.csv")),
    ];
    for (name, table) in tables {
        // Excel ends its lines so.
        let text = table.trim_end().replace('\n', "\r\n");
        files.insert(name.to_owned(), format!("{MARK}{text}\r\n").into_bytes());
    }
}

fn receipt(paper: &Paper) -> Option<String> {
    let (day, verdict) = paper.receipt.as_ref()?;
    Some(format!("{day},{},{},{},,{verdict}", paper.unit, paper.month, paper.path()))
}
