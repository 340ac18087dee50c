//! From values to measures: windows (T), slots (F6, C), terms (sums), value and state.

use std::collections::BTreeSet;

use polars_core::prelude::PolarsResult;
use rayon::prelude::*;

use crate::catalogue::{Catalogue, Form, Indicator, Pooling};
use crate::codes::score as codes;
use crate::dataset::Dataset;
use crate::finding::{Finding, Place};
use crate::formula::Window;
use crate::number::Exact;
use crate::registry::{OrgId, Registry};
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
mod reasons;
pub mod roster;
pub mod scope;
pub mod series;
pub mod slots;
mod tally;
pub mod terms;
mod value;
pub mod window;

use gaps::Gaps;
use held::{Amount, Gap};
use member::Member;
use plan::{Plan, View};
use reasons::Wording;
use roster::{Membership, Roster, Unit};
use slots::Desk;
use tally::Tally;
use terms::{TermSums, Total};

/// Members that are worked out at once, and those of them that are worked out one behind the other.
const AT_ONCE: usize = 1024;
const TOGETHER: usize = 64;

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
    let mut tallies: Vec<Option<Vec<Tally>>> = roster.units.iter().map(|_| None).collect();
    let mut gaps = Gaps::default();
    // Their values mostly stand together by organisation, whatever unit it belongs to.
    let mut members: Vec<&Membership> = roster.members.iter().collect();
    members.sort_by_key(|member| member.organisation);
    let mut add = |brought: Vec<Brought>| {
        for brought in brought {
            gaps.add(&brought.gaps);
            for Together { unit, sums: own, tallies: behind } in brought.units {
                sums.push(unit, &own)?;
                match &mut tallies[unit] {
                    Some(known) => known.iter_mut().zip(behind).for_each(|(known, behind)| known.join(behind)),
                    none => *none = Some(behind),
                }
            }
        }
        PolarsResult::Ok(())
    };
    // While some are worked out, those before are added in the order of the members.
    let mut ready = Vec::new();
    for members in members.chunks(AT_ONCE) {
        let worked_out = || members.par_chunks(TOGETHER).map(|few| Brought::of(few, &plans, limits, view)).collect();
        let (added, brought) = rayon::join(|| add(ready), worked_out);
        added?;
        ready = brought;
    }
    add(ready)?;
    let totals = sums.finish()?;
    let conclude = |wording: &mut Wording, (at, tallies): (usize, Option<Vec<Tally>>)| {
        let mut column = 0;
        let tallies = tallies.unwrap_or_else(|| Brought::nothing(&plans));
        let concluded = plans.iter().zip(&tallies).map(|((index, plan), tally)| {
            let own: Vec<_> = totals[column..column + plan.sums.len()].iter().map(|by_unit| by_unit[at]).collect();
            column += plan.sums.len();
            value::conclude((*index, &roster.units[at]), plan, tally, &own, &limits[*index], (view, &mut *wording))
        });
        concluded.collect()
    };
    // Each tally goes when its measure is there.
    let by_unit: Vec<Vec<MeasureResult>> = tallies.into_par_iter().enumerate().map_init(Wording::default, conclude).collect();
    let findings = findings(indicators, limits, roster, &by_unit);
    Ok(Measures { by_unit, gaps, findings })
}

/// What some members bring.
struct Brought {
    units: Vec<Together>,
    /// By organisation, item and window, one of each.
    gaps: Vec<(OrgId, Gap)>,
}

/// What those of one unit have together.
struct Together {
    unit: usize,
    /// For each term of each plan.
    sums: Vec<Total>,
    /// For each plan.
    tallies: Vec<Tally>,
}

