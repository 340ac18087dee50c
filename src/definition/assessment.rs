//! An assessment file as written: one run's period, units, data and scheme.

use schemars::JsonSchema;
use serde::Deserialize;

use super::catalogue::Level;
use super::located::{Located, Words};
pub use super::source::Source;
use crate::text::{Lang, Text};

/// An assessment: one run's period, units, data and scheme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssessmentFile {
    /// Title on every report.
    pub title: Text,
    /// What is assessed: `2025`, `2025H1`, `2025Q3`, `2025-06` or `2025-01..2025-09`.
    pub period: Words,
    /// What improvement is measured against; written as `period` is.
    pub baseline: Option<Words>,
    /// The registry column that says who is scored; `code` scores each institution, and is meant if absent.
    pub unit: Option<Words>,
    /// The level of the units, where the column does not say it [O9].
    pub unit_level: Option<Level>,
    /// The criteria file: a path from this file, or the name of a built-in.
    pub criteria: Words,
    /// Language of written files; a flag goes before it, English is meant if absent.
    pub lang: Option<Lang>,
    /// The registry of organisations.
    pub organisations: Table,
    /// Names and attributes of what is scored.
    pub units: Option<Units>,
    /// Data.
    #[serde(default)]
    pub source: Vec<Located<Source>>,
    /// Judgements by people: `unit,criterion,part,value,judge,judge_unit,date,stage,evidence,reason`.
    #[serde(default)]
    pub judgements: Vec<Located<Table>>,
    /// Corrections of reported values: `organisation,period,item,old,new,unit,who,date,reason,document`; the path may hold
    /// `*`, `?` and `**`.
    #[serde(default)]
    pub corrections: Vec<Located<Table>>,
    /// Each unit's own targets: `unit,item,period,target,round,reason`.
    pub targets: Option<Table>,
    /// Values that are not expected this time.
    #[serde(default)]
    pub waiver: Vec<Located<Waiver>>,
    /// Scorings of their own that are finished first and feed `score.part`.
    #[serde(default)]
    pub part: Vec<Located<Part>>,
}

/// A table the program knows the columns of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Path from the assessment file: CSV, TSV, XLSX, XLS, ODS.
    pub path: Words,
    /// `auto`, `utf-8`, `utf-16` or `gb18030`; `auto` if absent.
    pub encoding: Option<Words>,
    /// The sheet of a workbook, by name; the first if absent.
    pub sheet: Option<Words>,
}

/// Names and attributes of what is scored: `id,name,short_name,order` and any attribute.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Units {
    /// Path from the assessment file; without it units are the values of the unit column.
    pub path: Option<Words>,
    /// `auto`, `utf-8`, `utf-16` or `gb18030`; `auto` if absent.
    pub encoding: Option<Words>,
    /// The sheet of a workbook, by name; the first if absent.
    pub sheet: Option<Words>,
    /// Units that are scored but not ranked (参评不排名), as a condition on attributes.
    pub not_ranked: Option<Words>,
}

/// A value that is not expected this time; printed with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Code of the organisation.
    pub organisation: Words,
    /// Id of the item; all items if absent.
    pub item: Option<Words>,
    /// The months; the whole period if absent.
    pub period: Option<Words>,
    /// Why.
    pub reason: Text,
}

/// A scoring of its own that is finished first [R8]. What is absent is as in the assessment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Stable id, named by `score.part`.
    pub id: Words,
    /// Title of its reports.
    pub title: Option<Text>,
    /// The registry column that says who is scored.
    pub unit: Option<Words>,
    /// The organisations that take part, as a condition on attributes.
    #[serde(rename = "where")]
    pub scope: Option<Words>,
    /// What is assessed.
    pub period: Option<Words>,
    /// What improvement is measured against.
    pub baseline: Option<Words>,
    /// The criteria file.
    pub criteria: Words,
    /// The level of the units, where the column does not say it [O9].
    pub unit_level: Option<Level>,
    /// Names and attributes of what is scored; as in the assessment where the same units are scored.
    pub units: Option<Units>,
    /// Judgements of its criteria; those of the assessment are not looked at.
    #[serde(default)]
    pub judgements: Vec<Located<Table>>,
    /// Each unit's own targets; as in the assessment where the same units are scored.
    pub targets: Option<Table>,
}
