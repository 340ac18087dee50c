//! What a workbook may take when it is opened, found out before the library of workbooks opens it: that one makes
//! room for whatever a file says it holds.
//!
//! XLSX and ODS are zip archives, whose own directory may lie: every part is unpacked once into nothing and
//! counted. XLS is walked record by record.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::intake::unreadable::{Excess, Problem, Unreadable};
use crate::intake::workbook::kind::Kind;

mod grid;
mod tags;
pub(super) mod xls;

use grid::Grid;
use tags::Tags;

/// Unpacked bytes of all parts of a workbook.
const MOST_BYTES: u64 = 512 << 20;
/// Parts of an archive; a workbook has some dozens.
const MOST_PARTS: usize = 100_000;
/// Bytes of one stretch of text or one tag; a spreadsheet holds 32,767 characters in a cell.
pub(super) const MOST_TEXT: usize = 1 << 20;
/// Texts of an XLSX file, each counted where it begins and where it ends.
const MOST_TEXTS: u64 = 2 * MOST_CELLS;
/// Cells of all sheets of an XLS or ODS file, with the blank ones between.
pub(super) const MOST_CELLS: u64 = 10_000_000;

/// Refuses a workbook that would take more than is reasonable.
pub(super) fn check(kind: Kind, bytes: &[u8]) -> Result<(), Unreadable> {
    match kind {
        Kind::Xls => xls::check(bytes),
        Kind::Xlsx | Kind::Ods => parts(kind, bytes),
    }
}

fn parts(kind: Kind, bytes: &[u8]) -> Result<(), Unreadable> {
    // What is no archive at all is for its reader to say.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::TooLarge(Excess::Unpacked));
    }
    let mut left = MOST_BYTES;
    for index in 0..archive.len() {
        // A part that cannot be unpacked is not read either.
        let Ok(part) = archive.by_index(index) else { continue };
        left -= part_size(part, left, kind == Kind::Ods)?;
    }
    Ok(())
}

/// Bytes of a part, of which at most `left` are allowed.
fn part_size(mut part: impl Read, left: u64, is_ods: bool) -> Result<u64, Unreadable> {
    let mut buffer = vec![0; 64 << 10];
    let (mut size, mut tags, mut grid, mut texts) = (0, None, Grid::default(), 0);
    // A part that breaks off is read up to there by nobody.
    while let Ok(length @ 1..) = part.read(&mut buffer) {
        let chunk = buffer.get(..length).unwrap_or_default();
        let is_first = size == 0;
        size += length as u64;
        if size > left {
            return Err(Unreadable::TooLarge(Excess::Unpacked));
        }
        if is_first {
            tags = tags_of(chunk)?;
        }
        if let Some(tags) = &mut tags {
            tags.take(chunk, &mut |tag| {
                bounded_texts(tag, &mut texts)?;
                if is_ods { grid.take(tag) } else { Ok(()) }
            })?;
        }
    }
    // The reader of ODS looks for the end of a table for ever.
    if is_ods && tags.is_some_and(|tags| !tags.is_whole()) {
        return Err(Unreadable::Damaged(Problem("a part breaks off".to_owned())));
    }
    Ok(size)
}

/// A scanner for a part that is XML; pictures and the like have no tags.
fn tags_of(start: &[u8]) -> Result<Option<Tags>, Unreadable> {
    match start {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..] => {
            Err(Unreadable::Damaged(Problem("a part in UTF-16".to_owned())))
        }
        _ => {
            let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
            Ok(text.starts_with(b"<").then(Tags::default))
        }
    }
}

/// Refuses a table of more texts than there may be cells, and one that says so: room is made for as many.
fn bounded_texts(tag: &[u8], texts: &mut u64) -> Result<(), Unreadable> {
    let said = match tags::name(tag) {
        b"si" => 0,
        b"sst" => tags::number(tag, b"uniqueCount").unwrap_or(0),
        _ => return Ok(()),
    };
    *texts += 1;
    if said.max(*texts) > MOST_TEXTS { Err(Unreadable::TooLarge(Excess::Cells)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_too_many_texts_is_refused() {
        let mut texts = 0;
        assert_eq!(bounded_texts(b"sst count=\"5\" uniqueCount=\"3\"", &mut texts), Ok(()));
        assert_eq!(bounded_texts(b"x:sst uniqueCount='99999999999999999999'", &mut texts), Err(Unreadable::TooLarge(Excess::Cells)));
        texts = MOST_TEXTS;
        assert_eq!(bounded_texts(b"si", &mut texts), Err(Unreadable::TooLarge(Excess::Cells)));
    }

    #[test]
    fn text_in_utf16_is_no_part() {
        assert!(tags_of(b"\xff\xfe<\0").is_err());
        assert!(tags_of(b"\xef\xbb\xbf <a>").is_ok_and(|tags| tags.is_some()));
        assert!(tags_of(b"\x89PNG").is_ok_and(|tags| tags.is_none()));
    }
}
