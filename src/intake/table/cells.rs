//! The cells of a row in one piece, with the ends of each.

use super::records::Record;
use crate::intake::pieces::Piece;

/// Cells of a row, one behind the other.
#[derive(Debug, Clone, Copy)]
pub(in crate::intake) struct Cells<'r> {
    bytes: &'r [u8],
    ends: &'r [u32],
    /// Bytes between two cells: one in the text itself, none where they were copied out of it.
    between: usize,
}

impl<'r> Cells<'r> {
    /// Cells as they stand in a line, with their separators.
    #[inline]
    pub(super) fn of_line(bytes: &'r [u8], ends: &'r [u32]) -> Self {
        Self { bytes, ends, between: 1 }
    }

    #[inline]
    pub(super) fn get(self, index: usize) -> Option<&'r [u8]> {
        let (bytes, length) = self.from(index)?;
        bytes.get(..length)
    }

    /// The bytes of the row from a cell on, and how many of them are the cell.
    #[inline]
    pub(super) fn from(self, index: usize) -> Option<(&'r [u8], usize)> {
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)? as usize + self.between,
            None => 0,
        };
        let length = (*self.ends.get(index)? as usize).checked_sub(start)?;
        Some((self.bytes.get(start..)?, length))
    }

    #[inline]
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    /// Bytes of the longest cell.
    #[inline]
    pub(super) fn longest(self) -> usize {
        let first = self.ends.first().copied().unwrap_or(0);
        let between = short(self.between);
        let pairs = self.ends.iter().zip(self.ends.iter().skip(1));
        pairs.fold(first, |most, (before, end)| most.max((end - before).saturating_sub(between))) as usize
    }

    /// Bytes of all cells, and of what stands between them.
    #[inline]
    pub(super) fn size(self) -> usize {
        self.bytes.len()
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'r [u8]> {
        (0..self.len()).map(move |index| self.get(index).unwrap_or_default())
    }

    /// True if a cell goes on behind a line end.
    pub(super) fn runs_over(self) -> bool {
        self.bytes.iter().any(|byte| matches!(byte, b'\n' | b'\r'))
    }
}

/// A row while it is being read.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    bytes: Vec<u8>,
    /// Room for the ends of the cells that are read next, and the ends.
    room: Vec<usize>,
    ends: Vec<u32>,
    /// Bytes that are filled.
    filled: usize,
}

/// Bytes and cells that a buffer has room for at first.
const ROOM: (usize, usize) = (1024, 64);

impl Buffer {
    pub(super) fn cells(&self) -> Cells<'_> {
        Cells { bytes: self.bytes.get(..self.filled).unwrap_or_default(), ends: &self.ends, between: 0 }
    }

    pub(super) fn clear(&mut self) {
        self.filled = 0;
        self.ends.clear();
    }

    /// Where more of the row goes.
    pub(super) fn room(&mut self) -> (&mut [u8], &mut [usize]) {
        (self.bytes.get_mut(self.filled..).unwrap_or_default(), &mut self.room)
    }

    pub(super) fn grow(&mut self, bytes: usize, ends: usize) {
        self.filled += bytes;
        self.ends.extend(self.room.iter().take(ends).map(|end| short(*end)));
    }

    pub(super) fn make_room(&mut self) {
        if self.filled == self.bytes.len() {
            self.bytes.resize((2 * self.filled).max(ROOM.0), 0);
        }
        self.room.resize(ROOM.1, 0);
    }
}

/// A place in a row; the longest row there may be is far shorter than this can hold.
#[inline]
pub(super) fn short(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl<'c> FromIterator<&'c [u8]> for Buffer {
    fn from_iter<I: IntoIterator<Item = &'c [u8]>>(cells: I) -> Self {
        let mut buffer = Self::default();
        for cell in cells {
            buffer.bytes.extend_from_slice(cell);
            buffer.ends.push(short(buffer.bytes.len()));
        }
        buffer.filled = buffer.bytes.len();
        buffer
    }
}

/// Rows that are kept, one behind the other. Those that are lines of the text as they stand are not copied.
#[derive(Debug, Default)]
pub(super) struct Rows {
    bytes: Vec<u8>,
    ends: Vec<u32>,
    /// What tells them apart.
    each: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    line: u64,
    start: usize,
    size: u32,
    /// How many cells it has, and where their ends begin.
    cells: u32,
    ends: u32,
    /// Where its bytes begin, if they were copied.
    copied: u32,
}

/// Stands for a row that is a line of the text as it stands.
const IS_LINE: u32 = u32::MAX;

impl Rows {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.each.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.each.len()
    }

    #[inline]
    pub(super) fn push(&mut self, record: &Record) {
        let Cells { bytes, ends, between } = record.cells;
        let is_line = between > 0;
        let copied = if is_line { IS_LINE } else { short(self.bytes.len()) };
        let (size, cells) = (short(bytes.len()), short(ends.len()));
        self.each.push(Row { line: record.line, start: record.start, size, cells, ends: short(self.ends.len()), copied });
        self.ends.extend_from_slice(ends);
        if !is_line {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// The rows, `lines` further down than they were read, out of this piece of the text.
    pub(super) fn iter<'r>(&'r self, lines: u64, piece: &'r Piece) -> impl Iterator<Item = Kept<'r>> {
        self.each.iter().map(move |row| Kept { row, lines, rows: self, piece })
    }
}

/// A row that is kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'r> {
    row: &'r Row,
    lines: u64,
    rows: &'r Rows,
    piece: &'r Piece<'r>,
}

impl<'r> Kept<'r> {
    /// Line of the file on which it begins.
    #[inline]
    pub fn line(self) -> u64 {
        self.row.line + self.lines
    }

    /// Byte of the text at which it begins.
    #[inline]
    pub fn start(self) -> usize {
        self.row.start
    }

    /// With its cells.
    #[inline]
    pub fn record(self) -> Record<'r> {
        let Row { start, size, cells, ends, copied, .. } = *self.row;
        let (size, ends) = (size as usize, self.rows.ends.get(ends as usize..).and_then(|ends| ends.get(..cells as usize)));
        let ends = ends.unwrap_or_default();
        let cells = if copied == IS_LINE {
            Cells::of_line(self.piece.get(start..start + size), ends)
        } else {
            let bytes = self.rows.bytes.get(copied as usize..).and_then(|bytes| bytes.get(..size));
            Cells { bytes: bytes.unwrap_or_default(), ends, between: 0 }
        };
        Record { line: self.line(), start, cells }
    }
}
