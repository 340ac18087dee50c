//! The rows of a table, read in stretches on all cores and handed over in order.
//!
//! A stretch begins behind a line end. A record begins there unless a quoted cell runs over it, which is known as soon
//! as the stretch before was read: then this one is read again from where that record begins. So the rows, their lines and
//! what is said of them are those of one pass from the first byte to the last, whatever the number of threads. No more of
//! the text is held than the stretches on their way.

use std::ops::ControlFlow;

use super::batch::{Batch, Within};
use super::cells::{Kept, Rows};
use super::records::Start;
use super::{Records, Table};
use crate::finding::{Finding, Place};
use crate::intake::pieces::{Piece, Pieces};

/// Bytes of a piece that is read as a stretch; shorter texts are read by whoever asks for them.
pub(super) const BYTES: usize = 1 << 17;

/// Stretches on their way for each thread, and at least.
const FOR_EACH: usize = 4;
const AT_LEAST: usize = 16;

/// What is worked out of the rows of a stretch, in room that is used again.
pub trait Reused: Default + Send {
    /// Makes the room free.
    fn clear(&mut self);

    /// The last row of the stretch was seen.
    fn complete(&mut self) {}
}

/// What was worked out of a row, so many of each, of all that was; nothing where nothing was.
#[inline]
pub fn of_row<T>(all: &[T], number: usize, each: usize) -> &[T] {
    all.get(number * each..(number + 1) * each).unwrap_or_default()
}

/// Nothing is worked out before the rows are handed over.
impl Reused for () {
    fn clear(&mut self) {}
}

/// What was read of a stretch.
struct Stretch<W> {
    rows: Rows,
    /// What is said, and how many of the rows stand before it.
    findings: Vec<(usize, Finding)>,
    worked: W,
    /// Where the next record begins.
    end: Start,
}

/// Room for the rows of a stretch, and for what is worked out of them.
type Room<W> = (Rows, W);

/// How far the reading is, and room that was used.
struct Reading<'t, W> {
    /// Where the next record begins.
    begin: Start,
    /// The beginning of a record whose end was not read yet, and how long a piece must be for another attempt.
    carried: Option<(Piece<'t>, usize)>,
    room: Vec<Room<W>>,
    /// Pieces that were read.
    done: Vec<Piece<'t>>,
}

/// A piece, and what was read of it as if a record began where it does, its lines counted from 0.
type Guess<'t, W> = (Piece<'t>, Option<Stretch<W>>);

impl Table<'_> {
    /// Hands over every row: `work` sees them on all cores, those of a stretch in order, several at a time, with a value of the
    /// stretch's own; `take` then sees all of them in order, with their numbers and that value.
    pub fn each_row<W: Reused>(
        &self,
        work: impl Fn(&Batch, &mut W) + Sync,
        mut take: impl FnMut(Kept, usize, &W, &mut Vec<Finding>) -> ControlFlow<()>,
        findings: &mut Vec<Finding>,
    ) {
        let mut reading = Reading { begin: self.body, carried: None, room: Vec::new(), done: Vec::new() };
        let most = AT_LEAST.max(FOR_EACH * rayon::current_num_threads());
        let mut pieces = self.pieces();
        let mut ready: Vec<Guess<W>> = pieces.next().map(|piece| (piece, None)).into_iter().collect();
        let mut coming: Vec<Guess<W>> = pieces.by_ref().take(most).map(|piece| (piece, None)).collect();
        // Three batches on their way: one is fetched, one read, one handed over.
        while !ready.is_empty() {
            let mut fetched: Vec<Guess<W>> = Vec::new();
            let mut room = std::mem::take(&mut reading.room).into_iter();
            pieces.take_back(reading.done.drain(..));
            let mut hand_over = || ready.drain(..).try_for_each(|guess| self.hand_over(guess, &mut reading, &work, &mut take, findings));
            let flow = if coming.is_empty() {
                hand_over()
            } else {
                rayon::in_place_scope(|scope| {
                    let (fetched, pieces) = (&mut fetched, &mut pieces);
                    scope.spawn(move |_| fetched.extend(pieces.take(most).map(|piece| (piece, None))));
                    for (piece, guess) in &mut coming {
                        let (room, work) = (room.next().unwrap_or_default(), &work);
                        scope.spawn(move |_| *guess = Some(self.guess(piece, room, work)));
                    }
                    hand_over()
                })
            };
            if flow.is_break() {
                return;
            }
            (ready, coming) = (coming, fetched);
        }
    }

    fn hand_over<'t, W: Reused>(
        &'t self,
        (piece, guess): Guess<'t, W>,
        reading: &mut Reading<'t, W>,
        work: &impl Fn(&Batch, &mut W),
        take: &mut impl FnMut(Kept, usize, &W, &mut Vec<Finding>) -> ControlFlow<()>,
        findings: &mut Vec<Finding>,
    ) -> ControlFlow<()> {
        let (piece, guess, wanted) = match reading.carried.take() {
            Some((carried, wanted)) => (carried.and(reading.begin.byte, &piece), None, wanted),
            None => (piece, guess, 0),
        };
        let end = piece.end();
        if end - piece.start < wanted && !piece.is_last {
            reading.carried = Some((piece, wanted));
            return ControlFlow::Continue(());
        }
        if let Some(stretch) = guess.filter(|_| reading.begin.byte == piece.start) {
            reading.hand_over(stretch, (&piece, self.separator), reading.begin.line, take, findings)?;
        }
        if reading.begin.byte >= end {
            reading.done.push(piece);
            return ControlFlow::Continue(());
        }
        // What was read as if a record began there, but none does, or the last record, if it goes on behind the piece.
        let records = Records::within(self, piece, reading.begin);
        let (stretch, piece, is_lost) = read_stretch(records, reading.room.pop().unwrap_or_default(), work);
        let wanted = 2 * (end - stretch.end.byte);
        let flow = reading.hand_over(stretch, (&piece, self.separator), 0, take, findings);
        reading.carried = is_lost.then_some((piece, wanted));
        flow
    }

    fn guess<W: Reused>(&self, piece: &Piece, room: Room<W>, work: &impl Fn(&Batch, &mut W)) -> Stretch<W> {
        read_stretch(Records::within(self, piece.borrowed(), Start { byte: piece.start, line: 0 }), room, work).0
    }

    /// The pieces of the text; all in one where labels are carried from row to row.
    pub(super) fn pieces(&self) -> Pieces<'_> {
        self.text.pieces(if self.fills.is_empty() { self.stretch } else { usize::MAX })
    }
}

