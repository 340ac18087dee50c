//! A text, piece by piece: each ends behind a line end, or where the text ends, so that a reader needs no more of it at a
//! time than it asks for.

use std::borrow::Cow;
use std::io::Read;
use std::ops::Range;

use crate::intake::content::{Bytes, Content};
use crate::intake::encoding::{Taken, Transcoder, Unseen};
use crate::intake::unreadable::Unreadable;

/// A text that can be read from its beginning as often as is wished.
#[derive(Debug, Clone, Copy)]
pub enum Text<'t> {
    /// In memory.
    Held(&'t str),
    /// Read and decoded while it is looked at.
    Flowing(&'t Flowing<'t>),
}

/// A text that is read and decoded while it is looked at. Where that fails, it ends, and its content says why.
#[derive(Debug)]
pub struct Flowing<'c> {
    pub(super) content: &'c Content,
    pub(super) transcoder: Option<Transcoder>,
    /// Bytes of the mark that says how the others are encoded.
    pub(super) mark: usize,
    /// What the bytes are taken for.
    pub(super) taken_for: Taken,
}

impl<'t> Text<'t> {
    /// Pieces of about so many bytes; longer where no line ends.
    pub fn pieces(self, size: usize) -> Pieces<'t> {
        let from = match self {
            Self::Held(text) => From::Held(text.as_bytes()),
            Self::Flowing(text) => From::Flow(Box::new(text.flow())),
        };
        Pieces { from, size: size.max(1), start: 0, is_over: false }
    }

    /// A beginning, long enough to see what separates its cells.
    pub(super) fn head(self) -> Cow<'t, str> {
        match self {
            Self::Held(text) => Cow::Borrowed(text),
            Self::Flowing(_) => self.pieces(HEAD).next().map_or(Cow::Borrowed(""), |piece| match piece.bytes {
                Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
                Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()),
            }),
        }
    }
}

/// Bytes of a text that are looked at for what separates its cells.
const HEAD: usize = 1 << 18;

impl Flowing<'_> {
    /// All of it in one piece.
    pub(super) fn whole(&self) -> Result<String, Unreadable> {
        let mut text = Vec::new();
        self.pieces().for_each(|piece| text.extend_from_slice(piece.bytes()));
        self.still().map(|()| String::from_utf8(text).unwrap_or_else(|wrong| String::from_utf8_lossy(wrong.as_bytes()).into_owned()))
    }

    /// Goes to its end, for what is wrong with it.
    pub(super) fn to_end(&self) -> Result<(), Unreadable> {
        self.pieces().for_each(drop);
        self.still()
    }

    fn still(&self) -> Result<(), Unreadable> {
        self.content.fault().map_or(Ok(()), |fault| Err(fault.clone()))
    }

    fn pieces(&self) -> Pieces<'_> {
        Text::Flowing(self).pieces(HEAD)
    }

    fn flow(&self) -> Flow<'_> {
        let mut reader = self.content.reader();
        // What turned out to be of another encoding when it was read before does so again.
        let is_unseen = self.content.is_unseen() || self.taken_for == Taken::AsciiSoFar;
        // Where not even the mark can be read, nothing more can.
        let _ = (&mut reader).take(self.mark as u64).read_to_end(&mut Vec::new());
        Flow {
            content: self.content,
            reader,
            transcoder: self.transcoder.as_ref().map(Transcoder::again),
            unseen: is_unseen.then(|| Unseen::new(self.mark, self.taken_for)),
            pending: Vec::new(),
            room: Vec::new(),
            is_over: false,
        }
    }
}

/// A stretch of a text.
#[derive(Debug, Clone)]
pub struct Piece<'t> {
    bytes: Cow<'t, [u8]>,
    /// The byte of the text at which it begins.
    pub(super) start: usize,
    /// True if the text ends with it.
    pub(super) is_last: bool,
}

impl Piece<'_> {
    /// Nothing of a text, and nothing comes after it.
    pub(super) fn none() -> Self {
        Self { bytes: Cow::Borrowed(&[]), start: 0, is_last: true }
    }

    /// The same, its bytes only lent.
    pub(super) fn borrowed(&self) -> Piece<'_> {
        Piece { bytes: Cow::Borrowed(&self.bytes), start: self.start, is_last: self.is_last }
    }

    /// All its bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The byte of the text behind it.
    pub(super) fn end(&self) -> usize {
        self.start + self.bytes.len()
    }

    /// The bytes from one of the text to another; those of them that it holds.
    #[inline]
    pub(super) fn get(&self, range: Range<usize>) -> &[u8] {
        let within = range.start.saturating_sub(self.start)..range.end.saturating_sub(self.start).min(self.bytes.len());
        self.bytes.get(within).unwrap_or_default()
    }

    /// The byte at this place of the text.
    #[inline]
    pub(super) fn at(&self, byte: usize) -> Option<u8> {
        self.bytes.get(byte.checked_sub(self.start)?).copied()
    }

    /// What there is from a byte of the text on, and all of the piece behind it.
    pub(super) fn and(&self, from: usize, next: &Self) -> Self {
        let bytes = [self.get(from..self.end()), &next.bytes].concat();
        Self { bytes: Cow::Owned(bytes), start: from.min(self.end()).max(self.start), is_last: next.is_last }
    }
}

