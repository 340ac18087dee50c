//! Scoring rules as written: `score.linear = { zero = 30, full = 60 }` and the like.
//!
//! Value parameters are in the indicator's display unit; `lose`, `gain` and the points of bands are
//! points; `base`, `flat` and `share` are shares of full points [P1].

use schemars::JsonSchema;
use serde::Deserialize;

use super::judged::{ByDate, Evidence, Graded, Panel, PartRule, PointsRule};
use super::located::{Located, Number, Words};
use crate::score::kernel::{Against, By, Count, Per, Ties};

/// How a value, or a judgement, becomes points. Exactly one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// In proportion to a target; full points at the target and beyond [P4].
    Ratio(Ratio),
    /// Straight from one value to another [P4].
    Linear(Linear),
    /// By bands; the first that holds counts.
    Bands(Vec<Located<Band>>),
    /// Points lost for every step short of a target [P4].
    Steps(Steps),
    /// Points for every unit of work, at a rate for each tier; no more than full points.
    Tiers(Vec<Tier>),
    /// Points lost for every step outside a range [P4].
    Range(RangeRule),
    /// The improvement over the baseline [P5, P6].
    Improve(Improve),
    /// The best of several rules [P7].
    BestOf(Vec<Located<Rule>>),
    /// Several rules, each with its own points [P7].
    Mix(Vec<MixPart>),
    /// Full points less a list of deductions, never below zero.
    Deduct(Vec<Located<Deduction>>),
    /// Against the mean or median of the peer group [P8].
    Peer(Peer),
    /// By the share of the peer group that is not better [P8].
    Percentile(Percentile),
    /// By rank in the peer group: the share of full points of the first, the second, …; the last
    /// entry serves all further ranks [P8].
    Rank(Vec<Number>),
    /// By a grade that was judged.
    Graded(Graded),
    /// Met or not met, as judged.
    Met(Empty),
    /// By the number of written pieces of evidence.
    Evidence(Evidence),
    /// Points given by one person.
    Points(PointsRule),
    /// By the date something was done [P14].
    ByDate(ByDate),
    /// Points given by several experts [P13].
    Panel(Panel),
    /// By the printed totals of parts scored before [R8].
    Part(PartRule),
    /// Shown only: no points, and no part in the total [P11].
    Monitor(Empty),
}

/// No parameters: `{}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// In proportion to a target: exactly one of `target` and `task`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// The value that earns full points, in the indicator's display unit; not 0.
    pub target: Option<Number>,
    /// The item of the targets file that holds each unit's own target.
    pub task: Option<Words>,
}

/// Straight from `zero` to `full`; either may be the larger.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Linear {
    /// The value that earns nothing, or `base`.
    pub zero: Number,
    /// The value that earns full points.
    pub full: Number,
    /// The share of full points earned at `zero`, 0 to 1; 0 if absent.
    pub base: Option<Number>,
}

/// One band: exactly one bound, and either points or a grade.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Holds for values from this one upwards.
    pub at_least: Option<Number>,
    /// Holds for values larger than this one.
    pub above: Option<Number>,
    /// Holds for values up to this one.
    pub at_most: Option<Number>,
    /// Holds for values smaller than this one.
    pub below: Option<Number>,
    /// Holds for every value: `otherwise = {}`.
    pub otherwise: Option<Empty>,
    /// Points of this band.
    pub points: Option<Number>,
    /// Grade given by this band, for verdicts.
    pub grade: Option<Words>,
}

/// Points lost for every step short of a target.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Steps {
    /// The value from which nothing is lost.
    pub target: Number,
    /// The size of a step; more than 0.
    pub every: Number,
    /// Points lost for a step.
    pub lose: Number,
    /// How the last step is counted.
    pub count: Count,
    /// What the shortfall is measured in; compulsory where the unit is `%`.
    pub per: Option<Per>,
    /// The most that can be lost.
    pub lose_most: Option<Number>,
}

/// A tier of work: from its beginning to just below the next one's.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// Where it begins, in the display unit.
    pub from: Number,
    /// Points for every unit in it.
    pub each: Number,
}

/// Points lost for every step outside `low` to `high`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RangeRule {
    /// The smallest value that loses nothing.
    pub low: Number,
    /// The largest value that loses nothing.
    pub high: Number,
    /// The size of a step; more than 0.
    pub every: Number,
    /// Points lost for a step.
    pub lose: Number,
    /// How the last step is counted.
    pub count: Count,
    /// The most that can be lost.
    pub lose_most: Option<Number>,
}

