//! The two columns that are picked from lists: 监督内容 and 监督方式.

use super::quote::{joined, quote, quoted};
use super::rule::rule;
use super::{At, Check, Family, Hearing, Sink};
use crate::config::{Level, Settings};
use crate::form::{Cell, Field, Record};
use crate::near;

rule!(CONTENT_MISSING, "content-missing", "没有监督内容");
rule!(CONTENT_UNLISTED, "content-unlisted", "监督内容不在清单");
rule!(METHOD_MISSING, "method-missing", "没有监督方式");
rule!(METHOD_UNLISTED, "method-unlisted", "监督方式不在清单");

pub(crate) static FAMILY: Family = Family {
    rules: &[&CONTENT_MISSING, &CONTENT_UNLISTED, &METHOD_MISSING, &METHOD_UNLISTED],
    check: Check::Cell(check),
};

fn check(hearing: &Hearing<'_>, record: &Record, cell: &Cell, sink: &mut Sink<'_>) {
    let at = At::cell(record, cell);
    match cell.field {
        Field::Content if cell.text.is_empty() => {
            let suggestion = "从下拉菜单里选一项：重点工作、任务，或监督内容的类别";
            sink.push(&CONTENT_MISSING, at, Level::Error, "", "没有选监督内容", suggestion);
        }
        Field::Content => check_content(hearing, at, cell, sink),
        Field::Method if cell.text.is_empty() => {
            let suggestion = "从下拉菜单里选一项；用了几种的，用“、”隔开";
            sink.push(&METHOD_MISSING, at, Level::Error, "", "没有选监督方式", suggestion);
        }
        Field::Method => check_method(hearing.context.settings, at, cell, sink),
        _ => {}
    }
}

fn check_content(hearing: &Hearing<'_>, at: At, cell: &Cell, sink: &mut Sink<'_>) {
    let catalogue = hearing.context.catalogue;
    if catalogue.find(&cell.text).is_some() {
        return;
    }
    let near = if sink.worth_a_guess(&cell.text) { catalogue.nearest(&cell.text) } else { None };
    let suggestion = match near {
        Some(label) => format!("是不是{}？从下拉菜单里重选", quote(label)),
        None => "从下拉菜单里选最接近的一项，具体的事写在“监督开展情况”里".to_owned(),
    };
    let message = format!("监督内容清单里没有{}", quote(&cell.text));
    sink.push(&CONTENT_UNLISTED, at, Level::Error, cell.text.as_str(), message, suggestion);
}

fn check_method(settings: &Settings, at: At, cell: &Cell, sink: &mut Sink<'_>) {
    let strange: Vec<&str> = methods(settings, &cell.text)
        .into_iter()
        .filter_map(|(words, method)| method.is_none().then_some(words))
        .collect();
    if strange.is_empty() {
        return;
    }
    let known = || settings.methods.iter().map(String::as_str);
    let near: Vec<&str> = if sink.worth_a_guess(&cell.text) {
        strange.iter().filter_map(|words| near::nearest(words, known())).collect()
    } else {
        Vec::new()
    };
    let suggestion = if near.is_empty() {
        let all: Vec<&str> = known().collect();
        format!("从下拉菜单里选：{}", all.join("、"))
    } else {
        format!("是不是{}？从下拉菜单里重选", quoted(&near))
    };
    let message = format!("监督方式清单里没有{}", quoted(&strange));
    sink.push(&METHOD_UNLISTED, at, Level::Error, joined(&strange), message, suggestion);
}

