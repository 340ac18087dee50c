//! Criteria (评判标准) as resolved: the tree of dimensions and criteria, rules and policies.

use std::collections::BTreeMap;

use crate::catalogue::Basis;
use crate::formula::{Condition, Window};
use crate::measure::roster::BaselineMembers;
use crate::number::{Exact, Rounding};
use crate::score::deduction::Deduction;
use crate::score::kernel::{Bands, ByDate, Evidence, Grade, Improve, Linear, Panel, Peer, Percentile, Places, Points, Range, Ratio, Steps};
use crate::state::State;
use crate::text::Text;

/// A whole scheme.
#[derive(Debug, Clone)]
pub struct Criteria {
    /// Stable id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// official · local · illustrative
    pub status: String,
    /// Documents it rests on.
    pub basis: Vec<Basis>,
    /// Full points of the total.
    pub full_points: Exact,
    /// Attribute whose values are ranked apart [O11].
    pub peer_group: Option<String>,
    /// How states, rounding and thresholds are treated.
    pub policy: Policy,
    /// Dimensions in declaration order, a parent before its children.
    pub dimensions: Vec<Dimension>,
    /// Criteria in declaration order.
    pub criteria: Vec<Criterion>,
    /// Grades from the best down.
    pub grades: Vec<GradeCut>,
}

/// How states, rounding and thresholds are treated.
#[derive(Debug, Clone)]
pub struct Policy {
    /// What each state earns.
    pub states: States,
    /// Where points of what is not applicable are made up [R3].
    pub rescale: Rescale,
    /// Least completeness of a value that may be scored [C4].
    pub min_completeness: Exact,
    /// Least denominator of a value that may be scored.
    pub min_denominator: Exact,
    /// Decimals of points.
    pub points_decimals: u32,
    /// Rounding of points.
    pub rounding: Rounding,
    /// What enters a rule.
    pub thresholds: Thresholds,
    /// How members of earlier windows are found [O4].
    pub baseline_members: BaselineMembers,
    /// Whether written evidence is needed for judged points.
    pub evidence: EvidenceNeed,
}

/// What a state earns [S3].
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// 0 points, with the reason.
    Zero,
    /// Full points ("no event occurred: full marks").
    Full,
    /// The points leave the applicable points.
    Rescale,
    /// The unit gets no total.
    Refuse,
}

/// The treatment of every state that is not scored by its value [S3].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct States {
    /// Nothing was reported.
    pub missing: Treatment,
    /// Too little was reported.
    pub incomplete: Treatment,
    /// A defect rejected it.
    pub rejected: Treatment,
    /// It does not apply.
    pub not_applicable: Treatment,
    /// Division by 0.
    pub zero_denominator: Treatment,
    /// The denominator is below the minimum.
    pub too_small: Treatment,
}

impl Criteria {
    /// The windows in which the scheme looks at an indicator, the assessed one first; none if it does not.
    pub fn windows_of(&self, indicator: usize) -> Vec<Window> {
        let users: Vec<&Criterion> = self.criteria.iter().filter(|criterion| criterion.indicators().contains(&indicator)).collect();
        let assessed = (!users.is_empty()).then_some(Window::Assessed);
        let baseline = users.iter().any(|criterion| criterion.rule.needs_baseline()).then_some(Window::Baseline);
        assessed.into_iter().chain(baseline).collect()
    }
}

impl States {
    /// The treatment of a state; `None` for one that is scored by its value.
    pub fn of(&self, state: State) -> Option<Treatment> {
        match state {
            State::Reported | State::Corrected => None,
            State::Missing => Some(self.missing),
            State::Incomplete => Some(self.incomplete),
            State::Rejected => Some(self.rejected),
            State::NotApplicable => Some(self.not_applicable),
            State::ZeroDenominator => Some(self.zero_denominator),
            State::TooSmall => Some(self.too_small),
        }
    }
}

/// Where points of what is not applicable are made up [R3].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rescale {
    /// One row on the total.
    #[default]
    Total,
    /// A row inside each dimension, before the total.
    Dimension,
}

