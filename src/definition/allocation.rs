//! An allocation file as written: how a result is turned into money.

use schemars::JsonSchema;
use serde::Deserialize;

use super::assessment::Table;
use super::located::{Entries, Located, Number, Words};
use crate::pay::Remainder;
use crate::text::{Lang, Text};

/// Allocation: pools of money, and the coefficients by which scores count in them.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationFile {
    /// Title on every sheet.
    pub title: Text,
    /// Language of written files; a flag goes before it, English is meant if absent.
    pub lang: Option<Lang>,
    /// What a score counts.
    pub coefficient: Coefficient,
    /// Amounts and sizes of the units: `unit` and the columns that pools name.
    pub units: Option<Table>,
    /// Work done: `unit,person,month,step,count`, and `quality` where it is checked by the month.
    pub work: Option<Table>,
    /// The steps of services, each with its work equivalent.
    #[serde(default)]
    pub step: Vec<Located<Step>>,
    /// The pools, in the order of every sheet.
    pub pool: Vec<Located<Pool>>,
}

/// What a score counts: exactly one of these, or `"share_of_full"`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Coefficient {
    /// The coefficient of the first band that the total reaches, the highest band first.
    Bands(Vec<Band>),
    /// The coefficient of each grade, by its name.
    Grades(Entries<Number>),
    /// The total divided by the full points.
    ShareOfFull,
}

/// A band of totals.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lowest total of the band, in points; it belongs to the band.
    pub at_least: Number,
    /// What a total of the band counts, from 0.
    pub coefficient: Number,
}

/// A step of a service (工序).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Id, as the work table names it.
    pub id: Words,
    /// Name; the id if absent.
    pub name: Option<Text>,
    /// Work equivalents of doing it once (工作当量), from 0.
    pub equivalent: Number,
}

/// A pool of money, in yuan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pool {
    /// Stable id.
    pub id: Words,
    /// Name on sheets; the id if absent.
    pub name: Option<Text>,
    /// Whose money it is.
    pub rule: PoolRule,
    /// What the pool is made of: a column of the units table, and the share of it, from 0.
    #[serde(default)]
    pub parts: Entries<Number>,
    /// Of a shared pool without parts: the amount.
    pub amount: Option<Number>,
    /// Of a shared pool: the column whose figures are multiplied by the coefficient, or `work`; all units alike if absent.
    pub by: Option<Words>,
    /// Of units' own pools: what becomes of the rest.
    pub remainder: Option<Located<Remainder>>,
    /// The column of amounts below which no unit goes; a blank is no limit.
    pub at_least: Option<Words>,
    /// The column of amounts above which no unit goes; a blank is no limit.
    pub at_most: Option<Words>,
    /// `true`: what a unit gets is divided among its people by their work.
    pub to_persons: Option<Located<bool>>,
}

/// Whose money a pool is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PoolRule {
    /// Each unit has its own pool and gets its coefficient of it.
    Own,
    /// One pool is divided among all units.
    Shared,
}
