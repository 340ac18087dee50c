//! Names that a source maps and that none of its files has.

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::mapping::Names;
use crate::intake::rows::Met;
use crate::intake::source::{ColumnUse, Layout, Source};
use crate::intake::table::Table;
use crate::text::{Shared, nearest, normalise};

impl Met {
    /// Adds the columns of a table. In a long layout a header is no item, but may be left out.
    pub(super) fn add_headers(&mut self, table: &Table, source: &Source) {
        let headers = table.columns.iter().flat_map(|column| Names::of(column).spellings.into_iter().map(|name| name.text));
        for header in headers.chain(table.unread.iter().cloned()) {
            let key = normalise(&header);
            let is_met = match source.columns.get(&key) {
                Some(ColumnUse::Skip) => true,
                Some(ColumnUse::Item(..)) => source.layout == Layout::Wide,
                None => false,
            };
            if is_met {
                self.columns.insert(key);
            } else {
                self.names.insert(header);
            }
        }
    }

    /// Adds what another file of the source has.
    pub(super) fn add(&mut self, other: Self) {
        self.columns.extend(other.columns);
        self.rows.extend(other.rows);
        self.names.extend(other.names);
        self.labels.extend(other.labels);
    }
}

/// A name that one file of a source has may be absent from the others: only what is in none of them is
/// at fault.
pub(super) fn report(source: &Source, met: &Met, findings: &mut Vec<Finding>) {
    let file = match source.files.as_slice() {
        [one] => Some(Shared::from(&one.path)),
        _ => None,
    };
    for mapped in &source.written.columns {
        if !met.columns.contains(&mapped.key) {
            let place = Place { file: file.clone(), column: Some(mapped.written.as_str().into()), ..Place::default() };
            let near = nearest(&mapped.written, met.names.iter().map(String::as_str));
            findings.push(Finding::new(&codes::MAPPING_UNUSED, place).with("header", mapped.written.clone()).suggest(near));
        }
    }
    for mapped in &source.written.rows {
        if !met.rows.contains(&mapped.key) {
            let place = Place { file: file.clone(), value: Some(mapped.written.as_str().into()), ..Place::default() };
            let near = nearest(&mapped.written, met.labels.iter().map(String::as_str));
            findings.push(Finding::new(&codes::ROW_NOT_FOUND, place).with("label", mapped.written.clone()).suggest(near));
        }
    }
}
