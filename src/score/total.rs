//! From points to a total: a list of printed steps (SEMANTICS R1–R3).

use crate::number::Exact;
use crate::score::criteria::{Criteria, Dimension, Rescale};
use crate::score::criterion::Scored;
use crate::score::phrases;
use crate::scorebook::{Adjustment, Subtotal};
use crate::text::Said;

/// A unit's total and everything that is printed on the way to it.
#[derive(Debug, Clone)]
pub struct Total {
    /// Parallel to the dimensions.
    pub dimensions: Vec<Subtotal>,
    /// Rows that change the total.
    pub adjustments: Vec<Adjustment>,
    /// The printed total, exactly the sum of points and rows [R2].
    pub total: Option<Exact>,
    /// Why there is none.
    pub no_total: Option<Said>,
    /// The total before any rounding [R4].
    pub unrounded: Option<Exact>,
    /// Points applicable in the total.
    pub applicable: Exact,
}

/// Adds up the scores of one unit, which stand parallel to the criteria.
pub fn total(criteria: &Criteria, scores: &[Scored]) -> Total {
    let dimensions = subtotals(criteria, scores);
    let counted = |index: &usize| criteria.dimensions[*index].within.is_none() && criteria.dimensions[*index].in_total;
    let roots: Vec<usize> = (0..criteria.dimensions.len()).filter(counted).collect();
    let sum = |pick: fn(&Subtotal) -> &Exact| roots.iter().map(|index| pick(&dimensions[*index])).sum::<Exact>();
    let (points, applicable) = (sum(|subtotal| &subtotal.points), sum(|subtotal| &subtotal.applicable));
    let mut out = Total { adjustments: Vec::new(), total: None, no_total: None, unrounded: None, applicable, dimensions };
    let counts = |at: &usize| roots.contains(&root_of(&criteria.dimensions, criteria.criteria[*at].dimension));
    if let Some(at) = (0..scores.len()).filter(counts).find(|at| scores[*at].refused) {
        out.no_total = Some(Said::new(&phrases::TOTAL_REFUSED).with("criterion", criteria.criteria[at].name.clone()));
        return out;
    }
    if out.applicable.is_zero() {
        out.no_total = Some(Said::new(&phrases::NOTHING_APPLICABLE));
        return out;
    }
    match criteria.policy.rescale {
        Rescale::Total => out.adjustments.extend(row(criteria, "total", &points, &out.applicable, &criteria.full_points)),
        Rescale::Dimension => rescale_dimensions(&mut out, criteria, &roots),
    }
    let rows = out.adjustments.iter().map(|adjustment| &adjustment.points).sum::<Exact>();
    out.total = Some(&points + &rows);
    out.unrounded = unrounded(criteria, scores, &out, &roots);
    out
}

/// R3: round(S × F/A) − S, where something is not applicable.
fn row(criteria: &Criteria, id: &str, sum: &Exact, applicable: &Exact, full: &Exact) -> Option<Adjustment> {
    if applicable == full {
        return None;
    }
    let made_up = (sum * full).checked_div(applicable)?.round(criteria.policy.points_decimals, criteria.policy.rounding);
    let reason = Said::new(&phrases::RESCALE)
        .with("lost", (full - applicable).to_string())
        .with("full", full.to_string())
        .with("sum", sum.fixed(criteria.policy.points_decimals))
        .with("applicable", applicable.to_string());
    Some(Adjustment { step: "rescale", id: id.to_owned(), points: &made_up - sum, reason })
}

/// One row per dimension; a dimension without applicable points is made up on the total.
fn rescale_dimensions(out: &mut Total, criteria: &Criteria, roots: &[usize]) {
    let (mut sum, mut full) = (Exact::zero(), Exact::zero());
    for index in roots {
        let (dimension, subtotal) = (&criteria.dimensions[*index], &out.dimensions[*index]);
        if subtotal.applicable.is_zero() {
            continue;
        }
        let row = row(criteria, &dimension.id, &subtotal.points, &subtotal.applicable, &dimension.points);
        sum = &sum + &subtotal.points;
        sum = row.as_ref().map_or(sum.clone(), |row| &sum + &row.points);
        full = &full + &dimension.points;
        out.adjustments.extend(row);
    }
    out.adjustments.extend(row(criteria, "total", &sum, &full, &criteria.full_points));
}

/// The total as it would be if nothing had been rounded, to see whether rounding decides a rank.
fn unrounded(criteria: &Criteria, scores: &[Scored], out: &Total, roots: &[usize]) -> Option<Exact> {
    let of_root = |root: usize| {
        let inside = |index: usize| root_of(&criteria.dimensions, index) == root;
        scores
            .iter()
            .zip(&criteria.criteria)
            .filter(|(_, criterion)| inside(criterion.dimension))
            .filter_map(|(scored, _)| scored.unrounded.as_ref())
            .sum::<Exact>()
    };
    let scaled = |sum: Exact, full: &Exact, applicable: &Exact| (&sum * full).checked_div(applicable);
    match criteria.policy.rescale {
        Rescale::Total => {
            scaled(roots.iter().map(|root| of_root(*root)).collect::<Vec<_>>().iter().sum(), &criteria.full_points, &out.applicable)
        }
        Rescale::Dimension => {
            let kept: Vec<usize> = roots.iter().copied().filter(|root| !out.dimensions[*root].applicable.is_zero()).collect();
            let sums = kept
                .iter()
                .filter_map(|root| scaled(of_root(*root), &criteria.dimensions[*root].points, &out.dimensions[*root].applicable));
            let full = kept.iter().map(|root| &criteria.dimensions[*root].points).sum::<Exact>();
            scaled(sums.collect::<Vec<_>>().iter().sum(), &criteria.full_points, &full)
        }
    }
}

fn root_of(dimensions: &[Dimension], mut index: usize) -> usize {
    while let Some(parent) = dimensions[index].within {
        index = parent;
    }
    index
}

/// Printed points and applicable points of every dimension, children included.
fn subtotals(criteria: &Criteria, scores: &[Scored]) -> Vec<Subtotal> {
    let mut subtotals: Vec<Subtotal> =
        criteria.dimensions.iter().map(|_| Subtotal { points: Exact::zero(), applicable: Exact::zero() }).collect();
    for (scored, criterion) in scores.iter().zip(&criteria.criteria) {
        let mut at = Some(criterion.dimension);
        while let Some(index) = at {
            if let Some(points) = &scored.score.points {
                subtotals[index].points = &subtotals[index].points + points;
            }
            if scored.applicable {
                subtotals[index].applicable = &subtotals[index].applicable + &criterion.points;
            }
            at = criteria.dimensions[index].within;
        }
    }
    subtotals
}
