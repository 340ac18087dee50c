//! A criteria file as written: the scheme by which units are scored.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Error, SeqAccess, Visitor};

use super::located::{Entries, Located, Number, OneOrMany, Words};
use super::rule::DeductEach;
use super::tree::{Dimension, Effect, Joint, Printed, States, Trigger};
use crate::catalogue::Basis;
use crate::measure::roster::BaselineMembers;
use crate::number::{Exact, Rounding};
use crate::score::criteria::{EvidenceNeed, Rescale, Thresholds};
use crate::text::Text;

/// Criteria: the scheme by which units are scored.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriteriaFile {
    /// What the scheme is.
    pub criteria: Head,
    /// How values become points and totals, where the scheme leaves a choice.
    #[serde(default)]
    pub policy: Policy,
    /// Classes with different sheets.
    #[serde(default)]
    pub class: Vec<Located<Class>>,
    /// Scales of grades for judged criteria.
    #[serde(default)]
    pub scale: Vec<Located<Scale>>,
    /// The dimensions, in the order of the sheet.
    pub dimension: Vec<Located<Dimension>>,
    /// Points taken from a total.
    #[serde(default)]
    pub penalty: Vec<Located<Penalty>>,
    /// Events that override points (一票否决).
    #[serde(default)]
    pub veto: Vec<Located<Veto>>,
    /// Grades of totals, best first.
    #[serde(default)]
    pub grade: Vec<Located<Grade>>,
    /// Statements that follow from grades of criteria, never from points.
    #[serde(default)]
    pub verdict: Vec<Located<Verdict>>,
    /// Joint accountability.
    pub joint: Option<Located<Joint>>,
    /// From where on the linter complains.
    #[serde(default)]
    pub lint: Lint,
    /// Worked examples; each is computed again whenever the file is checked.
    #[serde(default)]
    pub example: Vec<Located<Example>>,
}

/// What a scheme is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Stable id.
    pub id: Words,
    /// Title on every report.
    pub title: Text,
    /// The documents it follows.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
    /// Whose scheme it is; `local` if absent.
    pub status: Option<Status>,
    /// Catalogues whose indicators it uses: `builtin:name@version`, or a path from this file.
    #[serde(default)]
    pub catalogues: Vec<Words>,
    /// Points of the whole sheet; the sum of the dimensions if absent.
    pub full_points: Option<Number>,
    /// The most that all bonuses may add; 0 if absent.
    pub bonus_points: Option<Number>,
    /// The total that grades look at; `total` if absent.
    pub grade_on: Option<GradeOn>,
    /// The attribute whose values are ranked apart; all units together if absent.
    pub peer_group: Option<Words>,
    /// Contradictions of an official sheet that are let stand, each printed with its reason.
    #[serde(default)]
    pub allow: Vec<Located<Allow>>,
    /// Lines for signatures at the foot of a sheet.
    #[serde(default)]
    pub signed: Vec<Text>,
}

/// Whose scheme it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// As published by an authority.
    Official,
    /// Made by those who use it.
    Local,
    /// Made up, to show the form.
    Illustrative,
}

/// The total that grades look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GradeOn {
    /// With bonuses.
    Total,
    /// Without bonuses.
    Base,
}

/// A contradiction that is let stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    /// Code of the diagnostic, `criteria/…`.
    pub code: Words,
    /// Why; printed in the report.
    pub reason: Text,
}

/// How values become points and totals, where the scheme leaves a choice.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// How states of values are scored [S3].
    pub states: Option<States>,
    /// Where the points of what is not applicable are made up; `total` if absent [R3].
    pub rescale: Option<Rescale>,
    /// The completeness from which a value is scored, 0 to 1; 1 if absent [C4].
    pub min_completeness: Option<Number>,
    /// The smallest denominator that is scored; no limit if absent.
    pub min_denominator: Option<Number>,
    /// Decimals of a criterion's points; 2 if absent [P9].
    pub points_decimals: Option<Located<u32>>,
    /// How points are rounded; `half-up` if absent [P9].
    pub rounding: Option<Rounding>,
    /// Whether the exact or the displayed value enters a rule; `exact` if absent [P2].
    pub thresholds: Option<Thresholds>,
    /// Whose figures of the earlier time are compared with; `like-for-like` if absent [O4].
    pub baseline_members: Option<BaselineMembers>,
    /// `required`: a judgement without written evidence earns nothing; `optional` if absent.
    pub evidence: Option<EvidenceNeed>,
}

/// From where on the linter complains.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lint {
    /// The share of full points that one case may cost, 0 to 1; 0.5 if absent.
    pub cliff_share: Option<Number>,
    /// The denominator at which one case of a rate is taken; the policy's `min_denominator` if absent.
    pub denominator: Option<Number>,
}

/// Units with a sheet of their own; the first class whose condition holds is a unit's.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Stable id, named by `for`.
    pub id: Words,
    /// Name in reports; the id if absent.
    pub name: Option<Text>,
    /// The units of the class, as a condition on attributes.
    #[serde(rename = "where")]
    pub scope: Words,
    /// Points of the class's sheet.
    pub full_points: Option<Number>,
}

