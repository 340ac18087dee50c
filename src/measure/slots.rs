//! Same organisation-periods: what one organisation contributes to one indicator (SEMANTICS F3–F8,
//! C1–C3).
//!
//! A *slot* is a position of the window. It is met if everything the indicator requires of the
//! organisation there was reported, in every window the formula names. An unmet slot contributes to
//! no term, so numerator and denominator always stand on the same organisation-periods.

use crate::catalogue::{Catalogue, Indicator, Item, Time};
use crate::dataset::Dataset;
use crate::formula::{self, Condition, CountTerm, Fraction, ItemId, Node, Problem, Term, Truth, Window};
use crate::measure::roster::{Membership, Roster};
use crate::measure::window::{Latest, Mask, Series, bits, choose, latest};
use crate::number::Exact;
use crate::registry::Registry;

/// An indicator ready to be measured in one window.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The indicator.
    pub indicator: &'a Indicator,
    /// The window measured; a term without `@` refers to it.
    pub window: Window,
    /// Terms outside `each`, distinct, in order of appearance.
    pub sums: Vec<&'a Term>,
    /// `each(…)` expressions.
    pub eaches: Vec<&'a Node>,
    /// `count[…]` terms.
    pub counts: Vec<&'a CountTerm>,
}

impl<'a> Plan<'a> {
    /// Collects the distinct leaves of both formulas.
    pub fn new(indicator: &'a Indicator, window: Window) -> Self {
        let mut plan = Self { indicator, window, sums: Vec::new(), eaches: Vec::new(), counts: Vec::new() };
        for formula in indicator.formulas() {
            formula.node.leaves(&mut |leaf| match leaf {
                Node::Total(term) if !plan.sums.contains(&term) => plan.sums.push(term),
                Node::Count(count) if !plan.counts.contains(&count) => plan.counts.push(count),
                Node::Each(_) if !plan.eaches.contains(&leaf) => plan.eaches.push(leaf),
                _ => {}
            });
        }
        plan
    }

    /// The window a term refers to when this window is measured.
    pub fn at(&self, window: Window) -> Window {
        if window == Window::Assessed { self.window } else { window }
    }
}

/// A number one organisation adds to a term.
#[derive(Debug, Clone, PartialEq)]
pub enum Amount {
    /// Whole steps of the item, summed by the engine.
    Steps(i64),
    /// An average over time, which need not be whole steps.
    Exact(Exact),
}

/// Months of one item that an organisation did not deliver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// The item.
    pub item: ItemId,
    /// The window.
    pub window: Window,
    /// Positions without a usable value.
    pub months: Mask,
    /// Those of them whose value was rejected.
    pub rejected: Mask,
    /// Those of them covered by a value that reaches out of the window [T4].
    pub sticks_out: Mask,
    /// For a stock: the position of the older value that stands in its place [T6].
    pub older: Option<usize>,
}

impl Amount {
    /// The amount in the item's unit.
    pub fn in_units(&self, decimals: u32) -> Exact {
        match self {
            Self::Steps(steps) => Exact::from_steps(i128::from(*steps), decimals),
            Self::Exact(steps) => steps * &Exact::from_steps(1, decimals),
        }
    }
}

/// What one organisation contributes to one indicator.
#[derive(Debug, Clone, Default)]
pub struct Share {
    /// Amounts, parallel to [`Plan::sums`].
    pub sums: Vec<Option<Amount>>,
    /// Amounts, parallel to [`Plan::eaches`].
    pub eaches: Vec<Option<Exact>>,
    /// Whether it is counted, parallel to [`Plan::counts`].
    pub counts: Vec<bool>,
    /// Whether each sum, then each `each`, has this organisation in its scope [F8].
    pub held: Vec<bool>,
    /// Required slots [C1].
    pub required: Mask,
    /// Required slots that are met [C2].
    pub met: Mask,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// True if a scope could not be decided [F4].
    pub undecided: bool,
    /// True if a cell it needs was rejected, in any window [S4].
    pub touches_rejected: bool,
    /// An arithmetic fault inside `each`.
    pub problem: Option<Problem>,
}

/// Everything needed to look at one organisation.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Items.
    pub catalogue: &'a Catalogue,
    /// Values.
    pub dataset: &'a Dataset,
    /// Organisations.
    pub registry: &'a Registry,
    /// Units, members, windows.
    pub roster: &'a Roster,
}

struct Held<'a> {
    item: &'a Item,
    id: ItemId,
    window: Window,
    values: Values,
    expected: Mask,
}

enum Values {
    Parts(Series),
    Stock(Option<Latest>),
}

