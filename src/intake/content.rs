//! What a data file holds. A small one is kept in memory; a large one is read again from where it lies whenever it is
//! wanted, block by block, so that its size costs no memory, and every block is compared with what was read at first.
//!
//! How a file looks is found out from all of it, but for a large one whose beginning leaves no doubt: the rest is looked at
//! when it is read for what it says.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use crate::intake::encoding::{Signs, signature};
use crate::intake::looks::Looks;
use crate::intake::packed::Packing;
use crate::intake::unreadable::{Excess, Unreadable};

mod blocks;
mod sums;

pub(super) use blocks::Bytes;
use blocks::{BLOCK, Blocks, read_behind};
use sums::{Block, Sums};

/// Opens the bytes on disk, from the first.
pub type Opener = Box<dyn Fn() -> io::Result<Box<dyn Read + Send>> + Send + Sync>;

/// Says whether a file is still what it was when it was opened.
pub type Still = Box<dyn Fn() -> bool + Send + Sync>;

/// Bytes that are kept in memory.
const HELD: usize = 1 << 16;

/// Bytes that are looked at while the next ones are read: to share them out costs as much as to look at some ten thousand.
const TOGETHER: usize = 8 * BLOCK;

/// Unpacked bytes at most for each packed one, beyond the first stretch: more is made to keep a machine busy, not to hold figures.
const MOST_TIMES: usize = 200;
const FIRST: usize = 1 << 30;

/// What a data file holds, unpacked where it is packed.
pub struct Content {
    kept: Kept,
    /// How it looks, or its beginning.
    looks: Looks,
    /// How all of it looks, where only its beginning was looked at until somebody had to know.
    all: OnceLock<Looks>,
    /// SHA-256 of the bytes on disk, once they were read from end to end for what they say.
    digest: OnceLock<[u8; 32]>,
    /// How many bytes there are on disk.
    pub on_disk: u64,
    /// Why it could not be read again, or is not what it was.
    fault: OnceLock<Unreadable>,
}

enum Kept {
    /// The bytes themselves, unpacked.
    Memory(Vec<u8>),
    /// The way to the bytes on disk, and what is known of them.
    Elsewhere { open: Opener, packing: Option<Packing>, sums: Mutex<Sums>, unseen: Option<Still> },
}

impl Kept {
    /// What was read from end to end, with the checksums of its blocks.
    fn seen(open: Opener, packing: Option<Packing>, sums: Vec<u32>) -> Self {
        Self::Elsewhere { open, packing, sums: Mutex::new(Sums::all(sums)), unseen: None }
    }
}

/// What was found out by reading everything once.
struct First {
    /// The bytes, if there are few.
    held: Option<Vec<u8>>,
    looks: Looks,
    packing: Option<Packing>,
    noted: Noted,
    /// SHA-256 of the bytes on disk, if there are few: many are hashed when they are read again.
    digest: Option<[u8; 32]>,
}

impl Content {
    /// These bytes.
    ///
    /// # Errors
    /// [`Unreadable::Packed`] where they are packed and broken.
    pub fn of(bytes: &[u8]) -> Result<Self, Unreadable> {
        let First { held, looks, noted, digest, .. } = first(bytes, usize::MAX)?;
        let digest = digest.unwrap_or_else(|| Sha256::digest(bytes).into());
        Ok(Self::new(Kept::Memory(held.unwrap_or_default()), looks, noted.bytes, Some(digest)))
    }

    /// What lies elsewhere. It is read from end to end, and again whenever it is wanted if it is large.
    ///
    /// # Errors
    /// [`Unreadable::Packed`] for a packed file that is cut short or damaged, [`Unreadable::TooLarge`] for one that unpacks
    /// to more than is reasonable, [`Unreadable::System`] for what the system says.
    pub fn read(open: Opener) -> Result<Self, Unreadable> {
        let First { held, looks, packing, noted, digest } = first(open().map_err(|error| Unreadable::of_system(&error))?, HELD)?;
        let Noted { sums, bytes } = noted;
        // Only what is read again is hashed then.
        let kept = held.filter(|_| digest.is_some()).map_or_else(|| Kept::seen(open, packing, sums), Kept::Memory);
        Ok(Self::new(kept, looks, bytes, digest))
    }

