//! Where the characters stand that divide a text: separators, line ends and quotation marks, found in blocks of bytes that
//! are looked at together, many blocks at a time.

use super::batch::Within;
use super::cells::short;

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Bytes that are looked at before the marks in them are asked for.
const AHEAD: usize = 1 << 14;

/// How far behind the beginning of its line a mark may stand.
const FARTHEST: usize = 1 << 30;

/// What comes first behind the cells of a line that are told apart by separators alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// A line end or a quotation mark at this byte.
    At(usize),
    /// The end of the bytes.
    End,
    /// Nothing that was looked at, and no more is.
    Far,
}

/// Looks for the marks of lines, one line after another: always in the same bytes, until they are forgotten.
#[derive(Debug)]
pub(super) struct Marks {
    separator: u8,
    /// The byte from which places are counted, and the first one that was not looked at.
    base: usize,
    seen: usize,
    /// Places of marks in order, with room behind them, and which of them end more than a cell; those before one are of lines
    /// before the one at hand.
    found: Vec<u32>,
    count: usize,
    stops: Vec<u32>,
    stop: usize,
    /// How many of them stand before the line at hand and behind its stop, and the place where it begins.
    before: usize,
    behind: usize,
    begin: u32,
}

impl Marks {
    pub(super) fn new(separator: u8) -> Self {
        Self { separator, base: 0, seen: 0, found: Vec::new(), count: 0, stops: Vec::new(), stop: 0, before: 0, behind: 0, begin: 0 }
    }

    /// Other bytes are looked at from now on.
    pub(super) fn forget(&mut self) {
        self.begin_at(0);
    }

    fn begin_at(&mut self, byte: usize) {
        self.count = 0;
        self.stops.clear();
        self.stop = 0;
        (self.base, self.seen, self.before, self.behind, self.begin) = (byte, byte, 0, 0, 0);
    }

    /// Goes to the line that begins at a byte: what stops it.
    #[inline]
    pub(super) fn line(&mut self, bytes: &[u8], from: usize) -> Stop {
        self.go_to(from);
        loop {
            if let Some(stop) = self.first_stop() {
                return stop;
            }
            if self.seen >= bytes.len() {
                self.behind = self.count;
                return Stop::End;
            }
            if self.seen - from > FARTHEST {
                return Stop::Far;
            }
            self.look_ahead(bytes, from);
        }
    }

    /// The same, if it is known without looking at more: until then all marks stay where they are.
    #[inline]
    pub(super) fn known_line(&mut self, from: usize) -> Stop {
        if from > self.seen {
            return Stop::Far;
        }
        self.go_to(from);
        self.first_stop().unwrap_or(Stop::Far)
    }

    /// The first stop of the line at hand.
    #[inline]
    fn first_stop(&mut self) -> Option<Stop> {
        while self.stops.get(self.stop).is_some_and(|stop| (*stop as usize) < self.before) {
            self.stop += 1;
        }
        let stop = *self.stops.get(self.stop)? as usize;
        self.behind = stop + 1;
        Some(Stop::At(self.base + *self.known().get(stop)? as usize))
    }

    /// The end of the bytes is the end of the line at hand, too.
    pub(super) fn end(&mut self) {
        self.found.truncate(self.count);
        self.found.push(short(self.seen - self.base));
        self.count = self.found.len();
        self.behind = self.count;
    }

    /// The marks of the line at hand, its stop the last of them, and the place from which it begins: places are counted from the
    /// same byte.
    #[inline]
    pub(super) fn of_line(&self) -> (&[u32], u32) {
        (self.found.get(self.before..self.behind).unwrap_or_default(), self.begin)
    }

    /// Where the line at hand stands among all that are known.
    #[inline]
    pub(super) fn within(&self) -> Within {
        Within { begin: self.begin, first: short(self.before), cells: short(self.behind - self.before) }
    }

    /// All marks that are known.
    #[inline]
    fn known(&self) -> &[u32] {
        self.found.get(..self.count).unwrap_or_default()
    }

