//! What a row repeats of the row before: of a long table most rows are of the organisation and period of their neighbours.

use crate::intake::mapping::{Mapping, RowPeriod};
use crate::intake::short::short;
use crate::intake::table::Record;

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
#[derive(Default)]
struct Cell {
    /// Of a short one its number, which is compared at once.
    short: Option<u128>,
    long: Vec<u8>,
}

impl Cell {
    /// True if this is the same; else it takes its place.
    #[inline]
    fn is(&mut self, cell: &[u8]) -> bool {
        let short = short(cell);
        let is_same = short == self.short && (short.is_some() || self.long == cell);
        if !is_same {
            self.short = short;
            self.long.clear();
            self.long.extend_from_slice(if short.is_some() { &[] } else { cell });
        }
        is_same
    }
}

impl Before {
    pub(super) fn clear(&mut self) {
        self.labels.clear();
        self.period.clear();
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

    /// What a row repeats of the one before it, whose place it takes.
    #[inline]
    pub(super) fn of(&self, record: &Record, before: &mut Before) -> Repeated {
        Repeated { labels: repeated(&self.labels, record, &mut before.labels), period: repeated(&self.period, record, &mut before.period) }
    }
}

#[inline]
fn repeated(columns: &[usize], record: &Record, before: &mut Vec<Cell>) -> bool {
    let is_first = before.is_empty();
    before.resize_with(columns.len(), Cell::default);
    let mut is_same = !is_first;
    for (column, known) in columns.iter().zip(before) {
        is_same &= known.is(record.bytes(*column));
    }
    is_same
}
