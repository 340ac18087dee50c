//! A shared pool: one amount, divided by weight × coefficient.

use super::divide::{Desk, in_yuan, parts_of, settled};
use super::{Payment, Source, Weight, equals, figure, persons, phrases, shown};
use crate::apportion::{Claim, apportion};
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::text::{Said, Text};

/// Pays every unit its share.
pub(super) fn pay(desk: &Desk, source: &Source, weight: &Weight) -> Result<Vec<Payment>, Diagnostic> {
    let units = desk.plan.scores.units.len();
    let contributed = |parts| (0..units).map(|unit| parts_of(parts, unit)).collect::<Vec<_>>();
    let parts = match source {
        Source::Amount(_) => Vec::new(),
        Source::Parts(parts) => contributed(parts),
    };
    let total = match source {
        Source::Amount(amount) => *amount,
        Source::Parts(_) => parts.iter().map(|(cents, _)| cents).sum(),
    };
    let size = |unit: usize| match weight {
        Weight::Alike => Exact::one(),
        Weight::Size(_, sizes) => sizes[unit].clone(),
        Weight::Work => persons::equivalents(desk.plan, unit),
    };
    let claim = |unit: usize| match desk.value(unit) {
        Some(value) => {
            let (at_least, at_most) = desk.pool.limit(unit);
            Claim { weight: &size(unit) * value, at_least, at_most }
        }
        None => Claim { weight: Exact::zero(), at_least: 0, at_most: Some(0) },
    };
    let claims: Vec<Claim> = (0..units).map(claim).collect();
    if let Some(unit) = (0..units).find(|unit| claims[*unit].at_most.is_some_and(|most| most < claims[*unit].at_least)) {
        let (name, least) = (&desk.plan.scores.units[unit].name, shown(claims[unit].at_least));
        let most = shown(claims[unit].at_most.unwrap_or_default());
        return Err(desk.refused(Text::new(
            format!("{} 的下限 {least} 超过上限 {most}", name.zh),
            format!("the least of {} is {least}, above its most of {most}", name.en),
        )));
    }
    let shares = apportion(total, &claims).map_err(|why| desk.infeasible(total, why))?;
    let weights: Exact = claims.iter().map(|claim| &claim.weight).sum();
    let pay = |(unit, share): (usize, &crate::apportion::Share)| {
        let Some(value) = desk.value(unit) else { return desk.held(unit) };
        let terms = terms(weight, &size(unit), value);
        let said = Said::new(&phrases::SHARED).with("pool", shown(total)).with("terms", terms).with("weights", figure(&weights));
        let mut reason: Vec<Said> = parts.get(unit).map(|(_, said)| said.clone()).into_iter().collect();
        reason.push(said.with("share", equals(&in_yuan(&share.plain))));
        reason.extend(settled(share));
        Payment { unit, pool: desk.at, own: None, paid: Some(share.whole), rest: None, reason }
    };
    Ok(shares.iter().enumerate().map(pay).collect())
}

/// The weight of a unit as a calculation.
fn terms(weight: &Weight, size: &Exact, value: &Exact) -> Text {
    let of = |zh: &str, en: &str| {
        let (size, value) = (figure(size), figure(value));
        Text::new(format!("{zh} {size} × 系数 {value}"), format!("{en} {size} × coefficient {value}"))
    };
    match weight {
        Weight::Alike => Text::new(format!("系数 {}", figure(value)), format!("coefficient {}", figure(value))),
        Weight::Size(name, _) => of(name, name),
        Weight::Work => of("工作当量", "work equivalents"),
    }
}