/// The improvement over the baseline: exactly one of `rise` and `any_rise`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Improve {
    /// What the improvement is measured in.
    pub by: By,
    /// The improvement that earns full points.
    pub rise: Option<Number>,
    /// `true`: every improvement earns full points.
    pub any_rise: Option<Located<bool>>,
    /// The share of full points for no change, 0 to 1; 0 if absent.
    pub flat: Option<Number>,
    /// At this value or beyond, full points whatever the change.
    pub plateau: Option<Number>,
    /// The smallest numerator of the baseline that can be compared with.
    pub min_base_numerator: Option<Number>,
    /// A change smaller than this counts as none.
    pub least_change: Option<Number>,
    /// The rule used where the baseline cannot be compared with.
    pub or_else: Option<Box<Located<Rule>>>,
}

/// A part of a mix; the points of the parts add up to the criterion's.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MixPart {
    /// Points of this part.
    pub points: Number,
    /// The rule of this part; its points count against the part's.
    pub score: Located<Rule>,
    /// Another indicator than the criterion's.
    pub indicator: Option<Words>,
}

/// One deduction. Exactly one kind.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deduction {
    /// For every step short of a target.
    Steps(DeductSteps),
    /// For each of a count.
    Each(DeductEach),
    /// For each of several things that is absent.
    Absent(DeductAbsent),
    /// Once, if any of several things is absent.
    AnyAbsent(DeductAbsent),
    /// Once, if a value passes a bound.
    When(DeductWhen),
    /// At the judge's discretion.
    Discretion(Discretion),
}

/// Points lost for every step an indicator or item is short of a target.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeductSteps {
    /// The indicator or item.
    pub of: Words,
    /// The value from which nothing is lost.
    pub target: Number,
    /// The size of a step; more than 0.
    pub every: Number,
    /// Points lost for a step.
    pub lose: Number,
    /// How the last step is counted.
    pub count: Count,
    /// What the shortfall is measured in; compulsory where the unit is `%`.
    pub per: Option<Per>,
    /// The most that can be lost by this deduction.
    pub lose_most: Option<Number>,
}

impl DeductSteps {
    /// The same as a rule of its own.
    pub fn steps(&self) -> Steps {
        let Self { target, every, lose, count, per, lose_most, .. } = self.clone();
        Steps { target, every, lose, count, per, lose_most }
    }
}

/// Points lost for each of a count: exactly one of `of` and `judged`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeductEach {
    /// The indicator or item that is counted.
    pub of: Option<Words>,
    /// The name under which the count stands among the judgements.
    pub judged: Option<Words>,
    /// Only what exceeds this number counts; 0 if absent.
    pub over: Option<Number>,
    /// Points lost for each.
    pub lose: Number,
    /// The most that can be lost by this deduction.
    pub lose_most: Option<Number>,
}

/// Points lost for what is absent.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeductAbsent {
    /// Names under which presence stands among the judgements.
    pub of: Vec<Words>,
    /// Points lost.
    pub lose: Number,
    /// The most that can be lost by this deduction.
    pub lose_most: Option<Number>,
}

/// Points lost once if a value passes a bound: exactly one bound.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeductWhen {
    /// The indicator or item.
    pub of: Words,
    /// Loses from this value upwards.
    pub at_least: Option<Number>,
    /// Loses beyond this value.
    pub above: Option<Number>,
    /// Loses up to this value.
    pub at_most: Option<Number>,
    /// Loses under this value.
    pub below: Option<Number>,
    /// Points lost.
    pub lose: Number,
}

/// Points lost at the judge's discretion.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Discretion {
    /// The name under which the points lost stand among the judgements.
    pub id: Words,
    /// The most that can be lost.
    pub lose_most: Number,
}

/// Against the peer group.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Peer {
    /// The figure of the peer group that earns full points.
    pub against: Against,
    /// The size of a step; more than 0.
    pub every: Number,
    /// Points lost for a step.
    pub lose: Number,
    /// How the last step is counted.
    pub count: Count,
    /// What the shortfall is measured in; compulsory where the unit is `%`.
    pub per: Option<Per>,
    /// The most that can be lost.
    pub lose_most: Option<Number>,
}

/// By the share of the peer group that is not better.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Percentile {
    /// What equal values receive.
    pub ties: Option<Ties>,
}
