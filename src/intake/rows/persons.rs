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

/// What is looked for in a column.
enum Look {
    /// Its name says what it holds.
    Named(Personal),
    /// Cells of at least so many bytes.
    Long(usize),
}

pub(super) struct Persons<'t> {
    columns: Vec<(&'t Column, Look)>,
    /// First line and number of cells, by place in `columns` and kind.
    found: BTreeMap<(usize, Personal), (u64, u64)>,
}

impl<'t> Persons<'t> {
    pub(super) fn new(table: &'t Table, mapping: &Mapping) -> Self {
        let (figures, codes) = (mapping.figures(), &mapping.organisation);
        let look = |column: &Column| match person::of_column(&column.header) {
            _ if figures.contains(&column.index) || codes.contains(&column.index) => Look::Long(LONG),
            Some(kind) => Look::Named(kind),
            None => Look::Long(SHORT),
        };
        Self { columns: table.columns.iter().map(|column| (column, look(column))).collect(), found: BTreeMap::new() }
    }

    pub(super) fn see(&mut self, record: &Record) {
        for (at, (column, look)) in self.columns.iter().enumerate() {
            let cell = record.bytes(column.index);
            let kind = match look {
                Look::Named(kind) => (!cell.is_empty()).then_some(*kind),
                Look::Long(shortest) if cell.len() < *shortest => None,
                Look::Long(_) => std::str::from_utf8(cell).ok().and_then(person::find),
            };
            if let Some(kind) = kind {
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
