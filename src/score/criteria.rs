//! Criteria (评判标准) as resolved: the tree of dimensions and criteria, rules and policies.

use std::collections::BTreeSet;

use crate::catalogue::Basis;
use crate::formula::{Condition, Window};
use crate::measure::Wanted;
use crate::measure::roster::{BaselineMembers, Unit};
use crate::number::{Exact, Rounding};
use crate::score::extra::Extras;
use crate::score::grade::Requires;
use crate::score::joint::Joint;
use crate::score::kernel::Lines;
pub use crate::score::rule::{MixPart, Rule};
use crate::score::sheet::{Class, holds};
use crate::score::statement::Statement;
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
    /// Bonuses, penalties, vetoes.
    pub extras: Extras,
    /// Classes with sheets of their own; every unit has one where there are any.
    pub classes: Vec<Class>,
    /// Grades from the best down.
    pub grades: Vec<GradeCut>,
    /// True if grades look at the total without bonuses.
    pub grades_without_bonuses: bool,
    /// Verdicts.
    pub statements: Vec<Statement>,
    /// Joint accountability.
    pub joint: Option<Joint>,
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
    /// The windows in which the scheme looks at an indicator, the assessed one first; none if it does not. Units to
    /// which no criterion that looks applies are excused.
    pub fn windows_of(&self, indicator: usize, units: &[Unit]) -> Vec<Wanted> {
        let users: Vec<&Criterion> = self.criteria.iter().filter(|criterion| criterion.indicators().contains(&indicator)).collect();
        let by_all = self.extras.indicators().any(|used| used == indicator);
        let of_baseline: Vec<&Criterion> = users.iter().copied().filter(|criterion| criterion.needs_baseline()).collect();
        let assessed = (by_all || !users.is_empty())
            .then(|| Wanted { window: Window::Assessed, excused: if by_all { BTreeSet::new() } else { self.excused(&users, units) } });
        let baseline = (!of_baseline.is_empty()).then(|| Wanted { window: Window::Baseline, excused: self.excused(&of_baseline, units) });
        assessed.into_iter().chain(baseline).collect()
    }

    /// Indices of the units to which none of these criteria applies.
    fn excused(&self, users: &[&Criterion], units: &[Unit]) -> BTreeSet<usize> {
        let is_for_all = |user: &&Criterion| user.is_due && user.classes.is_none() && user.applies_to.is_none();
        if users.iter().any(is_for_all) {
            return BTreeSet::new();
        }
        let asks = |unit: &Unit| users.iter().any(|user| user.asks(self, unit));
        (0..units.len()).filter(|index| !asks(&units[*index])).collect()
    }

    /// Whether the points of a dimension are part of another's, or of its own.
    pub fn counts_in(&self, index: usize, outer: usize) -> bool {
        counted_in(&self.dimensions, index).any(|at| at == outer)
    }

    /// Changes every index of an indicator.
    pub fn visit_indicators(&mut self, see: &mut dyn FnMut(&mut usize)) {
        for criterion in &mut self.criteria {
            criterion.indicator.iter_mut().for_each(&mut *see);
            criterion.rule.visit_indicators(see);
            criterion.cases.iter_mut().for_each(|(_, rule)| rule.visit_indicators(see));
        }
        self.extras.visit_indicators(see);
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
    /// False: its own subtotal, outside the total and outside what it stands under.
    pub in_total: bool,
    /// The most that bonuses inside it may add.
    pub bonus_points: Option<Exact>,
}

impl Dimension {
    /// The dimension whose points it is part of; `None` for one with a subtotal of its own.
    pub fn counts_in(&self) -> Option<usize> {
        self.within.filter(|_| self.in_total)
    }
}

/// A dimension and those it stands in, from the inside out.
pub fn around(dimensions: &[Dimension], index: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(index), |at| dimensions[*at].within)
}

/// A dimension and those whose points it is part of, from the inside out.
pub fn counted_in(dimensions: &[Dimension], index: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(index), |at| dimensions[*at].counts_in())
}

/// Whether a dimension is part of the total: neither it nor one it stands in is kept apart.
pub fn in_total(dimensions: &[Dimension], index: usize) -> bool {
    around(dimensions, index).all(|at| dimensions[at].in_total)
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
    /// Rules that replace it for some units; the first whose condition holds counts, one without a condition always
    /// [P10].
    pub cases: Vec<(Option<Condition>, Rule)>,
    /// False for one that is not looked at in a window of this length.
    pub is_due: bool,
    /// Indices of the classes on whose sheet it stands; `None` for all.
    pub classes: Option<Vec<usize>>,
    /// Units to which it does not apply are `not-applicable`.
    pub applies_to: Option<Condition>,
    /// The policy's states with the criterion's own in front.
    pub states: States,
    /// Columns of the published sheet, in its order.
    pub printed: Vec<(String, Text)>,
    /// What the document says of the target, where the rule's number is ours.
    pub target_text: Option<Text>,
    /// Where its parts come from.
    pub basis: Vec<Basis>,
    /// Lines of attention and alarm.
    pub lines: Option<Lines>,
}

impl Criterion {
    /// Indices of the indicators it is scored by: its own, and those that parts name, at any depth.
    pub fn indicators(&self) -> Vec<usize> {
        let mut found: Vec<usize> = self.indicator.into_iter().collect();
        self.rules().for_each(|rule| rule.named_indicators(&mut found));
        found
    }

    /// Its rule and those that may replace it.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        std::iter::once(&self.rule).chain(self.cases.iter().map(|(_, rule)| rule))
    }

    /// The rule by which a unit is scored [P10].
    pub fn rule_of(&self, unit: &Unit) -> &Rule {
        let case = self.cases.iter().find(|(scope, _)| scope.as_ref().is_none_or(|scope| holds(scope, unit)));
        case.map_or(&self.rule, |(_, rule)| rule)
    }

    /// True if a rule of it compares with the baseline.
    pub fn needs_baseline(&self) -> bool {
        self.rules().any(Rule::needs_baseline)
    }
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
    /// What it asks for besides.
    pub requires: Requires,
    /// The share of a peer group's ranked units that may have it [R6].
    pub quota: Option<Exact>,
}
