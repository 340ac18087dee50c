//! What a unit gets, divided among its people by the work of each month.

use std::ops::Range;

use super::divide::{Desk, in_yuan, settled};
use super::{Payment, Personal, Plan, equals, figure, phrases, shown};
use crate::apportion::{Claim, apportion};
use crate::diagnostic::Diagnostic;
use crate::number::Exact;
use crate::text::{Said, Text};

/// The work equivalents of a unit's people together.
pub(super) fn equivalents(plan: &Plan, unit: usize) -> Exact {
    plan.work[rows(plan, unit)].iter().map(|work| &work.equivalents).sum()
}

/// Where a unit's work stands: work is in order of units.
fn rows(plan: &Plan, unit: usize) -> Range<usize> {
    plan.work.partition_point(|work| work.unit < unit)..plan.work.partition_point(|work| work.unit <= unit)
}

/// Divides every payment of a pool.
pub(super) fn pay(desk: &Desk, payments: &[Payment]) -> Result<Vec<Personal>, Diagnostic> {
    let mut all = Vec::new();
    for payment in payments {
        let Some(paid) = payment.paid else { continue };
        let rows = rows(desk.plan, payment.unit);
        let own = &desk.plan.work[rows.clone()];
        let claims: Vec<Claim> = own.iter().map(|work| Claim::of(work.equivalents.clone())).collect();
        let shares = apportion(paid, &claims).map_err(|_| no_work(desk, payment, paid))?;
        let sum = equivalents(desk.plan, payment.unit);
        for ((at, work), share) in rows.zip(own).zip(&shares) {
            let said =
                Said::new(&phrases::PERSON).with("paid", shown(paid)).with("own", figure(&work.equivalents)).with("all", figure(&sum));
            let reason = std::iter::once(said.with("share", equals(&in_yuan(&share.plain)))).chain(settled(share)).collect();
            all.push(Personal { work: at, pool: desk.at, paid: share.whole, reason });
        }
    }
    Ok(all)
}

/// Without limits, what cannot be divided is what nobody worked for.
fn no_work(desk: &Desk, payment: &Payment, paid: i64) -> Diagnostic {
    let name = &desk.plan.scores.units[payment.unit].name;
    desk.refused(Text::new(
        format!("{} 没有工作量，其 {} 无法分到个人", name.zh, shown(paid)),
        format!("{} has no work, so that its {} cannot be divided among its people", name.en, shown(paid)),
    ))
}
