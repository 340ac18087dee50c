//! A shared pool: one amount, divided by weight × coefficient.

use super::divide::{Desk, in_yuan, parts_of, settled};
use super::{Payment, Source, Weight, equals, figure, persons, phrases, shown};
use crate::apportion::{Claim, Share, apportion};
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::text::{Said, Text};

/// Pays every unit its share.
pub(super) fn pay(desk: &Desk, source: &Source, weight: &Weight) -> Result<Vec<Payment>, Diagnostic> {
    let units = desk.plan.scores.units.len();
    let (total, contributed) = match source {
        Source::Amount(amount) => (*amount, Vec::new()),
        Source::Parts(parts) => {
            let all: Vec<(i64, Said)> = (0..units).map(|unit| parts_of(parts, unit)).collect();
            (all.iter().map(|(cents, _)| cents).sum(), all)
        }
    };
    let sizes: Vec<Exact> = match weight {
        Weight::Alike => vec![Exact::one(); units],
        Weight::Size(_, sizes) => sizes.clone(),
        Weight::Work => (0..units).map(|unit| persons::equivalents(desk.plan, unit)).collect(),
    };
    let claims = claims(desk, &sizes)?;
    let shares = apportion(total, &claims).map_err(|why| desk.infeasible(total, why))?;
    let weights: Exact = claims.iter().map(|claim| &claim.weight).sum();
    let pay = |(unit, share): (usize, &Share)| {
        let Some(value) = desk.value(unit) else { return desk.held(unit) };
        let terms = terms(weight, &sizes[unit], value);
        let said = Said::new(&phrases::SHARED).with("pool", shown(total)).with("terms", terms).with("weights", figure(&weights));
        let mut reason: Vec<Said> = contributed.get(unit).map(|(_, said)| said.clone()).into_iter().collect();
        reason.push(said.with("share", equals(&in_yuan(&share.plain))));
        reason.extend(settled(share));
        Payment { unit, pool: desk.at, own: None, paid: Some(share.whole), rest: None, reason }
    };
    Ok(shares.iter().enumerate().map(pay).collect())
}

/// What each unit may ask for: its size × its coefficient, within its limits. A unit without a coefficient gets nothing.
fn claims(desk: &Desk, sizes: &[Exact]) -> Result<Vec<Claim>, Diagnostic> {
    let mut claims = Vec::new();
    for (unit, size) in sizes.iter().enumerate() {
        let (at_least, at_most) = desk.pool.limit(unit);
        let Some(value) = desk.value(unit) else {
            claims.push(Claim { weight: Exact::zero(), at_least: 0, at_most: Some(0) });
            continue;
        };
        if let Some(most) = at_most.filter(|most| *most < at_least) {
            let (name, least, most) = (&desk.plan.scores.units[unit].name, shown(at_least), shown(most));
            return Err(desk.refused(Text::new(
                format!("{} 的下限 {least} 超过上限 {most}", name.zh),
                format!("the least of {} is {least}, above its most of {most}", name.en),
            )));
        }
        claims.push(Claim { weight: size * value, at_least, at_most });
    }
    Ok(claims)
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
