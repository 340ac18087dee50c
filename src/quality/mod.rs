//! Checks on the data as a whole: rules of the catalogue, parts against wholes, units against
//! members, reports that nobody asked for.

use crate::catalogue::Catalogue;
use crate::dataset::{Dataset, Key};
use crate::finding::{Finding, Place};
use crate::measure::roster::Roster;
use crate::registry::Registry;

mod checks;
mod linear;
mod parts;
mod unexpected;
mod unit_totals;

/// What the data are checked against.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Items and checks.
    pub catalogue: &'a Catalogue,
    /// Values.
    pub dataset: &'a Dataset,
    /// Organisations.
    pub registry: &'a Registry,
    /// Units and members.
    pub roster: &'a Roster,
}

/// What checking found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Defects and doubts.
    pub findings: Vec<Finding>,
    /// Values that a check at severity error rejects [S5].
    pub rejected: Vec<Key>,
}

/// Runs every check.
pub fn check(view: View) -> Checked {
    let mut checked = checks::check(view);
    checked.findings.extend(parts::check(view));
    checked.findings.extend(unit_totals::check(view));
    checked.findings.extend(unexpected::check(view));
    checked
}

impl View<'_> {
    fn place(&self, (organisation, span, item): Key) -> Place {
        Place {
            organisation: Some(self.registry.get(organisation).code.clone()),
            period: Some(span.to_string()),
            item: Some(self.catalogue.item(item).id.clone()),
            ..Place::default()
        }
    }
}