/// What enters a rule [P2].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Thresholds {
    /// The exact value.
    #[default]
    Exact,
    /// The value rounded as displayed.
    Displayed,
}

/// Whether written evidence is needed for judged points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceNeed {
    /// Shown where given.
    #[default]
    Optional,
    /// No written evidence, no points.
    Required,
}

/// A dimension of the tree; only leaves hold criteria.
#[derive(Debug, Clone)]
pub struct Dimension {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Full points.
    pub points: Exact,
    /// Index of the parent.
    pub within: Option<usize>,
    /// False: its own subtotal, outside the total.
    pub in_total: bool,
}

/// A criterion: what is scored, for how many points, by which rule.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Index of its dimension.
    pub dimension: usize,
    /// Index of its indicator among those measured; `None` if it is judged.
    pub indicator: Option<usize>,
    /// Full points; 0 for `monitor`.
    pub points: Exact,
    /// The rule.
    pub rule: Rule,
    /// Units to which it does not apply are `not-applicable`.
    pub applies_to: Option<Condition>,
    /// The policy's states with the criterion's own in front.
    pub states: States,
    /// Columns of the published sheet, in its order.
    pub printed: Vec<(String, Text)>,
    /// What the document says of the target, where the rule's number is ours.
    pub target_text: Option<Text>,
}

impl Criterion {
    /// Indices of the indicators it is scored by: its own, and those that parts name, at any depth.
    pub fn indicators(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.indicator.into_iter().collect();
        self.rule.named_indicators(&mut found);
        found
    }
}

/// A scoring rule with its parameters.
#[derive(Debug, Clone)]
pub enum Rule {
    /// Value to target, in proportion.
    Ratio(Ratio),
    /// Between two values, in proportion.
    Linear(Linear),
    /// A table of steps.
    Bands(Bands),
    /// So many points off per step short of the target.
    Steps(Steps),
    /// Full inside a range, points off outside.
    Range(Range),
    /// Against the baseline.
    Improve {
        /// Parameters.
        rule: Improve,
        /// What applies where the improvement cannot be judged [P6].
        or_else: Option<Box<Rule>>,
    },
    /// The best of several.
    BestOf(Vec<Rule>),
    /// Parts with points of their own.
    Mix(Vec<MixPart>),
    /// Full points less a list.
    Deduct(Vec<Deduction>),
    /// Against the mean or median of the peer group.
    Peer(Peer),
    /// By the share of the peer group that is not better.
    Percentile(Percentile),
    /// By place in the peer group.
    Rank(Places),
    /// A grade on a scale.
    Graded {
        /// The grades with their shares, from the best down.
        scale: Vec<Grade>,
        /// What each grade means.
        text: BTreeMap<String, Text>,
    },
    /// Yes or no.
    Met,
    /// So many pieces of evidence.
    Evidence(Evidence),
    /// Points given by one person.
    Points(Points),
    /// By the date something was done.
    ByDate(ByDate),
    /// Points given by several experts.
    Panel(Panel),
    /// Watched only.
    Monitor,
}

/// A part of a `mix` [P7].
#[derive(Debug, Clone)]
pub struct MixPart {
    /// Points of the part.
    pub points: Exact,
    /// Its own indicator; `None` is the criterion's.
    pub indicator: Option<usize>,
    /// Its rule.
    pub rule: Rule,
}

/// A grade and the points it begins at [R5].
#[derive(Debug, Clone)]
pub struct GradeCut {
    /// Stable id.
    pub id: String,
    /// Name.
    pub name: Text,
    /// Least points; `None` for the lowest grade.
    pub at_least: Option<Exact>,
}

