//! Units' own pools: each gets its coefficient of its own; what is left is returned, carried over or divided again.

use std::cmp::Ordering;

use super::divide::{Desk, in_yuan, parts_of, settled};
use super::{Fate, Part, Payment, Remainder, cents, equals, figure, phrases, shown, yuan};
use crate::apportion::{Claim, apportion};
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::text::{Said, Text};

/// Pays every unit from its own pool.
pub(super) fn pay(desk: &Desk, parts: &[Part], remainder: Remainder) -> Result<Vec<Payment>, Diagnostic> {
    let mut payments = Vec::new();
    for unit in 0..desk.plan.scores.units.len() {
        payments.push(one(desk, parts, remainder, unit)?);
    }
    if remainder == Remainder::Redistributed {
        again(desk, &mut payments)?;
    }
    Ok(payments)
}

fn one(desk: &Desk, parts: &[Part], remainder: Remainder, unit: usize) -> Result<Payment, Diagnostic> {
    let (own, said) = parts_of(parts, unit);
    let Some(value) = desk.value(unit) else {
        let held = desk.held(unit);
        let reason = std::iter::once(said).chain(held.reason).collect();
        return Ok(Payment { own: Some(own), rest: Some((own, Fate::Held)), reason, ..held });
    };
    let (least, most) = desk.pool.limit(unit);
    if least > own || most.is_some_and(|most| most < least) {
        let name = &desk.plan.scores.units[unit].name;
        let most = shown(most.map_or(own, |most| most.min(own)));
        return Err(desk.refused(Text::new(
            format!("{} 的下限 {} 超过可分的 {most}", name.zh, shown(least)),
            format!("the least of {} is {}, more than the {most} there is for it", name.en, shown(least)),
        )));
    }
    let exact = &yuan(own) * value;
    let plain = cents(&exact).unwrap_or_default();
    let paid = plain.clamp(least, most.map_or(own, |most| most.min(own)));
    let times = Said::new(&phrases::TIMES).with("own", shown(own)).with("coefficient", figure(value)).with("paid", equals(&exact));
    let mut reason = vec![said, times];
    let rounded = (exact != yuan(plain)).then_some(&phrases::ROUNDED);
    let phrase = match paid.cmp(&plain) {
        Ordering::Greater => Some(&phrases::LEAST),
        Ordering::Less => Some(&phrases::MOST),
        Ordering::Equal => rounded,
    };
    reason.extend(phrase.map(|phrase| Said::new(phrase).with("paid", shown(paid))));
    let rest = own - paid;
    let (phrase, fate) = match remainder {
        Remainder::Returned => (&phrases::RETURNED, Some(Fate::Returned)),
        Remainder::Carried => (&phrases::CARRIED, Some(Fate::Carried)),
        Remainder::Redistributed => (&phrases::POOLED, None),
    };
    reason.extend((rest > 0).then(|| Said::new(phrase).with("rest", shown(rest))));
    Ok(Payment { unit, pool: desk.at, own: Some(own), paid: Some(paid), rest: fate.map(|fate| (rest, fate)), reason })
}

/// Divides what all units left of their own pools among them, by own pool × coefficient, up to the most of each.
fn again(desk: &Desk, payments: &mut [Payment]) -> Result<(), Diagnostic> {
    let left = |payment: &Payment| payment.own.zip(payment.paid).map_or(0, |(own, paid)| own - paid);
    let total: i64 = payments.iter().map(left).sum();
    if total == 0 {
        return Ok(());
    }
    let weight = |payment: &Payment| desk.value(payment.unit).zip(payment.own).map_or_else(Exact::zero, |(value, own)| &yuan(own) * value);
    let claim = |payment: &Payment| {
        let paid = payment.paid.unwrap_or_default();
        // A unit without a coefficient takes no part, nor one whose pool is empty.
        let most = if payment.paid.is_some() { desk.pool.limit(payment.unit).1.map(|most| (most - paid).max(0)) } else { Some(0) };
        Claim { weight: weight(payment), at_least: 0, at_most: most }
    };
    let claims: Vec<Claim> = payments.iter().map(claim).collect();
    let shares = apportion(total, &claims).map_err(|why| desk.infeasible(total, why))?;
    let weights: Exact = claims.iter().map(|claim| &claim.weight).sum();
    for ((payment, claim), share) in payments.iter_mut().zip(&claims).zip(&shares) {
        let Some(paid) = payment.paid.as_mut() else { continue };
        *paid += share.whole;
        let said = Said::new(&phrases::AGAIN).with("pool", shown(total)).with("weight", figure(&claim.weight));
        payment.reason.push(said.with("weights", figure(&weights)).with("share", equals(&in_yuan(&share.plain))));
        payment.reason.extend(settled(share));
        payment.reason.push(Said::new(&phrases::SUM).with("paid", shown(*paid)));
    }
    Ok(())
}
