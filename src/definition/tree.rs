//! The tree of a scheme as written: dimensions, criteria, and the points beside them.

use schemars::JsonSchema;
use serde::Deserialize;

use super::judged::Combine;
use super::located::{Located, Number, OneOrMany, Words};
use super::rule::{Empty, Rule};
use crate::catalogue::Basis;
use crate::period::Lookback;
use crate::score::criteria::Treatment;
use crate::text::Text;

/// A dimension: a heading of the sheet, with criteria or further dimensions under it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dimension {
    /// Stable id, used by vetoes, penalties, verdicts and `within`.
    pub id: Words,
    /// The heading.
    pub name: Text,
    /// Full points: the sum of what stands under it.
    pub points: Option<Number>,
    /// Share of what it stands under, 0 to 1, instead of points; at every level of a file or at none.
    pub weight: Option<Number>,
    /// The id of the dimension this one belongs to.
    pub within: Option<Words>,
    /// `false`: a subtotal of its own, outside the total.
    pub in_total: Option<bool>,
    /// The most its bonuses may add.
    pub bonus_points: Option<Number>,
    /// Where it comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
    /// The criteria, in the order of the sheet.
    #[serde(default)]
    pub criterion: Vec<Located<Criterion>>,
    /// Bonuses that belong to no single criterion.
    #[serde(default)]
    pub bonus: Vec<Located<Bonus>>,
}

/// A criterion: one row of the sheet, with points and a scoring rule.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Stable id; the indicator's id if absent.
    pub id: Option<Words>,
    /// Name on the sheet; the indicator's name if absent.
    pub name: Option<Text>,
    /// The indicator or item that is scored; absent where a person judges.
    pub indicator: Option<Words>,
    /// Full points.
    pub points: Option<Number>,
    /// Share of the dimension, 0 to 1, instead of points.
    pub weight: Option<Number>,
    /// The scoring rule: `score.linear = { … }`.
    pub score: Located<Rule>,
    /// Rules that replace `score` for some units or years; the first that holds counts [P10].
    #[serde(default)]
    pub case: Vec<Located<Case>>,
    /// The units it applies to, as a condition on attributes; elsewhere it is not applicable.
    pub applies_to: Option<Words>,
    /// Ids of the classes whose sheet has this criterion at all.
    #[serde(rename = "for")]
    pub classes: Option<Vec<Words>>,
    /// Lines of attention and alarm, in the display unit.
    pub lines: Option<Lines>,
    /// How states of the value are scored, where it differs from the policy.
    pub states: Option<States>,
    /// Bonuses earned with this criterion.
    #[serde(default)]
    pub bonus: Vec<Located<Gain>>,
    /// How often it is judged within the period; `year` if absent.
    pub rounds: Option<Vec<Located<Round>>>,
    /// The months the value is taken over; `period` if absent.
    pub window: Option<Lookback>,
    /// `true`: the target is taken in proportion to the months elapsed.
    pub pro_rata: Option<bool>,
    /// Further columns of the published sheet.
    pub printed: Option<Printed>,
    /// Where it comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
    /// What the document says of the target, where the number of the rule is not the document's.
    pub target_text: Option<Text>,
}

impl Criterion {
    /// The id it goes by: its own, else its indicator's.
    pub fn key(&self) -> Option<&str> {
        self.id.as_ref().or(self.indicator.as_ref()).map(|id| id.value.as_str())
    }
}

/// A rule for some units or years: at least one of `where` and `years`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The units it holds for, as a condition on attributes.
    #[serde(rename = "where")]
    pub scope: Option<Words>,
    /// The years it holds for, `"2018..2020"` or `"2018"`.
    pub years: Option<Words>,
    /// The rule that replaces the criterion's.
    pub score: Located<Rule>,
}

/// Lines of attention (关注线) and alarm (预警线); the side follows from the indicator's direction.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    /// 关注线, in the display unit.
    pub warn: Option<Number>,
    /// 预警线, in the display unit.
    pub alarm: Option<Number>,
}

/// How a value's state is scored [S3].
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct States {
    /// Nothing was reported.
    pub missing: Option<Treatment>,
    /// Too little was reported.
    pub incomplete: Option<Treatment>,
    /// The criterion does not apply to the unit.
    pub not_applicable: Option<Treatment>,
    /// The denominator is 0.
    pub zero_denominator: Option<Treatment>,
    /// The denominator is below `min_denominator`.
    pub too_small: Option<Treatment>,
    /// The value was rejected.
    pub rejected: Option<Treatment>,
}

/// How often a criterion is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Round {
    /// Every month.
    Month,
    /// Every quarter.
    Quarter,
    /// Once a year.
    Year,
}

/// Columns of the published sheet that are printed as they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// What is asked for (考核内容).
    pub requirement: Option<Text>,
    /// How it is checked (考核方法).
    pub method: Option<Text>,
    /// How it is scored, in the document's words (评分标准).
    pub scoring: Option<Text>,
    /// Where the figures come from (数据来源).
    pub data_source: Option<Text>,
    /// Who is responsible (责任单位).
    #[serde(default)]
    pub responsible: Vec<Text>,
    /// A remark (备注).
    pub note: Option<Text>,
}

/// A bonus that belongs to no single criterion.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bonus {
    /// Stable id.
    pub id: Words,
    /// Name on the sheet.
    pub name: Option<Text>,
    /// What adds points.
    pub gain: Vec<Located<Gain>>,
    /// The most it may add.
    pub points: Option<Number>,
    /// Further columns of the published sheet.
    pub printed: Option<Printed>,
    /// Where it comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
}

/// What adds points. Exactly one kind.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gain {
    /// For each of a count.
    Each(GainEach),
    /// Once, if judged to be met.
    Met(GainMet),
    /// At the judge's discretion.
    Discretion(GainDiscretion),
}

/// Points added for each of a count: exactly one of `of` and `judged`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GainEach {
    /// The indicator or item that is counted.
    pub of: Option<Words>,
    /// The name under which the count stands among the judgements.
    pub judged: Option<Words>,
    /// Only what exceeds this number counts; 0 if absent.
    pub over: Option<Number>,
    /// Points added for each.
    pub gain: Number,
    /// The most that can be added.
    pub gain_most: Option<Number>,
}

/// Points added once, if judged to be met.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GainMet {
    /// The name under which it stands among the judgements.
    pub id: Words,
    /// Points added.
    pub gain: Number,
}

/// Points added at the judge's discretion.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GainDiscretion {
    /// The name under which the points stand among the judgements; the bonus's id if absent.
    pub id: Option<Words>,
    /// The most that can be added.
    pub gain_most: Number,
}

/// Joint accountability (连坐): a share of each total is the combined total of its region [R8].
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Joint {
    /// The attribute whose equal values are accountable together.
    pub by: Words,
    /// The share of the combined total, 0 to 1.
    pub share: Number,
    /// How the totals are combined.
    pub combine: Combine,
}

/// What fires a veto. Exactly one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A condition over items, `"management_fee[role = lead] > 0"`.
    Formula(Words),
    /// A judgement with evidence.
    Judged(Empty),
}

/// What a veto does.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The grade is at best this one.
    CapGrade(Words),
    /// The unit is out of the running for this.
    Disqualify(Text),
    /// The total is 0.
    ZeroTotal(Empty),
    /// The points of this dimension are 0.
    ZeroDimension(Words),
    /// The points of this criterion are 0.
    ZeroCriterion(Words),
    /// These points are taken from the total.
    Lose(Number),
}
