//! From measures to scores, totals, ranks and grades.

pub mod criteria;
pub mod criterion;
mod deduct;
pub mod deduction;
pub mod grade;
pub mod judged;
pub mod judgement;
pub mod kernel;
pub mod peers;
pub mod phrases;
pub mod rank;
pub mod reason;
pub mod rules;
pub mod total;
mod units;

pub use units::{Scoring, score};
