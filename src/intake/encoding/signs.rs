//! Signs that bytes are, or are not, UTF-8, some of which is damaged.

/// What speaks for UTF-8 in bytes that are not all of it, and what against.
#[derive(Debug, Default)]
pub(in crate::intake) struct Signs {
    /// Characters of three or four bytes.
    wide: usize,
    /// Places where no character is.
    wrong: usize,
}

impl Signs {
    pub(in crate::intake) fn count(&mut self, block: &[u8]) {
        for chunk in beyond_ascii(block).flat_map(<[u8]>::utf8_chunks) {
            // The first bytes of three and four.
            self.wide += chunk.valid().bytes().filter(|byte| *byte >= 0xe0).count();
            self.wrong += usize::from(!chunk.invalid().is_empty());
        }
    }

    /// Chinese text of GB18030 is hardly ever valid UTF-8 for long, so a file with many valid three-byte
    /// characters and few wrong bytes is UTF-8 that was damaged; as GB18030 it would read as other characters.
    pub(in crate::intake) fn are_of_damaged_utf8(&self) -> bool {
        self.wide > 2 * self.wrong
    }

    /// True where so many characters leave no doubt: in GB18030 hardly one of their bytes would be followed by what belongs to it.
    pub(in crate::intake) fn are_of_utf8(&self, characters: usize) -> bool {
        self.wide > characters
    }

    /// True where so many places leave no doubt that it is not even damaged UTF-8.
    pub(in crate::intake) fn are_of_anything_else(&self, places: usize) -> bool {
        self.wrong > places && !self.are_of_damaged_utf8()
    }
}

/// The parts of some bytes in which there is anything but ASCII: most of a large table is figures.
pub(super) fn beyond_ascii(block: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = block;
    std::iter::from_fn(move || {
        let length = |part: &[u8], is_ascii: bool| part.chunks(PART).take_while(|part| part.is_ascii() == is_ascii).map(<[u8]>::len).sum();
        let (_, behind) = rest.split_at(length(rest, true));
        // Characters of several bytes may stand over the ends of parts, but not over those of several parts in a row.
        let (part, behind) = behind.split_at(length(behind, false));
        rest = behind;
        (!part.is_empty()).then_some(part)
    })
}

/// Bytes that are looked at together.
const PART: usize = 1024;
