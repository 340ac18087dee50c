//! Rows that are looked at together: what is done with one column of all of them at a time is done quickly.

use super::cells::{Cells, Places, short};

/// Some rows, one behind the other.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'r> {
    /// Bytes in which they stand, and the ends of their cells.
    bytes: &'r [u8],
    ends: &'r [u32],
    places: Places,
    rows: &'r [Within],
    /// The number of the first of them in the stretch.
    first: usize,
}

/// Where a row stands in a batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Within {
    /// Where it begins.
    pub(super) begin: u32,
    /// Its first end, and how many there are.
    pub(super) first: u32,
    pub(super) cells: u32,
}

impl Within {
    /// Where a row stands that is alone.
    pub(super) fn of(cells: Cells) -> Self {
        let (_, ends, places) = cells.ends();
        Self { begin: places.begin, first: 0, cells: short(ends.len()) }
    }
}

impl<'r> Batch<'r> {
    /// Rows that are lines of these bytes, with the ends of cells in all of them.
    pub(super) fn of_lines(bytes: &'r [u8], ends: &'r [u32], rows: &'r [Within], first: usize) -> Self {
        Self { bytes, ends, places: Places::in_text(0), rows, first }
    }

    /// A row, and where it stands among its own cells.
    pub(super) fn of_row(cells: Cells<'r>, within: &'r Within, first: usize) -> Self {
        let (bytes, ends, places) = cells.ends();
        Self { bytes, ends, places, rows: std::slice::from_ref(within), first }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The number of its first row in the stretch.
    pub fn first(&self) -> usize {
        self.first
    }

    /// The rows.
    pub(in crate::intake) fn rows(&self) -> impl Iterator<Item = Cells<'r>> {
        let Self { bytes, ends, places, .. } = *self;
        self.rows.iter().map(move |row| {
            let own = ends.get(row.first as usize..(row.first + row.cells) as usize).unwrap_or_default();
            let end = own.last().map_or(0, |end| places.byte(*end));
            let start = places.byte(row.begin);
            let places = places.from(row.begin);
            Cells::at(bytes.get(start..end).unwrap_or_default(), own, places)
        })
    }

    /// The cells of a column, row by row; empty where a row is too short.
    #[inline]
    pub fn column(&self, index: usize) -> impl Iterator<Item = &'r [u8]> {
        self.column_from(index).map(|(bytes, length)| bytes.get(..length).unwrap_or_default())
    }

    /// The bytes from each cell of a column on, and how many of them are the cell.
    #[inline]
    pub fn column_from(&self, index: usize) -> impl Iterator<Item = (&'r [u8], usize)> {
        let Self { bytes, ends, places, .. } = *self;
        self.rows.iter().map(move |row| {
            if index >= row.cells as usize {
                return (&[][..], 0);
            }
            let at = row.first as usize + index;
            let start = match index {
                0 => places.byte(row.begin),
                _ => ends.get(at - 1).map_or(0, |before| places.behind(*before)),
            };
            let end = ends.get(at).map_or(0, |end| places.byte(*end));
            (bytes.get(start..).unwrap_or_default(), end.saturating_sub(start))
        })
    }

    /// False if no cell has so many bytes.
    pub fn may_have_long(&self, least: usize) -> bool {
        let Self { ends, places, rows, .. } = *self;
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return false };
        let ends = ends.get(first.first as usize..(last.first + last.cells) as usize).unwrap_or_default();
        let length = ends.first().map_or(0, |end| places.byte(*end) - places.byte(first.begin));
        // What stands between the rows does no harm.
        let is_long = |pair: &[u32]| matches!(pair, [before, end] if places.byte(*end) >= places.behind(*before) + least);
        length >= least || ends.windows(2).any(is_long)
    }
}
