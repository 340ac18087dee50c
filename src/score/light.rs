//! The light of a value that has lines of attention and alarm.

use crate::score::criteria::Criterion;
use crate::score::criterion::{Context, Scored, as_policy, usable};
use crate::score::kernel::Shown;
use crate::state::State;

/// Adds the light, and the line that was passed, to a score whose value may be used.
pub(super) fn shine(criterion: &Criterion, scored: &mut Scored, context: Context) {
    let measure = scored.score.measure.and_then(|index| context.measures.get(index));
    let (Some(lines), Some(measure)) = (&criterion.lines, measure) else { return };
    // What is too incomplete to be scored may still be alarming; it is shown with its state.
    let value = usable(measure).or_else(|| measure.value.as_ref().filter(|_| measure.state == State::Incomplete));
    let Some(value) = value.filter(|_| scored.score.is_on_sheet && criterion.applies_to_unit(context.unit)) else { return };
    let indicator = context.indicators[measure.indicator];
    let value = as_policy(value, indicator, context.policy);
    let unit = crate::catalogue::unit_word(&indicator.unit);
    let light = lines.light(&value);
    scored.score.light = Some(light.id());
    let said = lines.said(light, &value, &Shown { unit: &unit, decimals: indicator.decimals });
    scored.score.reason.extend(said);
}
