//! Where the characters stand that divide a text: separators, line ends and quotation marks, found in blocks of bytes that
//! are looked at together.

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Looks for marks. The block at hand is remembered: the next line mostly begins in it.
#[derive(Debug)]
pub(super) struct Marks {
    separator: u8,
    /// Where the block at hand begins, and a bit for each of its marks.
    known: Option<(usize, u64)>,
}

impl Marks {
    pub(super) fn new(separator: u8) -> Self {
        Self { separator, known: None }
    }

    /// Other bytes are looked at from now on.
    pub(super) fn forget(&mut self) {
        self.known = None;
    }

    /// The marks of these bytes from a place on: always the same bytes, until they are forgotten.
    #[inline]
    pub(super) fn of<'m>(&'m mut self, bytes: &'m [u8], from: usize) -> impl Iterator<Item = usize> + use<'m> {
        let mut block = from - from % BLOCK;
        let mut bits = self.bits(bytes, block) & (u64::MAX << (from % BLOCK));
        std::iter::from_fn(move || {
            while bits == 0 {
                block += BLOCK;
                if block >= bytes.len() {
                    return None;
                }
                bits = self.bits(bytes, block);
            }
            let at = block + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(at)
        })
    }

    #[inline]
    fn bits(&mut self, bytes: &[u8], block: usize) -> u64 {
        match self.known {
            Some((at, bits)) if at == block => bits,
            _ => {
                let bits = self.look_at(bytes.get(block..).unwrap_or_default());
                self.known = Some((block, bits));
                bits
            }
        }
    }

    fn look_at(&self, bytes: &[u8]) -> u64 {
        if let Some(block) = bytes.first_chunk() {
            return find(block, self.separator);
        }
        let mut last = [0; BLOCK];
        last.iter_mut().zip(bytes).for_each(|(room, byte)| *room = *byte);
        // A separator is never NUL, so that what is behind the end holds no mark.
        find(&last, self.separator)
    }
}

/// A bit for each byte that is a mark, the lowest for the first. Written so that whole registers of bytes are compared.
fn find(block: &[u8; BLOCK], separator: u8) -> u64 {
    let is_mark =
        block.map(|byte| u8::from(byte == separator) | u8::from(byte == b'\n') | u8::from(byte == b'\r') | u8::from(byte == b'"'));
    let (eights, _) = is_mark.as_chunks::<8>();
    // The product moves the lowest bit of byte n to bit 56 + n.
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | gathered(eight))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every mark is found once and in order, from wherever the search begins, also where blocks were looked at before.
        #[test]
        fn marks_are_those_that_a_walk_over_the_bytes_finds(
            bytes in prop::collection::vec(prop_oneof![4 => any::<u8>(), 1 => prop::sample::select(&b",;\t\n\r\""[..])], 0..400),
            separator in prop::sample::select(&b",;\t"[..]),
            starts in prop::collection::vec(0_usize..400, 1..6),
        ) {
            let mut marks = Marks::new(separator);
            for start in starts {
                let start = start.min(bytes.len());
                let is_mark = |at: &usize| bytes[*at] == separator || b"\n\r\"".contains(&bytes[*at]);
                let expected: Vec<usize> = (start..bytes.len()).filter(is_mark).collect();
                prop_assert_eq!(marks.of(&bytes, start).collect::<Vec<_>>(), expected);
            }
        }
    }
}
