//! Bytes to text: byte order mark, else UTF-8, else GB18030; nothing is replaced or guessed beyond that.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::intake::content::Content;
use crate::intake::pieces::{Flowing, Text};
use crate::intake::unreadable::{Binary, Excess, Unreadable};

mod signs;
mod unseen;

pub(super) use signs::Signs;
pub(super) use unseen::{Taken, Unseen};

/// The encoding a source declares. A byte order mark in the file outweighs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Byte order mark, else strict UTF-8, else GB18030.
    #[default]
    Auto,
    /// UTF-8 and nothing else.
    Utf8,
    /// UTF-16; without a byte order mark in the order that its ASCII characters show.
    Utf16,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
}

impl Encoding {
    /// The spellings of the assessment file.
    pub const NAMES: &'static [&'static str] = &["auto", "UTF-8", "UTF-16", "GB18030"];

    /// The name as it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Gb18030 => "GB18030",
        }
    }
}

/// The encoding a file turned out to have, for the record of how it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030.
    Gb18030,
}

impl Found {
    /// The name as it is shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 BOM",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Gb18030 => "GB18030",
        }
    }

    fn codec(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 | Self::Utf8Bom => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Gb18030 => GB18030,
        }
    }

    /// Bytes of the mark that files of this encoding may begin with.
    fn mark(self) -> usize {
        match self {
            Self::Utf8Bom => 3,
            Self::Utf16Le | Self::Utf16Be => 2,
            Self::Utf8 | Self::Gb18030 => 0,
        }
    }
}

/// A file as text. UTF-8 bytes in memory are taken over as they are; what is not in memory is decoded while it is read.
#[derive(Debug)]
pub struct Decoded<'c> {
    kept: Kept<'c>,
    /// What the bytes turned out to be.
    pub encoding: Found,
}

#[derive(Debug)]
enum Kept<'c> {
    Held(Cow<'c, str>),
    Flowing(Flowing<'c>),
}

impl Decoded<'_> {
    /// The text, without its byte order mark.
    pub fn text(&self) -> Text<'_> {
        match &self.kept {
            Kept::Held(text) => Text::Held(text),
            Kept::Flowing(text) => Text::Flowing(text),
        }
    }

    /// Goes to the end of the text, for what is wrong with it.
    pub(super) fn to_end(&self) -> Result<(), Unreadable> {
        match &self.kept {
            Kept::Held(_) => Ok(()),
            Kept::Flowing(text) => text.to_end(),
        }
    }

    /// The text in one piece.
    pub fn whole(&self) -> Result<Cow<'_, str>, Unreadable> {
        match &self.kept {
            Kept::Held(text) => Ok(Cow::Borrowed(text)),
            Kept::Flowing(text) => text.whole().map(Cow::Owned),
        }
    }
}

/// What a file holds as text. Undecodable bytes are an error with their place, never a replacement character; where the
/// text is decoded while it is read, it is known at its end, and its content says so.
pub fn decode(content: &Content, declared: Encoding) -> Result<Decoded<'_>, Unreadable> {
    let head = &content.looks().head;
    let encoding = found(content, declared)?;
    let mark = if mark(head) == Some(encoding) { encoding.mark() } else { 0 };
    if content.size() == mark {
        return Err(Unreadable::Empty);
    }
    let (start, _) = encoding.codec().decode_without_bom_handling(head.get(mark..).unwrap_or_default());
    let looks_like = |tag: &str| start.trim_start().get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if ["<html", "<!doctype", "<?xml", "<table"].into_iter().any(looks_like) {
        return Err(Unreadable::Markup);
    }
    let is_utf8 = matches!(encoding, Found::Utf8 | Found::Utf8Bom);
    let transcoder = (!is_utf8).then(|| Transcoder::new(encoding, mark));
    let kept = match (content.in_memory().and_then(|bytes| bytes.get(mark..)), transcoder) {
        (Some(bytes), None) => Kept::Held(String::from_utf8_lossy(bytes)),
        (Some(bytes), Some(mut transcoder)) => {
            let mut text = Vec::new();
            transcoder.pass(bytes, true, &mut text)?;
            Kept::Held(Cow::Owned(String::from_utf8_lossy(&text).into_owned()))
        }
        (None, transcoder) => {
            let taken_for = match (declared, encoding) {
                (Encoding::Auto, Found::Utf8) if content.is_unseen() && !content.looks().is_beyond_ascii => Taken::AsciiSoFar,
                (Encoding::Auto, Found::Gb18030) => Taken::MostlyGb18030,
                _ => Taken::For(encoding),
            };
            Kept::Flowing(Flowing { content, transcoder, mark, taken_for })
        }
    };
    Ok(Decoded { kept, encoding })
}

