//! The rows of a table, read in stretches on all cores and handed over in order.
//!
//! A stretch begins behind a line end. A record begins there unless a quoted cell runs over it, which is known as soon
//! as the stretch before was read: then this one is read again from where a record begins. So the rows, their lines and
//! what is said of them are those of one pass from the first byte to the last, whatever the number of threads.

use std::ops::{ControlFlow, Range};

use super::cells::Rows;
use super::records::Start;
use super::{Record, Records, Table};
use crate::finding::{Finding, Place};

/// Bytes of a stretch; shorter texts are read by whoever asks for them.
pub(super) const BYTES: usize = 1 << 18;

/// Bytes behind a stretch in which its last record must end, if it is read before it is known where it begins.
const SIGHT: usize = 1 << 16;

/// Stretches on their way for each thread.
const FOR_EACH: usize = 4;

/// What is worked out of the rows of a stretch, in room that is used again.
pub trait Reused: Default + Send {
    /// Makes the room free.
    fn clear(&mut self);
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
struct Reading<W> {
    /// Where the next record begins.
    begin: Start,
    room: Vec<Room<W>>,
}

/// A stretch to be read, and what was read of it, if the place where it begins was guessed right.
type Guess<W> = (Range<usize>, Option<Stretch<W>>);

impl Table<'_> {
    /// Hands over every row: `work` sees them on all cores, those of a stretch in order, with their numbers in it and a
    /// value of its own; `take` then sees all of them in order, with their numbers and that value.
    pub fn each_row<W: Reused>(
        &self,
        work: impl Fn(&Record, usize, &mut W) + Sync,
        mut take: impl FnMut(&Record, usize, &W, &mut Vec<Finding>) -> ControlFlow<()>,
        findings: &mut Vec<Finding>,
    ) {
        let mut reading = Reading { begin: self.body, room: Vec::new() };
        let mut ranges = self.ranges();
        let mut ready: Vec<Guess<W>> = ranges.next().map(|range| (range, None)).into_iter().collect();
        while !ready.is_empty() {
            let most = if ranges.peek().is_some() { FOR_EACH * rayon::current_num_threads() } else { 0 };
            let mut coming: Vec<Guess<W>> = ranges.by_ref().take(most).map(|range| (range, None)).collect();
            let mut room = std::mem::take(&mut reading.room).into_iter();
            let mut hand_over = || {
                for (range, guess) in std::mem::take(&mut ready) {
                    self.hand_over((range, guess), &mut reading, &work, &mut take, findings)?;
                }
                ControlFlow::Continue(())
            };
            let flow = if coming.is_empty() {
                hand_over()
            } else {
                rayon::in_place_scope(|scope| {
                    for (range, guess) in &mut coming {
                        let room = room.next().unwrap_or_default();
                        let work = &work;
                        scope.spawn(move |_| *guess = self.guess(range.clone(), room, work));
                    }
                    hand_over()
                })
            };
            if flow.is_break() {
                return;
            }
            ready = coming;
        }
    }

    fn hand_over<W: Reused>(
        &self,
        (range, guess): Guess<W>,
        Reading { begin, room }: &mut Reading<W>,
        work: &impl Fn(&Record, usize, &mut W),
        take: &mut impl FnMut(&Record, usize, &W, &mut Vec<Finding>) -> ControlFlow<()>,
        findings: &mut Vec<Finding>,
    ) -> ControlFlow<()> {
        // A record that began before may end behind the whole stretch.
        if begin.byte >= range.end {
            return ControlFlow::Continue(());
        }
        let guess = guess.filter(|_| begin.byte == range.start);
        let lines = if guess.is_some() { begin.line } else { 0 };
        let stretch = guess.unwrap_or_else(|| {
            let records = Records::new(self, *begin).up_to(range.end, usize::MAX);
            read_stretch(records, room.pop().unwrap_or_default(), work).0
        });
        let mut said = stretch.findings.into_iter().map(|(before, finding)| (before, down(finding, lines))).peekable();
        for (number, record) in stretch.rows.iter(lines).enumerate() {
            while let Some((_, finding)) = said.next_if(|(before, _)| *before <= number) {
                findings.push(finding);
            }
            take(&record, number, &stretch.worked, findings)?;
        }
        findings.extend(said.map(|(_, finding)| finding));
        *begin = Start { line: stretch.end.line + lines, ..stretch.end };
        let Stretch { mut rows, mut worked, .. } = stretch;
        rows.clear();
        worked.clear();
        room.push((rows, worked));
        ControlFlow::Continue(())
    }

    /// Reads a stretch as if a record began where it does, its lines counted from 0; `None` where that leads too far.
    fn guess<W>(&self, range: Range<usize>, room: Room<W>, work: &impl Fn(&Record, usize, &mut W)) -> Option<Stretch<W>> {
        // Without quotation marks no record runs over a line end.
        let sight = if self.quoted { range.end + SIGHT } else { usize::MAX };
        let records = Records::new(self, Start { byte: range.start, line: 0 }).up_to(range.end, sight);
        let (stretch, is_lost) = read_stretch(records, room, work);
        (!is_lost).then_some(stretch)
    }

    /// Where the stretches of the rows begin and end: behind line ends, and all in one where labels are carried from
    /// row to row.
    fn ranges(&self) -> std::iter::Peekable<impl Iterator<Item = Range<usize>>> {
        let bytes = self.text.as_bytes();
        let mut start = self.body.byte;
        let end_of = move |start: usize| {
            let end = start.saturating_add(self.stretch.max(1));
            if !self.fills.is_empty() {
                return bytes.len();
            }
            let behind = bytes.get(end - 1..).and_then(|rest| rest.iter().position(|byte| *byte == b'\n'));
            behind.map_or(bytes.len(), |behind| end + behind)
        };
        let next = move || {
            let range = start..end_of(start);
            start = range.end;
            (!range.is_empty()).then_some(range)
        };
        std::iter::from_fn(next).peekable()
    }
}

/// Reads a stretch, and says whether it led too far.
fn read_stretch<W>(mut records: Records, (mut rows, mut worked): Room<W>, work: &impl Fn(&Record, usize, &mut W)) -> (Stretch<W>, bool) {
    let (mut findings, mut said) = (Vec::new(), Vec::new());
    while let Some(record) = records.next(&mut said) {
        let before = rows.len();
        findings.extend(said.drain(..).map(|finding| (before, finding)));
        work(&record, before, &mut worked);
        rows.push(&record);
    }
    let before = rows.len();
    findings.extend(said.into_iter().map(|finding| (before, finding)));
    (Stretch { rows, findings, worked, end: records.position() }, records.is_lost)
}

/// The finding, so many lines further down.
fn down(finding: Finding, lines: u64) -> Finding {
    let place = Place { row: finding.place.row.map(|row| row + lines), ..finding.place };
    Finding { place, ..finding }
}