    /// All marks that are known, and the bytes from which their places are counted.
    pub(super) fn all_of<'m>(&'m self, bytes: &'m [u8]) -> (&'m [u8], &'m [u32]) {
        (bytes.get(self.base..).unwrap_or_default(), self.known())
    }

    #[inline]
    fn go_to(&mut self, from: usize) {
        if from < self.base || from > self.seen {
            self.begin_at(from);
        }
        self.begin = short(from - self.base);
        // Lines mostly follow each other.
        self.before = self.behind;
        let mut before = self.before;
        let known = self.known();
        if before.checked_sub(1).and_then(|last| known.get(last)).is_some_and(|mark| *mark >= self.begin) {
            before = known.partition_point(|mark| *mark < self.begin);
            self.stop = self.stops.partition_point(|stop| (*stop as usize) < before);
        }
        while self.known().get(before).is_some_and(|mark| *mark < self.begin) {
            before += 1;
        }
        self.before = before;
        self.behind = self.before;
    }

    /// Looks at the next bytes; marks before the line at hand are forgotten.
    fn look_ahead(&mut self, bytes: &[u8], from: usize) {
        if self.begin > 0 {
            self.found.copy_within(self.before..self.count, 0);
            self.count -= self.before;
            self.found.iter_mut().take(self.count).for_each(|mark| *mark -= self.begin);
            self.stops.drain(..self.stop);
            let gone = short(self.before);
            self.stops.iter_mut().for_each(|stop| *stop -= gone);
            self.stop = 0;
            (self.base, self.before, self.begin) = (from, 0, 0);
        }
        let end = self.seen + AHEAD;
        while self.seen < end {
            let Some(rest) = bytes.get(self.seen..).filter(|rest| !rest.is_empty()) else { break };
            let mut last = [0; BLOCK];
            let block = rest.first_chunk().unwrap_or_else(|| {
                // A separator is never NUL, so that what is behind the end holds no mark.
                last.iter_mut().zip(rest).for_each(|(room, byte)| *room = *byte);
                &last
            });
            if self.found.len() < self.count + BLOCK {
                self.found.resize(self.count + AHEAD, 0);
            }
            let room = &mut self.found[self.count..self.count + BLOCK];
            let (begin, mut count) = (short(self.seen - self.base), 0);
            for at in each_bit(marks(block, self.separator)) {
                room[count % BLOCK] = begin + at;
                if block[at as usize % BLOCK] != self.separator {
                    self.stops.push(short(self.count + count));
                }
                count += 1;
            }
            self.count += count;
            self.seen += rest.len().min(BLOCK);
        }
    }
}

/// A bit for each byte that is a mark, the lowest for the first. Written so that whole registers of bytes are compared.
fn marks(block: &[u8; BLOCK], separator: u8) -> u64 {
    let is_mark = |byte| u8::from(byte == separator) | u8::from(byte == b'\n') | u8::from(byte == b'\r') | u8::from(byte == b'"');
    let are_marks = block.map(is_mark);
    let (eights, _) = are_marks.as_chunks::<8>();
    // The product moves the lowest bit of byte n to bit 56 + n.
    let gathered = |eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | gathered(eight))
}

/// The places of bits that are set, the lowest first.
#[inline]
fn each_bit(mut bits: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros();
        (bits != 0).then(|| {
            bits &= bits - 1;
            at
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Where the separators of the line stand that begins at a byte, and what stops it, byte by byte.
    fn walked(bytes: &[u8], separator: u8, from: usize) -> (Vec<usize>, Stop) {
        let mut separators = Vec::new();
        for (at, byte) in bytes.iter().enumerate().skip(from) {
            match byte {
                byte if *byte == separator => separators.push(at),
                b'\n' | b'\r' | b'"' => return (separators, Stop::At(at)),
                _ => {}
            }
        }
        (separators, Stop::End)
    }

    fn found(marks: &mut Marks, bytes: &[u8], from: usize) -> (Vec<usize>, Stop) {
        let stop = marks.line(bytes, from);
        let (of_line, begin) = marks.of_line();
        let mut all: Vec<usize> = of_line.iter().map(|mark| from + (*mark - begin) as usize).collect();
        if let Stop::At(at) = stop {
            assert_eq!(all.pop(), Some(at));
        }
        (all, stop)
    }

    proptest! {
        /// The marks of every line are found, whether lines follow each other, are left out or come again, and whatever was
        /// looked at before.
        #[test]
        fn marks_are_those_that_a_walk_over_the_bytes_finds(
            runs in prop::collection::vec(prop_oneof![(any::<u8>(), 1_usize..300), (prop::sample::select(&b",;\t\n\r\""[..]), 1..3_usize)], 0..300),
            separator in prop::sample::select(&b",;\t"[..]),
            jumps in prop::collection::vec(prop_oneof![9 => Just(None), 1 => (0_usize..40_000).prop_map(Some)], 1..200),
        ) {
            let bytes: Vec<u8> = runs.into_iter().flat_map(|(byte, times)| std::iter::repeat_n(byte, times)).collect();
            let (mut marks, mut start) = (Marks::new(separator), 0);
            for jump in jumps {
                start = jump.unwrap_or(start).min(bytes.len());
                let expected = walked(&bytes, separator, start);
                prop_assert_eq!(found(&mut marks, &bytes, start), expected.clone());
                prop_assert_eq!(found(&mut marks, &bytes, start), expected.clone());
                start = if let Stop::At(at) = expected.1 { at + 1 } else { 0 };
            }
        }
    }

    /// A line that is longer than what is looked at in one go, and the end of the bytes as the end of its last line.
    #[test]
    fn a_long_line_is_one() {
        let text = [&b"a,".repeat(AHEAD)[..], b"b\nc,d"].concat();
        let mut marks = Marks::new(b',');
        assert_eq!(marks.line(&text, 0), Stop::At(2 * AHEAD + 1));
        assert_eq!(marks.of_line().0.len(), AHEAD + 1);
        assert_eq!(marks.line(&text, 2 * AHEAD + 2), Stop::End);
        assert_eq!(marks.of_line().0.len(), 1);
        marks.end();
        let (of_line, begin) = marks.of_line();
        assert_eq!(of_line.iter().map(|mark| *mark - begin).collect::<Vec<_>>(), [1, 3]);
        marks.forget();
        assert_eq!(found(&mut marks, b"\"", 0), (Vec::new(), Stop::At(0)));
    }
}
