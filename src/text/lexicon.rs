//! Word lists, built in and added by a project.

/// The words that the reading knows: surnames, posts, unit shapes, loose times, judgements, measures.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {}

impl Lexicon {
    /// The built-in lists together with a county's own units (names, aliases, supervised units and villages).
    pub(crate) fn new<'a>(units: impl IntoIterator<Item = &'a str>) -> Lexicon {
        let _ = units.into_iter().count();
        Lexicon {}
    }
}
