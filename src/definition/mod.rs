//! The TOML files as written: reading with every error of a file in one pass, the types of what
//! may stand in them, their JSON Schema, the built-in files and the `--set` flag.
//!
//! This is the only room that knows the `toml` crate. Nothing here interprets what is written:
//! defaults, references between names and sums are checked where definitions are resolved.

mod access;
pub mod allocation;
pub mod assessment;
mod blank;
pub mod builtin;
pub mod catalogue;
pub mod check;
pub mod criteria;
mod fault;
pub mod judged;
pub mod kind;
pub mod load;
pub mod located;
mod node;
pub mod overrides;
pub mod read;
pub mod records;
pub mod rule;
pub mod schema;
pub mod source;
mod syntax;
pub mod targets;
pub mod tree;

pub use allocation::AllocationFile;
pub use assessment::AssessmentFile;
pub use catalogue::CatalogueFile;
pub use criteria::CriteriaFile;
pub use load::load;
pub use located::{Entries, Located, OneOrMany};
pub use read::{Document, read};
pub use targets::TargetsFile;
