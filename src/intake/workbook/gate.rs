//! The largest sheet of a workbook is read while it is checked: whoever reads its cells never gets ahead of the check,
//! and gets no further once the check has refused it.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Stands before the packed bytes of one part of a workbook.
#[derive(Debug)]
pub(super) struct Gate {
    part: Range<u64>,
    state: Mutex<State>,
    moved: Condvar,
}

/// How far the part may be read.
#[derive(Debug, Clone, Copy)]
enum State {
    /// Not at all: it is not being checked yet, or was refused.
    Shut,
    /// Up to here; the check goes on.
    UpTo(u64),
    /// All of it was checked.
    Open,
}

impl Gate {
    /// Before these bytes, shut.
    pub(super) fn new(part: Range<u64>) -> Self {
        Self { part, state: Mutex::new(State::Shut), moved: Condvar::new() }
    }

    /// Has the part checked, and read meanwhile as far as it was. Shut afterwards if it is refused.
    pub(super) fn check_beside<T: Send, E: Send, R: Send>(
        &self,
        check: impl FnOnce() -> Result<T, E> + Send,
        read: impl FnOnce() -> R + Send,
    ) -> (Result<T, E>, R) {
        // Before either begins, because it may be the reader.
        self.set(State::UpTo(self.part.start));
        let guarded = || {
            let guard = ShutOnDrop(self);
            let checked = check();
            if checked.is_ok() {
                self.set(State::Open);
                std::mem::forget(guard);
            }
            checked
        };
        rayon::join(guarded, read)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, state: State) {
        *self.state() = state;
        self.moved.notify_all();
    }

    /// How many of the bytes from here on may be read, of so many that are asked for.
    fn may_read(&self, from: u64, length: usize) -> io::Result<usize> {
        let most = |end: u64| usize::try_from(end - from).unwrap_or(usize::MAX).min(length);
        if from < self.part.start {
            return Ok(most(self.part.start));
        }
        if from >= self.part.end {
            return Ok(length);
        }
        let mut state = self.state();
        loop {
            state = match *state {
                State::Shut => return Err(io::Error::other("not checked")),
                State::Open => return Ok(length),
                State::UpTo(end) if from < end => return Ok(most(end)),
                State::UpTo(_) => self.moved.wait(state).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}

/// Whoever waits does not wait for a check that has ended in a panic.
struct ShutOnDrop<'g>(&'g Gate);

impl Drop for ShutOnDrop<'_> {
    fn drop(&mut self) {
        self.0.set(State::Shut);
    }
}

/// The bytes of a workbook, for one side of a gate.
#[derive(Debug)]
pub(super) struct Gated<'b> {
    bytes: Cursor<&'b [u8]>,
    side: Side<'b>,
    /// Where reading goes on that began with the first byte of the part. Nothing can be unpacked that is not read so;
    /// what is read of it otherwise is looked through for the directory of the archive.
    next: Option<u64>,
}

#[derive(Debug)]
enum Side<'b> {
    /// No gate stands before them.
    Free,
    /// Reads what was checked.
    Behind(&'b Gate),
    /// Checks: what it has read it has looked at when it asks for more.
    Ahead(&'b Gate),
}

impl<'b> Gated<'b> {
    fn new(bytes: &'b [u8], side: Side<'b>) -> Self {
        Self { bytes: Cursor::new(bytes), side, next: None }
    }

    /// To be read freely.
    pub(super) fn free(bytes: &'b [u8]) -> Self {
        Self::new(bytes, Side::Free)
    }

    /// To be read as far as they were checked.
    pub(super) fn behind(bytes: &'b [u8], gate: &'b Gate) -> Self {
        Self::new(bytes, Side::Behind(gate))
    }

    /// To be checked.
    pub(super) fn ahead(bytes: &'b [u8], gate: &'b Gate) -> Self {
        Self::new(bytes, Side::Ahead(gate))
    }
}

impl Read for Gated<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at = self.bytes.position();
        let is_unpacked = |gate: &Gate| at == gate.part.start || Some(at) == self.next;
        let length = match self.side {
            Side::Behind(gate) if at < gate.part.start || is_unpacked(gate) => gate.may_read(at, buffer.len())?,
            Side::Ahead(gate) if is_unpacked(gate) => {
                gate.set(State::UpTo(at.min(gate.part.end)));
                buffer.len()
            }
            _ => buffer.len(),
        };
        let goes_on = match self.side {
            Side::Behind(gate) | Side::Ahead(gate) => is_unpacked(gate),
            Side::Free => false,
        };
        let read = self.bytes.read(buffer.get_mut(..length).unwrap_or_default())?;
        self.next = goes_on.then_some(at + read as u64);
        Ok(read)
    }
}

