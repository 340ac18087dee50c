//! Files packed with gzip or Zstandard: unpacked before anybody looks at them, told by their bytes and not by their names.

use std::io::Read;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::intake::unreadable::{Excess, Unreadable};

/// First bytes of a gzip file with deflated content, the only kind there is.
const GZIP: &[u8] = &[0x1f, 0x8b, 0x08];
/// First bytes of a Zstandard frame.
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Unpacked bytes at most for each packed one, beyond the first stretch: more is made to fill a memory, not to hold figures.
const MOST_TIMES: usize = 200;
const FIRST: usize = 1 << 30;
/// Bytes unpacked in one go.
const STRETCH: usize = 1 << 20;

/// The bytes behind packed ones; `None` where they are not packed.
///
/// # Errors
/// [`Unreadable::Packed`] for a file that is cut short or damaged, so that a part of it never counts as the whole.
pub fn unpacked(bytes: &[u8]) -> Result<Option<Vec<u8>>, Unreadable> {
    let most = FIRST.saturating_add(bytes.len().saturating_mul(MOST_TIMES));
    let mut out = Vec::new();
    let is_whole = if bytes.starts_with(GZIP) {
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        MultiGzDecoder::new(bytes).take(limit).read_to_end(&mut out).is_ok()
    } else if bytes.starts_with(ZSTD) {
        frames(bytes, most, &mut out).is_ok()
    } else {
        return Ok(None);
    };
    if !is_whole {
        return Err(Unreadable::Packed);
    }
    if out.len() > most { Err(Unreadable::TooLarge(Excess::Packed)) } else { Ok(Some(out)) }
}

/// A Zstandard file is one frame or several, one behind the other, some of which hold nothing that is meant for readers.
fn frames(mut bytes: &[u8], most: usize, out: &mut Vec<u8>) -> Result<(), FrameDecoderError> {
    let mut decoder = FrameDecoder::new();
    while !bytes.is_empty() && out.len() <= most {
        match decoder.init(&mut bytes) {
            Ok(()) => {}
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                bytes = bytes.get(length..).ok_or(FrameDecoderError::FailedToSkipFrame)?;
                continue;
            }
            Err(error) => return Err(error),
        }
        while !decoder.is_finished() && out.len() <= most {
            decoder.decode_blocks(&mut bytes, BlockDecodingStrategy::UptoBytes(STRETCH))?;
            out.extend(decoder.collect().unwrap_or_default());
        }
        let written = decoder.get_checksum_from_data();
        if written.is_some() && written != decoder.get_calculated_checksum() {
            return Err(FrameDecoderError::FailedToSkipFrame);
        }
    }
    Ok(())
}

/// The name without the ending that says how a file is packed: what it holds is told by what is left.
pub fn inner_name(path: &str) -> &str {
    let ending = |ending: &str| path.len().checked_sub(ending.len()).and_then(|at| path.split_at_checked(at));
    let endings = [".gz", ".zst"].into_iter().filter_map(|known| Some((ending(known)?, known)));
    let mut without = endings.filter(|((_, end), known)| end.eq_ignore_ascii_case(known)).map(|((name, _), _)| name);
    without.next().unwrap_or(path)
}