impl<W: Reused> Reading<'_, W> {
    /// Hands over the rows of a stretch of a piece, so many lines further down than they were counted.
    fn hand_over(
        &mut self,
        stretch: Stretch<W>,
        (piece, separator): (&Piece, u8),
        lines: u64,
        take: &mut impl FnMut(Kept, usize, &W, &mut Vec<Finding>) -> ControlFlow<()>,
        findings: &mut Vec<Finding>,
    ) -> ControlFlow<()> {
        let mut said = stretch.findings.into_iter();
        // Rows before the next finding.
        let mut before = said.as_slice().first().map(|(before, _)| *before);
        for (number, row) in stretch.rows.iter(lines, piece, separator).enumerate() {
            while before.is_some_and(|before| before <= number) {
                findings.extend(said.next().map(|(_, finding)| down(finding, lines)));
                before = said.as_slice().first().map(|(before, _)| *before);
            }
            take(row, number, &stretch.worked, findings)?;
        }
        findings.extend(said.map(|(_, finding)| down(finding, lines)));
        self.begin = Start { line: stretch.end.line + lines, ..stretch.end };
        let Stretch { mut rows, mut worked, .. } = stretch;
        rows.clear();
        worked.clear();
        self.room.push((rows, worked));
        ControlFlow::Continue(())
    }
}

/// Reads a stretch; with the piece, and whether the end of its last record is not in it.
fn read_stretch<'t, W: Reused>(
    mut records: Records<'t>,
    (mut rows, mut worked): Room<W>,
    work: &impl Fn(&Batch, &mut W),
) -> (Stretch<W>, Piece<'t>, bool) {
    let (mut findings, mut said) = (Vec::new(), Vec::new());
    loop {
        let lines = records.lines(&mut rows, &mut findings);
        if !lines.is_empty() {
            work(&lines, &mut worked);
            continue;
        }
        let Some(record) = records.next(&mut said) else { break };
        let before = rows.len();
        findings.extend(said.drain(..).map(|finding| (before, finding)));
        work(&Batch::of_row(record.cells, &Within::of(record.cells), before), &mut worked);
        rows.push(&record);
    }
    worked.complete();
    let before = rows.len();
    findings.extend(said.into_iter().map(|finding| (before, finding)));
    let stretch = Stretch { rows, findings, worked, end: records.position() };
    let (piece, is_lost) = records.into_piece();
    (stretch, piece, is_lost)
}

/// The finding, so many lines further down.
fn down(finding: Finding, lines: u64) -> Finding {
    let place = Place { row: finding.place.row.map(|row| row + lines), ..finding.place };
    Finding { place, ..finding }
}
