//! The worked examples and rules of SEMANTICS N, T, O, F, C and S1–S2, told as small worlds whose
//! figures can be checked by head. Each test names the rules it covers.
//!
//! Four rules are not spelled out there and are fixed here:
//! - (a) a term whose scope holds organisations but to which nobody contributed a value makes the
//!   measure missing, or rejected where a rejected cell is the cause; never 0;
//! - (b) a term that no organisation of the unit is expected to report, and none reported, is
//!   not-applicable like one without organisations [F8];
//! - (c) the removal of an organisation for want of a met slot [F6] looks at its slots before the
//!   older stock of T6 is counted as unmet;
//! - (d) in mean pooling an organisation whose own value is impossible by F10 rejects the measure.

#[path = "measure/formulas.rs"]
mod formulas;
#[path = "measure/numbers.rs"]
mod numbers;
#[path = "measure/organisations.rs"]
mod organisations;
#[path = "support/sentence.rs"]
mod sentence;
#[path = "measure/slots.rs"]
mod slots;
#[path = "measure/states.rs"]
mod states;
#[path = "measure/time.rs"]
mod time;
#[path = "support/world.rs"]
mod world;

use kaohe::scorebook::MeasureResult;

/// A measure in a line: `N/D = value; months met/months required; state`.
fn told(measure: &MeasureResult) -> String {
    let figure = |number: &Option<kaohe::number::Exact>| number.as_ref().map_or("-".to_owned(), ToString::to_string);
    let value = match &measure.denominator {
        Some(denominator) => format!("{}/{denominator} = {}", figure(&measure.numerator), figure(&measure.value)),
        None => figure(&measure.value),
    };
    format!("{value}; {}/{}; {}", measure.months_met, measure.months_required, measure.state.id())
}

/// The ids of the reasons given for a state.
fn reasons(measure: &MeasureResult) -> Vec<&'static str> {
    measure.reasons.iter().map(|said| said.phrase.id).collect()
}
