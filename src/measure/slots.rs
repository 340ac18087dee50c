//! Same organisation-periods: what one organisation contributes to one indicator (SEMANTICS F4–F8,
//! C1–C3).
//!
//! A *slot* is a position of the window. It is met if everything the indicator requires of the
//! organisation there was reported, in every window the formula names. An unmet slot contributes to
//! no term, so numerator and denominator always stand on the same organisation-periods.

use crate::formula::{self, Condition, Fraction, ItemId, Node, Problem, Term, Truth, Window};
use crate::measure::held::{self, Amount, Gap, Held, Values};
use crate::measure::member::Member;
use crate::measure::plan::{Each, Plan, View};
use crate::measure::scope;
use crate::measure::window::{Mask, bits};
use crate::number::Exact;
use crate::period::Span;

/// What one organisation contributes to one indicator.
#[derive(Debug, Clone, Default)]
pub struct Share {
    /// Amounts, parallel to [`Plan::sums`].
    pub sums: Vec<Option<Amount>>,
    /// What it forms, parallel to [`Plan::eaches`]; `Missing` where it takes no part.
    pub eaches: Vec<Result<Exact, Problem>>,
    /// Whether it is counted, parallel to [`Plan::counts`].
    pub counts: Vec<bool>,
    /// Whether each sum, then each `each`, has this organisation in its scope [F8].
    pub held: Vec<bool>,
    /// Required slots [C1].
    pub required: Mask,
    /// Required slots that are met [C2].
    pub met: Mask,
    /// Positions that contribute to no term; all of them if the organisation is removed [F6].
    pub blocked: Mask,
    /// What is missing.
    pub gaps: Vec<Gap>,
    /// Values it adds that replaced reported ones [S1].
    pub replaced: Vec<(ItemId, Span)>,
    /// True if a scope could not be decided [F4].
    pub undecided: bool,
    /// True if a cell it needs was rejected, in any window [S4].
    pub touches_rejected: bool,
}

/// Room in which the shares of one organisation after another are worked out: there may be millions.
#[derive(Debug, Default)]
pub struct Desk<'a> {
    held: Vec<Option<Held<'a>>>,
    share: Share,
}

impl<'a> Desk<'a> {
    /// Works out one organisation's share of an indicator, in the place of the one before.
    pub fn share(&mut self, plan: &Plan, member: &'a Member<'a>) -> &Share {
        let Self { held, share } = self;
        share.clear();
        if share.is_all_there(plan, member) {
            return share;
        }
        share.clear();
        held.clear();
        for term in &plan.sums {
            let truth = scope::of_term(plan, term, member);
            share.hold(held, plan, truth, &[term], member);
        }
        for each in &plan.eaches {
            let truth = scope::of_each(plan, each, member);
            share.hold(held, plan, truth, &each.terms, member);
        }
        for count in &plan.counts {
            let truth = scope::of_count(plan, count, member);
            share.counts.push(truth == Truth::True);
            if truth != Truth::False {
                share.required |= bits(member.view.roster.windows.len() - 1, 1);
            }
            if truth == Truth::Unknown {
                share.leave_open(count.scope.as_ref(), plan.at(count.window), member);
            }
        }
        let blocked = meet_slots(share, held);
        fill(share, plan, held, blocked, member.view);
        for entry in held.iter().flatten() {
            for span in entry.replaced(blocked, member) {
                let new = (entry.id(), span);
                if !share.replaced.contains(&new) {
                    share.replaced.push(new);
                }
            }
        }
        share.blocked = blocked;
        share
    }

    /// The share that was worked out last.
    pub fn into_share(self) -> Share {
        self.share
    }
}

impl Share {
    /// As if it were new, but for its room.
    fn clear(&mut self) {
        let Self { sums, eaches, counts, held, required, met, blocked, gaps, replaced, undecided, touches_rejected } = self;
        sums.clear();
        eaches.clear();
        counts.clear();
        held.clear();
        gaps.clear();
        replaced.clear();
        (*required, *met, *blocked) = (0, 0, 0);
        (*undecided, *touches_rejected) = (false, false);
    }

    /// Takes what there is of an organisation that reported all that it is asked for, as most do, if that is seen at once:
    /// then nothing is blocked, and every slot that is required is met.
    fn is_all_there(&mut self, plan: &Plan, member: &Member) -> bool {
        if !plan.eaches.is_empty() || !plan.counts.is_empty() {
            return false;
        }
        for term in &plan.sums {
            let truth = scope::of_term(plan, term, member);
            let all = match truth {
                Truth::True => held::all_of(term.item, plan.at(term.window), member),
                Truth::False => None,
                Truth::Unknown => return false,
            };
            if truth == Truth::True && all.is_none() {
                return false;
            }
            self.held.push(truth == Truth::True);
            self.sums.push(all.map(|(amount, _)| amount));
            self.required |= all.map_or(0, |(_, expected)| expected);
        }
        self.met = self.required;
        true
    }