    /// A file of so many bytes. It is read from end to end only when it is wanted, if it is large and its beginning leaves no
    /// doubt how it is encoded.
    ///
    /// # Errors
    /// Those of [`Content::read`], and [`Unreadable::Changed`] for a file that was written to meanwhile.
    pub fn of_file(open: Opener, length: u64, is_still: Still) -> Result<Self, Unreadable> {
        if let Some(looks) = glance(&open, length)? {
            let kept = Kept::Elsewhere { open, packing: None, sums: Mutex::default(), unseen: Some(is_still) };
            return Ok(Self::new(kept, looks, length, None));
        }
        let content = Self::read(open)?;
        if is_still() && content.on_disk == length { Ok(content) } else { Err(Unreadable::Changed) }
    }

    fn new(kept: Kept, looks: Looks, on_disk: u64, digest: Option<[u8; 32]>) -> Self {
        Self {
            kept,
            looks,
            all: OnceLock::new(),
            digest: digest.map_or_else(OnceLock::new, OnceLock::from),
            on_disk,
            fault: OnceLock::new(),
        }
    }

    /// The same as if these bytes lay elsewhere, however few, and came a few at a time.
    #[cfg(test)]
    pub(crate) fn elsewhere(bytes: &[u8]) -> Result<Self, Unreadable> {
        let bytes = std::sync::Arc::new(bytes.to_vec());
        let open: Opener = Box::new(move || Ok(Box::new(tests::Few(std::sync::Arc::clone(&bytes), 0))));
        let First { looks, packing, noted: Noted { sums, bytes }, .. } = first(open().expect("in memory"), 0)?;
        Ok(Self::new(Kept::seen(open, packing, sums), looks, bytes, None))
    }

    /// Bytes of what it holds, unpacked.
    pub fn size(&self) -> usize {
        self.looks.len
    }

    /// Why it could not be read again, or is not what it was, if that is so: nothing that was made of it holds.
    pub fn fault(&self) -> Option<&Unreadable> {
        self.fault.get()
    }

    /// SHA-256 of the bytes on disk. They are read for it if nobody read them to their end; where that fails,
    /// [`Content::fault`] says why, and it is the digest of nothing.
    pub fn digest(&self) -> [u8; 32] {
        self.digest.get().copied().unwrap_or_else(|| {
            let _ = io::copy(&mut self.reader(), &mut io::sink());
            self.digest.get().copied().unwrap_or_default()
        })
    }

    /// How it looks, as far as it was looked at.
    pub(super) fn looks(&self) -> &Looks {
        self.all.get().unwrap_or(&self.looks)
    }

    /// True if only its beginning was looked at: whoever reads it as text looks at the rest.
    pub(super) fn is_unseen(&self) -> bool {
        matches!(self.kept, Kept::Elsewhere { unseen: Some(_), .. }) && self.all.get().is_none()
    }

    /// Looks at all of it, if nobody did.
    pub(super) fn look_at_all(&self) -> Result<(), Unreadable> {
        if self.is_unseen() {
            let mut looks = Looks::default();
            self.each_block(|block| looks.pass(block))?;
            looks.end();
            let _ = self.all.set(looks);
        }
        Ok(())
    }

    /// Shows all bytes, block by block.
    pub(super) fn each_block(&self, mut see: impl FnMut(&[u8])) -> Result<(), Unreadable> {
        let mut reader = self.reader();
        loop {
            let block = reader.fill_buf().map_err(|_| self.faulted())?;
            if block.is_empty() {
                return Ok(());
            }
            see(block);
            let read = block.len();
            reader.consume(read);
        }
    }

