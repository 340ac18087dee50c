//! A catalogue as written: items, indicators, constants and checks.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::{Error, MapAccess, Visitor};

use super::check::Band;
pub use super::check::{Check, CheckSeverity};
use super::located::{Located, Number, OneOrMany, Words};
pub use crate::catalogue::{Basis, Better, Form, Level, Pooling, Time};
use crate::text::Text;

/// A catalogue of items, indicators, constants and checks.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueFile {
    /// What the catalogue is.
    pub catalogue: CatalogueHead,
    /// Reported figures.
    #[serde(default)]
    pub item: Vec<Located<Item>>,
    /// Figures computed from items.
    #[serde(default)]
    pub indicator: Vec<Located<Indicator>>,
    /// Numbers for estimated denominators.
    #[serde(default)]
    pub constant: Vec<Located<Constant>>,
    /// Conditions that reported figures must fulfil.
    #[serde(default)]
    pub check: Vec<Located<Check>>,
}

/// What a catalogue is.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CatalogueHead {
    /// Stable id; a built-in is named `builtin:id@version`.
    pub id: Words,
    /// Title.
    pub title: Text,
    /// Version, a whole number that grows whenever a definition changes; 1 if absent.
    pub version: Option<Located<u32>>,
    /// Catalogues whose items this one uses.
    #[serde(default)]
    pub requires: Vec<Words>,
    /// The documents it follows.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
}

/// A reported figure.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable id, used in formulas.
    pub id: Words,
    /// Name.
    pub name: Text,
    /// Other headers under which it is exported.
    #[serde(default)]
    pub aliases: Vec<Words>,
    /// What is counted: `person`, `visit`, `bed`, `yuan`, `%`, …
    pub unit: Words,
    /// Decimals of the smallest step of a reported value, 0 to 6; by the unit if absent [N1].
    pub decimals: Option<Located<u32>>,
    /// How values of several periods become one.
    pub time: Time,
    /// `false`: may not be summed over organisations [O8].
    pub additive: Option<bool>,
    /// Which organisations must report it, as a condition on attributes; all if absent [C3].
    pub expected_from: Option<Words>,
    /// What exactly is counted.
    pub definition: Option<Text>,
    /// Where the definition comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
}

/// A figure computed from items: numerator × factor / denominator.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Stable id. Different definitions (口径) have different ids.
    pub id: Words,
    /// Name.
    pub name: Text,
    /// Other names under which it is known.
    #[serde(default)]
    pub aliases: Vec<Words>,
    /// Formula of the numerator.
    pub numerator: Words,
    /// Formula of the denominator; none if absent.
    pub denominator: Option<Words>,
    /// What the quotient is multiplied by, before dividing; 1 if absent.
    pub factor: Option<Number>,
    /// Unit of the value, `%` with a factor of 100.
    pub unit: Words,
    /// Which values are better.
    pub better: Better,
    /// What kind of figure it is; decides which results are impossible [F10].
    pub form: Form,
    /// Decimals shown; 2 for `%` and ratios, 0 for counts if absent [N7].
    pub decimals: Option<Located<u32>>,
    /// The lowest level at which it may be computed; any if absent [O9].
    pub level: Option<Level>,
    /// How organisations are put together; `pooled` if absent [F9].
    pub pooling: Option<Pooling>,
    /// What an institution's value usually is, in the display unit.
    pub plausible: Option<Located<Band>>,
    /// What exactly is measured.
    pub definition: Option<Text>,
    /// Where the definition comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
    /// Worked examples: values of items, and `expect`.
    #[serde(default)]
    pub example: OneOrMany<IndicatorExample>,
}

/// A number for estimated denominators.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Stable id, used in formulas.
    pub id: Words,
    /// Name.
    pub name: Text,
    /// The number, as it enters a formula: 0.25 for 25 %.
    pub value: Number,
    /// Unit, for display.
    pub unit: Option<Words>,
    /// Where the number comes from.
    #[serde(default)]
    pub basis: OneOrMany<Basis>,
}

/// A worked example of an indicator: `{ discharges = 100, expect = 57.0 }`.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorExample {
    /// Values of items, by id.
    pub given: Vec<(Words, Number)>,
    /// The value that must come out, in the display unit.
    pub expect: Number,
}

impl<'de> Deserialize<'de> for IndicatorExample {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ExampleVisitor)
    }
}

struct ExampleVisitor;

impl<'de> Visitor<'de> for ExampleVisitor {
    type Value = IndicatorExample;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a table")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<IndicatorExample, A::Error> {
        let (mut given, mut expect) = (Vec::new(), None);
        while let Some(key) = map.next_key::<Words>()? {
            let value = map.next_value()?;
            if key.value == "expect" {
                expect = Some(value);
            } else {
                given.push((key, value));
            }
        }
        Ok(IndicatorExample { given, expect: expect.ok_or_else(|| A::Error::missing_field("expect"))? })
    }
}

impl JsonSchema for IndicatorExample {
    fn schema_name() -> Cow<'static, str> {
        "IndicatorExample".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let number = generator.subschema_for::<crate::number::Exact>();
        schemars::json_schema!({
            "description": "A worked example: values of items by id, and `expect`, the value that must come out.",
            "type": "object", "additionalProperties": number, "required": ["expect"]
        })
    }
}