/// The pieces of a text in order.
pub struct Pieces<'t> {
    from: From<'t>,
    size: usize,
    start: usize,
    is_over: bool,
}

enum From<'t> {
    Held(&'t [u8]),
    Flow(Box<Flow<'t>>),
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        if self.is_over {
            return None;
        }
        let (bytes, is_last) = match &mut self.from {
            From::Held(text) => {
                let bytes = cut(text.get(self.start..).unwrap_or_default(), self.size);
                (Cow::Borrowed(bytes), self.start + bytes.len() == text.len())
            }
            From::Flow(flow) => (Cow::Owned(flow.piece(self.size)), flow.is_over && flow.pending.is_empty()),
        };
        let start = self.start;
        (self.start, self.is_over) = (start + bytes.len(), is_last);
        Some(Piece { bytes, start, is_last })
    }
}

impl<'t> Pieces<'t> {
    /// Takes the room of pieces that nobody needs any more.
    pub(super) fn take_back(&mut self, pieces: impl IntoIterator<Item = Piece<'t>>) {
        if let From::Flow(flow) = &mut self.from {
            flow.room.extend(pieces.into_iter().filter_map(|piece| match piece.bytes {
                Cow::Owned(room) => Some(room),
                Cow::Borrowed(_) => None,
            }));
        }
    }
}

/// What there is up to the last line end among so many bytes, or twice as many where there is none, and so on.
fn cut(rest: &[u8], size: usize) -> &[u8] {
    let mut want = size;
    while want < rest.len() {
        let seen = rest.get(..want).unwrap_or(rest);
        if let Some(end) = behind_line_end(seen) {
            return seen.get(..end).unwrap_or(seen);
        }
        want = want.saturating_mul(2);
    }
    rest
}

/// Behind the last line feed; where there is none, behind the last carriage return whose line feed is not still to come.
fn behind_line_end(bytes: &[u8]) -> Option<usize> {
    let last = |wanted: u8, bytes: &[u8]| bytes.iter().rposition(|byte| *byte == wanted).map(|at| at + 1);
    last(b'\n', bytes).or_else(|| last(b'\r', bytes.get(..bytes.len().saturating_sub(1))?))
}

/// A text on its way.
struct Flow<'c> {
    content: &'c Content,
    reader: Box<dyn Bytes + 'c>,
    /// What makes UTF-8 of it, if it is anything else.
    transcoder: Option<Transcoder>,
    /// What looks at what nobody looked at before.
    unseen: Option<Unseen>,
    /// What was read and not handed over.
    pending: Vec<u8>,
    /// Room of pieces that nobody needs any more.
    room: Vec<Vec<u8>>,
    /// True once there is nothing more to read.
    is_over: bool,
}

impl Flow<'_> {
    fn piece(&mut self, size: usize) -> Vec<u8> {
        let mut want = size;
        loop {
            while self.pending.len() < want && !self.is_over {
                if let Err(fault) = self.read() {
                    self.content.fail(fault);
                    self.is_over = true;
                    self.pending.clear();
                }
            }
            if self.pending.len() < want {
                return std::mem::take(&mut self.pending);
            }
            if let Some(end) = behind_line_end(&self.pending) {
                // What is left of a line stands before the next bytes.
                let mut rest = self.room.pop().unwrap_or_else(|| Vec::with_capacity(size + size / 8));
                rest.clear();
                rest.extend_from_slice(self.pending.get(end..).unwrap_or_default());
                self.pending.truncate(end);
                return std::mem::replace(&mut self.pending, rest);
            }
            want = want.saturating_mul(2);
        }
    }

    fn read(&mut self) -> Result<(), Unreadable> {
        let Some(transcoder) = &mut self.transcoder else {
            let from = self.pending.len();
            self.is_over = self.reader.add_to(&mut self.pending).map_err(|_| self.content.faulted())? == 0;
            return self.look(from);
        };
        let bytes = self.reader.fill_buf().map_err(|_| self.content.faulted())?;
        self.is_over = bytes.is_empty();
        self.unseen.as_mut().map_or(Ok(None), |unseen| unseen.pass(bytes, self.content))?;
        transcoder.pass(bytes, self.is_over, &mut self.pending)?;
        let read = bytes.len();
        self.reader.consume(read);
        Ok(())
    }

    /// Looks at what was taken over as it is, which may turn out to be of another encoding.
    fn look(&mut self, from: usize) -> Result<(), Unreadable> {
        let Some(unseen) = &mut self.unseen else { return Ok(()) };
        if let Some(mut transcoder) = unseen.pass(self.pending.get(from..).unwrap_or_default(), self.content)? {
            let bytes = self.pending.split_off(from);
            transcoder.pass(&bytes, false, &mut self.pending)?;
            (self.transcoder, self.unseen) = (Some(transcoder), None);
        }
        Ok(())
    }
}
