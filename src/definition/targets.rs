//! A targets file as written: what is to be done in a period, and how it is divided.

use schemars::JsonSchema;
use serde::Deserialize;

use super::assessment::Table;
use super::located::{Entries, Located, Number, Words};
use crate::text::{Lang, Text};

/// Targets: totals that are divided among units, and targets that are the same for all.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetsFile {
    /// Title on every sheet.
    pub title: Text,
    /// What the targets are for, `2026`, `2026H1`, `2026-03`.
    pub period: Words,
    /// Language of written files; a flag goes before it, English is meant if absent.
    pub lang: Option<Lang>,
    /// The version: agreements of this round of consultation and of earlier ones hold; 0 is the draft. The last round
    /// of the consultation table is meant if absent.
    pub round: Option<Located<u32>>,
    /// The units in the order of every list: `unit,name` and a column per measure of size.
    pub units: Table,
    /// What was agreed on in the rounds of consultation: `unit,item,round,target,at_least,at_most,reason`.
    pub consultation: Option<Table>,
    /// Totals that are divided.
    #[serde(default)]
    pub quantity: Vec<Located<Quantity>>,
    /// Targets that are the same for all.
    #[serde(default)]
    pub quality: Vec<Located<Quality>>,
}

/// A total that is divided by weighted shares: total × Σ weight × size of the unit / size of all.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantity {
    /// Id of the item.
    pub item: Words,
    /// Name on sheets; the id if absent.
    pub name: Option<Text>,
    /// The total, a whole number.
    pub total: Number,
    /// The weight of each column of the units table, from 0; they sum to 1.
    pub by: Entries<Number>,
    /// No unit gets less, a whole number; 0 if absent.
    pub at_least: Option<Number>,
    /// No unit gets more, a whole number; no limit if absent.
    pub at_most: Option<Number>,
}

/// A target that is the same for all units.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Id of the item or indicator.
    pub item: Words,
    /// Name on sheets; the id if absent.
    pub name: Option<Text>,
    /// The target, in the unit of the item.
    pub target: Number,
}