/// Works out one organisation's share of an indicator.
pub fn share(plan: &Plan, member: &Membership, view: View) -> Share {
    let mut share = Share::default();
    let last = bits(view.roster.windows.len() - 1, 1);
    let mut held = Vec::new();
    let inner: Vec<&Term> = plan.eaches.iter().flat_map(|each| terms_of(each)).collect();
    for term in plan.sums.iter().copied().chain(inner.iter().copied()) {
        match term_truth(plan, term, member, view) {
            Truth::True => held.push(Some(gather(plan, term, member, view))),
            truth => {
                share.undecided |= truth == Truth::Unknown;
                // Whether it holds is open, so what it would require is required [F4].
                if truth == Truth::Unknown {
                    share.required |= expected(plan, term, member, view);
                }
                held.push(None);
            }
        }
    }
    for count in &plan.counts {
        let truth = count_truth(plan, count, member, view);
        share.undecided |= truth == Truth::Unknown;
        let member_at_end = member.belongs(plan.at(count.window)) & last != 0;
        share.counts.push(truth == Truth::True && member_at_end);
        if truth != Truth::False && member_at_end {
            share.required |= last;
        }
    }
    let blocked = meet_slots(&mut share, held.iter().flatten(), last);
    fill(&mut share, plan, &held, &inner, blocked);
    share
}

/// Finds required and met slots; returns the positions that contribute to no term, all if the
/// organisation is removed [F6, F7].
fn meet_slots<'a, 'b: 'a>(share: &mut Share, held: impl Iterator<Item = &'a Held<'b>> + Clone, last: Mask) -> Mask {
    let mut blocked: Mask = 0;
    let mut stale: Mask = 0;
    let mut removed = share.undecided;
    for entry in held.clone() {
        match &entry.values {
            Values::Parts(series) => {
                // A rejected cell is an unmet slot also where nothing was expected [S1].
                let required = entry.expected | series.rejected;
                let unmet = required & !series.covered;
                share.required |= required;
                share.touches_rejected |= series.rejected != 0;
                blocked |= unmet;
                share.note_gap(entry, unmet, series.rejected, series.sticks_out & unmet, None);
            }
            Values::Stock(found) => {
                let rejected = found.is_some_and(|latest| latest.steps.is_none());
                let required = (entry.expected & last) | if rejected { last } else { 0 };
                share.required |= required;
                share.touches_rejected |= rejected;
                match found {
                    Some(Latest { steps: Some(_), position }) if required != 0 && bits(*position, 1) != last => {
                        stale |= last;
                        share.note_gap(entry, last, 0, 0, Some(*position));
                    }
                    Some(Latest { steps: Some(_), .. }) => {}
                    _ if required != 0 => {
                        removed = true;
                        share.note_gap(entry, last, if rejected { last } else { 0 }, 0, None);
                    }
                    _ => {}
                }
            }
        }
    }
    spread(&mut blocked, held);
    let usable = share.required & !blocked;
    removed |= share.required != 0 && usable == 0;
    share.met = if removed { 0 } else { usable & !stale };
    if removed { Mask::MAX } else { blocked }
}

/// A value that covers several months makes one slot group: met together or not [F7].
fn spread<'a, 'b: 'a>(blocked: &mut Mask, held: impl Iterator<Item = &'a Held<'b>> + Clone) {
    loop {
        let before = *blocked;
        for entry in held.clone() {
            if let Values::Parts(series) = &entry.values {
                for part in series.parts.iter().filter(|part| part.mask & before != 0) {
                    *blocked |= part.mask;
                }
            }
        }
        if *blocked == before {
            return;
        }
    }
}

fn fill(share: &mut Share, plan: &Plan, held: &[Option<Held>], inner: &[&Term], blocked: Mask) {
    let (sums, insides) = held.split_at(plan.sums.len());
    for entry in sums {
        // A term that nobody of the unit is expected to report, or reported, has no ground [F8].
        share.held.push(entry.as_ref().is_some_and(Held::has_ground) || share.undecided);
        share.sums.push(entry.as_ref().and_then(|entry| entry.amount(blocked)));
    }
    let inside = |term: &Term| inner.iter().position(|candidate| *candidate == term).and_then(|at| insides[at].as_ref());
    for each in &plan.eaches {
        share.held.push(share.undecided || terms_of(each).iter().all(|term| inside(term).is_some_and(Held::has_ground)));
        let own = formula::evaluate(each_body(each), &mut |leaf| match leaf {
            Node::Total(term) => {
                let held = inside(term).ok_or(Problem::Missing)?;
                held.amount(blocked).map(|amount| Fraction::whole(amount.in_units(held.item.decimals))).ok_or(Problem::Missing)
            }
            _ => Err(Problem::Missing),
        });
        // An organisation that has nothing to multiply simply takes no part; a fault is a fault.
        match own.and_then(|fraction| fraction.value()) {
            Ok(value) => share.eaches.push(Some(value)),
            Err(problem) => {
                share.problem = share.problem.take().or(Some(problem).filter(|problem| *problem != Problem::Missing));
                share.eaches.push(None);
            }
        }
    }
    if blocked == Mask::MAX {
        share.counts.fill(false);
    }
}

