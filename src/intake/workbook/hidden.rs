//! Hidden rows and columns of the sheets of an XLSX workbook, which the library of workbooks does not tell.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// What is hidden in a sheet: first and last of each stretch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Rows, from 1.
    pub rows: Vec<(u64, u64)>,
    /// Columns, from 0.
    pub columns: Vec<(usize, usize)>,
}

impl Hidden {
    /// Hidden rows in `rows`.
    pub fn rows_in(&self, rows: (u64, u64)) -> Vec<(u64, u64)> {
        let cut = |(first, last): &(u64, u64)| ((*first).max(rows.0), (*last).min(rows.1));
        self.rows.iter().map(cut).filter(|(first, last)| first <= last).collect()
    }

    /// True for a hidden column.
    pub fn has_column(&self, column: usize) -> bool {
        self.columns.iter().any(|(first, last)| (*first..=*last).contains(&column))
    }
}

/// Bytes of a part that are looked at: as much as a workbook may have.
const MOST: u64 = 1 << 29;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// What is hidden in these sheets, by name. A part that cannot be read is reported by the reader of cells.
pub(super) fn of_xlsx(bytes: &[u8], sheets: &[&str]) -> BTreeMap<String, Hidden> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
    let parts = parts(&mut archive);
    let of = |name: &&str| Some(((*name).to_owned(), hidden(&mut archive, parts.get(*name)?)?));
    sheets.iter().filter_map(of).collect()
}

/// The part of each sheet, by its name.
fn parts(archive: &mut Archive) -> BTreeMap<String, String> {
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    each(archive, "xl/_rels/workbook.xml.rels", |tag| {
        if let ("Relationship", Some(id), Some(target)) = (tag.local_name().as_ref(), value(tag, "Id"), value(tag, "Target")) {
            let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, path);
        }
    });
    let mut parts = BTreeMap::new();
    each(archive, "xl/workbook.xml", |tag| {
        let part = || targets.get(&value(tag, "id")?).cloned();
        if let ("sheet", Some(name), Some(part)) = (tag.local_name().as_ref(), value(tag, "name"), part()) {
            parts.insert(name, part);
        }
    });
    parts
}

fn hidden(archive: &mut Archive, part: &str) -> Option<Hidden> {
    if !mentions(archive, part, b"hidden=")? {
        return None;
    }
    let mut hidden = Hidden::default();
    let mut row = 0;
    each(archive, part, |tag| {
        let is_hidden = || matches!(value(tag, "hidden").as_deref(), Some("1" | "true"));
        let number = |key| value(tag, key).and_then(|text| text.parse::<u64>().ok());
        match tag.local_name().as_ref() {
            "row" => {
                row = number("r").unwrap_or(row + 1);
                if is_hidden() {
                    add(&mut hidden.rows, row);
                }
            }
            "col" if is_hidden() => {
                let at = |key| number(key).and_then(|number| usize::try_from(number.checked_sub(1)?).ok());
                hidden.columns.extend(at("min").zip(at("max")));
            }
            _ => {}
        }
    });
    Some(hidden)
}

fn add(rows: &mut Vec<(u64, u64)>, row: u64) {
    match rows.last_mut() {
        Some((_, last)) if *last + 1 == row => *last = row,
        _ => rows.push((row, row)),
    }
}

/// True if the part has these bytes anywhere: most sheets hide nothing, and need not be taken apart again.
fn mentions(archive: &mut Archive, part: &str, wanted: &[u8]) -> Option<bool> {
    let mut file = BufReader::with_capacity(1 << 16, archive.by_name(part).ok()?.take(MOST));
    let mut kept: Vec<u8> = Vec::new();
    loop {
        let block = file.fill_buf().ok()?;
        if block.is_empty() {
            return Some(false);
        }
        let read = block.len();
        kept.extend_from_slice(block);
        file.consume(read);
        if kept.windows(wanted.len()).any(|window| window == wanted) {
            return Some(true);
        }
        let end = kept.len().saturating_sub(wanted.len());
        kept.drain(..end);
    }
}

/// Hands over every tag of a part, as far as the part can be read.
fn each(archive: &mut Archive, part: &str, mut take: impl FnMut(&BytesStart)) {
    let Ok(file) = archive.by_name(part) else { return };
    let mut reader = Reader::from_reader(BufReader::new(file.take(MOST)));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) => take(&tag),
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// The value of an attribute, whatever its prefix.
fn value(tag: &BytesStart, key: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == key)?;
    let plain = found.value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    Some(plain.replace("&amp;", "&"))
}
