//! The court. Takes a form and what may be chosen in it; gives findings. Rules look at facts only; levels
//! come from the settings and are set in one place, the `Sink`.

mod finding;
mod rule;

pub(crate) use finding::{At, Finding, Sink};
pub(crate) use rule::{Check, Context, Family, Rule};

/// Every family, in the order of the form. A family that nobody put here is dead code, which the compiler reports.
pub(crate) static FAMILIES: &[&Family] = &[];

/// Rules that are not raised by looking at one form but by the walk, the verdict and the tally; they have
/// pages and levels like the rest.
pub(crate) static ELSEWHERE: &[&Rule] = &[];

/// Every rule, in the order of `product.md` section 5.
pub(crate) fn all() -> impl Iterator<Item = &'static Rule> {
    ELSEWHERE.iter().copied().chain(FAMILIES.iter().flat_map(|family| family.rules.iter().copied()))
}

/// The rule of that name.
pub(crate) fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// Runs every family over one form.
pub(crate) fn check_form(context: &Context<'_>, sink: &mut Sink<'_>) {
    for family in FAMILIES {
        match family.check {
            Check::Cell(check) => {
                for record in &context.form.records {
                    for cell in record.cells() {
                        check(context, record, cell, sink);
                    }
                }
            }
            Check::Record(check) => {
                for record in &context.form.records {
                    check(context, record, sink);
                }
            }
            Check::Form(check) => check(context, sink),
        }
    }
}
