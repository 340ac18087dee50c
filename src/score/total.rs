//! From points to a total: a list of printed steps (SEMANTICS R1–R3).

use std::collections::BTreeSet;

use crate::number::Exact;
use crate::score::criteria::{Criteria, Rescale, counted_in};
use crate::score::criterion::{Context, Scored};
use crate::score::extra::Effect;
use crate::score::kernel::shown::points as points_text;
use crate::score::penalty::{Due, due};
use crate::score::sheet::Sheet;
use crate::score::veto::{Fired, fired};
use crate::score::{bonus, phrases};
use crate::scorebook::{Adjustment, Subtotal};
use crate::text::Said;

/// A unit's total and everything that is printed on the way to it.
#[derive(Debug, Clone)]
pub struct Total {
    /// Parallel to the dimensions.
    pub dimensions: Vec<Subtotal>,
    /// Rows that change the total, and the other effects of vetoes.
    pub adjustments: Vec<Adjustment>,
    /// The printed total, exactly the sum of points and rows [R2].
    pub total: Option<Exact>,
    /// Why there is none.
    pub no_total: Option<Said>,
    /// The total before any rounding [R4].
    pub unrounded: Option<Exact>,
    /// Points applicable in the total.
    pub applicable: Exact,
    /// The dimensions of the total that apply, with the share of their applicable points that vetoes leave them.
    pub reached: Vec<(usize, Exact)>,
    /// The vetoes that fired.
    pub vetoes: Vec<Fired>,
    /// Vetoes and penalties of which it is not known whether they apply.
    pub open: Vec<Said>,
}

/// Adds up the scores of one unit, which stand parallel to the criteria.
pub fn total(criteria: &Criteria, sheet: &Sheet, scores: &[Scored], context: Context) -> Total {
    let dimensions = subtotals(criteria, scores);
    let counted = |index: &usize| criteria.dimensions[*index].within.is_none() && criteria.dimensions[*index].in_total;
    let roots: Vec<usize> = (0..criteria.dimensions.len()).filter(counted).collect();
    let applicable = roots.iter().map(|index| &dimensions[*index].applicable).sum::<Exact>();
    let (vetoes, open) = fired(&criteria.extras.vetoes, context);
    let mut out = Total {
        adjustments: Vec::new(),
        total: None,
        no_total: None,
        unrounded: None,
        reached: Vec::new(),
        applicable,
        dimensions,
        vetoes,
        open,
    };
    let counts = |at: &usize| roots.iter().any(|root| criteria.counts_in(criteria.criteria[*at].dimension, *root));
    if let Some(at) = (0..scores.len()).filter(counts).find(|at| scores[*at].refused) {
        out.no_total = Some(Said::new(&phrases::TOTAL_REFUSED).with("criterion", criteria.criteria[at].name.clone()));
        return out;
    }
    if out.applicable.is_zero() {
        out.no_total = Some(Said::new(&phrases::NOTHING_APPLICABLE));
        return out;
    }
    let adder = Adder { criteria, sheet, scores, roots: &roots };
    let gone = adder.zero(&mut out);
    let share = |root: &usize| Some((*root, adder.left(&out, &gone, *root).checked_div(&out.dimensions[*root].applicable)?));
    out.reached = roots.iter().filter_map(share).collect();
    adder.rescale(&mut out, &gone);
    let rounded: Exact = out.adjustments.iter().map(|row| &row.points).sum();
    let mut sum = &roots.iter().map(|index| &out.dimensions[*index].points).sum::<Exact>() + &rounded;
    let before = sum.clone();
    let bonuses = bonus::rows(criteria, context);
    sum = &sum + &bonuses.iter().map(|row| &row.points).sum::<Exact>();
    out.adjustments.extend(bonuses);
    adder.take_off(&mut out, &mut sum, &gone, context);
    let is_zeroed = zero_total(&mut out, &mut sum);
    out.unrounded = adder.unrounded(&out, &gone).map(|plain| if is_zeroed { Exact::zero() } else { &plain + &(&sum - &before) });
    out.total = Some(sum);
    out
}

/// What a unit is added up by.
struct Adder<'a> {
    criteria: &'a Criteria,
    sheet: &'a Sheet<'a>,
    scores: &'a [Scored],
    /// The dimensions that make the total.
    roots: &'a [usize],
}

