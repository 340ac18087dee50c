//! The tags of an XML part, as its bytes go by. What is no tag is not looked at, only measured.

use super::MOST_TEXT;
use super::nesting::Nesting;
use crate::intake::unreadable::{Excess, Unreadable};

/// Where the scanner is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    /// Between tags.
    #[default]
    Text,
    /// In a tag.
    Tag,
    /// In a value of a tag, up to this quotation mark.
    Value(u8),
    /// In a comment, a declaration or the like, up to this end.
    Aside(&'static [u8]),
}

/// Collects tags, without `<` and `>`.
#[derive(Debug, Default)]
pub(super) struct Tags {
    state: State,
    /// The tag so far, or the last bytes of an aside.
    held: Vec<u8>,
    /// Bytes since the last tag ended.
    text: usize,
    nesting: Nesting,
}

type Seen<'s> = &'s mut dyn FnMut(&[u8]) -> Result<(), Unreadable>;

impl Tags {
    /// Takes the next bytes and hands over every tag that ends in them. Text and tags longer than any cell are
    /// refused, since they are held in one piece.
    pub(super) fn take(&mut self, mut bytes: &[u8], seen: Seen) -> Result<(), Unreadable> {
        while !bytes.is_empty() {
            bytes = match self.state {
                State::Text => self.text(bytes),
                State::Tag => self.tag(bytes, seen)?,
                State::Value(mark) => self.value(bytes, mark),
                State::Aside(end) => self.aside(bytes, end),
            };
            if self.text.max(self.held.len()) > MOST_TEXT {
                return Err(Unreadable::TooLarge(Excess::Cell));
            }
        }
        Ok(())
    }

    /// Refuses a part that ends inside a tag, or before all of them are closed: a reader that waits for the end
    /// of a table would wait for ever.
    pub(super) fn finish(&self) -> Result<(), Unreadable> {
        if self.state == State::Text { self.nesting.finish() } else { Err(super::nesting::broken()) }
    }

    fn text<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let Some(at) = bytes.iter().position(|byte| *byte == b'<') else {
            self.text += bytes.len();
            return &[];
        };
        self.text += at;
        if self.text <= MOST_TEXT {
            self.text = 0;
        }
        self.state = State::Tag;
        self.held.clear();
        bytes.get(at + 1..).unwrap_or_default()
    }

    fn tag<'b>(&mut self, bytes: &'b [u8], seen: Seen) -> Result<&'b [u8], Unreadable> {
        if self.held.is_empty()
            && let Some((tag, rest)) = whole(bytes)
        {
            self.state = State::Text;
            self.nesting.take(tag)?;
            seen(tag)?;
            return Ok(rest);
        }
        for (at, byte) in bytes.iter().enumerate() {
            let rest = bytes.get(at + 1..).unwrap_or_default();
            match byte {
                b'>' => {
                    self.state = State::Text;
                    self.nesting.take(&self.held)?;
                    seen(&self.held)?;
                    self.held.clear();
                    return Ok(rest);
                }
                b'"' | b'\'' => {
                    self.held.push(*byte);
                    self.state = State::Value(*byte);
                    return Ok(rest);
                }
                _ => self.held.push(*byte),
            }
            let end: &[u8] = match self.held.as_slice() {
                b"!--" => b"-->",
                b"![CDATA[" => b"]]>",
                b"?" => b"?>",
                _ => continue,
            };
            self.held.clear();
            self.state = State::Aside(end);
            return Ok(rest);
        }
        Ok(&[])
    }

    fn value<'b>(&mut self, bytes: &'b [u8], mark: u8) -> &'b [u8] {
        let at = bytes.iter().position(|byte| *byte == mark);
        let (value, rest) = bytes.split_at(at.map_or(bytes.len(), |at| at + 1));
        self.held.extend_from_slice(value);
        if at.is_some() {
            self.state = State::Tag;
        }
        rest
    }

    fn aside<'b>(&mut self, bytes: &'b [u8], end: &[u8]) -> &'b [u8] {
        for (at, byte) in bytes.iter().enumerate() {
            self.text += 1;
            self.held.push(*byte);
            if self.held.ends_with(end) {
                self.held.clear();
                self.text = 0;
                self.state = State::Text;
                return bytes.get(at + 1..).unwrap_or_default();
            }
            if self.held.len() > 64 {
                self.held.drain(..self.held.len() - end.len());
            }
        }
        &[]
    }
}

