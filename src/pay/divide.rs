//! Pools → payments.

use super::{
    Allocation, Coefficient, Kind, Part, Payment, Plan, Pool, Scores, cents, equals, figure, own, persons, phrases, shared, shown,
};
use crate::apportion::{Bound, Infeasible, Share};
use crate::codes::pay as codes;
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::text::{Said, Text};

/// Pays out every pool.
///
/// # Errors
/// `pay/limits` for every pool that cannot be paid within its limits, `pay/no-coefficient` and `pay/above-one` for units.
pub fn allocate(plan: &Plan) -> Result<Allocation, Vec<Diagnostic>> {
    let mut wrong = Vec::new();
    let coefficients = coefficients(plan, &mut wrong);
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let mut allocation = Allocation { coefficients, ..Allocation::default() };
    for (at, pool) in plan.pools.iter().enumerate() {
        let desk = Desk { plan, pool, at, coefficients: &allocation.coefficients };
        let payments = match &pool.kind {
            Kind::Own(parts, remainder) => own::pay(&desk, parts, *remainder),
            Kind::Shared(source, weight) => shared::pay(&desk, source, weight),
        };
        let personal = payments.as_ref().ok().filter(|_| pool.is_personal).map(|payments| persons::pay(&desk, payments));
        match (payments, personal.transpose()) {
            (Ok(payments), Ok(personal)) => {
                allocation.payments.extend(payments);
                allocation.personal.extend(personal.unwrap_or_default());
            }
            (Err(diagnostic), _) | (_, Err(diagnostic)) => wrong.push(diagnostic),
        }
    }
    if wrong.is_empty() { Ok(allocation) } else { Err(wrong) }
}

/// One pool with what it is paid by.
pub(super) struct Desk<'a> {
    /// The whole plan.
    pub(super) plan: &'a Plan,
    /// The pool.
    pub(super) pool: &'a Pool,
    /// Its index.
    pub(super) at: usize,
    /// Coefficients, parallel to the units.
    pub(super) coefficients: &'a [Option<Coefficient>],
}

impl Desk<'_> {
    /// The unit's coefficient.
    pub(super) fn value(&self, unit: usize) -> Option<&Exact> {
        self.coefficients[unit].as_ref().map(|coefficient| &coefficient.value)
    }

    /// That the pool cannot be paid.
    pub(super) fn refused(&self, why: Text) -> Diagnostic {
        let diagnostic = Diagnostic::new(&codes::LIMITS, self.pool.origin.clone());
        diagnostic.with("pool", self.pool.name.clone()).with("why", why)
    }

    /// The same for what cannot be divided.
    pub(super) fn infeasible(&self, total: i64, why: Infeasible) -> Diagnostic {
        self.refused(why.words(total, shown))
    }

    /// A payment of nothing to a unit without a coefficient.
    pub(super) fn held(&self, unit: usize) -> Payment {
        Payment { unit, pool: self.at, own: None, paid: None, rest: None, reason: vec![Said::new(&phrases::HELD)] }
    }
}

/// Every unit's coefficient; a total that the rule says nothing about is an error.
fn coefficients(plan: &Plan, wrong: &mut Vec<Diagnostic>) -> Vec<Option<Coefficient>> {
    let Scores { units, points_decimals, .. } = &plan.scores;
    let found: Vec<Option<Coefficient>> = units.iter().map(|unit| plan.rule.of(unit, &plan.scores)).collect();
    for (unit, coefficient) in units.iter().zip(&found) {
        let own = plan.pools.iter().find(|pool| matches!(pool.kind, Kind::Own(..)));
        match (&unit.total, coefficient) {
            (Some(total), None) => {
                let grade = unit.grade.clone().unwrap_or_else(|| Text::new("无", "none"));
                let diagnostic = Diagnostic::new(&codes::NO_COEFFICIENT, None).with("unit", unit.name.clone());
                wrong.push(diagnostic.with("total", total.fixed(*points_decimals)).with("grade", grade));
            }
            (_, Some(coefficient)) if coefficient.value > Exact::one() => {
                wrong.extend(own.map(|pool| {
                    let diagnostic = Diagnostic::new(&codes::ABOVE_ONE, pool.origin.clone()).with("unit", unit.name.clone());
                    diagnostic.with("pool", pool.name.clone()).with("coefficient", figure(&coefficient.value))
                }));
            }
            _ => {}
        }
    }
    found
}

/// A unit's parts of a pool in yuan, and the sentence that says so.
pub(super) fn parts_of(parts: &[Part], unit: usize) -> (i64, Said) {
    let sum = parts.iter().map(|part| &part.share * &part.amounts[unit]).fold(Exact::zero(), |sum, part| sum + part);
    let cents = cents(&sum).unwrap_or_default();
    let term = |part: &Part| format!("{} × {} {}", part.share, part.name, super::grouped(&part.amounts[unit].fixed(2)));
    let terms: Vec<String> = parts.iter().map(term).collect();
    let own = if sum.to_steps(2).is_some() { equals(&sum) } else { format!("≈ {}", shown(cents)) };
    (cents, Said::new(&phrases::PARTS).with("terms", terms.join(" + ")).with("own", own))
}

/// What became of an exact share: limits, those of others, the last 分.
pub(super) fn settled(share: &Share) -> Vec<Said> {
    let paid = shown(share.whole);
    let rest = || Said::new(&phrases::REST).with("share", equals(&in_yuan(&share.exact)));
    let last = match share.bound {
        Some(Bound::AtLeast) => return vec![Said::new(&phrases::LEAST).with("paid", paid)],
        Some(Bound::AtMost) => return vec![Said::new(&phrases::MOST).with("paid", paid)],
        None if Exact::from(share.whole) == share.exact => None,
        None if Exact::from(share.whole) > share.exact => Some(&phrases::UP),
        None => Some(&phrases::DOWN),
    };
    let rest = (share.exact != share.plain).then(rest);
    rest.into_iter().chain(last.map(|phrase| Said::new(phrase).with("paid", paid))).collect()
}

/// An exact number of 分 in yuan.
pub(super) fn in_yuan(cents: &Exact) -> Exact {
    cents * &Exact::from_steps(1, 2)
}
