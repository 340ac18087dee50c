//! JSON Schema of the files a user writes, for editors, from the types that read them.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Value, json};

use super::{AllocationFile, AssessmentFile, CatalogueFile, CriteriaFile, TargetsFile};

/// The kinds of definition file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One run: `assessment.toml`.
    Assessment,
    /// Items, indicators, constants and checks.
    Catalogue,
    /// A scheme.
    Criteria,
    /// Totals to be divided: `targets.toml`.
    Targets,
    /// Pools of money: `allocation.toml`.
    Allocation,
}

/// The JSON Schema of a kind of file.
pub fn schema(kind: Kind) -> Value {
    let mut schema = content(kind);
    let free = json!({ "description": "Free content, not read." });
    schema["properties"]["meta"] = free.clone();
    schema["patternProperties"] = json!({ "^x-": free });
    schema
}

/// The top-level keys of a kind of file, in the order of its documentation.
pub(super) fn keys(kind: Kind) -> Vec<String> {
    content(kind)["properties"].as_object().map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
}

fn content(kind: Kind) -> Value {
    match kind {
        Kind::Assessment => of::<AssessmentFile>(),
        Kind::Catalogue => of::<CatalogueFile>(),
        Kind::Criteria => of::<CriteriaFile>(),
        Kind::Targets => of::<TargetsFile>(),
        Kind::Allocation => of::<AllocationFile>(),
    }
}

fn of<T: JsonSchema>() -> Value {
    SchemaGenerator::default().into_root_schema_for::<T>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::read;
    use crate::diagnostic::SourceFile;

    const ASSESSMENT: &str = r#"
title = { zh = "考核", en = "Assessment" }
period = "2025"
unit = "consortium"
criteria = "criteria.toml"
x-note = 1
[organisations]
path = "organisations.csv"
[[source]]
path = "a.csv"
layout = "long"
period = { file_name = {} }
organisation = { column = "机构" }
columns = { "诊疗" = "visits", "去年" = { item = "visits", period = "2024" }, "备注" = { skip = true } }
totals = [{ row = "合计", parts = ["甲", "乙"] }]
[[part]]
id = "members"
where = "role = member"
criteria = "members.toml"
"#;

    const CATALOGUE: &str = r#"
[catalogue]
id = "c"
title = "C"
[[item]]
id = "visits"
name = "Visits"
unit = "visit"
time = "flow"
[[indicator]]
id = "growth"
name = "Growth"
numerator = "visits - visits@baseline"
denominator = "visits@baseline"
factor = 100
unit = "%"
better = "higher"
form = "ratio"
basis = { document = "D", confidence = "read" }
example = [{ visits = 12, "visits@baseline" = 10, expect = 20.0 }]
[[check]]
id = "k"
rule = "visits >= 0"
severity = "warning"
[meta]
free = true
"#;

    /// Every rule of the criteria language, and every table.
    const CRITERIA: &str = include_str!("../../tests/definitions/all-rules.toml");

    fn as_json(text: &str) -> Value {
        toml::from_str(text).unwrap_or(Value::Null)
    }

    #[track_caller]
    fn case<T: serde::de::DeserializeOwned>(kind: Kind, text: &str, unknown: &str) {
        let schema = schema(kind);
        let errors = |text: &str| match jsonschema::validator_for(&schema) {
            Ok(validator) => validator.iter_errors(&as_json(text)).map(|error| format!("{}: {error}", error.instance_path())).collect(),
            Err(error) => vec![error.to_string()],
        };
        let faults = |text: &str| read::<T>(&SourceFile::new("t.toml", text)).1.len();
        assert_eq!(errors(text), Vec::<String>::new());
        assert_eq!(faults(text), 0);
        let wrong = text.replacen(unknown, &format!("{unknown}unheard_of = 1\n"), 1);
        assert_ne!(wrong, text);
        assert_eq!(errors(&wrong).len(), 1);
        assert_eq!(faults(&wrong), 1);
    }

    #[test]
    fn the_schema_of_an_assessment_takes_what_the_reader_takes() {
        case::<AssessmentFile>(Kind::Assessment, ASSESSMENT, "[[source]]\n");
        case::<AssessmentFile>(Kind::Assessment, ASSESSMENT, "\nperiod = \"2025\"\n");
    }

    #[test]
    fn the_schema_of_a_catalogue_takes_what_the_reader_takes() {
        case::<CatalogueFile>(Kind::Catalogue, CATALOGUE, "[[indicator]]\n");
        case::<CatalogueFile>(Kind::Catalogue, CATALOGUE, "[catalogue]\n");
    }

    #[test]
    fn the_schema_of_criteria_takes_what_the_reader_takes() {
        case::<CriteriaFile>(Kind::Criteria, CRITERIA, "[policy]\n");
        case::<CriteriaFile>(Kind::Criteria, CRITERIA, "[[veto]]\n");
    }

    const TARGETS: &str = r#"
title = "Targets"
period = "2026"
round = 1
[units]
path = "units.csv"
[consultation]
path = "agreed.csv"
[[quantity]]
item = "examined"
total = 1000
by = { population = 0.5, elderly = 0.5 }
at_most = 400
[[quality]]
item = "satisfaction"
target = 92.5
"#;

    #[test]
    fn the_schema_of_targets_takes_what_the_reader_takes() {
        case::<TargetsFile>(Kind::Targets, TARGETS, "[[quantity]]\n");
        case::<TargetsFile>(Kind::Targets, TARGETS, "[[quality]]\n");
    }

    const ALLOCATION: &str = r#"
title = "Pay"
coefficient.bands = [{ at_least = 80, coefficient = 1 }, { at_least = 0, coefficient = 0.5 }]
[units]
path = "pools.csv"
[work]
path = "work.csv"
[[step]]
id = "visit"
equivalent = 1.5
[[pool]]
id = "own"
rule = "own"
parts = { allowance = 0.4 }
remainder = "carried"
[[pool]]
id = "fund"
rule = "shared"
amount = 100000
by = "work"
at_least = "least"
to_persons = true
"#;

    #[test]
    fn the_schema_of_an_allocation_takes_what_the_reader_takes() {
        case::<AllocationFile>(Kind::Allocation, ALLOCATION, "[[pool]]\n");
        case::<AllocationFile>(Kind::Allocation, ALLOCATION, "[[step]]\n");
        case::<AllocationFile>(Kind::Allocation, &ALLOCATION.replace("coefficient.bands", "coefficient.grades = { A = 1 } #"), "[work]\n");
        case::<AllocationFile>(
            Kind::Allocation,
            &ALLOCATION.replace("coefficient.bands", "coefficient = \"share_of_full\" #"),
            "[units]\n",
        );
    }

    #[test]
    fn every_key_of_the_schemas_is_described() {
        fn undescribed(schema: &Value, path: &str, out: &mut Vec<String>) {
            if let Some(properties) = schema["properties"].as_object() {
                for (key, property) in properties {
                    let is_choice = schema["required"].as_array().is_some_and(|all| all.len() == 1) && properties.len() == 1;
                    if property.get("description").is_none() && !is_choice {
                        out.push(format!("{path}.{key}"));
                    }
                }
            }
            for (key, inner) in schema.as_object().into_iter().flatten() {
                undescribed(inner, &format!("{path}/{key}"), out);
            }
        }
        let mut out = Vec::new();
        for kind in [Kind::Assessment, Kind::Catalogue, Kind::Criteria, Kind::Targets, Kind::Allocation] {
            undescribed(&schema(kind), "", &mut out);
        }
        out.retain(|path| !path.contains("/Text/"));
        assert_eq!(out, Vec::<String>::new());
    }
}