impl Rule {
    /// The rule's name as in TOML.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ratio(_) => "ratio",
            Self::Linear(_) => "linear",
            Self::Bands(_) => "bands",
            Self::Steps(_) => "steps",
            Self::Range(_) => "range",
            Self::Improve { .. } => "improve",
            Self::BestOf(_) => "best_of",
            Self::Mix(_) => "mix",
            Self::Deduct(_) => "deduct",
            Self::Peer(_) => "peer",
            Self::Percentile(_) => "percentile",
            Self::Rank(_) => "rank",
            Self::Graded { .. } => "graded",
            Self::Met => "met",
            Self::Evidence(_) => "evidence",
            Self::Points(_) => "points",
            Self::ByDate(_) => "by_date",
            Self::Panel(_) => "panel",
            Self::Monitor => "monitor",
        }
    }

    /// True if judgements stand under its criterion: its value, or parts of it.
    pub fn takes_judgements(&self) -> bool {
        self.is_judged() || !self.judged_parts().is_empty()
    }

    /// The names of parts that stand among the judgements.
    pub fn judged_parts(&self) -> Vec<&str> {
        match self {
            Self::Deduct(list) => list.iter().flat_map(|entry| entry.kind.judged()).map(String::as_str).collect(),
            _ => Vec::new(),
        }
    }

    /// True if it takes its value from judgements [P12].
    pub fn is_judged(&self) -> bool {
        matches!(self, Self::Graded { .. } | Self::Met | Self::Evidence(_) | Self::Points(_) | Self::ByDate(_) | Self::Panel(_))
    }

    /// The target as a report prints it, where the rule has one.
    pub fn target(&self) -> Option<String> {
        match self {
            Self::Ratio(rule) => Some(rule.target.to_string()),
            Self::Linear(rule) => Some(rule.full.to_string()),
            Self::Steps(rule) => Some(rule.target.to_string()),
            Self::Range(rule) => Some(format!("{}–{}", rule.low, rule.high)),
            Self::ByDate(rule) => Some(rule.due.to_string()),
            Self::BestOf(rules) => rules.iter().find_map(Self::target),
            Self::Mix(parts) => parts.iter().find_map(|part| part.rule.target()),
            Self::Improve { or_else, .. } => or_else.as_ref().and_then(|rule| rule.target()),
            _ => None,
        }
    }

    /// Adds every indicator that the rule or a rule inside it names besides the criterion's.
    fn named_indicators(&self, found: &mut Vec<usize>) {
        match self {
            Self::Mix(parts) => parts.iter().for_each(|part| {
                found.extend(part.indicator);
                part.rule.named_indicators(found);
            }),
            Self::BestOf(rules) => rules.iter().for_each(|rule| rule.named_indicators(found)),
            Self::Improve { or_else: Some(rule), .. } => rule.named_indicators(found),
            Self::Deduct(list) => found.extend(list.iter().filter_map(|entry| entry.kind.indicator())),
            _ => {}
        }
    }

    /// The same, to change them.
    pub fn visit_indicators(&mut self, see: &mut dyn FnMut(&mut usize)) {
        match self {
            Self::Mix(parts) => parts.iter_mut().for_each(|part| {
                part.indicator.as_mut().into_iter().for_each(&mut *see);
                part.rule.visit_indicators(see);
            }),
            Self::BestOf(rules) => rules.iter_mut().for_each(|rule| rule.visit_indicators(see)),
            Self::Improve { or_else: Some(rule), .. } => rule.visit_indicators(see),
            Self::Deduct(list) => list.iter_mut().filter_map(|entry| entry.kind.indicator_mut()).for_each(see),
            _ => {}
        }
    }

    /// True if it compares with the baseline.
    pub fn needs_baseline(&self) -> bool {
        self.any(&|rule| matches!(rule, Self::Improve { .. }))
    }

    /// True if it compares with the peer group.
    pub fn needs_peers(&self) -> bool {
        self.any(&|rule| matches!(rule, Self::Peer(_) | Self::Percentile(_) | Self::Rank(_)))
    }

    /// Whether this rule or one inside it is such a one.
    fn any(&self, is: &dyn Fn(&Self) -> bool) -> bool {
        is(self)
            || match self {
                Self::BestOf(rules) => rules.iter().any(|rule| rule.any(is)),
                Self::Mix(parts) => parts.iter().any(|part| part.rule.any(is)),
                Self::Improve { or_else: Some(rule), .. } => rule.any(is),
                _ => false,
            }
    }
}