    /// The bytes if they are in memory.
    pub(super) fn in_memory(&self) -> Option<&[u8]> {
        match &self.kept {
            Kept::Memory(bytes) => Some(bytes),
            Kept::Elsewhere { .. } => None,
        }
    }

    /// All bytes in one piece.
    pub fn whole(&self) -> Result<Cow<'_, [u8]>, Unreadable> {
        if let Some(bytes) = self.in_memory() {
            return Ok(Cow::Borrowed(bytes));
        }
        let mut bytes = Vec::with_capacity(self.size());
        match self.reader().read_to_end(&mut bytes) {
            Ok(_) => Ok(Cow::Owned(bytes)),
            Err(_) => Err(self.faulted()),
        }
    }

    /// Reads the bytes from the first. Where they cannot be read as they were before, it ends in an error and
    /// [`Content::fault`] says why.
    pub(super) fn reader(&self) -> Box<dyn Bytes + '_> {
        let (open, packing, sums, unseen) = match &self.kept {
            Kept::Memory(bytes) => return Box::new(&bytes[..]),
            Kept::Elsewhere { open, packing, sums, unseen } => (open, packing, sums, unseen),
        };
        let (mut number, mut bytes) = (0, 0);
        let mut hash = self.digest.get().is_none().then(Sha256::new);
        let is_as_before = move |block: &[u8]| {
            let sum = (!block.is_empty()).then(|| crc32fast::hash(block));
            let mut sums = sums.lock().unwrap_or_else(PoisonError::into_inner);
            let found = sums.look(number, sum);
            number += 1;
            bytes += block.len() as u64;
            let is_end = sums.is_last(number);
            drop(sums);
            if let Some(hash) = &mut hash {
                hash.update(block);
            }
            let is_right = match found {
                Block::New | Block::AsBefore => true,
                // What is read for the first time has nothing to compare with.
                Block::NewEnd => bytes == self.on_disk && unseen.as_ref().is_none_or(|is_still| is_still()),
                Block::Another => false,
            };
            if let Some(hash) = hash.take_if(|_| is_right && is_end) {
                let _ = self.digest.set(hash.finalize().into());
            }
            is_right
        };
        let blocks = Blocks::new(open(), &self.fault, is_as_before);
        match packing {
            Some(packing) => Box::new(packing.unpacked(blocks)),
            None => Box::new(blocks),
        }
    }

    /// Keeps what is wrong with it; what was first found out counts.
    pub(super) fn fail(&self, fault: Unreadable) {
        let _ = self.fault.set(fault);
    }

    /// What is wrong with a reader that failed.
    pub(super) fn faulted(&self) -> Unreadable {
        self.fault.get_or_init(|| Unreadable::Packed).clone()
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content").field("looks", &self.looks).field("on_disk", &self.on_disk).finish_non_exhaustive()
    }
}

/// How a large file looks whose beginning is UTF-8 and could hardly be anything else, or GB18030 so, or is the same in both, or
/// shows that it is no text but a workbook, say.
fn glance(open: &Opener, length: u64) -> Result<Option<Looks>, Unreadable> {
    if length <= TOGETHER as u64 {
        return Ok(None);
    }
    let (mut head, mut looks) = (Vec::new(), Looks::default());
    let read = open().and_then(|mut raw| read_behind(&mut raw, TOGETHER, &mut head));
    read.map_err(|error| Unreadable::of_system(&error))?;
    looks.pass(&head);
    looks.len = usize::try_from(length).unwrap_or(usize::MAX);
    let mut signs = Signs::default();
    signs.count(&head);
    let is_told =
        !looks.is_beyond_ascii || if looks.wrong.is_none() { signs.are_of_utf8(SIGNS) } else { signs.are_of_anything_else(SIGNS) };
    let is_text = is_told && !looks.has_nul && !looks.is_endless;
    let is_known = is_text || signature(&looks.head, &[]).is_some();
    Ok((is_known && Packing::of(&head).is_none()).then_some(looks))
}

/// Characters of UTF-8, or places where there is none, that tell it from other encodings.
const SIGNS: usize = 100;

