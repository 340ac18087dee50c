//! The cells of one item, row by row, in as few bytes as their values need.

use super::Cell;

/// Rows of one piece.
const ROWS: usize = 1024;

/// Cells of some rows. Most figures need half of what the largest one may take [N3].
#[derive(Debug, Clone)]
enum Piece {
    Nothing,
    Narrow(Box<[i32; ROWS]>),
    Wide(Box<[i64; ROWS]>),
}

/// The cells of one item. Pieces are never moved: a column grows without a second one beside it.
#[derive(Debug, Clone, Default)]
pub(super) struct Column(Vec<Piece>);

// Values never come near these: N3 refuses magnitudes above 10^15 steps.
const MISSING: i64 = i64::MIN;
const REJECTED: i64 = i64::MIN + 1;
// Nor are values that come near these kept narrow.
const NARROW_MISSING: i32 = i32::MIN;
const NARROW_REJECTED: i32 = i32::MIN + 1;

fn wide(cell: Cell) -> i64 {
    match cell {
        Cell::Missing => MISSING,
        Cell::Rejected => REJECTED,
        Cell::Value(steps) => steps,
    }
}

/// The cell in half the bytes, if it fits.
fn narrow(cell: Cell) -> Option<i32> {
    match cell {
        Cell::Missing => Some(NARROW_MISSING),
        Cell::Rejected => Some(NARROW_REJECTED),
        Cell::Value(steps) => i32::try_from(steps).ok().filter(|steps| *steps > NARROW_REJECTED),
    }
}

impl Piece {
    #[inline]
    fn get(&self, at: usize) -> Cell {
        match self {
            Self::Nothing => Cell::Missing,
            Self::Narrow(cells) => match cells[at] {
                NARROW_MISSING => Cell::Missing,
                NARROW_REJECTED => Cell::Rejected,
                steps => Cell::Value(i64::from(steps)),
            },
            Self::Wide(cells) => match cells[at] {
                MISSING => Cell::Missing,
                REJECTED => Cell::Rejected,
                steps => Cell::Value(steps),
            },
        }
    }

    #[inline]
    fn set(&mut self, at: usize, cell: Cell) {
        match (&mut *self, narrow(cell)) {
            (Self::Narrow(cells), Some(stored)) => cells[at] = stored,
            (Self::Wide(cells), _) => cells[at] = wide(cell),
            (_, stored) => self.set_first(at, cell, stored),
        }
    }

    /// Sets the first cell of a piece, or the first one that needs more bytes.
    #[cold]
    fn set_first(&mut self, at: usize, cell: Cell, narrow: Option<i32>) {
        if let (Self::Nothing, Some(stored)) = (&*self, narrow) {
            let mut cells = Box::new([NARROW_MISSING; ROWS]);
            cells[at] = stored;
            *self = Self::Narrow(cells);
            return;
        }
        let mut cells = Box::new([MISSING; ROWS]);
        for (at, stored) in cells.iter_mut().enumerate() {
            *stored = wide(self.get(at));
        }
        cells[at] = wide(cell);
        *self = Self::Wide(cells);
    }
}

impl Column {
    /// True if nothing was ever set.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cell of a row; missing where nothing was set.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Cell {
        self.0.get(row / ROWS).map_or(Cell::Missing, |piece| piece.get(row % ROWS))
    }

    /// Sets the cell of a row.
    #[inline]
    pub(super) fn set(&mut self, row: usize, cell: Cell) {
        let piece = row / ROWS;
        if piece >= self.0.len() {
            self.0.resize(piece + 1, Piece::Nothing);
        }
        self.0[piece].set(row % ROWS, cell);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn cell() -> impl Strategy<Value = Cell> {
        let steps = prop_oneof![
            -3_i64..3,
            Just(i64::from(i32::MAX)),
            Just(i64::from(i32::MAX) + 1),
            (0_i64..4).prop_map(|more| i64::from(i32::MIN) + more - 1),
            Just(1_000_000_000_000_000),
            Just(-1_000_000_000_000_000),
        ];
        prop_oneof![4 => steps.prop_map(Cell::Value), 1 => Just(Cell::Missing), 1 => Just(Cell::Rejected)]
    }

    proptest! {
        /// S1, N3: what was put comes back, however large: a value, nothing, or something that may not be used.
        #[test]
        fn what_was_set_comes_back(puts in prop::collection::vec((0_usize..3000, cell()), 0..200)) {
            let (mut column, mut expected) = (Column::default(), BTreeMap::new());
            for (row, cell) in puts {
                column.set(row, cell);
                expected.insert(row, cell);
            }
            for row in 0..3100 {
                prop_assert_eq!(column.get(row), expected.get(&row).copied().unwrap_or(Cell::Missing));
            }
        }
    }
}
