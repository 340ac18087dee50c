//! From measures to scores, totals, ranks and grades.

pub mod about;
pub mod bonus;
pub mod criteria;
pub mod criterion;
mod deduct;
pub mod deduction;
pub mod extra;
pub mod feed;
pub mod grade;
pub mod joint;
pub mod judged;
pub mod judgement;
pub mod kernel;
mod light;
pub mod next;
pub mod part;
pub mod peers;
mod penalty;
pub mod phrases;
pub mod rank;
pub mod reason;
pub mod rule;
pub mod rules;
pub mod sheet;
pub mod statement;
mod task;
pub mod total;
mod units;
mod veto;
pub mod words;

pub use units::{Scoring, score};
