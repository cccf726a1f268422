//! Persons: every one who acts or answers with unit, post and full name (填表说明2: 人要点明单位职务和姓名).

use super::quote::{brief, joined, quoted};
use super::rule::rule;
use super::{At, Check, Context, Family, Hearing, Rule, Sink};
use crate::config::{Level, UnitKind};
use crate::form::{Cell, Record};
use crate::place::Span;
use crate::text::{Person, PersonClass};

rule!(MISSING, "person-missing", "没有写人");
rule!(NO_NAME, "person-no-name", "没有姓名");
rule!(NO_POST, "person-no-post", "没有职务");
rule!(NO_UNIT, "person-no-unit", "没有单位");

pub(crate) static FAMILY: Family =
    Family { rules: &[&MISSING, &NO_NAME, &NO_POST, &NO_UNIT], check: Check::Cell(check) };

/// What a label says of the mentions that bear it.
static LABELS: &[(PersonClass, &Rule, &str)] = &[
    (PersonClass::NoName, &NO_NAME, "没有姓名"),
    (PersonClass::NoPost, &NO_POST, "没有写职务"),
    (PersonClass::NoUnit, &NO_UNIT, "没有写单位"),
];

fn check(hearing: &Hearing<'_>, record: &Record, cell: &Cell, sink: &mut Sink<'_>) {
    if !cell.owes.person {
        return;
    }
    let at = At::cell(record, cell);
    let model = &Model::of(hearing.context);
    let persons = &cell.facts.persons;
    if persons.is_empty() {
        let (cap, doubt) =
            if cell.facts.persons_unsure { (Level::Warning, "（请核）") } else { (Level::Error, "") };
        let message = format!("“{}”里没有写到一个人{doubt}", cell.field.chinese());
        let suggestion = format!("写明单位、职务和姓名，如“{}{}{}”", model.unit, model.post, model.name);
        sink.push(&MISSING, at, cap, "", message, suggestion);
        return;
    }
    for (class, rule, lack) in LABELS {
        let at_fault = || persons.iter().filter(|person| person.class == *class);
        // What is certain makes the finding; what is doubtful makes one only by itself, and then a warning.
        let sure = at_fault().any(|person| person.sure);
        let blamed: Vec<&Person> = at_fault().filter(|person| person.sure == sure).collect();
        let Some(first) = blamed.first() else { continue };
        let words: Vec<&str> = blamed.iter().map(|person| person.span.of(&cell.text)).collect();
        let (cap, doubt) = if sure { (Level::Error, "") } else { (Level::Warning, "（请核）") };
        let message = format!("{}{lack}{doubt}", quoted(&words));
        sink.push(rule, at, cap, joined(&words), message, advise(first, &cell.text, model));
    }
}

/// An invented person to show the shape by, in the surroundings of the unit that reports.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Model {
    /// The town of a 乡镇纪委; for a group the body that it supervises.
    town: String,
    /// A village of the town, where one is known; else the same as `town`.
    unit: String,
    post: &'static str,
    name: &'static str,
    /// What an ordinary person is called there.
    ordinary: &'static str,
}

impl Model {
    /// The unit that a post belongs to.
    fn above(&self, post: &str) -> &str {
        if is_of_town(post) { &self.town } else { &self.unit }
    }

    fn of(context: &Context<'_>) -> Model {
        let member = context.unit.and_then(|unit| context.settings.units.get(unit));
        let own = member.map_or(context.form.head.unit.value.as_str(), |member| member.name.as_str());
        let name = "李文";
        match context.kind {
            Some(UnitKind::Dispatched) => {
                let unit = supervised(own).unwrap_or("县教育局").to_owned();
                Model { town: unit.clone(), unit, post: "办公室主任", name, ordinary: "职工" }
            }
            Some(UnitKind::Township) | None => {
                let village = member.and_then(|member| member.supervises.iter().find(|place| place.ends_with('村')));
                let (town, village) = match (town(own), village) {
                    (Some(town), Some(village)) => (town, village.strip_prefix(town).unwrap_or(village)),
                    (Some(town), None) => (town, ""),
                    (None, _) => ("青石镇", "大坪村"),
                };
                let post = if village.is_empty() { "民政办主任" } else { "会计" };
                Model { town: town.to_owned(), unit: format!("{town}{village}"), post, name, ordinary: "村民" }
            }
        }
    }
}

