//! Terms (汇总数): figures per organisation, period and item that were summed elsewhere, as a file that says how many
//! cells stand behind each; the whole of an assessment, or a part that is merged with others. `docs/terms.md` has the format.
//!
//! Nothing here knows the assessment: what organisations and items mean is for intake to find.

use std::sync::Arc;

mod merge;
mod part;
mod read;

pub use merge::merge;
pub use part::Part;
pub use read::read;

/// The columns of a terms file, in the order in which they are written.
pub const COLUMNS: [&str; 12] =
    ["definitions", "part", "source", "organisation", "period", "item", "value", "rows", "reported", "repeated", "conflicting", "rejected"];

/// What stands before the digits of a fingerprint of definitions.
pub const FINGERPRINT: &str = "sha256:";

/// The period of rows that count nowhere: what made them could not tell whose, or of when, they are.
pub const NOWHERE: &str = "?";

/// Hexadecimal digits of a fingerprint.
pub const DIGITS: usize = 16;

/// A terms file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Its path, as messages show it.
    pub file: String,
    /// Fingerprint of the definitions it was made from.
    pub definitions: String,
    /// Which part of the whole it is.
    pub part: Part,
    /// The figures.
    pub rows: Vec<Row>,
}

/// One figure. Ordered as files are: by source, organisation, period and item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// Number of the `[[source]]`, from 1 in the order of the assessment.
    pub source: usize,
    /// Code of the organisation, or its name as the data have it.
    pub organisation: Arc<str>,
    /// Period, `2025-03`.
    pub period: Arc<str>,
    /// Id of the item.
    pub item: Arc<str>,
    /// A decimal in the item's unit; empty where there is none.
    pub value: Box<str>,
    /// What stands behind it.
    pub counts: Counts,
    /// Its line in the file it was read from.
    pub line: u64,
}

impl Row {
    /// What no other row has.
    fn key(&self) -> (usize, &str, &str, &str) {
        (self.source, &self.organisation, &self.period, &self.item)
    }
}

/// The cells behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Counts {
    /// Rows, or records of a register.
    pub rows: u64,
    /// Cells that held a value.
    pub reported: u64,
    /// Cells that repeated a value.
    pub repeated: u64,
    /// Different values beside one.
    pub conflicting: u64,
    /// Cells that held something else.
    pub rejected: u64,
}

impl Counts {
    /// In the order of the columns.
    pub fn all(&self) -> [u64; 5] {
        [self.rows, self.reported, self.repeated, self.conflicting, self.rejected]
    }

    /// True if something that was reported may make the figure useless.
    pub fn is_doubtful(&self) -> bool {
        self.conflicting > 0 || self.rejected > 0
    }
}
