//! Supervision through the year: what passed a line, and how it came there (domain S23).

use crate::assess::Prepared;
use crate::catalogue::Indicator;
use crate::formula::Window;
use crate::measure::window::Windows;
use crate::measure::{Limits, measure};
use crate::number::Exact;
use crate::period::{Lookback, Span};
use crate::score::criterion::usable;
use crate::score::kernel::Lines;
use crate::scorebook::Scorebook;

/// What is watched, and over which earlier periods.
#[derive(Debug)]
pub struct Monitor {
    /// Periods before the assessed one, each of its length, the earliest first.
    pub periods: Vec<Span>,
    /// Every unit and criterion with lines, in the order of the book.
    pub watched: Vec<Watched>,
}

/// A value with lines.
#[derive(Debug)]
pub struct Watched {
    /// Index of the unit.
    pub unit: usize,
    /// Index of the criterion.
    pub criterion: usize,
    /// Its lines.
    pub lines: Lines,
    /// Its usable values in the periods before, parallel to them.
    pub earlier: Vec<Option<Exact>>,
}

/// Values of earlier periods are what an assessment of that period would have shown: members, windows and completeness as of
/// then, figures as known now.
pub fn monitor(prepared: &Prepared, book: &Scorebook, back: usize) -> anyhow::Result<Monitor> {
    let assessment = prepared.assessment;
    let windows = assessment.roster.windows;
    let months = i32::try_from(windows.len())?;
    let before = |steps: usize| Ok::<i32, anyhow::Error>(-months * i32::try_from(steps)?);
    let shifts: Vec<i32> = (1..=back).rev().map(before).collect::<anyhow::Result<_>>()?;
    let criteria = assessment.criteria.criteria.iter().enumerate();
    let lined: Vec<(usize, &Lines, &Indicator)> = criteria
        .filter_map(|(at, criterion)| Some((at, criterion.lines.as_ref()?, assessment.catalogue.indicators.get(criterion.indicator?)?)))
        .collect();
    let mut series: Vec<Vec<Vec<Option<Exact>>>> = Vec::new();
    for shift in &shifts {
        let earlier = Windows { assessed: windows.assessed.plus(*shift), baseline: windows.baseline.map(|base| base.plus(*shift)) };
        series.push(values(prepared, &lined.iter().map(|(_, _, indicator)| *indicator).collect::<Vec<_>>(), earlier)?);
    }
    let mut watched = Vec::new();
    for (unit, result) in book.units.iter().enumerate() {
        for (place, (criterion, lines, _)) in lined.iter().enumerate() {
            let is_on_sheet = result.scores.get(*criterion).is_some_and(|score| score.is_on_sheet);
            if is_on_sheet {
                let earlier = series.iter().map(|of_period| of_period[place][unit].clone()).collect();
                watched.push(Watched { unit, criterion: *criterion, lines: (*lines).clone(), earlier });
            }
        }
    }
    Ok(Monitor { periods: shifts.iter().map(|shift| windows.assessed.plus(*shift)).collect(), watched })
}

/// Usable values by indicator and unit over these windows.
fn values(prepared: &Prepared, indicators: &[&Indicator], windows: Windows) -> anyhow::Result<Vec<Vec<Option<Exact>>>> {
    let assessment = prepared.assessment;
    let policy = &assessment.criteria.policy;
    let mut found: Vec<Vec<Option<Exact>>> = indicators.iter().map(|_| vec![None; assessment.roster.units.len()]).collect();
    for lookback in Lookback::ALL {
        let chosen: Vec<usize> = (0..indicators.len()).filter(|at| indicators[*at].lookback == lookback).collect();
        let of_these: Vec<&Indicator> = chosen.iter().map(|at| indicators[*at]).collect();
        if chosen.is_empty() {
            continue;
        }
        let limit = Limits {
            min_completeness: policy.min_completeness.clone(),
            min_denominator: policy.min_denominator.clone(),
            needed: Vec::new(),
        };
        let limits = vec![limit; chosen.len()];
        let roster = assessment.roster.over(&assessment.registry, &assessment.unit, windows.over(lookback), policy.baseline_members);
        let measures = measure(&assessment.catalogue, &of_these, &limits, &prepared.dataset, &assessment.registry, &roster)?;
        for (unit, measures) in measures.by_unit.into_iter().enumerate() {
            for one in measures.iter().filter(|one| one.window == Window::Assessed) {
                found[chosen[one.indicator]][unit] = usable(one).cloned();
            }
        }
    }
    Ok(found)
}

/// Scored values month by month through the assessed window.
#[derive(Debug, Default)]
pub struct Series {
    /// The months; none where they were not looked at.
    pub months: Vec<Span>,
    /// By criterion, month and unit; none for a criterion without an indicator.
    pub values: Vec<Vec<Vec<Option<Exact>>>>,
}

impl Series {
    /// What an assessment of each month by itself would have measured.
    pub fn by_month(prepared: &Prepared) -> anyhow::Result<Self> {
        let assessment = prepared.assessment;
        let windows = assessment.roster.windows;
        let criteria = &assessment.criteria.criteria;
        let measured: Vec<(usize, &Indicator)> = criteria
            .iter()
            .enumerate()
            .filter_map(|(at, criterion)| Some((at, assessment.catalogue.indicators.get(criterion.indicator?)?)))
            .collect();
        let indicators: Vec<&Indicator> = measured.iter().map(|(_, indicator)| *indicator).collect();
        let mut series = Self { months: Vec::new(), values: vec![Vec::new(); criteria.len()] };
        for step in 0..i32::try_from(windows.len())? {
            let month = |span: Span| Span::month(span.first().plus(step));
            let values =
                values(prepared, &indicators, Windows { assessed: month(windows.assessed), baseline: windows.baseline.map(month) })?;
            series.months.push(month(windows.assessed));
            for ((criterion, _), of_month) in measured.iter().zip(values) {
                series.values[*criterion].push(of_month);
            }
        }
        Ok(series)
    }
}
