//! Files packed with gzip or Zstandard: unpacked while they are read, told by their bytes and not by their names.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// gzip: one member or several, one behind the other.
    Gzip,
    /// Zstandard: one frame or several.
    Zstd,
}

/// First bytes of a gzip file with deflated content, the only kind there is.
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
/// First bytes of a Zstandard frame.
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Bytes unpacked in one go.
const STRETCH: usize = 1 << 17;

impl Packing {
    /// How bytes that begin so are packed; `None` where they are not.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        [(GZIP, Self::Gzip), (ZSTD, Self::Zstd)].into_iter().find(|(mark, _)| head.starts_with(mark)).map(|(_, packing)| packing)
    }

    /// What the packed bytes hold. A file that is cut short or damaged ends in an error, so that a part of it never
    /// counts as the whole.
    pub(super) fn unpacked<'r>(self, packed: impl BufRead + Send + 'r) -> Box<dyn BufRead + Send + 'r> {
        match self {
            Self::Gzip => Box::new(BufReader::with_capacity(STRETCH, MultiGzDecoder::new(packed))),
            Self::Zstd => Box::new(BufReader::with_capacity(STRETCH, Frames { packed, decoder: FrameDecoder::new(), is_inside: false })),
        }
    }
}

/// Zstandard frames, one behind the other, some of which hold nothing that is meant for readers.
struct Frames<R> {
    packed: R,
    decoder: FrameDecoder,
    /// True while a frame is being read.
    is_inside: bool,
}

impl<R: BufRead> Frames<R> {
    /// Goes to the next frame that holds something; false where there is none.
    fn enter(&mut self) -> io::Result<bool> {
        while !self.packed.fill_buf()?.is_empty() {
            match self.decoder.init(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    if io::copy(&mut self.packed.by_ref().take(length), &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }

    fn leave(&mut self) -> io::Result<()> {
        let written = self.decoder.get_checksum_from_data();
        if written.is_some() && written != self.decoder.get_calculated_checksum() {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.is_inside = false;
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_inside {
                self.is_inside = self.enter()?;
                if !self.is_inside {
                    return Ok(0);
                }
            }
            let read = self.decoder.read(out)?;
            if read > 0 || out.is_empty() {
                return Ok(read);
            }
            if self.decoder.is_finished() {
                self.leave()?;
            } else {
                self.decoder.decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBytes(STRETCH)).map_err(io::Error::other)?;
            }
        }
    }
}

/// The name without the ending that says how a file is packed: what it holds is told by what is left.
pub fn inner_name(path: &str) -> &str {
    let ending = |ending: &str| path.len().checked_sub(ending.len()).and_then(|at| path.split_at_checked(at));
    let endings = [".gz", ".zst"].into_iter().filter_map(|known| Some((ending(known)?, known)));
    let mut without = endings.filter(|((_, end), known)| end.eq_ignore_ascii_case(known)).map(|((name, _), _)| name);
    without.next().unwrap_or(path)
}
