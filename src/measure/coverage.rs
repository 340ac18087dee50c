//! Who has reported what: the months that each organisation owes and has delivered, item by item
//! (SEMANTICS C1–C3).

use std::collections::BTreeSet;

use crate::catalogue::Indicator;
use crate::formula::{Condition, ItemId, Window};
use crate::measure::Wanted;
use crate::measure::held::{Held, Values};
use crate::measure::member::Member;
use crate::measure::plan::{Plan, View};
use crate::measure::scope;
use crate::measure::series::Latest;
use crate::measure::window::Mask;
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
pub fn coverage<'a>(needed: &'a [(&Indicator, Wanted)], view: View<'a>) -> impl Iterator<Item = Coverage> + 'a {
    let plans: Vec<(Plan, &Wanted)> = needed.iter().map(|(indicator, wanted)| (Plan::new(indicator, wanted.window), wanted)).collect();
    view.roster.members.iter().flat_map(move |membership| {
        let member = Member::new(membership, view);
        let of_unit = plans.iter().filter(|(_, wanted)| !wanted.excused.contains(&membership.unit));
        let keys: BTreeSet<(ItemId, Window)> = of_unit.flat_map(|(plan, _)| asked(plan, &member)).collect();
        keys.into_iter().map(move |key| of_item(key, &member)).filter(|coverage| coverage.required != 0)
    })
}

/// The items asked of one organisation: those of terms that may hold it, and those that scopes look at.
fn asked(plan: &Plan, member: &Member) -> Vec<(ItemId, Window)> {
    let mut keys = Vec::new();
    for term in plan.terms().filter(|term| scope::may_hold(plan, term, member)) {
        let in_scope = term.scope.iter().flat_map(Condition::items);
        keys.extend(in_scope.chain([term.item]).map(|item| (item, plan.at(term.window))));
    }
    for count in plan.counts.iter().filter(|count| scope::may_count(plan, count, member)) {
        keys.extend(count.scope.iter().flat_map(Condition::items).map(|item| (item, plan.at(count.window))));
    }
    keys
}

fn of_item((item, window): (ItemId, Window), member: &Member) -> Coverage {
    let held = Held::gather(item, window, member);
    let required = held.required();
    let reported = match &held.values {
        Values::Parts(series) => series.covered,
        // An older stock stands in, but the month that is owed is not reported [T6].
        Values::Stock(Some(Latest { steps: Some(_), .. })) if held.gap().is_none() => required,
        Values::Stock(_) => 0,
    };
    let rejected = held.rejected() & required;
    Coverage {
        organisation: member.of.organisation,
        unit: member.of.unit,
        item,
        window,
        required,
        reported: reported & required & !rejected,
        rejected,
    }
}
