//! Limits about a baseline: where the values of units as large as this one lie if only chance sets them apart.
//!
//! They are the values whose interval just touches the baseline, so a unit is outside the limits exactly if its own
//! interval does not hold the baseline.

use super::rate::{beyond, byar_limits, crossing, exact_limits};
use super::{Confidence, is_scale};

/// The limits of a funnel plot at one denominator, in the display unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// Below it a value is lower than chance would make it.
    pub lower: f64,
    /// Above it a value is higher.
    pub upper: f64,
}

/// Where a value lies in a funnel plot [I5].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Significance {
    /// Below the 99.8 % limits.
    Low998,
    /// Below the 95 % limits only.
    Low95,
    /// Within both.
    Within,
    /// Above the 95 % limits only.
    High95,
    /// Above the 99.8 % limits.
    High998,
}

impl Significance {
    /// Where a value lies; limits belong to what is inside.
    pub fn of(value: f64, limits95: &FunnelLimits, limits998: &FunnelLimits) -> Self {
        if value < limits998.lower {
            Self::Low998
        } else if value < limits95.lower {
            Self::Low95
        } else if value > limits998.upper {
            Self::High998
        } else if value > limits95.upper {
            Self::High95
        } else {
            Self::Within
        }
    }
}

/// Limits of a proportion about a baseline: the proportions whose Wilson interval ends at the baseline θ, which are
///
/// θ ± z·√(θ(1 − θ)/d), cut off at 0 and 1, times the factor.
///
/// Source: Spiegelhalter, Statistics in Medicine 24 (2005) 1185–1202; the Wilson interval holds θ exactly where the score
/// test does not reject it. Domain: baseline between 0 and the factor (both in the display unit), denominator > 0,
/// factor > 0, all finite; `None` outside.
pub fn of_proportion(baseline: f64, denominator: f64, factor: f64, confidence: Confidence) -> Option<FunnelLimits> {
    if !(is_scale(factor) && (0.0..=factor).contains(&baseline) && denominator > 0.0 && denominator.is_finite()) {
        return None;
    }
    let share = baseline / factor;
    let spread = confidence.z() * (share * (1.0 - share) / denominator).sqrt() * factor;
    Some(FunnelLimits { lower: (baseline - spread).max(0.0), upper: (baseline + spread).min(factor) })
}

/// Limits of a rate about a baseline: the rates whose interval ([`super::rate::poisson`]) ends at the baseline, for the
/// number of events found by halving.
///
/// Domain: baseline ≥ 0 (in the display unit), exposure > 0, factor > 0, all finite; `None` outside. Counts are whole, and
/// the limits of their intervals rise with them; what lies between two counts belongs to neither.
pub fn of_rate(baseline: f64, exposure: f64, factor: f64, confidence: Confidence) -> Option<FunnelLimits> {
    if !(is_scale(factor) && baseline >= 0.0 && baseline.is_finite() && exposure > 0.0 && exposure.is_finite()) {
        return None;
    }
    let expected = Some(baseline * exposure / factor).filter(|expected| expected.is_finite())?;
    let reaches_up = |events: f64| limits_between(events, confidence).1 >= expected;
    let reaches_down = |events: f64| limits_between(events, confidence).0 >= expected;
    let lower = if reaches_up(0.0) { 0.0 } else { crossing(0.0, expected, reaches_up) };
    let upper = if expected > 0.0 { crossing(expected, beyond(expected, reaches_down), reaches_down) } else { 0.0 };
    let rate = |events: f64| events * factor / exposure;
    Some(FunnelLimits { lower: rate(lower), upper: rate(upper) })
}

/// Limits of a count, whole or not. The methods differ a little where one gives way to the other; half-way between nine
/// events and ten, where no count is, that cannot turn the order of counts.
fn limits_between(events: f64, confidence: Confidence) -> (f64, f64) {
    if events < 9.5 { exact_limits(events, confidence) } else { byar_limits(events, confidence) }
}
