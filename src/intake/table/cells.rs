//! The cells of a row in one piece, with the ends of each.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::records::{Record, Start};
use crate::intake::pieces::Piece;

/// Cells of a row, one behind the other.
#[derive(Debug, Clone, Copy)]
pub(in crate::intake) struct Cells<'r> {
    bytes: &'r [u8],
    division: Division<'r>,
}

/// How the bytes of a row are divided into cells.
#[derive(Debug, Clone, Copy)]
enum Division<'r> {
    /// Each ends at one of these places.
    At(&'r [u32], Places),
    /// Behind each stands this.
    By(u8),
}

/// How places are counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Places {
    /// The place of the first byte.
    pub(super) begin: u32,
    /// Bytes behind each cell that are none of the next one: one in the text itself, none where they were copied out of it.
    between: u32,
}

impl Places {
    /// Those of bytes that were copied.
    const COPIED: Self = Self { begin: 0, between: 0 };

    /// Those of a text.
    pub(super) fn in_text(begin: u32) -> Self {
        Self { begin, between: 1 }
    }

    /// The same with another first byte.
    pub(super) fn from(self, begin: u32) -> Self {
        Self { begin, ..self }
    }

    /// The byte at a place: where a cell ends.
    #[inline]
    pub(super) fn byte(self, at: u32) -> usize {
        at.wrapping_sub(self.begin) as usize
    }

    /// Where the cell behind another one begins.
    #[inline]
    pub(super) fn behind(self, end: u32) -> usize {
        self.byte(end) + self.between as usize
    }
}

impl<'r> Cells<'r> {
    /// Cells as they stand in a line, with their separators: its marks, and the place at which it begins.
    #[inline]
    pub(super) fn of_line(bytes: &'r [u8], (marks, begin): (&'r [u32], u32)) -> Self {
        Self::at(bytes, marks, Places::in_text(begin))
    }

    /// Cells that end at these places.
    #[inline]
    pub(super) fn at(bytes: &'r [u8], ends: &'r [u32], places: Places) -> Self {
        Self { bytes, division: Division::At(ends, places) }
    }

    /// Its bytes, and the places at which its cells end, as far as they are known.
    pub(super) fn ends(self) -> (&'r [u8], &'r [u32], Places) {
        match self.division {
            Division::At(ends, places) => (self.bytes, ends, places),
            Division::By(_) => (self.bytes, &[], Places::COPIED),
        }
    }

    /// A cell; empty where the row is too short.
    #[inline]
    pub(in crate::intake) fn bytes(self, index: usize) -> &'r [u8] {
        self.get(index).unwrap_or_default()
    }

    #[inline]
    pub(super) fn get(self, index: usize) -> Option<&'r [u8]> {
        let (bytes, length) = self.from(index)?;
        bytes.get(..length)
    }

    /// The bytes of the row from a cell on, and how many of them are the cell; none where the row is too short.
    #[inline]
    pub(in crate::intake) fn bytes_from(self, index: usize) -> (&'r [u8], usize) {
        self.from(index).unwrap_or_default()
    }

    #[inline]
    fn from(self, index: usize) -> Option<(&'r [u8], usize)> {
        let (ends, places) = match self.division {
            Division::At(ends, places) => (ends, places),
            Division::By(separator) => return nth(self.bytes, separator, index),
        };
        let start = match index.checked_sub(1) {
            Some(before) => places.behind(*ends.get(before)?),
            None => 0,
        };
        let length = places.byte(*ends.get(index)?).checked_sub(start)?;
        Some((self.bytes.get(start..)?, length))
    }

    #[inline]
    pub(super) fn len(self) -> usize {
        match self.division {
            Division::At(ends, _) => ends.len(),
            Division::By(separator) => memchr_iter(separator, self.bytes).count() + 1,
        }
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

/// The bytes of a line from a cell on, and how many of them are the cell.
#[inline]
fn nth(line: &[u8], separator: u8, index: usize) -> Option<(&[u8], usize)> {
    let mut rest = line;
    for _ in 0..index {
        rest = rest.get(memchr(separator, rest)? + 1..)?;
    }
    Some((rest, memchr(separator, rest).unwrap_or(rest.len())))
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
        Cells::at(self.bytes.get(..self.filled).unwrap_or_default(), &self.ends, Places::COPIED)
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
pub(super) fn short(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
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

/// Rows that are kept, one behind the other. Those that are lines of the text as they stand are not copied, and their cells
/// are found again where they are asked for: of most rows few are, and what is kept is handed from one core to another.
#[derive(Debug, Default)]
pub(super) struct Rows {
    each: Vec<Row>,
    copies: Vec<Copied>,
    /// What was copied.
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

#[derive(Debug)]
struct Row {
    line: u64,
    start: usize,
    size: u32,
    /// Its number among those that were copied.
    copied: u32,
}

/// Where the bytes of a row begin, and where the ends of its cells are.
#[derive(Debug)]
struct Copied {
    bytes: usize,
    ends: Range<usize>,
}

/// Stands for a row that is a line of the text as it stands.
const IS_LINE: u32 = u32::MAX;

impl Rows {
    pub(super) fn clear(&mut self) {
        self.each.clear();
        self.copies.clear();
        self.bytes.clear();
        self.ends.clear();
    }

    pub(super) fn len(&self) -> usize {
        self.each.len()
    }

    #[inline]
    pub(super) fn push(&mut self, record: &Record) {
        let copied = match record.cells.division {
            Division::At(ends, Places { between: 0, .. }) => self.copy(record.cells.bytes, ends),
            Division::At(..) | Division::By(_) => IS_LINE,
        };
        self.each.push(Row { line: record.line, start: record.start, size: short(record.cells.bytes.len()), copied });
    }

    /// Keeps a line of the text.
    #[inline]
    pub(super) fn push_line(&mut self, Start { byte, line }: Start, size: usize) {
        self.each.push(Row { line, start: byte, size: short(size), copied: IS_LINE });
    }

    fn copy(&mut self, bytes: &[u8], ends: &[u32]) -> u32 {
        let from = self.ends.len();
        self.copies.push(Copied { bytes: self.bytes.len(), ends: from..from + ends.len() });
        self.bytes.extend_from_slice(bytes);
        self.ends.extend_from_slice(ends);
        short(self.copies.len() - 1)
    }

    /// The rows, `lines` further down than they were read, out of this piece of a text with this separator.
    pub(super) fn iter<'r>(&'r self, lines: u64, piece: &'r Piece, separator: u8) -> impl Iterator<Item = Kept<'r>> {
        self.each.iter().map(move |row| Kept { row, lines, rows: self, piece, separator })
    }
}

/// A row that is kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'r> {
    row: &'r Row,
    lines: u64,
    rows: &'r Rows,
    piece: &'r Piece<'r>,
    separator: u8,
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
        let Row { start, size, copied, .. } = *self.row;
        let cells = match self.rows.copies.get(copied as usize) {
            Some(copied) => {
                let bytes = self.rows.bytes.get(copied.bytes..copied.bytes + size as usize).unwrap_or_default();
                Cells::at(bytes, self.rows.ends.get(copied.ends.clone()).unwrap_or_default(), Places::COPIED)
            }
            None => Cells { bytes: self.piece.get(start..start + size as usize), division: Division::By(self.separator) },
        };
        Record { line: self.line(), start, cells }
    }
}
