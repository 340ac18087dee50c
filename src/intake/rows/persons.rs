//! Cells that name a person, counted by column. Nothing of them is kept.

use std::collections::BTreeMap;

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::mapping::Mapping;
use crate::intake::table::{Column, Record, Table};
use crate::intake::workbook::address;
use crate::text::person::{self, Personal};

/// Eleven digits may be a figure or a code; eighteen with a date of birth and a check character are neither.
const LONG: usize = 17;
const SHORT: usize = 11;

pub(super) struct Persons<'t> {
    /// Columns and the shortest cell that is looked at.
    columns: Vec<(&'t Column, usize)>,
    /// First line and number of cells, by place in `columns` and kind.
    found: BTreeMap<(usize, Personal), (u64, u64)>,
}

impl<'t> Persons<'t> {
    pub(super) fn new(table: &'t Table, mapping: &Mapping) -> Self {
        let (figures, codes) = (mapping.figures(), &mapping.organisation);
        let shortest = |column: &Column| if figures.contains(&column.index) || codes.contains(&column.index) { LONG } else { SHORT };
        Self { columns: table.columns.iter().map(|column| (column, shortest(column))).collect(), found: BTreeMap::new() }
    }

    pub(super) fn see(&mut self, record: &Record) {
        for (at, (column, shortest)) in self.columns.iter().enumerate() {
            let cell = record.bytes(column.index);
            if cell.len() < *shortest {
                continue;
            }
            if let Some(kind) = std::str::from_utf8(cell).ok().and_then(person::find) {
                self.found.entry((at, kind)).or_insert((record.line, 0)).1 += 1;
            }
        }
    }

    pub(super) fn report(&self, place: &Place, findings: &mut Vec<Finding>) {
        for ((at, kind), (line, count)) in &self.found {
            let Some((column, _)) = self.columns.get(*at) else { continue };
            let cell = place.sheet.is_some().then(|| address(column.index, *line));
            let place = Place { row: Some(*line), column: Some(column.header.clone()), cell, ..place.clone() };
            let finding = Finding::new(&codes::PERSONAL_IDENTIFIER, place).with("column", column.header.clone());
            findings.push(finding.with("count", count.to_string()).with("kind", kind.word()));
        }
    }
}
