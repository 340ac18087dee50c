//! Intervals about values and limits about a baseline, for reading only: never part of a rule [N4, I1].
//!
//! An interval tells how far a value might lie from where it is if the same care were given to other patients of the
//! same kind. Which method serves is decided by the form of the indicator and named beside the limits [I2, I3].
//!
//! The functions of [`proportion`], [`rate`] and [`funnel`] take figures and return figures; outside their domain they
//! return `None`, never 0. Limits are in the display unit, as the value is: quotient × factor.

use crate::catalogue::{Form, Indicator, Pooling};
use crate::number::Exact;
use crate::scorebook::Interval;

pub mod funnel;
pub mod proportion;
pub mod rate;

/// How often an interval made this way holds the true value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// 95 %: what is shown beside a value; the warning lines of a funnel plot.
    P95,
    /// 99.8 %: the alarm lines of a funnel plot.
    P998,
}

impl Confidence {
    /// Both, the narrower first.
    pub const ALL: [Self; 2] = [Self::P95, Self::P998];

    /// What lies beyond each of the two limits, α/2.
    pub fn tail(self) -> f64 {
        match self {
            Self::P95 => 0.025,
            Self::P998 => 0.001,
        }
    }

    /// The two-sided quantile of the normal distribution, Φ⁻¹(1 − α/2), to the last digit of a double.
    pub fn z(self) -> f64 {
        match self {
            Self::P95 => 1.959_963_984_540_054,
            Self::P998 => 3.090_232_306_167_813_5,
        }
    }
}

/// The interval of a value by the form of its indicator [I2, I3]. `None` for forms whose numerator and denominator do not
/// say how sure the value is, for means of organisations' own values, and outside the domain of the method; whether there
/// is a value at all is told by the state of the measure.
pub fn of(indicator: &Indicator, numerator: &Exact, denominator: &Exact, confidence: Confidence) -> Option<Interval> {
    if indicator.pooling == Pooling::Mean {
        return None;
    }
    let (numerator, denominator, factor) = (numerator.to_f64(), denominator.to_f64(), indicator.factor.to_f64());
    match indicator.form {
        Form::Proportion => proportion::wilson(numerator, denominator, factor, confidence),
        Form::Rate => rate::poisson(numerator, denominator, factor, confidence),
        Form::Ratio | Form::Count | Form::Mean | Form::Published => None,
    }
}

/// Where an interval lies, seen from a reference value such as a target or the average of peers [I4].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The whole interval is below the reference: the value is lower, and more than chance would make it.
    Below,
    /// The interval holds the reference, its limits included: the difference may be chance.
    Within,
    /// The whole interval is above the reference.
    Above,
}

impl Side {
    /// Where this interval lies; both are in the display unit.
    ///
    /// ```
    /// use kaohe::measure::interval::{Confidence, Side, proportion::wilson};
    /// // 65 of 100: 55.3 % to 73.6 %.
    /// let interval = wilson(65.0, 100.0, 100.0, Confidence::P95).unwrap();
    /// assert_eq!(Side::of(&interval, &"50".parse().unwrap()), Side::Above);
    /// assert_eq!(Side::of(&interval, &"70".parse().unwrap()), Side::Within);
    /// ```
    pub fn of(interval: &Interval, reference: &Exact) -> Self {
        let reference = reference.to_f64();
        if interval.upper < reference {
            Self::Below
        } else if interval.lower > reference {
            Self::Above
        } else {
            Self::Within
        }
    }
}

/// True for a finite factor above 0: with another, a lower limit would not be the lower one.
fn is_scale(factor: f64) -> bool {
    factor > 0.0 && factor.is_finite()
}

#[cfg(test)]
mod tests;
