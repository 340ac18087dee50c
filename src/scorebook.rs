//! The scorebook (成绩册): the whole inert result. Plain data; nothing here computes.

use std::borrow::Cow;
use std::sync::Arc;

use crate::catalogue::{Basis, Better};
use crate::finding::Findings;
use crate::formula::Window;
use crate::number::Exact;
use crate::period::Span;
use crate::state::State;
use crate::text::{Said, Shared, Text};

mod score;

pub use score::{JudgementShown, Next, Score};

/// The result of one assessment.
#[derive(Debug, Clone)]
pub struct Scorebook {
    /// What was assessed, when, by which criteria.
    pub head: Head,
    /// Indicators in the order of the criteria, then the other catalogue indicators asked for.
    pub indicators: Vec<IndicatorHead>,
    /// Dimensions in declaration order; a child stands after its parent.
    pub dimensions: Vec<DimensionHead>,
    /// Criteria in declaration order.
    pub criteria: Vec<CriterionHead>,
    /// Units by key.
    pub units: Vec<UnitResult>,
    /// Findings in place order.
    pub findings: Findings,
    /// Inputs and definitions with their hashes, and the options of the run.
    pub provenance: Provenance,
    /// Results of their own whose totals this one may rest on [R8]; they have no parts themselves.
    pub parts: Vec<PartBook>,
}

/// The result of one part.
#[derive(Debug, Clone)]
pub struct PartBook {
    /// Id of the part.
    pub id: String,
    /// Its result.
    pub book: Scorebook,
}

impl Scorebook {
    /// What was noticed, here and in the parts: what both look at stands once.
    pub fn all_findings(&self) -> Cow<'_, Findings> {
        if self.parts.is_empty() {
            return Cow::Borrowed(&self.findings);
        }
        let all = std::iter::once(self).chain(self.parts.iter().map(|part| &part.book)).flat_map(|book| book.findings.iter());
        Cow::Owned(all.collect())
    }
}

/// What was assessed.
#[derive(Debug, Clone)]
pub struct Head {
    /// Title of the assessment.
    pub title: Text,
    /// The assessed window.
    pub period: Span,
    /// What improvement is measured against.
    pub baseline: Option<Span>,
    /// Registry column that says who is scored.
    pub unit: String,
    /// Title of the criteria file.
    pub criteria_title: Text,
    /// official · local · illustrative
    pub status: String,
    /// Documents the criteria rest on.
    pub basis: Vec<Basis>,
    /// Full points of the total.
    pub full_points: Exact,
    /// Decimals of points [P9].
    pub points_decimals: u32,
}

/// An indicator as far as a report needs it.
#[derive(Debug, Clone)]
pub struct IndicatorHead {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Numerator, and denominator, as written.
    pub formula: (String, Option<String>),
    /// Factor of the quotient.
    pub factor: Exact,
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

/// A dimension of the criteria tree.
#[derive(Debug, Clone)]
pub struct DimensionHead {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Full points.
    pub points: Exact,
    /// Index of the parent dimension.
    pub within: Option<usize>,
    /// Index of the dimension whose sum its own is part of; `None` at the top, and where it is kept apart.
    pub counts_in: Option<usize>,
    /// Depth in the tree, 0 at the top.
    pub depth: usize,
    /// False for one with a subtotal of its own, outside the total.
    pub in_total: bool,
}

/// A criterion of the criteria tree.
#[derive(Debug, Clone)]
pub struct CriterionHead {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Index of its dimension.
    pub dimension: usize,
    /// Index of its indicator; `None` if it is judged.
    pub indicator: Option<usize>,
    /// Full points; 0 for `monitor`.
    pub points: Exact,
    /// Name of the rule, as in TOML.
    pub rule: &'static str,
    /// The target in words, where the rule has one ("65%", "85%–93%").
    pub target: Option<Text>,
    /// What the published sheet prints.
    pub printed: Vec<(String, Text)>,
}

/// Everything about one unit.
#[derive(Debug, Clone)]
pub struct UnitResult {
    /// Value of the unit column.
    pub key: Shared,
    /// Name.
    pub name: Text,
    /// Peer group; empty if all units form one.
    pub peer_group: String,
    /// Measures, by window and indicator.
    pub measures: Vec<MeasureResult>,
    /// Scores, parallel to the criteria of the scorebook.
    pub scores: Vec<Score>,
    /// Points and applicable points, parallel to the dimensions; `None` where nothing is applicable.
    pub dimensions: Vec<Subtotal>,
    /// Printed rows between the criteria and the total [R2].
    pub adjustments: Vec<Adjustment>,
    /// The printed total; `None` without one.
    pub total: Option<Exact>,
    /// Points of the unit's sheet.
    pub full_points: Exact,
    /// Name of its class, where the scheme has classes.
    pub class: Option<Text>,
    /// Why there is no total.
    pub no_total: Option<Said>,
    /// 1, 1, 3 within the peer group [R4].
    pub rank: Option<usize>,
    /// Name of the grade.
    pub grade: Option<Text>,
    /// What kept it from a better grade.
    pub grade_notes: Vec<Said>,
    /// Ids of vetoes that fired.
    pub vetoes: Vec<String>,
    /// What vetoes put it out of the running for.
    pub disqualified: Vec<Text>,
    /// Verdicts [R7].
    pub verdicts: Vec<Stated>,
    /// Why the result is provisional; empty if it is not [S4].
    pub provisional: Vec<Said>,
}

impl UnitResult {
    /// Sum of the printed rows between the dimension sums and the total: with those sums it is the
    /// total [R2].
    pub fn adjusted(&self) -> Exact {
        self.adjustments.iter().map(|row| &row.points).sum()
    }
}

/// An indicator's value for a unit and window.
#[derive(Debug, Clone)]
pub struct MeasureResult {
    /// Index of the indicator.
    pub indicator: usize,
    /// Which window.
    pub window: Window,
    /// Its months.
    pub span: Span,
    /// The value, where there is one [N5].
    pub value: Option<Exact>,
    /// N before the factor.
    pub numerator: Option<Exact>,
    /// D; `None` where the formula has none.
    pub denominator: Option<Exact>,
    /// State [S2].
    pub state: State,
    /// Whether completeness reaches the minimum [C4].
    pub enough: bool,
    /// Months in met slots.
    pub months_met: usize,
    /// Months in required slots [C2].
    pub months_required: usize,
    /// Interval, where the form has one.
    pub interval: Option<Interval>,
    /// Why the state is what it is.
    pub reasons: Vec<Said>,
    /// True if a cell it touches was rejected [S4].
    pub touches_rejected: bool,
}

impl MeasureResult {
    /// Months in met slots / months in required slots, 0 to 1 [C2]; `None` where nothing is required.
    pub fn completeness(&self) -> Option<Exact> {
        Exact::from(self.months_met).checked_div(&Exact::from(self.months_required))
    }
}

/// An interval about a value; for reading only, never used in a rule [N4].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower limit, in the display unit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
    /// Name of the method.
    pub method: &'static str,
}

