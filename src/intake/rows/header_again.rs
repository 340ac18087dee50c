//! Recognises a row that names the columns once more.

use crate::intake::mapping::{Mapping, Values};
use crate::intake::table::{Record, Table};

/// The column names of a table, to be recognised in its rows.
pub(super) struct HeaderAgain<'a> {
    /// The column that names the organisation, and its header; the columns of values and theirs.
    first: Option<(usize, &'a str)>,
    values: Vec<(usize, &'a str)>,
}

impl<'a> HeaderAgain<'a> {
    pub(super) fn new(table: &'a Table, mapping: &'a Mapping) -> Self {
        let header = |index: usize| table.columns.iter().find(|column| column.index == index).map(|column| (index, column.header.as_str()));
        let values = match &mapping.values {
            Values::Wide(columns) => columns.iter().filter_map(|column| header(column.index)).collect(),
            Values::Long { .. } => Vec::new(),
        };
        Self { first: mapping.organisation.first().and_then(|index| header(*index)), values }
    }

    /// True for a header whose columns are others than those of the table: what stands below it is another table.
    pub(super) fn is_other_header(&self, record: &Record) -> bool {
        if self.values.is_empty() {
            return false;
        }
        let is = |(index, header): &(usize, &str)| record.bytes(*index) == header.as_bytes();
        self.first.as_ref().is_some_and(|first| is(first) && !self.values.iter().all(is))
    }
}
