//! To which unit an organisation belongs in a month, for referrals within a group [O3, O4].

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Records;
use crate::period::{Month, Span};
use crate::registry::{OrgId, Registry, Stay};

/// Units by number.
#[derive(Debug)]
pub(super) struct Units {
    assessed: Option<Span>,
    /// By organisation: its stays, each with the number of its unit, a blank one aside.
    stays: Vec<Vec<(Stay, usize)>>,
}

impl Units {
    /// The units of a registry.
    pub(super) fn new(records: &Records, registry: &Registry) -> Self {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut stays = Vec::new();
        for organisation in registry.organisations() {
            let mut own = Vec::new();
            for stay in &organisation.stays {
                let Some(unit) = stay.attributes.get(&records.unit) else { continue };
                let next = numbers.len();
                let number = *numbers.entry(unit).or_insert(next);
                own.push((Stay { attributes: Arc::default(), ..*stay }, number));
            }
            stays.push(own);
        }
        Self { assessed: records.assessed, stays }
    }

    /// True if both belong to the same unit.
    pub(super) fn are_same(&self, one: OrgId, other: OrgId, month: Month) -> bool {
        let month = self.month_of_membership(month);
        let unit = |id: OrgId| self.stays.get(id.0)?.iter().find(|(stay, _)| stay.covers(month)).map(|(_, unit)| *unit);
        unit(one).is_some_and(|unit_of_one| unit(other) == Some(unit_of_one))
    }

    /// The month by whose membership a row of this month is judged: the same month of the assessed year, where there is
    /// one, so that earlier figures are of the same groups [O4].
    fn month_of_membership(&self, month: Month) -> Month {
        let Some(assessed) = self.assessed else { return month };
        let mut later = month;
        while later < assessed.first() {
            later = later.plus(12);
        }
        if assessed.has(later) { later } else { month }
    }
}
