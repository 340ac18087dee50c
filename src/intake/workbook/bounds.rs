//! What a workbook may take when it is opened, found out before the library of workbooks opens it: that one makes
//! room for whatever a file says it holds.
//!
//! XLSX and ODS are zip archives, whose own directory may lie: every part is unpacked once into nothing and
//! counted. XLS is walked record by record.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::ops::Range;

use zip::ZipArchive;

use crate::intake::unreadable::{Excess, MOST_CELL, Problem, Unreadable};
use crate::intake::workbook::beside::Beside;
use crate::intake::workbook::gate::Gated;
use crate::intake::workbook::kind::Kind;

mod grid;
mod nesting;
pub(super) mod tags;
pub(super) mod xls;

use grid::Grid;
use tags::Tags;

/// Unpacked bytes of all parts of a workbook.
const MOST_BYTES: u64 = 512 << 20;
/// Packed bytes from which on a sheet is worth being checked and read at once.
const LARGE: u64 = 1 << 20;
/// Parts of an archive; a workbook has some dozens.
const MOST_PARTS: usize = 100_000;
/// Bytes of one stretch of text or one tag.
pub(super) const MOST_TEXT: usize = MOST_CELL;
/// Texts of an XLSX file, each counted where it begins and where it ends.
const MOST_TEXTS: u64 = 2 * MOST_CELLS;
/// Cells of all sheets of an XLS or ODS file, with the blank ones between.
pub(super) const MOST_CELLS: u64 = 10_000_000;

/// What the parts of an XLSX file tell besides cells, by their names.
pub(super) type Told = BTreeMap<String, Beside>;

/// Refuses a workbook that would take more than is reasonable.
pub(super) fn check(kind: Kind, bytes: &[u8]) -> Result<Told, Unreadable> {
    match kind {
        Kind::Xls => xls::check(bytes).map(|()| Told::new()),
        Kind::Xlsx | Kind::Ods => parts(kind, bytes, MOST_BYTES, None).map(|(told, _)| told),
    }
}

/// Checks all parts of an XLSX file but this one, for which so many bytes are left.
pub(super) fn check_others(bytes: &[u8], late: &Late) -> Result<(Told, u64), Unreadable> {
    parts(Kind::Xlsx, bytes, MOST_BYTES, Some(late.index))
}

/// A part that is checked later than others.
#[derive(Debug)]
pub(super) struct Late {
    index: usize,
    /// Its name.
    pub(super) name: String,
    /// Where its packed bytes are.
    pub(super) packed: Range<u64>,
}

impl Late {
    /// The largest sheet of an XLSX file, if it is large.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut largest = None;
        for index in 0..archive.len().min(MOST_PARTS) {
            let Ok(part) = archive.by_index_raw(index) else { continue };
            let (Some(start), size) = (part.data_start(), part.compressed_size()) else { continue };
            let name = part.name().unwrap_or_default();
            let is_sheet = name.starts_with("xl/worksheets/") && name.ends_with(".xml");
            if is_sheet && size >= LARGE && largest.as_ref().is_none_or(|(most, _)| size > *most) {
                largest = Some((size, Self { index, name: name.into_owned(), packed: start..start.saturating_add(size) }));
            }
        }
        largest.map(|(_, late)| late)
    }

    /// Bytes of text for which to make room: figures take as many as they do packed, what repeats itself some more. `most`
    /// is what the file has, since its directory may lie.
    pub(super) fn room(&self, most: usize) -> usize {
        2 * usize::try_from(self.packed.end.saturating_sub(self.packed.start)).map_or(most, |packed| packed.min(most))
    }

    /// Checks it, with so many bytes left for it; what it tells.
    pub(super) fn check(&self, bytes: Gated, left: u64) -> Result<Told, Unreadable> {
        let part = ZipArchive::new(bytes).ok();
        let Some(mut archive) = part else { return Ok(Told::new()) };
        let Ok(part) = archive.by_index(self.index) else { return Ok(Told::new()) };
        let (_, beside) = look(part, left, Looks::Always, false)?;
        Ok(beside.map(|beside| (self.name.clone(), beside)).into_iter().collect())
    }
}

fn parts(kind: Kind, bytes: &[u8], mut left: u64, without: Option<usize>) -> Result<(Told, u64), Unreadable> {
    let mut told = Told::new();
    // What is no archive at all is for its reader to say.
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok((told, left)) };
    if archive.len() > MOST_PARTS {
        return Err(Unreadable::TooLarge(Excess::Unpacked));
    }
    for index in (0..archive.len()).filter(|index| Some(*index) != without) {
        // A part that cannot be unpacked is not read either.
        let Ok(part) = archive.by_index(index) else { continue };
        let own_name = part.name().unwrap_or_default().into_owned();
        let name = own_name.to_ascii_lowercase();
        let ending = name.rsplit('.').next().unwrap_or_default();
        let looks = match () {
            // Drawings of the older kind are no XML and are not read.
            () if kind == Kind::Xlsx && ending == "vml" => Looks::Never,
            () if matches!(ending, "xml" | "rels") => Looks::Always,
            () => Looks::IfTags,
        };
        let (size, beside) = look(part, left, looks, kind == Kind::Ods)?;
        left -= size;
        told.extend(beside.map(|beside| (own_name, beside)));
    }
    Ok((told, left))
}

