//! The shape of `scorebook.json`: serde types of its own, so that the file changes only on purpose.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use crate::catalogue::{Basis, Better};
use crate::finding::Place;
use crate::state::State;
use crate::text::Text;

mod score;

pub(super) use score::Next;
pub use score::{Judgement, Score};

/// Version of the shape; raised when a reader of the old shape would misread the new one.
pub const VERSION: u32 = 1;

/// The whole result of one assessment. Parts refer to each other by id, never by position.
/// Points, numerators and denominators are exact decimal strings; values are numbers.
///
/// Written, its units (`U`) and findings (`F`) are made one at a time: there may be thousands, and a million.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Scorebook")]
pub struct Scorebook<F = Vec<Finding>, U = Vec<Unit>> {
    /// Version of this shape.
    pub version: u32,
    /// What was assessed, when, by which criteria.
    pub assessment: Assessment,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Dimensions of the criteria; a child stands after its parent.
    pub dimensions: Vec<Dimension>,
    /// Criteria in declaration order.
    pub criteria: Vec<Criterion>,
    /// Units by key.
    pub units: U,
    /// Findings in place order, complete.
    pub findings: F,
    /// The codes used by `findings`, by id.
    pub codes: BTreeMap<String, Code>,
    /// Inputs and definitions.
    pub provenance: Provenance,
    /// Results of their own, finished before this one; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<Part<F, U>>>,
}

/// The result of one part of an assessment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Part")]
pub struct Part<F = Vec<Finding>, U = Vec<Unit>> {
    /// Id of the part.
    pub id: String,
    /// Its result, which has no parts itself.
    pub result: Scorebook<F, U>,
}

/// What was assessed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// Title of the assessment.
    pub title: Text,
    /// The assessed window, in canonical spelling.
    pub period: String,
    /// What improvement is measured against.
    pub baseline: Option<String>,
    /// Registry column that says who is scored.
    pub unit: String,
    /// Title of the criteria.
    pub criteria_title: Text,
    /// official · local · illustrative
    pub status: String,
    /// Basiss the criteria rest on.
    pub basis: Vec<Basis>,
    /// Full points of the total.
    pub full_points: String,
    /// Decimals of points.
    pub points_decimals: u32,
}

/// An indicator: numerator × factor / denominator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Indicator {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// The formula above the line, as written.
    pub numerator: String,
    /// The formula below the line.
    pub denominator: Option<String>,
    /// What the quotient is multiplied by.
    pub factor: String,
    /// Display unit.
    pub unit: Text,
    /// Direction.
    pub better: Better,
    /// Decimals shown.
    pub decimals: u32,
    /// The definition in words.
    pub definition: Option<Text>,
    /// Sources.
    pub basis: Vec<Basis>,
}

/// A dimension of the criteria.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Dimension {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Full points.
    pub points: String,
    /// Id of the parent dimension.
    pub within: Option<String>,
    /// True for one with a subtotal of its own, outside the total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub apart: bool,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Criterion {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Id of its dimension.
    pub dimension: String,
    /// Id of its indicator; null if it is judged.
    pub indicator: Option<String>,
    /// Full points; 0 for `monitor`.
    pub points: String,
    /// Name of the scoring rule.
    pub rule: String,
    /// The target in words.
    pub target: Option<Text>,
    /// What the published sheet prints.
    pub printed: BTreeMap<String, Text>,
}

/// Everything about one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// Key: value of the unit column.
    pub unit: String,
    /// Name.
    pub name: Text,
    /// Peer group; empty if all units form one.
    pub peer_group: String,
    /// The printed total; null without one.
    pub total: Option<String>,
    /// Points of the unit's sheet.
    pub full_points: String,
    /// Name of its class, where the scheme has classes.
    pub class: Option<Text>,
    /// Why there is no total.
    pub no_total: Option<Said>,
    /// 1, 1, 3 within the peer group.
    pub rank: Option<usize>,
    /// Name of the grade.
    pub grade: Option<Text>,
    /// What kept it from a better grade.
    pub grade_notes: Vec<Said>,
    /// Ids of vetoes that fired.
    pub vetoes: Vec<String>,
    /// What vetoes put it out of the running for.
    pub disqualified: Vec<Text>,
    /// Verdicts.
    pub verdicts: Vec<Verdict>,
    /// Why the result is provisional; empty if it is not.
    pub provisional: Vec<Said>,
    /// Points by dimension.
    pub dimensions: Vec<Subtotal>,
    /// Printed rows between the dimension sums and the total.
    pub adjustments: Vec<Adjustment>,
    /// Points by criterion.
    pub scores: Vec<Score>,
    /// Values by indicator and window.
    pub measures: Vec<Measure>,
}

