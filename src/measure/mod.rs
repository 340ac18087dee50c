//! From values to measures: windows (T), slots (F6, C), terms (sums), value and state.

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;
use rayon::prelude::*;

use crate::catalogue::{Catalogue, Form, Indicator, Pooling};
use crate::codes::score as codes;
use crate::dataset::Dataset;
use crate::finding::{Finding, Place};
use crate::formula::Window;
use crate::number::Exact;
use crate::registry::Registry;
use crate::scorebook::MeasureResult;
use crate::state::State;
use crate::text::{Lang, Text};

pub mod coverage;
pub mod gaps;
pub mod held;
pub mod interval;
pub mod member;
pub mod phrases;
pub mod plan;
pub mod roster;
pub mod scope;
pub mod series;
pub mod slots;
mod tally;
pub mod terms;
mod value;
pub mod window;

use gaps::Gaps;
use held::Amount;
use member::Member;
use plan::{Plan, View};
use roster::{Membership, Roster, Unit};
use slots::Share;

use tally::Tally;
use terms::TermSums;

/// Members whose shares are held together, and those of them that are worked out one behind the other.
const AT_ONCE: usize = 256;
const TOGETHER: usize = 32;

/// What decides whether a value may be scored [C4, S2].
#[derive(Debug, Clone)]
pub struct Limits {
    /// Least completeness.
    pub min_completeness: Exact,
    /// Least denominator.
    pub min_denominator: Exact,
    /// The windows a score depends on; what is wrong in others is shown beside the measure only.
    pub needed: Vec<Wanted>,
}

/// A window of an indicator that scores depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The window.
    pub window: Window,
    /// Indices of the units of which nothing asks it.
    pub excused: BTreeSet<usize>,
}

impl Limits {
    /// Whether a score of this unit depends on a window.
    fn is_needed(&self, unit: usize, window: Window) -> bool {
        self.needed.iter().any(|wanted| wanted.window == window && !wanted.excused.contains(&unit))
    }
}

/// All measures of a run.
#[derive(Debug)]
pub struct Measures {
    /// Measures by unit, each in the order: indicators, assessed window before baseline.
    pub by_unit: Vec<Vec<MeasureResult>>,
    /// Every slot that a score requires and that is not met, for findings.
    pub gaps: Gaps,
    /// Measures that were rejected as a whole, and values above what is plausible.
    pub findings: Vec<Finding>,
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
    let new = |_: &Unit| plans.iter().map(|(_, plan)| Tally::new(plan)).collect();
    let mut tallies: Vec<Vec<Tally>> = roster.units.iter().map(new).collect();
    let mut gaps = Gaps::default();
    // Their values mostly stand together by organisation, whatever unit it belongs to.
    let mut members: Vec<&Membership> = roster.members.iter().collect();
    members.sort_by_key(|member| member.organisation);
    // Indicator by indicator: cells of one item stand together.
    let shares_of = |few: &[&Membership]| {
        let few: Vec<Member> = few.iter().map(|member| Member::new(member, view)).collect();
        let of_plan = |(_, plan): &(usize, Plan)| few.iter().map(|member| slots::share(plan, member)).collect();
        plans.iter().map(of_plan).collect::<Vec<Vec<Share>>>()
    };
    let mut add_few = |few: &[&Membership], shares: Vec<Vec<Share>>| {
        for (at, member) in few.iter().enumerate() {
            let mut row: Vec<Option<i64>> = Vec::with_capacity(columns);
            for (((index, plan), tally), shares) in plans.iter().zip(&mut tallies[member.unit]).zip(&shares) {
                let share = &shares[at];
                tally.add(plan, share, member.organisation);
                if limits[*index].is_needed(member.unit, plan.window) {
                    gaps.add(member.organisation, &share.gaps);
                }
                if plan.indicator.pooling == Pooling::Mean && share.takes_part() {
                    value::add_own(tally, plan, share, member.organisation, view);
                }
                row.extend(share.sums.iter().map(|amount| match amount {
                    Some(Amount::Steps(steps)) => Some(*steps),
                    _ => None,
                }));
            }
            sums.push(member.unit, row.into_iter())?;
        }
        PolarsResult::Ok(())
    };
    // Shares are worked out on all cores, while those before are added up in the order of the members.
    let mut add = |members: &[&Membership], shares: Vec<Vec<Vec<Share>>>| {
        members.chunks(TOGETHER).zip(shares).try_for_each(|(few, shares)| add_few(few, shares))
    };
    let (mut before, mut ready): (&[&Membership], Vec<Vec<Vec<Share>>>) = (&[], Vec::new());
    for members in members.chunks(AT_ONCE) {
        let worked_out = || members.par_chunks(TOGETHER).map(shares_of).collect();
        let (added, shares) = rayon::join(|| add(before, ready), worked_out);
        added?;
        (before, ready) = (members, shares);
    }
    add(before, ready)?;
    let totals = sums.finish()?;
    let conclude = |(at, tallies): (usize, Vec<Tally>)| {
        let mut column = 0;
        let concluded = plans.iter().zip(&tallies).map(|((index, plan), tally)| {
            let own: Vec<_> = totals[column..column + plan.sums.len()].iter().map(|by_unit| by_unit[at]).collect();
            column += plan.sums.len();
            value::conclude((*index, &roster.units[at]), plan, tally, &own, &limits[*index], view)
        });
        concluded.collect()
    };
    // Each tally goes when its measure is there.
    let by_unit: Vec<Vec<MeasureResult>> = tallies.into_par_iter().enumerate().map(conclude).collect();
    let findings = findings(indicators, limits, roster, &by_unit);
    Ok(Measures { by_unit, gaps, findings })
}

/// Rejected measures are errors [S6]; a coverage above 100 % stands with a warning [F10].
fn findings(indicators: &[&Indicator], limits: &[Limits], roster: &Roster, by_unit: &[Vec<MeasureResult>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, (unit, measures)) in roster.units.iter().zip(by_unit).enumerate() {
        for measure in measures.iter().filter(|measure| limits[measure.indicator].is_needed(at, measure.window)) {
            let indicator = indicators[measure.indicator];
            let whole = measure.reasons.iter().find(|said| {
                [&phrases::OUT_OF_RANGE, &phrases::NEGATIVE, &phrases::WITHOUT_BASE, &phrases::TOO_LARGE, &phrases::OWN_FAULT]
                    .contains(&said.phrase)
            });
            let hundred = Exact::from(100);
            let above =
                indicator.form == Form::Ratio && indicator.unit == "%" && measure.value.as_ref().is_some_and(|value| *value > hundred);
            let compares = indicator.formulas().any(|formula| formula.windows().len() > 1);
            let place = Place {
                organisation: Some(unit.key.clone()),
                period: Some(measure.span.to_string().into()),
                item: Some(indicator.id.clone()),
                ..Place::default()
            };
            if let (State::Rejected, Some(reason)) = (measure.state, whole) {
                let finding =
                    Finding::new(&codes::MEASURE_REJECTED, place).with("unit", unit.name.clone()).with("indicator", indicator.name.clone());
                findings.push(finding.with("reason", Text::new(reason.render(Lang::Zh), reason.render(Lang::En))));
            } else if above && !compares {
                let value = measure.value.as_ref().map_or_else(String::new, |value| value.fixed(indicator.decimals));
                let finding =
                    Finding::new(&codes::ABOVE_HUNDRED, place).with("unit", unit.name.clone()).with("indicator", indicator.name.clone());
                findings.push(finding.with("value", value));
            }
        }
    }
    findings
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
