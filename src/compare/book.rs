//! A result as far as comparing needs it: everything by key, figures exact.

use std::collections::BTreeMap;

use crate::number::Exact;
use crate::period::Span;
use crate::state::State;
use crate::text::Text;

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Title of the assessment.
    pub title: Text,
    /// The assessed window.
    pub period: Span,
    /// Registry column that says who is scored.
    pub column: String,
    /// What the criteria are.
    pub scheme: Scheme,
    /// Decimals of points.
    pub points_decimals: u32,
    /// Indicators measured.
    pub indicators: Vec<Indicator>,
    /// Criteria in declaration order.
    pub criteria: Vec<Criterion>,
    /// Units in the order of the result.
    pub units: Vec<Unit>,
    /// What the result was made from.
    pub inputs: Vec<Input>,
    /// Options that change figures, by key.
    pub options: Vec<(String, String)>,
    /// Catalogues with their versions.
    pub catalogues: Vec<String>,
    /// Results of the parts, by id.
    pub parts: Vec<(String, Self)>,
}

/// What a report says of the criteria it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheme {
    /// Their title.
    pub title: Text,
    /// official · local · illustrative
    pub status: String,
    /// Definitions whose source nobody verified.
    pub unverified: usize,
}

/// An indicator: what it is, and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Numerator, denominator and factor as written: two values compare where these are the same.
    pub formula: (String, Option<String>, String),
    /// Display unit.
    pub unit: Text,
    /// Decimals shown.
    pub decimals: u32,
}

/// A criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Id of its indicator; `None` if it is judged.
    pub indicator: Option<String>,
    /// Full points.
    pub points: Exact,
    /// Name of its rule.
    pub rule: String,
    /// The target in words.
    pub target: Option<Text>,
    /// False for one outside the total.
    pub in_total: bool,
}

/// Everything about one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Value of the unit column.
    pub key: String,
    /// Name.
    pub name: Text,
    /// Peer group; empty if all units form one.
    pub peer_group: String,
    /// How it stands.
    pub standing: Standing,
    /// Parallel to the criteria of the book.
    pub figures: Vec<Figure>,
    /// Rows between criteria and total.
    pub steps: Vec<Step>,
    /// Values by indicator and window.
    pub measures: Vec<Measure>,
}

/// Total, rank and grade of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The printed total.
    pub total: Option<Exact>,
    /// The rank within its peer group.
    pub rank: Option<usize>,
    /// Name of the grade.
    pub grade: Option<Text>,
    /// Whether it may still change.
    pub is_provisional: bool,
}

/// What a criterion found at a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// State of what was scored.
    pub state: State,
    /// A judgement as shown.
    pub shown: Option<Text>,
    /// Index into the unit's measures.
    pub measure: Option<usize>,
    /// Printed points; `None` if not applicable, refused or monitored.
    pub points: Option<Exact>,
    /// Whether judgements stand beside it.
    pub is_judged: bool,
}

/// A printed row that changes the total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// rescale · bonus · penalty · veto · joint
    pub step: String,
    /// What it belongs to.
    pub id: String,
    /// Points, possibly negative.
    pub points: Exact,
}

/// An indicator's value in one window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Id of the indicator.
    pub indicator: String,
    /// assessed · baseline · previous · prior
    pub window: String,
    /// The value.
    pub value: Option<Exact>,
    /// N before the factor.
    pub numerator: Option<Exact>,
    /// D.
    pub denominator: Option<Exact>,
    /// State.
    pub state: State,
    /// Months in met slots, and in required ones.
    pub months: (usize, usize),
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// definition · registry · units · data · corrections · judgements · targets
    pub role: String,
    /// Path relative to the assessment.
    pub path: String,
    /// SHA-256 in hex.
    pub sha256: String,
}

impl Book {
    /// The unit with this key.
    pub fn unit(&self, key: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.key == key)
    }

    /// The units by key, for whoever asks for many.
    pub(super) fn by_key(&self) -> BTreeMap<&str, &Unit> {
        self.units.iter().map(|unit| (unit.key.as_str(), unit)).collect()
    }

    /// The indicator with this id.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.id == id)
    }

    /// The place of the criterion with this id.
    pub fn criterion(&self, id: &str) -> Option<usize> {
        self.criteria.iter().position(|criterion| criterion.id == id)
    }

    /// True if nothing differs but what the results were made from.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let same_parts = || {
            let pairs = self.parts.iter().zip(&other.parts);
            self.parts.len() == other.parts.len() && pairs.into_iter().all(|((a, one), (b, two))| a == b && one.says_the_same(two))
        };
        self.period == other.period && self.criteria == other.criteria && self.units == other.units && same_parts()
    }
}

impl Unit {
    /// The value of an indicator in the assessed window.
    pub fn assessed(&self, indicator: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.indicator == indicator && measure.window == "assessed")
    }
}
