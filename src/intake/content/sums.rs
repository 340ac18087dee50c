//! What is known of the blocks of a file, so that it is noticed if it is another one when it is read again.

/// CRC-32 of the blocks from the first on, as far as they were read.
#[derive(Debug, Default)]
pub(super) struct Sums {
    known: Vec<u32>,
    /// True if there are no more.
    are_all: bool,
}

/// How a block compares with what was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// Nobody has read it before.
    New,
    /// Nobody knew before that there are no more.
    NewEnd,
    /// It is the same.
    AsBefore,
    /// It is not.
    Another,
}

impl Sums {
    /// Those of all blocks.
    pub(super) fn all(known: Vec<u32>) -> Self {
        Self { known, are_all: true }
    }

    /// Looks whether this is the sum of the block of that number, counted from 0; behind the last block there is none. What
    /// nobody has read before is noted.
    pub(super) fn look(&mut self, number: usize, sum: Option<u32>) -> Block {
        let known = self.known.get(number).copied();
        match sum {
            Some(_) if known.is_none() && !self.are_all => {
                self.known.extend(sum);
                Block::New
            }
            None if known.is_none() && !self.are_all => {
                self.are_all = true;
                Block::NewEnd
            }
            _ if known == sum => Block::AsBefore,
            _ => Block::Another,
        }
    }

    /// True if so many blocks are all.
    pub(super) fn is_last(&self, blocks: usize) -> bool {
        self.are_all && blocks >= self.known.len()
    }
}
