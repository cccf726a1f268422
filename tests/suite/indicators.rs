//! What a careful reader counts in whole records (`tests/data/statistic.jsonl`, labelled by hand) is what 统计指标 shows.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::common::Yuedu;
use crate::statistic::{figures, summarize};
use crate::workbook::{FormBook, GOOD};

const RECORDS: &str = include_str!("../data/statistic.jsonl");
/// The rules that would leave a record out; its words are read here, not judged.
const RULES: [&str; 6] =
    ["date-missing", "person-missing", "person-no-name", "person-no-post", "person-no-unit", "event-vague"];

#[test]
fn figures_are_those_of_a_careful_reader() {
    let levels: String = RULES.iter().map(|rule| format!("{rule} = \"info\"\n")).collect();
    let mut yuedu = Yuedu::new().file("yuedu.toml", format!("county = \"清河县\"\n[rules]\n{levels}"));
    let records: Vec<Value> = RECORDS.lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    for (n, record) in records.iter().enumerate() {
        let text = |key: &str| record[key].as_str();
        let cells = [Some(GOOD[0]), text("method"), text("progress"), text("problem"), text("handling")];
        let unit = format!("第{n}镇纪委");
        let form = match cells[4] {
            Some(_) => FormBook::six(&unit, "2026-03"),
            None => FormBook::four(&unit, "2026-03"),
        };
        let form = form.record(cells.into_iter().flatten());
        yuedu = yuedu.file(&format!("报送/2026-03/{n:02}.xlsx"), form.bytes());
    }
    let (_, page) = summarize(&yuedu);
    let mut read: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for (_, unit, indicator, value) in figures(&page) {
        let counted = !indicator.starts_with("检查记录") && !indicator.starts_with("未计入");
        if counted && value != 0.0 {
            read.entry(unit).or_default().insert(indicator, value);
        }
    }
    for (n, record) in records.iter().enumerate() {
        let wanted = record["figures"].as_object().expect("figures");
        let wanted: BTreeMap<String, f64> =
            wanted.iter().map(|(name, value)| (name.clone(), value.as_f64().expect("a number"))).collect();
        let unit = format!("第{n}镇纪委");
        assert_eq!(read.remove(&unit).unwrap_or_default(), wanted, "{record:#}");
    }
}
