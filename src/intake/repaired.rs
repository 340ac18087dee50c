//! What had to be understood to read cells: a repair made many times in one column is one finding.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place};
use crate::intake::cell::{Parsed, Repair, Shape};
use crate::text::Shared;

/// The first of each repair by column, with how many there are.
#[derive(Debug, Default)]
pub(super) struct Repaired(BTreeMap<(Shared, Repair), Finding>);

impl Repaired {
    /// Notes what was done to read a cell.
    #[cold]
    pub(super) fn note(&mut self, parsed: Parsed, written: &[u8], shape: &Shape, place: &Place) {
        let column = place.column.clone().unwrap_or_default();
        let findings = parsed.findings(&String::from_utf8_lossy(written), shape, place);
        for (repair, finding) in parsed.repairs.iter().zip(findings) {
            self.0.entry((column.clone(), repair)).and_modify(|known| known.alike += 1).or_insert(finding);
        }
    }

    /// What was noted.
    pub(super) fn into_findings(self) -> impl Iterator<Item = Finding> {
        self.0.into_values()
    }
}
