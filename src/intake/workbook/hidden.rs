//! Hidden rows and columns of the sheets of an XLSX workbook, which the library of workbooks does not tell.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

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

    /// Adds a row below those there are.
    pub(super) fn add_row(&mut self, row: u64) {
        match self.rows.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(row) => *last = row,
            _ => self.rows.push((row, row)),
        }
    }
}

/// Bytes of a part that are looked at: as much as a workbook may have.
const MOST: u64 = 1 << 29;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The part of each sheet, by its name.
pub(super) fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let Ok(archive) = &mut ZipArchive::new(Cursor::new(bytes)) else { return BTreeMap::new() };
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
pub(super) fn value(tag: &BytesStart, key: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == key)?;
    let plain = found.value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    Some(plain.replace("&amp;", "&"))
}
