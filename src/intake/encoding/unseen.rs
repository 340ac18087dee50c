//! What is looked at while it is read: the end of a text whose beginning left no doubt.

use super::{Encoding, Found, Signs, Transcoder, found, lines_before, no_utf8};
use crate::intake::content::Content;
use crate::intake::looks::Looks;
use crate::intake::unreadable::{Binary, Excess, Unreadable};

/// Looks at a text while it is read, of which only the beginning was looked at before.
pub(in crate::intake) struct Unseen {
    looks: Looks,
    /// Bytes of the file before those it gets.
    mark: usize,
    /// What they are taken for, and what of them may speak against it.
    taken_for: Taken,
    signs: Signs,
}

/// What the bytes of a text are taken for whose end nobody has seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::intake) enum Taken {
    /// For UTF-8 as long as there is nothing but ASCII.
    AsciiSoFar,
    /// For GB18030, as their beginning is nothing else; they may still turn out to be damaged UTF-8 for the most part.
    MostlyGb18030,
    /// For this encoding.
    For(Found),
}

impl Unseen {
    pub(in crate::intake) fn new(mark: usize, taken_for: Taken) -> Self {
        Self { looks: Looks::default(), mark, taken_for, signs: Signs::default() }
    }

    /// Looks at the bytes that come next; behind the last ones there are none. Where it turns out that from these on they
    /// must be read otherwise, what reads them so.
    pub(in crate::intake) fn pass(&mut self, bytes: &[u8], content: &Content) -> Result<Option<Transcoder>, Unreadable> {
        let Self { looks, mark, taken_for, signs } = self;
        let before = looks.len;
        looks.pass(bytes);
        if bytes.is_empty() {
            looks.end();
        }
        if looks.is_endless {
            return Err(Unreadable::TooLarge(Excess::Line));
        }
        match taken_for {
            Taken::For(Found::Utf16Le | Found::Utf16Be) => Ok(None),
            _ if looks.has_nul => Err(Unreadable::Binary(Binary::Unknown)),
            Taken::For(Found::Gb18030) => Ok(None),
            Taken::MostlyGb18030 => {
                signs.count(bytes);
                let damaged = looks.wrong.filter(|_| bytes.is_empty() && signs.are_of_damaged_utf8());
                damaged.map_or(Ok(None), |byte| Err(no_utf8(content, *mark + byte)))
            }
            Taken::AsciiSoFar if looks.is_beyond_ascii => {
                content.look_at_all()?;
                let found = found(content, Encoding::Auto)?;
                *taken_for = Taken::For(found);
                let is_other = found == Found::Gb18030;
                is_other
                    .then(|| Ok(Transcoder { read: before, lines: lines_before(content, before)?, ..Transcoder::new(found, 0) }))
                    .transpose()
            }
            Taken::AsciiSoFar | Taken::For(Found::Utf8 | Found::Utf8Bom) => {
                looks.wrong.map_or(Ok(None), |byte| Err(no_utf8(content, *mark + byte)))
            }
        }
    }
}