impl Adder<'_> {
    /// Vetoes that leave criteria or dimensions without points; the criteria that lost theirs.
    fn zero(&self, out: &mut Total) -> BTreeSet<usize> {
        let mut gone = BTreeSet::new();
        let mut rows = Vec::new();
        for Fired { veto, reason } in &out.vetoes {
            for effect in &veto.effects {
                let (hit, phrase, name): (Vec<usize>, _, _) = match effect {
                    Effect::ZeroDimension(index) => {
                        let inside = |at: &usize| self.criteria.counts_in(self.criteria.criteria[*at].dimension, *index);
                        let name = self.criteria.dimensions[*index].name.clone();
                        ((0..self.scores.len()).filter(inside).collect(), &phrases::VETO_ZERO_DIMENSION, name)
                    }
                    Effect::ZeroCriterion(at) => (vec![*at], &phrases::VETO_ZERO_CRITERION, self.criteria.criteria[*at].name.clone()),
                    _ => continue,
                };
                let lost: Exact = hit.iter().filter(|at| !gone.contains(*at)).filter_map(|at| self.scores[*at].score.points.as_ref()).sum();
                gone.extend(hit);
                rows.push(veto_row(veto, -&lost, reason, Said::new(phrase).with("name", name)));
            }
        }
        out.adjustments.extend(rows);
        gone
    }

    /// The printed points of a dimension of the total, without those that a veto took.
    fn left(&self, out: &Total, gone: &BTreeSet<usize>, root: usize) -> Exact {
        let inside = gone.iter().filter(|at| self.criteria.counts_in(self.criteria.criteria[**at].dimension, root));
        let taken: Exact = inside.filter_map(|at| self.scores[*at].score.points.as_ref()).sum();
        &out.dimensions[root].points - &taken
    }

    fn rescale(&self, out: &mut Total, gone: &BTreeSet<usize>) {
        let left: Vec<Exact> = self.roots.iter().map(|root| self.left(out, gone, *root)).collect();
        match self.criteria.policy.rescale {
            Rescale::Total => {
                let sum = left.iter().sum();
                let row = row(self.criteria, "total", &sum, &out.applicable, self.sheet.full_points);
                out.adjustments.extend(row);
            }
            Rescale::Dimension => self.rescale_dimensions(out, &left),
        }
    }

    /// One row per dimension; a dimension without applicable points is made up on the total.
    fn rescale_dimensions(&self, out: &mut Total, left: &[Exact]) {
        let (mut sum, mut full) = (Exact::zero(), Exact::zero());
        for (index, points) in self.roots.iter().zip(left) {
            let (dimension, subtotal) = (&self.criteria.dimensions[*index], &out.dimensions[*index]);
            if subtotal.applicable.is_zero() {
                continue;
            }
            let row = row(self.criteria, &dimension.id, points, &subtotal.applicable, &self.sheet.dimension_points[*index]);
            sum = &sum + points;
            sum = row.as_ref().map_or(sum.clone(), |row| &sum + &row.points);
            full = &full + &self.sheet.dimension_points[*index];
            out.adjustments.extend(row);
        }
        out.adjustments.extend(row(self.criteria, "total", &sum, &full, self.sheet.full_points));
    }

    /// Penalties and what vetoes take off: never more than there is.
    fn take_off(&self, out: &mut Total, sum: &mut Exact, gone: &BTreeSet<usize>, context: Context) {
        let mut rooms: Vec<Exact> = (0..out.dimensions.len()).map(|index| self.left(out, gone, index)).collect();
        for penalty in &self.criteria.extras.penalties {
            let (due, mut reason) = match due(penalty, context) {
                Due::Points(due, reason) => (due, reason),
                Due::Open(said) => {
                    out.open.push(said);
                    continue;
                }
            };
            let room = penalty.dimension.map_or(sum.clone(), |index| rooms[index].clone().min(sum.clone()));
            let points = held(due, &room, &mut reason);
            if let Some(index) = penalty.dimension {
                rooms[index] = &rooms[index] - &points;
            }
            *sum = &*sum - &points;
            out.adjustments.push(Adjustment { step: "penalty", id: penalty.id.clone(), points: -&points, reason });
        }
        let mut rows = Vec::new();
        for Fired { veto, reason } in &out.vetoes {
            for effect in &veto.effects {
                let (due, said) = match effect {
                    Effect::Lose(points) => (points.clone(), Said::new(&phrases::VETO_LOSE).with("lost", points_text(points))),
                    Effect::CapGrade(grade) => {
                        (Exact::zero(), Said::new(&phrases::VETO_CAP).with("grade", self.criteria.grades[*grade].name.clone()))
                    }
                    Effect::Disqualify(from) => (Exact::zero(), Said::new(&phrases::VETO_DISQUALIFY).with("from", from.clone())),
                    Effect::ZeroTotal | Effect::ZeroDimension(_) | Effect::ZeroCriterion(_) => continue,
                };
                let mut row = veto_row(veto, Exact::zero(), reason, said);
                let points = held(due, sum, &mut row.reason);
                *sum = &*sum - &points;
                rows.push(Adjustment { points: -&points, ..row });
            }
        }
        out.adjustments.extend(rows);
    }

    /// The sum as it would be after rescaling if nothing had been rounded, to see whether rounding decides a rank.
    fn unrounded(&self, out: &Total, gone: &BTreeSet<usize>) -> Option<Exact> {
        let of_root = |root: usize| {
            let numbered = self.scores.iter().zip(&self.criteria.criteria).enumerate();
            let inside = numbered.filter(|(at, (_, criterion))| !gone.contains(at) && self.criteria.counts_in(criterion.dimension, root));
            inside.filter_map(|(_, (scored, _))| scored.unrounded.as_ref()).sum::<Exact>()
        };
        // Fractions of many points have long divisors: to multiply and divide them by one number is best left out.
        let scaled = |sum: Exact, full: &Exact, applicable: &Exact| {
            if full == applicable && !full.is_zero() { Some(sum) } else { (&sum * full).checked_div(applicable) }
        };
        let sum = |parts: Vec<Exact>| parts.iter().sum::<Exact>();
        match self.criteria.policy.rescale {
            Rescale::Total => scaled(sum(self.roots.iter().map(|root| of_root(*root)).collect()), self.sheet.full_points, &out.applicable),
            Rescale::Dimension => {
                let kept: Vec<usize> = self.roots.iter().copied().filter(|root| !out.dimensions[*root].applicable.is_zero()).collect();
                let full_of = |root: &usize| &self.sheet.dimension_points[*root];
                let sums = kept.iter().filter_map(|root| scaled(of_root(*root), full_of(root), &out.dimensions[*root].applicable));
                scaled(sum(sums.collect()), self.sheet.full_points, &kept.iter().map(full_of).sum())
            }
        }
    }
}