    /// True if it adds to a sum, an `each` or a count: else it has no value of its own either [F9].
    pub fn takes_part(&self) -> bool {
        self.sums.iter().any(Option::is_some) || self.eaches.iter().any(|own| *own != Err(Problem::Missing)) || self.counts.contains(&true)
    }

    /// Looks up the items of a sum, or of an `each`, if its scope holds the organisation.
    fn hold<'a>(&mut self, held: &mut Vec<Option<Held<'a>>>, plan: &Plan, truth: Truth, terms: &[&Term], member: &'a Member<'a>) {
        if truth == Truth::False {
            held.extend(terms.iter().map(|_| None));
            self.held.push(false);
            return;
        }
        let first = held.len();
        held.extend(terms.iter().map(|term| Some(Held::gather(term.item, plan.at(term.window), member))));
        let has_ground = held[first..].iter().flatten().all(Held::has_ground);
        // A term that nobody of the unit is expected to report, or reported, has no ground [F8].
        self.held.push(has_ground);
        if truth == Truth::True {
            return;
        }
        for (term, entry) in terms.iter().zip(&mut held[first..]) {
            // Whether it holds is open, so what it would require is required [F4, C3]. Where there
            // is nothing to add either way, nothing hangs on it.
            if let Some(entry) = entry.take().filter(|_| has_ground) {
                self.required |= entry.required();
                self.undecided = true;
                if scope::of_term(plan, term, member) == Truth::Unknown {
                    self.leave_open(term.scope.as_ref(), plan.at(term.window), member);
                }
            }
        }
    }

    /// Notes that a scope could not be decided, and for want of what.
    fn leave_open(&mut self, scope: Option<&Condition>, window: Window, member: &Member) {
        self.undecided = true;
        for item in scope.map(Condition::items).unwrap_or_default() {
            self.note_gap(&Held::gather(item, window, member));
        }
    }

    fn note_gap(&mut self, held: &Held) -> Option<Gap> {
        self.touches_rejected |= held.rejected() != 0;
        let gap = held.gap();
        // Two terms may ask for one item; what is missing is missing once.
        self.gaps.extend(gap.filter(|gap| !self.gaps.contains(gap)));
        gap
    }
}

/// Finds required and met slots; returns the positions that contribute to no term, all if the
/// organisation is removed [F6, F7].
fn meet_slots(share: &mut Share, held: &[Option<Held>]) -> Mask {
    let mut blocked: Mask = 0;
    let mut stale: Mask = 0;
    let mut removed = share.undecided;
    for entry in held.iter().flatten() {
        share.required |= entry.required();
        let Some(gap) = share.note_gap(entry) else { continue };
        match (&entry.values, gap.older) {
            (Values::Parts(_), _) => blocked |= gap.months,
            (Values::Stock(_), Some(_)) => stale |= gap.months,
            (Values::Stock(_), None) => removed = true,
        }
    }
    spread(&mut blocked, held);
    let usable = share.required & !blocked;
    // An older stock stays in the sums [T6]: its slot removes nobody, it only counts as unmet.
    removed |= share.required != 0 && usable == 0;
    share.met = if removed { 0 } else { usable & !stale };
    if removed { Mask::MAX } else { blocked }
}

/// A value that covers several months makes one slot group: met together or not [F7].
fn spread(blocked: &mut Mask, held: &[Option<Held>]) {
    loop {
        let before = *blocked;
        for entry in held.iter().flatten() {
            if let Values::Parts(series) = &entry.values {
                *blocked = series.spread(*blocked);
            }
        }
        if *blocked == before {
            return;
        }
    }
}

fn fill(share: &mut Share, plan: &Plan, held: &[Option<Held>], blocked: Mask, view: View) {
    let (sums, mut insides) = held.split_at(plan.sums.len());
    share.sums.extend(sums.iter().map(|entry| entry.as_ref().and_then(|entry| entry.amount(blocked))));
    for each in &plan.eaches {
        let (inside, rest) = insides.split_at(each.terms.len());
        insides = rest;
        share.eaches.push(formed(plan, each, inside, blocked, view));
    }
    if blocked == Mask::MAX {
        share.counts.fill(false);
    }
}

/// What one organisation forms of an `each` [F2].
fn formed(plan: &Plan, each: &Each, inside: &[Option<Held>], blocked: Mask, view: View) -> Result<Exact, Problem> {
    let own = formula::evaluate(each.body, &mut |leaf| {
        let Node::Total(term) = leaf else { return plan.constant(leaf, view) };
        let at = each.terms.iter().position(|candidate| *candidate == term);
        let held = at.and_then(|at| inside[at].as_ref()).ok_or(Problem::Missing)?;
        held.amount(blocked).map(|amount| Fraction::whole(amount.in_units(held.item.decimals))).ok_or(Problem::Missing)
    });
    own.and_then(|fraction| fraction.value())
}
