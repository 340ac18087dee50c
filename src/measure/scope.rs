//! Which organisations a term holds (SEMANTICS O6, F3–F5).

use crate::formula::{Condition, CountTerm, ItemId, Term, Truth, Window};
use crate::measure::held::Held;
use crate::measure::member::Member;
use crate::measure::plan::{Each, Plan};
use crate::measure::window::bits;

/// Whether a term holds an organisation.
pub(super) fn of_term(plan: &Plan, term: &Term, member: &Member) -> Truth {
    in_window(term, plan.at(term.window), member)
}

/// Whether a term holds an organisation in a window.
pub fn in_window(term: &Term, window: Window, member: &Member) -> Truth {
    if is_asked(term, window, member) { decide(term.scope.as_ref(), window, member) } else { Truth::False }
}

/// Whether a term may hold an organisation, whatever it reports.
pub(super) fn may_hold(plan: &Plan, term: &Term, member: &Member) -> bool {
    is_asked(term, plan.at(term.window), member) && member.view.roster.may_hold(member.of.organisation, term.scope.as_ref())
}

/// Whether a `count` may hold an organisation, whatever it reports.
pub(super) fn may_count(plan: &Plan, count: &CountTerm, member: &Member) -> bool {
    is_countable(plan, count, member) && member.view.roster.may_hold(member.of.organisation, count.scope.as_ref())
}

fn is_asked(term: &Term, window: Window, member: &Member) -> bool {
    // The unit's own figure stands beside its members' unless it is asked for [O6].
    let expected_from = &member.view.catalogue.item(term.item).expected_from;
    let admits = || expected_from.as_ref().is_some_and(|condition| member.view.roster.matches(member.of.organisation, condition));
    member.of.belongs(window) != 0 && (!member.of.is_own_row || names_role_unit(term.scope.as_ref()) || admits())
}

/// Whether every scope inside an `each` holds an organisation; one without items holds nobody.
pub(super) fn of_each(plan: &Plan, each: &Each, member: &Member) -> Truth {
    each.terms.iter().map(|term| of_term(plan, term, member)).min().unwrap_or(Truth::False)
}

/// Whether a `count` holds an organisation: it must belong and exist in the window's last month
/// [F5, O1].
pub(super) fn of_count(plan: &Plan, count: &CountTerm, member: &Member) -> Truth {
    if !is_countable(plan, count, member) {
        return Truth::False;
    }
    decide(count.scope.as_ref(), plan.at(count.window), member)
}

fn is_countable(plan: &Plan, count: &CountTerm, member: &Member) -> bool {
    let last = bits(member.view.roster.windows.len() - 1, 1);
    member.of.expected(plan.at(count.window)) & last != 0 && (!member.of.is_own_row || names_role_unit(count.scope.as_ref()))
}

fn names_role_unit(scope: Option<&Condition>) -> bool {
    scope.is_some_and(Condition::names_role_unit)
}

/// Decides a scope once for the organisation and window [F3]. An item with a gap has no value [F4].
fn decide(scope: Option<&Condition>, window: Window, member: &Member) -> Truth {
    let Some(condition) = scope else { return Truth::True };
    let item_value = |id: ItemId| {
        let held = Held::gather(id, window, member);
        if held.gap().is_none() { held.amount(0).map(|amount| amount.in_units(held.item.decimals)) } else { None }
    };
    condition.decide(&|name| member.view.roster.attribute(member.of.organisation, name), &item_value)
}
