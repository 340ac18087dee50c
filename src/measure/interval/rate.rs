//! Rates of events: exact Poisson limits below ten events, Byar's approximation from ten.

use statrs::function::gamma::{gamma_lr, gamma_ur};

use super::{Confidence, is_scale};
use crate::scorebook::Interval;

/// From so many events on, Byar's approximation serves: there its lower limit is 0.2 % below the exact one at 95 %, 1.5 % at
/// 99.8 %; the upper one is closer, and both come closer with every event.
pub const BYAR_FROM: f64 = 10.0;

/// Up to so many events exact limits are worked out: the work grows with their root, and Byar's are equal to six digits.
pub const EXACT_TO: f64 = 100_000.0;

/// The interval of a rate, events/exposure × factor: [`exact`] below ten events, [`byar`] from ten; the method is named.
///
/// Domain: events ≥ 0, exposure > 0, factor > 0, all finite; `None` outside.
pub fn poisson(events: f64, exposure: f64, factor: f64, confidence: Confidence) -> Option<Interval> {
    if events < BYAR_FROM { exact(events, exposure, factor, confidence) } else { byar(events, exposure, factor, confidence) }
}

/// Byar's approximation to the Poisson limits of x events:
///
/// x·(1 − 1/9x − z/3√x)³ and (x+1)·(1 − 1/9(x+1) + z/3√(x+1))³, times factor/exposure.
///
/// Source: Breslow and Day, Statistical Methods in Cancer Research II (IARC 1987), chapter 2. Domain: events ≥ 0, exposure > 0,
/// factor > 0, all finite; `None` outside. Of no event the lower limit is 0.
pub fn byar(events: f64, exposure: f64, factor: f64, confidence: Confidence) -> Option<Interval> {
    let method = match confidence {
        Confidence::P95 => "byar-95",
        Confidence::P998 => "byar-99.8",
    };
    scaled(byar_limits, (events, exposure, factor), confidence, method)
}

/// The exact limits of a Poisson count x, by quantiles of χ²:
///
/// χ²(α/2; 2x)/2 and χ²(1 − α/2; 2x + 2)/2, times factor/exposure.
///
/// Source: Garwood, Biometrika 28 (1936) 437–442. Domain: events ≥ 0, exposure > 0, factor > 0, all finite; `None`
/// outside, and above [`EXACT_TO`] events. Of no event the lower limit is 0.
pub fn exact(events: f64, exposure: f64, factor: f64, confidence: Confidence) -> Option<Interval> {
    let method = match confidence {
        Confidence::P95 => "exact-95",
        Confidence::P998 => "exact-99.8",
    };
    if events > EXACT_TO {
        return None;
    }
    scaled(exact_limits, (events, exposure, factor), confidence, method)
}

/// Limits of a count in events.
type Limits = fn(f64, Confidence) -> (f64, f64);

fn scaled(limits: Limits, (events, exposure, factor): (f64, f64, f64), confidence: Confidence, method: &'static str) -> Option<Interval> {
    if !(events >= 0.0 && events.is_finite() && exposure > 0.0 && exposure.is_finite() && is_scale(factor)) {
        return None;
    }
    let (lower, upper) = limits(events, confidence);
    // Multiplied before divided, as values are [N5].
    Some(Interval { lower: lower * factor / exposure, upper: upper * factor / exposure, method })
}

pub(super) fn byar_limits(events: f64, confidence: Confidence) -> (f64, f64) {
    let cubed = |count: f64, z: f64| count * (1.0 - 1.0 / (9.0 * count) + z / (3.0 * count.sqrt())).powi(3);
    // For one event at 99.8 % the approximation falls below 0.
    let lower = if events > 0.0 { cubed(events, -confidence.z()).max(0.0) } else { 0.0 };
    (lower, cubed(events + 1.0, confidence.z()))
}

/// Means of a Poisson distribution under which so many events or more, and so many or fewer, have the probability α/2.
/// χ²(q; 2a)/2 is the quantile q of the gamma distribution of shape a, found on its regularised function.
pub(super) fn exact_limits(events: f64, confidence: Confidence) -> (f64, f64) {
    let tail = confidence.tail();
    let lower = if events > 0.0 { crossing(0.0, events, |mean| gamma_lr(events, mean) >= tail) } else { 0.0 };
    let above = beyond(events, |mean| gamma_ur(events + 1.0, mean) <= tail);
    (lower, crossing(events, above, |mean| gamma_ur(events + 1.0, mean) <= tail))
}

/// A number above `from` where the condition holds, for one that holds of all that are large enough.
pub(super) fn beyond(from: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let mut reach = 1.0;
    while !holds(from + reach) {
        reach *= 2.0;
    }
    from + reach
}

/// The place between the two where the condition begins to hold, by halving until no double lies between.
pub(super) fn crossing(mut below: f64, mut above: f64, holds: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = below + (above - below) / 2.0;
        if middle <= below || middle >= above {
            return middle;
        }
        if holds(middle) {
            above = middle;
        } else {
            below = middle;
        }
    }
}
