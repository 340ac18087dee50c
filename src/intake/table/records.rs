//! The records of a table, one after another, borrowed from one buffer.

use csv_core::ReadRecordResult;

use super::batch::Within;
use super::cells::{Buffer, Cells};
use super::divider::Divider;
use super::marks::{Marks, Stop};
use super::merged::{self, Carried};
use super::{Table, is_blank_row, notes, quotes};
use crate::codes::data;
use crate::finding::{Finding, Place};
use crate::intake::persons;
use crate::intake::pieces::{Piece, Pieces};
use crate::intake::units;
use crate::intake::unreadable::MOST_CELL;
use crate::intake::width::is_blank;

mod lines;

/// A place in the text at which a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Start {
    /// Offset in bytes.
    pub(super) byte: usize,
    /// Line, from 1.
    pub(super) line: u64,
}

/// A row with content.
#[derive(Debug)]
pub struct Record<'r> {
    /// Line of the file on which it begins, from 1, the row of column names included.
    pub line: u64,
    /// Byte of the text at which it begins.
    pub start: usize,
    pub(super) cells: Cells<'r>,
}

impl<'r> Record<'r> {
    /// The cell as bytes, as the number parser takes it; empty where the row is too short.
    #[inline]
    pub fn bytes(&self, index: usize) -> &'r [u8] {
        self.cells.bytes(index)
    }

    /// The cell as text; empty where the row is too short.
    pub fn text(&self, index: usize) -> &'r str {
        // Never an error: the text was UTF-8 and was divided at ASCII characters.
        std::str::from_utf8(self.bytes(index)).unwrap_or_default()
    }

    /// Cells the row has itself.
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }
}

/// A line of the text.
enum Divided {
    /// Where its bytes end, and the first byte behind its line end.
    Line(usize, usize),
    /// Something in it is quoted, or it is too long to tell.
    Quoted,
    /// Its end is not in the piece.
    Open,
}

/// Bytes of a record that goes on behind its line; in a longer one a quotation mark was never closed.
const MOST_RECORD: usize = 1 << 24;

/// Reads records in the order of the file.
pub struct Records<'t> {
    table: &'t Table<'t>,
    divider: Divider,
    marks: Marks,
    next: Start,
    /// What is read of the text.
    piece: Piece<'t>,
    /// What comes behind; `None` for a reader of this piece alone.
    more: Option<Pieces<'t>>,
    /// True once a record was met whose end is not in the piece; [`Records::position`] is where it begins.
    is_lost: bool,
    /// Where the bytes of the row at hand end, if it is a line of the text as it stands.
    line: Option<usize>,
    /// The row at hand, if it is not.
    cells: Buffer,
    /// The rows at hand, if they are several.
    lines: Vec<Within>,
    /// Labels merged over several rows.
    carried: Vec<Carried<'t>>,
}

impl<'t> Records<'t> {
    /// Reads everything from a place on.
    pub(super) fn new(table: &'t Table<'_>, start: Start) -> Self {
        let mut more = table.pieces();
        let piece = more.by_ref().find(|piece| piece.end() > start.byte || piece.is_last).unwrap_or_else(Piece::none);
        Self { more: Some(more), ..Self::within(table, piece, start) }
    }

    /// Reads the records that begin and end in a piece.
    pub(super) fn within(table: &'t Table<'_>, piece: Piece<'t>, start: Start) -> Self {
        let (divider, cells, carried) = (Divider::new(table.separator), Buffer::default(), Carried::of(table));
        let marks = Marks::new(table.separator);
        Self { table, divider, marks, next: start, piece, more: None, is_lost: false, line: None, cells, lines: Vec::new(), carried }
    }

