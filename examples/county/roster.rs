//! The county's units from `roster.txt`: name, kind, aliases, phone, villages or supervised units, and the people
//! who fill and sign.

/// A unit of the roster.
pub(crate) struct Unit {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) aliases: Vec<String>,
    pub(crate) phone: String,
    pub(crate) supervises: Vec<String>,
    pub(crate) reporter: String,
    pub(crate) mobile: String,
    pub(crate) leader: String,
}

/// One line a unit: name | aliases | phone | supervises | reporter | mobile | leader.
pub(crate) fn read(table: &str) -> Vec<Unit> {
    let lines = table.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines.map(unit).collect()
}

fn unit(line: &str) -> Unit {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let &[name, aliases, phone, supervises, reporter, mobile, leader] = fields.as_slice() else {
        panic!("seven fields wanted: {line}");
    };
    let list = |text: &str| text.split('、').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    Unit {
        name: name.to_owned(),
        kind: if name.ends_with("组") { "dispatched" } else { "township" },
        aliases: list(aliases),
        phone: phone.to_owned(),
        supervises: list(supervises),
        reporter: reporter.to_owned(),
        mobile: mobile.to_owned(),
        leader: leader.to_owned(),
    }
}
