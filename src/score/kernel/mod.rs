//! The scoring rules as pure functions: an exact value and a rule's parameters in, unrounded
//! points and the reason out [P1–P7, P11, P12].
//!
//! Each rule is a struct whose fields are named as in a criteria file, with `score` and `check`.
//! `score` is total: it never fails and keeps points within 0 and full points; for parameters
//! that `check` refuses its result has no meaning. Nothing is rounded here [P9].

use serde::Serialize;

use crate::catalogue::Better;
use crate::number::Exact;
use crate::score::reason;
use crate::text::Said;

pub mod bands;
pub mod by_date;
pub mod deduct;
pub mod gain;
pub mod graded;
pub mod improve;
pub mod judged;
pub mod linear;
pub mod lines;
pub mod loss;
pub mod monitor;
pub mod panel;
pub mod peer;
pub mod problem;
pub mod range;
pub mod ratio;
pub mod shown;
pub mod steps;
pub mod tiers;

#[cfg(test)]
mod properties;

pub use bands::{Award, Band, Bands, When};
pub use by_date::{ByDate, Lateness, read_date};
pub use deduct::{Absent, Discretion, Each, Trip, deduct};
pub use gain::{GainEach, Gained, gain_discretion, gain_met};
pub use graded::Grade;
pub use improve::{Baseline, By, Improve, Rise};
pub use judged::{Answer, Evidence, Points};
pub use linear::Linear;
pub use lines::{Light, Lines};
pub use loss::{Count, Loss, Lost, Per};
pub use panel::{Combine, Panel};
pub use peer::{Against, Peer, Percentile, Places, Ties};
pub use problem::Problem;
pub use range::Range;
pub use ratio::Ratio;
pub use shown::Shown;
pub use steps::Steps;
pub use tiers::{Tier, Tiers};

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Points, unrounded, from 0 to the criterion's full points.
    pub points: Exact,
    /// Id of the grade, where the rule gives one; verdicts on a unit read it [R7].
    pub grade: Option<String>,
    /// The parts of the sentence that explains the points.
    pub reason: Vec<Said>,
}

impl Verdict {
    /// Points explained by one part.
    pub(crate) fn new(points: Exact, part: Said) -> Self {
        Self { points, grade: None, reason: vec![part] }
    }
}

/// What a rule that compares came to [P6, P7].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The rule was evaluated.
    Evaluated(Verdict),
    /// The rule cannot be evaluated, for this reason; the rule in `or_else` takes its place.
    OrElse(Said),
    /// Neither the rule nor one in its place can be evaluated, for this reason.
    NotEvaluable(Said),
}

impl Outcome {
    /// The outcome once `or_else`, where the scheme has one, took the rule's place [P6].
    #[must_use]
    pub fn settle(self, or_else: Option<Self>) -> Self {
        match (self, or_else) {
            (Self::OrElse(cause), Some(Self::Evaluated(verdict))) => {
                let mut parts = vec![cause, Said::new(&reason::IMPROVE_OR_ELSE)];
                parts.extend(verdict.reason);
                Self::Evaluated(Verdict { reason: parts, ..verdict })
            }
            (Self::OrElse(cause), _) => Self::NotEvaluable(cause),
            (settled, _) => settled,
        }
    }
}

/// The direction in which a value improves, for the rules that need one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// Upwards.
    Higher,
    /// Downwards.
    Lower,
}

impl Direction {
    /// The direction that `rule` needs of an indicator; `criteria/no-direction` where it has none.
    pub fn needed(better: Better, rule: &'static str) -> Result<Self, Problem> {
        match better {
            Better::Higher => Ok(Self::Higher),
            Better::Lower => Ok(Self::Lower),
            Better::Range | Better::Monitor => Err(Problem::no_direction(rule)),
        }
    }

    /// Whether `value` is at the target or beyond it [P3].
    pub fn reaches(self, value: &Exact, target: &Exact) -> bool {
        match self {
            Self::Higher => value >= target,
            Self::Lower => value <= target,
        }
    }

    /// How far `value` is better than `than`; negative where it is worse.
    pub fn gain(self, value: &Exact, than: &Exact) -> Exact {
        match self {
            Self::Higher => value - than,
            Self::Lower => than - value,
        }
    }
}

/// `full_points` × `numerator` / `denominator`, multiplied first, kept within 0 and full points;
/// 0 where the denominator is 0.
fn part_of(full_points: &Exact, numerator: &Exact, denominator: &Exact) -> Exact {
    let points = (full_points * numerator).checked_div(denominator);
    points.unwrap_or_else(Exact::zero).clamp_to(&Exact::zero(), full_points)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::text::{Lang, Text};

    /// A number as a criteria file writes it.
    pub(crate) fn x(text: &str) -> Exact {
        text.parse().expect("a decimal")
    }

    /// How a percentage is shown: two decimals.
    pub(crate) fn percent(unit: &Text) -> Shown<'_> {
        Shown { unit, decimals: 2 }
    }

    /// The reason in one language.
    pub(crate) fn said(verdict: &Verdict, lang: Lang) -> String {
        reason::sentence(&verdict.reason, lang)
    }

    /// The ids of the codes of a list of problems, with their fields.
    pub(crate) fn ids(problems: &[Problem]) -> Vec<(&'static str, &'static str)> {
        problems.iter().map(|problem| (problem.code.id(), problem.field)).collect()
    }

    /// P6, P7: the substitute rule explains itself after the cause; without one nothing is evaluable.
    #[test]
    fn the_substitute_rule_takes_the_place_of_the_one_that_failed() {
        let cause = || Outcome::OrElse(Said::new(&reason::IMPROVE_BASE_NOT_APPLICABLE));
        let substitute = Outcome::Evaluated(Verdict::new(Exact::from(2), Said::new(&reason::MET_YES)));
        let Outcome::Evaluated(verdict) = cause().settle(Some(substitute)) else { panic!("evaluable") };
        assert_eq!(verdict.points, Exact::from(2));
        assert_eq!(said(&verdict, Lang::En), "the baseline is not applicable: the substitute rule applies, the requirement is met");
        assert!(matches!(cause().settle(None), Outcome::NotEvaluable(_)));
        assert!(matches!(cause().settle(Some(cause())), Outcome::NotEvaluable(_)));
    }

    #[test]
    fn a_direction_is_needed_of_the_indicator() {
        assert_eq!(Direction::needed(Better::Lower, "ratio"), Ok(Direction::Lower));
        let problem = Direction::needed(Better::Monitor, "ratio").expect_err("no direction");
        assert_eq!((problem.code.id(), problem.field), ("criteria/no-direction", "ratio"));
    }
}
