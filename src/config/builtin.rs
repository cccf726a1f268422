//! The profiles compiled in: one folder of `checklists/` each, the same files a county writes for itself.

/// A built-in profile as written.
pub(super) struct Builtin {
    /// What `profile = "…"` and `--profile` say.
    pub name: &'static str,
    /// Contents, methods, deadline, form, rules, scoring.
    pub profile: Page,
    /// The task lists, in the order of 附件1.
    pub lists: &'static [Page],
}

/// A file of the profile: its name for messages, and its text.
pub(super) struct Page {
    pub file: &'static str,
    pub text: &'static str,
}

macro_rules! page {
    ($path:literal) => {
        Page { file: concat!("checklists/", $path), text: include_str!(concat!("../../checklists/", $path)) }
    };
}

/// Every built-in profile; the first is the default.
pub(super) static BUILTIN: &[Builtin] = &[Builtin {
    name: "dongan",
    profile: page!("dongan/profile.toml"),
    lists: &[page!("dongan/dispatched.toml"), page!("dongan/base.toml"), page!("dongan/township.toml")],
}];

/// The profile of that name.
pub(super) fn named(name: &str) -> Option<&'static Builtin> {
    BUILTIN.iter().find(|builtin| builtin.name == name)
}
