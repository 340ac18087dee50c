//! Checks on the data as a whole: what the catalogue asks, parts against wholes, units against
//! members, reports that nobody asked for.

use crate::catalogue::{Asks, Catalogue};
use crate::dataset::{Dataset, Key};
use crate::finding::Place;
use crate::measure::roster::Roster;
use crate::registry::Registry;

mod columns;
mod linear;
mod outliers;
mod own;
mod pairs;
mod parts;
mod plausible;
mod record;
mod repeated;
mod rules;
mod series;
mod unexpected;
mod unit_rules;
mod unit_totals;

pub use plausible::implausible;
pub use record::{Checked, Found, Involved, Tally};

use record::Record;

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

/// Asks every check, and compares what is compared without being asked.
pub fn check(view: View) -> Checked {
    let mut checked = Checked::default();
    for check in &view.catalogue.checks {
        let mut record = Record::new(check, view, &mut checked);
        match &check.asks {
            Asks::Rule { rule, tolerance } => rules::check(rule, tolerance, &mut record),
            Asks::UnitRule { rule, tolerance } => unit_rules::check(rule, tolerance, &mut record),
            Asks::Within(of, band) => columns::within(of, band, &mut record),
            Asks::Together(of) => pairs::together(of, &mut record),
            Asks::Exclusive(of) => pairs::exclusive(of, &mut record),
            Asks::Jump { of, change, min_base } => series::jumps(of, *change, min_base, &mut record),
            Asks::Outlier { of, peers, limit, at_least } => outliers::check(of, peers.as_deref(), limit, *at_least, &mut record),
            Asks::Repeated(of) => repeated::check(of, &mut record),
            Asks::Constant { of, over, at_least } => columns::constant(of, *over, *at_least, &mut record),
            Asks::Slip { of, times } => series::slips(of, *times, &mut record),
        }
        record.close();
    }
    checked.found.extend(parts::check(view));
    checked.found.extend(unit_totals::check(view));
    checked.found.extend(unexpected::check(view));
    checked
}

impl View<'_> {
    fn place(&self, (organisation, span, item): Key) -> Place {
        Place {
            organisation: Some(self.registry.get(organisation).code.clone()),
            period: Some(span.to_string().into()),
            item: Some(self.catalogue.item(item).id.clone()),
            ..Place::default()
        }
    }
}
