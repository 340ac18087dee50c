//! `[[source.items]]` as written: what the rows of a register are counted as.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};

use super::located::{Entries, Located, Number, Words};
use super::source::ColumnName;

/// An item that is counted or summed over rows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordItem {
    /// Id, name or alias of the item.
    pub item: Words,
    /// The column of the organisation that is credited; the source's if absent.
    pub organisation: Option<ColumnName>,
    /// What a row must fulfil, by column: a text, a list of them, `{ not = … }`, `{ at_least = …, at_most = … }`.
    #[serde(rename = "where", default)]
    pub conditions: Entries<Located<Condition>>,
    /// Columns of organisations that belong to the same unit as the credited one.
    #[serde(default)]
    pub within: Vec<Words>,
    /// The column that is added up; rows are counted if absent.
    pub sum: Option<ColumnName>,
    /// The column that names persons, each of whom counts once.
    pub distinct: Option<ColumnName>,
    /// `true`: only records that have their match.
    pub matched: Option<Located<bool>>,
}

/// What a record needs on the other side: one of `where` and `path` with `key`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Matched {
    /// What a row fulfils that the other side has confirmed.
    #[serde(rename = "where", default)]
    pub conditions: Entries<Located<Condition>>,
    /// Files of the other side.
    pub path: Option<Words>,
    /// Their columns in which the key of the source stands.
    #[serde(default)]
    pub key: Vec<Words>,
}

/// What a cell must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// One of these texts.
    AnyOf(Vec<String>),
    /// None of these texts.
    NoneOf(Vec<String>),
    /// A number that lies between these, the limits included.
    Between {
        /// The lower one.
        at_least: Option<Number>,
        /// The upper one.
        at_most: Option<Number>,
    },
}

/// A condition as a table.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ConditionTable {
    /// None of these.
    not: Option<Texts>,
    /// The least number.
    at_least: Option<Number>,
    /// The greatest number.
    at_most: Option<Number>,
}

/// A text, or several.
#[derive(Debug, Clone)]
struct Texts(Vec<String>);

const FORMS: &str = "a text, a list of texts, { not = … } or { at_least = …, at_most = … }";

struct ConditionVisitor;

impl<'de> Visitor<'de> for ConditionVisitor {
    type Value = Condition;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(FORMS)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Condition, E> {
        Ok(Condition::AnyOf(vec![text.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, texts: A) -> Result<Condition, A::Error> {
        all(texts, &self).map(Condition::AnyOf)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Condition, A::Error> {
        match ConditionTable::deserialize(MapAccessDeserializer::new(map))? {
            ConditionTable { not: Some(Texts(texts)), at_least: None, at_most: None } => Ok(Condition::NoneOf(texts)),
            ConditionTable { not: None, at_least, at_most } if at_least.is_some() || at_most.is_some() => {
                Ok(Condition::Between { at_least, at_most })
            }
            _ => Err(A::Error::invalid_value(serde::de::Unexpected::Map, &FORMS)),
        }
    }
}

/// The texts of a list that holds one at least.
fn all<'de, A: SeqAccess<'de>>(mut texts: A, expected: &dyn serde::de::Expected) -> Result<Vec<String>, A::Error> {
    let mut found = Vec::new();
    while let Some(text) = texts.next_element::<String>()? {
        found.push(text);
    }
    if found.is_empty() { Err(A::Error::invalid_value(serde::de::Unexpected::Seq, expected)) } else { Ok(found) }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ConditionVisitor)
    }
}

struct TextsVisitor;

impl<'de> Visitor<'de> for TextsVisitor {
    type Value = Texts;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text or a list of texts")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Texts, E> {
        Ok(Texts(vec![text.to_owned()]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, texts: A) -> Result<Texts, A::Error> {
        all(texts, &self).map(Texts)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextsVisitor)
    }
}

impl JsonSchema for Texts {
    fn schema_name() -> Cow<'static, str> {
        "Texts".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "description": "A text, or several.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" }, "minItems": 1 }]
        })
    }
}

impl JsonSchema for Condition {
    fn schema_name() -> Cow<'static, str> {
        "RecordCondition".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (texts, table) = (generator.subschema_for::<Texts>(), generator.subschema_for::<ConditionTable>());
        schemars::json_schema!({
            "description": "What a cell must be: a text, one of several, { not = … } or { at_least = …, at_most = … }.",
            "anyOf": [texts, table]
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::definition::{AssessmentFile, read};
    use crate::diagnostic::SourceFile;
    use crate::text::Lang;

    /// What is said, in Chinese, of a condition.
    fn said(condition: &str) -> Vec<String> {
        let head =
            "title = \"T\"\nperiod = \"2025\"\ncriteria = \"c.toml\"\n[organisations]\npath = \"o.csv\"\n[[source]]\npath = \"s.csv\"\n";
        let text = format!("{head}[[source.items]]\nitem = \"visits\"\nwhere = {{ \"甲\" = {condition} }}\n");
        let (_, found) = read::<AssessmentFile>(&SourceFile::new("a.toml", text));
        found.iter().map(|one| one.message.render(Lang::Zh)).collect()
    }

    #[test]
    fn a_condition_is_a_text_a_list_or_a_table() {
        for right in
            ["\"x\"", "[\"x\", \"y\"]", "{ not = \"x\" }", "{ not = [\"x\"] }", "{ at_least = 65 }", "{ at_least = 65, at_most = 79.5 }"]
        {
            assert_eq!(said(right), Vec::<String>::new(), "{right}");
        }
        for (wrong, found) in [("3", "数 3"), ("[]", "列表"), ("{}", "表"), ("{ not = \"x\", at_least = 1 }", "表")] {
            assert_eq!(
                said(wrong),
                [format!("应为文字、文字列表、{{ not = … }} 或 {{ at_least = …, at_most = … }}，实为{found}")],
                "{wrong}"
            );
        }
        assert!(said("{ not = [] }").contains(&"应为文字或文字列表，实为列表".to_owned()));
        assert_eq!(said("{ at = 3 }"), ["此处没有名为 `at` 的键"]);
    }
}
