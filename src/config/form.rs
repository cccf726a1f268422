//! `[form]`: 附件2's title, head fields, columns with their aliases, and 填表说明.

use super::FormSpec;
use super::table::Table;
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

/// Titles with aliases; one title may not stand for two things, read or kept from the profile.
fn read_titles<const N: usize>(table: Table<'_>, mut fields: [(&str, &mut Vec<String>); N]) {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    table.only(&names);
    let mut written = Vec::new();
    for (name, titles) in &mut fields {
        let Some(own) = table.texts(name) else { continue };
        if own.is_empty() {
            table.blame(table.spot_of(name), format!("{name} 至少要有一个名称，第一个印在表上"));
            continue;
        }
        **titles = own.iter().map(|title| title.value.clone()).collect();
        written.extend(own.into_iter().map(|title| (*name, title)));
    }
    for (name, title) in &written {
        let key = near::key(&title.value);
        let mut others = fields.iter().filter(|(other, _)| other != name);
        if let Some((other, _)) = others.find(|(_, titles)| titles.iter().any(|known| near::key(known) == key)) {
            table.blame(title.spot, format!("“{}”也是 {other} 的名称，两栏分不清；请只留一处", title.value));
        }
    }
}
