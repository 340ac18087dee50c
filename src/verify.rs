//! Verifying a result (复核): what differs between a result as recorded and the same as it is now.
//!
//! Works on `scorebook.json` as it was written, field by field, so that nothing of it is left out because nobody
//! thought of it here.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::text::Text;

mod figures;

pub use figures::figures;

/// What was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Files of the result folder, against the checksums of its manifest.
    Files,
    /// Inputs and definitions, against the checksums of the manifest.
    Inputs,
    /// Figures computed again, against those recorded.
    Figures,
    /// Files written again, against the checksums of the manifest.
    Rewritten,
}

/// In which way something differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It is another.
    Changed,
    /// It was recorded and is not there.
    Missing,
    /// It is there and was not recorded.
    Extra,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where it was looked for.
    pub step: Step,
    /// In which way.
    pub way: Way,
    /// The file, of files; empty for figures.
    pub file: String,
    /// What the figure is of.
    pub place: Place,
    /// What was recorded.
    pub recorded: Text,
    /// What it is now.
    pub now: Text,
}

/// What a figure is of; what is not known or not one thing is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// Id of the part.
    pub part: String,
    /// Key of the unit.
    pub unit: String,
    /// Id of the criterion, or of the dimension, bonus or veto.
    pub criterion: String,
    /// Id of the indicator, with its window.
    pub indicator: String,
    /// Which figure: value, points, total, rank …
    pub figure: String,
}

impl Difference {
    /// A file that differs.
    pub fn of_file(step: Step, way: Way, file: &str, recorded: &str, now: &str) -> Self {
        let (recorded, now) = (Text::same(recorded), Text::same(now));
        Self { step, way, file: file.to_owned(), place: Place::default(), recorded, now }
    }
}

/// What differs between two lists of checksums, by name.
pub fn checksums(step: Step, recorded: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Difference> {
    let names: std::collections::BTreeSet<&String> = recorded.keys().chain(now.keys()).collect();
    let difference = |name: &String| match (recorded.get(name), now.get(name)) {
        (Some(one), Some(other)) if one == other => None,
        (Some(one), Some(other)) => Some(Difference::of_file(step, Way::Changed, name, one, other)),
        (Some(one), None) => Some(Difference::of_file(step, Way::Missing, name, one, "")),
        (None, other) => Some(Difference::of_file(step, Way::Extra, name, "", other.map_or("", String::as_str))),
    };
    names.into_iter().filter_map(difference).collect()
}

/// A value in words: sentences and names in both languages, numbers as written.
fn words(value: &Value) -> Text {
    match value {
        Value::Null => Text::default(),
        Value::String(text) => Text::same(text.as_str()),
        Value::Array(values) => {
            let all: Vec<Text> = values.iter().map(words).collect();
            let join = |lang: fn(&Text) -> &str| all.iter().map(lang).collect::<Vec<_>>().join("; ");
            Text::new(join(|text| &text.zh), join(|text| &text.en))
        }
        Value::Object(fields) => match (fields.get("zh").and_then(Value::as_str), fields.get("en").and_then(Value::as_str)) {
            (Some(zh), Some(en)) => Text::new(zh, en),
            _ => Text::same(value.to_string()),
        },
        Value::Bool(_) | Value::Number(_) => Text::same(value.to_string()),
    }
}