/// Points of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Subtotal {
    /// Id of the dimension.
    pub dimension: String,
    /// Sum of the printed points.
    pub points: String,
    /// Points that were applicable to this unit.
    pub applicable: String,
}

/// A printed row that changes the total.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Adjustment {
    /// rescale · bonus · penalty · veto · joint; effects of a veto other than points stand here with 0
    pub step: String,
    /// The dimension, bonus or veto it belongs to.
    pub id: String,
    /// Points, possibly negative.
    pub points: String,
    /// Why, part by part.
    pub reason: Vec<Said>,
}

/// A verdict on a unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verdict {
    /// Its id.
    pub id: String,
    /// yes · no · open
    pub reached: String,
    /// What is stated.
    pub states: Text,
    /// Why.
    pub reason: Vec<Said>,
}

/// An indicator's value in one window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Measure {
    /// Id of the indicator.
    pub indicator: String,
    /// assessed · baseline · previous · prior
    pub window: String,
    /// Its months, in canonical spelling.
    pub span: String,
    /// The value: the shortest decimal that reads back to the nearest double.
    pub value: Option<Number>,
    /// N before the factor, exact.
    pub numerator: Option<String>,
    /// D, exact; null where the formula has none.
    pub denominator: Option<String>,
    /// State.
    pub state: State,
    /// Months in met slots.
    pub months_met: usize,
    /// Months in required slots.
    pub months_required: usize,
    /// Interval, where the form has one.
    pub interval: Option<Interval>,
    /// Why the state is what it is.
    pub reasons: Vec<Said>,
    /// True if a cell it touches was rejected.
    pub touches_rejected: bool,
}

/// An interval about a value, for reading only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// Lower limit, in the display unit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Name of the method.
    pub method: String,
}

/// A sentence: stable id, both languages, and the values in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Said {
    /// Stable id of the sentence.
    pub id: String,
    /// 中文
    pub zh: String,
    /// English
    pub en: String,
    /// The values, by the name of the hole they fill.
    pub values: BTreeMap<String, Text>,
}

/// Something wrong or doubtful in the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// error · warning · info
    pub severity: String,
    /// Stable code, a key of `codes`.
    pub code: String,
    /// Where; absent parts are not known or not one place.
    pub place: Place,
    /// What was found.
    pub message: Said,
    /// Names that look like what was written, best first.
    pub suggestions: Vec<String>,
}

/// One kind of finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Code {
    /// The rule.
    pub expected: Text,
    /// The remedy.
    pub help: Text,
}

/// What the result was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Definitions and data.
    pub inputs: Vec<Input>,
    /// Options that change figures, as given.
    pub options: Vec<Setting>,
    /// Catalogues with their versions.
    pub catalogues: Vec<String>,
    /// Definitions whose source was not verified.
    pub unverified: Vec<Unverified>,
    /// Contradictions of the scheme that are let stand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<Allowed>,
    /// Lines for signatures at the foot of a sheet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signed: Vec<Text>,
}

/// A contradiction of the scheme that is let stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Allowed {
    /// Code of what was let pass.
    pub code: String,
    /// What was found.
    pub message: Said,
    /// Why it stands.
    pub reason: Text,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// Path relative to the assessment, `/` between folders.
    pub path: String,
    /// definition · registry · data · judgements
    pub role: String,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
    /// Encoding found, for data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The date it was received, where the assessment says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
}

/// An option that changes figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Setting {
    /// Its key, e.g. `policy.min_completeness`.
    pub key: String,
    /// Its value as written.
    pub value: String,
}

/// A definition whose source nobody verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unverified {
    /// Id of the indicator, item or criterion.
    pub id: String,
    /// The document it is said to come from.
    pub source: Basis,
}