impl Brought {
    fn of(few: &[&Membership], plans: &[(usize, Plan)], limits: &[Limits], view: View) -> Self {
        let few: Vec<Member> = few.iter().map(|member| Member::new(member, view)).collect();
        let mut units: Vec<usize> = few.iter().map(|member| member.of.unit).collect();
        units.sort_unstable();
        units.dedup();
        let terms = plans.iter().map(|(_, plan)| plan.sums.len()).sum();
        let nothing = |unit| Together { unit, sums: vec![Total::default(); terms], tallies: Self::nothing(plans) };
        let mut units: Vec<Together> = units.into_iter().map(nothing).collect();
        let mut gaps: Vec<(OrgId, Gap)> = Vec::new();
        let mut desk = Desk::default();
        // Indicator by indicator: cells of one item stand together.
        let mut first = 0;
        for (at, (index, plan)) in plans.iter().enumerate() {
            for member in &few {
                let share = desk.share(plan, member);
                let place = units.partition_point(|together| together.unit < member.of.unit);
                let together = &mut units[place];
                for (sum, amount) in together.sums[first..].iter_mut().zip(&share.sums) {
                    if let Some(Amount::Steps(steps)) = amount {
                        sum.add(*steps);
                    }
                }
                let organisation = member.of.organisation;
                if limits[*index].is_needed(member.of.unit, plan.window) {
                    gaps.extend(share.gaps.iter().map(|gap| (organisation, *gap)));
                }
                let tally = &mut together.tallies[at];
                tally.add(share, organisation);
                if plan.indicator.pooling == Pooling::Mean && share.takes_part() {
                    value::add_own(tally, plan, share, organisation, view);
                }
            }
            first += plan.sums.len();
        }
        Self { units, gaps: gaps::once(gaps) }
    }

    /// What nobody brings.
    fn nothing(plans: &[(usize, Plan)]) -> Vec<Tally> {
        plans.iter().map(|(_, plan)| Tally::new(plan)).collect()
    }
}

/// Rejected measures are errors [S6]; a coverage above 100 % stands with a warning [F10].
fn findings(indicators: &[&Indicator], limits: &[Limits], roster: &Roster, by_unit: &[Vec<MeasureResult>]) -> Vec<Finding> {
    let hundred = Exact::from(100);
    let may_pass_it = |indicator: &&Indicator| {
        let compares = indicator.formulas().any(|formula| formula.windows().len() > 1);
        indicator.form == Form::Ratio && indicator.unit == "%" && !compares
    };
    let may_pass_it: Vec<bool> = indicators.iter().map(may_pass_it).collect();
    let found = |unit: &Unit, measure: &MeasureResult| {
        let indicator = indicators[measure.indicator];
        let finding = |code| {
            let place = Place {
                organisation: Some(unit.key.clone()),
                period: Some(measure.span.to_string().into()),
                item: Some(indicator.id.clone()),
                ..Place::default()
            };
            Finding::new(code, place).with("unit", unit.name.clone()).with("indicator", indicator.name.clone())
        };
        let whole = measure.reasons.iter().filter(|_| measure.state == State::Rejected).find(|said| {
            [&phrases::OUT_OF_RANGE, &phrases::NEGATIVE, &phrases::WITHOUT_BASE, &phrases::TOO_LARGE, &phrases::OWN_FAULT]
                .contains(&said.phrase)
        });
        if let Some(reason) = whole {
            let reason = Text::new(reason.render(Lang::Zh), reason.render(Lang::En));
            return Some(finding(&codes::MEASURE_REJECTED).with("reason", reason));
        }
        let above = measure.value.as_ref().filter(|value| may_pass_it[measure.indicator] && **value > hundred);
        above.map(|value| finding(&codes::ABOVE_HUNDRED).with("value", value.fixed(indicator.decimals)))
    };
    let of_unit = |(at, (unit, measures)): (usize, (&Unit, &Vec<MeasureResult>))| -> Vec<Finding> {
        let needed = measures.iter().filter(|measure| limits[measure.indicator].is_needed(at, measure.window));
        needed.filter_map(|measure| found(unit, measure)).collect()
    };
    roster.units.par_iter().zip(by_unit).enumerate().flat_map_iter(of_unit).collect()
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
