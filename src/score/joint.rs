//! Joint accountability (连坐): a share of a unit's total is the total of its region (SEMANTICS R8).

use std::collections::BTreeMap;

use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::score::criteria::Policy;
use crate::score::extra::Effect;
use crate::score::kernel::shown;
use crate::score::phrases;
use crate::score::total::Total;
use crate::scorebook::Adjustment;
use crate::text::Said;

/// Joint accountability as resolved.
#[derive(Debug, Clone)]
pub struct Joint {
    /// The attribute whose equal values are accountable together.
    pub by: String,
    /// The share of the combined total, 0 to 1.
    pub share: Exact,
}

/// Adds the row to every unit of a region whose units are more than one. The combined total is the mean of the
/// region's own totals; a total that a veto set to 0 stays 0. `totals` stand parallel to `units`.
pub(super) fn apply(joint: &Joint, units: &[Unit], totals: &mut [Total], policy: &Policy) {
    let mut regions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, unit) in units.iter().enumerate() {
        let value = unit.attributes.get(&joint.by).and_then(Option::as_deref).filter(|value| !value.is_empty());
        if let (Some(value), true) = (value, totals[index].total.is_some()) {
            regions.entry(value).or_default().push(index);
        }
    }
    for (region, members) in regions.into_iter().filter(|(_, members)| members.len() > 1) {
        let mean = |pick: &dyn Fn(&Total) -> Option<Exact>| {
            let sum: Exact = members.iter().filter_map(|index| pick(&totals[*index])).collect::<Vec<_>>().iter().sum();
            sum.checked_div(&Exact::from(members.len()))
        };
        let (Some(printed), Some(unrounded)) = (mean(&|total| total.total.clone()), mean(&|total| total.unrounded.clone())) else {
            continue;
        };
        for index in members.iter().copied() {
            share(joint, (region, members.len()), (&printed, &unrounded), &mut totals[index], policy);
        }
    }
}

/// (1 − share) × own + share × combined, as a row.
fn share(joint: &Joint, (region, count): (&str, usize), (combined, unrounded): (&Exact, &Exact), total: &mut Total, policy: &Policy) {
    let is_zeroed = total.vetoes.iter().any(|fired| fired.veto.effects.contains(&Effect::ZeroTotal));
    let Some(own) = total.total.clone().filter(|_| !is_zeroed) else { return };
    let points = (&joint.share * &(combined - &own)).round(policy.points_decimals, policy.rounding);
    let reason = Said::new(&phrases::JOINT)
        .with("share", shown::share(&joint.share))
        .with("region", region)
        .with("count", count.to_string())
        .with("combined", combined.fixed(policy.points_decimals))
        .with("own", own.fixed(policy.points_decimals));
    total.unrounded = total.unrounded.as_ref().map(|own| own + &(&joint.share * &(unrounded - own)));
    total.total = Some(&own + &points);
    total.adjustments.push(Adjustment { step: "joint", id: joint.by.clone(), points, reason: vec![reason] });
}
