//! Targets of a unit's own, from the targets file (SCHEMES 3, `task`).

use crate::number::{Exact, Rounding};
use crate::score::criteria::Rule;
use crate::score::criterion::Context;
use crate::score::phrases;
use crate::scorebook::MeasureResult;
use crate::text::Said;

/// The unit's own target, in proportion to the months where the scheme says so; `None` where none is set.
pub(super) fn task_target(rule: &Rule, measure: &MeasureResult, context: Context) -> Option<Exact> {
    let Rule::Task { item, pro_rata, .. } = rule else { return None };
    let target = context.unit.target(item, measure.span)?;
    let share = Exact::from(measure.span.len()).checked_div(&Exact::from(target.span.len()));
    Some(share.filter(|_| *pro_rata).map_or(target.value.clone(), |share| &target.value * &share))
}

/// The same as a report prints it: one in proportion to the months with two decimals more than the value.
pub(super) fn shown_target(rule: &Rule, measure: &MeasureResult, context: Context) -> Option<String> {
    let decimals = context.indicators[measure.indicator].decimals + 2;
    Some(task_target(rule, measure, context)?.round(decimals, Rounding::HalfUp).to_string())
}

/// How a target in proportion to the months came about.
pub(super) fn in_proportion(rule: &Rule, measure: &MeasureResult, context: Context) -> Option<Said> {
    let Rule::Task { item, pro_rata: true, .. } = rule else { return None };
    let target = context.unit.target(item, measure.span).filter(|target| target.span.len() != measure.span.len())?;
    let said = Said::new(&phrases::PRO_RATA).with("span", target.span.to_string()).with("whole", target.value.to_string());
    Some(said.with("months", measure.span.len().to_string()).with("all", target.span.len().to_string()))
}
