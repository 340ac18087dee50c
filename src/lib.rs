//! kaohe (考核): from institution statistics exports to scored, explained reports.

pub mod code;
pub mod codes;
pub mod definition;
pub mod diagnostic;
pub mod finding;
pub mod number;
pub mod period;
pub mod text;