    /// The next row with content. What is wrong with it, or with rows that had to be passed over,
    /// is added to `findings`.
    #[inline]
    pub fn next(&mut self, findings: &mut Vec<Finding>) -> Option<Record<'_>> {
        let start = self.advance(findings)?;
        Some(self.record(start))
    }

    /// The row at hand, which begins here.
    #[inline]
    fn record(&self, Start { byte, line }: Start) -> Record<'_> {
        let cells = match self.line {
            Some(end) => Cells::of_line(self.piece.get(byte..end), self.marks.of_line()),
            None => self.cells.cells(),
        };
        Record { line, start: byte, cells }
    }

    /// Where the next record begins.
    pub(super) fn position(&self) -> Start {
        self.next
    }

    /// The piece, and whether the end of its last record is not in it.
    pub(super) fn into_piece(self) -> (Piece<'t>, bool) {
        (self.piece, self.is_lost)
    }

    /// Reads up to and including the next good row; where it begins.
    fn advance(&mut self, findings: &mut Vec<Finding>) -> Option<Start> {
        loop {
            let start = self.skip_line_ends();
            if start.byte >= self.piece.end() {
                if self.go_on(start.byte) {
                    continue;
                }
                return None;
            }
            let end = self.read(start.byte)?;
            if self.line.is_none() && self.has_open_quote(start, end, findings) {
                continue;
            }
            self.next = Start { byte: end, line: self.next.line + 1 };
            if self.is_wanted(start, findings) {
                if !self.carried.is_empty() {
                    let mut carried = std::mem::take(&mut self.carried);
                    if let Some(filled) = merged::filled(&mut carried, &self.record(start)) {
                        (self.cells, self.line) = (filled, None);
                    }
                    self.carried = carried;
                }
                return Some(start);
            }
        }
    }

    /// Reads the record that begins here, up to the first byte of its line end, or so far that it cannot be one; where that is.
    #[inline]
    fn read(&mut self, start: usize) -> Option<usize> {
        loop {
            self.line = None;
            let end = match self.divide(start) {
                Divided::Line(end, behind) => {
                    self.line = Some(end);
                    return Some(behind);
                }
                Divided::Quoted => self.read_within(start),
                Divided::Open => None,
            };
            if end.is_some() {
                return end;
            }
            self.divider.begin();
            if self.is_endless(start, self.piece.end()) {
                return Some(self.piece.end());
            }
            if !self.go_on(start) {
                self.is_lost = true;
                return None;
            }
        }
    }

    /// Divides the line that begins here, if nothing in it is quoted.
    #[inline]
    fn divide(&mut self, start: usize) -> Divided {
        let bytes = self.piece.bytes();
        match self.marks.line(bytes, start - self.piece.start) {
            Stop::At(at) if bytes.get(at) == Some(&b'"') => Divided::Quoted,
            Stop::At(at) => Divided::Line(self.piece.start + at, self.piece.start + at + 1),
            Stop::End if self.piece.is_last => {
                self.marks.end();
                Divided::Line(self.piece.end(), self.piece.end())
            }
            Stop::End => Divided::Open,
            // Of so long a line no places are kept.
            Stop::Far => Divided::Quoted,
        }
    }

    /// The same of a record in which something is quoted, if its end is in the piece.
    fn read_within(&mut self, start: usize) -> Option<usize> {
        let mut at = start;
        self.cells.clear();
        loop {
            let rest = self.piece.get(at..self.piece.end());
            if rest.is_empty() && !self.piece.is_last {
                return None;
            }
            let (bytes, ends) = self.cells.room();
            let (result, read, written, ended) = self.divider.read(rest, bytes, ends);
            at += read;
            self.cells.grow(written, ended);
            match result {
                // Said by nothing more to read the next time round.
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => self.cells.make_room(),
                ReadRecordResult::Record | ReadRecordResult::End => return Some(at),
            }
        }
    }

    /// Takes in more of the text, twice as much behind this byte as there is; false where there is no more.
    fn go_on(&mut self, from: usize) -> bool {
        let Some(more) = &mut self.more else { return false };
        let wanted = 2 * (self.piece.end() - from.min(self.piece.end()));
        let Some(next) = more.next() else { return false };
        let mut piece = if wanted == 0 { next } else { self.piece.and(from, &next) };
        while piece.end() - from < wanted {
            let Some(next) = more.next() else { break };
            piece = piece.and(from, &next);
        }
        self.piece = piece;
        self.marks.forget();
        true
    }

    /// True for a record that goes on behind its line for longer than any does.
    fn is_endless(&self, start: usize, end: usize) -> bool {
        let beginning = || self.piece.get(start..start + MOST_RECORD);
        end - start > MOST_RECORD && beginning().contains(&b'"') && beginning().iter().any(|byte| matches!(byte, b'\n' | b'\r'))
    }

    /// Passes blank lines and the rest of the line end before them.
    fn skip_line_ends(&mut self) -> Start {
        let Start { byte: mut at, mut line } = self.next;
        let byte = |at: usize| self.piece.at(at);
        // The reader stops after the first byte of \r\n.
        if at > 0 && byte(at - 1) == Some(b'\r') && byte(at) == Some(b'\n') {
            at += 1;
        }
        while let Some(b'\r' | b'\n') = byte(at) {
            at += if (byte(at), byte(at + 1)) == (Some(b'\r'), Some(b'\n')) { 2 } else { 1 };
            line += 1;
        }
        self.next = Start { byte: at, line };
        self.next
    }

    /// Reports a quotation mark that swallows rows and goes on behind its line; else counts the
    /// lines inside quoted cells.
    fn has_open_quote(&mut self, start: Start, end: usize, findings: &mut Vec<Finding>) -> bool {
        let runs_over = self.cells.cells().runs_over();
        let is_at_end = self.piece.is_last && end == self.piece.end();
        if !runs_over && !is_at_end {
            return false;
        }
        let is_endless = self.is_endless(start.byte, end);
        let raw = self.piece.get(start.byte..if is_endless { start.byte + MOST_RECORD } else { end });
        // Divided at ASCII characters, an endless one aside: there the beginning of a character may be left out.
        let raw = raw.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        let columns = if self.table.width == 0 { self.cells.cells().len() } else { self.table.width };
        let fault = quotes::fault(raw, self.table.separator, columns);
        let Some(open) = fault.or_else(|| raw.find('"').filter(|_| is_endless)) else {
            self.next.line += line_ends(raw.trim_end_matches(['\r', '\n']));
            return false;
        };
        let line = start.line + line_ends(raw.get(..open).unwrap_or_default());
        let mark = start.byte + open;
        let rest = self.piece.get(mark..self.piece.end());
        let behind = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(self.piece.end(), |at| mark + at);
        let pair = usize::from(self.piece.get(behind..behind + 2) == b"\r\n");
        findings.push(Finding::new(&data::UNCLOSED_QUOTE, self.place(line)));
        self.next = Start { byte: (behind + 1 + pair).min(self.piece.end()), line: line + 1 };
        self.divider.begin();
        true
    }

    /// True for a row with content that fits under the column names.
    fn is_wanted(&self, start: Start, findings: &mut Vec<Finding>) -> bool {
        let (line, row) = (start.line, self.record(start).cells);
        let (cells, columns) = (row.len(), self.table.width);
        if row.size() > MOST_CELL && row.iter().any(|cell| cell.len() > MOST_CELL) {
            findings.push(Finding::new(&data::LONG_CELL, self.place(line)));
            return false;
        }
        if row.get(0).is_none_or(starts_blank) && is_blank_row(row) {
            return false;
        }
        // Above the column names nothing is told apart yet.
        if columns == 0 {
            return true;
        }
        if let Some(text) = notes::note(row) {
            let scale = units::in_text(&text, None).into_iter().find(|(_, unit)| unit.is_none_or(|unit| unit.power() != 0));
            let finding = match scale {
                Some((unit, _)) => Finding::new(&data::UNIT_IN_NOTE, self.place(line)).with("unit", unit),
                None => Finding::new(&data::NOTE_ROW, self.place(line)),
            };
            findings.push(finding.with("text", notes::excerpt(&text)));
            findings.extend(persons::in_text(&text, self.place(line)));
            return false;
        }
        if cells == columns || cells < columns && self.table.is_sheet {
            return true;
        }
        let counted = |code| Finding::new(code, self.place(line)).with("cells", cells.to_string()).with("columns", columns.to_string());
        if cells < columns {
            findings.push(counted(&data::RAGGED_ROW));
            return true;
        }
        let text = |cell| String::from_utf8_lossy(cell).trim_matches(is_blank).to_owned();
        let extra = row.iter().skip(columns).map(text).find(|text| !text.is_empty());
        let fits = extra.is_none();
        findings.extend(extra.map(|extra| counted(&data::LONG_ROW).with("extra", extra)));
        fits
    }

    fn place(&self, line: u64) -> Place {
        Place { row: Some(line), ..self.table.place.clone() }
    }
}

/// Blank, or beginning with what may be the first byte of a blank.
fn starts_blank(cell: &[u8]) -> bool {
    cell.first().is_none_or(|byte| byte.is_ascii_whitespace() || *byte >= 0x80)
}

fn line_ends(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| **byte == b'\n' || **byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    u64::try_from(ends.count()).unwrap_or(u64::MAX)
}
