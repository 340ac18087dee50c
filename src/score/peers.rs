//! The scored values of peer groups, for the rules that compare with them (SEMANTICS P8).

use std::collections::BTreeMap;

use crate::catalogue::Indicator;
use crate::formula::Window;
use crate::measure::roster::Unit;
use crate::number::Exact;
use crate::score::criteria::{Criteria, Criterion, Rule};
use crate::score::criterion::{as_policy, usable};
use crate::scorebook::MeasureResult;

/// The values of one unit's peer group for one criterion, by indicator.
#[derive(Debug, Clone, Copy, Default)]
pub struct Peers<'a>(Option<&'a BTreeMap<usize, Vec<Exact>>>);

impl<'a> Peers<'a> {
    /// These values, by indicator, the unit's own among them.
    pub fn among(values: &'a BTreeMap<usize, Vec<Exact>>) -> Self {
        Self(Some(values))
    }

    /// The scored values of an indicator, the unit's own among them, as the policy's thresholds see them [P2].
    pub fn of(self, indicator: usize) -> &'a [Exact] {
        self.0.and_then(|values| values.get(&indicator)).map_or(&[], Vec::as_slice)
    }
}

/// Values by criterion and peer group. Only criteria that compare with peers have any.
#[derive(Debug, Default)]
pub struct PeerGroups(Vec<BTreeMap<String, BTreeMap<usize, Vec<Exact>>>>);

impl PeerGroups {
    /// Gathers the values of the units to which a criterion applies. `measures` stand parallel to `units`.
    pub fn gather(criteria: &Criteria, indicators: &[&Indicator], units: &[Unit], measures: &[Vec<MeasureResult>]) -> Self {
        let of_criterion = |criterion: &Criterion| {
            let mut groups: BTreeMap<String, BTreeMap<usize, Vec<Exact>>> = BTreeMap::new();
            if !criterion.rules().any(Rule::needs_peers) {
                return groups;
            }
            let wanted = criterion.indicators();
            for (unit, measures) in units.iter().zip(measures).filter(|(unit, _)| criterion.asks(criteria, unit)) {
                let group = groups.entry(peer_group(criteria, unit)).or_default();
                for measure in measures.iter().filter(|measure| measure.window == Window::Assessed && wanted.contains(&measure.indicator)) {
                    if let Some(value) = usable(measure) {
                        let value = as_policy(value, indicators[measure.indicator], &criteria.policy);
                        group.entry(measure.indicator).or_default().push(value);
                    }
                }
            }
            groups
        };
        Self(criteria.criteria.iter().map(of_criterion).collect())
    }

    /// What one unit is compared with by the criterion at this index.
    pub fn of(&self, criterion: usize, group: &str) -> Peers<'_> {
        Peers(self.0.get(criterion).and_then(|groups| groups.get(group)))
    }
}

/// The group a unit is ranked and compared in; empty where all are one group [O11].
pub(super) fn peer_group(criteria: &Criteria, unit: &Unit) -> String {
    criteria.peer_group.as_ref().and_then(|name| unit.attributes.get(name).cloned().flatten()).unwrap_or_default()
}
