//! Pay (绩效分配): from a result to money. A unit's score is a coefficient; pools are paid out by coefficients, in whole
//! 分 that add up to each pool exactly; what a unit gets may be divided among its people by their work.
//!
//! Money is counted in 分 (`i64`, at most 10^15). Shares are exact until the last step, which is
//! [`apportion`](crate::apportion::apportion).

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::Origin;
use crate::number::{Exact, Rounding};
use crate::period::{Month, Span};
use crate::text::{Said, Text};

pub mod coefficient;
pub mod divide;
mod own;
mod persons;
pub mod phrases;
mod shared;
#[cfg(test)]
mod tests;

pub use coefficient::{Coefficient, CoefficientRule};
pub use divide::allocate;

/// The scores that money follows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scores {
    /// The assessed period.
    pub period: Span,
    /// Full points of the total.
    pub full_points: Exact,
    /// Decimals of points.
    pub points_decimals: u32,
    /// The units, in the order of the result.
    pub units: Vec<Scored>,
}

/// The score of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scored {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: Text,
    /// The total, where there is one.
    pub total: Option<Exact>,
    /// Name of the grade.
    pub grade: Option<Text>,
    /// True if the total may still change.
    pub is_provisional: bool,
}

/// What is paid out, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Title on every sheet.
    pub title: Text,
    /// The scores.
    pub scores: Scores,
    /// True if a total it takes may still change, or is lacking: nothing is paid by it.
    pub is_trial: bool,
    /// What a score counts.
    pub rule: CoefficientRule,
    /// The pools, in the order written.
    pub pools: Vec<Pool>,
    /// Work by person and month, in order of unit, person and month.
    pub work: Vec<Work>,
}

/// A pool of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pool {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Text,
    /// Whose money it is.
    pub kind: Kind,
    /// The least and the most in 分, parallel to the units.
    pub limits: Vec<(i64, Option<i64>)>,
    /// True if what a unit gets is divided among its people.
    pub is_personal: bool,
    /// Where it is written.
    pub origin: Origin,
}

/// Whose money a pool is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Each unit's own.
    Own(Vec<Part>, Remainder),
    /// One pool for all.
    Shared(Source, Weight),
}

/// Where a shared pool comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// An amount in 分.
    Amount(i64),
    /// What all units contribute.
    Parts(Vec<Part>),
}

/// A share of a column of amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name of the column.
    pub name: String,
    /// The share of it, from 0.
    pub share: Exact,
    /// The amounts in yuan, parallel to the units.
    pub amounts: Vec<Exact>,
}

/// What coefficients are multiplied by where a pool is shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Weight {
    /// All units are alike.
    Alike,
    /// A size of the units: the name of its column, and the sizes, parallel to the units.
    Size(String, Vec<Exact>),
    /// The work equivalents of the unit's people.
    Work,
}

/// What becomes of what is left of a unit's own pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Remainder {
    /// It goes back to whoever pays.
    Returned,
    /// It stays with the unit for the next period.
    Carried,
    /// It is divided among all units by own pool × coefficient.
    Redistributed,
}

/// The work of a person in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Index of the unit.
    pub unit: usize,
    /// The person, as written.
    pub person: String,
    /// The month.
    pub month: Month,
    /// Work equivalents: Σ count × equivalent × quality of the month.
    pub equivalents: Exact,
}

/// What one unit gets from one pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Index of the unit.
    pub unit: usize,
    /// Index of the pool.
    pub pool: usize,
    /// The unit's own pool in 分; `None` of a shared one.
    pub own: Option<i64>,
    /// What it gets, in 分; `None` where the unit has no coefficient.
    pub paid: Option<i64>,
    /// What is left of its own pool and not divided again, in 分, and what becomes of it.
    pub rest: Option<(i64, Fate)>,
    /// Where the amount comes from, sentence by sentence.
    pub reason: Vec<Said>,
}

/// What becomes of money that is not paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes back to whoever pays.
    Returned,
    /// It stays with the unit for the next period.
    Carried,
    /// It waits for the unit's total.
    Held,
}

/// What one person gets for one month from one pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// Index into the work of the plan.
    pub work: usize,
    /// Index of the pool.
    pub pool: usize,
    /// What it is, in 分.
    pub paid: i64,
    /// Where it comes from.
    pub reason: Vec<Said>,
}

/// Money by unit, pool and person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allocation {
    /// Coefficients, parallel to the units; `None` for a unit without a total.
    pub coefficients: Vec<Option<Coefficient>>,
    /// Payments, pool by pool, units in order.
    pub payments: Vec<Payment>,
    /// Payments to persons, pool by pool.
    pub personal: Vec<Personal>,
}

impl Pool {
    /// The least and most as they are to be shown beside one unit.
    fn limit(&self, unit: usize) -> (i64, Option<i64>) {
        self.limits[unit]
    }
}

/// An amount in yuan as 分, half-up.
pub fn cents(yuan: &Exact) -> Option<i64> {
    yuan.round(2, Rounding::HalfUp).to_steps(2).filter(|cents| *cents <= 1_000_000_000_000_000)
}

/// 分 as yuan.
pub fn yuan(cents: i64) -> Exact {
    Exact::from_steps(i128::from(cents), 2)
}

/// 分 as yuan in a sentence: `400,000.00`.
pub(crate) fn shown(cents: i64) -> String {
    grouped(&yuan(cents).fixed(2))
}

/// The digits with a comma between thousands.
fn grouped(digits: &str) -> String {
    let (whole, rest) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in whole.chars().enumerate() {
        let behind = whole.len() - at;
        if at > 0 && behind % 3 == 0 && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// An exact number in a sentence, with as many decimals as it has, at most four.
fn figure(exact: &Exact) -> String {
    let written = exact.equals();
    let digits = written.split_once(' ').map_or("", |(_, digits)| digits);
    grouped(digits)
}

/// The end of a calculation in yuan: `= 360,000.00`, or `≈ 333.3333` where it is not whole 分.
fn equals(yuan: &Exact) -> String {
    match yuan.to_steps(2) {
        Some(cents) => format!("= {}", shown(cents)),
        None => format!("≈ {}", grouped(&yuan.fixed(4))),
    }
}
