//! The entries of a `deduct` as resolved (SCHEMES 3).

use crate::score::kernel::{Absent, Discretion, Each, Steps, Trip};
use crate::text::Text;

/// One entry of a `deduct`.
#[derive(Debug, Clone)]
pub struct Deduction {
    /// What it is called in the reason.
    pub name: Text,
    /// What costs points.
    pub kind: DeductionKind,
}

/// What costs points in a `deduct`. Indicators are indices, as a criterion's.
#[derive(Debug, Clone)]
pub enum DeductionKind {
    /// A shortfall.
    Steps {
        /// What falls short.
        indicator: usize,
        /// What a step costs.
        rule: Steps,
    },
    /// A count.
    Each {
        /// What is counted.
        of: Counted,
        /// What each costs.
        rule: Each,
    },
    /// Things that must be there.
    Absent {
        /// Their names among the judgements.
        of: Vec<String>,
        /// What absence costs.
        rule: Absent,
    },
    /// A value that passes a bound.
    When {
        /// The value.
        indicator: usize,
        /// The bound and what it costs.
        rule: Trip,
    },
    /// Points at discretion.
    Discretion {
        /// Its name among the judgements.
        part: String,
        /// The most.
        rule: Discretion,
    },
}

/// What is counted: a measure, or a judgement.
#[derive(Debug, Clone)]
pub enum Counted {
    /// Index of the indicator.
    Measured(usize),
    /// Name of the part among the judgements.
    Judged(String),
}

impl DeductionKind {
    /// The indicator it looks at.
    pub fn indicator(&self) -> Option<usize> {
        match self {
            Self::Steps { indicator, .. } | Self::When { indicator, .. } | Self::Each { of: Counted::Measured(indicator), .. } => {
                Some(*indicator)
            }
            _ => None,
        }
    }

    /// The same, to change it.
    pub(super) fn indicator_mut(&mut self) -> Option<&mut usize> {
        match self {
            Self::Steps { indicator, .. } | Self::When { indicator, .. } | Self::Each { of: Counted::Measured(indicator), .. } => {
                Some(indicator)
            }
            _ => None,
        }
    }

    /// The parts that stand among the judgements.
    pub fn judged(&self) -> &[String] {
        match self {
            Self::Each { of: Counted::Judged(part), .. } | Self::Discretion { part, .. } => std::slice::from_ref(part),
            Self::Absent { of, .. } => of,
            _ => &[],
        }
    }
}