impl Seek for Gated<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(from: &mut Gated, length: usize) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; length];
        from.read(&mut buffer).map(|length| buffer[..length].to_vec())
    }

    #[test]
    fn nothing_of_a_part_is_read_before_it_is_checked() {
        let gate = Gate::new(2..5);
        let mut behind = Gated::behind(b"abcdefgh", &gate);
        assert_eq!(read(&mut behind, 8).expect("bytes"), b"ab");
        assert!(read(&mut behind, 8).is_err());
        behind.seek(SeekFrom::Start(4)).expect("a place");
        assert_eq!(read(&mut behind, 8).expect("bytes"), b"efgh");
        behind.seek(SeekFrom::Start(2)).expect("a place");
        let check = || {
            let mut ahead = Gated::ahead(b"abcdefgh", &gate);
            ahead.seek(SeekFrom::Start(4)).expect("a place");
            assert_eq!(read(&mut ahead, 1).expect("bytes"), b"e");
            ahead.seek(SeekFrom::Start(2)).expect("a place");
            assert_eq!(read(&mut ahead, 2).expect("bytes"), b"cd");
            // Only by asking for more it tells that it has looked at these.
            assert!(matches!(*gate.state(), State::UpTo(2)));
            assert_eq!(read(&mut ahead, 1).expect("bytes"), b"e");
            assert_eq!(read(&mut behind, 8).expect("bytes"), b"cd");
            Ok::<_, ()>(())
        };
        assert_eq!(gate.check_beside(check, || 1), (Ok(()), 1));
        assert_eq!(read(&mut behind, 8).expect("bytes"), b"efgh");
    }

    #[test]
    fn what_is_refused_is_not_read_on() {
        let gate = Gate::new(2..5);
        let mut behind = Gated::behind(b"abcdefgh", &gate);
        behind.seek(SeekFrom::Start(2)).expect("a place");
        assert_eq!(gate.check_beside(|| Err::<(), _>("refused"), || 1), (Err("refused"), 1));
        assert!(read(&mut behind, 8).is_err());
    }

    /// One thread checks, the other reads. Which of them begins first is a matter of luck, so it is tried often: a gate
    /// that is set ajar by the check alone, and not before, fails here more often than not.
    #[test]
    fn both_sides_come_to_the_end() {
        let bytes: Vec<u8> = (0..200).collect();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("threads");
        for step in [1, 7, 4096].repeat(2_000) {
            let gate = Gate::new(10..190);
            let check = || {
                let mut ahead = Gated::ahead(&bytes, &gate);
                ahead.seek(SeekFrom::Start(10))?;
                while !read(&mut ahead, step)?.is_empty() {}
                Ok::<_, io::Error>(())
            };
            let rest = || {
                let mut seen = Vec::new();
                Gated::behind(&bytes, &gate).read_to_end(&mut seen).map(|_| seen)
            };
            let (checked, seen) = pool.install(|| gate.check_beside(check, rest));
            assert!(checked.is_ok());
            assert_eq!(seen.expect("bytes"), bytes);
        }
    }
}
