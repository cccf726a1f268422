//! `重点/YYYY-MM.toml`: the items that the county orders for one month.

use super::checklist::no_kind;
use super::lists::{no_content, position};
use super::reader::{At, Reader};
use super::table::Table;
use super::{Audience, Fault, Focus, Settings, UnitKind};
use crate::near;

/// Reads one month's file against the contents and the roster. `whole` says that the roster was read without a
/// fault of syntax: else a unit that seems unknown may only be unread.
pub(super) fn read(file: &str, text: &str, settings: &Settings, whole: bool, faults: &mut Vec<Fault>) -> Vec<Focus> {
    let (reader, entries) = Reader::new(file, text);
    let top = Table::top(&reader, &entries);
    top.only(&["focus"]);
    let mut items = Vec::new();
    let mut numbers: Vec<At<u32>> = Vec::new();
    let mut titles: Vec<At<String>> = Vec::new();
    for table in top.tables("focus", "[[focus]]") {
        check_keys(table);
        let number = table.whole("number", 1..=999);
        let title = table.text("title");
        let content = read_content(table, settings);
        let audience = read_audience(table, settings, whole);
        if let Some(number) = &number {
            if let Some(twin) = numbers.iter().find(|twin| twin.value == number.value) {
                table.blame(number.spot, format!("编号 {} 与第 {} 行的重复", number.value, twin.spot.line));
            }
            numbers.push(number.clone());
        }
        if let Some(title) = &title {
            check_title(table, title, &titles, settings);
            titles.push(title.clone());
        }
        if let (Some(number), Some(title), Some(content), Some(audience)) = (number, title, content, audience) {
            items.push(Focus { number: number.value, title: title.value, content, audience });
        }
    }
    faults.extend(reader.into_faults());
    items
}

fn check_keys(table: Table<'_>) {
    table.only(&["number", "title", "content", "for"]);
    table.need("number", "number = 编号");
    table.need("title", "title = \"重点工作名称\"");
    table.need("content", "content = \"所属的监督内容\"");
    table.need("for", "for = \"all\"（所有单位）、\"township\"、\"dispatched\"，或 [\"单位\", \"单位\"]");
}

fn check_title(table: Table<'_>, title: &At<String>, earlier: &[At<String>], settings: &Settings) {
    if position(&settings.contents, &title.value).is_some() {
        table.blame(title.spot, "title 与一项监督内容同名，填表时分不清；请写得具体些");
    }
    if let Some(twin) = earlier.iter().find(|twin| near::key(&twin.value) == near::key(&title.value)) {
        let line = twin.spot.line;
        table.blame(title.spot, format!("与第 {line} 行的 title 相同，填表时分不清；请合为一项，在 for 里写全单位"));
    }
}

fn read_content(table: Table<'_>, settings: &Settings) -> Option<usize> {
    let written = table.text("content")?;
    let found = position(&settings.contents, &written.value);
    if found.is_none() {
        table.blame(written.spot, no_content(&written.value, &settings.contents));
    }
    found
}

fn read_audience(table: Table<'_>, settings: &Settings, whole: bool) -> Option<Audience> {
    if table.is_list("for") {
        let written = table.texts("for")?;
        if written.is_empty() {
            table.blame(table.spot_of("for"), "for 里一个单位也没有；所有单位写 for = \"all\"");
        }
        let units = written.iter().filter_map(|unit| named(table, settings, whole, unit)).collect();
        return Some(Audience::Units(units));
    }
    let written = table.text("for")?;
    if written.value == "all" {
        return Some(Audience::All);
    }
    if let Some(kind) = UnitKind::ALL.into_iter().find(|kind| kind.name() == written.value) {
        return Some(Audience::Kind(kind));
    }
    let message = match settings.unit_named(&written.value) {
        Some(_) => format!("单位要写在方括号里：for = [\"{}\"]", written.value),
        None if "全部单位所有".contains(written.value.as_str()) => "所有单位写 for = \"all\"".to_owned(),
        None => format!("{}；所有单位写 \"all\"，几个单位写 [\"单位\", \"单位\"]", no_kind("for", &written.value)),
    };
    table.blame(written.spot, message);
    None
}

fn named(table: Table<'_>, settings: &Settings, whole: bool, written: &At<String>) -> Option<usize> {
    let found = settings.unit_named(&written.value);
    if found.is_none() && whole {
        table.blame(written.spot, no_unit(settings, &written.value));
    }
    found
}

/// What to say of a unit that is not in the roster.
pub(crate) fn no_unit(settings: &Settings, written: &str) -> String {
    if settings.units.is_empty() {
        return format!("名册还是空的，认不出“{written}”；请先在 yuedu.toml 里用 [[unit]] 写明各单位");
    }
    match settings.nearest_unit(written) {
        Some(unit) => format!("名册里没有“{written}”，是“{}”吗？", unit.name),
        None => format!("名册里没有“{written}”；请核对名称，或在 yuedu.toml 的 [[unit]] 里添上"),
    }
}