/// Reads everything once.
fn first(mut raw: impl Read + Send, most_held: usize) -> Result<First, Unreadable> {
    let mut head = Vec::new();
    read_behind(&mut raw, BLOCK, &mut head).map_err(|error| Unreadable::of_system(&error))?;
    let (packing, is_whole) = (Packing::of(&head), head.len() < BLOCK);
    let (fault, mut seen) = (OnceLock::new(), Seen { looks: Looks::default(), held: Some(Vec::new()), most_held });
    let mut noted = Noted::default();
    let digest = is_whole.then(|| Sha256::digest(&head).into());
    let read = match packing {
        // To begin with other cores would take longer.
        None if is_whole => {
            noted.add(&head);
            seen.pass(&head);
            Ok(())
        }
        None => rayon::scope(|_| plain(io::Cursor::new(head).chain(raw), &fault, &mut noted, &mut seen)),
        Some(packing) => packed(io::Cursor::new(head).chain(raw), packing, &fault, &mut noted, &mut seen),
    };
    read.map_err(|_| fault.get().cloned().unwrap_or(Unreadable::Packed))?;
    let Seen { mut looks, held, .. } = seen;
    looks.end();
    Ok(First { held, looks, packing, noted, digest })
}

/// Reads what is not packed: a block is looked at while the next one is read.
fn plain(mut raw: impl Read + Send, fault: &OnceLock<Unreadable>, noted: &mut Noted, seen: &mut Seen) -> io::Result<()> {
    let (mut block, mut next) = (Vec::with_capacity(TOGETHER), Vec::with_capacity(TOGETHER));
    let mut read = read_behind(&mut raw, TOGETHER, &mut block);
    while read.as_ref().is_ok_and(|read| *read > 0) {
        let look = || {
            for block in block.chunks(BLOCK) {
                noted.add(block);
                seen.pass(block);
            }
        };
        ((), read) = rayon::join(look, || read_behind(&mut raw, TOGETHER, &mut next));
        std::mem::swap(&mut block, &mut next);
        next.clear();
    }
    read.map(drop).inspect_err(|error| {
        let _ = fault.set(Unreadable::of_system(error));
    })
}

/// Reads what is packed.
fn packed(raw: impl Read + Send, packing: Packing, fault: &OnceLock<Unreadable>, noted: &mut Noted, seen: &mut Seen) -> io::Result<()> {
    let packed = AtomicUsize::new(0);
    let note = |block: &[u8]| {
        noted.add(block);
        packed.fetch_add(block.len(), Relaxed);
        true
    };
    let mut content = packing.unpacked(Blocks::new(Ok(raw), fault, note));
    loop {
        let bytes = content.fill_buf()?;
        let read = bytes.len();
        if read == 0 {
            return Ok(());
        }
        seen.pass(bytes);
        if seen.looks.len > FIRST.saturating_add(MOST_TIMES.saturating_mul(packed.load(Relaxed))) {
            let _ = fault.set(Unreadable::TooLarge(Excess::Packed));
            return Err(io::ErrorKind::InvalidData.into());
        }
        content.consume(read);
    }
}

/// What is seen of the unpacked bytes.
struct Seen {
    looks: Looks,
    /// The bytes, as long as there are few.
    held: Option<Vec<u8>>,
    most_held: usize,
}

impl Seen {
    fn pass(&mut self, bytes: &[u8]) {
        self.looks.pass(bytes);
        let most = self.most_held;
        self.held = self.held.take().filter(|held| bytes.len() <= most - held.len());
        if let Some(held) = &mut self.held {
            held.extend_from_slice(bytes);
        }
    }
}

/// What is noted of the bytes on disk.
#[derive(Default)]
struct Noted {
    /// CRC-32 of every block.
    sums: Vec<u32>,
    bytes: u64,
}

impl Noted {
    fn add(&mut self, block: &[u8]) {
        if !block.is_empty() {
            self.sums.push(crc32fast::hash(block));
            self.bytes += block.len() as u64;
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
