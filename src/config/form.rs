//! `[form]`: 附件2's title, head fields, columns with their aliases, and 填表说明.

use super::FormSpec;
use super::reader::Table;
use crate::near;

impl FormSpec {
    /// Nothing printed: what a profile is read over.
    pub(super) fn blank() -> FormSpec {
        FormSpec {
            title: String::new(),
            unit: Vec::new(),
            reporter: Vec::new(),
            contact: Vec::new(),
            leader: Vec::new(),
            number: Vec::new(),
            content: Vec::new(),
            method: Vec::new(),
            progress: Vec::new(),
            problem: Vec::new(),
            handling: Vec::new(),
            note: String::new(),
        }
    }
}

/// Reads a form over the one that stands.
pub(super) fn read(table: Table<'_>, form: &mut FormSpec) {
    table.only(&["title", "note", "head", "columns"]);
    if let Some(title) = table.text("title") {
        for mark in ["{county}", "{month}"] {
            if !title.value.contains(mark) {
                table.blame(title.spot, format!("title 里要留 {mark} 的位置：{{county}} 是县名，{{month}} 是月份"));
            }
        }
        form.title = title.value;
    }
    if let Some(note) = table.text("note") {
        form.note = note.value;
    }
    if let Some(head) = table.table("head", "[form.head]") {
        let fields = [
            ("unit", &mut form.unit),
            ("reporter", &mut form.reporter),
            ("contact", &mut form.contact),
            ("leader", &mut form.leader),
        ];
        read_titles(head, fields);
    }
    if let Some(columns) = table.table("columns", "[form.columns]") {
        let fields = [
            ("number", &mut form.number),
            ("content", &mut form.content),
            ("method", &mut form.method),
            ("progress", &mut form.progress),
            ("problem", &mut form.problem),
            ("handling", &mut form.handling),
        ];
        read_titles(columns, fields);
    }
}

/// Titles with aliases; one title may not stand for two things.
fn read_titles<const N: usize>(table: Table<'_>, fields: [(&str, &mut Vec<String>); N]) {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    table.only(&names);
    let mut taken: Vec<(String, &str)> = Vec::new();
    for (name, titles) in fields {
        if let Some(written) = table.texts(name) {
            if written.is_empty() {
                table.blame(table.spot(), format!("{name} 至少要有一个名称，第一个印在表上"));
                continue;
            }
            for title in &written {
                let key = near::key(&title.value);
                if let Some((_, other)) = taken.iter().find(|(known, other)| *known == key && *other != name) {
                    table.blame(title.spot, format!("“{}”已经是 {other} 的名称，不能再作 {name} 的名称", title.value));
                }
            }
            *titles = written.into_iter().map(|title| title.value).collect();
        }
        taken.extend(titles.iter().map(|title| (near::key(title), name)));
    }
}