/// Vetoes that leave nothing at all; true if one fired.
fn zero_total(out: &mut Total, sum: &mut Exact) -> bool {
    let mut rows = Vec::new();
    for Fired { veto, reason } in out.vetoes.iter().filter(|fired| fired.veto.effects.contains(&Effect::ZeroTotal)) {
        rows.push(veto_row(veto, -&*sum, reason, Said::new(&phrases::VETO_ZERO_TOTAL)));
        *sum = Exact::zero();
    }
    let is_zeroed = !rows.is_empty();
    out.adjustments.extend(rows);
    is_zeroed
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
    Some(Adjustment { step: "rescale", id: id.to_owned(), points: &made_up - sum, reason: vec![reason] })
}

fn veto_row(veto: &crate::score::extra::Veto, points: Exact, why: &[Said], effect: Said) -> Adjustment {
    let name = Said::new(&phrases::ADJUSTMENT_OF).with("name", veto.name.clone());
    let reason = std::iter::once(name).chain(why.iter().cloned()).chain([effect]).collect();
    Adjustment { step: "veto", id: veto.id.clone(), points, reason }
}

/// What is due, but no more than there is room for; said where it is less.
fn held(due: Exact, room: &Exact, reason: &mut Vec<Said>) -> Exact {
    let room = room.clone().max(Exact::zero());
    if due <= room {
        return due;
    }
    reason.push(Said::new(&phrases::TAKEN_MOST).with("lost", points_text(&room)));
    room
}

/// Printed points and applicable points of every dimension, children that count in it included.
fn subtotals(criteria: &Criteria, scores: &[Scored]) -> Vec<Subtotal> {
    let mut subtotals: Vec<Subtotal> =
        criteria.dimensions.iter().map(|_| Subtotal { points: Exact::zero(), applicable: Exact::zero() }).collect();
    for (scored, criterion) in scores.iter().zip(&criteria.criteria) {
        for index in counted_in(&criteria.dimensions, criterion.dimension) {
            if let Some(points) = &scored.score.points {
                subtotals[index].points = &subtotals[index].points + points;
            }
            if scored.applicable {
                subtotals[index].applicable = &subtotals[index].applicable + &criterion.points;
            }
        }
    }
    subtotals
}
