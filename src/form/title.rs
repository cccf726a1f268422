//! Titles: which column a title names, exactly or nearly, and whether a text is the form's own title.

use super::{Field, Role};
use crate::config::FormSpec;
use crate::near;

/// The known titles of the columns.
pub(super) struct Titles<'a> {
    known: Vec<(Role, &'a str, String)>,
}

/// Longer texts are no titles, remarks in brackets included.
const LONGEST: usize = 120;
/// Longer titles are near to none.
const NEAREST: usize = 20;

impl<'a> Titles<'a> {
    pub(super) fn new(spec: &'a FormSpec) -> Titles<'a> {
        let columns = [
            (Role::Number, &spec.number),
            (Role::Field(Field::Content), &spec.content),
            (Role::Field(Field::Method), &spec.method),
            (Role::Field(Field::Progress), &spec.progress),
            (Role::Field(Field::Problem), &spec.problem),
            (Role::Field(Field::Handling), &spec.handling),
        ];
        let known = columns
            .into_iter()
            .flat_map(|(role, titles)| titles.iter().map(move |title| (role, title.as_str(), near::key(title))))
            .collect();
        Titles { known }
    }

    /// The column that a title names, blanks, width, line breaks and a remark in brackets set aside.
    pub(super) fn exact(&self, title: &str) -> Option<Role> {
        if title.chars().count() > LONGEST {
            return None;
        }
        let whole = near::key(title);
        let bare = bare(&whole);
        self.known.iter().find(|(_, _, key)| *key == whole || *key == bare).map(|(role, _, _)| *role)
    }

    /// The column that a title nearly names, among those not `taken`, with the title meant.
    pub(super) fn near(&self, title: &str, taken: &[Role]) -> Option<(Role, &'a str)> {
        let key = near::key(title);
        if bare(&key).chars().count() > NEAREST {
            return None;
        }
        let free = |role: &Role| *role != Role::Number && !taken.contains(role);
        let meant = |role: Role| {
            let titles = self.known.iter().filter(|(of, _, _)| *of == role).map(|(_, title, _)| *title);
            nearest(bare(&key), titles)
        };
        // A title near two columns names neither.
        let mut found = None;
        let mut roles: Vec<Role> = self.known.iter().map(|(role, _, _)| *role).filter(free).collect();
        roles.dedup();
        for role in roles {
            if let Some((distance, title)) = meant(role) {
                match found {
                    Some((best, _, _)) if best < distance => {}
                    Some((best, _, _)) if best == distance => return None,
                    _ => found = Some((distance, role, title)),
                }
            }
        }
        found.map(|(_, role, title)| (role, title))
    }
}

/// The nearest title of one column, with how near it is.
fn nearest<'a>(typed: &str, titles: impl Iterator<Item = &'a str>) -> Option<(usize, &'a str)> {
    titles
        .filter_map(|title| {
            near::nearest(typed, [title])?;
            Some((strsim::osa_distance(typed, &near::key(title)), title))
        })
        .min_by_key(|(distance, _)| *distance)
}

/// A title without the remark in brackets and the marks behind it.
fn bare(key: &str) -> &str {
    let bare = key.find('(').filter(|at| *at > 0).and_then(|at| key.get(..at)).unwrap_or(key);
    bare.trim_matches(|c: char| matches!(c, ':' | '*' | '.' | '、' | '#'))
}

/// Whether a text is the form's title.
pub(super) fn is_title(text: &str, spec: &FormSpec) -> bool {
    let key = near::key(text);
    if key.chars().count() > 80 {
        return false;
    }
    let core = near::key(&spec.title);
    let core = core.rsplit('}').next().unwrap_or("");
    let core = core.strip_prefix("月份").or_else(|| core.strip_prefix("月")).unwrap_or(core);
    key.ends_with("明细表")
        || key.ends_with("明细表)")
        || (core.chars().count() >= 4 && key.contains(core))
        || key == "附件2"
}
