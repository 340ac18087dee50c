//! The states a figure can be in (DESIGN §4, SEMANTICS S1, S2). Missing ≠ zero ≠ not applicable.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// The state of a measure or cell, spelled as in every output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// A number was reported, 0 included.
    Reported,
    /// A number that replaces a reported one by a recorded correction.
    Corrected,
    /// Blank, a mark, no row or no column.
    Missing,
    /// Some but not all of what is required was reported.
    Incomplete,
    /// Does not apply to this unit.
    NotApplicable,
    /// Division by 0.
    ZeroDenominator,
    /// The denominator is below the minimum.
    TooSmall,
    /// A defect in the data rejected the number.
    Rejected,
}

impl State {
    /// The spelling in files and on screen.
    pub fn id(self) -> &'static str {
        match self {
            Self::Reported => "reported",
            Self::Corrected => "corrected",
            Self::Missing => "missing",
            Self::Incomplete => "incomplete",
            Self::NotApplicable => "not-applicable",
            Self::ZeroDenominator => "zero-denominator",
            Self::TooSmall => "too-small",
            Self::Rejected => "rejected",
        }
    }

    /// The state in words.
    pub fn word(self) -> Text {
        let zh = match self {
            Self::Reported => "已报",
            Self::Corrected => "已更正",
            Self::Missing => "缺报",
            Self::Incomplete => "不完整",
            Self::NotApplicable => "不适用",
            Self::ZeroDenominator => "分母为零",
            Self::TooSmall => "分母过小",
            Self::Rejected => "被剔除",
        };
        Text::new(zh, self.id())
    }
}
