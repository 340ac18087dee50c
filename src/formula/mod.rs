//! The formula language: from a text in a TOML file to a checked tree that ends in one fraction
//! (DESIGN §3.3, SEMANTICS F1–F10).
//!
//! ```text
//! formula    = sum
//! rule       = sum compare sum { compare sum }                        a check, a veto
//! sum        = product { ( "+" | "-" ) product }
//! product    = signed { ( "*" | "/" ) signed }
//! signed     = [ "-" ] signed | number | "(" sum ")" | call | operand
//! call       = ( "min" | "max" | "abs" | "each" | "target" ) "(" sum { "," sum } ")"
//! operand    = ( "count" | name ) [ "[" scope "]" ] [ "@" window ]
//! window     = "baseline" | "previous" | "prior"
//! scope      = conjunction { "or" conjunction }
//! conjunction = negation { "and" negation }
//! negation   = "not" negation | "(" scope ")" | comparison
//! comparison = name compare literal | name [ "not" ] "in" "(" literal { "," literal } ")"
//! compare    = "=" | "!=" | "<" | "<=" | ">" | ">="
//! literal    = [ "-" ] number | name
//! name       = word | quoted
//! ```
//!
//! A *word* is a run of letters, digits and `_` in any script that is not a number: `discharges`,
//! `出院人数`, `3级手术`. Anything else stands in quotes (`"…"`, `'…'`, `“…”` or `「…」`):
//! `"总收入(万元)"`. `and or not in count min max abs each target` are reserved, unless quoted. A
//! *number* is digits with an optional point, at most 28 digits, no exponent. `×` and `÷`, `≤ ≥ ≠`,
//! and full-width brackets, signs, digits and commas are read as their plain forms.
//!
//! Names are found as window constant (`window_days`, `window_months`), then item, then catalogue
//! constant; inside a scope as registry attribute, then item.
//!
//! Stages: [`parse_formula`] gives the [`ast`] as written, checking gives the [`tree`], [`evaluate`]
//! gives a [`Fraction`]. [`read_formula`], [`read_scope`] and [`read_rule`] do the first two at once.

use crate::diagnostic::{Diagnostic, Origin};

pub mod ast;
mod check;
mod check_scope;
pub mod condition;
mod describe;
pub mod fraction;
mod lint;
pub mod names;
mod parser;
mod print;
mod token;
pub mod tolerance;
pub mod tree;
pub mod unit;
mod words;

#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;

pub use ast::quote;
pub use check::not_additive;
pub use condition::{Compare, Condition, Test, Truth};
pub use fraction::{Fraction, Problem, evaluate};
pub use names::{ItemName, NameKind, Names, ScopeOperands};
pub use parser::{parse_formula, parse_rule, parse_scope};
pub use tolerance::Tolerance;
pub use tree::{CountTerm, Formula, ItemId, Node, Rule, Term, Window};
pub use unit::UnitExpr;

/// What reading gives: the checked thing unless there was an error, and every diagnostic of the text,
/// warnings included.
pub type Read<T> = (Option<T>, Vec<Diagnostic>);

/// Parses and checks a formula. `origin` is the TOML value it stands in.
pub fn read_formula(text: &str, origin: &Origin, names: &dyn Names) -> Read<Formula> {
    match parse_formula(text, origin) {
        Ok(expr) => check::formula(&expr, text, origin, names),
        Err(diagnostics) => (None, diagnostics),
    }
}

/// Parses and checks a scope that stands alone: `where`, `applies_to`, `expected_from`.
pub fn read_scope(text: &str, origin: &Origin, names: &dyn Names, operands: ScopeOperands) -> Read<Condition> {
    match parse_scope(text, origin) {
        Ok(scope) => check::scope(&scope, origin, names, operands),
        Err(diagnostics) => (None, diagnostics),
    }
}

/// Parses and checks a comparison of formulas: the `rule` of a check, the formula of a veto [S5, R9].
pub fn read_rule(text: &str, origin: &Origin, names: &dyn Names) -> Read<Rule> {
    match parse_rule(text, origin) {
        Ok(rule) => check::rule(&rule, text, origin, names),
        Err(diagnostics) => (None, diagnostics),
    }
}
