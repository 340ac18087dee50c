//! The cells of a row in one piece, with the ends of each.

/// Cells of a row, one behind the other.
#[derive(Debug, Clone, Copy)]
pub(in crate::intake) struct Cells<'r> {
    bytes: &'r [u8],
    ends: &'r [usize],
}

impl<'r> Cells<'r> {
    #[inline]
    pub(super) fn get(self, index: usize) -> Option<&'r [u8]> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.bytes.get(start..end)
    }

    #[inline]
    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    /// Bytes of all cells.
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
    ends: Vec<usize>,
    /// What is filled of both.
    filled: (usize, usize),
}

/// Bytes and cells that a buffer has room for at first.
const ROOM: (usize, usize) = (1024, 64);

impl Buffer {
    pub(super) fn cells(&self) -> Cells<'_> {
        let (bytes, ends) = self.filled;
        Cells { bytes: self.bytes.get(..bytes).unwrap_or_default(), ends: self.ends.get(..ends).unwrap_or_default() }
    }

    pub(super) fn clear(&mut self) {
        self.filled = (0, 0);
    }

    /// Where more of the row goes.
    pub(super) fn room(&mut self) -> (&mut [u8], &mut [usize]) {
        let (bytes, ends) = self.filled;
        (self.bytes.get_mut(bytes..).unwrap_or_default(), self.ends.get_mut(ends..).unwrap_or_default())
    }

    pub(super) fn grow(&mut self, bytes: usize, ends: usize) {
        self.filled = (self.filled.0 + bytes, self.filled.1 + ends);
    }

    pub(super) fn make_room(&mut self) {
        self.bytes.resize((2 * self.bytes.len()).max(ROOM.0), 0);
        self.ends.resize((2 * self.ends.len()).max(ROOM.1), 0);
    }
}

impl<'c> FromIterator<&'c [u8]> for Buffer {
    fn from_iter<I: IntoIterator<Item = &'c [u8]>>(cells: I) -> Self {
        let mut buffer = Self::default();
        for cell in cells {
            buffer.bytes.extend_from_slice(cell);
            buffer.ends.push(buffer.bytes.len());
        }
        buffer.filled = (buffer.bytes.len(), buffer.ends.len());
        buffer
    }
}

/// Rows that are kept, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Rows {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// What tells them apart.
    each: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    line: u64,
    start: usize,
    /// Where its bytes and its ends end.
    until: (usize, usize),
}

impl Rows {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
        self.each.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.each.len()
    }

    pub(super) fn push(&mut self, record: &super::Record) {
        self.bytes.extend_from_slice(record.cells.bytes);
        self.ends.extend_from_slice(record.cells.ends);
        let until = (self.bytes.len(), self.ends.len());
        self.each.push(Row { line: record.line, start: record.start, until });
    }

    /// The rows, `lines` further down than they were read.
    pub(super) fn iter(&self, lines: u64) -> impl Iterator<Item = super::Record<'_>> {
        let mut from = (0, 0);
        self.each.iter().map(move |row| {
            let bytes = self.bytes.get(from.0..row.until.0).unwrap_or_default();
            let ends = self.ends.get(from.1..row.until.1).unwrap_or_default();
            from = row.until;
            super::Record { line: row.line + lines, start: row.start, cells: Cells { bytes, ends } }
        })
    }
}
