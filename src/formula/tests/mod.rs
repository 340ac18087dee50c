//! Tests of the formula language as a whole.

mod conditions;
mod diagnostics;
mod examples;
mod fractions;
mod printing;
mod words;

use super::fixture::{Fixture, origin};
use super::{Condition, Formula, Rule, ScopeOperands, read_formula, read_rule, read_scope};

/// The formula of a text that is right.
#[track_caller]
fn formula(text: &str) -> Formula {
    let (formula, diagnostics) = read_formula(text, &origin(text), &Fixture);
    formula.unwrap_or_else(|| panic!("{text}: {diagnostics:?}"))
}

/// The condition of a scope that is right.
#[track_caller]
fn scope(text: &str) -> Condition {
    let (scope, diagnostics) = read_scope(text, &origin(text), &Fixture, ScopeOperands::AttributesAndItems);
    scope.unwrap_or_else(|| panic!("{text}: {diagnostics:?}"))
}

/// The rule of a text that is right.
#[track_caller]
fn rule(text: &str) -> Rule {
    let (rule, diagnostics) = read_rule(text, &origin(text), &Fixture);
    rule.unwrap_or_else(|| panic!("{text}: {diagnostics:?}"))
}
