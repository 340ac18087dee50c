//! The bytes of a file block by block, each shown to somebody who says whether it is right.

use std::io::{self, BufRead, Read};
use std::sync::OnceLock;

use crate::intake::unreadable::Unreadable;

/// Bytes that are read and compared in one piece.
pub(super) const BLOCK: usize = if cfg!(test) { 1 << 10 } else { 1 << 17 };

/// Bytes on their way.
pub(in crate::intake) trait Bytes: BufRead + Send {
    /// Adds the next ones behind others: how many, none if there are no more.
    fn add_to(&mut self, others: &mut Vec<u8>) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let read = bytes.len();
        others.extend_from_slice(bytes);
        self.consume(read);
        Ok(read)
    }
}

impl Bytes for &[u8] {}
impl Bytes for Box<dyn BufRead + Send + '_> {}

/// Bytes that are read in one piece.
pub(super) struct Block {
    room: Vec<u8>,
    filled: usize,
}

impl Block {
    /// Of at most so many bytes.
    pub(super) fn of(size: usize) -> Self {
        Self { room: vec![0; size], filled: 0 }
    }

    /// Reads the next bytes, fewer than fit only where no more come.
    pub(super) fn fill(&mut self, raw: &mut impl Read) -> io::Result<()> {
        self.filled = 0;
        while let Some(room) = self.room.get_mut(self.filled..).filter(|room| !room.is_empty()) {
            match raw.read(room) {
                Ok(0) => break,
                Ok(read) => self.filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.room.get(..self.filled).unwrap_or_default()
    }
}

/// Reads block by block, the last one shorter, and shows each to somebody who says whether it is right; behind the last
/// one an empty block.
pub(super) struct Blocks<'f, R, S> {
    raw: io::Result<R>,
    fault: &'f OnceLock<Unreadable>,
    is_right: S,
    block: Block,
    /// What of the block was consumed.
    at: usize,
    is_over: bool,
}

impl<'f, R: Read, S: FnMut(&[u8]) -> bool> Blocks<'f, R, S> {
    pub(super) fn new(raw: io::Result<R>, fault: &'f OnceLock<Unreadable>, is_right: S) -> Self {
        Self { raw, fault, is_right, block: Block::of(BLOCK), at: 0, is_over: false }
    }

    fn next_block(&mut self) -> Result<(), Unreadable> {
        self.at = 0;
        let raw = self.raw.as_mut().map_err(|error| Unreadable::of_system(error))?;
        self.block.fill(raw).map_err(|error| Unreadable::of_system(&error))?;
        self.is_over = self.block.bytes().is_empty();
        if (self.is_right)(self.block.bytes()) { Ok(()) } else { Err(Unreadable::Changed) }
    }

    /// Reads the next block right behind other bytes: how long it is.
    fn read_behind(&mut self, others: &mut Vec<u8>) -> Result<usize, Unreadable> {
        let raw = self.raw.as_mut().map_err(|error| Unreadable::of_system(error))?;
        let from = others.len();
        let read = raw.take(BLOCK as u64).read_to_end(others).map_err(|error| Unreadable::of_system(&error))?;
        self.is_over = read == 0;
        if (self.is_right)(others.get(from..).unwrap_or_default()) { Ok(read) } else { Err(Unreadable::Changed) }
    }

    /// Nothing more is read, because of this.
    fn fail(&mut self, fault: Unreadable) -> io::Error {
        self.is_over = true;
        (self.block.filled, self.at) = (0, 0);
        let _ = self.fault.set(fault);
        io::ErrorKind::InvalidData.into()
    }
}

impl<R: Read + Send, S: FnMut(&[u8]) -> bool + Send> Bytes for Blocks<'_, R, S> {
    fn add_to(&mut self, others: &mut Vec<u8>) -> io::Result<usize> {
        let left = self.block.bytes().get(self.at..).unwrap_or_default();
        if left.is_empty() && !self.is_over {
            return self.read_behind(others).map_err(|fault| self.fail(fault));
        }
        let read = left.len();
        others.extend_from_slice(left);
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read, S: FnMut(&[u8]) -> bool> BufRead for Blocks<'_, R, S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == self.block.filled && !self.is_over {
            self.next_block().map_err(|fault| self.fail(fault))?;
        }
        Ok(self.block.bytes().get(self.at..).unwrap_or_default())
    }

    fn consume(&mut self, read: usize) {
        self.at += read;
    }
}

impl<R: Read, S: FnMut(&[u8]) -> bool> Read for Blocks<'_, R, S> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(out)?;
        self.consume(read);
        Ok(read)
    }
}