/// Unpacks a part, of which at most `left` bytes are allowed, and hands it over in pieces; its size.
fn unpacked(mut part: impl Read, left: u64, take: &mut dyn FnMut(&[u8]) -> Result<(), Unreadable>) -> Result<u64, Unreadable> {
    let mut buffer = vec![0; 64 << 10];
    let mut size = 0;
    // Where a part breaks off its reader says so.
    while let Ok(length @ 1..) = part.read(&mut buffer) {
        size += length as u64;
        if size > left {
            return Err(Unreadable::TooLarge(Excess::Unpacked));
        }
        take(buffer.get(..length).unwrap_or_default())?;
    }
    Ok(size)
}

/// Whether the tags of a part are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Looks {
    Always,
    /// If it begins with one: pictures have none.
    IfTags,
    Never,
}

/// Bytes of a part, whose tags are within bounds, and what they tell.
fn look(part: impl Read, left: u64, looks: Looks, is_ods: bool) -> Result<(u64, Option<Beside>), Unreadable> {
    let (mut start, mut tags, mut grid, mut texts) = (true, None, Grid::default(), 0);
    let mut beside = Beside::default();
    let size = unpacked(part, left, &mut |piece| {
        if std::mem::take(&mut start) {
            tags = tags_of(piece, looks)?;
        }
        let Some(tags) = &mut tags else { return Ok(()) };
        tags.take(piece, &mut |tag| {
            let name = tags::name(tag);
            bounded_texts(tag, name, &mut texts)?;
            if is_ods {
                return grid.take(tag);
            }
            beside.take(tag, name);
            Ok(())
        })
    })?;
    tags.as_ref().map_or(Ok(()), Tags::finish)?;
    Ok((size, tags.map(|_| beside)))
}

/// A scanner for a part that has tags.
fn tags_of(start: &[u8], looks: Looks) -> Result<Option<Tags>, Unreadable> {
    if looks == Looks::Never {
        return Ok(None);
    }
    if matches!(start, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [b'<', 0, ..] | [0, b'<', ..]) {
        return Err(Unreadable::Damaged(Problem("a part in UTF-16".to_owned())));
    }
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
    Ok((looks == Looks::Always || text.starts_with(b"<")).then(Tags::default))
}

/// Refuses a table of more texts than there may be cells, and one that says so: room is made for as many.
fn bounded_texts(tag: &[u8], name: &[u8], texts: &mut u64) -> Result<(), Unreadable> {
    let said = match name {
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

    /// What a part says of its size does not matter: a megabyte of blanks takes a thousand bytes.
    #[test]
    fn what_unpacks_to_too_much_is_refused_however_small_it_is() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let sheet = "xl/worksheets/sheet1.xml";
        for name in [sheet, "xl/media/image1.png"] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            std::io::Write::write_all(&mut archive, &vec![b' '; 1 << 20]).expect("room");
        }
        let bytes = archive.finish().expect("an archive").into_inner();
        assert!(bytes.len() < 4000);
        let told = Told::from([(sheet.to_owned(), Beside::default())]);
        assert_eq!(parts(Kind::Xlsx, &bytes, 2 << 20, None), Ok((told, 0)));
        assert_eq!(parts(Kind::Xlsx, &bytes, 2 << 20, Some(0)), Ok((Told::new(), 1 << 20)));
        assert_eq!(parts(Kind::Xlsx, &bytes, (2 << 20) - 1, None), Err(Unreadable::TooLarge(Excess::Unpacked)));
    }

    #[test]
    fn a_table_of_too_many_texts_is_refused() {
        let (mut texts, too_many) = (0, Err(Unreadable::TooLarge(Excess::Cells)));
        assert_eq!(bounded_texts(b"sst count=\"5\" uniqueCount=\"3\"", b"sst", &mut texts), Ok(()));
        assert_eq!(bounded_texts(b"x:sst uniqueCount='99999999999999999999'", b"sst", &mut texts), too_many);
        texts = MOST_TEXTS;
        assert_eq!(bounded_texts(b"c", b"c", &mut texts), Ok(()));
        assert_eq!(bounded_texts(b"si", b"si", &mut texts), too_many);
    }

    #[test]
    fn text_in_utf16_is_no_part() {
        assert!(tags_of(b"\xff\xfe<\0", Looks::IfTags).is_err());
        assert!(tags_of(b"\xef\xbb\xbf <a>", Looks::IfTags).is_ok_and(|tags| tags.is_some()));
        assert!(tags_of(b"text<a>", Looks::Always).is_ok_and(|tags| tags.is_some()));
        assert!(tags_of(b"\x89PNG", Looks::IfTags).is_ok_and(|tags| tags.is_none()));
        assert!(tags_of(b"<br>", Looks::Never).is_ok_and(|tags| tags.is_none()));
    }
}
