//! The score of one unit by one criterion, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Number;

use super::Said;
use crate::state::State;
use crate::text::Text;

/// Points of one criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// Id of the criterion.
    pub criterion: String,
    /// State of what was scored.
    pub state: State,
    /// The value scored; null for judged criteria and where there is none.
    pub value: Option<Number>,
    /// The judgement as shown.
    pub shown: Option<Text>,
    /// Window of the measure scored: with the criterion's indicator its key in `measures`.
    pub window: Option<String>,
    /// Printed points; null if not applicable, refused or monitored.
    pub points: Option<String>,
    /// The reason, sentence by sentence.
    pub reason: Vec<Said>,
    /// Judgements of earlier stages and other experts.
    pub judged: Vec<Judgement>,
    /// ok · warn · alarm, where the criterion has lines and the unit a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light: Option<String>,
    /// The nearest value that earns more points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Next>,
    /// The nearest value that earns full points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_at: Option<String>,
    /// The unit's own target, where it is not that of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

/// A value that would earn more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Next {
    /// The value, an exact decimal where it has one.
    pub value: String,
    /// What it would earn.
    pub points: String,
}

/// A judgement shown beside a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Judgement {
    /// self · review · appeal
    pub stage: String,
    /// The value as written.
    pub value: String,
    /// Who judged.
    pub judge: String,
    /// Evidence and reason as written.
    pub note: String,
}
