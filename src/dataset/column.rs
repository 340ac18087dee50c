//! The cells of one item, row by row, in as few bytes as their values need.

use super::Cell;

/// Rows of one piece.
const ROWS: usize = 1024;

/// Cells of some rows in as few bytes as the widest of them needs. Most counts need two, few figures all eight [N3].
#[derive(Debug, Clone)]
enum Piece {
    Nothing,
    Short(Box<[i16; ROWS]>),
    Narrow(Box<[i32; ROWS]>),
    Wide(Box<[i64; ROWS]>),
}

/// The cells of one item. Pieces are never moved: a column grows without a second one beside it.
#[derive(Debug, Clone, Default)]
pub(super) struct Column(Vec<Piece>);

/// A whole number of some bytes that holds a cell; its two lowest values mean that there is no figure.
trait Stored: Copy + Eq + Into<i64> {
    const MISSING: Self;
    const REJECTED: Self;

    /// The steps in these bytes, if they fit and are no mark.
    fn of_steps(steps: i64) -> Option<Self>;

    #[inline]
    fn of(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Missing => Some(Self::MISSING),
            Cell::Rejected => Some(Self::REJECTED),
            Cell::Value(steps) => Self::of_steps(steps),
        }
    }

    #[inline]
    fn cell(self) -> Cell {
        match self {
            missing if missing == Self::MISSING => Cell::Missing,
            rejected if rejected == Self::REJECTED => Cell::Rejected,
            steps => Cell::Value(steps.into()),
        }
    }
}

macro_rules! stored {
    ($($width:ty),*) => {$(
        impl Stored for $width {
            const MISSING: Self = Self::MIN;
            const REJECTED: Self = Self::MIN + 1;

            #[inline]
            fn of_steps(steps: i64) -> Option<Self> {
                Self::try_from(steps).ok().filter(|steps| *steps > Self::REJECTED)
            }
        }
    )*};
}

stored!(i16, i32, i64);

/// Sets a cell; `false` if these bytes cannot hold it.
#[inline]
fn put<S: Stored>(cells: &mut [S; ROWS], at: usize, cell: Cell) -> bool {
    S::of(cell).map(|stored| cells[at] = stored).is_some()
}

impl Piece {
    #[inline]
    fn get(&self, at: usize) -> Cell {
        match self {
            Self::Nothing => Cell::Missing,
            Self::Short(cells) => cells[at].cell(),
            Self::Narrow(cells) => cells[at].cell(),
            Self::Wide(cells) => cells[at].cell(),
        }
    }

    #[inline]
    fn set(&mut self, at: usize, cell: Cell) {
        while !self.put(at, cell) {
            self.grow();
        }
    }

    /// Sets a cell where the piece is wide enough for it.
    #[inline]
    fn put(&mut self, at: usize, cell: Cell) -> bool {
        match self {
            Self::Nothing => false,
            Self::Short(cells) => put(cells, at, cell),
            Self::Narrow(cells) => put(cells, at, cell),
            Self::Wide(cells) => {
                // Values never come near the marks: N3 refuses magnitudes above 10^15 steps.
                cells[at] = i64::of(cell).unwrap_or(i64::REJECTED);
                true
            }
        }
    }

    /// The same cells with the next number of bytes for each.
    #[cold]
    fn grow(&mut self) {
        *self = match self {
            Self::Nothing => Self::Short(Box::new([i16::MISSING; ROWS])),
            Self::Short(_) => Self::Narrow(Box::new(self.copied())),
            Self::Narrow(_) | Self::Wide(_) => Self::Wide(Box::new(self.copied())),
        };
    }

    /// All cells in bytes that hold them.
    fn copied<S: Stored>(&self) -> [S; ROWS] {
        let mut copy = [S::MISSING; ROWS];
        for (at, stored) in copy.iter_mut().enumerate() {
            *stored = S::of(self.get(at)).unwrap_or(S::REJECTED);
        }
        copy
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
        // Around the limits of every width, where the marks are, too.
        let around = |least: i64, most: i64| {
            prop_oneof![(-1_i64..4).prop_map(move |more| least + more), (0_i64..2).prop_map(move |more| most + more)]
        };
        let steps = prop_oneof![
            -3_i64..3,
            around(i64::from(i8::MIN), i64::from(i8::MAX)),
            around(i64::from(i16::MIN), i64::from(i16::MAX)),
            around(i64::from(i32::MIN), i64::from(i32::MAX)),
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

    /// A piece is as wide as its widest cell needs, and what stood in it before stays through every width.
    #[test]
    fn a_piece_grows_from_width_to_width() {
        let mut column = Column::default();
        let marks = [(0, Cell::Value(7)), (1, Cell::Rejected), (3, Cell::Value(-32_766))];
        for (row, cell) in marks {
            column.set(row, cell);
        }
        let width = |column: &Column| match column.0[0] {
            Piece::Nothing => 0,
            Piece::Short(_) => 2,
            Piece::Narrow(_) => 4,
            Piece::Wide(_) => 8,
        };
        assert_eq!(width(&column), 2);
        // The two lowest numbers of a width are its marks.
        for (steps, bytes) in [(32_767, 2), (-32_767, 4), (2_147_483_647, 4), (-2_147_483_647, 8), (5, 8)] {
            column.set(4, Cell::Value(steps));
            assert_eq!((width(&column), column.get(4)), (bytes, Cell::Value(steps)));
            for (row, cell) in marks {
                assert_eq!(column.get(row), cell);
            }
            assert_eq!(column.get(2), Cell::Missing);
        }
    }
}
