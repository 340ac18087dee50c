//! The cells of one item, row by row, in as few bytes as their values need.

use std::ops::Range;

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
trait Stored: Copy + Ord + Into<i64> {
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

/// Sets cells to steps as long as there are both and these bytes can hold them; the first that was not set.
#[inline]
fn put_all<S: Stored>(cells: &mut [S], rows: Range<usize>, steps: impl Fn(usize) -> Option<i64>) -> usize {
    let end = rows.start + rows.len().min(cells.len());
    for (at, cell) in rows.zip(cells) {
        if let Some(steps) = steps(at) {
            match S::of_steps(steps) {
                Some(stored) => *cell = stored,
                None => return at,
            }
        }
    }
    end
}

/// The sum of some cells, if all of them are values.
#[inline]
fn total<S: Stored>(cells: &[S]) -> Option<i64> {
    let (mut sum, mut are_values) = (0, true);
    for cell in cells {
        sum += Into::<i64>::into(*cell);
        are_values &= *cell > S::REJECTED;
    }
    are_values.then_some(sum)
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

    /// The cells of so many rows from this one on.
    #[inline]
    pub(super) fn from(&self, row: usize, rows: usize, mut take: impl FnMut(Cell)) {
        let within = row % ROWS..row % ROWS + rows;
        match self.0.get(row / ROWS) {
            Some(piece) if within.end <= ROWS => match piece {
                Piece::Nothing => within.for_each(|_| take(Cell::Missing)),
                Piece::Short(cells) => cells[within].iter().for_each(|stored| take(stored.cell())),
                Piece::Narrow(cells) => cells[within].iter().for_each(|stored| take(stored.cell())),
                Piece::Wide(cells) => cells[within].iter().for_each(|stored| take(stored.cell())),
            },
            _ => (row..row + rows).for_each(|row| take(self.get(row))),
        }
    }

    /// The sum of the cells of so many rows from this one on, if all of them are values and stand in one piece.
    #[inline]
    pub(super) fn total(&self, row: usize, rows: usize) -> Option<i64> {
        let within = row % ROWS..row % ROWS + rows;
        match self.0.get(row / ROWS)? {
            Piece::Short(cells) => total(cells.get(within)?),
            Piece::Narrow(cells) => total(cells.get(within)?),
            // The sum of wide marks might not fit.
            Piece::Nothing | Piece::Wide(_) => None,
        }
    }

    /// Sets the cell of a row.
    #[inline]
    pub(super) fn set(&mut self, row: usize, cell: Cell) {
        self.piece(row / ROWS).set(row % ROWS, cell);
    }

    fn piece(&mut self, piece: usize) -> &mut Piece {
        if piece >= self.0.len() {
            self.0.resize(piece + 1, Piece::Nothing);
        }
        &mut self.0[piece]
    }

    /// Sets the cells of so many rows, one behind the other from this one on, to steps; where there are none, nothing is set.
    pub(super) fn fill(&mut self, first: usize, rows: usize, steps: impl Fn(usize) -> Option<i64>) {
        let mut at = 0;
        while let Some(next) = (at..rows).find(|at| steps(*at).is_some()) {
            let (piece, within) = (self.piece((first + next) / ROWS), (first + next) % ROWS);
            at = match piece {
                Piece::Nothing => next,
                Piece::Short(cells) => put_all(&mut cells[within..], next..rows, &steps),
                Piece::Narrow(cells) => put_all(&mut cells[within..], next..rows, &steps),
                Piece::Wide(cells) => put_all(&mut cells[within..], next..rows, &steps),
            };
            if at == next {
                piece.grow();
            }
        }
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
            let expected: Vec<Cell> = (0..3100).map(|row| expected.get(&row).copied().unwrap_or(Cell::Missing)).collect();
            for (row, expected) in expected.iter().enumerate() {
                prop_assert_eq!(column.get(row), *expected);
            }
            // Within a piece, over the end of one, and behind the last.
            for (row, rows) in [(0, 12), (1020, 4), (1020, 12), (2047, 2), (3050, 40)] {
                let mut cells = Vec::new();
                column.from(row, rows, |cell| cells.push(cell));
                prop_assert_eq!(&cells[..], &expected[row..row + rows]);
                let values: Option<Vec<i64>> = cells.iter().map(|cell| if let Cell::Value(steps) = cell { Some(*steps) } else { None }).collect();
                let total = column.total(row, rows);
                prop_assert!(total.is_none() || total == values.map(|values| values.iter().sum()));
            }
        }
    }

    proptest! {
        /// What is put in one go is what is put cell by cell, over the ends of pieces and whatever stands there.
        #[test]
        fn cells_filled_in_one_go_are_set(
            before in prop::collection::vec((0_usize..3000, cell()), 0..20),
            first in 0_usize..2100,
            runs in prop::collection::vec((prop_oneof![Just(None), cell().prop_map(Some)], 1_usize..300), 0..8),
        ) {
            let steps: Vec<Option<i64>> = runs.into_iter().flat_map(|(cell, times)| {
                let steps = if let Some(Cell::Value(steps)) = cell { Some(steps) } else { None };
                std::iter::repeat_n(steps, times)
            }).collect();
            let (mut filled, mut set) = (Column::default(), Column::default());
            for (row, cell) in before {
                filled.set(row, cell);
                set.set(row, cell);
            }
            filled.fill(first, steps.len(), |at| steps[at]);
            for (at, steps) in steps.iter().enumerate().filter_map(|(at, steps)| Some((at, (*steps)?))) {
                set.set(first + at, Cell::Value(steps));
            }
            prop_assert_eq!(filled.is_empty(), set.is_empty());
            for row in 0..6000 {
                prop_assert_eq!(filled.get(row), set.get(row));
            }
        }
    }

    #[test]
    fn values_add_up_at_once_where_nothing_else_stands_among_them() {
        for (width, most) in [(2, 0), (4, 1 << 30)] {
            let mut column = Column::default();
            (1018..1030).for_each(|row| column.set(row, Cell::Value(most + i64::try_from(row).expect("small"))));
            assert_eq!(column.total(1018, 6), Some(6 * most + 1018 + 1019 + 1020 + 1021 + 1022 + 1023), "{width} bytes");
            assert_eq!((column.total(1018, 7), column.total(1017, 2), column.total(4000, 1)), (None, None, None));
            column.set(1020, Cell::Rejected);
            assert_eq!((column.total(1018, 6), column.total(1021, 3)), (None, Some(3 * most + 1021 + 1022 + 1023)));
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
