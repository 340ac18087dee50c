//! What changed between two versions of targets.

use std::collections::BTreeMap;

use super::{Plan, Target};
use crate::number::Exact;

/// A target of an earlier version, by the keys it was written with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// Key of the unit.
    pub unit: String,
    /// Id of the item.
    pub item: String,
    /// The target.
    pub target: Exact,
}

/// One target in two versions; at least one of them has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Key of the unit.
    pub unit: String,
    /// Id of the item.
    pub item: String,
    /// In the earlier version.
    pub before: Option<Exact>,
    /// In this version.
    pub after: Option<Exact>,
}

impl Change {
    /// After − before, where both are there.
    pub fn difference(&self) -> Option<Exact> {
        Some(self.after.as_ref()? - self.before.as_ref()?)
    }

    /// The difference in percent of the earlier target; `None` for one of 0.
    pub fn percent(&self) -> Option<Exact> {
        (&self.difference()? * &Exact::from(100)).checked_div(self.before.as_ref()?)
    }
}

/// Every target of either version, those of this version in their order, then those that are gone in the order of
/// the earlier one.
pub fn changes(plan: &Plan, targets: &[Target], earlier: &[Earlier]) -> Vec<Change> {
    let mut before: BTreeMap<(&str, &str), &Exact> =
        earlier.iter().map(|row| ((row.unit.as_str(), row.item.as_str()), &row.target)).collect();
    let mut all: Vec<Change> = Vec::new();
    for target in targets {
        let (unit, item) = (&plan.units[target.unit].key, &plan.items[target.item].id);
        let before = before.remove(&(unit.as_str(), item.as_str())).cloned();
        all.push(Change { unit: unit.clone(), item: item.clone(), before, after: Some(target.target.clone()) });
    }
    let gone = earlier.iter().filter(|row| before.contains_key(&(row.unit.as_str(), row.item.as_str())));
    all.extend(gone.map(|row| Change { unit: row.unit.clone(), item: row.item.clone(), before: Some(row.target.clone()), after: None }));
    all
}
