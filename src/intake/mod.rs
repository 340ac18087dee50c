//! From bytes to values and findings: encodings, tables, cells, and what their columns mean.

pub mod behind;
pub mod cell;
mod chosen;
pub mod correction;
pub(crate) mod cumulative;
pub mod encoding;
mod form;
pub mod load;
pub mod mapping;
pub mod open;
pub mod packed;
pub mod period_text;
mod persons;
pub mod progress;
mod reading;
pub mod rows;
pub mod source;
pub mod table;
mod total_rows;
pub mod totals;
pub mod units;
mod unmet;
pub mod unreadable;
mod verified;
mod whose;
mod width;
pub mod workbook;