/// The town of a 乡镇纪委, 街道纪工委 …: 青石镇纪委 → 青石镇.
fn town(unit: &str) -> Option<&str> {
    let unit = unit.strip_prefix("中共").unwrap_or(unit);
    let ends = ["纪律检查工作委员会", "纪律检查委员会", "纪工委", "纪委"];
    ends.iter().find_map(|end| unit.strip_suffix(end)).filter(|town| town.chars().count() >= 2)
}

/// The body that a 派驻纪检监察组 supervises: 县纪委监委派驻县教育局纪检监察组 → 县教育局. A group for several bodies
/// (派驻第三纪检监察组) names none.
fn supervised(unit: &str) -> Option<&str> {
    let (_, body) = unit.strip_suffix("纪检监察组")?.rsplit_once('驻')?;
    (body.chars().count() >= 3 && !body.starts_with('第')).then_some(body)
}

/// Whether a post is one of the town itself and not of a village.
fn is_of_town(post: &str) -> bool {
    const OPENINGS: [&str; 8] = ["镇", "乡", "街道", "副镇长", "副乡长", "党委", "纪委", "纪工委"];
    OPENINGS.iter().any(|opening| post.starts_with(opening))
}

/// A post behind a unit, without what the unit's last word already says: 红岩镇 and 镇纪委书记 → 红岩镇纪委书记.
fn joined_post<'a>(unit: &str, post: &'a str) -> &'a str {
    let last = unit.chars().next_back().filter(|last| matches!(last, '镇' | '乡' | '村' | '县'));
    last.and_then(|last| post.strip_prefix(last)).filter(|rest| !rest.is_empty()).unwrap_or(post)
}

/// What to write instead, from the mention's own unit, post and name as far as they stand there.
fn advise(person: &Person, text: &str, model: &Model) -> String {
    let part = |span: Option<Span>| span.map(|span| brief(span.of(text))).filter(|words| !words.is_empty());
    let Model { unit: some_unit, post: some_post, name: some_name, ordinary, .. } = model;
    match (person.class, part(person.unit), part(person.post), part(person.name)) {
        (PersonClass::NoName, Some(unit), Some(post), _) => format!("写出全名，如“{unit}{post}{some_name}”"),
        (PersonClass::NoName, None, Some(post), _) => {
            let unit = model.above(&post);
            format!("写明单位和全名，如“{unit}{}{some_name}”", joined_post(unit, &post))
        }
        (PersonClass::NoName, _, _, Some(name)) => format!("把“{name}”写成全名，并写明单位和职务"),
        // No post and no unit is made up beside somebody's own name.
        (PersonClass::NoPost, Some(unit), _, Some(name)) => {
            format!("在姓名前写明职务或身份，写成“{unit}〔职务〕{name}”；没有职务的，在职务处写“{ordinary}”之类")
        }
        (PersonClass::NoPost, None, _, Some(name)) => {
            format!("写明单位和职务，写成“〔单位〕〔职务〕{name}”；没有职务的，在职务处写“{ordinary}”之类")
        }
        (PersonClass::NoUnit, _, Some(post), Some(name)) if is_of_town(&post) => {
            format!("在前面写明单位，如“{}{}{name}”", model.town, joined_post(&model.town, &post))
        }
        (PersonClass::NoUnit, _, Some(post), Some(name)) => format!("在前面写明单位，写成“〔单位〕{post}{name}”"),
        _ => format!("写明单位、职务和姓名，如“{some_unit}{some_post}{some_name}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_of_the_units_own_town() {
        for (unit, place) in [
            ("红岩镇纪委", Some("红岩镇")),
            ("中共白水乡纪律检查委员会", Some("白水乡")),
            ("城东街道纪工委", Some("城东街道")),
            ("纪委", None),
        ] {
            assert_eq!(town(unit), place, "{unit}");
        }
        for (unit, body) in [
            ("县纪委监委派驻县教育局纪检监察组", Some("县教育局")),
            ("驻市场监管局纪检监察组", Some("市场监管局")),
            ("县纪委监委派驻第三纪检监察组", None),
        ] {
            assert_eq!(supervised(unit), body, "{unit}");
        }
        assert_eq!(joined_post("红岩镇", "镇纪委书记"), "纪委书记");
        assert_eq!(joined_post("红岩镇大坪村", "会计"), "会计");
        assert!(is_of_town("镇农业综合服务中心主任") && !is_of_town("会计"));
    }
}
