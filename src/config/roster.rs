//! `[[unit]]`: the roster, in its own order, which is the order of every table.

use std::collections::BTreeMap;

use super::checklist::read_kind;
use super::reader::{At, Spot};
use super::table::Table;
use super::{Unit, UnitKind};
use crate::calendar::Month;
use crate::near;

/// Which unit has taken a spelling, and where it stands.
struct Taken {
    unit: usize,
    name: String,
    spot: Spot,
}

/// Reads the roster. A unit with a fault stays in it, so that nothing else is blamed for its absence.
pub(super) fn read(top: Table<'_>) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut taken: BTreeMap<String, Taken> = BTreeMap::new();
    for table in top.tables("unit", "[[unit]]") {
        let (unit, spellings) = read_unit(table);
        for written in spellings {
            let key = near::key(&written.value);
            match taken.get(&key) {
                Some(other) if other.unit != units.len() => {
                    let message = format!(
                        "“{}”已经是“{}”（第 {} 行）的名称或别名，两个单位分不清；请改一个",
                        written.value, other.name, other.spot.line
                    );
                    table.blame(written.spot, message);
                }
                Some(_) => {}
                None => {
                    taken.insert(key, Taken { unit: units.len(), name: unit.name.clone(), spot: written.spot });
                }
            }
        }
        units.push(unit);
    }
    units
}

/// A unit, and every spelling of its name with its place.
fn read_unit(table: Table<'_>) -> (Unit, Vec<At<String>>) {
    table.only(&["name", "kind", "aliases", "phone", "supervises", "from", "to", "exempt"]);
    table.need("name", "name = \"单位全称\"");
    let name = table.text("name");
    let by_name = name.as_ref().and_then(|name| UnitKind::of_name(&name.value));
    match by_name {
        Some(kind) => table.need("kind", &format!("kind = \"{}\"（按名称看是{}）", kind.name(), kind.chinese())),
        None => table.need("kind", "kind = \"township\"（乡镇纪委）或 \"dispatched\"（派驻纪检监察组）"),
    }
    let aliases = table.texts("aliases").unwrap_or_default();
    let (from, to) = (read_month(table, "from"), read_month(table, "to"));
    if let (Some(from), Some(to)) = (&from, &to)
        && from.value > to.value
    {
        table.blame(to.spot, format!("to（{}）早于 from（{}），请核对", to.value, from.value));
    }
    let exempt = table.texts("exempt").unwrap_or_default();
    let exempt = exempt.iter().filter_map(|written| month(table, "exempt", written)).collect();
    let unit = Unit {
        name: name.as_ref().map(|name| name.value.clone()).unwrap_or_default(),
        kind: read_kind(table, "kind").or(by_name).unwrap_or(UnitKind::Township),
        aliases: aliases.iter().map(|alias| alias.value.clone()).collect(),
        phone: table.text("phone").map(|phone| phone.value),
        supervises: table.texts("supervises").unwrap_or_default().into_iter().map(|item| item.value).collect(),
        from: from.map(|from| from.value),
        to: to.map(|to| to.value),
        exempt,
    };
    (unit, name.into_iter().chain(aliases).collect())
}

fn read_month(table: Table<'_>, key: &str) -> Option<At<Month>> {
    let written = table.text(key)?;
    Some(At { value: month(table, key, &written)?, spot: written.spot })
}

fn month(table: Table<'_>, key: &str, written: &At<String>) -> Option<Month> {
    let found = Month::parse(&written.value);
    if found.is_none() {
        table.blame(written.spot, format!("{key} 里的“{}”不是月份；请写成 \"2026-03\" 的样子", written.value));
    }
    found
}
