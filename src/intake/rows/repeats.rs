//! What a row repeats of the row before: of a long table most rows are of the organisation and period of their neighbours.

use crate::intake::mapping::{Mapping, RowPeriod};
use crate::intake::short::{LONG, short};
use crate::intake::table::Batch;

/// The columns in which rows may repeat each other.
pub(super) struct Repeats {
    labels: Vec<usize>,
    period: Vec<usize>,
}

/// What a row repeats.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Repeated {
    /// Every label.
    pub(super) labels: bool,
    /// The cells of its period.
    pub(super) period: bool,
}

/// The cells of the row before, none before the first row of a stretch.
#[derive(Default)]
pub(super) struct Before {
    labels: Vec<Cell>,
    period: Vec<Cell>,
}

/// A cell as it was.
struct Cell {
    /// Of a short one its number, which is compared at once.
    short: u128,
    long: Vec<u8>,
}

impl Cell {
    /// One that no cell repeats.
    const NONE: Self = Self { short: LONG, long: Vec::new() };

    /// True if this is the same; else it takes its place.
    #[inline]
    fn is(&mut self, cell: &[u8]) -> bool {
        let short = short(cell).unwrap_or(LONG);
        let is_same = short == self.short && (short != LONG || self.long == cell);
        if !is_same {
            self.become_other(short, cell);
        }
        is_same
    }

    fn become_other(&mut self, short: u128, cell: &[u8]) {
        self.short = short;
        self.long.clear();
        self.long.extend_from_slice(if short == LONG { cell } else { &[] });
    }
}

impl Before {
    pub(super) fn clear(&mut self) {
        self.labels.clear();
        self.period.clear();
    }
}

impl Repeated {
    /// True for a row of the organisation and period of the row before.
    #[inline]
    pub(super) fn is_whole(self) -> bool {
        self.labels && self.period
    }
}

impl Repeats {
    pub(super) fn new(mapping: &Mapping) -> Self {
        let period = match mapping.period {
            RowPeriod::Columns(columns) => columns.each().collect(),
            RowPeriod::Fixed(_) | RowPeriod::InHeaders => Vec::new(),
        };
        Self { labels: mapping.organisation.clone(), period }
    }

    /// What each row repeats of the one before it.
    pub(super) fn see(&self, rows: &Batch, before: &mut Before, repeated: &mut Vec<Repeated>) {
        let first = repeated.len();
        repeated.resize(first + rows.len(), Repeated { labels: true, period: true });
        let repeated = repeated.get_mut(first..).unwrap_or_default();
        compare(&self.labels, rows, &mut before.labels, repeated, |row| &mut row.labels);
        compare(&self.period, rows, &mut before.period, repeated, |row| &mut row.period);
    }
}

/// Compares the cells of columns with those of the row before, column by column.
fn compare(columns: &[usize], rows: &Batch, before: &mut Vec<Cell>, repeated: &mut [Repeated], which: impl Fn(&mut Repeated) -> &mut bool) {
    if before.len() < columns.len() {
        before.resize_with(columns.len(), || Cell::NONE);
    }
    for (column, known) in columns.iter().zip(before) {
        for (cell, row) in rows.column(*column).zip(repeated.iter_mut()) {
            *which(row) &= known.is(cell);
        }
    }
}
