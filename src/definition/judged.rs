//! Rules for what people judge, and for parts scored before, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::located::{Entries, Located, Number, Words};
use crate::score::kernel::Lateness;
use crate::text::Text;

/// By a judged grade.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Graded {
    /// The id of a `[[scale]]`.
    pub scale: Words,
    /// What each grade means here.
    #[serde(default)]
    pub text: Entries<Text>,
}

/// By the number of written pieces of evidence.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The number that earns full points; fewer earn in proportion.
    pub required: Number,
}

/// Points given by one person.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsRule {
    /// Points come in multiples of this; any number if absent.
    pub step: Option<Number>,
}

/// By the date something was done.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByDate {
    /// The last date in time, `"2024-12-31"`.
    pub due: Words,
    /// The unit in which lateness is counted.
    pub every: Lateness,
    /// Points lost for each.
    pub lose: Number,
    /// How lateness is counted.
    pub count: LateCount,
    /// The most that can be lost.
    pub lose_most: Option<Number>,
}

/// How lateness is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LateCount {
    /// Every day, week or month begun after the due date counts.
    Begun,
}

/// Points given by several experts.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Panel {
    /// How the experts' points become one figure.
    pub combine: PanelCombine,
    /// The number of experts from which the highest and the lowest are dropped.
    pub trim_from: Option<Located<u32>>,
    /// Fewer experts than this make the criterion missing.
    pub experts_at_least: Option<Located<u32>>,
    /// Experts give multiples of this.
    pub step: Option<Number>,
    /// What experts give at most; the criterion's points if absent.
    pub out_of: Option<Number>,
}

/// How the experts' points become one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PanelCombine {
    /// The mean without one highest and one lowest.
    Trimmed,
    /// The plain mean.
    Mean,
}

/// By the totals of parts scored before.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartRule {
    /// Ids of `[[part]]` of the assessment.
    pub of: Vec<Words>,
    /// How several totals become one share.
    pub combine: Combine,
    /// The attribute or item by which the mean is weighted; all alike if absent.
    pub weight: Option<Words>,
}

/// How several totals become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Their mean.
    Mean,
}
