//! Cells that name a person, counted by column. Nothing of them is kept.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::data as codes;
use crate::finding::{Finding, Place};
use crate::intake::mapping::Mapping;
use crate::intake::table::{Batch, Column, Table, Top};
use crate::intake::workbook::address;
use crate::text::person::{self, Personal, masked};

/// Eleven digits may be a figure or a code; eighteen with a date of birth and a check character are neither.
const LONG: usize = 17;
const SHORT: usize = 11;

/// Digits enough for a telephone number.
const DIGITS: usize = 5;

/// What is looked for in a column.
enum Look {
    /// Its name says what it holds.
    Named(Personal),
    /// The number, in cells of at least so many bytes.
    Long(usize),
}

/// The columns of a table, and what is looked for in them.
pub(super) struct Looks<'t> {
    columns: Vec<(&'t Column, Look)>,
    /// Cells of fewer bytes name nobody, whatever their column.
    least: usize,
}

/// A cell that names a person: the number of its row, its place among the columns, and the kind.
pub(super) type Named = (usize, usize, Personal);

impl<'t> Looks<'t> {
    pub(super) fn new(table: &'t Table, mapping: &Mapping) -> Self {
        let figures: BTreeSet<usize> = mapping.figures().into_iter().chain(mapping.organisation.iter().copied()).collect();
        let look = |column: &Column| match person::of_column(&column.header) {
            _ if figures.contains(&column.index) => Look::Long(LONG),
            Some(kind) => Look::Named(kind),
            None => Look::Long(SHORT),
        };
        let columns: Vec<_> = table.columns.iter().map(|column| (column, look(column))).collect();
        let least = columns.iter().map(|(_, look)| if let Look::Long(least) = look { *least } else { DIGITS }).min();
        Self { columns, least: least.unwrap_or(0) }
    }

    /// The cells of rows that name a person.
    pub(super) fn see(&self, rows: &Batch, named: &mut Vec<Named>) {
        if !rows.may_have_long(self.least) {
            return;
        }
        for (number, row) in (rows.first()..).zip(rows.rows()) {
            for (at, (column, look)) in self.columns.iter().enumerate() {
                let cell = row.bytes(column.index);
                let kind = match look {
                    Look::Named(kind) => is_number(cell).then_some(*kind),
                    Look::Long(shortest) if cell.len() < *shortest => None,
                    Look::Long(_) => std::str::from_utf8(cell).ok().and_then(person::find),
                };
                named.extend(kind.map(|kind| (number, at, kind)));
            }
        }
    }
}

/// What the rows of a table say of persons: first line and number of cells, by place among the columns and kind.
#[derive(Default)]
pub(super) struct Persons(BTreeMap<(usize, Personal), (u64, u64)>);

impl Persons {
    /// Adds the cells of one row.
    #[inline]
    pub(super) fn add(&mut self, line: u64, number: usize, named: &[Named]) {
        if named.is_empty() {
            return;
        }
        let from = named.partition_point(|(row, _, _)| *row < number);
        for (_, at, kind) in named.iter().skip(from).take_while(|(row, _, _)| *row == number) {
            self.0.entry((*at, *kind)).or_insert((line, 0)).1 += 1;
        }
    }

    pub(super) fn report(&self, looks: &Looks, place: &Place, findings: &mut Vec<Finding>) {
        for ((at, kind), (line, count)) in &self.0 {
            let Some((column, _)) = looks.columns.get(*at) else { continue };
            let cell = place.sheet.is_some().then(|| address(column.index, *line).into());
            let place = Place { row: Some(*line), column: Some(column.header.clone()), cell, ..place.clone() };
            findings.push(finding(place, *kind, *count));
        }
    }
}

/// What a text outside the rows of a table names a person by: a note, a title.
pub(super) fn in_text(text: &str, place: Place) -> Option<Finding> {
    let kind = if masked(text) == text { None } else { person::find(text) };
    kind.map(|kind| finding(place, kind, 1))
}

/// What the cells of a row of a form name persons by. A number alone may be an amount, unless its label says otherwise.
pub(super) fn in_cells<'f>(row: &'f Top, place: &Place) -> impl Iterator<Item = Finding> + use<'f> {
    let place = Place { row: Some(row.line), ..place.clone() };
    let labels = std::iter::once("").chain(row.cells.iter().map(String::as_str));
    labels.zip(&row.cells).filter_map(move |(label, cell)| {
        let named = person::of_column(label.trim_end_matches([':', '\u{ff1a}'])).filter(|_| is_number(cell.as_bytes()));
        named.map(|kind| finding(place.clone(), kind, 1)).or_else(|| in_text(cell, place.clone()))
    })
}

fn is_number(cell: &[u8]) -> bool {
    cell.iter().filter(|byte| byte.is_ascii_digit()).count() >= DIGITS
}

fn finding(place: Place, kind: Personal, count: u64) -> Finding {
    Finding::new(&codes::PERSONAL_IDENTIFIER, place).with("count", count.to_string()).with("kind", kind.word())
}
