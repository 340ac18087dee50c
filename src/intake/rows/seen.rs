//! Cells with everything known about them, as they are handed on.

use crate::finding::Place;
use crate::intake::cell::{self, Parsed, Quick, Shape};
use crate::intake::mapping::ValueColumn;
use crate::intake::table::Record;
use crate::intake::totals::RowKind;
use crate::intake::workbook::address;
use crate::period::Span;
use crate::registry::OrgId;

/// Whose figures a row holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// An organisation of the registry.
    Organisation(OrgId),
    /// A total over all or some rows.
    Total(RowKind),
    /// Nobody known, or a part of another row; said already.
    Nobody,
}

/// A cell with everything known about it.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Whose it is.
    pub who: Who,
    /// Its period.
    pub span: Span,
    /// Its column.
    pub column: &'a ValueColumn,
    /// What it holds.
    pub parsed: Parsed,
    /// As written.
    pub written: &'a [u8],
    /// Line of the file.
    pub line: u64,
}

/// The cells of a row that are all of one period.
#[derive(Debug, Clone, Copy)]
pub struct SeenRow<'a> {
    /// Whose they are.
    pub who: Who,
    /// Their period.
    pub span: Span,
    /// Their columns.
    pub columns: &'a [ValueColumn],
    /// What they hold, as far as it is known.
    pub quick: &'a [Quick],
    /// The row.
    pub(super) record: &'a Record<'a>,
}

impl<'a> SeenRow<'a> {
    /// The cells with everything known about them.
    pub fn cells(&self) -> impl Iterator<Item = Seen<'a>> {
        (0..self.columns.len()).map(|at| self.cell(at))
    }

    /// The cell in one of the columns.
    pub fn cell(&self, at: usize) -> Seen<'a> {
        let column = &self.columns[at];
        let written = self.record.bytes(column.index);
        let parsed = parsed(written, &column.shape, self.quick.get(at));
        Seen { who: self.who, span: self.span, column, parsed, written, line: self.record.line }
    }
}

/// What a cell holds, as far as it is known, or read now.
pub(super) fn parsed(written: &[u8], shape: &Shape, quick: Option<&Quick>) -> Parsed {
    quick.map_or_else(|| cell::parse(written, shape), |quick| quick.parsed(written, shape))
}

/// A cell of a total row that names no period.
#[derive(Debug, Clone, Copy)]
pub struct Timeless<'a> {
    /// Which rows the total is of.
    pub kind: RowKind,
    /// Its column.
    pub column: &'a ValueColumn,
    /// What it holds.
    pub parsed: Parsed,
    /// As written.
    pub written: &'a [u8],
    /// Line of the file.
    pub line: u64,
}

impl Seen<'_> {
    /// Where it stands, in the file and sheet of `table`.
    pub fn place(&self, table: &Place) -> Place {
        place(self.column, self.line, table)
    }
}

impl Timeless<'_> {
    /// Where it stands, in the file and sheet of `table`.
    pub fn place(&self, table: &Place) -> Place {
        place(self.column, self.line, table)
    }
}

fn place(column: &ValueColumn, line: u64, table: &Place) -> Place {
    let cell = table.sheet.is_some().then(|| address(column.index, line).into());
    Place { row: Some(line), column: Some(column.header.clone()), cell, ..table.clone() }
}
