//! Worked examples of indicators, computed again from the figures they give.

use crate::assessment::catalogue::CatalogueText;
use crate::assessment::names::{BuiltInNames, KnownNames};
use crate::catalogue::{Catalogue, Form, Indicator};
use crate::codes::catalogue as codes;
use crate::definition::catalogue::IndicatorExample;
use crate::diagnostic::Diagnostic;
use crate::formula::{self, Formula, Fraction, Node, Problem};
use crate::number::Exact;
use crate::state::State;

/// Recomputes every example of these catalogues.
pub(super) fn check<'a>(
    texts: impl IntoIterator<Item = &'a CatalogueText>,
    catalogue: &Catalogue,
    names: &KnownNames,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for text in texts {
        for written in &text.content.indicator {
            let Some(indicator) = catalogue.indicators.iter().find(|indicator| indicator.id == written.value.id.value) else { continue };
            for example in written.value.example.iter() {
                check_one(text, example, indicator, catalogue, names, diagnostics);
            }
        }
    }
}

fn check_one(
    text: &CatalogueText,
    example: &IndicatorExample,
    indicator: &Indicator,
    catalogue: &Catalogue,
    names: &KnownNames,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let origin = || example.expect.origin(&text.file);
    let given: Vec<(Option<Formula>, &Exact)> = example
        .given
        .iter()
        .map(|(key, value)| {
            let (formula, found) = formula::read_formula(&key.value, &key.origin(&text.file), &BuiltInNames(names));
            diagnostics.extend(found.into_iter().filter(Diagnostic::is_error));
            (formula, &value.value)
        })
        .collect();
    match compute(indicator, &given) {
        Ok(Computed { value: found, .. }) => {
            let shown = found.round(indicator.decimals, crate::number::Rounding::HalfUp);
            if shown != example.expect.value.round(indicator.decimals, crate::number::Rounding::HalfUp) {
                let diagnostic = Diagnostic::new(&codes::EXAMPLE_DIFFERS, origin()).with("id", indicator.id.clone());
                diagnostics
                    .push(diagnostic.with("found", found.fixed(indicator.decimals)).with("expected", example.expect.value.to_string()));
            }
        }
        Err(Fault::Lacking(node)) => {
            let name = describe(&node, catalogue);
            diagnostics.push(Diagnostic::new(&codes::EXAMPLE_INCOMPLETE, origin()).with("id", indicator.id.clone()).with("name", name));
        }
        Err(fault) => {
            let state = if matches!(fault, Fault::Rejected) { State::Rejected } else { State::ZeroDenominator };
            let diagnostic = Diagnostic::new(&codes::EXAMPLE_DIFFERS, origin()).with("id", indicator.id.clone());
            diagnostics.push(diagnostic.with("found", state.word()).with("expected", example.expect.value.to_string()));
        }
    }
}

pub(super) fn describe(node: &Node, catalogue: &Catalogue) -> String {
    match node {
        Node::Total(term) => term.describe(&|id| catalogue.item(id).id.to_string()),
        Node::Count(_) => "count[…]".to_owned(),
        _ => "each(…)".to_owned(),
    }
}

/// What an indicator comes to.
pub(super) struct Computed {
    /// N before the factor.
    pub(super) numerator: Exact,
    /// D.
    pub(super) denominator: Exact,
    /// N × factor / D.
    pub(super) value: Exact,
}

/// Figures as given: what each is of, and the number.
pub(super) type Given<'a> = [(Option<Formula>, &'a Exact)];

/// Why an indicator comes to nothing.
pub(super) enum Fault {
    /// A figure is not given.
    Lacking(Node),
    /// Division by 0.
    ZeroDenominator,
    /// A part larger than its whole, events or exposure below 0, or something over nothing [F10].
    Rejected,
}

/// N × factor / D with the figures given.
pub(super) fn compute(indicator: &Indicator, given: &Given) -> Result<Computed, Fault> {
    let mut lacking = None;
    let mut leaf = |node: &Node| {
        let found = figure(node, given);
        if found.is_none() {
            lacking.get_or_insert_with(|| node.clone());
        }
        found.map(Fraction::whole).ok_or(Problem::Missing)
    };
    let numerator = formula::evaluate(&indicator.numerator.node, &mut leaf);
    let denominator =
        indicator.denominator.as_ref().map_or(Ok(Fraction::whole(Exact::one())), |below| formula::evaluate(&below.node, &mut leaf));
    let (Ok(above), Ok(below)) = (numerator, denominator) else { return Err(lacking.map_or(Fault::ZeroDenominator, Fault::Lacking)) };
    let (numerator, denominator) = (&above.numerator * &below.denominator, &above.denominator * &below.numerator);
    if denominator.is_zero() && indicator.form.needs_base() && !numerator.is_zero() {
        return Err(Fault::Rejected);
    }
    let value = (&numerator * &indicator.factor).checked_div(&denominator).ok_or(Fault::ZeroDenominator)?;
    let is_impossible = match indicator.form {
        Form::Proportion => numerator.checked_div(&denominator).is_some_and(|share| share.is_negative() || share > Exact::one()),
        Form::Rate => numerator.is_negative() || denominator.is_negative(),
        _ => false,
    };
    if is_impossible {
        return Err(Fault::Rejected);
    }
    Ok(Computed { numerator, denominator, value })
}

/// A figure given for exactly this leaf, else for its item in the same window.
fn figure(node: &Node, given: &Given) -> Option<Exact> {
    let exactly = given.iter().find(|(formula, _)| formula.as_ref().is_some_and(|formula| formula.node == *node));
    let of_item = || {
        let Node::Total(wanted) = node else { return None };
        let same = |formula: &Formula| matches!(&formula.node, Node::Total(term) if term.scope.is_none() && term.item == wanted.item && term.window == wanted.window);
        given.iter().find(|(formula, _)| formula.as_ref().is_some_and(same))
    };
    if let Some((_, value)) = exactly.or_else(of_item) {
        return Some((*value).clone());
    }
    match node {
        // One organisation is as good an example as many.
        Node::Each(inner) => {
            let mut leaf = |node: &Node| figure(node, given).map(Fraction::whole).ok_or(Problem::Missing);
            formula::evaluate(inner, &mut leaf).ok()?.value().ok()
        }
        Node::WindowMonths => Some(Exact::from(12)),
        Node::WindowDays => Some(Exact::from(365)),
        _ => None,
    }
}
