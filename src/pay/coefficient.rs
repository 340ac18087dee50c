//! What a score counts: by bands of totals, by grades, or as its share of the full points.

use super::{Scored, Scores, figure, phrases};
use crate::number::Exact;
use crate::text::{Said, normalise};

/// How coefficients follow from scores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoefficientRule {
    /// The lowest total of each band with its coefficient, the highest band first.
    Bands(Vec<(Exact, Exact)>),
    /// Grades by name, with their coefficients.
    Grades(Vec<(String, Exact)>),
    /// Total / full points.
    ShareOfFull,
}

/// A unit's coefficient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coefficient {
    /// The number, from 0.
    pub value: Exact,
    /// Why.
    pub reason: Said,
}

impl CoefficientRule {
    /// The coefficient of a unit; `None` where it has no total, no grade, or the rule says nothing about them. A total
    /// below 0 counts 0.
    pub fn of(&self, unit: &Scored, scores: &Scores) -> Option<Coefficient> {
        let total = unit.total.as_ref()?;
        let points = total.fixed(scores.points_decimals);
        match self {
            Self::Bands(bands) => {
                let (at_least, value) = bands.iter().find(|(at_least, _)| total >= at_least)?;
                let reason = Said::new(&phrases::BAND).with("total", points).with("least", at_least.to_string());
                Some(Coefficient { value: value.clone(), reason: reason.with("coefficient", value.to_string()) })
            }
            Self::Grades(grades) => {
                let grade = unit.grade.as_ref()?;
                let is_own = |name: &str| [&grade.zh, &grade.en].into_iter().any(|own| normalise(own) == normalise(name));
                let (_, value) = grades.iter().find(|(name, _)| is_own(name))?;
                let reason = Said::new(&phrases::GRADE).with("grade", grade.clone()).with("coefficient", value.to_string());
                Some(Coefficient { value: value.clone(), reason })
            }
            Self::ShareOfFull => {
                let value = total.checked_div(&scores.full_points)?.max(Exact::zero());
                let reason = Said::new(&phrases::SHARE_OF_FULL).with("total", points).with("full", scores.full_points.to_string());
                let reason = reason.with("coefficient", figure(&value));
                Some(Coefficient { value, reason })
            }
        }
    }
}
