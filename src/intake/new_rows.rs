//! Clean cells of rows that hold nothing yet: nothing is to be compared, so that they are put by column, many rows at a time.

use std::collections::BTreeSet;

use crate::dataset::{Dataset, Row};
use crate::formula::ItemId;
use crate::intake::cell::Quick;
use crate::intake::mapping::ValueColumn;

/// Rows that are put together: so few that their cells stay near.
const ROWS: usize = 64;

/// Rows of a wide table that are still to be put.
#[derive(Debug, Default)]
pub(super) struct NewRows {
    /// The item of each column; `None` where more is to be said of a clean number than that it is one.
    items: Vec<Option<ItemId>>,
    /// No item is `None`.
    are_plain: bool,
    /// The first and the last of them; they stand one behind the other.
    rows: Option<(Row, Row)>,
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
        let items: Vec<_> = columns.iter().map(|column| column.shape.is_plain().then_some(column.item)).collect();
        Self { are_plain: items.iter().all(Option::is_some), items, ..Self::default() }
    }

    /// True if rows with so many cells are taken.
    pub(super) fn takes(&self, cells: usize) -> bool {
        cells > 0 && self.items.len() == cells
    }

    /// Takes a row that holds nothing yet.
    pub(super) fn take(&mut self, row: Row, cells: &[Quick], dataset: &mut Dataset) {
        let is_next = self.rows.is_none_or(|(_, last)| row.follows(last));
        if self.cells.len() >= ROWS * self.items.len() || !is_next {
            self.put(dataset);
        }
        self.rows = Some((self.rows.map_or(row, |(first, _)| first), row));
        self.cells.extend_from_slice(cells);
    }

    /// True if cells of a row that was taken are left to whoever took it: mostly none are.
    #[inline]
    pub(super) fn leaves_any(&self, cells: &[Quick]) -> bool {
        !self.are_plain || cells.contains(&Quick::UNCLEAN)
    }

    /// Which of them are.
    pub(super) fn left<'c>(&self, cells: &'c [Quick]) -> impl Iterator<Item = usize> + use<'_, 'c> {
        let is_left = |(item, cell): &(&Option<ItemId>, &Quick)| if item.is_some() { cell.is_unclean() } else { !cell.is_blank() };
        self.items.iter().zip(cells).enumerate().filter(move |(_, cell)| is_left(cell)).map(|(at, _)| at)
    }

    /// Puts the rows that were taken.
    #[inline]
    pub(super) fn put(&mut self, dataset: &mut Dataset) {
        if let Some((first, _)) = self.rows.take() {
            let width = self.items.len();
            let rows = self.cells.len() / width.max(1);
            for (at, item) in self.items.iter().enumerate() {
                let Some(item) = item else { continue };
                dataset.fill(*item, first, rows, |row| self.cells.get(row * width + at)?.steps());
            }
            self.cells.clear();
        }
    }
}
