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

/// Reads the next bytes behind others, fewer than so many only where no more come: how many.
pub(super) fn read_behind(raw: &mut impl Read, most: usize, others: &mut Vec<u8>) -> io::Result<usize> {
    raw.take(most as u64).read_to_end(others)
}

/// Reads block by block, the last one shorter, and shows each to somebody who says whether it is right; behind the last
/// one an empty block.
pub(super) struct Blocks<'f, R, S> {
    raw: io::Result<R>,
    fault: &'f OnceLock<Unreadable>,
    is_right: S,
    block: Vec<u8>,
    /// What of the block was consumed.
    at: usize,
    is_over: bool,
}

impl<'f, R: Read, S: FnMut(&[u8]) -> bool> Blocks<'f, R, S> {
    pub(super) fn new(raw: io::Result<R>, fault: &'f OnceLock<Unreadable>, is_right: S) -> Self {
        Self { raw, fault, is_right, block: Vec::new(), at: 0, is_over: false }
    }

    /// Reads the next block right behind other bytes: how long it is.
    fn next_behind(&mut self, others: &mut Vec<u8>) -> Result<usize, Unreadable> {
        let raw = self.raw.as_mut().map_err(|error| Unreadable::of_system(error))?;
        let from = others.len();
        let read = read_behind(raw, BLOCK, others).map_err(|error| Unreadable::of_system(&error))?;
        self.is_over = read == 0;
        if (self.is_right)(others.get(from..).unwrap_or_default()) { Ok(read) } else { Err(Unreadable::Changed) }
    }

    /// What of the block was not consumed.
    fn left(&self) -> &[u8] {
        self.block.get(self.at..).unwrap_or_default()
    }

    /// Nothing more is read, because of this.
    fn fail(&mut self, fault: Unreadable) -> io::Error {
        self.is_over = true;
        self.block.clear();
        self.at = 0;
        let _ = self.fault.set(fault);
        io::ErrorKind::InvalidData.into()
    }
}

impl<R: Read + Send, S: FnMut(&[u8]) -> bool + Send> Bytes for Blocks<'_, R, S> {
    fn add_to(&mut self, others: &mut Vec<u8>) -> io::Result<usize> {
        let left = self.left();
        if left.is_empty() && !self.is_over {
            return self.next_behind(others).map_err(|fault| self.fail(fault));
        }
        let read = left.len();
        others.extend_from_slice(left);
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read, S: FnMut(&[u8]) -> bool> BufRead for Blocks<'_, R, S> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left().is_empty() && !self.is_over {
            let mut block = std::mem::take(&mut self.block);
            block.clear();
            let read = self.next_behind(&mut block);
            (self.block, self.at) = (block, 0);
            read.map_err(|fault| self.fail(fault))?;
        }
        Ok(self.left())
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
