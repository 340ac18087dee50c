//! Intervals about values, for reading only: never part of a rule [N4].

use crate::scorebook::Interval;

/// The two-sided 95 % normal quantile.
const Z95: f64 = 1.959_963_984_540_054;

/// The Wilson score interval of a proportion (Wilson 1927), times `factor`; `None` without a
/// denominator or outside 0 ≤ n ≤ d.
pub fn wilson(numerator: f64, denominator: f64, factor: f64) -> Option<Interval> {
    if !(denominator > 0.0 && (0.0..=denominator).contains(&numerator)) {
        return None;
    }
    let (share, square) = (numerator / denominator, Z95 * Z95);
    let centre = share + square / (2.0 * denominator);
    let spread = Z95 * (share * (1.0 - share) / denominator + square / (4.0 * denominator * denominator)).sqrt();
    let scale = factor / (1.0 + square / denominator);
    Some(Interval { lower: ((centre - spread) * scale).max(0.0), upper: ((centre + spread) * scale).min(factor), method: "wilson-95" })
}
