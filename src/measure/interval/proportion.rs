//! Proportions: the Wilson score interval.

use super::{Confidence, is_scale};
use crate::scorebook::Interval;

/// The Wilson score interval of a proportion p = n/d, without correction for continuity:
///
/// (p + z²/2d ± z·√(p(1 − p)/d + z²/4d²)) / (1 + z²/d), times the factor.
///
/// Source: Wilson, Journal of the American Statistical Association 22 (1927) 209–212. Domain: 0 ≤ n ≤ d, d > 0, factor > 0,
/// all finite; `None` outside. The limits lie between 0 and the factor, also for none and for all of d.
pub fn wilson(numerator: f64, denominator: f64, factor: f64, confidence: Confidence) -> Option<Interval> {
    let is_part = denominator > 0.0 && denominator.is_finite() && (0.0..=denominator).contains(&numerator);
    if !(is_part && is_scale(factor)) {
        return None;
    }
    let (share, z) = (numerator / denominator, confidence.z());
    let square = z * z;
    let centre = share + square / (2.0 * denominator);
    let spread = z * (share * (1.0 - share) / denominator + square / (4.0 * denominator * denominator)).sqrt();
    let scale = factor / (1.0 + square / denominator);
    // None of d has the lower limit 0, all of d the upper limit 1; rounding would leave a trace there.
    let lower = if numerator > 0.0 { ((centre - spread) * scale).max(0.0) } else { 0.0 };
    let upper = if numerator < denominator { ((centre + spread) * scale).min(factor) } else { factor };
    Some(Interval { lower, upper, method: method(confidence) })
}

fn method(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::P95 => "wilson-95",
        Confidence::P998 => "wilson-99.8",
    }
}
