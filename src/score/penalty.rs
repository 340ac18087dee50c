//! Penalties (扣分) of a unit (SEMANTICS R1, R2).

use crate::number::Exact;
use crate::score::criterion::Context;
use crate::score::deduct::{Found, Stop, counted};
use crate::score::extra::Penalty;
use crate::score::kernel::Lost;
use crate::score::phrases;
use crate::text::Said;

/// What a penalty came to.
pub(super) enum Due {
    /// Points, and why; they may be 0.
    Points(Exact, Vec<Said>),
    /// Its count is not known: the unit is provisional.
    Open(Said),
}

/// The points that a penalty costs, not yet limited by what there is to lose.
pub(super) fn due(penalty: &Penalty, context: Context) -> Due {
    let named =
        |reason: Vec<Said>| std::iter::once(Said::new(&phrases::ADJUSTMENT_OF).with("name", penalty.name.clone())).chain(reason).collect();
    match counted(&penalty.of, &penalty.id, context, |count, shown| penalty.rule.lost(count, shown)) {
        Ok(Found::Value(Lost { points, reason })) => {
            Due::Points(points.round(context.policy.points_decimals, context.policy.rounding), named(reason))
        }
        Ok(Found::Excused(reason)) => Due::Points(Exact::zero(), named(reason)),
        Err(Stop::State(..) | Stop::NotJudged | Stop::NoEvidence) => {
            Due::Open(Said::new(&phrases::PROVISIONAL_PENALTY).with("penalty", penalty.name.clone()))
        }
    }
}
