//! Which units differ from all of them together by more than chance (漏斗图): for charts and for reading only [I5].

use crate::formula::Window;
use crate::measure::interval::Confidence;
use crate::measure::interval::funnel::{FunnelLimits, Significance, of_proportion, of_rate};
use crate::score::criterion::usable;
use crate::scorebook::{MeasureResult, Scorebook};
use crate::standing::Standing;

/// Fewest units of which a funnel says anything.
const UNITS_AT_LEAST: usize = 5;
/// Denominators at which the limits are worked out.
const STEPS: u32 = 60;

/// One indicator of one peer group.
#[derive(Debug)]
pub struct Funnel {
    /// The figure of all together, in the display unit.
    pub centre: f64,
    /// The units that have a value.
    pub points: Vec<FunnelPoint>,
    /// Denominators with the limits at 95 % and 99.8 %, the smallest first.
    pub limits: Vec<(f64, FunnelLimits, FunnelLimits)>,
}

/// One unit.
#[derive(Debug)]
pub struct FunnelPoint {
    /// Index of the unit.
    pub unit: usize,
    /// Its denominator.
    pub size: f64,
    /// Its value, in the display unit.
    pub value: f64,
    /// Where it lies.
    pub significance: Significance,
}

/// The funnel of an indicator; `None` where it has no intervals, the units form several groups, or they are few.
pub fn funnel(book: &Scorebook, standing: &Standing, indicator: usize) -> Option<Funnel> {
    let head = book.indicators.get(indicator)?;
    let groups = standing.fields.get(indicator)?;
    let field = groups.values().next().filter(|_| groups.len() == 1)?;
    let centre = field.together(&head.factor)?.to_f64();
    let measures = measured(book, indicator);
    if measures.len() < UNITS_AT_LEAST {
        return None;
    }
    let is_proportion = measures.iter().all(|(_, measure)| measure.interval.is_some_and(|interval| interval.method.starts_with("wilson")));
    let method = if is_proportion { of_proportion } else { of_rate };
    let limits = |size: f64| {
        let at = |confidence| method(centre, size, head.factor.to_f64(), confidence);
        Some((at(Confidence::P95)?, at(Confidence::P998)?))
    };
    let point = |(unit, measure): &(usize, &MeasureResult)| {
        let (size, value) = (measure.denominator.as_ref()?.to_f64(), measure.value.as_ref()?.to_f64());
        let (inner, outer) = limits(size)?;
        Some(FunnelPoint { unit: *unit, size, value, significance: Significance::of(value, &inner, &outer) })
    };
    let points: Vec<FunnelPoint> = measures.iter().filter_map(point).collect();
    let largest = points.iter().map(|point| point.size).fold(0.0, f64::max) * 1.05;
    let along = (1..=STEPS).map(|step| largest * f64::from(step) / f64::from(STEPS));
    Some(Funnel { centre, points, limits: along.filter_map(|size| limits(size).map(|(inner, outer)| (size, inner, outer))).collect() })
}

/// Assessed values that have an interval, with their units.
fn measured(book: &Scorebook, indicator: usize) -> Vec<(usize, &MeasureResult)> {
    let of_it = |measure: &&MeasureResult| measure.indicator == indicator && measure.window == Window::Assessed;
    let measure = |unit: usize| book.units.get(unit)?.measures.iter().find(of_it);
    let has_interval = |measure: &&MeasureResult| usable(measure).and(measure.interval.as_ref()).is_some();
    (0..book.units.len()).filter_map(|unit| Some((unit, measure(unit).filter(has_interval)?))).collect()
}