/// A scale of grades.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// Stable id, named by `score.graded`.
    pub id: Words,
    /// The grades, best first.
    pub grades: Vec<ScaleGrade>,
}

/// One grade of a scale.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleGrade {
    /// The grade as judges write it.
    pub id: Words,
    /// Name in reports; the id if absent.
    pub name: Option<Text>,
    /// The share of full points it earns, 0 to 1.
    pub share: Number,
}

/// Points taken from a total.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Penalty {
    /// Stable id.
    pub id: Words,
    /// Name in reports; the id if absent.
    pub name: Option<Text>,
    /// Points lost for each of a count.
    pub each: Located<DeductEach>,
    /// `total`, or the id of a dimension; `total` if absent.
    pub from: Option<Words>,
    /// Further columns of the published sheet.
    pub printed: Option<Printed>,
    /// Where it comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
}

/// An event that overrides points (一票否决).
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Veto {
    /// Stable id.
    pub id: Words,
    /// Name in reports.
    pub name: Text,
    /// What fires it.
    pub trigger: Located<Trigger>,
    /// What it does.
    pub effect: Vec<Located<Effect>>,
    /// Further columns of the published sheet.
    pub printed: Option<Printed>,
    /// Where it comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
}

/// A grade of totals.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Stable id.
    pub id: Words,
    /// Name in reports, and in `cap_grade`.
    pub name: Text,
    /// The smallest total that earns it, in points [R5].
    pub at_least: Number,
    /// What must hold besides.
    pub requires: Option<Requires>,
    /// The most units that may receive it [R6].
    pub quota: Option<Quota>,
}

/// What a grade asks for besides a total.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requires {
    /// The id of a verdict that must be reached.
    pub verdict: Option<Words>,
    /// The share of its full points that every dimension must reach, 0 to 1.
    pub every_dimension_at_least: Option<Number>,
}

/// The most units that may receive a grade.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quota {
    /// Share of the peer group's units with a total, 0 to 1.
    pub share: Number,
}

/// A statement that follows from grades of criteria [R7].
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Stable id.
    pub id: Words,
    /// What is stated where it is reached.
    pub name: Text,
    /// The criteria whose grades count.
    pub among: Located<Among>,
    /// Grades that none of them may have.
    #[serde(default)]
    pub none: Vec<Words>,
    /// For a grade, how many of them must have it at least.
    #[serde(default)]
    pub at_least: Entries<Located<u32>>,
    /// What is stated otherwise.
    pub otherwise: Text,
}

/// The criteria a verdict looks at. Exactly one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Among {
    /// All graded criteria of these dimensions.
    Dimensions(Vec<Words>),
    /// These criteria.
    Criteria(Vec<Words>),
}

/// A worked example of one criterion.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The id of the criterion.
    pub criterion: Words,
    /// Values of items in the window.
    #[serde(default)]
    pub given: Entries<Number>,
    /// Judgements, by name.
    #[serde(default)]
    pub judged: Entries<Located<Judged>>,
    /// Values of items in the baseline.
    #[serde(default)]
    pub baseline: Entries<Number>,
    /// Values of the other units of the peer group, in the display unit.
    #[serde(default)]
    pub peers: Vec<Number>,
    /// Attributes of the unit, by which a `case` may hold: `{ kind = "tcm" }`.
    #[serde(default)]
    pub unit: Entries<Words>,
    /// The unit's own targets for the year, by item, for a rule with `task`.
    #[serde(default)]
    pub targets: Entries<Number>,
    /// Totals of the units of parts, in percent of their full points, by the id of the part.
    #[serde(default)]
    pub parts: Entries<Vec<Number>>,
    /// What must come out.
    pub expect: Located<Expect>,
}

/// What an example must come to.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// Points.
    pub points: Option<Number>,
    /// Bonus.
    pub bonus: Option<Number>,
    /// State of what is scored: `zero-denominator`, `rejected`, `not-applicable`, `reported`, …
    pub state: Option<Words>,
}

/// A judgement in an example: a count or points, or a word such as a grade, `yes`, a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Judged {
    /// A count or points.
    Number(Exact),
    /// A grade, `yes`, `no`, a date, `not-applicable`, `no-evidence` or `recused`.
    Word(String),
    /// What each of several experts gave.
    Several(Vec<Judged>),
}

impl<'de> Deserialize<'de> for Judged {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JudgedVisitor)
    }
}

struct JudgedVisitor;

impl<'de> Visitor<'de> for JudgedVisitor {
    type Value = Judged;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a number, text in quotes, or a list of them")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Judged, E> {
        Ok(Judged::Number(Exact::from(value)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Judged, E> {
        format!("{value}").parse().map(Judged::Number).map_err(|_| E::custom("a finite number is needed"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Judged, E> {
        Ok(Judged::Word(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut given: A) -> Result<Judged, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = given.next_element()? {
            all.push(one);
        }
        Ok(Judged::Several(all))
    }
}

impl JsonSchema for Judged {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Judged".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["number", "string", "array"], "description": "A count or points, or a word: a grade, `yes`, `no`, a date; of a panel a list, one entry for each expert." })
    }
}
