//! Which organisations a term holds (SEMANTICS O6, F3–F5).

use crate::formula::{Condition, CountTerm, ItemId, Term, Truth, Window};
use crate::measure::held::Held;
use crate::measure::plan::{Each, Plan, View};
use crate::measure::roster::Membership;
use crate::measure::window::bits;

/// Whether a term holds an organisation.
pub(super) fn of_term(plan: &Plan, term: &Term, member: &Membership, view: View) -> Truth {
    in_window(term, plan.at(term.window), member, view)
}

/// Whether a term holds an organisation in a window.
pub fn in_window(term: &Term, window: Window, member: &Membership, view: View) -> Truth {
    if member.belongs(window) == 0 {
        return Truth::False;
    }
    // The unit's own figure stands beside its members' unless it is asked for [O6].
    let expected_from = &view.catalogue.item(term.item).expected_from;
    let admits = || expected_from.as_ref().is_some_and(|condition| view.roster.matches(member.organisation, condition));
    if member.is_own_row && !names_role_unit(term.scope.as_ref()) && !admits() {
        return Truth::False;
    }
    decide(term.scope.as_ref(), window, member, view)
}

/// Whether every scope inside an `each` holds an organisation; one without items holds nobody.
pub(super) fn of_each(plan: &Plan, each: &Each, member: &Membership, view: View) -> Truth {
    each.terms.iter().map(|term| of_term(plan, term, member, view)).min().unwrap_or(Truth::False)
}

/// Whether a `count` holds an organisation: it must belong and exist in the window's last month
/// [F5, O1].
pub(super) fn of_count(plan: &Plan, count: &CountTerm, member: &Membership, view: View) -> Truth {
    let window = plan.at(count.window);
    let last = bits(view.roster.windows.len() - 1, 1);
    if member.expected(window) & last == 0 || member.is_own_row && !names_role_unit(count.scope.as_ref()) {
        return Truth::False;
    }
    decide(count.scope.as_ref(), window, member, view)
}

fn names_role_unit(scope: Option<&Condition>) -> bool {
    scope.is_some_and(Condition::names_role_unit)
}

/// Decides a scope once for the organisation and window [F3]. An item with a gap has no value [F4].
fn decide(scope: Option<&Condition>, window: Window, member: &Membership, view: View) -> Truth {
    let Some(condition) = scope else { return Truth::True };
    let item_value = |id: ItemId| {
        let held = Held::gather(id, window, member, view);
        if held.gap().is_none() { held.amount(0).map(|amount| amount.in_units(held.item.decimals)) } else { None }
    };
    condition.decide(&|name| view.roster.attribute(member.organisation, name), &item_value)
}
