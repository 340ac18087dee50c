//! kaohe (考核): from institution statistics exports to scored, explained reports.

pub mod assess;
pub mod assessment;
pub mod catalogue;
pub mod cli;
pub mod code;
pub mod codes;
pub mod dataset;
pub mod definition;
pub mod diagnostic;
pub mod explain;
pub mod finding;
pub mod formula;
pub mod intake;
pub mod measure;
pub mod number;
pub mod output;
pub mod period;
pub mod quality;
pub mod registry;
pub mod report;
pub mod score;
pub mod scorebook;
pub mod state;
pub mod text;
pub mod trace;