/// Points of a dimension.
#[derive(Debug, Clone)]
pub struct Subtotal {
    /// Sum of the printed points.
    pub points: Exact,
    /// Points that were applicable to this unit [R3].
    pub applicable: Exact,
}

/// A printed row that changes the total [R2].
#[derive(Debug, Clone)]
pub struct Adjustment {
    /// rescale · bonus · penalty · veto · joint; effects of a veto other than points stand here with 0.
    pub step: &'static str,
    /// What it belongs to: the dimension, bonus or veto.
    pub id: String,
    /// Points, possibly negative.
    pub points: Exact,
    /// Why, part by part.
    pub reason: Vec<Said>,
}

/// A verdict on a unit [R7].
#[derive(Debug, Clone)]
pub struct Stated {
    /// Its id.
    pub id: String,
    /// Whether it was reached.
    pub reached: Reached,
    /// What is stated.
    pub states: Text,
    /// Why.
    pub reason: Vec<Said>,
}

/// What became of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reached {
    /// It is stated.
    Yes,
    /// The other statement is made.
    No,
    /// A grade that decides is missing.
    Open,
}

impl Reached {
    /// The spelling in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Open => "open",
        }
    }
}

/// What one organisation owed and delivered of one item in one window. There may be millions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Key of the unit it is looked at for.
    pub unit: Shared,
    /// Code of the organisation.
    pub organisation: Shared,
    /// Its name.
    pub name: Shared,
    /// Id of the item.
    pub item: Shared,
    /// Name of the item.
    pub item_name: Arc<Text>,
    /// The window.
    pub window: Span,
    /// Months owed.
    pub required: usize,
    /// Those of them with a usable value.
    pub reported: usize,
    /// Those of them whose value was rejected: `2025-03, 2025-05..2025-07`.
    pub rejected: Shared,
    /// Those of them without any value.
    pub missing: Shared,
}

/// What the result was made from.
#[derive(Debug, Clone, Default)]
pub struct Provenance {
    /// Definitions and data, by path.
    pub inputs: Vec<Input>,
    /// `--set` and other options that change figures, as written.
    pub options: Vec<(String, String)>,
    /// Names of catalogues with their versions.
    pub catalogues: Vec<String>,
    /// Ids whose source was not verified (`recalled`, `illustrative`), with the document.
    pub unverified: Vec<(String, Basis)>,
    /// Contradictions of the scheme that its author lets stand.
    pub allowed: Vec<Allowed>,
    /// Lines for signatures at the foot of a sheet.
    pub signed: Vec<Text>,
}

/// A contradiction of the scheme that is let stand, printed with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// Code of what was let pass, `criteria/…`.
    pub code: &'static str,
    /// What was found.
    pub message: Said,
    /// Why it stands.
    pub reason: Text,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// Path relative to the assessment, `/` between folders.
    pub path: String,
    /// definition · registry · data · judgements
    pub role: &'static str,
    /// SHA-256 in hex.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
    /// Encoding found, for data.
    pub encoding: Option<&'static str>,
    /// The date it was received, for data, where the assessment says it.
    pub received: Option<String>,
}
