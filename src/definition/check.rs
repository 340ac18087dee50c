//! `[[check]]` as written: what reported figures must fulfil.

use schemars::JsonSchema;
use serde::Deserialize;

use super::located::{Located, Number, OneOrMany, Words};
use crate::catalogue::Basis;
pub use crate::catalogue::Over;
use crate::text::Text;

/// A condition that reported figures must fulfil [S5]: exactly one of `rule`, `within`, `together`, `exclusive`,
/// `jump`, `outlier`, `repeated`, `constant` and `slip`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Stable id.
    pub id: Words,
    /// What it says, in words.
    pub name: Option<Text>,
    /// What breaking it means.
    pub severity: CheckSeverity,
    /// A comparison of formulas, `"a <= b"` or `"a <= b <= c"`.
    pub rule: Option<Words>,
    /// Whose figures a rule compares; an organisation's of one period if absent.
    pub per: Option<Located<Per>>,
    /// The difference a rule lets pass, in the unit of its sides; 0 if absent.
    pub tolerance: Option<Number>,
    /// The difference a rule lets pass, as a share of the larger side, 0 to 1; 0 if absent.
    pub relative: Option<Number>,
    /// `true`: a rule lets pass what rounding of the reported figures explains.
    pub rounding: Option<Located<bool>>,
    /// Every value lies in a band.
    pub within: Option<Located<Within>>,
    /// Items that are reported all or none.
    pub together: Option<Located<Vec<Words>>>,
    /// Items of which at most one is reported other than 0.
    pub exclusive: Option<Located<Vec<Words>>>,
    /// Values change from the year before by at most a share.
    pub jump: Option<Located<Jump>>,
    /// Values lie not too far from those of the peers.
    pub outlier: Option<Located<Outlier>>,
    /// No two rows have the same figures.
    pub repeated: Option<Located<Repeated>>,
    /// Figures are not all one.
    pub constant: Option<Located<Constant>>,
    /// No figure is many times the organisation's usual one.
    pub slip: Option<Located<Slip>>,
    /// Where the condition comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
}

/// What breaking a check means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckSeverity {
    /// The values involved are rejected.
    Error,
    /// A figure may be wrong.
    Warning,
    /// For the record.
    Info,
}

/// Whose figures a rule compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// An organisation's figures of one period.
    Organisation,
    /// A unit's sums over the assessed months.
    Unit,
}

/// A band: at least one of `low` and `high`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The smallest value inside.
    pub low: Option<Number>,
    /// The largest value inside.
    pub high: Option<Number>,
}

/// Every value lies in a band: at least one of `low` and `high`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// The items; every item of the catalogue if absent.
    pub of: Option<Vec<Words>>,
    /// The smallest value inside, in the item's unit.
    pub low: Option<Number>,
    /// The largest value inside, in the item's unit.
    pub high: Option<Number>,
}

/// Values change from the year before by at most a share.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Jump {
    /// The items.
    pub of: Vec<Words>,
    /// The largest change, as a share of the value of the year before; 0.5 is 50 %.
    pub change: Number,
    /// Smaller values of the year before are not compared; in the item's unit, more than 0.
    pub min_base: Number,
}

/// Values lie not too far from those of the peers, by the modified z-score.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outlier {
    /// A formula, formed per organisation and period.
    pub of: Words,
    /// The registry column that peers share; all organisations if absent.
    pub peers: Option<Words>,
    /// The largest score that is no outlier; 3.5 if absent.
    pub limit: Option<Number>,
    /// The fewest values that are compared, at least 3; 5 if absent.
    pub at_least: Option<Located<u32>>,
}

/// No two rows have the same figures.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repeated {
    /// The items of a row, at least two.
    pub of: Vec<Words>,
}

/// Figures are not all one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// The items; every item of the catalogue if absent.
    pub of: Option<Vec<Words>>,
    /// Which figures are looked at together: one organisation's of periods of one length, or the whole column.
    pub over: Over,
    /// The fewest figures that are looked at, at least 2.
    pub at_least: Located<u32>,
}

/// No figure is many times as large, or as small, as the organisation's usual one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// The items.
    pub of: Vec<Words>,
    /// How many times is too much, a whole number from 2; 1000 if absent.
    pub times: Option<Located<u32>>,
}
