//! From bytes to batches: encodings, tables, cells and the texts people write into them.

pub mod cell;
pub mod encoding;
pub mod period_text;
pub mod table;
pub mod totals;
pub mod unreadable;
mod width;
