//! Clean cells of rows that hold nothing yet: nothing is to be compared, so that they are put by column, many rows at a time.

use std::collections::BTreeSet;

use crate::dataset::{Dataset, Row};
use crate::formula::ItemId;
use crate::intake::cell::Quick;
use crate::intake::mapping::ValueColumn;

/// Rows that are put together.
const ROWS: usize = 256;

/// Rows of a wide table that are still to be put.
#[derive(Debug, Default)]
pub(super) struct NewRows {
    /// The item of each column; `None` where more is to be said of a clean number than that it is one.
    items: Vec<Option<ItemId>>,
    rows: Vec<Row>,
    /// Their cells, row by row.
    cells: Vec<Quick>,
}

impl NewRows {
    /// For the rows of a wide table with these columns. None are taken where two cells of a row may be of one item.
    pub(super) fn of(columns: &[ValueColumn]) -> Self {
        let different: BTreeSet<ItemId> = columns.iter().map(|column| column.item).collect();
        if different.len() < columns.len() || columns.iter().any(|column| column.span.is_some()) {
            return Self::default();
        }
        Self { items: columns.iter().map(|column| column.shape.is_plain().then_some(column.item)).collect(), ..Self::default() }
    }

    /// True if rows with so many cells are taken.
    pub(super) fn takes(&self, cells: usize) -> bool {
        cells > 0 && self.items.len() == cells
    }

    /// Takes a row that holds nothing yet.
    pub(super) fn take(&mut self, row: Row, cells: &[Quick], dataset: &mut Dataset) {
        if self.rows.len() == ROWS {
            self.put(dataset);
        }
        self.rows.push(row);
        self.cells.extend_from_slice(cells);
    }

    /// True for a cell of a row that was taken, in the column of this place, that is left to whoever took the row.
    #[inline]
    pub(super) fn leaves(&self, at: usize, cell: Quick) -> bool {
        match self.items.get(at) {
            Some(Some(_)) => cell.is_unclean(),
            _ => !cell.is_blank(),
        }
    }

    /// Puts the rows that were taken.
    #[inline]
    pub(super) fn put(&mut self, dataset: &mut Dataset) {
        if !self.rows.is_empty() {
            self.put_all(dataset);
        }
    }

    fn put_all(&mut self, dataset: &mut Dataset) {
        let width = self.items.len();
        for (at, item) in self.items.iter().enumerate() {
            let Some(item) = item else { continue };
            let cells = self.cells.iter().skip(at).step_by(width);
            dataset.fill(*item, self.rows.iter().zip(cells).filter_map(|(row, cell)| Some((*row, cell.steps()?))));
        }
        self.rows.clear();
        self.cells.clear();
    }
}