/// What the bytes are.
fn found(content: &Content, declared: Encoding) -> Result<Found, Unreadable> {
    let looks = content.looks();
    if let Some(kind) = signature(&looks.head, &looks.tail) {
        return Err(Unreadable::Binary(kind));
    }
    if looks.is_endless {
        return Err(Unreadable::TooLarge(Excess::Line));
    }
    match (mark(&looks.head), declared) {
        (Some(Found::Utf8Bom), _) => strict(content, Found::Utf8Bom),
        (Some(utf16), _) => Ok(utf16),
        (None, Encoding::Utf16) => byte_order(content),
        (None, _) if looks.has_nul => Err(Unreadable::Binary(without_mark(content)?)),
        (None, Encoding::Utf8) => strict(content, Found::Utf8),
        (None, Encoding::Auto) if looks.wrong.is_none() || is_damaged_utf8(content)? => strict(content, Found::Utf8),
        (None, Encoding::Auto | Encoding::Gb18030) => Ok(Found::Gb18030),
    }
}

fn strict(content: &Content, encoding: Found) -> Result<Found, Unreadable> {
    content.looks().wrong.map_or(Ok(encoding), |byte| Err(no_utf8(content, byte)))
}

/// The byte of this offset is no UTF-8.
fn no_utf8(content: &Content, byte: usize) -> Unreadable {
    lines_before(content, byte)
        .map_or_else(|fault| fault, |lines| Unreadable::Undecodable { encoding: Encoding::Utf8.name(), byte, line: lines + 1 })
}

/// How many lines end before a byte.
fn lines_before(content: &Content, byte: usize) -> Result<usize, Unreadable> {
    let (mut at, mut lines) = (0, 0);
    content.each_block(|block| {
        lines += block.iter().take(byte.saturating_sub(at)).filter(|byte| **byte == b'\n').count();
        at += block.len();
    })?;
    Ok(lines)
}

fn is_damaged_utf8(content: &Content) -> Result<bool, Unreadable> {
    // Of what nobody has seen to its end, the beginning is none; the rest is counted when it is read.
    if content.is_unseen() {
        return Ok(false);
    }
    let mut signs = Signs::default();
    content.each_block(|block| signs.count(block))?;
    Ok(signs.are_of_damaged_utf8())
}

/// Makes UTF-8 of what is anything else.
#[derive(Debug)]
pub(super) struct Transcoder {
    decoder: Decoder,
    encoding: Found,
    /// Bytes of the file before those it gets, and how many it got.
    mark: usize,
    read: usize,
    /// Lines behind it.
    lines: usize,
}

impl Transcoder {
    fn new(encoding: Found, mark: usize) -> Self {
        Self { decoder: encoding.codec().new_decoder_without_bom_handling(), encoding, mark, read: 0, lines: 0 }
    }

    /// One that begins at the beginning.
    pub(super) fn again(&self) -> Self {
        Self::new(self.encoding, self.mark)
    }

