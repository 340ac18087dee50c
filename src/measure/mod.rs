//! From values to measures: windows (T), slots (F6, C), terms (sums), value and state.

use polars::prelude::PolarsResult;

use crate::catalogue::{Catalogue, Indicator, Pooling};
use crate::dataset::Dataset;
use crate::formula::Window;
use crate::number::Exact;
use crate::registry::Registry;
use crate::scorebook::MeasureResult;

pub mod gaps;
pub mod held;
pub mod interval;
pub mod phrases;
pub mod plan;
pub mod roster;
mod scope;
pub mod slots;
mod tally;
pub mod terms;
mod value;
pub mod window;

use gaps::Gaps;
use held::Amount;
use plan::{Plan, View};
use roster::Roster;

use tally::Tally;
use terms::TermSums;

/// What decides whether a value may be scored [C4, S2].
#[derive(Debug, Clone)]
pub struct Limits {
    /// Least completeness.
    pub min_completeness: Exact,
    /// Least denominator.
    pub min_denominator: Exact,
}

/// All measures of a run.
#[derive(Debug)]
pub struct Measures {
    /// Measures by unit, each in the order: indicators, assessed window before baseline.
    pub by_unit: Vec<Vec<MeasureResult>>,
    /// Every slot that was required and not met, for findings.
    pub gaps: Gaps,
}

/// Computes the indicators for every unit, in the assessed window and, where the formula has no
/// window of its own, in the baseline.
pub fn measure(
    catalogue: &Catalogue,
    indicators: &[&Indicator],
    limits: &[Limits],
    dataset: &Dataset,
    registry: &Registry,
    roster: &Roster,
) -> PolarsResult<Measures> {
    let view = View { catalogue, dataset, registry, roster };
    let plans = plans(indicators, roster);
    let columns: usize = plans.iter().map(|(_, plan)| plan.sums.len()).sum();
    let mut sums = TermSums::new(columns, roster.units.len());
    let mut tallies: Vec<Vec<Tally>> = plans.iter().map(|(_, plan)| roster.units.iter().map(|_| Tally::new(plan)).collect()).collect();
    let mut gaps = Gaps::default();
    for member in &roster.members {
        let mut row: Vec<Option<i64>> = Vec::with_capacity(columns);
        for ((_, plan), tallies) in plans.iter().zip(&mut tallies) {
            let share = slots::share(plan, member, view);
            let tally = &mut tallies[member.unit];
            tally.add(plan, &share, member.organisation);
            gaps.add(member.organisation, &share.gaps);
            if plan.indicator.pooling == Pooling::Mean && share.takes_part() {
                value::add_own(tally, plan, &share, member.organisation, view);
            }
            row.extend(share.sums.iter().map(|amount| match amount {
                Some(Amount::Steps(steps)) => Some(*steps),
                _ => None,
            }));
        }
        sums.push(member.unit, row.into_iter())?;
    }
    let totals = sums.finish()?;
    let mut by_unit: Vec<Vec<MeasureResult>> = roster.units.iter().map(|_| Vec::with_capacity(plans.len())).collect();
    let mut column = 0;
    for ((index, plan), tallies) in plans.iter().zip(tallies) {
        let of_plan = &totals[column..column + plan.sums.len()];
        column += plan.sums.len();
        for (unit, tally) in tallies.into_iter().enumerate() {
            let unit_totals: Vec<_> = of_plan.iter().map(|by_unit| by_unit[unit]).collect();
            by_unit[unit].push(value::conclude(*index, plan, &tally, &unit_totals, &limits[*index], view));
        }
    }
    Ok(Measures { by_unit, gaps })
}

/// Indicators with the windows they are measured in.
fn plans<'a>(indicators: &[&'a Indicator], roster: &Roster) -> Vec<(usize, Plan<'a>)> {
    let mut plans = Vec::new();
    for (index, indicator) in indicators.iter().enumerate() {
        plans.push((index, Plan::new(indicator, Window::Assessed)));
        let names_a_window = indicator.formulas().any(|formula| formula.windows().iter().any(|window| *window != Window::Assessed));
        if roster.windows.baseline.is_some() && !names_a_window {
            plans.push((index, Plan::new(indicator, Window::Baseline)));
        }
    }
    plans
}