impl Held<'_> {
    fn has_ground(&self) -> bool {
        self.expected != 0
            || match &self.values {
                Values::Parts(series) => !series.parts.is_empty() || series.sticks_out != 0,
                Values::Stock(found) => found.is_some(),
            }
    }

    /// What it adds when these positions are blocked.
    fn amount(&self, blocked: Mask) -> Option<Amount> {
        match &self.values {
            Values::Stock(found) => (blocked != Mask::MAX).then_some(found.as_ref()?.steps).flatten().map(Amount::Steps),
            Values::Parts(series) => {
                let open = || {
                    series
                        .parts
                        .iter()
                        .filter(|part| part.mask & blocked == 0)
                        .filter_map(|part| Some((part.mask.count_ones(), part.steps?)))
                };
                open().next()?;
                if self.item.time == Time::Mean {
                    let months: u32 = open().map(|(months, _)| months).sum();
                    let weighted: i128 = open().map(|(months, steps)| i128::from(months) * i128::from(steps)).sum();
                    Exact::from_steps(weighted, 0).checked_div(&Exact::from(i64::from(months))).map(Amount::Exact)
                } else {
                    Some(Amount::Steps(open().map(|(_, steps)| steps).sum()))
                }
            }
        }
    }
}

impl Share {
    fn note_gap(&mut self, held: &Held, months: Mask, rejected: Mask, sticks_out: Mask, older: Option<usize>) {
        if months != 0 {
            self.gaps.push(Gap { item: held.id, window: held.window, months, rejected, sticks_out, older });
        }
    }
}

fn gather<'a>(plan: &Plan, term: &Term, member: &Membership, view: View<'a>) -> Held<'a> {
    let window = plan.at(term.window);
    let item = view.catalogue.item(term.item);
    let belongs = member.belongs(window);
    let reported = view.dataset.series(member.organisation, term.item);
    let values = match (view.roster.windows.span(window), item.time) {
        (None, _) => Values::Stock(None),
        (Some(span), Time::Stock) => Values::Stock(latest(reported, span, belongs)),
        (Some(span), Time::Flow | Time::Mean) => {
            let mut series = Series::default();
            choose(reported, span, belongs, &mut series);
            Values::Parts(series)
        }
    };
    Held { item, id: term.item, window, values, expected: expected(plan, term, member, view) }
}

/// Positions at which the item of a term must be reported [C3].
fn expected(plan: &Plan, term: &Term, member: &Membership, view: View) -> Mask {
    let item = view.catalogue.item(term.item);
    let admitted = item.expected_from.as_ref().is_none_or(|condition| holds(condition, member, view));
    if admitted { member.expected(plan.at(term.window)) } else { 0 }
}

/// Decides a condition on attributes alone.
fn holds(condition: &Condition, member: &Membership, view: View) -> bool {
    condition.decide(&|name| view.roster.attribute(member.organisation, name), &|_| None) == Truth::True
}

fn term_truth(plan: &Plan, term: &Term, member: &Membership, view: View) -> Truth {
    let window = plan.at(term.window);
    if member.belongs(window) == 0 {
        return Truth::False;
    }
    if member.is_own_row {
        // The unit's own figure stands beside its members' unless it is asked for [O6].
        let named = term.scope.as_ref().is_some_and(Condition::names_role_unit);
        let admitted = view.catalogue.item(term.item).expected_from.as_ref().is_some_and(|condition| holds(condition, member, view));
        if !named && !admitted {
            return Truth::False;
        }
    }
    scope_truth(plan, term.scope.as_ref(), window, member, view)
}

fn count_truth(plan: &Plan, count: &CountTerm, member: &Membership, view: View) -> Truth {
    if member.is_own_row && !count.scope.as_ref().is_some_and(Condition::names_role_unit) {
        return Truth::False;
    }
    scope_truth(plan, count.scope.as_ref(), plan.at(count.window), member, view)
}

/// Decides a scope once for the organisation and window [F3, F4].
fn scope_truth(plan: &Plan, scope: Option<&Condition>, window: Window, member: &Membership, view: View) -> Truth {
    let Some(condition) = scope else { return Truth::True };
    let item_value = |id: ItemId| {
        let term = Term { item: id, scope: None, window };
        let held = gather(plan, &term, member, view);
        let complete = match &held.values {
            Values::Parts(series) => held.expected & !series.covered == 0 && series.rejected == 0,
            Values::Stock(found) => found.is_none_or(|latest| latest.position + 1 == view.roster.windows.len() || held.expected == 0),
        };
        if complete { held.amount(0).map(|amount| amount.in_units(held.item.decimals)) } else { None }
    };
    condition.decide(&|name| view.roster.attribute(member.organisation, name), &item_value)
}

fn each_body(each: &Node) -> &Node {
    if let Node::Each(body) = each { body } else { each }
}

fn terms_of(each: &Node) -> Vec<&Term> {
    let mut terms = Vec::new();
    each_body(each).leaves(&mut |leaf| {
        if let Node::Total(term) = leaf {
            terms.push(term);
        }
    });
    terms
}
