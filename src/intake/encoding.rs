//! Bytes to text: byte order mark, else UTF-8, else GB18030; nothing is replaced or guessed beyond that.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use encoding_rs::{DecoderResult, GB18030, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::intake::unreadable::{Binary, Unreadable};

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
}

/// A file as text. UTF-8 bytes are taken over as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    whole: Cow<'b, str>,
    start: usize,
    /// What the bytes turned out to be.
    pub encoding: Found,
}

impl Decoded<'_> {
    /// The text, without its byte order mark.
    pub fn text(&self) -> &str {
        self.whole.get(self.start..).unwrap_or_default()
    }
}

/// Decodes a whole file. Undecodable bytes are an error with their place, never a replacement character.
pub fn decode(bytes: Cow<'_, [u8]>, declared: Encoding) -> Result<Decoded<'_>, Unreadable> {
    if let Some(kind) = signature(&bytes) {
        return Err(Unreadable::Binary(kind));
    }
    let decoded = match (mark(&bytes), declared) {
        (Some(Found::Utf8Bom), _) => strict(bytes, 3, Found::Utf8Bom)?,
        (Some(utf16), _) => transcode(bytes.get(2..).unwrap_or_default(), 2, utf16)?,
        (None, Encoding::Utf16) => transcode(&bytes, 0, byte_order(&bytes))?,
        (None, _) if bytes.contains(&0) => return Err(Unreadable::Binary(without_mark(&bytes))),
        (None, Encoding::Utf8) => strict(bytes, 0, Found::Utf8)?,
        (None, Encoding::Gb18030) => transcode(&bytes, 0, Found::Gb18030)?,
        (None, Encoding::Auto) => detect(bytes)?,
    };
    let text = decoded.text().trim_start();
    if decoded.text().is_empty() {
        return Err(Unreadable::Empty);
    }
    let looks_like = |tag: &str| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if ["<html", "<!doctype", "<?xml", "<table"].into_iter().any(looks_like) {
        return Err(Unreadable::Markup);
    }
    Ok(decoded)
}

fn detect(bytes: Cow<'_, [u8]>) -> Result<Decoded<'_>, Unreadable> {
    match validate(bytes) {
        Ok(whole) => Ok(Decoded { whole, start: 0, encoding: Found::Utf8 }),
        Err((bytes, at)) if is_damaged_utf8(&bytes) => Err(undecodable(Encoding::Utf8.name(), &bytes, at)),
        Err((bytes, _)) => transcode(&bytes, 0, Found::Gb18030),
    }
}

fn strict(bytes: Cow<'_, [u8]>, start: usize, encoding: Found) -> Result<Decoded<'_>, Unreadable> {
    match validate(bytes) {
        Ok(whole) => Ok(Decoded { whole, start, encoding }),
        Err((bytes, at)) => Err(undecodable(Encoding::Utf8.name(), &bytes, at)),
    }
}

/// UTF-8 without copying; else the bytes again and the offset of the first wrong one.
fn validate(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, (Cow<'_, [u8]>, usize)> {
    match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| (Cow::Borrowed(bytes), error.valid_up_to())),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            (Cow::Owned(error.into_bytes()), at)
        }),
    }
}

fn undecodable(encoding: &'static str, bytes: &[u8], byte: usize) -> Unreadable {
    let line = 1 + bytes.iter().take(byte).filter(|byte| **byte == b'\n').count();
    Unreadable::Undecodable { encoding, byte, line }
}

/// Chinese text of GB18030 is hardly ever valid UTF-8 for long, so a file with many valid three-byte
/// characters and few wrong bytes is UTF-8 that was damaged; as GB18030 it would read as other characters.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut wide, mut wrong) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|c| *c >= '\u{800}').count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    wide > 2 * wrong
}

/// Decodes into new text. `skipped` bytes of the file stand before `source`.
fn transcode(source: &[u8], skipped: usize, encoding: Found) -> Result<Decoded<'static>, Unreadable> {
    let codec = match encoding {
        Found::Utf16Le => UTF_16LE,
        Found::Utf16Be => UTF_16BE,
        _ => GB18030,
    };
    let mut decoder = codec.new_decoder_without_bom_handling();
    // Two bytes of GB18030 or UTF-16 become three of UTF-8.
    let mut text = String::with_capacity(source.len() + source.len() / 2 + 16);
    let mut read = 0;
    loop {
        let rest = source.get(read..).unwrap_or_default();
        let (result, count) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        read += count;
        match result {
            DecoderResult::InputEmpty => return Ok(Decoded { whole: Cow::Owned(text), start: 0, encoding }),
            DecoderResult::OutputFull => text.reserve(source.len() / 4 + 64),
            DecoderResult::Malformed(wrong, after) => {
                let byte = skipped + read - usize::from(wrong) - usize::from(after);
                return Err(Unreadable::Undecodable { encoding: encoding.name(), byte, line: text.matches('\n').count() + 1 });
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
fn byte_order(bytes: &[u8]) -> Found {
    let (even, odd) = zeros(bytes);
    if even > odd { Found::Utf16Be } else { Found::Utf16Le }
}

/// What bytes with NUL among them are. UTF-16 has its zeros on one side of each pair only.
fn without_mark(bytes: &[u8]) -> Binary {
    match zeros(bytes) {
        (0, zeros) | (zeros, 0) if zeros >= bytes.len() / 16 => Binary::Utf16,
        _ => Binary::Unknown,
    }
}

/// NUL bytes at even and at odd offsets.
fn zeros(bytes: &[u8]) -> (usize, usize) {
    let count = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    (count(0), count(1))
}

/// What bytes that are not text are, by how they begin.
pub(super) fn signature(bytes: &[u8]) -> Option<Binary> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] if holds(b"application/vnd.oasis") => Some(Binary::Ods),
        [b'P', b'K', 3 | 5, 4 | 6, ..] if holds(b"[Content_Types].xml") || holds(b"xl/") => Some(Binary::Xlsx),
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(Binary::Zip),
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => Some(Binary::Xls),
        [0x1f, 0x8b, 8, ..] => Some(Binary::Gzip),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Binary::Pdf),
        [b'P', b'A', b'R', b'1', ..] if bytes.ends_with(b"PAR1") => Some(Binary::Parquet),
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
