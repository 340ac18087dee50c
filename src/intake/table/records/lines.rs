//! Several rows at a time, as long as nothing but lines is to be told apart.

use std::ops::Range;

use super::{Records, Start};
use crate::finding::Finding;
use crate::intake::table::batch::{Batch, Within};
use crate::intake::table::cells::Rows;
use crate::intake::table::marks::Stop;
use crate::intake::unreadable::MOST_CELL;

impl Records<'_> {
    /// Reads rows that are lines of the text as they stand, as many as can be looked at together: they are kept, with what is
    /// wrong with those between them. None where more is to be known of the next row than its line.
    pub(in crate::intake::table) fn lines(&mut self, kept: &mut Rows, findings: &mut Vec<(usize, Finding)>) -> Batch<'_> {
        let (first, mut said) = (kept.len(), Vec::new());
        self.lines.clear();
        while self.carried.is_empty() && self.is_line_next() {
            let (start, within) = (self.next, self.marks.within());
            let end = self.line.unwrap_or(start.byte);
            self.next = Start { byte: end + 1, line: start.line + 1 };
            if !self.is_plain(start.byte..end, within) {
                let is_wanted = self.is_wanted(start, &mut said);
                findings.extend(said.drain(..).map(|finding| (kept.len(), finding)));
                if !is_wanted {
                    continue;
                }
            }
            self.lines.push(within);
            kept.push_line(start, end - start.byte);
        }
        let (bytes, ends) = self.marks.all_of(self.piece.bytes());
        Batch::of_lines(bytes, ends, &self.lines, first)
    }

    /// Goes to the next line, if it ends in the piece and nothing in it is quoted; where others are held, if its marks are known.
    #[inline]
    fn is_line_next(&mut self) -> bool {
        if self.piece.at(self.next.byte).is_none_or(|byte| matches!(byte, b'\r' | b'\n')) {
            self.skip_line_ends();
        }
        let (bytes, from) = (self.piece.bytes(), self.next.byte - self.piece.start);
        if from >= bytes.len() {
            return false;
        }
        let stop = if self.lines.is_empty() { self.marks.line(bytes, from) } else { self.marks.known_line(from) };
        let Stop::At(at) = stop else { return false };
        self.line = Some(self.piece.start + at);
        bytes.get(at) != Some(&b'"')
    }

    /// True for most rows: they are wanted, and nothing is to be said of them.
    #[inline]
    fn is_plain(&self, line: Range<usize>, within: Within) -> bool {
        let begins = self.piece.at(line.start).is_some_and(|byte| byte.is_ascii_graphic() && byte != b'*' && byte != self.table.separator);
        begins && within.cells as usize == self.table.width && line.len() <= MOST_CELL
    }
}
