//! The score of one unit by one criterion.

use crate::number::Exact;
use crate::state::State;
use crate::text::{Said, Text};

/// Points of one criterion for one unit, with the reason.
#[derive(Debug, Clone)]
pub struct Score {
    /// False for a criterion that the sheet of the unit's class does not have; it has no row.
    pub is_on_sheet: bool,
    /// State of what was scored.
    pub state: State,
    /// Printed points; `None` if not applicable, refused or monitored.
    pub points: Option<Exact>,
    /// The value shown, as text for judged criteria ("A", "yes").
    pub shown: Option<Text>,
    /// Index into the unit's measures.
    pub measure: Option<usize>,
    /// The reason, sentence by sentence.
    pub reason: Vec<Said>,
    /// Judgements of earlier stages and other experts, shown beside it.
    pub judged: Vec<JudgementShown>,
    /// On which side of its lines the value lies: `ok`, `warn`, `alarm`; `None` without lines or a value. An incomplete value
    /// has a light, too, though it may not be scored.
    pub light: Option<&'static str>,
    /// The nearest value that earns more points.
    pub next: Option<Next>,
    /// The nearest value that earns full points.
    pub full_at: Option<Exact>,
    /// The unit's own target, where it is not that of all.
    pub target: Option<String>,
}

/// A value that would earn more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// The value, in the display unit.
    pub value: Exact,
    /// What it would earn.
    pub points: Exact,
}

/// A judgement as shown beside a score.
#[derive(Debug, Clone)]
pub struct JudgementShown {
    /// self · review · appeal
    pub stage: &'static str,
    /// The value as written.
    pub value: String,
    /// Who judged.
    pub judge: String,
    /// Evidence and reason as written.
    pub note: String,
}
