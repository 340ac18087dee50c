//! Dividing a whole number of things, pieces or 分, so that the parts are whole and add up to it exactly.
//!
//! Every claim has a weight, and may have a least and a most. The exact shares are `λ × weight`, kept within each
//! claim's limits, with the one λ for which they add up to the total. Each share is cut to a whole number; what is left
//! goes one by one to the largest remainders, equal ones in the order of the claims (largest remainder, Hamilton's
//! method). Every part is then within one of its exact share, and within its limits.

use crate::number::Exact;
use crate::text::Text;

#[cfg(test)]
mod tests;

/// What one party may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its weight, at least 0; only the proportions count.
    pub weight: Exact,
    /// It gets no less than this, at least 0.
    pub at_least: i64,
    /// It gets no more than this; no limit if absent.
    pub at_most: Option<i64>,
}

impl Claim {
    /// A claim without limits.
    pub fn of(weight: Exact) -> Self {
        Self { weight, at_least: 0, at_most: None }
    }
}

/// A limit that decided a share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It would have got less.
    AtLeast,
    /// It would have got more.
    AtMost,
}

/// What one party gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The exact share if nobody had limits.
    pub plain: Exact,
    /// The exact share within all limits.
    pub exact: Exact,
    /// The limit it is, where it is one.
    pub bound: Option<Bound>,
    /// The whole number it gets.
    pub whole: i64,
}

/// Why a total cannot be divided among claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Infeasible {
    /// The least amounts add up to this, more than the total.
    LeastAbove(i64),
    /// The most amounts add up to this, less than the total.
    MostBelow(i64),
    /// Something is left, and nobody who may take more has a weight.
    NoWeight,
}

impl Infeasible {
    /// The same in words, numbers as `shown` writes them.
    pub fn words(self, total: i64, shown: fn(i64) -> String) -> Text {
        let total = shown(total);
        match self {
            Self::LeastAbove(sum) => Text::new(
                format!("各下限之和 {} 超过总量 {total}", shown(sum)),
                format!("the least amounts add up to {}, more than the total of {total}", shown(sum)),
            ),
            Self::MostBelow(sum) => Text::new(
                format!("各上限之和 {} 不足总量 {total}", shown(sum)),
                format!("the most amounts add up to {}, less than the total of {total}", shown(sum)),
            ),
            Self::NoWeight => Text::new(
                format!("总量 {total} 有剩余，而没有权重大于 0 的对象可再承担"),
                format!("of the total of {total} some is left, and nobody with a weight above 0 may take more"),
            ),
        }
    }
}

/// Divides `total`, at least 0. A claim whose most is below its least gets its least.
///
/// # Errors
/// [`Infeasible`] where no whole shares within the limits add up to the total.
pub fn apportion(total: i64, claims: &[Claim]) -> Result<Vec<Share>, Infeasible> {
    let least = claims.iter().map(|claim| claim.at_least).fold(0, i64::saturating_add);
    if least > total {
        return Err(Infeasible::LeastAbove(least));
    }
    let most = claims.iter().map(|claim| claim.at_most.map(|most| most.max(claim.at_least)));
    let most = most.collect::<Option<Vec<i64>>>().map(|all| all.into_iter().fold(0, i64::saturating_add));
    if let Some(most) = most.filter(|most| *most < total) {
        return Err(Infeasible::MostBelow(most));
    }
    let bounds = settle(total, claims).ok_or(Infeasible::NoWeight)?;
    let everyone: Exact = claims.iter().map(|claim| &claim.weight).sum();
    let mut shares: Vec<Share> = claims
        .iter()
        .zip(bounds)
        .map(|(claim, (exact, bound))| {
            let whole = exact.floor().to_i64().unwrap_or_default();
            Share { plain: portion(&Exact::from(total), &claim.weight, &everyone), exact, bound, whole }
        })
        .collect();
    hand_out(total, &mut shares);
    Ok(shares)
}

/// The exact shares within the limits: as long as limits are broken, the side that is broken by more is fixed at its
/// limits and the rest divided again. `None` where something is left for nobody.
fn settle(total: i64, claims: &[Claim]) -> Option<Vec<(Exact, Option<Bound>)>> {
    let mut fixed: Vec<Option<(Exact, Bound)>> = vec![None; claims.len()];
    loop {
        let taken: Exact = fixed.iter().flatten().map(|(share, _)| share).sum();
        let rest = Exact::from(total) - taken;
        let free = |at: &usize| fixed[*at].is_none();
        let weights: Exact = (0..claims.len()).filter(free).map(|at| &claims[at].weight).sum();
        let portions: Vec<Exact> = claims.iter().map(|claim| portion(&rest, &claim.weight, &weights)).collect();
        let kept: Vec<(Exact, Option<Bound>)> = claims.iter().zip(&portions).map(|(claim, share)| within(claim, share)).collect();
        let sum: Exact = (0..claims.len()).filter(free).map(|at| &kept[at].0).sum();
        if sum == rest {
            let shares = fixed.into_iter().zip(kept);
            return Some(shares.map(|(fixed, kept)| fixed.map_or(kept, |(share, bound)| (share, Some(bound)))).collect());
        }
        let broken = if sum > rest { Bound::AtLeast } else { Bound::AtMost };
        let found: Vec<usize> = (0..claims.len()).filter(free).filter(|at| kept[*at].1 == Some(broken)).collect();
        if found.is_empty() {
            return None;
        }
        for at in found {
            fixed[at] = Some((kept[at].0.clone(), broken));
        }
    }
}

/// `total × weight / weights`; 0 where nobody has a weight.
fn portion(total: &Exact, weight: &Exact, weights: &Exact) -> Exact {
    (total * weight).checked_div(weights).unwrap_or_else(Exact::zero)
}

/// The share within the claim's limits, and the limit that it is.
fn within(claim: &Claim, share: &Exact) -> (Exact, Option<Bound>) {
    let least = Exact::from(claim.at_least);
    if *share < least {
        return (least, Some(Bound::AtLeast));
    }
    match claim.at_most.map(|most| Exact::from(most).max(least)).filter(|most| share > most) {
        Some(most) => (most, Some(Bound::AtMost)),
        None => (share.clone(), None),
    }
}

/// One more for the largest remainders, until the shares add up to the total.
fn hand_out(total: i64, shares: &mut [Share]) {
    let given: i64 = shares.iter().map(|share| share.whole).sum();
    let left = usize::try_from(total - given).unwrap_or_default();
    let mut order: Vec<(Exact, usize)> = shares.iter().enumerate().map(|(at, share)| (&share.exact - &share.exact.floor(), at)).collect();
    order.sort_by(|(one, first), (other, second)| other.cmp(one).then(first.cmp(second)));
    for (_, at) in order.into_iter().take(left) {
        shares[at].whole += 1;
    }
}