/// The methods that a cell names, as written and by index into `Settings::methods`; `None` where unlisted.
///
/// Several stand apart by 、,，；/ or a line break; by blanks where every part is listed then. A listed name
/// that holds such a mark itself is kept whole.
pub(crate) fn methods<'a>(settings: &Settings, text: &'a str) -> Vec<(&'a str, Option<usize>)> {
    let parts = split(text, |c| matches!(c, '、' | '﹑' | ',' | '，' | ';' | '；' | '/' | '／' | '\n'));
    let longest = settings.methods.iter().map(|name| parts_of(name)).max().unwrap_or(1);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&(start, end)) = parts.get(at) {
        let ends = parts.iter().enumerate().skip(at).take(longest);
        let whole = ends.rev().find_map(|(last, &(_, end))| {
            let words = text.get(start..end)?;
            Some((last, words, index(settings, words)?))
        });
        if let Some((last, words, method)) = whole {
            found.push((words, Some(method)));
            at = last + 1;
            continue;
        }
        let words = text.get(start..end).unwrap_or("");
        at += 1;
        let pieces: Vec<(&str, Option<usize>)> =
            words.split_whitespace().map(|piece| (piece, index(settings, piece))).collect();
        if !pieces.is_empty() && pieces.iter().all(|(_, method)| method.is_some()) {
            found.extend(pieces);
        } else if !words.chars().all(|c| c.is_ascii_digit()) {
            // A bare number is what is left of a numbering (1、…).
            found.push((words, None));
        }
    }
    found
}

fn parts_of(name: &str) -> usize {
    split(name, |c| matches!(c, '、' | '﹑' | ',' | '，' | ';' | '；' | '/' | '／' | '\n')).len().max(1)
}

/// The stretches between separators, outer blanks set aside, empty ones left out.
fn split(text: &str, separates: impl Fn(char) -> bool) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in text.split_inclusive(&separates) {
        let body = part.trim_end_matches(&separates);
        let lead = body.len() - body.trim_start().len();
        let words = body.trim();
        if !words.is_empty() {
            parts.push((start + lead, start + lead + words.len()));
        }
        start += part.len();
    }
    parts
}

fn index(settings: &Settings, words: &str) -> Option<usize> {
    let wanted = near::key(words);
    let bare = numbered(&wanted);
    settings.methods.iter().map(|name| near::key(name)).position(|name| name == wanted || bare == Some(&name))
}

/// The words after a numbering: 1.谈话, (2)谈话.
fn numbered(words: &str) -> Option<&str> {
    let rest = words.strip_prefix('(').unwrap_or(words).trim_start_matches(|c: char| c.is_ascii_digit());
    rest.strip_prefix(['.', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_methods_of_a_cell_are_each_looked_up() {
        let settings = Settings::builtin("dongan").unwrap();
        let read = |text| {
            let found = methods(&settings, text).into_iter();
            found
                .map(|(words, method)| format!("{words}{}", if method.is_some() { "" } else { "?" }))
                .collect::<Vec<_>>()
        };
        for (text, wanted) in [
            ("专项检查监督", "专项检查监督"),
            ("专项检查监督、会议监督", "专项检查监督|会议监督"),
            ("专项检查监督，会议监督；信访监督", "专项检查监督|会议监督|信访监督"),
            ("专项检查监督/会议监督", "专项检查监督|会议监督"),
            ("专项检查监督\n会议监督", "专项检查监督|会议监督"),
            ("专项检查监督 会议监督", "专项检查监督|会议监督"),
            ("专项 检查监督", "专项 检查监督"),
            ("1.专项检查监督\n2.会议监督", "1.专项检查监督|2.会议监督"),
            ("1、专项检查监督、2、会议监督", "专项检查监督|会议监督"),
            ("专项检查监督、随便看看、", "专项检查监督|随便看看?"),
            ("、", ""),
            ("专项检查监督 随便看看", "专项检查监督 随便看看?"),
        ] {
            assert_eq!(read(text).join("|"), wanted, "{text}");
        }
    }

    #[test]
    fn a_method_that_holds_a_mark_itself_is_kept_whole() {
        let mut settings = Settings::builtin("dongan").unwrap();
        settings.methods = vec!["查阅资料、听取汇报".to_owned(), "谈话".to_owned()];
        let found = methods(&settings, "谈话、查阅资料、听取汇报");
        assert_eq!(found, [("谈话", Some(1)), ("查阅资料、听取汇报", Some(0))]);
    }
}