/// A tag that lies in these bytes from its first to its last, as nearly all do, and what follows it.
fn whole(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    if matches!(bytes, [b'!' | b'?', ..]) {
        return None;
    }
    let mut quoted = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (byte, quoted) {
            (b'>', None) => return Some((bytes.get(..at)?, bytes.get(at + 1..)?)),
            (b'"' | b'\'', None) => quoted = Some(*byte),
            (byte, Some(mark)) if *byte == mark => quoted = None,
            _ => {}
        }
    }
    None
}

/// The name of a tag without its prefix: `sst` for `x:sst count="3"`, and for `/x:sst`.
pub(in crate::intake::workbook) fn name(tag: &[u8]) -> &[u8] {
    let tag = tag.strip_prefix(b"/").unwrap_or(tag);
    let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/').unwrap_or(tag.len());
    let name = tag.get(..end).unwrap_or_default();
    name.iter().rposition(|byte| *byte == b':').and_then(|at| name.get(at + 1..)).unwrap_or(name)
}

/// The number in the attribute of this name, whatever its prefix; the largest there is for more digits.
pub(super) fn number(tag: &[u8], attribute: &[u8]) -> Option<u64> {
    let at = tag.windows(attribute.len()).position(|window| window == attribute)?;
    let rest = tag.get(at + attribute.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let digits = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'"))?.trim_ascii_start();
    let digits = digits.strip_prefix(b"+").unwrap_or(digits);
    let step = |number: u64, byte: &u8| number.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
    Some(digits.iter().take_while(|byte| byte.is_ascii_digit()).fold(0, step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(chunks: &[&str]) -> Vec<String> {
        let mut found = Vec::new();
        let mut tags = Tags::default();
        for chunk in chunks {
            let mut seen = |tag: &[u8]| {
                found.push(String::from_utf8_lossy(tag).into_owned());
                Ok(())
            };
            assert_eq!(tags.take(chunk.as_bytes(), &mut seen), Ok(()));
        }
        assert_eq!(tags.finish(), Ok(()));
        found
    }

    #[test]
    fn tags_are_found_wherever_the_bytes_are_cut() {
        let xml = "<?xml v='>'?><a b=\"1>2\" c='\"'>text<!-- <no> -- --><![CDATA[<no>]]]></a><d/>";
        let expected = ["a b=\"1>2\" c='\"'", "/a", "d/"];
        assert_eq!(tags(&[xml]), expected);
        for at in 1..xml.len() {
            assert_eq!(tags(&[&xml[..at], &xml[at..]]), expected, "cut at {at}");
        }
    }

    #[test]
    fn names_and_numbers_are_read_past_prefixes_and_quotes() {
        assert_eq!((name(b"x:sst count='3'"), name(b"d/"), name(b"/a")), (&b"sst"[..], &b"d"[..], &b"a"[..]));
        assert_eq!(number(b"sst uniqueCount = ' 12'", b"uniqueCount"), Some(12));
        assert_eq!(number(b"sst uniqueCount=\"99999999999999999999999\"", b"uniqueCount"), Some(u64::MAX));
        assert_eq!(number(b"sst count=\"3\"", b"uniqueCount"), None);
    }

    #[test]
    fn a_text_a_tag_or_a_remark_of_megabytes_is_refused() {
        for start in ["", "<a b=\"", "<a ", "<!--", "text"] {
            let mut tags = Tags::default();
            let mut taken = tags.take(start.as_bytes(), &mut |_| Ok(()));
            for _ in 0..20 {
                taken = taken.and_then(|()| tags.take(&vec![b'x'; 64 << 10], &mut |_| Ok(())));
            }
            assert_eq!(taken, Err(Unreadable::TooLarge(Excess::Cell)), "{start}");
        }
    }
}
