//! How bytes look, found out in one pass over them: whether they are UTF-8, hold NUL, have line ends.

use memchr::memchr;

/// Bytes at the beginning that tell what kind of file it is.
const HEAD: usize = 4096;

/// A stretch of bytes in which every table has a line end.
const LONG_LINE: usize = 8 << 20;

/// How bytes look.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// How many there are.
    pub(super) len: usize,
    /// The first ones.
    pub(super) head: Vec<u8>,
    /// The last four.
    pub(super) tail: Vec<u8>,
    /// Offset of the first one that is no UTF-8; `None` where all are.
    pub(super) wrong: Option<usize>,
    /// True if one is beyond ASCII.
    pub(super) is_beyond_ascii: bool,
    /// True if one is NUL.
    pub(super) has_nul: bool,
    /// True if a stretch of them has no line end: a row of it would be held in one piece, several times over. In every
    /// stretch the first line end is near, so that the rest is not looked at.
    pub(super) is_endless: bool,
    /// The beginning of a character whose end was not seen yet.
    broken: Vec<u8>,
    /// Number of the last stretch that has a line end.
    ended: Option<usize>,
}

impl Looks {
    /// Passes over the bytes that come next.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        self.head.extend(bytes.iter().take(HEAD - self.head.len()));
        self.has_nul = self.has_nul || memchr(0, bytes).is_some();
        self.look_for_line_ends(bytes);
        self.validate(bytes);
        self.tail.extend_from_slice(bytes.get(bytes.len().saturating_sub(4)..).unwrap_or_default());
        self.tail.drain(..self.tail.len().saturating_sub(4));
        self.len += bytes.len();
    }

    /// Nothing more comes.
    pub(super) fn end(&mut self) {
        if !self.broken.is_empty() {
            self.wrong.get_or_insert(self.len - self.broken.len());
        }
    }

    fn look_for_line_ends(&mut self, mut bytes: &[u8]) {
        let mut at = self.len;
        while !bytes.is_empty() {
            let (here, rest) = bytes.split_at(bytes.len().min(LONG_LINE - at % LONG_LINE));
            let stretch = Some(at / LONG_LINE);
            if self.ended != stretch && here.iter().any(|byte| matches!(byte, b'\n' | b'\r')) {
                self.ended = stretch;
            }
            at += here.len();
            self.is_endless |= at.is_multiple_of(LONG_LINE) && self.ended != stretch;
            bytes = rest;
        }
    }

    fn validate(&mut self, bytes: &[u8]) {
        if self.wrong.is_some() || self.broken.is_empty() && bytes.is_ascii() {
            return;
        }
        self.is_beyond_ascii = true;
        let mut at = 0;
        while let (false, Some(byte)) = (self.broken.is_empty(), bytes.get(at)) {
            self.broken.push(*byte);
            at += 1;
            match std::str::from_utf8(&self.broken) {
                Ok(_) => self.broken.clear(),
                Err(error) if error.error_len().is_some() => {
                    self.wrong = Some(self.len + at - self.broken.len());
                    return self.broken.clear();
                }
                Err(_) => {}
            }
        }
        let rest = bytes.get(at..).unwrap_or_default();
        if let Err(error) = std::str::from_utf8(rest) {
            if error.error_len().is_some() {
                self.wrong = Some(self.len + at + error.valid_up_to());
            } else {
                self.broken = rest.get(error.valid_up_to()..).unwrap_or_default().to_vec();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_pieces<'b>(pieces: impl IntoIterator<Item = &'b [u8]>) -> Looks {
        let mut looks = Looks::default();
        pieces.into_iter().for_each(|piece| looks.pass(piece));
        looks.end();
        looks
    }

    /// Wherever the bytes are divided, the first wrong one is where the standard library finds it.
    #[test]
    fn the_first_wrong_byte_is_found_however_the_bytes_are_divided() {
        let texts: [&[u8]; 8] = [
            "机构,1\n㐱\u{10ffff}".as_bytes(),
            b"ab\xe6\x9c",
            b"ab\xe6\x9cx",
            b"\xf0\x9f\x98",
            b"\xed\xa0\x80",
            b"a\xff\xfe",
            b"\xbb\xfa\xb9\xb9,1\n",
            b"",
        ];
        for bytes in texts {
            let expected = std::str::from_utf8(bytes).err().map(|error| error.valid_up_to());
            for size in 1..=bytes.len().max(1) {
                let looks = in_pieces(bytes.chunks(size));
                assert_eq!((looks.wrong, looks.len), (expected, bytes.len()), "{bytes:?} by {size}");
                assert_eq!(looks.is_beyond_ascii, !bytes.is_ascii(), "{bytes:?} by {size}");
            }
        }
    }

    #[test]
    fn beginning_and_end_are_kept() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|number| b'a' + u8::try_from(number % 26).unwrap_or(0)).collect();
        let looks = in_pieces(bytes.chunks(7));
        assert_eq!((&looks.head[..], &looks.tail[..]), (&bytes[..HEAD], &bytes[9_996..]));
        assert!(!looks.has_nul);
        let looks = in_pieces([&b"a"[..], b"\0"]);
        assert!(looks.has_nul);
    }

    #[test]
    fn a_stretch_without_a_line_end_is_told() {
        let line = |length: usize| [vec![b'a'; length - 1], vec![b'\n']].concat();
        assert!(!in_pieces([&line(LONG_LINE)[..], &line(LONG_LINE)]).is_endless);
        assert!(in_pieces([&line(1)[..], &line(2 * LONG_LINE)]).is_endless);
        assert!(!in_pieces([&vec![b'a'; LONG_LINE - 1][..]]).is_endless);
    }
}
