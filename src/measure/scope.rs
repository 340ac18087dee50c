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
    if is_asked(term, window, member, view) { decide(term.scope.as_ref(), window, member, view) } else { Truth::False }
}

/// Whether a term may hold an organisation, whatever it reports.
pub(super) fn may_hold(plan: &Plan, term: &Term, member: &Membership, view: View) -> bool {
    is_asked(term, plan.at(term.window), member, view) && view.roster.may_hold(member.organisation, term.scope.as_ref())
}

/// Whether a `count` may hold an organisation, whatever it reports.
pub(super) fn may_count(plan: &Plan, count: &CountTerm, member: &Membership, view: View) -> bool {
    is_countable(plan, count, member, view) && view.roster.may_hold(member.organisation, count.scope.as_ref())
}

fn is_asked(term: &Term, window: Window, member: &Membership, view: View) -> bool {
    // The unit's own figure stands beside its members' unless it is asked for [O6].
    let expected_from = &view.catalogue.item(term.item).expected_from;
    let admits = || expected_from.as_ref().is_some_and(|condition| view.roster.matches(member.organisation, condition));
    member.belongs(window) != 0 && (!member.is_own_row || names_role_unit(term.scope.as_ref()) || admits())
}

/// Whether every scope inside an `each` holds an organisation; one without items holds nobody.
pub(super) fn of_each(plan: &Plan, each: &Each, member: &Membership, view: View) -> Truth {
    each.terms.iter().map(|term| of_term(plan, term, member, view)).min().unwrap_or(Truth::False)
}

/// Whether a `count` holds an organisation: it must belong and exist in the window's last month
/// [F5, O1].
pub(super) fn of_count(plan: &Plan, count: &CountTerm, member: &Membership, view: View) -> Truth {
    if !is_countable(plan, count, member, view) {
        return Truth::False;
    }
    decide(count.scope.as_ref(), plan.at(count.window), member, view)
}

fn is_countable(plan: &Plan, count: &CountTerm, member: &Membership, view: View) -> bool {
    let last = bits(view.roster.windows.len() - 1, 1);
    member.expected(plan.at(count.window)) & last != 0 && (!member.is_own_row || names_role_unit(count.scope.as_ref()))
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
