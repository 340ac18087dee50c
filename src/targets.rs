//! Dividing targets (任务分解): a total is divided among units by weighted shares of their sizes, in whole numbers that
//! add up to it; targets of quality are the same for all. What was agreed on with a unit in a round of consultation
//! is kept, and the others share the rest.
//!
//! The exact share of a unit is `total × Σ weight × size of the unit / size of all`, the sum going over the measures.

use crate::apportion::{Claim, Infeasible, apportion};
use crate::codes::targets as codes;
use crate::diagnostic::{Diagnostic, Origin};
use crate::number::Exact;
use crate::period::Span;
use crate::text::{Said, Text};

pub mod changes;
pub mod phrases;
mod reason;
#[cfg(test)]
mod tests;

/// What is to be divided among whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Title on every sheet.
    pub title: Text,
    /// What the targets are for.
    pub period: Span,
    /// The version; 0 is the draft before any consultation.
    pub round: u32,
    /// Who gets targets, in the order of every list.
    pub units: Vec<Unit>,
    /// What there are targets for, in the order written.
    pub items: Vec<Item>,
}

/// Somebody who gets targets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its key.
    pub key: String,
    /// Its name; the key where it has none.
    pub name: String,
}

/// Something there are targets for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Id of the item or indicator.
    pub id: String,
    /// Name on sheets.
    pub name: Text,
    /// How the targets of the units are found.
    pub rule: Rule,
}

/// How the targets of the units are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// A total is divided.
    Divided(Quantity),
    /// All units have this target.
    Uniform(Exact),
}

/// A total and how it is divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The total, from 0.
    pub total: i64,
    /// What shares are measured by; the weights sum to 1.
    pub by: Vec<Measure>,
    /// Limits set for all units.
    pub common: Limits,
    /// Limits of each, parallel to the units.
    pub limits: Vec<Limits>,
    /// Where the total is written.
    pub origin: Origin,
}

/// A size of the units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its name, the header of the column.
    pub name: String,
    /// Its weight, 0 to 1.
    pub weight: Exact,
    /// The sizes, parallel to the units; their sum is more than 0.
    pub sizes: Vec<Exact>,
}

/// The limits of a unit's target.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// It gets no less, from 0.
    pub at_least: i64,
    /// It gets no more.
    pub at_most: Option<i64>,
    /// The round in which they were agreed on, and why; `None` for the limits of all.
    pub agreed: Option<(u32, String)>,
}

/// The target of one unit for one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Index of the unit.
    pub unit: usize,
    /// Index of the item.
    pub item: usize,
    /// The target, in the unit of the item.
    pub target: Exact,
    /// Where it comes from, sentence by sentence.
    pub reason: Vec<Said>,
}

impl Measure {
    /// The size of all units together.
    pub fn all(&self) -> Exact {
        self.sizes.iter().sum()
    }

    /// The unit's part of the whole times the weight, 0 to 1.
    fn share(&self, unit: usize) -> Exact {
        self.sizes[unit].checked_div(&self.all()).map_or_else(Exact::zero, |share| &self.weight * &share)
    }
}

impl Quantity {
    /// What each unit may ask for.
    fn claims(&self) -> Vec<Claim> {
        let weight = |unit: usize| self.by.iter().map(|measure| measure.share(unit)).fold(Exact::zero(), |sum, share| sum + share);
        let claim = |(unit, limits): (usize, &Limits)| Claim { weight: weight(unit), at_least: limits.at_least, at_most: limits.at_most };
        self.limits.iter().enumerate().map(claim).collect()
    }
}

/// The targets of all units, item by item.
///
/// # Errors
/// `targets/limits` for every total that cannot be divided within the limits.
pub fn allot(plan: &Plan) -> Result<Vec<Target>, Vec<Diagnostic>> {
    let mut targets = Vec::new();
    let mut wrong = Vec::new();
    for (at, item) in plan.items.iter().enumerate() {
        let target = |unit: usize, target: Exact, reason: Vec<Said>| Target { unit, item: at, target, reason };
        match &item.rule {
            Rule::Uniform(value) => {
                let all = (0..plan.units.len()).map(|unit| target(unit, value.clone(), vec![reason::uniform(value)]));
                targets.extend(all);
            }
            Rule::Divided(quantity) => match apportion(quantity.total, &quantity.claims()) {
                Ok(shares) => {
                    let all = shares.iter().enumerate();
                    targets.extend(all.map(|(unit, share)| target(unit, Exact::from(share.whole), reason::divided(quantity, unit, share))));
                }
                Err(why) => wrong.push(infeasible(item, quantity, why)),
            },
        }
    }
    if wrong.is_empty() { Ok(targets) } else { Err(wrong) }
}

fn infeasible(item: &Item, quantity: &Quantity, why: Infeasible) -> Diagnostic {
    let diagnostic = Diagnostic::new(&codes::LIMITS, quantity.origin.clone());
    diagnostic.with("item", item.name.clone()).with("why", why.words(quantity.total, |count| count.to_string()))
}
