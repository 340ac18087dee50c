//! What is wrong with a rule's parameters, ready to be pointed at in the file.

use crate::code::Code;
use crate::codes::criteria;
use crate::diagnostic::{Diagnostic, Origin};
use crate::number::Exact;
use crate::text::{Filled, Said};

/// A parameter that cannot be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What kind.
    pub code: &'static Code,
    /// Key of the parameter in the rule's table, spelled as in a criteria file; the rule's own
    /// name where it is the rule as a whole.
    pub field: &'static str,
    /// Position in the rule's list, from 0, where the rule is a list.
    pub entry: Option<usize>,
    /// What was found, with the values.
    pub message: Said,
}

impl Problem {
    /// A problem of this kind with one parameter.
    pub(crate) fn new(code: &'static Code, field: &'static str) -> Self {
        Self { code, field, entry: None, message: Said::new(&code.message) }
    }

    /// A rule that needs a direction, on an indicator without one.
    pub(crate) fn no_direction(rule: &'static str) -> Self {
        Self::new(&criteria::NO_DIRECTION, rule).with("rule", rule)
    }

    /// Fills one hole of the message.
    #[must_use]
    pub(crate) fn with(mut self, hole: &'static str, value: impl Into<Filled>) -> Self {
        self.message = self.message.with(hole, value);
        self
    }

    /// The same problem in one entry of the rule's list.
    #[must_use]
    pub(crate) fn in_entry(self, entry: usize) -> Self {
        Self { entry: Some(entry), ..self }
    }

    /// The diagnostic at the place where the parameter stands.
    pub fn at(self, origin: impl Into<Option<Origin>>) -> Diagnostic {
        Diagnostic { code: self.code, origin: origin.into(), message: self.message, suggestions: Vec::new() }
    }
}

/// The problem of a parameter that must be above 0 and is not.
pub(crate) fn not_positive(field: &'static str, value: &Exact) -> Option<Problem> {
    (value.is_negative() || value.is_zero()).then(|| found(&criteria::NOT_POSITIVE, field, value))
}

/// The problem of a parameter that must not be below 0 and is.
pub(crate) fn negative(field: &'static str, value: &Exact) -> Option<Problem> {
    value.is_negative().then(|| found(&criteria::NEGATIVE, field, value))
}

/// The problem of a share of full points outside 0 to 1 [P1].
pub(crate) fn not_a_share(field: &'static str, value: &Exact) -> Option<Problem> {
    (value.is_negative() || *value > Exact::one()).then(|| found(&criteria::SHARE_OUTSIDE, field, value))
}

fn found(code: &'static Code, field: &'static str, value: &Exact) -> Problem {
    Problem::new(code, field).with("field", field).with("value", value.to_string())
}
