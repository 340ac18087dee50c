//! Who has reported what: the months that each organisation owes and has delivered, item by item
//! (SEMANTICS C1–C3).

use std::collections::BTreeMap;

use crate::catalogue::Indicator;
use crate::formula::{ItemId, Term, Truth, Window};
use crate::measure::held::{Held, Values};
use crate::measure::plan::{Plan, View};
use crate::measure::roster::Membership;
use crate::measure::scope;
use crate::measure::window::{Latest, Mask};
use crate::registry::OrgId;

/// What one organisation owes of one item in one window, as positions of the window. Of a stock only
/// the last month is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// The organisation.
    pub organisation: OrgId,
    /// Index of the unit it is looked at for.
    pub unit: usize,
    /// The item.
    pub item: ItemId,
    /// The window.
    pub window: Window,
    /// Months for which a value is expected, or was rejected.
    pub required: Mask,
    /// Those of them with a usable value.
    pub reported: Mask,
    /// Those of them whose value was rejected.
    pub rejected: Mask,
}

impl Coverage {
    /// Months that are owed and neither reported nor rejected.
    pub fn missing(&self) -> Mask {
        self.required & !self.reported & !self.rejected
    }
}

/// Every item that these indicators need in these windows, for every organisation that owes it; by
/// unit, organisation code, item and window.
pub fn coverage(needed: &[(&Indicator, Window)], view: View) -> Vec<Coverage> {
    let plans: Vec<Plan> = needed.iter().map(|(indicator, window)| Plan::new(indicator, *window)).collect();
    let mut found = Vec::new();
    for member in &view.roster.members {
        let mut of_member: BTreeMap<(ItemId, Window), Coverage> = BTreeMap::new();
        for plan in &plans {
            for term in terms(plan) {
                let key = (term.item, plan.at(term.window));
                if !of_member.contains_key(&key) && scope::of_term(plan, term, member, view) != Truth::False {
                    of_member.insert(key, of_item(key, member, view));
                }
            }
        }
        found.extend(of_member.into_values().filter(|coverage| coverage.required != 0));
    }
    found
}

fn terms<'p>(plan: &'p Plan) -> impl Iterator<Item = &'p Term> {
    plan.sums.iter().copied().chain(plan.eaches.iter().flat_map(|each| each.terms.iter().copied()))
}

fn of_item((item, window): (ItemId, Window), member: &Membership, view: View) -> Coverage {
    let held = Held::gather(item, window, member, view);
    let required = held.required();
    let reported = match &held.values {
        Values::Parts(series) => series.covered,
        // An older stock stands in, but the month that is owed is not reported [T6].
        Values::Stock(Some(Latest { steps: Some(_), .. })) if held.gap().is_none() => required,
        Values::Stock(_) => 0,
    };
    let rejected = held.rejected() & required;
    Coverage {
        organisation: member.organisation,
        unit: member.unit,
        item,
        window,
        required,
        reported: reported & required & !rejected,
        rejected,
    }
}