    /// Adds the text of bytes; characters may be divided between these and the next ones.
    pub(super) fn pass(&mut self, mut bytes: &[u8], is_last: bool, text: &mut Vec<u8>) -> Result<(), Unreadable> {
        loop {
            let from = text.len();
            // Two bytes of GB18030 or UTF-16 become three of UTF-8.
            text.resize(from + bytes.len() + bytes.len() / 2 + 16, 0);
            let room = text.get_mut(from..).unwrap_or_default();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(bytes, room, is_last);
            text.truncate(from + written);
            self.read += read;
            bytes = bytes.get(read..).unwrap_or_default();
            self.lines += text.iter().skip(from).filter(|byte| **byte == b'\n').count();
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(wrong, after) => {
                    let byte = self.mark + self.read - usize::from(wrong) - usize::from(after);
                    return Err(Unreadable::Undecodable { encoding: self.encoding.name(), byte, line: self.lines + 1 });
                }
            }
        }
    }
}

fn mark(bytes: &[u8]) -> Option<Found> {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => Some(Found::Utf8Bom),
        [0xff, 0xfe, ..] => Some(Found::Utf16Le),
        [0xfe, 0xff, ..] => Some(Found::Utf16Be),
        _ => None,
    }
}

/// The high byte of an ASCII character is 0: where the zeros stand shows the order.
fn byte_order(content: &Content) -> Result<Found, Unreadable> {
    let (even, odd) = zeros(content)?;
    Ok(if even > odd { Found::Utf16Be } else { Found::Utf16Le })
}

/// What bytes with NUL among them are. UTF-16 has its zeros on one side of each pair only.
fn without_mark(content: &Content) -> Result<Binary, Unreadable> {
    Ok(match zeros(content)? {
        (0, zeros) | (zeros, 0) if zeros >= content.size() / 16 => Binary::Utf16,
        _ => Binary::Unknown,
    })
}

/// NUL bytes at even and at odd offsets.
fn zeros(content: &Content) -> Result<(usize, usize), Unreadable> {
    let (mut zeros, mut at) = ([0, 0], 0);
    content.each_block(|block| {
        for (offset, _) in block.iter().enumerate().filter(|(_, byte)| **byte == 0) {
            zeros[(at + offset) % 2] += 1;
        }
        at += block.len();
    })?;
    Ok((zeros[0], zeros[1]))
}

/// What bytes that are not text are, by how they begin and end.
pub(super) fn signature(head: &[u8], tail: &[u8]) -> Option<Binary> {
    let head = head.get(..head.len().min(4096)).unwrap_or_default();
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    match head {
        [b'P', b'K', 3 | 5, 4 | 6, ..] if holds(b"application/vnd.oasis") => Some(Binary::Ods),
        [b'P', b'K', 3 | 5, 4 | 6, ..] if holds(b"[Content_Types].xml") || holds(b"xl/") => Some(Binary::Xlsx),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Binary::Zip),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Binary::Xls),
        [0x1f, 0x8b, 8, ..] => Some(Binary::Gzip),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Binary::Pdf),
        [b'P', b'A', b'R', b'1', ..] if tail.ends_with(b"PAR1") => Some(Binary::Parquet),
        _ => None,
    }
}

/// The name is no encoding this program reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEncoding;

impl FromStr for Encoding {
    type Err = UnknownEncoding;

    /// Case does not matter; the names Windows uses for parts of GB18030 are taken for it.
    fn from_str(text: &str) -> Result<Self, UnknownEncoding> {
        match text.trim().to_ascii_lowercase().as_str() {
            "auto" => Ok(Self::Auto),
            "utf-8" | "utf8" | "utf-8 bom" | "utf-8-bom" => Ok(Self::Utf8),
            "utf-16" | "utf16" => Ok(Self::Utf16),
            "gb18030" | "gbk" | "gb2312" => Ok(Self::Gb18030),
            _ => Err(UnknownEncoding),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Encoding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::unknown_variant(&text, Self::NAMES))
    }
}

impl schemars::JsonSchema for Encoding {
    fn schema_name() -> Cow<'static, str> {
        "Encoding".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "enum": Self::NAMES, "description": "Encoding of a text file; case does not matter." })
    }
}

#[cfg(test)]
mod tests;
